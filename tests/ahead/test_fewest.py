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
