"""Clause, one sentence of a source, paraphrased, with the reading that applies."""

from __future__ import annotations

from enum import StrEnum

import attrs

from ..displaying import displayed
from ..settings import Settings

__all__ = ["Alternative", "Clause", "Confidence"]


class Confidence(StrEnum):
    """Who attests a clause; `label` says so in words."""

    _value_: str
    label: str

    def __new__(cls, code: str, label: str) -> Confidence:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    AUTHORITY = "authority", "NAA itself"
    SEVERAL = "several", "several affiliates"
    ONE = "one", "one affiliate"


@attrs.frozen(kw_only=True)
class Alternative:
    """Another reading that the words of a clause allow, and the change that it makes to the rulebook.

    Attributes:
        id: A stable name, which no other alternative of the rulebook has, such as `half-of-reported`.
        says: The reading in words.
        change: The change, in the form of a file that extends the rulebook; empty if no change can express it.
        without: The keys that it takes out, likewise.
        until: The last renewal year for which it differs; None if it differs for every year.
    """

    id: str
    says: str
    change: Settings = Settings()  # noqa: RUF009 - it is frozen
    without: tuple[str, ...] = ()
    until: int | None = None

    @property
    def is_decided(self) -> bool:
        """True if it is stated as a change, and not in words alone."""
        return bool(self.change or self.without)


@displayed
@attrs.frozen(kw_only=True)
class Clause:
    """One clause of a source of the rules.

    Attributes:
        id: A stable name in two parts, such as `network.half`.
        section: The heading above it in the source.
        says: The statement of the source, paraphrased.
        reading: The reading that this rulebook applies.
        because: The evidence for the reading; may be empty.
        also_possible: The other readings that the words allow; they exclude one another.
        undecided: The reason why no rule implements the clause; empty if one does.
        restates: The id of the clause that this one repeats; empty if it repeats none.
        seen_at: The names of the sources that state it; empty if only the rulebook's first source does.
        contradicted: A contradicting statement of another page, or of the same one; may be empty.
    """

    id: str
    section: str
    says: str
    reading: str
    because: str = ""
    also_possible: tuple[Alternative, ...] = ()
    undecided: str = ""
    restates: str = ""
    seen_at: tuple[str, ...] = ()
    contradicted: str = ""

    def __repr__(self) -> str:
        return f"<Clause {self.id}>"
