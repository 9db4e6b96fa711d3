"""How cost grows with the number of activities, and with the number of keys in a JSON object.

    python benchmarks/growing.py

Each step is timed for ten times more activities each time. What is printed is how many times longer one activity takes
among 100,000 than among 1,000, and one key among 40,000 than among 4,000. Growth with the square would give 100 and 10;
linear growth gives 1, and somewhat more where the values no longer fit into the processor's caches. Answers ahead of
the deadline are timed for activities of a minute that lack a document and a statement, among 400 and among 4,000.
Fails above 3.
"""

from __future__ import annotations

import gc
import json
import sys
import time
from collections.abc import Callable
from typing import Any

from people import realistic

import cecrules as cec

SIZES, LIMIT, ROUNDS = (10, 100, 1_000, 10_000, 100_000), 3.0, 5
KEYS = (4_000, 40_000)
UNSAID = (400, 4_000)


def main() -> int:
    """Times and prints."""
    texts = [json.dumps(realistic(1, activities=size)[0]) for size in SIZES]
    submissions = [cec.loads(text) for text in texts]
    assessments = [cec.evaluate(submission) for submission in submissions]
    gc.collect()
    gc.freeze()
    steps: dict[str, tuple[Callable[[Any], object], list[Any]]] = {
        "loads": (cec.loads, texts),
        "figures": (cec.figures, submissions),
        "evaluate": (cec.evaluate, submissions),
        "dumps": (cec.dumps, assessments),
        "explain": (cec.explain, assessments),
        "to_html": (cec.to_html, assessments),
    }
    print("microseconds an activity, of " + ", ".join(f"{size:,}" for size in SIZES))
    failed = 0
    for name, (work, inputs) in steps.items():
        each = [timed(work, given) / size * 1e6 for given, size in zip(inputs, SIZES, strict=True)]
        growth = each[-1] / each[2]
        failed += growth > LIMIT
        print(f"{name:9}" + "".join(f"{cost:8.2f}" for cost in each) + f"   growth {growth:.2f} (limit {LIMIT})")
    few, many = (timed(_refused, _repeating(keys)) / keys for keys in KEYS)
    failed += many / few > LIMIT
    print(f"a repeated key, among {KEYS[0]:,} and {KEYS[1]:,} keys: growth {many / few:.2f} (limit {LIMIT})")
    for name, answer in {"outlook": _outlook, "worth": cec.worth}.items():
        few, many = (timed(answer, _unsaid(size)) / size * 1e6 for size in UNSAID)
        failed += many / few > LIMIT
        print(f"{name}, among {UNSAID[0]:,} and {UNSAID[1]:,} activities: {few:.2f} and {many:.2f}", end="   ")
        print(f"growth {many / few:.2f} (limit {LIMIT})")
    return int(failed > 0)


def _outlook(submission: cec.Submission) -> cec.Outlook:
    return cec.outlook(submission, "2013-12-01")


def _unsaid(size: int) -> cec.Submission:
    """Returns a submission of short courses, none of which has a document or says whether it is on compliance."""
    courses = [
        cec.Activity(
            title=f"Course {number}",
            kind="college_course",
            earned_on="2013-05-01",
            minutes=1,
            addresses_compliance=None,
        )
        for number in range(size)
    ]
    return cec.Submission(renewal_year=2014, designations=["CAM"], activities=courses)


def _repeating(keys: int) -> str:
    return "{" + ", ".join(f'"key {number}": 0' for number in range(keys)) + ', "key 0": 1}'


def _refused(text: str) -> None:
    try:
        cec.loads(text)
    except cec.CecRulesError:
        return
    raise AssertionError


def timed(work: Callable[[Any], object], given: object) -> float:
    """Returns the least seconds of a few rounds; the shorter the work, the more often it is done in each."""
    least = float("inf")
    for _ in range(ROUNDS):
        times, begun = 0, time.perf_counter()
        while not times or time.perf_counter() - begun < 0.02:  # noqa: PLR2004
            work(given)
            times += 1
        least = min(least, (time.perf_counter() - begun) / times)
    return least


if __name__ == "__main__":
    sys.exit(main())
