"""Builds values from plain data, and reports every unknown, missing or wrong key at once, each with its path.

It serves JSON (`interchange`) and TOML (`rulebook.editions`). Activities and submissions are read by the tables of
their constructors; for every other class, the table of readers follows from the types of its fields.
"""

from __future__ import annotations

import functools
import re
import typing
from collections.abc import Callable, Mapping
from datetime import date
from fractions import Fraction
from types import MappingProxyType, UnionType
from typing import Any, TypeVar, cast

import attrs

from . import activities, submissions
from .activities import Activity
from .converters import optional, read_date, read_each, read_flag, read_member, read_number, read_text, read_whole
from .credits import MINUTES_AN_HOUR, Credits
from .errors import CecRulesError, ErrorCode, InvalidValue, Path, Problems, shown
from .forms import Form, Reader, refuse_repeated
from .settings import Settings, read_settings
from .submissions import Submission

__all__ = ["MINUTES_SUFFIX", "UNIT", "Derived", "build", "keys_of"]

T = TypeVar("T")

_QUOTIENT = re.compile(r"[0-9]{1,18}/[1-9][0-9]{0,17}")

# Every amount in credits has the same amount in minutes beside it, under the same key with this suffix.
MINUTES_SUFFIX = "_minutes"
# And beside those whose credits are no hours, how many minutes make one.
UNIT = "minutes_a_credit"


@attrs.frozen(eq=False)
class Derived:
    """What the fields of some classes do not say of their mappings.

    Attributes:
        keys: By class, each key that is written for readers beside the fields, with the function that derives it from
            the value, or None if it is not checked.
        forms: The form of every class that is read by the table of its constructor, beside activities and submissions.
    """

    keys: Mapping[type, Mapping[str, Callable[[Any], object] | None]]
    forms: Mapping[type, Form] = MappingProxyType({})


NOTHING = Derived({})


def build(cls: type[T], raw: object, *, derived: Derived = NOTHING) -> T:
    """Builds a value of the attrs class `cls` from a mapping.

    A field with the metadata `keyed_by` is a tuple, written as a table whose keys are that field of each item. With the
    metadata `value` too, the values of the table are that other field of each item. A field with the metadata `read` is
    read by that function.

    Where `minutes_a_credit` stands beside amounts, it says how many minutes make a credit in them, and in the values
    inside.

    Args:
        cls: The class to build.
        raw: The mapping.
        derived: The keys beside the fields, which are checked if they follow from them.

    Raises:
        InvalidValue: There is one problem.
        InvalidDocument: More than one problem; `problems` lists them all.
    """
    return cast("T", _reader(cls, MINUTES_AN_HOUR, derived)(raw, ()))


def keys_of(cls: type) -> tuple[dict[str, tuple[Any, str]], tuple[str, ...]]:
    """Returns the keys of a class, each with its type and the field its table is keyed by, and the required keys."""
    hints = typing.get_type_hints(cls)
    keys: dict[str, tuple[Any, str]] = {}
    required: list[str] = []
    for field in attrs.fields(cls):
        keys[field.name] = hints[field.name], field.metadata.get("keyed_by", "")
        keys |= dict.fromkeys(field.metadata.get("also", ()), (Any, ""))
        is_required = field.default is attrs.NOTHING
        if is_required:
            required.append(field.name)
        if _is_amount(hints[field.name]):
            always = hints[field.name] is Credits
            keys[field.name + MINUTES_SUFFIX] = (int if always else int | None), ""
            if is_required and always:
                required.append(field.name + MINUTES_SUFFIX)
    return keys, tuple(required)


def _read_instance(cls: type, unit: int, derived: Derived, raw: object, path: Path) -> Any:
    mapping = _mapping(raw, path, "an object", functools.partial(_known_keys, cls))
    if UNIT in derived.keys.get(cls, {}) and UNIT in mapping:
        unit = read_whole(mapping[UNIT], (*path, UNIT), least=1)
    return _made(cls, _form(cls, unit, derived).read(mapping, path), mapping, path, derived)


