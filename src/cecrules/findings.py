"""Finding, one reason why credits of an activity do not count, with its clause."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import attrs

from .credits import Credits
from .designations import Designation
from .documents import DocumentKind
from .making import maker

__all__ = ["Finding", "FindingCode"]


class FindingCode(StrEnum):
    """Why credits of an activity do not count."""

    EARNED_BEFORE_WINDOW = "earned_before_window"  #: It was earned before the first day that counts.
    EARNED_AFTER_WINDOW = "earned_after_window"  #: It was earned after the last day that counts.
    KIND_NOT_ACCEPTED = "kind_not_accepted"  #: Its kind is not accepted.
    #: It is a vendor's course that was not bought through the local association's site.
    NOT_BOUGHT_THROUGH_ASSOCIATION = "not_bought_through_association"
    COMPENSATED = "compensated"  #: It was paid for, and its kind counts only if unpaid.
    UNDOCUMENTED = "undocumented"  #: None of the documents its kind calls for is at hand.
    SAME_BODY_AGAIN = "same_body_again"  #: It is a duplicate; the same board or committee is credited once.
    SAME_EVENT_AGAIN = "same_event_again"  #: It is a duplicate; the same event is credited once.
    SERVED_ANOTHER_TERM = "served_another_term"  #: The term of another designation already uses it.
    OVER_CAP = "over_cap"  #: The yearly cap on its kind takes credits away.
    OVER_HALF = "over_half"  #: The limit on credits from outside the network takes credits away.

    @property
    def reduces(self) -> bool:
        """True if the activity itself is in order and only a limit takes credits away."""
        return self is FindingCode.OVER_CAP or self is FindingCode.OVER_HALF


@attrs.frozen(weakref_slot=False, kw_only=True)
class Finding:
    """One reason why credits of an activity do not count, under one clause.

    Attributes:
        code: The reason.
        clause: The id of the clause it rests on.
        credits: The credits it took away. If several reasons reject an activity, the first takes them all.
        earned_on: For a date outside the window, that date.
        counts_for: For a date outside the window, the renewal year that day counts for; None if a rulebook does
            not tie its windows to renewal years.
        wanted: For missing documents, the alternatives; any one of them would do.
        limit: For a cap or the out-of-network share, the most credits that count.
        kept: For a duplicate, the position (from 0) of the activity that counts instead.
        served: For an activity credited to another term, the designation that it renews.
        beside: The other reasons that have to be undone as well before its credits count; to undo this one alone then
            gives nothing back. Empty if there are none.
    """

    code: FindingCode
    clause: str
    credits: Credits
    earned_on: date | None = None
    counts_for: int | None = None
    wanted: tuple[DocumentKind, ...] = ()
    limit: Credits | None = None
    kept: int | None = None
    served: Designation | None = None
    beside: tuple[FindingCode, ...] = ()

    def taking(self, amount: Credits, beside: tuple[FindingCode, ...] = ()) -> Finding:
        """Returns the same reason with the credits it took away, and the reasons to undo beside it."""
        return _made(
            self.code,
            self.clause,
            amount,
            self.earned_on,
            self.counts_for,
            self.wanted,
            self.limit,
            self.kept,
            self.served,
            beside,
        )


_made = maker(Finding)
