"""Makes random amounts, activities and submissions for the rulebook they are meant for."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from ..activities import Activity, ActivityKind
from ..credits import MINUTES_AN_HOUR, Amount, Credits
from ..designations import Designation
from ..documents import DocumentKind
from ..rulebook.editions import rulebook_given
from ..rulebook.index import index_of
from ..rulebook.provisions import (
    ACCEPTED,
    Condition,
    Side,
    WindowKind,
)
from ..rulebook.rulebook import Rulebook
from ..rules.requirement import requirement_of
from ..rules.window import Window, renewal_window, term_windows
from ..submissions import Submission
from .books import Fields, some_documents

__all__ = [
    "YEARS",
    "acceptable_activities",
    "activities",
    "boundary_activities",
    "credits",
    "limited_activities",
    "rejected_activities",
    "submissions",
    "windows_of",
]

# Years in which no window of any rulebook made here leaves the calendar.
YEARS = st.integers(1950, 2100)

# Few names, in different cases and spacings, so that duplicates are common.
_NAMES = st.sampled_from(["Board", "board ", "Education Committee", "Day at the Capitol"]) | st.text(
    st.characters(codec="utf-8"), max_size=12
)
_TITLES = _NAMES.filter(lambda name: name.strip() != "")


def credits(  # noqa: A001 - the library's own word for them
    *, at_most: Amount = 24, minutes_a_credit: int = MINUTES_AN_HOUR
) -> SearchStrategy[Credits]:
    """Returns amounts from none to `at_most` credits, to the minute.

    Raises:
        InvalidValue: `at_most` is not an amount.
    """
    most = Credits(at_most, minutes_a_credit=minutes_a_credit)
    minutes = st.integers(0, most.minutes)
    return st.builds(Credits, minutes=minutes, minutes_a_credit=st.just(minutes_a_credit))


def acceptable_activities(
    renewal_year: int, rulebook: Rulebook | None = None, *, window: Window | None = None
) -> SearchStrategy[Activity]:
    """Returns activities that count, in which `screen` with the same arguments finds no fault.

    Args:
        renewal_year: The renewal they are meant for.
        rulebook: The rules to satisfy; `NAAEI_2014` unless given.
        window: The days whose credits count, for rulebooks in which the renewal year alone does not give them.

    Raises:
        InvalidValue: A date that the rulebook's window needs is missing.
        NotStated: The rulebook's sources do not say which days count.
    """
    book, days = _rules_and_days(renewal_year, rulebook, window)
    return _built(lambda kind: _sound(kind, days, book), _kinds(book, *ACCEPTED))


def boundary_activities(
    renewal_year: int, rulebook: Rulebook | None = None, *, window: Window | None = None
) -> SearchStrategy[Activity]:
    """Returns activities within a day of the window's ends, and within a minute of one of the rulebook's limits.

    They are in order except for their day, which may be the day before the window or the day after it. Takes and
    raises the same as `acceptable_activities`.
    """
    book, days = _rules_and_days(renewal_year, rulebook, window)
    near = [*_near(days.first, -1, 0, 1), *_near(days.last, -1, 0, 1)]
    limits = sorted({limit + step for limit in _limits(book) for step in (-1, 0, 1) if limit + step > 0})
    edges: Fields = {"earned_on": st.sampled_from(near), "minutes": st.sampled_from(limits)}
    return _built(lambda kind: _sound(kind, days, book) | edges, _kinds(book, *ACCEPTED))


def limited_activities(
    renewal_year: int, rulebook: Rulebook | None = None, *, window: Window | None = None
) -> SearchStrategy[Activity]:
    """Returns acceptable activities within a minute of one of the rulebook's limits, half of them under a cap.

    Takes and raises the same as `acceptable_activities`.
    """
    book, days = _rules_and_days(renewal_year, rulebook, window)
    limits = sorted({limit + step for limit in _limits(book) for step in (-1, 0, 1) if limit + step > 0})
    accepted = _kinds(book, *ACCEPTED)
    capped = [kind for kind in accepted if kind in index_of(book).cap_of_kind]

    def at_a_limit(kind: ActivityKind) -> Fields:
        return _sound(kind, days, book) | {"minutes": st.sampled_from(limits)}

    return _built(at_a_limit, capped) | _built(at_a_limit, accepted)


def rejected_activities(
    renewal_year: int, rulebook: Rulebook | None = None, *, window: Window | None = None
) -> SearchStrategy[Activity]:
    """Returns activities that do not count, for one reason or for several that `screen` finds.

    Takes and raises the same as `acceptable_activities`.
    """
    book, days = _rules_and_days(renewal_year, rulebook, window)
    refused, accepted = _kinds(book, Side.NOT_ACCEPTED), _kinds(book, *ACCEPTED)

    @st.composite
    def spoilt(draw: DrawFn) -> Activity:
        kind = draw(st.sampled_from([*accepted, *refused]))
        faults = _faults(kind, days, book)
        wrong = draw(st.sets(st.sampled_from(sorted(faults)), min_size=int(kind in accepted)))
        return draw(st.builds(Activity, **_sound(kind, days, book) | {name: faults[name] for name in wrong}))

    return spoilt()


def activities(
    renewal_year: int, rulebook: Rulebook | None = None, *, window: Window | None = None
) -> SearchStrategy[Activity]:
    """Returns activities of every sort, which are acceptable, at the boundaries, or rejected.

    Takes and raises the same as `acceptable_activities`.
    """
    return st.one_of(
        acceptable_activities(renewal_year, rulebook, window=window),
        boundary_activities(renewal_year, rulebook, window=window),
        rejected_activities(renewal_year, rulebook, window=window),
    )


def submissions(
    rulebook: Rulebook | None = None,
    *,
    renewal_years: SearchStrategy[int] | None = None,
    most_activities: int = 6,
    of: Callable[..., SearchStrategy[Activity]] = activities,
) -> SearchStrategy[Submission]:
    """Returns submissions that `evaluate` decides by a rulebook, with every date its window needs.

    Args:
        rulebook: The rules they are meant for; `NAAEI_2014` unless given. Designations and kinds that its sources
            do not fully describe do not occur.
        renewal_years: The renewals they are for; from 1950 to 2100 unless given.
        most_activities: The most activities in one of them, at least 0.
        of: The strategy for activities, which is `activities`, `acceptable_activities`, `boundary_activities` or
            `rejected_activities` of this module.
    """
    book = rulebook_given(rulebook)
    years = YEARS if renewal_years is None else renewal_years
    known = {rule.designation for rule in book.designations if rule.credits is not None}
    held = st.sampled_from([code for code in Designation if book.own_code(code) in known])

    @st.composite
    def made(draw: DrawFn) -> Submission:
        year = draw(years)
        values: dict[str, Any] = {
            "renewal_year": year,
            "designations": draw(st.lists(held, min_size=1, max_size=3, unique=True)),
            "holder": draw(st.none() | _NAMES),
        }
        values["first_renewal_of"] = draw(st.just(()) | st.sets(st.sampled_from(values["designations"])).map(sorted))
        if book.window.kind is WindowKind.MONTHS_BEFORE:
            values["renewal_date"] = draw(st.dates(date(year, 1, 1), date(year, 12, 31)))
        if index_of(book).has_terms:
            # Two codes of one designation have one term.
            own = {book.own_code(code): code for code in values["designations"]}
            begun = st.dates(date(year - 1, 1, 1), date(year, 12, 31))
            values["term_starts"] = {code: draw(begun) for code in own.values()}
        windows = windows_of(Submission(**values, activities=()), book)
        done = st.one_of([of(year, book, window=window) for window in windows])
        return Submission(**values, activities=draw(st.lists(done, max_size=most_activities)))

    return made()


def _rules_and_days(renewal_year: int, rulebook: Rulebook | None, window: Window | None) -> tuple[Rulebook, Window]:
    book = rulebook_given(rulebook)
    return book, renewal_window(renewal_year, book) if window is None else window


def windows_of(submission: Submission, book: Rulebook) -> list[Window]:
    """Returns the days that count for a submission, or those of each term; none if no designation has a term."""
    if index_of(book).has_terms:
        held = requirement_of(submission.designations, book).designations
        return list(term_windows(submission, held, book).values())
    return [renewal_window(submission.renewal_year, book, renewal_date=submission.renewal_date)]


def _kinds(book: Rulebook, *sides: Side) -> list[ActivityKind]:
    return [kind for kind, rule in index_of(book).kind_rules.items() if rule.side in sides]


def _built(fields_of: Callable[[ActivityKind], Fields], kinds: list[ActivityKind]) -> SearchStrategy[Activity]:
    """Builds activities of any of the kinds, or nothing if there are no kinds."""
    if not kinds:
        return st.nothing()
    return st.sampled_from(kinds).flatmap(lambda kind: st.builds(Activity, **fields_of(kind)))


def _sound(kind: ActivityKind, window: Window, book: Rulebook) -> Fields:
    """The fields of an activity in which only its kind can be at fault."""
    conditions, evidence = index_of(book).kind_rules[kind].conditions, index_of(book).evidence_of_kind.get(kind)
    some = st.frozensets(st.sampled_from(DocumentKind), max_size=2)
    quarters = st.integers(1, 32).map(lambda quarter: quarter * MINUTES_AN_HOUR // 4)
    length = st.sampled_from(sorted(_limits(book))) | quarters | st.integers(1, 8 * MINUTES_AN_HOUR)
    return {
        "title": _TITLES,
        "kind": st.just(kind),
        "earned_on": st.sampled_from([window.first, window.last]) | st.dates(window.first, window.last),
        "minutes": st.none() | length if kind.is_occasion else length,
        "provider": _NAMES,
        "addresses_compliance": st.booleans(),
        "compensated": st.just(False) if Condition.UNCOMPENSATED in conditions else st.booleans(),
        "bought_through_association": (
            st.just(True) if Condition.BOUGHT_THROUGH_ASSOCIATION in conditions else st.booleans()
        ),
        "documents": st.builds(frozenset[DocumentKind].union, some, some_documents(evidence.documents))
        if evidence
        else some,
        "id": st.none() | _NAMES,
    }


def _faults(kind: ActivityKind, window: Window, book: Rulebook) -> Fields:
    """The fields that reject an activity of a kind, each by itself."""
    conditions, evidence = index_of(book).kind_rules[kind].conditions, index_of(book).evidence_of_kind.get(kind)
    outside = [*_near(window.first, -400, -1), *_near(window.last, 1, 400)]
    faults: Fields = {"earned_on": st.sampled_from(outside)}
    if evidence:
        others = [document for document in DocumentKind if document not in evidence.documents]
        faults["documents"] = (
            st.frozensets(st.sampled_from(others), max_size=2) if others else st.just(frozenset[DocumentKind]())
        )
    if Condition.UNCOMPENSATED in conditions:
        faults["compensated"] = st.just(True)
    if Condition.BOUGHT_THROUGH_ASSOCIATION in conditions:
        faults["bought_through_association"] = st.just(False)
    return faults


def _near(day: date, *steps: int) -> list[date]:
    """The days at these distances from one, as far as the calendar goes."""
    inside = range(date.min.toordinal(), date.max.toordinal() + 1)
    return [day + timedelta(days=step) for step in steps if day.toordinal() + step in inside]


def _limits(book: Rulebook) -> set[int]:
    """The minutes at which a rule of the rulebook changes its answer."""
    limits = {book.credit.minutes, *[book.minutes(cap.credits) for cap in book.caps]}
    for rule in book.designations:
        if rule.credits is not None:
            required = requirement_of((rule.designation,), book)
            total, inside = required.total.minutes, required.in_network.minutes
            limits |= {total, inside, total - inside, required.compliance.minutes}
    return limits - {0}
