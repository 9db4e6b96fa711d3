"""The provisions of a rulebook as values that refuse contradictory fields.

They state the requirements, the kinds that count, the caps, the window and the documents. Amounts are exact numbers of
credits; the rulebook turns them into minutes.
"""

from __future__ import annotations

from collections import Counter
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

import attrs

from ..activities import ActivityKind
from ..designations import Designation
from ..documents import DocumentKind
from ..errors import ErrorCode, Problems
from ..findings import FindingCode

__all__ = [
    "ACCEPTED",
    "Alias",
    "CapGroup",
    "ComplianceRule",
    "Condition",
    "CreditUnit",
    "DesignationRule",
    "Evidence",
    "Governs",
    "InNetworkRule",
    "KindRule",
    "Publisher",
    "SameField",
    "ShareOf",
    "Side",
    "Source",
    "Strength",
    "TotalRule",
    "WindowKind",
    "WindowRule",
    "cites",
    "in_credits",
]

# A term longer than this is a typing mistake, and could run past the calendar.
MOST_MONTHS = 1200


def cites(**options: Any) -> Any:
    """Returns a field that holds the id of the clause its provision rests on."""
    return attrs.field(metadata={"cites": True}, **options)


def in_credits(**options: Any) -> Any:
    """Returns a field that holds a number of credits."""
    return attrs.field(metadata={"in_credits": True}, **options)


class Side(StrEnum):
    """The side that an activity counts on; `unknown` if the sources do not say."""

    IN_NETWORK = "in_network"  #: From the association's own network.
    OUT_OF_NETWORK = "out_of_network"  #: From the other sources, up to the share that is left.
    NOT_ACCEPTED = "not_accepted"  #: Never counts.
    UNKNOWN = "unknown"  #: The sources do not say.


ACCEPTED = (Side.IN_NETWORK, Side.OUT_OF_NETWORK)


class Strength(StrEnum):
    """The source's own verb; `must` and `should` are conditions of a renewal, and `may` only adds a notice."""

    MUST = "must"  #: Required.
    SHOULD = "should"  #: Required as well; the source says should.
    MAY = "may"  #: Advised only; it adds a notice and no check.


class Condition(StrEnum):
    """A condition that an activity has to satisfy to be accepted.

    `field` is the statement that decides it, `refused` is the value that fails it, and `code` is the finding then.
    """

    _value_: str
    field: str
    refused: bool
    code: FindingCode

    def __new__(cls, value: str, field: str, refused: bool, code: FindingCode) -> Condition:
        member = str.__new__(cls, value)
        member._value_ = value
        member.field = field
        member.refused = refused
        member.code = code
        return member

    #: It must have been bought through the local association's site.
    BOUGHT_THROUGH_ASSOCIATION = (
        "bought_through_association",
        "bought_through_association",
        False,
        FindingCode.NOT_BOUGHT_THROUGH_ASSOCIATION,
    )
    UNCOMPENSATED = "uncompensated", "compensated", True, FindingCode.COMPENSATED  #: It must not have been paid for.


class SameField(StrEnum):
    """A field that is the same in duplicates."""

    PROVIDER = "provider"  #: The organization that offered it.
    TITLE = "title"  #: The title of the activity.
    EARNED_ON = "earned_on"  #: The day it was earned.
    MINUTES = "minutes"  #: The length in minutes.


class ShareOf(StrEnum):
    """The credits that the share in network is a share of."""

    REQUIRED = "required"  #: Of the credits required.
    REPORTED = "reported"  #: Of all acceptable credits reported, each activity whole.


class WindowKind(StrEnum):
    """The way to find the days that count for a renewal; `unknown` if the sources do not say."""

    CALENDAR_YEAR = "calendar_year"  #: A calendar year, a number of years before the renewal year.
    MONTHS_BEFORE = "months_before"  #: A number of months back from the renewal date.
    TERM = "term"  #: Its own term for each designation, from the day it was obtained or last renewed.
    UNKNOWN = "unknown"  #: The sources do not say.


