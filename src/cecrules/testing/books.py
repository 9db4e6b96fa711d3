"""Makes random rulebooks that contain no contradiction."""

from __future__ import annotations

from collections.abc import Sequence
from fractions import Fraction
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ..activities import ActivityKind
from ..credits import MINUTES_AN_HOUR
from ..designations import Designation
from ..documents import DocumentKind
from ..rulebook.clauses import Clause
from ..rulebook.contradictions import citations
from ..rulebook.provisions import (
    ACCEPTED,
    Alias,
    CapGroup,
    ComplianceRule,
    Condition,
    CreditUnit,
    DesignationRule,
    Evidence,
    Governs,
    InNetworkRule,
    KindRule,
    Publisher,
    SameField,
    Side,
    Source,
    Strength,
    TotalRule,
    WindowKind,
    WindowRule,
)
from ..rulebook.rulebook import Rulebook

__all__ = ["Fields", "rulebooks", "some_documents"]

DATED = (WindowKind.CALENDAR_YEAR, WindowKind.MONTHS_BEFORE, WindowKind.TERM)

Fields = dict[str, SearchStrategy[Any]]


def rulebooks(
    *,
    minutes_a_credit: SearchStrategy[int] | None = None,
    window_kinds: Sequence[WindowKind] = DATED,
) -> SearchStrategy[Rulebook]:
    """Returns rulebooks that contain no contradiction and state every fact.

    Args:
        minutes_a_credit: The number of minutes that make a credit, at least 1. Unless given, it is an hour or any
            number up to two hours. With few minutes, a test can try every minute.
        window_kinds: The kinds of window to choose from; `unknown` is not among them.
    """
    units = st.just(MINUTES_AN_HOUR) | st.integers(1, 2 * MINUTES_AN_HOUR)

    @st.composite
    def made(draw: DrawFn) -> Rulebook:
        unit = draw(units if minutes_a_credit is None else minutes_a_credit)
        share = draw(st.none() | st.fractions(0, 1, max_denominator=8))
        evidence = draw(st.lists(some_documents(DocumentKind), max_size=3))
        first, *others = draw(_listed_kinds())
        kinds = [draw(_kind_rule(first, ACCEPTED, len(evidence), unit))]
        kinds += [draw(_kind_rule(kind, (*ACCEPTED, Side.NOT_ACCEPTED), len(evidence), unit)) for kind in others]
        requirements = draw(_requirements(unit, table=share is None))
        parts: dict[str, Any] = {
            "credit": CreditUnit(minutes=unit, clause="unit.credit"),
            "window": draw(_window_rule(window_kinds)),
            "total": TotalRule(
                strength=Strength.MUST, clause="total.all", several="total.most", who="total.who", invoice="total.bill"
            ),
            "in_network": InNetworkRule(
                strength=Strength.MUST, clause="network.least", outside="outside.most", share=share
            ),
            "compliance": draw(st.none() | _compliance(unit)),
            "designations": requirements,
            "aliases": draw(_aliases([rule.designation for rule in requirements])),
            "kinds": tuple(kinds),
            "evidence": tuple(
                Evidence(name=f"group-{n}", documents=group, clause="evidence.any") for n, group in enumerate(evidence)
            ),
            "caps": draw(_caps(kinds, unit)),
        }
        provisions: list[Any] = []
        for part in parts.values():
            provisions.extend(part if hasattr(part, "__iter__") else [part])
        cited = sorted({clause for provision in provisions for _, clause in citations(provision)})
        return Rulebook(
            id="random",
            title="Rules made up for a test",
            governs=draw(_governs()),
            sources=(Source(name="test", publisher=Publisher.AUTHORITY, page="None: made up for a test"),),
            clauses=tuple(Clause(id=key, section="All", says=f"What {key} says.", reading="As said.") for key in cited),
            **parts,
        )

    return made()


def _amounts(unit: int, most: int = 8) -> SearchStrategy[Fraction]:
    whole = st.integers(0, most).map(Fraction)
    return whole | st.integers(0, most * unit).map(lambda minutes: Fraction(minutes, unit))


def some_documents(among: Sequence[DocumentKind] | type[DocumentKind]) -> SearchStrategy[tuple[DocumentKind, ...]]:
    return st.lists(st.sampled_from(among), min_size=1, max_size=3, unique=True).map(tuple)


def _governs() -> SearchStrategy[Governs]:
    first, more = st.integers(2000, 2020), st.integers(0, 10)
    return st.builds(Governs) | st.builds(_years, first, more)


