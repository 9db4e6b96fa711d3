"""Rulebook: one edition of the rules as data, which checks itself.

Holds what each designation owes, what each kind of activity is worth and calls for, the caps, the shares, the
window and the clauses they rest on. Amounts are numbers of credits, exactly; `minutes` turns them into minutes.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import cached_property

import attrs

from .activities import ActivityKind
from .clauses import Clause
from .credits import Credits, credits_of
from .designations import Designation
from .documents import DocumentKind
from .errors import Problems, UnknownName
from .reading import nearest

__all__ = [
    "CapGroup",
    "ComplianceRule",
    "Condition",
    "CreditUnit",
    "Evidence",
    "Governs",
    "InNetworkRule",
    "KindRule",
    "Requirement",
    "Rulebook",
    "Side",
    "Source",
    "Strength",
    "TotalRule",
    "WindowKind",
    "WindowRule",
]


class Side(StrEnum):
    """Which half of the required credits an activity may count toward."""

    IN_NETWORK = "in_network"
    OUT_OF_NETWORK = "out_of_network"
    NOT_ACCEPTED = "not_accepted"


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


class WindowKind(StrEnum):
    """How the days that count for a renewal are found."""

    CALENDAR_YEAR = "calendar_year"


@attrs.frozen(kw_only=True)
class Source:
    """Where the rules were read."""

    publisher: str
    page: str
    read_on: date


@attrs.frozen(kw_only=True)
class Governs:
    """The renewal years a rulebook governs, first and last inside.

    `last` is None while no later edition is known; otherwise `followed_by` is the id of the next one.
    """

    first: int
    last: int | None = None
    followed_by: str = ""


@attrs.frozen(kw_only=True)
class CreditUnit:
    """How many minutes make one credit."""

    minutes: int
    clause: str


@attrs.frozen(kw_only=True)
class WindowRule:
    """Which days count: for `calendar_year`, the calendar year so many years before the renewal year."""

    kind: WindowKind
    clause: str
    years_before: int


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
    """What one designation owes for a renewal, in credits; `in_network` where a number is published for it."""

    designation: Designation
    credits: Fraction
    clause: str
    in_network: Fraction | None = None


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
        each: The credits one entry is worth whatever its hours; None where the hours reported count.
        once_per: What makes two entries the same, so that only one counts; empty where every entry counts.
        conditions: What an entry has to satisfy.
        evidence: The name of the group of documents it calls for; empty where it is never accepted.
    """

    kind: ActivityKind
    side: Side
    clause: str
    each: Fraction | None = None
    once_per: tuple[SameField, ...] = ()
    conditions: tuple[Condition, ...] = ()
    evidence: str = ""


def _table(keyed_by: str) -> tuple[()]:
    return attrs.field(metadata={"keyed_by": keyed_by})  # type: ignore[no-any-return]


