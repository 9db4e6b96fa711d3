"""Makes the sentence on each finding, check, notice and shortfall; contains no rule.

Every sentence is made from that value alone, so that text and decision cannot disagree.
"""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ..assessments import Assessment, Check, CheckRule, Notice, NoticeCode, Shortfall
from ..credits import Credits
from ..documents import DocumentKind
from ..findings import Finding, FindingCode
from ..rulebook.provisions import Condition, SameField, Side, Strength
from ..rules.requirement import Requirement

__all__ = [
    "STANDING",
    "amount_in_words",
    "check_sentence",
    "condition_words",
    "documents_in_words",
    "field_words",
    "finding_sentence",
    "listed",
    "notice_sentence",
    "remedy",
    "required_in_words",
    "shortfall_sentence",
    "side_words",
    "term_sentence",
    "under_verdict",
    "verdict",
    "verdict_parts",
]

# The notices on the edition itself, which are shown directly under the verdict.
STANDING = (NoticeCode.LATER_EDITION, NoticeCode.EARLIER_YEAR, NoticeCode.EDITION_UNDATED)


def verdict(assessment: Assessment) -> str:
    """Says in one line whether the submission renews, under which edition, and how much is short."""
    state, held, figures = verdict_parts(assessment)
    return f"{state}: {held}. {figures}"


def verdict_parts(assessment: Assessment) -> tuple[str, str, str]:
    """Returns the verdict in three parts, which are the state, the designations and edition, and the amounts."""
    designations = listed([designation.value for designation in assessment.designations], "and")
    held = f"{designations} for {assessment.renewal_year} under {assessment.rulebook}"
    if assessment.renewable:
        return "Renewable", held, f"{assessment.credited} credited, {assessment.required} required."
    unmet = [check for check in assessment.checks if not check.met]
    if all(check.strength is Strength.SHOULD for check in unmet):
        names = listed([f"the {_CHECK_NAMES[check.rule]}" for check in unmet], "and")
        return "Not renewable", held, f"Short only of {names}, which the page says should be reported."
    return "Not renewable", held, f"Short: {shortfall_sentence(assessment.shortfall)}."


def under_verdict(assessment: Assessment) -> list[str]:
    """Returns the sentences under the verdict, on the edition and on activities that lack only a document."""
    said = [notice_sentence(notice) for notice in assessment.notices if notice.code in STANDING]
    lacking = [
        str(number)
        for number, decision in enumerate(assessment.decisions, 1)
        if {finding.code for finding in decision.findings} == {FindingCode.UNDOCUMENTED}
    ]
    if lacking and not assessment.renewable:
        lack = "activities {} lack" if len(lacking) > 1 else "activity {} lacks"
        said.append(f"{lack.format(listed(lacking, 'and'))} only a document")
    return said


def required_in_words(assessment: Assessment) -> str:
    """Returns the credits required, and the designations that set them if more than one is held."""
    set_by = [designation for check in assessment.checks for designation in check.set_by]
    if not set_by or len(assessment.designations) == 1:
        return str(assessment.required)
    have = "has" if len(set_by) == 1 else "have"
    return f"{assessment.required} ({listed(set_by, 'and')} {have} the largest requirement)"


def shortfall_sentence(short: Shortfall) -> str:
    """Lists the credits that are short, such as `1.5 credits, at least 1.5 in network, 1 on compliance`."""
    parts: list[str] = []
    if short.total:
        # Compliance credits are part of the total: where more of them are short, that many more are needed in all.
        parts.append(amount_in_words(max(short.total, short.compliance)))
        if short.in_network:
            parts.append(f"at least {short.in_network} in network")
        if short.compliance:
            parts.append(f"{short.compliance} on compliance")
    elif short.compliance:
        parts.append(f"{amount_in_words(short.compliance)} on compliance")
    return ", ".join(parts) or "nothing"


