"""Makes the submission of each member from the rows of two tables, for what only Python decides."""

from __future__ import annotations

import functools
from collections.abc import Iterable, Iterator
from datetime import date
from typing import Any

import attrs
import narwhals as nw

from ..activities import FLAGS, Activity
from ..converters import read_member
from ..designations import Designation
from ..documents import DocumentKind
from ..submissions import Submission
from .activities import NOT_STATED, activity_problems, read_activities, set_of_documents, stated
from .collecting import rows_in
from .compiled import Compiled
from .designations import bad_designation, read_designations
from .expressions import any_of, one_where
from .tables import Tables

__all__ = ["Member", "members_of"]

_STATED = tuple(f"stated_{name}" for name in FLAGS)
_ACTIVITY = ("member", "bad", "title", "kind", "earned_on", "minutes", "provider", "shown", *_STATED)

_NAMED = ~nw.col("member").is_null()


@attrs.frozen
class Member:
    """A member of either table.

    Attributes:
        name: The member, as text or a whole number.
        submission: What the member reports in rows that can be read; None if the requirement is not known.
        bad_rows: How many rows of the member cannot be decided, as `evaluate_frame` counts them.
    """

    name: str | int
    submission: Submission | None
    bad_rows: int


@attrs.define
class _Rows:
    """The rows of one member."""

    activities: list[Activity] = attrs.field(factory=list[Activity])
    bad_activities: int = 0
    held: dict[Designation, date | None] = attrs.field(factory=dict[Designation, "date | None"])
    bad_held: int = 0


def members_of(tables: Tables, rules: Compiled, renewal_year: int, renewal_date: date | None) -> Iterator[Member]:
    """Yields each member of either table, first those of the designations."""
    members: dict[str | int, _Rows] = {}
    for name, bad, code, *start in _held(tables, rules):
        mine = members.setdefault(name, _Rows())
        mine.bad_held += bad
        if not bad:
            mine.held[read_member(Designation, code, ())] = start[0] if start else None
    for name, bad, *values in _activities(tables, rules):
        mine = members.setdefault(name, _Rows())
        mine.bad_activities += bad
        if not bad:
            mine.activities.append(_activity(*values))
    for name, mine in members.items():
        yield _member(name, mine, rules, renewal_year, renewal_date)


def _held(tables: Tables, rules: Compiled) -> Iterable[tuple[Any, ...]]:
    rows = read_designations(tables.designations, rules, [tables.designations.words("designation").alias("code")])
    rows = rows.with_columns(bad=bad_designation(rules)).filter(_NAMED)
    return rows_in(rows, ["member", "bad", "code", *(["term_start"] if rules.index.has_terms else [])])


def _activities(tables: Tables, rules: Compiled) -> Iterable[tuple[Any, ...]]:
    table = tables.activities
    others = [stated(table, name).alias(f"stated_{name}") for name in FLAGS]
    rows = read_activities(table, rules, [*others, set_of_documents(table).alias("shown")])
    rows = rows.with_columns(bad=one_where(any_of(problem for _, problem in activity_problems(rules, table))))
    return rows_in(rows.filter(_NAMED), _ACTIVITY)


def _activity(title: str, kind: str, day: date, minutes: int, provider: str, shown: int, *flags: int) -> Activity:
    said = {name: None if flag == NOT_STATED else bool(flag) for name, flag in zip(FLAGS, flags, strict=True)}
    return Activity(
        title=title,
        kind=kind,
        earned_on=day,
        minutes=minutes or None,
        provider=provider,
        documents=_documents(shown),
        addresses_compliance=said["addresses_compliance"],
        compensated=said["compensated"],
        bought_through_association=said["bought_through_association"],
    )


@functools.cache
def _documents(shown: int) -> frozenset[DocumentKind]:
    return frozenset(kind for place, kind in enumerate(DocumentKind) if shown >> place & 1)


def _member(name: str | int, mine: _Rows, rules: Compiled, renewal_year: int, renewal_date: date | None) -> Member:
    if mine.bad_held or not mine.held:
        unread = mine.bad_activities + len(mine.activities)
        return Member(name, None, unread + mine.bad_held)
    held = sorted(mine.held, key=lambda code: (rules.order[code], code))
    submission = Submission(
        renewal_year=renewal_year,
        designations=held,
        activities=mine.activities,
        renewal_date=renewal_date,
        term_starts={code: start for code in held if (start := mine.held[code])},
    )
    return Member(name, submission, mine.bad_activities)
