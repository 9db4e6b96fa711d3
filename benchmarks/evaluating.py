"""How much a rulebook costs: `figures` and `evaluate` beside a straight-line function without one, in one run.

    python benchmarks/evaluating.py

First all are held against each other on 10,000 random people; then they are timed in turn on a thousand others with
eight activities, each on values of its own, and the middle of the ratios is printed. Fails where that of the figures
and the verdict is above 2. The second line is that of the whole assessment with every reason, beside the same
straight-line function, which notes codes as it goes.
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
    assessments = [cec.evaluate(submission) for submission in submissions]
    assert [answer(assessment) for assessment in assessments] == [decide(each) for each in submissions]
    sums = [cec.figures(submission) for submission in submissions]
    assert [(each.credited, each.shortfall) for each in sums] == [
        (each.credited, each.shortfall) for each in assessments
    ]
    print(f"{len(submissions):,} random people: the same answers, activity by activity")
    ours = [cec.from_dict(person) for person in people(SAMPLE, seed=1)]
    theirs = [cec.from_dict(person) for person in people(SAMPLE, seed=1)]
    bare = ratio(lambda: [cec.figures(each) for each in ours], lambda: [decide(each) for each in theirs])
    told = ratio(lambda: [cec.evaluate(each) for each in ours], lambda: [decide(each) for each in theirs])
    print(f"figures / straight line:  {bare:.2f} (limit {LIMIT})")
    print(f"evaluate / straight line: {told:.2f} (the straight line gives codes and minutes, no clauses and no values)")
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
