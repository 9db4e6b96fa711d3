"""The changelog has the form of Keep a Changelog, and its newest version is that of the package."""

from __future__ import annotations

import re
from datetime import date
from pathlib import Path

import cecrules as cec
from changelog import KINDS, sections

ROOT = Path(__file__).parents[1]
SECTIONS = sections()


def test_the_newest_version_is_that_of_the_package_with_its_day() -> None:
    source = (Path(cec.__file__).parent / "version.py").read_text("utf-8")
    newest = next(section for section in SECTIONS if section.version != "Unreleased")
    assert (newest.version, newest.day) == (cec.__version__, re.findall(r"Released on (\S+)\.", source)[0])


def test_the_citation_has_the_same_version_and_day() -> None:
    newest = next(section for section in SECTIONS if section.version != "Unreleased")
    citation = (ROOT / "CITATION.cff").read_text("utf-8")
    assert f"\nversion: {newest.version}\ndate-released: {newest.day}\n" in citation


def test_only_the_first_section_may_be_unreleased_and_every_other_has_a_day() -> None:
    for position, section in enumerate(SECTIONS):
        if section.version == "Unreleased":
            assert (position, section.day) == (0, "")
        else:
            date.fromisoformat(section.day)


def test_versions_and_days_go_down() -> None:
    released = [section for section in SECTIONS if section.day]
    numbers = [tuple(map(int, section.version.split("."))) for section in released]
    assert numbers == sorted(set(numbers), reverse=True)
    assert [section.day for section in released] == sorted((section.day for section in released), reverse=True)


def test_every_kind_of_entry_is_one_of_the_six_and_has_an_entry() -> None:
    for section in SECTIONS:
        assert list(section.entries) == [kind for kind in KINDS if kind in section.entries]
        assert all(section.entries.values())


def test_an_entry_that_says_it_alters_decisions_names_renewal_years() -> None:
    for section in SECTIONS:
        for entry in (entry for entries in section.entries.values() for entry in entries):
            if "alter decision" in entry:
                assert re.search(r"\b20\d\d\b|any renewal year", entry), entry
