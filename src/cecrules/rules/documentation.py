"""Decides whether an activity is documented by what its kind calls for (clauses `evidence.*`)."""

from __future__ import annotations

from collections.abc import Sequence

from ..activities import Activity
from ..assessments import Finding, FindingCode
from ..rulebook import Rulebook

__all__ = ["undocumented"]


def undocumented(activities: Sequence[Activity], rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity without any document of the group its kind calls for, by its position."""
    evidence = rulebook.evidence_of_kind
    return [
        (
            index,
            Finding(
                code=FindingCode.UNDOCUMENTED,
                clause=evidence[activity.kind].clause,
                credits=rulebook.credits(0),
                wanted=evidence[activity.kind].documents,
            ),
        )
        for index, activity in enumerate(activities)
        if activity.kind in evidence and activity.documents.isdisjoint(evidence[activity.kind].documents)
    ]
