"""Counts what activities claim and keeps to the yearly limits.

One credit a board, committee or event, hours otherwise (`unit.hour`, `network.service`, `network.event`); the same
body or event once; at most so many credits a cap (`network.service`, `network.instruction`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence

from ..activities import Activity
from ..assessments import Finding, FindingCode
from ..provisions import CapGroup, SameField
from ..rulebook import Rulebook

__all__ = ["claimed_minutes", "over_caps", "repeated"]


def claimed_minutes(activities: Sequence[Activity], rulebook: Rulebook) -> list[int]:
    """Returns the minutes each activity would count for alone: a fixed amount for its kind, or its own length."""
    fixed = rulebook.fixed_minutes
    return [fixed.get(activity.kind, activity.minutes or 0) for activity in activities]


def repeated(activities: Sequence[Activity], order: Iterable[int], rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity that reports again what an earlier one in `order` reports."""
    single = rulebook.single_kinds
    seen: dict[tuple[object, ...], int] = {}
    findings = []
    for index in order:
        activity = activities[index]
        if activity.kind in single:
            fields = single[activity.kind].once_per
            kept = seen.setdefault((activity.kind, *[_alike(activity, field) for field in fields]), index)
            if kept != index:
                findings.append((index, _repetition(activity, kept, rulebook)))
    return findings


def over_caps(
    activities: Sequence[Activity], minutes: Sequence[int], order: Iterable[int], rulebook: Rulebook
) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity of which a cap takes minutes away; the earlier in `order` are kept."""
    capped = rulebook.cap_of_kind
    left = dict(rulebook.cap_minutes)
    findings = []
    for index in order:
        kind = activities[index].kind
        if kind in capped:
            cap = capped[kind]
            over = minutes[index] - left[cap.name]
            left[cap.name] = max(-over, 0)
            if over > 0:
                findings.append((index, _excess(over, cap, rulebook)))
    return findings


def _alike(activity: Activity, field: SameField) -> object:
    if field is SameField.EARNED_ON:
        return activity.earned_on
    return _folded(activity.provider if field is SameField.PROVIDER else activity.title)


@functools.lru_cache(maxsize=4096)
def _folded(text: str) -> str:
    """Returns a text without regard to case and spacing."""
    return "".join(text.casefold().split())


@functools.lru_cache(maxsize=1024)
def _excess(over: int, cap: CapGroup, rulebook: Rulebook) -> Finding:
    return Finding(
        code=FindingCode.OVER_CAP,
        clause=cap.clause,
        credits=rulebook.credits(over),
        limit=rulebook.credits(rulebook.cap_minutes[cap.name]),
    )


def _repetition(activity: Activity, kept: int, rulebook: Rulebook) -> Finding:
    rule = rulebook.single_kinds[activity.kind]
    same_day = SameField.EARNED_ON in rule.once_per
    return Finding(
        code=FindingCode.SAME_EVENT_AGAIN if same_day else FindingCode.SAME_BODY_AGAIN,
        clause=rule.clause,
        credits=rulebook.credits(0),
        kept=kept,
    )
