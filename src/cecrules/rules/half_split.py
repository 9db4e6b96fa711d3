"""Splits the required credits: at least so many in network, at most the rest outside.

Clauses `network.half` and `outside.half`. The share is of what is *required*, not of what was earned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..activities import Activity
from ..findings import Finding, FindingCode
from ..making import maker
from ..rulebook.index import index_of
from ..rulebook.rulebook import Rulebook

__all__ = ["over_half"]

_found = maker(Finding)


def over_half(
    activities: Sequence[Activity], minutes: Sequence[int], order: Iterable[int], room: int, rulebook: Rulebook
) -> list[tuple[int, Finding]]:
    """Returns a finding for every out-of-network activity that does not fit into `room` minutes, by its position.

    Args:
        activities: The activities, in the order reported.
        minutes: What each of them would count for.
        order: The positions of those to count, the ones to keep first at the front.
        room: The most minutes that may come from outside the network.
        rulebook: The rules to decide by.
    """
    outside_kinds = index_of(rulebook).outside_kinds
    left = room
    findings: list[tuple[int, Finding]] = []
    for position in order:
        if activities[position].kind in outside_kinds:
            over = minutes[position] - left
            left = max(-over, 0)
            if over > 0:
                finding = _found(
                    code=FindingCode.OVER_HALF,
                    clause=rulebook.in_network.outside,
                    credits=rulebook.credits(over),
                    limit=rulebook.credits(room),
                )
                findings.append((position, finding))
    return findings
