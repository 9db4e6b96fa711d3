"""The shelf of rulebooks: a TOML file an edition in `editions/`, and the reader that reports every problem in one.

The files hold the facts; the reader only builds a `Rulebook` from them, which checks itself.
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from pathlib import Path
from typing import Any, cast

from ..converters import nearest, read_each, read_name
from ..errors import InvalidValue, Problems, UnknownName, shown
from ..structuring import build
from ..unstructuring import plain
from .amendments import varied
from .rulebook import Rulebook

__all__ = [
    "DEFAULT",
    "default_rulebook",
    "edition",
    "edition_for",
    "editions",
    "load_rulebook",
    "read_rulebook",
    "rulebook_given",
]

FORMAT = "cecrules.rulebook/1"
DEFAULT = "naaei-2014"


@functools.cache
def editions() -> tuple[str, ...]:
    """Returns the ids of the rulebooks on the shelf, sorted."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _folder().iterdir() if file.name.endswith(".toml")))


@functools.cache
def edition(id: str) -> Rulebook:
    """Returns a rulebook from the shelf; the same object each time.

        >>> edition("naaei-2014").governs.first
        2014

    Raises:
        UnknownName: There is no rulebook of that id.
    """
    known = editions()
    if id not in known:
        raise UnknownName("rulebook", f"there is no edition {id!r}", nearest(id, known))
    return _read(_folder().joinpath(f"{id}.toml").read_text("utf-8"))


@functools.cache
def default_rulebook() -> Rulebook:
    """Returns the rulebook used where none is named: `naaei-2014`."""
    return edition(DEFAULT)


def rulebook_given(rulebook: Rulebook | None) -> Rulebook:
    """Returns the rulebook to decide by: the one given, or the default one for None.

    Of equal ones it is the first seen, so that whatever is remembered of it is found without comparing them again.

    Raises:
        InvalidValue: It is no rulebook.
    """
    if rulebook is None:
        return default_rulebook()
    if not isinstance(rulebook, Rulebook):  # pyright: ignore[reportUnnecessaryIsInstance]
        raise InvalidValue("rulebook", f"must be a Rulebook, got {shown(rulebook)}", "edition() returns one by its id")
    return _first_seen(rulebook)


@functools.lru_cache(maxsize=1024)
def _first_seen(rulebook: Rulebook) -> Rulebook:
    return rulebook


def edition_for(renewal_year: int) -> Rulebook:
    """Returns the rulebook in force for a renewal year.

        >>> edition_for(2014).id
        'naaei-2014'

    A year after all that are dated has the undated edition that followed the last of them, as the best that is known;
    an assessment by it carries a notice that says so.

    Raises:
        UnknownName: No edition on the shelf is known to govern that year.
    """
    shelf = [edition(name) for name in editions()]
    for book in shelf:
        if renewal_year in book.governs:
            return book
    for book in shelf:
        follower = book.governs.followed_by
        if book.governs.is_past(renewal_year) and follower and not edition(follower).governs.is_dated:
            return edition(follower)
    known = ", ".join(f"{book.id} ({book.governs.in_words()})" for book in shelf)
    raise UnknownName("renewal_year", f"no edition is known to govern {renewal_year!r}", f"known: {known}")


def load_rulebook(path: str | Path) -> Rulebook:
    """Reads a rulebook from a TOML file.

    Raises:
        CecRulesError: The file cannot be read, is not TOML, or not a rulebook; every problem is reported.
    """
    try:
        text = Path(path).read_bytes().decode("utf-8-sig")
    except UnicodeDecodeError as error:
        raise InvalidValue(f"byte {error.start}", "must be UTF-8 text", "save the file as UTF-8") from None
    except (OSError, ValueError) as error:
        raise InvalidValue("", f"cannot be read: {getattr(error, 'strerror', None) or error}") from None
    return read_rulebook(text)


def read_rulebook(text: str) -> Rulebook:
    """Builds a rulebook from TOML text.

    A text that `extends` an edition on the shelf states only what differs; the keys it names under `without` are
    taken out, and clauses that are then cited no more go with them.

        >>> read_rulebook('''
        ... format = "cecrules.rulebook/1"
        ... id = "anytown"
        ... extends = "naaei-2014"
        ... designations.CAM.credits = 8
        ... ''')
        <Rulebook anytown>

    Raises:
        CecRulesError: The text is not TOML, or not a rulebook, or governs a year that belongs to the edition that
            follows it; every problem is reported, each with its key.
    """
    book = _read(text)
    last, follower = book.governs.last, book.governs.followed_by
    first = edition(follower).governs.first if follower in editions() else None
    if last is not None and first is not None and first <= last:
        raise InvalidValue("governs.last", f"must be before {first}, from when {follower} governs, got {last}")
    return book


def _read(text: str) -> Rulebook:
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise InvalidValue("", f"must be TOML: {error}") from None
    problems = Problems()
    if data.pop("format", None) != FORMAT:
        problems.add("format", f"must be {FORMAT!r}", "it says which form the file has")
    complete = problems.attempt(_completed, data)
    rulebook = None if complete is None else problems.attempt(build, Rulebook, complete)
    problems.settle()
    return cast("Rulebook", rulebook)


def _completed(data: dict[str, Any]) -> dict[str, Any]:
    if "extends" not in data:
        return data
    base, without = data.pop("extends"), data.pop("without", ())
    if "id" not in data:
        raise InvalidValue("id", "is required", "a rulebook that extends another needs a name of its own")
    keys = [read_name(key, f"without[{index}]") for index, key in enumerate(read_each(without, "without"))]
    return varied(plain(edition(read_name(base, "extends"))), data, keys)


def _folder() -> Any:
    return resources.files("cecrules").joinpath("editions")
