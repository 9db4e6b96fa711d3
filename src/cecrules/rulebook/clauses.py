"""Clause: one sentence of a source, in our own words, and how it is read."""

from __future__ import annotations

from enum import StrEnum

import attrs

__all__ = ["Clause", "Confidence"]


class Confidence(StrEnum):
    """How well a clause is attested; `label` says so in words."""

    _value_: str
    label: str

    def __new__(cls, code: str, label: str) -> Confidence:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    AUTHORITY = "authority", "stated by NAA itself"
    SEVERAL = "several", "stated by several affiliates"
    ONE = "one", "stated by one affiliate"


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
        seen_at: The names of the sources that say so; empty where it is the rulebook's first source alone.
        contradicted: What another page, or the same one, says against it; may be empty.
    """

    id: str
    section: str
    says: str
    reading: str
    because: str = ""
    also_possible: str = ""
    undecided: str = ""
    restates: str = ""
    seen_at: tuple[str, ...] = ()
    contradicted: str = ""
