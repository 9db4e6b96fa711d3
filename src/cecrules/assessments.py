"""Assessment: what was decided about one submission, as values; every conclusion names the clause it rests on."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date
from enum import StrEnum
from typing import Any

import attrs

from .credits import Credits
from .designations import Designation
from .documents import DocumentKind
from .findings import Decision, Outcome
from .rulebook.provisions import Strength
from .version import __version__

__all__ = [
    "Asked",
    "Assessment",
    "Check",
    "CheckRule",
    "Notice",
    "NoticeCode",
    "Screening",
    "Shortfall",
    "Window",
]


class CheckRule(StrEnum):
    """The conditions a renewal has to meet, in the order they are checked."""

    TOTAL = "total"
    IN_NETWORK = "in_network"
    COMPLIANCE = "compliance"


class NoticeCode(StrEnum):
    """What an assessment points out beside its figures."""

    LATER_EDITION = "later_edition"
    EDITION_UNDATED = "edition_undated"
    FIRST_RENEWAL = "first_renewal"
    COMPLIANCE_ADVISED = "compliance_advised"


@attrs.frozen(kw_only=True)
class Window:
    """The days whose credits count for a renewal: `first` to `last`, both inside."""

    first: date
    last: date


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
class Asked:
    """What a rulebook asks of one person: the credits owed, and those of them in network and on compliance."""

    total: Credits
    in_network: Credits
    compliance: Credits


@attrs.frozen(kw_only=True)
class Notice:
    """Something beside the figures that the reader should know.

    Attributes:
        code: What it is.
        clause: The id of the clause it rests on.
        subject: What it is about: the id of an edition, designations by code, or what is not known; may be empty.
        here: For a later edition, what this rulebook asks of this person.
        there: For a later edition, what that one asks; None where it does not say.
    """

    code: NoticeCode
    clause: str
    subject: str = ""
    here: Asked | None = None
    there: Asked | None = None


@attrs.frozen(kw_only=True)
class Screening:
    """What one activity alone would count for.

    Attributes:
        rulebook: The id of the rulebook.
        renewal_year: The renewal it was screened for.
        decision: The decision, as for a submission of this activity alone whose half outside has room for it.
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


@attrs.frozen(kw_only=True, slots=False)
class Assessment:
    """What was decided about one submission under one rulebook.

    Attributes:
        rulebook: The id of the rulebook.
        edition: The rulebook's title.
        renewal_year: The renewal year.
        designations: The designations held, by the rulebook's own codes.
        window: The days whose credits count.
        required: The credits owed: the largest requirement held.
        credited: The credits that count; may exceed `required`.
        in_network: Those from the network.
        out_of_network: Those from the other sources.
        compliance: Those that address compliance, from either side.
        shortfall: What is missing.
        checks: The conditions, in the order total, in network, compliance.
        decisions: One decision an activity, in the order given.
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
    notices: tuple[Notice, ...] = ()
    terms: tuple[Assessment, ...] = ()
    version: str = __version__

    @property
    def renewable(self) -> bool:
        """True where nothing is missing: every check is met."""
        return not self.shortfall

    @classmethod
    def deferred(cls, figures: dict[str, object], rest: Callable[[], Mapping[str, object]]) -> Assessment:
        """Makes an assessment of the attributes at hand, which it keeps, and of a rest worked out when first read.

        Whoever asks only whether thousands of members renew does not pay for the reasons.
        """
        made = cls.__new__(cls)
        figures["_rest"] = rest
        object.__setattr__(made, "__dict__", figures)
        return made

    def __getattr__(self, name: str) -> Any:
        # Reached only for what is not there yet.
        if name in _DEFERRED:
            rest = self.__dict__.get("_rest")
            if rest is not None:
                self.__dict__.update(rest(), _rest=None)
            if name in self.__dict__:
                return self.__dict__[name]
        raise AttributeError(f"{type(self).__name__!r} object has no attribute {name!r}")

    def _repr_html_(self) -> str:
        from .presentation.html import to_fragment  # noqa: PLC0415 - a notebook asks the value itself how it is shown

        return to_fragment(self)

    def __getstate__(self) -> dict[str, Any]:
        return {field.name: getattr(self, field.name) for field in attrs.fields(Assessment)}

    def __setstate__(self, state: dict[str, Any]) -> None:
        self.__dict__.update(state)


_DEFERRED = frozenset({"checks", "decisions", "notices"})
