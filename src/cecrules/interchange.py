"""Reads and writes values as JSON, in the manner of the standard library's `json`.

A value that was written reads back as the same value. Every amount is written in credits, for people, and in minutes,
which are exact in any language. Keys that follow from the others (`renewable`, `met`, `outcome`) are written for
readers and checked when read back; messages are written, and ignored when read back.
"""

from __future__ import annotations

import functools
import json
from collections import Counter
from collections.abc import Mapping
from typing import Any, TypeVar, overload

import attrs

from .activities import Activity
from .credits import MINUTES_AN_HOUR, Credits
from .errors import CecRulesError, ErrorCode, InvalidValue, Path, shown
from .forms import RepeatedKeys
from .sound import sound_submission
from .structuring import UNIT, build
from .submissions import Submission
from .writers import ASSESSMENT_FORMAT, DERIVED, written

__all__ = ["dumps", "from_dict", "loads", "to_dict"]

T = TypeVar("T")


@overload
def from_dict(mapping: Mapping[str, Any]) -> Submission: ...
@overload
def from_dict(mapping: Mapping[str, Any], into: type[T]) -> T: ...
def from_dict(mapping: Mapping[str, Any], into: type[Any] = Submission) -> Any:
    """Builds a submission, or a value of another class of this library, from its JSON form.

        >>> from_dict({"renewal_year": 2014, "designations": ["CAM"], "activities": []}).renewal_year
        2014

    Args:
        mapping: The JSON form as a mapping.
        into: The class to build; `Submission` unless given.

    Raises:
        InvalidValue: There is one problem, or `into` is not a class with a JSON form.
        InvalidDocument: More than one problem; `problems` lists them all, each with its path.
    """
    _insist_on_own(into, ("into",), into)
    if into is Submission and (sound := sound_submission(mapping)) is not None:
        return sound
    if into is Submission and isinstance(mapping, Mapping) and mapping.get("format") == ASSESSMENT_FORMAT:  # pyright: ignore[reportUnnecessaryIsInstance]
        problem = "must be a submission, got an assessment"
        raise InvalidValue(("format",), problem, "read it into Assessment", ErrorCode.CONFLICT)
    try:
        return build(into, mapping, derived=DERIVED)
    except RecursionError:
        raise InvalidValue((), "must be nested no deeper than its form, got far deeper values") from None


@overload
def loads(text: str | bytes) -> Submission: ...
@overload
def loads(text: str | bytes, into: type[T]) -> T: ...
def loads(text: str | bytes, into: type[Any] = Submission) -> Any:
    """Reads a submission, or a value of another class of this library, from JSON text.

    Args:
        text: JSON as text or as UTF-8 bytes, with or without a byte order mark.
        into: The class to build; `Submission` unless given.

    Raises:
        InvalidValue: The text is not JSON, or there is one problem in it.
        InvalidDocument: More than one problem; `problems` lists them all, each with its path.
    """
    return from_dict(_parsed(text), into)


def dumps(value: object, *, indent: int | None = None) -> str:
    """Writes a value of this library as JSON text."""
    return json.dumps(to_dict(value), ensure_ascii=False, indent=indent)


def to_dict(value: object) -> dict[str, Any]:
    """Returns the JSON form of a value of this library, as a mapping of plain values.

    Raises:
        InvalidValue: The value is not one of this library.
    """
    kind: type = type(value)
    _insist_on_own(kind, (), value)
    made: dict[str, Any] = written(value)
    unit = None if isinstance(value, Credits) else _unit(value)
    return made if unit in (None, MINUTES_AN_HOUR) else made | {UNIT: unit}


def _insist_on_own(kind: object, path: Path, found: object) -> None:
    if not (isinstance(kind, type) and attrs.has(kind) and kind.__module__.startswith(f"{__package__}.")):
        problem = f"must be of this library and have a JSON form, got {shown(found)}"
        raise InvalidValue(path, problem, code=ErrorCode.WRONG_TYPE)


def _parsed(text: str | bytes) -> Any:
    try:
        if isinstance(text, bytes | bytearray):
            text = text.decode("utf-8-sig")
        elif not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValue((), f"must be JSON text or bytes, got {shown(text)}", code=ErrorCode.WRONG_TYPE)
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise InvalidValue(
            f"byte {error.start}", "must be UTF-8 text", "save the file as UTF-8", ErrorCode.UNREADABLE
        ) from None
    except json.JSONDecodeError as error:
        if not text.strip():
            raise InvalidValue((), "must be JSON, got an empty text") from None
        raise InvalidValue(f"line {error.lineno} column {error.colno}", f"must be JSON: {error.msg}") from None
    except RecursionError:
        raise InvalidValue((), "must be JSON nested no deeper than its form, got far deeper brackets") from None
    except CecRulesError:
        raise
    except ValueError as error:  # an integer with more digits than the interpreter converts
        raise InvalidValue((), f"must be JSON with numbers of a sensible length: {error}") from None


def _unit(value: object) -> int | None:
    """Returns how many minutes make a credit in the amounts of a value; None if it holds no amounts."""
    if isinstance(value, Credits):
        return value.minutes_a_credit
    kind: type = type(value)
    units = (_unit(getattr(value, name)) for name in _parts(kind))
    return next((unit for unit in units if unit is not None), None)


@functools.cache
def _parts(kind: type) -> tuple[str, ...]:
    """Returns the names of the fields of a class, amounts first; empty if it holds no amounts of a rulebook."""
    held = attrs.has(kind) and not issubclass(kind, Submission | Activity)
    fields = attrs.fields(kind) if held else ()
    return tuple(field.name for field in sorted(fields, key=lambda field: str(field.type) != Credits.__name__))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        times = Counter(key for key, _ in pairs)
        made = RepeatedKeys(made)
        made.repeated = dict.fromkeys(key for key in made if times[key] > 1)
    return made