class Publisher(StrEnum):
    """The publisher of a page, which is the body that makes the rules or an affiliate that passes them on."""

    AUTHORITY = "authority"  #: The body that makes the rules.
    AFFILIATE = "affiliate"  #: An affiliate that passes them on.


@attrs.frozen(kw_only=True)
class Source:
    """A page the rules were read from.

    Attributes:
        name: A short name, by which clauses refer to it.
        publisher: Its publisher.
        page: Its title.
        read_on: The day it was read; None if only a report of the page was read.
    """

    name: str
    publisher: Publisher
    page: str
    read_on: date | None = None


@attrs.frozen(kw_only=True)
class Governs:
    """The renewal years that a rulebook governs.

    Attributes:
        first: The first year; None if the sources do not say.
        last: The last year; None if no later edition is known. With neither year, the rulebook is undated.
        followed_by: The id of the next edition; empty if none is known.
        note: A note on the unknown years; may be empty.

    Raises:
        InvalidValue: The last year is before the first, or an edition follows and there is no last year.
    """

    first: int | None = None
    last: int | None = None
    followed_by: str = ""
    note: str = ""

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        if self.first is not None and self.last is not None and self.last < self.first:
            problems.add(("last",), f"must not be before {self.first}, got {self.last}", code=ErrorCode.CONFLICT)
        if self.last is None and self.followed_by:
            problems.add(("last",), f"is required, because {self.followed_by} follows", code=ErrorCode.MISSING)
        problems.settle()

    @property
    def is_dated(self) -> bool:
        """True if the sources give the first year or the last."""
        return self.first is not None or self.last is not None

    def is_past(self, renewal_year: int) -> bool:
        """Returns whether a renewal year is later than the last."""
        return self.last is not None and renewal_year > self.last

    def __contains__(self, renewal_year: int) -> bool:
        begun = self.first is None or self.first <= renewal_year
        return self.is_dated and begun and not self.is_past(renewal_year)

    def in_words(self) -> str:
        """Returns the years as people write them, such as `from 2014 to 2020`."""
        if self.first is not None and self.first == self.last:
            return f"of {self.first}"
        first = "" if self.first is None else f"from {self.first}"
        last = "" if self.last is None else f"to {self.last}"
        return f"{first} {last}".strip() or "of years the sources do not give"


@attrs.frozen(kw_only=True)
class CreditUnit:
    """The number of minutes that make one credit.

    Raises:
        InvalidValue: The number is less than one.
    """

    minutes: int
    clause: str = cites()

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        if self.minutes < 1:
            problems.add(("minutes",), f"must be at least 1, got {self.minutes}", code=ErrorCode.OUT_OF_RANGE)
        problems.settle()


@attrs.frozen(kw_only=True)
class WindowRule:
    """The days that count.

    Attributes:
        kind: `calendar_year` is the calendar year `years_before` the renewal year. `months_before` is the `months`
            back from the renewal date. `term` is the `months` from the day a credential was obtained or last renewed,
            so that each designation has its own term.
        clause: The id of the clause it rests on.
        years_before: For `calendar_year`, the number of years.
        months: For `months_before` and `term`, the number of months.
        grace_months: For `term`, the number of additional months in which credits still count.
        last_day_inside: Whether the last day of the window (the renewal date, the end of the term) counts.
        shared: For `term`, whether one activity may serve the overlapping terms of several designations.

    Raises:
        InvalidValue: A number is out of bounds, or is given for a kind that does not use it.
        InvalidDocument: More than one problem; `problems` lists them all.
    """

    kind: WindowKind
    clause: str = cites()
    years_before: int = 0
    months: int = 0
    grace_months: int = 0
    last_day_inside: bool = True
    shared: bool = True

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        wanted = {WindowKind.CALENDAR_YEAR: "years_before", WindowKind.UNKNOWN: ""}.get(self.kind, "months")
        for name, amount in (
            ("years_before", self.years_before),
            ("months", self.months),
            ("grace_months", self.grace_months),
        ):
            least = 0 if name == "grace_months" else 1
            has_use = name == wanted or (name == "grace_months" and self.kind is WindowKind.TERM)
            if has_use and not least <= amount <= MOST_MONTHS:
                problem = f"must be from {least} to {MOST_MONTHS} for {self.kind}, got {amount}"
                problems.add((name,), problem, code=ErrorCode.OUT_OF_RANGE)
            elif amount and not has_use:
                problems.add((name,), f"must not be given for {self.kind}, got {amount}", code=ErrorCode.CONFLICT)
        if not self.last_day_inside and wanted != "months":
            problems.add(("last_day_inside",), f"must not be given for {self.kind}", code=ErrorCode.CONFLICT)
        if not self.shared and self.kind is not WindowKind.TERM:
            problems.add(("shared",), f"must not be given for {self.kind}", code=ErrorCode.CONFLICT)
        problems.settle()


