"""The public names are used as a user would, in `typing/usage.py`, which mypy and pyright check in their strict modes."""

import re
import runpy
from pathlib import Path

import cecrules as cec

USAGE = Path(__file__).with_name("typing") / "usage.py"


def test_the_usage_runs_as_it_is_typed() -> None:
    assert runpy.run_path(str(USAGE))["assessment"].required == 6


def test_every_public_name_is_used() -> None:
    used = set(re.findall(r"cec\.(\w+)", USAGE.read_text("utf-8")))
    assert used >= set(cec.__all__)
