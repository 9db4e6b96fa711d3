"""Runs tests in silence, for the programs that change something and want to know whether a test notices."""

from __future__ import annotations

import contextlib
import io
from collections.abc import Iterable
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]


def fail(names: Iterable[str]) -> bool:
    """Returns whether a test of the files or folders named fails; the first that does ends the run."""
    tiers = ["-m", "not wide and not spark and not long"]
    options = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", *tiers]
    arguments = [*options, *(str(TESTS / name) for name in names)]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return pytest.main(arguments) != 0
