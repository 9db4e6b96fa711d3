"""Finds the documents and statements that activities still need (clauses `evidence.*`)."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from ..activities import Activity
from ..assessments import Shortfall
from ..rulebook.index import RulebookIndex, index_of
from ..rulebook.rulebook import Rulebook
from ..rules.acceptance import not_accepted
from ..rules.caps import claimed_minutes, identity_of
from ..rules.window import Window
from .fewest import fewest
from .forecasts import Need, Statement

__all__ = ["documented", "fewest_needs", "needs_of", "with_needs"]

_WORST = {statement.value: not statement.best for statement in Statement}
_BEST = {statement.value: statement.best for statement in Statement}


def documented(activity: Activity, index: RulebookIndex) -> Activity:
    """Returns an activity with a document that its kind calls for."""
    evidence = index.evidence_of_kind.get(activity.kind)
    if evidence is None or not activity.documents.isdisjoint(evidence.documents):
        return activity
    return attrs.evolve(activity, documents=activity.documents | {evidence.documents[0]})


def needs_of(activities: Sequence[Activity], window: Window, rulebook: Rulebook) -> list[Need]:
    """Returns every document and statement that an activity lacks, if the activity could count with it.

    Args:
        activities: The activities, in the order reported.
        window: The days that count.
        rulebook: The rules to decide by.
    """
    hopeless = {position for position, _ in not_accepted([_stated(one, _BEST) for one in activities], rulebook)}
    return [
        need
        for position, activity in enumerate(activities)
        if position not in hopeless and window.first <= activity.earned_on <= window.last
        for need in _needs(position, activity, index_of(rulebook))
    ]


def _needs(position: int, activity: Activity, index: RulebookIndex) -> Iterator[Need]:
    if documented(activity, index) is not activity:
        wanted = index.evidence_of_kind[activity.kind].documents
        yield Need(activity=position, title=activity.title, wanted=wanted)
    deciding: set[str] = {refusal.field for refusal in index.refusals.get(activity.kind, ())}
    deciding.add(Statement.ADDRESSES_COMPLIANCE)
    for statement in Statement:
        if statement in deciding and getattr(activity, statement) is None:
            yield Need(activity=position, title=activity.title, statement=statement, value=statement.best)


def _stated(activity: Activity, values: Mapping[str, bool]) -> Activity:
    missing: dict[str, Any] = {name: value for name, value in values.items() if getattr(activity, name) is None}
    return attrs.evolve(activity, **missing) if missing else activity


def with_needs(activities: Sequence[Activity], needs: Sequence[Need], index: RulebookIndex) -> list[Activity]:
    """Returns the activities with some needs satisfied, and with every other statement that is missing at its worst.

    Args:
        activities: The activities, in the order reported.
        needs: The needs that are satisfied.
        index: The index of the rulebook.
    """
    made = list(activities)
    for need in needs:
        activity = made[need.activity]
        if need.statement is None:
            made[need.activity] = documented(activity, index)
        else:
            stated: dict[str, Any] = {need.statement.value: need.value}
            made[need.activity] = attrs.evolve(activity, **stated)
    return [_stated(activity, _WORST) for activity in made]


def fewest_needs(
    activities: Sequence[Activity],
    needs: Sequence[Need],
    goal: Shortfall,
    judge: Callable[[Sequence[Activity]], Shortfall],
    rulebook: Rulebook,
) -> tuple[tuple[Need, ...], bool]:
    """Returns the needs that bring the shortfall down to a goal, and whether they are known to be the fewest.

    Args:
        activities: The activities, in the order reported.
        needs: The needs to choose from; all of them together reach the goal.
        goal: The shortfall to reach.
        judge: Decides activities, and returns the credits that are short.
        rulebook: The rules to decide by.
    """
    index = index_of(rulebook)

    def gaps(chosen: tuple[int, ...]) -> tuple[int, int, int]:
        short = judge(with_needs(activities, [needs[position] for position in chosen], index))
        return (
            short.total.minutes - goal.total.minutes,
            short.in_network.minutes - goal.in_network.minutes,
            short.compliance.minutes - goal.compliance.minutes,
        )

    claimed = claimed_minutes(activities, rulebook)
    chosen, are_fewest = fewest(
        len(needs),
        gaps,
        lambda position: claimed[needs[position].activity],
        lambda position: _exchangeable(needs[position], needs, activities, index),
    )
    return tuple(needs[position] for position in chosen), are_fewest


def _exchangeable(need: Need, needs: Sequence[Need], activities: Sequence[Activity], index: RulebookIndex) -> object:
    """Returns a value that is the same for needs that can be exchanged, or None if the need stands alone."""
    activity = activities[need.activity]
    same = identity_of(activity, index)
    several = sum(need.activity == other.activity for other in needs) > 1
    if several or (same and sum(same == identity_of(other, index) for other in activities) > 1):
        return None
    # Where terms take activities from one another, the day decides which of them it can serve.
    day = None if index.rulebook.window.shared else activity.earned_on
    return activity.kind, activity.minutes, activity.addresses_compliance, day, need.statement
