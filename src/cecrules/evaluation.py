"""Evaluates a submission by screening each activity, applying the limits, and judging the whole.

This is the only module that orders the rules. Where a limit takes credits away, those that address compliance are
kept first, then those reported first. The limits are nested (kind in cap in side in total), so this order reaches the
largest total and, among those, the largest compliance credit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from types import MappingProxyType
from typing import TypeAlias

import attrs

from .activities import Activity
from .assessments import Assessment, Figures, Screening
from .assignment import assigned
from .designations import Designation
from .errors import ErrorCode, InvalidValue, insist
from .findings import Finding, FindingCode
from .judging import checks, decisions, limits, summed
from .making import maker
from .notices import notices
from .rulebook.editions import rulebook_given
from .rulebook.index import index_of
from .rulebook.rulebook import Rulebook
from .rules.acceptance import not_accepted
from .rules.caps import claimed_minutes, duplicates, over_caps
from .rules.compliance import compliance_minutes
from .rules.documentation import undocumented
from .rules.half_split import left_out, outside_minutes, over_half
from .rules.requirement import Requirement, requirement_of
from .rules.window import Window, outside_window, renewal_window, term_windows
from .submissions import Submission, submission_given

__all__ = ["evaluate", "figures", "screen"]

# The reasons found against each activity, by its position.
Findings: TypeAlias = "dict[int, list[Finding]]"

# The days that count if no designation held has a term.
ALWAYS = Window(first=date.min, last=date.max)


def evaluate(submission: Submission, rulebook: Rulebook | None = None) -> Assessment:
    """Decides whether a submission renews its designations, and why.

    Args:
        submission: Everything a holder reports for one renewal year.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.

    Returns:
        The assessment; its `shortfall` holds the credits that are short, which is never an exception.

    Raises:
        UnknownName: The rulebook does not have a designation held.
        NotStated: The sources of the rulebook do not say how much a designation held requires, which days count, or
            how a kind counts.
        InvalidValue: A date that the rulebook's window needs is missing or given twice, the activities can be assigned
            to terms in too many ways, or an argument is not a submission or not a rulebook.
        InvalidDocument: More than one such problem; `problems` lists them all.
    """
    book = _rulebook_for(submission, rulebook)
    if index_of(book).has_terms:
        return _furthest_assessment(submission, book)
    requirement = requirement_of(submission.designations, book)
    window = renewal_window(submission.renewal_year, book, renewal_date=submission.renewal_date)
    return _assessed(submission, _tallied(submission.activities, requirement, window, book), book)


def figures(submission: Submission, rulebook: Rulebook | None = None) -> Figures:
    """Decides a submission as `evaluate` does and returns only the sums; takes the same and raises the same.

    If each designation has its own term, the sums are those of the one furthest from its renewal.

        >>> import cecrules as cec
        >>> cec.figures(cec.Submission(renewal_year=2014, designations=["CAM"], activities=[])).shortfall.total
        Credits('6')
    """
    book = _rulebook_for(submission, rulebook)
    if index_of(book).has_terms:
        tallies = _tallies_by_term(submission, book)
        return max((tally.figures for _, tally in tallies), key=_distance)
    requirement = requirement_of(submission.designations, book)
    window = renewal_window(submission.renewal_year, book, renewal_date=submission.renewal_date)
    return _tallied(submission.activities, requirement, window, book).figures


def screen(
    activity: Activity,
    renewal_year: int | None = None,
    rulebook: Rulebook | None = None,
    *,
    window: Window | None = None,
) -> Screening:
    """Answers for one activity alone whether it would count, for how many credits, and with which documents.

    Args:
        activity: The activity.
        renewal_year: The renewal it is meant for; the first that the rulebook governs unless given.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        window: The days whose credits count, for rulebooks in which the renewal year alone does not give them.

    Raises:
        InvalidValue: An argument is of the wrong type, or the renewal year is out of bounds or was not given and the
            rulebook has no first year.
        NotStated: The sources of the rulebook do not say which days count, or how the kind counts.
    """
    insist(activity, Activity, ("activity",), "an Activity")
    insist(window, Window | None, ("window",), "a Window", "renewal_window() returns one")
    book = rulebook_given(rulebook)
    year = renewal_year if renewal_year is not None else book.governs.first
    if year is None:
        problem = f"is required, because {book.id} does not say which year it governs first"
        raise InvalidValue(("renewal_year",), problem, code=ErrorCode.MISSING)
    days = renewal_window(year, book) if window is None else window
    findings = _screened((activity,), days, book)
    claimed = claimed_minutes((activity,), book)
    # Whether the out-of-network share has room for it depends on the requirement.
    credited, limits = _limited((activity,), claimed, claimed[0], findings, book, None)
    index = index_of(book)
    cap, evidence = index.cap_of_kind.get(activity.kind), index.evidence_of_kind.get(activity.kind)
    return Screening(
        rulebook=book.id,
        renewal_year=year,
        decision=decisions((activity,), claimed, credited, findings | limits, book)[0],
        documents=evidence.documents if evidence else (),
        limit=book.credits(cap.minutes) if cap else None,
        clause=index.kind_rules[activity.kind].clause,
    )


def _rulebook_for(submission: Submission, rulebook: Rulebook | None) -> Rulebook:
    submission_given(submission)
    return rulebook_given(rulebook)


@attrs.frozen(weakref_slot=False)
class _Tally:
    """The credits for one requirement within one window; amounts are minutes."""

    requirement: Requirement
    window: Window
    claimed: Sequence[int]
    credited: Sequence[int]
    findings: Findings
    figures: Figures


_made_tally = maker(_Tally)


def _tallied(
    activities: Sequence[Activity],
    requirement: Requirement,
    window: Window,
    book: Rulebook,
    served: Mapping[int, Designation] = MappingProxyType({}),
) -> _Tally:
    """Credits activities; those `served` were credited to the terms of other designations and are left out."""
    findings = _screened(activities, window, book)
    for position, designation in served.items():
        findings.setdefault(position, []).append(_served(designation, book))
    claimed = claimed_minutes(activities, book)
    room = requirement.total.minutes - requirement.in_network.minutes
    credited, limits = _limited(activities, claimed, room, findings, book, requirement)
    outside = outside_minutes(activities, credited, book)
    sums = summed(sum(credited), outside, compliance_minutes(activities, credited), requirement, book)
    return _made_tally(requirement, window, claimed, credited, findings | limits if limits else findings, sums)


def _assessed(submission: Submission, tally: _Tally, book: Rulebook) -> Assessment:
    """Adds the reasons to the figures."""
    requirement, sums = tally.requirement, tally.figures
    return _made_assessment(
        book.id,
        book.title,
        submission.renewal_year,
        requirement.designations,
        tally.window,
        sums.required,
        sums.credited,
        sums.in_network,
        sums.out_of_network,
        sums.compliance,
        sums.shortfall,
        checks(sums, requirement, book),
        decisions(submission.activities, tally.claimed, tally.credited, tally.findings, book),
        submission.holder,
        notices(submission, requirement, sums, book),
        limits(submission.activities, tally.credited, tally.findings, sums, requirement, book),
    )


_made_assessment = maker(Assessment)


def _furthest_assessment(submission: Submission, book: Rulebook) -> Assessment:
    """Decides each designation by its own term, and returns the assessment of the one furthest from renewal."""
    tallies = _tallies_by_term(submission, book)
    held = requirement_of(submission.designations, book).designations
    terms = tuple(_assessed(submission, tally, book) for _, tally in tallies)
    furthest = max(terms, key=_distance)
    return attrs.evolve(furthest, designations=held, terms=terms if tallies[0][0] else ())


def _tallies_by_term(submission: Submission, book: Rulebook) -> list[tuple[Designation | None, _Tally]]:
    """Returns the tally for each designation that has a term, in the order held.

    If none has one, returns the tally for all of them together, on any day.
    """
    requirement = requirement_of(submission.designations, book)
    windows = term_windows(submission, requirement.designations, book)
    if not windows:
        return [(None, _tallied(submission.activities, requirement, ALWAYS, book))]
    alone = {held: requirement_of((held,), book) for held in windows}
    if book.window.shared:
        activities = submission.activities
        return [(held, _tallied(activities, alone[held], windows[held], book)) for held in windows]
    tallies = _tallies_apart(submission.activities, alone, windows, book)
    return [(held, tallies[held]) for held in windows]


def _tallies_apart(
    activities: Sequence[Activity],
    alone: Mapping[Designation, Requirement],
    windows: Mapping[Designation, Window],
    book: Rulebook,
) -> dict[Designation, _Tally]:
    """Returns the tally for each designation that has a term, each activity serving one term by the best assignment."""
    order = sorted(windows, key=lambda held: windows[held].last)
    rejected = [_screened(activities, windows[held], book) for held in order]
    open_to = [
        [term for term, found in enumerate(rejected) if position not in found] for position in range(len(activities))
    ]
    chosen = assigned(activities, open_to, [alone[held] for held in order], book)
    serves = {position: order[term] for position, term in chosen.items()}
    tallies: dict[Designation, _Tally] = {}
    # An activity that a limit leaves without credits in its term can replace an activity in another term that does not
    # address compliance or was reported later. That changes no total, and the activity replaced can do the same.
    before: dict[int, Designation] | None = None
    while serves != before:
        before = serves
        for held in order:
            elsewhere = {position: other for position, other in serves.items() if other is not held}
            tallies[held] = _tallied(activities, alone[held], windows[held], book, elsewhere)
            credited = {position: held for position, minutes in enumerate(tallies[held].credited) if minutes}
            serves = elsewhere | credited
    return tallies


def _distance(figures: Figures | Assessment) -> tuple[object, ...]:
    """Returns how far a designation is from its renewal, for comparison."""
    short = figures.shortfall
    return short.total, short.in_network, short.compliance


def _screened(activities: Sequence[Activity], window: Window, book: Rulebook) -> Findings:
    """Collects every reason that rejects an activity by itself."""
    findings: Findings = {}
    found = outside_window(activities, window, book)
    found += not_accepted(activities, book)
    found += undocumented(activities, book)
    for position, finding in found:
        findings.setdefault(position, []).append(finding)
    return findings


def _limited(
    activities: Sequence[Activity],
    claimed: Sequence[int],
    room: int,
    rejected: Findings,
    book: Rulebook,
    requirement: Requirement | None,
) -> tuple[list[int], Findings]:
    """Returns the minutes credited for each activity, and a finding for every credit that a limit takes away."""
    credited = list(claimed)
    for position in rejected:
        credited[position] = 0
    index = index_of(book)
    limited_kinds = index.limited_kinds
    limits: Findings = {}
    order = [p for p, activity in enumerate(activities) if activity.kind in limited_kinds and p not in rejected]
    if not order:
        return credited, limits
    first = [position for position in order if activities[position].addresses_compliance]
    if first:
        order = first + [position for position in order if not activities[position].addresses_compliance]
    for position, finding in duplicates(activities, order, book):
        limits[position] = [finding]
        credited[position] = 0
    # The limits apply one after the other, because no later one makes room in an earlier one.
    for position, finding in over_caps(activities, credited, order, book):
        limits[position] = [finding]
        credited[position] -= finding.credits.minutes
    if index.share_of_reported is not None and requirement is not None:
        required = requirement.total.minutes, requirement.compliance.minutes
        for position, finding in left_out(activities, credited, order, book, required=required):
            limits.setdefault(position, []).append(finding)
            credited[position] = 0
    for position, finding in over_half(activities, credited, order, room, book):
        limits.setdefault(position, []).append(finding)
        credited[position] -= finding.credits.minutes
    return credited, limits


def _served(designation: Designation, book: Rulebook) -> Finding:
    return Finding(
        code=FindingCode.SERVED_ANOTHER_TERM, clause=book.window.clause, credits=book.credits(0), served=designation
    )
