"""The conformance kit, worked answers as JSON files that an implementation in any language is tested against.

The folder holds `manifest.json`, each rulebook as JSON, and the cases of each rulebook. The command
`python -m cecrules.conformance` prints its path. The page "Run the conformance kit" says what must match.
"""

from __future__ import annotations

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, TypeAlias, TypeGuard, cast

import attrs

__all__ = ["Decide", "Miss", "cases", "check", "differences", "folder", "manifest", "rulebooks"]

#: Decides the JSON form of a submission by the rulebook of an id, and returns the JSON form of an assessment, or of
#: errors: `{"errors": [{"path": [...], "code": "..."}]}`.
Decide: TypeAlias = Callable[[dict[str, Any], str], Mapping[str, Any]]


@attrs.frozen(kw_only=True)
class Miss:
    """One place in which an answer is not the one expected.

    Attributes:
        case: The name of the case.
        path: The keys and positions that lead to the place in the answer.
        expected: The JSON value expected there.
        found: The JSON value found there; None if there is none.
    """

    case: str
    path: tuple[str | int, ...]
    expected: Any
    found: Any


def folder() -> Path:
    """Returns the folder of the kit."""
    return Path(__file__).with_name("kit")


def manifest() -> dict[str, Any]:
    """Returns the manifest, which lists the parts, and the rulebooks with the paths of their files.

    >>> sorted(manifest()["parts"])
    ['decisions', 'errors', 'one-term-each', 'other-readings']
    """
    return cast("dict[str, Any]", _read("manifest.json"))


def rulebooks() -> dict[str, dict[str, Any]]:
    """Returns the JSON form of each rulebook of the kit, by its id.

    >>> rulebooks()["naaei-2014"]["credit"]["minutes"]
    60
    """
    return {entry["id"]: _read(entry["rulebook"]) for entry in manifest()["rulebooks"]}


def cases(*, leave_out: Iterable[str] = ()) -> Iterator[dict[str, Any]]:
    """Yields the cases, each with its `name`, `part`, `rulebook`, `submission` and `expected` answer.

    Args:
        leave_out: The parts whose cases are left out, by their names in the manifest.

    Raises:
        ValueError: The kit has no such part.
    """
    found, left = manifest(), set(leave_out)
    if unknown := sorted(left - set(found["parts"])):
        raise ValueError(f"the kit has no part {unknown[0]!r}; its parts are {', '.join(found['parts'])}")
    for entry in found["rulebooks"]:
        for case in _read(entry["cases"]):
            if case["part"] not in left:
                yield case | {"rulebook": entry["id"]}


def check(decide: Decide, *, leave_out: Iterable[str] = ()) -> tuple[Miss, ...]:
    """Returns every place in which an implementation gives another answer than the kit; empty if it gives none.

    Args:
        decide: The implementation, or an adapter of it.
        leave_out: The parts that it does not implement, by their names in the manifest.

    Raises:
        ValueError: The kit has no such part.
    """
    return tuple(
        Miss(case=case["name"], path=path, expected=expected, found=found)
        for case in cases(leave_out=leave_out)
        for path, expected, found in differences(case["expected"], decide(case["submission"], case["rulebook"]))
    )


def differences(
    expected: Any, found: Any, path: tuple[str | int, ...] = ()
) -> Iterator[tuple[tuple[str | int, ...], Any, Any]]:
    """Yields every place in which an answer differs, with the value expected and the one found.

    Of an object the expected keys must match, and others are ignored. A list must match item by item. The list
    `errors` may have any order.

        >>> list(differences({"a": [1]}, {"a": [2], "b": 3}))
        [(('a', 0), 1, 2)]
    """
    if _is_object(expected) and _is_object(found):
        for key, value in expected.items():
            yield from differences(_ordered(key, value), _ordered(key, found.get(key)), (*path, key))
    elif _is_list(expected) and _is_list(found) and len(expected) == len(found):
        for place, (one, other) in enumerate(zip(expected, found, strict=True)):
            yield from differences(one, other, (*path, place))
    elif type(expected) is not type(found) or expected != found:
        yield path, expected, found


def _is_object(value: object) -> TypeGuard[Mapping[str, Any]]:
    return isinstance(value, Mapping)


def _is_list(value: object) -> TypeGuard[Sequence[Any]]:
    return isinstance(value, list | tuple)


def _ordered(key: str, value: Any) -> Any:
    return sorted(value, key=json.dumps) if key == "errors" and _is_list(value) else value


def _read(name: str) -> Any:
    return json.loads((folder() / name).read_text("utf-8"))
