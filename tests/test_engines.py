"""The oldest engines are tested, and are those that the extras ask for at least."""

import re
import tomllib
from pathlib import Path

ROOT = Path(__file__).parents[1]
ENGINES = {"narwhals", "polars", "pandas", "pyarrow", "duckdb", "pyspark", "ibis-framework"}
PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))["project"]


def listed(which: str) -> dict[str, str]:
    """The engines of a list, each with what is asked of its version."""
    lines = (ROOT / "constraints" / f"frames-{which}.txt").read_text("utf-8").splitlines()
    found = [re.fullmatch(r"([\w-]+)(?:\[.*\])?(.*)", line) for line in lines if not line.startswith("#")]
    return {match[1]: match[2] for match in found if match[1] in ENGINES}


def test_the_oldest_engines_tested_are_the_lower_bounds_of_the_extras() -> None:
    asked = [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
    bounds = [re.fullmatch(r"([\w-]+)(?:\[.*\])?>=([\d.]+)", line) for line in asked]
    lowest = {match[1]: match[2] for match in bounds if match and match[1] in ENGINES}
    assert lowest.keys() == ENGINES
    for name, version in listed("oldest").items():
        assert re.fullmatch(rf"=={re.escape(lowest[name])}(\.0)*", version), name


def test_the_newest_engines_are_tested_without_a_bound() -> None:
    assert listed("newest") == dict.fromkeys(ENGINES, "")
    assert listed("oldest").keys() == ENGINES
