"""Problems of tables show the text that was found, and texts are read in one form alone."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

import polars as pl
import pytest

import cecrules as cec
from cecrules.frames import ProblemCode, evaluate_frame, problems_frame
from cecrules.frames.hints import A_ROW_EACH, HINTS, hint_of
from tables import EDUCATION, ENGINES, PACE, activity_table, held_table, rows_of

SOUND = {"member": "a", "title": "Fair housing", "kind": "association_course", "earned_on": date(2013, 5, 1)}
HELD = [{"member": "a", "designation": "CAM"}]
IN_PYTHON = ("polars", "polars-lazy", "pandas", "pandas-arrow", "pyarrow")


def told(engine: str, activities: Any, held: Any, **options: Any) -> list[tuple[Any, ...]]:
    """The problems, without their order and their rows."""
    native = ENGINES[engine]
    made = rows_of(problems_frame(native(activities), native(held), **{"renewal_year": 2014, **options}))
    return sorted(((line["column"], line["reason"], line["found"], line["hint"]) for line in made), key=str)


def texts(rows: list[dict[str, Any]]) -> Any:
    """A table of activities of text alone."""
    return pl.DataFrame(rows, schema=dict.fromkeys(dict.fromkeys(name for row in rows for name in row), pl.String))


ROW = {**SOUND, "earned_on": "2013-05-01", "hours": "1.5", "compensated": "FALSE", "documents": EDUCATION}


AS_DAY = "write the day as YYYY-MM-DD"
AS_MINUTES = "give minutes as a whole number"
NEARLY = "did you mean 'association_course'?"
READ = [
    {},
    {"earned_on": "2012-02-29", "hours": "15e-1"},
    {"earned_on": "2013-05-01 14:30:00"},
    {"earned_on": "2013-05-01T23:59"},
    {"hours": ".5", "compensated": "", "addresses_compliance": "True"},
    {"hours": " ", "minutes": "90", "compensated": " "},
]
# What is wrong with a row, and the problem that is reported.
NOT_READ = [
    ({"earned_on": "3/12/2013"}, ("earned_on", "earned_on_invalid", "3/12/2013", AS_DAY)),
    ({"earned_on": "41345"}, ("earned_on", "earned_on_invalid", "41345", AS_DAY)),
    ({"earned_on": "2013-05-01 25:00"}, ("earned_on", "earned_on_invalid", "2013-05-01 25:00", AS_DAY)),
    ({"earned_on": "2013-05-01T10:00Z"}, ("earned_on", "earned_on_invalid", "2013-05-01T10:00Z", AS_DAY)),
    ({"earned_on": "2013-05-01\n"}, ("earned_on", "earned_on_invalid", "2013-05-01\n", AS_DAY)),
    ({"earned_on": " "}, ("earned_on", "earned_on_missing", " ", "")),
    ({"earned_on": None}, ("earned_on", "earned_on_missing", None, "")),
    ({"hours": "1.5 hrs"}, ("hours", "length_invalid", "1.5 hrs", AS_MINUTES)),
    ({"hours": "0.33"}, ("hours", "length_invalid", "0.33", "give minutes instead, such as minutes=20")),
    ({"hours": "inf"}, ("hours", "length_invalid", "inf", AS_MINUTES)),
    ({"hours": ""}, ("hours", "length_missing", "", "give hours or minutes")),
    ({"hours": None, "minutes": "60.0"}, ("minutes", "length_invalid", "60.0", AS_MINUTES)),
    ({"hours": None, "minutes": "-5"}, ("minutes", "length_invalid", "-5", "leave the activity out if it earned none")),
    ({"minutes": "90"}, ("hours", "length_twice", "1.5", "give one of them")),
    ({"compensated": "Yes"}, ("compensated", "flag_invalid", "Yes", "write true or false")),
    ({"kind": "Association Course"}, ("kind", "kind_unknown", "Association Course", NEARLY)),
    ({"documents": "A Transcript"}, ("documents", "document_unknown", "A Transcript", "did you mean 'transcript'?")),
    ({"title": " "}, ("title", "title_missing", " ", "")),
    (
        {"member": "b"},
        ("member", "designation_missing", "b", "add the member to designations, or write the name as it stands there"),
    ),
]


@pytest.mark.parametrize("engine", ENGINES)
class TestTexts:
    def test_a_text_in_the_form_of_the_library_is_read(self, engine: str) -> None:
        assert told(engine, texts([{**ROW, **sound} for sound in READ]), held_table(HELD)) == []

    def test_texts_decide_what_types_decide(self, engine: str) -> None:
        native = ENGINES[engine]
        paid = {"compensated": "TRUE", "kind": "association_instruction"}
        table = texts([{**ROW, "addresses_compliance": "true"}, {**ROW, **paid}])
        (line,) = rows_of(evaluate_frame(native(table), native(held_table(HELD)), renewal_year=2014))
        assert (line["credited"], line["compliance"], line["bad_rows"]) == (1.5, 1.5, 0)

    def test_a_text_in_another_form_is_reported_as_it_stands(self, engine: str) -> None:
        expected = [
            (*problem[:3], problem[3] if engine in IN_PYTHON else HINTS.get(ProblemCode(problem[1]), ""))
            for _, problem in NOT_READ
        ]
        made = told(engine, texts([{**ROW, **wrong} for wrong, _ in NOT_READ]), held_table(HELD))
        assert made == sorted(expected, key=str)

    def test_every_wrong_cell_of_a_row_is_reported(self, engine: str) -> None:
        wrong = {"compensated": "no", "addresses_compliance": "Y", "hours": "x", "minutes": "y", "earned_on": "z"}
        made = told(engine, texts([{**ROW, **wrong}]), held_table(HELD))
        assert {line[0]: line[2] for line in made} == wrong
        assert [line[1] for line in made if line[0] == "hours"] == ["length_invalid", "length_twice"]

    def test_the_day_a_term_began_may_be_a_text(self, engine: str) -> None:
        held = [{"member": "a", "designation": "CAM", "term_start": start} for start in ("2012-11-30", "11/30/2012")]
        types = {"member": pl.String, "designation": pl.String, "term_start": pl.String}
        options = {"rulebook": PACE, "renewal_year": 2014}
        table = pl.DataFrame(held, schema=types)
        assert told(engine, texts([ROW]), table[:1], **options) == []
        assert told(engine, texts([ROW]), table[1:], **options) == [
            ("member", "requirement_unknown", "a", "mend the rows of the member in designations"),
            ("term_start", "term_start_invalid", "11/30/2012", HINTS[ProblemCode.TERM_START_INVALID]),
        ]


@pytest.mark.parametrize("engine", ENGINES)
def test_numbers_are_shown_as_people_write_them(engine: str) -> None:
    rows = [{**SOUND, "hours": hours} for hours in (-2.0, 0.33, 8785.0)]
    found = [line[2] for line in told(engine, activity_table(rows), held_table(HELD))]
    assert found == ["-2", "0.33", "8785"]


@pytest.mark.parametrize("engine", [engine for engine in ENGINES if engine != "pandas"])
def test_items_of_lists_are_shown(engine: str) -> None:
    table = activity_table([{**SOUND, "minutes": 60}]).with_columns(
        documents=pl.Series([["a letter", None, EDUCATION]])
    )
    ((_, _, found, _),) = told(engine, table, held_table(HELD))
    assert all(item in found for item in ("a letter", EDUCATION))


@pytest.mark.parametrize("engine", ["polars", "pandas", "pyarrow", "duckdb"])
def test_every_day_of_the_calendar_is_read_and_no_other(engine: str) -> None:
    first = date(1896, 1, 1)
    days = [first + timedelta(days=number) for number in range(0, 80_000, 7)]
    days += [date(year, month, day) for year in range(1896, 2105) for month, day in ((2, 28), (3, 1), (12, 31))]
    days += [date(year, 2, 29) for year in range(4, 9999, 44) if year % 100 or not year % 400]
    rows = [{**ROW, "earned_on": day.isoformat()} for day in days]
    assert told(engine, texts(rows), held_table(HELD)) == []
    wrong = [
        "1900-02-29",
        "2013-02-29",
        "2013-02-30",
        "2013-04-31",
        "2013-13-01",
        "2013-00-10",
        "2013-01-00",
        "0000-02-29",
        "0000-01-01",
        "2013-1-1",
        "٢٠١٣-٠١-٠١",
    ]
    made = told(engine, texts([{**ROW, "earned_on": day} for day in wrong]), held_table(HELD))
    assert sorted(line[2] for line in made) == sorted(wrong)


def test_the_place_of_the_row_is_counted_from_0() -> None:
    made = problems_frame(texts([ROW, {**ROW, "hours": "x"}]), held_table(HELD), renewal_year=2014)
    assert made.columns == ["table", "row", "member", "column", "reason", "found", "hint"]
    assert made["row"].to_list() == [1]


def test_the_hints_are_those_of_check() -> None:
    for column, found, reason in (("kind", "legislativ_event", "kind_unknown"), ("hours", "0.33", "length_invalid")):
        given = {"title": "T", "kind": "association_course", "earned_on": "2013-05-01", "hours": 1, column: found}
        with pytest.raises(cec.InvalidValue) as caught:
            cec.Activity(**given)
        assert hint_of(reason, column, found) == caught.value.hint != ""


def test_a_hint_prefers_what_the_rulebook_lists() -> None:
    made = texts([{**ROW, "kind": "visto_cours"}])
    hints = [
        problems_frame(made, held_table(HELD), renewal_year=2014, rulebook=cec.edition(name))["hint"].to_list()
        for name in ("naaei-2014", "naaei-2022")
    ]
    assert hints == [["did you mean 'visto_course' (other editions only)?"], ["did you mean 'visto_course'?"]]


@pytest.mark.parametrize(
    ("reason", "column", "found", "hint"),
    [
        ("length_invalid", "minutes", "-5", "leave the activity out if it earned none"),
        ("length_invalid", "hours", "-0.5", "leave the activity out if it earned none"),
        ("length_invalid", "hours", "0.33", "give minutes instead, such as minutes=20"),
        ("length_invalid", "hours", "1.5 hrs", AS_MINUTES),
        ("length_invalid", "hours", "8785", AS_MINUTES),
        ("earned_on_invalid", "earned_on", "2013-02-30", "day is out of range for month"),
        ("earned_on_invalid", "earned_on", "2013-02-03 25:00", AS_DAY),
        ("term_start_invalid", "term_start", "9998-10-01", AS_DAY),
        ("document_unknown", "documents", "transcript; transcipt", "did you mean 'transcript'?"),
        ("designation_unknown", "designation", "NALPP", "did you mean 'NALP'?"),
        ("designation_unknown", "designation", "CAM, NALP", A_ROW_EACH),
        ("title_missing", "title", " ", ""),
        ("kind_unknown", "kind", None, HINTS[ProblemCode.KIND_UNKNOWN]),
        ("flag_invalid", "compensated", "Y", "write true or false"),
    ],
)
def test_a_hint_says_what_to_do(reason: str, column: str, found: str | None, hint: str) -> None:
    hint_of.cache_clear()
    assert hint_of(reason, column, found) == hint


def test_a_time_of_day_is_read_as_frames_read_it() -> None:
    timed = activity_table([{**SOUND, "hours": 1.0}]).with_columns(earned_on=pl.lit(datetime(2013, 12, 31, 23, 59)))
    plain = texts([{**ROW, "hours": "1.0", "earned_on": "2013-12-31 23:59"}])
    for table in (timed, plain):
        assert told("polars", table, held_table(HELD)) == []


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("column", ["hours", "minutes"])
def test_a_length_that_is_not_there_is_missing_in_a_column_of_numbers(engine: str, column: str) -> None:
    rows = [{**SOUND, column: 1}, {**SOUND, column: None}]
    assert told(engine, activity_table(rows), held_table(HELD)) == [
        (column, "length_missing", None, "give hours or minutes")
    ]
