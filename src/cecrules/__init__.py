"""Decides whether a National Apartment Association designation can be renewed, exactly and with reasons.

>>> import cecrules as cec
>>> cec.required_credits(["CAM", "NALP"])
Credits('6')
"""

from importlib import import_module
from typing import TYPE_CHECKING, Any

from .activities import Activity, ActivityKind
from .credits import Credits
from .designations import Designation
from .documents import DocumentKind
from .errors import CecRulesError, InvalidDocument, InvalidValue, UnknownName
from .submissions import Submission
from .version import __version__

if TYPE_CHECKING:
    from .assessments import (
        Assessment,
        Check,
        CheckRule,
        Notice,
        NoticeCode,
        Screening,
        Shortfall,
        Window,
    )
    from .evaluation import evaluate, screen
    from .findings import Decision, Finding, FindingCode, Outcome
    from .interchange import dumps, from_dict, loads, to_dict
    from .presentation.html import to_html
    from .presentation.rulebook_text import explain_clause, explain_rulebook
    from .presentation.sentences import explain
    from .rulebook.clauses import Clause, Confidence
    from .rulebook.comparison import Comparison, Difference, compare, explain_comparison
    from .rulebook.editions import edition, edition_for, editions, load_rulebook, read_rulebook
    from .rulebook.provisions import Condition, Side, Strength
    from .rulebook.rulebook import Rulebook
    from .rules.acceptance import not_accepted
    from .rules.caps import claimed_minutes, over_caps, repeated
    from .rules.compliance import compliance_minutes, compliance_required
    from .rules.documentation import undocumented
    from .rules.half_split import over_half
    from .rules.requirement import required_credits
    from .rules.window import outside_window, renewal_window
    from .schemas import schema

    NAAEI_2014: Rulebook

__all__ = [
    "NAAEI_2014",
    "Activity",
    "ActivityKind",
    "Assessment",
    "CecRulesError",
    "Check",
    "CheckRule",
    "Clause",
    "Comparison",
    "Condition",
    "Confidence",
    "Credits",
    "Decision",
    "Designation",
    "Difference",
    "DocumentKind",
    "Finding",
    "FindingCode",
    "InvalidDocument",
    "InvalidValue",
    "Notice",
    "NoticeCode",
    "Outcome",
    "Rulebook",
    "Screening",
    "Shortfall",
    "Side",
    "Strength",
    "Submission",
    "UnknownName",
    "Window",
    "__version__",
    "claimed_minutes",
    "compare",
    "compliance_minutes",
    "compliance_required",
    "dumps",
    "edition",
    "edition_for",
    "editions",
    "evaluate",
    "explain",
    "explain_clause",
    "explain_comparison",
    "explain_rulebook",
    "from_dict",
    "load_rulebook",
    "loads",
    "not_accepted",
    "outside_window",
    "over_caps",
    "over_half",
    "read_rulebook",
    "renewal_window",
    "repeated",
    "required_credits",
    "schema",
    "screen",
    "to_dict",
    "to_html",
    "undocumented",
]


# Where the other names live. Each module is loaded when a name of it is first asked for: whoever only builds values
# pays for no rulebook, and nobody for a page or a schema they do not ask for.
_HOMES = {
    "assessments": (
        "Assessment",
        "Check",
        "CheckRule",
        "Notice",
        "NoticeCode",
        "Screening",
        "Shortfall",
        "Window",
    ),
    "rulebook.clauses": (
        "Clause",
        "Confidence",
    ),
    "rulebook.comparison": (
        "Comparison",
        "Difference",
        "compare",
        "explain_comparison",
    ),
    "rulebook.editions": (
        "default_rulebook",
        "edition",
        "edition_for",
        "editions",
        "load_rulebook",
        "read_rulebook",
    ),
    "evaluation": (
        "evaluate",
        "screen",
    ),
    "presentation.sentences": ("explain",),
    "findings": (
        "Decision",
        "Finding",
        "FindingCode",
        "Outcome",
    ),
    "presentation.rulebook_text": (
        "explain_clause",
        "explain_rulebook",
    ),
    "interchange": (
        "dumps",
        "from_dict",
        "loads",
        "to_dict",
    ),
    "rulebook.provisions": (
        "Condition",
        "Side",
        "Strength",
    ),
    "presentation.html": ("to_html",),
    "rulebook.rulebook": ("Rulebook",),
    "rules.acceptance": ("not_accepted",),
    "rules.caps": (
        "claimed_minutes",
        "over_caps",
        "repeated",
    ),
    "rules.compliance": (
        "compliance_minutes",
        "compliance_required",
    ),
    "rules.documentation": ("undocumented",),
    "rules.half_split": ("over_half",),
    "rules.requirement": ("required_credits",),
    "rules.window": (
        "outside_window",
        "renewal_window",
    ),
    "schemas": ("schema",),
}
_HOME = {name: module for module, names in _HOMES.items() for name in names}


def __getattr__(name: str) -> Any:
    if name == "NAAEI_2014":
        value = __getattr__("default_rulebook")()
    elif name in _HOME:
        value = getattr(import_module(f".{_HOME[name]}", __name__), name)
    else:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    globals()[name] = value
    return value


def __dir__() -> list[str]:
    return sorted({*globals(), *__all__})
