"""The outcome of a batch, as a value and in a few lines of words."""

from __future__ import annotations

from collections import Counter

import attrs

__all__ = ["Outcome", "most_common"]


@attrs.frozen(kw_only=True)
class Outcome:
    """The outcome of a batch.

    Attributes:
        decided: How many members or submissions were decided.
        renewable: How many of them can renew.
        bad: How many rows or lines could not be decided.
        reasons: How often each reason occurred, the most common first.
        notices: The notices on the edition, such as a later one, and the number of members or submissions they concern.
    """

    decided: int
    renewable: int
    bad: int
    reasons: tuple[tuple[str, int], ...]
    notices: tuple[tuple[str, int], ...] = ()

    def in_words(self) -> str:
        """Sums it up in a few lines."""
        lines = [f"{self.decided} decided, {self.renewable} renewable, {self.bad} bad rows"]
        return "\n".join(lines + [f"  {count:>9}  {text}" for text, count in (*self.notices, *self.reasons)])


def most_common(counts: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Returns the five most common texts."""
    return tuple((+counts).most_common(5))
