"""Reads the submissions and rulebooks that arguments name; every error names its file."""

from __future__ import annotations

import json
import os
from collections.abc import Callable
from contextlib import nullcontext
from datetime import date
from pathlib import Path
from typing import Final, Literal, TypeVar

from ..converters import optional, read_date
from ..errors import CecRulesError, ErrorCode, InvalidValue
from ..interchange import loads
from ..process import reading, standard_input
from ..rulebook.editions import DEFAULT, edition, edition_for, load_rulebook
from ..rulebook.rulebook import Rulebook
from ..submissions import Submission

__all__ = ["IN_FORCE", "RULES", "day_given", "named", "placed", "rulebook_named", "submission_in", "value_in"]

T = TypeVar("T")

IN_FORCE: Final[Literal["in-force"]] = "in-force"
RULES = f"an edition, a TOML file, or {IN_FORCE} for the renewal year's own; {DEFAULT} unless given"

_MOST_BYTES = 1 << 24
_TABLES = "`cecrules batch` reads tables"
# Advice for a file that is no submission, by its ending.
_ADVICE = {
    ".csv": _TABLES,
    ".parquet": _TABLES,
    ".tsv": f"{_TABLES}; give it a --layout",
    ".xlsx": f"{_TABLES}; give it a --layout",
    ".jsonl": f"`cecrules batch --jsonl` reads submissions, one a line, and {_TABLES}",
}


def day_given(text: str | None) -> date | None:
    """Reads the day of `--as-of`, which may not be given; an empty one is refused."""
    return optional(read_date)(text, ("--as-of",))


def named(file: str) -> str:
    """Returns the name of a file for people, where `-` is standard input."""
    return "standard input" if file == "-" else file


def submission_in(file: str) -> Submission:
    """Reads the submission in a file, or in standard input for `-`.

    Raises:
        CecRulesError: It cannot be read, or is no submission.
    """
    text = _text_of(file, "submission")
    try:
        return loads(text)
    except CecRulesError:
        advice = _ADVICE.get(Path(file).suffix.lower())
        if advice is None or _is_json(text):
            raise
        raise InvalidValue("", "must be one submission in JSON", advice, ErrorCode.MALFORMED) from None


def value_in(file: str, kind: type[T]) -> T:
    """Reads a value of a class with a JSON form, such as a receipt, from a file.

    Raises:
        CecRulesError: It cannot be read, or is no such value.
    """
    return loads(_text_of(file, kind.__name__.lower()), kind)


def _text_of(file: str, what: str) -> bytes:
    with reading(""), nullcontext(standard_input()) if file == "-" else open(file, "rb") as source:
        text = source.read(_MOST_BYTES + 1)
    if len(text) > _MOST_BYTES:  # the end of a device may never come
        raise InvalidValue(
            "", f"must be one {what} of at most {_MOST_BYTES >> 20} MB", "check that it is one", ErrorCode.OUT_OF_RANGE
        )
    return text


def _is_json(text: bytes) -> bool:
    try:
        json.loads(text)
    except (ValueError, RecursionError):
        return False
    return True


def rulebook_named(name: str, renewal_year: int | None = None) -> Rulebook:
    """Returns the rulebook of a name: an edition, a TOML file, or the edition that governs a renewal year.

    Raises:
        CecRulesError: There is none of that name, or something is wrong with it.
    """
    if name == IN_FORCE and renewal_year is not None:
        return edition_for(renewal_year)
    if name.endswith(".toml") or os.sep in name:
        return placed(name, lambda: load_rulebook(name))
    return edition(name)


def placed(file: str, act: Callable[[], T]) -> T:
    """Returns the result of `act`; an error it raises names the file."""
    try:
        return act()
    except CecRulesError as error:
        raise error.each(lambda problem: _under(file, problem)) from None


def _under(file: str, problem: CecRulesError) -> CecRulesError:
    if problem.code is ErrorCode.UNREADABLE and problem.where.startswith(file):
        return problem  # the reader of rulebooks has named it
    return InvalidValue(f"{file}: {problem.where}".removesuffix(": "), problem.problem, problem.hint, problem.code)
