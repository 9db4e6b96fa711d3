"""States a catalogue as an integer program, and solves it with HiGHS (extra `plan`).

A choice is made or not. The credits of a group under a cap are at most the cap, and at most the credits claimed; those
from outside the network are at most the room there. The same holds for the credits on compliance, since where a limit
takes credits away, those on compliance are kept first. Duplicates count once.
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeVar

import attrs

from ..activities import Activity
from ..assessments import Assessment, CheckRule, Outcome
from ..errors import ErrorCode, InvalidValue
from ..rulebook.index import Cap, RulebookIndex
from ..rulebook.provisions import Side
from ..rules.caps import claimed_minutes, identity_of
from .choices import Choice

__all__ = ["Program"]

K = TypeVar("K")
V = TypeVar("V")

# Every number of a program is whole, so that half of one is far more than the error of a solver.
HALF = 0.5
TIGHT = 1e-9
OPTIONS: dict[str, Any] = {
    "threads": 1,
    "mip_rel_gap": 0.0,
    "mip_abs_gap": 0.0,
    "mip_feasibility_tolerance": TIGHT,
    "primal_feasibility_tolerance": TIGHT,
}


@functools.cache
def _highs() -> Any:
    """Returns the module of the solver; it has no types that are known where it is not installed."""
    try:
        return import_module("highspy")
    except ImportError:
        raise InvalidValue(
            "plan", "needs highspy, which is not installed", 'pip install "cecrules[plan]"', ErrorCode.UNAVAILABLE
        ) from None


@functools.cache
def _quiet() -> Any:
    """Returns a class of solvers that write nothing to standard output, not even their name."""

    def enable(solver: Any) -> None:
        solver.silent()
        _highs().Highs.enableCallbacks(solver)

    return type("Quiet", (_highs().Highs,), {"enableCallbacks": enable})


@attrs.frozen
class _Sum:
    """A sum of columns, each with its factor, and a number."""

    terms: dict[int, int]
    number: int = 0

    @classmethod
    def of(cls, sums: Iterable[_Sum]) -> _Sum:
        terms: dict[int, int] = {}
        number = 0
        for one in sums:
            number += one.number
            for column, factor in one.terms.items():
                terms[column] = terms.get(column, 0) + factor
        return cls(terms, number)


class Program:
    """An integer program whose first columns are choices, each made or not.

    If a part may be short, a column for each of its rows has the minutes that are (`gaps`).
    """

    def __init__(
        self,
        choices: Sequence[Choice],
        parts: Sequence[Assessment],
        done: Sequence[Activity],
        index: RulebookIndex,
        *,
        may_be_short: bool = False,
    ) -> None:
        self.gaps: list[int] | None = [] if may_be_short else None
        self.columns: range = range(len(choices))
        self.solver: Any = _quiet()()
        for name, value in OPTIONS.items():
            self.solver.setOptionValue(name, value)
        for _ in self.columns:
            self.whole_column(1)
        for columns in _grouped((choice.position, column) for column, choice in enumerate(choices)).values():
            if len(columns) > 1:  # an offering on demand, on one of several days
                self.row(dict.fromkeys(columns, 1), most=1)
        for place, part in enumerate(parts):
            _Part(self, choices, place, part, done, index).state()

    def column(self, most: float) -> int:
        """Adds a column from 0 to `most`, and returns its number."""
        self.solver.addVar(0, most)
        return int(self.solver.getNumCol()) - 1

    def whole_column(self, most: float) -> int:
        """Adds a column from 0 to `most` that is a whole number, and returns its number."""
        column = self.column(most)
        self.solver.changeColIntegrality(column, _highs().HighsVarType.kInteger)
        return column

    def row(self, terms: Mapping[int, int], *, least: float = -math.inf, most: float = math.inf) -> int:
        """Adds a row, a sum of columns between two bounds, and returns its number."""
        self.solver.addRow(least, most, len(terms), list(terms), list(terms.values()))
        return int(self.solver.getNumRow()) - 1

    def bound(self, row: int, most: float) -> None:
        """Gives a row another upper bound."""
        self.solver.changeRowBounds(row, -math.inf, most)

    def leave_out(self, columns: Iterable[int]) -> None:
        """Lets no solution have some columns."""
        for column in columns:
            self.solver.changeColBounds(column, 0, 0)

    def least(self, costs: Mapping[int, int]) -> list[int] | None:
        """Returns the choices, by column, that cost the least in all, or None if no choices satisfy every row."""
        for column in range(self.solver.getNumCol()):
            self.solver.changeColCost(column, costs.get(column, 0))
        self.solver.run()
        status, known = self.solver.getModelStatus(), _highs().HighsModelStatus
        if status == known.kInfeasible:
            return None
        if status != known.kOptimal:
            raise RuntimeError(f"the solver found no answer: {status}")
        values = self.solver.getSolution().col_value
        return [column for column in self.columns if values[column] > HALF]

    def limited(self, total: _Sum, most: int) -> _Sum:
        """Returns the lesser of a sum and a limit; a solver makes it as large as it is of use."""
        column = self.column(most)
        self.row({column: 1, **{other: -factor for other, factor in total.terms.items()}}, most=total.number)
        return _Sum({column: 1})


@attrs.frozen
class _Part:
    """The rows of one requirement within one window."""

    program: Program
    choices: Sequence[Choice]
    place: int
    found: Assessment
    done: Sequence[Activity]
    index: RulebookIndex

    def state(self) -> None:
        sides: dict[Side, list[tuple[_Sum, _Sum]]] = {Side.IN_NETWORK: [], Side.OUT_OF_NETWORK: []}
        for (side, cap), sums in _grouped(self.claims()).items():
            total, about = (_Sum.of(pair[which] for pair in sums) for which in (0, 1))
            if cap is not None:
                total, about = self.program.limited(total, cap.minutes), self.program.limited(about, cap.minutes)
            sides[side].append((total, about))
        required = {check.rule: check.required.minutes for check in self.found.checks}
        room = required[CheckRule.TOTAL] - required[CheckRule.IN_NETWORK]
        for which, least in enumerate((required[CheckRule.TOTAL], required.get(CheckRule.COMPLIANCE, 0))):
            outside = self.program.limited(_Sum.of(pair[which] for pair in sides[Side.OUT_OF_NETWORK]), room)
            whole = _Sum.of([outside, *(pair[which] for pair in sides[Side.IN_NETWORK])])
            terms = whole.terms
            if self.program.gaps is not None:
                gap = self.program.whole_column(math.inf)  # a solver is far quicker if it knows that it is whole
                self.program.gaps.append(gap)
                terms = {**terms, gap: 1}
            self.program.row(terms, least=least - whole.number)

    def claims(self) -> Iterator[tuple[tuple[Side, Cap | None], tuple[_Sum, _Sum]]]:
        """Yields a side and cap with the minutes claimed under them, in all and on compliance."""
        claimed = claimed_minutes(self.done, self.index.rulebook)
        kept: dict[object, bool] = {}
        for place, decision in enumerate(self.found.decisions):
            if decision.outcome is not Outcome.REJECTED:
                activity, minutes = self.done[place], claimed[place]
                kept[identity_of(activity, self.index)] = bool(activity.addresses_compliance)
                yield self.under(activity), (_Sum({}, minutes), _Sum({}, minutes * bool(activity.addresses_compliance)))
        for identity, columns in _grouped(self.open_choices()).items():
            first = self.choices[columns[0]]
            about = [column for column in columns if self.choices[column].activity.addresses_compliance]
            if first.identity is None or (len(columns) == 1 and identity not in kept):
                sums = tuple(_Sum(dict.fromkeys(which, first.minutes)) for which in (columns, about))
            else:
                rooms = int(identity not in kept), int(not kept.get(identity, False))
                sums = tuple(self.once(which, room, first) for which, room in zip((columns, about), rooms, strict=True))
            yield self.under(first.activity), (sums[0], sums[1])

    def open_choices(self) -> Iterator[tuple[object, int]]:
        for column, choice in enumerate(self.choices):
            if choice.open_to[self.place]:
                yield choice.identity or column, column

    def once(self, columns: Sequence[int], most: int, choice: Choice) -> _Sum:
        """Returns the minutes of choices that count once, or not at all where an activity has that place."""
        counts = self.program.limited(_Sum(dict.fromkeys(columns, 1)), most)
        return _Sum(dict.fromkeys(counts.terms, choice.minutes))

    def under(self, activity: Activity) -> tuple[Side, Cap | None]:
        cap = self.index.cap_of_kind.get(activity.kind)
        return self.index.kind_rules[activity.kind].side, cap


def _grouped(pairs: Iterable[tuple[K, V]]) -> dict[K, list[V]]:
    groups: dict[K, list[V]] = {}
    for key, value in pairs:
        groups.setdefault(key, []).append(value)
    return groups