def _mapping(raw: object, path: Path, what: str, hint: str | Callable[[], str] = "") -> Mapping[str, Any]:
    if not isinstance(raw, Mapping):
        raise InvalidValue(path, f"must be {what}, got {shown(raw)}", hint, ErrorCode.WRONG_TYPE)
    return cast("Mapping[str, Any]", raw)


def _known_keys(cls: type) -> str:
    return "its keys: " + ", ".join(keys_of(cls)[0])


def _made(cls: type, values: dict[str, Any], raw: Mapping[str, Any], path: Path, derived: Derived) -> Any:
    """Makes a value from the fields read; a problem that its constructor finds is reported with its path."""
    if cls in _OWN or cls in derived.forms:
        own = cast("Any", object.__new__(cls))
        own.__attrs_init__(**values)
        return own
    try:
        made: Any = cls(**values)
    except CecRulesError as error:
        raise error.under(path) from None
    problems = Problems()
    functions = derived.keys.get(cls, {})
    for key, found in raw.items() if functions else ():
        if (follows := functions.get(key)) and found != follows(made):
            problem = f"must be {follows(made)!r}, which follows from the rest, got {shown(found)}"
            problems.add((*path, key), problem, code=ErrorCode.CONFLICT)
    problems.settle()
    return made


@functools.lru_cache(maxsize=512)
def _form(cls: type, unit: int, derived: Derived) -> Form:
    """Returns the form of a class for credits of `unit` minutes."""
    if own := _OWN.get(cls, derived.forms.get(cls)):
        return own
    hints = typing.get_type_hints(cls)
    readers: dict[str, Reader] = {}
    amounts: dict[str, bool] = {}
    for field in attrs.fields(cls):
        kind, key = hints[field.name], field.metadata.get("keyed_by", "")
        if _is_amount(kind):
            amounts[field.name] = kind is Credits and field.default is attrs.NOTHING
            readers[field.name] = optional(read_number)
            readers[field.name + MINUTES_SUFFIX] = optional(functools.partial(read_whole, least=0))
        elif "read" in field.metadata:
            readers[field.name] = _each_once(field.metadata["read"])
        elif key and "value" in field.metadata:
            readers[field.name] = functools.partial(_read_pairs, typing.get_args(kind)[0], key, field.metadata["value"])
        elif key:
            readers[field.name] = functools.partial(_read_table, typing.get_args(kind)[0], key, unit, derived)
        else:
            readers[field.name] = _reader(kind, unit, derived)
    return Form(
        readers=readers,
        required=keys_of(cls)[1],
        agree=functools.partial(_agree_on_amounts, amounts, unit),
        ignored=frozenset(derived.keys.get(cls, {})),
    )


def _reader(kind: Any, unit: int, derived: Derived) -> Reader:
    """Returns the reader of values of a type."""
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, UnionType):
        return optional(_reader(arguments[0], unit, derived))
    if origin in (tuple, frozenset):
        collect = cast("Callable[[list[Any]], Any]", origin)
        item = _reader(arguments[0], unit, derived)
        return lambda raw, path: collect(_items(item, raw, path))
    if kind in _READERS:
        return _READERS[kind]
    if attrs.has(kind):
        return functools.partial(_read_instance, kind, unit, derived)
    return functools.partial(read_member, kind)


def _each_once(read: Reader) -> Reader:
    """Returns a reader of free tables, whose keys no form knows, that refuses a key given more than once in them."""

    def reader(raw: object, path: Path) -> object:
        problems = Problems()
        _refuse_repeated_inside(raw, path, problems)
        problems.settle()
        return read(raw, path)

    return reader


def _refuse_repeated_inside(raw: object, path: Path, problems: Problems) -> None:
    if isinstance(raw, Mapping):
        table = cast("Mapping[str, object]", raw)
        refuse_repeated(table, path, problems)
        for key, value in table.items():
            _refuse_repeated_inside(value, (*path, str(key)), problems)
    elif isinstance(raw, list):
        for index, value in enumerate(cast("list[object]", raw)):
            _refuse_repeated_inside(value, (*path, index), problems)


