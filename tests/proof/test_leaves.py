"""Every leaf and every table of every edition changed into wrong things: refused at its place, or read."""

from __future__ import annotations

import json
from collections.abc import Iterator
from typing import Any

import pytest

import cecrules as cec

pytestmark = pytest.mark.proof

WRONG = [None, True, -1, 0, 3, 1.5, "", " ", "x", "unlisted", [], ["x"], {}, {"x": 1}, "CAM", 9999]
# Two places contradict each other, each right by itself: an error names one of the two.
CONTRADICTIONS = (
    "must be at most the ",
    "must be at least ",
    "must be given if in_network.share is not",
    "must not be before 9999",
    "must be cited by a rule",
    "must be the id of a clause",
    "must name a group of evidence",
)


@pytest.mark.parametrize("name", cec.editions())
def test_a_refusal_names_the_place_that_was_changed(name: str) -> None:
    form = cec.to_dict(cec.edition(name))
    for path in places(form):
        for wrong in WRONG:
            try:
                cec.from_dict(changed(form, path, wrong), cec.Rulebook)
            except cec.CecRulesError as error:
                there = [problem.path[: len(path)] == path[: len(problem.path)] for problem in error.problems]
                one_of_two = [problem.problem.startswith(CONTRADICTIONS) for problem in error.problems]
                assert any(there) or all(one_of_two), (path, wrong, str(error))


def places(form: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """Yields the path of everything in a form but the whole."""
    if path:
        yield path
    if isinstance(form, dict | list):
        for key, inner in form.items() if isinstance(form, dict) else enumerate(form):
            yield from places(inner, (*path, key))


def changed(form: dict[str, Any], path: tuple[Any, ...], value: object) -> dict[str, Any]:
    """Returns a form in which something else stands at a path."""
    made = json.loads(json.dumps(form))
    holder: Any = made
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return made
