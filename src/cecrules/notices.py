"""Points out what stands beside the figures: a later edition, a first renewal, an advised compliance credit."""

from __future__ import annotations

from collections.abc import Iterator

from .assessments import Asked, Notice, NoticeCode
from .errors import UnknownName
from .rulebook.editions import edition, editions
from .rulebook.rulebook import Rulebook
from .rules.compliance import compliance_advised, compliance_required
from .rules.requirement import Owed, owed
from .submissions import Submission

__all__ = ["notices"]


def notices(submission: Submission, asked: Owed, compliance: int, rulebook: Rulebook) -> tuple[Notice, ...]:
    """Returns what a reader should know beside the figures.

    Args:
        submission: What was decided on.
        asked: What the rulebook asks of its holder.
        compliance: The minutes credited that address compliance.
        rulebook: The rules that were applied.
    """
    return tuple(_notices(submission, asked, compliance, rulebook))


def _notices(submission: Submission, asked: Owed, compliance: int, book: Rulebook) -> Iterator[Notice]:
    later = _later(submission.renewal_year, book)
    if later:
        yield Notice(
            code=NoticeCode.LATER_EDITION,
            clause=book.window.clause,
            subject=later,
            here=_asked(asked, book),
            there=_there(submission, later),
        )
    latest = edition(later) if later in editions() else book
    if not latest.governs.is_dated:
        subject = f"{latest.id}: {latest.governs.note}"
        yield Notice(code=NoticeCode.EDITION_UNDATED, clause=book.window.clause, subject=subject)
    if submission.first_renewal_of:
        first = ", ".join(submission.first_renewal_of)
        yield Notice(code=NoticeCode.FIRST_RENEWAL, clause=book.total.invoice, subject=first)
    if book.compliance is not None and compliance < compliance_advised(asked.required, book):
        yield Notice(code=NoticeCode.COMPLIANCE_ADVISED, clause=book.compliance.clause)


def _later(renewal_year: int, book: Rulebook) -> str:
    """Returns the id of the edition that has taken the place of a rulebook by a year; empty where none has."""
    later, governs = "", book.governs
    seen = {book.id}
    while governs.is_past(renewal_year) and governs.followed_by not in seen | {""}:
        later = governs.followed_by
        seen.add(later)
        if later not in editions():
            break
        governs = edition(later).governs
    return later


def _there(submission: Submission, later: str) -> Asked | None:
    try:
        book = edition(later)
        return _asked(owed(submission.designations, book), book)
    except UnknownName:
        return None


def _asked(asked: Owed, book: Rulebook) -> Asked:
    return Asked(
        total=book.credits(asked.required),
        in_network=book.credits(asked.in_network),
        compliance=book.credits(compliance_required(asked.required, book)),
    )
