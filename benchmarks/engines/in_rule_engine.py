"""The rules of 2014 in the language of rule-engine; three rules, for it has no names for parts."""

from __future__ import annotations

from typing import Any

import rule_engine
from facts import OTHERS_INSIDE, OUTSIDE, OWED, SHOWN_BY, UNPAID, Figures, listed

_SHOWN = " or ".join(
    f'(a["kind"] in {listed(kinds)} and $any([d in {listed(documents)} for d in a["documents"]]))'
    for kinds, documents in SHOWN_BY
)
ACCEPTED = rule_engine.Rule(
    f"""[a for a in activities if a["year"] == year
    and (a["kind"] != "grace_hill_course" or a["bought"])
    and not (a["compensated"] and a["kind"] in {listed(UNPAID)})
    and ({_SHOWN})]"""
)
COUNTED = rule_engine.Rule(
    f"""[$min([60 * [a["same"] for a in counted if a["kind"] == "association_service"].to_set.length, 180])
    + 60 * [a["same"] for a in counted if a["kind"] == "legislative_event"].to_set.length
    + $min([$sum([a["minutes"] for a in counted if a["kind"] == "association_instruction"]), 180])
    + $sum([a["minutes"] for a in counted if a["kind"] in {listed(OTHERS_INSIDE)}]),
    $min([$sum([a["minutes"] for a in counted if a["kind"] in {listed(OUTSIDE)}]), required / 2])]"""
)
RENEWABLE = rule_engine.Rule("credited >= required and 2 * in_network >= required and compliance >= 60")


def prepare(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns the people as they are handed over."""
    return people


def decide(people: list[dict[str, Any]]) -> list[Figures]:
    """Decides every person."""
    return [_one(person) for person in people]


def _one(person: dict[str, Any]) -> Figures:
    required = max(OWED[code] for code in person["held"])
    accepted = ACCEPTED.evaluate(person)
    inside, outside = COUNTED.evaluate({"counted": accepted, "required": required})
    addressing = [a for a in accepted if a["compliance"]]
    compliance = sum(COUNTED.evaluate({"counted": addressing, "required": required}))
    figures = {
        "required": required,
        "credited": inside + outside,
        "in_network": inside,
        "compliance": compliance,
    }
    return (RENEWABLE.evaluate(figures), *figures.values())
