"""Assessment, what was decided about one submission, as whole values; every conclusion names its clause."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import attrs

from .activities import ActivityKind
from .credits import Credits
from .designations import Designation
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
    "Notice",
    "NoticeCode",
    "Outcome",
    "Screening",
    "Shortfall",
]


class Outcome(StrEnum):
    """The outcome of an activity: every claimed credit counts, a limit reduces them, or none count."""

    ACCEPTED = "accepted"
    REDUCED = "reduced"
    REJECTED = "rejected"


class CheckRule(StrEnum):
    """The conditions a renewal has to meet, in the order they are checked."""

    TOTAL = "total"
    IN_NETWORK = "in_network"
    COMPLIANCE = "compliance"


class NoticeCode(StrEnum):
    """What an assessment points out beside its figures."""

    LATER_EDITION = "later_edition"
    EARLIER_YEAR = "earlier_year"
    EDITION_UNDATED = "edition_undated"
    FIRST_RENEWAL = "first_renewal"
    COMPLIANCE_ADVISED = "compliance_advised"
    ALIKE_ENTRIES = "alike_entries"
    LONG_DAY = "long_day"


@attrs.frozen(kw_only=True)
class Decision:
    """The decision on one activity: claimed = credited + the credits its findings took away.

    Attributes:
        id: The caller's own name for the activity.
        title: Its title.
        kind: Its kind.
        provider: Who offered it; may be empty.
        earned_on: The day it was earned.
        documents: The kinds of document at hand.
        side: The side its kind stands on.
        claimed: The credits it would be worth alone.
        credited: The credits that count.
        findings: Why the rest does not; every reason that applies.
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

    @property
    def outcome(self) -> Outcome:
        """Accepted with every credit, reduced by a limit, or rejected."""
        if not self.findings:
            return Outcome.ACCEPTED
        return Outcome.REDUCED if all(finding.code.reduces for finding in self.findings) else Outcome.REJECTED


@attrs.frozen(kw_only=True)
class Check:
    """One condition of the renewal.

    Attributes:
        rule: Which condition.
        required: The credits required.
        found: The credits credited toward it.
        strength: The source's own verb.
        clause: The id of the clause it rests on.
        set_by: For the total, the designations with the largest requirement held.
    """

    rule: CheckRule
    required: Credits
    found: Credits
    strength: Strength
    clause: str
    set_by: tuple[Designation, ...] = ()

    @property
    def met(self) -> bool:
        """True where at least the required credits were found."""
        return self.found >= self.required


@attrs.frozen(kw_only=True)
class Shortfall:
    """The credits that are short, in each measure; one credit may serve all of them.

    Attributes:
        total: Of the credits required in all.
        in_network: Of those required from the network.
        compliance: Of those required on compliance.
    """

    total: Credits
    in_network: Credits
    compliance: Credits

    def __bool__(self) -> bool:
        return bool(self.total or self.in_network or self.compliance)


@attrs.frozen(kw_only=True)
class Notice:
    """Something beside the figures that the reader should know.

    Attributes:
        code: Which of the things.
        clause: The id of the clause it rests on.
        subject: The id of an edition, designations by code, the numbers of activities (from 1), a day, or a text on
            what is not known; may be empty.
        here: For a later edition, what this rulebook requires of the holder.
        there: For a later edition, what that one requires; None where it does not say.
    """

    code: NoticeCode
    clause: str
    subject: str = ""
    here: Requirement | None = None
    there: Requirement | None = None


@attrs.frozen(kw_only=True)
class Screening:
    """What one activity alone would count for.

    Attributes:
        rulebook: The id of the rulebook.
        renewal_year: The renewal it was screened for.
        decision: The decision, as for a submission of this activity alone whose out-of-network share has room for it.
        documents: The documents its kind calls for, any one of which would do; empty where it is never accepted.
        limit: The yearly cap its kind falls under, alone or with others; None where there is none.
        clause: The id of the clause that lists its kind.
    """

    rulebook: str
    renewal_year: int
    decision: Decision
    documents: tuple[DocumentKind, ...]
    limit: Credits | None
    clause: str

    @property
    def counts(self) -> bool:
        """True where it counts as it stands, if only in part."""
        return self.decision.outcome is not Outcome.REJECTED


@attrs.frozen(kw_only=True)
class Figures:
    """The sums of an assessment without its reasons, for loops over many members.

    Attributes:
        required: The credits required: the largest requirement held.
        credited: The credits that count; may exceed `required`.
        in_network: Those from the network.
        out_of_network: Those from the other sources.
        compliance: Those that address compliance, from either side.
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
        """True where nothing is short."""
        return not self.shortfall


@attrs.frozen(kw_only=True)
class Assessment:
    """What was decided about one submission under one rulebook.

    Attributes:
        rulebook: The id of the rulebook.
        edition: The rulebook's title.
        renewal_year: The renewal year.
        designations: The designations held, by the rulebook's own codes.
        window: The days whose credits count.
        required: The credits required: the largest requirement held.
        credited: The credits that count; may exceed `required`.
        in_network: Those from the network.
        out_of_network: Those from the other sources.
        compliance: Those that address compliance, from either side.
        shortfall: The credits that are short.
        checks: The conditions, in the order total, in network, compliance.
        decisions: One decision an activity, in the order given.
        holder: The caller's own name for the holder, as in the submission.
        notices: What else the reader should know.
        terms: Where each designation has a term of its own, an assessment of each; everything above is then that of
            the one furthest from its renewal. Empty otherwise.
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
    terms: tuple[Assessment, ...] = ()
    version: str = __version__

    @property
    def renewable(self) -> bool:
        """True where nothing is short: every check is met."""
        return not self.shortfall

    def _repr_html_(self) -> str:
        from .presentation.html import to_fragment  # noqa: PLC0415 - a notebook asks the value itself how it is shown

        return to_fragment(self)