@attrs.frozen(kw_only=True, slots=False, repr=False)
class Rulebook:
    """One edition of the rules.

    Raises:
        InvalidValue: It contradicts itself in one place.
        InvalidDocument: It contradicts itself in several; every one is reported.
    """

    id: str
    title: str
    source: Source
    governs: Governs
    credit: CreditUnit
    window: WindowRule
    total: TotalRule
    in_network: InNetworkRule
    designations: tuple[Requirement, ...] = _table("designation")
    kinds: tuple[KindRule, ...] = _table("kind")
    evidence: tuple[Evidence, ...] = _table("name")
    clauses: tuple[Clause, ...] = _table("id")
    caps: tuple[CapGroup, ...] = attrs.field(default=(), metadata={"keyed_by": "name"})
    compliance: ComplianceRule | None = None

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        for where, problem, hint in _contradictions(self):
            problems.add(where, problem, hint)
        problems.settle()

    def __repr__(self) -> str:
        return f"<Rulebook {self.id}>"

    def minutes(self, number: Fraction) -> int:
        """Returns a number of credits of this rulebook as whole minutes."""
        return int(number * self.credit.minutes)

    def credits(self, minutes: int) -> Credits:
        """Returns whole minutes as an amount of this rulebook's credits."""
        return credits_of(minutes, self.credit.minutes)

    def clause(self, id: str) -> Clause:
        """Returns one clause.

        Raises:
            UnknownName: The rulebook has no clause of that id.
        """
        for clause in self.clauses:
            if clause.id == id:
                return clause
        raise UnknownName("", f"{self.id} has no clause {id!r}", nearest(id, (c.id for c in self.clauses)))

    def requirement(self, designation: Designation) -> Requirement:
        """Returns what one designation owes.

        Raises:
            UnknownName: The rulebook does not speak of that designation.
        """
        for requirement in self.designations:
            if requirement.designation is designation:
                return requirement
        known = ", ".join(r.designation for r in self.designations)
        raise UnknownName("designations", f"{self.id} does not speak of {designation.value!r}", f"known: {known}")

    @cached_property
    def kind_rules(self) -> dict[ActivityKind, KindRule]:
        """The rule of every kind; a kind without one of its own is treated as unlisted."""
        own = {rule.kind: rule for rule in self.kinds}
        return {kind: own.get(kind, own[ActivityKind.UNLISTED]) for kind in ActivityKind}

    @cached_property
    def network_kinds(self) -> frozenset[ActivityKind]:
        """The kinds that count in network."""
        return frozenset(kind for kind, rule in self.kind_rules.items() if rule.side is Side.IN_NETWORK)

    @cached_property
    def conditional_kinds(self) -> dict[ActivityKind, KindRule]:
        """The rules of the kinds that are not accepted, or only on a condition."""
        return {
            kind: rule for kind, rule in self.kind_rules.items() if rule.conditions or rule.side is Side.NOT_ACCEPTED
        }

    @cached_property
    def evidence_of_kind(self) -> dict[ActivityKind, Evidence]:
        """The documents each accepted kind calls for."""
        groups = {group.name: group for group in self.evidence}
        return {kind: groups[rule.evidence] for kind, rule in self.kind_rules.items() if rule.evidence}

    @cached_property
    def fixed_minutes(self) -> dict[ActivityKind, int]:
        """The minutes one entry is worth, for the kinds that are not counted by their hours."""
        return {kind: self.minutes(rule.each) for kind, rule in self.kind_rules.items() if rule.each is not None}

    @cached_property
    def cap_of_kind(self) -> dict[ActivityKind, CapGroup]:
        """The cap each capped kind falls under."""
        return {kind: cap for cap in self.caps for kind in cap.kinds}


def _contradictions(book: Rulebook) -> Iterator[tuple[str, str, str]]:
    yield from _wrong_amounts(book)
    yield from _wrong_names(book)
    yield from _wrong_kinds(book)
    yield from _open_clauses(book)
    if book.governs.last is not None and book.governs.last < book.governs.first:
        yield "governs.last", f"must not be before {book.governs.first}, got {book.governs.last}", ""


def _wrong_amounts(book: Rulebook) -> Iterator[tuple[str, str, str]]:
    if book.credit.minutes < 1:
        yield "credit.minutes", f"must be at least 1, got {book.credit.minutes}", ""
    amounts = {f"designations.{r.designation}.credits": r.credits for r in book.designations}
    amounts |= {f"designations.{r.designation}.in_network": r.in_network for r in book.designations if r.in_network}
    amounts |= {f"caps.{cap.name}.credits": cap.credits for cap in book.caps}
    amounts |= {f"kinds.{rule.kind}.each": rule.each for rule in book.kinds if rule.each is not None}
    if book.compliance:
        amounts["compliance.credits"] = book.compliance.credits
    for where, amount in amounts.items():
        if (amount * book.credit.minutes).denominator != 1:
            yield where, f"must be a whole number of minutes, got {amount} credits of {book.credit.minutes}", ""
    share = book.in_network.share
    if share is not None and share > 1:
        yield "in_network.share", f"must be at most 1, got {share}", ""
    for r in book.designations:
        where = f"designations.{r.designation}.in_network"
        if (share is None) == (r.in_network is None):
            yield where, "must be given exactly where in_network.share is not", ""
        elif r.in_network is not None and r.in_network > r.credits:
            yield where, f"must be at most the {r.credits} required, got {r.in_network}", ""


