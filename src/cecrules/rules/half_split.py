"""Splits the required credits: at least so many in network, at most the rest outside.

Clauses `network.half` and `outside.half`. The share is of what is *required*, not of what was earned.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

from ..activities import Activity
from ..assessments import Finding, FindingCode
from ..rulebook import Rulebook

__all__ = ["in_network_minutes", "over_half"]


def over_half(
    activities: Sequence[Activity], minutes: Sequence[int], room: int, rulebook: Rulebook
) -> list[tuple[int, Finding]]:
    """Returns a finding for every out-of-network activity that does not fit into `room` minutes, by its position."""
    outside = rulebook.outside_kinds
    left = room
    findings: list[tuple[int, Finding]] = []
    for index in [place for place, activity in enumerate(activities) if activity.kind in outside]:
        over = minutes[index] - left
        left = max(-over, 0)
        if over > 0:
            findings.append((index, _excess(over, room, rulebook)))
    return findings


def in_network_minutes(activities: Sequence[Activity], minutes: Sequence[int], rulebook: Rulebook) -> int:
    """Returns the minutes credited from activities of the network."""
    inside = rulebook.inside_kinds
    return sum(itertools.compress(minutes, [activity.kind in inside for activity in activities]))


@functools.lru_cache(maxsize=1024)
def _excess(over: int, room: int, rulebook: Rulebook) -> Finding:
    return Finding(
        code=FindingCode.OVER_HALF,
        clause=rulebook.in_network.outside,
        credits=rulebook.credits(over),
        limit=rulebook.credits(room),
    )
