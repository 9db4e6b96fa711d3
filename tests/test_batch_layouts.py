"""A batch reads files as offices keep them by one layout, and reports each cell that it does not read with its text."""

from __future__ import annotations

import datetime as dt
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import cecrules as cec
from cecrules import batch
from cecrules.frames import load_layout
from cecrules.layouts.proposing import proposed
from files import read, refused, run

KEPT = Path(__file__).parent / "kept"
HELD = KEPT / "designations.csv"
PLAIN = """
format = "cecrules.layout/1"
[activities.columns]
member = "member"
title = "title"
kind = "kind"
earned_on = "earned_on"
hours = "hours"
documents = "documents"
"""


def laid_out(folder: Path, text: str) -> Path:
    path = folder / "layout.toml"
    path.write_text(text, "utf-8")
    return path


def finished(*files: Path, keep: tuple[str, ...] = ()) -> str:
    """The layout that is proposed for files, with some of the lines that a person may keep."""
    text = proposed([str(file) for file in files]).text
    for line in keep:
        assert f"# {line}" in text
        text = text.replace(f"# {line}", line)
    return text


def decided(
    folder: Path, activities: Path, layout: str, held: Path = HELD
) -> tuple[int, list[Any], list[Any], list[Any]]:
    """The exit code of a batch, and what it says of members, of activities and of problems."""
    out, decisions, problems = (folder / f"{name}.jsonl" for name in ("out", "decisions", "problems"))
    options = ("--decisions", decisions, "--problems", problems, "--layout", laid_out(folder, layout))
    code = run(activities, held, "-o", out, *options)
    return code, *([*map(dict, read(path))] if path.stat().st_size else [] for path in (out, decisions, problems))


