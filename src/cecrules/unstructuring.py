"""Takes values apart into plain data, from which `structuring` builds them again."""

from __future__ import annotations

import functools
import types
from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

import attrs

from .credits import Credits

__all__ = ["fields", "number", "plain"]


def plain(value: object, writers: Mapping[type, Callable[[Any], Any]] = types.MappingProxyType({})) -> Any:
    """Returns the plain form of a value, which `build` reads back; fields at their default are left out.

    Args:
        value: A value of an attrs class, or anything one holds.
        writers: How to write values of classes with a form of their own.
    """
    kind: type = type(value)
    write = writers.get(kind)
    return write(value) if write else _writer(kind)(value, writers)


@functools.cache
def _writer(kind: type) -> Callable[[Any, Mapping[type, Callable[[Any], Any]]], Any]:
    """Returns what writes values of a class."""
    if write := _PLAIN.get(kind):
        return lambda value, _: write(value)
    if attrs.has(kind):
        return fields
    if issubclass(kind, tuple | frozenset):
        return lambda value, writers: [plain(item, writers) for item in value]
    return (lambda value, _: str(value)) if issubclass(kind, StrEnum) else (lambda value, _: value)


def fields(value: object, writers: Mapping[type, Callable[[Any], Any]] = types.MappingProxyType({})) -> dict[str, Any]:
    """Returns the plain form of a value field by field, whatever `writers` say of its own class."""
    kind: type = type(value)
    made: dict[str, Any] = {}
    for name, default, keyed_by in _written_fields(kind):
        item = getattr(value, name)
        if item is default or (default is not None and default is not attrs.NOTHING and item == default):
            continue
        if keyed_by:
            rows = [fields(row, writers) for row in item]
            made[name] = {row.pop(keyed_by): row for row in rows}
        else:
            made[name] = plain(item, writers)
    return made


@functools.cache
def _written_fields(kind: type) -> tuple[tuple[str, object, str], ...]:
    """Returns the name of each field of a class, its default, and what its table is keyed by."""
    return tuple((field.name, field.default, field.metadata.get("keyed_by", "")) for field in attrs.fields(kind))


def number(amount: Credits) -> int | float:
    """Returns an amount as a number of credits, whole where it is."""
    whole, rest = divmod(amount.minutes, amount.minutes_a_credit)
    return amount.minutes / amount.minutes_a_credit if rest else whole


def _written(value: Fraction) -> int | float | str:
    """Writes a fraction as a number where one is exact by its text, and as `5/3` where none is."""
    if value.denominator == 1:
        return value.numerator
    return float(value) if Fraction(repr(float(value))) == value else str(value)


_PLAIN: dict[type, Callable[[Any], Any]] = {
    Credits: number,
    date: date.isoformat,
    Fraction: _written,
}
