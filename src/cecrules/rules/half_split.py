"""Splits the required credits: at least so many in network, at most the rest outside.

Clauses `network.half` and `outside.half`. The share is of what is *required*, not of what was earned.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ..activities import Activity
from ..findings import Finding, FindingCode
from ..rulebook.editions import default_rulebook
from ..rulebook.rulebook import Rulebook

__all__ = ["over_half", "over_room"]


def over_half(
    activities: Sequence[Activity], minutes: Sequence[int], room: int, rulebook: Rulebook | None = None
) -> list[tuple[int, Finding]]:
    """Returns a finding for every out-of-network activity that does not fit into `room` minutes, by its position.

    Args:
        activities: What was done, in the order in which it is kept.
        minutes: What each of them would count for.
        room: The most minutes that may come from outside the network.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
    """
    book = rulebook or default_rulebook()
    findings: list[tuple[int, Finding]] = []
    counted = 0
    for index, activity in enumerate(activities):
        if activity.kind in book.outside_kinds:
            finding = over_room(minutes[index], counted, room, book)
            counted += minutes[index]
            if finding:
                counted -= finding.credits.minutes
                findings.append((index, finding))
    return findings


def over_room(minutes: int, counted: int, room: int, rulebook: Rulebook) -> Finding | None:
    """Returns a finding where out-of-network minutes, with those already `counted`, do not fit into `room`."""
    over = counted + minutes - room
    return _excess(over, room, rulebook) if over > 0 else None


@functools.lru_cache(maxsize=1024)
def _excess(over: int, room: int, rulebook: Rulebook) -> Finding:
    return Finding(
        code=FindingCode.OVER_HALF,
        clause=rulebook.in_network.outside,
        credits=rulebook.credits(over),
        limit=rulebook.credits(room),
    )
