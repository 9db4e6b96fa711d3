"""Splits the required credits into a minimum in network and a maximum from outside.

Clauses `network.half` and `outside.half`. The share is of the credits *required*, not of those earned. A rulebook may
read it as a share of those *reported* instead, each activity whole.
"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from typing import TypeAlias

from ..activities import Activity
from ..errors import ErrorCode, InvalidValue
from ..findings import Finding, FindingCode
from ..making import maker
from ..rulebook.index import index_of
from ..rulebook.rulebook import Rulebook

__all__ = ["left_out", "outside_minutes", "over_half"]

# The most ways that are compared for one submission: about a second of work.
MOST_STEPS = 1_000_000

# Minutes in all, and on compliance.
Both: TypeAlias = "tuple[int, int]"

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


def left_out(
    activities: Sequence[Activity],
    minutes: Sequence[int],
    order: Iterable[int],
    rulebook: Rulebook,
    *,
    required: Both,
) -> list[tuple[int, Finding]]:
    """Returns a finding, with its position, for every out-of-network activity that is left out of the report whole.

    Nothing is left out unless the share in network is of the credits reported. Then the rest has the share. Of all ways
    to choose, this one has the most credits up to those required, then the most on compliance up to those required. The
    others that still fit are kept in the order.

    Args:
        activities: The activities, in the order reported.
        minutes: The minutes each would be credited if all were reported.
        order: The positions of the activities that can be left out.
        rulebook: The rules to decide by.
        required: The minutes required in all and on compliance.

    Raises:
        InvalidValue: The search takes more than `MOST_STEPS` steps.
    """
    index = index_of(rulebook)
    if not index.share_of_reported:
        return []
    total, compliance = required
    lengths = {at: minutes[at] for at in order if activities[at].kind in index.outside_kinds and minutes[at]}
    outside = sum(lengths.values())
    inside = sum(minutes) - outside
    room = math.floor(inside * (1 / index.share_of_reported - 1))
    if outside <= room:
        return []
    about = {at: length if activities[at].addresses_compliance else 0 for at, length in lengths.items()}
    on_compliance = sum(length for length, each in zip(minutes, activities, strict=True) if each.addresses_compliance)
    inside_about = on_compliance - sum(about.values())
    needed = max(total - inside, 0), max(compliance - inside_about, 0)
    kept = _kept([(at, length, about[at]) for at, length in lengths.items()], room, needed)
    left = room - sum(lengths[at] for at in kept)
    limit = rulebook.credits(room)
    findings: list[tuple[int, Finding]] = []
    for position, length in lengths.items():
        if position in kept:
            continue
        if length <= left:
            left -= length
            continue
        taken = rulebook.credits(length)
        finding = _found(code=FindingCode.OVER_HALF, clause=rulebook.in_network.clause, credits=taken, limit=limit)
        findings.append((position, finding))
    return findings


def _kept(outside: Sequence[tuple[int, int, int]], room: int, needed: Both) -> frozenset[int]:
    """Returns the positions of the activities to keep, each whole.

    This is dynamic programming over the minutes reached, cut off at those still needed. Of all ways that reach the
    same, the shortest is kept, since it leaves the most room.
    """
    total, compliance = needed
    ways: dict[Both, tuple[int, frozenset[int]]] = {(0, 0): (0, frozenset())}
    steps = 0
    for position, length, about in outside:
        steps += len(ways)
        if steps > MOST_STEPS:
            problem = "must leave fewer ways to choose the activities outside the network, got too many"
            raise InvalidValue(("activities",), problem, code=ErrorCode.OUT_OF_RANGE)
        for (reached, on_compliance), (used, kept) in list(ways.items()):
            after = min(reached + length, total), min(on_compliance + about, compliance)
            if used + length <= room and (after not in ways or used + length < ways[after][0]):
                ways[after] = used + length, kept | {position}
    return ways[max(ways)][1]


def outside_minutes(activities: Sequence[Activity], minutes: Sequence[int], rulebook: Rulebook) -> int:
    """Returns the minutes credited from outside the network.

    Args:
        activities: The activities, in the order reported.
        minutes: The minutes credited for each.
        rulebook: The rules to decide by.
    """
    outside_kinds = index_of(rulebook).outside_kinds
    return sum([credited for activity, credited in zip(activities, minutes) if activity.kind in outside_kinds])  # noqa: B905
