"""Batches that compare two rulebooks."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any

import pytest

from cecrules.cli import main
from files import read, write
from tables import EVERYTHING, activity_table, held_table

OWN = """format = "cecrules.rulebook/1"
extends = "naaei-2014"
id = "stricter"
title = "Stricter"

[caps.association_service]
credits = 1
"""


def row(member: str, kind: str, minutes: int | None, title: str) -> dict[str, Any]:
    made = {"member": member, "title": title, "kind": kind, "earned_on": date(2013, 5, 1), "minutes": minutes}
    return {**made, "addresses_compliance": kind == "association_course", "documents": EVERYTHING}


ROWS = [row(m, "association_service", 60, f"Board {n}") for m in ("z", "y", "a") for n in range(3)]
ROWS += [row(member, "association_course", 180, "Fair housing") for member in ("z", "a")]
HELD = [{"member": member, "designation": "CAM"} for member in ("z", "y", "a")]


@pytest.fixture
def files(tmp_path: Path) -> list[str]:
    """Both tables, with a rulebook of one's own beside them."""
    (tmp_path / "own.toml").write_text(OWN)
    tables = (("activities", activity_table(ROWS)), ("designations", held_table(HELD)))
    return [write(table, tmp_path / f"{name}.csv") for name, table in tables]


def run(tmp_path: Path, files: list[str], *options: object, output: str = "out.csv") -> int:
    given = [*files, "-o", tmp_path / output, "--renewal-year", "2014", *options]
    return main(["batch", *map(str, given)])


def test_those_who_change_are_written_in_the_order_of_the_input_and_counted_by_what_turns_them(
    tmp_path: Path, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, files, "--compare", tmp_path / "own.toml") == 0
    changed = {"before": True, "after": False, "because": "caps"}
    assert read(tmp_path / "out.csv") == [{"member": member, **changed} for member in ("z", "a")]
    assert capsys.readouterr().err.splitlines() == [
        "3 decided; stricter compared with naaei-2014:",
        "  no longer renewable: 2",
        "    caps: 2",
        "  renewable now: 0",
    ]


@pytest.mark.parametrize("ending", ["parquet", "jsonl"])
def test_the_other_way_round_they_are_renewable_now(
    tmp_path: Path, files: list[str], ending: str, capsys: pytest.CaptureFixture[str]
) -> None:
    options = ["--edition", tmp_path / "own.toml", "--compare", "naaei-2014"]
    assert run(tmp_path, files, *options, output=f"out.{ending}") == 0
    assert [line["after"] for line in read(tmp_path / f"out.{ending}")] == [True, True]
    assert capsys.readouterr().err.splitlines()[1:] == [
        "  no longer renewable: 0",
        "  renewable now: 2",
        "    caps: 2",
    ]


def test_mixtures_that_contradict_themselves_are_listed(
    tmp_path: Path, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, files, "--compare", "naaei-2022") == 0
    told = capsys.readouterr().err
    assert "\n  left out: half, because designations.CAM.in_network: must be given if in_network.share" in told


def test_rows_that_cannot_be_read_and_members_who_are_not_decided_have_code_2(
    tmp_path: Path, files: list[str], capsys: pytest.CaptureFixture[str]
) -> None:
    write(activity_table([*ROWS, row("a", "webinar", 60, "Odd")]), Path(files[0]))
    write(held_table([*HELD[:2], {"member": "a", "designation": "CALP"}]), Path(files[1]))
    head = OWN.partition("[")[0].replace("tricter", "maller")
    (tmp_path / "smaller.toml").write_text(f'{head}without = ["aliases.CALP"]\n')
    options = ["--compare", tmp_path / "smaller.toml", "--problems", tmp_path / "problems.csv"]
    assert run(tmp_path, files, *options) == 2
    assert [(line["member"], line["reason"]) for line in read(tmp_path / "problems.csv")] == [("a", "kind_unknown")]
    assert capsys.readouterr().err.splitlines() == [
        f"1 row could not be read; see {tmp_path / 'problems.csv'}",
        "3 decided; smaller compared with naaei-2014:",
        "  not decided by smaller: 1",
        "  no longer renewable: 1",
        "    requirements: 1",
        "  renewable now: 0",
    ]
    assert run(tmp_path, files, "--compare", tmp_path / "own.toml") == 2
    assert capsys.readouterr().err.startswith("1 row could not be read; --problems FILE lists them\n")


@pytest.mark.parametrize(
    ("options", "problem"),
    [
        (["--decisions", "d.csv"], "takes no --decisions or --page with --compare"),
        (["--as-of", "2013-12-01"], "takes no --as-of with --compare"),
        (["--compare", "naaei-contact-hours"], "the sources of naaei-contact-hours do not say which days count"),
        (["--jsonl", "s.jsonl"], "needs --jsonl alone"),
    ],
)
def test_what_does_not_go_with_a_comparison_is_refused(
    tmp_path: Path, files: list[str], options: list[str], problem: str, capsys: pytest.CaptureFixture[str]
) -> None:
    assert run(tmp_path, files, "--compare", "naaei-2022", *options) == 2
    assert problem in capsys.readouterr().err
    assert not (tmp_path / "out.csv").exists()
