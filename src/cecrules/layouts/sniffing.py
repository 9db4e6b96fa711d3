"""Finds the encoding, the separator, the sheet and the headings of a file that has never been seen."""

from __future__ import annotations

import codecs
import csv
import io
import itertools
from collections.abc import Sequence
from pathlib import Path

import attrs

from ..errors import ErrorCode, InvalidValue
from .files import TEXTS, WORKBOOKS, Kept, Row, bytes_of, kept_in, rows_of_text, sheets_of, text_in
from .layout import Encoding, FileForm
from .likeness import columns_like

__all__ = ["Found", "found_in"]

ACTIVITIES, DESIGNATIONS = "activities", "designations"
# The columns that tell one table from the other.
_TELLING = {ACTIVITIES: ("title", "kind", "earned_on"), DESIGNATIONS: ("designation",)}
_SEPARATORS = ",;\t|"
_MOST_ROWS_ABOVE = 40


@attrs.frozen
class Found:
    """A table found in a file.

    Attributes:
        path: The file.
        name: Which table it is, `activities` or `designations`.
        form: The form of the file.
        kept: Its headings and rows.
    """

    path: str
    name: str
    form: FileForm
    kept: Kept


def found_in(path: str) -> list[Found]:
    """Returns the tables of a file: one of a file of text, and of a workbook one for each sheet that is like a table.

    Raises:
        InvalidValue: The file cannot be read.
    """
    ending = Path(path).suffix.lower()
    if ending in WORKBOOKS:
        sheets = {name: rows for name, rows in sheets_of(path).items() if any(cells for _, cells in rows)}
        forms = [_headed(rows, FileForm(sheet=name)) for name, rows in sheets.items()]
        likely = [form for form, score in forms if score] or [form for form, _ in forms[:1]]
    elif ending in TEXTS:
        likely = [_of_text(path)]
    else:
        problem = f"must end in {', '.join((*TEXTS, *WORKBOOKS))}"
        raise InvalidValue(path, problem, "save it as .csv or .xlsx", ErrorCode.UNREADABLE)
    if not likely:
        raise InvalidValue(path, "must have rows, got none", code=ErrorCode.MISSING)
    return [_found(path, form) for form in likely]


def _found(path: str, form: FileForm) -> Found:
    kept = kept_in(path, form)
    scores = {name: _score(name, kept.headings) for name in _TELLING}
    return Found(path, max(scores, key=lambda name: scores[name]), form, kept)


def _score(name: str, headings: Sequence[str]) -> float:
    """Returns the share of the telling columns of a table that headings have."""
    columns = columns_like(name, headings)
    return sum(column in columns for column in _TELLING[name]) / len(_TELLING[name])


def _of_text(path: str) -> FileForm:
    data = bytes_of(path)
    encoding = _encoding(path, data)
    text = text_in(path, data, encoding)
    forms: list[tuple[int, FileForm]] = []
    for separator in _SEPARATORS:
        # Which character separates shows in rows that cannot be read too, and these are then reported.
        lines = csv.reader(io.StringIO(text, newline=""), delimiter=separator)
        rows = list(enumerate(itertools.islice(lines, _MOST_ROWS_ABOVE), 1))
        form, score = _headed(rows, FileForm(encoding=encoding, separator=separator))
        forms.append((score, form))
    likely = max(forms, key=lambda each: each[0])[1]
    rows = list(rows_of_text(path, text, likely.separator))
    return _headed(rows, likely)[0]


def _encoding(path: str, data: bytes) -> Encoding:
    if data.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) or b"\0" in data:
        return Encoding.UTF_16
    try:
        text_in(path, data, Encoding.UTF_8)
    except InvalidValue:
        return Encoding.WINDOWS_1252
    return Encoding.UTF_8


def _headed(rows: Sequence[Row], form: FileForm) -> tuple[FileForm, int]:
    """Returns the form with the row of the headings, and how many columns are like one of this library."""
    best, most = form, (0, 0)
    for line, cells in itertools.islice(rows, _MOST_ROWS_ABOVE):
        named = [cell.strip() for cell in cells if cell.strip()]
        like = max(len(columns_like(name, named)) for name in _TELLING)
        if (like, len(named)) > most:
            best, most = attrs.evolve(form, heading_row=line), (like, len(named))
    return best, most[0]
