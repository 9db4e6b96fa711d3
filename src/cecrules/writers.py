"""Writes values in the JSON form, field by field.

Every amount is written in credits and in minutes. Keys that follow from the fields are written beside them for
readers.
"""

from __future__ import annotations

import functools
from collections.abc import Callable
from enum import StrEnum
from typing import Any

from .activities import Activity, ActivityKind
from .assessments import (
    Assessment,
    Check,
    CheckRule,
    Decision,
    Figures,
    Limit,
    LimitRule,
    Notice,
    Outcome,
    Screening,
    Shortfall,
)
from .credits import MINUTES_AN_HOUR, Credits
from .documents import DocumentKind
from .findings import Finding, FindingCode
from .presentation.sentences import check_sentence, finding_sentence, notice_sentence
from .rulebook.provisions import Side, Strength
from .rules.requirement import Requirement
from .rules.window import Window
from .structuring import UNIT, Derived
from .submissions import Submission
from .unstructuring import number, plain

__all__ = ["ASSESSMENT_FORMAT", "DERIVED", "written"]

ASSESSMENT_FORMAT = "cecrules.assessment/1"

# `minutes_a_credit` is written beside amounts if a credit is not an hour, and is read before them.
DERIVED = Derived(
    {
        Assessment: {
            "format": lambda _: ASSESSMENT_FORMAT,
            UNIT: None,
            "renewable": lambda assessment: assessment.renewable,
        },
        Check: {"met": lambda check: check.met, "message": None, UNIT: None},
        Decision: {"outcome": lambda decision: decision.outcome.value, UNIT: None},
        Figures: {"renewable": lambda figures: figures.renewable, UNIT: None},
        Finding: {"message": None, UNIT: None},
        Limit: {
            "left": lambda limit: number(limit.left),
            "left_minutes": lambda limit: limit.left.minutes,
            UNIT: None,
        },
        Notice: {"message": None, UNIT: None},
        Requirement: {UNIT: None},
        Screening: {"counts": lambda screening: screening.counts, UNIT: None},
        Shortfall: {UNIT: None},
    }
)


# The code of every member, since reading the value of an enumeration costs more than looking it up.
_CODE: dict[StrEnum, str] = {
    member: member.value
    for vocabulary in (ActivityKind, DocumentKind, Side, Outcome, CheckRule, LimitRule, Strength, FindingCode)
    for member in vocabulary
}


def written(value: object) -> Any:
    """Returns the JSON form of a value of this library."""
    write = _WRITERS.get(type(value))
    return write(value) if write else plain(value)


def _submission(submission: Submission) -> dict[str, Any]:
    made: dict[str, Any] = {
        "renewal_year": submission.renewal_year,
        "designations": [*map(str, submission.designations)],
    }
    if submission.holder is not None:
        made["holder"] = submission.holder
    if submission.first_renewal_of:
        made["first_renewal_of"] = [*map(str, submission.first_renewal_of)]
    if submission.renewal_date is not None:
        made["renewal_date"] = submission.renewal_date.isoformat()
    if submission.term_starts:
        made["term_starts"] = {str(designation): day.isoformat() for designation, day in submission.term_starts}
    made["activities"] = [_activity(activity) for activity in submission.activities]
    return made


def _activity(activity: Activity) -> dict[str, Any]:
    made: dict[str, Any] = {} if activity.id is None else {"id": activity.id}
    made |= {"title": activity.title, "kind": str(activity.kind), "earned_on": activity.earned_on.isoformat()}
    if activity.minutes is not None:
        length = Credits(minutes=activity.minutes)
        # Hours if they have an exact short decimal, otherwise minutes.
        made |= (
            {"hours": number(length)}
            if activity.minutes * 100 % MINUTES_AN_HOUR == 0
            else {"minutes": activity.minutes}
        )
    return made | {
        "provider": activity.provider,
        "addresses_compliance": activity.addresses_compliance,
        "compensated": activity.compensated,
        "bought_through_association": activity.bought_through_association,
        "documents": [*_codes(activity.documents)],
    }


def _assessment(assessment: Assessment) -> dict[str, Any]:
    made: dict[str, Any] = {
        "format": ASSESSMENT_FORMAT,
        "version": assessment.version,
        "holder": assessment.holder,
        "rulebook": assessment.rulebook,
        "edition": assessment.edition,
        "renewal_year": assessment.renewal_year,
        "designations": [*map(str, assessment.designations)],
        "window": _window(assessment.window),
        "renewable": assessment.renewable,
        "required": number(assessment.required),
        "required_minutes": assessment.required.minutes,
        "credited": number(assessment.credited),
        "credited_minutes": assessment.credited.minutes,
        "in_network": number(assessment.in_network),
        "in_network_minutes": assessment.in_network.minutes,
        "out_of_network": number(assessment.out_of_network),
        "out_of_network_minutes": assessment.out_of_network.minutes,
        "compliance": number(assessment.compliance),
        "compliance_minutes": assessment.compliance.minutes,
        "shortfall": _shortfall(assessment.shortfall),
        "checks": [_check(check) for check in assessment.checks],
        "decisions": [_decision(decision) for decision in assessment.decisions],
        "notices": [_notice(notice) for notice in assessment.notices],
        "binding": [_limit(limit) for limit in assessment.binding],
    }
    if assessment.terms:
        made["terms"] = [_assessment(term) for term in assessment.terms]
    return made


