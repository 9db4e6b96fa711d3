"""Assessment: what was decided about one submission, as values; every conclusion names the clause it rests on."""

from __future__ import annotations

from datetime import date
from enum import StrEnum

import attrs

from .activities import ActivityKind
from .credits import Credits
from .designations import Designation
from .documents import DocumentKind
from .rulebook import Side, Strength
from .version import __version__

__all__ = [
    "Assessment",
    "Check",
    "CheckRule",
    "Decision",
    "Finding",
    "FindingCode",
    "Notice",
    "NoticeCode",
    "Outcome",
    "Screening",
    "Shortfall",
]


class FindingCode(StrEnum):
    """Why credits of an activity do not count."""

    EARNED_BEFORE_WINDOW = "earned_before_window"
    EARNED_AFTER_WINDOW = "earned_after_window"
    KIND_NOT_ACCEPTED = "kind_not_accepted"
    NOT_BOUGHT_THROUGH_ASSOCIATION = "not_bought_through_association"
    COMPENSATED = "compensated"
    UNDOCUMENTED = "undocumented"
    SAME_BODY_AGAIN = "same_body_again"
    SAME_EVENT_AGAIN = "same_event_again"
    OVER_CAP = "over_cap"
    OVER_HALF = "over_half"

    @property
    def reduces(self) -> bool:
        """True where the activity itself is in order and only a limit takes credits away."""
        return self is FindingCode.OVER_CAP or self is FindingCode.OVER_HALF


class Outcome(StrEnum):
    """What became of an activity."""

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
    FIRST_RENEWAL = "first_renewal"
    COMPLIANCE_ADVISED = "compliance_advised"


@attrs.frozen(kw_only=True)
class Finding:
    """One reason why credits of an activity do not count, under one clause.

    Attributes:
        code: What was found.
        clause: The id of the clause it rests on.
        credits: The credits it took away. Where several reasons reject an activity, the first takes them all.
        earned_on: For a date outside the window, that date.
        counts_for: For a date outside the window, the renewal year that day counts for.
        wanted: For missing evidence, the documents any one of which would do.
        limit: For a cap or the half, the most that counts.
        kept: For the same body or event again, the position (from 0) of the activity that counts instead.
    """

    code: FindingCode
    clause: str
    credits: Credits
    earned_on: date | None = None
    counts_for: int | None = None
    wanted: tuple[DocumentKind, ...] = ()
    limit: Credits | None = None
    kept: int | None = None


@attrs.frozen(kw_only=True)
class Decision:
    """What became of one activity: claimed = credited + the credits its findings took away.

    Attributes:
        id: The caller's own name for the activity.
        title: Its title.
        kind: Its kind.
        side: The side its kind stands on.
        claimed: The credits it would be worth alone.
        credited: The credits that count.
        findings: Why the rest does not; every reason that applies.
    """

    id: str | None
    title: str
    kind: ActivityKind
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
        required: The credits asked for.
        found: The credits counted toward it.
        strength: The source's own verb.
        clause: The id of the clause it rests on.
        set_by: For the total, the designations whose requirement is the largest held.
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
    """What is still missing, in each measure; one credit may serve all of them."""

    total: Credits
    in_network: Credits
    compliance: Credits

    def __bool__(self) -> bool:
        return bool(self.total or self.in_network or self.compliance)


@attrs.frozen(kw_only=True)
class Notice:
    """Something beside the figures that the reader should know; `subject` is what it is about, by code."""

    code: NoticeCode
    clause: str
    subject: str = ""


@attrs.frozen(kw_only=True)
class Screening:
    """What one activity alone would count for, before any limit over several.

    Attributes:
        rulebook: The id of the rulebook.
        renewal_year: The renewal it was screened for.
        decision: The decision, as for a submission of this activity alone, without caps and shares.
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
        """True where it counts as it stands."""
        return not self.decision.findings


@attrs.frozen(kw_only=True)
class Assessment:
    """What was decided about one submission under one rulebook.

    Attributes:
        rulebook: The id of the rulebook.
        edition: The rulebook's title.
        renewal_year: The renewal year.
        designations: The designations held.
        required: The credits owed: the largest requirement held.
        credited: The credits that count; may exceed `required`.
        in_network: Those from the network.
        out_of_network: Those from the other sources.
        compliance: Those that address compliance, from either side.
        shortfall: What is missing.
        checks: The conditions, in the order total, in network, compliance.
        decisions: One decision an activity, in the order given.
        notices: What else the reader should know.
        version: The version of the library that decided.
    """

    rulebook: str
    edition: str
    renewal_year: int
    designations: tuple[Designation, ...]
    required: Credits
    credited: Credits
    in_network: Credits
    out_of_network: Credits
    compliance: Credits
    shortfall: Shortfall
    checks: tuple[Check, ...]
    decisions: tuple[Decision, ...]
    notices: tuple[Notice, ...] = ()
    version: str = __version__

    @property
    def renewable(self) -> bool:
        """True where every check is met."""
        return all(check.met for check in self.checks)
