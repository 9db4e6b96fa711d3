"""Submission: one person, one renewal year, everything reported in one go (clause `required.one-submission`)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import attrs

from .activities import Activity
from .designations import Designation
from .errors import InvalidValue, Problems, shown
from .reading import read_each, read_members, read_text, read_whole

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

    Raises:
        InvalidValue: One of the values is wrong.
        InvalidDocument: Several are; every one is reported.
    """

    renewal_year: int
    designations: tuple[Designation, ...]
    activities: tuple[Activity, ...]
    holder: str | None = None
    first_renewal_of: tuple[Designation, ...] = ()

    def __init__(
        self,
        *,
        renewal_year: int,
        designations: Iterable[Designation | str],
        activities: Iterable[Activity],
        holder: str | None = None,
        first_renewal_of: Iterable[Designation | str] = (),
    ) -> None:
        problems = Problems()
        attempt = problems.attempt
        held = attempt(read_members, Designation, designations, "designations")
        first = attempt(read_members, Designation, first_renewal_of, "first_renewal_of")
        if held == ():
            problems.add("designations", "must name at least one designation, got none")
        for designation in first or ():
            if held is not None and designation not in held:
                problems.add("first_renewal_of", f"must be among the designations held, got {shown(str(designation))}")
        values: dict[str, Any] = {
            "renewal_year": attempt(read_whole, renewal_year, "renewal_year", least=FIRST_YEAR, most=LAST_YEAR),
            "designations": held,
            "activities": attempt(_activities, activities),
            "holder": None if holder is None else attempt(read_text, holder, "holder", blank=True),
            "first_renewal_of": first,
        }
        problems.settle()
        self.__attrs_init__(**values)


def _activities(raw: object) -> tuple[Activity, ...]:
    items = read_each(raw, "activities")
    for index, item in enumerate(items):
        if not isinstance(item, Activity):
            raise InvalidValue(f"activities[{index}]", f"must be an Activity, got {shown(item)}")
    return items  # type: ignore[return-value]
