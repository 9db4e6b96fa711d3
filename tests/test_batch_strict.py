"""Files of tables as people keep them: read strictly and alike in all formats, each bad row with its line and its text."""

from __future__ import annotations

import csv
import io
import json
from pathlib import Path
from typing import Any

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from cecrules import batch
from cecrules.batch import strict
from files import read, refused, run
from tables import EDUCATION

HEADING = "member,title,kind,earned_on,hours,addresses_compliance,documents\n"
ROW = ("a", "Fair housing", "association_course", "2013-05-01", "6", "true", EDUCATION)
ROWS = dict(zip(HEADING.strip().split(","), ROW, strict=True))


def files(folder: Path, content: str, held: str = "member,designation\na,NALP\n", ending: str = "csv") -> list[str]:
    """A file of activities and one of designations."""
    for name, text in ((f"activities.{ending}", content), ("designations.csv", held)):
        (folder / name).write_bytes(text.encode())
    return [str(folder / f"activities.{ending}"), str(folder / "designations.csv")]


def row(**values: str) -> str:
    """A row of CSV."""
    out = io.StringIO()
    csv.writer(out, lineterminator="\n").writerow({**ROWS, **values}.values())
    return out.getvalue()


def line(**values: Any) -> str:
    """A line of JSON."""
    return json.dumps({**ROWS, **values}) + "\n"


def decided(folder: Path, both: list[str], **options: Any) -> tuple[batch.Outcome, list[dict[str, Any]], list[Any]]:
    """The outcome, the members, and the problems by line, column, reason and text."""
    out, problems = folder / "members.csv", folder / "problems.jsonl"
    given = {"renewal_year": 2014, "rulebook": cec.NAAEI_2014, **options}
    outcome = batch.decide_tables(*both, str(out), problems=str(problems), **given)
    told = [tuple(one[name] for name in ("row", "column", "reason", "found")) for one in read(problems)]
    return outcome, read(out), told


class TestLines:
    def test_the_row_of_a_problem_is_the_line_of_the_file(self, tmp_path: Path) -> None:
        wrong = row(title="B", earned_on="04/05/2013")
        content = (
            f"\n{HEADING}{row(title=chr(10).join('abc'))}\n,,,,,,\n{wrong}{row()}{row(title='x' + chr(10))}{wrong}"
        )
        outcome, _, told = decided(tmp_path, files(tmp_path, content))
        problem = ("earned_on", "earned_on_invalid", "04/05/2013")
        assert told == [(8, *problem), (12, *problem)]
        assert outcome.notes == (f"rows of {tmp_path / 'activities.csv'} that go over several lines: 2",)

    def test_blank_lines_of_json_are_lines_too(self, tmp_path: Path) -> None:
        content = f"\n{line()}\n\n{line(hours='x')}{line()}\n{line(hours='y')}"
        _, _, told = decided(tmp_path, files(tmp_path, content, ending="jsonl"))
        assert told == [(5, "hours", "length_invalid", "x"), (8, "hours", "length_invalid", "y")]

    def test_the_numbers_of_a_column_row_are_kept(self, tmp_path: Path) -> None:
        content = HEADING.replace("member,", "row,member,", 1) + f"7,{row(hours='x')}seven,{row()}"
        _, _, told = decided(tmp_path, files(tmp_path, content))
        assert told == [(7, "hours", "length_invalid", "x")]

    def test_rows_of_parquet_are_counted_from_1(self, tmp_path: Path) -> None:
        both = files(tmp_path, "")
        both[0] = str(tmp_path / "activities.parquet")
        table = pl.DataFrame([{**ROWS, "hours": 1.0}, {**ROWS, "hours": -1.0}])
        table.with_columns(pl.col("earned_on").str.to_date()).write_parquet(both[0])
        _, _, told = decided(tmp_path, both)
        assert told == [(2, "hours", "length_invalid", "-1")]

    def test_members_and_decisions_are_in_the_order_of_the_input(self, tmp_path: Path) -> None:
        names = [f"m{number * 7919 % 500}" for number in range(500)]
        held = "member,designation\n" + "".join(f"{name},NALP\n" for name in names)
        content = HEADING + "".join(row(member=name, title=name) for name in (*reversed(names), "nobody"))
        out = tmp_path / "decisions.csv"
        outcome, members, _ = decided(tmp_path, files(tmp_path, content, held), decisions=str(out))
        assert [one["member"] for one in members] == [*names, "nobody"]
        assert [one["title"] for one in read(out)] == list(reversed(names))
        assert (outcome.decided, outcome.undecided, outcome.bad) == (500, 1, 1)


