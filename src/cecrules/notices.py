"""Points out what stands beside the figures: a later edition, a first renewal, an advised compliance credit."""

from __future__ import annotations

from collections.abc import Iterator

from .assessments import Figures, Notice, NoticeCode
from .errors import NotStated, UnknownName
from .rulebook.editions import edition, editions, successor
from .rulebook.rulebook import Rulebook
from .rules.requirement import Requirement, compliance_advised, requirement_of
from .submissions import Submission

__all__ = ["notices"]


def notices(
    submission: Submission, requirement: Requirement, figures: Figures, rulebook: Rulebook
) -> tuple[Notice, ...]:
    """Returns what a reader should know beside the figures.

    Args:
        submission: What was decided on.
        requirement: What the rulebook requires of its holder.
        figures: What was decided.
        rulebook: The rules that were applied.
    """
    return tuple(_notices(submission, requirement, figures, rulebook))


def _notices(submission: Submission, requirement: Requirement, figures: Figures, book: Rulebook) -> Iterator[Notice]:
    later = successor(book, submission.renewal_year)
    if later:
        yield Notice(
            code=NoticeCode.LATER_EDITION,
            clause=book.window.clause,
            subject=later,
            here=requirement,
            there=_there(submission, later),
        )
    latest = edition(later) if later in editions() else book
    if not latest.governs.is_dated:
        subject = f"{latest.id}: {latest.governs.note}"
        yield Notice(code=NoticeCode.EDITION_UNDATED, clause=book.window.clause, subject=subject)
    if submission.first_renewal_of:
        first = ", ".join(submission.first_renewal_of)
        yield Notice(code=NoticeCode.FIRST_RENEWAL, clause=book.total.invoice, subject=first)
    if book.compliance is not None and figures.compliance < compliance_advised(requirement, book):
        yield Notice(code=NoticeCode.COMPLIANCE_ADVISED, clause=book.compliance.clause)


def _there(submission: Submission, later: str) -> Requirement | None:
    try:
        return requirement_of(submission.designations, edition(later))
    except (UnknownName, NotStated):
        return None
