"""The shelf of rulebooks: one TOML file an edition, and the reader that reports every problem in one.

The files hold the facts; the reader only builds a `Rulebook` from them, which checks itself.
"""

from __future__ import annotations

import functools
import tomllib
from importlib import resources
from typing import Any, cast

from ..errors import InvalidValue, Problems, UnknownName
from ..reading import nearest
from ..rulebook import Rulebook
from ..structuring import build

__all__ = ["default_rulebook", "edition", "editions", "read_rulebook"]

FORMAT = "cecrules.rulebook/1"
DEFAULT = "naaei-2014"


def editions() -> tuple[str, ...]:
    """Returns the ids of the rulebooks on the shelf, sorted."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in _shelf() if file.name.endswith(".toml")))


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
    return read_rulebook(resources.files(__package__).joinpath(f"{id}.toml").read_text("utf-8"), id)


def default_rulebook() -> Rulebook:
    """Returns the rulebook used where none is named: `naaei-2014`."""
    return edition(DEFAULT)


def read_rulebook(text: str, name: str = "rulebook") -> Rulebook:
    """Builds a rulebook from TOML text; `name` is what problems call the file.

    Raises:
        CecRulesError: The text is not TOML, or not a rulebook; every problem is reported, each with its key.
    """
    try:
        data: dict[str, Any] = tomllib.loads(text)
    except (tomllib.TOMLDecodeError, RecursionError, ValueError) as error:
        raise InvalidValue(name, f"must be TOML: {error}") from None
    problems = Problems()
    if data.pop("format", None) != FORMAT:
        problems.add("format", f"must be {FORMAT!r}", "it says which form the file has")
    rulebook = problems.attempt(build, Rulebook, data)
    problems.settle()
    return cast("Rulebook", rulebook)


def _shelf() -> Any:
    return resources.files(__package__).iterdir()
