"""Decides whether an activity is documented by what its kind calls for (clauses `evidence.*`)."""

from __future__ import annotations

import functools
from collections.abc import Sequence

from ..activities import Activity, ActivityKind
from ..findings import Finding, FindingCode
from ..rulebook.editions import default_rulebook
from ..rulebook.rulebook import Rulebook

__all__ = ["undocumented"]


def undocumented(activities: Sequence[Activity], rulebook: Rulebook | None = None) -> list[tuple[int, Finding]]:
    """Returns a finding for every activity without any document of the group its kind calls for, by its position.

    Args:
        activities: What was done, in the order reported.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
    """
    book = rulebook or default_rulebook()
    wanted = book.documents_of_kind
    findings: list[tuple[int, Finding]] = []
    for index, activity in enumerate(activities):
        kind = activity.kind
        if kind in wanted and wanted[kind].isdisjoint(activity.documents):
            findings.append((index, _finding(kind, book)))
    return findings


@functools.lru_cache(maxsize=1024)
def _finding(kind: ActivityKind, rulebook: Rulebook) -> Finding:
    evidence = rulebook.evidence_of_kind[kind]
    return Finding(
        code=FindingCode.UNDOCUMENTED,
        clause=evidence.clause,
        credits=rulebook.credits(0),
        wanted=evidence.documents,
    )
