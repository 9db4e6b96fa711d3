"""The errors of the library, each with the place, the value found, and the value expected.

All derive from `CecRulesError`. A shortfall of credits is an answer, never an error.
"""

from __future__ import annotations

import reprlib
from collections.abc import Callable
from enum import StrEnum
from typing import Any, ParamSpec, TypeAlias, TypeVar

from .printable import printable

__all__ = [
    "CecRulesError",
    "ErrorCode",
    "InvalidDocument",
    "InvalidValue",
    "NotStated",
    "Path",
    "Problems",
    "UnknownName",
    "insist",
    "place",
    "shown",
]

P = ParamSpec("P")
T = TypeVar("T")

# The keys and positions that lead to a value, such as ("activities", 2, "hours").
Path: TypeAlias = tuple[str | int, ...]

# Finding the nearest name costs more than all the rest of a problem, so only the first problems get such a hint.
MOST_SUGGESTIONS = 20
# A text of 1 MB can hold a million problems; nobody reads them, and they would take 500 times its size.
MOST_LISTED = 10_000

_LONGEST = 80


class _Short(reprlib.Repr):
    """Shortens, and raises for a value that cannot be written, where reprlib would write its address in memory."""

    def repr_int(self, x: int, level: int) -> str:
        repr(x)
        return super().repr_int(x, level)

    def repr_instance(self, x: object, level: int) -> str:
        repr(x)
        return super().repr_instance(x, level)


_short = _Short()
_short.maxstring = _short.maxother = _LONGEST


def shown(value: object) -> str:
    """Shows a value as it was found, shortened so that a message stays readable."""
    try:
        return printable(_short.repr(value))
    except Exception:  # a caller's own __repr__ and an integer too long to print may raise anything
        return f"a value of type {type(value).__name__}"


def place(path: Path) -> str:
    """Writes a path as people read it, such as `activities[2].hours`."""
    text = "".join(f"[{step}]" if isinstance(step, int) else f".{step[:_LONGEST]}" for step in path)
    return text.removeprefix(".")


class ErrorCode(StrEnum):
    """The sort of problem that an error reports; programs may rely on these codes."""

    MISSING = "missing"  #: A value that is required is not there.
    UNKNOWN_KEY = "unknown_key"  #: The form has no such key.
    REPEATED_KEY = "repeated_key"  #: A key or a name is given more than once.
    WRONG_TYPE = "wrong_type"  #: The value has the wrong type.
    MALFORMED = "malformed"  #: The text is not in the form expected, such as a date that is not YYYY-MM-DD.
    OUT_OF_RANGE = "out_of_range"  #: The value is outside its bounds.
    UNKNOWN_CODE = "unknown_code"  #: The value is none of the codes that the form allows.
    CONFLICT = "conflict"  #: The value contradicts another one.
    UNKNOWN_NAME = "unknown_name"  #: Nothing of that name is known, such as an edition or a clause.
    NOT_STATED = "not_stated"  #: The sources of the rulebook do not say.
    UNREADABLE = "unreadable"  #: The file cannot be read, or is not UTF-8 text.
    UNAVAILABLE = "unavailable"  #: A file cannot be written, or a package or a program is not there.


class CecRulesError(Exception):
    """The base of all errors of this library.

    Attributes:
        problem: The value expected and the value found.
        code: The sort of problem.
    """

    problem: str
    code: ErrorCode

    # The code of a problem that names none; each problem of this library names its own, or is of a class with one sort.
    usual = ErrorCode.MALFORMED

    def __init__(
        self, where: str | Path, problem: str, hint: str | Callable[[], str] = "", code: ErrorCode | None = None
    ) -> None:
        super().__init__(where, problem, hint, code)
        self._where = where
        self.problem = problem
        self._hint = hint
        self.code = self.usual if code is None else code

    @property
    def where(self) -> str:
        """The place of the value in the input, such as `activities[2].hours`; may be empty."""
        return self._where if isinstance(self._where, str) else place(self._where)

    @property
    def path(self) -> Path:
        """The keys and positions that lead to the value, such as `("activities", 2, "hours")`.

        Empty if the place is not a value of the input, such as a line of a text.
        """
        return () if isinstance(self._where, str) else self._where

    @property
    def hint(self) -> str:
        """Advice on how to fix the problem; may be empty."""
        if not isinstance(self._hint, str):
            self._hint = self._hint()
        return self._hint

    @property
    def problems(self) -> tuple[CecRulesError, ...]:
        """Every problem this error reports, in the order found; the first 10,000 if there are more."""
        return (self,)

    @property
    def unlisted(self) -> int:
        """How many more problems were found than `problems` lists."""
        return 0

    def under(self, outer: Path) -> CecRulesError:
        """Returns the same problems with their paths inside the value at `outer`."""
        return self.each(lambda problem: problem._moved((*outer, *problem.path)))  # noqa: SLF001 - of its own kind

    def _moved(self, path: Path) -> CecRulesError:
        return type(self)(path, self.problem, self._hint, self.code)

    def each(self, change: Callable[[CecRulesError], CecRulesError]) -> CecRulesError:
        """Returns what `change` makes of each problem, as one error."""
        return change(self)

    def drop_suggestion(self) -> None:
        """Drops a hint that has not been worked out yet."""
        if not isinstance(self._hint, str):
            self._hint = ""
            super().__init__(self._where, self.problem, "", self.code)  # a copy is made of these

    def __str__(self) -> str:
        start = f"{self.where}: " if self.where else ""
        advice = f"; {self.hint}" if self.hint else ""
        return printable(f"{start}{self.problem}{advice}")


