"""Evaluates a submission: screens each activity, counts within the limits, judges the whole.

The only place that orders the rules. Where a limit bites, credits that address compliance are kept first, then
the order given: the limits are nested (kind in cap in side in total), so this reaches the largest total and, among
those, the largest compliance credit.
"""

from __future__ import annotations

import functools
from collections.abc import Mapping, Sequence
from datetime import date

import attrs

from .activities import Activity
from .assessments import Assessment, Screening, Shortfall, Window
from .credits import credits_of
from .designations import Designation
from .errors import InvalidValue, shown
from .findings import Finding, FindingCode
from .judging import Findings, checks, decisions
from .notices import notices
from .rulebook.editions import rulebook_given
from .rulebook.rulebook import Rulebook
from .rules.acceptance import not_accepted
from .rules.caps import Seen, claimed_minutes, over_cap, repetition
from .rules.compliance import compliance_minutes, compliance_required
from .rules.documentation import undocumented
from .rules.half_split import over_room
from .rules.requirement import Owed, owed
from .rules.window import outside_window, renewal_window, term_windows
from .submissions import Submission
from .version import __version__

__all__ = ["evaluate", "screen"]


# The days that count where no designation held has a term.
ALWAYS = Window(first=date.min, last=date.max)


def evaluate(submission: Submission, rulebook: Rulebook | None = None) -> Assessment:
    """Decides whether a submission renews the designations it is for, and why.

    Args:
        submission: What one person reports for one renewal year, all of it.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.

    Returns:
        The assessment; a shortage of credits is in its `shortfall`, never an exception.

    Raises:
        UnknownName: The rulebook does not speak of a designation held, or does not say what it owes.
        InvalidValue: A date that the rulebook's window needs is missing or given twice, or what is given is no
            submission or no rulebook.
        InvalidDocument: Several are; every one is reported.
    """
    if not isinstance(submission, Submission):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValue("submission", f"must be a Submission, got {shown(submission)}", "from_dict() reads one")
    book = rulebook_given(rulebook)
    if book.has_terms:
        return _by_terms(submission, owed(submission.designations, book), book)
    question = _question(submission.designations, submission.renewal_year, submission.renewal_date, book)
    return _assessed(submission, question, {}, book)


def screen(
    activity: Activity,
    renewal_year: int | None = None,
    rulebook: Rulebook | None = None,
    *,
    window: Window | None = None,
) -> Screening:
    """Answers for one activity alone: would it count, for what, and what does it call for.

    Args:
        activity: The activity.
        renewal_year: The renewal it is meant for; the first that the rulebook governs unless given.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        window: The days whose credits count, for rulebooks where the renewal year alone does not tell.

    Raises:
        InvalidValue: What is given is no activity, or the renewal year is none or cannot be told.
        UnknownName: The sources of the rulebook do not say which days count, or how the kind does.
    """
    if not isinstance(activity, Activity):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValue("activity", f"must be an Activity, got {shown(activity)}")
    book = rulebook_given(rulebook)
    year = renewal_year if renewal_year is not None else book.governs.first
    if year is None:
        raise InvalidValue("renewal_year", f"is required: {book.id} does not say which it governs first")
    days = renewal_window(year, book) if window is None else window
    findings = _screened((activity,), days, book)
    claimed = claimed_minutes((activity,), book)
    # Whether the half has room for it depends on what is owed.
    credited, _ = _counted((activity,), claimed, claimed[0], findings, book)
    cap = book.cap_of_kind.get(activity.kind)
    evidence = book.evidence_of_kind.get(activity.kind)
    return Screening(
        rulebook=book.id,
        renewal_year=year,
        decision=decisions((activity,), claimed, credited, findings, book)[0],
        documents=evidence.documents if evidence else (),
        limit=book.credits(book.cap_minutes[cap.name]) if cap else None,
        clause=book.kind_rules[activity.kind].clause,
    )


@attrs.frozen
class _Question:
    """What is asked of whoever holds the same designations for the same renewal; amounts are minutes.

    `heading` is what an assessment says of it.
    """

    owed: Owed
    compliance: int
    window: Window
    heading: dict[str, object]


@functools.lru_cache(maxsize=4096)
def _question(
    designations: tuple[Designation, ...], renewal_year: int, renewal_date: date | None, book: Rulebook
) -> _Question:
    window = renewal_window(renewal_year, book, renewal_date=renewal_date)
    return _asked(owed(designations, book), renewal_year, window, book)


def _asked(asked: Owed, renewal_year: int, window: Window, book: Rulebook) -> _Question:
    heading: dict[str, object] = {
        "rulebook": book.id,
        "edition": book.title,
        "renewal_year": renewal_year,
        "designations": asked.designations,
        "window": window,
        "required": book.credits(asked.required),
        "terms": (),
        "version": __version__,
    }
    return _Question(asked, compliance_required(asked.required, book), window, heading)


