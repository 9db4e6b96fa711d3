"""Notices in data frames: the codes and subjects of `evaluate`, and no figure changes."""

from __future__ import annotations

from collections import Counter
from datetime import date
from typing import Any

import polars as pl
import pytest

import cecrules as cec
from association import random_rows
from cecrules.frames import evaluate_frame, notices_frame
from tables import BOOKS, EDUCATION, ENGINES, EVERYTHING, activity_table, held_table, rows_of, submissions

NOT_IN_FRAMES = ("first_renewal", "compliance_advised")
ROW = {
    "member": "a",
    "title": "Fair housing",
    "kind": "association_course",
    "earned_on": date(2013, 5, 1),
    "minutes": 90,
    "documents": f"transcript;{EDUCATION}",
}
HELD = [{"member": "a", "designation": "CAM"}]


def noticed(engine: str, activities: Any, held: Any, **options: Any) -> list[tuple[Any, ...]]:
    native = ENGINES[engine]
    made = notices_frame(native(activities), native(held), **{"renewal_year": 2014, **options})
    return sorted(tuple(line.values()) for line in rows_of(made))


@pytest.mark.parametrize("engine", ENGINES)
class TestNotices:
    def test_entries_alike_in_every_field_are_pointed_out_and_count(self, engine: str) -> None:
        rows = [
            ROW,
            {**ROW, "documents": f" {EDUCATION} ; transcript;"},
            {**ROW, "minutes": 91},
            {**ROW, "provider": "B"},
        ]
        table = activity_table(rows)
        assert noticed(engine, table, held_table(HELD)) == [("a", "alike_entries", "Fair housing", 2)]
        native = ENGINES[engine]
        (line,) = rows_of(evaluate_frame(native(table), native(held_table(HELD)), renewal_year=2014))
        assert line["credited"] == (4 * 90 + 1) / 60

    def test_a_day_of_more_than_24_hours_is_pointed_out(self, engine: str) -> None:
        day = [{**ROW, "title": str(number), "minutes": 720} for number in range(2)]
        assert noticed(engine, activity_table(day), held_table(HELD)) == []
        day.append({**ROW, "minutes": 1})
        assert noticed(engine, activity_table(day), held_table(HELD)) == [("a", "long_day", "2013-05-01", 3)]

    def test_a_year_before_or_after_those_of_the_edition_is_pointed_out_to_everybody(self, engine: str) -> None:
        table = activity_table([])
        assert noticed(engine, table, held_table(HELD), renewal_year=2023) == [("a", "later_edition", "naaei-2022", 0)]
        later = {"renewal_year": 2014, "rulebook": cec.edition("naaei-2022")}
        assert noticed(engine, table, held_table(HELD), **later) == [("a", "earlier_year", "naaei-2014", 0)]

    def test_it_says_of_every_member_what_evaluate_says(self, engine: str) -> None:
        activities, held = random_rows(40)
        activities += [dict(row) for row in activities[::3]]
        for row in activities[::5]:
            row["minutes"] = 2000
        made = noticed(engine, activity_table(activities), held_table(held))
        expected: list[tuple[str, str]] = []
        days: list[tuple[str, str]] = []
        for member, submission in submissions(activities, held, cec.NAAEI_2014, 2014).items():
            if submission is not None:
                notices = cec.evaluate(submission).notices
                expected += [(member, notice.code.value) for notice in notices if notice.code not in NOT_IN_FRAMES]
                days += [(member, notice.subject) for notice in notices if notice.code == "long_day"]
        assert Counter((line[0], line[1]) for line in made) == Counter(expected)
        assert sorted((line[0], line[2]) for line in made if line[1] == "long_day") == sorted(days)
        assert {code for _, code in expected} == {"alike_entries", "long_day"}


def test_tables_without_documents_and_rulebooks_without_duplicates_have_slips_too() -> None:
    rows = [{name: value for name, value in ROW.items() if name != "documents"}] * 2
    service = [{**ROW, "kind": "association_service", "documents": EVERYTHING}] * 2
    book, year = BOOKS["repeatable"]
    assert noticed("polars", activity_table(rows), held_table(HELD)) == [("a", "alike_entries", "Fair housing", 2)]
    assert noticed("polars", activity_table(service), held_table(HELD)) == []
    made = noticed("polars", activity_table(service), held_table(HELD), rulebook=book, renewal_year=year)
    assert made == [("a", "alike_entries", "Fair housing", 2)]


@pytest.mark.parametrize("engine", [engine for engine in ENGINES if engine != "pandas"])
def test_lists_of_the_same_documents_are_alike(engine: str) -> None:
    table = activity_table([ROW] * 3).with_columns(
        documents=pl.Series([[EDUCATION, "transcript"], ["transcript", EDUCATION, EDUCATION], [EDUCATION]])
    )
    assert noticed(engine, table, held_table(HELD)) == [("a", "alike_entries", "Fair housing", 2)]
