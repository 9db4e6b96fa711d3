"""Finds how many days and minutes of a window can still be used, without those that plans or other terms use up."""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from types import MappingProxyType
from typing import TypeAlias

import attrs

from ..activities import Activity
from ..rulebook.index import RulebookIndex
from ..rules.window import Window
from .filling import minutes_of

__all__ = ["Booked", "Calendar", "calendar_of", "last_start"]

# The minutes taken on each day.
Booked: TypeAlias = "Mapping[date, int]"


@attrs.frozen(kw_only=True)
class Calendar:
    """The days of a window that can still be used.

    Attributes:
        first: The first of them.
        last: The last day of the window, which may be before `first`.
        minutes_a_day: The minutes of a day that can be used.
        busy: The minutes that plans use up on their days.
        booked: The minutes that other terms need on their days.
    """

    first: date
    last: date
    minutes_a_day: int
    busy: Booked
    booked: Booked = MappingProxyType({})

    def days(self) -> int:
        """Returns the number of days."""
        return max((self.last - self.first).days + 1, 0)

    def minutes(self) -> int:
        """Returns the minutes that can be used."""
        used = {day for day in (*self.busy, *self.booked) if self.first <= day <= self.last}
        return self.days() * self.minutes_a_day - sum(self.minutes_a_day - self.minutes_on(day) for day in used)

    def minutes_on(self, day: date) -> int:
        """Returns the minutes of a day that can be used."""
        return max(self.minutes_a_day - self.busy.get(day, 0) - self.booked.get(day, 0), 0)

    def with_booked(self, minutes: int) -> Booked:
        """Returns the minutes booked, with more of them on the first days; there must be enough."""
        booked, day = dict(self.booked), self.first
        while minutes:
            more = min(self.minutes_on(day), minutes)
            booked[day] = booked.get(day, 0) + more
            minutes -= more
            day += timedelta(days=1)
        return booked

    def last_start(self, minutes: int) -> date:
        """Returns the latest day from which on there are enough minutes; there must be enough from the first day on."""
        day, left = self.last, 0
        while (left := left + self.minutes_on(day)) < minutes:
            day -= timedelta(days=1)
        return day


def last_start(terms: Sequence[tuple[Calendar, int]], as_of: date) -> date:
    """Returns the latest day on which to begin with the first of some terms, if they are filled one after the other.

    Args:
        terms: The days of each term, and the minutes it needs; there must be enough from `as_of` on. Minutes booked in
            the days of the first term stay booked.
        as_of: The first day that can still be used.
    """
    calendar, _ = terms[0]
    days = range((calendar.last - as_of).days + 1)
    too_late = bisect_left(days, True, key=lambda more: not _fit(terms, as_of + timedelta(days=more)))
    return max(as_of + timedelta(days=too_late - 1), calendar.first)


def _fit(terms: Sequence[tuple[Calendar, int]], start: date) -> bool:
    """Says whether there are enough minutes for every term from a day on."""
    booked = terms[0][0].booked
    for calendar, minutes in terms:
        left = attrs.evolve(calendar, first=max(calendar.first, start), booked=booked)
        if left.minutes() < minutes:
            return False
        booked = left.with_booked(minutes)
    return True


def calendar_of(
    as_of: date,
    window: Window,
    minutes_a_day: int,
    activities: Iterable[Activity],
    booked: Booked,
    index: RulebookIndex,
) -> Calendar:
    """Returns the days of a window from `as_of` on; the activities after it are plans."""
    busy: dict[date, int] = {}
    for activity in activities:
        day = activity.earned_on
        if day > as_of:
            busy[day] = busy.get(day, 0) + minutes_of(activity, index)
    first = max(as_of, window.first)
    return Calendar(first=first, last=window.last, minutes_a_day=minutes_a_day, busy=busy, booked=booked)
