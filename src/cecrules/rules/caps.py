"""Counts what activities claim and keeps to the yearly limits.

One credit a board, committee or event, hours otherwise (`unit.hour`, `network.service`, `network.event`); the same
body or event once; at most so many credits a cap (`network.service`, `network.instruction`).
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..activities import Activity
from ..assessments import Finding, FindingCode
from ..rulebook import Rulebook, SameField

__all__ = ["claimed_minutes", "over_caps", "repeated"]


def claimed_minutes(activities: Sequence[Activity], rulebook: Rulebook) -> list[int]:
    """Returns the minutes each activity would count for alone: a fixed amount for its kind, or its own length."""
    fixed = rulebook.fixed_minutes
    return [fixed.get(a.kind, a.minutes or 0) for a in activities]


def repeated(activities: Sequence[Activity], order: Iterable[int], rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity that reports again what an earlier one in `order` reports."""
    rules = rulebook.kind_rules
    seen: dict[tuple[object, ...], int] = {}
    findings = []
    for index in order:
        activity = activities[index]
        rule = rules[activity.kind]
        if not rule.once_per:
            continue
        key = (activity.kind, *(_alike(activity, field) for field in rule.once_per))
        kept = seen.setdefault(key, index)
        if kept != index:
            same_day = SameField.EARNED_ON in rule.once_per
            code = FindingCode.SAME_EVENT_AGAIN if same_day else FindingCode.SAME_BODY_AGAIN
            findings.append((index, Finding(code=code, clause=rule.clause, credits=rulebook.credits(0), kept=kept)))
    return findings


def over_caps(
    activities: Sequence[Activity], minutes: Sequence[int], order: Iterable[int], rulebook: Rulebook
) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity of which a cap takes minutes away; the earlier in `order` are kept."""
    capped = rulebook.cap_of_kind
    left: dict[str, int] = {}
    findings = []
    for index in order:
        cap = capped.get(activities[index].kind)
        if cap is None:
            continue
        limit = rulebook.minutes(cap.credits)
        room = left.setdefault(cap.name, limit)
        over = max(minutes[index] - room, 0)
        left[cap.name] = room - minutes[index] + over
        if over:
            finding = Finding(
                code=FindingCode.OVER_CAP,
                clause=cap.clause,
                credits=rulebook.credits(over),
                limit=rulebook.credits(limit),
            )
            findings.append((index, finding))
    return findings


def _alike(activity: Activity, field: SameField) -> object:
    if field is SameField.EARNED_ON:
        return activity.earned_on
    text = activity.provider if field is SameField.PROVIDER else activity.title
    return "".join(text.casefold().split())
