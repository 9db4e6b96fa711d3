"""Decides which term each activity serves if an activity serves only one term (`shared = false`).

This is dynamic programming. The search adds the activities part by part, and of all ways that reach the same amounts it
keeps only the best. It cuts amounts off at each limit, and at the amount required, because more changes nothing. The
limits are nested (duplicates in cap in side), so it puts the activities under one limit together before they join the
others.

The amount required in network needs no place in the search. Credits from outside are limited to the rest of the amount
required, so a term with all the credits required has those in network too.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import chain
from operator import add, ge
from typing import TypeAlias

import attrs

from .activities import Activity
from .errors import ErrorCode, InvalidValue
from .rulebook.index import Cap, index_of
from .rulebook.rulebook import Rulebook
from .rules.caps import claimed_minutes, identity_of
from .rules.requirement import Requirement

__all__ = ["MOST_STEPS", "assigned"]

# The most pairs of ways that are put together or compared for one submission: a few seconds of work.
MOST_STEPS = 1_000_000

# The minutes for each term, then those on compliance for each term.
Amounts: TypeAlias = "tuple[int, ...]"

# Ways to assign some of the activities, by the amounts they reach; of each the rank, greater where it is better.
Ways: TypeAlias = "dict[Amounts, int]"


def assigned(
    activities: Sequence[Activity],
    open_to: Sequence[Sequence[int]],
    requirements: Sequence[Requirement],
    rulebook: Rulebook,
) -> dict[int, int]:
    """Returns the term that each activity serves, both by position; activities that can serve no term are left out.

    The assignment has the most terms renewed. Among equals it has the largest sum over the terms of the credits up to
    the amount required, then the largest such sum of compliance credits, then the most credits for the first term, for
    the second, and so on. Then the first activity serves the earliest term it can, then the second does, and so on.

    Args:
        activities: The activities, in the order reported.
        open_to: For each activity, the terms that do not reject it by itself.
        requirements: The requirement of each term, at least one, in the order of the terms' last days.
        rulebook: The rules to decide by.

    Raises:
        InvalidValue: The search takes more than `MOST_STEPS` steps.
    """
    return _Search(activities, open_to, requirements, rulebook).best()


@attrs.frozen
class _Ranks:
    """Writes and reads ranks; a rank is one number, larger for the better of two ways that reach the same amounts.

    Its digits, from the left, are the minutes credited to each term, and then how early a term each activity serves.
    The rank of two parts together is therefore the sum of their ranks, and a rank contains its own assignment.
    """

    terms: int
    open_to: Sequence[Sequence[int]]
    places: Mapping[int, int]  # the place of each activity that has a choice, in bits from the right
    credit_bits: int

    @classmethod
    def of(cls, terms: int, open_to: Sequence[Sequence[int]], most_minutes: int) -> _Ranks:
        choices = [position for position, able in enumerate(open_to) if len(able) > 1]
        places = {position: place * terms.bit_length() for place, position in enumerate(reversed(choices))}
        return cls(terms, open_to, places, most_minutes.bit_length())

    def serving(self, position: int, term: int) -> int:
        return self.terms - term << self.places[position] if position in self.places else 0

    def crediting(self, minutes: Iterable[int]) -> int:
        rank = 0
        for amount in minutes:
            rank = rank << self.credit_bits | amount
        return rank << len(self.places) * self.terms.bit_length()

    def served_by(self, rank: int, position: int) -> int:
        if position not in self.places:
            return self.open_to[position][0]
        return self.terms - (rank >> self.places[position] & (1 << self.terms.bit_length()) - 1)

    def credited_to_first(self, rank: int) -> int:
        return rank >> len(self.places) * self.terms.bit_length() + self.credit_bits * (self.terms - 1)


class _Search:
    """One search for the best assignment."""

    def __init__(
        self,
        activities: Sequence[Activity],
        open_to: Sequence[Sequence[int]],
        requirements: Sequence[Requirement],
        rulebook: Rulebook,
    ) -> None:
        self.activities = activities
        self.open_to = open_to
        self.index = index_of(rulebook)
        self.claimed = claimed_minutes(activities, rulebook)
        self.required = [each.total.minutes for each in requirements]
        self.compliance = [each.compliance.minutes for each in requirements]
        self.rooms = [each.total.minutes - each.in_network.minutes for each in requirements]
        self.terms = range(len(requirements))
        self.ranks = _Ranks.of(len(requirements), open_to, sum(self.claimed))
        self.steps = 0

    def best(self) -> dict[int, int]:
        """Returns the term of each activity in the best assignment."""
        self.spend(len(self.ranks.places) ** 2)  # each rank is as long as there are choices
        able = [position for position, terms in enumerate(self.open_to) if terms]
        outside = [position for position in able if self.is_outside(position)]
        inside = [position for position in able if not self.is_outside(position)]
        share = self.together(self.parts(outside), self.limit(self.rooms))
        # More credits for the first term are never worse, and the rank prefers them, so they need not be told apart.
        enough = (0, *self.required[1:], *self.compliance)
        ways = self.together(map(self.ranked, chain([share], self.parts(inside))), enough)
        *_, rank = max((*self.measures(amounts, rank), rank) for amounts, rank in ways.items())
        return {position: self.ranks.served_by(rank, position) for position in able}

    def is_outside(self, position: int) -> bool:
        return self.activities[position].kind in self.index.outside_kinds

    def parts(self, positions: Iterable[int]) -> Iterator[Ways]:
        """Yields the ways of each activity under no cap, and then of all activities under each cap."""
        groups: dict[object, list[int]] = {}
        for position in positions:
            identity = identity_of(self.activities[position], self.index)
            groups.setdefault(position if identity is None else identity, []).append(position)
        capped: dict[str, tuple[Cap, list[list[int]]]] = {}
        for alike in groups.values():
            cap = self.index.cap_of_kind.get(self.activities[alike[0]].kind)
            if cap is None:
                yield self.counted_once(alike)
            else:
                capped.setdefault(cap.group.name, (cap, []))[1].append(alike)
        for cap, under in capped.values():
            yield self.together(map(self.counted_once, under), self.limit([cap.minutes for _ in self.terms]))

    def counted_once(self, alike: Sequence[int]) -> Ways:
        """Returns the ways of an activity and its duplicates, which claim the same minutes."""
        most = self.limit([self.claimed[alike[0]] for _ in self.terms])
        return self.together(map(self.alone, alike), most)

    def alone(self, position: int) -> Ways:
        """Returns the ways of one activity, one for each term that it can serve."""
        minutes = self.claimed[position]
        on_compliance = minutes if self.activities[position].addresses_compliance else 0
        return {
            tuple(
                amount if term == chosen else 0 for amount in (minutes, on_compliance) for term in self.terms
            ): self.ranks.serving(position, chosen)
            for chosen in self.open_to[position]
        }

    def limit(self, minutes: Sequence[int]) -> Amounts:
        """Returns the largest amounts under a limit, which is given in minutes for each term."""
        return (*minutes, *map(min, minutes, self.compliance))

    def together(self, parts: Iterable[Ways], most: Amounts) -> Ways:
        """Returns the ways of all parts together, with the amounts cut off at `most`."""
        ways: Ways = {tuple(0 for _ in most): 0}
        for part in parts:
            self.spend(len(ways) * len(part))
            reached: Ways = {}
            for amounts, rank in ways.items():
                for more, higher in part.items():
                    total = tuple(map(min, map(add, amounts, more), most))
                    reached[total] = max(reached.get(total, 0), rank + higher)
            ways = reached
        return ways

    def ranked(self, part: Ways) -> Ways:
        """Returns the ways of a part that can be the best, ranked by the credits of each term."""
        kept: list[Amounts] = []
        ranked: Ways = {}
        for amounts in sorted(part, key=sum, reverse=True):
            self.spend(len(kept))
            credited = self.credited(amounts)
            # Another way that gives no term less, and some term more credits, is better with any other parts.
            if not any(self.credited(other) != credited and all(map(ge, other, amounts)) for other in kept):
                kept.append(amounts)
                ranked[amounts] = part[amounts] + self.ranks.crediting(credited)
        return ranked

    def credited(self, amounts: Amounts) -> Amounts:
        return amounts[: len(self.terms)]

    def measures(self, amounts: Amounts, rank: int) -> tuple[int, int, int]:
        """Returns the terms renewed, and the sums of credits and of compliance credits up to the amounts required."""
        credited = (self.ranks.credited_to_first(rank), *self.credited(amounts)[1:])
        compliance = amounts[len(self.terms) :]
        found, required = zip(credited, compliance, strict=True), zip(self.required, self.compliance, strict=True)
        renewed = [all(map(ge, *term)) for term in zip(found, required, strict=True)]
        return sum(renewed), sum(map(min, credited, self.required)), sum(compliance)

    def spend(self, steps: int) -> None:
        """Counts steps of the search.

        Raises:
            InvalidValue: They are more than `MOST_STEPS`.
        """
        self.steps += steps
        if self.steps > MOST_STEPS:
            raise InvalidValue(
                ("activities",),
                f"must be assigned to {len(self.terms)} terms in at most {MOST_STEPS} steps, "
                f"got {len(self.activities)} activities that take more",
                "leave out activities that are not needed",
                ErrorCode.OUT_OF_RANGE,
            )
