"""What is measured against decides alike: no clock is read here."""

import importlib.util
import sys
from pathlib import Path
from types import ModuleType

import pytest

import cecrules as cec

BENCHMARKS = Path(__file__).parents[1] / "benchmarks"


@pytest.fixture
def evaluating(monkeypatch: pytest.MonkeyPatch) -> ModuleType:
    """The benchmark of `evaluate`."""
    monkeypatch.syspath_prepend(str(BENCHMARKS))
    spec = importlib.util.spec_from_file_location("evaluating", BENCHMARKS / "evaluating.py")
    module = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(module)
    yield module
    for name in ("people", "straight_line"):
        sys.modules.pop(name, None)


def test_the_straight_line_function_gives_the_same_answers(evaluating: ModuleType) -> None:
    for person in evaluating.people(500, seed=7):
        submission = cec.from_dict(person)
        assert evaluating.answer(cec.evaluate(submission)) == evaluating.decide(submission)
        assert cec.figures(submission).shortfall == cec.evaluate(submission).shortfall
