"""Data frames that are tables of a database, through Ibis: the same answers as `evaluate`, worked out there."""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterator, Mapping
from datetime import date
from typing import Any

import polars as pl
import pytest

import cecrules as cec
import postgresql
from association import random_rows
from cecrules.frames import compare_frame, decide_frame, evaluate_frame, outlook_frame, problems_frame
from tables import (
    BOOKS,
    EDUCATION,
    EVERYTHING,
    TERM_BOOKS,
    activity_table,
    assessed,
    counted,
    decisions,
    foreseen,
    held_table,
    numbered,
    rows_of,
)

ibis = pytest.importorskip("ibis", reason="ibis-framework is not installed: constraints/test.txt")

# What Ibis asks of pandas and DuckDB.
pytestmark = [
    pytest.mark.filterwarnings(f"ignore:{warning}")
    for warning in ("The 'future.infer_string' option is deprecated", r"fetch_arrow_table\(\) is deprecated")
]

BOTH = {**BOOKS, **TERM_BOOKS}
TYPES = {pl.String: "text", pl.Date: "date", pl.Int64: "bigint", pl.Float64: "double precision", pl.Boolean: "boolean"}
SOUND = {"member": "a", "title": "Fair housing", "kind": "association_course", "earned_on": date(2013, 5, 1)}
HELD = [{"member": "a", "designation": "CAM"}]
_numbers = itertools.count()

Given = Callable[..., Any]


def connected(folder: str) -> Any:
    return ibis.postgres.connect(host=folder, user=postgresql.USER, database="postgres")


def stored(connection: Any, table: Any, types: Mapping[str, str] | None = None) -> Any:
    """A table of the database with the rows of a Polars frame, in columns of these types."""
    name = f"given_{next(_numbers)}"
    columns = {column: TYPES[dtype] for column, dtype in table.schema.items()} | (types or {})
    with connection.con.cursor() as cursor:
        cursor.execute(f"create table {name} ({', '.join(f'{column} {kind}' for column, kind in columns.items())})")
        with cursor.copy(f"copy {name} from stdin") as copy:
            for row in table.iter_rows():
                copy.write_row(row)
    connection.con.commit()
    return connection.table(name)


@pytest.fixture(scope="module")
def database() -> Iterator[Any]:
    reason = postgresql.missing()
    if reason:
        pytest.skip(reason)
    with postgresql.server() as folder:
        connection = connected(folder)
        yield connection
        connection.disconnect()


@pytest.fixture(scope="module")
def given(request: pytest.FixtureRequest) -> Iterator[Given]:
    """Makes a Polars frame a table of a database."""
    if request.param == "PostgreSQL":
        connection = request.getfixturevalue("database")
        yield lambda table: stored(connection, table)
        return
    connection = ibis.duckdb.connect()

    def made(table: Any) -> Any:
        name = f"given_{next(_numbers)}"
        connection.con.from_arrow(table.to_arrow()).create(name)
        return connection.table(name)

    yield made
    connection.disconnect()


@pytest.mark.wide
@pytest.mark.parametrize(
    ("given", "book"),
    [("PostgreSQL", book) for book in BOTH] + [("DuckDB", book) for book in ("naaei-2014", "odd", "naaei-pace")],
    indirect=["given"],
)
def test_a_database_gives_the_answers_of_evaluate(given: Given, book: str) -> None:
    rulebook, year = BOTH[book]
    activities, held = random_rows(60)
    held.append({"member": "other", "row": len(held), "designation": "CPM", "term_start": None})
    for row in activities[::2]:
        row["hours"], row["minutes"] = row["minutes"] / 60, None
    for row in [*activities, *held]:
        for day in ("earned_on", "term_start"):
            if row.get(day):
                row[day] = row[day].replace(year=row[day].year + year - 2014, day=min(row[day].day, 28))
    both = given(activity_table(activities)), given(held_table(held))
    rules: dict[str, Any] = {"renewal_year": year, "rulebook": rulebook}
    totals = rows_of(evaluate_frame(*both, **rules))
    assert sorted(totals, key=lambda row: row["member"]) == assessed(activities, held, rulebook, year)
    decided = rows_of(decide_frame(*both, **rules))
    assert sorted(decided, key=lambda row: row["row"]) == decisions(activities, held, rulebook, year)
    alike = rows_of(problems_frame(activity_table(activities), held_table(held), **rules))
    reported = rows_of(problems_frame(*both, **rules))
    for row in [*reported, *alike]:
        assert row.pop("hint") is not None  # a database asks no Python for the closest code
    assert sorted(reported, key=str) == sorted(alike, key=str)
    assert {row["table"] for row in reported} == {"activities", "designations"}


