"""Builds values from plain data by their types.

Every unknown, missing or wrong key is reported at once, each with its path.

Serves both doors, JSON (`interchange`) and TOML (`editions`). A class that converts in its own constructor is
handed the plain values; any other has each field read here by its type.
"""

from __future__ import annotations

import functools
import re
import types
import typing
from collections.abc import Callable, Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any, TypeVar, cast

import attrs

from .converters import nearest, read_date, read_each, read_flag, read_member, read_number, read_text, read_whole
from .credits import MINUTES_AN_HOUR, Credits
from .errors import CecRulesError, InvalidValue, Problems, shown

__all__ = ["Derived", "RepeatedKeys", "build", "keys_of"]

T = TypeVar("T")

_QUOTIENT = re.compile(r"[0-9]{1,18}/[1-9][0-9]{0,17}")


class RepeatedKeys(dict[str, Any]):
    """A mapping from a text in which some keys stood more than once; `repeated` names them."""

    repeated: tuple[str, ...] = ()


# Keys that are written for readers beside the fields of a class, each with what it follows from; None where
# the key is a sentence that nothing depends on.
Derived = Mapping[type, Mapping[str, "Callable[[Any], object] | None"]]


@attrs.frozen
class _Context:
    unit: int
    derived: Derived


def build(cls: type[T], raw: object, *, minutes_a_credit: int = MINUTES_AN_HOUR, derived: Derived | None = None) -> T:
    """Builds a value of the attrs class `cls` from a mapping.

    A field with the metadata `keyed_by` is a tuple written as a table whose keys are that field of each item; the
    metadata `also` names keys that the constructor takes in place of the field.

    Raises:
        InvalidValue: There is one problem.
        InvalidDocument: There are several; every one is reported.
    """
    made: T = _read_instance(cls, raw, "", _Context(minutes_a_credit, derived or {}))
    return made


@attrs.frozen
class _Plan:
    """How a class is read: its keys with their types, those it requires, and how its constructor takes them.

    A class that converts has a constructor that reads plain values itself, but for `inner`: the keys of other such
    values, with their class.
    """

    keys: dict[str, tuple[Any, str]]
    required: tuple[str, ...]
    converts: bool
    inner: dict[str, type]


@functools.cache
def _plan(cls: type) -> _Plan:
    hints = typing.get_type_hints(cls)
    converts = hasattr(cls, "__attrs_init__")
    keys: dict[str, tuple[Any, str]] = {}
    required: list[str] = []
    for field in attrs.fields(cls):
        keys[field.name] = hints[field.name], field.metadata.get("keyed_by", "")
        keys |= dict.fromkeys(field.metadata.get("also", ()), (Any, ""))
        if field.metadata.get("required", field.default is attrs.NOTHING):
            required.append(field.name)
    inner = {name: typing.get_args(kind)[0] for name, (kind, _) in keys.items() if converts and _holds_instances(kind)}
    return _Plan(keys, tuple(required), converts, inner)


def keys_of(cls: type) -> tuple[dict[str, tuple[Any, str]], tuple[str, ...]]:
    """Returns the keys of a class, each with its type and what its table is keyed by, and those it requires."""
    plan = _plan(cls)
    return plan.keys, plan.required


def _read(kind: Any, raw: object, where: str, context: _Context) -> Any:
    """Reads `raw` as the type `kind`."""
    return _reader(kind)(raw, where, context)