def check_sentence(check: Check) -> str:
    """Says how much a check requires and how much was credited toward it."""
    required, found = check.required, check.found
    says = _required_by(check.rule, check.strength, required.minutes, required.minutes_a_credit)
    return f"{says}; {found!s} credited"


# It holds sentences about requirements only, and there are few of those.
@functools.lru_cache(maxsize=256)
def _required_by(rule: CheckRule, strength: Strength, minutes: int, minutes_a_credit: int) -> str:
    required = _in_words(minutes, minutes_a_credit)
    if rule is CheckRule.TOTAL:
        return f"{required} {strength} be reported, all in one submission"
    if rule is CheckRule.IN_NETWORK:
        return f"at least {required} {strength} be in network"
    return f"{required} {strength} address compliance"


def finding_sentence(finding: Finding) -> str:
    """Says why credits of an activity do not count, and what else it needs to count."""
    says = _FINDINGS[finding.code].format(
        earned_on=finding.earned_on,
        limit=None if finding.limit is None else amount_in_words(finding.limit),
        kept=None if finding.kept is None else finding.kept + 1,
        served=finding.served,
    )
    return (
        f"{says} (it also needs {listed([_NEEDED[code] for code in finding.beside], 'and')})"
        if finding.beside
        else says
    )


def remedy(finding: Finding) -> str:
    """Says what would make the credits count, or which renewal they count for; empty if nothing would."""
    if finding.code is FindingCode.UNDOCUMENTED:
        return f"add {documents_in_words(finding.wanted)}"
    if finding.counts_for is None and finding.earned_on is not None:
        return ""
    return _REMEDIES.get(finding.code, "").format(counts_for=finding.counts_for)


def notice_sentence(notice: Notice) -> str:
    """Says what a notice points out."""
    sentence = _NOTICES[notice.code].format(subject=notice.subject)
    if notice.code is NoticeCode.EARLIER_YEAR and notice.subject:
        return f"{sentence}; {notice.subject} governs it"
    if notice.here is None or notice.there is None:
        return sentence
    if _amounts(notice.here) == _amounts(notice.there):
        return f"{sentence}, and requires the same credits"
    return f"{sentence}, and requires {_required(notice.there)}, not {_required(notice.here)}"


def term_sentence(term: Assessment) -> str:
    """Says how far one designation is from its renewal, by its own term."""
    held = listed([designation.value for designation in term.designations], "and")
    state = "renewable" if term.renewable else f"short {shortfall_sentence(term.shortfall)}"
    return f"{held}: {term.window.first} to {term.window.last}, {term.credited} of {term.required} credited, {state}"


def side_words(side: Side) -> str:
    """Names a side."""
    return _SIDES[side]


def condition_words(condition: Condition) -> str:
    """Names the condition on which a kind is accepted."""
    return _CONDITIONS[condition]


def field_words(field: SameField) -> str:
    """Names a field that is the same in duplicates."""
    return _FIELDS[field]


def documents_in_words(kinds: Sequence[DocumentKind]) -> str:
    """Names alternative documents; any one of them will do."""
    return listed([kind.label for kind in kinds], "or")


def amount_in_words(amount: Credits) -> str:
    """Returns an amount with the word that goes with it, such as `1 credit`, `1.5 credits` or `50 min of credit`."""
    return _in_words(amount.minutes, amount.minutes_a_credit)


@functools.lru_cache(maxsize=4096)
def _in_words(minutes: int, minutes_a_credit: int) -> str:
    if minutes == minutes_a_credit:
        return "1 credit"
    text = str(Credits(minutes=minutes, minutes_a_credit=minutes_a_credit))
    return f"{text} of credit" if text.endswith("min") else f"{text} credits"


def listed(names: Sequence[str], word: str) -> str:
    """Joins names as people write them: `a`, `a and b`, `a, b and c`."""
    *most, last = names
    return f"{', '.join(most)} {word} {last}" if most else str(last)