CELLS = st.text(st.sampled_from('ab ,"\n\r;é\u2028'), max_size=6)


class TestStrictness:
    @settings(max_examples=300)
    @given(
        table=st.integers(2, 4).flatmap(lambda width: st.lists(st.lists(CELLS, min_size=width, max_size=width))),
        end=st.sampled_from(["\n", "\r\n"]),
        quoting=st.sampled_from([csv.QUOTE_MINIMAL, csv.QUOTE_ALL]),
        piece=st.integers(1, 40),
        last=st.booleans(),
    )
    def test_whatever_a_writer_of_csv_writes_is_sound_and_its_lines_are_found(
        self, table: list[list[str]], end: str, quoting: Any, piece: int, last: bool, tmp_path_factory: Any
    ) -> None:
        path = tmp_path_factory.getbasetemp() / "sound.csv"
        out = io.StringIO()
        writer = csv.writer(out, lineterminator=end, quoting=quoting)
        starts = []
        width = len(table[0]) if table else 2
        for cells in [[f"c{number}" for number in range(width)], *table]:
            starts.append(out.getvalue().count("\n") + 1)
            # The writer quotes no carriage return alone where it stands first or last.
            writer.writerow([cell.replace("\r", "") for cell in cells])
        text = out.getvalue() if last else out.getvalue().removesuffix(end)
        path.write_bytes(text.encode())
        before = strict._PIECE
        strict._PIECE = piece
        try:
            lines = strict.checked(str(path), "csv")
        finally:
            strict._PIECE = before
        assert [place + lines.first + sum(m < place for m in lines.more) for place in range(len(table))] == starts[1:]
        if table:
            found = pl.scan_csv(path, infer_schema=False).fill_null("").collect().rows()
            assert [list(cells) for cells in found] == [[cell.replace("\r", "") for cell in cells] for cells in table]

    @settings(max_examples=500)
    @given(raw=st.text(st.sampled_from('ab,"\n'), max_size=30).map(str.encode), piece=st.integers(1, 12))
    def test_what_is_accepted_is_read_alike_by_two_readers(self, raw: bytes, piece: int, tmp_path_factory: Any) -> None:
        path = tmp_path_factory.getbasetemp() / "any.csv"
        path.write_bytes(b"x,y\n" + raw)
        before = strict._PIECE
        strict._PIECE = piece
        try:
            strict.checked(str(path), "csv")
        except cec.InvalidValue as error:
            assert error.where.startswith(str(path))
            return
        finally:
            strict._PIECE = before
        with path.open(newline="") as file:
            rows = [cells or ["", ""] for cells in csv.reader(file, strict=True)][1:]
        assert all(len(cells) == 2 for cells in rows)
        found = pl.scan_csv(path, infer_schema=False).fill_null("").collect().rows()
        assert [list(cells) for cells in found] == rows

    @pytest.mark.parametrize("piece", range(1, 13))
    def test_a_piece_may_end_anywhere(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, piece: int) -> None:
        path = tmp_path / "rows.csv"
        path.write_bytes(b'x,y\n1,2\n1,2\n"3","\n"\n5,6\n7,8')
        monkeypatch.setattr(strict, "_PIECE", piece)
        lines = strict.checked(str(path), "csv")
        assert (lines.first, list(lines.more)) == (2, [2])

    def test_a_quote_that_is_never_closed_is_found_without_reading_the_whole_file(
        self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(strict, "MOST_OF_A_ROW", 1000)
        monkeypatch.setattr(strict, "_PIECE", 100)
        (tmp_path / "a.csv").write_text('a,b\n1,"2\n' + "1,2\n" * 10_000)
        with pytest.raises(cec.InvalidValue, match=r"a\.csv: line 2: must close the quote that opens in cell 2"):
            strict.checked(str(tmp_path / "a.csv"), "csv")

    def test_a_members_table_is_read_as_strictly(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        both = files(tmp_path, HEADING + row(), 'member,designation\n"7" x,NALP\n8,CAM\n')
        (told,) = refused(tmp_path, [*both, "-o", tmp_path / "out.csv"], capsys)
        assert "designations.csv: line 2: must double a quote inside a quoted text, in cell 1" in told


class TestDocuments:
    """A text is one text in every format, and an item of a list one item."""

    TEXTS = (
        (EDUCATION, True),
        (f"{EDUCATION};transcript", True),
        (f" {EDUCATION} ; transcript", True),
        (f"{EDUCATION},transcript", False),
        ("[]", False),
        (f'["{EDUCATION}"]', False),
        (f"[{EDUCATION}]", False),
        (f'"{EDUCATION}"', False),
        (f"{EDUCATION} transcript", False),
    )
    LISTS = (
        ([EDUCATION], True),
        ([EDUCATION, "transcript"], True),
        ([EDUCATION, EDUCATION], True),
        ([f" {EDUCATION}"], False),
        ([f"{EDUCATION};transcript"], False),
        ([f"{EDUCATION},transcript"], False),
        ([[EDUCATION]], False),
        ([EDUCATION, ["transcript"]], False),
        ([f"[{EDUCATION}]"], False),
        ([EDUCATION, None], False),
        ([EDUCATION, ""], False),
        ([{"kind": EDUCATION}], False),
        ({EDUCATION: 1}, False),
        (True, False),
        (1, False),
    )

    @pytest.mark.parametrize(("text", "sound"), TEXTS)
    def test_a_text_is_read_alike_in_csv_json_lines_and_parquet(self, tmp_path: Path, text: str, sound: bool) -> None:
        both = files(tmp_path, HEADING + row(documents=text))
        files(tmp_path, line(documents=text) + line(hours="x"), ending="jsonl")
        table = pl.DataFrame([{**ROWS, "documents": text}])
        table.write_parquet(tmp_path / "activities.parquet")
        for ending in ("csv", "jsonl", "parquet"):
            given = [str(tmp_path / f"activities.{ending}"), both[1]]
            _, members, told = decided(tmp_path, given)
            expected = [] if sound else [("documents", "document_unknown", text)]
            assert [problem[1:] for problem in told if problem[0] != 2 or ending == "csv"] == expected
            assert members[0]["renewable"] is sound

    @pytest.mark.parametrize(("items", "sound"), LISTS)
    def test_an_item_of_a_list_is_a_code_as_it_stands(self, tmp_path: Path, items: Any, sound: bool) -> None:
        _, members, told = decided(tmp_path, files(tmp_path, line(documents=items), ending="jsonl"))
        assert ([problem[2] for problem in told], members[0]["renewable"]) == (
            ([], True) if sound else (["document_unknown"], False)
        )

    def test_an_empty_list_is_no_document(self, tmp_path: Path) -> None:
        outcome, _, told = decided(tmp_path, files(tmp_path, line(documents=[]), ending="jsonl"))
        assert (told, outcome.renewable) == ([], 0)

    def test_a_text_that_looks_like_a_list_however_it_is_written_is_none(self, tmp_path: Path) -> None:
        short = line(title="[x").replace('"documents"', '"notes"')
        escaped = line(documents="?").replace('"?"', f'"\\u005b\\"{EDUCATION}\\"]"')
        _, _, told = decided(tmp_path, files(tmp_path, f"\n{line()}{escaped}{line(title='[x')}{short}", ending="jsonl"))
        assert told == [(3, "documents", "document_unknown", f'["{EDUCATION}"]')]


class TestLinesOfJson:
    """Every engine has to see the same rows in a line, so that a line which it may misread is refused."""

    WRONG = (
        (line(member="\ud800"), "must be valid Unicode text, got"),
        (line(extra={"a": ["\udfff"]}), "must be valid Unicode text, got"),
        *[
            (line(**{name: value}), f"must have text or a whole number as '{name}', got {shown}")
            for name in ("member", "title", "provider")
            for value, shown in (([], "[]"), ({}, "{}"), (False, "False"), (7.5, "7.5"), (1e17, "1e+17"))
        ],
        (line()[:-2] + ',"compensated":false,"compensated":true}', "must give each key once, got 'compensated'"),
        (line().replace("title", "titl\\u0065"), "must write its keys without escapes, got"),
        ("null", "must be a JSON object, got 'null'"),
        ('{"member":"7"} x', "must be a JSON object, got"),
        (line(hours=float("nan")), "must be a JSON object, got"),
        ("NaN", "must be a JSON object, got 'NaN'"),
        ("\x0c", "must be a JSON object, got ''"),
        ("\xa0", "must be a JSON object, got ''"),
        ("[" * 100_000, "must be a JSON object of fewer brackets inside each other"),
        (line().replace('"6"', "9" * 5000), "must be a JSON object, got"),
    )

    @pytest.mark.parametrize("before", ["", line() + "\n"])
    @pytest.mark.parametrize(("wrong", "message"), WRONG)
    def test_a_line_that_engines_misread_is_refused_with_its_number(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], before: str, wrong: str, message: str
    ) -> None:
        both = files(tmp_path, before + wrong, ending="jsonl")
        (told,) = refused(tmp_path, [*both, "-o", tmp_path / "out.csv"], capsys)
        assert f"activities.jsonl: line {3 if before else 1}: {message}" in told

    @pytest.mark.parametrize(("name", "wrong"), [("member", []), ("member", "\ud800"), ("member", False)])
    def test_a_table_of_designations_is_read_as_strictly(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], name: str, wrong: Any
    ) -> None:
        held = tmp_path / "held.jsonl"
        held.write_text(json.dumps({"designation": "CAM", name: wrong}))
        (told,) = refused(tmp_path, [files(tmp_path, HEADING + row())[0], held, "-o", tmp_path / "out.csv"], capsys)
        assert "held.jsonl: line 1: must " in told

    @pytest.mark.parametrize("content", ["{}\n{}", "\n\n"])
    def test_a_file_without_keys_is_refused(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str], content: str
    ) -> None:
        both = files(tmp_path, content, ending="jsonl")
        (told,) = refused(tmp_path, [*both, "-o", tmp_path / "out.csv"], capsys)
        assert "activities.jsonl: line 2: must have an object with keys, in this line or before it" in told

    def test_whole_numbers_pairs_colons_and_escapes_are_read(self, tmp_path: Path) -> None:
        sound = {"title": 'A: "B" \U0001f600 Ö', "Número": 1, "extra": {"a": {"a": 1}}}
        content = line(member=7, **sound) + line(member=7.0, **sound, provider=None) + "{}\n"
        outcome, members, _ = decided(
            tmp_path, files(tmp_path, content, "member,designation\n7,NALP\n", ending="jsonl")
        )
        assert ([one["member"] for one in members], outcome.bad, outcome.renewable) == ([7], 0, 1)


