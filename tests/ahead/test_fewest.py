"""The smallest set of candidates that suffices."""

from __future__ import annotations

import itertools

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecrules.ahead import fewest as module
from cecrules.ahead.fewest import fewest


def of_sizes(sizes: list[int], goal: int, cap: int) -> tuple[tuple[int, ...], bool]:
    """The fewest of some sizes that reach a goal, where small ones have a cap together."""
    return fewest(len(sizes), lambda chosen: gaps(sizes, chosen, goal, cap), sizes.__getitem__, sizes.__getitem__)


def gaps(sizes: list[int], chosen: tuple[int, ...], goal: int, cap: int) -> tuple[int, int]:
    small = sum(sizes[place] for place in chosen if sizes[place] < 3)
    large = sum(sizes[place] for place in chosen if sizes[place] >= 3)
    return max(goal - min(small, cap) - large, 0), max(goal // 2 - large, 0)


@st.composite
def cases(draw: st.DrawFn, most: int = 8) -> tuple[list[int], int, int]:
    sizes, cap = draw(st.lists(st.integers(1, 5), max_size=most)), draw(st.integers(0, 6))
    reached = [goal for goal in range(30) if max(gaps(sizes, tuple(range(len(sizes))), goal, cap)) == 0]
    return sizes, draw(st.sampled_from(reached)), cap


@given(cases())
def test_no_smaller_set_suffices_and_no_other_comes_before_it(case: tuple[list[int], int, int]) -> None:
    sizes, goal, cap = case
    found, are_fewest = of_sizes(sizes, goal, cap)
    sets = (chosen for size in range(len(sizes) + 1) for chosen in itertools.combinations(range(len(sizes)), size))
    assert found == next(chosen for chosen in sets if max(gaps(sizes, chosen, goal, cap)) == 0)
    assert are_fewest


@given(cases(most=40))
def test_of_many_none_can_be_left_out(case: tuple[list[int], int, int]) -> None:
    sizes, goal, cap = case
    found, are_fewest = of_sizes(sizes, goal, cap)
    assert are_fewest is (len(sizes) <= module.MOST_CANDIDATES)
    assert max(gaps(sizes, found, goal, cap)) == 0
    for left_out in found:
        assert max(gaps(sizes, tuple(place for place in found if place != left_out), goal, cap)) > 0


@pytest.mark.parametrize("count", [3, 30])
def test_where_more_can_be_worse_all_of_them_are_needed(count: int) -> None:
    """As where terms take activities from one another."""
    every = tuple(range(count))
    assert fewest(count, lambda chosen: (len(chosen) % 7 or 1,), lambda _: 1, lambda _: None)[0] == every


def test_a_thousand_candidates_take_few_tries() -> None:
    tries = itertools.count()
    sizes = [1] * 1000
    fewest(1000, lambda chosen: (next(tries) * 0 + max(6 - len(chosen), 0),), sizes.__getitem__, sizes.__getitem__)
    assert next(tries) < 100


def test_candidates_that_are_alike_are_not_tried_twice() -> None:
    """Ten under a cap of three and ten of half the size: nine are needed, and there are 167,960 sets of nine."""
    tries = itertools.count()
    sizes = [2] * 10 + [1] * 10

    def left(chosen: tuple[int, ...]) -> tuple[int]:
        next(tries)
        large = sum(sizes[place] for place in chosen if sizes[place] == 2)
        return (max(12 - min(large, 6) - sum(sizes[place] for place in chosen if sizes[place] == 1), 0),)

    found, _ = fewest(20, left, sizes.__getitem__, sizes.__getitem__)
    assert len(found) == 9
    assert next(tries) < 1_000


class TestItemsOfSeveralCandidates:
    """An item counts with its paper, and also for a second measure with its word; some have one of them already."""

    PAPER, WORD = "paper", "word"

    def of_items(
        self, items: list[tuple[int, tuple[str, ...]]], goals: tuple[int, int], cap: int
    ) -> tuple[tuple[int, ...], tuple[int, ...], int]:
        """The set found, the set that is left if candidates are left out one by one, and the number of tries."""
        candidates = [(number, part) for number, (_, parts) in enumerate(items) for part in parts]
        tries = itertools.count()

        def left(chosen: tuple[int, ...]) -> tuple[int, int]:
            next(tries)
            assert list(chosen) == sorted(set(chosen))
            there = {candidates[place] for place in chosen}
            sums = [0, 0]
            small = 0
            for number, (size, parts) in enumerate(items):
                lacks = [part for part in parts if (number, part) not in there]
                if self.PAPER not in lacks:
                    small += size if size == 1 else 0
                    sums[0] += size if size > 1 else 0
                    sums[1] += size if not lacks else 0
            return max(goals[0] - sums[0] - min(small, cap), 0), max(goals[1] - sums[1], 0)

        found, are_fewest = fewest(
            len(candidates),
            left,
            lambda place: items[candidates[place][0]][0],
            lambda place: items[candidates[place][0]],
            lambda place: candidates[place][0],
        )
        assert not are_fewest
        count, slow = next(tries), tuple(range(len(candidates)))
        for place in reversed(range(len(candidates))):
            without = tuple(other for other in slow if other != place)
            slow = without if max(left(without)) <= 0 else slow
        return found, slow, count

    @given(
        st.lists(
            st.tuples(st.integers(1, 3), st.sampled_from([(PAPER, WORD), (PAPER,), (WORD,)])), min_size=21, max_size=30
        ),
        st.floats(0, 1),
        st.floats(0, 1),
        st.integers(0, 20),
    )
    def test_what_is_left_is_what_leaving_out_one_by_one_leaves(
        self, items: list[tuple[int, tuple[str, ...]]], total: float, second: float, cap: int
    ) -> None:
        small, most = sum(size for size, _ in items if size == 1), sum(size for size, _ in items)
        goals = int((most - small + min(small, cap)) * total), int(most * second)
        found, slow, _ = self.of_items(items, goals, cap)
        assert found == slow

    def test_tries_do_not_grow_with_the_number_of_items_or_with_the_number_that_is_needed(self) -> None:
        for count in (100, 300):
            found, slow, tries = self.of_items([(1, (self.PAPER, self.WORD))] * count, (count // 2, count // 3), count)
            assert found == slow
            assert len(found) == count // 2 + count // 3
            assert tries < 60

    def test_items_that_cannot_be_exchanged_are_tried_one_by_one(self) -> None:
        found, are_fewest = fewest(30, lambda chosen: (5 - len(chosen),), lambda _: 1, lambda _: None)
        assert (found, are_fewest) == ((0, 1, 2, 3, 4), False)
