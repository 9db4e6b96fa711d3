"""What is asked of an engine is little: few expressions to plan, and each table read no more often than need be."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable, Iterator
from datetime import date
from typing import Any

import duckdb
import pytest

import cecrules as cec
from cecrules.frames import decide_frame, evaluate_frame, problems_frame
from tables import EVERYTHING, activity_table, held_table, numbered

ROWS = numbered(
    [
        {
            "member": "a",
            "title": "Board",
            "kind": kind,
            "earned_on": date(2013, 5, 1),
            "minutes": 60,
            "provider": "Anytown",
            "addresses_compliance": True,
            "documents": EVERYTHING,
        }
        for kind in cec.ActivityKind
    ]
)
HELD = [{"member": "a", "designation": "CAM"}]


def calls(plan: Callable[[], Any]) -> int:
    """How many functions of Python are called: the same on every machine, unlike a time."""
    made = 0

    def seen(frame: Any, event: str, argument: Any) -> None:
        nonlocal made
        made += event == "call"

    sys.setprofile(seen)
    try:
        plan()
    finally:
        sys.setprofile(None)
    return made


@pytest.mark.parametrize(
    ("decide", "most"), [(evaluate_frame, 60_000), (decide_frame, 50_000), (problems_frame, 45_000)]
)
def test_a_lazy_plan_is_made_with_few_calls(decide: Callable[..., Any], most: int) -> None:
    both = activity_table(ROWS).lazy(), held_table(HELD).lazy()
    decide(*both, renewal_year=2014)
    found = calls(lambda: decide(*both, renewal_year=2014))
    assert most / 2 < found < most


def nodes(plan: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """The nodes of a plan that DuckDB tells as JSON."""
    yield plan
    for child in plan["children"]:
        yield from nodes(child)


def test_duckdb_reads_each_row_and_looks_for_its_documents_once_and_again_for_kinds_that_count_once() -> None:
    """Its optimizer may write an expression out again wherever it is used, and a part of a plan too."""
    with duckdb.connect() as connection:
        for name, table in (("activities", activity_table(ROWS)), ("designations", held_table(HELD))):
            connection.from_arrow(table.to_arrow()).create(name)
        relation = evaluate_frame(connection.table("activities"), connection.table("designations"), renewal_year=2014)
        query = relation.sql_query()
        ((_, told),) = connection.execute(f"explain (format json) {query}").fetchall()
    (plan,) = json.loads(told)
    scanned = [str(node["extra_info"].get("Table", "")) for node in nodes(plan)]
    assert sum(name.endswith("activities") for name in scanned) == 2
    assert told.count("regexp_matches(") <= 4
