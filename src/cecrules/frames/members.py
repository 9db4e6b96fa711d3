"""Decides members, one row each, with the credits required, credited and short (`evaluate_frame`).

Totals do not depend on which entries a cap removes. Credits on compliance are kept first, so a cap leaves the lesser of
the cap and the credits under it, for all credits and for those on compliance alike.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

import attrs
import narwhals as nw
from narwhals.typing import IntoFrameT

from ..activities import ActivityKind
from ..findings import FindingCode
from ..rulebook.provisions import Side
from ..rulebook.rulebook import Rulebook
from .activities import activity_problems, read_activities
from .compiled import UNKNOWN, Compiled, compiled
from .designations import bad_designation, read_designations, terms
from .expressions import any_of, is_kind, one_where, whole
from .folding import told_apart
from .tables import Frame, Table, Tables, across, given_back, opened

__all__ = ["SHORTAGES", "evaluate_frame", "judged", "renewable"]

SHORTAGES = ("short_total", "short_in_network", "short_compliance")


def evaluate_frame(
    activities: IntoFrameT,
    designations: IntoFrameT,
    *,
    renewal_year: int,
    rulebook: Rulebook | None = None,
    renewal_date: date | None = None,
) -> IntoFrameT:
    """Decides every member of two tables, as `evaluate` decides one.

    Args:
        activities: One row an activity: `member` and the columns of the JSON form; optional ones may be absent.
        designations: One row a designation held: `member`, `designation` and, for rulebooks in which each has a term
            of its own, `term_start`, the day it was obtained or last renewed.
        renewal_year: The year the renewals are for.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        renewal_date: The day the renewals are due, for rulebooks that count months back from it.

    Returns:
        One row for each member of either table, in no particular order. It has `member`; `required`, `credited`,
        `in_network`, `out_of_network`, `compliance` in credits; `renewable`; `short_total`, `short_in_network`,
        `short_compliance` in credits; and `bad_rows`, how many rows of the member cannot be decided and were left
        out. A member whose requirement is not known is not renewable and has null for every amount.

        Where each designation has a term of its own, the row is that of the designation furthest from its renewal:
        the first in the order of the rulebook if some are equally far.

    Raises:
        InvalidValue: A table or a column is missing or of the wrong type, a date that the window needs is missing,
            or the rulebook has terms that take activities from one another.
        InvalidDocument: More than one such problem; `problems` lists them all.
        NotStated: The sources of the rulebook do not say which days count.
    """
    rules = compiled(rulebook, renewal_year, renewal_date)
    tables = opened(activities, designations, terms=rules.index.has_terms)
    made: IntoFrameT = given_back(tables, _told(judged(tables, rules), rules))
    return made


def judged(tables: Tables, rules: Compiled) -> Frame:
    """Returns a row for each member of either table, with all amounts in minutes, before any is left out."""
    held = read_designations(tables.designations, rules)
    sums = [*_measures(rules), "bad", "rows", "bad_held"]
    parts = [_summed(_screened(tables.activities, held, rules), rules), _held(held, rules)]
    if rules.single_kinds:
        # Taken from the table itself: an engine that works each part out anew does so for few rows.
        kinds = [kind.value for kind in rules.single_kinds]
        few = attrs.evolve(
            tables.activities, frame=tables.activities.frame.filter(tables.activities.words("kind").is_in(kinds))
        )
        narrow = attrs.evolve(rules, kinds=frozenset(rules.single_kinds))
        parts.append(_singles(_screened(few, held, narrow), narrow))
    names = [*rules.keys, *sums, "requirement"]
    together = nw.concat([part.select(*names) for part in parts])
    each = together.group_by(*rules.keys).agg(nw.col(*sums).sum(), nw.col("requirement").max())
    each = each.with_columns(nw.col(*sums).cast(nw.Int64))
    cases = _decided(each.filter(~nw.col("member").is_null()), rules)
    return cases if rules.window else _furthest(cases)


def renewable() -> nw.Expr:
    """Returns whether a case that was judged is renewable: its requirement is known, and it is short in nothing."""
    return nw.col("known") & (nw.max_horizontal(*SHORTAGES) == 0)


def _screened(table: Table, held: Frame, rules: Compiled) -> Frame:
    """Tells which rows count; where each designation has a term of its own, by each of the member's terms."""
    rows = read_activities(table, rules)
    if not rules.window:
        rows = rows.join(terms(held), on="member", how="left")
        rows = rows.with_columns(nw.col("held").fill_null(UNKNOWN).cast(nw.Int64))
    bad = any_of(problem for _, problem in activity_problems(rules, table))
    # Kinds that are not accepted are in no bucket.
    against = any_of(found for code, found in rules.rejections() if code is not FindingCode.KIND_NOT_ACCEPTED)
    return rows.with_columns(bad=bad, claimed=rules.claimed()).with_columns(counts=~(nw.col("bad") | against))


def _measures(rules: Compiled) -> list[str]:
    return [f"{bucket.name}{part}" for bucket in rules.buckets for part in ("", "_compliance")]


