"""Data frames: the same answers as `evaluate`, in every engine, in any order of the rows."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

pytest.importorskip("narwhals")
pytest.importorskip("polars")

from cecrules.frames import decide_frame, evaluate_frame, problems_frame
from tables import (
    BOOKS,
    ENGINES,
    HELD_ROWS,
    activity_rows,
    activity_table,
    assessed,
    decisions,
    held_table,
    numbered,
    rows_of,
)


def decided(activities: Any, held: Any, engine: str = "polars", **options: Any) -> list[dict[str, Any]]:
    """What `evaluate_frame` says of two lists of rows, by member."""
    native = ENGINES[engine]
    made = evaluate_frame(native(activity_table(activities)), native(held_table(held)), **options)
    return sorted(rows_of(made), key=lambda line: line["member"])


@pytest.mark.parametrize("engine", ENGINES)
class TestEvaluateFrame:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_it_says_of_every_member_what_evaluate_says_whatever_the_order_of_the_rows(
        self, engine: str, data: st.DataObject
    ) -> None:
        book, year = BOOKS[data.draw(st.sampled_from(list(BOOKS)))]
        activities, held = data.draw(activity_rows(year)), data.draw(HELD_ROWS)
        expected = assessed(activities, held, book, year)
        random.Random(0).shuffle(activities)
        assert decided(activities, held, engine, renewal_year=year, rulebook=book) == expected


@pytest.mark.parametrize("engine", ENGINES)
class TestDecideFrame:
    @settings(max_examples=25, deadline=None, suppress_health_check=[HealthCheck.too_slow])
    @given(data=st.data())
    def test_it_says_of_every_activity_what_evaluate_says_and_the_rest_is_reported(
        self, engine: str, data: st.DataObject
    ) -> None:
        book, year = BOOKS[data.draw(st.sampled_from(list(BOOKS)))]
        activities, held = numbered(data.draw(activity_rows(year))), numbered(data.draw(HELD_ROWS))
        expected = decisions(activities, held, book, year)
        random.Random(0).shuffle(activities)
        both = ENGINES[engine](activity_table(activities)), ENGINES[engine](held_table(held))
        made = rows_of(decide_frame(*both, renewal_year=year, rulebook=book))
        assert sorted(made, key=lambda line: line["row"]) == expected
        problems = rows_of(problems_frame(*both, renewal_year=year, rulebook=book))
        reported = {line["row"] for line in problems if line["table"] == "activities"}
        assert reported | {line["row"] for line in made} == set(range(len(activities)))
        assert len(made) + sum(line["table"] == "activities" for line in problems) == len(activities)
        totals = rows_of(evaluate_frame(*both, renewal_year=year, rulebook=book))
        assert sum(line["bad_rows"] for line in totals) == sum(line["member"] is not None for line in problems)
