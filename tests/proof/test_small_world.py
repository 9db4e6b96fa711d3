"""A small world, complete: every submission of a few activities, of every sort, for every set of designations."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator

import pytest

import cecrules as cec
from builders import activity
from cecrules.provisions import Side
from proof import oracle

# Half a credit is the finest figure of the shipped rulebooks, and a minute is half a credit here.
DATED = {"naaei-contact-hours": {"window": {"kind": "calendar_year", "years_before": 1}}}
A_YEAR = oracle.date(2013, 1, 1), oracle.date(2013, 12, 31)
# Half a credit, and half a credit under three: together at, under and over each cap and each half.
SHORT = (1, 5)
# And half a credit over three: over a cap all by itself.
LONG = (1, 5, 7)
# Rulebook, lengths of what is measured, and the most activities; what takes longer is not for every run.
WORLDS = [
    ("naaei-2014", SHORT, 4),
    ("naaei-2014", LONG, 3),
    ("naaei-2021", LONG, 2),
    ("naaei-2021", SHORT, 3),
    ("naaei-2022", LONG, 2),
    ("naaei-2022", SHORT, 3),
    ("naaei-contact-hours", LONG, 3),
]
WIDER_WORLDS = [
    ("naaei-2014", LONG, 4),
    ("naaei-2021", LONG, 3),
    ("naaei-2022", LONG, 3),
    ("naaei-contact-hours", LONG, 4),
]


@functools.cache
def book_of(name: str) -> cec.Rulebook:
    return cec.edition(name).evolve(credit={"minutes": 2}, **DATED.get(name, {}))


def sorts(book: cec.Rulebook, lengths: tuple[int, ...]) -> list[cec.Activity]:
    """Activities of every sort that the rulebook treats differently; of refused ones the longest will do."""
    treated: dict[object, cec.ActivityKind] = {}
    for rule in book.kinds:
        if rule.side is not Side.UNKNOWN:
            cap = next((cap.name for cap in book.caps if rule.kind in cap.kinds), "")
            treated.setdefault((rule.side, rule.each, rule.once_per, cap), rule.kind)
    every = [
        did for treatment, kind in treated.items() for did in _sorts(kind, lengths if treatment[1] is None else ())
    ]
    return [did for did in every if oracle.worth(did, book) == max(lengths) or _counts(did, book)]


def _counts(did: cec.Activity, book: cec.Rulebook) -> bool:
    return oracle.is_acceptable(did, *A_YEAR, book)


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
) -> Iterator[tuple[tuple[cec.Activity, ...], frozenset[oracle.Use]]]:
    """Every multiset of at most so many activities, with every way to use their minutes."""
    known = sorts(book, lengths)

    def grown(
        start: int, chosen: tuple[cec.Activity, ...], ways: frozenset[oracle.Use]
    ) -> Iterator[tuple[tuple[cec.Activity, ...], frozenset[oracle.Use]]]:
        yield chosen, ways
        if len(chosen) < most:
            for index in range(start, len(known)):
                did = known[index]
                yield from grown(
                    index, (*chosen, did), oracle.one_more(ways, did, book) if _counts(did, book) else ways
                )

    return grown(0, (), oracle.NOTHING)


def all_held(book: cec.Rulebook) -> list[tuple[cec.Designation, ...]]:
    """Every set of designations of which the rulebook says what they owe."""
    known = [row.designation for row in book.designations if row.credits is not None]
    return [held for size in range(1, len(known) + 1) for held in itertools.combinations(known, size)]


def compared(name: str, lengths: tuple[int, ...], most: int) -> int:
    """Decides every case of a world both ways, and returns how many they were."""
    book, cases = book_of(name), 0
    owed_by = {held: oracle.demand(held, book) for held in all_held(book)}
    for chosen, ways in worlds(book, lengths, most):
        expected = functools.cache(lambda owed, ways=ways: (*oracle.best(ways, owed), oracle.renews(ways, owed)))
        # The order must not matter: every other case is reported backwards.
        for held, owed in owed_by.items():
            cases += 1
            made = cec.Submission(
                renewal_year=2014, designations=held, activities=chosen if cases % 2 else chosen[::-1]
            )
            found = cec.evaluate(made, book)
            assert found.required.minutes == owed.total
            decided = found.credited.minutes, found.compliance.minutes, found.renewable
            assert decided == expected(owed), (held, chosen)
    return cases


def told(name: str, lengths: tuple[int, ...], most: int, capsys: pytest.CaptureFixture[str]) -> None:
    cases = compared(name, lengths, most)
    with capsys.disabled():
        print(f"\n{name}: {cases:,} cases of at most {most} activities of {len(lengths)} lengths")
    assert cases > 1000


@pytest.mark.wide
@pytest.mark.clause("required.multiple")
@pytest.mark.parametrize(("name", "lengths", "most"), WORLDS)
def test_every_case_of_a_small_world_is_decided_as_by_trying_everything(
    name: str, lengths: tuple[int, ...], most: int, capsys: pytest.CaptureFixture[str]
) -> None:
    told(name, lengths, most, capsys)


@pytest.mark.long
@pytest.mark.parametrize(("name", "lengths", "most"), WIDER_WORLDS)
def test_so_is_every_case_of_a_wider_one(
    name: str, lengths: tuple[int, ...], most: int, capsys: pytest.CaptureFixture[str]
) -> None:
    told(name, lengths, most, capsys)
