"""Runs tests in silence, for the programs that change something and want to know whether a test notices."""

from __future__ import annotations

import contextlib
import io
import tempfile
from collections.abc import Iterable
from pathlib import Path

import pytest

TESTS = Path(__file__).parents[1]
LOADED = "ignore:Module already imported:pytest.PytestAssertRewriteWarning"


def fail(names: Iterable[str], only: str = "", without: Iterable[str] = ()) -> bool:
    """Returns whether a test of the files or folders named fails; the first that does ends the run. `only` is the -k."""
    tiers = ["-m", "not wide and not spark and not long"]
    seeded = ["--hypothesis-seed=0", "--hypothesis-profile=few"]
    options = ["-x", "-q", "-p", "no:cacheprovider", "-W", LOADED, *seeded, "-k", only, *tiers]
    arguments = [*options, *(f"--ignore={TESTS / name}" for name in without), *(str(TESTS / name) for name in names)]
    # Other runs of pytest on the machine clear what they share.
    with tempfile.TemporaryDirectory() as folder, contextlib.ExitStack() as silent:
        silent.enter_context(contextlib.redirect_stdout(io.StringIO()))
        silent.enter_context(contextlib.redirect_stderr(io.StringIO()))
        return pytest.main([*arguments, f"--basetemp={folder}/tests"]) != 0
