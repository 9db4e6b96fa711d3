"""Makes the plain form of one rulebook into that of another: merges changes and lets go of what they leave uncited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from typing import Any, cast

from ..errors import InvalidValue

__all__ = ["varied"]


def varied(plain: Mapping[str, Any], changes: Mapping[str, Any], without: Iterable[str] = ()) -> dict[str, Any]:
    """Returns the plain form of a rulebook with changes made to it.

    Args:
        plain: The form to start from.
        changes: What to put in; tables are merged, everything else is replaced, None takes out.
        without: Keys to take out, such as `compliance` or `kinds.grace_hill_course`.

    Raises:
        InvalidValue: A key to take out is not there.
    """
    made = _merged(plain, changes)
    for key in without:
        _take_out(made, key)
    clauses = made.get("clauses")
    if isinstance(clauses, dict):
        _let_go(cast("dict[str, Any]", clauses), set(_texts(plain)) - set(_texts(made)))
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
        raise InvalidValue("without", f"must name keys of the rulebook extended, got {path!r}")
    made[table] = dict(cast("dict[str, Any]", holder)) if dot else None
    if dot:
        del made[table][key]
    else:
        del made[table]


def _let_go(clauses: dict[str, Any], gone: set[str]) -> None:
    """Takes out the clauses that only what is gone cited, unless they say why nothing does, and what restates one."""
    leaving = [
        name
        for name, clause in clauses.items()
        if (name in gone and not clause.get("undecided")) or clause.get("restates") in gone
    ]
    for name in leaving:
        del clauses[name]


def _texts(plain: Any) -> Iterator[str]:
    """Yields every text outside the table of clauses: among them are all citations."""
    if isinstance(plain, str):
        yield plain
    elif isinstance(plain, Mapping):
        for name, value in cast("Mapping[str, Any]", plain).items():
            if name != "clauses":
                yield from _texts(value)
