"""The rules of 2014 in the Common Expression Language, by common-expression-language.

The language has no sum, no largest or smallest, no distinct and no names for parts: it accepts activities and picks
those of each sort, and what it cannot say is four lines of Python.
"""

from __future__ import annotations

from typing import Any

import cel
from facts import OTHERS_INSIDE, OUTSIDE, OWED, SHOWN_BY, UNPAID, Figures, listed

_SHOWN = " || ".join(
    f"(a.kind in {listed(kinds)} && a.documents.exists(d, d in {listed(documents)}))" for kinds, documents in SHOWN_BY
)
ACCEPTED = cel.compile(
    f"""activities.filter(a,
    a.year == year
    && (a.kind != "grace_hill_course" || a.bought)
    && !(a.compensated && a.kind in {listed(UNPAID)})
    && ({_SHOWN}))"""
)
PICKED = cel.compile(
    f"""[
    counted.filter(a, a.kind == "association_service").map(a, a.same),
    counted.filter(a, a.kind == "legislative_event").map(a, a.same),
    counted.filter(a, a.kind == "association_instruction").map(a, a.minutes),
    counted.filter(a, a.kind in {listed(OTHERS_INSIDE)}).map(a, a.minutes),
    counted.filter(a, a.kind in {listed(OUTSIDE)}).map(a, a.minutes)]"""
)
RENEWABLE = cel.compile("credited >= required && 2 * in_network >= required && compliance >= 60")


def prepare(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns the people as they are handed over."""
    return people


def decide(people: list[dict[str, Any]]) -> list[Figures]:
    """Decides every person."""
    return [_one(person) for person in people]


def _one(person: dict[str, Any]) -> Figures:
    required = max(OWED[code] for code in person["held"])
    accepted = ACCEPTED.execute(person)
    inside, outside = _counted(accepted, required)
    compliance = sum(_counted([a for a in accepted if a["compliance"]], required))
    figures = {
        "required": required,
        "credited": inside + outside,
        "in_network": inside,
        "compliance": compliance,
    }
    return (RENEWABLE.execute(figures), *figures.values())


def _counted(accepted: list[dict[str, Any]], required: int) -> tuple[int, int]:
    bodies, events, taught, others, outside = PICKED.execute({"counted": accepted})
    inside = min(60 * len(set(bodies)), 180) + 60 * len(set(events)) + min(sum(taught), 180) + sum(others)
    return inside, min(sum(outside), required // 2)