_READERS: dict[type, Reader] = {
    str: read_text,
    bool: read_flag,
    int: functools.partial(read_whole, least=0),
    Fraction: lambda raw, path: Fraction(raw) if _is_quotient(raw) else read_number(raw, path),
    date: read_date,
    Settings: _each_once(read_settings),
}


def _is_quotient(raw: object) -> bool:
    return isinstance(raw, str) and _QUOTIENT.fullmatch(raw) is not None


def _is_amount(kind: Any) -> bool:
    return kind is Credits or Credits in typing.get_args(kind)


def _agree_on_amounts(
    amounts: Mapping[str, bool],
    unit: int,
    given: Mapping[str, Any],
    values: dict[str, Any],
    problems: Problems,
    path: Path,
) -> None:
    """Makes one amount from the number of credits and the minutes beside it, which must agree."""
    for name, is_required in amounts.items():
        beside = name + MINUTES_SUFFIX
        if {name, beside} & given.keys() - values.keys():
            continue  # one of them could not be read
        number, minutes = values.pop(name, None), values.pop(beside, None)
        if number is None and minutes is None:
            if not is_required:
                values[name] = None
            continue
        if number is None or minutes is None:
            missing = name if number is None else beside
            if missing in given or not is_required:  # a required key left out is reported already
                problem = "is required beside the other form of the amount"
                problems.add((*path, missing), problem, code=ErrorCode.MISSING)
        # A third of a credit has no exact decimal, so the number nearest to the whole minutes is written.
        elif number * unit != minutes and float(number) != minutes / unit:
            problem = f"must be {name} in minutes of {unit} a credit, got {minutes} beside {shown(given[name])}"
            problems.add((*path, beside), problem, code=ErrorCode.CONFLICT)
        else:
            values[name] = Credits(minutes=minutes, minutes_a_credit=unit)


def _items(read: Reader, raw: object, path: Path) -> list[Any]:
    problems = Problems()
    items = [problems.attempt(read, item, (*path, index)) for index, item in enumerate(read_each(raw, path))]
    problems.settle()
    return items


def _read_table(kind: type, key: str, unit: int, derived: Derived, raw: object, path: Path) -> tuple[Any, ...]:
    """Reads a table of rows, each under the name that is one of its fields."""
    rows = _mapping(raw, path, "a table")
    form = _form(kind, unit, derived)
    of_row = attrs.evolve(
        form,
        readers={name: read for name, read in form.readers.items() if name != key},
        required=tuple(name for name in form.required if name != key),
    )
    problems = Problems()
    refuse_repeated(rows, path, problems)

    def row(name: str, raw_row: object) -> Any:
        inner = (*path, name)
        named = {key: form.readers[key](name, inner)}
        values = of_row.read(_mapping(raw_row, inner, "a table"), inner)
        return _made(kind, named | values, {}, inner, derived)

    items = [problems.attempt(row, str(name), raw_row) for name, raw_row in rows.items()]
    problems.settle()
    return tuple(items)


def _read_pairs(kind: type, key: str, value: str, raw: object, path: Path) -> tuple[Any, ...]:
    """Reads a table of names and values; each pair makes a row of two fields."""
    pairs = _mapping(raw, path, "a table")
    readers = _form(kind, MINUTES_AN_HOUR, NOTHING).readers
    problems = Problems()

    def row(name: str, given: object) -> Any:
        inner = (*path, name)
        return _made(kind, {key: readers[key](name, inner), value: readers[value](given, inner)}, {}, inner, NOTHING)

    items = [problems.attempt(row, str(name), given) for name, given in pairs.items()]
    problems.settle()
    return tuple(items)


def _read_activities(raw: object, path: Path) -> tuple[Activity, ...]:
    return tuple(_items(functools.partial(_read_instance, Activity, MINUTES_AN_HOUR, NOTHING), raw, path))


# The classes with their own table of readers; a mapping has mappings where the constructor has activities.
_OWN: dict[type, Form] = {
    Activity: activities.FORM,
    Submission: attrs.evolve(
        submissions.FORM,
        readers={**submissions.FORM.readers, "activities": _read_activities},
        ignored=("$schema",),
    ),
}
