"""Decides which days count for a renewal (clauses `window.*`, `refused.old`).

A rulebook gives them in one of three ways, as a calendar year, as months back from the day the renewal is due, or as
a term from the day a credential was obtained or last renewed.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date

import attrs
from dateutil.relativedelta import relativedelta

from ..activities import Activity
from ..converters import read_date, read_whole
from ..designations import Designation
from ..errors import ErrorCode, InvalidValue, NotStated, Path, Problems
from ..findings import Finding, FindingCode
from ..making import maker
from ..rulebook.index import index_of
from ..rulebook.provisions import WindowKind, WindowRule
from ..rulebook.rulebook import Rulebook, insist_on_rulebook
from ..submissions import FIRST_YEAR, LAST_YEAR, Submission

__all__ = ["Window", "outside_window", "renewal_window", "term_windows"]


def _first(day: date | str) -> date:
    return read_date(day, ("first",))


def _last(day: date | str) -> date:
    return read_date(day, ("last",))


@attrs.frozen(kw_only=True)
class Window:
    """The days whose credits count for a renewal, from `first` to `last`, both included.

    Raises:
        InvalidValue: One of them is not a day.
    """

    first: date = attrs.field(converter=_first)
    last: date = attrs.field(converter=_last)


_found = maker(Finding)


def renewal_window(
    renewal_year: int,
    rulebook: Rulebook,
    *,
    renewal_date: date | str | None = None,
    term_start: date | str | None = None,
) -> Window:
    """Returns the days whose credits count for a renewal.

        >>> import cecrules as cec
        >>> renewal_window(2014, cec.NAAEI_2014).last
        datetime.date(2013, 12, 31)

    Args:
        renewal_year: The year the renewal is for.
        rulebook: The rules to decide by.
        renewal_date: The day the renewal is due, for rulebooks whose window runs back from it.
        term_start: The day the credential was obtained or last renewed, for rulebooks with terms.

    Raises:
        InvalidValue: The renewal year is out of bounds, a date the rulebook needs is missing, or the window runs past
            the calendar.
        NotStated: The sources of the rulebook do not say which days count.
    """
    insist_on_rulebook(rulebook)
    year = read_whole(renewal_year, ("renewal_year",), least=FIRST_YEAR, most=LAST_YEAR)
    due = None if renewal_date is None else read_date(renewal_date, ("renewal_date",))
    start = None if term_start is None else read_date(term_start, ("term_start",))
    rule = rulebook.window
    if rule.kind is WindowKind.CALENDAR_YEAR:
        return _calendar_year(year - rule.years_before)
    if rule.kind is WindowKind.MONTHS_BEFORE:
        return _months_before(_needed(due, "renewal_date", "runs back from it", rulebook), rule)
    if rule.kind is WindowKind.TERM:
        return _term(_needed(start, "term_start", "runs from it", rulebook), rule)
    problem = f"the sources of {rulebook.id} do not say which days count"
    advice = f"see clause {rule.clause}, or state a window in a rulebook of your own"
    raise NotStated(("renewal_year",), problem, advice)


def term_windows(
    submission: Submission, designations: Sequence[Designation], rulebook: Rulebook
) -> dict[Designation, Window]:
    """Returns the term of each designation held, by the day it was obtained or last renewed.

    A designation that requires no credits needs no such day; without one it has no term.

    Args:
        submission: Gives the day each term began, under either code of the designation.
        designations: The designations held, by the rulebook's own codes.
        rulebook: The rules to decide by.

    Raises:
        InvalidValue: A day is missing, a designation has two different days under its two codes, or a term runs past
            the calendar.
        InvalidDocument: More than one such problem; `problems` lists them all.
    """
    problems = Problems()
    starts: dict[Designation, date] = {}
    for held, day in submission.term_starts:
        first = starts.setdefault(rulebook.own_code(held), day)
        if first != day:
            problem = f"must be {first}, as under its other code, got {day}"
            problems.add(("term_starts", str(held)), problem, code=ErrorCode.CONFLICT)
    windows: dict[Designation, Window] = {}
    for designation in designations:
        start = starts.get(designation)
        if start is None and not index_of(rulebook).required_of[designation].total:
            continue
        try:
            windows[designation] = renewal_window(submission.renewal_year, rulebook, term_start=start)
        except InvalidValue as error:
            problems.add(("term_starts", str(designation)), error.problem, error.hint, code=error.code)
    problems.settle()
    return windows


def outside_window(activities: Sequence[Activity], window: Window, rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding, with its position, for every activity earned outside the window.

    Args:
        activities: The activities, in the order reported.
        window: The days that count, both ends included.
        rulebook: The rules to decide by.
    """
    first, last = window.first, window.last
    return [
        (position, _finding(activity.earned_on, window, rulebook))
        for position, activity in enumerate(activities)
        if not first <= activity.earned_on <= last
    ]


@functools.lru_cache(maxsize=LAST_YEAR - FIRST_YEAR)
def _calendar_year(year: int) -> Window:
    return Window(first=date(year, 1, 1), last=date(year, 12, 31))


def _months_before(due: date, rule: WindowRule) -> Window:
    try:
        first = due - relativedelta(months=rule.months)
        return Window(first=first, last=due if rule.last_day_inside else due - relativedelta(days=1))
    except (ValueError, OverflowError):
        raise _off_the_calendar(("renewal_date",), due) from None


def _term(start: date, rule: WindowRule) -> Window:
    try:
        # Term and grace are added in one step; two steps would lose days at the end of short months.
        end = start + relativedelta(months=rule.months + rule.grace_months)
        return Window(first=start, last=end if rule.last_day_inside else end - relativedelta(days=1))
    except (ValueError, OverflowError):
        raise _off_the_calendar(("term_start",), start) from None


def _needed(day: date | None, key: str, why: str, book: Rulebook) -> date:
    if day is None:
        problem, advice = f"is required by {book.id}, whose window {why}", f"see clause {book.window.clause}"
        raise InvalidValue((key,), problem, advice, ErrorCode.MISSING)
    return day


def _off_the_calendar(path: Path, found: object) -> InvalidValue:
    problem = f"must keep the window within the calendar, got {found}"
    return InvalidValue(path, problem, code=ErrorCode.OUT_OF_RANGE)


def _finding(earned_on: date, window: Window, rulebook: Rulebook) -> Finding:
    before = earned_on < window.first
    rule = rulebook.window
    return _found(
        code=FindingCode.EARNED_BEFORE_WINDOW if before else FindingCode.EARNED_AFTER_WINDOW,
        clause=rule.clause,
        credits=rulebook.credits(0),
        earned_on=earned_on,
        counts_for=earned_on.year + rule.years_before if rule.kind is WindowKind.CALENDAR_YEAR else None,
    )
