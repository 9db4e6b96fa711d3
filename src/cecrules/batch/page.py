"""Writes the outcome of a batch of tables as a page for people."""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import narwhals as nw

from ..frames.collecting import rows_in
from ..presentation.members_page import members_page
from ..rulebook.rulebook import Rulebook
from .outcome import SHORT, Outcome
from .parts import whole

__all__ = ["write_page"]

_NAMES = ("Member", "State", "Credited", "Required", "Short", "Rows that could not be read")
_SHORT = [f"short_{name}" for name in SHORT]
_STATES = ("not decided", "not renewable", "renewable")


def write_page(
    path: str, members: Any, outcome: Outcome, rulebook: Rulebook, files: Sequence[str], renewal_year: int
) -> None:
    """Writes the page, whole or not at all; those who are not renewable come before the others.

    Args:
        path: Where to write it.
        members: The rows that `evaluate_frame` made.
        outcome: Their sums.
        rulebook: The rules they were decided by.
        files: The names of the two tables.
        renewal_year: The year of the renewals.
    """
    columns = ["member", "renewable", "credited", "required", *_SHORT, "bad_rows"]
    rows = sorted(map(_row, rows_in(nw.from_native(members), columns)), key=lambda row: _STATES.index(row[1]))
    states = Counter(row[1] for row in rows)
    facts = {
        "Files": " and ".join(files),
        "Edition": f"{rulebook.title} ({rulebook.id})",
        "Renewals of": str(renewal_year),
        "Could not be read": f"{outcome.bad} rows",
    }
    counts = (
        ("Members by state", states.most_common()),
        ("Most common reasons", outcome.reasons),
        ("Notices", outcome.notices),
    )
    with whole(path) as part:
        Path(part).write_text(members_page(facts.items(), counts, _NAMES, rows), "utf-8")


def _row(values: Sequence[Any]) -> list[str]:
    member, renewable, credited, required, *short, bad = values
    if required is None:
        return [str(member), _STATES[0], "", "", "", str(bad)]
    state = _STATES[1 + bool(renewable)]
    return [str(member), state, f"{credited:g}", f"{required:g}", ", ".join(_short(short)), str(bad or "")]


def _short(amounts: Sequence[float]) -> Iterator[str]:
    for amount, words in zip(amounts, SHORT.values(), strict=True):
        if amount:
            yield f"{amount:g} {words.removeprefix('short ')}"
