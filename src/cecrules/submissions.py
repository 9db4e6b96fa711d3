"""Submission: one person, one renewal year, everything reported in one go (clause `required.one-submission`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from typing import Any

import attrs

from .activities import Activity
from .designations import Designation
from .errors import InvalidValue, Problems, shown
from .reading import read_date, read_each, read_member, read_members, read_text, read_whole

__all__ = ["Submission"]

# The years a calendar date can stand in, with the year before the first renewal inside as well.
FIRST_YEAR, LAST_YEAR = 2, 9999


@attrs.frozen(kw_only=True, init=False)
class Submission:
    """Everything one person reports for one renewal year.

        >>> Submission(renewal_year=2014, designations=["CAM", "NALP"], activities=[]).designations
        (<Designation.CAM: 'CAM'>, <Designation.NALP: 'NALP'>)

    Attributes:
        renewal_year: The year the renewal is for; its credits are earned in the year before.
        designations: What the person holds; at least one, each once, in the order given.
        activities: What the person did, in the order given; may be empty.
        holder: The caller's own name for the person; opaque to the rules.
        first_renewal_of: The designations renewed for the first time; changes no figure, but adds a notice.
        renewal_date: The day the renewal is due, in the renewal year; for rulebooks that count months back from it.
        term_starts: The day each designation was obtained or last renewed, as pairs; given as a mapping, for
            rulebooks in which each has a term of its own.

    Raises:
        InvalidValue: One of the values is wrong.
        InvalidDocument: Several are; every one is reported.
    """

    renewal_year: int
    designations: tuple[Designation, ...]
    activities: tuple[Activity, ...]
    holder: str | None = None
    first_renewal_of: tuple[Designation, ...] = ()
    renewal_date: date | None = None
    term_starts: tuple[tuple[Designation, date], ...] = ()

    def __init__(
        self,
        *,
        renewal_year: int,
        designations: Iterable[Designation | str],
        activities: Iterable[Activity],
        holder: str | None = None,
        first_renewal_of: Iterable[Designation | str] = (),
        renewal_date: date | str | None = None,
        term_starts: Mapping[Designation, date | str]
        | Mapping[str, date | str]
        | Iterable[tuple[Designation, date]] = (),
    ) -> None:
        problems = Problems()
        attempt = problems.attempt
        year = attempt(read_whole, renewal_year, "renewal_year", least=FIRST_YEAR, most=LAST_YEAR)
        held = attempt(read_members, Designation, designations, "designations")
        first = attempt(read_members, Designation, first_renewal_of, "first_renewal_of")
        if held == ():
            problems.add("designations", "must name at least one designation, got none")
        starts = attempt(_starts, term_starts)
        for where, named in (("first_renewal_of", first), ("term_starts", [code for code, _ in starts or ()])):
            for designation in named or ():
                if held is not None and designation not in held:
                    problems.add(where, f"must be among the designations held, got {shown(str(designation))}")
        due = None if renewal_date is None else attempt(read_date, renewal_date, "renewal_date")
        if due is not None and year is not None and due.year != year:
            problems.add("renewal_date", f"must be a day of the renewal year {year}, got {due}")
        values: dict[str, Any] = {
            "renewal_year": year,
            "designations": held,
            "activities": attempt(_activities, activities),
            "holder": None if holder is None else attempt(read_text, holder, "holder"),
            "first_renewal_of": first,
            "renewal_date": due,
            "term_starts": starts,
        }
        problems.settle()
        self.__attrs_init__(**values)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]


def _activities(raw: object) -> tuple[Activity, ...]:
    items = read_each(raw, "activities")
    for index, item in enumerate(items):
        if not isinstance(item, Activity):
            raise InvalidValue(f"activities[{index}]", f"must be an Activity, got {shown(item)}")
    return items  # type: ignore[return-value]


def _starts(raw: Any) -> tuple[tuple[Designation, date], ...]:
    try:
        pairs = [(code, day) for code, day in (raw.items() if isinstance(raw, Mapping) else raw)]
    except (TypeError, ValueError):
        raise InvalidValue("term_starts", f"must be days by designation, got {shown(raw)}") from None
    problems = Problems()
    starts: dict[Designation, date] = {}
    for code, day in pairs:
        where = f"term_starts.{code}"
        designation = problems.attempt(read_member, Designation, code, where)
        began_on = problems.attempt(read_date, day, where)
        if designation in starts:
            problems.add(where, "must be given once, got it several times")
        elif designation is not None and began_on is not None:
            starts[designation] = began_on
    problems.settle()
    return tuple(starts.items())
