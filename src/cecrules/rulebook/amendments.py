"""Amends a rulebook in its plain form by merging changes, taking keys out, and dropping clauses no longer cited."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from typing import Any, cast

from ..errors import ErrorCode, InvalidValue
from .clauses import Alternative, Clause

__all__ = ["amended", "reread"]

# A rulebook is a table of tables of rows; anything deeper is refused when its fields are read.
_DEEPEST = 3


def amended(plain: Mapping[str, Any], changes: Mapping[str, Any], without: Iterable[str] = ()) -> dict[str, Any]:
    """Returns the plain form of a rulebook with changes made to it.

    Args:
        plain: The form to start from.
        changes: The changes; tables are merged, everything else is replaced, and None takes a key out.
        without: Keys to take out, such as `compliance`, `kinds.grace_hill_course` or `designations.CAM.in_network`.

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


def reread(plain: Mapping[str, Any], id: str, chosen: Sequence[tuple[Clause, Alternative]]) -> dict[str, Any]:
    """Returns the plain form of a rulebook in which some clauses are read otherwise.

    All changes are made before any key is taken out.

    Args:
        plain: The form to start from.
        id: The id of the result.
        chosen: The alternatives, each with its clause.

    Raises:
        InvalidValue: A key to take out does not exist, or nothing is changed.
    """
    made = dict(plain)
    for _, alternative in chosen:
        made = amended(made, alternative.change.table())
    if {**made, "clauses": ()} == {**plain, "clauses": ()} and not any(each.without for _, each in chosen):
        raise InvalidValue(("change",), "must change a rule, got what the rulebook says", code=ErrorCode.CONFLICT)
    read = {clause.id: dict[str, Any](reading=each.says, because="", also_possible=()) for clause, each in chosen}
    return amended(made, {"id": id, "clauses": read}, [key for _, each in chosen for key in each.without])


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
    holder, rest = made, path
    while rest not in holder:  # the keys of clauses have dots themselves
        key, dot, rest = rest.partition(".")
        inner = holder.get(key)
        if not dot or not isinstance(inner, dict):
            problem = f"must name keys of the extended rulebook, got {path!r}"
            raise InvalidValue(("without",), problem, code=ErrorCode.UNKNOWN_NAME)
        holder[key] = holder = dict(cast("dict[str, Any]", inner))
    del holder[rest]


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