@attrs.frozen(kw_only=True)
class TotalRule:
    """The clauses on the credits required.

    Attributes:
        strength: The source's own verb.
        clause: The id of the clause that requires all of them in one submission.
        several: The id of the clause that lets one set of credits serve several designations.
        who: The id of the clause that says which holders need credits.
        invoice: The id of the clause that gives the invoice the last word.

    Raises:
        InvalidValue: The strength says that the credits need not be reported.
    """

    strength: Strength
    clause: str = cites()
    several: str = cites()
    who: str = cites()
    invoice: str = cites()

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        if self.strength is Strength.MAY:
            problems.add(("strength",), f"must be must or should, got {self.strength}", code=ErrorCode.CONFLICT)
        problems.settle()


@attrs.frozen(kw_only=True)
class DesignationRule:
    """The requirement of one designation for a renewal.

    Attributes:
        designation: The designation.
        clause: The id of the clause it rests on.
        credits: The credits required, 0 if there are none; None if the sources do not say.
        in_network: The minimum from the network, if a number is published for the designation.

    Raises:
        InvalidValue: The minimum from the network is more than the credits required.
    """

    designation: Designation
    clause: str = cites()
    credits: Fraction | None = in_credits(default=None)
    in_network: Fraction | None = in_credits(default=None)

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        if self.credits is not None and self.in_network is not None and self.in_network > self.credits:
            problem = f"must be at most the {self.credits} required, got {self.in_network}"
            problems.add(("in_network",), problem, code=ErrorCode.OUT_OF_RANGE)
        problems.settle()


@attrs.frozen(kw_only=True)
class Alias:
    """Another edition's code for one of this edition's designations."""

    code: Designation
    means: Designation
    clause: str = cites()


@attrs.frozen(kw_only=True)
class InNetworkRule:
    """The minimum share of the required credits from the network.

    Attributes:
        strength: The source's own verb.
        clause: The id of the clause that requires the share.
        outside: The id of the clause that limits the other sources.
        share: The share, from 0 to 1; None if each designation has its own number.
        of: The credits that it is a share of. For `reported`, activities outside the network are left out whole until
            the rest has the share, since a holder chooses what to report. The limit on the other sources holds as well.

    Raises:
        InvalidValue: The share is not from 0 to 1, there is none and it is of the credits reported, or a share is
            required and the strength says that it need not be met.
        InvalidDocument: More than one problem; `problems` lists them all.
    """

    strength: Strength
    clause: str = cites()
    outside: str = cites()
    share: Fraction | None = None
    of: ShareOf = ShareOf.REQUIRED

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        if self.share is not None and self.share > 1:
            problems.add(("share",), f"must be at most 1, got {self.share}", code=ErrorCode.OUT_OF_RANGE)
        if self.share is not None and self.share < 0:
            problems.add(("share",), f"must be at least 0, got {self.share}", code=ErrorCode.OUT_OF_RANGE)
        if self.strength is Strength.MAY and self.share != 0:
            problem = f"must be must or should unless the share is 0, got {self.strength}"
            problems.add(("strength",), problem, code=ErrorCode.CONFLICT)
        if self.share is None and self.of is not ShareOf.REQUIRED:
            problem = f"must be required if each designation has its own number, got {self.of}"
            problems.add(("of",), problem, code=ErrorCode.CONFLICT)
        problems.settle()


