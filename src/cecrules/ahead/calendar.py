"""Finds how many days and minutes of a window can still be used, without those that plans use up."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date, timedelta

import attrs

from ..activities import Activity
from ..rulebook.index import RulebookIndex
from ..rules.window import Window
from .filling import minutes_of

__all__ = ["Calendar", "calendar_of"]


@attrs.frozen(kw_only=True)
class Calendar:
    """The days of a window that can still be used.

    Attributes:
        first: The first of them.
        last: The last day of the window, which may be before `first`.
        minutes_a_day: The minutes of a day that can be used.
        busy: The minutes that plans use up on their days, at most `minutes_a_day`.
    """

    first: date
    last: date
    minutes_a_day: int
    busy: dict[date, int]

    def days(self) -> int:
        """Returns the number of days."""
        return max((self.last - self.first).days + 1, 0)

    def minutes(self) -> int:
        """Returns the minutes that can be used."""
        return self.days() * self.minutes_a_day - sum(self.busy.values())

    def last_start(self, minutes: int) -> date:
        """Returns the latest day from which on there are enough minutes; there must be enough from the first day on."""
        day, left = self.last, 0
        while (left := left + self.minutes_a_day - self.busy.get(day, 0)) < minutes:
            day -= timedelta(days=1)
        return day


def calendar_of(
    as_of: date, window: Window, minutes_a_day: int, activities: Iterable[Activity], index: RulebookIndex
) -> Calendar:
    """Returns the days of a window from `as_of` on; the activities after it are plans."""
    first = max(as_of, window.first)
    busy: dict[date, int] = {}
    for activity in activities:
        day = activity.earned_on
        if day > as_of and first <= day <= window.last:
            busy[day] = min(busy.get(day, 0) + minutes_of(activity, index), minutes_a_day)
    return Calendar(first=first, last=window.last, minutes_a_day=minutes_a_day, busy=busy)
