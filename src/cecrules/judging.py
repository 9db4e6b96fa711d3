"""Builds the figures, checks and decisions that explain an answer, from the minutes credited."""

from __future__ import annotations

import functools
import math
from collections.abc import Mapping, Sequence

from .activities import Activity
from .assessments import Check, CheckRule, Decision, Figures, Limit, LimitRule, Shortfall
from .credits import Credits, credits_of
from .findings import Finding, FindingCode
from .making import maker
from .rulebook.index import index_of
from .rulebook.provisions import Strength
from .rulebook.rulebook import Rulebook
from .rules.requirement import Requirement

__all__ = ["checks", "decisions", "limits", "summed"]

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
    unit = rulebook.credit.minutes
    in_network = total - outside
    short = _shortfall(
        credits_of(max(requirement.total.minutes - total, 0), unit),
        credits_of(max(requirement.in_network.minutes - in_network, 0), unit),
        credits_of(max(requirement.compliance.minutes - compliance, 0), unit),
    )
    return _figures(
        requirement.total,
        credits_of(total, unit),
        credits_of(in_network, unit),
        credits_of(outside, unit),
        credits_of(compliance, unit),
        short,
    )


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
        ),
    )
    if compliance is None or compliance.strength is Strength.MAY:
        return made
    rest = compliance.strength, compliance.clause
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
    rules, unit = index_of(rulebook).kind_rules, rulebook.credit.minutes
    made: list[Decision] = []
    for activity, worth, counts, position in zip(activities, claimed, credited, range(len(activities)), strict=True):
        kind, of_it = activity.kind, credits_of(worth, unit)
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
                of_it if counts == worth else credits_of(counts, unit),
                _taking(findings[position], of_it) if position in findings else (),
            )
        )
    return tuple(made)


def limits(
    activities: Sequence[Activity],
    credited: Sequence[int],
    findings: Mapping[int, Sequence[Finding]],
    figures: Figures,
    requirement: Requirement,
    rulebook: Rulebook,
) -> tuple[Limit, ...]:
    """Returns every limit that several activities share, which are the caps and then the out-of-network share.

    Args:
        activities: The activities, in the order reported.
        credited: The minutes credited for each.
        findings: The reasons found against each activity, by position.
        figures: The figures decided.
        requirement: The credits required.
        rulebook: The rules to decide by.
    """
    index = index_of(rulebook)
    place_of_kind, used = index.cap_places, [0] * len(rulebook.caps)
    for activity, minutes in zip(activities, credited, strict=True):
        place = place_of_kind.get(activity.kind) if minutes else None
        if place is not None:
            used[place] += minutes
    room, outside = requirement.total.minutes - requirement.in_network.minutes, figures.out_of_network.minutes
    made = _limits(rulebook, room, outside, tuple(used))
    share = index.share_of_reported
    if not share:
        return made
    most = math.floor(figures.in_network.minutes * (1 / share - 1))
    return (*made, _limit_of_reported(most, outside, findings, rulebook))


# The same few amounts come again and again, and the limits hold no texts from input.
@functools.lru_cache(maxsize=4096)
def _limits(rulebook: Rulebook, room: int, outside: int, used: tuple[int, ...]) -> tuple[Limit, ...]:
    amount = rulebook.credits
    made = [
        (LimitRule.CAP, cap.name, cap.clause, rulebook.minutes(cap.credits), minutes)
        for cap, minutes in zip(rulebook.caps, used, strict=True)
    ]
    made.append((LimitRule.OUTSIDE, "", rulebook.in_network.outside, room, outside))
    return tuple(
        Limit(rule=rule, name=name, clause=clause, limit=amount(most), credited=amount(minutes), binds=minutes == most)
        for rule, name, clause, most, minutes in made
    )


def _limit_of_reported(most: int, outside: int, findings: Mapping[int, Sequence[Finding]], rulebook: Rulebook) -> Limit:
    """Returns the limit of a share of the credits reported, which leaves out whole activities."""
    limit, clause = rulebook.credits(most), rulebook.in_network.clause
    leaves_out = (FindingCode.OVER_HALF, clause, limit)
    binds = outside == most or any(
        (finding.code, finding.clause, finding.limit) == leaves_out for found in findings.values() for finding in found
    )
    return Limit(
        rule=LimitRule.REPORTED, name="", clause=clause, limit=limit, credited=rulebook.credits(outside), binds=binds
    )


def _taking(findings: Sequence[Finding], claimed: Credits) -> tuple[Finding, ...]:
    """Lets the first reason that rejects an activity take all its credits; a limit already says how many it takes.

    An activity that several reasons reject counts only if all of them are undone. What a cap takes would not fit into
    the out-of-network share either if that takes credits too, while what the share takes is within the cap.
    """
    first = findings[0]
    if first.code.reduces:
        if len(findings) == 1:
            return tuple(findings)
        return first.taking(first.credits, tuple([each.code for each in findings[1:]])), *findings[1:]
    if len(findings) == 1:
        return (first.taking(claimed),)
    codes = [finding.code for finding in findings]
    return tuple(
        finding.taking(claimed if finding is first else finding.credits, tuple(codes[:place] + codes[place + 1 :]))
        for place, finding in enumerate(findings)
    )
