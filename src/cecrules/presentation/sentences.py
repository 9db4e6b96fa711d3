"""Says in words what was decided; contains no rule.

Every sentence is made from a finding, a check or a notice alone, so that text and decision cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from ..assessments import Asked, Assessment, Check, CheckRule, Notice, NoticeCode, Screening, Shortfall
from ..credits import Credits
from ..documents import DocumentKind
from ..errors import InvalidValue, shown
from ..findings import Decision, Finding, FindingCode
from ..rulebook.provisions import Side, Strength

__all__ = [
    "check_sentence",
    "explain",
    "finding_sentence",
    "listed",
    "notice_sentence",
    "printable",
    "remedy",
    "shortfall_sentence",
    "side_words",
    "term_sentence",
    "verdict",
    "verdict_parts",
]

# Characters that act on a terminal or a page instead of being shown: controls, and those that turn lines around.
_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufffe\uffff]")


def explain(value: Assessment | Screening) -> str:
    """Says what was decided, for the person it is about: the verdict first, then figures, checks and activities.

    Args:
        value: What `evaluate` or `screen` returned.

    Raises:
        InvalidValue: It is anything else.
    """
    if not isinstance(value, Assessment | Screening):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValue("value", f"must be what evaluate or screen returned, got {shown(value)}")
    lines = _screening_lines(value) if isinstance(value, Screening) else _assessment_lines(value)
    return "\n".join(map(printable, lines))


def verdict(assessment: Assessment) -> str:
    """Says in one sentence whether the submission renews, and if not what is missing."""
    state, what, figures = verdict_parts(assessment)
    joined = f"{what}, {figures}" if figures[0].islower() else f"{what}. {figures}"
    return f"{state}: {joined}"


def verdict_parts(assessment: Assessment) -> tuple[str, str, str]:
    """Says whether the submission renews, what it is for, and what was counted or is missing."""
    held = listed([designation.value for designation in assessment.designations], "and")
    what = f"{held} for {assessment.renewal_year}"
    if assessment.renewable:
        counted, owed = assessment.credited, assessment.required
        return "Renewable", what, f"{counted} {_noun(counted)} counted, {owed} owed."
    unmet = [check for check in assessment.checks if not check.met]
    if all(check.strength is Strength.SHOULD for check in unmet):
        names = listed([f"the {_CHECK_NAMES[check.rule]}" for check in unmet], "and")
        return "Not renewable", what, f"short only of {names}, which the page says should be reported."
    return "Not renewable", what, f"Still missing: {shortfall_sentence(assessment.shortfall)}."


def shortfall_sentence(short: Shortfall) -> str:
    """Says what is missing, such as `1.5 more credits, at least 1.5 of them in network, 1 on compliance`."""
    parts: list[str] = []
    if short.total:
        # Credits on compliance are part of the total: whoever is short of more of them than in all needs so many.
        more = max(short.total, short.compliance)
        parts.append(f"{more} more {_noun(more)}")
        if short.in_network:
            parts.append(f"at least {short.in_network} of them in network")
    if short.compliance:
        parts.append(f"{short.compliance} on compliance" if short.total else f"{short.compliance} more on compliance")
    return ", ".join(parts) or "nothing"


def check_sentence(check: Check) -> str:
    """Says what a check asks for and what was found."""
    if check.rule is CheckRule.TOTAL:
        by = f", the most any designation held asks for ({listed(check.set_by, 'and')})" if check.set_by else ""
        asked = f"{check.required} {_noun(check.required)} {check.strength} be reported in one submission{by}"
    elif check.rule is CheckRule.IN_NETWORK:
        asked = f"at least {check.required} {_noun(check.required)} {check.strength} be in network"
    else:
        asked = f"{check.required} {_noun(check.required)} {check.strength} address compliance"
    return f"{asked}; {check.found} counted"


def finding_sentence(finding: Finding) -> str:
    """Says why credits of an activity do not count."""
    return _FINDINGS[finding.code].format(
        earned_on=finding.earned_on,
        limit=finding.limit,
        kept=None if finding.kept is None else finding.kept + 1,
        served=finding.served,
    )


def remedy(finding: Finding) -> str:
    """Says what would make the credits count, or what they are good for; empty where nothing would."""
    if finding.code is FindingCode.UNDOCUMENTED:
        return f"add {_documents(finding.wanted)}"
    if finding.counts_for is None and finding.earned_on is not None:
        return ""
    return _REMEDIES.get(finding.code, "").format(counts_for=finding.counts_for)


def notice_sentence(notice: Notice) -> str:
    """Says what a notice points out."""
    sentence = _NOTICES[notice.code].format(subject=notice.subject)
    if notice.here is None or notice.there is None:
        return sentence
    if notice.here == notice.there:
        return f"{sentence}; it asks for the same credits"
    return f"{sentence}; it asks for {_asked(notice.there)}, not {_asked(notice.here)}"


def term_sentence(term: Assessment) -> str:
    """Says how far one designation is, by the term it has of its own."""
    held = listed([designation.value for designation in term.designations], "and")
    state = "renewable" if term.renewable else f"still missing {shortfall_sentence(term.shortfall)}"
    return f"{held}: {term.window.first} to {term.window.last}, {term.credited} of {term.required} counted, {state}"


def side_words(side: Side) -> str:
    """Names a side."""
    return _SIDES[side]


def printable(text: str) -> str:
    """Returns a text on one line, with every character replaced that would act on a terminal or a page."""
    return _UNPRINTABLE.sub("\ufffd", text)


def listed(names: Sequence[str], word: str) -> str:
    """Joins names as people write them: `a`, `a and b`, `a, b and c`."""
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else str(last)


_CHECK_NAMES = {
    CheckRule.TOTAL: "total",
    CheckRule.IN_NETWORK: "in-network share",
    CheckRule.COMPLIANCE: "compliance credit",
}

_SIDES = {
    Side.IN_NETWORK: "in network",
    Side.OUT_OF_NETWORK: "out of network",
    Side.NOT_ACCEPTED: "not accepted",
    Side.UNKNOWN: "not known",
}

_FINDINGS = {
    FindingCode.EARNED_BEFORE_WINDOW: "earned on {earned_on}, too early for this renewal",
    FindingCode.EARNED_AFTER_WINDOW: "earned on {earned_on}, too late for this renewal",
    FindingCode.KIND_NOT_ACCEPTED: "this kind of activity is not accepted",
    FindingCode.NOT_BOUGHT_THROUGH_ASSOCIATION: "not bought through the local association's site",
    FindingCode.COMPENSATED: "paid for; only unpaid work counts",
    FindingCode.UNDOCUMENTED: "none of the documents this kind calls for is at hand",
    FindingCode.SAME_BODY_AGAIN: "the same body as activity {kept}, which counts instead",
    FindingCode.SAME_EVENT_AGAIN: "the same event as activity {kept}, which counts instead",
    FindingCode.SERVED_ANOTHER_TERM: "already used for the renewal of {served}",
    FindingCode.OVER_CAP: "over the yearly cap of {limit} for this sort of activity",
    FindingCode.OVER_HALF: "over the {limit} that may come from outside the network",
}

_REMEDIES = {
    FindingCode.EARNED_BEFORE_WINDOW: "that day counts for the {counts_for} renewal only",
    FindingCode.EARNED_AFTER_WINDOW: "that day counts for the {counts_for} renewal",
    FindingCode.NOT_BOUGHT_THROUGH_ASSOCIATION: "bought there, it can count",
    FindingCode.COMPENSATED: "unpaid, it can count",
}

_NOTICES = {
    NoticeCode.LATER_EDITION: "a later edition is known for this renewal year, {subject}; this one was applied",
    NoticeCode.EDITION_UNDATED: "since when an edition holds is not known, {subject}",
    NoticeCode.FIRST_RENEWAL: "first renewal of {subject}: compare the credits owed with the invoice",
    NoticeCode.COMPLIANCE_ADVISED: "no compliance credit is required, but one is advised",
}


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


def _asked(asked: Asked) -> str:
    parts = [f"{asked.total} {_noun(asked.total)}", f"{asked.in_network} of them in network"]
    if asked.compliance:
        parts.append(f"{asked.compliance} on compliance")
    return listed(parts, "and")


def _because_of(assessment: Assessment) -> str:
    set_by = [designation for check in assessment.checks for designation in check.set_by]
    return f" (because of {listed(set_by, 'and')})" if set_by else ""


def _decision_lines(number: str, decision: Decision) -> Iterator[str]:
    counted = f"{decision.credited} of {decision.claimed} {_noun(decision.claimed)}"
    yield f"  {number}{decision.title}: {decision.outcome}, {counted} ({_SIDES[decision.side]})"
    for finding in decision.findings:
        taken = f"-{finding.credits} " if finding.credits else ""
        cure = remedy(finding)
        yield f"     {taken}{finding_sentence(finding)}{f'; {cure}' if cure else ''} ({finding.clause})"


def _screening_lines(screening: Screening) -> Iterator[str]:
    decision = screening.decision
    what = f"{decision.title!r} ({decision.kind.label})"
    amount = decision.credited if screening.counts else decision.claimed
    limit = f", within {screening.limit} a year" if screening.limit is not None else ""
    worth = f"{amount} {_noun(amount)} {_SIDES[decision.side]}{limit} ({screening.clause})"
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
        yield f"  calls for {_documents(screening.documents)}"
    yield f"  rules: {screening.rulebook}"


def _documents(kinds: Sequence[DocumentKind]) -> str:
    return listed([kind.label for kind in kinds], "or")


def _noun(amount: Credits) -> str:
    if amount == 1:
        return "credit"
    return "of credit" if str(amount).endswith("min") else "credits"
