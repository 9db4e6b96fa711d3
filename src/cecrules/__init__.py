"""Decides whether a National Apartment Association designation can be renewed, exactly and with reasons.

>>> import cecrules as cec
>>> cec.required_credits(["CAM", "NALP"], cec.NAAEI_2014)
Credits('6')
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .version import __version__

if TYPE_CHECKING:
    from .activities import Activity, ActivityKind
    from .ahead.doubts import OpenReading, Reading, Readings, Turn, readings
    from .ahead.forecasts import Need, Outlook, OutlookLimit, OutlookState, Statement
    from .ahead.histories import Year, years
    from .ahead.offerings import Offering, Plan, PlannedOffering
    from .ahead.outlooks import outlook
    from .ahead.planning import plan
    from .ahead.worths import Gain, Worth, worth
    from .assessments import (
        Assessment,
        Check,
        CheckRule,
        Decision,
        Figures,
        Limit,
        LimitRule,
        Notice,
        NoticeCode,
        Outcome,
        Screening,
        Shortfall,
    )
    from .credits import Credits
    from .designations import Designation
    from .documents import DocumentKind
    from .errors import CecRulesError, ErrorCode, InvalidDocument, InvalidValue, NotStated, UnknownName
    from .evaluation import evaluate, figures, screen
    from .findings import Finding, FindingCode
    from .interchange import dumps, from_dict, loads, to_dict
    from .keeping.certificates import certify
    from .keeping.receipts import receipt, replay
    from .presentation.comparison_text import explain_comparison
    from .presentation.html import to_html
    from .presentation.rulebook_text import explain_clause, explain_rulebook
    from .presentation.text import explain
    from .records.certificates import Certificate, CertifiedLimit, CertifiedTerm, CertifiedUse, Measures
    from .records.receipts import Change, ChangeSort, Receipt, Replay
    from .rulebook.clauses import Alternative, Clause, Confidence
    from .rulebook.comparison import Comparison, Difference, compare
    from .rulebook.editions import edition, edition_for, editions, load_rulebook, read_rulebook
    from .rulebook.mixtures import Mixture, mixtures
    from .rulebook.provisions import (
        Alias,
        CapGroup,
        ComplianceRule,
        Condition,
        CreditUnit,
        DesignationRule,
        Evidence,
        Governs,
        InNetworkRule,
        KindRule,
        Publisher,
        SameField,
        ShareOf,
        Side,
        Source,
        Strength,
        TotalRule,
        WindowKind,
        WindowRule,
    )
    from .rulebook.rulebook import Rulebook
    from .rules.acceptance import not_accepted
    from .rules.caps import claimed_minutes, duplicates, over_caps
    from .rules.compliance import compliance_minutes
    from .rules.documentation import undocumented
    from .rules.half_split import over_half
    from .rules.requirement import Requirement, required_credits, requirement_of
    from .rules.window import Window, outside_window, renewal_window
    from .schemas import schema
    from .settings import Settings
    from .submissions import Submission

    #: The published edition for renewals of 2014 to 2020, and the rulebook to decide by unless another is given.
    NAAEI_2014: Rulebook

__all__ = [
    "NAAEI_2014",
    "Activity",
    "ActivityKind",
    "Alias",
    "Alternative",
    "Assessment",
    "CapGroup",
    "CecRulesError",
    "Certificate",
    "CertifiedLimit",
    "CertifiedTerm",
    "CertifiedUse",
    "Change",
    "ChangeSort",
    "Check",
    "CheckRule",
    "Clause",
    "Comparison",
    "ComplianceRule",
    "Condition",
    "Confidence",
    "CreditUnit",
    "Credits",
    "Decision",
    "Designation",
    "DesignationRule",
    "Difference",
    "DocumentKind",
    "ErrorCode",
    "Evidence",
    "Figures",
    "Finding",
    "FindingCode",
    "Gain",
    "Governs",
    "InNetworkRule",
    "InvalidDocument",
    "InvalidValue",
    "KindRule",
    "Limit",
    "LimitRule",
    "Measures",
    "Mixture",
    "Need",
    "NotStated",
    "Notice",
    "NoticeCode",
    "Offering",
    "OpenReading",
    "Outcome",
    "Outlook",
    "OutlookLimit",
    "OutlookState",
    "Plan",
    "PlannedOffering",
    "Publisher",
    "Reading",
    "Readings",
    "Receipt",
    "Replay",
    "Requirement",
    "Rulebook",
    "SameField",
    "Screening",
    "Settings",
    "ShareOf",
    "Shortfall",
    "Side",
    "Source",
    "Statement",
    "Strength",
    "Submission",
    "TotalRule",
    "Turn",
    "UnknownName",
    "Window",
    "WindowKind",
    "WindowRule",
    "Worth",
    "Year",
    "__version__",
    "certify",
    "claimed_minutes",
    "compare",
    "compliance_minutes",
    "dumps",
    "duplicates",
    "edition",
    "edition_for",
    "editions",
    "evaluate",
    "explain",
    "explain_clause",
    "explain_comparison",
    "explain_rulebook",
    "figures",
    "from_dict",
    "load_rulebook",
    "loads",
    "mixtures",
    "not_accepted",
    "outlook",
    "outside_window",
    "over_caps",
    "over_half",
    "plan",
    "read_rulebook",
    "readings",
    "receipt",
    "renewal_window",
    "replay",
    "required_credits",
    "requirement_of",
    "schema",
    "screen",
    "to_dict",
    "to_html",
    "undocumented",
    "worth",
    "years",
]


# The modules of the other names. A module is loaded when one of its names is first used, so that code which only builds
# values loads no rulebook, and code without a page or a schema loads neither.
_HOMES = {
    "activities": ("Activity", "ActivityKind"),
    "ahead.doubts": ("OpenReading", "Reading", "Readings", "Turn", "readings"),
    "ahead.forecasts": ("Need", "Outlook", "OutlookLimit", "OutlookState", "Statement"),
    "ahead.histories": ("Year", "years"),
    "ahead.offerings": ("Offering", "Plan", "PlannedOffering"),
    "ahead.outlooks": ("outlook",),
    "ahead.planning": ("plan",),
    "ahead.worths": ("Gain", "Worth", "worth"),
    "assessments": (
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
    ),
    "credits": ("Credits",),
    "designations": ("Designation",),
    "documents": ("DocumentKind",),
    "errors": ("CecRulesError", "ErrorCode", "InvalidDocument", "InvalidValue", "NotStated", "UnknownName"),
    "evaluation": ("evaluate", "figures", "screen"),
    "findings": ("Finding", "FindingCode"),
    "interchange": ("dumps", "from_dict", "loads", "to_dict"),
    "keeping.certificates": ("certify",),
    "keeping.receipts": ("receipt", "replay"),
    "presentation.comparison_text": ("explain_comparison",),
    "presentation.html": ("to_html",),
    "presentation.rulebook_text": ("explain_clause", "explain_rulebook"),
    "presentation.text": ("explain",),
    "records.certificates": ("Certificate", "CertifiedLimit", "CertifiedTerm", "CertifiedUse", "Measures"),
    "records.receipts": ("Change", "ChangeSort", "Receipt", "Replay"),
    "rulebook.clauses": ("Alternative", "Clause", "Confidence"),
    "rulebook.comparison": ("Comparison", "Difference", "compare"),
    "rulebook.editions": ("edition", "edition_for", "editions", "load_rulebook", "read_rulebook"),
    "rulebook.mixtures": ("Mixture", "mixtures"),
    "rulebook.provisions": (
        "Alias",
        "CapGroup",
        "ComplianceRule",
        "Condition",
        "CreditUnit",
        "DesignationRule",
        "Evidence",
        "Governs",
        "InNetworkRule",
        "KindRule",
        "Publisher",
        "SameField",
        "ShareOf",
        "Side",
        "Source",
        "Strength",
        "TotalRule",
        "WindowKind",
        "WindowRule",
    ),
    "rulebook.rulebook": ("Rulebook",),
    "rules.acceptance": ("not_accepted",),
    "rules.caps": ("claimed_minutes", "duplicates", "over_caps"),
    "rules.compliance": ("compliance_minutes",),
    "rules.documentation": ("undocumented",),
    "rules.half_split": ("over_half",),
    "rules.requirement": ("Requirement", "required_credits", "requirement_of"),
    "rules.window": ("Window", "outside_window", "renewal_window"),
    "schemas": ("schema",),
    "settings": ("Settings",),
    "submissions": ("Submission",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "NAAEI_2014":
        value = import_module(".rulebook.editions", __name__).rulebook_given(None)
    elif name in _HOME:
        value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
