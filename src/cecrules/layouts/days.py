"""DayForms, the ways in which a column writes its days, and the reader of one written day.

A day is never shifted. A text is a day if exactly one of the forms reads it, and nothing is known of it otherwise.
"""

from __future__ import annotations

import functools
import itertools
import re
from datetime import date, timedelta

import attrs

from ..errors import ErrorCode, Problems, shown

__all__ = ["MONTHS", "DayForms", "day_in", "shape_of"]

MONTHS = (
    "january", "february", "march", "april", "may", "june",
    "july", "august", "september", "october", "november", "december",
)  # fmt: skip
# The abbreviations that are more than the first three letters.
_LONGER = {"sept": 9}

_TOKEN = re.compile("YYYY|YY|MMM|MM|M|DD|D")
_FORMAT = re.compile(rf"(?:{_TOKEN.pattern})(?:(?:[-/. ]|, ?)?(?:{_TOKEN.pattern})){{2}}")
_PATTERNS = {
    "YYYY": "(?P<Y>[0-9]{4})",
    "YY": "(?P<Y>[0-9]{2})",
    "MMM": r"(?P<M>[A-Za-z]{3,9})\.?",
    "MM": "(?P<M>[0-9]{2})",
    "M": "(?P<M>[0-9]{1,2})",
    "DD": "(?P<D>[0-9]{2})",
    "D": "(?P<D>[0-9]{1,2})",
}
_TIME = re.compile(
    r"(?P<hour>[0-9]{1,2}):(?P<minute>[0-5][0-9])(?::[0-5][0-9](?:\.[0-9]{1,9})?)?(?: ?(?P<half>[AaPp])\.?[Mm]\.?)?"
)
# Five digits alone, from 1927 to 2177: fewer are a year or a typing mistake more often than a day.
_SERIAL = re.compile(r"(?P<day>[1-9][0-9]{4})(?:\.(?P<rest>[0-9]{1,18}))?")
# The day before the first, as if 1900 had had a 29th of February: spreadsheets take it for a day.
_BEFORE = {1900: date(1899, 12, 30), 1904: date(1904, 1, 1)}
_A_CENTURY = 100
_ISO = "YYYY-MM-DD"


@attrs.frozen(kw_only=True)
class DayForms:
    """The ways in which a column writes its days.

    Attributes:
        formats: The forms of a written day. `YYYY` and `YY` stand for a year of four or two digits; `M` and `D` for a
            month and a day of one or two digits; `MM` and `DD` for two digits; `MMM` for the English name of a month,
            in full or short.
        century: The first of the hundred years in which a year of two digits falls, such as 2000; needed by `YY`.
        serials: The first year of a spreadsheet that writes days as numbers: 1900 or 1904. None if a number is no day.
        times: Whether a time of day without a zone may follow the day; it is left out.

    Raises:
        InvalidValue: A format is none, or two formats contradict each other.
        InvalidDocument: More than one problem; `problems` lists them all.
    """

    formats: tuple[str, ...] = (_ISO,)
    century: int | None = None
    serials: int | None = None
    times: bool = False

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        shapes: dict[str, str] = {}
        for index, form in enumerate(self.formats):
            where = ("formats", index)
            if not _is_format(form):
                hint = "such as M/D/YYYY, YYYY-MM-DD or D MMM YYYY"
                problems.add(
                    where,
                    f"must have one year, one month and one day, got {shown(form)}",
                    hint,
                    code=ErrorCode.MALFORMED,
                )
            elif (other := shapes.setdefault(shape_of(form), form)) != form:
                problem = f"must not read the same texts as {other!r}, got {form!r}"
                problems.add(where, problem, "keep the one that is meant", code=ErrorCode.CONFLICT)
        if not self.formats and self.serials is None:
            problems.add(("formats",), "must have a format, unless serials are given", code=ErrorCode.MISSING)
        if self.century is None and any("Y" in form and "YYYY" not in form for form in self.formats):
            hint = "2000 if 13 is 2013"
            problems.add(("century",), "is required for a year of two digits", hint, code=ErrorCode.MISSING)
        if self.century is not None and not 1 <= self.century <= date.max.year - _A_CENTURY:
            problem = f"must be from 1 to {date.max.year - _A_CENTURY}, got {self.century}"
            problems.add(("century",), problem, code=ErrorCode.OUT_OF_RANGE)
        if self.serials is not None and self.serials not in _BEFORE:
            problem = f"must be 1900 or 1904, got {self.serials}"
            problems.add(("serials",), problem, "spreadsheets count from these years", code=ErrorCode.OUT_OF_RANGE)
        problems.settle()


