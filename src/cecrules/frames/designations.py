"""Reads the rows of designations, with the requirement of each and, where it has a term of its own, its days.

Days of terms are numbered (`serial`), because engines add months to a date each in its own way, or not at all.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date

import narwhals as nw

from ..designations import Designation
from .activities import ProblemCode
from .compiled import UNKNOWN, Compiled
from .expressions import MONTH, any_of, one_where, serial, serial_of, whole
from .tables import Frame, Table, across

__all__ = ["bad_designation", "designation_problems", "known_requirements", "read_designations", "terms"]

_FIRST, _LAST = (serial(day.year, day.month, day.day) for day in (date.min, date.max))


def read_designations(table: Table, rules: Compiled, others: Iterable[nw.Expr] = ()) -> Frame:
    """Returns what each row holds: `requirement`, the place of its requirement, and whether its code is `known`.

    Where each designation has a term of its own, also `held`, its place in the rulebook (`UNKNOWN` for every row of
    a member who has a bad one), the term from `term_first` to `term_last`, and the problems with it. A
    designation that requires nothing needs no day, and is then `undated`: every day counts for it, and its place is
    after all others.
    """
    code = table.words("designation")
    held = table.frame.select(
        table.member().alias("member"),
        *table.row(),
        code.is_in([each.value for each in Designation]).alias("known"),
        _looked_up(code, rules.place).alias("requirement"),
        *([] if rules.window else [_looked_up(code, rules.order).alias("held"), table.day("term_start")]),
        *([] if rules.window else [table.unread_day("term_start").alias("unread_start")]),
        *others,
    )
    return held if rules.window else _with_terms(held, rules)


def designation_problems(rules: Compiled) -> list[tuple[ProblemCode, nw.Expr]]:
    """Returns everything that can be wrong with a row of designations."""
    found = [
        (ProblemCode.MEMBER_MISSING, nw.col("member").is_null()),
        (ProblemCode.DESIGNATION_UNKNOWN, ~nw.col("known")),
        (ProblemCode.REQUIREMENT_UNKNOWN, nw.col("known") & (nw.col("requirement") == UNKNOWN)),
    ]
    if rules.window:
        return found
    return [
        *found,
        (ProblemCode.TERM_START_MISSING, nw.col("term_start").is_null() & ~nw.col("undated") & ~nw.col("unread_start")),
        (ProblemCode.TERM_START_INVALID, nw.col("bad_start")),
        (ProblemCode.TERM_START_TWICE, nw.col("two_starts")),
    ]


def bad_designation(rules: Compiled) -> nw.Expr:
    """Returns 1 for a row of designations with which anything is wrong, and 0 for any other."""
    return one_where(any_of(problem for _, problem in designation_problems(rules)))


def known_requirements(held: Frame, rules: Compiled) -> Frame:
    """Returns the members whose requirement is known, with its place: `member`, `requirement`.

    They hold a designation, and none whose requirement is unknown.
    """
    flagged = held.select("member", "requirement", bad=bad_designation(rules))
    each = flagged.group_by("member").agg(nw.col("requirement").max(), nw.col("bad").sum())
    return each.filter(nw.col("bad") == 0).select("member", "requirement")


def terms(held: Frame) -> Frame:
    """Returns the terms of these members, one for both codes of a designation.

    Columns: `member`, `held`, `requirement`, `term_first`, `term_last`.
    """
    each = held.filter(nw.col("held") != UNKNOWN).group_by("member", "held")
    return each.agg(*[nw.col(name).max() for name in ("requirement", "term_first", "term_last")])


def _with_terms(held: Frame, rules: Compiled) -> Frame:
    rule = rules.book.window
    length = MONTH * (rule.months + rule.grace_months)
    begun = nw.col("begun")
    held = held.with_columns(begun=serial_of(nw.col("term_start")))
    held = across(held, ["member", "held"], earliest=begun.min(), latest=begun.max())
    nothing = any_of(nw.col("requirement") == place for place, one in enumerate(rules.requirements) if not one.total)
    held = held.with_columns(undated=nothing & nw.col("latest").is_null())
    two = (nw.col("held") != UNKNOWN) & (nw.col("earliest") != nw.col("latest"))
    held = held.with_columns(
        term_first=nw.when(nw.col("undated")).then(whole(_FIRST)).otherwise(begun),
        term_last=nw.when(nw.col("undated")).then(whole(_LAST + MONTH)).otherwise(begun + length),
        bad_start=nw.col("unread_start") | ~begun.is_between(_FIRST, _LAST - length).fill_null(True),
        two_starts=two.fill_null(False),
    )
    held = across(held.with_columns(bad=bad_designation(rules)), ["member"], worst=nw.col("bad").max())
    place = nw.col("held") + one_where(nw.col("undated")) * len(rules.order)
    sound = nw.col("worst").fill_null(1) == 0
    return held.with_columns(held=nw.when(sound).then(place).otherwise(whole(UNKNOWN)))


def _looked_up(code: nw.Expr, places: Mapping[Designation, int]) -> nw.Expr:
    """Returns the place of each code, and `UNKNOWN` for every other text."""
    found = whole(UNKNOWN)
    for place in sorted(set(places.values())):
        codes = [code_.value for code_, each in places.items() if each == place]
        found = nw.when(code.is_in(codes)).then(whole(place)).otherwise(found)
    return found
