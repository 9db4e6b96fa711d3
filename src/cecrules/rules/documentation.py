"""Decides whether an activity is documented by what its kind calls for (clauses `evidence.*`)."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ..activities import Activity
from ..assessments import Finding, FindingCode
from ..provisions import Evidence
from ..rulebook import Rulebook

__all__ = ["undocumented"]


def undocumented(activities: Sequence[Activity], rulebook: Rulebook) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity without any document of the group its kind calls for, by its position."""
    evidence = rulebook.evidence_of_kind
    return [
        (index, _finding(evidence[activity.kind], rulebook))
        for index, activity in enumerate(activities)
        if activity.kind in evidence and activity.documents.isdisjoint(evidence[activity.kind].documents)
    ]


@functools.lru_cache(maxsize=1024)
def _finding(evidence: Evidence, rulebook: Rulebook) -> Finding:
    return Finding(
        code=FindingCode.UNDOCUMENTED,
        clause=evidence.clause,
        credits=rulebook.credits(0),
        wanted=evidence.documents,
    )
