"""Assessment, the decision on one submission as a whole value, in which every conclusion names its clause."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import attrs

from .activities import ActivityKind
from .credits import Credits, credits_of
from .designations import Designation
from .displaying import displayed, renewal_of
from .documents import DocumentKind
from .findings import Finding
from .rulebook.provisions import Side, Strength
from .rules.requirement import Requirement
from .rules.window import Window
from .version import __version__

__all__ = [
    "Assessment",
    "Check",
    "CheckRule",
    "Decision",
    "Figures",
    "Limit",
    "LimitRule",
    "Notice",
    "NoticeCode",
    "Outcome",
    "Screening",
    "Shortfall",
]


class Outcome(StrEnum):
    """The outcome of an activity; a reason rejects it, a limit reduces it, otherwise every claimed credit counts."""

    ACCEPTED = "accepted"  #: Every credit claimed is credited.
    REDUCED = "reduced"  #: A limit takes some or all of its credits away.
    REJECTED = "rejected"  #: None of its credits count.


class CheckRule(StrEnum):
    """The conditions that a renewal has to meet, in the order of the checks."""

    TOTAL = "total"  #: Enough credits in all, in one submission.
    IN_NETWORK = "in_network"  #: Enough of them from the network.
    COMPLIANCE = "compliance"  #: Enough of them on compliance.


class LimitRule(StrEnum):
    """The limits that several activities share."""

    CAP = "cap"  #: The yearly cap on a group of kinds.
    OUTSIDE = "outside"  #: The most that may come from outside the network, which is the rest of the credits required.
    #: The most that may come from outside the network by a share of the credits reported, which leaves out whole
    #: activities.
    REPORTED = "reported"


class NoticeCode(StrEnum):
    """The codes of the notices that an assessment gives beside its figures."""

    LATER_EDITION = "later_edition"  #: A later edition is known for the renewal year.
    EARLIER_YEAR = "earlier_year"  #: The renewal year is before the years that the edition governs.
    EDITION_UNDATED = "edition_undated"  #: It is not known when the edition took effect.
    #: A designation is renewed for the first time, and the invoice may state another amount.
    FIRST_RENEWAL = "first_renewal"
    COMPLIANCE_ADVISED = "compliance_advised"  #: The rulebook advises a compliance credit, and none is credited.
    ALIKE_ENTRIES = "alike_entries"  #: Two activities are alike in every field and both count.
    LONG_DAY = "long_day"  #: One day has more than 24 hours; minutes may have been entered as hours.


@displayed
@attrs.frozen(weakref_slot=False, kw_only=True)
class Decision:
    """The decision on one activity, in which the credits claimed are credited or taken away by findings.

    Attributes:
        id: The caller's own id for the activity; may be None.
        title: The title of the activity.
        kind: The kind of the activity.
        provider: The organization that offered it; may be empty.
        earned_on: The day it was earned.
        documents: The kinds of document at hand.
        side: The side its kind counts on.
        claimed: The credits it would be worth alone.
        credited: The credits that count after every limit.
        findings: Every reason why the rest does not count.
    """

    id: str | None
    title: str
    kind: ActivityKind
    provider: str
    earned_on: date
    documents: frozenset[DocumentKind]
    side: Side
    claimed: Credits
    credited: Credits
    findings: tuple[Finding, ...] = ()

    def __repr__(self) -> str:
        return f"<Decision {self.title!r}: {self.outcome}, {self.credited} of {self.claimed} credits>"

    @property
    def outcome(self) -> Outcome:
        """The outcome, which follows from the findings."""
        if not self.findings:
            return Outcome.ACCEPTED
        return Outcome.REDUCED if all(finding.code.reduces for finding in self.findings) else Outcome.REJECTED


@attrs.frozen(weakref_slot=False, kw_only=True)
class Check:
    """One condition of the renewal.

    Attributes:
        rule: The condition.
        required: The credits required.
        found: The credits credited toward it.
        strength: The source's own verb.
        clause: The id of the clause it rests on.
        set_by: For the total, the designations held that have the largest requirement.
    """

    rule: CheckRule
    required: Credits
    found: Credits
    strength: Strength
    clause: str
    set_by: tuple[Designation, ...] = ()

    @property
    def met(self) -> bool:
        """True if at least the required credits are credited."""
        return not self.found < self.required


@displayed
@attrs.frozen(weakref_slot=False, kw_only=True)
class Shortfall:
    """The credits that are short in each measure; one credit may serve all three.

    Attributes:
        total: The credits short in total.
        in_network: The credits short from the network.
        compliance: The credits short on compliance.
    """

    total: Credits
    in_network: Credits
    compliance: Credits

    def __bool__(self) -> bool:
        return bool(self.total or self.in_network or self.compliance)


@attrs.frozen(weakref_slot=False, kw_only=True)
class Limit:
    """One limit that several activities share, and how far the credits under it are from it.

    Attributes:
        rule: The sort of limit.
        name: For a cap, its name in the rulebook; empty otherwise.
        clause: The id of the clause it rests on.
        limit: The most credits that count.
        credited: The credits that count under it.
        binds: Whether it binds. A cap and the out-of-network share bind if they are reached, so that no more credits
            would count. A share of the credits reported binds if it is reached or leaves an activity out.
    """

    rule: LimitRule
    name: str
    clause: str
    limit: Credits
    credited: Credits
    binds: bool

    @property
    def left(self) -> Credits:
        """The credits that still fit under it."""
        return credits_of(self.limit.minutes - self.credited.minutes, self.limit.minutes_a_credit)


@attrs.frozen(weakref_slot=False, kw_only=True)
class Notice:
    """A fact beside the figures that the reader should know.

    Attributes:
        code: The code of the fact.
        clause: The id of the clause it rests on.
        subject: The id of an edition, designations by code, the numbers of activities (from 1), a day, or a text on
            an unknown fact; may be empty.
        here: For a later edition, the requirement under this rulebook.
        there: For a later edition, the requirement under that edition; None if it does not state one.
    """

    code: NoticeCode
    clause: str
    subject: str = ""
    here: Requirement | None = None
    there: Requirement | None = None


@displayed
@attrs.frozen(weakref_slot=False, kw_only=True)
class Screening:
    """The answer for one activity alone.

    Attributes:
        rulebook: The id of the rulebook.
        renewal_year: The renewal it was screened for.
        decision: The decision, as for a submission of this activity alone whose out-of-network share has room for it.
        documents: The documents its kind calls for; any one of them will do. Empty if it calls for none.
        limit: The yearly cap on its kind, alone or with other kinds; None if there is no cap.
        clause: The id of the clause that lists its kind.
    """

    rulebook: str
    renewal_year: int
    decision: Decision
    documents: tuple[DocumentKind, ...]
    limit: Credits | None
    clause: str

    def __repr__(self) -> str:
        return f"<Screening of {self.decision!r} for {self.renewal_year} under {self.rulebook}>"

    @property
    def counts(self) -> bool:
        """True if the activity counts as it is, at least in part."""
        return self.decision.outcome is not Outcome.REJECTED


@attrs.frozen(weakref_slot=False, kw_only=True)
class Figures:
    """The sums of an assessment without its reasons, for loops over many members.

    Attributes:
        required: The credits required, by the largest requirement held.
        credited: The credits that count after every limit; may exceed `required`.
        in_network: The credits from the network.
        out_of_network: The credits from the other sources.
        compliance: The credits that address compliance, from either side.
        shortfall: The credits that are short.
    """

    required: Credits
    credited: Credits
    in_network: Credits
    out_of_network: Credits
    compliance: Credits
    shortfall: Shortfall

    @property
    def renewable(self) -> bool:
        """True if no credits are short."""
        return not self.shortfall


@displayed
@attrs.frozen(weakref_slot=False, kw_only=True)
class Assessment:
    """The decision on one submission under one rulebook.

    Attributes:
        rulebook: The id of the rulebook.
        edition: The rulebook's title.
        renewal_year: The renewal year.
        designations: The designations held, by the rulebook's own codes.
        window: The days whose credits count.
        required: The credits required, by the largest requirement held.
        credited: The credits that count after every limit; may exceed `required`.
        in_network: The credits from the network.
        out_of_network: The credits from the other sources.
        compliance: The credits that address compliance, from either side.
        shortfall: The credits that are short.
        checks: The checks, in the order total, in network, compliance.
        decisions: One decision for each activity, in the order reported.
        holder: The caller's own name for the holder, as in the submission; may be None.
        notices: Other facts the reader should know.
        binding: Every limit that several activities share, whether it binds and how far it is from that. Empty if it
            was read from a form without it.
        terms: One assessment for each designation, if each has its own term; everything above is then that of the
            one furthest from its renewal. Empty otherwise.
        version: The version of the library that decided.
    """

    rulebook: str
    edition: str
    renewal_year: int
    designations: tuple[Designation, ...]
    window: Window
    required: Credits
    credited: Credits
    in_network: Credits
    out_of_network: Credits
    compliance: Credits
    shortfall: Shortfall
    checks: tuple[Check, ...]
    decisions: tuple[Decision, ...]
    holder: str | None = None
    notices: tuple[Notice, ...] = ()
    binding: tuple[Limit, ...] = ()
    terms: tuple[Assessment, ...] = ()
    version: str = __version__

    def __repr__(self) -> str:
        state = "renewable" if self.renewable else "not renewable"
        return f"<Assessment of {renewal_of(self)}: {state}, {self.credited} credited, {self.required} required>"

    @property
    def renewable(self) -> bool:
        """True if no credits are short, so that every check is met."""
        return not self.shortfall
