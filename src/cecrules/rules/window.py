"""Decides which days count for a renewal (clauses `window.*`, `refused.old`).

Three ways of finding them: a calendar year, so many months back from the day the renewal is due, and a term from
the day a credential was obtained or last renewed.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence
from datetime import date

from dateutil.relativedelta import relativedelta

from ..activities import Activity
from ..assessments import Window
from ..converters import read_date, read_whole
from ..designations import Designation
from ..errors import InvalidValue, Problems, UnknownName
from ..findings import Finding, FindingCode
from ..rulebook.editions import default_rulebook, rulebook_given
from ..rulebook.provisions import WindowKind, WindowRule
from ..rulebook.rulebook import Rulebook
from ..submissions import FIRST_YEAR, LAST_YEAR, Submission

__all__ = ["outside_window", "renewal_window", "term_windows"]


def renewal_window(
    renewal_year: int,
    rulebook: Rulebook | None = None,
    *,
    renewal_date: date | str | None = None,
    term_start: date | str | None = None,
) -> Window:
    """Returns the days whose credits count for a renewal.

        >>> renewal_window(2014).last
        datetime.date(2013, 12, 31)

    Args:
        renewal_year: The year the renewal is for.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        renewal_date: The day the renewal is due, for rulebooks that count months back from it.
        term_start: The day the credential was obtained or last renewed, for rulebooks with terms.

    Raises:
        InvalidValue: The renewal year is no year of the calendar, a date the rulebook needs is missing, or the
            window would leave the calendar.
        UnknownName: The sources of the rulebook do not say which days count.
    """
    book = rulebook_given(rulebook)
    due = None if renewal_date is None else read_date(renewal_date, "renewal_date")
    start = None if term_start is None else read_date(term_start, "term_start")
    read_whole(renewal_year, "renewal_year", least=FIRST_YEAR, most=LAST_YEAR)
    rule = book.window
    if rule.kind is WindowKind.CALENDAR_YEAR:
        return _calendar_year(renewal_year, rule)
    if rule.kind is WindowKind.MONTHS_BEFORE:
        return _months_before(_needed(due, "renewal_date", "is counted back from it", book), rule)
    if rule.kind is WindowKind.TERM:
        return _term(_needed(start, "term_start", "runs from it", book), rule)
    raise UnknownName(
        "renewal_year", f"the sources of {book.id} do not say which days count", book.clause(rule.clause).reading
    )


def term_windows(
    submission: Submission, designations: Sequence[Designation], rulebook: Rulebook
) -> dict[Designation, Window]:
    """Returns the term of each designation held, by the day it was obtained or last renewed.

    One that owes nothing needs no such day; without one it has no term.

    Args:
        submission: Says on which day each term began, by either code of the designation.
        designations: Those held, by the rulebook's own codes.
        rulebook: The rules to decide by.

    Raises:
        InvalidValue: A day is missing, one designation has two under its two codes, or a term would leave the calendar.
        InvalidDocument: Several are; every one is reported.
    """
    problems = Problems()
    starts: dict[Designation, date] = {}
    for held, day in submission.term_starts:
        first = starts.setdefault(rulebook.own_code(held), day)
        if first != day:
            problems.add(f"term_starts.{held}", f"must be {first}, as under its other code, got {day}")
    windows: dict[Designation, Window] = {}
    for designation in designations:
        start = starts.get(designation)
        if start is None and rulebook.requirement(designation).credits == 0:
            continue
        try:
            windows[designation] = renewal_window(submission.renewal_year, rulebook, term_start=start)
        except InvalidValue as error:
            problems.add(f"term_starts.{designation}", error.problem, error.hint)
    problems.settle()
    return windows


def outside_window(
    activities: Sequence[Activity], window: Window, rulebook: Rulebook | None = None
) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity earned outside the window, by its position.

    Args:
        activities: What was done, in the order reported.
        window: The days that count, both ends inside.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
    """
    book = rulebook or default_rulebook()
    first, last = window.first, window.last
    findings: list[tuple[int, Finding]] = []
    for index, activity in enumerate(activities):
        if not first <= activity.earned_on <= last:
            findings.append((index, _finding(activity.earned_on, window, book)))
    return findings


@functools.lru_cache(maxsize=4096)
def _calendar_year(renewal_year: int, rule: WindowRule) -> Window:
    try:
        first = date(renewal_year, 1, 1) - relativedelta(years=rule.years_before)
    except ValueError:
        raise _off_the_calendar("renewal_year", renewal_year) from None
    return Window(first=first, last=first + relativedelta(years=1, days=-1))


def _months_before(due: date, rule: WindowRule) -> Window:
    try:
        first = due - relativedelta(months=rule.months)
        return Window(first=first, last=due if rule.last_day_inside else due - relativedelta(days=1))
    except (ValueError, OverflowError):
        raise _off_the_calendar("renewal_date", due) from None


def _term(start: date, rule: WindowRule) -> Window:
    try:
        # Term and grace in one step: two steps would lose days at the end of short months.
        end = start + relativedelta(months=rule.months + rule.grace_months)
        return Window(first=start, last=end if rule.last_day_inside else end - relativedelta(days=1))
    except (ValueError, OverflowError):
        raise _off_the_calendar("term_start", start) from None


def _needed(day: date | None, where: str, why: str, book: Rulebook) -> date:
    if day is None:
        raise InvalidValue(where, f"is required by {book.id}, whose window {why}", f"see clause {book.window.clause}")
    return day


def _off_the_calendar(where: str, found: object) -> InvalidValue:
    return InvalidValue(where, f"must leave the window inside the calendar, got {found}")


@functools.lru_cache(maxsize=4096)
def _finding(earned_on: date, window: Window, rulebook: Rulebook) -> Finding:
    before = earned_on < window.first
    rule = rulebook.window
    return Finding(
        code=FindingCode.EARNED_BEFORE_WINDOW if before else FindingCode.EARNED_AFTER_WINDOW,
        clause=rule.clause,
        credits=rulebook.credits(0),
        earned_on=earned_on,
        counts_for=earned_on.year + rule.years_before if rule.kind is WindowKind.CALENDAR_YEAR else None,
    )
