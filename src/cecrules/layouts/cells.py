"""Reads the cells of a table by its layout, each distinct one once, into the forms that the library itself writes.

A cell that the layout does not read keeps its text, so that the row is reported with it. If that text would be read
without a layout, such as 2013-07-13 in a column of YYYY-DD-MM, the text says so and is then no day.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from enum import StrEnum
from functools import partial
from typing import Any, TypeAlias

from ..activities import FLAGS, ActivityKind
from ..credits import MINUTES_AN_HOUR
from ..designations import Designation
from ..documents import DocumentKind
from ..likeness import folded
from .days import DayForms, day_in
from .layout import ActivitiesLayout, DesignationsLayout
from .lengths import LengthForms, minutes_in
from .words import DesignationWord, DocumentWord, FlagWord, KindWord, TotalRows

__all__ = ["DIVIDER", "NOT_READ", "Reading", "TableLayout", "is_total", "readings_of", "text_of"]

TableLayout: TypeAlias = ActivitiesLayout | DesignationsLayout
Reading: TypeAlias = Callable[[str], str]
Word: TypeAlias = KindWord | DocumentWord | DesignationWord | FlagWord

NOT_READ = " (not a form of the layout)"
DIVIDER = ";"
_SECONDS_A_MINUTE = 60

_PLAIN_DAY = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[ T].*)?")
_PLAIN_NUMBER = re.compile(r"[+-]?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


def readings_of(table: TableLayout) -> dict[str, Reading]:
    """Returns the reading of each column whose cells have a form, by the name of the column.

    A reading takes the text of a cell, which is not blank, and returns a day as YYYY-MM-DD, a length in whole minutes,
    a code, codes divided by `;`, or `true` or `false`; or the same text if the layout does not read it. A blank of the
    layout becomes an empty text.
    """
    if isinstance(table, DesignationsLayout):
        readings: dict[str, Reading] = {
            "designation": partial(_code, _meanings(Designation, table.designations)),
            "term_start": partial(_day, table.days),
        }
    else:
        words = {folded(word.word): word.means for word in table.flags}
        flag = partial(_flag, {"true": True, "false": False, **words})
        readings = {
            "kind": partial(_code, _meanings(ActivityKind, table.kinds)),
            "earned_on": partial(_day, table.days),
            "hours": partial(_length, table.lengths, MINUTES_AN_HOUR),
            "minutes": partial(_length, table.lengths, 1),
            "documents": partial(_codes, _meanings(DocumentKind, table.documents), _dividers(table)),
            **dict.fromkeys(FLAGS, flag),
        }
    blanks = frozenset(map(folded, table.blanks))
    return {column: partial(_unless_blank, blanks, reading) for column, reading in readings.items()}


def is_total(text: str, rows: TotalRows) -> bool:
    """Tells whether the text of a cell makes its row a total."""
    found = folded(text)
    for word in map(folded, rows.words):
        if found == word or (word.endswith("*") and found.startswith(word[:-1].rstrip())):
            return True
    return False


def text_of(value: object) -> str:
    """Returns a value of a table as a file of text would have it; empty if there is none.

    >>> text_of(2.0), text_of(True), text_of(datetime(2013, 3, 12))
    ('2', 'true', '2013-03-12')
    """
    if value is None or (isinstance(value, float) and value != value):  # noqa: PLR0124 - not a number
        return ""
    for kind, write in _WRITERS:
        if isinstance(value, kind):
            return write(value)
    return str(value).strip()


def _datetime(value: datetime) -> str:
    midnight = value.time() == time() and value.tzinfo is None
    return value.date().isoformat() if midnight else value.isoformat(" ")


def _float(value: float) -> str:
    return str(int(value)) if value.is_integer() else f"{Decimal(float.__repr__(value)):f}"


def _clock(value: timedelta) -> str:
    minutes, seconds = divmod(value.days * 24 * 3600 + value.seconds, _SECONDS_A_MINUTE)
    hours, minutes = divmod(minutes, MINUTES_AN_HOUR)
    fraction = f".{value.microseconds:06}" if value.microseconds else ""
    return f"{hours}:{minutes:02}:{seconds:02}{fraction}"


# A truth value is a number too, and a time of a day a day.
_WRITERS: tuple[tuple[type, Callable[[Any], str]], ...] = (
    (bool, lambda value: "true" if value else "false"),
    (datetime, _datetime),
    (float, _float),
    (Decimal, lambda value: f"{value:f}"),
    (time, time.isoformat),
    (timedelta, _clock),
)


def _unless_blank(blanks: frozenset[str], reading: Reading, text: str) -> str:
    return "" if folded(text) in blanks else reading(text)


def _day(forms: DayForms, text: str) -> str:
    found: date | None = day_in(text, forms)
    return _left(text, _PLAIN_DAY) if found is None else found.isoformat()


def _length(forms: LengthForms, unit: int, text: str) -> str:
    minutes = minutes_in(text, forms, unit)
    return _left(text, _PLAIN_NUMBER) if minutes is None else str(minutes)


def _left(text: str, plain: re.Pattern[str]) -> str:
    """Returns the text of a cell that was not read, marked if it would be read without a layout."""
    return f"{text}{NOT_READ}" if plain.fullmatch(text) else text


def _meanings(kind: type[StrEnum], words: Iterable[Word]) -> dict[str, str]:
    meanings = {folded(code): str(code) for code in kind}
    return meanings | {folded(word.word): str(word.means) for word in words}


def _code(meanings: Mapping[str, str], text: str) -> str:
    return meanings.get(folded(text), text)


def _flag(meanings: Mapping[str, bool], text: str) -> str:
    found = meanings.get(folded(text))
    return text if found is None else str(found).lower()


def _dividers(table: ActivitiesLayout) -> re.Pattern[str]:
    return re.compile("|".join(map(re.escape, (DIVIDER, *table.documents_divided_by))))


def _codes(meanings: Mapping[str, str], dividers: re.Pattern[str], text: str) -> str:
    """Reads a list of documents; a word may have a divider inside, such as `Certificate/Diploma`."""
    if (alone := meanings.get(folded(text))) is not None:
        return alone
    codes = [meanings.get(folded(part)) for part in dividers.split(text) if part.strip()]
    return text if None in codes or not codes else DIVIDER.join(dict.fromkeys(code for code in codes if code))
