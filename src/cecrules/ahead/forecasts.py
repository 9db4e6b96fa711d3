"""Outlook, the answer to whether a renewal can still be completed, and the values in it."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import attrs

from ..assessments import Shortfall
from ..designations import Designation
from ..displaying import displayed, renewal_of
from ..documents import DocumentKind
from ..rules.window import Window

__all__ = ["Need", "Outlook", "OutlookLimit", "OutlookState", "Statement"]


class OutlookState(StrEnum):
    """The state of a renewal before its deadline, from the best to the worst."""

    MET = "met"  #: It is renewable, even if everything that is not stated turns out badly.
    EVIDENCE = "evidence"  #: Documents or statements alone complete it; no more time is needed.
    OPEN = "open"  #: More activities are needed, and there is enough time left for them.
    CLOSED = "closed"  #: It can no longer be completed.


class OutlookLimit(StrEnum):
    """The limit that closes an outlook."""

    WINDOW = "window"  #: The last day that counts has passed.
    HOURS = "hours"  #: Some days are left, but fewer hours than are needed.
    CAPS = "caps"  #: No more activities can add the credits that are short, whatever time there is.


class Statement(StrEnum):
    """A statement of an activity that may be missing, which is None; the members are the names of the fields."""

    _value_: str
    best: bool

    def __new__(cls, field: str, best: bool) -> Statement:
        member = str.__new__(cls, field)
        member._value_ = field
        member.best = best
        return member

    ADDRESSES_COMPLIANCE = "addresses_compliance", True  #: Whether the program addresses compliance.
    COMPENSATED = "compensated", False  #: Whether the holder was paid for it.
    #: Whether a vendor's course was bought through the local association's site.
    BOUGHT_THROUGH_ASSOCIATION = "bought_through_association", True


@attrs.frozen(weakref_slot=False, kw_only=True)
class Need:
    """A document or a statement that an activity still needs.

    Attributes:
        activity: The position of the activity in the submission, from 0.
        title: The title of the activity.
        wanted: The alternative documents, any one of them will do; empty if a statement is needed.
        statement: The statement; None if a document is needed.
        value: For a statement, the value with which the activity counts for the most.
    """

    activity: int
    title: str
    wanted: tuple[DocumentKind, ...] = ()
    statement: Statement | None = None
    value: bool | None = None


@displayed
@attrs.frozen(weakref_slot=False, kw_only=True)
class Outlook:
    """The answer on one day to whether a renewal can still be completed.

    Attributes:
        rulebook: The id of the rulebook.
        renewal_year: The renewal year.
        designations: The designations held, by the rulebook's own codes.
        window: The days whose credits count.
        as_of: The day of the answer, which can still be used.
        minutes_a_day: The minutes of a day that can be used.
        state: The state.
        short: The credits short as `evaluate` decides, with every plan carried out and documented.
        short_with_paper: The credits short if every document is there and every missing statement turns out well.
        days_left: The days of the window from `as_of` on, both ends included; 1 on the last day and 0 after it.
            0 too if no designation held has a term, since then there is no last day.
        minutes_left: The minutes on those days that can be used, without those that plans use up. If terms take
            activities from one another, without those that terms that end earlier need on the first days.
        minutes_needed: The fewest minutes in which more activities can complete the renewal; 0 if none are needed,
            None if no activities can.
        last_start: If the state is `open`, the latest day on which to begin. If terms take activities from one another,
            it leaves enough time for those that end later.
        limit: If the state is `closed`, the limit that closes it.
        clause: If the state is `closed`, the id of the clause that the limit rests on; empty otherwise. If several caps
            together close it, it is the clause of the credits required.
        needs: The documents and statements that bring the shortfall down to `short_with_paper`; empty if the state is
            `met` or `closed`.
        needs_are_fewest: True if no smaller set of needs would do. False if there are too many candidates to say so;
            none of the needs can be left out then.
        plans: The positions, from 0, of the activities after `as_of` that are not rejected; the answer rests on them.
        terms: One outlook for each designation, if each has its own term; everything above is then that of the one
            furthest from its renewal. Empty otherwise.
    """

    rulebook: str
    renewal_year: int
    designations: tuple[Designation, ...]
    window: Window
    as_of: date
    minutes_a_day: int
    state: OutlookState
    short: Shortfall
    short_with_paper: Shortfall
    days_left: int
    minutes_left: int
    minutes_needed: int | None = None
    last_start: date | None = None
    limit: OutlookLimit | None = None
    clause: str = ""
    needs: tuple[Need, ...] = ()
    needs_are_fewest: bool = True
    plans: tuple[int, ...] = ()
    terms: tuple[Outlook, ...] = ()

    def __repr__(self) -> str:
        return f"<Outlook of {renewal_of(self)} on {self.as_of}: {self.state}>"
