"""Batches: files in, files out, nothing lost and nothing half written."""

from __future__ import annotations

import io
import json
import sys
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import cecrules as cec
from builders import activity, submission
from cecrules import batch
from cecrules.cli import main
from tables import EDUCATION, activity_table, held_table

ROW = {
    "member": "a",
    "title": "Fair housing, again",
    "kind": "association_course",
    "earned_on": date(2013, 5, 1),
    "minutes": 360,
    "provider": "Anytown",
    "addresses_compliance": True,
    "documents": EDUCATION,
}
ACTIVITIES = [ROW, {**ROW, "member": "b", "minutes": 60}, {**ROW, "member": "b", "minutes": None}]
HELD = [{"member": "a", "designation": "CAM"}, {"member": "b", "designation": "NALP"}]


def written(folder: Path, ending: str, activities: Any = ACTIVITIES) -> list[str]:
    """Both tables as files of one kind."""
    made = []
    for name, table in (("activities", activity_table(activities)), ("designations", held_table(HELD))):
        path = str(folder / f"{name}.{ending}")
        {"csv": table.write_csv, "parquet": table.write_parquet, "jsonl": table.write_ndjson}[ending](path)
        made.append(path)
    return made


def read(path: Path) -> list[dict[str, Any]]:
    scan = {".csv": pl.read_csv, ".parquet": pl.read_parquet, ".jsonl": pl.read_ndjson}[path.suffix]
    return scan(path).sort(pl.first()).to_dicts()


