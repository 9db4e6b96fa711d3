"""Outlooks in data frames: the same answers as `outlook`, in every engine, in any order of the rows."""

from __future__ import annotations

import random
from datetime import date
from typing import Any

import duckdb
import narwhals as nw
import pandas
import polars as pl
import pyarrow as pa
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from cecrules.frames import outlook_frame
from tables import (
    BY_WINDOW,
    EDUCATION,
    ENGINES,
    EVERYTHING,
    PACE,
    activity_rows,
    activity_table,
    counted,
    drawn_book,
    foreseen,
    held_rows,
    held_table,
    rows_of,
)

FLAGS = ("addresses_compliance", "compensated", "bought_through_association")
COLUMNS = [
    *("member", "designations", "state", "limit", "days_left", "last_start"),
    *(f"short_{name}" for name in ("total", "in_network", "compliance")),
    *(f"short_with_paper_{name}" for name in ("total", "in_network", "compliance")),
    "plans",
    "needs",
    "bad_rows",
]


def native(engine: str, table: Any) -> Any:
    """A table in an engine, with nothing where a flag is not stated."""
    made = ENGINES[engine](table)
    if engine == "pandas":  # true, false and nothing in one column are objects
        for name in set(FLAGS) & set(table.columns):
            made[name] = pandas.Series(table[name].to_list(), dtype="object")
    return made


def told(activities: Any, held: Any, day: Any, engine: str = "polars", **options: Any) -> list[dict[str, Any]]:
    """What `outlook_frame` says of two tables, by member."""
    options = {"renewal_year": 2014, **options}
    made = rows_of(outlook_frame(native(engine, activities), native(engine, held), day, **options))
    return sorted(made, key=lambda line: (line["member"], line["designations"] or ""))


COURSE = {
    "member": "a",
    "title": "Fair housing",
    "kind": "association_course",
    "earned_on": date(2013, 5, 1),
    "minutes": 360,
    "addresses_compliance": True,
    "documents": EDUCATION,
}
HELD = [{"member": "a", "designation": "CAM"}]


@pytest.mark.parametrize("engine", ENGINES)
class TestEveryEngine:
    @pytest.mark.wide
    @pytest.mark.parametrize("window", BY_WINDOW)
    @settings(max_examples=10)
    @given(data=st.data())
    def test_it_says_of_every_member_what_outlook_says_whatever_the_order_of_the_rows(
        self, engine: str, window: str, data: st.DataObject
    ) -> None:
        book, year = drawn_book(data, window)
        activities, held = data.draw(activity_rows(year)), data.draw(held_rows(book, year))
        day = data.draw(st.sampled_from([date(year - 1, *end) for end in ((3, 1), (6, 15), (12, 30), (12, 31))]))
        hours = data.draw(st.sampled_from([24, "0.5", 2]))
        expected = foreseen(activities, held, book, year, day, hours_a_day=hours)
        random.Random(0).shuffle(activities)
        random.Random(0).shuffle(held)
        options = {"renewal_year": year, "rulebook": book, "hours_a_day": hours}
        assert counted(told(activity_table(activities), held_table(held), day, engine, **options)) == expected

    def test_the_row_is_of_the_callers_kind(self, engine: str) -> None:
        activities, held = native(engine, activity_table([COURSE])), native(engine, held_table(HELD))
        made = outlook_frame(activities, held, "2013-06-01", renewal_year=2014)
        assert type(made) is type(held)
        assert list(nw.from_native(made).collect_schema()) == COLUMNS
        (line,) = rows_of(made)
        assert line == {
            **dict.fromkeys(COLUMNS, 0),
            "member": "a",
            "designations": "CAM",
            "state": "met",
            "limit": None,
            "days_left": 214,
            "last_start": None,
            "needs": "",
        }

    def test_a_table_without_members_has_the_same_columns(self, engine: str) -> None:
        made = outlook_frame(
            native(engine, activity_table([])), native(engine, held_table([])), "2013-06-01", renewal_year=2014
        )
        assert rows_of(made) == []

    @pytest.mark.parametrize(
        ("flags", "state", "short"),
        [
            ({"addresses_compliance": None}, "evidence", 1),
            ({"addresses_compliance": False}, "open", 1),
            ({"compensated": None}, "met", 0),
            ({"compensated": None, "kind": "association_instruction"}, "evidence", 0),
            ({"compensated": False, "kind": "association_instruction"}, "met", 0),
            ({"documents": None}, "evidence", 3),
        ],
    )
    def test_a_flag_that_is_null_is_not_stated(
        self, engine: str, flags: dict[str, Any], state: str, short: float
    ) -> None:
        rows = activity_table([{**COURSE, "documents": EVERYTHING, **flags}])
        (line,) = told(rows, held_table([{"member": "a", "designation": "CAS"}]), "2013-12-30", engine)
        assert (line["state"], max(line["short_total"], line["short_compliance"])) == (state, short)

    def test_members_may_be_whole_numbers(self, engine: str) -> None:
        both = (table.with_columns(member=pl.lit(7)) for table in (activity_table([COURSE]), held_table(HELD)))
        (line,) = told(*both, "2013-12-30", engine)
        assert (line["member"], line["state"]) == (7, "met")

    def test_a_members_text_comes_back_as_it_is(self, engine: str) -> None:
        names = ["O'Hara", 'a "b"', "x\ny", "İ", "null"]
        held = held_table([{"member": name, "designation": "CAM"} for name in names])
        found = told(activity_table([]), held, "2013-12-31", engine)
        assert sorted(line["member"] for line in found) == sorted(names)
        assert {line["last_start"] for line in found} == {date(2013, 12, 31)}


