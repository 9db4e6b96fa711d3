"""Says everything there is to say of the examples, for the tests that run the library where something is forbidden.

    python tests/embedded.py [forbidden] [tables] [inside]

prints one line of JSON: the digest of what was said, and what has changed in the tables of modules meanwhile. `inside`
has an interpreter inside the process say it, between two times that the process itself does.
"""

from __future__ import annotations

import builtins
import functools
import hashlib
import importlib
import io
import json
import os
import pkgutil
import sys
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any, NoReturn

import cecrules as cec

EXAMPLES = Path(__file__).parents[1] / "examples"
PACKAGE = Path(cec.__file__).parent
# The modules of interpreters inside the process, whose name differs from one Python to the next.
INTERPRETERS = ("_interpreters", "_xxsubinterpreters")
# What only a command of its own needs, or an extra.
LEFT_OUT = ("cecrules.batch", "cecrules.cli", "cecrules.frames", "cecrules.plots", "cecrules.testing")
DAY = "2013-06-30"


def said(documents: list[bytes]) -> str:
    """Returns the digest of all that is said of each example by each edition."""
    whole = hashlib.sha256()
    for document in documents:
        submission = cec.loads(document)
        for name in cec.editions():
            for say in (_decided, _ahead):
                try:
                    words = say(submission, cec.edition(name))
                except cec.CecRulesError as error:
                    words = f"{error!r} {error} {error.hint}"
                whole.update(words.encode())
    for name in cec.editions():
        whole.update(cec.explain_rulebook(cec.edition(name)).encode())
        whole.update(cec.explain_comparison(cec.compare(cec.NAAEI_2014, cec.edition(name))).encode())
    whole.update(json.dumps([cec.schema(), cec.schema("assessment")]).encode())
    return whole.hexdigest()


def _decided(submission: cec.Submission, book: cec.Rulebook) -> str:
    assessment = cec.evaluate(submission, book)
    return cec.dumps(assessment) + cec.explain(assessment) + cec.to_html(assessment)


def _ahead(submission: cec.Submission, book: cec.Rulebook) -> str:
    outlook = cec.outlook(submission, DAY, book)
    return cec.dumps(outlook) + repr(cec.worth(submission, book)) + repr(cec.readings(submission, book))


def modules() -> list[ModuleType]:
    """Returns every module of the library but those that commands and extras alone need."""
    found = pkgutil.walk_packages(cec.__path__, "cecrules.")
    names = [module.name for module in found if not module.name.startswith(LEFT_OUT)]
    return [importlib.import_module(name) for name in names if not name.endswith("__main__")]


def tables() -> dict[str, str]:
    """Returns the digest of every table, list and set of every module, and of every class defined there."""
    return {
        f"{owner.__name__}.{name}": hashlib.sha256(repr(value).encode()).hexdigest()
        for module in modules()
        for owner in (module, *_classes(module))
        for name, value in vars(owner).items()
        if isinstance(value, dict | list | set | bytearray) and not name.startswith("__")
    }


def _classes(module: ModuleType) -> Iterator[type]:
    return (value for value in vars(module).values() if isinstance(value, type) and value.__module__ == module.__name__)


class Forbidden(BaseException):
    """Something was read that only the process of a command may read."""


class _Nothing:
    """An environment that nobody may read."""

    def __getattribute__(self, name: str) -> NoReturn:
        raise Forbidden(f"os.environ.{name}")

    def __getitem__(self, name: str) -> NoReturn:
        raise Forbidden(f"os.environ[{name!r}]")

    def __contains__(self, name: object) -> NoReturn:
        raise Forbidden(f"{name!r} in os.environ")


def forbid() -> None:
    """Refuses clocks, the locale, the environment, sockets, processes and files of others from now on."""
    for module, names in {
        "time": ("time", "time_ns", "monotonic", "perf_counter", "localtime", "gmtime", "strftime", "ctime"),
        "locale": ("getlocale", "setlocale", "localeconv", "getpreferredencoding", "getdefaultlocale", "strxfrm"),
        "random": ("random", "choice", "randint", "seed"),
        "os": ("getenv", "urandom", "getcwd"),
    }.items():
        loaded = importlib.import_module(module)
        for name in names:
            setattr(loaded, name, functools.partial(_refuse, f"{module}.{name}"))
    setattr(os, "environ", _Nothing())  # noqa: B010 - its name in the module, not what it holds
    sys.addaudithook(_refuse_events)


def _refuse(name: str, *_: object, **__: object) -> NoReturn:
    raise Forbidden(name)


def _refuse_events(event: str, arguments: tuple[Any, ...]) -> None:
    if event.startswith(
        ("socket.", "subprocess.", "os.system", "os.exec", "os.fork", "os.putenv", "urllib.", "shutil.")
    ):
        raise Forbidden(event)
    if event == "open" and not _is_code_or_edition(str(arguments[0])):
        raise Forbidden(f"open {arguments[0]}")


def _is_code_or_edition(file: str) -> bool:
    return file.endswith((".py", ".pyc")) or ".pyc." in file or file.startswith(str(PACKAGE))


def said_inside(documents: list[bytes]) -> str:
    """Returns the digest of what an interpreter inside the process says, or none where this Python has none."""
    inner = next((found for name in INTERPRETERS if (found := _module(name))), None)
    if inner is None:
        return ""
    number, (reads, writes) = inner.create(), os.pipe()
    here = f"import sys; sys.path[:] = {[str(Path(__file__).parent), *sys.path]!r}; import embedded, os"
    failed = inner.run_string(number, f"{here}; os.write({writes}, embedded.said({documents!r}).encode())")
    inner.destroy(number)
    os.close(writes)
    if failed is not None:
        raise RuntimeError(failed)
    return os.read(reads, 1000).decode()


def _module(name: str) -> Any:
    try:
        return importlib.import_module(name)
    except ImportError:
        return None


def main(*conditions: str) -> None:
    """Prints the digest, and the names of the tables that have changed."""
    documents = [file.read_bytes() for file in sorted(EXAMPLES.glob("*.json"))]
    before = tables() if "tables" in conditions else {}
    out: Callable[..., None] = builtins.print
    if "forbidden" in conditions:
        forbid()
    digest = said(documents)
    if "inside" in conditions:
        inside = said_inside(documents)
        digest = inside if said(documents) == digest else "not the same again"
    changed = [name for name, value in before.items() if tables()[name] != value]
    out(json.dumps({"said": digest, "changed": changed}))


if __name__ == "__main__":
    sys.stdout = io.TextIOWrapper(sys.stdout.buffer, "utf-8")
    main(*sys.argv[1:])
