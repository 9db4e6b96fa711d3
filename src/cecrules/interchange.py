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
from .ahead_forms import DERIVED, FORMATS, written
from .canonical import canonical
from .converters import in_words
from .credits import MINUTES_AN_HOUR, Credits
from .errors import CecRulesError, ErrorCode, InvalidValue, Path, shown
from .forms import RepeatedKeys
from .records.certificates import Certificate
from .records.receipts import Receipt
from .sound import sound_submission
from .structuring import UNIT, build
from .submissions import Submission
from .writers import written_text

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
    if into is Submission and (sound := sound_submission(mapping)) is not None:
        return sound
    _insist_on_own(into, ("into",), into)
    if into in (Submission, *FORMATS) and isinstance(mapping, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        _refuse_other_forms(into, mapping)
    try:
        return build(into, mapping, derived=DERIVED)
    except RecursionError:
        raise InvalidValue(
            (), "must be nested no deeper than its form, got far deeper values", code=ErrorCode.MALFORMED
        ) from None


def _refuse_other_forms(into: type, mapping: Mapping[str, Any]) -> None:
    """Refuses a form that is that of another class by its format, or a submission by its keys."""
    found = next((kind for kind, name in FORMATS.items() if mapping.get("format") == name), None)
    if found is None and "format" not in mapping and {"designations", "activities"} <= mapping.keys():
        found = Submission
    if found not in (None, into):
        problem = f"must be {in_words(into.__name__.lower())}, got {in_words(found.__name__.lower())}"
        raise InvalidValue(("format",), problem, f"read it into {found.__name__}", ErrorCode.CONFLICT)


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
    """Writes a value of this library as JSON text; receipts and certificates as canonical text (RFC 8785).

    Args:
        value: The value.
        indent: The number of spaces to indent by; None for a text on one line. An indented text is not canonical.
    """
    if indent is None and (text := written_text(value)) is not None:
        unit = _unit_beside(value)
        return f'{text[:-1]}, "{UNIT}": {unit}}}' if unit else text
    made = to_dict(value)
    if indent is None and isinstance(value, Receipt | Certificate):
        return canonical(made)
    return json.dumps(made, ensure_ascii=False, indent=indent)


def to_dict(value: object) -> dict[str, Any]:
    """Returns the JSON form of a value of this library, as a mapping of plain values.

    Raises:
        InvalidValue: The value is not one of this library.
    """
    kind: type = type(value)
    _insist_on_own(kind, (), value)
    made: dict[str, Any] = written(value)
    unit = _unit_beside(value)
    return made | {UNIT: unit} if unit else made


def _insist_on_own(kind: object, path: Path, found: object) -> None:
    if not (isinstance(kind, type) and _is_own(kind)):
        problem = f"must be of this library and have a JSON form, got {shown(found)}"
        raise InvalidValue(path, problem, code=ErrorCode.WRONG_TYPE)


@functools.lru_cache(maxsize=256)
def _is_own(kind: type) -> bool:
    return attrs.has(kind) and kind.__module__.startswith(f"{__package__}.")


def _parsed(text: str | bytes) -> Any:
    try:
        if isinstance(text, bytes | bytearray):
            text = text.decode("utf-8-sig")
        elif not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValue((), f"must be JSON text or bytes, got {shown(text)}", code=ErrorCode.WRONG_TYPE)
        return _decode(text.removeprefix("\ufeff"))
    except UnicodeDecodeError as error:
        raise InvalidValue(
            f"byte {error.start}", "must be UTF-8 text", "save the file as UTF-8", ErrorCode.UNREADABLE
        ) from None
    except json.JSONDecodeError as error:
        if not text.strip():
            raise InvalidValue((), "must be JSON, got an empty text", code=ErrorCode.MALFORMED) from None
        where = f"line {error.lineno} column {error.colno}"
        raise InvalidValue(
            where,
            f"must be JSON: {error.msg}",
            "look there for a comma too many or a quote missing",
            ErrorCode.MALFORMED,
        ) from None
    except RecursionError:
        raise InvalidValue(
            (), "must be JSON nested no deeper than its form, got far deeper brackets", code=ErrorCode.MALFORMED
        ) from None
    except CecRulesError:
        raise
    except ValueError as error:  # an integer with more digits than the interpreter converts
        raise InvalidValue(
            (), f"must be JSON with numbers of a sensible length: {error}", code=ErrorCode.MALFORMED
        ) from None


def _unit_beside(value: object) -> int | None:
    """Returns the minutes of a credit to write beside a value; None if an hour makes one, or if it says so itself."""
    unit = None if isinstance(value, Credits) else _unit(value)
    return None if unit == MINUTES_AN_HOUR else unit


def _unit(value: object) -> int | None:
    """Returns how many minutes make a credit in the amounts of a value; None if it holds no amounts."""
    if isinstance(value, Credits):
        return value.minutes_a_credit
    kind: type = type(value)
    for name in _parts(kind):
        unit = _unit(getattr(value, name))
        if unit is not None:
            return unit
    return None


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


_decode = json.JSONDecoder(object_pairs_hook=_object).decode