@functools.cache
def _reader(kind: Any) -> Callable[[Any, str, _Context], Any]:
    """Returns what reads a value of the type `kind`."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return lambda raw, where, context: None if raw is None else _read(arguments[0], raw, where, context)
    if origin in (tuple, frozenset):
        collect = cast("Callable[[list[Any]], Any]", origin)
        return lambda raw, where, context: collect(_items(arguments[0], raw, where, context))
    if kind is Credits:
        return lambda raw, where, context: _read_credits(raw, where, context.unit)
    if attrs.has(kind):
        return functools.partial(_read_instance, kind)
    if issubclass(kind, StrEnum):
        return lambda raw, where, _: read_member(kind, raw, where)
    read = _READERS[kind]
    return lambda raw, where, _: read(raw, where)


_READERS: dict[type, Callable[[Any, str], Any]] = {
    str: read_text,
    bool: read_flag,
    int: lambda raw, where: read_whole(raw, where, least=0),
    Fraction: lambda raw, where: Fraction(raw) if _is_quotient(raw) else read_number(raw, where),
    date: read_date,
}


def _is_quotient(raw: object) -> bool:
    return isinstance(raw, str) and _QUOTIENT.fullmatch(raw) is not None


def _read_credits(raw: object, where: str, unit: int) -> Credits:
    number = read_number(raw, where)
    minutes = round(number * unit)
    # A third of a credit has no decimal: what is written then is the number nearest to the whole minutes.
    if number * unit != minutes and float(number) != minutes / unit:
        raise InvalidValue(where, f"must be credits of whole minutes, got {shown(raw)}")
    return Credits(minutes=minutes, minutes_a_credit=unit)


def _items(kind: Any, raw: object, where: str, context: _Context) -> list[Any]:
    problems = Problems()
    items = [
        problems.attempt(_read, kind, item, f"{where}[{index}]", context)
        for index, item in enumerate(read_each(raw, where))
    ]
    problems.settle()
    return items


def _read_table(key: str, kind: Any, raw: object, where: str, context: _Context) -> tuple[Any, ...]:
    if not isinstance(raw, Mapping):
        raise InvalidValue(where, f"must be a table, got {shown(raw)}")
    raw = cast("Mapping[str, Any]", raw)
    problems = Problems()
    _refuse_repeated(raw, where, problems)
    items: list[Any] = []
    for name, row in raw.items():
        path = _path(where, name)
        if not isinstance(row, Mapping):
            problems.add(path, f"must be a table, got {shown(row)}")
        elif key in row:
            problems.add(_path(path, key), "must not be given: the name of the table is it")
        else:
            named = {key: name, **cast("Mapping[str, Any]", row)}
            items.append(problems.attempt(_read, kind, named, path, context))
    problems.settle()
    return tuple(items)


def _read_instance(cls: type, raw: object, where: str, context: _Context) -> Any:
    if not isinstance(raw, Mapping):
        raise InvalidValue(where, f"must be an object, got {shown(raw)}", "its keys: " + ", ".join(_plan(cls).keys))
    raw = cast("Mapping[str, Any]", raw)
    plan = _plan(cls)
    if plan.converts and (sound := _sound(cls, raw)) is not None:
        return sound
    problems = Problems()
    values: dict[str, Any] = {}
    failed = {key: None for key in plan.required if key not in raw}
    _refuse_repeated(raw, where, problems)
    for key in failed:
        problems.add(_path(where, key), "is required")
    derived = context.derived.get(cls, {})
    for key, value in raw.items():
        if key in derived:
            continue
        if key not in plan.keys:
            problems.add(_path(where, str(key)[:80]), "is not a known key", nearest(key, plan.keys))
            continue
        kind, keyed_by = plan.keys[key]
        path, before = _path(where, key), len(problems.found)
        read = value
        if keyed_by:
            read = problems.attempt(_read_table, keyed_by, typing.get_args(kind)[0], value, path, context)
        elif not plan.converts or _holds_instances(kind):
            read = problems.attempt(_read, kind, value, path, context)
        else:
            _refuse_repeated(value, path, problems)
        values[key] = read
        if len(problems.found) > before:
            failed[key] = None
    if problems.found and not plan.converts:
        problems.settle()
    # A class that converts for itself sees the rest even so, and reports what else is wrong.
    values.update(failed)
    inner = Problems()
    made = inner.attempt(cls, **values)
    inner.found = [problem for problem in inner.found if problem.where not in failed]
    problems.attempt(inner.settle, where)
    problems.settle()
    _insist_on_what_follows(made, raw, where, derived)
    return made


def _insist_on_what_follows(
    made: object, raw: Mapping[str, Any], where: str, derived: Mapping[str, Callable[[Any], object] | None]
) -> None:
    problems = Problems()
    for key, follows in derived.items():
        if follows and key in raw and raw[key] != follows(made):
            problems.add(
                _path(where, key), f"must be {follows(made)!r}, which follows from the rest, got {shown(raw[key])}"
            )
    problems.settle()


def _sound(cls: type, raw: object) -> Any:
    """Returns the value of a mapping in which all is in order; None where it is to be read key by key."""
    if type(raw) is not dict:
        return None
    values = cast("dict[str, Any]", raw)
    if RepeatedKeys in map(type, values.values()):
        return None
    for key, kind in _plan(cls).inner.items():
        items = values.get(key)
        if type(items) is not list:
            return None
        made = [_sound(kind, item) for item in cast("Iterable[Any]", items)]
        if not all(made):
            return None
        values = values | {key: made}
    try:
        return cls(**values)
    except (CecRulesError, TypeError):
        return None


def _refuse_repeated(raw: object, where: str, problems: Problems) -> None:
    if isinstance(raw, RepeatedKeys):
        for key in raw.repeated:
            problems.add(_path(where, key), "must be given once, got it several times")


@functools.cache
def _holds_instances(kind: Any) -> bool:
    return any(attrs.has(argument) for argument in typing.get_args(kind))


def _path(where: str, key: str) -> str:
    return f"{where}.{key}" if where else key
