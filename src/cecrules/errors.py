"""The errors of the library: each says where, what was found and what was expected.

All derive from `CecRulesError`. A shortage of credits is an answer, never an error.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable
from typing import ParamSpec, TypeVar

__all__ = ["CecRulesError", "InvalidDocument", "InvalidValue", "Problems", "UnknownName", "shown"]

P = ParamSpec("P")
T = TypeVar("T")

_short = reprlib.Repr()
_short.maxstring = _short.maxother = 80


def shown(value: object) -> str:
    """Shows a value as found, cut short so that a message stays readable."""
    try:
        return _short.repr(value)
    except Exception:  # whatever a stranger's __repr__, or an integer too long to print, raises
        return f"a value of type {type(value).__name__}"


class CecRulesError(Exception):
    """The base of all errors of this library.

    Attributes:
        where: The path of the value in what was given, such as `activities[2].hours`; may be empty.
        problem: What was expected and what was found.
        hint: What to do about it; may be empty.
    """

    def __init__(self, where: str, problem: str, hint: str = "") -> None:
        super().__init__(where, problem, hint)
        self.where = where
        self.problem = problem
        self.hint = hint

    @property
    def problems(self) -> tuple[CecRulesError, ...]:
        """Every single problem this error reports, in the order found."""
        return (self,)

    def __str__(self) -> str:
        place = f"{self.where}: " if self.where else ""
        advice = f"; {self.hint}" if self.hint else ""
        return f"{place}{self.problem}{advice}"


class InvalidValue(CecRulesError, ValueError):
    """One value is of the wrong type or outside its bounds."""


class UnknownName(CecRulesError, ValueError):
    """A name that a rulebook, an edition list or a vocabulary does not know."""


class InvalidDocument(CecRulesError, ValueError):
    """A value or a document with one or more problems, all reported at once.

    `str()` of it gives one line a problem.
    """

    def __init__(self, *problems: CecRulesError) -> None:
        super().__init__(problems[0].where, problems[0].problem, problems[0].hint)
        self.args = problems  # what a copy of it is made from
        self._problems = problems

    @property
    def problems(self) -> tuple[CecRulesError, ...]:
        return self._problems

    def __str__(self) -> str:
        return "\n".join(map(str, self._problems))


class Problems:
    """Collects problems while a value is read, so that all of them are reported together."""

    def __init__(self) -> None:
        self.found: list[CecRulesError] = []

    def add(self, where: str, problem: str, hint: str = "") -> None:
        """Records one problem."""
        self.found.append(InvalidValue(where, problem, hint))

    def attempt(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Calls `read` and returns its value, or records what it raised and returns None."""
        try:
            return read(*args, **kwargs)
        except CecRulesError as error:
            self.found.extend(error.problems)
            return None

    def error(self, where: str = "") -> CecRulesError:
        """Returns everything found as one error, with its path under `where`."""
        moved = tuple(type(p)(_under(where, p.where), p.problem, p.hint) for p in self.found)
        return moved[0] if len(moved) == 1 else InvalidDocument(*moved)

    def settle(self, where: str = "") -> None:
        """Raises everything found, with its path under `where`; does nothing where all is well."""
        if self.found:
            raise self.error(where)


def _under(outer: str, inner: str) -> str:
    if not outer or not inner or inner.startswith("["):
        return outer + inner
    return f"{outer}.{inner}"
