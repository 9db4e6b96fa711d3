"""Counts what activities claim and keeps to the yearly limits.

One credit a board, committee or event, hours otherwise (`unit.hour`, `network.service`, `network.event`); the same
body or event once; at most so many credits a cap (`network.service`, `network.instruction`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import cast

from ..activities import Activity, ActivityKind
from ..assessments import Finding, FindingCode
from ..provisions import CapGroup, SameField
from ..rulebook import Rulebook

__all__ = ["claimed_minutes", "over_caps", "repeated"]


def claimed_minutes(activities: Sequence[Activity], rulebook: Rulebook) -> list[int]:
    """Returns the minutes each activity would count for alone: a fixed amount for its kind, or its own length."""
    fixed = rulebook.fixed_minutes
    return [fixed.get(activity.kind, activity.minutes or 0) for activity in activities]


def repeated(activities: Sequence[Activity], order: Iterable[int], rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity that reports again what an earlier one in `order` did, by its position."""
    identities = rulebook.identity_of_kind
    seen: dict[object, int] = {}
    findings: list[tuple[int, Finding]] = []
    for index in [place for place in order if activities[place].kind in identities]:
        activity = activities[index]
        kept = seen.setdefault((activity.kind, _folded(identities[activity.kind](activity))), index)
        if kept != index:
            findings.append((index, _repetition(activity.kind, kept, rulebook)))
    return findings


def over_caps(activities: Sequence[Activity], minutes: Sequence[int], rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity of which a cap takes minutes, by its position; earlier ones are kept."""
    capped = rulebook.cap_of_kind
    left: dict[str, int] = {}
    findings: list[tuple[int, Finding]] = []
    for index in [place for place, activity in enumerate(activities) if activity.kind in capped]:
        cap = capped[activities[index].kind]
        over = minutes[index] - left.get(cap.name, rulebook.cap_minutes[cap.name])
        left[cap.name] = max(-over, 0)
        if over > 0:
            findings.append((index, _excess(over, cap, rulebook)))
    return findings


@functools.lru_cache(maxsize=4096)
def _folded(value: object) -> object:
    """Returns what a value says without regard to the case and spacing of its texts."""
    if isinstance(value, tuple):
        return tuple(map(_folded, cast("tuple[object, ...]", value)))
    return "".join(value.casefold().split()) if isinstance(value, str) else value


@functools.lru_cache(maxsize=1024)
def _excess(over: int, cap: CapGroup, rulebook: Rulebook) -> Finding:
    return Finding(
        code=FindingCode.OVER_CAP,
        clause=cap.clause,
        credits=rulebook.credits(over),
        limit=rulebook.credits(rulebook.cap_minutes[cap.name]),
    )


@functools.lru_cache(maxsize=1024)
def _repetition(kind: ActivityKind, kept: int, rulebook: Rulebook) -> Finding:
    rule = rulebook.single_kinds[kind]
    same_day = SameField.EARNED_ON in rule.once_per
    return Finding(
        code=FindingCode.SAME_EVENT_AGAIN if same_day else FindingCode.SAME_BODY_AGAIN,
        clause=rule.clause,
        credits=rulebook.credits(0),
        kept=kept,
    )
