"""Decides how much each activity claims, which are duplicates, and how much the yearly caps take away.

A board, committee or event claims one credit, any other activity its hours (`unit.hour`, `network.service`,
`network.event`). Duplicates count once. A cap limits a group of kinds (`network.service`, `network.instruction`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import cast

from ..activities import Activity, ActivityKind
from ..findings import Finding, FindingCode
from ..making import maker
from ..rulebook.index import RulebookIndex, index_of
from ..rulebook.rulebook import Rulebook

__all__ = ["claimed_minutes", "duplicates", "identity_of", "over_caps"]

_found = maker(Finding)


def claimed_minutes(activities: Sequence[Activity], rulebook: Rulebook) -> list[int]:
    """Returns the minutes each activity would be worth alone, which are fixed for its kind or are its own length.

    Args:
        activities: The activities, in the order reported.
        rulebook: The rules to decide by.
    """
    index = index_of(rulebook)
    fixed = index.fixed_minutes
    claimed = [fixed.get(activity.kind, activity.minutes or 0) for activity in activities]
    if index.credit_minutes:
        for position, activity in enumerate(activities):
            if activity.kind in index.credit_minutes:
                claimed[position] = claimed[position] * rulebook.credit.minutes // index.credit_minutes[activity.kind]
    return claimed


def identity_of(activity: Activity, index: RulebookIndex) -> tuple[ActivityKind, object] | None:
    """Returns the value that an activity shares only with its duplicates; None if its kind has no duplicates.

    Args:
        activity: The activity.
        index: The index of the rulebook.
    """
    read = index.identity_of_kind.get(activity.kind)
    return None if read is None else (activity.kind, _folded(read(activity)))


def duplicates(activities: Sequence[Activity], order: Iterable[int], rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding, with its position, for every activity that is a duplicate of an earlier one in `order`.

    Args:
        activities: The activities, in the order reported.
        order: The positions of the activities to compare; of duplicates, the first in this order is kept.
        rulebook: The rules to decide by.
    """
    index = index_of(rulebook)
    candidates = [position for position in order if activities[position].kind in index.identity_of_kind]
    findings: list[tuple[int, Finding]] = []
    if len({activities[position].kind for position in candidates}) == len(candidates):
        return findings  # activities of different kinds are never duplicates
    kept_at: dict[object, int] = {}
    for position in candidates:
        activity = activities[position]
        kept = kept_at.setdefault(identity_of(activity, index), position)
        if kept != position:
            rule = index.kind_rules[activity.kind]
            finding = _found(code=rule.duplicate, clause=rule.clause, credits=rulebook.credits(0), kept=kept)
            findings.append((position, finding))
    return findings


def over_caps(
    activities: Sequence[Activity], minutes: Sequence[int], order: Iterable[int], rulebook: Rulebook
) -> list[tuple[int, Finding]]:
    """Returns a finding, with its position, for every activity whose minutes a cap reduces.

    Args:
        activities: The activities, in the order reported.
        minutes: The minutes each would be credited without a cap.
        order: The positions of the activities to credit; the first in this order are kept.
        rulebook: The rules to decide by.
    """
    cap_of_kind = index_of(rulebook).cap_of_kind
    left: dict[str, int] = {}
    findings: list[tuple[int, Finding]] = []
    for position in order:
        kind = activities[position].kind
        if kind in cap_of_kind:
            cap = cap_of_kind[kind]
            over = minutes[position] - left.get(cap.group.name, cap.minutes)
            left[cap.group.name] = max(-over, 0)
            if over > 0:
                finding = _found(
                    code=FindingCode.OVER_CAP,
                    clause=cap.group.clause,
                    credits=rulebook.credits(over),
                    limit=rulebook.credits(cap.minutes),
                )
                findings.append((position, finding))
    return findings


def _folded(value: object) -> object:
    """Returns a value with case and spacing removed from its texts."""
    if isinstance(value, str):
        return "".join(value.casefold().split())
    return tuple(map(_folded, cast("Sequence[object]", value))) if isinstance(value, tuple) else value
