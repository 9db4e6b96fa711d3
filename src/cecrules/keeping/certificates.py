"""Certifies an answer, for a verifier that shares no code with this library (`verifier.py` in this folder)."""

from __future__ import annotations

from pathlib import Path

from ..assessments import Assessment, CheckRule, Decision, LimitRule
from ..evaluation import evaluate
from ..records.certificates import Certificate, CertifiedLimit, CertifiedTerm, CertifiedUse, Measures
from ..rulebook.editions import rulebook_given
from ..rulebook.index import index_of, refuse_provisions
from ..rulebook.rulebook import Rulebook
from ..submissions import Submission

__all__ = ["VERIFIER", "certify"]

# The program that checks certificates, which is run as a file.
VERIFIER = Path(__file__).with_name("verifier.py")


def certify(submission: Submission, rulebook: Rulebook | None = None) -> Certificate:
    """Decides a submission as `evaluate` does, and returns the answer with all that proves it.

        >>> import cecrules as cec
        >>> made = cec.certify(cec.Submission(renewal_year=2014, designations=["CAM"], activities=[]))
        >>> made.renewable, made.terms[0].required.total_minutes
        (False, 360)

    Args:
        submission: Everything a holder reports for one renewal year.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.

    Raises:
        UnknownName: As `evaluate`.
        NotStated: As `evaluate`.
        InvalidValue: As `evaluate`; also if the rulebook lets an activity serve one term only, or takes the share in
            network of the credits reported. No limit proves that another choice would not be better then.
        InvalidDocument: More than one such problem; `problems` lists them all.
    """
    book = rulebook_given(rulebook)
    _insist_on_proof(book)
    whole = evaluate(submission, book)
    terms = whole.terms or (whole,)
    return Certificate(
        rulebook=book.id,
        renewal_year=whole.renewal_year,
        designations=whole.designations,
        renewable=whole.renewable,
        terms=tuple(map(_certified, terms)),
        version=whole.version,
    )


def _insist_on_proof(book: Rulebook) -> None:
    found = [] if book.window.shared else ["window.shared = false"]
    found += ["in_network.of = reported"] if index_of(book).share_of_reported is not None else []
    refuse_provisions(found, book, "no limit proves such an answer; keep a receipt")


def _certified(term: Assessment) -> CertifiedTerm:
    required = {check.rule: check.required.minutes for check in term.checks}
    return CertifiedTerm(
        designations=term.designations,
        window=term.window,
        required=Measures(
            total_minutes=required[CheckRule.TOTAL],
            in_network_minutes=required[CheckRule.IN_NETWORK],
            compliance_minutes=required.get(CheckRule.COMPLIANCE, 0),
        ),
        credited=Measures(
            total_minutes=term.credited.minutes,
            in_network_minutes=term.in_network.minutes,
            compliance_minutes=term.compliance.minutes,
        ),
        renewable=term.renewable,
        activities=tuple(map(_use, term.decisions)),
        binding=tuple(
            CertifiedLimit(
                limit=f"caps.{limit.name}" if limit.rule is LimitRule.CAP else "out_of_network",
                minutes=limit.limit.minutes,
            )
            for limit in term.binding
            if limit.binds
        ),
    )


def _use(decision: Decision) -> CertifiedUse:
    kept = [finding.kept for finding in decision.findings if finding.kept is not None]
    return CertifiedUse(
        claimed_minutes=decision.claimed.minutes,
        credited_minutes=decision.credited.minutes,
        refused=tuple(sorted(finding.code for finding in decision.findings if not finding.code.reduces)),
        duplicate_of=kept[0] if kept else None,
    )
