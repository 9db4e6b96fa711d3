"""Decides members: one row each, with what is owed, what counts and what is short (`evaluate_frame`).

Which of several entries a limit takes does not matter to the sums: where credits on compliance are kept first, a
cap leaves the lesser of itself and what there is, of all credits and of those on compliance alike.
"""

from __future__ import annotations

from datetime import date

import attrs
import narwhals as nw
from narwhals.typing import IntoFrameT

from ..provisions import Side
from ..rulebook import Rulebook
from .compiled import IDENTITY, TEXTS, UNKNOWN, Compiled, any_of, compiled, is_kind, quotient, whole
from .folding import folded
from .rows import activity_problems, designation_problems, read_activities, read_designations
from .tables import Frame, given_back, opened

__all__ = ["evaluate_frame"]


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
        designations: One row a designation held: `member`, `designation`.
        renewal_year: The year the renewals are for.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        renewal_date: The day the renewals are due, for rulebooks that count months back from it.

    Returns:
        One row for each member of either table, in no particular order: `member`; `required`, `credited`,
        `in_network`, `out_of_network`, `compliance` in credits; `renewable`; `short_total`, `short_in_network`,
        `short_compliance` in credits; and `bad_rows`, how many rows of the member cannot be decided and were left
        out. A member of whom it is not known what is owed is not renewable and has null for every amount.

    Raises:
        InvalidValue: A table or a column is missing or of the wrong type, or the rulebook has no one window.
        InvalidDocument: Several are; every one is reported.
        UnknownName: The sources of the rulebook do not say which days count.
    """
    rules = compiled(rulebook, renewal_year, renewal_date)
    tables = opened(activities, designations)
    rows = _screened(read_activities(tables.activities, rules), rules)
    sums = [*_measures(rules), "bad", "rows", "bad_held"]
    parts = [_summed(rows, rules), _held(read_designations(tables.designations, rules), rules)]
    if rules.book.single_kinds:
        # Taken from the table itself: an engine that works each part out anew does so for few rows.
        kinds = [kind.value for kind in rules.book.single_kinds]
        few = attrs.evolve(
            tables.activities, frame=tables.activities.frame.filter(tables.activities.words("kind").is_in(kinds))
        )
        parts.append(_singles(_screened(read_activities(few, rules), rules), rules))
    names = ["member", *sums, "owes"]
    together = nw.concat([part.select(*names) for part in parts])
    each = together.group_by("member").agg(*[nw.col(name).sum() for name in sums], nw.col("owes").max())
    made: IntoFrameT = given_back(tables, _decided(each.filter(~nw.col("member").is_null()), rules))
    return made


def _screened(rows: Frame, rules: Compiled) -> Frame:
    bad = any_of(problem for _, problem in activity_problems(rules))
    against = any_of(rejected.fill_null(True) for _, rejected in rules.rejections())
    return rows.with_columns(bad=bad, claimed=rules.claimed()).with_columns(counts=~(nw.col("bad") | against))


def _measures(rules: Compiled) -> list[str]:
    return [f"{bucket.name}{part}" for bucket in rules.buckets for part in ("", "_compliance")]


def _filled(frame: Frame, rules: Compiled, counts: nw.Expr, **others: nw.Expr) -> Frame:
    """Puts the minutes of each row that counts into the columns of its bucket, and 0 into all others."""
    columns: list[nw.Expr] = []
    for bucket in rules.buckets:
        inside = counts & is_kind(bucket.kinds)
        for name, condition in (
            (bucket.name, inside),
            (f"{bucket.name}_compliance", inside & nw.col("addresses_compliance")),
        ):
            columns.append(nw.when(condition).then(nw.col("claimed")).otherwise(whole(0)).alias(name))
    return frame.select("member", *columns, **others)


def _added(frame: Frame) -> Frame:
    names = [name for name in frame.collect_schema().names() if name != "member"]
    # An engine may add 64 bits up to 128, or to decimals.
    added = frame.group_by("member").agg(*[nw.col(name).sum() for name in names])
    return added.with_columns(*[nw.col(name).cast(nw.Int64) for name in names])


def _summed(rows: Frame, rules: Compiled) -> Frame:
    counts = nw.col("counts") & ~is_kind(rules.book.single_kinds)
    bad = nw.when(nw.col("bad")).then(whole(1)).otherwise(whole(0))
    frame = _filled(rows, rules, counts, bad=bad, rows=whole(1))
    return _added(frame).with_columns(bad_held=whole(0), owes=whole(UNKNOWN))


def _singles(rows: Frame, rules: Compiled) -> Frame:
    """Counts the kinds of which entries that report the same count once."""
    single = rows.filter(nw.col("counts"))
    single = single.select(
        "member",
        "code",
        "claimed",
        *rules.identity(),
        addresses_compliance=nw.when(nw.col("addresses_compliance")).then(whole(1)).otherwise(whole(0)),
    )
    once = folded(single, TEXTS).group_by("member", "code", "claimed", *IDENTITY)
    kept = once.agg(nw.col("addresses_compliance").max())
    kept = kept.with_columns(addresses_compliance=nw.col("addresses_compliance") > 0)
    nothing = {name: whole(0) for name in ("bad", "rows", "bad_held")}
    return _filled(kept, rules, nw.lit(True), **nothing, owes=whole(UNKNOWN))


def _held(held: Frame, rules: Compiled) -> Frame:
    bad = any_of(problem for _, problem in designation_problems())
    return held.select(
        "member",
        "owes",
        *[whole(0).alias(name) for name in (*_measures(rules), "bad", "rows")],
        bad_held=nw.when(bad).then(whole(1)).otherwise(whole(0)),
    )


def _decided(members: Frame, rules: Compiled) -> Frame:
    """Judges each member by the sums."""

    def capped(side: Side, part: str) -> nw.Expr:
        total = whole(0)
        for bucket in rules.buckets:
            if bucket.side is side:
                minutes = nw.col(bucket.name + part).cast(nw.Int64)
                total += minutes if bucket.cap is None else nw.min_horizontal(minutes, whole(bucket.cap))
        return total

    def short(required: str, found: str) -> nw.Expr:
        return nw.max_horizontal(nw.col(required) - nw.col(found), whole(0))

    room = nw.col("required") - nw.col("required_in_network")
    judged = (
        members.with_columns(
            known=(nw.col("owes") > UNKNOWN) & (nw.col("bad_held") == 0),
            required=rules.asked("required"),
            required_in_network=rules.asked("in_network"),
            required_compliance=rules.asked("compliance"),
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
    shortages = [nw.col(name) for name in ("short_total", "short_in_network", "short_compliance")]

    def amount(name: str) -> nw.Expr:
        return nw.when(nw.col("known")).then(quotient(nw.col(name), rules.book.credit.minutes)).alias(name)

    return judged.select(
        "member",
        *[amount(name) for name in ("required", "credited", "in_network", "out_of_network", "compliance")],
        (nw.col("known") & ~any_of(shortage > 0 for shortage in shortages)).alias("renewable"),
        *[amount(name) for name in ("short_total", "short_in_network", "short_compliance")],
        (nw.when(nw.col("known")).then(nw.col("bad")).otherwise(nw.col("rows")) + nw.col("bad_held"))
        .cast(nw.Int64)
        .alias("bad_rows"),
    )
