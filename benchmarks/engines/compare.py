"""What a user would pick instead, on the same rules: microseconds a person of each, and how many times `evaluate`'s.

    python benchmarks/engines/compare.py

The figures of each are first held against `evaluate` on 2,000 random people. Then all are timed in turn, in rounds:
those that decide one person at a time on 200 people with eight activities, those that decide everybody at once on all
2,000. Each is timed twice: on what it is handed ready (values for `evaluate`, prepared dicts, arrays or frames for
the others), and from the JSON form, with the making of it. The least of the rounds is printed: whatever else the
machine does only ever adds to it. Fails where a figure differs.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import in_cel
import in_datalogic
import in_openfisca
import in_pandas
import in_rule_engine
import in_zen
from facts import Figures, facts
from people import people

import cecrules as cec

PEOPLE, SAMPLE, ROUNDS = 2_000, 200, 11
BASE, READ = "evaluate", "evaluate, every reason read"
# Each with how many people it is timed on: those that decide everybody at once are given more.
ENGINES: dict[str, tuple[ModuleType, int]] = {
    f"{name} {version(name)}": (engine, count)
    for name, engine, count in [
        ("datalogic-py", in_datalogic, SAMPLE),
        ("zen-engine", in_zen, SAMPLE),
        ("common-expression-language", in_cel, SAMPLE),
        ("rule-engine", in_rule_engine, SAMPLE),
        ("openfisca-core", in_openfisca, PEOPLE),
        ("pandas", in_pandas, PEOPLE),
    ]
}
Person = dict[str, Any]
# How many people, and what is done for all of them.
Work = tuple[int, Callable[[], object]]


def main() -> int:
    """Checks, times and prints."""
    plain = people(PEOPLE)
    submissions = [cec.from_dict(person) for person in plain]
    handed = [facts(person) for person in plain]
    expected = [figures(cec.evaluate(each)) for each in submissions]
    wrong = False
    for name, (engine, _) in ENGINES.items():
        found = [tuple(map(int, each)) for each in engine.decide(engine.prepare(handed))]
        differing = [i for i in range(PEOPLE) if found[i] != tuple(map(int, expected[i]))]
        wrong |= bool(differing)
        if differing:
            i = differing[0]
            print(f"{name}: {len(differing)} of {PEOPLE} differ; the first, {i}: {found[i]}, not {expected[i]}")
    if wrong:
        return 1
    renewable = sum(each[0] for each in expected)
    print(f"{PEOPLE:,} random people, {renewable:,} of them renewable: the same figures from every engine\n")

    print(f"{'microseconds a person, and times evaluate':44}{'handed ready':>20}{'from the JSON form':>22}")
    ready, whole = timed(ready_made(submissions, handed)), timed(from_json(plain))
    for name in whole:
        cells = [shown(name, taken) for taken in (ready, whole)]
        print(f"{name:44}{cells[0]:>20}{cells[1]:>22}")
    return 0


def ready_made(submissions: list[cec.Submission], handed: list[Person]) -> dict[str, Work]:
    """Returns the work of each on what it is handed ready."""
    sample = submissions[:SAMPLE]
    work: dict[str, Work] = {
        BASE: (SAMPLE, lambda: [cec.evaluate(each) for each in sample]),
        READ: (SAMPLE, lambda: [cec.evaluate(each).decisions for each in sample]),
    }
    for name, (engine, count) in ENGINES.items():
        prepared = engine.prepare(handed[:count])
        work[name] = (count, lambda engine=engine, prepared=prepared: engine.decide(prepared))
    return work


def from_json(plain: list[Person]) -> dict[str, Work]:
    """Returns the work of each from the JSON form on."""
    sample = plain[:SAMPLE]
    work: dict[str, Work] = {
        BASE: (SAMPLE, lambda: [cec.evaluate(cec.from_dict(each)) for each in sample]),
        READ: (SAMPLE, lambda: [cec.evaluate(cec.from_dict(each)).decisions for each in sample]),
        "evaluate, and to_dict of the whole": (
            SAMPLE,
            lambda: [cec.to_dict(cec.evaluate(cec.from_dict(each))) for each in sample],
        ),
    }
    for name, (engine, count) in ENGINES.items():
        part = plain[:count]
        work[name] = (
            count,
            lambda engine=engine, part=part: engine.decide(engine.prepare([facts(each) for each in part])),
        )
    return work


def shown(name: str, taken: dict[str, list[float]]) -> str:
    """Returns the least of the rounds, and how many times that of `evaluate` in the same column it is."""
    if name not in taken:
        return "-"
    least = min(taken[name])
    return f"{least:.1f} {least / min(taken[BASE]):7.2f}x"


def figures(assessment: cec.Assessment) -> Figures:
    """Returns the figures of an assessment as the engines give them."""
    amounts = (assessment.required, assessment.credited, assessment.in_network, assessment.compliance)
    return (assessment.renewable, *[amount.minutes for amount in amounts])


def timed(work: dict[str, Work]) -> dict[str, list[float]]:
    """Returns the microseconds a person of each round, all the work done in turn in every round."""
    taken: dict[str, list[float]] = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, (count, once) in work.items():
            begun = time.perf_counter()
            once()
            taken[name].append((time.perf_counter() - begun) * 1e6 / count)
    return taken


if __name__ == "__main__":
    sys.exit(main())
