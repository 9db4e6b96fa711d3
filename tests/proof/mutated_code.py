"""Changes the code that decides in every way cosmic-ray knows, one at a time, and sees whether the tests notice.

    pip install cosmic-ray && python tests/proof/mutated_code.py [MODULE...]

Left alone are annotations, which decide nothing (`X | None`), and caches, which only make the same answer faster.
Prints every change that no test noticed and the score; `docs/mutants.md` says of each why nothing can tell.
"""

from __future__ import annotations

import contextlib
import importlib.abc
import importlib.machinery
import importlib.util
import io
import multiprocessing
import os
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType

os.environ["HYPOTHESIS_NO_PLUGINS"] = "1"  # or it would load the library before it is changed

import attrs
import dateutil.relativedelta  # noqa: F401 - loaded once for all
import pytest
from cosmic_ray.ast import ast_nodes, get_ast
from cosmic_ray.mutating import mutate_code
from cosmic_ray.plugins import get_operator, operator_names

TESTS = Path(__file__).parents[1]
SOURCES = TESTS.parent / "src" / "cecrules"
RULES = sorted(f"rules/{file.name}" for file in (SOURCES / "rules").glob("[a-z]*.py"))
MODULES = [*RULES, "evaluation.py", "rulebook.py", "credits.py"]
RUN = ["test_cases.py", "rules", "test_credits.py", "test_evaluation.py", "test_rulebook.py", "test_generality.py"]
RUN += ["test_contact_hours.py", "test_shelf.py", "test_properties.py", "test_explanation.py", "test_interchange.py"]
RUN += ["test_structuring.py", "test_comparison.py", "test_handbook.py"]

# Operators that work only where they are told what to insert.
NEED_TELLING = {"core/VariableInserter", "core/VariableReplacer"}


@attrs.frozen
class Mutant:
    """One change to one module: an operator of cosmic-ray at one of the places it fits."""

    module: str
    operator: str
    occurrence: int
    line: int


def mutants(module: str) -> Iterator[Mutant]:
    """Yields every change to a module that could decide something."""
    path = SOURCES / module
    lines = path.read_text("utf-8").splitlines()
    tree = get_ast(path.read_text("utf-8"))
    for name in sorted(set(operator_names()) - NEED_TELLING):
        operator, occurrence = get_operator(name)(), -1
        for node in ast_nodes(tree):
            for (line, _), _ in operator.mutation_positions(node):
                occurrence += 1
                if "BitOr_" not in name and "lru_cache" not in lines[line - 1]:
                    yield Mutant(module, name, occurrence, line)


class _Changed(importlib.abc.MetaPathFinder, importlib.abc.Loader):
    """Loads one module from changed source."""

    def __init__(self, name: str, path: Path, source: str) -> None:
        self.name, self.path, self.source = name, path, source

    def find_spec(self, name: str, *_: object) -> importlib.machinery.ModuleSpec | None:
        return importlib.util.spec_from_loader(name, self, origin=str(self.path)) if name == self.name else None

    def exec_module(self, module: ModuleType) -> None:
        exec(compile(self.source, str(self.path), "exec"), vars(module))  # noqa: S102


def noticed(mutant: Mutant) -> tuple[Mutant, bool]:
    """Runs the tests on a mutant, in a process of its own; returns whether one failed."""
    path = SOURCES / mutant.module
    source = mutate_code(path.read_text("utf-8"), get_operator(mutant.operator)(), mutant.occurrence)
    name = "cecrules." + mutant.module.removesuffix(".py").replace("/", ".")
    sys.meta_path.insert(0, _Changed(name, path, source))
    arguments = ["-x", "-q", "-p", "no:cacheprovider", "--hypothesis-seed=0", *(str(TESTS / name) for name in RUN)]
    with contextlib.redirect_stdout(io.StringIO()), contextlib.redirect_stderr(io.StringIO()):
        return mutant, pytest.main(arguments) != 0


def main(modules: list[str]) -> int:
    """Prints what survived, and the score."""
    tried = [mutant for module in modules or MODULES for mutant in mutants(module)]
    survived = 0
    with multiprocessing.get_context("fork").Pool(os.cpu_count(), maxtasksperchild=1) as pool:
        for mutant, seen in pool.imap(noticed, tried, chunksize=1):
            if not seen:
                survived += 1
                line = (SOURCES / mutant.module).read_text("utf-8").splitlines()[mutant.line - 1].strip()
                print(f"{mutant.module}:{mutant.line} {mutant.operator}: {line}", flush=True)
    print(f"{len(tried)} changes, {len(tried) - survived} noticed, {survived} not")
    return 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))
