"""Decides activities, one row each, with the credits that count and every reason why the rest do not (`decide_frame`).

Activities that address compliance are kept first within a limit. The rest follow in the order given, which is a column
`row` or the order of the frame.
"""

from __future__ import annotations

from datetime import date

import narwhals as nw
from narwhals.typing import IntoFrameT

from ..assessments import Outcome
from ..errors import ErrorCode, InvalidValue
from ..findings import FindingCode
from ..rulebook.rulebook import Rulebook
from .activities import activity_problems, read_activities, row_problems
from .compiled import Compiled, compiled
from .designations import known_requirements, read_designations, terms
from .expressions import any_of, codes_of, is_kind, one_where, quotient, whole
from .folding import told_apart
from .members import judged
from .tables import Frame, Tables, across, given_back, opened

__all__ = ["decide_frame"]

# The order of keeping where a limit takes some: rows on compliance first, then the order given.
_ORDER = ("later", "row")

DUPLICATES = (FindingCode.SAME_BODY_AGAIN, FindingCode.SAME_EVENT_AGAIN)


def decide_frame(
    activities: IntoFrameT,
    designations: IntoFrameT,
    *,
    renewal_year: int,
    rulebook: Rulebook | None = None,
    renewal_date: date | None = None,
) -> IntoFrameT:
    """Decides every activity of two tables, as `evaluate` decides those of one member.

    Where each designation has a term of its own, by the one of the designation furthest from its renewal.

    Args:
        activities: As for `evaluate_frame`; a column `row` of different whole numbers tells in which order a member
            reports them. Without one, it is the order of the frame, from 0.
        designations: As for `evaluate_frame`.
        renewal_year: The year the renewals are for.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        renewal_date: The day the renewals are due, for rulebooks that count months back from it.

    Returns:
        One row for each activity that can be decided, in no particular order. It has `member`, `row`, `title`, `kind`,
        `outcome`, `claimed` and `credited` in credits, `findings` (codes separated by `;`, empty where all is well).
        The other rows are those `problems_frame` reports.

    Raises:
        InvalidValue: As for `evaluate_frame`; also where an engine keeps no order of rows and no `row` is given.
        InvalidDocument: More than one such problem; `problems` lists them all.
        NotStated: The sources of the rulebook do not say which days count.
    """
    rules = compiled(rulebook, renewal_year, renewal_date)
    tables = opened(activities, designations, ordered=True, terms=rules.index.has_terms)
    if not tables.activities.numbered:
        raise InvalidValue(
            ("activities", "row"),
            "is a required column where an engine keeps no order of rows: whole numbers",
            "where a limit bites, what comes first is kept",
            ErrorCode.MISSING,
        )
    rows, unordered = row_problems(read_activities(tables.activities, rules), tables.activities)
    rows = rows.filter(~any_of(problem for _, problem in [*activity_problems(rules, tables.activities), *unordered]))
    rows = rows.join(_deciding(tables, rules), on="member", how="inner")
    rows = _screened(rows, rules)
    if rules.single_kinds:
        rows = _once(rows, rules)
    made: IntoFrameT = given_back(tables, _told(_limited(rows, rules), rules))
    return made


def _deciding(tables: Tables, rules: Compiled) -> Frame:
    """Returns the place of each member's requirement and, where there are terms, the term that decides."""
    held = read_designations(tables.designations, rules)
    if rules.window:
        return known_requirements(held, rules)
    return terms(held).join(judged(tables, rules).select(*rules.keys), on=list(rules.keys), how="inner")


def _screened(rows: Frame, rules: Compiled) -> Frame:
    """Finds the rows that are rejected by themselves, and the order in which the others are kept."""
    rejections = rules.rejections()
    later = one_where(~nw.col("addresses_compliance"))
    rows = rows.with_columns(*[found.alias(code) for code, found in rejections], claimed=rules.claimed(), later=later)
    return rows.with_columns(
        rejected=any_of(nw.col(code) for code, _ in rejections),
        **{code: nw.lit(False) for code in DUPLICATES},
    )


