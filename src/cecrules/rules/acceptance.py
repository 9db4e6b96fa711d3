"""Decides which kinds are accepted, and on which conditions.

Clauses `network.*` and `outside.*` (the accepted kinds), `refused.in-house`, `refused.unlisted`, `vendor.grace-hill`.
"""

from __future__ import annotations

from collections.abc import Sequence

from ..activities import Activity
from ..errors import NotStated
from ..findings import Finding
from ..rulebook.index import RulebookIndex, index_of
from ..rulebook.rulebook import Rulebook

__all__ = ["not_accepted"]


def not_accepted(activities: Sequence[Activity], rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding, with the activity's position, for every reason why its kind does not count.

    Args:
        activities: The activities, in the order reported.
        rulebook: The rules to decide by.

    Raises:
        NotStated: The sources of the rulebook do not say how an activity's kind counts.
    """
    index = index_of(rulebook)
    if index.unknown_kinds:
        _insist_on_known(activities, index)
    refusals = index.refusals
    findings: list[tuple[int, Finding]] = []
    for position in [position for position, activity in enumerate(activities) if activity.kind in refusals]:
        activity = activities[position]
        # A statement that was not made counts as false.
        findings += [
            (position, refusal.finding)
            for refusal in refusals[activity.kind]
            if not refusal.field or bool(getattr(activity, refusal.field)) is refusal.refused
        ]
    return findings


def _insist_on_known(activities: Sequence[Activity], index: RulebookIndex) -> None:
    for position, activity in enumerate(activities):
        if activity.kind in index.unknown_kinds:
            rule = index.kind_rules[activity.kind]
            problem = f"the rulebook's sources do not say how {rule.kind} counts"
            raise NotStated(("activities", position, "kind"), problem, f"see clause {rule.clause}")
