"""Clauses are closed both ways: what decides cites one that exists, and each is decided and proved or says why not."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

import cecrules as cec

TESTS = Path(__file__).parent
SOURCES = Path(cec.__file__).parent
BOOK = cec.NAAEI_2014
IDS = {clause.id for clause in BOOK.clauses}
DECIDED = {clause.id for clause in BOOK.clauses if not clause.undecided}


def test_every_clause_that_is_decided_is_proved_by_a_test(collected: list[pytest.Item]) -> None:
    marks = {mark.args[0] for item in collected for mark in item.iter_markers("clause")}
    if {file.name for file in TESTS.rglob("test_*.py")} <= {item.path.name for item in collected}:
        assert marks >= DECIDED
    assert marks <= {clause.id for name in cec.editions() for clause in cec.edition(name).clauses}


def test_every_clause_is_cited_or_says_why_not() -> None:
    for clause in BOOK.clauses:
        assert bool(BOOK.cited_by(clause.id)) + bool(clause.undecided) + bool(clause.restates) == 1


def test_every_clause_a_module_speaks_of_exists() -> None:
    everywhere = {clause.id for name in cec.editions() for clause in cec.edition(name).clauses}
    groups = {name.partition(".")[0] for name in everywhere}
    for file in SOURCES.rglob("*.py"):
        text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        for group, name in re.findall(r"`([a-z]+)\.([a-z-]+|\*)`", text):
            if group in groups:
                assert name == "*" or f"{group}.{name}" in everywhere, f"{file.name}: {group}.{name}"


def test_every_rule_says_which_clauses_it_decides() -> None:
    for file in (SOURCES / "rules").glob("[a-z]*.py"):
        text = ast.get_docstring(ast.parse(file.read_text("utf-8"))) or ""
        assert re.search(r"`[a-z]+\.([a-z-]+|\*)`", text), file.name


def test_no_number_of_the_rules_stands_in_the_code() -> None:
    """Sizes of caches are large, and a year ends on 31 December; every other figure belongs into a rulebook."""
    of_the_calendar = {"window.py": {12, 31}}
    for file in SOURCES.rglob("*.py"):
        numbers = {
            node.value
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Constant) and type(node.value) in (int, float)
        }
        if file.parent.name == "rules" or file.name in ("evaluation.py", "rulebook.py"):
            allowed = {0, 1} | of_the_calendar.get(file.name, set())
            assert {number for number in numbers if number < 1000} <= allowed, file.name
