"""Finds every contradiction in a rulebook: amounts, names, kinds, aliases, window, and clauses closed both ways."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from fractions import Fraction
from typing import TYPE_CHECKING

from ..activities import ActivityKind
from ..converters import nearest
from .provisions import KindRule, SameField, Side, WindowKind

if TYPE_CHECKING:
    from .rulebook import Rulebook

__all__ = ["citations", "contradictions"]

# Where, what is wrong, what to do about it.
Contradiction = tuple[str, str, str]

# A term longer than this is a slip of the keyboard, and could leave the calendar.
MOST_MONTHS = 1200

ACCEPTED = (Side.IN_NETWORK, Side.OUT_OF_NETWORK)


def contradictions(book: Rulebook) -> Iterator[Contradiction]:
    """Yields every contradiction in a rulebook, each with the key it stands at."""
    yield from _amounts(book)
    yield from _minimums(book)
    yield from _names(book)
    yield from _aliases(book)
    yield from _window(book)
    yield from _kinds(book)
    yield from _caps(book)
    yield from _clauses(book)
    years = book.governs
    if years.followed_by == book.id:
        yield "governs.followed_by", f"must be another rulebook, got {book.id!r}", ""
    if years.first is not None and years.last is not None and years.last < years.first:
        yield "governs.last", f"must not be before {years.first}, got {years.last}", ""


def citations(book: Rulebook) -> Iterator[tuple[str, str]]:
    """Yields every clause a rulebook's provisions cite: the key it stands at and the id."""
    yield "credit.clause", book.credit.clause
    yield "window.clause", book.window.clause
    for name in ("clause", "several", "who", "invoice"):
        yield f"total.{name}", getattr(book.total, name)
    yield "in_network.clause", book.in_network.clause
    yield "in_network.outside", book.in_network.outside
    if book.compliance:
        yield "compliance.clause", book.compliance.clause
    for requirement in book.designations:
        yield f"designations.{requirement.designation}.clause", requirement.clause
    for alias in book.aliases:
        yield f"aliases.{alias.code}.clause", alias.clause
    for rule in book.kinds:
        yield f"kinds.{rule.kind}.clause", rule.clause
    for group in book.evidence:
        yield f"evidence.{group.name}.clause", group.clause
    for cap in book.caps:
        yield f"caps.{cap.name}.clause", cap.clause


def _amounts(book: Rulebook) -> Iterator[Contradiction]:
    unit = book.credit.minutes
    if unit < 1:
        yield "credit.minutes", f"must be at least 1, got {unit}", ""
    amounts: dict[str, Fraction | None] = {}
    for requirement in book.designations:
        amounts[f"designations.{requirement.designation}.credits"] = requirement.credits
        amounts[f"designations.{requirement.designation}.in_network"] = requirement.in_network
    amounts |= {f"caps.{cap.name}.credits": cap.credits for cap in book.caps}
    amounts |= {f"kinds.{rule.kind}.each": rule.each for rule in book.kinds}
    if book.compliance:
        amounts["compliance.credits"] = book.compliance.credits
    for where, amount in amounts.items():
        if amount is not None and (amount * unit).denominator != 1:
            yield where, f"must be a whole number of minutes, got {amount} credits of {unit}", ""


def _minimums(book: Rulebook) -> Iterator[Contradiction]:
    share = book.in_network.share
    if share is not None and share > 1:
        yield "in_network.share", f"must be at most 1, got {share}", ""
    for requirement in book.designations:
        owed, minimum = requirement.credits, requirement.in_network
        if owed is None:
            continue
        where = f"designations.{requirement.designation}.in_network"
        least = max(
            r.in_network or Fraction(0) for r in book.designations if r.credits is not None and r.credits <= owed
        )
        if (share is None) == (minimum is None):
            yield where, "must be given exactly where in_network.share is not", ""
        elif minimum is not None and minimum > owed:
            yield where, f"must be at most the {owed} required, got {minimum}", ""
        elif minimum is not None and minimum < least:
            yield (
                where,
                f"must be at least {least}, which a designation that owes no more asks for, got {minimum}",
                "only so does the largest requirement serve all designations",
            )


def _names(book: Rulebook) -> Iterator[Contradiction]:
    for field, names in (
        ("sources", [source.name for source in book.sources]),
        ("designations", [requirement.designation for requirement in book.designations]),
        ("aliases", [alias.code for alias in book.aliases]),
        ("kinds", [rule.kind for rule in book.kinds]),
        ("evidence", [group.name for group in book.evidence]),
        ("caps", [cap.name for cap in book.caps]),
        ("clauses", [clause.id for clause in book.clauses]),
    ):
        for name, count in Counter(names).items():
            if count > 1:
                yield f"{field}.{name}", f"must be given once, got it {count} times", ""
    for field, values in (("sources", book.sources), ("designations", book.designations)):
        if not values:
            yield field, "must name at least one, got none", ""
    if ActivityKind.UNLISTED not in {rule.kind for rule in book.kinds}:
        yield "kinds", "must have a rule for unlisted, which stands for every kind without one of its own", ""


