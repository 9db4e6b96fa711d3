"""Turns the offerings of a catalogue into choices, the activities that they would be, and drops the useless ones."""

from __future__ import annotations

import itertools
import math
from bisect import bisect_left
from collections import Counter
from collections.abc import Iterator, Sequence
from datetime import date, timedelta

import attrs

from ..activities import Activity
from ..assessments import Assessment
from ..documents import DocumentKind
from ..making import maker
from ..rulebook.index import RulebookIndex
from ..rulebook.provisions import SameField
from ..rules.acceptance import not_accepted
from ..rules.caps import claimed_minutes, identity_of
from ..rules.window import Window
from .entries import identities
from .offerings import Offering

__all__ = ["Choice", "choices_of", "too_dear"]


@attrs.frozen(kw_only=True)
class Choice:
    """One way to use an offering.

    Attributes:
        position: The position of the offering in the catalogue.
        price: Its price in cents.
        day: Its own day; None if it is on demand.
        activity: The activity that it would be.
        minutes: The minutes of credit that it claims.
        open_to: For each requirement, whether the activity is acceptable in its window.
        identity: The value it shares only with its duplicates; None if it has none.
        sort: The value it shares with every choice that the same limits hold for; None if it excludes another choice.
    """

    position: int
    price: int
    day: date | None
    activity: Activity
    minutes: int
    open_to: tuple[bool, ...]
    identity: object
    sort: object = None

    @property
    def on_compliance(self) -> bool:
        """True if the activity is stated to address compliance."""
        return bool(self.activity.addresses_compliance)

    @property
    def order(self) -> tuple[int, date, int]:
        """The place among choices that differ in nothing else, the cheapest first, then the earliest."""
        return self.price, self.day or date.max, self.position


def choices_of(
    offerings: Sequence[Offering],
    done: Sequence[Activity],
    parts: Sequence[Assessment],
    as_of: date | None,
    index: RulebookIndex,
) -> list[Choice]:
    """Returns the choices that can be part of the best plan.

    Args:
        offerings: The catalogue.
        done: The activities that are there already.
        parts: The assessments of each requirement.
        as_of: The day before which offerings are ignored.
        index: The index of the rulebook.
    """
    windows = [part.window for part in parts]
    taken = identities(done, index)
    pairs = list(_activities(offerings, parts, taken, as_of or date.min, index))
    made = [activity for _, activity in pairs]
    hopeless = {place for place, _ in not_accepted(made, index.rulebook)}
    choices: list[Choice] = []
    for place, minutes in enumerate(claimed_minutes(made, index.rulebook)):
        position, activity = pairs[place]
        open_to = _open_to(activity.earned_on, windows)
        if minutes and place not in hopeless and any(open_to):
            offering = offerings[position]
            choices.append(
                Choice(
                    position=position,
                    price=offering.price,
                    day=offering.day,
                    activity=activity,
                    minutes=minutes,
                    open_to=open_to,
                    identity=identity_of(activity, index),
                )
            )
    return _useful(choices, parts, taken, index)


def _open_to(day: date, windows: Sequence[Window]) -> tuple[bool, ...]:
    return tuple(window.first <= day <= window.last for window in windows)


def _activities(
    offerings: Sequence[Offering], parts: Sequence[Assessment], taken: set[object], as_of: date, index: RulebookIndex
) -> Iterator[tuple[int, Activity]]:
    """Yields the activities that each offering could be, with its position; on demand, one for each useful day."""
    known = [(place, one) for place, one in enumerate(offerings) if one.kind not in index.unknown_kinds]
    dated = [(place, _activity(one, one.day)) for place, one in known if one.day and one.day >= as_of]
    yield from dated
    on_demand = _OnDemand(parts, index, taken, taken | identities([activity for _, activity in dated], index))
    days = list(_days([part.window for part in parts], as_of))
    for place, one in known:
        if one.day is None:
            for day in days:
                for activity in on_demand.activities(one, day):
                    yield place, activity


def _days(windows: Sequence[Window], as_of: date) -> Iterator[date]:
    """Yields the first days that lie in the most windows, each in windows that no other of them lies in together."""
    starts = {day: _open_to(day, windows) for day in sorted({max(window.first, as_of) for window in windows})}
    for day, mine in starts.items():
        others = [other for other in starts.values() if other != mine]
        if any(mine) and not any(all(theirs or not own for own, theirs in zip(mine, other)) for other in others):  # noqa: B905
            yield day


