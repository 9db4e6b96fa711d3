"""Splits the required credits: at least so many in network, at most the rest outside.

Clauses `network.half` and `outside.half`. The share is of what is *required*, not of what was earned.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence

from ..activities import Activity
from ..assessments import Finding, FindingCode
from ..rulebook import Rulebook, Side

__all__ = ["over_half"]


def over_half(
    activities: Sequence[Activity], minutes: Sequence[int], order: Iterable[int], room: int, rulebook: Rulebook
) -> list[tuple[int, Finding]]:
    """Returns a finding for every out-of-network activity that does not fit into `room` minutes, in `order`."""
    rules = rulebook.kind_rules
    limit = rulebook.credits(room)
    findings = []
    for index in order:
        if rules[activities[index].kind].side is Side.OUT_OF_NETWORK and minutes[index]:
            over = max(minutes[index] - room, 0)
            room -= minutes[index] - over
            if over:
                finding = Finding(
                    code=FindingCode.OVER_HALF,
                    clause=rulebook.in_network.outside,
                    credits=rulebook.credits(over),
                    limit=limit,
                )
                findings.append((index, finding))
    return findings
