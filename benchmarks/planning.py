"""Prints the median time of a plan from a catalogue of 1,000 offerings; the limit is 0.2 seconds, imports not included.

    python benchmarks/planning.py

The generator is `catalogue`. Prices are whole dollars that end in 9, so that many sets have the same price and the ties
have to be broken.
"""

from __future__ import annotations

import random
import statistics
import sys
import time
from datetime import date, timedelta

import cecrules as cec

LIMIT = 0.2
SIZE = 1_000
CATALOGUES = 25
KINDS = (
    "association_course",
    "association_course",
    "association_course",
    "conference_session",
    "college_course",
    "real_estate_board_course",
    "housing_organization_program",
    "legislative_event",
    "association_service",
)


def catalogue(seed: int, size: int = SIZE) -> list[cec.Offering]:
    """Offerings of a year: a fifth on demand, a seventh on compliance, longer ones dearer on the whole."""
    chance = random.Random(seed)
    made: list[cec.Offering] = []
    for number in range(size):
        kind = cec.ActivityKind(chance.choice(KINDS))
        minutes = 60 if kind.is_occasion else chance.choice((30, 45, 60, 60, 90, 120, 180))
        made.append(
            cec.Offering(
                title=f"Offering {number % (size * 9 // 10)}",  # a tenth are offered twice
                kind=kind,
                price=100 * (max(10, minutes // 2 + chance.randrange(-20, 40)) // 10 * 10 - 1),
                day=None if chance.random() < 0.2 else date(2013, 1, 1) + timedelta(days=chance.randrange(365)),
                minutes=minutes,
                addresses_compliance=chance.random() < 1 / 7,
            )
        )
    return made


def submission(seed: int) -> cec.Submission:
    """A holder of CAM and NALP with one course out of network."""
    done = cec.Activity(
        title="Accounting",
        kind="college_course",
        earned_on="2013-03-12",
        minutes=30 * (seed % 4 + 1),
        documents=["transcript"],
    )
    return cec.Submission(renewal_year=2014, designations=["CAM", "NALP"], activities=[done])


def measured(catalogues: int = CATALOGUES) -> list[float]:
    """Returns the seconds of one plan for each catalogue; one before them is not measured."""
    seconds: list[float] = []
    for seed in range(-1, catalogues):
        offerings, made = catalogue(seed), submission(seed)
        begun = time.perf_counter()
        found = cec.plan(made, offerings)
        if seed >= 0:
            seconds.append(time.perf_counter() - begun)
        assert found.complete, seed
    return seconds


def main() -> int:
    """Prints the median, and returns 1 if it is above the limit."""
    seconds = measured()
    median = statistics.median(seconds)
    print(f"{SIZE:,} offerings: median {median:.3f} s, slowest {max(seconds):.3f} s, limit {LIMIT} s")
    return int(median > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
