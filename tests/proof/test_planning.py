"""Plans cost what another solver (CP-SAT of OR-Tools) says, which is given another program of the same catalogue."""

from __future__ import annotations

import random
from collections.abc import Iterable
from datetime import date
from typing import Any

import pytest

import catalogues
import cecrules as cec
from proof import oracle
from proof.completions import groups

cp_model = pytest.importorskip("ortools.sat.python.cp_model", reason="ortools is not installed: constraints/test.txt")
pytest.importorskip("highspy", reason="highspy is not installed: constraints/test.txt")

BOOKS = (cec.NAAEI_2014, cec.edition("naaei-2021"), cec.edition("naaei-2022"))


def cheapest(
    made: cec.Submission, offerings: list[cec.Offering], book: cec.Rulebook, as_of: date
) -> tuple[int, int] | None:
    """The least price, and the fewest offerings for it; None if no offerings complete the renewal.

    Every minute of every activity is used or not, one activity of those that are the same. That it takes no
    compliance credits away where a limit bites, as the library does by its order, follows from the maximum.
    """
    owed = oracle.demand(made.designations, book)
    first, last = oracle.days(made, made.designations[0], book)
    fixed = [(did, None) for did in made.activities]
    open_ones = [one for one in offerings if one.day is None or one.day >= as_of]
    more = catalogues.carried_out(made, open_ones, catalogues.free_days(made, offerings, as_of)).activities[
        len(made.activities) :
    ]
    program = cp_model.CpModel()
    picks = [program.NewBoolVar("") for _ in open_ones]
    every = [*fixed, *zip(more, picks, strict=True)]
    acceptable = [(did, pick) for did, pick in every if oracle.is_acceptable(did, first, last, book)]
    for about_only in (False, True):
        state(program, acceptable, owed, book, about_only)
    price = sum(one.price * pick for one, pick in zip(open_ones, picks, strict=True))
    solver = cp_model.CpSolver()
    solver.parameters.num_workers = 1
    program.Minimize(price)
    if solver.Solve(program) != cp_model.OPTIMAL:
        return None
    least = round(solver.ObjectiveValue())
    program.Add(price <= least)
    program.Minimize(sum(picks))
    assert solver.Solve(program) == cp_model.OPTIMAL
    return least, round(solver.ObjectiveValue())


def state(
    program: Any, acceptable: Iterable[tuple[cec.Activity, Any]], owed: oracle.Demand, book: cec.Rulebook, about: bool
) -> None:
    """Says that enough can be used in all, or on compliance."""
    used: dict[object, list[tuple[cec.Activity, Any]]] = {}
    for number, (did, pick) in enumerate(acceptable):
        if did.addresses_compliance or not about:
            used.setdefault(oracle.entry(did, book) or number, []).append((did, pick))
    of_kind: dict[str, list[Any]] = {}
    for entries in used.values():
        did = entries[0][0]
        worth = oracle.worth(did, book)
        minutes = program.NewIntVar(0, worth, "")
        if all(pick is not None for _, pick in entries):
            program.Add(minutes <= worth * sum(pick for _, pick in entries))
        of_kind.setdefault(oracle.rule_of(did.kind, book).kind, []).append(minutes)
    inside: list[Any] = []
    outside: list[Any] = []
    for most, sorts in groups(book).values():
        kinds = [kind for sort in sorts for kind in sort]
        minutes = [one for kind in kinds for one in of_kind.get(kind, [])]
        program.Add(sum(minutes) <= most)
        (inside if oracle.rule_of(kinds[0], book).side == "in_network" else outside).extend(minutes)
    program.Add(sum(outside) <= owed.total - owed.in_network)
    if about:
        program.Add(sum(inside) + sum(outside) >= owed.compliance)
    else:
        program.Add(sum(inside) + sum(outside) >= owed.total)
        program.Add(sum(inside) >= owed.in_network)


def compared(seeds: range, most: int) -> int:
    complete = 0
    for seed in seeds:
        chance = random.Random(seed)
        book = chance.choice(BOOKS)
        made = catalogues.someone(chance, book)
        offerings = catalogues.catalogue(chance, chance.randint(1, most))
        as_of = date(2013, 12, chance.choice((1, 2)))
        found = cec.plan(made, offerings, book, as_of=as_of)
        own = (found.price, len(found.chosen)) if found.complete else None
        assert own == cheapest(made, offerings, book, as_of), (seed, book)
        complete += found.complete
    return complete


def test_another_solver_finds_the_same_price() -> None:
    assert compared(range(40), 12) > 10


MANY = [pytest.param(500, marks=pytest.mark.wide), pytest.param(10_000, marks=pytest.mark.long)]


@pytest.mark.parametrize("count", MANY)
def test_so_it_does_for_many_catalogues(count: int) -> None:
    assert compared(range(1_000, 1_000 + count), 24) > count * 0.3
