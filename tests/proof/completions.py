"""A second opinion on every outlook, slow and obvious: it tries every way to complete a submission.

It reads the tables of a rulebook and shares no code with what it is compared with. Every document and statement that
is missing is tried both ways, and every number of minutes and of occasions that could still be added, of every sort.
"""

from __future__ import annotations

import itertools
import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

import attrs

import cecrules as cec
from builders import ALL_DOCUMENTS
from proof import oracle

FLAGS = ("addresses_compliance", "compensated", "bought_through_association")

# What is used (in network, outside, on compliance), with the fewest minutes of time left that it takes.
Times = dict[tuple[int, int, int], int]


class Lack(NamedTuple):
    """A document or a statement that is missing, with all that it could turn out to be."""

    activity: int
    field: str
    values: tuple[object, ...]


def lacks(activities: tuple[cec.Activity, ...], book: cec.Rulebook) -> list[Lack]:
    """Everything that is missing: the better value of each last."""
    found: list[Lack] = []
    for place, did in enumerate(activities):
        rule = oracle.rule_of(did.kind, book)
        if any(not set(group.documents) & did.documents for group in book.evidence if group.name == rule.evidence):
            found.append(Lack(place, "documents", (did.documents, ALL_DOCUMENTS)))
        unsaid = [field for field in FLAGS if getattr(did, field) is None]
        found += [Lack(place, field, (True, False) if field == "compensated" else (False, True)) for field in unsaid]
    return found


def completed(activities: tuple[cec.Activity, ...], filled: Iterable[tuple[Lack, object]]) -> tuple[cec.Activity, ...]:
    made = list(activities)
    for lack, value in filled:
        made[lack.activity] = attrs.evolve(made[lack.activity], **{lack.field: value})
    return tuple(made)


def completions(activities: tuple[cec.Activity, ...], found: list[Lack]) -> Iterator[tuple[cec.Activity, ...]]:
    for values in itertools.product(*[lack.values for lack in found]):
        yield completed(activities, zip(found, values, strict=True))


def groups(book: cec.Rulebook) -> dict[str, tuple[int, list[list[cec.ActivityKind]]]]:
    """Each cap with its minutes and the kinds under it, in sorts; of kinds without a cap each side is a group."""
    caps = {kind: cap for cap in book.caps for kind in cap.kinds}
    made: dict[str, tuple[int, dict[object, list[cec.ActivityKind]]]] = {}
    for rule in book.kinds:
        if rule.side in ("in_network", "out_of_network"):
            cap = caps.get(rule.kind)
            name = cap.name if cap else f"no cap {rule.side}"
            most = int(cap.credits * book.credit.minutes) if cap else 10**6
            made.setdefault(name, (most, {}))[1].setdefault(rule.each, []).append(rule.kind)
    return {name: (most, list(sorts.values())) for name, (most, sorts) in made.items()}


def least_times(
    done: Iterable[cec.Activity], days: tuple[date, date], owed: oracle.Demand, book: cec.Rulebook
) -> Times:
    """Every useful way to use what was done and could still be done, with the fewest minutes it takes."""
    acceptable = [did for did in done if oracle.is_acceptable(did, *days, book)]
    times: Times = {(0, 0, 0): 0}
    for most, sorts in groups(book).values():
        own = [did for did in acceptable if any(did.kind in kinds for kinds in sorts)]
        under = {(0, 0): 0}  # minutes and minutes on compliance under this cap
        for _, same in itertools.groupby(sorted(own, key=lambda did: repr(oracle.entry(did, book))), _apart(book)):
            under = _more(
                under, [(oracle.worth(did, book), bool(did.addresses_compliance), 0, 1) for did in same], most, owed
            )
        for kinds in sorts:
            each = oracle.rule_of(kinds[0], book).each
            for about in (True, False):
                if each is None:
                    under = _more(under, [(owed.total, about, 1, 1)], most, owed)
                elif each:
                    size = int(each * book.credit.minutes)
                    took = math.ceil(each * 60)
                    for _ in range(math.ceil(owed.total / size)):
                        under = _more(under, [(size, about, took, size)], most, owed)
        inside = oracle.rule_of(sorts[0][0], book).side == "in_network"
        times = _joined(times, under, inside, owed)
    return times


def _apart(book: cec.Rulebook):
    number = itertools.count()
    return lambda did: next(number) if oracle.entry(did, book) is None else repr(oracle.entry(did, book))


def _more(under: dict[tuple[int, int], int], entries: list[tuple[int, bool, int, int]], most: int, owed: oracle.Demand):
    """One of some entries used in addition, as many minutes of it as one likes: worth, on compliance, time for a lump."""
    made = dict(under)
    for (used, about), time in under.items():
        for worth, is_about, cost, lump in entries:
            for minutes in range(1, worth + 1):
                total, on_compliance = used + minutes, about + minutes * is_about
                if total <= most and total <= 2 * owed.total:
                    key = total, min(on_compliance, owed.compliance)
                    spent = time + cost * math.ceil(minutes / lump)
                    made[key] = min(made.get(key, 10**9), spent)
    return made


def _joined(times: Times, under: dict[tuple[int, int], int], inside: bool, owed: oracle.Demand) -> Times:
    made: Times = {}
    for (in_network, outside, about), time in times.items():
        for (total, more), spent in under.items():
            key = (
                min(in_network + total * inside, owed.total),
                outside + total * (not inside),
                min(about + more, owed.compliance),
            )
            if key[1] <= owed.total - owed.in_network:
                made[key] = min(made.get(key, 10**9), time + spent)
    return made


def least_time(
    done: Iterable[cec.Activity], days: tuple[date, date], owed: oracle.Demand, book: cec.Rulebook
) -> int | None:
    """The fewest minutes that complete a renewal, or None."""
    enough = [
        time
        for (in_network, outside, about), time in least_times(done, days, owed, book).items()
        if in_network + outside >= owed.total and in_network >= owed.in_network and about >= owed.compliance
    ]
    return min(enough, default=None)


def minutes_left(
    activities: Iterable[cec.Activity], days: tuple[date, date], day: date, minutes_a_day: int, book: cec.Rulebook
) -> list[tuple[date, int]]:
    """Each day that can still be used, with its minutes that no plan uses up."""
    left: list[tuple[date, int]] = []
    now = max(day, days[0])
    while now <= days[1]:
        planned = [did for did in activities if did.earned_on == now > day]
        each = [oracle.rule_of(did.kind, book).each for did in planned]
        busy = sum(
            (did.minutes or 0) if worth is None else math.ceil(worth * 60)
            for did, worth in zip(planned, each, strict=True)
        )
        left.append((now, max(minutes_a_day - busy, 0)))
        now += timedelta(days=1)
    return left
