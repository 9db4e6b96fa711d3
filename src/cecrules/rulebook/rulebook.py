"""Rulebook: one edition of the rules as data, which checks itself (`consistency`).

Holds what each designation owes, what each kind of activity is worth and calls for, the caps, the shares, the
window and the clauses they rest on; and looks each of them up.
"""

from __future__ import annotations

from fractions import Fraction
from functools import cached_property
from operator import attrgetter
from typing import Any

import attrs

from ..activities import ActivityKind
from ..converters import nearest
from ..credits import Credits, credits_of
from ..designations import Designation
from ..documents import DocumentKind
from ..errors import Problems, UnknownName
from ..structuring import build
from ..unstructuring import plain
from .amendments import varied
from .clauses import Clause, Confidence
from .contradictions import citations, contradictions
from .provisions import (
    Alias,
    CapGroup,
    ComplianceRule,
    CreditUnit,
    Evidence,
    Governs,
    InNetworkRule,
    KindRule,
    Publisher,
    Requirement,
    Side,
    Source,
    TotalRule,
    WindowKind,
    WindowRule,
)

__all__ = ["Rulebook"]


def _table(keyed_by: str, **options: Any) -> Any:
    return attrs.field(metadata={"keyed_by": keyed_by}, **options)


@attrs.frozen(kw_only=True, slots=False, repr=False, cache_hash=True)
class Rulebook:
    """One edition of the rules.

    Raises:
        InvalidValue: It contradicts itself in one place.
        InvalidDocument: It contradicts itself in several; every one is reported.
    """

    id: str
    title: str
    governs: Governs
    credit: CreditUnit
    window: WindowRule
    total: TotalRule
    in_network: InNetworkRule
    sources: tuple[Source, ...] = _table("name")
    designations: tuple[Requirement, ...] = _table("designation")
    kinds: tuple[KindRule, ...] = _table("kind")
    clauses: tuple[Clause, ...] = _table("id")
    evidence: tuple[Evidence, ...] = _table("name", default=())
    aliases: tuple[Alias, ...] = _table("code", default=())
    caps: tuple[CapGroup, ...] = _table("name", default=())
    compliance: ComplianceRule | None = None

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        for where, problem, hint in contradictions(self):
            problems.add(where, problem, hint)
        problems.settle()

    def __repr__(self) -> str:
        return f"<Rulebook {self.id}>"

    def evolve(self, **changes: Any) -> Rulebook:
        """Returns a rulebook like this one with changes in the form of its file: a what-if.

        Tables are merged, everything else is replaced, and None takes a table or a key out; clauses that are then
        cited no more go with it.

            >>> import cecrules as cec
            >>> cec.NAAEI_2014.evolve(id="what-if", designations={"CAM": {"credits": 8}}).id
            'what-if'

        Raises:
            InvalidValue: There is one problem in what comes out.
            InvalidDocument: There are several; every one is reported.
        """
        return build(Rulebook, varied(plain(self), changes))

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

    def cited_by(self, id: str) -> tuple[str, ...]:
        """Returns the keys of the provisions that rest on a clause, such as `caps.association_service`."""
        return tuple(where.removesuffix(".clause") for where, cited in citations(self) if cited == id)

    def sources_of(self, id: str) -> tuple[Source, ...]:
        """Returns the sources a clause was seen at.

        Raises:
            UnknownName: The rulebook has no clause of that id.
        """
        seen_at = self.clause(id).seen_at or (self.sources[0].name,)
        return tuple(source for source in self.sources if source.name in seen_at)

    def confidence(self, id: str) -> Confidence:
        """Returns how well a clause is attested, which follows from the sources it was seen at.

        Raises:
            UnknownName: The rulebook has no clause of that id.
        """
        publishers = [source.publisher for source in self.sources_of(id)]
        if Publisher.AUTHORITY in publishers:
            return Confidence.AUTHORITY
        return Confidence.SEVERAL if len(publishers) > 1 else Confidence.ONE

    def own_code(self, designation: Designation) -> Designation:
        """Returns the code by which this rulebook knows a designation."""
        return next((alias.means for alias in self.aliases if alias.code is designation), designation)

    def requirement(self, designation: Designation) -> Requirement:
        """Returns what one designation owes, under either of its codes.

        Raises:
            UnknownName: The rulebook does not speak of that designation, or its sources do not say what it owes.
        """
        own = self.own_code(designation)
        for requirement in self.designations:
            if requirement.designation is own:
                if requirement.credits is None:
                    raise UnknownName(
                        "designations",
                        f"the sources of {self.id} do not say what {own} owes",
                        self.clause(requirement.clause).reading,
                    )
                return requirement
        known = ", ".join(r.designation for r in self.designations)
        raise UnknownName("designations", f"{self.id} does not speak of {designation.value!r}", f"known: {known}")

    @cached_property
    def kind_rules(self) -> dict[ActivityKind, KindRule]:
        """The rule of every kind; a kind without one of its own is treated as unlisted."""
        own = {rule.kind: rule for rule in self.kinds}
        return {kind: own.get(kind, own[ActivityKind.UNLISTED]) for kind in ActivityKind}

    @cached_property
    def kinds_by_side(self) -> dict[Side, frozenset[ActivityKind]]:
        """The kinds that stand on each side."""
        rules = self.kind_rules
        return {side: frozenset(kind for kind in rules if rules[kind].side is side) for side in Side}

    @cached_property
    def outside_kinds(self) -> frozenset[ActivityKind]:
        """The kinds that count out of network."""
        return self.kinds_by_side[Side.OUT_OF_NETWORK]

    @cached_property
    def unknown_kinds(self) -> frozenset[ActivityKind]:
        """The kinds of which the sources do not say how they count."""
        return self.kinds_by_side[Side.UNKNOWN]

    @cached_property
    def has_terms(self) -> bool:
        """True where each designation has a term of its own."""
        return self.window.kind is WindowKind.TERM

    @cached_property
    def single_kinds(self) -> dict[ActivityKind, KindRule]:
        """The rules of the kinds of which entries that report the same count once."""
        return {kind: rule for kind, rule in self.kind_rules.items() if rule.once_per}

    @cached_property
    def identity_of_kind(self) -> dict[ActivityKind, attrgetter[object]]:
        """What tells the entries of those kinds apart: reads it from an activity."""
        return {kind: attrgetter(*rule.once_per) for kind, rule in self.single_kinds.items()}

    @cached_property
    def evidence_of_kind(self) -> dict[ActivityKind, Evidence]:
        """The documents each accepted kind calls for."""
        groups = {group.name: group for group in self.evidence}
        return {kind: groups[rule.evidence] for kind, rule in self.kind_rules.items() if rule.evidence}

    @cached_property
    def documents_of_kind(self) -> dict[ActivityKind, frozenset[DocumentKind]]:
        """The documents, any one of which shows an activity of a kind; for the kinds that call for any."""
        return {kind: frozenset(evidence.documents) for kind, evidence in self.evidence_of_kind.items()}

    @cached_property
    def fixed_minutes(self) -> dict[ActivityKind, int]:
        """The minutes one entry is worth, for the kinds that are not counted by their hours."""
        return {kind: self.minutes(rule.each) for kind, rule in self.kind_rules.items() if rule.each is not None}

    @cached_property
    def cap_of_kind(self) -> dict[ActivityKind, CapGroup]:
        """The cap each capped kind falls under; a kind treated as unlisted is under the cap of unlisted."""
        capped = {kind: cap for cap in self.caps for kind in cap.kinds}
        return {kind: capped[rule.kind] for kind, rule in self.kind_rules.items() if rule.kind in capped}

    @cached_property
    def limited_kinds(self) -> frozenset[ActivityKind]:
        """The kinds of which a limit over several entries may take credits: once each, a cap, the half outside."""
        return self.outside_kinds.union(self.identity_of_kind, self.cap_of_kind)

    @cached_property
    def cap_minutes(self) -> dict[str, int]:
        """The minutes each cap allows, by its name."""
        return {cap.name: self.minutes(cap.credits) for cap in self.caps}
