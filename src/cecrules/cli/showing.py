"""Writes text for people and data for programs to standard output."""

from __future__ import annotations

import json
import re
from collections.abc import Callable

from ..printable import printable
from ..process import output, standard_output, wants_color

__all__ = ["show", "show_either", "write", "write_json"]

_GREEN, _RED, _YELLOW, _BOLD = "32", "31", "33", "1"
_COLORS = (
    (_GREEN, re.compile(r"^(?:Renewable|Counts)\b|\[met\]|\baccepted\b", re.MULTILINE)),
    (_RED, re.compile(r"^Not renewable\b|\[not met\]|\brejected\b", re.MULTILINE)),
    (_YELLOW, re.compile(r"\breduced\b")),
    (_BOLD, re.compile(r"^[A-Z][a-z ]+$", re.MULTILINE)),
)


def show(text: str) -> None:
    """Writes lines for people, safe to show, and in color if the terminal or FORCE_COLOR wants it."""
    stream = standard_output()
    safe = "\n".join(map(printable, text.split("\n")))
    shown = _colored(safe) if wants_color(stream) else safe
    _write(shown.encode(stream.encoding or "utf-8", "replace"))


def write(text: str) -> None:
    """Writes text for a program, always as UTF-8."""
    _write(text.rstrip("\n").encode())


def write_json(form: object) -> None:
    """Writes plain data for a program."""
    write(json.dumps(form, indent=2))


def show_either(format: str, form: Callable[[], object], words: Callable[[], str]) -> None:
    """Writes a value as JSON or in words, by the format chosen."""
    if format == "json":
        write_json(form())
    else:
        show(words())


def _colored(text: str) -> str:
    for color, where in _COLORS:
        text = where.sub(f"\x1b[{color}m\\g<0>\x1b[0m", text)
    return text


def _write(line: bytes) -> None:
    with output() as out:
        out.write(line + b"\n")
