"""Says in words what was decided; contains no rule.

Every sentence is made from a finding, a check or a notice alone, so that text and decision cannot disagree.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..assessments import Assessment, Check, CheckRule, Notice, NoticeCode, Shortfall
from ..credits import Credits
from ..documents import DocumentKind
from ..findings import Finding, FindingCode
from ..rulebook.provisions import Side, Strength
from ..rules.requirement import Requirement

__all__ = [
    "check_sentence",
    "documents_in_words",
    "finding_sentence",
    "listed",
    "notice_sentence",
    "noun",
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
        return "Renewable", what, f"{counted} {noun(counted)} counted, {owed} owed."
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
        parts.append(f"{more} more {noun(more)}")
        if short.in_network:
            parts.append(f"at least {short.in_network} of them in network")
    if short.compliance:
        parts.append(f"{short.compliance} on compliance" if short.total else f"{short.compliance} more on compliance")
    return ", ".join(parts) or "nothing"


def check_sentence(check: Check) -> str:
    """Says what a check asks for and what was found."""
    if check.rule is CheckRule.TOTAL:
        by = f", the most any designation held asks for ({listed(check.set_by, 'and')})" if check.set_by else ""
        asked = f"{check.required} {noun(check.required)} {check.strength} be reported in one submission{by}"
    elif check.rule is CheckRule.IN_NETWORK:
        asked = f"at least {check.required} {noun(check.required)} {check.strength} be in network"
    else:
        asked = f"{check.required} {noun(check.required)} {check.strength} address compliance"
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
        return f"add {documents_in_words(finding.wanted)}"
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
    return f"{sentence}; it asks for {_required(notice.there)}, not {_required(notice.here)}"


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


def _required(asked: Requirement) -> str:
    parts = [f"{asked.total} {noun(asked.total)}", f"{asked.in_network} of them in network"]
    if asked.compliance:
        parts.append(f"{asked.compliance} on compliance")
    return listed(parts, "and")


def noun(amount: Credits) -> str:
    """Returns the word that goes with an amount."""
    if amount == 1:
        return "credit"
    return "of credit" if str(amount).endswith("min") else "credits"


def documents_in_words(kinds: Sequence[DocumentKind]) -> str:
    """Names documents of which any one will do."""
    return listed([kind.label for kind in kinds], "or")
