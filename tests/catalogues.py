"""Random catalogues of offerings, and the best plan found by trying every set of them."""

from __future__ import annotations

import itertools
import random
from collections.abc import Iterable
from datetime import date, timedelta
from typing import Any

import attrs

import cecrules as cec
from builders import ALL_DOCUMENTS, activity

PRICES = (0, 1000, 2500, 2500, 4900, 4900, 7500, 12500)
KINDS = (
    "association_course",
    "association_course",
    "conference_session",
    "college_course",
    "housing_service",
    "association_instruction",
    "legislative_event",
    "association_service",
    "grace_hill_course",
    "in_house_training",
)
TERMS = {"CAM": "2012-11-15", "CAS": "2013-04-01"}


def offering(chance: random.Random, first: date, days: int) -> cec.Offering:
    kind = cec.ActivityKind(chance.choice(KINDS))
    return cec.Offering(
        title=chance.choice(("Board", "Capitol", "Budgeting")),
        kind=kind,
        price=chance.choice(PRICES),
        day=None if chance.random() < 0.3 else first + timedelta(days=chance.randrange(days)),
        minutes=None if kind.is_occasion else chance.choice((30, 60, 60, 90, 120, 180)),
        addresses_compliance=chance.random() < 0.3,
        bought_through_association=True,
        compensated=chance.choice((False, False, None, True)),
    )


def catalogue(chance: random.Random, size: int) -> list[cec.Offering]:
    """Few days, prices and titles, so that ties and duplicates are common."""
    return [offering(chance, date(2013, 12, 1), chance.choice((3, 40))) for _ in range(size)]


def someone(chance: random.Random, book: cec.Rulebook) -> cec.Submission:
    done = [
        activity(
            chance.choice(KINDS),
            minutes=chance.choice((60, 90, 150)),
            title=chance.choice(("Board", "Capitol", "Budgeting")),
            earned_on=date(2013, 12, 1) + timedelta(days=chance.randrange(3)),
            addresses_compliance=chance.random() < 0.3,
            bought_through_association=True,
        )
        for _ in range(chance.randrange(4))
    ]
    if book.window.kind == "term":
        return cec.Submission(renewal_year=2014, designations=list(TERMS), activities=done, term_starts=TERMS)
    held = chance.choice((["NALP"], ["CAM"], ["NALP", "CAM"], ["CAS"]))
    return cec.Submission(renewal_year=2014, designations=held, activities=done)


def free_days(made: cec.Submission, offerings: list[cec.Offering], as_of: date) -> list[date]:
    """As many days as offerings, the first on which nothing else is, so that no event on demand is a duplicate."""
    taken = {one.day for one in offerings} | {done.earned_on for done in made.activities}
    days = (as_of + timedelta(days=more) for more in range(366))
    return list(itertools.islice((day for day in days if day not in taken), len(offerings)))


def carried_out(made: cec.Submission, offerings: Iterable[cec.Offering], days: Iterable[date]) -> cec.Submission:
    """The submission with offerings added; each of those on demand is on the next one of some days."""
    left = iter(days)
    more = [
        cec.Activity(
            title=one.title,
            kind=one.kind,
            earned_on=one.day or next(left),
            minutes=one.minutes,
            addresses_compliance=one.addresses_compliance,
            compensated=one.compensated,
            bought_through_association=one.bought_through_association,
            documents=ALL_DOCUMENTS,
        )
        for one in offerings
    ]
    return attrs.evolve(made, activities=[*made.activities, *more])


def rank(chosen: Iterable[tuple[int, cec.Offering]]) -> tuple[Any, ...]:
    """Which of two plans is better: the smaller."""
    pairs = list(chosen)
    days = sorted(one.day or date.max for _, one in pairs)
    return sum(one.price for _, one in pairs), len(pairs), days, sorted(place for place, _ in pairs)


def best(
    made: cec.Submission, offerings: list[cec.Offering], book: cec.Rulebook, as_of: date, days: list[date]
) -> tuple[Any, ...] | None:
    """The rank of the best plan, by trying every set."""
    usable = [(place, one) for place, one in enumerate(offerings) if one.day is None or one.day >= as_of]
    found: tuple[Any, ...] | None = None
    for size in range(len(usable) + 1):
        for chosen in itertools.combinations(usable, size):
            own = rank(chosen)
            if (found is None or own < found) and cec.figures(
                carried_out(made, [one for _, one in chosen], days), book
            ).renewable:
                found = own
    return found
