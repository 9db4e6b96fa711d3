"""Clause: one sentence of a source, in our own words, and how it is read."""

from __future__ import annotations

import attrs

__all__ = ["Clause"]


@attrs.frozen(kw_only=True)
class Clause:
    """One clause of the source a rulebook is made from.

    Attributes:
        id: A stable name in two parts, such as `network.half`.
        section: The heading under which the source says it.
        says: What the source says, paraphrased.
        reading: How this rulebook reads it.
        because: The evidence for the reading; may be empty.
        also_possible: Another reading the words allow; may be empty.
        undecided: Why no rule implements the clause; empty where one does.
        restates: The id of the clause that this one repeats; empty where it stands alone.
    """

    id: str
    section: str
    says: str
    reading: str
    because: str = ""
    also_possible: str = ""
    undecided: str = ""
    restates: str = ""
