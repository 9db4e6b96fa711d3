"""Points out facts about the edition, and entries that are likely slips, as the notices of `evaluate` do."""

from __future__ import annotations

from datetime import date

import narwhals as nw
from narwhals.typing import IntoFrameT

from ..activities import FLAGS
from ..assessments import NoticeCode
from ..credits import MINUTES_A_DAY
from ..notices import edition_notices
from ..rulebook.rulebook import Rulebook
from .activities import activity_problems, read_activities, set_of_documents
from .compiled import Compiled, compiled
from .designations import known_requirements, read_designations
from .expressions import any_of, is_kind, whole
from .tables import Frame, Table, given_back, opened, together

__all__ = ["notices_frame"]


def notices_frame(
    activities: IntoFrameT,
    designations: IntoFrameT,
    *,
    renewal_year: int,
    rulebook: Rulebook | None = None,
    renewal_date: date | None = None,
) -> IntoFrameT:
    """Points out what `evaluate` points out about the edition and about likely slips; no figure changes with it.

    Args:
        activities: As for `evaluate_frame`.
        designations: As for `evaluate_frame`.
        renewal_year: The year the renewals are for.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        renewal_date: The day the renewals are due, for rulebooks that count months back from it.

    Returns:
        One row for each notice to each member whose requirement is known, in no particular order. It has `member`;
        `notice`, a code of `NoticeCode`; `subject`, which is the edition, the title of entries that are alike, or the
        day with more than 24 hours; and `entries`, how many activities it is about.

    Raises:
        InvalidValue: As for `evaluate_frame`.
        InvalidDocument: More than one such problem; `problems` lists them all.
        NotStated: The sources of the rulebook do not say which days count.
    """
    rules = compiled(rulebook, renewal_year, renewal_date)
    tables = opened(activities, designations, terms=rules.index.has_terms)
    members = known_requirements(read_designations(tables.designations, rules), rules).select("member")
    rows = _readable(tables.activities, rules).join(members, on="member", how="inner")
    standing = [
        _noticed(members.with_columns(entries=whole(0)), notice.code, nw.lit(notice.subject))
        for notice in edition_notices(renewal_year, rules.book)
    ]
    made: IntoFrameT = given_back(tables, together([_alike(rows, rules), _long_days(rows), *standing]))
    return made


def _readable(table: Table, rules: Compiled) -> Frame:
    """Returns the activities that can be decided, each with a number for its set of documents."""
    rows = read_activities(table, rules, [set_of_documents(table).alias("documents")])
    return rows.filter(~any_of(problem for _, problem in activity_problems(rules, table)))


def _alike(rows: Frame, rules: Compiled) -> Frame:
    if rules.single_kinds:  # duplicates of these kinds have a finding
        rows = rows.filter(~is_kind(rules.single_kinds))
    keys = ("member", "title", "provider", "kind", "earned_on", "minutes", "documents", *FLAGS)
    each = rows.with_columns(entries=whole(1)).group_by(*keys).agg(nw.col("entries").sum())
    return _noticed(each.filter(nw.col("entries") > 1), NoticeCode.ALIKE_ENTRIES, nw.col("title"))


def _long_days(rows: Frame) -> Frame:
    days = rows.with_columns(entries=whole(1)).group_by("member", "earned_on").agg(nw.col("minutes", "entries").sum())
    long = days.filter(nw.col("minutes") > MINUTES_A_DAY)
    return _noticed(long, NoticeCode.LONG_DAY, nw.col("earned_on").dt.to_string("%Y-%m-%d"))


def _noticed(rows: Frame, code: NoticeCode, subject: nw.Expr) -> Frame:
    told = nw.lit(code.value).alias("notice")
    return rows.select("member", told, subject.cast(nw.String).alias("subject"), nw.col("entries").cast(nw.Int64))