def _amounts(required: Requirement) -> tuple[Credits, Credits, Credits]:
    return required.total, required.in_network, required.compliance


def _required(required: Requirement) -> str:
    parts = [f"{required.in_network} in network"]
    if required.compliance:
        parts.append(f"{required.compliance} on compliance")
    return f"{amount_in_words(required.total)} with {listed(parts, 'and')}"


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

_CONDITIONS = {
    Condition.BOUGHT_THROUGH_ASSOCIATION: "if bought through the association",
    Condition.UNCOMPENSATED: "if unpaid",
}

_FIELDS = {
    SameField.PROVIDER: "provider",
    SameField.TITLE: "title",
    SameField.EARNED_ON: "date",
    SameField.MINUTES: "length",
}

_FINDINGS = {
    FindingCode.EARNED_BEFORE_WINDOW: "earned on {earned_on}, too early for this renewal",
    FindingCode.EARNED_AFTER_WINDOW: "earned on {earned_on}, too late for this renewal",
    FindingCode.KIND_NOT_ACCEPTED: "this kind of activity is not accepted",
    FindingCode.NOT_BOUGHT_THROUGH_ASSOCIATION: "not said to be bought through the local association's site",
    FindingCode.COMPENSATED: "paid work; only unpaid work counts",
    FindingCode.UNDOCUMENTED: "none of the documents this kind calls for is at hand",
    FindingCode.SAME_BODY_AGAIN: "a duplicate: the same body as activity {kept}, which counts instead",
    FindingCode.SAME_EVENT_AGAIN: "a duplicate: the same event as activity {kept}, which counts instead",
    FindingCode.SERVED_ANOTHER_TERM: "already credited to the renewal of {served}",
    FindingCode.OVER_CAP: "over the yearly cap of {limit} for this kind of activity",
    FindingCode.OVER_HALF: "over the {limit} that may come from outside the network",
}

# What an activity needs where it has the reason beside another.
_NEEDED = {
    FindingCode.EARNED_BEFORE_WINDOW: "a day in the window",
    FindingCode.EARNED_AFTER_WINDOW: "a day in the window",
    FindingCode.KIND_NOT_ACCEPTED: "an accepted kind",
    FindingCode.NOT_BOUGHT_THROUGH_ASSOCIATION: "a purchase through the association",
    FindingCode.COMPENSATED: "to be unpaid",
    FindingCode.UNDOCUMENTED: "a document",
    FindingCode.SAME_BODY_AGAIN: "another body",
    FindingCode.SAME_EVENT_AGAIN: "another event",
    FindingCode.SERVED_ANOTHER_TERM: "to serve no other term",
    FindingCode.OVER_CAP: "room under the cap",
    FindingCode.OVER_HALF: "room for credits from outside the network",
}

_REMEDIES = {
    FindingCode.EARNED_BEFORE_WINDOW: "that day counts for the {counts_for} renewal only",
    FindingCode.EARNED_AFTER_WINDOW: "that day counts for the {counts_for} renewal",
    FindingCode.NOT_BOUGHT_THROUGH_ASSOCIATION: "it can count if it was bought there",
    FindingCode.COMPENSATED: "it can count if unpaid",
}

_NOTICES = {
    NoticeCode.LATER_EDITION: "a later edition, {subject}, is known for this renewal year",
    NoticeCode.EARLIER_YEAR: "this renewal year is before the years this edition governs",
    NoticeCode.EDITION_UNDATED: "it is not known when this edition took effect ({subject})",
    NoticeCode.FIRST_RENEWAL: "first renewal of {subject}: compare the credits required with the invoice",
    NoticeCode.COMPLIANCE_ADVISED: "no compliance credit is required, but one is advised",
    NoticeCode.ALIKE_ENTRIES: "activities {subject} are alike in every field; all of them count",
    NoticeCode.LONG_DAY: (
        "more than 24 hours on {subject}; check that minutes were not entered as hours, unless they took several days"
    ),
}
