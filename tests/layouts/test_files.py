"""A file is read by the form that its layout states, each row with its line, or refused with the line that is wrong."""

from __future__ import annotations

import datetime as dt
import sys
from pathlib import Path
from typing import Any

import pytest

import cecrules as cec
from cecrules.frames import Encoding, FileForm
from cecrules.layouts.files import kept_in

openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: constraints/test.txt")

ROWS = "member;title\nA;Fair housing – señales\n"


def kept(path: Path, **form: Any) -> list[tuple[int, list[str]]]:
    return list(kept_in(str(path), FileForm(**form)).rows)


def refusal(path: Path, **form: Any) -> str:
    with pytest.raises(cec.InvalidValue) as caught:
        kept_in(str(path), FileForm(**form))
    return str(caught.value).removeprefix(f"{path}")


def text(folder: Path, content: str | bytes, name: str = "a.csv") -> Path:
    path = folder / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    return path


def workbook(folder: Path, sheets: dict[str, list[list[Any]]]) -> Path:
    book = openpyxl.Workbook()
    book.remove(book.active)
    for name, rows in sheets.items():
        sheet = book.create_sheet(name)
        for row in rows:
            sheet.append(row)
    path = folder / "a.xlsx"
    book.save(path)
    return path


class TestText:
    @pytest.mark.parametrize(
        ("codec", "encoding"),
        [
            ("utf-8", Encoding.UTF_8),
            ("utf-8-sig", Encoding.UTF_8),
            ("cp1252", Encoding.WINDOWS_1252),
            ("utf-16", Encoding.UTF_16),
            ("utf-16-le", Encoding.UTF_16),
        ],
    )
    def test_it_is_read_in_its_encoding(self, tmp_path: Path, codec: str, encoding: Encoding) -> None:
        path = text(tmp_path, ROWS.encode(codec))
        assert kept(path, encoding=encoding, separator=";") == [(2, ["A", "Fair housing – señales"])]

    def test_a_byte_order_mark_says_which_byte_is_first(self, tmp_path: Path) -> None:
        path = text(tmp_path, b"\xfe\xff" + ROWS.encode("utf-16-be"))
        assert kept(path, encoding=Encoding.UTF_16, separator=";")

    @pytest.mark.parametrize(
        ("content", "encoding", "where"),
        [
            (ROWS.encode("cp1252"), Encoding.UTF_8, "byte 28"),
            (b"member\n\x81", Encoding.WINDOWS_1252, "byte 7"),
            (b"abc", Encoding.UTF_16, "byte 2"),
        ],
    )
    def test_a_byte_of_another_encoding_is_refused(
        self, tmp_path: Path, content: bytes, encoding: Encoding, where: str
    ) -> None:
        said = refusal(text(tmp_path, content), encoding=encoding)
        assert said == f": {where}: must be {encoding} text; encoding is one of utf-8, windows-1252, utf-16"

    @pytest.mark.parametrize("separator", [";", "\t", "|", ","])
    def test_cells_are_told_apart_by_the_separator(self, tmp_path: Path, separator: str) -> None:
        path = text(tmp_path, separator.join("ab") + "\n" + separator.join(["1", '"2;,\t|"']))
        assert kept(path, separator=separator) == [(2, ["1", "2;,\t|"])]

    @pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
    def test_a_row_has_the_line_on_which_it_begins(self, tmp_path: Path, end: str) -> None:
        content = end.join(["a,b", '1,"two', 'lines"', "", " , ", "3,4", ""])
        assert [line for line, _ in kept(text(tmp_path, content))] == [2, 6]

    def test_headings_may_stand_below_other_rows(self, tmp_path: Path) -> None:
        path = text(tmp_path, "Anytown Apartment Association,,,\n\n member , title \n1,2\n3,\n\n")
        made = kept_in(str(path), FileForm(heading_row=3))
        assert (made.headings, made.rows) == (("member", "title"), ((4, ["1", "2"]), (5, ["3", ""])))

    @pytest.mark.parametrize("row", [2, 4, 9])
    def test_there_must_be_headings(self, tmp_path: Path, row: int) -> None:
        said = refusal(text(tmp_path, "a\n\nb\n"), heading_row=row)
        assert said == f": must have headings in row {row}, got nothing there; heading_row names another row"

    @pytest.mark.parametrize(("row", "cells"), [("1,2,", 3), ("1", 1), ("1,2,3,4", 4)])
    def test_a_cell_too_many_or_too_few_is_refused_with_its_line(self, tmp_path: Path, row: str, cells: int) -> None:
        said = refusal(text(tmp_path, f"a,b\n1,2\n{row}\n"))
        assert said.startswith(f": line 3: must have 2 cells, as many as headings, got {cells}")

    @pytest.mark.parametrize("row", ['1,"Mold: 6" and up",x', '1,"never closed'])
    def test_a_quote_that_is_not_doubled_is_refused_with_its_line(self, tmp_path: Path, row: str) -> None:
        said = refusal(text(tmp_path, f"a,b,c\n1,2,3\n{row}\n4,5,6\n"))
        assert said.startswith(": line 3: must be cells with ',' between them: ")

    def test_a_quote_inside_a_cell_without_quotes_is_part_of_it(self, tmp_path: Path) -> None:
        assert kept(text(tmp_path, 'a,b\n1,6" pipe\n')) == [(2, ["1", '6" pipe'])]

    def test_a_file_that_is_not_there_or_empty_is_refused(self, tmp_path: Path) -> None:
        assert refusal(tmp_path / "b.csv") == ": cannot be read: No such file or directory"
        assert refusal(text(tmp_path, b"")) == ": cannot be read: it is empty"
        assert "cannot be read" in refusal(tmp_path / "\0.csv")


