"""Submission: one person, one renewal year, everything reported in one go (clause `required.one-submission`)."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any, cast

import attrs

from .activities import Activity
from .converters import optional, read_date, read_each, read_member, read_members, read_text, read_values, read_whole
from .designations import Designation
from .errors import InvalidValue, Problems, shown

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
        given = {
            "renewal_year": renewal_year,
            "designations": designations,
            "activities": activities,
            "holder": holder,
            "first_renewal_of": first_renewal_of,
            "renewal_date": renewal_date,
            "term_starts": term_starts,
        }
        values, problems = read_values(_READERS, given)
        year, held, due = values["renewal_year"], values["designations"], values["renewal_date"]
        for where, named in (
            ("first_renewal_of", values["first_renewal_of"] or ()),
            ("term_starts", [designation for designation, _ in values["term_starts"] or ()]),
        ):
            for designation in named:
                if held is not None and designation not in held:
                    problems.add(where, f"must be among the designations held, got {shown(str(designation))}")
        if due is not None and year is not None and due.year != year:
            problems.add("renewal_date", f"must be a day of the renewal year {year}, got {due}")
        problems.settle()
        self.__attrs_init__(**values)  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]


def _read_held(raw: object, where: str) -> tuple[Designation, ...]:
    held = read_members(Designation, raw, where)
    if not held:
        raise InvalidValue(where, "must name at least one designation, got none")
    return held


def _read_activities(raw: object, where: str) -> tuple[Activity, ...]:
    items = tuple(read_each(raw, where))
    for index, item in enumerate(items):
        if not isinstance(item, Activity):
            raise InvalidValue(f"{where}[{index}]", f"must be an Activity, got {shown(item)}")
    return items  # type: ignore[return-value]


def _read_starts(raw: Any, _: str) -> tuple[tuple[Designation, date], ...]:
    if type(raw) is tuple and not raw:
        return ()
    try:
        items = cast("Iterable[Any]", raw.items() if isinstance(raw, Mapping) else raw)
        pairs = [(code, day) for code, day in items]
    except (TypeError, ValueError):
        raise InvalidValue("term_starts", f"must be days by designation, got {shown(cast('object', raw))}") from None
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


_READERS: dict[str, Callable[[Any, str], object]] = {
    "renewal_year": partial(read_whole, least=FIRST_YEAR, most=LAST_YEAR),
    "designations": _read_held,
    "activities": _read_activities,
    "holder": optional(read_text),
    "first_renewal_of": partial(read_members, Designation),
    "renewal_date": optional(read_date),
    "term_starts": _read_starts,
}
