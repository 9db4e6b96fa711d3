"""Prints the time of `readings` a holder, by the page of 2014; the limit is 2 milliseconds, at the median.

    python benchmarks/readings.py

The people are those of `people.py`. Before the clock is read, the answer of each is held to the assessment under the
sets of readings that it names. The rulebooks read otherwise are at hand then, as they are for an association that checks
many members.
"""

from __future__ import annotations

import statistics
import sys
import time

from people import people

import cecrules as cec

LIMIT = 2.0
PEOPLE = 200
MILLISECONDS = 1_000


def measured(count: int = PEOPLE) -> list[float]:
    """Returns the milliseconds of one answer for each person."""
    made = [cec.from_dict(person) for person in people(count, seed=15)]
    book = cec.NAAEI_2014
    for submission in made:
        found = cec.readings(submission)
        for turn in found.turns:
            read = book.read_as(*(reading.id for reading in turn.readings))
            assert cec.evaluate(submission, read).renewable is not found.renewable
    milliseconds: list[float] = []
    for submission in made:
        begun = time.perf_counter()
        cec.readings(submission)
        milliseconds.append((time.perf_counter() - begun) * MILLISECONDS)
    return milliseconds


def main() -> int:
    """Prints the median, and returns 1 if it is above the limit."""
    milliseconds = measured()
    median = statistics.median(milliseconds)
    print(f"{len(milliseconds)} people: median {median:.2f} ms, slowest {max(milliseconds):.2f} ms, limit {LIMIT} ms")
    return int(median > LIMIT)


if __name__ == "__main__":
    sys.exit(main())
