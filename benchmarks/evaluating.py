"""How much a rulebook costs: `evaluate` beside a straight-line function without one, in one run.

    python benchmarks/evaluating.py

First the two are held against each other on 10,000 random people; then both are timed in turn on a thousand others with
eight activities, each on values of its own, and the middle of the ratios is printed. Fails where it is above 2. The
ratio is that of the figures and the verdict; the reasons are worked out when they are read, and the second line shows
what that costs beside the straight-line function, which notes codes as it goes.
"""

from __future__ import annotations

import statistics
import sys
import time
from collections.abc import Callable, Sequence

from people import people
from straight_line import Answer, decide

import cecrules as cec

LIMIT, ROUNDS, SAMPLE = 2.0, 31, 1000


def main() -> int:
    """Checks, times and prints."""
    submissions = [cec.from_dict(person) for person in people(10_000)]
    assert [answer(cec.evaluate(submission)) for submission in submissions] == [decide(each) for each in submissions]
    print(f"{len(submissions):,} random people: the same answers, activity by activity")
    ours = [cec.from_dict(person) for person in people(SAMPLE, seed=1)]
    theirs = [cec.from_dict(person) for person in people(SAMPLE, seed=1)]
    bare = ratio(lambda: [cec.evaluate(each) for each in ours], lambda: [decide(each) for each in theirs])
    told = ratio(lambda: [cec.evaluate(each).decisions for each in ours], lambda: [decide(each) for each in theirs])
    print(f"evaluate / straight line: {bare:.2f} (limit {LIMIT})")
    print(f"with every reason read:   {told:.2f} (the straight line gives codes and minutes, no clauses and no values)")
    return int(bare > LIMIT)


def answer(assessment: cec.Assessment) -> Answer:
    """Returns what was decided in the form of the straight-line function."""
    short = assessment.shortfall
    return Answer(
        renewable=assessment.renewable,
        required=assessment.required.minutes,
        credited=assessment.credited.minutes,
        in_network=assessment.in_network.minutes,
        compliance=assessment.compliance.minutes,
        short_total=short.total.minutes,
        short_in_network=short.in_network.minutes,
        short_compliance=short.compliance.minutes,
        counted=[decision.credited.minutes for decision in assessment.decisions],
        reasons=[
            [(finding.code.value, finding.credits.minutes) for finding in decision.findings]
            for decision in assessment.decisions
        ],
    )


def ratio(ours: Callable[[], Sequence[object]], other: Callable[[], Sequence[object]]) -> float:
    """Returns the middle of the ratios of two timings taken in turn."""
    return statistics.median(timed(ours) / timed(other) for _ in range(ROUNDS))


def timed(work: Callable[[], object]) -> float:
    """Returns the seconds that one call takes."""
    begun = time.perf_counter()
    work()
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
