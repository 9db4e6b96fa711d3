"""LengthForms, the ways in which a column writes lengths, and the reader of one written length.

A length is whole minutes exactly, and is never rounded to them.
"""

from __future__ import annotations

import functools
import math
import re
from enum import StrEnum
from fractions import Fraction

import attrs

from ..activities import MOST_MINUTES
from ..credits import MINUTES_A_DAY, MINUTES_AN_HOUR
from ..errors import ErrorCode, Problems, shown

__all__ = ["LengthForm", "LengthForms", "minutes_in"]

# A spreadsheet keeps no more of a fraction, whatever it writes.
_DECIMALS_OF_A_FLOAT = 15
_SIGNS = {".": r"\.", ",": ","}


class LengthForm(StrEnum):
    """A way to write a length."""

    NUMBER = "number"  #: A number alone, such as `1.5`; the column says whether of hours or of minutes.
    UNITS = "units"  #: Numbers with their units, such as `1.5 hrs`, `90 min`, `1 hr 30 min` or `1h30`.
    CLOCK = "clock"  #: Hours and minutes as on a clock, with no seconds or with 00.
    #: A fraction of a day, such as `0.0625`, to which exactly one whole minute rounds; spreadsheets keep lengths so.
    DAY_FRACTION = "day_fraction"


@attrs.frozen(kw_only=True)
class LengthForms:
    """The ways in which a column writes lengths.

    Attributes:
        forms: The forms that occur.
        decimal: The decimal sign, a point or a comma; both (`.,`) if the column has both.
        day_decimals: The number of decimals to which fractions of a day were rounded, if zeros at their end were left
            out. None if each text has all its decimals.
        hour_words: The words for hours, without the point of an abbreviation.
        minute_words: The words for minutes.

    Raises:
        InvalidValue: Two forms contradict each other, or a sign or a word is not allowed.
        InvalidDocument: More than one problem; `problems` lists them all.
    """

    forms: tuple[LengthForm, ...] = (LengthForm.NUMBER,)
    decimal: str = "."
    day_decimals: int | None = None
    hour_words: tuple[str, ...] = ("h", "hr", "hrs", "hour", "hours")
    minute_words: tuple[str, ...] = ("m", "min", "mins", "minute", "minutes")

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        if not self.forms:
            problems.add(("forms",), "must have at least one form", code=ErrorCode.MISSING)
        if {LengthForm.NUMBER, LengthForm.DAY_FRACTION} <= set(self.forms):
            problem = "must not have number and day_fraction together, since both read 0.5"
            problems.add(("forms",), problem, "keep the one that is meant", code=ErrorCode.CONFLICT)
        if self.decimal not in (".", ",", ".,", ",."):
            problem = f"must be a point, a comma, or both, got {shown(self.decimal)}"
            problems.add(("decimal",), problem, code=ErrorCode.OUT_OF_RANGE)
        if self.day_decimals is not None and not 1 <= self.day_decimals <= 18:
            problem = f"must be from 1 to 18, got {self.day_decimals}"
            problems.add(("day_decimals",), problem, code=ErrorCode.OUT_OF_RANGE)
        words: set[str] = set()
        for name in ("hour_words", "minute_words"):
            for index, word in enumerate(getattr(self, name)):
                if not word.isalpha():
                    problems.add(
                        (name, index), f"must be a word of letters, got {shown(word)}", code=ErrorCode.MALFORMED
                    )
                elif word.casefold() in words:
                    problems.add((name, index), f"must be given once, got {shown(word)} again", code=ErrorCode.CONFLICT)
                words.add(word.casefold())
        problems.settle()


