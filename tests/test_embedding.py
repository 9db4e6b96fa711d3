"""A program may embed the library: it reads nothing of the process around it, keeps nothing, and always says the same.

`embedded.py` says everything of the examples where something is forbidden. Fork, spawn and threads: `soak.py`.
"""

from __future__ import annotations

import ast
import functools
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

import cecrules as cec

TESTS = Path(__file__).parent
PACKAGE = Path(cec.__file__).parent
# What tells a clock, a locale, a network, chance or a machine.
OUTSIDE = {
    *("asyncio", "getpass", "http", "locale", "logging", "platform", "random", "secrets", "socket", "ssl", "tempfile"),
    *("time", "urllib", "uuid"),
}
# The modules that commands are made of, beside `process`, which alone reads streams and the environment.
COMMANDS = ("process.py", "cli/", "batch/")
# Caches without a bound whose parameters are no types: what keeps them small.
SMALL = {
    "documents": "frames/submitted.py _documents: one bit for each kind of document",
    "forms": "layouts/trying.py _forms: true or false",
    "edition": "rulebook/editions.py _edition: an id that is no edition raises",
    "opened": "rulebook/editions.py _opened: an id that is no edition raises",
}


@functools.cache
def embedded(*conditions: str, seed: str = "random") -> dict[str, Any]:
    command = [sys.executable, "-B", str(TESTS / "embedded.py"), *conditions]
    own = {**os.environ, "PYTHONHASHSEED": seed, "PYTHONPATH": str(PACKAGE.parent)}
    done = subprocess.run(command, capture_output=True, check=False, text=True, env=own)
    assert done.returncode == 0, done.stderr
    found: dict[str, Any] = json.loads(done.stdout)
    return found


def sources() -> Iterator[tuple[str, ast.Module]]:
    for file in sorted(PACKAGE.rglob("*.py")):
        yield file.relative_to(PACKAGE).as_posix(), ast.parse(file.read_text("utf-8"))


def test_it_decides_where_clocks_locales_environments_sockets_and_files_are_forbidden() -> None:
    assert embedded("forbidden") == embedded()


@pytest.mark.parametrize("read", ["time.time()", "os.getenv('A')", "os.environ['A']", "locale.getlocale()"])
def test_what_is_forbidden_is_noticed(read: str) -> None:
    script = f"import embedded, locale, os, time; embedded.forbid(); {read}"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=TESTS, check=False, text=True)
    assert found.stderr.splitlines()[-1].startswith("embedded.Forbidden")


@pytest.mark.parametrize("read", ["socket.socket()", "open('/etc/hostname')", "subprocess.run(['true'])"])
def test_what_the_system_would_be_asked_is_noticed(read: str) -> None:
    script = f"import embedded, socket, subprocess; embedded.forbid(); {read}"
    found = subprocess.run([sys.executable, "-c", script], capture_output=True, cwd=TESTS, check=False, text=True)
    assert "embedded.Forbidden" in found.stderr


def test_deciding_changes_no_table_of_a_module() -> None:
    assert embedded("tables") == embedded()


@pytest.mark.parametrize("seed", ["0", "1", "4294967295"])
def test_the_order_of_hashes_changes_nothing(seed: str) -> None:
    assert embedded(seed=seed) == embedded()


def test_only_commands_ask_for_anything_outside() -> None:
    for file, tree in sources():
        names = {name for node in ast.walk(tree) for name in imported(node)}
        assert not names & OUTSIDE or file.startswith(COMMANDS), file


def test_only_commands_say_what_day_it_is() -> None:
    for file, tree in sources():
        asked = [node for node in ast.walk(tree) if isinstance(node, ast.Attribute) and asks_for_today(node)]
        assert not asked or file.startswith(COMMANDS), file


def asks_for_today(node: ast.Attribute) -> bool:
    return node.attr in ("now", "today", "utcnow") and ast.unparse(node.value).endswith(("date", "datetime"))


def imported(node: ast.AST) -> list[str]:
    if isinstance(node, ast.Import):
        return [alias.name.partition(".")[0] for alias in node.names]
    return (
        [node.module.partition(".")[0]] if isinstance(node, ast.ImportFrom) and node.module and not node.level else []
    )


def test_no_function_changes_a_name_of_its_module() -> None:
    for file, tree in sources():
        assert not [node for node in ast.walk(tree) if isinstance(node, ast.Global)], file


def test_no_cache_can_grow_with_what_users_give() -> None:
    """A cache has a bound, no parameters, or a parameter of few values: a type or what `SMALL` explains."""
    found: set[str] = set()
    for file, tree in sources():
        for node in (node for node in ast.walk(tree) if isinstance(node, ast.FunctionDef) and is_unbounded(node)):
            types = [ast.unparse(each.annotation) for each in node.args.args if each.annotation]
            if not all(kind.startswith("type") for kind in types):
                assert node.name.lstrip("_") in SMALL, f"{file}: {node.name}"
                found.add(node.name.lstrip("_"))
    assert found == set(SMALL)


def is_unbounded(function: ast.FunctionDef) -> bool:
    decorators = {ast.unparse(each) for each in function.decorator_list}
    return bool(decorators & {"functools.cache", "cache", "functools.lru_cache(maxsize=None)"})


def test_it_decides_the_same_in_an_interpreter_inside_the_process() -> None:
    found = embedded("inside")
    if not found["said"]:
        pytest.skip("this Python has no interpreters inside the process")
    assert found == embedded()
