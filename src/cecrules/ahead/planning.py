"""Finds the cheapest offerings of a catalogue that complete a renewal, proven to be the cheapest."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping, Sequence
from datetime import date
from typing import Any

import attrs

from ..assessments import Assessment
from ..converters import optional, read_date, read_each
from ..errors import ErrorCode, InvalidValue, insist
from ..evaluation import evaluate
from ..rulebook.editions import rulebook_given
from ..rulebook.index import index_of, insist_on_common
from ..rulebook.rulebook import Rulebook
from ..submissions import Submission, submission_given
from .choices import Choice, choices_of, too_dear
from .model import Program
from .offerings import Offering, Plan, PlannedOffering

__all__ = ["plan"]


def plan(
    submission: Submission,
    offerings: Iterable[Offering],
    rulebook: Rulebook | None = None,
    *,
    as_of: date | str | None = None,
) -> Plan:
    """Returns the cheapest offerings that complete a renewal (extra `plan`).

    Among sets with the same price, the one with the fewest offerings is chosen, then the one with the earliest days
    (the first days of each set are compared first, and no day is the last), then the one that is first in the order
    given. The solver (HiGHS) proves that no set is better, and `evaluate` decides the submission with it again.

    Args:
        submission: Everything a holder reports for one renewal year so far.
        offerings: The catalogue, in the order given.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        as_of: The day before which offerings are ignored; none are unless given.

    Returns:
        The plan. If no offerings complete the renewal, none are chosen, and `short` has the credits that all of them
        together cannot fill.

    Raises:
        UnknownName: As `evaluate`.
        NotStated: As `evaluate`.
        InvalidValue: As `evaluate`; also if an offering is not one, `as_of` is not a day, terms take activities from
            one another, the rulebook has a provision that `evaluate` alone decides by, or the extra is not installed.
        InvalidDocument: More than one such problem; `problems` lists them all.
    """
    reported, book = submission_given(submission), rulebook_given(rulebook)
    insist_on_common(book, "worth says which entry helps most by such rules")
    catalogue = _read_offerings(offerings)
    day = optional(read_date)(as_of, ("as_of",))
    if not book.window.shared:
        problem = "must let one activity serve several terms, since plans are made for such rulebooks alone"
        raise InvalidValue(("rulebook",), problem, code=ErrorCode.CONFLICT)
    found = evaluate(reported, book)
    parts = found.terms or (found,)
    choices = choices_of(catalogue, reported.activities, parts, day, index_of(book)) if found.shortfall else []
    best = _best(reported, choices, parts, book) if found.shortfall else ()
    chosen = best if best is not None else ()
    after = _with(reported, _least_short(reported, choices, parts, book) if best is None else chosen, book)
    if best is not None and not after.renewable:
        raise RuntimeError(f"a plan that does not complete the renewal: {chosen}")
    return Plan(
        rulebook=book.id,
        renewal_year=reported.renewal_year,
        designations=found.designations,
        price=sum(choice.price for choice in chosen),
        short=after.shortfall,
        chosen=tuple(_planned(choice, catalogue, book) for choice in chosen),
        as_of=day,
    )


def _read_offerings(raw: object) -> list[Offering]:
    read: list[Any] = [*read_each(raw, ("offerings",))]
    for place, offering in enumerate(read):
        insist(offering, Offering, ("offerings", place), "an Offering")
    return read


def _least_short(
    submission: Submission, choices: Sequence[Choice], parts: Sequence[Assessment], book: Rulebook
) -> list[Choice]:
    """Returns a choice for each offering, those that leave the least short in the term that is furthest."""
    placed: dict[int, Choice] = {}
    if len({choice.position for choice in choices}) < len(choices):
        program = Program(choices, parts, submission.activities, index_of(book), may_be_short=True)
        gaps, furthest = program.gaps or (), program.whole_column(math.inf)
        for gap in gaps:
            program.row({gap: 1, furthest: -1}, most=0)
        every = sum(part.required.minutes for part in parts)  # more than the other gaps can differ by
        chosen = program.least({**dict.fromkeys(gaps, 1), furthest: 2 * every + 1}) or []
        placed = {choices[column].position: choices[column] for column in chosen}
    for choice in choices:
        placed.setdefault(choice.position, choice)
    return list(placed.values())


def _with(submission: Submission, choices: Iterable[Choice], book: Rulebook) -> Assessment:
    more = [choice.activity for choice in choices]
    return evaluate(attrs.evolve(submission, activities=(*submission.activities, *more)), book)


def _planned(choice: Choice, catalogue: Sequence[Offering], book: Rulebook) -> PlannedOffering:
    evidence = index_of(book).evidence_of_kind.get(choice.activity.kind)
    return PlannedOffering(
        position=choice.position,
        offering=catalogue[choice.position],
        earned_on=choice.activity.earned_on,
        keep=evidence.documents if evidence else (),
    )


def _best(
    submission: Submission, choices: Sequence[Choice], parts: Sequence[Assessment], book: Rulebook
) -> tuple[Choice, ...] | None:
    """Returns the best choices, the earliest first, or None if none complete the renewal."""
    program = Program(choices, parts, submission.activities, index_of(book))
    chosen = _solved(program, choices)
    return None if chosen is None else tuple(sorted((choices[column] for column in chosen), key=_by_day))


def _by_day(choice: Choice) -> tuple[date, int]:
    return choice.day or date.max, choice.position


def _solved(program: Program, choices: Sequence[Choice]) -> list[int] | None:
    """Solves for one rank after another: the price, the number, the days, the order."""
    prices = {column: choice.price for column, choice in enumerate(choices)}
    every = dict.fromkeys(prices, 1)
    chosen = program.least(prices)
    if chosen is None:
        return None
    program.row(prices, most=sum(prices[column] for column in chosen))
    chosen = program.least(every) or []
    program.row(every, most=len(chosen))
    dear = set(too_dear(choices, len(chosen)))
    program.leave_out(dear)
    # Most often no other choices are as good.
    another = program.row(dict.fromkeys(chosen, 1), most=len(chosen) - 1)
    if program.least({}) is None:
        return chosen
    program.bound(another, len(chosen))
    days = sorted({choice.day or date.max for choice in choices})
    left = {column: choice for column, choice in enumerate(choices) if column not in dear}
    by_day = {column: days.index(choice.day or date.max) for column, choice in left.items()}
    chosen = _earliest(program, by_day, len(chosen))
    return _earliest(program, {column: choice.position for column, choice in left.items()}, len(chosen))


def _earliest(program: Program, ranks: Mapping[int, int], count: int) -> list[int]:
    """Returns choices whose ranks, in order, are the smallest: the first of them first.

    Each step finds one rank more. A column for each rank says whether it is that one, which it can be if more
    choices of the rank are made than were found before.
    """
    columns: dict[int, int] = {}
    rows: dict[int, int] = {}
    for rank in sorted(set(ranks.values())):
        columns[rank] = program.column(1)
        rows[rank] = program.row(
            {columns[rank]: 1, **{column: -1 for column, own in ranks.items() if own == rank}}, most=0
        )
    one_more = program.row(dict.fromkeys(columns.values(), -1), most=-1)
    costs = {column: rank for rank, column in columns.items()}
    chosen: list[int] = []
    for place in range(count):
        chosen = program.least(costs) or []
        found = sorted(ranks[column] for column in chosen)[: place + 1]
        # From here on, no choices are allowed with fewer of that rank.
        program.bound(rows[found[-1]], -found.count(found[-1]))
    program.bound(one_more, 0)
    return chosen
