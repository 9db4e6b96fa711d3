"""Mixes two rulebooks, to find which of their differences turn a verdict.

Tables that differ make a group. A mixture takes some groups from the second rulebook and all else from the first, with
the clauses that its provisions cite.
"""

from __future__ import annotations

import itertools
from collections.abc import Collection, Iterable
from typing import Any, cast

import attrs

from ..errors import CecRulesError, ErrorCode, InvalidValue, insist
from .clauses import Clause
from .contradictions import citations
from .rulebook import Rulebook

__all__ = ["MOST_GROUPS", "Mixture", "mixtures"]

# The fields of each group, in the order of a rulebook; clauses and sources go along with the provisions that need them.
_GROUPS = {
    "credit": ("credit",),
    "window": ("window",),
    "requirements": ("total", "designations", "aliases"),
    "half": ("in_network",),
    "compliance": ("compliance",),
    "caps": ("caps",),
    "kinds": ("kinds",),
    "evidence": ("evidence",),
}
# Every group more doubles the mixtures.
MOST_GROUPS = 6


@attrs.frozen(kw_only=True)
class Mixture:
    """The first of two rulebooks with some groups of the second.

    Attributes:
        groups: The groups taken from the second rulebook: `credit`, `window`, `requirements`, `half`, `compliance`,
            `caps`, `kinds` or `evidence`. It is empty for the first rulebook itself.
        rulebook: The rulebook that results; None if it would contradict itself.
        problems: The contradictions; empty if there is none.
    """

    groups: tuple[str, ...]
    rulebook: Rulebook | None
    problems: tuple[str, ...] = ()


def mixtures(before: Rulebook, after: Rulebook) -> tuple[Mixture, ...]:
    """Returns every mixture of two rulebooks, those of the fewest groups first.

    The first is `before` itself and the last is `after` itself. Only groups in which the two differ are mixed, and
    different clauses alone are no difference.

        >>> import cecrules as cec
        >>> for mixture in mixtures(cec.edition("naaei-2022"), cec.edition("naaei-pace")):
        ...     print(mixture.groups, mixture.rulebook)
        () <Rulebook naaei-2022>
        ('window',) <Rulebook naaei-pace>

    Args:
        before: The rulebook to start from.
        after: The rulebook to take groups from.

    Raises:
        InvalidValue: One of them is not a rulebook, or they differ in more than six groups.
    """
    for name, book in (("before", before), ("after", after)):
        insist(book, Rulebook, (name,), "a Rulebook", "edition() returns one by its id")
    groups = [name for name, fields in _GROUPS.items() if _bare(before, fields) != _bare(after, fields)]
    if len(groups) > MOST_GROUPS:
        problem = (
            f"must differ from {before.id} in at most {MOST_GROUPS} groups, got {len(groups)}: {', '.join(groups)}"
        )
        raise InvalidValue(("after",), problem, _advice(before, after, groups), ErrorCode.OUT_OF_RANGE)
    if not groups:
        return (Mixture(groups=(), rulebook=before),)
    some = [taken for size in range(1, len(groups)) for taken in itertools.combinations(groups, size)]
    return (
        Mixture(groups=(), rulebook=before),
        *[_mixture(before, after, taken) for taken in some],
        Mixture(groups=tuple(groups), rulebook=after),
    )


def _advice(before: Rulebook, after: Rulebook, groups: Collection[str]) -> str:
    """Says which groups to merge in a rulebook of your own, which are the fewest that make a sound one."""
    fewest = range(len(groups) - MOST_GROUPS, MOST_GROUPS + 1)
    for taken in itertools.chain.from_iterable(itertools.combinations(groups, size) for size in fewest):
        if _mixture(before, after, taken).rulebook:
            return (
                f"merge {' and '.join(taken)}: write a rulebook of your own that is {before.id} with these of "
                f"{after.id}, compare {before.id} with it, and it with {after.id}"
            )
    return f"write a rulebook of your own that is between {before.id} and {after.id}"


def _mixture(before: Rulebook, after: Rulebook, groups: tuple[str, ...]) -> Mixture:
    try:
        return Mixture(groups=groups, rulebook=_mixed(before, after, groups))
    except CecRulesError as error:
        return Mixture(groups=groups, rulebook=None, problems=tuple(map(str, error.problems)))


def _mixed(before: Rulebook, after: Rulebook, groups: tuple[str, ...]) -> Rulebook:
    taken = {field for name in groups for field in _GROUPS[name]}
    clauses = {cited: _sourced(before, cited) for path, cited in citations(before) if path[0] not in taken}
    clauses |= {cited: _sourced(after, cited) for path, cited in citations(after) if path[0] in taken}
    sources = {source.name: source for source in (*before.sources, *after.sources)}
    name = f"{before.id} with {', '.join(groups)} of {after.id}"
    return attrs.evolve(
        before,
        id=name,
        title=name,
        sources=tuple(sources.values()),
        clauses=tuple(clauses.values()),
        **{field: getattr(after, field) for field in taken},
    )


def _sourced(book: Rulebook, cited: str) -> Clause:
    """Returns a clause with its sources named, which are otherwise the first of its rulebook."""
    clause = book.clause(cited)
    return attrs.evolve(clause, seen_at=tuple(source.name for source in book.sources_of(cited)))


def _bare(book: Rulebook, fields: Iterable[str]) -> list[Any]:
    """Returns what some tables of a rulebook say, without the clauses and whatever the order of the rows."""
    return [_without_clauses(getattr(book, field)) for field in fields]


def _without_clauses(value: object) -> Any:
    if isinstance(value, tuple):
        return frozenset(map(_without_clauses, cast("tuple[object, ...]", value)))
    if not attrs.has(type(value)):
        return value
    fields = attrs.fields(cast("Any", type(value)))
    return tuple(_without_clauses(getattr(value, field.name)) for field in fields if not field.metadata.get("cites"))
