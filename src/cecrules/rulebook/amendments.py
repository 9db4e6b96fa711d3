"""Amends a rulebook in its plain form by merging changes, taking keys out, and dropping clauses no longer cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from ..errors import ErrorCode, InvalidValue

__all__ = ["amended"]

# A rulebook is a table of tables of rows; anything deeper is refused when its fields are read.
_DEEPEST = 3


def amended(plain: Mapping[str, Any], changes: Mapping[str, Any], without: Iterable[str] = ()) -> dict[str, Any]:
    """Returns the plain form of a rulebook with changes made to it.

    Args:
        plain: The form to start from.
        changes: The changes; tables are merged, everything else is replaced, and None takes a key out.
        without: Keys to take out, such as `compliance` or `kinds.grace_hill_course`.

    Raises:
        InvalidValue: A key to take out does not exist.
    """
    made = _merged(plain, changes)
    for key in without:
        _take_out(made, key)
    clauses = made.get("clauses")
    if isinstance(clauses, dict):
        gone = set(_texts(plain)) - set(_texts(made))
        made["clauses"] = _without_left_over(cast("dict[str, Any]", clauses), gone)
    return made


def _merged(old: Mapping[str, Any], new: Mapping[str, Any]) -> dict[str, Any]:
    made = dict(old)
    for key, value in new.items():
        before = made.get(key)
        if value is None:
            made.pop(key, None)
        elif isinstance(before, Mapping) and isinstance(value, Mapping):
            made[key] = _merged(cast("Mapping[str, Any]", before), cast("Mapping[str, Any]", value))
        else:
            made[key] = value
    return made


def _take_out(made: dict[str, Any], path: str) -> None:
    table, dot, key = path.partition(".")
    holder = made.get(table) if dot else made
    if not isinstance(holder, dict) or (key or table) not in holder:
        problem = f"must name keys of the extended rulebook, got {path!r}"
        raise InvalidValue(("without",), problem, code=ErrorCode.UNKNOWN_NAME)
    made[table] = dict(cast("dict[str, Any]", holder)) if dot else None
    if dot:
        del made[table][key]
    else:
        del made[table]


def _without_left_over(clauses: dict[str, Any], gone: set[str]) -> dict[str, Any]:
    """Returns the clauses without those no longer cited, unless undecided, and without those that restate one."""
    return {
        name: clause
        for name, clause in clauses.items()
        if not isinstance(clause, Mapping) or not _is_left_over(name, cast("Mapping[str, Any]", clause), gone)
    }


def _is_left_over(name: str, clause: Mapping[str, Any], gone: set[str]) -> bool:
    restated = clause.get("restates")
    return (name in gone and not clause.get("undecided")) or (isinstance(restated, str) and restated in gone)


def _texts(plain: Any, depth: int = _DEEPEST) -> Iterator[str]:
    """Yields every text outside the table of clauses; all citations are among them."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping) and depth:
        for name, value in cast("Mapping[str, Any]", plain).items():
            if name != "clauses":
                yield from _texts(value, depth - 1)
