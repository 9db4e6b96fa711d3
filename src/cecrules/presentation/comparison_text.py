"""Explains how two rulebooks differ."""

from __future__ import annotations

from ..activities import ActivityKind
from ..documents import DocumentKind
from ..printable import printable
from ..rulebook.comparison import Comparison, Difference
from ..rulebook.provisions import Condition, SameField, Side, WindowKind
from .sentences import condition_words, field_words, listed

__all__ = ["FIELD_NAMES", "difference_sentence", "explain_comparison", "values_in_words"]


def explain_comparison(comparison: Comparison) -> str:
    """Explains how two rulebooks differ, one difference per line."""
    lines = [f"{comparison.after} compared with {comparison.before}"]
    lines += [f"  {difference_sentence(difference)}" for difference in comparison.differences]
    return "\n".join(map(printable, lines if comparison.differences else [*lines, "  no difference"]))


def difference_sentence(difference: Difference) -> str:
    """Says what one difference is, such as `CAM, credits required: 8, before 6`."""
    after = values_in_words(difference.where, difference.after)
    before = values_in_words(difference.where, difference.before)
    return f"{_subject(difference.where)}: {after}, before {before}"


#: What each key that differs is.
FIELD_NAMES = {
    "credit.minutes": "minutes a credit",
    "window.kind": "days that count",
    "window.years_before": "years before the renewal year",
    "window.months": "months of the window",
    "window.grace_months": "months of grace",
    "window.last_day_inside": "last day counts",
    "window.shared": "one activity may serve several terms",
    "in_network.strength": "verb of the in-network share",
    "in_network.of": "in-network share of the credits",
    "compliance": "credits on compliance",
    "code": "code",
    "credits": "credits required",
    "in_network": "minimum in network",
    "side": "counts",
    "each": "credits each",
    "credit_minutes": "minutes a credit",
    "once_per": "duplicates share",
    "conditions": "only",
    "documents": "calls for",
    "cap": "yearly cap",
}

_KINDS = {kind.value: kind.label for kind in ActivityKind}
_DOCUMENTS = {document.value: document.label for document in DocumentKind}
_VALUES = {
    **{condition.value: condition_words(condition) for condition in Condition},
    **{field.value: field_words(field) for field in SameField},
    **_KINDS,
    "true": "yes",
    "false": "no",
    WindowKind.CALENDAR_YEAR: "a calendar year",
    WindowKind.MONTHS_BEFORE: "months back from the renewal date",
    WindowKind.TERM: "a term of its own for each credential",
    Side.OUT_OF_NETWORK: "out of network",
}


def _subject(where: str) -> str:
    if where in FIELD_NAMES:
        return FIELD_NAMES[where]
    table, name, field = where.split(".")
    subject = _KINDS[name] if table == "kinds" else name
    return f"{subject}, {FIELD_NAMES[field]}"


def values_in_words(where: str, values: tuple[str, ...]) -> str:
    """Says the values of one rulebook, such as `in network` or `no document`."""
    field = where.rpartition(".")[2]
    if field == "documents":
        return listed([_DOCUMENTS[value] for value in values], "or") if values else "no document"
    words = [_VALUES.get(value, value.replace("_", " ")) for value in values]
    if field == "cap" and words[1:]:
        return f"{words[0]} together with {listed(words[1:], 'and')}"
    return ", ".join(words) or "nothing"
