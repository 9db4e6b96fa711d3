"""Writes tables in Markdown, and the words and links that stand in them."""

from collections.abc import Iterable
from enum import StrEnum
from pathlib import Path

from sphinx.pycode import ModuleAnalyzer
from sphinx.util import logging

import cecrules as cec

_logger = logging.getLogger(__name__)

# The heading of a column of names, which needs no repeating.
FACT = "Fact"
Row = tuple[str, ...]


def table(heads: Row, rows: Iterable[Row]) -> str:
    """Writes a table; columns in which every cell is empty are left out."""
    body = list(rows)
    used = [place for place in range(len(heads)) if any(row[place] for row in body)]
    lines = [heads, ["---"] * len(heads), *body]
    return "\n".join(f"| {' | '.join(line[place].replace('|', '&#124;') for place in used)} |" for line in lines)


def facts(rows: dict[str, str]) -> str:
    """Writes a table of names and texts; those without a text are left out."""
    return table((FACT, "In this edition"), ((name, text) for name, text in rows.items() if text))


def meaning(member: StrEnum) -> str:
    """Returns the meaning of a member of a vocabulary, from its label or the comment at it; a member needs one."""
    for name in ("label", "full_name"):
        if hasattr(member, name):
            return str(getattr(member, name))
    kind = type(member)
    comments = ModuleAnalyzer.for_module(kind.__module__).find_attr_docs()
    said = " ".join(comments.get((kind.__name__, member.name), ())).strip()
    if not said:
        _logger.warning("%s.%s says nowhere what it means: give it a comment with #:", kind.__name__, member.name)
    return said


def vocabulary(kind: type[StrEnum]) -> str:
    return table(("Code", "Meaning"), ((code(member), meaning(member)) for member in kind))


def code(text: str) -> str:
    return f"`{text!s}`"


def codes(members: Iterable[str]) -> str:
    return ", ".join(code(str(member)) for member in members)


def words(member: StrEnum) -> str:
    return member.value.replace("_", " ")


def linked(text: str, clause: str, book: cec.Rulebook) -> str:
    """Returns a text that leads to a clause; the anchor of a heading has no points."""
    return f"[{text}]({book.id}.md#{clause.replace('.', '')})"


def write(page: Path, parts: Iterable[str]) -> None:
    """Writes a page from its blocks, and leaves a page alone that is as it should be."""
    text = "\n\n".join(part for part in parts if part) + "\n"
    if not page.exists() or page.read_text("utf-8") != text:
        page.write_text(text, "utf-8")