def minutes_in(text: str, forms: LengthForms, unit: int) -> int | None:
    """Returns the minutes that a text writes in one of the forms; None if it writes none.

    Args:
        text: The text, without spaces at its ends.
        forms: The forms that occur.
        unit: The minutes of a number alone, 60 if it is a number of hours.

    >>> minutes_in("1 hr 30 min", LengthForms(forms=(LengthForm.UNITS,)), 60)
    90
    >>> minutes_in("0.33", LengthForms(), 60)
    """
    for form in forms.forms:
        minutes = _READERS[form](text, forms, unit)
        if minutes is not None and minutes.denominator == 1 and 0 < minutes <= MOST_MINUTES:
            return minutes.numerator
    return None


def _number(text: str, forms: LengthForms) -> Fraction | None:
    return Fraction(text.replace(",", ".")) if re.fullmatch(_numbers(forms), text) else None


@functools.lru_cache(maxsize=64)
def _numbers(forms: LengthForms) -> str:
    sign = f"[{''.join(_SIGNS[each] for each in forms.decimal)}]"
    return f"(?:[0-9]{{1,9}}(?:{sign}[0-9]{{1,18}})?|{sign}[0-9]{{1,18}})"


def _of_number(text: str, forms: LengthForms, unit: int) -> Fraction | None:
    number = _number(text, forms)
    return None if number is None else number * unit


def _of_units(text: str, forms: LengthForms, _unit: int) -> Fraction | None:
    one, *several = _unit_patterns(forms)
    for pattern in several:
        if found := pattern.fullmatch(text):
            return Fraction(int(found["hours"]) * MINUTES_AN_HOUR + int(found["minutes"]))
    found = one.fullmatch(text)
    number = _number(found["number"], forms) if found else None
    if found is None or number is None:
        return None
    return number * (MINUTES_AN_HOUR if found["hour"] else 1)


@functools.lru_cache(maxsize=64)
def _unit_patterns(forms: LengthForms) -> tuple[re.Pattern[str], ...]:
    """Returns the patterns of a number with one unit, of hours and minutes together, and of both without the second."""
    hour, minute = ("|".join(words) or r"\Z." for words in (forms.hour_words, forms.minute_words))
    hours = rf"(?P<hours>[0-9]{{1,4}})\s*(?:{hour})"
    minutes = "(?P<minutes>[0-5]?[0-9])"
    patterns = (
        rf"(?P<number>{_numbers(forms)})\s*(?:(?P<hour>{hour})|(?:{minute}))\.?",
        rf"{hours}\.?(?:,|\s+and(?=\s))?\s*{minutes}\s*(?:{minute})\.?",
        rf"(?P<hours>[0-9]{{1,4}})(?:{hour})(?P<minutes>[0-5][0-9])",
    )
    return tuple(re.compile(pattern, re.IGNORECASE) for pattern in patterns)


def _of_clock(text: str, _forms: LengthForms, _unit: int) -> Fraction | None:
    found = re.fullmatch(r"([0-9]{1,4}):([0-5][0-9])(?::00(?:\.0{1,9})?)?", text)
    return Fraction(int(found[1]) * MINUTES_AN_HOUR + int(found[2])) if found else None


def _of_day_fraction(text: str, forms: LengthForms, _unit: int) -> Fraction | None:
    """Reads a fraction of a day as the only whole minute that may have been rounded to it."""
    number = _number(text, forms)
    if number is None:
        return None
    written = len(re.split("[.,]", f"{text}.")[1])
    if forms.day_decimals is not None and written > forms.day_decimals:
        return None
    # However halves were rounded, the minutes are within half a unit of the last decimal.
    decimals = written if forms.day_decimals is None else forms.day_decimals
    most = Fraction(1, 2 * 10 ** min(decimals, _DECIMALS_OF_A_FLOAT))
    first, last = math.ceil((number - most) * MINUTES_A_DAY), math.floor((number + most) * MINUTES_A_DAY)
    return Fraction(first) if first == last else None


_READERS = {
    LengthForm.NUMBER: _of_number,
    LengthForm.UNITS: _of_units,
    LengthForm.CLOCK: _of_clock,
    LengthForm.DAY_FRACTION: _of_day_fraction,
}
