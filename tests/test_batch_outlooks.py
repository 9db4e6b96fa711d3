"""Batches that write the outlooks of tables."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cecrules.cli import main
from files import read, write
from tables import EDUCATION, activity_table, held_table

COURSE = {
    "title": "Fair housing",
    "kind": "association_course",
    "earned_on": date(2013, 5, 1),
    "minutes": 360,
    "addresses_compliance": True,
    "documents": EDUCATION,
}
ROWS = [
    {"member": "z", **COURSE},
    {"member": "y", **COURSE, "documents": None},
    {"member": "b", **COURSE, "addresses_compliance": None},
]
HELD = [{"member": member, "designation": "CAM"} for member in ("z", "y", "b", "a")]
STATES = [("z", "met"), ("y", "evidence"), ("b", "evidence"), ("a", "open")]


def run(tmp_path: Path, rows: Any, held: Any, *options: object, output: str = "out.csv", ending: str = "csv") -> int:
    tables = (("activities", activity_table(rows)), ("designations", held_table(held)))
    files = [write(table, tmp_path / f"{name}.{ending}") for name, table in tables]
    given = [*files, "-o", tmp_path / output, "--renewal-year", "2014", "--as-of", "2013-12-30", *options]
    return main(["batch", *map(str, given)])


@pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
def test_each_member_has_an_outlook_in_the_order_of_the_input(
    tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, ROWS, HELD, output=f"out.{ending}", ending=ending) == 0
    written = read(tmp_path / f"out.{ending}")
    assert [(line["member"], line["state"]) for line in written] == STATES
    assert [str(line["last_start"]) for line in written] == ["None", "None", "None", "2013-12-31"]
    assert capsys.readouterr().err.splitlines() == [
        "outlooks on 2013-12-30: 4",
        "  met: 1",
        "  evidence: 2",
        "  open: 1",
    ]


def test_bad_rows_of_a_member_with_several_terms_are_counted_once(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    held = [{"member": "z", "designation": code, "term_start": date(2013, 6, 1)} for code in ("CAM", "NALP")]
    held.append({"member": "y", "designation": "CAM", "term_start": None})
    odd = [{"member": member, **COURSE, "kind": "webinar"} for member in ("z", None)]
    problems = tmp_path / "problems.csv"
    assert run(tmp_path, odd, held, "--edition", "naaei-pace", "--problems", problems) == 2
    assert [line["member"] for line in read(tmp_path / "out.csv")] == ["z", "z", "y"]
    assert capsys.readouterr().err.splitlines() == [
        f"3 rows could not be read; see {problems}",
        "outlooks on 2013-12-30: 2; members not decided: 1",
        "  open: 2",
    ]
    assert len(read(problems)) >= 3


def test_one_bad_row_has_words_of_its_own(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert run(tmp_path, [{"member": "z", **COURSE, "kind": "webinar"}], HELD[:1]) == 2
    assert capsys.readouterr().err.startswith(
        "1 row could not be read; --problems FILE lists them\noutlooks on 2013-12-30: 1\n"
    )


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--decisions", "d.csv"], "batch: takes no --decisions or --page with --as-of"),
        (["--compare", "naaei-2022"], "batch: takes no --as-of with --compare"),
        (["--as-of", "May"], "--as-of: must be a date as YYYY-MM-DD, such as 2013-06-21, got 'May'"),
    ],
)
def test_what_does_not_go_with_an_outlook_is_refused(
    tmp_path: Path, options: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, ROWS, HELD, *options) == 2
    assert problem in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
