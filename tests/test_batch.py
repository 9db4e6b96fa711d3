"""Batches: files in, files out, nothing lost and nothing half written."""

from __future__ import annotations

import io
import json
import operator
import os
import re
import sys
from collections import Counter
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import cecrules as cec
from builders import activity, submission
from cecrules import batch
from cecrules.batch import running, stores
from cecrules.cli import main
from cecrules.presentation import members_page
from files import BAD_FILES, read, refused, run, write
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


def written(folder: Path, ending: str, activities: Any = ACTIVITIES, held: Any = HELD) -> list[str]:
    """Both tables as files of one kind."""
    tables = {"activities": activity_table(activities), "designations": held_table(held)}
    return [write(table, folder / f"{name}.{ending}") for name, table in tables.items()]


def members(path: Path) -> list[dict[str, Any]]:
    return sorted(read(path), key=operator.itemgetter("member"))


def decided(folder: Path, files: list[str], **options: Any) -> batch.Outcome:
    given = {"renewal_year": 2014, "rulebook": cec.NAAEI_2014, **options}
    return batch.decide_tables(*files, str(folder / "out.csv"), **given)


class TestTables:
    @pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
    def test_members_decisions_and_problems_are_written_by_the_ending_of_the_file(
        self, tmp_path: Path, ending: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        out, decisions, problems = (tmp_path / f"{name}.{ending}" for name in ("out", "decisions", "problems"))
        assert run(*written(tmp_path, ending), "-o", out, "--decisions", decisions, "--problems", problems) == 2
        assert [(row["member"], row["renewable"], row["credited"], row["bad_rows"]) for row in members(out)] == [
            ("a", True, 6.0, 0),
            ("b", False, 1.0, 1),
        ]
        assert [row["outcome"] for row in read(decisions)] == ["accepted"] * 2
        assert [row["reason"] for row in read(problems)] == ["length_missing"]
        assert capsys.readouterr().err.splitlines() == [
            f"1 row could not be read; see {problems}",
            "2 decided, 1 renewable",
            "  short in all: 1",
            "  short in network: 1",
        ]
        assert len(list(tmp_path.iterdir())) == 5

    @pytest.mark.parametrize("ending", ["csv", "parquet", "jsonl"])
    def test_terms_are_read_from_the_designations(self, tmp_path: Path, ending: str) -> None:
        starts = date(2012, 11, 1), date(2013, 7, 1)
        held = [{**row, "term_start": start} for row, start in zip(HELD, starts, strict=True)]
        out = tmp_path / "out.jsonl"
        assert run(*written(tmp_path, ending, held=held), "--edition", "naaei-pace", "-o", out) == 2
        assert [(row["member"], row["credited"]) for row in members(out)] == [("a", 6.0), ("b", 0.0)]

    def test_the_exit_code_tells_whether_everybody_can_renew(self, tmp_path: Path) -> None:
        assert run(*written(tmp_path, "csv", ACTIVITIES[:2]), "-o", tmp_path / "out.csv") == 1
        assert run(*written(tmp_path, "csv", [ROW, {**ROW, "member": "b"}]), "-o", tmp_path / "out.csv") == 0

    def test_a_page_shows_states_reasons_and_every_member_those_short_first(self, tmp_path: Path) -> None:
        known = [*HELD, {"member": "<i>c</i>", "designation": "nothing"}]
        page = tmp_path / "members.html"
        files = written(tmp_path, "csv", held=known)
        assert run(*files, "-o", tmp_path / "out.csv", "--page", page) == 2
        text = page.read_text("utf-8")
        rows = re.findall("<tr>(.*?)</tr>", text[text.index('<tbody class="members">') :])
        assert [re.findall("<td>(.*?)</td>", row) for row in rows] == [
            ["&lt;i&gt;c&lt;/i&gt;", "not decided", "", "", "", "1"],
            ["b", "not renewable", "1", "3", "2 in all, 0.5 in network", "1"],
            ["a", "renewable", "6", "6", "", ""],
        ]
        for words in ("(naaei-2014)", "Could not be read", "Most common reasons", "short in all"):
            assert words in text
        assert not re.search("src=|href=|https?:", text)

    def test_a_page_says_how_many_members_it_leaves_out(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(members_page, "MOST_ROWS", 1)
        page = tmp_path / "members.html"
        run(*written(tmp_path, "csv"), "-o", tmp_path / "out.csv", "--page", page)
        assert "The first 1 of 2 are shown." in page.read_text("utf-8")
        assert page.read_text("utf-8").count("<tr>") == 6

    def test_a_page_has_a_name_of_its_own_sort(self, tmp_path: Path) -> None:
        with pytest.raises(cec.InvalidValue, match="must end in .html"):
            decided(tmp_path, written(tmp_path, "csv"), page=str(tmp_path / "page.pdf"))

    def test_the_most_common_reasons_are_those_of_members_and_of_activities(self, tmp_path: Path) -> None:
        late = {**ROW, "title": "Late", "earned_on": date(2014, 5, 1), "documents": ""}
        files = written(tmp_path, "csv", [ROW, late, {**late, "title": "Later", "documents": EDUCATION}])
        outcome = decided(tmp_path, files, decisions=str(tmp_path / "decisions.csv"))
        assert outcome.reasons == (
            ("earned after window", 2),
            ("short in all", 1),
            ("short in network", 1),
            ("short on compliance", 1),
            ("undocumented", 1),
        )

    def test_nobody_of_whom_it_is_known_what_they_owe_is_summed_up_too(self, tmp_path: Path) -> None:
        files = written(tmp_path, "csv")
        Path(files[1]).write_text("member,designation\n")
        seen = "--problems FILE lists them"
        assert decided(tmp_path, files) == batch.Outcome(
            decided=0, undecided=2, renewable=0, bad=3, reasons=(), seen=seen
        )

    def test_a_text_that_is_no_number_or_no_day_makes_a_bad_row(self, tmp_path: Path) -> None:
        columns = "member,title,kind,earned_on,minutes,hours,documents\n"
        row = f"a,Course,association_course,{{}},{{}},{{}},{EDUCATION}\n"
        good = [("2013-05-01", "60", ""), ("2013-05-01 14:30:00", "", "1.5"), ("2013-05-01", "", "15e-1")]
        days = ["2013-02-30", "2013-5-1", "2013", "2013-05-01T00:00Z", " 2013-05-01"]
        lengths = [("six", ""), ("60.0", ""), (" 60", ""), ("9" * 19, ""), ("", "inf"), ("", "1d"), ("", "1e99")]
        bad = [*[(day, "60", "") for day in days], *[("2013-05-01", *each) for each in lengths], ("", "60", "")]
        files = written(tmp_path, "csv")
        Path(files[0]).write_text(columns + "".join(row.format(*each) for each in (*good, *bad)))
        outcome = decided(tmp_path, files, problems=str(tmp_path / "problems.csv"))
        assert outcome.bad == len(bad)
        reasons = [row["reason"] for row in read(tmp_path / "problems.csv")]
        counts = {"earned_on_invalid": len(days), "earned_on_missing": 1, "length_invalid": len(lengths)}
        assert Counter(reasons) == counts

    def test_an_empty_line_is_nothing_and_a_row_without_a_member_is_bad(self, tmp_path: Path) -> None:
        files = written(tmp_path, "csv", [ROW])
        with Path(files[0]).open("a") as file:
            file.write("\n,,,,,,,\n,Course,,,,,,\n,,,,60,,,\n")
        assert decided(tmp_path, files).bad == 2

    def test_lines_of_json_need_not_have_the_keys_of_the_first_ones(self, tmp_path: Path) -> None:
        files = written(tmp_path, "csv")
        plain = {"member": 1, "title": "t", "kind": "association_course", "earned_on": "2013-05-01", "minutes": 1}
        late = {**plain, "minutes": None, "hours": 5.5, "compensated": True, "documents": [EDUCATION, "transcript"]}
        rows = [plain] * 200 + [{**late, "kind": "industry_instruction"}, {**late, "compensated": False}]
        files[0] = str(tmp_path / "activities.jsonl")
        Path(files[0]).write_text("".join(json.dumps(row) + "\n" for row in rows))
        Path(files[1]).write_text("member,designation\n1,CAM\n")
        outcome = decided(tmp_path, files, decisions=str(tmp_path / "decisions.csv"))
        assert [row["credited"] for row in read(tmp_path / "out.csv")] == [5.5]
        assert (outcome.bad, dict(outcome.reasons)["compensated"]) == (0, 1)

    def test_members_are_texts_where_only_one_file_has_them_as_numbers(self, tmp_path: Path) -> None:
        files = written(tmp_path, "csv")
        files[0] = str(tmp_path / "activities.parquet")
        activity_table([{**ROW, "member": "7"}]).with_columns(pl.col("member").cast(pl.Int64)).write_parquet(files[0])
        Path(files[1]).write_text("member,designation\n7,CAM\n")
        assert decided(tmp_path, files).renewable == 1

    def test_members_that_are_neither_texts_nor_whole_numbers_are_refused(self, tmp_path: Path) -> None:
        files = written(tmp_path, "csv")
        files[0] = str(tmp_path / "activities.parquet")
        activity_table([{**ROW, "member": "7"}]).with_columns(pl.col("member").cast(pl.Float64)).write_parquet(files[0])
        with pytest.raises(cec.InvalidValue, match=r"activities\.member: must be text or whole numbers.*got Float64"):
            decided(tmp_path, files)

    @pytest.mark.parametrize(
        ("name", "content", "message"),
        [
            *BAD_FILES,
            ("a.csv", b"member,titel,kind,earned_on\n", "activities.title: is a required column: text"),
            ("a.csv", b"title,kind,earned_on\n", "activities.member: is a required column: text or whole numbers"),
            ("a.csv", b"titel\n", "activities.member: is a required column: text or whole numbers"),
            ("a.jsonl", b'{"member": "a"}\n\n{"mem', "a.jsonl: line 3: must be a JSON object, got '{\"mem'"),
            ("a.jsonl", b'{"member": "a"}\n[1]\n', "a.jsonl: line 2: must be a JSON object, got '[1]'"),
            ("a.jsonl", b'{"member": "a"}\n{"b": "\xe9"}\n', "a.jsonl: line 2: must be UTF-8 text"),
            ("a.parquet", b"member,title\n", "a.parquet: cannot be read: parquet: File out of specification"),
            ("a[1].csv", b"member,title\n", "a[1].csv: must be the name of one file"),
            ("a.csv", None, "a.csv: cannot be read: No such file or directory"),
            ("a.xlsx", b"", "a.xlsx: must end in .csv, .parquet or .jsonl"),
        ],
    )
    def test_a_file_that_cannot_be_trusted_is_refused_in_one_line_and_nothing_is_written(
        self,
        tmp_path: Path,
        name: str,
        content: bytes | None,
        message: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        Path("held.csv").write_text("member,designation\na,CAM\n")
        if content is not None:
            Path(name).write_bytes(content)
        told = refused(tmp_path, [name, "held.csv", "-o", "out.csv", "--decisions", "decisions.csv"], capsys)
        assert told[0].startswith(f"cecrules: {message}")
        assert len(told) == (4 if content == b"titel\n" else 1)

    @pytest.mark.parametrize(
        ("options", "message"),
        [
            (["-o", "out.xlsx"], "out.xlsx: must end in .csv, .parquet or .jsonl"),
            (["-o", "out[1].csv"], "out[1].csv: must be the name of one file"),
            (["-o", "folder.csv"], "folder.csv: is a folder, and must be a file to write"),
            (["-o", "no/out.csv"], "no/out.csv: cannot be written: there is no folder 'no'"),
            (["-o", "activities.csv"], "activities.csv: is named twice"),
            (["-o", "out.csv", "--decisions", "./out.csv"], "./out.csv: is named twice"),
            (["-o", "out.csv", "--engine", "polar"], "engine: must be polars, spark or the URL of a Spark master"),
            (["-o", "pipe.csv"], "pipe.csv: must be a file, since the output is read again to be summed up"),
            (["-o", "-"], "batch: needs --output; name the file to write, such as --output members.csv"),
            (["--jsonl", "missing.jsonl"], "batch: needs --jsonl alone, with no file or option of tables"),
            (["-o", "out\udcff.csv"], "out\ufffd.csv: must be a name in UTF-8: engines take no other"),
        ],
    )
    def test_a_place_that_cannot_be_written_is_refused_in_one_line_before_any_work(
        self,
        tmp_path: Path,
        options: list[str],
        message: str,
        capsys: pytest.CaptureFixture[str],
        monkeypatch: pytest.MonkeyPatch,
    ) -> None:
        monkeypatch.chdir(tmp_path)
        written(Path(), "csv")
        Path("folder.csv").mkdir()
        Path("folder.csv/kept").touch()
        os.mkfifo("pipe.csv")
        (line,) = refused(tmp_path, ["activities.csv", "designations.csv", *options], capsys)
        assert line.startswith(f"cecrules: {message}")
        assert sorted(os.listdir()) == ["activities.csv", "designations.csv", "folder.csv", "pipe.csv"]
        assert Path("folder.csv/kept").exists()

    def test_a_file_whose_name_is_not_utf_8_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        activities, designations = written(tmp_path, "csv")
        odd = os.fsdecode(os.fsencode(tmp_path) + b"/\xff.csv")
        os.rename(activities, odd)
        (line,) = refused(tmp_path, [odd, designations, "-o", tmp_path / "out.csv"], capsys)
        assert line.endswith("\ufffd.csv: must be a name in UTF-8: engines take no other")

    def test_a_year_of_a_later_edition_is_told_in_the_summary(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        files = written(tmp_path, "csv", [{**ROW, "earned_on": date(2022, 5, 1)}], HELD[:1])
        given = [*files, "-o", str(tmp_path / "out.csv"), "--renewal-year", "2023"]
        assert main(["batch", *given]) == 0
        assert capsys.readouterr().err.splitlines() == [
            "1 decided, 1 renewable",
            "  CAM: a later edition, naaei-2022, is known for this renewal year, and requires 8 credits with 5 in network, "
            "not 6 credits with 3 in network and 1 on compliance: 1",
        ]
        assert main(["batch", *given, "--edition", "in-force"]) == 1
        assert capsys.readouterr().err.splitlines() == [
            "1 decided, 0 renewable",
            "  short in all: 1",
        ]

    def test_what_the_engine_finds_while_it_writes_is_told(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        def full(*_: object) -> None:
            raise pl.exceptions.ComputeError("No space left on device\n\nand more")

        monkeypatch.setattr(stores._Polars, "write", full)
        with pytest.raises(cec.InvalidValue, match=r"out\.csv: cannot be written: No space left on device$"):
            decided(tmp_path, written(tmp_path, "parquet"))
        assert sorted(os.listdir(tmp_path)) == ["activities.parquet", "designations.parquet"]
        with pytest.raises(cec.InvalidValue, match=r"out\.csv: cannot be written: No space left on device$"):
            decided(tmp_path, written(tmp_path, "csv"))

    def test_an_engine_that_reads_past_what_is_not_utf_8_is_not_trusted_with_it(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(stores._Polars, "lenient", True)
        files = written(tmp_path, "csv", [{**ROW, "title": "F\ufffd"}])
        with pytest.raises(cec.InvalidValue, match=r"activities\.csv: title: must be UTF-8 text, got 'F\ufffd'"):
            decided(tmp_path, files)

    @pytest.mark.parametrize("engine", ["polars", "local[1]"])
    def test_an_engine_that_is_not_installed_is_named(
        self, tmp_path: Path, engine: str, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setitem(sys.modules, "polars" if engine == "polars" else "pyspark.sql", None)
        with pytest.raises(cec.InvalidValue, match=r"batch: needs (polars|pyspark), which is not installed"):
            decided(tmp_path, written(tmp_path, "csv"), engine=engine)


def watched(monkeypatch: pytest.MonkeyPatch) -> io.StringIO:
    """Puts a terminal in the place of standard error."""
    terminal = io.StringIO()
    terminal.isatty = lambda: True
    monkeypatch.setenv("TERM", "xterm")
    monkeypatch.setattr("sys.stderr", terminal)
    return terminal


class TestProgress:
    def test_a_terminal_is_shown_a_bar_where_the_size_is_known(self, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = watched(monkeypatch)
        with running.progress(200) as told:
            told("half", 100)
        assert " 50%" in terminal.getvalue()
        assert "half" in terminal.getvalue()

    def test_and_a_wheel_where_it_is_not(self, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = watched(monkeypatch)
        with running.progress() as told:
            told("writing [x]", 0)
        assert "writing [x]" in terminal.getvalue()
        assert "0:00:00" in terminal.getvalue()
        assert "%" not in terminal.getvalue()

    def test_a_file_of_lines_is_a_bar_of_bytes(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        terminal = watched(monkeypatch)
        (tmp_path / "in.jsonl").write_text(cec.dumps(submission(activity(hours=6, addresses_compliance=True))) + "\n")
        with (tmp_path / "in.jsonl").open("rb") as source:
            batch.decide_lines(source, str(tmp_path / "out"), rulebook=cec.NAAEI_2014, report=print, workers=1)
        assert "100%" in terminal.getvalue()
        assert "1 decided" in terminal.getvalue()

    def test_tables_tell_what_is_being_written(self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
        terminal = watched(monkeypatch)
        decided(tmp_path, written(tmp_path, "csv"))
        assert "summing up" in terminal.getvalue()

    def test_nobody_is_told_without_a_terminal_or_the_extra(self, monkeypatch: pytest.MonkeyPatch) -> None:
        terminal = watched(monkeypatch)
        with running.progress(1, quiet=True) as told:
            told("decided", 1)
        monkeypatch.setattr(running, "find_spec", lambda _: None)
        with running.progress(1) as told:
            told("decided", 1)
        assert terminal.getvalue() == ""
