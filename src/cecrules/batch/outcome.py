"""The outcome of a batch, as a value and in a few lines of words."""

from __future__ import annotations

from collections import Counter

import attrs

from ..assessments import NoticeCode

__all__ = ["SHORT", "SLIPS", "Outcome", "most_common", "unread", "where_seen"]

# The reasons why members are short, by the column or the part of a shortfall that says so.
SHORT = {"total": "short in all", "in_network": "short in network", "compliance": "short on compliance"}
# The notices on likely slips, in words that fit every member.
SLIPS = {
    NoticeCode.ALIKE_ENTRIES: "activities alike in every field; all of them count",
    NoticeCode.LONG_DAY: "days with more than 24 hours; check that minutes were not entered as hours",
}


@attrs.frozen(kw_only=True)
class Outcome:
    """The outcome of a batch.

    Attributes:
        decided: How many members or submissions were decided.
        renewable: How many of them can renew.
        bad: How many rows or lines could not be read.
        reasons: How often each reason occurred, in words, the most common first.
        notices: The notices, such as that a later edition is known, and the number of members or submissions they
            concern.
        undecided: How many members could not be decided, because their requirement is not known.
        notes: What a reader should know about the files, such as columns that are not read.
        seen: Where the rows that could not be read can be seen.
        rows: What a row is called.
    """

    decided: int
    renewable: int
    bad: int
    reasons: tuple[tuple[str, int], ...]
    notices: tuple[tuple[str, int], ...] = ()
    undecided: int = 0
    notes: tuple[str, ...] = ()
    seen: str = ""
    rows: str = "row"

    def in_words(self) -> str:
        """Sums it up in a few lines, the rows that could not be read first."""
        lines = unread(self.bad, self.seen, self.rows)
        left = f", {self.undecided} not decided" if self.undecided else ""
        lines.append(f"{self.decided} decided, {self.renewable} renewable{left}")
        lines += [f"  {text}: {count}" for text, count in (*self.notices, *self.reasons)]
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])


def unread(bad: int, seen: str, rows: str = "row") -> list[str]:
    """Returns the line on the rows that could not be read, or none if there are none.

    Args:
        bad: How many there are.
        seen: Where they can be seen; may be empty.
        rows: What a row is called.
    """
    many = rows if bad == 1 else f"{rows}s"
    return [f"{bad} {many} could not be read{f'; {seen}' if seen else ''}"] if bad else []


def where_seen(problems: str) -> str:
    """Says where the rows of tables that could not be read can be seen, by the file of problems; it may be empty."""
    return f"see {problems}" if problems else "--problems FILE lists them"


def most_common(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Returns the texts that occurred, the most common first."""
    return tuple((+counts).most_common())
