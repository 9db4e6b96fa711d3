"""Finds the smallest set of candidates that suffices."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Hashable, Sequence
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
) -> tuple[Chosen, bool]:
    """Returns a set of candidates that suffices, by their positions, and whether no smaller set does.

    More candidates never make a gap larger, and all of them together suffice. Among sets of the same size, the first in
    the order of the candidates is returned.

    Args:
        count: The number of candidates.
        gaps: Returns how much each measure still lacks with the candidates chosen.
        worth: Returns the most that a candidate can take off a gap.
        alike: Returns a value that a candidate shares with those it can be exchanged for; None if there are none.
    """
    if count <= MOST_CANDIDATES:
        return _Search(gaps, [*map(worth, range(count))], [*map(alike, range(count))]).smallest(), True
    return _irreducible(count, gaps), False


def _irreducible(count: int, gaps: Callable[[Chosen], Sequence[int]]) -> Chosen:
    """Returns a set that suffices and needs every member.

    The last candidate of the shortest start of the list that suffices is needed. So is the last one of the shortest
    start that suffices beside it, and so on.
    """
    kept: Chosen = ()
    left = count
    while max(gaps(kept)) > 0:
        suffices = partial(_suffices, gaps, kept)
        length = bisect_left(range(left + 1), True, key=suffices)
        if length > left:  # where terms take activities from one another, more can be worse
            return tuple(range(count))
        left = length - 1
        kept = (left, *kept)
    return kept


def _suffices(gaps: Callable[[Chosen], Sequence[int]], kept: Chosen, length: int) -> bool:
    return max(gaps((*range(length), *kept))) <= 0