class TestLedger:
    FILES = KEPT / "ledger.csv", KEPT / "ledger-designations.csv"
    KEEP = ('"Board / committee" = "association_service"', "serials = 1900")

    def test_each_row_is_decided_or_reported_with_its_text(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        layout = finished(*self.FILES, keep=self.KEEP)
        code, members, decisions, problems = decided(tmp_path, self.FILES[0], layout, self.FILES[1])
        assert code == 2
        assert [(row["member"], row["credited"], row["renewable"], row["bad_rows"]) for row in members] == [
            ("manager-17", 8.5, True, 0),
            ("consultant-4", 2.25, False, 1),
        ]
        assert [(row["row"], row["claimed"], row["outcome"]) for row in decisions] == [
            (2, 2.0, "accepted"),
            (3, 1.0, "accepted"),
            (4, 2.5, "accepted"),
            (5, 3.75, "reduced"),
            (6, 6.0, "rejected"),
            (7, 1.25, "accepted"),
            (8, 1.0, "accepted"),
        ]
        assert sorted((row["row"], row["column"], row["reason"], row["found"]) for row in problems) == [
            (9, "addresses_compliance", "flag_invalid", "perhaps"),
            (9, "documents", "document_unknown", "Postcard"),
            (9, "earned_on", "earned_on_invalid", "soon"),
            (9, "kind", "kind_unknown", "Webinar"),
            (9, "minutes", "length_invalid", "two"),
        ]
        assert "1 row could not be read" in capsys.readouterr().err

    def test_until_a_person_answers_the_rows_in_question_are_reported(self, tmp_path: Path) -> None:
        code, _, decisions, problems = decided(tmp_path, self.FILES[0], finished(*self.FILES), self.FILES[1])
        assert (code, len(decisions)) == (2, 5)
        found = {(row["row"], row["found"]) for row in problems}
        assert {(3, "Board / committee"), (8, "41521")} < found


@pytest.mark.parametrize(
    ("name", "keep", "credited"),
    [
        ("flags", (), 6.0),
        ("days", ('"M/D/YYYY",',), 6.0),
        ("serials", ("serials = 1900",), 6.0),
        ("times", (), 6.0),
        ("semicolons", (), 2.5),
        ("words", (), 6.0),
        ("headings", (), 6.0),
        ("units", (), 2.5),
        ("unnamed", (), 3.0),
        ("empty-rows", (), 3.0),
    ],
)
def test_every_file_is_decided_by_the_layout_that_was_proposed(
    tmp_path: Path, name: str, keep: tuple[str, ...], credited: float
) -> None:
    _, members, _, problems = decided(tmp_path, KEPT / f"{name}.csv", finished(KEPT / f"{name}.csv", keep=keep))
    assert {row["member"]: row["credited"] for row in members if row["credited"]}["manager-1"] == credited
    assert [row["found"] for row in problems if row["table"] == "activities"] == []


@pytest.mark.parametrize(
    ("name", "problems"),
    [
        (
            "thirds",
            [
                (2, "length_invalid", "0.33 (not a form of the layout)"),
                (3, "length_missing", None),
                (4, "earned_on_missing", None),
            ],
        ),
        ("mend", [(6, "earned_on_invalid", "04/05/2013")]),
        ("blank", [(2, "member_missing", None), (3, "member_missing", None)]),
    ],
)
def test_what_is_not_read_is_reported_with_its_line_and_its_text(
    tmp_path: Path, name: str, problems: list[Any], capsys: pytest.CaptureFixture[str]
) -> None:
    code, _, _, found = decided(tmp_path, KEPT / f"{name}.csv", PLAIN)
    assert code == 2
    assert [(row["row"], row["reason"], row["found"]) for row in found] == problems
    spread = f"rows of {KEPT / 'mend.csv'} that go over several lines: 1"
    assert (spread in capsys.readouterr().err) is (name == "mend")


@pytest.mark.parametrize("name", ["quotes", "trailing"])
def test_a_broken_line_stops_the_batch(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [KEPT / f"{name}.csv", HELD, "-o", tmp_path / "out.csv", "--layout", laid_out(tmp_path, PLAIN)]
    (line,) = refused(tmp_path, arguments, capsys)
    assert line.startswith(f"cecrules: {KEPT / name}.csv: line 2: must ")


def test_a_workbook_may_have_both_tables(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: constraints/test.txt")
    book = openpyxl.Workbook()
    book.active.title = "Ledger"
    rows = [
        ["Anytown Apartment Association"],
        ["Member", "Course", "Type", "Date", "Hours", "Proof", "Notes"],
        [17, "Fair housing", "College course", dt.date(2013, 4, 16), 2.5, "Transcript", "x"],
        [17, "Leasing", "College course", dt.datetime(2013, 4, 17), dt.time(1, 30), "Transcript", None],
        [None, "Total", None, None, 4, None, None],
    ]
    for row in rows:
        book.active.append(row)
    held = book.create_sheet("Held")
    for row in (["Member", "Credential"], [17, "CAM"]):
        held.append(row)
    path = tmp_path / "book.xlsx"
    book.save(path)
    code, members, decisions, problems = decided(tmp_path, path, finished(path), path)
    assert (code, problems) == (1, [])
    assert [(row["member"], row["credited"]) for row in members] == [("17", 3.0)]
    assert [(row["row"], row["claimed"]) for row in decisions] == [(3, 2.5), (4, 1.5)]
    told = capsys.readouterr().err
    assert f"columns of {path} that are not read: 'Notes'" in told
    assert f"totals of {path} that are left out: 1" in told


def test_parquet_has_a_layout_too(tmp_path: Path) -> None:
    path = tmp_path / "a.parquet"
    pl.read_csv(KEPT / "days.csv").rename({"title": "Course"}).write_parquet(path)
    layout = PLAIN.replace('"title"', '"Course"') + '[activities.days]\nformats = ["D/M/YYYY"]\n'
    _, members, decisions, problems = decided(tmp_path, path, layout)
    assert [(row["member"], row["credited"]) for row in members] == [("manager-1", 6.0), ("consultant-2", 0.0)]
    assert [row["row"] for row in decisions] == [1]
    assert problems == []


def test_the_layout_may_say_which_column_has_the_order(tmp_path: Path) -> None:
    path = tmp_path / "a.csv"
    head, row = (KEPT / "days.csv").read_text().splitlines()
    path.write_text(f"{head},No\n{row.replace('4/3/2013', '2013-04-03')},7\n")
    assert [row["row"] for row in decided(tmp_path, path, PLAIN + 'row = "No"\n')[2]] == [7]


def test_a_row_of_text_without_its_last_cells_is_refused(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("member,title,kind,earned_on,hours,documents\nmanager-1,A,association_course,2013-04-16\n")
    arguments = [path, HELD, "-o", tmp_path / "out.csv", "--layout", laid_out(tmp_path, PLAIN)]
    (told,) = refused(tmp_path, arguments, capsys)
    assert f"{path}: line 2: must have 6 cells, as many as headings, got 4" in told


def test_a_row_of_a_workbook_without_its_last_cells_has_blank_ones(tmp_path: Path) -> None:
    book = pytest.importorskip("openpyxl").Workbook()
    for cells in ("member,title,kind,earned_on,hours,documents", "manager-1,A,association_course,2013-04-16"):
        book.active.append(cells.split(","))
    book.save(tmp_path / "a.xlsx")
    assert [row["reason"] for row in decided(tmp_path, tmp_path / "a.xlsx", PLAIN)[3]] == ["length_missing"]


def test_headings_that_are_missing_or_stand_twice_are_named(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    path = tmp_path / "a.csv"
    path.write_text("member,title,title,kind,Earned on,hours,documents\n1,,,,,,\n")
    arguments = [path, HELD, "-o", tmp_path / "out.csv", "--layout", laid_out(tmp_path, PLAIN)]
    assert refused(tmp_path, arguments, capsys) == [
        f"cecrules: {path}: title: must be the heading of one column, got it several times",
        f"cecrules: {path}: must have a heading 'earned_on' in row 1; did you mean 'Earned on'?",
    ]


@pytest.mark.parametrize("name", ["a.jsonl", "a.xls", "a"])
def test_other_files_have_no_layout(tmp_path: Path, name: str, capsys: pytest.CaptureFixture[str]) -> None:
    arguments = [tmp_path / name, HELD, "-o", tmp_path / "out.csv", "--layout", laid_out(tmp_path, PLAIN)]
    (line,) = refused(tmp_path, arguments, capsys)
    assert line.endswith("must end in one of .csv, .tsv, .txt, .xlsx, .xlsm, .parquet, since it has a layout")


def test_a_workbook_without_a_layout_is_refused_with_the_way_out(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    (line,) = refused(tmp_path, [tmp_path / "a.xlsx", HELD, "-o", tmp_path / "out.csv"], capsys)
    assert line.endswith(
        "a.xlsx: must end in .csv, .parquet or .jsonl; a layout reads it: `cecrules layout` proposes one"
    )


def test_a_layout_with_a_problem_stops_the_batch(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    layout = laid_out(tmp_path, PLAIN + 'colour = "x"\n')
    (line,) = refused(tmp_path, [KEPT / "days.csv", HELD, "-o", tmp_path / "out.csv", "--layout", layout], capsys)
    assert line.startswith(f"cecrules: {layout}: activities.columns.colour: is not a known key")


def test_submissions_have_no_layout(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    from cecrules.cli import main  # noqa: PLC0415

    assert main(["batch", "--jsonl", "a.jsonl", "--layout", "a.toml"]) == 2
    assert "needs --jsonl alone" in capsys.readouterr().err


def test_a_layout_needs_polars(tmp_path: Path) -> None:
    layout = load_layout(laid_out(tmp_path, PLAIN))
    with pytest.raises(cec.InvalidValue, match="engine: must be polars where there is a layout, got 'spark'"):
        batch.decide_tables(
            str(KEPT / "days.csv"),
            str(HELD),
            str(tmp_path / "out.csv"),
            renewal_year=2014,
            rulebook=cec.NAAEI_2014,
            engine="spark",
            layout=layout,
        )
