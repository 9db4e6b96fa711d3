"""A small world, complete: every submission of a few activities, of every sort, for every set of designations.

Of the sets that ask the same, each run takes two in turn; the long run takes every one with every submission.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from typing import Any, TypeAlias

import attrs
import pytest

import cecrules as cec
from builders import activity
from cecrules.rulebook.index import index_of
from cecrules.rulebook.provisions import Side
from proof import oracle

Window: TypeAlias = "tuple[oracle.date, oracle.date]"
Ways: TypeAlias = "frozenset[oracle.Use]"

# Half a credit is the finest figure of the shipped rulebooks, and a minute is half a credit here.
DATED = {"naaei-contact-hours": {"window": {"kind": "calendar_year", "years_before": 1}}}
# Two terms, the first days and last of both being days that count for one of them, for both and for the other.
STARTS = oracle.date(2013, 1, 1), oracle.date(2013, 7, 1)
TERM_DAYS = (STARTS[0], oracle.date(2014, 4, 1), oracle.date(2014, 10, 1))
A_DAY = (oracle.date(2013, 6, 1),)
# Half a credit, and half a credit under three: together at, under and over each cap and each half.
SHORT = (1, 5)
# And half a credit over three: over a cap all by itself.
LONG = (1, 5, 7)
# Rulebook, lengths of what is measured, and the most activities.
WORLDS = [
    ("naaei-2014", LONG, 4),
    ("naaei-2021", LONG, 3),
    ("naaei-2022", LONG, 3),
    ("naaei-contact-hours", LONG, 4),
    ("naaei-pace", LONG, 2),
]


@functools.cache
def book_of(name: str) -> cec.Rulebook:
    return cec.edition(name).evolve(credit={"minutes": 2}, **DATED.get(name, {}))


def windows_of(book: cec.Rulebook) -> tuple[Window, ...]:
    """The days that count: one window, or that of each of the two terms."""
    if not index_of(book).has_terms:
        return ((oracle.date(2013, 1, 1), oracle.date(2013, 12, 31)),)
    rule = book.window
    assert rule.last_day_inside
    return tuple((start, oracle.months_on(start, rule.months + rule.grace_months)) for start in STARTS)


def sorts(book: cec.Rulebook, lengths: tuple[int, ...]) -> list[cec.Activity]:
    """Activities of every sort that the rulebook treats differently; of refused ones the longest will do."""
    treated: dict[object, cec.ActivityKind] = {}
    for rule in book.kinds:
        if rule.side is not Side.UNKNOWN:
            cap = next((cap.name for cap in book.caps if rule.kind in cap.kinds), "")
            treated.setdefault((rule.side, rule.each, rule.once_per, cap), rule.kind)
    every = [
        attrs.evolve(did, earned_on=day)
        for treatment, kind in treated.items()
        for did in _sorts(kind, lengths if treatment[1] is None else ())
        for day in (TERM_DAYS if index_of(book).has_terms else A_DAY)
    ]
    windows = windows_of(book)
    return [
        did
        for did in every
        if oracle.worth(did, book) == max(lengths) or any(oracle.is_acceptable(did, *days, book) for days in windows)
    ]


def _sorts(kind: cec.ActivityKind, lengths: tuple[int, ...]) -> Iterator[cec.Activity]:
    sound = {"bought_through_association": True, "compensated": False}
    for about in (False, True):
        if lengths:
            yield from [activity(kind, minutes=length, addresses_compliance=about, **sound) for length in lengths]
        else:
            yield activity(kind, title="Board", addresses_compliance=about, **sound)
    if not lengths:
        yield activity(kind, title="Committee", **sound)


def worlds(
    book: cec.Rulebook, lengths: tuple[int, ...], most: int
) -> Iterator[tuple[tuple[cec.Activity, ...], tuple[Ways, ...]]]:
    """Every multiset of at most so many activities, with every way to use their minutes in each window."""
    known, windows = sorts(book, lengths), windows_of(book)

    def grown(
        start: int, chosen: tuple[cec.Activity, ...], ways: tuple[Ways, ...]
    ) -> Iterator[tuple[tuple[cec.Activity, ...], tuple[Ways, ...]]]:
        yield chosen, ways
        if len(chosen) < most:
            for index in range(start, len(known)):
                did = known[index]
                more = [
                    oracle.one_more(way, did, book) if oracle.is_acceptable(did, *days, book) else way
                    for way, days in zip(ways, windows, strict=True)
                ]
                yield from grown(index, (*chosen, did), tuple(more))

    return grown(0, (), (oracle.NOTHING,) * len(windows))


def all_held(book: cec.Rulebook) -> list[dict[str, Any]]:
    """Every set of designations of which the rulebook says what they owe; where they have terms, one for each."""
    known = [row.designation for row in book.designations if row.credits is not None]
    if index_of(book).has_terms:
        pairs = itertools.permutations(known, len(STARTS))
        return [{"designations": held, "term_starts": dict(zip(held, STARTS, strict=True))} for held in pairs]
    return [{"designations": held} for size in range(1, len(known) + 1) for held in itertools.combinations(known, size)]


def demands_of(held: dict[str, Any], book: cec.Rulebook) -> tuple[oracle.Demand, ...]:
    """What a set of designations asks, in each term."""
    codes = held["designations"]
    return tuple(
        oracle.demand(each, book) for each in ([(code,) for code in codes] if "term_starts" in held else [codes])
    )


def compared(name: str, lengths: tuple[int, ...], most: int, *, every_set: bool) -> int:
    """Decides every case of a world both ways, and returns how many they were."""
    book, cases = book_of(name), 0
    alike: dict[tuple[oracle.Demand, ...], list[dict[str, Any]]] = {}
    for one in all_held(book):
        alike.setdefault(demands_of(one, book), []).append(one)
    in_turn = [itertools.cycle(sets) for sets in alike.values()]
    for chosen, ways in worlds(book, lengths, most):
        expected = functools.cache(
            lambda place, owed, ways=ways: (*oracle.best(ways[place], owed), oracle.renews(ways[place], owed))
        )
        for (demands, sets), turn in zip(alike.items(), in_turn, strict=True):
            # The order must not matter: to every other set the activities are given backwards.
            for number, one in enumerate(sets if every_set else (next(turn), next(turn))):
                cases += 1
                made = cec.Submission(renewal_year=2014, activities=chosen[::-1] if number % 2 else chosen, **one)
                assessment = cec.evaluate(made, book)
                for place, (found, owed) in enumerate(zip(assessment.terms or (assessment,), demands, strict=True)):
                    assert found.required.minutes == owed.total
                    decided = found.credited.minutes, found.compliance.minutes, found.renewable
                    assert decided == expected(place, owed), (one, chosen)
    return cases


def told(world: tuple[str, tuple[int, ...], int], capsys: pytest.CaptureFixture[str], *, every_set: bool) -> None:
    name, lengths, most = world
    cases = compared(*world, every_set=every_set)
    with capsys.disabled():
        print(f"\n{name}: {cases:,} cases of at most {most} activities of {len(lengths)} lengths")
    assert cases > 500


@pytest.mark.proof
@pytest.mark.clause("required.multiple")
@pytest.mark.parametrize("world", WORLDS)
def test_every_case_of_a_small_world_is_decided_as_by_trying_everything(
    world: tuple[str, tuple[int, ...], int], capsys: pytest.CaptureFixture[str]
) -> None:
    told(world, capsys, every_set=False)


@pytest.mark.long
@pytest.mark.parametrize("world", WORLDS)
def test_so_is_every_one_for_every_set(
    world: tuple[str, tuple[int, ...], int], capsys: pytest.CaptureFixture[str]
) -> None:
    told(world, capsys, every_set=True)
