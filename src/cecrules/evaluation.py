"""Evaluates a submission: screens each activity, counts within the limits, judges the whole.

The only place that orders the rules. Where a limit bites, credits that address compliance are kept first, then
the order given: the limits are nested (kind in cap in side in total), so this reaches the largest total and, among
those, the largest compliance credit.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from .activities import Activity
from .assessments import Assessment, Check, CheckRule, Decision, Finding, Notice, NoticeCode, Screening, Shortfall
from .editions import default_rulebook
from .rulebook import Rulebook, Strength
from .rules.acceptance import not_accepted
from .rules.caps import claimed_minutes, over_caps, repeated
from .rules.compliance import compliance_minutes, compliance_required
from .rules.documentation import undocumented
from .rules.half_split import over_half
from .rules.requirement import Owed, owed
from .rules.window import outside_window, renewal_window
from .submissions import Submission

__all__ = ["evaluate", "screen"]


def evaluate(submission: Submission, rulebook: Rulebook | None = None) -> Assessment:
    """Decides whether a submission renews the designations it is for, and why.

    Args:
        submission: What one person reports for one renewal year, all of it.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.

    Returns:
        The assessment; a shortage of credits is in its `shortfall`, never an exception.

    Raises:
        UnknownName: The rulebook does not speak of a designation held.
    """
    book = default_rulebook() if rulebook is None else rulebook
    activities = submission.activities
    asked = owed(submission.designations, book)
    claimed = claimed_minutes(activities, book)
    findings = _screened(activities, submission.renewal_year, book)
    credited = _counted(activities, claimed, asked, findings, book)
    return _judged(submission, asked, claimed, credited, findings, book)


def screen(activity: Activity, renewal_year: int = 2014, rulebook: Rulebook | None = None) -> Screening:
    """Answers for one activity alone: would it count, for what, and what does it call for.

    Args:
        activity: The activity.
        renewal_year: The renewal it is meant for.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
    """
    book = default_rulebook() if rulebook is None else rulebook
    claimed = claimed_minutes((activity,), book)[0]
    findings = _screened((activity,), renewal_year, book).get(0, [])
    credited = 0 if findings else claimed
    evidence = book.evidence_of_kind.get(activity.kind)
    cap = book.cap_of_kind.get(activity.kind)
    return Screening(
        rulebook=book.id,
        renewal_year=renewal_year,
        decision=_decision(activity, claimed, credited, findings, book),
        documents=evidence.documents if evidence else (),
        limit=book.credits(book.minutes(cap.credits)) if cap else None,
        clause=book.kind_rules[activity.kind].clause,
    )


Findings = dict[int, list[Finding]]


def _screened(activities: Sequence[Activity], renewal_year: int, book: Rulebook) -> Findings:
    """Collects every reason that rejects an activity by itself, by its position."""
    findings: Findings = {}
    for index, finding in (
        *outside_window(activities, renewal_window(renewal_year, book), book),
        *not_accepted(activities, book),
        *undocumented(activities, book),
    ):
        findings.setdefault(index, []).append(finding)
    return findings


def _counted(
    activities: Sequence[Activity], claimed: list[int], asked: Owed, findings: Findings, book: Rulebook
) -> list[int]:
    """Returns the minutes that count of each activity, and adds to `findings` what the limits take away."""
    acceptable = [index for index in range(len(activities)) if index not in findings]
    order = [index for index in acceptable if activities[index].addresses_compliance]
    order += [index for index in acceptable if not activities[index].addresses_compliance]
    for index, finding in repeated(activities, order, book):
        findings[index] = [finding]
    order = [index for index in order if index not in findings]
    credited = [0 if index in findings else minutes for index, minutes in enumerate(claimed)]
    for index, finding in over_caps(activities, credited, order, book):
        findings[index] = [finding]
        credited[index] -= finding.credits.minutes
    for index, finding in over_half(activities, credited, order, asked.required - asked.in_network, book):
        findings.setdefault(index, []).append(finding)
        credited[index] -= finding.credits.minutes
    return credited


def _judged(
    submission: Submission, asked: Owed, claimed: list[int], credited: list[int], findings: Findings, book: Rulebook
) -> Assessment:
    activities = submission.activities
    in_network = sum(
        [minutes for activity, minutes in zip(activities, credited, strict=True) if activity.kind in book.network_kinds]
    )
    total = sum(credited)
    compliance = compliance_minutes(activities, credited)
    compliance_asked = compliance_required(asked.required, book)
    measures = [
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
    advised = book.compliance is not None and book.compliance.strength is Strength.MAY
    if book.compliance is not None and not advised:
        measures.append(
            Check(
                rule=CheckRule.COMPLIANCE,
                required=book.credits(compliance_asked),
                found=book.credits(compliance),
                strength=book.compliance.strength,
                clause=book.compliance.clause,
            )
        )
    return Assessment(
        rulebook=book.id,
        edition=book.title,
        renewal_year=submission.renewal_year,
        designations=submission.designations,
        required=book.credits(asked.required),
        credited=book.credits(total),
        in_network=book.credits(in_network),
        out_of_network=book.credits(total - in_network),
        compliance=book.credits(compliance),
        shortfall=Shortfall(
            total=book.credits(max(asked.required - total, 0)),
            in_network=book.credits(max(asked.in_network - in_network, 0)),
            compliance=book.credits(0 if advised else max(compliance_asked - compliance, 0)),
        ),
        checks=tuple(measures),
        decisions=tuple(
            [
                _decision(activity, claimed[index], credited[index], findings.get(index, ()), book)
                for index, activity in enumerate(activities)
            ]
        ),
        notices=_notices(submission, book, advised and compliance < compliance_asked),
    )


def _decision(activity: Activity, claimed: int, credited: int, findings: Sequence[Finding], book: Rulebook) -> Decision:
    if findings and not findings[0].code.reduces:
        findings = [attrs.evolve(findings[0], credits=book.credits(claimed)), *findings[1:]]
    return Decision(
        id=activity.id,
        title=activity.title,
        kind=activity.kind,
        side=book.kind_rules[activity.kind].side,
        claimed=book.credits(claimed),
        credited=book.credits(credited),
        findings=tuple(findings),
    )


def _notices(submission: Submission, book: Rulebook, compliance_lacking: bool) -> tuple[Notice, ...]:
    notices = []
    last = book.governs.last
    if last is not None and submission.renewal_year > last:
        notices.append(
            Notice(code=NoticeCode.LATER_EDITION, clause=book.window.clause, subject=book.governs.followed_by)
        )
    if submission.first_renewal_of:
        first = ", ".join(submission.first_renewal_of)
        notices.append(Notice(code=NoticeCode.FIRST_RENEWAL, clause=book.total.invoice, subject=first))
    if compliance_lacking and book.compliance is not None:
        notices.append(Notice(code=NoticeCode.COMPLIANCE_ADVISED, clause=book.compliance.clause))
    return tuple(notices)
