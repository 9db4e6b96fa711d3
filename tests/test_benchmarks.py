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


@pytest.fixture
def frames(monkeypatch: pytest.MonkeyPatch) -> None:
    """Makes the benchmarks of data frames importable, as they are from the root of the repository."""
    monkeypatch.syspath_prepend(str(BENCHMARKS.parent))


@pytest.mark.usefixtures("frames")
class TestTableOfFrames:
    def test_what_is_above_its_limit_is_said_and_what_may_be_off_by_a_twentieth_is_not(self) -> None:
        limits = importlib.import_module("benchmarks.frames.limits")
        engine = "DuckDB, evaluate_frame"
        assert limits.exceeded(engine, 1_000_000, 1.57, 1.15) == []
        assert limits.exceeded(engine, 1_000_000, 1.58, 1.16) == [
            f"{engine}, 1,000,000 members: 1.58 times the seconds, at most 1.50 allowed",
            f"{engine}, 1,000,000 members: 1.16 times the memory, at most 1.10 allowed",
        ]
        assert limits.exceeded(engine, 10_000, 9.0, 9.0) == []

    def test_every_engine_that_has_a_limit_is_measured_beside_another(self) -> None:
        limits, table = map(importlib.import_module, ("benchmarks.frames.limits", "benchmarks.frames.table"))
        measured = {name for _, *others in table.GROUPS for name in others}
        assert {*limits.SECONDS, *limits.MEMORY} <= measured

    def test_what_is_not_installed_is_named_before_anything_is_measured(self, monkeypatch: pytest.MonkeyPatch) -> None:
        engines = importlib.import_module("benchmarks.frames.engines")
        monkeypatch.setattr(engines, "find_spec", lambda name: None if name in {"numba", "pyspark"} else name)
        monkeypatch.setattr(engines.shutil, "which", lambda _: None)
        assert engines.missing(spark=False) == ["numba"]
        assert engines.missing(spark=True) == ["numba", "pyspark", "java 17"]

    def test_what_is_measured_decides_alike(self, tmp_path: Path) -> None:
        table, generate = map(importlib.import_module, ("benchmarks.frames.table", "benchmarks.frames.generate"))
        generate.main(str(tmp_path), 200)
        table.agree(str(tmp_path), sorted(table.COMPARED))