def _window(window: Window) -> dict[str, Any]:
    return {"first": window.first.isoformat(), "last": window.last.isoformat()}


def _shortfall(short: Shortfall) -> dict[str, Any]:
    return {
        "total": number(short.total),
        "total_minutes": short.total.minutes,
        "in_network": number(short.in_network),
        "in_network_minutes": short.in_network.minutes,
        "compliance": number(short.compliance),
        "compliance_minutes": short.compliance.minutes,
    }


def _check(check: Check) -> dict[str, Any]:
    made: dict[str, Any] = {
        "rule": _CODE[check.rule],
        "met": check.met,
        "required": number(check.required),
        "required_minutes": check.required.minutes,
        "found": number(check.found),
        "found_minutes": check.found.minutes,
        "strength": _CODE[check.strength],
        "clause": check.clause,
        "message": check_sentence(check),
    }
    if check.set_by:
        made["set_by"] = [*map(str, check.set_by)]
    return made


def _decision(decision: Decision) -> dict[str, Any]:
    claimed, credited = decision.claimed, decision.credited
    worth = number(claimed)
    return {
        "id": decision.id,
        "title": decision.title,
        "kind": _CODE[decision.kind],
        "provider": decision.provider,
        "earned_on": decision.earned_on.isoformat(),
        "documents": [*_codes(decision.documents)],
        "side": _CODE[decision.side],
        "outcome": _CODE[decision.outcome],
        "claimed": worth,
        "claimed_minutes": claimed.minutes,
        "credited": worth if credited is claimed else number(credited),
        "credited_minutes": credited.minutes,
        "findings": [_finding(finding) for finding in decision.findings],
    }


# There are few sets of documents, and none of them holds a text from input.
@functools.lru_cache(maxsize=4096)
def _codes(documents: frozenset[DocumentKind]) -> tuple[str, ...]:
    return tuple(sorted([_CODE[document] for document in documents]))


def _finding(finding: Finding) -> dict[str, Any]:
    made: dict[str, Any] = {
        "code": _CODE[finding.code],
        "clause": finding.clause,
        "credits": number(finding.credits),
        "credits_minutes": finding.credits.minutes,
    }
    if finding.earned_on is not None:
        made["earned_on"] = finding.earned_on.isoformat()
    if finding.counts_for is not None:
        made["counts_for"] = finding.counts_for
    if finding.wanted:
        made["wanted"] = [_CODE[document] for document in finding.wanted]
    if finding.limit is not None:
        made["limit"] = number(finding.limit)
        made["limit_minutes"] = finding.limit.minutes
    if finding.kept is not None:
        made["kept"] = finding.kept
    if finding.served is not None:
        made["served"] = str(finding.served)
    if finding.beside:
        made["beside"] = [_CODE[code] for code in finding.beside]
    made["message"] = finding_sentence(finding)
    return made


def _limit(limit: Limit) -> dict[str, Any]:
    most, credited, left = limit.limit, limit.credited, limit.left
    return {
        "rule": _CODE[limit.rule],
        "name": limit.name,
        "clause": limit.clause,
        "limit": number(most),
        "limit_minutes": most.minutes,
        "credited": number(credited),
        "credited_minutes": credited.minutes,
        "left": number(left),
        "left_minutes": left.minutes,
        "binds": limit.binds,
    }


def _notice(notice: Notice) -> dict[str, Any]:
    made: dict[str, Any] = plain(notice)
    here, there = notice.here, notice.there
    if here and there and here.total.minutes_a_credit != there.total.minutes_a_credit:
        made["there"][UNIT] = there.total.minutes_a_credit
    made["message"] = notice_sentence(notice)
    return made


def _screening(screening: Screening) -> dict[str, Any]:
    made: dict[str, Any] = plain(screening)
    return made | {"decision": _decision(screening.decision), "counts": screening.counts}


def _figures(figures: Figures) -> dict[str, Any]:
    made: dict[str, Any] = plain(figures)
    return made | {"renewable": figures.renewable}


_WRITERS: dict[type, Callable[[Any], dict[str, Any]]] = {
    Activity: _activity,
    Assessment: _assessment,
    Check: _check,
    Decision: _decision,
    Figures: _figures,
    Finding: _finding,
    Limit: _limit,
    Notice: _notice,
    Screening: _screening,
    Submission: _submission,
}