@pytest.mark.wide
@pytest.mark.parametrize("given", ["PostgreSQL", "DuckDB"], indirect=True)
def test_a_database_compares_two_rulebooks_as_polars_does(given: Given) -> None:
    activities, held = random_rows(200)
    changes = {"compliance": {"credits": 2}, "caps": {"association_service": {"credits": 1}}}
    books = cec.NAAEI_2014, cec.NAAEI_2014.evolve(id="stricter", in_network={"share": "1/4"}, **changes)
    tables = activity_table(activities), held_table(held)
    there = rows_of(compare_frame(*map(given, tables), *books, renewal_year=2014))
    here = rows_of(compare_frame(*tables, *books, renewal_year=2014))
    assert sorted(there, key=lambda row: row["member"]) == sorted(here, key=lambda row: row["member"])
    assert here


@pytest.mark.parametrize("given", ["PostgreSQL", "DuckDB"], indirect=True)
@pytest.mark.parametrize("edition", ["naaei-2014", "naaei-pace"])
def test_a_database_gets_the_answers_of_outlook(given: Given, edition: str) -> None:
    book, day = cec.edition(edition), date(2013, 11, 1)
    activities, held = random_rows(40)
    both = given(activity_table(activities)), given(held_table(held))
    made = rows_of(outlook_frame(*both, day, renewal_year=2014, rulebook=book))
    made.sort(key=lambda row: (row["member"], row["designations"] or ""))
    assert counted(made) == foreseen(activities, held, book, 2014, day)


def test_columns_may_have_the_types_a_database_keeps_such_things_in(database: Any) -> None:
    rows = [
        {**SOUND, "hours": 1.25, "documents": "{certificate_of_completion,transcript}"},
        {**SOUND, "hours": 1.01, "documents": "{}"},
        {**SOUND, "hours": 2, "documents": "{a_letter}"},
    ]
    table = activity_table(numbered(rows)).with_columns(member=pl.lit("7"))
    types = {
        "member": "integer",
        "title": "varchar(80)",
        "kind": "varchar(24)",
        "earned_on": "timestamp",
        "hours": "numeric(6, 2)",
        "documents": "text[]",
        "row": "smallint",
    }
    held = held_table(HELD).with_columns(member=pl.lit("7"))
    both = stored(database, table, types), stored(database, held, {"member": "bigint"})
    (line,) = rows_of(evaluate_frame(*both, renewal_year=2014))
    assert (line["member"], line["credited"], line["bad_rows"]) == (7, 1.25, 2)
    made = sorted(rows_of(problems_frame(*both, renewal_year=2014)), key=lambda row: row["row"])
    assert [(row["row"], row["reason"]) for row in made] == [(1, "length_invalid"), (2, "document_unknown")]


@pytest.mark.parametrize("given", ["PostgreSQL", "DuckDB"], indirect=True)
def test_a_database_keeps_no_order_of_rows(given: Given) -> None:
    both = given(activity_table([SOUND])), given(held_table(HELD))
    with pytest.raises(cec.InvalidValue, match=r"activities\.row: is a required column"):
        decide_frame(*both, renewal_year=2014)


def test_the_result_can_be_written_to_a_table_where_the_members_stand(database: Any) -> None:
    rows = [{**SOUND, "minutes": 60, "documents": EDUCATION}]
    both = stored(database, activity_table(rows)), stored(database, held_table(HELD))
    database.create_table("renewals", obj=evaluate_frame(*both, renewal_year=2014))
    with database.con.cursor() as cursor:
        found = cursor.execute("select member, credited, renewable, bad_rows from renewals").fetchall()
    database.con.commit()
    assert found == [("a", 1.0, False, 0)]


def refused(both: tuple[Any, Any]) -> None:
    for decide in (evaluate_frame, decide_frame):
        with pytest.raises(
            cec.InvalidValue, match="lowers the letters of every language, got one that makes 'É"
        ) as caught:
            decide(*both, renewal_year=2014)
        assert (caught.value.path, caught.value.code) == (("activities",), "wrong_type")
    assert rows_of(problems_frame(*both, renewal_year=2014)) == []


SERVICE = [{**SOUND, "kind": "association_service", "documents": EVERYTHING, "minutes": 60}]


def test_a_database_that_lowers_ascii_alone_is_refused_where_texts_are_compared() -> None:
    connection = ibis.sqlite.connect()
    connection.raw_sql(
        "create table activities (member text, title text, kind text, earned_on date, minutes integer, documents text, "
        '"row" integer)'
    ).close()
    connection.raw_sql(
        "insert into activities values ('a', 'Board', 'association_service', '2013-05-01', 60, 'member_listing', 0)"
    ).close()
    connection.raw_sql("create table designations (member text, designation text)").close()
    connection.raw_sql("insert into designations values ('a', 'CAM')").close()
    refused((connection.table("activities"), connection.table("designations")))
    connection.disconnect()


@pytest.mark.skipif(bool(postgresql.missing()), reason=postgresql.missing())
def test_so_is_a_server_in_the_locale_of_c() -> None:
    with postgresql.server("C") as folder:
        connection = connected(folder)
        both = stored(connection, activity_table(numbered(SERVICE))), stored(connection, held_table(HELD))
        refused(both)
        connection.disconnect()
