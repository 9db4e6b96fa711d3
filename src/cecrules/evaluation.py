"""Evaluates a submission: screens each activity, counts within the limits, judges the whole.

The only place that orders the rules. Where a limit bites, credits that address compliance are kept first, then
the order given: the limits are nested (kind in cap in side in total), so this reaches the largest total and, among
those, the largest compliance credit.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence

import attrs

from .activities import Activity
from .assessments import (
    Assessment,
    Check,
    CheckRule,
    Decision,
    Finding,
    FindingCode,
    Screening,
    Shortfall,
    Window,
)
from .designations import Designation
from .editions import default_rulebook
from .notices import notices
from .provisions import Strength, WindowKind
from .rulebook import Rulebook
from .rules.acceptance import not_accepted
from .rules.caps import claimed_minutes, over_caps, repeated
from .rules.compliance import compliance_minutes, compliance_required
from .rules.documentation import undocumented
from .rules.half_split import in_network_minutes, over_half
from .rules.requirement import Owed, owed
from .rules.window import outside_window, renewal_window, term_windows
from .submissions import Submission
from .version import __version__

__all__ = ["evaluate", "screen"]


def evaluate(submission: Submission, rulebook: Rulebook | None = None) -> Assessment:
    """Decides whether a submission renews the designations it is for, and why.

    Args:
        submission: What one person reports for one renewal year, all of it.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.

    Returns:
        The assessment; a shortage of credits is in its `shortfall`, never an exception.

    Raises:
        UnknownName: The rulebook does not speak of a designation held, or does not say what it owes.
        InvalidValue: A date that the rulebook's window needs is missing.
        InvalidDocument: Several are; every one is reported.
    """
    book = default_rulebook() if rulebook is None else rulebook
    asked = owed(submission.designations, book)
    if book.window.kind is WindowKind.TERM:
        return _by_terms(submission, asked, book)
    window = renewal_window(submission.renewal_year, book, renewal_date=submission.renewal_date)
    return _assessed(submission, asked, window, {}, book)


def screen(
    activity: Activity, renewal_year: int, rulebook: Rulebook | None = None, *, window: Window | None = None
) -> Screening:
    """Answers for one activity alone: would it count, for what, and what does it call for.

    Args:
        activity: The activity.
        renewal_year: The renewal it is meant for.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        window: The days whose credits count, for rulebooks where the renewal year alone does not tell.
    """
    book = default_rulebook() if rulebook is None else rulebook
    days = renewal_window(renewal_year, book) if window is None else window
    findings = _screened((activity,), days, book).get(0, [])
    claimed = claimed_minutes((activity,), book)
    cap = book.cap_of_kind.get(activity.kind)
    evidence = book.evidence_of_kind.get(activity.kind)
    return Screening(
        rulebook=book.id,
        renewal_year=renewal_year,
        decision=_decisions((activity,), claimed, [0] if findings else claimed, {0: findings}, book)[0],
        documents=evidence.documents if evidence else (),
        limit=book.credits(book.cap_minutes[cap.name]) if cap else None,
        clause=book.kind_rules[activity.kind].clause,
    )


# The reasons found against each activity, by its position.
Findings = dict[int, list[Finding]]


def _by_terms(submission: Submission, asked: Owed, book: Rulebook) -> Assessment:
    """Decides each designation by the term it has of its own, and puts the one furthest from renewal on top."""
    windows = term_windows(submission, asked.designations, book)
    used: dict[int, Designation] = {}
    terms = {}
    for designation in sorted(windows, key=lambda held: windows[held].last):
        alone = owed((designation,), book)
        term = _assessed(submission, alone, windows[designation], {} if book.window.shared else used, book)
        used |= {i: designation for i, decision in enumerate(term.decisions) if decision.credited and i not in used}
        terms[designation] = term
    sides = tuple(terms[designation] for designation in asked.designations)
    furthest = max(sides, key=lambda term: (term.shortfall.total, term.shortfall.in_network, term.shortfall.compliance))
    return attrs.evolve(furthest, designations=asked.designations, terms=sides)


def _assessed(
    submission: Submission, asked: Owed, window: Window, used: Mapping[int, Designation], book: Rulebook
) -> Assessment:
    activities = submission.activities
    claimed = claimed_minutes(activities, book)
    findings = _screened(activities, window, book)
    for index, designation in used.items():
        findings.setdefault(index, []).append(_served(designation, book))
    credited = _counted(activities, claimed, asked, findings, book)

    total = sum(credited)
    in_network = in_network_minutes(activities, credited, book)
    compliance = compliance_minutes(activities, credited)
    compliance_asked = compliance_required(asked.required, book)
    amount = book.credits
    shortfall = Shortfall(
        total=amount(max(asked.required - total, 0)),
        in_network=amount(max(asked.in_network - in_network, 0)),
        compliance=amount(max(compliance_asked - compliance, 0)),
    )
    figures = {
        "rulebook": book.id,
        "edition": book.title,
        "renewal_year": submission.renewal_year,
        "designations": asked.designations,
        "window": window,
        "required": amount(asked.required),
        "credited": amount(total),
        "in_network": amount(in_network),
        "out_of_network": amount(total - in_network),
        "compliance": amount(compliance),
        "shortfall": shortfall,
        "terms": (),
        "version": __version__,
    }
    return Assessment.deferred(
        figures,
        lambda: {
            "checks": _checks(asked, total, in_network, compliance, book),
            "decisions": _decisions(activities, claimed, credited, findings, book),
            "notices": notices(submission, asked, compliance, book),
        },
    )


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
    activities: Sequence[Activity], claimed: list[int], asked: Owed, findings: Findings, book: Rulebook
) -> list[int]:
    """Returns the minutes that count of each activity, and adds to `findings` what the limits take away."""
    order = [i for i, activity in enumerate(activities) if activity.addresses_compliance and i not in findings]
    order += [i for i, activity in enumerate(activities) if not activity.addresses_compliance and i not in findings]
    again = repeated(activities, order, book)
    for index, finding in again:
        findings[index] = [finding]
    if again:
        order = [index for index in order if index not in findings]
    credited = [0 if index in findings else minutes for index, minutes in enumerate(claimed)]
    for index, finding in over_caps(activities, credited, order, book):
        findings[index] = [finding]
        credited[index] -= finding.credits.minutes
    for index, finding in over_half(activities, credited, order, asked.required - asked.in_network, book):
        findings.setdefault(index, []).append(finding)
        credited[index] -= finding.credits.minutes
    return credited


def _checks(asked: Owed, total: int, in_network: int, compliance: int, book: Rulebook) -> tuple[Check, ...]:
    checks = [
        Check(
            rule=CheckRule.TOTAL,
            required=book.credits(asked.required),
            found=book.credits(total),
            strength=book.total.strength,
            clause=book.total.clause,
            set_by=asked.set_by,
        ),
        Check(
            rule=CheckRule.IN_NETWORK,
            required=book.credits(asked.in_network),
            found=book.credits(in_network),
            strength=book.in_network.strength,
            clause=book.in_network.clause,
        ),
    ]
    if book.compliance is not None and book.compliance.strength is not Strength.MAY:
        checks.append(
            Check(
                rule=CheckRule.COMPLIANCE,
                required=book.credits(compliance_required(asked.required, book)),
                found=book.credits(compliance),
                strength=book.compliance.strength,
                clause=book.compliance.clause,
            )
        )
    return tuple(checks)


def _decisions(
    activities: Sequence[Activity],
    claimed: Sequence[int],
    credited: Sequence[int],
    findings: Findings,
    book: Rulebook,
) -> tuple[Decision, ...]:
    return tuple(
        [
            Decision(
                id=activity.id,
                title=activity.title,
                kind=activity.kind,
                side=book.kind_rules[activity.kind].side,
                claimed=book.credits(claimed[index]),
                credited=book.credits(credited[index]),
                findings=_taking(findings.get(index, ()), claimed[index], book),
            )
            for index, activity in enumerate(activities)
        ]
    )


def _taking(findings: Sequence[Finding], claimed: int, book: Rulebook) -> tuple[Finding, ...]:
    """Has the first reason that rejects an activity take all its credits; a limit says what it takes itself."""
    if not findings or findings[0].code.reduces:
        return tuple(findings)
    return (attrs.evolve(findings[0], credits=book.credits(claimed)), *findings[1:])


def _served(designation: Designation, book: Rulebook) -> Finding:
    return Finding(
        code=FindingCode.SERVED_ANOTHER_TERM, clause=book.window.clause, credits=book.credits(0), served=designation
    )
