"""How much it costs to go from JSON to a verdict with every reason, and back to JSON, beside `json.loads` of the text.

    python benchmarks/text_to_text.py

A thousand realistic holders with eight activities each. Every step is timed in turn with `json.loads` of the same texts,
and the middle of the ratios is printed; for writing, with `json.dumps` of what is written. Fails above a limit.
"""

from __future__ import annotations

import gc
import json
import statistics
import sys
import time
from collections.abc import Callable, Sequence
from typing import Any

from people import realistic

import cecrules as cec

ROUNDS, SAMPLE = 21, 1000

# What is called, and for which inputs.
Step = tuple[Callable[[Any], object], Sequence[object]]


def main() -> int:
    """Checks, times and prints."""
    texts = [json.dumps(person) for person in realistic(SAMPLE)]
    dicts = [json.loads(text) for text in texts]
    submissions = [cec.from_dict(each) for each in dicts]
    assessments = [cec.evaluate(each) for each in submissions]
    written = [cec.to_dict(each) for each in assessments]
    assert [cec.from_dict(each, cec.Assessment) for each in written] == assessments

    # What was made above is not what is measured: the collector need not look through it again and again.
    gc.collect()
    gc.freeze()
    steps: dict[str, tuple[Step, Step, float]] = {
        "from_dict / json.loads": ((cec.from_dict, dicts), (json.loads, texts), 1.7),
        "figures / json.loads": ((cec.figures, submissions), (json.loads, texts), 1.0),
        "evaluate / json.loads": ((cec.evaluate, submissions), (json.loads, texts), 2.2),
        "to_dict / json.dumps of it": ((cec.to_dict, assessments), (json.dumps, written), 1.0),
        "dumps(evaluate(loads(text))) / json.loads": ((_whole_way, texts), (json.loads, texts), 13.0),
    }
    failed = 0
    for name, (ours, other, limit) in steps.items():
        found = ratio(ours, other)
        failed += found > limit
        print(f"{name:<42} {found:6.2f} (limit {limit})")
    least = min(timed(json.loads, texts) for _ in range(9))
    print(f"json.loads: {least / SAMPLE * 1e6:.1f} microseconds a person")
    return int(failed > 0)


def _whole_way(text: str) -> str:
    return cec.dumps(cec.evaluate(cec.loads(text)))


def ratio(ours: Step, other: Step) -> float:
    """Returns the middle of the ratios of two timings taken in turn."""
    return statistics.median(timed(*ours) / timed(*other) for _ in range(ROUNDS))


def timed(work: Callable[[Any], object], inputs: Sequence[object]) -> float:
    """Returns the seconds that a step takes for all inputs, one after the other, each result let go."""
    begun = time.perf_counter()
    for each in inputs:
        work(each)
    return time.perf_counter() - begun


if __name__ == "__main__":
    sys.exit(main())
