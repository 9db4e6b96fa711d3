"""Decides which days count for a renewal (clauses `window.previous-year`, `refused.old`)."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import NamedTuple

from dateutil.relativedelta import relativedelta

from ..activities import Activity
from ..assessments import Finding, FindingCode
from ..editions import default_rulebook
from ..reading import read_whole
from ..rulebook import Rulebook
from ..submissions import FIRST_YEAR, LAST_YEAR

__all__ = ["Window", "outside_window", "renewal_window"]


class Window(NamedTuple):
    """The days on which credits for a renewal are earned: `first` to `last`, both inside."""

    first: date
    last: date


def renewal_window(renewal_year: int, rulebook: Rulebook | None = None) -> Window:
    """Returns the days whose credits count for a renewal year.

        >>> renewal_window(2014).last
        datetime.date(2013, 12, 31)

    Raises:
        InvalidValue: The renewal year is no year of the calendar, or the first of all.
    """
    book = default_rulebook() if rulebook is None else rulebook
    read_whole(renewal_year, "renewal_year", least=FIRST_YEAR, most=LAST_YEAR)
    first = date(renewal_year, 1, 1) - relativedelta(years=book.window.years_before)
    return Window(first, first + relativedelta(years=1, days=-1))


def outside_window(activities: Sequence[Activity], window: Window, rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity earned outside the window, by its position."""
    first, last = window
    return [
        (index, _finding(activity.earned_on, window, rulebook))
        for index, activity in enumerate(activities)
        if not first <= activity.earned_on <= last
    ]


def _finding(earned_on: date, window: Window, rulebook: Rulebook) -> Finding:
    before = earned_on < window.first
    return Finding(
        code=FindingCode.EARNED_BEFORE_WINDOW if before else FindingCode.EARNED_AFTER_WINDOW,
        clause=rulebook.window.clause,
        credits=rulebook.credits(0),
        earned_on=earned_on,
        counts_for=earned_on.year + rulebook.window.years_before,
    )
