"""Explains an assessment or a screening as text, for the holder it is about; contains no rule."""

from __future__ import annotations

from collections.abc import Iterator

from ..assessments import Assessment, Decision, Screening
from ..errors import ErrorCode, InvalidValue, shown
from ..rulebook.provisions import Side
from .sentences import (
    check_sentence,
    documents_in_words,
    finding_sentence,
    listed,
    notice_sentence,
    noun,
    printable,
    remedy,
    shortfall_sentence,
    side_words,
    term_sentence,
    verdict,
)

__all__ = ["explain"]


def explain(value: Assessment | Screening) -> str:
    """Says what was decided, for the person it is about: the verdict first, then figures, checks and activities.

    Args:
        value: What `evaluate` or `screen` returned.

    Raises:
        InvalidValue: It is anything else.
    """
    if not isinstance(value, Assessment | Screening):  # pyright: ignore[reportUnnecessaryIsInstance]
        problem = f"must be what evaluate or screen returned, got {shown(value)}"
        raise InvalidValue(("value",), problem, code=ErrorCode.WRONG_TYPE)
    lines = _screening_lines(value) if isinstance(value, Screening) else _assessment_lines(value)
    return "\n".join(map(printable, lines))


def _assessment_lines(assessment: Assessment) -> Iterator[str]:
    short = assessment.shortfall
    yield verdict(assessment)
    yield ""
    yield f"  owed         {assessment.required}{_because_of(assessment)}"
    yield (
        f"  counted      {assessment.credited}"
        f" ({assessment.in_network} in network, {assessment.out_of_network} out of network)"
    )
    yield f"  compliance   {assessment.compliance}"
    yield f"  outstanding  {shortfall_sentence(short)}"
    yield f"  earned from  {assessment.window.first} to {assessment.window.last}"
    yield f"  rules        {assessment.edition} ({assessment.rulebook})"
    if assessment.terms:
        yield ""
        yield "Terms (the figures above and below are those of the one furthest from its renewal)"
        yield from (f"  {term_sentence(term)}" for term in assessment.terms)
    yield ""
    yield "Checks"
    for check in assessment.checks:
        yield f"  [{'met' if check.met else 'not met'}] {check_sentence(check)} ({check.clause})"
    if assessment.decisions:
        yield ""
        yield "Activities"
    for number, decision in enumerate(assessment.decisions, 1):
        yield from _decision_lines(f"{number}. ", decision)
    yield ""
    yield "Notices"
    for notice in assessment.notices:
        yield f"  {notice_sentence(notice)} ({notice.clause})"
    yield "  compare the credits owed with the renewal invoice, which has the last word"


def _because_of(assessment: Assessment) -> str:
    set_by = [designation for check in assessment.checks for designation in check.set_by]
    return f" (because of {listed(set_by, 'and')})" if set_by else ""


def _decision_lines(number: str, decision: Decision) -> Iterator[str]:
    counted = f"{decision.credited} of {decision.claimed} {noun(decision.claimed)}"
    yield f"  {number}{decision.title}: {decision.outcome}, {counted} ({side_words(decision.side)})"
    for finding in decision.findings:
        taken = f"-{finding.credits} " if finding.credits else ""
        cure = remedy(finding)
        yield f"     {taken}{finding_sentence(finding)}{f'; {cure}' if cure else ''} ({finding.clause})"


def _screening_lines(screening: Screening) -> Iterator[str]:
    decision = screening.decision
    what = f"{decision.title!r} ({decision.kind.label})"
    amount = decision.credited if screening.counts else decision.claimed
    limit = f", within {screening.limit} a year" if screening.limit is not None else ""
    worth = f"{amount} {noun(amount)} {side_words(decision.side)}{limit} ({screening.clause})"
    if screening.counts:
        yield f"Counts: {what} for {screening.renewal_year}, {worth}"
    else:
        yield f"Does not count as it stands: {what} for {screening.renewal_year}"
        if decision.side is not Side.NOT_ACCEPTED:
            yield f"  with all in order it would be worth {worth}"
    for finding in decision.findings:
        cure = remedy(finding)
        yield f"  {finding_sentence(finding)}{f'; {cure}' if cure else ''} ({finding.clause})"
    if screening.documents:
        yield f"  calls for {documents_in_words(screening.documents)}"
    yield f"  rules: {screening.rulebook}"
