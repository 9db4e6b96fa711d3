"""Finds contradictions between the tables of a rulebook, and between its clauses and their citations.

A contradiction within one provision is refused by its constructor (`provisions`).
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from fractions import Fraction
from functools import partial
from typing import Any, TypeAlias

import attrs

from ..activities import ActivityKind
from ..converters import nearest
from ..errors import ErrorCode, InvalidValue, Path
from .clauses import Clause
from .provisions import (
    ACCEPTED,
    Alias,
    CapGroup,
    DesignationRule,
    Evidence,
    InNetworkRule,
    KindRule,
    ShareOf,
    Side,
    Source,
    WindowRule,
)

__all__ = [
    "alias_contradictions",
    "alternative_contradictions",
    "amount_contradictions",
    "blank_names",
    "cap_contradictions",
    "citations",
    "clause_contradictions",
    "evidence_contradictions",
    "minimum_contradictions",
    "name_contradictions",
    "reported_contradictions",
]

Contradictions: TypeAlias = "Iterator[InvalidValue]"


def citations(value: object) -> Iterator[tuple[Path, str]]:
    """Yields every clause that a provision, or every provision of a rulebook, cites, with the path of the citation.

    A field is a citation if it is marked as one (`provisions.cites`).
    """
    return _marked("cites", value, ())


def _marked(mark: str, value: object, path: Path) -> Iterator[tuple[Path, Any]]:
    """Yields what every field with a mark holds, with its path; a table is walked by the key of its rows."""
    kind: type = type(value)
    if not hasattr(kind, "__attrs_attrs__"):
        return
    for field in attrs.fields(kind):
        inner, held = (*path, field.name), getattr(value, field.name)
        if field.metadata.get(mark):
            yield inner, held
        elif key := field.metadata.get("keyed_by"):
            for row in held:
                yield from _marked(mark, row, (*inner, str(getattr(row, key))))
        else:
            yield from _marked(mark, held, inner)


def blank_names(names: Mapping[Path, str]) -> Contradictions:
    """Yields every name that is blank, by its path."""
    for path, name in names.items():
        if not name.strip():
            yield InvalidValue(path, f"must not be blank, got {name!r}", code=ErrorCode.OUT_OF_RANGE)


def name_contradictions(tables: Mapping[str, tuple[str, Iterable[Any]]]) -> Contradictions:
    """Yields every name that a table has twice, and every table that is empty and must not be.

    Args:
        tables: The rows of each table, and the field they are keyed by.
    """
    for table, (key, rows) in tables.items():
        names = Counter(str(getattr(row, key)) for row in rows)
        yield from blank_names({(table, name): name for name in names})
        for name, count in names.items():
            if count > 1:
                problem = f"must be given once, got it {count} times"
                yield InvalidValue((table, name), problem, code=ErrorCode.REPEATED_KEY)
        if not names and table in ("sources", "designations"):
            yield InvalidValue((table,), "must name at least one, got none", code=ErrorCode.OUT_OF_RANGE)
        if table == "kinds" and ActivityKind.UNLISTED not in names:
            problem = "must have a rule for unlisted, which applies to every kind without its own rule"
            yield InvalidValue((table,), problem, code=ErrorCode.MISSING)


def amount_contradictions(rulebook: object, unit: int) -> Contradictions:
    """Yields every number of credits that is negative, or not a whole number of minutes for credits of `unit` minutes.

    A field is a number of credits if it is marked as one (`provisions.in_credits`).
    """
    for path, amount in _marked("in_credits", rulebook, ()):
        if amount is None:
            continue
        if amount < 0:
            yield InvalidValue(path, f"must be at least 0, got {amount}", code=ErrorCode.OUT_OF_RANGE)
        elif (amount * unit).denominator != 1:
            problem = f"must be a whole number of minutes, got {amount} credits of {unit}"
            yield InvalidValue(path, problem, code=ErrorCode.OUT_OF_RANGE)


def minimum_contradictions(designations: Iterable[DesignationRule], share: Fraction | None) -> Contradictions:
    """Yields every in-network minimum that keeps the largest requirement from serving all designations."""
    known = [rule for rule in designations if rule.credits is not None]
    for rule in known:
        path = ("designations", str(rule.designation), "in_network")
        minimum = rule.in_network
        if (share is None) == (minimum is None):
            yield InvalidValue(path, "must be given if in_network.share is not, and only then", code=ErrorCode.CONFLICT)
        elif minimum is not None:
            least = max(r.in_network or Fraction(0) for r in known if (r.credits or 0) <= (rule.credits or 0))
            if minimum < least:
                yield InvalidValue(
                    path,
                    f"must be at least {least}, the minimum of a designation that requires no more, got {minimum}",
                    "otherwise the largest requirement would not serve all designations",
                    ErrorCode.CONFLICT,
                )


def alias_contradictions(aliases: tuple[Alias, ...], designations: Iterable[DesignationRule]) -> Contradictions:
    """Yields every alias whose code has its own requirement, or whose meaning has none."""
    own = {rule.designation for rule in designations}
    codes = {alias.code for alias in aliases}
    for alias in aliases:
        path = ("aliases", str(alias.code))
        if alias.code in own:
            problem = "must not be a designation that has its own requirement"
            yield InvalidValue(path, problem, code=ErrorCode.CONFLICT)
        if alias.means in codes:
            yield InvalidValue(
                (*path, "means"),
                f"must not be an alias itself, got {alias.means.value!r}",
                "an alias of an alias is not followed",
                ErrorCode.CONFLICT,
            )
        elif alias.means not in own:
            yield InvalidValue(
                (*path, "means"),
                f"must be a designation with a requirement, got {alias.means.value!r}",
                nearest(alias.means, own),
                ErrorCode.UNKNOWN_NAME,
            )


def evidence_contradictions(kinds: Iterable[KindRule], evidence: Iterable[Evidence]) -> Contradictions:
    """Yields every kind that calls for a group of documents that does not exist."""
    groups = {group.name for group in evidence}
    for rule in kinds:
        if rule.evidence and rule.evidence not in groups:
            yield InvalidValue(
                ("kinds", str(rule.kind), "evidence"),
                f"must name a group of evidence, got {rule.evidence!r}",
                partial(nearest, rule.evidence, tuple(groups)),
                ErrorCode.UNKNOWN_NAME,
            )


def cap_contradictions(caps: Iterable[CapGroup], kinds: Iterable[KindRule]) -> Contradictions:
    """Yields every cap on kinds that are not accepted, that have another cap, or that count on two sides."""
    sides = {rule.kind: rule.side for rule in kinds}
    capped: dict[ActivityKind, str] = {}
    for cap in caps:
        path = ("caps", cap.name, "kinds")
        for kind in cap.kinds:
            if sides.get(kind) not in ACCEPTED:
                yield InvalidValue(path, f"must be accepted kinds, got {kind.value!r}", code=ErrorCode.CONFLICT)
            if capped.setdefault(kind, cap.name) != cap.name:
                yield InvalidValue(
                    path,
                    f"must not share {kind.value!r} with caps.{capped[kind]}",
                    "a kind has at most one cap",
                    ErrorCode.CONFLICT,
                )
        if len({sides.get(kind) for kind in cap.kinds}) > 1:
            yield InvalidValue(
                path,
                "must all be on one side",
                "limits are nested, kind in cap in side in total",
                ErrorCode.CONFLICT,
            )


def reported_contradictions(
    in_network: InNetworkRule, window: WindowRule, caps: Iterable[CapGroup], kinds: Iterable[KindRule]
) -> Contradictions:
    """Yields every provision that does not go with a share of the credits reported.

    Activities outside the network are then left out whole, which neither a cap there nor the search for the term that
    an activity serves takes into account.
    """
    if in_network.of is not ShareOf.REPORTED:
        return
    outside = {rule.kind for rule in kinds if rule.side is Side.OUT_OF_NETWORK}
    for cap in caps:
        if outside.intersection(cap.kinds):
            problem = "must not be on kinds out of network if in_network.of is reported"
            yield InvalidValue(("caps", cap.name, "kinds"), problem, code=ErrorCode.CONFLICT)
    if not window.shared:
        problem = "must not be false if in_network.of is reported"
        yield InvalidValue(("window", "shared"), problem, code=ErrorCode.CONFLICT)


def clause_contradictions(
    clauses: Iterable[Clause], sources: Iterable[Source], cited: Iterable[tuple[Path, str]]
) -> Contradictions:
    """Yields every citation of a missing clause, and every clause that is not cited, undecided or a restatement."""
    known = dict.fromkeys(clause.id for clause in clauses)
    names = dict.fromkeys(source.name for source in sources)
    ids: set[str] = set()
    for path, clause_id in cited:
        ids.add(clause_id)
        if clause_id not in known:
            yield _not_there(path, "the id of a clause", clause_id, known)
    for clause in clauses:
        path = ("clauses", clause.id)
        if clause.restates and (clause.restates not in known or clause.restates == clause.id):
            yield _not_there((*path, "restates"), "the id of another clause", clause.restates, known)
        if (clause.id in ids) + bool(clause.undecided) + bool(clause.restates) != 1:
            problem = "must be cited by a rule, or say why it is undecided, or name the clause it restates"
            yield InvalidValue(path, problem, "exactly one of these applies", ErrorCode.CONFLICT)
        for index, name in enumerate(clause.seen_at):
            if name not in names:
                yield _not_there((*path, "seen_at", index), "the name of a source", name, names)


# The keys that name a rulebook or say where it comes from; a reading decides none of them.
_NOT_READ = frozenset(["id", "title", "governs", "sources", "clauses"])


def alternative_contradictions(clauses: Iterable[Clause]) -> Contradictions:
    """Yields every alternative reading without a name or words, with another's name, or that changes no rule."""
    seen: set[str] = set()
    for clause in clauses:
        for index, alternative in enumerate(clause.also_possible):
            path = ("clauses", clause.id, "also_possible", index)
            yield from blank_names({(*path, "id"): alternative.id, (*path, "says"): alternative.says})
            if alternative.id in seen:
                problem = f"must be a name of its own, got {alternative.id!r} again"
                yield InvalidValue((*path, "id"), problem, code=ErrorCode.REPEATED_KEY)
            seen.add(alternative.id)
            for key, _ in alternative.change.items:
                if key in _NOT_READ:
                    problem = "must not be changed by a reading"
                    yield InvalidValue((*path, "change", key), problem, code=ErrorCode.CONFLICT)


def _not_there(path: Path, what: str, found: str, known: Iterable[str]) -> InvalidValue:
    hint = partial(nearest, found, tuple(known))
    return InvalidValue(path, f"must be {what}, got {found!r}", hint, ErrorCode.UNKNOWN_NAME)
