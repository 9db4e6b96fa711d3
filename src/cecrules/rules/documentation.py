"""Decides whether an activity is documented by what its kind calls for (clauses `evidence.*`)."""

from __future__ import annotations

from collections.abc import Sequence

from ..activities import Activity
from ..findings import Finding
from ..rulebook.index import index_of
from ..rulebook.rulebook import Rulebook

__all__ = ["undocumented"]


def undocumented(activities: Sequence[Activity], rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity without any document of the group its kind calls for, by its position.

    Args:
        activities: The activities, in the order reported.
        rulebook: The rules to decide by.
    """
    wanted = index_of(rulebook).undocumented
    return [
        (position, wanted[activity.kind][1])
        for position, activity in enumerate(activities)
        if activity.kind in wanted and wanted[activity.kind][0].isdisjoint(activity.documents)
    ]
