"""The published editions of the rules, one TOML file each in `editions/`, and the reader that reports every problem.

The files hold the facts. The reader only builds a `Rulebook` from them, which checks itself.
"""

from __future__ import annotations

import functools
import os
import pkgutil
import threading
from typing import Any, cast

from ..converters import read_each, read_name, read_text, read_whole
from ..errors import CecRulesError, ErrorCode, InvalidValue, Problems, UnknownName, shown
from ..structuring import build
from ..submissions import FIRST_YEAR, LAST_YEAR
from ..toml_text import table_in, text_in
from ..unstructuring import plain
from .amendments import amended
from .rulebook import Rulebook, insist_on_rulebook

__all__ = [
    "DEFAULT",
    "FORMAT",
    "edition",
    "edition_for",
    "editions",
    "load_rulebook",
    "read_rulebook",
    "rulebook_given",
    "successor",
]

FORMAT = "cecrules.rulebook/1"
DEFAULT = "naaei-2014"
PACKAGE = __name__.partition(".")[0]

_lock = threading.RLock()


@functools.cache
def editions() -> tuple[str, ...]:
    """Returns the ids of the published editions, sorted."""
    from importlib import resources  # noqa: PLC0415 - it loads much, and deciding by one edition needs no list of them

    names = [file.name for file in resources.files(PACKAGE).joinpath("editions").iterdir()]
    return tuple(sorted(name.removesuffix(".toml") for name in names if name.endswith(".toml")))


def edition(id: str) -> Rulebook:
    """Returns a published edition; the same object each time, and for every thread.

        >>> edition("naaei-2014").governs.first
        2014

    Raises:
        UnknownName: There is no edition with that id.
    """
    if not isinstance(id, str) or id not in editions():  # pyright: ignore[reportUnnecessaryIsInstance]
        # The year in a name that is only near says nothing of the years that the edition governs.
        listed = ", ".join(f"{book.id} (renewals {book.governs.in_words()})" for book in _all())
        meant = str(id).casefold()
        hint = f"did you mean {meant!r}?" if meant in editions() else f"known: {listed}"
        raise UnknownName(("rulebook",), f"there is no edition {shown(id)}", hint)
    return _edition(id)


@functools.cache
def _edition(id: str) -> Rulebook:
    with _lock:
        return _opened(id)


@functools.cache
def _opened(id: str) -> Rulebook:
    data = pkgutil.get_data(PACKAGE, f"editions/{id}.toml") or b""
    return _read(data.decode())


def _all() -> list[Rulebook]:
    return [_edition(name) for name in editions()]


def rulebook_given(rulebook: Rulebook | None) -> Rulebook:
    """Returns the rulebook to decide by, which is the one given, or `naaei-2014` for None.

    Raises:
        InvalidValue: The value is not a rulebook.
    """
    if rulebook is None:
        return _edition(DEFAULT)
    insist_on_rulebook(rulebook)
    return rulebook


def edition_for(renewal_year: int) -> Rulebook:
    """Returns the edition that governs a renewal year.

        >>> edition_for(2014).id
        'naaei-2014'

    A year after every dated edition gets the undated edition that followed the last of them; its assessments say in a
    notice that its years are not known.

    Raises:
        InvalidValue: The value is not a year.
        UnknownName: No published edition is known to govern that year.
    """
    year = read_whole(renewal_year, ("renewal_year",), least=FIRST_YEAR, most=LAST_YEAR)
    for book in _all():
        if year in book.governs:
            return book
    for book in _all():
        follower = book.governs.followed_by
        if book.governs.is_past(year) and follower and not edition(follower).governs.is_dated:
            return edition(follower)
    known = ", ".join(f"{book.id} ({book.governs.in_words()})" for book in _all())
    raise UnknownName(("renewal_year",), f"no edition is known to govern {year}", f"known: {known}")


def successor(rulebook: Rulebook, renewal_year: int) -> str:
    """Returns the id of the edition that replaced a rulebook by a renewal year; empty if none has."""
    later, governs = "", rulebook.governs
    seen = {rulebook.id}
    while governs.is_past(renewal_year) and governs.followed_by not in seen | {""}:
        later = governs.followed_by
        seen.add(later)
        if later not in editions():
            break
        governs = _edition(later).governs
    return later


def load_rulebook(path: str | os.PathLike[str]) -> Rulebook:
    """Reads a rulebook from a TOML file.

    Raises:
        CecRulesError: The file cannot be read, is not TOML, or is not a rulebook; `problems` lists every problem.
    """
    return read_rulebook(text_in(path))


def read_rulebook(text: str) -> Rulebook:
    """Builds a rulebook from TOML text.

    A text that `extends` a published edition states only the differences. The keys it names under `without` are taken
    out, along with the clauses that are no longer cited then.

        >>> read_rulebook('''
        ... format = "cecrules.rulebook/1"
        ... id = "anytown"
        ... extends = "naaei-2014"
        ... designations.CAM.credits = 8
        ... ''')
        <Rulebook anytown>

    Raises:
        CecRulesError: The text is not TOML, is not a rulebook, has an alternative reading that does not fit it, or
            governs a year that belongs to the edition that follows it; `problems` lists every problem, each with its
            key.
    """
    book = _read(read_text(text, ("text",)))
    _check_readings(book)
    last, follower = book.governs.last, book.governs.followed_by
    first = edition(follower).governs.first if follower in editions() else None
    if last is not None and first is not None and first <= last:
        problem = f"must be before {first}, the first year {follower} governs, got {last}"
        raise InvalidValue(("governs", "last"), problem, code=ErrorCode.CONFLICT)
    return book


def _check_readings(book: Rulebook) -> None:
    problems = Problems()
    for _, alternative in book.alternatives:
        if alternative.is_decided:
            problems.attempt(book.read_as, alternative.id)
    problems.settle()


def _read(text: str) -> Rulebook:
    data = table_in(text)
    problems = Problems()
    if data.pop("format", None) != FORMAT:
        problems.add(("format",), f"must be {FORMAT!r}", "it names the form of the file", code=ErrorCode.MISSING)
    complete = _completed(data, problems)
    rulebook = None if complete is None else problems.attempt(build, Rulebook, complete)
    problems.settle()
    return cast("Rulebook", rulebook)


def _completed(data: dict[str, Any], problems: Problems) -> dict[str, Any] | None:
    """Returns the whole plain form of a rulebook that states only differences; None if it cannot be worked out."""
    if "extends" not in data:
        return data
    base = problems.attempt(_base, data.pop("extends"))
    without = problems.attempt(_names, data.pop("without", ()), problems)
    if "id" not in data:
        advice = "a rulebook that extends another needs its own id"
        problems.add(("id",), "is required", advice, code=ErrorCode.MISSING)
        return None
    if base is None:
        return None
    whole = plain(base)
    present: list[str] = []
    for index, key in enumerate(without or ()):
        if key is not None and problems.attempt(_taken_out, whole, key, index):
            present.append(key)
    return amended(whole, data, present)


def _base(raw: object) -> Rulebook:
    path = ("extends",)
    name = read_name(raw, path)
    try:
        return edition(name)
    except UnknownName as error:
        raise UnknownName(path, error.problem, error.hint) from None


def _names(raw: object, problems: Problems) -> list[str | None]:
    return [problems.attempt(read_name, key, ("without", i)) for i, key in enumerate(read_each(raw, ("without",)))]


def _taken_out(whole: dict[str, Any], key: str, index: int) -> bool:
    try:
        amended(whole, {}, [key])
    except CecRulesError as error:
        raise InvalidValue(("without", index), error.problem, error.hint, error.code) from None
    return True
