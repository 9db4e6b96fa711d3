"""The people as each engine is handed them, and the rules of 2014 as lists that an expression can name.

Handed over ready: the year of a date, and for boards and events one text that is the same where the entry is the
same. An engine is timed on what it decides, not on reading texts.
"""

from __future__ import annotations

import json
from typing import Any

from straight_line import EVIDENCE, OUTSIDE, OWED, UNPAID

# renewable, required, credited, in network, compliance: amounts in minutes.
Figures = tuple[bool, int, int, int, int]

__all__ = ["OTHERS_INSIDE", "OUTSIDE", "OWED", "SHOWN_BY", "UNPAID", "Figures", "facts", "listed"]

APART = frozenset(["association_service", "legislative_event", "association_instruction"])
OTHERS_INSIDE = frozenset(EVIDENCE) - OUTSIDE - APART
# The kinds that one and the same list of documents serves, with the list.
SHOWN_BY = [
    (sorted(kind for kind in EVIDENCE if EVIDENCE[kind] == group), sorted(group)) for group in set(EVIDENCE.values())
]


def facts(person: dict[str, Any]) -> dict[str, Any]:
    """Returns one submission, in its JSON form, as an engine is handed it."""
    return {
        "year": person["renewal_year"] - 1,
        "held": person["designations"],
        "activities": [_activity(activity, number) for number, activity in enumerate(person["activities"])],
    }


def listed(names: Any) -> str:
    """Returns names as the list that most expression languages write."""
    return json.dumps(sorted(names))


def _activity(activity: dict[str, Any], number: int) -> dict[str, Any]:
    same = "|".join("".join(activity[field].casefold().split()) for field in ("provider", "title"))
    if activity["kind"] == "legislative_event":
        same += activity["earned_on"]
    return {
        "number": number,
        "kind": activity["kind"],
        "year": int(activity["earned_on"][:4]),
        "minutes": round(activity.get("hours", 0) * 60),
        "same": same,
        "compliance": activity["addresses_compliance"],
        "compensated": activity.get("compensated", False),
        "bought": activity.get("bought_through_association", False),
        "documents": activity["documents"],
    }