def _by_terms(submission: Submission, asked: Owed, book: Rulebook) -> Assessment:
    """Decides each designation by the term it has of its own, and puts the one furthest from renewal on top."""
    windows = term_windows(submission, asked.designations, book)
    if not windows:
        return _assessed(submission, _asked(asked, submission.renewal_year, ALWAYS, book), {}, book)
    used: dict[int, Designation] = {}
    terms: dict[Designation, Assessment] = {}
    for designation in sorted(windows, key=lambda held: windows[held].last):
        alone = _asked(owed((designation,), book), submission.renewal_year, windows[designation], book)
        term = _assessed(submission, alone, {} if book.window.shared else used, book)
        used |= {i: designation for i, decision in enumerate(term.decisions) if decision.credited and i not in used}
        terms[designation] = term
    sides = tuple(terms[designation] for designation in asked.designations if designation in terms)
    furthest = max(sides, key=lambda term: (term.shortfall.total, term.shortfall.in_network, term.shortfall.compliance))
    return attrs.evolve(furthest, designations=asked.designations, terms=sides)


def _assessed(
    submission: Submission, question: _Question, used: Mapping[int, Designation], book: Rulebook
) -> Assessment:
    activities, asked = submission.activities, question.owed
    findings = _screened(activities, question.window, book)
    for index, designation in used.items():
        findings.setdefault(index, []).append(_served(designation, book))
    claimed = claimed_minutes(activities, book)
    credited, outside = _counted(activities, claimed, asked.required - asked.in_network, findings, book)
    total = sum(credited)
    found = total, total - outside, compliance_minutes(activities, credited)
    return Assessment.deferred(
        question.heading | _figures(*found, asked.required, asked.in_network, question.compliance, book.credit.minutes),
        functools.partial(_reasons, submission, question, found, claimed, credited, findings, book),
    )


@functools.lru_cache(maxsize=4096)
def _figures(
    total: int, in_network: int, compliance: int, required: int, least: int, compliance_asked: int, unit: int
) -> dict[str, object]:
    """Returns the figures of an assessment, as credits, for the minutes found and those asked for."""
    return {
        "credited": credits_of(total, unit),
        "in_network": credits_of(in_network, unit),
        "out_of_network": credits_of(total - in_network, unit),
        "compliance": credits_of(compliance, unit),
        "shortfall": Shortfall(
            total=credits_of(max(required - total, 0), unit),
            in_network=credits_of(max(least - in_network, 0), unit),
            compliance=credits_of(max(compliance_asked - compliance, 0), unit),
        ),
    }


def _reasons(
    submission: Submission,
    question: _Question,
    found: tuple[int, int, int],
    claimed: Sequence[int],
    credited: Sequence[int],
    findings: Findings,
    book: Rulebook,
) -> dict[str, object]:
    """Returns what stands behind the figures."""
    return {
        "checks": checks(question.owed, *found, question.compliance, book),
        "decisions": decisions(submission.activities, claimed, credited, findings, book),
        "notices": notices(submission, question.owed, found[-1], book),
    }


def _screened(activities: Sequence[Activity], window: Window, book: Rulebook) -> Findings:
    """Collects every reason that rejects an activity by itself."""
    findings: Findings = {}
    for found in (
        outside_window(activities, window, book),
        not_accepted(activities, book),
        undocumented(activities, book),
    ):
        for index, finding in found:
            findings.setdefault(index, []).append(finding)
    return findings


def _counted(
    activities: Sequence[Activity], claimed: Sequence[int], room: int, findings: Findings, book: Rulebook
) -> tuple[list[int], int]:
    """Returns the minutes that count of each activity, and those out of network of all together.

    Adds to `findings` what the limits take away.
    """
    first: list[int] = []
    then: list[int] = []
    for index, activity in enumerate(activities):
        if index not in findings:
            (first if activity.addresses_compliance else then).append(index)
    single, capped, outside, limited = book.identity_of_kind, book.cap_of_kind, book.outside_kinds, book.limited_kinds
    credited = [0] * len(activities)
    seen: Seen = {}
    left: dict[str, int] = {}
    out_of_network = 0
    for index in first + then:
        activity, minutes = activities[index], claimed[index]
        kind = activity.kind
        if kind in limited:
            if kind in single and (finding := repetition(activity, index, seen, book)):
                findings[index] = [finding]
                continue
            if kind in capped and (finding := over_cap(kind, minutes, left, book)):
                findings[index] = [finding]
                minutes -= finding.credits.minutes
            if kind in outside:
                if finding := over_room(minutes, out_of_network, room, book):
                    findings.setdefault(index, []).append(finding)
                    minutes -= finding.credits.minutes
                out_of_network += minutes
        credited[index] = minutes
    return credited, out_of_network


def _served(designation: Designation, book: Rulebook) -> Finding:
    return Finding(
        code=FindingCode.SERVED_ANOTHER_TERM, clause=book.window.clause, credits=book.credits(0), served=designation
    )
