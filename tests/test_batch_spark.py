"""Batches on Spark in local mode: the same files in, the same answers out as on Polars."""

from __future__ import annotations

import os
from collections.abc import Iterator, Sequence
from datetime import date
from pathlib import Path
from typing import Any

import attrs
import polars as pl
import pytest

import cecrules as cec
from cecrules.batch import Outcome, decide_tables
from files import BAD_FILES, read, refused, write
from on_spark import SPARK_MARKS, sql
from tables import EDUCATION, activity_table, numbered

pytestmark = SPARK_MARKS

ROW = {
    "member": "a",
    "title": 'Fair "housing", again\nand again ',
    "kind": "association_course",
    "earned_on": date(2013, 5, 1),
    "minutes": 60,
    "provider": None,
    "addresses_compliance": True,
    "documents": EDUCATION,
}
ROWS = [
    ROW,
    {**ROW, "kind": "college_course", "minutes": 600},
    {**ROW, "member": "b", "addresses_compliance": None},
    {**ROW, "member": "b", "earned_on": date(2014, 5, 1), "documents": None},
    {**ROW, "member": "c", "minutes": None},
    {**ROW, "member": "d", "title": "C:\\", "kind": "webinar"},
    {**ROW, "member": None},
]
HELD = [
    {"member": member, "designation": code, "term_start": start}
    for member, code, start in [
        ("a", "CAM", "2013-01-31"),
        ("b", "NALP", "2013-02-28"),
        ("b", "CAS", "2012-06-01"),
        ("c", "CALP", "2013-02-30"),
        ("d", "CPM", None),
    ]
]
TABLES = ("activities", "designations")
PARTS = ("out", "decisions", "problems")


@pytest.fixture(scope="module", autouse=True)
def spark() -> Iterator[None]:
    """The one session that every batch of this module finds."""
    builder = sql.SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
    session = builder.config("spark.sql.shuffle.partitions", "2").getOrCreate()
    yield
    session.stop()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    """A folder with both tables in every format."""
    for name, table in zip(TABLES, (activity_table(numbered(ROWS)), pl.DataFrame(numbered(HELD))), strict=True):
        write(table, tmp_path / f"{name}.csv")
        write(table.drop("term_start", strict=False), tmp_path / f"{name}.parquet")
        write(table, tmp_path / f"{name}.jsonl")
    return tmp_path


def decided(
    folder: Path, engine: str, given: Sequence[str], written: Sequence[str], book: cec.Rulebook = cec.NAAEI_2014
) -> tuple[Outcome, list[list[dict[str, Any]]]]:
    """Decides both tables; returns the outcome and the rows of all that is written, in one order."""
    both = [str(folder / f"{name}.{ending}") for name, ending in zip(TABLES, given, strict=True)]
    made = {part: folder / f"{engine[:5]}-{part}.{ending}" for part, ending in zip(PARTS, written, strict=False)}
    others = {part: str(made[part]) for part in PARTS[1:] if part in made}
    outcome = decide_tables(*both, str(made["out"]), renewal_year=2014, rulebook=book, engine=engine, **others)
    return attrs.evolve(outcome, seen=""), [rows(path) for path in made.values()]


def rows(path: Path) -> list[dict[str, Any]]:
    """The rows that were written, in one order, without the hints, for which Spark does not ask Python."""
    made = [{name: value for name, value in row.items() if name != "hint"} for row in read(path)]
    return sorted(made, key=lambda row: str([row.get(name) for name in ("table", "member", "row", "column", "reason")]))


@pytest.mark.parametrize(
    ("edition", "given", "written"),
    [
        ("naaei-2014", ("jsonl", "parquet"), ("csv", "jsonl", "parquet")),
        ("naaei-pace", ("csv", "jsonl"), ("parquet", "csv", "jsonl")),
    ],
)
def test_spark_writes_and_sums_up_what_polars_does(
    folder: Path, edition: str, given: Sequence[str], written: Sequence[str]
) -> None:
    before = set(os.listdir(folder))
    book = cec.edition(edition)
    on_spark, on_polars = (decided(folder, engine, given, written, book) for engine in ("local[2]", "polars"))
    assert on_spark == on_polars
    assert on_spark[0].decided + on_spark[0].undecided == 4
    assert on_spark[0].bad >= 4
    assert len(on_spark[0].reasons) >= 5
    parts = [f"-{part}.{ending}" for part, ending in zip(PARTS, written, strict=True)]
    assert set(os.listdir(folder)) - before == {engine + part for engine in ("local", "polar") for part in parts}


@pytest.mark.parametrize(
    ("name", "content", "message"),
    [
        *BAD_FILES,
        ("a.jsonl", b'{"member": "a"}\n{"mem', "a.jsonl: line 2: must be a JSON object, got '{\"mem'"),
        ("a.parquet", b"member,title\n", "a.parquet: cannot be read: "),
        ("missing.csv", None, "missing.csv: cannot be read: [PATH_NOT_FOUND]"),
    ],
)
def test_a_file_that_cannot_be_trusted_is_refused_in_one_line_and_nothing_is_written(
    folder: Path, name: str, content: bytes | None, message: str, capsys: pytest.CaptureFixture[str]
) -> None:
    if content is not None:
        (folder / name).write_bytes(content)
    arguments = [folder / name, folder / "designations.csv", "-o", folder / "out.csv", "--engine", "local[2]"]
    (line,) = refused(folder, arguments, capsys)
    assert line.startswith(f"cecrules: {folder}/{message}")


def test_a_folder_that_spark_wrote_is_replaced_and_no_other(folder: Path) -> None:
    made = folder / "local-out.csv"
    made.mkdir()
    (made / "old").touch()
    with pytest.raises(cec.InvalidValue, match="is there already, and is no folder that Spark wrote"):
        decided(folder, "local[2]", ("csv", "csv"), ("csv",))
    (made / "_SUCCESS").touch()
    decided(folder, "local[2]", ("csv", "csv"), ("csv",))
    assert not (made / "old").exists()
