"""The rules of 2014 as one JSONLogic rule, by datalogic-py; a part is named by mapping over a list of one."""

from __future__ import annotations

from typing import Any

from datalogic_py import Engine
from facts import OTHERS_INSIDE, OUTSIDE, OWED, SHOWN_BY, UNPAID, Figures

Logic = Any


def _var(name: str) -> Logic:
    return {"var": name}


def _is(*kinds: str) -> Logic:
    return {"in": [_var("kind"), sorted(kinds)]} if len(kinds) > 1 else {"==": [_var("kind"), kinds[0]]}


def _with(parts: list[Logic], body: Logic) -> Logic:
    """Has `body` read the parts as `0`, `1`, ...; the answer is in a list of one."""
    return {"map": [[parts], body]}


def _total(among: str, *kinds: str) -> Logic:
    added = {"+": [_var("accumulator"), {"var": "current.minutes"}]}
    return {"reduce": [{"filter": [_var(among), _is(*kinds)]}, added, 0]}


def _different(among: str, kind: str) -> Logic:
    return {"length": {"distinct": [{"map": [{"filter": [_var(among), _is(kind)]}, _var("same")]}]}}


def _inside(among: str) -> Logic:
    return {
        "+": [
            {"min": [{"*": [60, _different(among, "association_service")]}, 180]},
            {"*": [60, _different(among, "legislative_event")]},
            {"min": [_total(among, "association_instruction"), 180]},
            _total(among, *OTHERS_INSIDE),
        ]
    }


def _outside(among: str) -> Logic:
    return {"min": [_total(among, *OUTSIDE), {"/": [_var("2"), 2]}]}


ACCEPTED = {
    "and": [
        {"==": [_var("year"), {"val": [[2], "year"]}]},
        {"or": [{"!": [_is("grace_hill_course")]}, _var("bought")]},
        {"!": [{"and": [_var("compensated"), _is(*UNPAID)]}]},
        {
            "or": [
                {"and": [_is(*kinds), {"some": [_var("documents"), {"in": [_var(""), documents]}]}]}
                for kinds, documents in SHOWN_BY
            ]
        },
    ]
}

REQUIRED = {
    "max": {"map": [_var("held"), {"if": [p for code in OWED for p in ({"==": [_var(""), code]}, OWED[code])]}]},
}
# The accepted activities; they, those of them that address compliance, and what is owed; then the figures.
RULES = Engine().compile(
    _with(
        [{"filter": [_var("activities"), ACCEPTED]}, REQUIRED],
        _with(
            [_var("0"), {"filter": [_var("0"), _var("compliance")]}, _var("1")],
            _with(
                [_var("2"), _inside("0"), _outside("0"), {"+": [_inside("1"), _outside("1")]}],
                [
                    {
                        "and": [
                            {">=": [{"+": [_var("1"), _var("2")]}, _var("0")]},
                            {">=": [{"*": [2, _var("1")]}, _var("0")]},
                            {">=": [_var("3"), 60]},
                        ]
                    },
                    _var("0"),
                    {"+": [_var("1"), _var("2")]},
                    _var("1"),
                    _var("3"),
                ],
            ),
        ),
    )
)


def prepare(people: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """Returns the people as they are handed over."""
    return people


def decide(people: list[dict[str, Any]]) -> list[Figures]:
    """Decides every person."""
    return [tuple(RULES.evaluate(person)[0][0][0]) for person in people]