def _filled(frame: Frame, rules: Compiled, kinds: Collection[ActivityKind], **others: nw.Expr) -> Frame:
    """Puts what each row of some kinds is worth into the columns of its bucket, and 0 into all others."""
    columns: list[nw.Expr] = []
    for bucket in rules.buckets:
        inside = bucket.kinds.intersection(kinds)
        for part in ("", "_compliance"):
            worth = nw.when(is_kind(inside)).then(nw.col(f"worth{part}")).otherwise(whole(0)) if inside else whole(0)
            columns.append(worth.alias(bucket.name + part))
    return frame.select(*rules.keys, *columns, **others)


def _added(frame: Frame, rules: Compiled) -> Frame:
    names = [name for name in frame.collect_schema().names() if name not in rules.keys]
    # An engine may add 64 bits up to 128, or to decimals.
    return frame.group_by(*rules.keys).agg(nw.col(*names).sum()).with_columns(nw.col(*names).cast(nw.Int64))


def _summed(rows: Frame, rules: Compiled) -> Frame:
    rows = rows.with_columns(worth=nw.when(nw.col("counts")).then(nw.col("claimed")).otherwise(whole(0)))
    rows = rows.with_columns(
        worth_compliance=nw.when(nw.col("addresses_compliance")).then(nw.col("worth")).otherwise(whole(0))
    )
    kinds = rules.kinds - set(rules.single_kinds)
    frame = _filled(rows, rules, kinds, bad=one_where(nw.col("bad")), rows=whole(1))
    return _added(frame, rules).with_columns(bad_held=whole(0), requirement=whole(UNKNOWN))


def _singles(rows: Frame, rules: Compiled) -> Frame:
    """Counts the kinds whose duplicates count once."""
    single, same = told_apart(rows.filter(nw.col("counts")), rules)
    single = single.with_columns(addresses_compliance=one_where(nw.col("addresses_compliance")))
    once = single.group_by(*rules.keys, "kind", "claimed", *same)
    kept = once.agg(nw.col("addresses_compliance").max())
    claimed = nw.col("claimed")
    kept = kept.with_columns(worth=claimed, worth_compliance=claimed * nw.col("addresses_compliance"))
    nothing = {name: whole(0) for name in ("bad", "rows", "bad_held")}
    return _filled(kept, rules, rules.kinds, **nothing, requirement=whole(UNKNOWN))


def _held(held: Frame, rules: Compiled) -> Frame:
    return held.select(
        *rules.keys,
        "requirement",
        *[whole(0).alias(name) for name in (*_measures(rules), "bad", "rows")],
        bad_held=bad_designation(rules),
    )


def _decided(cases: Frame, rules: Compiled) -> Frame:
    """Judges each case by the sums."""

    def capped(side: Side, part: str) -> nw.Expr:
        total = whole(0)
        for bucket in rules.buckets:
            if bucket.side is side:
                minutes = nw.col(bucket.name + part)
                total += minutes if bucket.cap is None else nw.min_horizontal(minutes, whole(bucket.cap))
        return total

    def short(required: str, found: str) -> nw.Expr:
        return nw.max_horizontal(nw.col(required) - nw.col(found), whole(0))

    room = nw.col("required") - nw.col("required_in_network")
    return (
        cases.with_columns(
            known=(nw.col("requirement") > UNKNOWN) & (nw.col("bad_held") == 0),
            required=rules.amount_required("total"),
            required_in_network=rules.amount_required("in_network"),
            required_compliance=rules.amount_required("compliance"),
            in_network=capped(Side.IN_NETWORK, ""),
        )
        .with_columns(
            out_of_network=nw.min_horizontal(capped(Side.OUT_OF_NETWORK, ""), room),
            compliance=capped(Side.IN_NETWORK, "_compliance")
            + nw.min_horizontal(capped(Side.OUT_OF_NETWORK, "_compliance"), room),
        )
        .with_columns(credited=nw.col("in_network") + nw.col("out_of_network"))
        .with_columns(
            short_total=short("required", "credited"),
            short_in_network=short("required_in_network", "in_network"),
            short_compliance=short("required_compliance", "compliance"),
        )
    )


def _furthest(cases: Frame) -> Frame:
    """Leaves one case a member: the one furthest from renewal, and the first of them in the rulebook."""
    cases = cases.with_columns(sooner=whole(0) - nw.col("held"))
    for name in (*SHORTAGES, "sooner"):
        cases = across(cases, ["member"], **{f"most_{name}": nw.col(name).max()})
        cases = cases.filter(nw.col(name) == nw.col(f"most_{name}"))
    return cases


def _told(members: Frame, rules: Compiled) -> Frame:
    # An amount divided by null is null: a member whose requirement is not known has no amounts.
    unit = nw.when(nw.col("known")).then(nw.col("requirement") * 0 + rules.book.credit.minutes)
    bad = nw.when(nw.col("known")).then(nw.col("bad")).otherwise(nw.col("rows")) + nw.col("bad_held")
    told = members.with_columns(unit=unit, bad_rows=bad, renewable=renewable())
    amounts = ("required", "credited", "in_network", "out_of_network", "compliance", *SHORTAGES)
    told = told.with_columns(nw.col(*amounts).cast(nw.Float64) / nw.col("unit"))
    return told.select("member", *amounts[:-3], "renewable", *SHORTAGES, "bad_rows")
