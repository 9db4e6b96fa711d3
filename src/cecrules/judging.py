"""Builds the figures, checks and decisions that explain an answer, from the minutes credited."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from .activities import Activity
from .assessments import Check, CheckRule, Decision, Figures, Shortfall
from .credits import Credits
from .findings import Finding
from .making import maker
from .rulebook.index import index_of
from .rulebook.provisions import Strength
from .rulebook.rulebook import Rulebook
from .rules.requirement import Requirement

__all__ = ["checks", "decisions", "summed"]

# Their parts come from rules and values that are in order already.
_check, _decision, _figures, _shortfall = maker(Check), maker(Decision), maker(Figures), maker(Shortfall)


def summed(total: int, outside: int, compliance: int, requirement: Requirement, rulebook: Rulebook) -> Figures:
    """Returns the figures for the minutes credited.

    Args:
        total: All minutes credited.
        outside: The part from outside the network.
        compliance: The part that addresses compliance.
        requirement: The credits required.
        rulebook: The rules to decide by.
    """
    amount = rulebook.credits
    in_network = total - outside
    short = _shortfall(
        amount(max(requirement.total.minutes - total, 0)),
        amount(max(requirement.in_network.minutes - in_network, 0)),
        amount(max(requirement.compliance.minutes - compliance, 0)),
    )
    return _figures(requirement.total, amount(total), amount(in_network), amount(outside), amount(compliance), short)


def checks(figures: Figures, requirement: Requirement, rulebook: Rulebook) -> tuple[Check, ...]:
    """Returns the checks of a renewal in their order, which is total, in network, compliance."""
    total, in_network, compliance = rulebook.total, rulebook.in_network, rulebook.compliance
    made = (
        _check(CheckRule.TOTAL, requirement.total, figures.credited, total.strength, total.clause, requirement.set_by),
        _check(
            CheckRule.IN_NETWORK,
            requirement.in_network,
            figures.in_network,
            in_network.strength,
            in_network.clause,
            (),
        ),
    )
    if compliance is None or compliance.strength is Strength.MAY:
        return made
    rest = compliance.strength, compliance.clause, ()
    return (*made, _check(CheckRule.COMPLIANCE, requirement.compliance, figures.compliance, *rest))


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
        credited: The minutes credited for each.
        findings: The reasons found against each activity, by position.
        rulebook: The rules to decide by.
    """
    rules, amount = index_of(rulebook).kind_rules, rulebook.credits
    made: list[Decision] = []
    for activity, worth, counts, position in zip(activities, claimed, credited, range(len(activities)), strict=True):
        kind, of_it = activity.kind, amount(worth)
        made.append(
            _decision(
                activity.id,
                activity.title,
                kind,
                activity.provider,
                activity.earned_on,
                activity.documents,
                rules[kind].side,
                of_it,
                of_it if counts == worth else amount(counts),
                _taking(findings[position], of_it) if position in findings else (),
            )
        )
    return tuple(made)


def _taking(findings: Sequence[Finding], claimed: Credits) -> tuple[Finding, ...]:
    """Lets the first reason that rejects an activity take all its credits; a limit already says how many it takes."""
    first = findings[0]
    return tuple(findings) if first.code.reduces else (first.taking(claimed), *findings[1:])
