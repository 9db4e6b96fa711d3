"""Splits the required credits into a minimum in network and a maximum from outside.

Clauses `network.half` and `outside.half`. The share is of the credits *required*, not of those earned.
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
    """Returns a finding, with its position, for every out-of-network activity that does not fit into `room` minutes.

    Args:
        activities: The activities, in the order reported.
        minutes: The minutes each would be credited if there were room.
        order: The positions of the activities to credit; the first in this order are kept.
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
