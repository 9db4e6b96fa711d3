"""Decides whether an activity has a document that its kind calls for (clauses `evidence.*`)."""

from __future__ import annotations

from collections.abc import Sequence

from ..activities import Activity
from ..findings import Finding
from ..rulebook.index import index_of
from ..rulebook.rulebook import Rulebook

__all__ = ["undocumented"]


def undocumented(activities: Sequence[Activity], rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding, with its position, for every activity without any of the documents its kind calls for.

    Args:
        activities: The activities, in the order reported.
        rulebook: The rules to decide by.
    """
    wanted = index_of(rulebook).undocumented
    return [
        (position, of_kind[1])
        for position, activity in enumerate(activities)
        if (of_kind := wanted.get(activity.kind)) and of_kind[0].isdisjoint(activity.documents)
    ]