class TestNames:
    def test_a_key_with_a_slip_is_refused_wherever_it_stands(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        both = files(tmp_path, line() * 5000 + line(compensatd=True), ending="jsonl")
        (told,) = refused(tmp_path, [*both, "-o", tmp_path / "out.csv"], capsys)
        assert "activities.compensatd: must be named 'compensated'" in told

    def test_columns_that_are_not_read_are_named(self, tmp_path: Path) -> None:
        content = HEADING.replace("\n", ",Branch,notes\n") + row().replace("\n", ",x,y\n")
        outcome, _, _ = decided(tmp_path, files(tmp_path, content))
        name = tmp_path / "activities.csv"
        assert outcome.notes == (f"columns of {name} that are not read: 'Branch', 'notes'",)
        assert outcome.in_words().splitlines()[-1] == f"  {outcome.notes[0]}"
        many = ",".join(f"x{number}" for number in range(12))
        content = HEADING.replace("\n", f",{many}\n") + row().replace("\n", f",{many}\n")
        outcome, _, _ = decided(tmp_path, files(tmp_path, content))
        assert outcome.notes[0].endswith("'x9' and 2 more")

    def test_a_key_that_is_not_read_may_hold_anything(self, tmp_path: Path) -> None:
        odd = line(extra={"a": 1}) + line(extra=[1]) + line(extra={"b": {"c": []}}) + line(other={"a": "x"})
        outcome, _, _ = decided(tmp_path, files(tmp_path, odd, ending="jsonl"))
        assert outcome.bad == 0
        assert "'extra', 'other'" in outcome.notes[0]

    def test_a_missing_heading_is_answered_with_those_of_the_file(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        both = files(tmp_path, HEADING.replace("title", "course") + row())
        (told,) = refused(tmp_path, [*both, "-o", tmp_path / "out.csv"], capsys)
        assert told.endswith(
            "found: 'member', 'course', 'kind', 'earned_on', 'hours', 'addresses_compliance', 'documents'; a layout reads columns of your own: see `cecrules layout`"
        )


class TestMembers:
    @pytest.mark.parametrize("blank", ["", "  ", "\u2003", "\u200b", "\ufeff \u200d\u00ad"])
    @pytest.mark.parametrize("ending", ["csv", "jsonl"])
    def test_rows_without_a_name_are_never_one_member(self, tmp_path: Path, blank: str, ending: str) -> None:
        rows = {"csv": HEADING + row(member=blank) * 2, "jsonl": line(member=blank) * 2}
        held = f'member,designation\n"{blank}",NALP\n"{blank}",NALP\n'
        outcome, members, told = decided(tmp_path, files(tmp_path, rows[ending], held, ending))
        assert (members, outcome.bad, outcome.decided) == ([], 4, 0)
        assert {problem[2] for problem in told} == {"member_missing"}

    def test_a_row_of_empty_texts_says_nothing(self, tmp_path: Path) -> None:
        empty = ",".join(['""'] * 7)
        outcome, _, told = decided(tmp_path, files(tmp_path, f"{HEADING}{row()}{empty}\n"))
        assert (outcome.bad, told, outcome.renewable) == (0, [], 1)


class TestWrongFiles:
    def test_a_column_of_which_nothing_can_be_read_is_refused_and_its_problems_are_written(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        days = [f"{month}/{day}/2013" for month in (3, 4) for day in range(1, 11)]
        both = files(
            tmp_path,
            HEADING + row(earned_on="", documents="") + "".join(row(earned_on=day, documents="X") for day in days),
        )
        out, problems = tmp_path / "out.csv", tmp_path / "problems.csv"
        assert run(*both, "-o", out, "--problems", problems) == 2
        texts = {"earned_on": "'3/1/2013', '3/2/2013', '3/3/2013'", "documents": "'X', 'X', 'X'"}
        assert capsys.readouterr().err.splitlines() == [
            f"cecrules: {both[0]}: {column}: must hold texts that can be read, and none of them can, such as {found}; "
            f"{strict.LAYOUT_HINT}"
            for column, found in texts.items()
        ]
        assert not out.exists()
        assert len(read(problems)) == 1 + 2 * len(days)

    def test_fewer_texts_or_one_that_can_be_read_are_rows_to_report(self, tmp_path: Path) -> None:
        wrong = row(earned_on="3/1/2013")
        outcome, _, _ = decided(tmp_path, files(tmp_path, HEADING + wrong * 19))
        assert outcome.bad == 19
        outcome, _, _ = decided(tmp_path, files(tmp_path, HEADING + wrong * 30 + row()))
        assert outcome.bad == 30

    @pytest.mark.parametrize("column", ["kind", "hours", "addresses_compliance"])
    def test_every_column_with_a_form_is_looked_at(self, tmp_path: Path, column: str) -> None:
        both = files(tmp_path, HEADING + row(**{column: "what?"}) * 20)
        with pytest.raises(cec.InvalidValue, match=rf"activities\.csv: {column}: must hold texts"):
            decided(tmp_path, both)

    def test_designations_are_looked_at_too(self, tmp_path: Path) -> None:
        held = "member,designation\n" + "".join(f"{number},Manager\n" for number in range(20))
        with pytest.raises(cec.InvalidValue, match=r"designations\.csv: designation: must hold.*'Manager', 'Manager'"):
            decided(tmp_path, files(tmp_path, HEADING + row(), held))


class TestSummary:
    def test_every_wrong_flag_is_reported_and_the_summary_says_where(
        self, tmp_path: Path, capsys: pytest.CaptureFixture[str]
    ) -> None:
        content = HEADING + row() + row(addresses_compliance="Yes") + row(addresses_compliance="N")
        both = files(tmp_path, content, "member,designation\na,NALP\nb,CPM\n")
        assert run(*both, "-o", tmp_path / "out.csv") == 2
        assert capsys.readouterr().err.splitlines() == [
            "3 rows could not be read; --problems FILE lists them",
            "1 decided, 1 renewable, 1 not decided",
        ]
        _, _, told = decided(tmp_path, both)
        assert [problem[3] for problem in told] == ["Yes", "N", "CPM"]

    def test_slips_are_counted(self, tmp_path: Path) -> None:
        outcome, _, _ = decided(tmp_path, files(tmp_path, HEADING + row(hours="13") * 2))
        assert outcome.notices == (
            ("activities alike in every field; all of them count", 1),
            ("days with more than 24 hours; check that minutes were not entered as hours", 1),
        )

    def test_a_year_before_those_of_the_edition_is_told(self, tmp_path: Path) -> None:
        both = files(tmp_path, HEADING + row())
        outcome, _, _ = decided(tmp_path, both, rulebook=cec.edition("naaei-2022"))
        assert outcome.notices == (
            ("this renewal year is before the years this edition governs; naaei-2014 governs it", 1),
        )

    def test_a_designation_that_the_later_edition_does_not_have_is_named_without_figures(self, tmp_path: Path) -> None:
        both = files(tmp_path, HEADING + row(earned_on="2022-05-01"), "member,designation\na,CAMT\nb,CAM\nc,CAM\n")
        outcome, _, _ = decided(tmp_path, both, renewal_year=2023)
        assert [(text.partition(":")[0], count) for text, count in outcome.notices] == [("CAM", 2), ("CAMT", 1)]
