"""Compares the verdicts of two rulebooks on many members, with the differences that turn each one."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import narwhals as nw
from narwhals.typing import IntoFrameT

from ..rulebook.mixtures import mixtures
from ..rulebook.rulebook import Rulebook
from .compiled import Compiled, compiled
from .expressions import any_of, one_where, whole
from .members import judged, renewable
from .tables import Frame, Tables, given_back, opened, together

__all__ = ["compare_frame"]


def compare_frame(
    activities: IntoFrameT,
    designations: IntoFrameT,
    before: Rulebook,
    after: Rulebook,
    *,
    renewal_year: int,
    renewal_date: date | None = None,
) -> IntoFrameT:
    """Finds the members whose verdict changes from one rulebook to another, and which differences turn it.

    Every mixture of the two rulebooks decides every member (`mixtures` lists them). A mixture that contradicts itself
    is left out.

    Args:
        activities: As for `evaluate_frame`.
        designations: As for `evaluate_frame`; `term_start` is required if either rulebook has terms.
        before: The rulebook to start from.
        after: The rulebook to compare with it.
        renewal_year: The year the renewals are for, by both rulebooks.
        renewal_date: The day the renewals are due, for rulebooks that count months back from it.

    Returns:
        One row for each member whose verdict changes, in no particular order. It has `member`; `before` and `after`,
        whether the member is renewable by each rulebook; and `because`, the smallest sets of groups that turn the
        verdict if they are taken from `after`, such as `caps; compliance+window`. No part of such a set turns it. A
        member whose requirement is not known is not renewable.

    Raises:
        InvalidValue: As for `evaluate_frame`, or the rulebooks differ in more than six groups.
        InvalidDocument: More than one such problem; `problems` lists them all.
        NotStated: The sources of one of the rulebooks do not say which days count.
    """
    sound = {mixture.groups: mixture.rulebook for mixture in mixtures(before, after) if mixture.rulebook}
    sets = list(sound)
    # The two rulebooks first, so that an error names one of them and no mixture.
    start, end = (compiled(book, renewal_year, renewal_date) for book in (before, after))
    between = [compiled(sound[groups], renewal_year, renewal_date) for groups in sets[1:-1]]
    rules = [start, *between, end] if len(sets) > 1 else [start]
    tables = opened(activities, designations, terms=any(each.index.has_terms for each in rules))
    verdicts = _verdicts(tables, rules)
    first, last = _by(0), _by(len(sets) - 1)
    changed = verdicts.filter(first != last)
    told = changed.select("member", (first == 1).alias("before"), (last == 1).alias("after"), _because(sets))
    made: IntoFrameT = given_back(tables, told)
    return made


def _by(place: int) -> nw.Expr:
    """Returns the verdicts of the rulebook at a place among the mixtures: 1 for renewable and 0 otherwise."""
    return nw.col(f"by_{place}")


def _verdicts(tables: Tables, rules: Sequence[Compiled]) -> Frame:
    """Returns a row for each member, with a column for each rulebook."""
    parts = [
        judged(tables, each).select("member", verdict=one_where(renewable()), place=whole(place))
        for place, each in enumerate(rules)
    ]
    # One grouping takes less than a join for each rulebook.
    spread = [
        nw.when(nw.col("place") == place).then(nw.col("verdict")).otherwise(whole(0)).alias(f"by_{place}")
        for place in range(len(rules))
    ]
    rows = together(parts).select("member", *spread)
    return rows.group_by("member").agg(nw.col(*[f"by_{place}" for place in range(len(rules))]).sum())


def _because(sets: Sequence[tuple[str, ...]]) -> nw.Expr:
    """Returns the sets of groups that turn the verdict while no smaller set inside them does, the smallest first."""
    words: list[nw.Expr] = []
    for place, groups in enumerate(sets):
        inside = [smaller for smaller, other in enumerate(sets) if set(other) < set(groups)]
        least = (_by(place) != _by(0)) & ~any_of(_by(smaller) != _by(0) for smaller in inside)
        words.append(nw.when(least).then(nw.lit(f"; {'+'.join(groups)}")).otherwise(nw.lit("")))
    return nw.concat_str(*words).str.slice(2).alias("because")
