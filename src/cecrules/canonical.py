"""Writes plain data as canonical JSON (RFC 8785), in which equal data has the same bytes everywhere.

The numbers are whole, since no two languages need agree on how a fraction is written. Keys stand in the order of their
UTF-16 code units.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any, cast

from .credits import MOST
from .errors import ErrorCode, InvalidValue, Path, shown

__all__ = ["canonical", "digest", "fingerprint"]

_encode = json.JSONEncoder(ensure_ascii=False, check_circular=False, separators=(",", ":")).encode


def canonical(value: object, path: Path = ()) -> str:
    """Returns the canonical text of plain data, which holds texts, whole numbers, flags, null, lists and tables.

    Args:
        value: The data.
        path: The place of the data, for errors.

    Raises:
        InvalidValue: A value in it is of another type, or a number is beyond `MOST`, or a text is not valid Unicode.
    """
    return _encode(_ordered(value, path))


def digest(value: object, path: Path = ()) -> str:
    """Returns the SHA-256 of the canonical text in UTF-8, in hexadecimal digits; takes and raises the same."""
    return fingerprint(canonical(value, path))


def fingerprint(text: str) -> str:
    """Returns the SHA-256 of a text in UTF-8, in hexadecimal digits."""
    return hashlib.sha256(text.encode()).hexdigest()


def _ordered(value: object, path: Path) -> object:
    if isinstance(value, str):
        return _sound(value, path)
    if value is None or isinstance(value, bool):
        return value
    if isinstance(value, int):
        if abs(value) > MOST:
            problem = f"must be at most {MOST}, got {shown(value)}"
            raise InvalidValue(path, problem, "other readers of JSON would round it", ErrorCode.OUT_OF_RANGE)
        return value
    if isinstance(value, Mapping):
        table = {_key(key, path): inner for key, inner in cast("Mapping[Any, object]", value).items()}
        return {key: _ordered(table[key], (*path, key)) for key in sorted(table, key=_units)}
    if isinstance(value, list | tuple):
        return [_ordered(inner, (*path, index)) for index, inner in enumerate(cast("list[object]", value))]
    problem = f"must be text, a whole number, true, false, null, a list or a table, got {shown(value)}"
    raise InvalidValue(path, problem, code=ErrorCode.WRONG_TYPE)


def _sound(text: str, path: Path) -> str:
    try:
        text.encode()
    except UnicodeEncodeError:
        raise InvalidValue(path, f"must be valid Unicode text, got {shown(text)}", code=ErrorCode.MALFORMED) from None
    return text


def _key(key: object, path: Path) -> str:
    if not isinstance(key, str):
        raise InvalidValue(path, f"must have texts as keys, got {shown(key)}", code=ErrorCode.WRONG_TYPE)
    return _sound(key, path)


def _units(key: str) -> bytes:
    return key.encode("utf-16-be")
