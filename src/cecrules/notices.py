"""Points out facts beside the figures, such as a later edition or entries that are likely slips."""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence
from datetime import date

import attrs

from .activities import Activity
from .assessments import Figures, Notice, NoticeCode
from .credits import MINUTES_A_DAY
from .errors import NotStated, UnknownName
from .rulebook.editions import edition, edition_for, editions, successor
from .rulebook.index import index_of
from .rulebook.rulebook import Rulebook
from .rules.requirement import Requirement, compliance_advised, requirement_of
from .submissions import Submission

__all__ = ["edition_notices", "notices"]


def notices(
    submission: Submission, requirement: Requirement, figures: Figures, rulebook: Rulebook
) -> tuple[Notice, ...]:
    """Returns the notices of an assessment, which are facts a reader should know beside the figures.

    Args:
        submission: The submission that was decided.
        requirement: The credits required of its holder.
        figures: The figures decided.
        rulebook: The rules that were applied.
    """
    found: list[Notice] = []
    for notice in edition_notices(submission.renewal_year, rulebook):
        if notice.code is NoticeCode.LATER_EDITION:
            found.append(attrs.evolve(notice, here=requirement, there=_there(submission, notice.subject)))
        else:
            found.append(notice)
    if submission.first_renewal_of:
        first = ", ".join(submission.first_renewal_of)
        found.append(Notice(code=NoticeCode.FIRST_RENEWAL, clause=rulebook.total.invoice, subject=first))
    advised = compliance_advised(requirement, rulebook)
    if rulebook.compliance is not None and figures.compliance.minutes < advised.minutes:
        found.append(Notice(code=NoticeCode.COMPLIANCE_ADVISED, clause=rulebook.compliance.clause))
    return (*found, *_slips(submission.activities, rulebook))


@functools.lru_cache(maxsize=256)
def edition_notices(renewal_year: int, rulebook: Rulebook) -> tuple[Notice, ...]:
    """Returns the notices on the edition itself, which are the same for every holder."""
    return tuple(_edition_notices(renewal_year, rulebook))


def _edition_notices(renewal_year: int, rulebook: Rulebook) -> Iterator[Notice]:
    later = successor(rulebook, renewal_year)
    clause = rulebook.window.clause
    if later:
        yield Notice(code=NoticeCode.LATER_EDITION, clause=clause, subject=later)
    elif _is_before(rulebook, renewal_year):
        yield Notice(code=NoticeCode.EARLIER_YEAR, clause=clause, subject=_governing(renewal_year))
    latest = edition(later) if later and later in editions() else rulebook
    if not latest.governs.is_dated:
        subject = f"{latest.id}: {latest.governs.note}"
        yield Notice(code=NoticeCode.EDITION_UNDATED, clause=clause, subject=subject)


def _slips(activities: Sequence[Activity], book: Rulebook) -> list[Notice]:
    """Points out entries that no clause refuses but that are likely slips."""
    found: list[Notice] = []
    # Most submissions pass these two quick checks, which cost less than the full ones.
    if len({activity.title for activity in activities}) < len(activities):
        found += _alike(activities, book)
    if sum([activity.minutes or 0 for activity in activities]) > MINUTES_A_DAY:
        found += _long_days(activities, book)
    return found


def _alike(activities: Sequence[Activity], book: Rulebook) -> Iterator[Notice]:
    single = index_of(book).identity_of_kind
    numbers: dict[Activity, list[str]] = {}
    for number, activity in enumerate(activities, 1):
        if activity.kind not in single:  # duplicates of these kinds have a finding
            numbers.setdefault(activity, []).append(str(number))
    for alike in numbers.values():
        if len(alike) > 1:
            yield Notice(code=NoticeCode.ALIKE_ENTRIES, clause=book.total.clause, subject=", ".join(alike))


def _long_days(activities: Sequence[Activity], book: Rulebook) -> Iterator[Notice]:
    minutes: dict[date, int] = {}
    for activity in activities:
        minutes[activity.earned_on] = minutes.get(activity.earned_on, 0) + (activity.minutes or 0)
    for day in sorted(minutes):
        if minutes[day] > MINUTES_A_DAY:
            yield Notice(code=NoticeCode.LONG_DAY, clause=book.credit.clause, subject=str(day))


def _is_before(book: Rulebook, renewal_year: int) -> bool:
    return book.governs.first is not None and renewal_year < book.governs.first


def _governing(renewal_year: int) -> str:
    try:
        return edition_for(renewal_year).id
    except UnknownName:
        return ""


def _there(submission: Submission, later: str) -> Requirement | None:
    try:
        return requirement_of(submission.designations, edition(later))
    except (UnknownName, NotStated):
        return None
