"""Decides whether a renewal can still be completed, and with which documents and in how much time.

Clauses `window.*` (the days left), `unit.hour` (an hour a credit), `evidence.*` (the documents still needed).
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from functools import partial
from types import MappingProxyType
from typing import Any

import attrs

from ..activities import Activity
from ..assessments import Assessment, CheckRule, Outcome, Shortfall
from ..converters import read_date, read_number
from ..credits import MINUTES_A_DAY, MINUTES_AN_HOUR, Amount
from ..errors import ErrorCode, InvalidValue, Path, shown
from ..evaluation import ALWAYS, evaluate, figures
from ..rulebook.editions import rulebook_given
from ..rulebook.index import RulebookIndex, index_of, insist_on_common
from ..rulebook.provisions import Side
from ..rulebook.rulebook import Rulebook
from ..submissions import Submission, submission_given
from .calendar import Booked, Calendar, calendar_of, last_start
from .filling import minutes_needed
from .forecasts import Need, Outlook, OutlookLimit, OutlookState, Statement
from .needs import documented, fewest_needs, needs_of, with_needs

__all__ = ["outlook", "read_hours_a_day"]

_SEVERITY = list(OutlookState)


def outlook(
    submission: Submission, as_of: date | str, rulebook: Rulebook | None = None, *, hours_a_day: Amount = 24
) -> Outlook:
    """Answers on one day whether a renewal can still be completed, and by what.

    The state is the first that holds. It is `met` if the submission is renewable even if everything that is not stated
    turns out badly, `evidence` if documents and statements alone complete it, `open` if enough time is left for the
    activities that are still needed, and `closed` otherwise. An activity that is not stated to be unpaid may have been
    paid for, so the state can be `evidence` where `evaluate`, to which a missing statement is false, says renewable.

    Activities after `as_of` are plans. They are taken as carried out and documented, and use up the hours of their day.

        >>> import cecrules as cec
        >>> submission = cec.Submission(renewal_year=2014, designations=["NALP"], activities=[])
        >>> found = cec.outlook(submission, "2013-12-30", hours_a_day=2)
        >>> found.state.value, found.days_left, found.last_start
        ('open', 2, datetime.date(2013, 12, 30))

    Args:
        submission: Everything a holder reports for one renewal year, done or planned.
        as_of: The day of the answer, which can still be used.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        hours_a_day: The hours of each day that can be used, above 0 and at most 24.

    Raises:
        UnknownName: As `evaluate`.
        NotStated: As `evaluate`.
        InvalidValue: As `evaluate`; also if `as_of` is not a day, `hours_a_day` is out of bounds, the rulebook has a
            provision that `evaluate` alone decides by, or there are too many ways to complete the renewal with
            activities that have a fixed worth.
        InvalidDocument: More than one such problem; `problems` lists them all.
    """
    reported, book = submission_given(submission), rulebook_given(rulebook)
    insist_on_common(book, "worth says which entry helps most by such rules")
    day, minutes_a_day = read_date(as_of, ("as_of",)), read_hours_a_day(hours_a_day)
    index = index_of(book)
    planned = attrs.evolve(
        reported,
        activities=[documented(one, index) if one.earned_on > day else one for one in reported.activities],
    )
    whole = evaluate(planned, book)
    case = partial(_Case, day=day, minutes_a_day=minutes_a_day, book=book, index=index)
    if not whole.terms:
        return case(submission=planned, found=whole).answer()
    if book.window.shared:
        terms = tuple(case(submission=_alone(planned, term), found=term).answer() for term in whole.terms)
    else:
        cases = [case(submission=planned, found=term, term=place) for place, term in enumerate(whole.terms)]
        terms = _one_after_the_other(cases, day)
    return attrs.evolve(max(terms, key=_distance), designations=whole.designations, terms=terms)


def read_hours_a_day(raw: Any, path: Path = ("hours_a_day",)) -> int:
    """Reads the hours of a day that can be used, above 0 and at most 24, as minutes."""
    bounds = f"more than 0 and at most {MINUTES_A_DAY // MINUTES_AN_HOUR}"
    minutes = read_number(raw, path, bounds) * MINUTES_AN_HOUR
    if not 0 < minutes <= MINUTES_A_DAY:
        raise InvalidValue(path, f"must be {bounds}, got {shown(raw)}", code=ErrorCode.OUT_OF_RANGE)
    if minutes.denominator != 1:
        problem = f"must be a whole number of minutes, got {shown(raw)} hours of {MINUTES_AN_HOUR} minutes"
        raise InvalidValue(path, problem, "0.05 is 3 minutes", ErrorCode.OUT_OF_RANGE)
    return minutes.numerator


def _distance(found: Outlook) -> tuple[object, ...]:
    short = found.short
    return _SEVERITY.index(found.state), short.total, short.in_network, short.compliance


def _alone(submission: Submission, term: Assessment) -> Submission:
    """Returns the submission for one designation and its term."""
    (held,) = term.designations
    return attrs.evolve(submission, designations=[held], first_renewal_of=(), term_starts={held: term.window.first})


def _one_after_the_other(cases: Sequence[_Case], as_of: date) -> tuple[Outlook, ...]:
    """Answers for terms that take activities from one another; the time for a term that ends earlier comes first."""
    answers: dict[int, Outlook] = {}
    waiting: list[tuple[int, Calendar, int]] = []
    booked: Booked = {}
    for case in sorted(cases, key=lambda case: case.found.window.last):
        answers[case.term] = answer = case.answer(booked)
        if answer.state is OutlookState.OPEN:
            days, minutes = case.days(booked), answer.minutes_needed or 0
            waiting.append((case.term, days, minutes))
            booked = days.with_booked(minutes)
    for place, (term, _, _) in enumerate(waiting):
        day = last_start([(days, minutes) for _, days, minutes in waiting[place:]], as_of)
        answers[term] = attrs.evolve(answers[term], last_start=day)
    return tuple(answers[case.term] for case in cases)


@attrs.frozen(kw_only=True)
class _Case:
    """One requirement within one window.

    Attributes:
        submission: The submission, in which every plan is documented. If terms are shared, it has one designation.
        found: The assessment of the requirement.
        term: The position of its term among the terms of the submission.
        day: The day of the answer.
        minutes_a_day: The minutes of a day that can be used.
        book: The rules to decide by.
        index: The index of the rulebook.
    """

    submission: Submission
    found: Assessment
    term: int = 0
    day: date
    minutes_a_day: int
    book: Rulebook
    index: RulebookIndex

    def answer(self, booked: Booked = MappingProxyType({})) -> Outlook:
        """Answers for this requirement; the minutes booked are for other terms."""
        activities, days = self.submission.activities, self.days(booked)
        has_deadline = self.found.window != ALWAYS
        needs = self.needs()
        best = with_needs(activities, needs, self.index)
        paper = self.judge(best)
        minutes = self.minutes_needed(best) if paper else 0
        limit = _limit(minutes, days)
        state = self.state(paper, limit)
        undecided = needs if state in (OutlookState.EVIDENCE, OutlookState.OPEN) else ()
        chosen, are_fewest = fewest_needs(activities, undecided, paper, self.judge, self.book)
        return Outlook(
            rulebook=self.book.id,
            renewal_year=self.submission.renewal_year,
            designations=self.found.designations,
            window=self.found.window,
            as_of=self.day,
            minutes_a_day=self.minutes_a_day,
            state=state,
            short=self.found.shortfall,
            short_with_paper=paper,
            days_left=days.days() if has_deadline else 0,
            minutes_left=days.minutes() if has_deadline else 0,
            minutes_needed=minutes,
            last_start=days.last_start(minutes) if state is OutlookState.OPEN and minutes else None,
            limit=limit,
            clause=self.clause_of(limit),
            needs=chosen,
            needs_are_fewest=are_fewest,
            plans=self.plans(best),
        )

    def days(self, booked: Booked) -> Calendar:
        activities = self.submission.activities
        return calendar_of(self.day, self.found.window, self.minutes_a_day, activities, booked, self.index)

    def judge(self, activities: Sequence[Activity]) -> Shortfall:
        made = attrs.evolve(self.submission, activities=activities)
        if len(self.submission.designations) > 1 and self.index.has_terms:
            return self.assessed(activities).shortfall
        return figures(made, self.book).shortfall

    def assessed(self, activities: Sequence[Activity]) -> Assessment:
        whole = evaluate(attrs.evolve(self.submission, activities=activities), self.book)
        return whole.terms[self.term] if whole.terms else whole

    def needs(self) -> list[Need]:
        found = needs_of(self.submission.activities, self.found.window, self.book)
        if any(check.rule is CheckRule.COMPLIANCE for check in self.found.checks):
            return found
        return [need for need in found if need.statement is not Statement.ADDRESSES_COMPLIANCE]

    def state(self, paper: Shortfall, limit: OutlookLimit | None) -> OutlookState:
        if limit is not None:
            return OutlookState.CLOSED
        if paper:
            return OutlookState.OPEN
        worst = self.judge(with_needs(self.submission.activities, (), self.index))
        return OutlookState.EVIDENCE if worst else OutlookState.MET

    def minutes_needed(self, best: Sequence[Activity]) -> int | None:
        case, serving = self, best
        if not self.book.window.shared:
            # Activities that serve other terms stay there, and more of them would serve this one.
            decided = self.assessed(best)
            pairs = zip(best, decided.decisions, strict=True)
            serving = [activity for activity, decision in pairs if decision.credited]
            case = attrs.evolve(self, submission=_alone(self.submission, decided), term=0)
        required = self.found.required.minutes
        return minutes_needed(case.judge, serving, required, self.found.window, self.index)

    def clause_of(self, limit: OutlookLimit | None) -> str:
        if limit is OutlookLimit.CAPS:
            return self.clause_of_caps()
        clauses = {OutlookLimit.WINDOW: self.book.window.clause, OutlookLimit.HOURS: self.book.credit.clause}
        return clauses.get(limit, "") if limit else ""

    def clause_of_caps(self) -> str:
        """Returns the clause of the cap in network, or that of the credits required if there is more than one."""
        rules = self.index.kind_rules
        # Without a cap, more activities in network could always add credits.
        caps = {cap.group.clause for kind, cap in self.index.cap_of_kind.items() if rules[kind].side is Side.IN_NETWORK}
        return min(caps) if len(caps) == 1 else self.book.total.clause

    def plans(self, best: Sequence[Activity]) -> tuple[int, ...]:
        """Returns the plans that are not rejected, in any order of the activities."""
        after = [position for position, activity in enumerate(best) if activity.earned_on > self.day]
        decisions = self.assessed(best).decisions if after else ()
        return tuple(position for position in after if decisions[position].outcome is not Outcome.REJECTED)


def _limit(minutes: int | None, days: Calendar) -> OutlookLimit | None:
    if minutes is None:
        return OutlookLimit.CAPS
    if not minutes:
        return None
    if not days.days():
        return OutlookLimit.WINDOW
    return OutlookLimit.HOURS if minutes > days.minutes() else None