@attrs.frozen(kw_only=True)
class ComplianceRule:
    """The credits on compliance, as part of the total; only advice if the strength is `may`."""

    strength: Strength
    credits: Fraction = in_credits()
    clause: str = cites()


@attrs.frozen(kw_only=True)
class Evidence:
    """A group of documents; any one of them documents an activity.

    Raises:
        InvalidValue: The group is empty.
    """

    name: str
    documents: tuple[DocumentKind, ...]
    clause: str = cites()

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        if not self.documents:
            problems.add(("documents",), "must name at least one document, got none", code=ErrorCode.OUT_OF_RANGE)
        problems.settle()


@attrs.frozen(kw_only=True)
class CapGroup:
    """A cap, which is the most credits a year that a group of kinds can earn together.

    Raises:
        InvalidValue: The group is empty, or has a kind twice.
    """

    name: str
    credits: Fraction = in_credits()
    kinds: tuple[ActivityKind, ...]
    clause: str = cites()

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        if not self.kinds:
            problems.add(("kinds",), "must name at least one kind, got none", code=ErrorCode.OUT_OF_RANGE)
        for kind in [kind for kind, count in Counter(self.kinds).items() if count > 1]:
            problems.add(("kinds",), f"must name each kind once, got {kind.value!r} again", code=ErrorCode.REPEATED_KEY)
        problems.settle()


@attrs.frozen(kw_only=True)
class KindRule:
    """The rule for one kind of activity.

    Attributes:
        kind: The kind.
        side: The side it counts on; `not_accepted` and `unknown` are sides too.
        clause: The id of the clause that lists it.
        each: The credits one entry is worth; None if an entry is worth its hours.
        once_per: The fields that are the same in duplicates, which count once; empty if every entry counts.
        conditions: The conditions an entry has to satisfy to be accepted.
        evidence: The name of the group of documents it calls for; empty if no document is known to be required.
        credit_minutes: The minutes of an entry that make a credit, at least 1; None if as many as of any other kind.
            An entry claims whole minutes of a credit, and a part of a minute is left out.

    Raises:
        InvalidValue: The rule contradicts itself in one place.
        InvalidDocument: More than one problem; `problems` lists them all.
    """

    kind: ActivityKind
    side: Side
    clause: str = cites()
    each: Fraction | None = in_credits(default=None)
    once_per: tuple[SameField, ...] = ()
    conditions: tuple[Condition, ...] = ()
    evidence: str = ""
    credit_minutes: int | None = None

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        if self.credit_minutes is not None:
            if self.each is not None or self.side not in ACCEPTED:
                problem = "must not be given for a kind that is not worth its hours"
                problems.add(("credit_minutes",), problem, code=ErrorCode.CONFLICT)
            if self.credit_minutes < 1:
                problem = f"must be at least 1, got {self.credit_minutes}"
                problems.add(("credit_minutes",), problem, code=ErrorCode.OUT_OF_RANGE)
        if self.evidence and self.side not in ACCEPTED:
            problems.add(("evidence",), "must not be given for a kind that is not accepted", code=ErrorCode.CONFLICT)
        if self.each is None and self.kind.is_occasion and self.side in ACCEPTED:
            problem = "is required, because an occasion has no hours"
            problems.add(("each",), problem, code=ErrorCode.MISSING)
        if self.each is None and self.once_per and SameField.MINUTES not in self.once_per:
            problems.add(
                ("once_per",),
                "must include minutes, or the kind must have each",
                "otherwise duplicates could be worth different hours, and it would be open which of them counts",
                code=ErrorCode.CONFLICT,
            )
        problems.settle()

    @property
    def duplicate(self) -> FindingCode:
        """The finding on a duplicate, by whether duplicates share a day (the same event) or not (the same body)."""
        is_event = SameField.EARNED_ON in self.once_per
        return FindingCode.SAME_EVENT_AGAIN if is_event else FindingCode.SAME_BODY_AGAIN
