"""Hypothesis strategies for tests of whatever is built on this library (extra `testing`).

Importing this module, which Hypothesis does by itself where both are installed, also teaches `st.from_type` the
classes `Credits`, `Activity`, `Submission` and `Rulebook`.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date, timedelta
from fractions import Fraction
from types import SimpleNamespace
from typing import Any, cast

from hypothesis import strategies as st
from hypothesis.strategies import DrawFn, SearchStrategy

from .activities import Activity, ActivityKind
from .assessments import Window
from .clauses import Clause
from .consistency import ACCEPTED, citations
from .credits import MINUTES_AN_HOUR, Amount, Credits
from .designations import Designation
from .documents import DocumentKind
from .provisions import (
    Alias,
    CapGroup,
    ComplianceRule,
    Condition,
    CreditUnit,
    Evidence,
    Governs,
    InNetworkRule,
    KindRule,
    Publisher,
    Requirement,
    SameField,
    Side,
    Source,
    Strength,
    TotalRule,
    WindowKind,
    WindowRule,
)
from .rulebook import Rulebook
from .rules.compliance import compliance_required
from .rules.requirement import owed
from .rules.window import renewal_window, term_windows
from .shelf import rulebook_given
from .submissions import Submission

__all__ = [
    "acceptable_activities",
    "activities",
    "boundary_activities",
    "credits",
    "rejected_activities",
    "rulebooks",
    "submissions",
]

# Years in which no window of any rulebook made here leaves the calendar.
YEARS = st.integers(1950, 2100)

DATED = (WindowKind.CALENDAR_YEAR, WindowKind.MONTHS_BEFORE, WindowKind.TERM)

# Few names, in different cases and spacings, so that the same body and the same event turn up again.
_NAMES = st.sampled_from(["Board", "board ", "Education Committee", "Day at the Capitol"]) | st.text(
    st.characters(codec="utf-8"), max_size=12
)
_TITLES = _NAMES.filter(lambda name: name.strip() != "")

Fields = dict[str, SearchStrategy[Any]]


def credits(  # noqa: A001 - the library's own word for them
    *, at_most: Amount = 24, minutes_a_credit: int = MINUTES_AN_HOUR
) -> SearchStrategy[Credits]:
    """Returns amounts from none to `at_most` credits, to the minute.

    Raises:
        InvalidValue: `at_most` is no amount.
    """
    most = Credits(at_most, minutes_a_credit=minutes_a_credit)
    minutes = st.integers(0, most.minutes)
    return st.builds(Credits, minutes=minutes, minutes_a_credit=st.just(minutes_a_credit))


def acceptable_activities(
    renewal_year: int, rulebook: Rulebook | None = None, *, window: Window | None = None
) -> SearchStrategy[Activity]:
    """Returns activities that count: `screen` with the same arguments finds nothing against any of them.

    Args:
        renewal_year: The renewal they are meant for.
        rulebook: The rules to satisfy; `NAAEI_2014` unless given.
        window: The days whose credits count, for rulebooks where the renewal year alone does not tell.

    Raises:
        InvalidValue: A date that the rulebook's window needs is missing.
        UnknownName: The rulebook's sources do not say which days count.
    """
    book, days = _rules_and_days(renewal_year, rulebook, window)
    return _built(lambda kind: _sound(kind, days, book), _kinds(book, *ACCEPTED))


def boundary_activities(
    renewal_year: int, rulebook: Rulebook | None = None, *, window: Window | None = None
) -> SearchStrategy[Activity]:
    """Returns activities within a day of the window's ends, and within a minute of one of the rulebook's limits.

    They are in order but for their day, which may be the one before the window or the one after it. Takes and
    raises the same as `acceptable_activities`.
    """
    book, days = _rules_and_days(renewal_year, rulebook, window)
    near = [*_near(days.first, -1, 0, 1), *_near(days.last, -1, 0, 1)]
    limits = sorted({limit + step for limit in _limits(book) for step in (-1, 0, 1) if limit + step > 0})
    edges: Fields = {"earned_on": st.sampled_from(near), "minutes": st.sampled_from(limits)}
    return _built(lambda kind: _sound(kind, days, book) | edges, _kinds(book, *ACCEPTED))


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
    """Returns activities of every sort: acceptable, at the boundaries, and rejected.

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
        rulebook: The rules they are meant for; `NAAEI_2014` unless given. Designations of which its sources do not
            say what they owe, and kinds of which they do not say how they count, do not occur.
        renewal_years: The renewals they are for; from 1950 to 2100 unless given.
        most_activities: The most activities in one of them, at least 0.
        of: Which activities: this module's `activities`, `acceptable_activities`, `boundary_activities` or
            `rejected_activities`.
    """
    book = rulebook_given(rulebook)
    years = YEARS if renewal_years is None else renewal_years
    known = {asked.designation for asked in book.designations if asked.credits is not None}
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
        if book.has_terms:
            # Two codes of one designation have one term.
            own = {book.own_code(code): code for code in values["designations"]}
            begun = st.dates(date(year - 1, 1, 1), date(year, 12, 31))
            values["term_starts"] = {code: draw(begun) for code in own.values()}
        windows = _windows(Submission(**values, activities=()), book)
        done = st.one_of([of(year, book, window=window) for window in windows])
        return Submission(**values, activities=draw(st.lists(done, max_size=most_activities)))

    return made()


def rulebooks(
    *,
    minutes_a_credit: SearchStrategy[int] | None = None,
    window_kinds: Sequence[WindowKind] = DATED,
) -> SearchStrategy[Rulebook]:
    """Returns rulebooks that contradict themselves nowhere and know every fact they are asked for.

    Args:
        minutes_a_credit: How many minutes make a credit, at least 1; an hour, or any number up to two hours, unless
            given. Few minutes make small worlds, in which every minute can be tried.
        window_kinds: The ways in which the days that count are found; `unknown` is none of them.
    """
    units = st.just(MINUTES_AN_HOUR) | st.integers(1, 2 * MINUTES_AN_HOUR)

    @st.composite
    def made(draw: DrawFn) -> Rulebook:
        unit = draw(units if minutes_a_credit is None else minutes_a_credit)
        share = draw(st.none() | st.fractions(0, 1, max_denominator=8))
        evidence = draw(st.lists(_documents(DocumentKind), max_size=3))
        first, *others = draw(_listed_kinds())
        kinds = [draw(_kind_rule(first, ACCEPTED, len(evidence), unit))]
        kinds += [draw(_kind_rule(kind, (*ACCEPTED, Side.NOT_ACCEPTED), len(evidence), unit)) for kind in others]
        requirements = draw(_requirements(unit, table=share is None))
        parts: dict[str, Any] = {
            "credit": CreditUnit(minutes=unit, clause="unit.credit"),
            "window": draw(_window_rule(window_kinds)),
            "total": TotalRule(
                strength=Strength.MUST, clause="total.due", several="total.most", who="total.who", invoice="total.bill"
            ),
            "in_network": InNetworkRule(
                strength=Strength.MUST, clause="network.least", outside="outside.most", share=share
            ),
            "compliance": draw(st.none() | _compliance(unit)),
            "designations": requirements,
            "aliases": draw(_aliases([asked.designation for asked in requirements])),
            "kinds": tuple(kinds),
            "evidence": tuple(
                Evidence(name=f"group-{n}", documents=group, clause="evidence.any") for n, group in enumerate(evidence)
            ),
            "caps": draw(_caps(kinds, unit)),
        }
        cited = sorted({clause for _, clause in citations(cast("Rulebook", SimpleNamespace(**parts)))})
        return Rulebook(
            id="random",
            title="Rules made up for a test",
            governs=draw(_governs()),
            sources=(Source(name="test", publisher=Publisher.AUTHORITY, page="None: made up for a test"),),
            clauses=tuple(Clause(id=key, section="All", says=f"What {key} says.", reading="As said.") for key in cited),
            **parts,
        )

    return made()


def _rules_and_days(renewal_year: int, rulebook: Rulebook | None, window: Window | None) -> tuple[Rulebook, Window]:
    book = rulebook_given(rulebook)
    return book, renewal_window(renewal_year, book) if window is None else window


def _windows(submission: Submission, book: Rulebook) -> list[Window]:
    if book.has_terms:
        asked = owed(submission.designations, book)
        return list(term_windows(submission, asked.designations, book).values())
    return [renewal_window(submission.renewal_year, book, renewal_date=submission.renewal_date)]


def _kinds(book: Rulebook, *sides: Side) -> list[ActivityKind]:
    return [kind for kind, rule in book.kind_rules.items() if rule.side in sides]


def _built(fields_of: Callable[[ActivityKind], Fields], kinds: list[ActivityKind]) -> SearchStrategy[Activity]:
    """Builds activities of any of the kinds; none at all where there is none."""
    if not kinds:
        return st.nothing()
    return st.sampled_from(kinds).flatmap(lambda kind: st.builds(Activity, **fields_of(kind)))


def _sound(kind: ActivityKind, window: Window, book: Rulebook) -> Fields:
    """The fields of an activity against which only its kind can speak."""
    conditions, evidence = book.kind_rules[kind].conditions, book.evidence_of_kind.get(kind)
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
        "documents": st.builds(frozenset[DocumentKind].union, some, _documents(evidence.documents))
        if evidence
        else some,
        "id": st.none() | _NAMES,
    }


def _faults(kind: ActivityKind, window: Window, book: Rulebook) -> Fields:
    """The fields that speak against an activity of a kind, each by itself."""
    conditions, evidence = book.kind_rules[kind].conditions, book.evidence_of_kind.get(kind)
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
    """The days so many days from one, as far as the calendar has them."""
    inside = range(date.min.toordinal(), date.max.toordinal() + 1)
    return [day + timedelta(days=step) for step in steps if day.toordinal() + step in inside]


def _limits(book: Rulebook) -> set[int]:
    """The minutes at which a rule of the rulebook turns over."""
    limits = {book.credit.minutes, *book.cap_minutes.values()}
    for asked in book.designations:
        if asked.credits is not None:
            due = owed((asked.designation,), book)
            limits |= {due.required, due.in_network, due.required - due.in_network}
            limits.add(compliance_required(due.required, book))
    return limits - {0}


def _amounts(unit: int, most: int = 8) -> SearchStrategy[Fraction]:
    whole = st.integers(0, most).map(Fraction)
    return whole | st.integers(0, most * unit).map(lambda minutes: Fraction(minutes, unit))


def _documents(among: Sequence[DocumentKind] | type[DocumentKind]) -> SearchStrategy[tuple[DocumentKind, ...]]:
    return st.lists(st.sampled_from(among), min_size=1, max_size=3, unique=True).map(tuple)


def _governs() -> SearchStrategy[Governs]:
    first, more = st.integers(2000, 2020), st.integers(0, 10)
    return st.builds(Governs) | st.builds(_years, first, more)


def _years(first: int, more: int) -> Governs:
    return Governs(first=first, last=first + more)


def _window_rule(kinds: Sequence[WindowKind]) -> SearchStrategy[WindowRule]:
    months, grace = st.integers(1, 24), st.integers(0, 6)
    common: Fields = {"clause": st.just("window.days")}
    fields: dict[WindowKind, Fields] = {
        WindowKind.CALENDAR_YEAR: {"years_before": st.integers(1, 3)},
        WindowKind.MONTHS_BEFORE: {"months": months, "last_day_inside": st.booleans()},
        WindowKind.TERM: {
            "months": months,
            "grace_months": grace,
            "last_day_inside": st.booleans(),
            "shared": st.booleans(),
        },
    }
    return st.sampled_from(kinds).flatmap(
        lambda kind: st.builds(WindowRule, kind=st.just(kind), **common, **fields[kind])
    )


def _compliance(unit: int) -> SearchStrategy[ComplianceRule]:
    clause = st.just("compliance.some")
    return st.builds(ComplianceRule, strength=st.sampled_from(Strength), credits=_amounts(unit, 2), clause=clause)


@st.composite
def _requirements(draw: DrawFn, unit: int, *, table: bool) -> tuple[Requirement, ...]:
    """What each designation owes; in a table whoever owes more, or as much, asks for no less in network."""
    codes = draw(st.lists(st.sampled_from(Designation), min_size=1, max_size=4, unique=True))
    each = st.lists(_amounts(unit), min_size=len(codes), max_size=len(codes)).map(sorted)
    due, shares = draw(each), draw(each)
    least = {most: min(most, share) for most, share in zip(due, shares, strict=True)}
    rows = [
        Requirement(
            designation=code, clause=f"required.{code}", credits=most, in_network=least[most] if table else None
        )
        for code, most in zip(codes, due, strict=True)
    ]
    return tuple(draw(st.permutations(rows)))


def _aliases(own: list[Designation]) -> SearchStrategy[tuple[Alias, ...]]:
    others = [code for code in Designation if code not in own]
    alias = st.builds(Alias, code=st.sampled_from(others), means=st.sampled_from(own), clause=st.just("required.alias"))
    return st.just(()) | alias.map(lambda alias: (alias,))


def _listed_kinds() -> SearchStrategy[list[ActivityKind]]:
    """Some kinds, at least one, of which the first is to be accepted; and what stands for every other."""
    listed = [kind for kind in ActivityKind if kind is not ActivityKind.UNLISTED]
    return st.lists(st.sampled_from(listed), min_size=1, max_size=8, unique=True).map(
        lambda kinds: [*kinds, ActivityKind.UNLISTED]
    )


@st.composite
def _kind_rule(draw: DrawFn, kind: ActivityKind, sides: Sequence[Side], groups: int, unit: int) -> KindRule:
    side = draw(st.sampled_from(sides))
    fixed = side in ACCEPTED and (kind.is_occasion or draw(st.booleans()))
    names = [f"group-{n}" for n in range(groups)] if side in ACCEPTED else []
    return KindRule(
        kind=kind,
        side=side,
        clause=f"kinds.{kind}",
        each=draw(_amounts(unit, 2)) if fixed else None,
        once_per=tuple(draw(st.lists(st.sampled_from(SameField), unique=True))) if fixed else (),
        conditions=tuple(draw(st.lists(st.sampled_from(Condition), max_size=1))) if side in ACCEPTED else (),
        evidence=draw(st.sampled_from(["", *names])),
    )


@st.composite
def _caps(draw: DrawFn, rules: list[KindRule], unit: int) -> tuple[CapGroup, ...]:
    """Caps over kinds of one side each, no kind under two; what stands for every other kind is under none."""
    caps: list[CapGroup] = []
    for side in ACCEPTED:
        kinds = [rule.kind for rule in rules if rule.side is side and rule.kind is not ActivityKind.UNLISTED]
        group_of = {kind: draw(st.integers(0, 2)) for kind in kinds}
        for group in sorted({*group_of.values()} - {0}):
            capped = tuple(kind for kind in kinds if group_of[kind] == group)
            name = f"{side}-{group}"
            caps.append(CapGroup(name=name, credits=draw(_amounts(unit, 4)), kinds=capped, clause="network.cap"))
    return tuple(caps)


st.register_type_strategy(Credits, credits())
st.register_type_strategy(Activity, lambda _: YEARS.flatmap(activities))
st.register_type_strategy(Submission, lambda _: submissions())
st.register_type_strategy(Rulebook, lambda _: rulebooks())
