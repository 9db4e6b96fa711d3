"""Decides several renewal years by the edition in force in each, and which of them each activity counts for.

Nothing is carried over from one year to another, since no page says that credits are.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from datetime import date
from typing import Any, cast

import attrs

from ..activities import Activity
from ..assessments import Assessment
from ..converters import read_date, read_each, read_whole
from ..designations import Designation
from ..errors import CecRulesError, ErrorCode, InvalidValue, Path, Problems, shown
from ..evaluation import ALWAYS, evaluate
from ..rulebook.editions import edition_for
from ..rulebook.rulebook import Rulebook
from ..submissions import FIRST_YEAR, LAST_YEAR, Submission

__all__ = ["Year", "years"]


@attrs.frozen(weakref_slot=False, kw_only=True)
class Year:
    """One renewal year, decided by the edition in force.

    Attributes:
        renewal_year: The renewal year.
        assessment: The assessment; None if the year cannot be decided.
        credited: The positions, from 0, of the activities credited for it, in all or in part.
        reasons: If the year cannot be decided, one sentence for each reason.
        codes: The codes of those reasons.
    """

    renewal_year: int
    assessment: Assessment | None = None
    credited: tuple[int, ...] = ()
    reasons: tuple[str, ...] = ()
    codes: tuple[ErrorCode, ...] = ()


def years(
    activities: Iterable[Activity],
    designations: Iterable[Designation | str],
    years: Iterable[int],
    *,
    term_starts: Mapping[int, Mapping[str, date | str]] | None = None,
    renewal_dates: Mapping[int, date | str] | None = None,
) -> tuple[Year, ...]:
    """Decides several renewal years, each by the edition in force, and shows which activities count for each.

        >>> import cecrules as cec
        >>> course = cec.Activity(title="Budgeting", kind="association_course", earned_on="2013-05-01", hours=2,
        ...                       documents=["transcript"])
        >>> [(year.renewal_year, year.credited) for year in cec.years([course], ["CAM"], range(2013, 2016))]
        [(2013, ()), (2014, (0,)), (2015, ())]

    Args:
        activities: The activities of all those years, in the order given.
        designations: The designations held, at least one.
        years: The renewal years, each from 1900 to 2200.
        term_starts: For a renewal year whose edition gives each designation its own term, the day each of them was
            obtained or last renewed. If all that are held require no credits, a day is needed to credit activities.
        renewal_dates: For a renewal year whose edition counts months back from it, the day the renewal is due.

    Returns:
        One row for each renewal year, in the order given. A year that cannot be decided, such as one that no edition
        is known to govern, has the reasons in place of an assessment.

    Raises:
        InvalidValue: An argument is wrong by itself, whatever the year.
        InvalidDocument: More than one argument is wrong; `problems` lists them all.
    """
    problems = Problems()
    wanted = problems.attempt(_read_years, years) or ()
    starts = problems.attempt(_read_by_year, term_starts, ("term_starts",), _as_given) or {}
    dates = problems.attempt(_read_by_year, renewal_dates, ("renewal_dates",), read_date) or {}
    # What belongs to no year is checked once; any year would do.
    whole = problems.attempt(Submission, renewal_year=FIRST_YEAR, designations=designations, activities=activities)
    problems.settle()
    made = cast("Submission", whole)
    return tuple(_year(made, year, starts.get(year), dates.get(year)) for year in wanted)


def _read_years(raw: object) -> list[int]:
    each = enumerate(read_each(raw, ("years",)))
    return [read_whole(year, ("years", place), least=FIRST_YEAR, most=LAST_YEAR) for place, year in each]


def _read_by_year(raw: Any, path: Path, read: Callable[[Any, Path], Any]) -> dict[int, Any]:
    """Reads a mapping from renewal years."""
    if raw is None:
        return {}
    if not isinstance(raw, Mapping):
        problem = f"must map renewal years to values, got {shown(raw)}"
        raise InvalidValue(path, problem, code=ErrorCode.WRONG_TYPE)
    mapping = cast("Mapping[object, Any]", raw)
    return {
        read_whole(year, (*path, str(year)), least=FIRST_YEAR, most=LAST_YEAR): read(value, (*path, str(year)))
        for year, value in mapping.items()
    }


def _as_given(raw: Any, path: Path) -> Any:
    if not isinstance(raw, Mapping):
        problem = f"must map designations to days, got {shown(raw)}"
        raise InvalidValue(path, problem, code=ErrorCode.WRONG_TYPE)
    return cast("Mapping[object, Any]", raw)


def _year(whole: Submission, year: int, starts: Mapping[Any, Any] | None, due: date | None) -> Year:
    try:
        made = attrs.evolve(whole, renewal_year=year, term_starts=starts or {}, renewal_date=due)
        book = edition_for(year)
        assessment = evaluate(made, book)
        credited = _credited(assessment, book)
    except CecRulesError as error:
        return Year(
            renewal_year=year,
            reasons=tuple(map(str, error.problems)),
            codes=tuple(problem.code for problem in error.problems),
        )
    return Year(renewal_year=year, assessment=assessment, credited=credited)


def _credited(assessment: Assessment, book: Rulebook) -> tuple[int, ...]:
    """Returns the positions of the activities credited.

    Raises:
        InvalidValue: There are some, but no term. Every year would credit them.
    """
    parts = assessment.terms or (assessment,)
    credited = {place for part in parts for place, decision in enumerate(part.decisions) if decision.credited}
    if credited and assessment.window == ALWAYS:
        problem = f"is required by {book.id}, to know for which renewal year an activity counts"
        path = "term_starts", str(assessment.designations[0])
        raise InvalidValue(path, problem, f"see clause {book.window.clause}", ErrorCode.MISSING)
    return tuple(sorted(credited))
