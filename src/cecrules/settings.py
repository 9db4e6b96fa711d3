"""Settings, a table of plain data that is a frozen value."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any, cast

import attrs

from .errors import ErrorCode, InvalidValue, Path, shown

__all__ = ["Settings", "read_settings"]

# A rulebook is a table of tables of rows, and a row holds at most a list.
_DEEPEST = 4


@attrs.frozen
class Settings:
    """A table of plain data, such as the change that a reading makes to a rulebook.

    Attributes:
        items: Each key with its value; a list is a tuple, and a table is settings again.
    """

    items: tuple[tuple[str, Any], ...] = ()

    def __bool__(self) -> bool:
        return bool(self.items)

    def table(self) -> dict[str, Any]:
        """Returns the table as a new dictionary."""
        return {key: _thawed(value) for key, value in self.items}


def read_settings(raw: object, path: Path) -> Settings:
    """Reads a table of texts, numbers, flags, lists and tables.

    Raises:
        InvalidValue: It is no table, or a value in it is of another type or nested too deeply.
    """
    if not isinstance(raw, Mapping):
        raise InvalidValue(path, f"must be a table, got {shown(raw)}", code=ErrorCode.WRONG_TYPE)
    return cast("Settings", _frozen(cast("Mapping[str, Any]", raw), path, _DEEPEST))


def _frozen(raw: object, path: Path, depth: int) -> object:
    given = raw
    if isinstance(raw, str | int | float):
        return raw
    if isinstance(raw, Mapping) and depth:
        table = cast("Mapping[str, Any]", raw)
        return Settings(tuple((str(key), _frozen(value, (*path, str(key)), depth - 1)) for key, value in table.items()))
    if isinstance(raw, list | tuple) and depth:
        items = cast("list[Any]", raw)
        return tuple(_frozen(item, (*path, index), depth - 1) for index, item in enumerate(items))
    problem = f"must be text, a number, true or false, or a list or table of them, got {shown(given)}"
    raise InvalidValue(path, problem, "it has the form of a rulebook", ErrorCode.WRONG_TYPE)


def _thawed(value: object) -> object:
    if isinstance(value, Settings):
        return value.table()
    return [*map(_thawed, cast("tuple[object, ...]", value))] if isinstance(value, tuple) else value
