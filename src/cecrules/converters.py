"""Reads plain data into values: strictly, each kind of value in one function, each problem with its path.

Every function takes what was found and where, and returns the value or raises `InvalidValue`. The constructors
of the library and its JSON and TOML readers all come through here, so no type is described twice.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from numbers import Integral
from typing import Any, TypeGuard, TypeVar, cast

from .errors import CecRulesError, InvalidValue, Problems, shown

__all__ = [
    "nearest",
    "optional",
    "read_amount",
    "read_codes",
    "read_date",
    "read_each",
    "read_flag",
    "read_member",
    "read_members",
    "read_name",
    "read_number",
    "read_text",
    "read_values",
    "read_whole",
]

M = TypeVar("M", bound=StrEnum)
T = TypeVar("T")

_DECIMAL = re.compile(r"[0-9]{1,18}(\.[0-9]{1,18})?")
_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_MOST_DIGITS = 18


def nearest(found: object, known: Iterable[str]) -> str:
    """Returns a hint that names the closest known name, or all of them where none is close."""
    names = [str(name) for name in known]
    if isinstance(found, str):
        close = difflib.get_close_matches(found[:80], names)
        # Letters that only changed places are closer than any others.
        close.sort(key=lambda name: sorted(name) != sorted(found[:80]))
        if close:
            return f"did you mean {close[0]!r}?"
    return "known: " + ", ".join(names)


def read_text(raw: object, where: str) -> str:
    """Reads a text, which may be empty."""
    if not isinstance(raw, str):
        raise InvalidValue(where, f"must be text, got {shown(raw)}")
    if not raw.isascii():
        try:
            raw.encode()
        except UnicodeEncodeError:
            raise InvalidValue(where, f"must be valid Unicode text, got {shown(raw)}") from None
    return raw


def optional(read: Callable[[Any, str], T]) -> Callable[[Any, str], T | None]:
    """Returns what reads a value that may be None."""
    return lambda raw, where: None if raw is None else read(raw, where)


def read_name(raw: object, where: str) -> str:
    """Reads a text that says something."""
    name = read_text(raw, where)
    if not name.strip():
        raise InvalidValue(where, f"must not be blank, got {shown(raw)}")
    return name


def read_flag(raw: object, where: str) -> bool:
    """Reads true or false, and nothing that merely resembles them."""
    if raw is True or raw is False:
        return raw
    raise InvalidValue(where, f"must be true or false, got {shown(raw)}")


def read_whole(raw: object, where: str, *, least: int, most: int | None = None) -> int:
    """Reads a whole number from `least` to `most`, both inside."""
    if type(raw) is int:
        number = raw
    elif isinstance(raw, bool) or not isinstance(raw, Integral):
        raise InvalidValue(where, f"must be a whole number, got {shown(raw)}")
    else:
        number = int(raw)
    if number < least or (most is not None and number > most):
        bounds = f"at least {least}" if most is None else f"from {least} to {most}"
        raise InvalidValue(where, f"must be {bounds}, got {shown(raw)}")
    return number


def read_number(raw: object, where: str) -> Fraction:
    """Reads an exact number of at least 0: a whole number, Decimal, Fraction, decimal text, or a float by its text."""
    expected = "must be a number or a decimal text such as '1.5'"
    number: Fraction | None = None
    if isinstance(raw, bool):
        pass
    elif isinstance(raw, Integral):
        number = Fraction(int(raw))
    elif isinstance(raw, Fraction):
        number = raw
    elif isinstance(raw, float | Decimal):
        # A float of another library writes itself in a way of its own.
        exact = Decimal(float.__repr__(raw)) if isinstance(raw, float) else raw
        if not exact.is_finite():
            raise InvalidValue(where, f"must be a finite number, got {shown(raw)}")
        # An exponent is bounded before it becomes digits: 1e999999 is eight characters and a million digits.
        if exact and (abs(exact.adjusted()) > _MOST_DIGITS or len(exact.as_tuple().digits) > 2 * _MOST_DIGITS):
            raise InvalidValue(
                where, f"must have at most {_MOST_DIGITS} digits on either side of the point, got {shown(raw)}"
            )
        number = Fraction(exact)
    elif isinstance(raw, str) and _DECIMAL.fullmatch(raw.strip()):
        number = Fraction(raw.strip())
    if number is None:
        raise InvalidValue(where, f"{expected}, got {shown(raw)}")
    if number < 0:
        raise InvalidValue(where, f"must be at least 0, got {shown(raw)}")
    return number


def read_amount(raw: object, where: str, *, unit: int, unit_name: str) -> int:
    """Reads a number of units of `unit` minutes as whole minutes."""
    if type(raw) is int and raw >= 0:
        return raw * unit
    minutes = read_number(raw, where) * unit
    if minutes.denominator != 1:
        raise InvalidValue(
            where,
            f"must be a whole number of minutes, got {shown(raw)} {unit_name} of {unit} minutes",
            f"give minutes instead, such as minutes={round(minutes)}",
        )
    return minutes.numerator


def read_date(raw: object, where: str) -> date:
    """Reads a calendar day: a `datetime.date`, or text in the one form YYYY-MM-DD."""
    if isinstance(raw, date) and not isinstance(raw, datetime):
        return raw
    if isinstance(raw, str):
        try:
            day = _day(raw)
        except ValueError as error:
            raise InvalidValue(where, f"must be a day of the calendar, got {shown(raw)}", str(error)) from None
        if day is not None:
            return day
    hint = "give its .date()" if isinstance(raw, datetime) else ""
    raise InvalidValue(where, f"must be a date as YYYY-MM-DD, got {shown(raw)}", hint)


@functools.lru_cache(maxsize=4096)
def _day(text: str) -> date | None:
    """Returns the day a text of the one form names; None where it is of another form."""
    return date.fromisoformat(text) if _DATE.fullmatch(text) else None


def read_member(kind: type[M], raw: object, where: str) -> M:
    """Reads a member of a closed vocabulary from itself or its code."""
    if type(raw) is kind:
        return raw
    if isinstance(raw, str):
        member = _codes(kind).get(raw)
        if member is not None:
            return cast("M", member)
    raise InvalidValue(where, f"must be one of the {kind.__name__} codes, got {shown(raw)}", nearest(raw, kind))


@functools.cache
def _codes(kind: type[StrEnum]) -> dict[str, StrEnum]:
    return {member.value: member for member in kind}


def read_each(raw: object, where: str) -> Sequence[object]:
    """Reads a list, tuple, set or other iterable of items; a text or a mapping is none."""
    if type(raw) in (list, tuple):
        return cast("Sequence[object]", raw)
    if not _is_list(raw):
        raise InvalidValue(where, f"must be a list, got {shown(raw)}")
    return tuple(raw)


def _is_list(raw: object) -> TypeGuard[Iterable[object]]:
    return isinstance(raw, Iterable) and not isinstance(raw, str | bytes | Mapping)


def read_members(kind: type[M], raw: object, where: str) -> tuple[M, ...]:
    """Reads a list of members of a closed vocabulary, each once, in the order given."""
    return tuple(dict.fromkeys(read_codes(kind, raw, where)))


def read_codes(kind: type[M], raw: object, where: str) -> list[M]:
    """Reads a list of members of a closed vocabulary, as often as they are given."""
    items = read_each(raw, where)
    codes: dict[Any, Any] = _codes(kind)
    try:
        return [codes[item] for item in items]
    except (KeyError, TypeError):
        # One of them is none: read again, with the place of each.
        problems = Problems()
        for index, item in enumerate(items):
            problems.attempt(read_member, kind, item, f"{where}[{index}]")
        raise problems.error() from None


def read_values(
    readers: Mapping[str, Callable[[Any, str], object]], given: Mapping[str, object]
) -> tuple[dict[str, Any], Problems]:
    """Reads every value given by the reader of its name: the values, None for a wrong one, and what is wrong."""
    problems = Problems()
    try:
        return {name: readers[name](raw, name) for name, raw in given.items()}, problems
    except CecRulesError as error:
        # One of them is wrong: read again, to find what else is. An iterator that was used up says nothing then.
        values = {name: problems.attempt(readers[name], raw, name) for name, raw in given.items()}
        problems.found = problems.found or list(error.problems)
        return values, problems
