"""Changes the code that decides in every way cosmic-ray and mutmut know, one at a time; sees whether the tests notice.

    pip install cosmic-ray mutmut && python tests/proof/mutated_code.py [MODULE...]

Left alone are annotations and the names of types, which decide nothing (`X | None`), the `strict` of a `zip` of lists
that are as long as each other, and caches, which only make the same answer faster.
First the tests have to pass on each module unchanged: otherwise they would seem to notice everything. Prints every
change that no test noticed and the score; `docs/explanation/mutants.md` says of each why nothing can tell.
"""

from __future__ import annotations

import difflib
import importlib.abc
import importlib.machinery
import importlib.util
import multiprocessing
import os
import re
import signal
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"  # or it would load the library before it is changed

import attrs
import dateutil.relativedelta  # noqa: F401 - loaded once for all
import hypothesis.strategies  # noqa: F401 - likewise
import jsonschema  # noqa: F401 - likewise
import libcst
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names
from libcst.metadata import MetadataWrapper, PositionProvider
from mutmut.mutation.mutators import mutation_operators
from running import TESTS, fail

SOURCES = TESTS.parent / "src" / "cecrules"
RULES = sorted(f"rules/{file.name}" for file in (SOURCES / "rules").glob("[a-z]*.py"))
MODULES = [*RULES, "assignment.py", "evaluation.py", "judging.py", "credits.py"]
MODULES += ["rulebook/rulebook.py", "rulebook/index.py"]
# The laws are tried on rulebooks at random alone: on each edition again they take longest and notice nothing more. Of
# the reasons that are undone, only the examples are tried.
ONLY = "not (test_laws and naaei) and not (test_undoing and (gives or sum or all_others))"
RUN = [
    "test_cases.py",
    "test_undoing.py",
    "rules",
    "rulebook",
    "test_credits.py",
    "test_evaluation.py",
    "test_generality.py",
]
RUN += ["test_assignment.py"]
RUN += ["test_errors.py", "test_structuring.py", "test_interchange.py", "presentation", "proof/test_laws.py"]

# Far more of the processor's time than the tests take; a change that makes a loop endless has no end.
MOST_SECONDS = 100

# What decides nothing wherever it stands: the `strict` of a zip, what a name of a type is, and the type of a cast.
_IDLE = re.compile(r"(?:, )?\bstrict=\w+|, (?=\))|(?<=: TypeAlias) = .*|(?<=\bcast\()[^,]*,")

# Operators that work only where they are told what to insert.
NEED_TELLING = {"core/VariableInserter", "core/VariableReplacer"}


@attrs.frozen
class Mutant:
    """A module with one change at one line."""

    module: str
    line: int
    source: str

    def __str__(self) -> str:
        lines = difflib.unified_diff(_text(self.module).splitlines(), self.source.splitlines(), lineterm="", n=0)
        return "\n".join(
            [f"{self.module}:{self.line}", *[f"    {line[0]} {line[1:].strip()}" for line in [*lines][3:]]]
        )


def _text(module: str) -> str:
    return (SOURCES / module).read_text("utf-8")


def mutants(module: str) -> Iterator[Mutant]:
    """Yields every change to a module that could decide something, each once."""
    text = _text(module)
    lines, seen = text.splitlines(), {_IDLE.sub("", text)}
    for line, source in (*_by_cosmic_ray(text), *_by_mutmut(text)):
        deciding = _IDLE.sub("", source)
        if deciding not in seen and "lru_cache" not in lines[line - 1] and "__all__" not in lines[line - 1]:
            seen.add(deciding)
            yield Mutant(module, line, source)


def _by_cosmic_ray(text: str) -> Iterator[tuple[int, str]]:
    tree = get_ast(text)
    for name in sorted(set(operator_names()) - NEED_TELLING):
        operator, occurrence = get_operator(name)(), -1
        for node in ast_nodes(tree):
            for (line, _), _ in operator.mutation_positions(node):
                occurrence += 1
                if "BitOr_" not in name:
                    yield line, mutate_code(text, get_operator(name)(), occurrence)


def _by_mutmut(text: str) -> Iterator[tuple[int, str]]:
    wrapper, places = MetadataWrapper(libcst.parse_module(text)), _Places()
    wrapper.visit(places)
    for line, node, other in places.found:
        yield line, wrapper.module.deep_replace(node, other).code


class _Places(libcst.CSTVisitor):
    """Finds what mutmut would put in the place of each node; decorated functions, which it leaves alone, with them."""

    METADATA_DEPENDENCIES = (PositionProvider,)

    def __init__(self) -> None:
        super().__init__()
        self.found: list[tuple[int, libcst.CSTNode, libcst.CSTNode]] = []

    def on_visit(self, node: libcst.CSTNode) -> bool:
        if isinstance(node, libcst.Annotation | libcst.Decorator | libcst.Import | libcst.ImportFrom):
            return False
        line = self.get_metadata(PositionProvider, node).start.line
        for kind, operator in mutation_operators:
            if isinstance(node, kind):
                self.found += [(line, node, other) for other in operator(node)]
        return True


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from changed source."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self.name, self.path, self.source = name, path, source

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self, origin=str(self.path)) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, str(self.path), "exec"), vars(module))  # noqa: S102


def noticed(mutant: Mutant) -> tuple[Mutant, bool]:
    """Runs the tests on a mutant, in a process of its own; returns whether one failed or never came to an end.

    The tests of the module itself come first, or the worked cases: they notice most changes, and are found fast.
    """
    signal.signal(signal.SIGPROF, signal.default_int_handler)
    signal.setitimer(signal.ITIMER_PROF, MOST_SECONDS)
    name = "cecrules." + mutant.module.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, _Changed(name, SOURCES / mutant.module, mutant.source))
    places = (f"{folder}test_{Path(mutant.module).name}" for folder in ("", "rules/", "rulebook/"))
    own = [place for place in places if (TESTS / place).exists()] or ["test_cases.py", "test_undoing.py"]
    return mutant, fail(own, ONLY) or fail([name for name in RUN if name not in own], ONLY, without=own)


def main(modules: list[str]) -> int:
    """Prints what survived, and the score; refuses to start where the tests fail by themselves."""
    names = modules or MODULES
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        unchanged = [Mutant(module, 0, _text(module)) for module in names]
        broken = [mutant.module for mutant, seen in pool.imap(noticed, unchanged, chunksize=1) if seen]
        if broken:
            print(f"the tests fail without any change to {', '.join(broken)}")
            return 1
        for module in names:
            tried, survived = list(mutants(module)), 0
            for mutant, seen in pool.imap(noticed, tried, chunksize=1):
                if not seen:
                    print(mutant, flush=True)
                    survived += 1
            print(f"{module}: {len(tried)} changes, {survived} not noticed", flush=True)
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
