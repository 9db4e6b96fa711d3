"""No rule opens a file, reads a clock or keeps a state; import-linter sees that none imports a module that would."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

from cecrules import rules

MODULES = sorted(Path(rules.__file__).parent.glob("*.py"))
IMPURE = {"open", "print", "input", "exec", "eval", "globals", "vars", "setattr", "__import__"}
CLOCKS = {"today", "now", "utcnow", "fromtimestamp"}


def impurities(text: str) -> list[str]:
    """Every name and statement in a module that is not pure."""
    found: list[str] = []
    for node in ast.walk(ast.parse(text)):
        if isinstance(node, ast.Global | ast.Nonlocal):
            found.append(ast.unparse(node))
        elif isinstance(node, ast.Name) and node.id in IMPURE:
            found.append(node.id)
        elif isinstance(node, ast.Attribute) and node.attr in CLOCKS:
            found.append(node.attr)
    return found


@pytest.mark.parametrize("module", MODULES, ids=lambda module: module.stem)
def test_a_rule_is_pure(module: Path) -> None:
    assert impurities(module.read_text("utf-8")) == []


@pytest.mark.parametrize("text", ["open('x')", "date.today()", "def a():\n    global b", "read = open"])
def test_what_is_not_pure_is_found(text: str) -> None:
    assert len(impurities(text)) == 1
