"""Submission, everything that one holder reports for one renewal year (clause `required.one-submission`)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from functools import partial
from typing import Any, TypeGuard, cast

import attrs

from .activities import Activity
from .converters import optional, read_date, read_each, read_member, read_members, read_text, read_whole
from .designations import Designation
from .displaying import displayed
from .errors import ErrorCode, InvalidValue, Path, Problems, insist, shown
from .forms import Form, refuse_repeated, refuse_repeated_key

__all__ = ["Submission", "submission_given"]

# A renewal year outside these is a typing mistake, such as 14 for 2014.
FIRST_YEAR, LAST_YEAR = 1900, 2200


@displayed
@attrs.frozen(weakref_slot=False, kw_only=True, init=False)
class Submission:
    """Everything that one holder reports for one renewal year.

        >>> Submission(renewal_year=2014, designations=["CAM", "NALP"], activities=[]).designations
        (<Designation.CAM: 'CAM'>, <Designation.NALP: 'NALP'>)

    Attributes:
        renewal_year: The year the renewal is for, from 1900 to 2200. Under most rulebooks, its credits are earned in
            the year before.
        designations: The designations held; at least one, each once, in the order given.
        activities: The activities reported, in the order given; may be empty.
        holder: The caller's own name for the holder; the rules ignore it.
        first_renewal_of: The designations renewed for the first time; adds a notice and changes no figure.
        renewal_date: The day the renewal is due, in the renewal year; needed if the rulebook's window runs back from
            it.
        term_starts: The day each designation was obtained or last renewed, as pairs, given as a mapping; needed if
            the rulebook gives each designation its own term.

    Raises:
        InvalidValue: One of the values is wrong.
        InvalidDocument: More than one value is wrong; `problems` lists them all.
    """

    renewal_year: int
    designations: tuple[Designation, ...]
    activities: tuple[Activity, ...]
    holder: str | None = None
    first_renewal_of: tuple[Designation, ...] = ()
    renewal_date: date | None = None
    term_starts: tuple[tuple[Designation, date], ...] = ()

    def __repr__(self) -> str:
        held = f"{', '.join(self.designations)} for {self.renewal_year}"
        return f"<Submission of {held}: activities {len(self.activities)}>"

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
        | tuple[tuple[Designation, date], ...] = (),
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
        self.__attrs_init__(**FORM.read(given))  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]


def _read_held(raw: object, path: Path) -> tuple[Designation, ...]:
    held = read_members(Designation, raw, path)
    if not held:
        raise InvalidValue(path, "must name at least one designation, got none", code=ErrorCode.OUT_OF_RANGE)
    return held


def _read_activities(raw: object, path: Path) -> tuple[Activity, ...]:
    items = tuple(read_each(raw, path))
    for index, item in enumerate(items):
        insist(item, Activity, (*path, index), "an Activity")
    return cast("tuple[Activity, ...]", items)


def _read_starts(raw: Any, path: Path) -> tuple[tuple[Designation, date], ...]:
    problems = Problems()
    if isinstance(raw, Mapping):
        mapping = cast("Mapping[str, Any]", raw)
        refuse_repeated(mapping, path, problems)
        pairs = list(mapping.items())
    else:
        pairs = _pairs(raw, path)
    starts: dict[Designation, date] = {}
    for code, day in pairs:
        inner = (*path, str(code))
        designation = problems.attempt(read_member, Designation, code, inner)
        began_on = problems.attempt(read_date, day, inner)
        if designation in starts:
            refuse_repeated_key(inner, problems)
        elif designation is not None and began_on is not None:
            starts[designation] = began_on
    problems.settle()
    return tuple(starts.items())


def _pairs(raw: object, path: Path) -> list[tuple[Any, Any]]:
    """Returns the items of a tuple of pairs, which is how a submission holds the starts of terms."""
    if not _is_tuple(raw) or not all(_is_tuple(pair) and len(pair) == 2 for pair in raw):
        problem = f"must map designations to dates, got {shown(raw)}"
        raise InvalidValue(path, problem, code=ErrorCode.WRONG_TYPE)
    return list(raw)


def _is_tuple(raw: object) -> TypeGuard[tuple[Any, ...]]:
    return isinstance(raw, tuple)


def _agree(_given: Mapping[str, Any], values: dict[str, Any], problems: Problems, path: Path) -> None:
    """Checks that every designation named is held, and that the renewal date is in the renewal year."""
    year, held, due = values.get("renewal_year"), values.get("designations"), values.get("renewal_date")
    for key, named in (
        ("first_renewal_of", values.get("first_renewal_of", ())),
        ("term_starts", [designation for designation, _ in values.get("term_starts", ())]),
    ):
        for designation in named:
            if held is not None and designation not in held:
                problem = f"must be among the designations held, got {shown(str(designation))}"
                problems.add((*path, key), problem, code=ErrorCode.CONFLICT)
    if due is not None and year is not None and due.year != year:
        problem = f"must be a day of the renewal year {year}, got {due}"
        problems.add((*path, "renewal_date"), problem, code=ErrorCode.CONFLICT)


FORM = Form(
    readers={
        "renewal_year": partial(read_whole, least=FIRST_YEAR, most=LAST_YEAR),
        "designations": _read_held,
        "activities": _read_activities,
        "holder": optional(read_text),
        "first_renewal_of": partial(read_members, Designation),
        "renewal_date": optional(read_date),
        "term_starts": _read_starts,
    },
    required=("renewal_year", "designations", "activities"),
    agree=_agree,
)


def submission_given(submission: Submission) -> Submission:
    """Returns the submission to answer for.

    Raises:
        InvalidValue: The value is not a submission.
    """
    insist(submission, Submission, ("submission",), "a Submission", "from_dict() reads one")
    return submission
