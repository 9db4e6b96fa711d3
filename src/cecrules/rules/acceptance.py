"""Decides which kinds are accepted, and on what condition.

Clauses `network.*` and `outside.*` (what is listed), `refused.in-house`, `refused.unlisted`, `vendor.grace-hill`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from ..activities import Activity
from ..assessments import Finding, FindingCode
from ..errors import UnknownName
from ..provisions import Condition, KindRule, Side
from ..rulebook import Rulebook

__all__ = ["not_accepted"]


def not_accepted(activities: Sequence[Activity], rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding for every reason why the kind of an activity does not count, by its position.

    Raises:
        UnknownName: The sources of the rulebook do not say how an activity's kind counts.
    """
    conditional = rulebook.conditional_kinds
    return [
        (index, _finding(code, conditional[activity.kind].clause, rulebook))
        for index, activity in enumerate(activities)
        if activity.kind in conditional
        for code in _reasons(index, activity, conditional[activity.kind])
    ]


def _reasons(index: int, activity: Activity, rule: KindRule) -> Iterator[FindingCode]:
    if rule.side is Side.UNKNOWN:
        where = f"activities[{index}].kind"
        raise UnknownName(
            where, f"the rulebook's sources do not say how {rule.kind} counts", f"see clause {rule.clause}"
        )
    if rule.side is Side.NOT_ACCEPTED:
        yield FindingCode.KIND_NOT_ACCEPTED
    if Condition.BOUGHT_THROUGH_ASSOCIATION in rule.conditions and not activity.bought_through_association:
        yield FindingCode.NOT_BOUGHT_THROUGH_ASSOCIATION
    if Condition.UNCOMPENSATED in rule.conditions and activity.compensated:
        yield FindingCode.COMPENSATED


@functools.lru_cache(maxsize=1024)
def _finding(code: FindingCode, clause: str, rulebook: Rulebook) -> Finding:
    return Finding(code=code, clause=clause, credits=rulebook.credits(0))
