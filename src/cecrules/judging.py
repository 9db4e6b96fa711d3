"""Builds the figures, checks and decisions that explain an answer, from the minutes that were counted."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .activities import Activity
from .assessments import Check, CheckRule, Decision, Figures, Shortfall
from .credits import Credits
from .findings import Finding
from .rulebook.index import index_of
from .rulebook.provisions import Strength
from .rulebook.rulebook import Rulebook
from .rules.requirement import Requirement

__all__ = ["checks", "decisions", "summed"]


def summed(total: int, outside: int, compliance: int, requirement: Requirement, rulebook: Rulebook) -> Figures:
    """Returns the figures for the minutes credited.

    Args:
        total: All minutes credited.
        outside: Those of them from outside the network.
        compliance: Those of them that address compliance.
        requirement: What is required.
        rulebook: The rules to decide by.
    """
    amount = rulebook.credits
    in_network = total - outside
    return Figures(
        required=requirement.total,
        credited=amount(total),
        in_network=amount(in_network),
        out_of_network=amount(outside),
        compliance=amount(compliance),
        shortfall=Shortfall(
            total=amount(max(requirement.total.minutes - total, 0)),
            in_network=amount(max(requirement.in_network.minutes - in_network, 0)),
            compliance=amount(max(requirement.compliance.minutes - compliance, 0)),
        ),
    )


def checks(figures: Figures, requirement: Requirement, rulebook: Rulebook) -> tuple[Check, ...]:
    """Returns the conditions of a renewal in their order: total, in network and, where there is one, compliance."""
    total, in_network, compliance = rulebook.total, rulebook.in_network, rulebook.compliance
    made = (
        Check(
            rule=CheckRule.TOTAL,
            required=requirement.total,
            found=figures.credited,
            strength=total.strength,
            clause=total.clause,
            set_by=requirement.set_by,
        ),
        Check(
            rule=CheckRule.IN_NETWORK,
            required=requirement.in_network,
            found=figures.in_network,
            strength=in_network.strength,
            clause=in_network.clause,
        ),
    )
    if compliance is None or compliance.strength is Strength.MAY:
        return made
    return (
        *made,
        Check(
            rule=CheckRule.COMPLIANCE,
            required=requirement.compliance,
            found=figures.compliance,
            strength=compliance.strength,
            clause=compliance.clause,
        ),
    )


def decisions(
    activities: Sequence[Activity],
    claimed: Sequence[int],
    credited: Sequence[int],
    findings: Mapping[int, Sequence[Finding]],
    rulebook: Rulebook,
) -> tuple[Decision, ...]:
    """Returns the decision on each activity.

    Args:
        activities: The activities, in the order reported.
        claimed: The minutes each would be worth alone.
        credited: The minutes that count of each.
        findings: The reasons found against activities, by position.
        rulebook: The rules to decide by.
    """
    rules, amount = index_of(rulebook).kind_rules, rulebook.credits
    made: list[Decision] = []
    for position, activity in enumerate(activities):
        kind, worth = activity.kind, amount(claimed[position])
        reasons = findings.get(position, ())
        made.append(
            Decision(
                id=activity.id,
                title=activity.title,
                kind=kind,
                provider=activity.provider,
                earned_on=activity.earned_on,
                documents=activity.documents,
                side=rules[kind].side,
                claimed=worth,
                credited=amount(credited[position]),
                findings=_taking(reasons, worth) if reasons else (),
            )
        )
    return tuple(made)


def _taking(findings: Sequence[Finding], claimed: Credits) -> tuple[Finding, ...]:
    """Has the first reason that rejects an activity take all its credits; a limit says what it takes itself."""
    first = findings[0]
    return tuple(findings) if first.code.reduces else (first.taking(claimed), *findings[1:])
