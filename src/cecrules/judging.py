"""Puts into values what stands behind the figures: a decision on each activity, and each condition of the renewal."""

from __future__ import annotations

import functools
from collections.abc import Sequence
from typing import TypeAlias

import attrs

from .activities import Activity
from .assessments import Check, CheckRule
from .findings import Decision, Finding
from .rulebook.provisions import Strength
from .rulebook.rulebook import Rulebook
from .rules.requirement import Owed

__all__ = ["Findings", "checks", "decisions"]

# The reasons found against each activity, by its position.
Findings: TypeAlias = "dict[int, list[Finding]]"


def checks(
    asked: Owed, total: int, in_network: int, compliance: int, compliance_asked: int, book: Rulebook
) -> tuple[Check, ...]:
    """Returns the conditions of a renewal in their order, for the minutes found and those asked for."""
    made = [
        Check(
            rule=CheckRule.TOTAL,
            required=book.credits(asked.required),
            found=book.credits(total),
            strength=book.total.strength,
            clause=book.total.clause,
            set_by=asked.set_by,
        ),
        Check(
            rule=CheckRule.IN_NETWORK,
            required=book.credits(asked.in_network),
            found=book.credits(in_network),
            strength=book.in_network.strength,
            clause=book.in_network.clause,
        ),
    ]
    if book.compliance is not None and book.compliance.strength is not Strength.MAY:
        made.append(
            Check(
                rule=CheckRule.COMPLIANCE,
                required=book.credits(compliance_asked),
                found=book.credits(compliance),
                strength=book.compliance.strength,
                clause=book.compliance.clause,
            )
        )
    return tuple(made)


def decisions(
    activities: Sequence[Activity], claimed: Sequence[int], credited: Sequence[int], findings: Findings, book: Rulebook
) -> tuple[Decision, ...]:
    """Returns what became of each activity, for the minutes it claims and those that count."""
    return tuple(
        [
            Decision(
                id=activity.id,
                title=activity.title,
                kind=activity.kind,
                side=book.kind_rules[activity.kind].side,
                claimed=book.credits(claimed[index]),
                credited=book.credits(credited[index]),
                findings=_taking(findings.get(index, ()), claimed[index], book),
            )
            for index, activity in enumerate(activities)
        ]
    )


def _taking(findings: Sequence[Finding], claimed: int, book: Rulebook) -> tuple[Finding, ...]:
    """Has the first reason that rejects an activity take all its credits; a limit says what it takes itself."""
    if not findings or findings[0].code.reduces:
        return tuple(findings)
    return (_taking_all(findings[0], claimed, book), *findings[1:])


@functools.lru_cache(maxsize=4096)
def _taking_all(finding: Finding, claimed: int, book: Rulebook) -> Finding:
    return attrs.evolve(finding, credits=book.credits(claimed))
