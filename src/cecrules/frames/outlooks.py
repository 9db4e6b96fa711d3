"""Decides for many members whether their renewals can still be completed, one row each (`outlook_frame`).

The time left is filled by a search, for which no expression stands: every engine hands its rows over, and `outlook`
decides them in Python.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import Any

import narwhals as nw
from narwhals.typing import IntoFrameT

from ..ahead.forecasts import Outlook
from ..ahead.outlooks import outlook, read_hours_a_day
from ..assessments import Shortfall
from ..converters import read_date
from ..credits import Amount
from ..presentation.ahead_sentences import needed_in_words
from ..rulebook.rulebook import Rulebook
from .collecting import frame_of
from .compiled import compiled
from .submitted import Member, members_of
from .tables import opened

__all__ = ["outlook_frame"]

_MEASURES = ("total", "in_network", "compliance")
_SHORT = [f"{short}_{measure}" for short in ("short", "short_with_paper") for measure in _MEASURES]
_TYPES = {
    "designations": nw.String,
    "state": nw.String,
    "limit": nw.String,
    "days_left": nw.Int64,
    "last_start": nw.Date,
    **dict.fromkeys(_SHORT, nw.Float64),
    "plans": nw.Int64,
    "needs": nw.String,
    "bad_rows": nw.Int64,
}


def outlook_frame(
    activities: IntoFrameT,
    designations: IntoFrameT,
    as_of: date | str,
    *,
    renewal_year: int,
    rulebook: Rulebook | None = None,
    renewal_date: date | None = None,
    hours_a_day: Amount = 24,
) -> IntoFrameT:
    """Answers for every member of two tables whether the renewal can still be completed, as `outlook` answers for one.

    A flag that is null, or a blank text, is not stated, and taken at its worst; a flag without a column is false.

    `outlook` runs in Python for each member, whatever the engine: the rows are collected when this is called, also
    from a lazy frame or a database.

    Args:
        activities: As for `evaluate_frame`. Those after `as_of` are plans.
        designations: As for `evaluate_frame`.
        as_of: The day of the answer, which can still be used.
        renewal_year: The year the renewals are for.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        renewal_date: The day the renewals are due, for rulebooks that count months back from it.
        hours_a_day: The hours of each day that can be used, above 0 and at most 24.

    Returns:
        One row for each member of either table or, where each designation has a term of its own, for each member and
        designation, in no particular order. It has `member`; `designations`, codes of the rulebook separated by `;`;
        `state`, a code of `OutlookState`; `limit`, the code of `OutlookLimit` that closes it, or null; `days_left`;
        `last_start`, the latest day on which to begin, null unless the state is `open`; `short_total`,
        `short_in_network`, `short_compliance` in credits, as `evaluate` decides once the plans are carried out and
        documented; `short_with_paper_total`, `short_with_paper_in_network`, `short_with_paper_compliance` in credits,
        with every document and statement there; `plans`, the number of activities after `as_of` that are not rejected;
        `needs`, the documents and statements to add, in words; and `bad_rows`, as in `evaluate_frame`. A member whose
        requirement is not known has one row, with null for all but `member` and `bad_rows`.

    Raises:
        InvalidValue: As for `evaluate_frame`; also if `as_of` is not a day, `hours_a_day` is out of bounds, or there
            are too many ways to complete a renewal with activities that have a fixed worth.
        InvalidDocument: More than one such problem; `problems` lists them all.
        NotStated: The sources of the rulebook do not say which days count.
    """
    rules = compiled(rulebook, renewal_year, renewal_date)
    day = read_date(as_of, ("as_of",))
    read_hours_a_day(hours_a_day)
    tables = opened(activities, designations, terms=rules.index.has_terms)
    rows: list[tuple[Any, ...]] = []
    for member in members_of(tables, rules, renewal_year, renewal_date):
        if member.submission is None:
            rows.append((member.name, *[None] * (len(_TYPES) - 1), member.bad_rows))
        else:
            rows += _rows(member, outlook(member.submission, day, rules.book, hours_a_day=hours_a_day))
    name = nw.Int64 if tables.designations.schema["member"].is_integer() else nw.String
    made: IntoFrameT = frame_of(tables, rows, {"member": name, **_TYPES})
    return made


def _rows(member: Member, found: Outlook) -> Iterator[tuple[Any, ...]]:
    for one in found.terms or (found,):
        yield (
            member.name,
            ";".join(one.designations),
            one.state.value,
            one.limit.value if one.limit else None,
            one.days_left,
            one.last_start,
            *_amounts(one.short),
            *_amounts(one.short_with_paper),
            len(one.plans),
            "; ".join(map(needed_in_words, one.needs)),
            member.bad_rows,
        )


def _amounts(short: Shortfall) -> list[float]:
    return [float(getattr(short, measure)) for measure in _MEASURES]
