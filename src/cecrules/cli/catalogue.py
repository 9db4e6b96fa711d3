"""Reads a catalogue of offerings from CSV; every problem names its line and column."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Callable, Iterator
from functools import partial
from typing import Any

from ..ahead.offerings import FORM, Offering
from ..converters import nearest
from ..errors import ErrorCode, InvalidValue, Problems, shown
from ..process import reading

__all__ = ["catalogue_in"]

_MOST_BYTES = 1 << 24
# Spreadsheets leave out a last zero, and a zero before the point.
_PRICE = re.compile(r"\$?\s*(?=[.0-9])([0-9]{1,3}(?:,[0-9]{3}){0,4}|[0-9]{0,15})(?:\.([0-9]{1,2}))?")
_MOST_DIGITS = 18
_FLAGS = {"true": True, "yes": True, "false": False, "no": False}


def catalogue_in(file: str) -> list[Offering]:
    """Reads the offerings in a CSV file, one a row, in columns named as the fields of an offering.

    An empty cell gives its field the default, and a statement in it is not made. A row of empty cells is left out. A
    price is in dollars, such as `$49.00` or `49`.

    Raises:
        CecRulesError: The file cannot be read, or something is wrong in it; every problem is reported.
    """
    with reading(""), open(file, "rb") as source:
        text = source.read(_MOST_BYTES + 1)
    if len(text) > _MOST_BYTES:
        raise InvalidValue(
            "", f"must be a catalogue of at most {_MOST_BYTES >> 20} MB", "check that it is one", ErrorCode.OUT_OF_RANGE
        )
    try:
        rows = _rows(text.decode("utf-8-sig"))
    except UnicodeDecodeError:
        raise InvalidValue("", "must be UTF-8 text", "save the file as UTF-8", ErrorCode.UNREADABLE) from None
    _, names = next(rows, (1, list[str]()))
    _refuse_columns(names)
    return _read(names, rows)


def _rows(text: str) -> Iterator[tuple[int, list[str]]]:
    """Yields the rows, each with the line on which it begins."""
    reader = csv.reader(io.StringIO(text, newline=""), strict=True)
    while True:
        line = reader.line_num + 1
        try:
            cells = next(reader, None)
        except csv.Error as error:
            hint = "inside quotes, a quote is written twice"
            raise InvalidValue(f"line {line}", f"must be CSV: {error}", hint, ErrorCode.MALFORMED) from None
        if cells is None:
            return
        yield line, cells


def _refuse_columns(names: list[str]) -> None:
    problems = Problems()
    for name in names:
        if name not in FORM.readers:
            problem = f"is not a known column: {shown(name)}"
            problems.add("line 1", problem, partial(nearest, name, tuple(FORM.readers)), code=ErrorCode.UNKNOWN_KEY)
        elif names.count(name) > 1:
            problems.add("line 1", f"must name a column once, got {shown(name)} twice", code=ErrorCode.REPEATED_KEY)
    for name in FORM.required:
        if name not in names:
            problems.add("line 1", f"must have the column {name!r}", code=ErrorCode.MISSING)
    problems.settle()


def _read(names: list[str], rows: Iterator[tuple[int, list[str]]]) -> list[Offering]:
    problems = Problems()
    read: list[Offering] = []
    for line, cells in rows:
        if len(cells) <= len(names) and not any(map(str.strip, cells)):
            continue
        own = Problems()
        offering = own.attempt(partial(_offering, names, cells))
        for problem in own.found:
            problems.add(
                f"line {line}: {problem.where}".removesuffix(": "), problem.problem, problem.hint, code=problem.code
            )
        read += [offering] if offering else []
    problems.settle()
    return read


def _offering(names: list[str], cells: list[str]) -> Offering:
    if len(cells) != len(names):
        raise InvalidValue("", "must have a cell for each column, no more and no fewer", code=ErrorCode.MALFORMED)
    return Offering(**dict(_cells(dict(zip(names, cells, strict=True)))))


def _cells(row: dict[str, str]) -> Iterator[tuple[str, Any]]:
    for name, cell in row.items():
        text = cell.strip()
        if text or name in _READERS or name in FORM.required:
            read: Callable[[str], Any] = _READERS.get(name, str)
            yield name, read(text)


def _cents(text: str) -> int | str:
    read = _PRICE.fullmatch(text)
    if read is None:
        problem = f"must be a price in dollars such as '$49.00' or '49', got {shown(text)}"
        raise InvalidValue(("price",), problem, code=ErrorCode.MALFORMED)
    return int(read[1].replace(",", "") or 0) * 100 + int((read[2] or "").ljust(2, "0"))


def _flag(text: str, name: str) -> bool | None:
    if text and text.lower() not in _FLAGS:
        problem = f"must be true or false, or empty if it is not stated, got {shown(text)}"
        raise InvalidValue((name,), problem, code=ErrorCode.MALFORMED)
    return _FLAGS.get(text.lower())


def _whole(text: str) -> int | str | None:
    digits = text.isascii() and text.isdigit() and len(text) <= _MOST_DIGITS
    return int(text) if digits else text or None


_READERS: dict[str, Callable[[str], Any]] = {
    "price": _cents,
    "minutes": _whole,
    **{
        name: partial(_flag, name=name)
        for name in ("addresses_compliance", "compensated", "bought_through_association")
    },
}