def _once(rows: Frame, rules: Compiled) -> Frame:
    """Rejects every entry that reports the same as one that is kept before it."""
    candidates = ~nw.col("rejected") & is_kind(rules.single_kinds)
    single, same = told_apart(rows.filter(candidates), rules)
    same = ["member", "kind", *same]
    single = across(single, same, soonest=nw.col("later").min())
    single = single.with_columns(own=nw.when(nw.col("later") == nw.col("soonest")).then(nw.col("row")))
    single = across(single, same, first=nw.col("own").min())
    again = ~(nw.col("own") == nw.col("first")).fill_null(False)
    codes = {code: [kind for kind, rule in rules.single_kinds.items() if rule.duplicate is code] for code in DUPLICATES}
    columns = rows.collect_schema().names()
    single = single.with_columns(
        *[(again & is_kind(kinds)).alias(code) for code, kinds in codes.items()],
        rejected=again,
    )
    both = [rows.filter(~candidates).select(*columns), single.select(*columns)]
    return nw.concat(both)


def _limited(rows: Frame, rules: Compiled) -> Frame:
    """Takes the minutes over a cap, then those over the out-of-network share, from the entries that are kept last."""
    caps = [bucket for bucket in rules.buckets if bucket.cap is not None]
    cap, group = whole(0), whole(-1)
    for number, bucket in enumerate(caps):
        cap = nw.when(is_kind(bucket.kinds)).then(whole(bucket.cap or 0)).otherwise(cap)
        group = nw.when(is_kind(bucket.kinds)).then(whole(number)).otherwise(group)
    rows = rows.with_columns(
        cap=cap,
        group=group,
        outside=is_kind(rules.index.outside_kinds),
        room=rules.amount_required("total") - rules.amount_required("in_network"),
        counted=nw.when(nw.col("rejected")).then(whole(0)).otherwise(nw.col("claimed")),
    )
    rows = _cut(rows, "group", nw.col("group") >= 0, nw.col("cap"), FindingCode.OVER_CAP)
    return _cut(rows, "outside", nw.col("outside"), nw.col("room"), FindingCode.OVER_HALF)


def _cut(rows: Frame, group: str, limited: nw.Expr, limit: nw.Expr, code: FindingCode) -> Frame:
    """Lets no more than a limit count of each member's rows of a group; the earlier in the order are kept."""
    counted = nw.col("counted")
    if rows.implementation.is_pyarrow():
        # Its running sums know no groups: those of the whole, less what stood before a group.
        rows = rows.sort("member", group, *_ORDER).with_columns(upto=counted.cum_sum())
        rows = rows.with_columns(before=nw.col("upto") - counted)
        rows = across(rows, ["member", group], start=nw.col("before").min())
        rows = rows.with_columns(before=nw.col("before") - nw.col("start")).drop("start")
    else:
        upto = counted.cum_sum().over("member", group, order_by=_ORDER)
        rows = rows.with_columns(upto=upto.cast(nw.Int64)).with_columns(before=nw.col("upto") - counted)
    left = nw.max_horizontal(limit - nw.col("before"), whole(0))
    cut = limited & (counted > left)
    return rows.with_columns(cut.alias(code), counted=nw.when(cut).then(left).otherwise(counted))


def _told(rows: Frame, rules: Compiled) -> Frame:
    codes = [code for code in FindingCode if code is not FindingCode.SERVED_ANOTHER_TERM]
    reduced = nw.col(FindingCode.OVER_CAP) | nw.col(FindingCode.OVER_HALF)
    kept = nw.when(reduced).then(nw.lit(Outcome.REDUCED.value)).otherwise(nw.lit(Outcome.ACCEPTED.value))
    unit = rules.book.credit.minutes
    return rows.select(
        "member",
        "row",
        "title",
        "kind",
        nw.when(nw.col("rejected")).then(nw.lit(Outcome.REJECTED.value)).otherwise(kept).alias("outcome"),
        quotient(nw.col("claimed"), unit).alias("claimed"),
        quotient(nw.col("counted"), unit).alias("credited"),
        codes_of((code, nw.col(code)) for code in codes).alias("findings"),
    )
