"""Rulebook, a record of one edition of the rules that refuses to contradict itself.

It holds the requirement of each designation, the rule for each kind of activity, the caps, the shares, the window and
the clauses they rest on, and answers questions about them. Its tables by kind are in `index`.
"""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import attrs

from ..converters import nearest, read_member
from ..credits import Credits, credits_of
from ..designations import Designation
from ..displaying import displayed
from ..errors import (
    CecRulesError,
    ErrorCode,
    InvalidValue,
    NotStated,
    Path,
    Problems,
    UnknownName,
    insist,
    shown,
)
from ..structuring import build
from ..unstructuring import plain
from .amendments import amended, reread
from .clauses import Alternative, Clause, Confidence
from .contradictions import (
    alias_contradictions,
    alternative_contradictions,
    amount_contradictions,
    blank_names,
    cap_contradictions,
    citations,
    clause_contradictions,
    evidence_contradictions,
    minimum_contradictions,
    name_contradictions,
    reported_contradictions,
)
from .provisions import (
    Alias,
    CapGroup,
    ComplianceRule,
    CreditUnit,
    DesignationRule,
    Evidence,
    Governs,
    InNetworkRule,
    KindRule,
    Publisher,
    Source,
    TotalRule,
    WindowRule,
)

__all__ = ["Rulebook", "insist_on_rulebook"]


def _table(keyed_by: str, **options: Any) -> Any:
    return attrs.field(metadata={"keyed_by": keyed_by}, **options)


