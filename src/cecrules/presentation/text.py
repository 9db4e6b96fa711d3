"""Explains an assessment or a screening to its holder as text; contains no rule."""

from __future__ import annotations

from collections.abc import Iterator

from ..ahead.doubts import Readings
from ..ahead.forecasts import Outlook
from ..ahead.worths import Worth
from ..assessments import Assessment, Decision, Screening
from ..errors import insist
from ..findings import Finding
from ..printable import printable
from ..rulebook.provisions import Side
from .beside import beside_readings, outlook_lines, shown_beside, worth_lines
from .sentences import (
    STANDING,
    amount_in_words,
    check_sentence,
    documents_in_words,
    finding_sentence,
    notice_sentence,
    remedy,
    required_in_words,
    shortfall_sentence,
    side_words,
    term_sentence,
    under_verdict,
    verdict,
)

__all__ = ["explain"]


def explain(
    value: Assessment | Screening,
    *,
    outlook: Outlook | None = None,
    worth: Worth | None = None,
    readings: Readings | None = None,
) -> str:
    """Explains a decision in text, with the verdict first, then figures, checks and activities.

    Args:
        value: The result of `evaluate` or `screen`.
        outlook: An outlook on the same renewal, to explain beside an assessment.
        worth: The worth of one more entry to the same renewal, to explain beside an assessment.
        readings: The dependence of the same renewal on how the clauses are read, to explain beside an assessment.

    Raises:
        InvalidValue: The value is anything else, or an answer beside it is not for the same renewal.
    """
    insist(value, Assessment | Screening, ("value",), "the result of evaluate or screen")
    assessments = [value] if isinstance(value, Assessment) else []
    lines = list(_screening_lines(value) if isinstance(value, Screening) else _assessment_lines(value))
    for ahead in shown_beside(outlook, Outlook, "outlook", assessments):
        lines += outlook_lines(ahead) if ahead else ()
    for more in shown_beside(worth, Worth, "worth", assessments):
        lines += worth_lines(more) if more else ()
    for others in shown_beside(readings, Readings, "readings", assessments):
        lines += beside_readings(others) if others else ()
    return "\n".join(map(printable, lines))


def _assessment_lines(assessment: Assessment) -> Iterator[str]:
    yield verdict(assessment)
    for sentence in under_verdict(assessment):
        yield f"Note: {sentence}."
    yield ""
    if assessment.holder is not None:
        yield f"  holder       {assessment.holder}"
    yield f"  required     {required_in_words(assessment)}"
    yield (
        f"  credited     {assessment.credited}"
        f" ({assessment.in_network} in network, {assessment.out_of_network} out of network)"
    )
    yield f"  compliance   {assessment.compliance}"
    yield f"  short        {shortfall_sentence(assessment.shortfall)}"
    yield f"  earned from  {assessment.window.first} to {assessment.window.last}"
    yield f"  edition      {assessment.edition} ({assessment.rulebook})"
    if assessment.terms:
        yield ""
        yield "Terms (the other figures are those of the designation furthest from its renewal)"
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
        if notice.code not in STANDING:
            yield f"  {notice_sentence(notice)} ({notice.clause})"
    yield "  compare the credits required with the renewal invoice, which has the last word"


def _decision_lines(number: str, decision: Decision) -> Iterator[str]:
    earned = ", ".join(filter(None, (decision.provider, str(decision.earned_on))))
    credited = f"{decision.credited} of {amount_in_words(decision.claimed)}"
    side = "" if decision.side is Side.NOT_ACCEPTED else f" {side_words(decision.side)}"
    yield f"  {number}{decision.title} ({earned}): {decision.outcome}, {credited}{side}"
    for finding in decision.findings:
        taken = f"-{finding.credits} " if finding.credits else ""
        yield f"     {taken}{_reason(finding)}"


def _reason(finding: Finding) -> str:
    cure = remedy(finding)
    return f"{finding_sentence(finding)}{f'; {cure}' if cure else ''} ({finding.clause})"


def _screening_lines(screening: Screening) -> Iterator[str]:
    decision = screening.decision
    activity = f"{decision.title!r} ({decision.kind.label})"
    amount = decision.credited if screening.counts else decision.claimed
    limit = f", yearly cap of {screening.limit}" if screening.limit is not None else ""
    worth = f"{amount_in_words(amount)} {side_words(decision.side)}{limit} ({screening.clause})"
    if screening.counts:
        yield f"Counts: {activity} for {screening.renewal_year} under {screening.rulebook}, {worth}"
    else:
        yield f"Does not count as it stands: {activity} for {screening.renewal_year} under {screening.rulebook}"
        if decision.side is not Side.NOT_ACCEPTED:
            yield f"  with everything in order it would be worth {worth}"
    for finding in decision.findings:
        yield f"  {_reason(finding)}"
    if screening.documents:
        yield f"  calls for {documents_in_words(screening.documents)}"
