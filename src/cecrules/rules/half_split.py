"""Splits the required credits: at least so many in network, at most the rest outside.

Clauses `network.half` and `outside.half`. The share is of what is *required*, not of what was earned.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ..activities import Activity
from ..assessments import Finding, FindingCode
from ..provisions import Side
from ..rulebook import Rulebook

__all__ = ["over_half", "over_room"]


def over_half(
    activities: Sequence[Activity], minutes: Sequence[int], room: int, rulebook: Rulebook
) -> list[tuple[int, Finding]]:
    """Returns a finding for every out-of-network activity that does not fit into `room` minutes, by its position."""
    counted: dict[Side, int] = {}
    outside = [index for index, activity in enumerate(activities) if activity.kind in rulebook.outside_kinds]
    findings = [(index, over_room(minutes[index], counted, room, rulebook)) for index in outside]
    return [(index, finding) for index, finding in findings if finding]


def over_room(minutes: int, counted: dict[Side, int], room: int, rulebook: Rulebook) -> Finding | None:
    """Returns a finding where out-of-network minutes bring what is `counted` over `room`, and counts those that fit."""
    sum_outside = counted.get(Side.OUT_OF_NETWORK, 0) + minutes
    counted[Side.OUT_OF_NETWORK] = min(sum_outside, room)
    return _excess(sum_outside - room, room, rulebook) if sum_outside > room else None


@functools.lru_cache(maxsize=1024)
def _excess(over: int, room: int, rulebook: Rulebook) -> Finding:
    return Finding(
        code=FindingCode.OVER_HALF,
        clause=rulebook.in_network.outside,
        credits=rulebook.credits(over),
        limit=rulebook.credits(room),
    )
