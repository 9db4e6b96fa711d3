"""Reads the text of a TOML file, and the table in it; each error names its place."""

from __future__ import annotations

import os
import tomllib
from typing import Any

from .errors import ErrorCode, InvalidValue, shown

__all__ = ["table_in", "text_in"]


def text_in(path: str | os.PathLike[str]) -> str:
    """Reads a file of UTF-8 text, with or without a byte order mark.

    Raises:
        InvalidValue: The file cannot be read, or is not UTF-8.
    """
    from pathlib import Path  # noqa: PLC0415 - it takes longer to import than to read a file of TOML

    try:
        return Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = f"{path}: byte {error.start}"
        raise InvalidValue(place, "must be UTF-8 text", "save the file as UTF-8", ErrorCode.UNREADABLE) from None
    except TypeError:
        problem = f"must be the path of a file, got {shown(path)}"
        raise InvalidValue(("path",), problem, code=ErrorCode.WRONG_TYPE) from None
    except (OSError, ValueError) as error:
        problem = f"cannot be read: {getattr(error, 'strerror', None) or error}"
        raise InvalidValue(str(path), problem, code=ErrorCode.UNREADABLE) from None


def table_in(text: str) -> dict[str, Any]:
    """Reads TOML.

    Raises:
        InvalidValue: The text is not TOML.
    """
    try:
        return tomllib.loads(text)
    except (RecursionError, ValueError) as error:  # a TOMLDecodeError is a ValueError
        reason = "nested too deeply" if isinstance(error, RecursionError) else str(error)
        raise InvalidValue("", f"must be TOML: {reason}", code=ErrorCode.MALFORMED) from None
