"""What a user would pick instead, on the same rules: microseconds a person of each, and how many times `figures`'.

    python benchmarks/engines/compare.py

The figures of each are first held against `evaluate` on 20,000 realistic people (of those that decide one person at a
time, the first 2,000). Then all are timed in turn, in rounds: one at a time on 200 people with eight activities,
everybody at once on all 20,000. Each is timed twice: from the dicts that `json.loads` gives, with the making of what it
needs, and on what it is handed ready (values for `figures` and `evaluate`, prepared dicts, arrays or frames for the
others). In each round each is run again and again for a tenth of a second, as `timeit` would; the least of the rounds is
printed, for whatever else the machine does only ever adds to it. Fails if a figure differs, or above a limit.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from importlib.metadata import version
from pathlib import Path
from types import ModuleType
from typing import Any

sys.path.insert(0, str(Path(__file__).parents[1]))

import in_cel
import in_datalogic
import in_frames
import in_openfisca
import in_pandas
import in_rule_engine
import in_zen
from facts import Figures, facts
from people import realistic

import cecrules as cec

PEOPLE, CHECKED, SAMPLE = 20_000, 2_000, 200
ROUNDS, AT_LEAST = 11, 0.1
BASE, WHOLE, FRAMES = "figures", "evaluate, with every reason", "evaluate_frame on Polars, all at once"
# Each with how many people it is timed on: those that decide everybody at once are given more.
ENGINES: dict[str, tuple[ModuleType, int]] = {
    f"datalogic-py {version('datalogic-py')}": (in_datalogic, SAMPLE),
    f"zen-engine {version('zen-engine')}": (in_zen, SAMPLE),
    f"common-expression-language {version('common-expression-language')}": (in_cel, SAMPLE),
    f"rule-engine {version('rule-engine')}": (in_rule_engine, SAMPLE),
    f"openfisca-core {version('openfisca-core')}, all at once": (in_openfisca, PEOPLE),
    f"pandas {version('pandas')}, all at once": (in_pandas, PEOPLE),
}
Person = dict[str, Any]
# The microseconds a person of each round.
Taken = dict[str, list[float]]
# How many people, and what is done for all of them.
Work = tuple[int, Callable[[], object]]


def main() -> int:
    """Checks, times and prints."""
    plain = json.loads(json.dumps(realistic(PEOPLE)))
    submissions = [cec.from_dict(person) for person in plain]
    handed = [facts(person) for person in plain]
    expected = [figures(cec.evaluate(each)) for each in submissions]
    differ = [differing(FRAMES, in_frames.decide(in_frames.prepare(plain)), expected)]
    for name, (engine, count) in ENGINES.items():
        checked = max(count, CHECKED)
        differ.append(differing(name, engine.decide(engine.prepare(handed[:checked])), expected[:checked]))
    if any(differ):
        return 1
    renewable = sum(each[0] for each in expected)
    print(f"{PEOPLE:,} realistic people, {renewable:,} of them renewable: the same figures from every engine\n")

    print(f"{'microseconds a person, and times figures':44}{'from the JSON form':>22}{'handed ready':>20}")
    ready, whole = timed(ready_made(submissions, plain, handed)), timed(from_json(plain))
    for name in whole:
        cells = [shown(name, taken) for taken in (whole, ready)]
        print(f"{name:44}{cells[0]:>22}{cells[1]:>20}")
    return over_limits(whole, ready)


def over_limits(whole: Taken, ready: Taken) -> int:
    """Says which limits are not met, and returns 1 if one is not."""
    alone = [name for name, (_, count) in ENGINES.items() if count == SAMPLE]
    limits = [
        ("figures, from the JSON form / the fastest engine", ratio(whole, BASE, list(ENGINES)), 1.0),
        ("evaluate, from the JSON form / the fastest that decides one at a time", ratio(whole, WHOLE, alone), 1.2),
        ("figures, handed ready / the fastest that decides one at a time", ratio(ready, BASE, alone), 1.0),
    ]
    print()
    for name, found, limit in limits:
        print(f"{name}: {found:.2f} (limit {limit})")
    return int(any(found > limit for _, found, limit in limits))


def ratio(taken: Taken, ours: str, others: Sequence[str]) -> float:
    """Returns how many times the fastest of the others one of ours takes."""
    return min(taken[ours]) / min(min(taken[name]) for name in others)


def differing(name: str, answers: Sequence[Figures], expected: list[Figures]) -> int:
    """Returns how many answers are not the expected ones, and shows the first of them."""
    places = [i for i, (answer, right) in enumerate(zip(answers, expected, strict=True)) if tuple(answer) != right]
    if places:
        i = places[0]
        print(f"{name}: {len(places)} of {len(expected)} differ; the first, {i}: {answers[i]}, not {expected[i]}")
    return len(places)


def ready_made(submissions: list[cec.Submission], plain: list[Person], handed: list[Person]) -> dict[str, Work]:
    """Returns the work of each on what it is handed ready."""
    sample = submissions[:SAMPLE]
    work: dict[str, Work] = {
        BASE: (SAMPLE, lambda: each_of(sample, cec.figures)),
        WHOLE: (SAMPLE, lambda: each_of(sample, cec.evaluate)),
    }
    for name, (engine, count) in ENGINES.items():
        prepared = engine.prepare(handed[:count])
        work[name] = (count, lambda engine=engine, prepared=prepared: engine.decide(prepared))
    frames = in_frames.prepare(plain)
    return work | {FRAMES: (PEOPLE, lambda: in_frames.decide(frames))}


def from_json(plain: list[Person]) -> dict[str, Work]:
    """Returns the work of each from the JSON form on."""
    sample = plain[:SAMPLE]
    work: dict[str, Work] = {
        BASE: (SAMPLE, lambda: each_of(sample, lambda each: cec.figures(cec.from_dict(each)))),
        WHOLE: (SAMPLE, lambda: each_of(sample, lambda each: cec.evaluate(cec.from_dict(each)))),
        "evaluate, and to_dict of the whole": (
            SAMPLE,
            lambda: each_of(sample, lambda each: cec.to_dict(cec.evaluate(cec.from_dict(each)))),
        ),
    }
    for name, (engine, count) in ENGINES.items():
        part = plain[:count]
        work[name] = (
            count,
            lambda engine=engine, part=part: engine.decide(engine.prepare([facts(each) for each in part])),
        )
    return work | {FRAMES: (PEOPLE, lambda: in_frames.decide(in_frames.prepare(plain)))}


def each_of(people: Iterable[Any], work: Callable[[Any], object]) -> None:
    """Does the work for one person after the other."""
    for person in people:
        work(person)


def shown(name: str, taken: dict[str, list[float]]) -> str:
    """Returns the least of the rounds, and how many times that of `figures` in the same column it is."""
    if name not in taken:
        return "-"
    least = min(taken[name])
    return f"{least:.1f} {least / min(taken[BASE]):7.2f}x"


def figures(assessment: cec.Assessment) -> Figures:
    """Returns the figures of an assessment as the engines give them."""
    amounts = (assessment.required, assessment.credited, assessment.in_network, assessment.compliance)
    return (assessment.renewable, *[amount.minutes for amount in amounts])


def timed(work: dict[str, Work]) -> Taken:
    """Returns the microseconds a person of each round, all the work done in turn in every round."""
    taken: Taken = {name: [] for name in work}
    for _ in range(ROUNDS):
        for name, (count, once) in work.items():
            times, begun = 0, time.perf_counter()
            while (elapsed := time.perf_counter() - begun) < AT_LEAST:
                once()
                times += 1
            taken[name].append(elapsed * 1e6 / count / times)
    return taken


if __name__ == "__main__":
    sys.exit(main())