class TestOutlookFrame:
    def test_a_blank_text_is_not_stated_and_a_column_that_is_absent_is_false(self) -> None:
        rows = activity_table([COURSE]).with_columns(addresses_compliance=pl.Series([" "]))
        (line,) = told(rows, held_table(HELD), "2013-12-30")
        assert (line["state"], line["short_compliance"], line["short_with_paper_compliance"]) == ("evidence", 1, 0)
        (line,) = told(rows.drop("addresses_compliance"), held_table(HELD), "2013-12-30")
        assert (line["state"], line["short_with_paper_compliance"]) == ("open", 1)

    def test_a_column_that_holds_nothing_is_not_stated_whatever_its_type(self) -> None:
        rows = activity_table([COURSE]).with_columns(addresses_compliance=pl.lit(None))
        # DuckDB before 2.0 takes a column of nothing for one of whole numbers.
        for engine in ("polars", "pandas", "pyarrow", *(["duckdb"] if duckdb.__version__ >= "2" else [])):
            (line,) = told(rows, held_table(HELD), "2013-12-30", engine)
            assert line["state"] == "evidence"

    def test_what_lies_ahead_is_counted_and_what_is_needed_is_said(self) -> None:
        unpaid = {**COURSE, "kind": "association_instruction", "title": "Taught", "compensated": None}
        rows = [
            {**COURSE, "minutes": 180, "documents": None},
            {**unpaid, "minutes": 180, "documents": "instruction_letter"},
            {**COURSE, "minutes": 1, "earned_on": date(2013, 12, 31)},
        ]
        (line,) = told(activity_table(rows), held_table(HELD), "2013-12-30")
        assert (line["state"], line["plans"]) == ("evidence", 1)
        assert line["needs"] == (
            "Fair housing: add a certificate of completion, a transcript, exam results, a receipt or confirmation of "
            "payment or a reporting form signed by affiliate staff; Taught: state that it was unpaid, if it was"
        )

    def test_rows_that_cannot_be_read_are_left_out_and_counted(self) -> None:
        odd = [{**COURSE, "kind": "webinar"}, {**COURSE, "member": "b"}, {**COURSE, "member": None}]
        held = held_table([*HELD, {"member": "b", "designation": "CPM"}, {"member": None, "designation": "CAM"}])
        first, second = told(activity_table([COURSE, *odd]), held, "2013-12-30")
        assert (first["state"], first["bad_rows"]) == ("met", 1)
        unknown = {**dict.fromkeys(COLUMNS), "member": "b", "bad_rows": 2}
        assert second == unknown

    def test_where_each_designation_has_a_term_it_has_a_row(self) -> None:
        starts = {"CAM": date(2012, 11, 30), "NALP": date(2013, 6, 15)}
        held = held_table([{"member": "a", "designation": code, "term_start": day} for code, day in starts.items()])
        found = told(activity_table([]), held, "2014-03-01", rulebook=PACE)
        expected = foreseen([], held.to_dicts(), PACE, 2014, date(2014, 3, 1))
        assert counted(found) == expected
        assert [(line["designations"], line["state"]) for line in found] == [("CALP", "open"), ("CAM", "closed")]

    def test_a_renewal_date_is_that_of_every_member(self) -> None:
        book = cec.NAAEI_2014.evolve(
            id="anniversary", window={"kind": "months_before", "months": 12, "years_before": None}
        )
        due = date(2014, 3, 1)
        (line,) = told(activity_table([COURSE]), held_table(HELD), "2014-02-01", rulebook=book, renewal_date=due)
        submission = cec.Submission(renewal_year=2014, designations=["CAM"], activities=[], renewal_date=due)
        assert line["days_left"] == cec.outlook(submission, "2014-02-01", book).days_left

    @pytest.mark.parametrize(
        ("options", "problem"),
        [
            ({"day": "May"}, "as_of: must be a date as YYYY-MM-DD, such as 2013-06-21, got 'May'"),
            ({"hours_a_day": 25}, "hours_a_day: must be more than 0 and at most 24, got 25"),
        ],
    )
    def test_a_bad_option_is_refused_whoever_is_in_the_tables(self, options: dict[str, Any], problem: str) -> None:
        options = {"day": "2013-06-01", **options}
        with pytest.raises(cec.InvalidValue, match=problem):
            told(activity_table([]), held_table([]), **options)

    def test_on_pyarrow_the_columns_have_types_of_their_own(self) -> None:
        made = outlook_frame(activity_table([]).to_arrow(), held_table([]).to_arrow(), "2013-06-01", renewal_year=2014)
        assert made.schema.field("last_start").type == pa.date32()
        assert made.schema.field("days_left").type == pa.int64()
