"""Reads plain data into values: strictly, each kind of value in one function, each problem with its path.

Every function takes what was found and where, and returns the value or raises `InvalidValue`. The constructors
of the library and its JSON and TOML readers all come through here, so no type is described twice.
"""

from __future__ import annotations

import difflib
import functools
import re
from collections.abc import Iterable, Mapping
from datetime import date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from typing import TypeGuard, TypeVar, cast

from .errors import InvalidValue, Problems, shown

__all__ = [
    "nearest",
    "read_amount",
    "read_date",
    "read_each",
    "read_flag",
    "read_member",
    "read_members",
    "read_number",
    "read_text",
    "read_whole",
]

M = TypeVar("M", bound=StrEnum)

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


def read_text(raw: object, where: str, *, blank: bool = False) -> str:
    """Reads a text; a blank one only where `blank` allows it."""
    if not isinstance(raw, str):
        raise InvalidValue(where, f"must be text, got {shown(raw)}")
    if not blank and not raw.strip():
        raise InvalidValue(where, f"must not be blank, got {shown(raw)}")
    if not raw.isascii():
        try:
            raw.encode()
        except UnicodeEncodeError:
            raise InvalidValue(where, f"must be valid Unicode text, got {shown(raw)}") from None
    return raw


def read_flag(raw: object, where: str) -> bool:
    """Reads true or false, and nothing that merely resembles them."""
    if raw is True or raw is False:
        return raw
    raise InvalidValue(where, f"must be true or false, got {shown(raw)}")


def read_whole(raw: object, where: str, *, least: int, most: int | None = None) -> int:
    """Reads a whole number from `least` to `most`, both inside."""
    if isinstance(raw, bool) or not isinstance(raw, int):
        raise InvalidValue(where, f"must be a whole number, got {shown(raw)}")
    if raw < least or (most is not None and raw > most):
        bounds = f"at least {least}" if most is None else f"from {least} to {most}"
        raise InvalidValue(where, f"must be {bounds}, got {shown(raw)}")
    return raw


def read_number(raw: object, where: str) -> Fraction:
    """Reads an exact number of at least 0: a whole number, Decimal, Fraction, decimal text, or a float by its text."""
    expected = "must be a number or a decimal text such as '1.5'"
    number: Fraction | None = None
    if isinstance(raw, bool):
        pass
    elif isinstance(raw, int | Fraction):
        number = Fraction(raw)
    elif isinstance(raw, float | Decimal):
        exact = Decimal(repr(raw)) if isinstance(raw, float) else raw
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
    if isinstance(raw, str) and _DATE.fullmatch(raw):
        try:
            return date.fromisoformat(raw)
        except ValueError as error:
            raise InvalidValue(where, f"must be a day of the calendar, got {shown(raw)}", str(error)) from None
    hint = "give its .date()" if isinstance(raw, datetime) else ""
    raise InvalidValue(where, f"must be a date as YYYY-MM-DD, got {shown(raw)}", hint)


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


def read_each(raw: object, where: str) -> tuple[object, ...]:
    """Reads a list, tuple, set or other iterable of items; a text or a mapping is none."""
    if not _is_list(raw):
        raise InvalidValue(where, f"must be a list, got {shown(raw)}")
    return tuple(raw)


def _is_list(raw: object) -> TypeGuard[Iterable[object]]:
    return isinstance(raw, Iterable) and not isinstance(raw, str | bytes | Mapping)


def read_members(kind: type[M], raw: object, where: str) -> tuple[M, ...]:
    """Reads a list of members of a closed vocabulary, each once, in the order given."""
    problems = Problems()
    members: dict[M, None] = {}
    for index, item in enumerate(read_each(raw, where)):
        member = problems.attempt(read_member, kind, item, f"{where}[{index}]")
        if member is not None:
            members[member] = None
    problems.settle()
    return tuple(members)