@displayed
@attrs.frozen(kw_only=True, repr=False, cache_hash=True)
class Rulebook:
    """One edition of the rules.

    Attributes:
        id: A stable name, such as `naaei-2014`.
        title: The name people read.
        governs: The renewal years it governs.
        credit: The number of minutes that make a credit.
        window: The days that count.
        total: The clauses on the credits required.
        in_network: The minimum share from the network.
        sources: The pages it was read from.
        designations: The requirement of each designation.
        kinds: The rule for each kind of activity; a kind without a rule is treated as unlisted.
        clauses: The sentences of the sources, each with its reading.
        evidence: The groups of documents.
        aliases: Other editions' codes for its designations.
        caps: The caps on groups of kinds.
        compliance: The credits on compliance; None if none are required or advised.

    Raises:
        InvalidValue: The rulebook contradicts itself in one place.
        InvalidDocument: More than one problem; `problems` lists them all.
    """

    id: str
    title: str
    governs: Governs
    credit: CreditUnit
    window: WindowRule
    total: TotalRule
    in_network: InNetworkRule
    sources: tuple[Source, ...] = _table("name")
    designations: tuple[DesignationRule, ...] = _table("designation")
    kinds: tuple[KindRule, ...] = _table("kind")
    clauses: tuple[Clause, ...] = _table("id")
    evidence: tuple[Evidence, ...] = _table("name", default=())
    aliases: tuple[Alias, ...] = _table("code", default=())
    caps: tuple[CapGroup, ...] = _table("name", default=())
    compliance: ComplianceRule | None = None

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        for problem in (
            *blank_names({("id",): self.id, ("title",): self.title}),
            *name_contradictions({name: (key, getattr(self, name)) for name, key in _TABLES.items()}),
            *amount_contradictions(self, self.credit.minutes),
            *minimum_contradictions(self.designations, self.in_network.share),
            *alias_contradictions(self.aliases, self.designations),
            *evidence_contradictions(self.kinds, self.evidence),
            *cap_contradictions(self.caps, self.kinds),
            *reported_contradictions(self.in_network, self.window, self.caps, self.kinds),
            *alternative_contradictions(self.clauses),
            *clause_contradictions(self.clauses, self.sources, citations(self)),
        ):
            problems.take(problem)
        if self.governs.followed_by == self.id:
            problems.add(
                ("governs", "followed_by"), f"must be another rulebook, got {self.id!r}", code=ErrorCode.CONFLICT
            )
        problems.settle()

    def __repr__(self) -> str:
        return f"<Rulebook {self.id}>"

    def evolve(self, **changes: Any) -> Rulebook:
        """Returns a rulebook like this one, with changes given in the form of its file.

        Tables are merged, everything else is replaced, and None takes a table or a key out, along with the clauses
        that are no longer cited then.

            >>> import cecrules as cec
            >>> cec.NAAEI_2014.evolve(id="what-if", designations={"CAM": {"credits": 8}}).id
            'what-if'

        Raises:
            InvalidValue: The result has one problem.
            InvalidDocument: More than one problem; `problems` lists them all.
        """
        return build(Rulebook, amended(plain(self), changes))

    @property
    def alternatives(self) -> tuple[tuple[Clause, Alternative], ...]:
        """All alternative readings, each with its clause, in the order of the clauses."""
        return tuple((clause, alternative) for clause in self.clauses for alternative in clause.also_possible)

    def read_as(self, *ids: str) -> Rulebook:
        """Returns the rulebook in which some clauses are read in another way that their words allow.

            >>> import cecrules as cec
            >>> cec.NAAEI_2014.read_as("compliance-advised").compliance.strength.value
            'may'

        All changes are made first, and then keys are taken out. The clauses that are read otherwise have no
        alternatives left.

        Args:
            ids: The ids of alternatives, of different clauses.

        Raises:
            UnknownName: The rulebook has no alternative of that id.
            NotStated: One of them is stated in words alone.
            InvalidValue: Two are of the same clause, or a change is of no effect or does not fit the rulebook.
            InvalidDocument: More than one problem; `problems` lists them all.
        """
        if not ids:
            return self
        chosen = self._chosen(ids)
        path = next(iter(chosen)) if len(chosen) == 1 else ()
        try:
            changed = reread(plain(self), "+".join([self.id, *ids]), list(chosen.values()))
        except CecRulesError as error:
            raise error.under(path) from None
        try:
            return build(Rulebook, changed)
        except CecRulesError as error:
            raise error.under((*path, "change") if path else ()) from None

    def _chosen(self, ids: tuple[str, ...]) -> dict[Path, tuple[Clause, Alternative]]:
        """Returns some alternatives by their path, each with its clause."""
        known = {
            alternative.id: (("clauses", clause.id, "also_possible", index), clause, alternative)
            for clause in self.clauses
            for index, alternative in enumerate(clause.also_possible)
        }
        chosen: dict[Path, tuple[Clause, Alternative]] = {}
        clauses: set[str] = set()
        for name in ids:
            if name not in known:
                problem = f"{self.id} has no alternative reading {shown(name)}"
                raise UnknownName((), problem, nearest(name, known))
            path, clause, alternative = known[name]
            if clause.id in clauses:
                problem = f"must be the only reading of {clause.id}, got another one too"
                raise InvalidValue(path, problem, code=ErrorCode.CONFLICT)
            if not alternative.is_decided:
                raise NotStated(path, "is stated in words alone, and no change can express it", alternative.says)
            clauses.add(clause.id)
            chosen[path] = clause, alternative
        return chosen

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
        raise UnknownName((), f"{self.id} has no clause {shown(id)}", nearest(id, (c.id for c in self.clauses)))

    def cited_by(self, id: str) -> tuple[str, ...]:
        """Returns the keys of the provisions that rest on a clause, such as `caps.association_service`."""
        paths = [path for path, cited in citations(self) if cited == id]
        return tuple(".".join(map(str, path)).removesuffix(".clause") for path in paths)

    def sources_of(self, id: str) -> tuple[Source, ...]:
        """Returns the sources a clause was seen at.

        Raises:
            UnknownName: The rulebook has no clause of that id.
        """
        seen_at = self.clause(id).seen_at or (self.sources[0].name,)
        return tuple(source for source in self.sources if source.name in seen_at)

    def confidence(self, id: str) -> Confidence:
        """Returns who attests a clause, which follows from the sources it was seen at.

        Raises:
            UnknownName: The rulebook has no clause of that id.
        """
        publishers = [source.publisher for source in self.sources_of(id)]
        if Publisher.AUTHORITY in publishers:
            return Confidence.AUTHORITY
        return Confidence.SEVERAL if len(publishers) > 1 else Confidence.ONE

    def own_code(self, designation: Designation) -> Designation:
        """Returns this rulebook's own code for a designation."""
        return next((alias.means for alias in self.aliases if alias.code is designation), designation)

    def rule_of(self, designation: Designation | str) -> DesignationRule:
        """Returns the requirement of one designation, under either of its codes.

        Raises:
            InvalidValue: The value is not a designation.
            UnknownName: The rulebook does not have that designation.
            NotStated: Its sources do not say how much the designation requires.
        """
        held = read_member(Designation, designation, ("designation",))
        own = self.own_code(held)
        for rule in self.designations:
            if rule.designation is own:
                if rule.credits is None:
                    problem = f"the sources of {self.id} do not say what {own} requires"
                    raise NotStated(("designations",), problem, f"see clause {rule.clause}")
                return rule
        known = ", ".join(rule.designation for rule in self.designations)
        problem = f"{self.id} does not have {held.value!r}"
        raise UnknownName(("designations",), problem, f"known: {known}")


def insist_on_rulebook(value: object) -> None:
    """Refuses a value that is not a rulebook.

    Raises:
        InvalidValue: It is not.
    """
    insist(value, Rulebook, ("rulebook",), "a Rulebook", "edition() returns one by its id")


# The tables, each with the field its rows are keyed by.
_TABLES = {field.name: field.metadata["keyed_by"] for field in attrs.fields(Rulebook) if "keyed_by" in field.metadata}
