"""No public name goes or changes unless the changelog says so.

`public-api.txt` holds the names of the version in its first line, as `public_api.py` wrote them for its release. Until
then, a change of a name writes the list anew.
"""

from __future__ import annotations

import re

import pytest

import cecrules as cec
from changelog import Section, sections

public_api = pytest.importorskip("public_api", reason="griffe is not installed: constraints/test.txt")

HEAD, *PROMISED = public_api.LIST.read_text("utf-8").splitlines()


def unsaid(promised: list[str], now: list[str], newest: Section) -> list[str]:
    """Returns the promised lines that are no longer so and that no entry under Changed or Removed names."""
    entries = [entry for kind in ("Changed", "Removed") for entry in newest.entries.get(kind, [])]
    said = {name for entry in entries for name in re.findall(r"`([\w.]+)", entry)}
    return [line for line in promised if line not in now and said.isdisjoint(ways_to_say(line))]


def ways_to_say(line: str) -> set[str]:
    """Returns the name of a line and those it is part of, each with and without its module."""
    parts = re.split(r"[(:= ]", line)[0].split(".")
    whole = [parts[: end + 1] for end in range(1, len(parts))]
    return {".".join(name[start:]) for name in whole for start in range(len(name))} - {"frames", "plots", "testing"}


def test_every_public_name_that_goes_or_changes_is_named_in_the_changelog() -> None:
    found = unsaid(PROMISED, public_api.public_api(), sections()[0])
    assert not found, "name each in CHANGELOG.md under Changed or Removed, or run public_api.py if nothing was released"


def test_the_list_is_that_of_the_version() -> None:
    assert f"cecrules {cec.__version__};" in HEAD
    assert sorted(PROMISED) == PROMISED


@pytest.mark.parametrize(
    ("entries", "left"),
    [
        ({}, ["cecrules.Old()", "cecrules.Old.name: str", "cecrules.ask(a: int) -> int"]),
        ({"Added": ["`Old` and `ask`."]}, ["cecrules.Old()", "cecrules.Old.name: str", "cecrules.ask(a: int) -> int"]),
        ({"Changed": ["`ask` takes a float."]}, ["cecrules.Old()", "cecrules.Old.name: str"]),
        ({"Changed": ["`ask(a)` takes a float."], "Removed": ["`Old` is gone."]}, []),
        ({"Changed": ["`cecrules.ask` and `Old.name`."]}, ["cecrules.Old()"]),
    ],
)
def test_what_the_changelog_does_not_say_is_found(entries: dict[str, list[str]], left: list[str]) -> None:
    promised = ["cecrules.Old()", "cecrules.Old.name: str", "cecrules.ask(a: int) -> int", "cecrules.kept: int"]
    now = ["cecrules.ask(a: float) -> int", "cecrules.kept: int", "cecrules.new: int"]
    assert unsaid(promised, now, Section("0.2.0", "2030-01-01", entries)) == left
