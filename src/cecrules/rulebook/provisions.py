"""The provisions a rulebook is made of, as values: what is owed, what counts, how much, when and on what evidence.

Amounts are numbers of credits, exactly; the rulebook that holds them turns them into minutes.
"""

from __future__ import annotations

from datetime import date
from enum import StrEnum
from fractions import Fraction

import attrs

from ..activities import ActivityKind
from ..designations import Designation
from ..documents import DocumentKind

__all__ = [
    "Alias",
    "CapGroup",
    "ComplianceRule",
    "Condition",
    "CreditUnit",
    "Evidence",
    "Governs",
    "InNetworkRule",
    "KindRule",
    "Publisher",
    "Requirement",
    "SameField",
    "Side",
    "Source",
    "Strength",
    "TotalRule",
    "WindowKind",
    "WindowRule",
]


class Side(StrEnum):
    """Which half of the required credits an activity may count toward; `unknown` where the sources do not say."""

    IN_NETWORK = "in_network"
    OUT_OF_NETWORK = "out_of_network"
    NOT_ACCEPTED = "not_accepted"
    UNKNOWN = "unknown"


class Strength(StrEnum):
    """The source's own verb: what it says must be, should be, or may be left at a notice."""

    MUST = "must"
    SHOULD = "should"
    MAY = "may"


class Condition(StrEnum):
    """What an activity of a kind has to satisfy to be accepted."""

    BOUGHT_THROUGH_ASSOCIATION = "bought_through_association"
    UNCOMPENSATED = "uncompensated"


class SameField(StrEnum):
    """What two entries of a kind have in common when they are one and the same."""

    PROVIDER = "provider"
    TITLE = "title"
    EARNED_ON = "earned_on"
    MINUTES = "minutes"


class WindowKind(StrEnum):
    """How the days that count for a renewal are found; `unknown` where the sources do not say."""

    CALENDAR_YEAR = "calendar_year"
    MONTHS_BEFORE = "months_before"
    TERM = "term"
    UNKNOWN = "unknown"


class Publisher(StrEnum):
    """Who stands behind a page: the body that makes the rules, or one that passes them on."""

    AUTHORITY = "authority"
    AFFILIATE = "affiliate"


@attrs.frozen(kw_only=True)
class Source:
    """A page the rules were read from; `read_on` is the day, None where only a report of the page was read."""

    name: str
    publisher: Publisher
    page: str
    read_on: date | None = None


@attrs.frozen(kw_only=True)
class Governs:
    """The renewal years a rulebook governs, both inside.

    Attributes:
        first: The first of them; None where the sources do not say since when.
        last: The last of them; None where no later edition is known. With neither, the rulebook is undated.
        followed_by: The id of the next edition; empty where none is known.
        note: What is not known about the years; may be empty.
    """

    first: int | None = None
    last: int | None = None
    followed_by: str = ""
    note: str = ""

    @property
    def is_dated(self) -> bool:
        """True where the sources give a year at least on one side."""
        return self.first is not None or self.last is not None

    def is_past(self, renewal_year: int) -> bool:
        """Returns whether a renewal year is later than all of them."""
        return self.last is not None and renewal_year > self.last

    def __contains__(self, renewal_year: int) -> bool:
        begun = self.first is None or self.first <= renewal_year
        return self.is_dated and begun and not self.is_past(renewal_year)

    def in_words(self) -> str:
        """Says which years these are, such as `from 2014 to 2020`."""
        if self.first is not None and self.first == self.last:
            return f"of {self.first}"
        first = "" if self.first is None else f"from {self.first}"
        last = "" if self.last is None else f"to {self.last}"
        return f"{first} {last}".strip() or "of years the sources do not give"


@attrs.frozen(kw_only=True)
class CreditUnit:
    """How many minutes make one credit."""

    minutes: int
    clause: str


@attrs.frozen(kw_only=True)
class WindowRule:
    """Which days count.

    Attributes:
        kind: `calendar_year`: the calendar year so many years before the renewal year. `months_before`: so many
            months back from the renewal date. `term`: so many months from the day a credential was obtained or last
            renewed; each designation has a term of its own.
        clause: The clause it rests on.
        years_before: For `calendar_year`, how many years.
        months: For the other two, how many months.
        grace_months: For `term`, how many months more in which credits still count.
        last_day_inside: Whether the day the window runs to (the renewal date, the end of the term) counts itself.
        shared: For `term`, whether one activity may serve the overlapping terms of several designations.
    """

    kind: WindowKind
    clause: str
    years_before: int = 0
    months: int = 0
    grace_months: int = 0
    last_day_inside: bool = True
    shared: bool = True


@attrs.frozen(kw_only=True)
class TotalRule:
    """The clauses on the credits owed.

    `clause` asks for all of them in one submission, `several` lets one set serve all designations, `who` says who
    owes any, and `invoice` names the invoice as the last word.
    """

    strength: Strength
    clause: str
    several: str
    who: str
    invoice: str


@attrs.frozen(kw_only=True)
class Requirement:
    """What one designation owes for a renewal.

    Attributes:
        designation: The designation.
        clause: The clause it rests on.
        credits: The credits owed, 0 where none are; None where the sources do not say.
        in_network: The least of them from the network, where a number is published for it.
    """

    designation: Designation
    clause: str
    credits: Fraction | None = None
    in_network: Fraction | None = None


@attrs.frozen(kw_only=True)
class Alias:
    """A code by which another edition knows one of this edition's designations."""

    code: Designation
    means: Designation
    clause: str


@attrs.frozen(kw_only=True)
class InNetworkRule:
    """The least share of the required credits from the network; no `share` where each requirement has a number."""

    strength: Strength
    clause: str
    outside: str
    share: Fraction | None = None


@attrs.frozen(kw_only=True)
class ComplianceRule:
    """The credits that have to address compliance, as part of the total; an advice where the strength is `may`."""

    strength: Strength
    credits: Fraction
    clause: str


@attrs.frozen(kw_only=True)
class Evidence:
    """A group of documents, any one of which shows an activity."""

    name: str
    documents: tuple[DocumentKind, ...]
    clause: str


@attrs.frozen(kw_only=True)
class CapGroup:
    """The most credits a year that the kinds of one group count for together."""

    name: str
    credits: Fraction
    kinds: tuple[ActivityKind, ...]
    clause: str


@attrs.frozen(kw_only=True)
class KindRule:
    """How one kind of activity is treated.

    Attributes:
        kind: The kind.
        side: The side it counts on, or that it is not accepted.
        clause: The clause that lists it.
        each: The credits one entry is worth; None where its hours are counted.
        once_per: What two entries have in common when only one of them counts; empty where each counts.
        conditions: What an entry has to satisfy to be accepted.
        evidence: The name of the group of documents it calls for; empty where no document is known to be asked for.
    """

    kind: ActivityKind
    side: Side
    clause: str
    each: Fraction | None = None
    once_per: tuple[SameField, ...] = ()
    conditions: tuple[Condition, ...] = ()
    evidence: str = ""
