"""Counts what activities claim and keeps to the yearly limits.

One credit a board, committee or event, hours otherwise (`unit.hour`, `network.service`, `network.event`); the same
body or event once; at most so many credits a cap (`network.service`, `network.instruction`).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable, Sequence
from typing import TypeAlias, cast

from ..activities import Activity, ActivityKind
from ..findings import Finding, FindingCode
from ..rulebook.editions import default_rulebook
from ..rulebook.provisions import CapGroup, SameField
from ..rulebook.rulebook import Rulebook

__all__ = ["Seen", "claimed_minutes", "over_cap", "over_caps", "repeated", "repetition"]

# What was reported of the kinds that count once, each with the position of the activity that did.
Seen: TypeAlias = "dict[tuple[ActivityKind, object], int]"


def claimed_minutes(activities: Sequence[Activity], rulebook: Rulebook | None = None) -> list[int]:
    """Returns the minutes each activity would count for alone: a fixed amount for its kind, or its own length.

    Args:
        activities: What was done, in the order reported.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
    """
    fixed = (rulebook or default_rulebook()).fixed_minutes
    return [fixed.get(activity.kind, activity.minutes or 0) for activity in activities]


def repeated(
    activities: Sequence[Activity], order: Iterable[int], rulebook: Rulebook | None = None
) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity that reports again what an earlier one in `order` did, by its position.

    Args:
        activities: What was done, in the order reported.
        order: Positions of activities, those to be kept first at the front.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
    """
    book = rulebook or default_rulebook()
    seen: Seen = {}
    findings: list[tuple[int, Finding]] = []
    for index in order:
        activity = activities[index]
        if activity.kind in book.identity_of_kind and (finding := repetition(activity, index, seen, book)):
            findings.append((index, finding))
    return findings


def repetition(activity: Activity, index: int, seen: Seen, rulebook: Rulebook) -> Finding | None:
    """Returns a finding where an activity reports again what is in `seen`, and puts it there where it does not.

    Its kind is one of those of which entries that report the same count once.
    """
    kind = activity.kind
    kept = seen.setdefault((kind, _folded(rulebook.identity_of_kind[kind](activity))), index)
    return None if kept == index else _repetition(kind, kept, rulebook)


def over_caps(
    activities: Sequence[Activity], minutes: Sequence[int], rulebook: Rulebook | None = None
) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity of which a cap takes minutes, by its position; earlier ones are kept.

    Args:
        activities: What was done, in the order in which it is kept.
        minutes: What each of them would count for.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
    """
    book = rulebook or default_rulebook()
    left: dict[str, int] = {}
    findings: list[tuple[int, Finding]] = []
    for index, activity in enumerate(activities):
        kind = activity.kind
        if kind in book.cap_of_kind and (finding := over_cap(kind, minutes[index], left, book)):
            findings.append((index, finding))
    return findings


def over_cap(kind: ActivityKind, minutes: int, left: dict[str, int], rulebook: Rulebook) -> Finding | None:
    """Returns a finding where minutes of a kind do not fit into what is `left` of its cap, and takes them off it."""
    cap = rulebook.cap_of_kind[kind]
    over = minutes - left.get(cap.name, rulebook.cap_minutes[cap.name])
    if over > 0:
        left[cap.name] = 0
        return _excess(over, cap, rulebook)
    left[cap.name] = -over
    return None


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