class TestTables:
    @pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
    def test_members_decisions_and_problems_are_written_by_the_ending_of_the_file(
        self, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out, decisions, problems = (tmp_path / f"{name}.{ending}" for name in ("out", "decisions", "problems"))
        files = ["--output", str(out), "--decisions", str(decisions), "--problems", str(problems)]
        assert main(["batch", *written(tmp_path, ending), "--renewal-year", "2014", *files]) == 2
        assert [(row["member"], row["renewable"], row["credited"], row["bad_rows"]) for row in read(out)] == [
            ("a", True, 6.0, 0),
            ("b", False, 1.0, 1),
        ]
        assert [row["outcome"] for row in read(decisions)] == ["accepted"] * 2
        assert [row["reason"] for row in read(problems)] == ["length_missing"]
        assert "2 decided, 1 renewable, 1 bad rows" in capsys.readouterr().err
        assert sorted(path.name for path in tmp_path.iterdir() if "part" in path.name) == []

    @pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
    def test_terms_are_read_from_the_designations(self, tmp_path: Path, ending: str) -> None:
        activities, designations = written(tmp_path, ending)
        starts = [date(2012, 11, 1), date(2013, 7, 1)]
        table = held_table(HELD).with_columns(term_start=pl.Series(starts))
        {"csv": table.write_csv, "parquet": table.write_parquet, "jsonl": table.write_ndjson}[ending](designations)
        rules = ["--renewal-year", "2014", "--edition", "naaei-pace"]
        assert main(["batch", activities, designations, *rules, "-o", str(tmp_path / "out.jsonl")]) == 2
        assert [(row["member"], row["credited"]) for row in read(tmp_path / "out.jsonl")] == [("a", 6.0), ("b", 0.0)]

    def test_the_exit_code_tells_whether_everybody_can_renew(self, tmp_path: Path) -> None:
        rest = ["--renewal-year", "2014", "-o", str(tmp_path / "out.csv")]
        assert main(["batch", *written(tmp_path, "csv", ACTIVITIES[:2]), *rest]) == 1
        assert main(["batch", *written(tmp_path, "csv", [ROW, {**ROW, "member": "b"}]), *rest]) == 0

    def test_a_text_that_is_no_number_or_no_day_makes_a_bad_row(self, tmp_path: Path) -> None:
        files = written(tmp_path, "csv", [ROW, {**ROW, "title": "Second"}])
        text = Path(files[0]).read_text().replace("360", "six", 1).replace("Second", "Third")
        head, first, second = text.splitlines()
        Path(files[0]).write_text("\n".join([head, first, second.replace("2013-05-01", "2013-02-30")]))
        outcome = batch.decide_tables(
            *files,
            str(tmp_path / "out.csv"),
            renewal_year=2014,
            rulebook=cec.NAAEI_2014,
            problems=str(tmp_path / "problems.csv"),
        )
        assert outcome.bad == 2
        reasons = {row["reason"] for row in read(tmp_path / "problems.csv")}
        assert reasons == {"length_invalid", "earned_on_missing"}

    @pytest.mark.parametrize(
        ("change", "message"),
        [
            (("true", "yes"), "addresses_compliance: must be true or false, got 'yes'"),
            (("title", "titel"), "activities.title: is a required column"),
        ],
    )
    def test_a_file_that_cannot_be_trusted_is_refused_and_nothing_is_written(
        self, tmp_path: Path, change: tuple[str, str], message: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        files = written(tmp_path, "csv")
        Path(files[0]).write_text(Path(files[0]).read_text().replace(*change))
        assert main(["batch", *files, "--renewal-year", "2014", "-o", str(tmp_path / "out.csv")]) == 2
        assert message in capsys.readouterr().err
        assert len(list(tmp_path.iterdir())) == 2

    @pytest.mark.parametrize(
        "arguments",
        [
            ["batch"],
            ["batch", "a.csv", "b.csv", "--renewal-year", "2014", "-o", "out.xlsx"],
            ["batch", "missing.csv", "missing.csv", "--renewal-year", "2014", "-o", "out.csv"],
            ["batch", "--jsonl", "missing.jsonl"],
        ],
    )
    def test_what_cannot_be_done_is_said_and_exits_with_2(self, arguments: list[str]) -> None:
        assert main(arguments) == 2

    def test_a_place_that_cannot_be_written_is_named(self, tmp_path: Path) -> None:
        out = str(tmp_path / "no" / "out.csv")
        with pytest.raises(cec.InvalidValue, match="cannot be written"):
            batch.decide_tables(*written(tmp_path, "csv"), out, renewal_year=2014, rulebook=cec.NAAEI_2014)

    def test_a_folder_in_the_place_of_the_file_is_left_alone(self, tmp_path: Path) -> None:
        (tmp_path / "out.csv").mkdir()
        (tmp_path / "out.csv" / "kept").touch()
        out = str(tmp_path / "out.csv")
        with pytest.raises(cec.InvalidValue, match="cannot be written"):
            batch.decide_tables(*written(tmp_path, "csv"), out, renewal_year=2014, rulebook=cec.NAAEI_2014)
        assert (tmp_path / "out.csv" / "kept").exists()

    def test_a_folder_takes_the_place_of_a_folder(self, tmp_path: Path) -> None:
        (tmp_path / "out.csv").mkdir()
        with batch._whole(str(tmp_path / "out.csv")) as part:
            Path(part).mkdir()
            (Path(part) / "new").touch()
        assert [file.name for file in tmp_path.rglob("*")] == ["out.csv", "new"]

    def test_what_the_engine_finds_while_it_writes_is_told(self) -> None:
        class Broken:
            def sink_csv(self, path: str) -> None:
                raise pl.exceptions.ComputeError("no such row")

            sink_parquet = sink_ndjson = sink_csv

        with pytest.raises(cec.InvalidValue, match=r"out\.csv: cannot be written: no such row"):
            batch._Polars().write(Broken(), "out.csv", "csv")

    @pytest.mark.parametrize("rich", [True, False])
    def test_a_terminal_is_told_where_the_work_stands(
        self, rich: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        terminal = io.StringIO()
        terminal.isatty = lambda: True
        monkeypatch.setattr("sys.stderr", terminal)
        if not rich:
            monkeypatch.setitem(sys.modules, "rich.console", None)
        out = str(tmp_path / "out.csv")
        batch.decide_tables(*written(tmp_path, "csv"), out, renewal_year=2014, rulebook=cec.NAAEI_2014)
        assert ("summing up" in terminal.getvalue()) or rich


class TestLines:
    LINES = (
        cec.dumps(submission(activity(hours=6, addresses_compliance=True), holder="a")),
        "{}",
        "",
        cec.dumps(submission(activity(kind="unlisted"), holder="b")),
    )

    @pytest.mark.parametrize("workers", [1, 2])
    def test_bad_lines_are_reported_by_number_and_the_rest_is_decided_in_order(
        self, tmp_path: Path, workers: int, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(batch, "LINES_A_TASK", 1)
        monkeypatch.setattr(batch, "TASKS_AHEAD", 1)
        told: list[str] = []
        out = tmp_path / "out.jsonl"
        outcome = batch.decide_lines(
            io.BytesIO("\n".join(self.LINES).encode()),
            str(out),
            rulebook=cec.NAAEI_2014,
            report=told.append,
            workers=workers,
        )
        made = [json.loads(line) for line in out.read_text().splitlines()]
        assert [(line["line"], line["holder"], line["assessment"]["renewable"]) for line in made] == [
            (1, "a", True),
            (4, "b", False),
        ]
        assert told == ["line 2: renewal_year: is required"]
        assert (outcome.decided, outcome.renewable, outcome.bad) == (2, 1, 1)
        assert outcome.reasons == (("kind_not_accepted", 1),)

    def test_the_command_reads_a_file_and_writes_to_standard_output(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        source = tmp_path / "in.jsonl"
        source.write_text(self.LINES[0] + "\n")
        assert main(["batch", "--jsonl", str(source)]) == 0
        assert json.loads(capsys.readouterr().out)["holder"] == "a"
