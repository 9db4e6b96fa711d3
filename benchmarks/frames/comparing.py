"""Compares two rulebooks on 20,000 members by 16 mixtures: `python -m benchmarks.frames.comparing [MEMBERS]`.

Fails above five seconds on Polars, the median of five. The verdicts are checked first, against `evaluate_frame`.
"""

from __future__ import annotations

import statistics
import sys
import time

import cecrules as cec
from cecrules.frames import compare_frame, evaluate_frame

from . import generate

LIMIT = 5.0
ROUNDS = 5
AFTER = cec.NAAEI_2014.evolve(
    id="what-if",
    designations={"CAM": {"credits": 5}},
    in_network={"share": "2/3"},
    compliance={"credits": 2},
    caps={"association_service": {"credits": 1}},
)


def main(members: int) -> float:
    """Prints how many verdicts change and the seconds that takes, and returns the seconds."""
    both = generate.activities(members), generate.designations(members)
    changed = compare_frame(*both, cec.NAAEI_2014, AFTER, renewal_year=2014)
    by_each = [
        evaluate_frame(*both, renewal_year=2014, rulebook=book).select("member", "renewable")
        for book in (cec.NAAEI_2014, AFTER)
    ]
    joined = by_each[0].join(by_each[1], on="member", suffix="_after")
    expected = joined.filter(joined["renewable"] != joined["renewable_after"])
    assert sorted(changed.select("member", "before", "after").rows()) == sorted(expected.rows())
    seconds: list[float] = []
    for _ in range(ROUNDS):
        begun = time.perf_counter()
        compare_frame(*both, cec.NAAEI_2014, AFTER, renewal_year=2014)
        seconds.append(time.perf_counter() - begun)
    median = statistics.median(seconds)
    print(f"{members:,} members, {len(cec.mixtures(cec.NAAEI_2014, AFTER))} mixtures: {len(changed):,} change")
    print(f"{median:.2f} seconds, at most {LIMIT:.0f} allowed for 20,000 members")
    return median


if __name__ == "__main__":
    asked = int(sys.argv[1]) if sys.argv[1:] else 20_000
    if main(asked) > LIMIT * max(1, asked / 20_000):
        sys.exit("above the limit")
