"""The rules of 2014 as one compiled expression of zen-engine."""

from __future__ import annotations

from typing import Any

import zen
from facts import OTHERS_INSIDE, OUTSIDE, OWED, SHOWN_BY, UNPAID, Figures, listed

_SHOWN = " or ".join(
    f"(a.kind in {listed(kinds)} and some(a.documents as d, d in {listed(documents)}))" for kinds, documents in SHOWN_BY
)


def _counted(name: str, among: str) -> str:
    """Returns lines that count, in `name_in` and `name_out`, what the activities of one list come to."""
    return f"""
    {name}_bodies = filter({among} as a, a.kind == "association_service");
    {name}_events = filter({among} as a, a.kind == "legislative_event");
    {name}_in = min([60 * len({_first_of(f"{name}_bodies")}), 180])
        + 60 * len({_first_of(f"{name}_events")})
        + min([sum(map({among} as a, a.kind == "association_instruction" ? a.minutes : 0)), 180])
        + sum(map({among} as a, a.kind in {listed(OTHERS_INSIDE)} ? a.minutes : 0));
    {name}_out = min([sum(map({among} as a, a.kind in {listed(OUTSIDE)} ? a.minutes : 0)), required / 2]);"""


def _first_of(entries: str) -> str:
    return f"filter({entries} as a, not some({entries} as b, b.same == a.same and b.number < a.number))"


_OWED = "{" + ", ".join(f"{code}: {minutes}" for code, minutes in OWED.items()) + "}"
RULES = zen.compile_expression(
    f"""
    owed = {_OWED};
    required = max(map(held as code, owed[code]));
    accepted = filter(activities as a, a.year == year
        and (a.kind != "grace_hill_course" or a.bought)
        and not (a.compensated and a.kind in {listed(UNPAID)})
        and ({_SHOWN}));
    addressing = filter(accepted as a, a.compliance);
    {_counted("all", "accepted")}
    {_counted("some", "addressing")}
    credited = all_in + all_out;
    compliance = some_in + some_out;
    [credited >= required and all_in >= required / 2 and compliance >= 60, required, credited, all_in, compliance]
    """
)


def prepare(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns the people as they are handed over."""
    return people


def decide(people: list[dict[str, Any]]) -> list[Figures]:
    """Decides every person."""
    return [tuple(RULES.evaluate(person)) for person in people]
