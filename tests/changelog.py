"""The sections of the changelog, in the form of Keep a Changelog."""

from __future__ import annotations

import re
from pathlib import Path

import attrs

TEXT = (Path(__file__).parents[1] / "CHANGELOG.md").read_text("utf-8")
KINDS = ("Added", "Changed", "Deprecated", "Removed", "Fixed", "Security")


@attrs.frozen
class Section:
    """A version, its day (empty if it is not released), and its entries by their kind."""

    version: str
    day: str
    entries: dict[str, list[str]]


def sections(text: str = TEXT) -> list[Section]:
    """Returns the sections, the newest first."""
    return [_section(part) for part in re.split(r"^## ", text, flags=re.MULTILINE)[1:]]


def _section(part: str) -> Section:
    heading, _, rest = part.partition("\n")
    match = re.fullmatch(r"\[(Unreleased|\d+\.\d+\.\d+)\](?: - (\d{4}-\d\d-\d\d))?", heading)
    assert match, f"CHANGELOG.md: {heading}"
    kinds = re.split(r"^### ", rest, flags=re.MULTILINE)[1:]
    return Section(match[1], match[2] or "", {kind.partition("\n")[0]: _entries(kind) for kind in kinds})


def _entries(text: str) -> list[str]:
    return [" ".join(entry.split()) for entry in re.split(r"^- ", text, flags=re.MULTILINE)[1:]]
