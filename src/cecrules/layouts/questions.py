"""Writes the sections of a proposed layout, with a question and the lines to choose from where nothing is plain."""

from __future__ import annotations

import json
from collections.abc import Iterable, Sequence
from enum import StrEnum

from ..likeness import codes_like, folded, holds_several
from ..printable import printable
from .days import DayForms, day_in
from .layout import FileForm
from .likeness import words_for
from .trying import DaysTried, days_tried, lengths_tried

__all__ = [
    "ASKS",
    "asked",
    "days_section",
    "file_section",
    "flags_section",
    "left_open",
    "lengths_section",
    "listed",
    "quoted",
    "words_section",
]

ASKS = "# ? "
_MOST_SHOWN = 6
_LONGEST = 60
_WRITE = "write one of those above, or add the word to `blanks` if it is none of them:"
_CENTURIES = (1900, 2000)
_SERIALS = (1900, 1904)


def left_open(text: str) -> int:
    """Counts the questions of a layout whose every choice is still a comment."""
    lines = [line.strip() for line in text.splitlines()]
    return sum(_is_open(lines[place + 1 :]) for place, line in enumerate(lines) if line.startswith(ASKS))


def _is_open(below: Sequence[str]) -> bool:
    choices: set[str] = set()
    kept: set[str] = set()
    for line in below:
        if not line or line[0] in "[]" or line.startswith(ASKS):
            break
        key, is_pair, _ = line.removeprefix("# ").partition(" =")
        named = ("length" if key in ("hours", "minutes") else key) if is_pair else ""
        (choices if line.startswith("# ") else kept).add(named)
    return bool(choices - kept)


def quoted(text: str) -> str:
    """Writes a text of TOML."""
    return json.dumps(text, ensure_ascii=False).replace("\x7f", "\\u007f")


def listed(texts: Iterable[str]) -> str:
    """Writes a list of texts of TOML."""
    return f"[{', '.join(map(quoted, texts))}]"


def asked(question: str, choices: Iterable[str]) -> list[str]:
    """Writes a question, and each choice as a line to be kept."""
    return [f"{ASKS}{question}", *(f"# {choice}" for choice in choices)]


def file_section(name: str, form: FileForm) -> list[str]:
    """Writes the form of the file, as far as it is not the usual one."""
    usual = FileForm()
    lines: list[str] = []
    if form.sheet is not None:
        lines.append(f"sheet = {quoted(form.sheet)}")
    if form.heading_row != usual.heading_row:
        lines.append(f"heading_row = {form.heading_row}")
    lines += [
        f"{key} = {quoted(value)}"
        for key, value, other in (
            ("encoding", form.encoding, usual.encoding),
            ("separator", form.separator, usual.separator),
        )
        if value != other
    ]
    return [f"[{name}.file]", *lines] if lines else []


def days_section(name: str, texts: Sequence[str]) -> list[str]:
    """Writes how days are written."""
    if not texts:
        return []
    tried = days_tried(texts)
    lines = [f"[{name}.days]"]
    if tried.questions:
        lines += ["formats = [", *(f"    {quoted(form)}," for form in tried.taken)]
        for formats, of_shape in tried.questions:
            choices = [f"{quoted(form)},{_example(form, of_shape, tried)}" for form in formats]
            lines += [f"    {line}" for line in asked(f"Keep one format for {_shown(of_shape)}:", choices)]
        lines.append("]")
    else:
        lines.append(f"formats = {listed(tried.taken)}")
    if tried.asks_century and tried.century is not None:
        lines.append(f"century = {tried.century}")
    elif tried.asks_century:
        choices = [f"century = {first}" for first in _CENTURIES]
        lines += asked("In which century is a year of two digits? Keep one line:", choices)
    if tried.times:
        lines.append("times = true")
    if tried.serials:
        lines += asked(f"Keep one line if a spreadsheet wrote {_shown(tried.serials)} for a day:", _serials(tried))
    if tried.unread:
        lines.append(f"{ASKS}No format reads {_shown(tried.unread)}; their rows are reported.")
    return lines


def _example(form: str, texts: Sequence[str], tried: DaysTried) -> str:
    forms = DayForms(formats=(form,), century=tried.century or _CENTURIES[-1], times=tried.times)
    text, day = next((text, day) for text in texts if (day := day_in(text, forms)))
    return f"  # {_clean(text)} is {day}"


def _serials(tried: DaysTried) -> list[str]:
    text = tried.serials[0]
    days = {year: day_in(text, DayForms(formats=(), serials=year, times=True)) for year in _SERIALS}
    return [f"serials = {year}  # {_clean(text)} is {day}" for year, day in days.items()]


def lengths_section(name: str, texts: Sequence[str], unit: int) -> list[str]:
    """Writes how lengths are written."""
    if not texts:
        return []
    tried = lengths_tried(texts, unit)
    lines = [f"forms = {listed(tried.forms)}"]
    if tried.decimal != ".":
        lines.append(f"decimal = {quoted(tried.decimal)}")
    if tried.day_decimals is not None:
        lines.append(f"day_decimals = {tried.day_decimals}")
    if tried.question:
        lines = asked(f"{tried.question}, such as {_shown(texts)}; keep these lines if they are right:", lines)
    if tried.unread:
        lines.append(f"{ASKS}No form reads {_shown(tried.unread)}; their rows are reported.")
    return [f"[{name}.lengths]", *lines]


def words_section(table: str, kind: type[StrEnum], words: Sequence[str]) -> list[str]:
    """Writes which words are which codes; the codes themselves need no line."""
    known = {folded(code) for code in kind}
    lines: list[str] = []
    unlike = False
    for word in words:
        if folded(word) in known:
            continue
        known.add(folded(word))
        codes = codes_like(kind, word)
        if len(codes) == 1:
            lines.append(f"{quoted(word)} = {quoted(codes[0])}")
        elif holds_several(kind, word):
            lines += asked(f"{_clean(word)} holds several codes; give each a row of its own.", [])
        elif codes:
            choices = [f"{quoted(word)} = {quoted(code)}" for code in codes]
            lines += asked(f"{_clean(word)} may have several meanings; keep one line:", choices)
        else:
            unlike = True
            lines += asked(f"{_clean(word)} is like no code; {_WRITE}", [f'{quoted(word)} = ""'])
    codes_above = [f"# Codes: {', '.join(kind)}"] if unlike else []
    return [f"[{table}]", *codes_above, *lines] if lines else []


def flags_section(name: str, words: Sequence[str]) -> list[str]:
    """Writes which words are yes and no."""
    meanings = dict.fromkeys(words_for("flags", "yes"), "true") | dict.fromkeys(words_for("flags", "no"), "false")
    known = {"true", "false"}
    lines: list[str] = []
    for word in words:
        if folded(word) in known:
            continue
        known.add(folded(word))
        if meaning := meanings.get(folded(word)):
            lines.append(f"{quoted(word)} = {meaning}")
        else:
            choices = [f"{quoted(word)} = true", f"{quoted(word)} = false"]
            lines += asked(f"{_clean(word)} is neither yes nor no; keep one line:", choices)
    return [f"[{name}.flags]", *lines] if lines else []


def _shown(texts: Sequence[str]) -> str:
    more = f" and {len(texts) - _MOST_SHOWN} more" if len(texts) > _MOST_SHOWN else ""
    return ", ".join(map(_clean, texts[:_MOST_SHOWN])) + more


def _clean(text: str) -> str:
    """Returns a text as it may stand in a comment."""
    return printable(text if len(text) <= _LONGEST else f"{text[:_LONGEST]}...")
