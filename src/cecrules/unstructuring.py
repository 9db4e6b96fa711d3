"""Turns values into plain data, from which `structuring` builds them again."""

from __future__ import annotations

import functools
from collections.abc import Callable
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

import attrs

from .credits import Credits
from .settings import Settings
from .structuring import MINUTES_SUFFIX

__all__ = ["number", "plain"]


def plain(value: object) -> Any:
    """Returns the plain form of a value, which `build` reads back; fields at their default are left out."""
    kind: type = type(value)
    return _writer(kind)(value)


@functools.cache
def _writer(kind: type) -> Callable[[Any], Any]:
    """Returns the writer of values of a class."""
    if write := _PLAIN.get(kind):
        return write
    if attrs.has(kind):
        return _fields
    if issubclass(kind, tuple | frozenset):
        return lambda value: [plain(item) for item in value]
    return str if issubclass(kind, StrEnum) else lambda value: value


def _fields(value: object) -> dict[str, Any]:
    kind: type = type(value)
    made: dict[str, Any] = {}
    for name, default, keyed_by, valued in _written_fields(kind):
        item = getattr(value, name)
        if item is default or (default is not None and default is not attrs.NOTHING and item == default):
            continue
        if valued:
            made[name] = {getattr(row, keyed_by): plain(getattr(row, valued)) for row in item}
        elif keyed_by:
            rows = [_fields(row) for row in item]
            made[name] = {row.pop(keyed_by): row for row in rows}
        elif isinstance(item, Credits):
            made[name] = number(item)
            made[name + MINUTES_SUFFIX] = item.minutes
        else:
            made[name] = plain(item)
    return made


@functools.cache
def _written_fields(kind: type) -> tuple[tuple[str, object, str, str], ...]:
    """Returns the name of each field, its default, and the fields that are the keys and the values of its table."""
    return tuple(
        (field.name, field.default, field.metadata.get("keyed_by", ""), field.metadata.get("value", ""))
        for field in attrs.fields(kind)
    )


def number(amount: Credits) -> int | float:
    """Returns an amount as a number of credits, as an int if it is whole."""
    return _quotient(amount.minutes, amount.minutes_a_credit)


@functools.lru_cache(maxsize=4096)
def _quotient(minutes: int, minutes_a_credit: int) -> int | float:
    whole, rest = divmod(minutes, minutes_a_credit)
    return minutes / minutes_a_credit if rest else whole


def _written(value: Fraction) -> int | float | str:
    """Writes a fraction as a number if its decimal text is exact, and otherwise as text such as `5/3`."""
    if value.denominator == 1:
        return value.numerator
    return float(value) if Fraction(repr(float(value))) == value else str(value)


_PLAIN: dict[type, Callable[[Any], Any]] = {
    date: date.isoformat,
    Fraction: _written,
    Settings: Settings.table,
}