def day_in(text: str, forms: DayForms) -> date | None:
    """Returns the day that a text writes in one of the forms; None if it writes none.

    >>> day_in("3/12/2013", DayForms(formats=("M/D/YYYY",)))
    datetime.date(2013, 3, 12)
    >>> day_in("13/3/2013", DayForms(formats=("M/D/YYYY",)))
    >>> day_in("41345", DayForms(serials=1900))
    datetime.date(2013, 3, 12)
    """
    if forms.serials is not None and (found := _SERIAL.fullmatch(text)):
        whole = not (found["rest"] or "").strip("0")
        return _BEFORE[forms.serials] + timedelta(int(found["day"])) if whole or forms.times else None
    for form in forms.formats:
        if found := _pattern(form, forms.times).fullmatch(text):
            return _day(found, forms.century)
    return None


def shape_of(form: str) -> str:
    """Returns a text that is the same for two formats if some text fits both."""
    shape = ""
    for is_token, run in itertools.groupby(_parts(form), key=_is_token):
        parts = list(run)
        if not is_token or parts in (["YYYY"], ["MMM"]):
            shape += "".join(parts)
        else:
            shape += "n" if len(parts) == 1 else f"{sum(map(len, parts))} digits"
    return shape


def _is_token(part: str) -> bool:
    return _TOKEN.fullmatch(part) is not None


def _parts(form: str) -> list[str]:
    return [part for part in re.split(f"({_TOKEN.pattern})", form) if part]


def _is_format(form: str) -> bool:
    if not _FORMAT.fullmatch(form):
        return False
    parts = _parts(form)
    if sorted(part[0] for part in parts if _is_token(part)) != ["D", "M", "Y"]:
        return False
    # Without anything between them, only parts of a fixed length can be told apart.
    beside = [both for both in itertools.pairwise(parts) if all(map(_is_token, both))]
    return not {"M", "D", "MMM"} & {part for both in beside for part in both}


@functools.lru_cache(maxsize=256)
def _pattern(form: str, times: bool) -> re.Pattern[str]:
    day = "".join(_PATTERNS.get(part) or re.escape(part) for part in _parts(form))
    return re.compile(f"{day}(?:[T ]{_TIME.pattern})?" if times else day)


def _day(found: re.Match[str], century: int | None) -> date | None:
    year, month = int(found["Y"]), _month(found["M"])
    if len(found["Y"]) == 2 and century is not None:
        year = century + (year - century) % _A_CENTURY
    groups = found.groupdict()
    if groups.get("hour") and not _is_hour(int(groups["hour"]), groups["half"]):
        return None
    try:
        return date(year, month, int(found["D"]))
    except ValueError:
        return None


def _is_hour(hour: int, half: str | None) -> bool:
    return 1 <= hour <= 12 if half else hour < 24


def _month(text: str) -> int:
    """Returns the number of a month; 0 for a word that is none."""
    if text[0] in "0123456789":
        return int(text)
    word = text.lower()
    numbers = [number for number, name in enumerate(MONTHS, 1) if word in (name, name[:3])]
    return numbers[0] if numbers else _LONGER.get(word, 0)
