"""Changes every fact of every edition's file, one at a time, and sees whether the tests notice.

    python tests/proof/mutated_rulebooks.py [EDITION...]

Numbers, sides, conditions, windows, kinds, documents, citations, years: everything that decides something, and every
change that another reading makes. Sentences and sources decide nothing and are left alone. Prints every change that no
test noticed; fails where there is one.
"""

from __future__ import annotations

import copy
import multiprocessing
import os
import sys
import tomllib
from collections.abc import Iterator
from importlib import resources
from types import SimpleNamespace
from typing import Any

from running import fail

import cecrules as cec
from cecrules import toml_text
from cecrules.rulebook import editions

RUN = ["test_cases.py", "rules", "rulebook", "test_evaluation.py", "ahead/test_doubts.py"]
PROSE = {"title", "page", "read_on", "publisher", "note", "section", "says", "reading", "because"}
PROSE |= {"format", "id", "seen_at", "contradicted", "undecided"}
VOCABULARIES: dict[str, list[str]] = {
    "side": ["in_network", "out_of_network", "not_accepted"],
    "strength": ["must", "should", "may"],
    "kind": ["calendar_year", "months_before", "term"],
    "evidence": ["education", "service", "instruction", "article", "event"],
    "followed_by": ["naaei-2014", "naaei-2021", "naaei-2022", "naaei-pace", "none"],
    "means": ["CAM", "CAS"],
    "of": ["required", "reported"],
    "extends": ["naaei-2014", "naaei-2021", "naaei-2022"],
    "restates": ["unit.hour", "window.previous-year"],
}

Change = tuple[str, dict[str, Any]]
Steps = tuple[str | int, ...]


def changes(data: dict[str, Any], clauses: list[str]) -> Iterator[Change]:
    """Yields a file's data with one fact changed, and what was changed."""
    for path, value in facts(data):
        for other in others(path, value, clauses):
            changed = copy.deepcopy(data)
            holder: Any = changed
            for step in path[:-1]:
                holder = holder[step]
            holder[path[-1]] = other
            yield f"{'.'.join(map(str, path))}: {value!r} -> {other!r}", changed


def facts(data: Any, path: Steps = ()) -> Iterator[tuple[Steps, Any]]:
    """Yields everything in a file that decides something, with where it stands."""
    for key, value in data.items() if isinstance(data, dict) else enumerate(data):
        if key in PROSE:
            continue
        rows = isinstance(value, list) and any(isinstance(row, dict) for row in value)
        if rows or isinstance(value, dict):
            yield from facts(value, (*path, key))
        if rows or not isinstance(value, dict):
            yield (*path, key), value


def others(path: Steps, value: Any, clauses: list[str]) -> Iterator[Any]:
    """Yields other values for a fact."""
    key = path[-1]
    if isinstance(value, bool):
        yield not value
    elif isinstance(value, int):
        yield value + 1
    elif isinstance(value, list):
        yield from (value[:n] + value[n + 1 :] for n in range(len(value)))
    elif key in ("share", "credits", "each"):
        yield "0.25"
    elif key in VOCABULARIES:
        yield next(word for word in VOCABULARIES[key] if word != value)
    else:
        yield clauses[(clauses.index(value) + 1) % len(clauses)]


def noticed(change: tuple[str, dict[str, Any]]) -> tuple[str, bool]:
    """Runs the tests with one edition's data replaced, in a process of its own; returns whether one failed."""
    what, data = change

    def loads(text: str) -> dict[str, Any]:
        read = tomllib.loads(text)
        return copy.deepcopy(data) if read.get("id") == data["id"] else read

    toml_text.tomllib = SimpleNamespace(loads=loads)
    editions._edition.cache_clear()
    editions._opened.cache_clear()
    vars(cec).pop("NAAEI_2014", None)
    return what, fail(RUN)


def survivors(name: str) -> tuple[int, list[str]]:
    """Returns how many facts of an edition were changed, and the changes that no test noticed."""
    text = resources.files("cecrules").joinpath(f"editions/{name}.toml").read_text("utf-8")
    clauses = [clause.id for clause in cec.edition(name).clauses]
    tried = list(changes(tomllib.loads(text), clauses))
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        results = list(pool.imap(noticed, tried, chunksize=1))
    return len(results), [what for what, seen in results if not seen]


def main(names: list[str]) -> int:
    """Prints what survived of each edition named, or of all."""
    left = 0
    for name in names or cec.editions():
        count, survived = survivors(name)
        left += len(survived)
        print(f"{name}: {count} facts changed, {count - len(survived)} noticed", *survived, sep="\n  ", flush=True)
    return int(left > 0)


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
