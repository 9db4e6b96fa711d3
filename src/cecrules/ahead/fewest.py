"""Finds the smallest set of candidates that suffices."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Mapping, Sequence
from functools import partial
from typing import TypeAlias

import attrs

__all__ = ["MOST_CANDIDATES", "fewest"]

# With more candidates, the set found is one that needs every member, which may not be the smallest.
MOST_CANDIDATES = 20

Chosen: TypeAlias = "tuple[int, ...]"


@attrs.frozen
class _Search:
    """The search for sets of one size after another.

    Attributes:
        gaps: Returns how much each measure still lacks with the candidates chosen; 0 if they suffice.
        worths: The most that each candidate can take off every gap.
        alike: For each candidate, a value it shares with those it can be exchanged for; None if there are none.
    """

    gaps: Callable[[Chosen], Sequence[int]]
    worths: Sequence[int]
    alike: Sequence[Hashable]

    def smallest(self) -> Chosen:
        sizes = range(len(self.worths))
        found = (self.of_size(size, (), 0) for size in sizes)
        return next((chosen for chosen in found if chosen is not None), tuple(sizes))

    def of_size(self, left: int, chosen: Chosen, start: int) -> Chosen | None:
        """Returns the first set with `left` more candidates from `start` on that suffices; the order is that given."""
        gap = max(self.gaps(chosen))
        if gap <= 0:
            return chosen
        left_out: set[Hashable] = set()
        candidate = start
        while self.may_suffice(left, chosen, candidate, gap):
            alike = self.alike[candidate]
            if alike is None or alike not in left_out:
                found = self.of_size(left - 1, (*chosen, candidate), candidate + 1)
                if found is not None:
                    return found
                left_out.add(alike)
            candidate += 1
        return None

    def may_suffice(self, left: int, chosen: Chosen, start: int, gap: int) -> bool:
        """Says whether the largest `left` candidates from `start` on are large enough, and all of them suffice."""
        most = sum(sorted(self.worths[start:], reverse=True)[:left])
        return most >= gap and max(self.gaps((*chosen, *range(start, len(self.worths))))) <= 0


def fewest(
    count: int,
    gaps: Callable[[Chosen], Sequence[int]],
    worth: Callable[[int], int],
    alike: Callable[[int], Hashable],
    item: Callable[[int], int] = int,
) -> tuple[Chosen, bool]:
    """Returns a set of candidates that suffices, by their positions, and whether no smaller set does.

    More candidates never make a gap larger, and all of them together suffice. Among sets of the same size, the first in
    the order of the candidates is returned.

    Args:
        count: The number of candidates.
        gaps: Returns how much each measure still lacks with the candidates chosen, which are in order.
        worth: Returns the most that a candidate can take off a gap.
        alike: Returns a value that the item of a candidate shares with the items it can be exchanged for, together with
            all its candidates; None if there are none.
        item: Returns the item of a candidate, by a number. The candidates of an item stand side by side, and those of
            items that can be exchanged are in the same order. Every candidate is an item of its own unless given.
    """
    items = [*map(item, range(count))]
    if count > MOST_CANDIDATES:
        starts = dict(zip(reversed(items), reversed(range(count)), strict=True))
        return _Deletion(gaps, items, starts, [*map(alike, range(count))]).irreducible(), False
    alone = [alike(position) if items.count(items[position]) == 1 else None for position in range(count)]
    return _Search(gaps, [*map(worth, range(count))], alone).smallest(), True


@attrs.frozen
class _Deletion:
    """The search for a set that suffices and needs every member, in which the last candidates are left out first.

    The last candidate of the shortest start of the list that suffices is needed. So is the last one of the shortest
    start that suffices beside it, and so on. A candidate that is needed stays so when others are left out. So does its
    counterpart in an item that can be exchanged for its own, if the same candidates are left of both items.

    Attributes:
        gaps: Returns how much each measure still lacks with the candidates chosen; 0 if they suffice.
        items: The item of each candidate.
        starts: The first candidate of each item.
        alike: For each candidate, a value its item shares with those it can be exchanged for; None if there are none.
    """

    gaps: Callable[[Chosen], Sequence[int]]
    items: Sequence[int]
    starts: Mapping[int, int]
    alike: Sequence[Hashable]

    def irreducible(self) -> Chosen:
        kept: Chosen = ()
        left = len(self.items)
        while max(self.gaps(kept)) > 0:
            certain = self.certain(left, kept)
            known = frozenset(certain)
            others = [position for position in range(left) if position not in known]
            suffices = partial(self.suffices, others, (*certain, *kept))
            length = bisect_left(range(len(others) + 1), True, key=suffices)
            if length > len(others):  # where terms take activities from one another, more can be worse
                return tuple(range(len(self.items)))
            if not length:
                return (*certain, *kept)
            left = others[length - 1]
            kept = (left, *certain[bisect_left(certain, left) :], *kept)
        return kept

    def suffices(self, others: Sequence[int], kept: Chosen, length: int) -> bool:
        return max(self.gaps(tuple(sorted((*others[:length], *kept))))) <= 0

    def certain(self, left: int, kept: Chosen) -> Chosen:
        """Returns the candidates before `left` that are needed, as their counterparts are, if all others are left out.

        The candidates of an item are the bits of a number.
        """
        bits: dict[int, int] = {}
        for position in kept:
            bits[self.items[position]] = bits.get(self.items[position], 0) | self.bit(position)
        # An item that has candidates before `left` is not decided yet.
        decided = {item: bit for item, bit in bits.items() if self.starts[item] >= left}
        needed = {(self.alike[self.starts[item]], bit) for item, bit in decided.items()}
        found: list[int] = []
        for position in reversed(range(left)):
            item, bit = self.items[position], self.bit(position)
            alike, there = self.alike[position], bits.get(item, 0) | (2 * bit - 1)
            if alike is not None and (alike, there) in needed:
                bits[item] = bits.get(item, 0) | bit
                found.append(position)
        return tuple(reversed(found))

    def bit(self, position: int) -> int:
        return 1 << position - self.starts[self.items[position]]
