"""One layout arranges a table on every engine, and gives the same columns on all of them."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import duckdb
import pandas as pd
import polars as pl
import pyarrow as pa
import pytest

import cecrules as cec
import postgresql
from cecrules.frames import (
    ActivitiesLayout,
    DesignationsLayout,
    arrange,
    decide_frame,
    evaluate_frame,
    problems_frame,
    read_layout,
)
from cecrules.layouts.cells import NOT_READ
from cecrules.layouts.proposing import proposed
from tables import ENGINES, rows_of

pytestmark = [
    pytest.mark.filterwarnings(f"ignore:{warning}")
    for warning in ("The 'future.infer_string' option is deprecated", r"fetch_arrow_table\(\) is deprecated")
]

LAYOUT = """
format = "cecrules.layout/1"
[activities]
documents_divided_by = ["+"]
[activities.columns]
member = "Member No."
title = "Course"
kind = "Type"
earned_on = "Date Completed"
hours = "Credit Hrs"
provider = "Sponsor"
compensated = "Paid?"
documents = "Proof"
[activities.days]
formats = ["M/D/YYYY", "M/D/YY"]
century = 2000
serials = 1900
[activities.lengths]
forms = ["number", "units", "clock"]
decimal = ","
[activities.kinds]
"Local course" = "association_course"
"Board" = "association_service"
[activities.documents]
"Certificate" = "certificate_of_completion"
"Receipt" = "payment_receipt"
[activities.flags]
"Y" = true
"N" = false
[activities.totals]
"Course" = ["Total *"]
[designations.columns]
member = "Member No."
designation = "Credential"
term_start = "Since"
[designations.days]
formats = ["D MMM YYYY"]
[designations.designations]
"Manager" = "CAM"
"""
HEADINGS = ("Member No.", "Date Completed", "Course", "Sponsor", "Type", "Credit Hrs", "Paid?", "Proof", "Notes")
KEPT = [
    ("A-17", "3/12/2013", "Fair housing update", "Anytown", "Local course", "2 hrs", "Y", "Certificate", "x"),
    (" A-17 ", "11/30/13", " Board of Directors ", "", "board", None, "n", "appointment_letter", None),
    ("A-17", None, "Total for A-17", None, None, "2", None, None, None),
    ("B-2", "41520", 'It\'s "new"', "  ", "Loca course", "3,5", None, "Certificate + Receipt", None),
    ("B-2", "2013-07-09", "Leasing", "X", "college_course", "1.5", "?", "Certificate + Diploma", ""),
    (None, "13/1/2013", "Leasing", "X", "Local course", "4:30", "", "", ""),
]
COLUMNS = ("member", "title", "kind", "earned_on", "minutes", "provider", "compensated", "documents")
ARRANGED = [
    (
        "A-17",
        "Fair housing update",
        "association_course",
        "2013-03-12",
        "120",
        "Anytown",
        "true",
        "certificate_of_completion",
    ),
    ("A-17", "Board of Directors", "association_service", "2013-11-30", None, None, "false", "appointment_letter"),
    ("B-2", 'It\'s "new"', "Loca course", "2013-09-03", "210", None, None, "certificate_of_completion;payment_receipt"),
    ("B-2", "Leasing", "college_course", "2013-07-09" + NOT_READ, "1.5" + NOT_READ, "X", "?", "Certificate + Diploma"),
    (None, "Leasing", "association_course", "13/1/2013", "270", "X", None, None),
]
PLACES = (0, 1, 3, 4, 5)
_numbers = itertools.count()

Given = Callable[..., Any]


def activities(text: str = LAYOUT) -> ActivitiesLayout:
    layout = read_layout(text)
    assert layout.activities is not None
    return layout.activities


def designations(text: str = LAYOUT) -> DesignationsLayout:
    layout = read_layout(text)
    assert layout.designations is not None
    return layout.designations


def table(rows: Any = KEPT, headings: Any = HEADINGS) -> pl.DataFrame:
    return pl.DataFrame(rows, schema=dict.fromkeys(headings, pl.String), orient="row")


@pytest.fixture(scope="module")
def database() -> Iterator[Any]:
    ibis = pytest.importorskip("ibis", reason="ibis-framework is not installed: constraints/test.txt")
    reason = postgresql.missing()
    if reason:
        pytest.skip(reason)
    with postgresql.server() as folder:
        connection = ibis.postgres.connect(host=folder, user=postgresql.USER, database="postgres")
        yield connection
        connection.disconnect()


@pytest.fixture
def given(request: pytest.FixtureRequest) -> Given:
    """Makes a Polars frame one of an engine."""
    if request.param != "PostgreSQL":
        return ENGINES[request.param]
    connection = request.getfixturevalue("database")

    def made(frame: pl.DataFrame) -> Any:
        return connection.create_table(f"kept_{next(_numbers)}", obj=frame.to_arrow())

    return made


EVERY = pytest.mark.parametrize("given", [*ENGINES, "PostgreSQL"], indirect=True)
IN_ORDER = pytest.mark.parametrize("engine", [name for name in ENGINES if name != "duckdb"])


def by_title(rows: list[dict[str, Any]]) -> list[tuple[Any, ...]]:
    return sorted((tuple(row[name] for name in COLUMNS) for row in rows), key=str)


@EVERY
def test_one_layout_gives_the_same_columns_everywhere(given: Given) -> None:
    made = rows_of(arrange(given(table()), activities()))
    assert by_title(made) == sorted(ARRANGED, key=str)


@pytest.mark.wide
@EVERY
def test_the_ledger_of_an_office_is_decided_everywhere_by_one_layout(given: Given) -> None:
    folder = Path(__file__).parent / "kept"
    files = [folder / name for name in ("ledger.csv", "ledger-designations.csv")]
    text = proposed([str(file) for file in files]).text
    for line in ('"Board / committee" = "association_service"', "serials = 1900"):
        text = text.replace(f"# {line}", line)
    ledger, held = (pl.read_csv(file, separator=";", infer_schema=False) for file in files)
    ledger = ledger.with_row_index("row").with_columns(pl.col("row").cast(pl.Int64))
    both = arrange(given(ledger), activities(text)), arrange(given(held), designations(text))
    totals = sorted(rows_of(evaluate_frame(*both, renewal_year=2014)), key=lambda row: row["member"])
    assert [(row["member"], row["credited"], row["renewable"], row["bad_rows"]) for row in totals] == [
        ("consultant-4", 2.25, False, 1),
        ("manager-17", 8.5, True, 0),
    ]
    decided = sorted(rows_of(decide_frame(*both, renewal_year=2014)), key=lambda row: row["row"])
    assert [row["credited"] for row in decided] == [2.0, 1.0, 2.5, 3.0, 0.0, 1.25, 1.0]
    problems = rows_of(problems_frame(*both, renewal_year=2014))
    assert sorted((row["row"], row["column"], row["found"]) for row in problems) == [
        (7, "addresses_compliance", "perhaps"),
        (7, "documents", "Postcard"),
        (7, "earned_on", "soon"),
        (7, "kind", "Webinar"),
        (7, "minutes", "two"),
    ]


@IN_ORDER
def test_rows_keep_their_order_and_their_places(engine: str) -> None:
    frame = ENGINES[engine](table())
    made = arrange(frame, activities())
    assert type(made) is type(frame)
    rows = rows_of(made)
    assert [tuple(row[name] for name in COLUMNS) for row in rows] == ARRANGED
    assert [row["row"] for row in rows] == list(PLACES)


@EVERY
def test_designations_are_arranged_too(given: Given) -> None:
    kept = table(
        [("1", "Manager", "12 Mar 2013"), ("2", "CAS", None), ("3", "boss", "12 Mai 2013")],
        ("Member No.", "Credential", "Since"),
    )
    made = rows_of(arrange(given(kept), designations()))
    assert sorted(tuple(row.values()) for row in made) == [
        ("1", "CAM", "2013-03-12"),
        ("2", "CAS", None),
        ("3", "boss", "12 Mai 2013"),
    ]


@EVERY
def test_a_table_without_rows_stays_one(given: Given) -> None:
    assert rows_of(arrange(given(table([])), activities())) == []


@EVERY
def test_a_column_without_texts_says_nothing(given: Given) -> None:
    kept = table([(row[0], None, row[2], None, None, None, None, None, None) for row in KEPT if row[0] == "B-2"])
    made = rows_of(arrange(given(kept), activities()))
    assert [row["earned_on"] for row in made] == [None, None]


@EVERY
def test_columns_with_types_of_their_own_stay_or_are_read(given: Given) -> None:
    kept = pl.DataFrame(
        {
            "Member No.": [7, 8],
            "Date Completed": [date(2013, 3, 12), None],
            "Course": ["A", "B"],
            "Sponsor": [None, 3],
            "Type": ["Board", "Local course"],
            "Credit Hrs": [1.5, None],
            "Paid?": [True, None],
            "Proof": ["Receipt", None],
        },
        schema_overrides={"Sponsor": pl.Int64},
    )
    first, second = sorted(rows_of(arrange(given(kept), activities())), key=lambda row: row["member"])
    assert first["earned_on"] in (date(2013, 3, 12), datetime(2013, 3, 12))
    assert (first["member"], first["hours"], first["compensated"]) == ("7", 1.5, True)
    assert (second["member"], second["earned_on"], second["hours"]) == ("8", None, None)
    assert second["compensated"] in (None, False)  # NumPy has no third truth value
    assert [row["documents"] for row in (first, second)] == ["payment_receipt", None]


@EVERY
def test_numbers_are_read_where_the_layout_says_how(given: Given) -> None:
    text = LAYOUT.replace(
        'forms = ["number", "units", "clock"]\ndecimal = ","', 'forms = ["day_fraction"]\nday_decimals = 9'
    )
    kept = (
        table()
        .head(2)
        .with_columns(
            pl.Series("Date Completed", [41345, None], pl.Int64),
            pl.Series("Credit Hrs", [0.0625, 0.25], pl.Float64),
            pl.Series("Member No.", ["a", "b"]),
        )
    )
    made = sorted(rows_of(arrange(given(kept), activities(text))), key=lambda row: row["member"])
    assert [(row["earned_on"], row["minutes"]) for row in made] == [("2013-03-12", "90"), (None, "360")]


def test_a_column_of_minutes_has_minutes() -> None:
    text = LAYOUT.replace("hours =", "minutes =")
    made = arrange(table([("a", None, "b", None, None, "90", None, None, None)]), activities(text))
    assert made["minutes"].to_list() == ["90"]


@pytest.mark.parametrize(
    "kind", [pl.Categorical, pl.Enum(["Board", "Local course", "Loca course", "college_course", "board"])]
)
def test_texts_may_be_categories(kind: Any) -> None:
    kept = table().with_columns(pl.col("Type").cast(kind))
    for frame in (kept, kept.lazy()):
        assert by_title(rows_of(arrange(frame, activities()))) == sorted(ARRANGED, key=str)


def test_a_column_of_pandas_may_hold_values_of_several_types() -> None:
    """True, false and nothing make objects, and so do days beside texts."""
    kept = table().head(2).to_pandas()
    kept["Paid?"] = pd.Series([True, None], dtype=object)
    kept["Date Completed"] = pd.Series([datetime(2013, 3, 12), "3/12/2013"], dtype=object)
    kept["Credit Hrs"] = pd.Series([2, "3,5"], dtype=object)
    kept["Member No."] = [17.0, float("nan")]
    kept.index = [5, 5]
    made = rows_of(arrange(kept, activities(LAYOUT.replace('"M/D/YY"]', '"YYYY-MM-DD"]'))))
    assert [(row["member"], row["earned_on"], row["minutes"], row["compensated"]) for row in made] == [
        ("17", "2013-03-12", "120", True),
        (None, "2013-03-12", "210", None),
    ]


def test_a_time_without_a_zone_stays_and_one_with_a_zone_is_not_shifted() -> None:
    late = datetime(2013, 3, 12, 23, 30)
    for value in (late, late.replace(tzinfo=UTC)):
        kept = table().head(1).with_columns(pl.Series("Date Completed", [value]))
        assert arrange(kept, activities())["earned_on"].to_list() == [value]


@pytest.mark.parametrize("engine", [name for name in ENGINES if name != "pandas"])
def test_what_no_file_of_text_has_is_left_to_be_refused_by_name(engine: str) -> None:
    native = ENGINES[engine]
    kept = table().with_columns(pl.Series("Type", [["a"]] * 6))
    held = table([("A-17", "Manager", None)], ("Member No.", "Credential", "Since"))
    with pytest.raises(cec.InvalidValue, match=r"activities\.kind: must be text, got"):
        evaluate_frame(arrange(native(kept), activities()), arrange(native(held), designations()), renewal_year=2014)


def test_an_object_of_pandas_that_is_no_text_is_reported() -> None:
    kept = table().head(1).to_pandas()
    kept["Type"] = pd.Series([["a"]], dtype=object)
    assert arrange(kept, activities())["kind"].to_list() == ["['a']"]


@pytest.mark.parametrize("engine", ENGINES)
def test_columns_of_nothing_say_nothing(engine: str) -> None:
    columns = {name: pl.lit(None) for name in ("Member No.", "Date Completed", "Sponsor", "Credit Hrs", "Paid?")}
    made = rows_of(arrange(ENGINES[engine](table().with_columns(**columns)), activities()))
    assert {row[name] for row in made for name in ("member", "earned_on", "provider", "compensated")} <= {None, False}


def test_a_text_of_any_letters_is_kept_as_it_is() -> None:
    texts = ["a\0b", "it's", "'; drop table kept; --", "a\nb", "\\", '"']
    kept = table().with_columns(pl.Series("Type", texts), pl.lit("A").alias("Course"))
    for native in ENGINES.values():
        made = rows_of(arrange(native(kept), activities()))
        assert sorted(row["kind"] for row in made) == sorted(texts)


def test_lists_and_decimals_stay() -> None:
    kept = (
        table()
        .head(1)
        .with_columns(pl.Series("Proof", [["transcript"]]), pl.Series("Credit Hrs", [Decimal("1.5")], pl.Decimal(6, 2)))
    )
    made = arrange(kept, activities())
    assert (made["documents"].to_list(), made["hours"].to_list()) == ([["transcript"]], [Decimal("1.50")])


def test_a_column_row_of_whole_numbers_stays() -> None:
    kept = table().with_columns(pl.Series("row", [10, 20, 30, 40, 50, 60]))
    assert arrange(kept, activities())["row"].to_list() == [10, 20, 40, 50, 60]
    assert arrange(kept.with_columns(row=pl.lit("a")), activities())["row"].to_list() == list(PLACES)
    named = LAYOUT.replace("[activities.days]", 'row = "Line"\n[activities.days]')
    lines = kept.with_columns(pl.Series("Line", [3, 1, 4, 1, 5, 9]))
    assert arrange(lines, activities(named))["row"].to_list() == [3, 1, 1, 5, 9]


def test_without_totals_no_column_is_added() -> None:
    text = LAYOUT.replace('[activities.totals]\n"Course" = ["Total *"]\n', "")
    assert "row" not in arrange(table(), activities(text)).columns


def test_numbers_are_no_totals() -> None:
    text = LAYOUT.replace('"Course" = ["Total *"]', '"Notes" = ["1"]')
    kept = table().with_columns(Notes=pl.lit(1))
    assert arrange(kept, activities(text)).height == len(KEPT)


def test_a_heading_that_is_not_there_is_an_error_that_names_the_nearest() -> None:
    kept = table().rename({"Course": "Course ", "Type": "Kinds"})
    with pytest.raises(cec.InvalidDocument) as caught:
        arrange(kept, activities())
    assert [problem.where for problem in caught.value.problems] == [
        "activities.columns.title",
        "activities.columns.kind",
        "activities.totals.Course",
    ]
    assert caught.value.problems[0].hint == "did you mean 'Course '?"


def test_what_is_no_frame_and_what_is_no_layout_are_refused() -> None:
    with pytest.raises(cec.InvalidValue, match="activities: must be a data frame, got a value of type list"):
        arrange([], activities())
    with pytest.raises(cec.InvalidValue, match=r"table: must be a part of a layout.*layout\.activities"):
        arrange(table(), read_layout(LAYOUT))  # type: ignore[arg-type]


def test_a_relation_of_duckdb_keeps_its_connection() -> None:
    connection = duckdb.connect()
    connection.from_arrow(table().to_arrow()).create("kept")
    made = arrange(connection.table("kept"), activities())
    made.create("arranged")
    assert len(connection.table("arranged").fetchall()) == len(ARRANGED)
    assert isinstance(made.to_arrow_table(), pa.Table)


def test_the_result_can_be_written_to_a_table_of_the_database(database: Any) -> None:
    kept = database.create_table("kept", obj=table().to_arrow())
    database.create_table("arranged", obj=arrange(kept, activities()))
    assert database.table("arranged").count().execute() == len(ARRANGED)
