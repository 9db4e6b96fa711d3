"""Outlooks are those of trying every way to complete a submission, in a small world."""

from __future__ import annotations

import functools
import itertools
import random
from datetime import date, timedelta
from fractions import Fraction

import attrs
import pytest

import cecrules as cec
from builders import ALL_DOCUMENTS
from proof import completions, oracle
from proof.test_small_world import STARTS, all_held, book_of, sorts, windows_of

# A world without courses that are measured in hours: only occasions, and hours up to a cap.
OCCASIONS = book_of("naaei-2014").evolve(
    id="occasions",
    kinds={
        name: {"side": "not_accepted", "evidence": ""}
        for name in ("conference_session", "association_course", "grace_hill_course", "college_course")
    },
)
# A world in which an hour is worth less than an occasion that takes as long.
LONG_CREDITS = cec.NAAEI_2014.evolve(
    id="long",
    credit={"minutes": 120},
    caps={"association_service": {"credits": Fraction(1, 40)}, "association_instruction": {"credits": Fraction(1, 40)}},
    compliance={"credits": Fraction(1, 60)},
    kinds={
        "association_service": {"each": Fraction(1, 60)},
        "legislative_event": {"each": Fraction(1, 40)},
    },
    designations={name: {"credits": Fraction(1, 20)} for name in ("CAM", "NALP", "CAPS", "CAS", "AIME")},
)
BOOKS = {
    "naaei-2014": book_of("naaei-2014"),
    "naaei-2022": book_of("naaei-2022"),
    "naaei-pace": book_of("naaei-pace"),
    "occasions": OCCASIONS,
    "long": LONG_CREDITS,
}
MINUTES_A_DAY = (1, 2, 3, 60, 90)


@functools.cache
def known(name: str) -> list[cec.Activity]:
    return sorts(BOOKS[name], (1, 5, 9))


def someone(name: str, chance: random.Random) -> cec.Submission:
    """A submission in which documents and statements are missing here and there."""
    book = BOOKS[name]
    days = windows_of(book)
    chosen: list[cec.Activity] = []
    tidy = chance.choice((0.6, 0.9))
    for did in chance.choices(known(name), k=chance.randint(0, 4)):
        window = chance.choice(days)
        values: dict[str, object] = {
            "earned_on": window[1] - timedelta(days=chance.choice((-1, 0, 1, 2, 3, 5, 90))),
            "documents": did.documents if chance.random() < tidy else (),
        }
        for field in completions.FLAGS:
            if chance.random() > tidy:
                values[field] = None
        chosen.append(attrs.evolve(did, **values))
    held = chance.choice(all_held(book))
    return cec.Submission(renewal_year=2014, activities=chosen, **held)


@functools.lru_cache(maxsize=4096)
def decided(
    activities: tuple[cec.Activity, ...], days: tuple[date, date], owed: oracle.Demand, name: str
) -> tuple[bool, bool, int | None]:
    """Whether every completion of the statements renews, whether some of the papers does, and the time needed."""
    book = BOOKS[name]
    lacks = completions.lacks(activities, book)
    statements = [lack for lack in lacks if lack.field != "documents"]
    met = all(renewed(done, days, owed, book) for done in counting(activities, statements, days, book))
    every = counting(activities, lacks, days, book)
    if any(renewed(done, days, owed, book) for done in every):
        return met, True, 0
    times = [completions.least_time(done, days, owed, book) for done in every]
    return met, False, min((time for time in times if time is not None), default=None)


def counting(
    activities: tuple[cec.Activity, ...], lacks: list[completions.Lack], days: tuple[date, date], book: cec.Rulebook
) -> set[tuple[cec.Activity, ...]]:
    """The activities that count in each completion; of completions with the same ones, one will do."""
    plain = {"documents": ALL_DOCUMENTS, "compensated": False, "bought_through_association": True}
    return {
        tuple(attrs.evolve(did, **plain) for did in done if oracle.is_acceptable(did, *days, book))
        for done in completions.completions(activities, lacks)
    }


