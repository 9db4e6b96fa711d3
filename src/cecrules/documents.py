"""DocumentKind, the kinds of document that the sources list as evidence (clauses `evidence.*`)."""

from __future__ import annotations

from enum import StrEnum

__all__ = ["DocumentKind"]


class DocumentKind(StrEnum):
    """A kind of document; `label` names it in words."""

    _value_: str
    label: str

    def __new__(cls, code: str, label: str) -> DocumentKind:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        return member

    CERTIFICATE_OF_COMPLETION = "certificate_of_completion", "a certificate of completion"
    TRANSCRIPT = "transcript", "a transcript"
    EXAM_RESULTS = "exam_results", "exam results"
    PAYMENT_RECEIPT = "payment_receipt", "a receipt or confirmation of payment"
    SIGNED_REPORTING_FORM = "signed_reporting_form", "a reporting form signed by affiliate staff"
    MEMBER_LISTING = "member_listing", "a directory or newsletter page that lists the members"
    APPOINTMENT_LETTER = "appointment_letter", "a letter that confirms the appointment"
    COURSE_PROMOTION = "course_promotion", "a promotional piece with description, instructor and contact hours"
    INSTRUCTION_LETTER = "instruction_letter", "a letter that confirms the instruction"
    PUBLISHED_ARTICLE = "published_article", "the published article"