@attrs.define
class _OnDemand:
    """Finds the days of offerings on demand, so that none is a duplicate by its day alone.

    Attributes:
        parts: The assessments of each requirement.
        index: The index of the rulebook.
        done: The identities of the activities that are there already.
        taken: The same, with those of every day that an offering has to itself.
        unused: The days that are left, from the first one on, by the identity on that day.
    """

    parts: Sequence[Assessment]
    index: RulebookIndex
    done: set[object]
    taken: set[object]
    unused: dict[object, Iterator[date]] = attrs.field(factory=dict[object, "Iterator[date]"])

    def activities(self, offering: Offering, day: date) -> list[Activity]:
        """Returns the activity on the first day from `day` on, in the same windows, that no other one has.

        If there is no such day, returns it on enough days for one of them to be free, whatever else is chosen.
        """
        activity = _activity(offering, day)
        if SameField.EARNED_ON not in self.index.kind_rules[offering.kind].once_per:
            return [activity]
        for other in self.unused.setdefault(identity_of(activity, self.index), self.days_from(day)):
            found = _activity(offering, other)
            identity = identity_of(found, self.index)
            if identity not in self.taken:
                self.taken.add(identity)
                return [found]
        on_days = (_activity(offering, other) for other in self.days_from(day))
        new = (one for one in on_days if identity_of(one, self.index) not in self.done)
        return list(itertools.islice(new, self.most(activity))) or [activity]

    def days_from(self, day: date) -> Iterator[date]:
        windows = [part.window for part in self.parts]
        last = min(window.last for window in windows if window.first <= day <= window.last)
        return (day + timedelta(days=more) for more in range((last - day).days + 1))

    def most(self, activity: Activity) -> int:
        """Returns how many activities like this one can be needed."""
        (minutes,) = claimed_minutes([activity], self.index.rulebook)
        return sum(math.ceil(_largest(part) / minutes) for part in self.parts) if minutes else 0


_made = maker(Activity)


def _activity(offering: Offering, day: date) -> Activity:
    return _made(
        title=offering.title,
        kind=offering.kind,
        earned_on=day,
        minutes=offering.minutes,
        provider=offering.provider,
        addresses_compliance=offering.addresses_compliance,
        compensated=offering.compensated,
        bought_through_association=offering.bought_through_association,
        documents=_ALL_DOCUMENTS,
        id=offering.id,
    )


# One document of every kind, so that the one its kind calls for is there.
_ALL_DOCUMENTS = frozenset(DocumentKind)


def _useful(
    choices: Sequence[Choice], parts: Sequence[Assessment], taken: set[object], index: RulebookIndex
) -> list[Choice]:
    """Leaves, of choices that count alike, no more than can be needed, the cheapest and then the earliest.

    In a plan, one of the others could be exchanged for a better one that is not part of it.
    """
    largest = max(map(_largest, parts))
    kept: list[Choice] = []
    used: Counter[object] = Counter()
    for choice in sorted(_sorted_out(choices, taken, index), key=lambda choice: choice.order):
        alike = choice.sort, choice.minutes, choice.on_compliance
        if choice.sort is None or used[alike] < math.ceil(largest / choice.minutes):
            kept.append(choice)
            used[alike] += 1
    return sorted(kept, key=lambda choice: choice.position)


def _largest(part: Assessment) -> int:
    return max(part.shortfall.total.minutes, part.shortfall.in_network.minutes, part.shortfall.compliance.minutes)


def _sorted_out(choices: Sequence[Choice], taken: set[object], index: RulebookIndex) -> Iterator[Choice]:
    """Yields the choices with their sort; one that excludes another, or may be a duplicate, has none."""
    several = Counter(choice.identity for choice in choices if choice.identity is not None)
    days = Counter(choice.position for choice in choices)
    for choice in choices:
        kind = choice.activity.kind
        cap = index.cap_of_kind.get(kind)
        sort = index.kind_rules[kind].side, cap.group.name if cap else "", choice.open_to
        alone = days[choice.position] == 1 and several[choice.identity] <= 1 and choice.identity not in taken - {None}
        yield attrs.evolve(choice, sort=sort if alone else None)


def too_dear(choices: Sequence[Choice], count: int) -> Iterator[int]:
    """Yields the columns of choices that are part of no cheapest plan of `count` offerings.

    A choice is too dear if that number of others are cheaper and at least as useful, since one of them is not part of
    the plan and could be exchanged for it.
    """
    prices: dict[tuple[object, int, bool], list[int]] = {}
    for choice in choices:
        prices.setdefault((choice.sort, choice.minutes, choice.on_compliance), []).append(choice.price)
    for each in prices.values():
        each.sort()
    for column, choice in enumerate(choices):
        better = sum(
            bisect_left(each, choice.price)
            for (sort, minutes, about), each in prices.items()
            if sort == choice.sort and minutes >= choice.minutes and about >= choice.on_compliance
        )
        if choice.sort is not None and better >= count:
            yield column