@functools.lru_cache(maxsize=1 << 16)
def renewed(done: tuple[cec.Activity, ...], days: tuple[date, date], owed: oracle.Demand, book: cec.Rulebook) -> bool:
    return oracle.renews(oracle.ways(done, *days, book), owed)


def fewest(
    activities: tuple[cec.Activity, ...], days: tuple[date, date], owed: oracle.Demand, book: cec.Rulebook
) -> tuple[completions.Lack, ...]:
    """The first of the smallest sets of documents and statements that suffice, all others turning out badly."""
    lacks = completions.lacks(activities, book)
    for size in range(len(lacks) + 1):
        for chosen in itertools.combinations(lacks, size):
            values = [(lack, lack.values[-1 if lack in chosen else 0]) for lack in lacks]
            done = completions.completed(activities, values)
            if renewed(tuple(did for did in done if oracle.is_acceptable(did, *days, book)), days, owed, book):
                return chosen
    raise AssertionError(activities)


def compared(name: str, pairs: int, seed: int) -> dict[str, int]:
    """Compares random pairs of a submission and a day, and returns how many had each state."""
    chance, book, states = random.Random(seed), BOOKS[name], dict.fromkeys(cec.OutlookState, 0)
    done = 0
    while done < pairs:
        made = someone(name, chance)
        for _ in range(20):
            last = chance.choice(windows_of(book))[1]
            day = last + timedelta(days=chance.choice((-400, -90, -12, -6, -5, -4, -3, -2, -1, 0, 1)))
            minutes_a_day = chance.choice(MINUTES_A_DAY)
            found = cec.outlook(made, day, book, hours_a_day=Fraction(minutes_a_day, 60))
            for each in found.terms or (found,):
                check(each, made, day, minutes_a_day, name)
                states[each.state] += 1
                done += 1
    return states


def check(each: cec.Outlook, made: cec.Submission, day: date, minutes_a_day: int, name: str) -> None:
    book = BOOKS[name]
    owed = oracle.demand(each.designations, book)
    days = each.window.first, each.window.last
    if book.window.kind == "term":
        assert days in windows_of(book)
    activities = tuple(
        attrs.evolve(did, documents=tuple(cec.DocumentKind)) if did.earned_on > day else did for did in made.activities
    )
    met, evidence, time = decided(activities, days, owed, name)
    left = completions.minutes_left(activities, days, day, minutes_a_day, book)
    minutes = sum(free for _, free in left)
    case = (each, made, day, minutes_a_day)
    assert (each.days_left, each.minutes_left) == (len(left), minutes), case
    if met or evidence:
        assert each.state is (cec.OutlookState.MET if met else cec.OutlookState.EVIDENCE), case
        if not met:
            lacks = fewest(activities, days, owed, book)
            needs = [(need.activity, need.statement or "documents") for need in each.needs]
            assert needs == [(lack.activity, lack.field) for lack in lacks], case
            assert each.needs_are_fewest
    elif time is not None and time <= minutes:
        assert each.state is cec.OutlookState.OPEN, case
        assert each.minutes_needed == time, case
        start = max(start for start, _ in left if sum(free for now, free in left if now >= start) >= time)
        assert each.last_start == start, case
    else:
        assert each.state is cec.OutlookState.CLOSED, case
        limit = "caps" if time is None else "hours" if left else "window"
        assert each.limit == limit, case


@pytest.mark.parametrize("name", BOOKS)
def test_outlooks_are_those_of_trying_everything(name: str) -> None:
    assert STARTS
    states = compared(name, 60, seed=1)
    assert sum(states.values()) >= 60


MANY = [pytest.param(4_000, marks=pytest.mark.wide), pytest.param(20_000, marks=pytest.mark.long)]


@pytest.mark.parametrize("count", MANY)
@pytest.mark.parametrize("name", BOOKS)
def test_so_are_those_of_many_more(name: str, count: int, capsys: pytest.CaptureFixture[str]) -> None:
    states = compared(name, count, seed=2)
    with capsys.disabled():
        print(f"\n{name}: {dict(states)}")
    assert sum(map(bool, states.values())) >= 3  # by naaei-pace, few pairs need evidence alone