class InvalidValue(CecRulesError, ValueError):
    """One value is of the wrong type or outside its bounds."""


def insist(value: object, kind: Any, path: Path, words: str, hint: str = "") -> None:
    """Refuses a value that is not of a type, which `words` name, such as `an Assessment`.

    Raises:
        InvalidValue: It is not.
    """
    if not isinstance(value, kind):
        raise InvalidValue(path, f"must be {words}, got {shown(value)}", hint, ErrorCode.WRONG_TYPE)


class UnknownName(CecRulesError, ValueError):
    """A name that a rulebook, the published editions or a vocabulary does not have."""

    usual = ErrorCode.UNKNOWN_NAME


class NotStated(CecRulesError, ValueError):
    """A fact that the sources of a rulebook do not state."""

    usual = ErrorCode.NOT_STATED


class InvalidDocument(CecRulesError, ValueError):
    """More than one problem in a value or a document; `problems` lists them.

    `str()` gives one line for each problem. Its own attributes are those of the first.
    """

    def __init__(self, *problems: CecRulesError, unlisted: int = 0) -> None:
        first = problems[0]
        super().__init__(first._where, first.problem, first._hint, first.code)  # noqa: SLF001 - of its own kind
        for problem in problems[MOST_SUGGESTIONS:]:
            problem.drop_suggestion()
        self._problems = problems
        self._unlisted = unlisted
        self.args = problems  # pickling makes a copy from these

    @property
    def problems(self) -> tuple[CecRulesError, ...]:
        return self._problems

    @property
    def unlisted(self) -> int:
        return self._unlisted

    def each(self, change: Callable[[CecRulesError], CecRulesError]) -> CecRulesError:
        return InvalidDocument(*map(change, self._problems), unlisted=self._unlisted)

    def __str__(self) -> str:
        more = f"\nand {self._unlisted:,} more problems" if self._unlisted else ""
        return "\n".join(map(str, self._problems)) + more


class Problems:
    """Collects problems while a value is read, so that all of them are reported together."""

    def __init__(self) -> None:
        self.found: list[CecRulesError] = []
        self.unlisted: int = 0

    def add(self, where: str | Path, problem: str, hint: str | Callable[[], str] = "", *, code: ErrorCode) -> None:
        """Records one problem."""
        self.take(InvalidValue(where, problem, hint, code))

    def attempt(self, read: Callable[P, T], *args: P.args, **kwargs: P.kwargs) -> T | None:
        """Calls `read` and returns its value, or records what it raised and returns None."""
        try:
            return read(*args, **kwargs)
        except CecRulesError as error:
            self.take(error)
            return None

    def take(self, error: CecRulesError) -> None:
        """Records what an error reports, without the calls that led to it."""
        listed = error.problems[: MOST_LISTED - len(self.found)]
        for problem in listed:
            problem.__traceback__ = problem.__context__ = None
        self.found += listed
        self.unlisted += len(error.problems) - len(listed) + error.unlisted

    def error(self) -> CecRulesError:
        """Returns everything found as one error."""
        return self.found[0] if len(self.found) == 1 else InvalidDocument(*self.found, unlisted=self.unlisted)

    def settle(self) -> None:
        """Raises everything found, or does nothing if no problem was found."""
        if self.found:
            raise self.error()