def _years(first: int, more: int) -> Governs:
    return Governs(first=first, last=first + more)


def _window_rule(kinds: Sequence[WindowKind]) -> SearchStrategy[WindowRule]:
    months, grace = st.integers(1, 24), st.integers(0, 6)
    common: Fields = {"clause": st.just("window.days")}
    fields: dict[WindowKind, Fields] = {
        WindowKind.CALENDAR_YEAR: {"years_before": st.integers(1, 3)},
        WindowKind.MONTHS_BEFORE: {"months": months, "last_day_inside": st.booleans()},
        WindowKind.TERM: {
            "months": months,
            "grace_months": grace,
            "last_day_inside": st.booleans(),
            "shared": st.booleans(),
        },
    }
    return st.sampled_from(kinds).flatmap(
        lambda kind: st.builds(WindowRule, kind=st.just(kind), **common, **fields[kind])
    )


def _compliance(unit: int) -> SearchStrategy[ComplianceRule]:
    clause = st.just("compliance.some")
    return st.builds(ComplianceRule, strength=st.sampled_from(Strength), credits=_amounts(unit, 2), clause=clause)


@st.composite
def _requirements(draw: DrawFn, unit: int, *, table: bool) -> tuple[DesignationRule, ...]:
    """The requirement of each designation; in a table, a larger requirement has no smaller minimum in network."""
    codes = draw(st.lists(st.sampled_from(Designation), min_size=1, max_size=4, unique=True))
    each = st.lists(_amounts(unit), min_size=len(codes), max_size=len(codes)).map(sorted)
    totals, shares = draw(each), draw(each)
    least = {most: min(most, share) for most, share in zip(totals, shares, strict=True)}
    rows = [
        DesignationRule(
            designation=code, clause=f"required.{code}", credits=most, in_network=least[most] if table else None
        )
        for code, most in zip(codes, totals, strict=True)
    ]
    return tuple(draw(st.permutations(rows)))


def _aliases(own: list[Designation]) -> SearchStrategy[tuple[Alias, ...]]:
    others = [code for code in Designation if code not in own]
    alias = st.builds(Alias, code=st.sampled_from(others), means=st.sampled_from(own), clause=st.just("required.alias"))
    return st.just(()) | alias.map(lambda alias: (alias,))


def _listed_kinds() -> SearchStrategy[list[ActivityKind]]:
    """At least one kind, the first to be accepted, and then the kind that stands for every other."""
    listed = [kind for kind in ActivityKind if kind is not ActivityKind.UNLISTED]
    return st.lists(st.sampled_from(listed), min_size=1, max_size=8, unique=True).map(
        lambda kinds: [*kinds, ActivityKind.UNLISTED]
    )


@st.composite
def _kind_rule(draw: DrawFn, kind: ActivityKind, sides: Sequence[Side], groups: int, unit: int) -> KindRule:
    side = draw(st.sampled_from(sides))
    fixed = side in ACCEPTED and (kind.is_occasion or draw(st.booleans()))
    names = [f"group-{n}" for n in range(groups)] if side in ACCEPTED else []
    return KindRule(
        kind=kind,
        side=side,
        clause=f"kinds.{kind}",
        each=draw(_amounts(unit, 2)) if fixed else None,
        once_per=tuple(draw(st.lists(st.sampled_from(SameField), unique=True))) if fixed else (),
        conditions=tuple(draw(st.lists(st.sampled_from(Condition), max_size=1))) if side in ACCEPTED else (),
        evidence=draw(st.sampled_from(["", *names])),
    )


@st.composite
def _caps(draw: DrawFn, rules: list[KindRule], unit: int) -> tuple[CapGroup, ...]:
    """Caps on kinds of one side, with no kind under two; the kind that stands for every other is under none."""
    caps: list[CapGroup] = []
    for side in ACCEPTED:
        kinds = [rule.kind for rule in rules if rule.side is side and rule.kind is not ActivityKind.UNLISTED]
        group_of = {kind: draw(st.integers(0, 2)) for kind in kinds}
        for group in sorted({*group_of.values()} - {0}):
            capped = tuple(kind for kind in kinds if group_of[kind] == group)
            name = f"{side}-{group}"
            caps.append(CapGroup(name=name, credits=draw(_amounts(unit, 4)), kinds=capped, clause="network.cap"))
    return tuple(caps)
