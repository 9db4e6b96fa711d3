"""Builds activities and submissions for tests: sound unless a test says what is wrong with them."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest

import cecrules as cec

# Every document there is, so that an activity is never short of evidence by accident.
ALL_DOCUMENTS = tuple(cec.DocumentKind)


def activity(kind: str = "association_course", hours: Any = 1, **values: Any) -> cec.Activity:
    """An in-network course of one hour in 2013, fully documented, unless told otherwise."""
    length = {} if "minutes" in values or cec.ActivityKind(kind).is_occasion else {"hours": hours}
    defaults = {"title": "Budgeting basics", "earned_on": "2013-05-01", "documents": ALL_DOCUMENTS}
    return cec.Activity(kind=kind, **{**defaults, **length, **values})


def compliance(hours: Any = 1, **values: Any) -> cec.Activity:
    """An in-network course on fair housing."""
    return activity(hours=hours, **{"title": "Fair housing update", "addresses_compliance": True, **values})


def submission(*activities: cec.Activity, held: Any = ("CAM",), year: int = 2014, **values: Any) -> cec.Submission:
    """A submission of a CAM holder for 2014, unless told otherwise."""
    return cec.Submission(renewal_year=year, designations=held, activities=activities, **values)


def decide(*activities: cec.Activity, rulebook: cec.Rulebook | None = None, **values: Any) -> cec.Assessment:
    """What `evaluate` says of such a submission."""
    return cec.evaluate(submission(*activities, **values), rulebook)


def codes(decision: cec.Decision) -> list[str]:
    """The codes of a decision's findings."""
    return [finding.code.value for finding in decision.findings]


def refusal(ask: Callable[[], object], kind: type[cec.CecRulesError] = cec.InvalidValue) -> tuple[object, ...]:
    """What the error says that a question is refused with: the path, the problem, the hint and the code."""
    with pytest.raises(kind) as caught:
        ask()
    (found,) = caught.value.problems
    return found.path, found.problem, found.hint, found.code