def _wrong_names(book: Rulebook) -> Iterator[tuple[str, str, str]]:
    for field, names in (
        ("designations", [r.designation for r in book.designations]),
        ("kinds", [rule.kind for rule in book.kinds]),
        ("evidence", [group.name for group in book.evidence]),
        ("caps", [cap.name for cap in book.caps]),
        ("clauses", [clause.id for clause in book.clauses]),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                yield f"{field}.{name}", f"must be given once, got it {count} times", ""
    if not book.designations:
        yield "designations", "must name at least one designation, got none", ""
    if ActivityKind.UNLISTED not in {rule.kind for rule in book.kinds}:
        yield "kinds", "must have a rule for unlisted, which stands for every kind without one of its own", ""


def _wrong_kinds(book: Rulebook) -> Iterator[tuple[str, str, str]]:
    groups = {group.name for group in book.evidence}
    for rule in book.kinds:
        where = f"kinds.{rule.kind}"
        accepted = rule.side is not Side.NOT_ACCEPTED
        if accepted != bool(rule.evidence):
            yield f"{where}.evidence", "must be given exactly where the kind is accepted", ""
        elif accepted and rule.evidence not in groups:
            yield (
                f"{where}.evidence",
                f"must name a group of evidence, got {rule.evidence!r}",
                nearest(rule.evidence, groups),
            )
        if rule.each is None and rule.kind.is_occasion:
            yield f"{where}.each", "is required: an occasion is counted, not measured in hours", ""
    sides = {rule.kind: rule.side for rule in book.kinds}
    capped: dict[ActivityKind, str] = {}
    for cap in book.caps:
        where = f"caps.{cap.name}.kinds"
        for kind in cap.kinds:
            if sides.get(kind, Side.NOT_ACCEPTED) is Side.NOT_ACCEPTED:
                yield where, f"must be accepted kinds, got {kind.value!r}", ""
            if capped.setdefault(kind, cap.name) != cap.name:
                yield where, f"must not share {kind.value!r} with caps.{capped[kind]}", "a kind has at most one cap"
        if len({sides.get(kind) for kind in cap.kinds}) > 1:
            yield where, "must all be on one side", "the limits are nested: kind in cap in side in total"


def _open_clauses(book: Rulebook) -> Iterator[tuple[str, str, str]]:
    known = {clause.id for clause in book.clauses}
    cited = set()
    for where, clause_id in _citations(book):
        cited.add(clause_id)
        if clause_id not in known:
            yield where, f"must be the id of a clause, got {clause_id!r}", nearest(clause_id, known)
    for clause in book.clauses:
        where = f"clauses.{clause.id}"
        if clause.restates and clause.restates not in known:
            yield (
                f"{where}.restates",
                f"must be the id of a clause, got {clause.restates!r}",
                nearest(clause.restates, known),
            )
        if (clause.id in cited) == bool(clause.undecided or clause.restates):
            yield where, "must be cited by a rule, or say why it is undecided, or what it restates: one of them", ""


def _citations(book: Rulebook) -> Iterator[tuple[str, str]]:
    yield "credit.clause", book.credit.clause
    yield "window.clause", book.window.clause
    yield "total.clause", book.total.clause
    yield "total.several", book.total.several
    yield "total.who", book.total.who
    yield "total.invoice", book.total.invoice
    yield "in_network.clause", book.in_network.clause
    yield "in_network.outside", book.in_network.outside
    if book.compliance:
        yield "compliance.clause", book.compliance.clause
    for requirement in book.designations:
        yield f"designations.{requirement.designation}.clause", requirement.clause
    for rule in book.kinds:
        yield f"kinds.{rule.kind}.clause", rule.clause
    for group in book.evidence:
        yield f"evidence.{group.name}.clause", group.clause
    for cap in book.caps:
        yield f"caps.{cap.name}.clause", cap.clause
