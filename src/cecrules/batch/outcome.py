"""What came of a batch, as a value and in a few lines of words."""

from __future__ import annotations

from collections import Counter

import attrs

__all__ = ["Outcome", "most_common"]


@attrs.frozen(kw_only=True)
class Outcome:
    """What came of a batch.

    Attributes:
        decided: How many members or submissions were decided.
        renewable: How many of them can renew.
        bad: How many rows or lines could not be decided.
        reasons: How often each reason was met, the most common first.
    """

    decided: int
    renewable: int
    bad: int
    reasons: tuple[tuple[str, int], ...]

    def in_words(self) -> str:
        """Sums it up in a few lines."""
        lines = [f"{self.decided} decided, {self.renewable} renewable, {self.bad} bad rows"]
        return "\n".join(lines + [f"  {count:>9}  {reason}" for reason, count in self.reasons])


def most_common(reasons: Counter[str]) -> tuple[tuple[str, int], ...]:
    """Returns the five reasons met most often."""
    return tuple((+reasons).most_common(5))
