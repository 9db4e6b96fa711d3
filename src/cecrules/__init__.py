"""Decides whether a National Apartment Association designation can be renewed, exactly and with reasons.

>>> import cecrules as cec
>>> cec.required_credits(["CAM", "NALP"])
Credits('6')
"""

from typing import TYPE_CHECKING, Any

from .activities import Activity, ActivityKind
from .assessments import (
    Assessment,
    Check,
    CheckRule,
    Decision,
    Finding,
    FindingCode,
    Notice,
    NoticeCode,
    Outcome,
    Screening,
    Shortfall,
    Window,
)
from .clauses import Clause, Confidence
from .comparison import Comparison, Difference, compare, explain_comparison
from .credits import Credits
from .designations import Designation
from .documents import DocumentKind
from .editions import default_rulebook, edition, edition_for, editions, load_rulebook, read_rulebook
from .errors import CecRulesError, InvalidDocument, InvalidValue, UnknownName
from .evaluation import evaluate, screen
from .explain import explain
from .handbook import explain_clause, explain_rulebook
from .interchange import dumps, from_dict, loads, to_dict
from .provisions import Condition, Side, Strength
from .report import to_html
from .rulebook import Rulebook
from .rules.acceptance import not_accepted
from .rules.caps import claimed_minutes, over_caps, repeated
from .rules.compliance import compliance_minutes, compliance_required
from .rules.documentation import undocumented
from .rules.half_split import over_half
from .rules.requirement import required_credits
from .rules.window import outside_window, renewal_window
from .schemas import schema
from .submissions import Submission
from .version import __version__

if TYPE_CHECKING:
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


def __getattr__(name: str) -> Any:
    # The default rulebook is a file, and importing the package reads none.
    if name == "NAAEI_2014":
        return default_rulebook()
    raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