def _aliases(book: Rulebook) -> Iterator[Contradiction]:
    own = {requirement.designation for requirement in book.designations}
    codes = {alias.code for alias in book.aliases}
    for alias in book.aliases:
        where = f"aliases.{alias.code}"
        if alias.code in own:
            yield where, "must not be a designation that has a requirement of its own", ""
        if alias.means in codes:
            yield (
                f"{where}.means",
                f"must not be an alias itself, got {alias.means.value!r}",
                "aliases in a row, or in a circle, name nothing",
            )
        elif alias.means not in own:
            yield (
                f"{where}.means",
                f"must be a designation with a requirement, got {alias.means.value!r}",
                nearest(alias.means, own),
            )


def _window(book: Rulebook) -> Iterator[Contradiction]:
    window = book.window
    wanted = {WindowKind.CALENDAR_YEAR: "years_before", WindowKind.UNKNOWN: ""}.get(window.kind, "months")
    for name in ("years_before", "months", "grace_months"):
        amount = getattr(window, name)
        where = f"window.{name}"
        if name == wanted and not 1 <= amount <= MOST_MONTHS:
            yield where, f"must be from 1 to {MOST_MONTHS} for {window.kind}, got {amount}", ""
        elif name == "grace_months" and window.kind is WindowKind.TERM:
            if amount > MOST_MONTHS:
                yield where, f"must be at most {MOST_MONTHS}, got {amount}", ""
        elif name != wanted and amount:
            yield where, f"must not be given for {window.kind}, got {amount}", ""
    if not window.last_day_inside and wanted != "months":
        yield "window.last_day_inside", f"must not be given for {window.kind}", ""
    if not window.shared and window.kind is not WindowKind.TERM:
        yield "window.shared", f"must not be given for {window.kind}", ""


def _kinds(book: Rulebook) -> Iterator[Contradiction]:
    groups = {group.name for group in book.evidence}
    for rule in book.kinds:
        where = f"kinds.{rule.kind}"
        if rule.evidence and rule.side not in ACCEPTED:
            yield f"{where}.evidence", "must not be given for a kind that is not accepted", ""
        elif rule.evidence and rule.evidence not in groups:
            yield (
                f"{where}.evidence",
                f"must name a group of evidence, got {rule.evidence!r}",
                nearest(rule.evidence, groups),
            )
        yield from _worth(where, rule)


def _worth(where: str, rule: KindRule) -> Iterator[Contradiction]:
    if rule.each is None and rule.kind.is_occasion and rule.side in ACCEPTED:
        yield f"{where}.each", "is required: an occasion is counted, not measured in hours", ""
    if rule.each is None and rule.once_per and SameField.MINUTES not in rule.once_per:
        yield (
            f"{where}.once_per",
            "must name minutes, or stand beside each",
            "of entries worth different hours it would say which to lose",
        )


def _caps(book: Rulebook) -> Iterator[Contradiction]:
    sides = {rule.kind: rule.side for rule in book.kinds}
    capped: dict[ActivityKind, str] = {}
    for cap in book.caps:
        where = f"caps.{cap.name}.kinds"
        if not cap.kinds:
            yield where, "must name at least one kind, got none", ""
        for kind in cap.kinds:
            if sides.get(kind) not in ACCEPTED:
                yield where, f"must be accepted kinds, got {kind.value!r}", ""
            if capped.setdefault(kind, cap.name) != cap.name:
                yield where, f"must not share {kind.value!r} with caps.{capped[kind]}", "a kind has at most one cap"
        if len({sides.get(kind) for kind in cap.kinds}) > 1:
            yield where, "must all be on one side", "the limits are nested: kind in cap in side in total"


def _clauses(book: Rulebook) -> Iterator[Contradiction]:
    known = {clause.id for clause in book.clauses}
    sources = {source.name for source in book.sources}
    cited: set[str] = set()
    for where, clause_id in citations(book):
        cited.add(clause_id)
        if clause_id not in known:
            yield where, f"must be the id of a clause, got {clause_id!r}", nearest(clause_id, known)
    for clause in book.clauses:
        where = f"clauses.{clause.id}"
        if clause.restates and (clause.restates not in known or clause.restates == clause.id):
            yield (
                f"{where}.restates",
                f"must be the id of another clause, got {clause.restates!r}",
                nearest(clause.restates, known),
            )
        if (clause.id in cited) + bool(clause.undecided) + bool(clause.restates) != 1:
            yield where, "must be cited by a rule, or say why it is undecided, or what it restates: one of them", ""
        for name in clause.seen_at:
            if name not in sources:
                yield f"{where}.seen_at", f"must name sources, got {name!r}", nearest(name, sources)