class TestWorkbook:
    def test_cells_have_the_text_that_a_file_would_have(self, tmp_path: Path) -> None:
        values = ["A", dt.date(2013, 3, 12), dt.datetime(2013, 3, 12, 14, 30), 1.5, 2.0, True, dt.time(1, 30), None]
        path = workbook(tmp_path, {"Ledger": [list("abcdefgh"), values]})
        ((line, cells),) = kept(path)
        assert line == 2
        assert cells == ["A", "2013-03-12", "2013-03-12 14:30:00", "1.5", "2", "true", "01:30:00"]

    def test_a_row_may_end_before_the_last_heading_and_not_behind_it(self, tmp_path: Path) -> None:
        path = workbook(tmp_path, {"One": [["a", "b"], ["1"]], "Two": [["a", "b"], [1, 2, 3]]})
        assert kept(path) == [(2, ["1"])]
        said = refusal(path, sheet="Two")
        assert said.startswith(": line 2: must have at most 2 cells, as many as headings, got 3")

    def test_a_length_beyond_a_day_is_one(self, tmp_path: Path) -> None:
        path = workbook(tmp_path, {"Ledger": [["a"], [dt.timedelta(hours=30)]]})
        assert kept(path) == [(2, ["30:00:00"])]

    def test_a_sheet_is_named_or_the_first(self, tmp_path: Path) -> None:
        path = workbook(tmp_path, {"One": [["a"], [1]], "Two": [[], ["b"], [2]]})
        assert kept(path) == [(2, ["1"])]
        assert kept(path, sheet="Two", heading_row=2) == [(3, ["2"])]
        assert refusal(path, sheet="Tow") == ": must have a sheet 'Tow'; did you mean 'Two'?"

    def test_a_workbook_of_charts_has_no_cells(self, tmp_path: Path) -> None:
        book = openpyxl.Workbook()
        book.create_chartsheet("Chart").add_chart(openpyxl.chart.BarChart())
        book.remove(book["Sheet"])
        book.save(tmp_path / "a.xlsx")
        assert refusal(tmp_path / "a.xlsx") == ": must have a sheet of cells"

    def test_a_formula_without_a_value_is_refused(self, tmp_path: Path) -> None:
        path = workbook(tmp_path, {"One": [["a"], ["=1+1"]]})
        said = refusal(path)
        assert said == ": One!A2: has a formula without a value; open the workbook in a spreadsheet and save it"

    def test_what_is_no_workbook_is_refused(self, tmp_path: Path) -> None:
        assert refusal(text(tmp_path, "a,b", "a.xlsx")).startswith(": cannot be read as a workbook: ")

    def test_it_needs_a_reader(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        path = workbook(tmp_path, {"One": [["a"]]})
        monkeypatch.setitem(sys.modules, "openpyxl", None)
        said = refusal(path)
        assert said == ': needs openpyxl, which is not installed; pip install "cecrules[excel]"'
