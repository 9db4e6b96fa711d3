"""Makes the words on pictures (labels of rows, amounts, reasons and changes), which are short; contains no rule."""

from __future__ import annotations

import textwrap
from collections.abc import Sequence

from ..credits import Credits
from ..findings import FindingCode
from ..rulebook.comparison import Difference
from .comparison_text import FIELD_NAMES, values_in_words
from .sentences import listed

__all__ = [
    "ROWS",
    "cap_words",
    "change_label",
    "change_words",
    "distance_words",
    "most_words",
    "reason_words",
    "required_words",
]

_LETTERS = 18

#: The names of the measures of an assessment.
ROWS = {
    "total": "in total",
    "inside": "in network",
    "outside": "out of network",
    "compliance": "on compliance",
}

_REASONS = {
    FindingCode.EARNED_BEFORE_WINDOW: "earned too early",
    FindingCode.EARNED_AFTER_WINDOW: "earned too late",
    FindingCode.KIND_NOT_ACCEPTED: "kind not accepted",
    FindingCode.NOT_BOUGHT_THROUGH_ASSOCIATION: "not bought through association",
    FindingCode.COMPENSATED: "paid work",
    FindingCode.UNDOCUMENTED: "no document",
    FindingCode.SAME_BODY_AGAIN: "duplicate body",
    FindingCode.SAME_EVENT_AGAIN: "duplicate event",
    FindingCode.SERVED_ANOTHER_TERM: "credited to another term",
    FindingCode.OVER_CAP: "over a cap",
    FindingCode.OVER_HALF: "too much out of network",
}


def required_words(name: str, credited: Credits, required: Credits | None) -> str:
    """Labels a measure, and says below how much of it is required."""
    return f"{name}\n{credited}" + ("" if required is None else f" of {required} required")


def most_words(name: str, credited: Credits, most: Credits | None) -> str:
    """Labels a limited measure, and says below how much of it counts at most."""
    return f"{name}\n{credited}" + ("" if most is None else f" of at most {most}")


def cap_words(name: str) -> str:
    """Names a cap by its name in the rulebook."""
    return f"cap, {name.replace('_', ' ')}"


def reason_words(codes: Sequence[FindingCode]) -> str:
    """Names the reasons that take credits away together."""
    return listed([_REASONS[code] for code in codes], "and")


def distance_words(upto: int) -> str:
    """Names a number of credits that are short at most."""
    return f"up to {upto} short"


def change_label(difference: Difference) -> str:
    """Names what differs, such as `CAM, credits required`."""
    table, _, rest = difference.where.partition(".")
    name, _, field = rest.rpartition(".")
    if not name:
        return FIELD_NAMES[difference.where]
    words = name.replace("_", " ") if table == "kinds" else name
    return f"{words}, {FIELD_NAMES[field]}"


def change_words(difference: Difference) -> str:
    """Says what something was and is now; of several documents or kinds only how many they are."""
    return f"{_short(difference.where, difference.before)} → {_short(difference.where, difference.after)}"


def _short(where: str, values: tuple[str, ...]) -> str:
    if where.endswith(".documents") and len(values) > 1:
        return f"{len(values)} documents"
    if where.endswith(".cap") and len(values) > 1:
        return f"{values[0]} for {len(values)} kinds"
    return textwrap.shorten(values_in_words(where, values), _LETTERS, placeholder=" …")
