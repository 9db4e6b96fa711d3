"""Tries every form of a day and of a length on all texts of a column, and tells which forms read them.

Where two forms read every text that either reads, neither is taken and both are told.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Sequence
from datetime import date

import attrs

from ..submissions import FIRST_YEAR, LAST_YEAR
from .days import DayForms, day_in, shape_of
from .lengths import LengthForm, LengthForms, minutes_in

__all__ = ["DaysTried", "LengthsTried", "days_tried", "lengths_tried"]

_CENTURY = 2000
# Fewer decimals do not tell one minute of a day from the next.
_LEAST_DECIMALS = 4
_ORDERS = ("M D Y", "D M Y", "Y M D")
_FORMATS = (
    *(
        each.replace("Y", year).replace(" ", between)
        for year in ("YYYY", "YY")
        for between in "/-. "
        for each in _ORDERS
    ),
    *("YYYYMMDD", "MMDDYYYY", "DDMMYYYY"),
    *("D MMM YYYY", "D-MMM-YYYY", "MMM D, YYYY", "MMM D YYYY", "D MMM YY", "D-MMM-YY", "MMM D, YY"),
)


@attrs.frozen(kw_only=True)
class DaysTried:
    """What trying all formats on a column of days has shown.

    Attributes:
        taken: The formats that alone read every text of their shape.
        questions: For each shape that several formats read, or that none reads in full: the formats, and the texts.
        century: The century of all years of four digits, if there is one.
        asks_century: Whether a year of two digits is written.
        serials: The texts that may be days of a spreadsheet.
        times: Whether a time of day follows a day.
        unread: The texts that no format reads.
    """

    taken: tuple[str, ...]
    questions: tuple[tuple[tuple[str, ...], tuple[str, ...]], ...]
    century: int | None
    asks_century: bool
    serials: tuple[str, ...]
    times: bool
    unread: tuple[str, ...]


def days_tried(texts: Sequence[str]) -> DaysTried:
    """Tries all formats on the distinct texts of a column of days."""
    serials = tuple(text for text in texts if _read(text, DayForms(formats=(), serials=1900, times=True)))
    left = [text for text in texts if text not in serials]
    times = any(_readers(text, times=True) and not _readers(text, times=False) for text in left)
    by_shape: dict[str, dict[str, list[str]]] = {}
    read: set[str] = set()
    for text in left:
        for form in _readers(text, times=times):
            by_shape.setdefault(shape_of(form), {}).setdefault(form, []).append(text)
            read.add(text)
    taken: list[str] = []
    questions: list[tuple[tuple[str, ...], tuple[str, ...]]] = []
    for formats in by_shape.values():
        of_shape = tuple(dict.fromkeys(text for found in formats.values() for text in found))
        whole = [form for form, found in formats.items() if len(found) == len(of_shape)]
        if len(whole) == 1:
            taken.append(_plain(whole[0], of_shape, times))
        else:
            questions.append((tuple(whole or formats), of_shape))
    named = [*taken, *(form for formats, _ in questions for form in formats)]
    return DaysTried(
        taken=tuple(taken),
        questions=tuple(questions),
        century=_century(left, taken, times),
        asks_century=any("YYYY" not in form for form in named),
        serials=serials,
        times=times or any(text.partition(".")[2].strip("0") for text in serials),
        unread=tuple(text for text in left if text not in read),
    )


def _plain(form: str, texts: Sequence[str], times: bool) -> str:
    """Returns YYYY-MM-DD for years, months and days that are all written so."""
    plain = DayForms(times=times)
    return plain.formats[0] if form == "YYYY-M-D" and all(day_in(text, plain) for text in texts) else form


def _century(texts: Iterable[str], taken: Sequence[str], times: bool) -> int | None:
    """Returns the century of the days whose years have four digits, if it is one."""
    formats = tuple(form for form in taken if "YYYY" in form)
    forms = DayForms(formats=formats, times=times) if formats else None
    days = [day_in(text, forms) for text in texts] if forms else []
    centuries = {day.year // 100 * 100 for day in days if day}
    return centuries.pop() if len(centuries) == 1 else None


def _readers(text: str, *, times: bool) -> list[str]:
    return [form for form, forms in _forms(times) if _read(text, forms)]


@functools.cache
def _forms(times: bool) -> tuple[tuple[str, DayForms], ...]:
    return tuple((form, DayForms(formats=(form,), century=_CENTURY, times=times)) for form in _FORMATS)


def _read(text: str, forms: DayForms) -> date | None:
    day = day_in(text, forms)
    return day if day and FIRST_YEAR <= day.year <= LAST_YEAR else None


@attrs.frozen(kw_only=True)
class LengthsTried:
    """What trying all forms on a column of lengths has shown.

    Attributes:
        forms: The forms that are needed.
        decimal: The decimal signs that occur; a point if none does.
        day_decimals: The decimals of fractions of a day, if there are any.
        question: Why you have to choose the forms or the sign; empty if they are plain.
        bare: Whether a number stands alone, so that its unit matters.
        unread: The texts that no form reads.
    """

    forms: tuple[LengthForm, ...]
    decimal: str
    day_decimals: int | None
    question: str
    bare: bool
    unread: tuple[str, ...]


def lengths_tried(texts: Sequence[str], unit: int) -> LengthsTried:
    """Tries all forms on the distinct texts of a column of lengths; a number alone is of `unit` minutes."""
    decimal = "".join(sign for sign in ".," if any(re.search(f"[{sign}][0-9]", text) for text in texts)) or "."
    decimals = max((len(re.split("[.,]", text)[1]) for text in texts if _is_fraction(text)), default=0)
    day = LengthForms(forms=(LengthForm.DAY_FRACTION,), decimal=decimal, day_decimals=min(decimals, 18) or None)
    read = {form: _texts_read(texts, LengthForms(forms=(form,), decimal=decimal), unit) for form in LengthForm}
    read[LengthForm.DAY_FRACTION] = _texts_read(texts, day, unit) if decimals >= _LEAST_DECIMALS else set()
    numbers, fractions = read[LengthForm.NUMBER], read[LengthForm.DAY_FRACTION]
    drop = LengthForm.NUMBER if len(fractions) > len(numbers) else LengthForm.DAY_FRACTION
    question = ""
    if fractions and numbers == fractions:
        question = "each of number and day_fraction reads all of these"
    elif "," in decimal and all(_is_thousands(text) for text in texts if "," in text):
        question = "a comma before three digits may stand between thousands, which no form reads"
    forms = tuple(form for form in LengthForm if read[form] and form is not drop)
    known = set[str]().union(*(read[form] for form in forms))
    return LengthsTried(
        forms=forms or (LengthForm.NUMBER,),
        decimal=decimal,
        day_decimals=day.day_decimals if LengthForm.DAY_FRACTION in forms else None,
        question=question,
        bare=bool(numbers) and drop is not LengthForm.NUMBER,
        unread=tuple(text for text in texts if text not in known),
    )


def _texts_read(texts: Iterable[str], forms: LengthForms, unit: int) -> set[str]:
    return {text for text in texts if minutes_in(text, forms, unit)}


def _is_fraction(text: str) -> bool:
    return re.fullmatch(r"0?[.,][0-9]+", text) is not None


def _is_thousands(text: str) -> bool:
    return re.fullmatch(r"[0-9]{1,3},[0-9]{3}", text) is not None
