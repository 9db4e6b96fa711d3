"""A second opinion on every submission, slow and obvious: it tries every minute of every activity.

It reads the tables of a rulebook and shares no code with the rules. Where the library keeps credits in a clever
order, this makes a list of all that could be kept and picks the best.
"""

from __future__ import annotations

import calendar
import math
from collections.abc import Iterable, Iterator
from datetime import date, timedelta
from typing import NamedTuple

import cecrules as cec
from cecrules.rulebook.provisions import KindRule


class Demand(NamedTuple):
    """What is owed, in minutes: in all, of it in network, and of it on compliance."""

    total: int
    in_network: int
    compliance: int


class Use(NamedTuple):
    """One way to use minutes of activities: what it adds up to, under each cap, and the bodies and events used."""

    in_network: int = 0
    outside: int = 0
    compliance: int = 0
    under_caps: tuple[tuple[str, int], ...] = ()
    entries: frozenset[tuple[object, ...]] = frozenset()

    @property
    def total(self) -> int:
        return self.in_network + self.outside


NOTHING = frozenset({Use()})


def demand(held: Iterable[cec.Designation], book: cec.Rulebook) -> Demand:
    """The largest requirement held, with its share in network."""
    means = {alias.code: alias.means for alias in book.aliases}
    codes = {means.get(code, code) for code in held}
    rows = [row for row in book.designations if row.designation in codes]
    most = max(row.credits for row in rows)
    if book.in_network.share is None:
        least = max(row.in_network for row in rows if row.credits == most)
    else:
        least = most * book.in_network.share
    asked = 0 if book.compliance is None or book.compliance.strength == "may" else min(book.compliance.credits, most)
    unit = book.credit.minutes
    return Demand(int(most * unit), math.ceil(least * unit), int(asked * unit))


def days(made: cec.Submission, held: cec.Designation, book: cec.Rulebook) -> tuple[date, date]:
    """The first and the last day that count for one designation."""
    rule = book.window
    if rule.kind == "calendar_year":
        year = made.renewal_year - rule.years_before
        return date(year, 1, 1), date(year, 12, 31)
    short = timedelta(days=0 if rule.last_day_inside else 1)
    if rule.kind == "months_before":
        return months_on(made.renewal_date, -rule.months), made.renewal_date - short
    means = {alias.code: alias.means for alias in book.aliases}
    (start,) = {day for code, day in made.term_starts if means.get(code, code) == means.get(held, held)}
    return start, months_on(start, rule.months + rule.grace_months) - short


def months_on(day: date, months: int) -> date:
    """The same day so many months on, or the last of a month that has no such day."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def rule_of(kind: str, book: cec.Rulebook) -> KindRule:
    """The row for a kind, or that for what is unlisted."""
    rows = {row.kind: row for row in book.kinds}
    return rows.get(kind, rows["unlisted"])


def is_acceptable(did: cec.Activity, first: date, last: date, book: cec.Rulebook) -> bool:
    """Whether nothing speaks against an activity by itself."""
    rule = rule_of(did.kind, book)
    wanted = [set(group.documents) for group in book.evidence if group.name == rule.evidence]
    return (
        first <= did.earned_on <= last
        and rule.side in ("in_network", "out_of_network")
        and not ("uncompensated" in rule.conditions and did.compensated)
        and not ("bought_through_association" in rule.conditions and not did.bought_through_association)
        and all(group & did.documents for group in wanted)
    )


def entry(did: cec.Activity, book: cec.Rulebook) -> tuple[object, ...] | None:
    """What makes an activity the same as another; None where each counts."""
    fields = rule_of(did.kind, book).once_per
    if not fields:
        return None
    alike = {
        "provider": squeezed(did.provider),
        "title": squeezed(did.title),
        "earned_on": did.earned_on,
        "minutes": did.minutes,
    }
    return (did.kind, *[alike[field] for field in fields])


def squeezed(text: str) -> str:
    return "".join(letter for letter in text.casefold() if not letter.isspace())


def worth(did: cec.Activity, book: cec.Rulebook) -> int:
    """The minutes an activity claims."""
    each = rule_of(did.kind, book).each
    return (did.minutes or 0) if each is None else int(each * book.credit.minutes)


def one_more(ways: Iterable[Use], did: cec.Activity, book: cec.Rulebook) -> frozenset[Use]:
    """Every way to use any number of minutes of an acceptable activity, none among them, on top of earlier ways."""
    return frozenset(way for before in ways for way in _one_more(before, did, book))


def _one_more(before: Use, did: cec.Activity, book: cec.Rulebook) -> Iterator[Use]:
    yield before
    inside = rule_of(did.kind, book).side == "in_network"
    caps = [
        (cap.name, int(cap.credits * book.credit.minutes))
        for cap in book.caps
        if rule_of(did.kind, book).kind in cap.kinds
    ]
    same = entry(did, book)
    for minutes in range(1, worth(did, book) + 1):
        under = dict(before.under_caps)
        for name, _ in caps:
            under[name] = under.get(name, 0) + minutes
        if same not in before.entries and all(under[name] <= most for name, most in caps):
            yield Use(
                in_network=before.in_network + minutes * inside,
                outside=before.outside + minutes * (not inside),
                compliance=before.compliance + minutes * did.addresses_compliance,
                under_caps=tuple(sorted(under.items())),
                entries=before.entries if same is None else before.entries | {same},
            )


def ways(activities: Iterable[cec.Activity], first: date, last: date, book: cec.Rulebook) -> frozenset[Use]:
    """Every way to use minutes of activities that keeps to the caps; of equal ways one."""
    found = NOTHING
    for did in activities:
        if is_acceptable(did, first, last, book):
            found = one_more(found, did, book)
    return found


def allowed(found: Iterable[Use], owed: Demand) -> list[Use]:
    """The ways that take no more from outside the network than what is left of the required minutes."""
    return [way for way in found if way.outside <= owed.total - owed.in_network]


def best(found: Iterable[Use], owed: Demand) -> tuple[int, int]:
    """The largest total that is allowed and, among those, the largest compliance credit."""
    return max((way.total, way.compliance) for way in allowed(found, owed))


def renews(found: Iterable[Use], owed: Demand) -> bool:
    """Whether any way that is allowed gives all that is owed."""
    return any(
        way.total >= owed.total and way.in_network >= owed.in_network and way.compliance >= owed.compliance
        for way in allowed(found, owed)
    )
