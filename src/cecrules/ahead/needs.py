"""Finds the documents and statements that activities still need (clauses `evidence.*`)."""

from __future__ import annotations

import itertools
from collections import Counter
from collections.abc import Callable, Hashable, Iterator, Mapping, Sequence
from typing import Any

import attrs

from ..activities import Activity
from ..assessments import Shortfall
from ..rulebook.index import RulebookIndex, index_of
from ..rulebook.rulebook import Rulebook
from ..rules.acceptance import not_accepted
from ..rules.caps import claimed_minutes, identity_of
from ..rules.window import Window
from .fewest import MOST_CANDIDATES, fewest
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
    needed: dict[int, list[Need]] = {}
    for need in needs:
        needed.setdefault(need.activity, []).append(need)
    return [_with(activity, needed.get(position, ()), index) for position, activity in enumerate(activities)]


def _with(activity: Activity, needs: Sequence[Need], index: RulebookIndex) -> Activity:
    """Returns an activity with its own needs satisfied, and every other statement that is missing at its worst."""
    values = dict(_WORST)
    for need in needs:
        if need.statement is not None:
            values[need.statement.value] = need.statement.best
    stated = _stated(activity, values)
    return documented(stated, index) if any(need.statement is None for need in needs) else stated


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
    made = _forms(activities, needs, index)

    def gaps(chosen: tuple[int, ...]) -> tuple[int, int, int]:
        short = judge(made(chosen))
        return (
            short.total.minutes - goal.total.minutes,
            short.in_network.minutes - goal.in_network.minutes,
            short.compliance.minutes - goal.compliance.minutes,
        )

    claimed = claimed_minutes(activities, rulebook)
    alike = _exchangeable(activities, needs, index)
    chosen, are_fewest = fewest(
        len(needs),
        gaps,
        lambda position: claimed[needs[position].activity],
        lambda position: alike[needs[position].activity],
        lambda position: needs[position].activity,
    )
    return tuple(needs[position] for position in chosen), are_fewest


def _forms(
    activities: Sequence[Activity], needs: Sequence[Need], index: RulebookIndex
) -> Callable[[tuple[int, ...]], list[Activity]]:
    """Returns a function that does what `with_needs` does, by the positions of needs, and makes each form only once."""
    worst = with_needs(activities, (), index)
    forms: dict[tuple[int, ...], Activity] = {}

    def made(chosen: tuple[int, ...]) -> list[Activity]:
        found = list(worst)
        for activity, group in itertools.groupby(chosen, key=lambda position: needs[position].activity):
            own = tuple(group)
            if own not in forms:
                forms[own] = _with(activities[activity], [needs[position] for position in own], index)
            found[activity] = forms[own]
        return found

    return made


def _exchangeable(
    activities: Sequence[Activity], needs: Sequence[Need], index: RulebookIndex
) -> dict[int, Hashable | None]:
    """Returns, for each activity with needs, a value that it shares with those that it can be exchanged for.

    The value is None for an activity that stands alone, as one that has duplicates does.
    """
    shared = index.rulebook.window.shared
    if not shared and len(needs) > MOST_CANDIDATES:
        # An activity that is needed beside others may not be needed beside fewer.
        return dict.fromkeys(need.activity for need in needs)
    statements: dict[int, list[Statement | None]] = {}
    for need in needs:
        statements.setdefault(need.activity, []).append(need.statement)
    identities = {position: identity_of(activity, index) for position, activity in enumerate(activities)}
    times = Counter(identities.values())
    alike: dict[int, Hashable | None] = {}
    for position, wanted in statements.items():
        activity, identity = activities[position], identities[position]
        # Where terms take activities from one another, the day decides which of them it can serve.
        day = None if shared else activity.earned_on
        value = activity.kind, activity.minutes, activity.addresses_compliance, day, tuple(wanted)
        alike[position] = None if identity and times[identity] > 1 else value
    return alike
