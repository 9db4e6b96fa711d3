"""Finds the least time in which more activities can complete a renewal.

An activity that is measured in hours takes as long as it is credited. An entry with a fixed worth, such as an
occasion, takes an hour a credit (`unit.hour`). A minute of an activity on compliance in the right place adds a minute
to every measure that is short, so activities measured in hours need no more minutes than the largest shortfall, if they
can complete the renewal at all. Entries with a fixed worth are tried one more at a time.
"""

from __future__ import annotations

import heapq
import itertools
from collections.abc import Callable, Iterator, Sequence
from typing import TypeAlias

import attrs

from ..activities import Activity, ActivityKind
from ..assessments import Shortfall
from ..credits import MINUTES_AN_HOUR
from ..errors import ErrorCode, InvalidValue
from ..rulebook.index import RulebookIndex
from ..rulebook.provisions import ACCEPTED
from ..rules.window import Window
from .entries import identities, new_entries, new_entry

__all__ = ["MOST_TRIES", "minutes_needed", "minutes_of"]

# The most sets of entries with a fixed worth that are tried for one renewal.
MOST_TRIES = 10_000

# Decides activities, and returns the credits that are short.
Judge: TypeAlias = "Callable[[Sequence[Activity]], Shortfall]"


def minutes_of(activity: Activity, index: RulebookIndex) -> int:
    """Returns the minutes that an activity takes, an hour a credit if it has a fixed worth, whatever its length."""
    fixed = index.fixed_minutes.get(activity.kind)
    return (activity.minutes or 0) if fixed is None else _at_an_hour_a_credit(fixed, index)


def minutes_needed(
    judge: Judge, activities: Sequence[Activity], required: int, window: Window, index: RulebookIndex
) -> int | None:
    """Returns the fewest minutes in which more activities can complete a renewal, or None if no activities can.

    Args:
        judge: Decides activities, and returns the credits that are short.
        activities: The activities that are there already.
        required: The minutes of credit required in all.
        window: The days that count.
        index: The index of the rulebook.

    Raises:
        InvalidValue: There are more than `MOST_TRIES` sets of entries to try.
    """
    return _Filling(judge, activities, required, window, index).least()


def _at_an_hour_a_credit(minutes: int, index: RulebookIndex) -> int:
    return -(-minutes * MINUTES_AN_HOUR // index.rulebook.credit.minutes)


@attrs.frozen
class _Filling:
    judge: Judge
    activities: Sequence[Activity]
    required: int
    window: Window
    index: RulebookIndex

    def least(self) -> int | None:
        short = self.judge(self.activities)
        measured = self.measured()
        whole = _largest(short) if not self.judge([*self.activities, *measured]) else None
        # A minute adds no more than a minute, unless a fixed worth is more than the time it takes.
        if whole is not None and self.index.rulebook.credit.minutes <= MINUTES_AN_HOUR:
            return whole
        return self.with_fixed(measured, whole)

    def measured(self) -> list[Activity]:
        """Returns an entry of every accepted kind measured in hours that is as long as the whole requirement."""
        return [
            new_entry(kind, self.window, self.index, (), minutes=self.required)
            for kind in self.accepted()
            if kind not in self.index.fixed_minutes
        ]

    def accepted(self) -> Iterator[ActivityKind]:
        return (kind for kind, rule in self.index.kind_rules.items() if rule.side in ACCEPTED)

    def with_fixed(self, measured: Sequence[Activity], best: int | None) -> int | None:
        """Tries sets of entries with a fixed worth, the quickest first, and fills the rest with hours."""
        sorts = self.fixed()
        tries = itertools.count(1)
        waiting: list[tuple[int, tuple[int, ...]]] = [(0, ())]
        while waiting:
            minutes, chosen = heapq.heappop(waiting)
            if best is not None and minutes >= best:
                break
            if next(tries) > MOST_TRIES:
                problem = f"can be completed in more than {MOST_TRIES} ways by activities with a fixed worth"
                raise InvalidValue(("activities",), problem, code=ErrorCode.OUT_OF_RANGE)
            done = self.carried_out(sorts, chosen)
            short = self.judge(done)
            if not self.judge([*done, *measured]):
                total = minutes + _largest(short)
                best = total if best is None else min(best, total)
            if short:
                for sort in range(chosen[-1] if chosen else 0, len(sorts)):
                    more = (*chosen, sort)
                    # An entry that adds nothing here adds nothing beside others either.
                    if self.judge(self.carried_out(sorts, more)) != short:
                        heapq.heappush(waiting, (minutes + sorts[sort][0], more))
        return best

    def fixed(self) -> list[tuple[int, ActivityKind]]:
        """Returns one kind of each sort with a fixed worth that limits treat alike, with the minutes an entry takes."""
        kinds: dict[object, ActivityKind] = {}
        for kind in self.accepted():
            worth = self.index.fixed_minutes.get(kind)
            if worth:
                cap = self.index.cap_of_kind.get(kind)
                alike = self.index.kind_rules[kind].side, cap.group.name if cap else "", worth
                kinds.setdefault(alike, kind)
        return [(_at_an_hour_a_credit(self.index.fixed_minutes[kind], self.index), kind) for kind in kinds.values()]

    def carried_out(self, sorts: Sequence[tuple[int, ActivityKind]], chosen: Sequence[int]) -> list[Activity]:
        taken = identities(self.activities, self.index)
        done = list(self.activities)
        for sort in sorted(set(chosen)):
            entries = new_entries(sorts[sort][1], self.window, self.index, taken, minutes=1)
            done += itertools.islice(entries, chosen.count(sort))
        return done


def _largest(short: Shortfall) -> int:
    return max(short.total.minutes, short.in_network.minutes, short.compliance.minutes)
