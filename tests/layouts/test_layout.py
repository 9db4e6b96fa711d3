"""A layout is data: a file in TOML that is read whole or refused with every problem."""

from __future__ import annotations

import tomllib
from pathlib import Path
from typing import Any

import jsonschema
import pytest

import cecrules as cec
from cecrules.cli import main
from cecrules.frames import (
    ActivityColumns,
    DesignationsLayout,
    DesignationWord,
    Encoding,
    KindWord,
    Layout,
    TotalRows,
    load_layout,
    read_layout,
)
from cecrules.structuring import build
from cecrules.unstructuring import plain

SCHEMA = jsonschema.Draft202012Validator(cec.schema("layout"))
EVERYTHING = r"""
format = "cecrules.layout/1"

[activities]
documents_divided_by = ["+", " and "]
blanks = ["n/a", "-"]

[activities.file]
heading_row = 3
sheet = "Ledger"
encoding = "windows-1252"
separator = "\t"

[activities.columns]
member = "No."
title = "Course"
kind = "Type"
earned_on = "Date"
hours = "Hrs"
provider = "Sponsor"
addresses_compliance = "Legal?"
compensated = "Paid?"
bought_through_association = "Through us?"
documents = "Proof"
row = "Line"

[activities.days]
formats = ["M/D/YYYY", "M/D/YY"]
century = 1950
serials = 1904
times = true

[activities.lengths]
forms = ["units", "clock", "day_fraction"]
decimal = ".,"
day_decimals = 9
hour_words = ["hr"]
minute_words = ["min"]

[activities.kinds]
"Local course" = "association_course"
"Board" = "association_service"

[activities.documents]
"Certificate" = "certificate_of_completion"

[activities.flags]
"Y" = true
"N" = false

[activities.totals]
"Course" = ["Total", "Sum of *"]

[designations]
blanks = ["none"]

[designations.columns]
member = "No."
designation = "Credential"
term_start = "Since"

[designations.days]
formats = ["D MMM YYYY"]

[designations.designations]
"Manager" = "CAM"
"""
COLUMNS = '[activities.columns]\nmember = "a"\ntitle = "b"\nkind = "c"\nearned_on = "d"\n'


def toml(*parts: str) -> str:
    return "\n".join(['format = "cecrules.layout/1"', *parts])


def problems(text: str) -> list[str]:
    with pytest.raises(cec.CecRulesError) as caught:
        read_layout(text)
    return [problem.where for problem in caught.value.problems]


class TestReadLayout:
    def test_everything_can_be_stated(self) -> None:
        layout = read_layout(EVERYTHING)
        activities, designations = layout.activities, layout.designations
        assert activities is not None
        assert designations is not None
        assert activities.file.encoding is Encoding.WINDOWS_1252
        assert (activities.file.heading_row, activities.file.sheet, activities.file.separator) == (3, "Ledger", "\t")
        assert activities.kinds[0] == KindWord(word="Local course", means=cec.ActivityKind.ASSOCIATION_COURSE)
        assert [(word.word, word.means) for word in activities.flags] == [("Y", True), ("N", False)]
        assert activities.totals == (TotalRows(heading="Course", words=("Total", "Sum of *")),)
        assert designations.designations == (DesignationWord(word="Manager", means=cec.Designation.CAM),)
        assert hash(layout) == hash(read_layout(EVERYTHING))
        SCHEMA.validate(tomllib.loads(EVERYTHING))

    def test_its_plain_form_is_read_back(self) -> None:
        made = plain(read_layout(EVERYTHING))
        assert build(Layout, made) == read_layout(EVERYTHING)
        assert {"format": "cecrules.layout/1", **made} == tomllib.loads(EVERYTHING)

    def test_one_table_is_enough(self) -> None:
        for part in (COLUMNS, '[designations.columns]\nmember = "a"\ndesignation = "b"'):
            assert read_layout(toml(part))
            SCHEMA.validate(tomllib.loads(toml(part)))
        assert problems(toml()) == ["activities"]
        assert not SCHEMA.is_valid({"format": "cecrules.layout/1"})

    def test_every_problem_is_reported_with_its_key(self) -> None:
        wrong = toml(
            "color = 1",
            COLUMNS,
            'colour = "x"',
            '[activities.days]\nformats = ["M/D/YY"]\nserials = 1970',
            '[activities.lengths]\nforms = ["hours"]',
            '[activities.kinds]\n"Board" = "board"\n" " = "college_course"',
            "[activities.flags]\nY = 1",
            '[activities.totals]\n"a" = "Total"',
        )
        assert problems(wrong) == [
            "color",
            "activities.columns.colour",
            "activities.days.century",
            "activities.days.serials",
            "activities.lengths.forms[0]",
            "activities.kinds.Board",
            "activities.flags.Y",
            "activities.totals.a",
        ]
        assert not SCHEMA.is_valid(tomllib.loads(wrong))

    @pytest.mark.parametrize(
        ("part", "where"),
        [
            ('[activities.kinds]\n" " = "college_course"', "activities.kinds. "),
            ('[activities.kinds]\n"A b" = "college_course"\n"a  B" = "published_article"', "activities.kinds.a  B"),
            ('[activities.kinds]\ncollege_course = "published_article"', "activities.kinds.college_course"),
            ('[activities.documents]\nTranscript = "exam_results"', "activities.documents.Transcript"),
            ("[activities.flags]\nTRUE = false", "activities.flags.TRUE"),
            ('[activities]\nblanks = ["none"]\nflags.None = false', "activities.flags.None"),
            ('[activities]\ndocuments_divided_by = [" "]', "activities.documents_divided_by[0]"),
            ('[activities.totals]\na = ["*"]', "activities.totals.a[0]"),
            ('[activities.totals]\na = ["T*l"]', "activities.totals.a[0]"),
            ("[activities.file]\nheading_row = 0", "activities.file.heading_row"),
            ('[activities.file]\nseparator = ""', "activities.file.separator"),
            ('[activities.file]\nseparator = "::"', "activities.file.separator"),
            ('[activities.file]\nseparator = "x"', "activities.file.separator"),
            ("[activities.file]\nseparator = '\"'", "activities.file.separator"),
            ('[activities.file]\nencoding = "latin-1"', "activities.file.encoding"),
        ],
    )
    def test_what_contradicts_itself_is_refused(self, part: str, where: str) -> None:
        table = tomllib.loads(toml(COLUMNS))
        assert table
        if part.startswith("[activities]"):
            assert problems(toml(part, COLUMNS)) == [where]
        else:
            assert problems(toml(COLUMNS, part)) == [where]

    def test_a_word_may_be_stated_twice_if_it_means_the_same(self) -> None:
        assert read_layout(toml(COLUMNS, "[activities.flags]\nY = true\ny = true\ntrue = true"))

    def test_a_designation_has_one_meaning_too(self) -> None:
        part = '[designations.columns]\nmember = "a"\ndesignation = "b"\n[designations.designations]\ncam = "CAS"'
        assert problems(toml(part)) == ["designations.designations.cam"]

    @pytest.mark.parametrize(
        ("columns", "where"),
        [
            ('hours = "e"\nminutes = "f"', "activities.columns.minutes"),
            ('hours = " "', "activities.columns.hours"),
            ('provider = "a"', "activities.columns.provider"),
        ],
    )
    def test_a_column_has_a_heading_of_its_own(self, columns: str, where: str) -> None:
        assert problems(toml(COLUMNS + columns)) == [where]

    def test_so_has_one_of_designations(self) -> None:
        assert problems(toml('[designations.columns]\nmember = "a"\ndesignation = "a"')) == [
            "designations.columns.designation"
        ]

    def test_the_columns_that_are_required_are_named(self) -> None:
        assert problems(toml('[activities.columns]\nmember = "a"')) == [
            f"activities.columns.{name}" for name in ("title", "kind", "earned_on")
        ]
        assert problems(toml("[activities]")) == ["activities.columns"]

    @pytest.mark.parametrize("text", ["", COLUMNS, 'format = "cecrules.layout/2"\n' + COLUMNS])
    def test_the_form_of_the_file_is_named(self, text: str) -> None:
        assert "format" in problems(text)

    @pytest.mark.parametrize("text", ["= 1", "a = [" * 3000, 3])
    def test_it_must_be_toml(self, text: Any) -> None:
        with pytest.raises(cec.InvalidValue):
            read_layout(text)


class TestLoadLayout:
    def test_a_file_is_read(self, tmp_path: Path) -> None:
        (tmp_path / "a.toml").write_text("\ufeff" + EVERYTHING, "utf-8")
        assert load_layout(tmp_path / "a.toml") == load_layout(str(tmp_path / "a.toml")) == read_layout(EVERYTHING)

    def test_what_cannot_be_read_is_refused(self, tmp_path: Path) -> None:
        (tmp_path / "a.toml").write_bytes(b"\xff")
        for path in (tmp_path / "b.toml", tmp_path / "a.toml", tmp_path):
            with pytest.raises(cec.InvalidValue) as caught:
                load_layout(path)
            assert caught.value.code is cec.ErrorCode.UNREADABLE


class TestCheck:
    def test_a_layout_in_order_says_so(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "a.toml"
        file.write_text(EVERYTHING)
        assert main(["layout", "--check", str(file)]) == 0
        assert capsys.readouterr().out == f"{file}: in order, a layout of activities and designations\n"

    @pytest.mark.parametrize(
        ("lines", "left"),
        [
            ("# ? Keep one:\n# compensated = 'a'\n", "1 question is"),
            ("# ? Keep one:\n# provider = 'a'\n# provider = 'b'\n# ? Keep one:\n# row = 'c'\n", "2 questions are"),
            ("# ? Keep one:\n# provider = 'a'\nprovider = 'b'\n", ""),
            ("# ? Keep one:\nprovider = 'a'\n# provider = 'b'\n", ""),
            ("# ? Keep one:\nprovider = 'a'\n", ""),
            ("# ? Keep one:\nhours = 'a'\n# minutes = 'a'\n", ""),
            ("# ? Nothing is to be chosen.\n", ""),
            ("[activities.flags]\n# ? Keep one:\n# a = true\n# a = false", "1 question is"),
        ],
    )
    def test_the_questions_left_are_counted(
        self, tmp_path: Path, lines: str, left: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        file = tmp_path / "a.toml"
        columns = "\n".join(f"{name} = '{name}'" for name in ("member", "title", "kind", "earned_on"))
        days = "[activities.days]\nformats = [\n  'YYYY-MM-DD',\n  # ? Keep one:\n  'M/D/YYYY',\n  # 'D/M/YYYY',\n]\n"
        in_order = f"{days}{lines}" if lines.startswith("[") else f"{lines}{days}"
        file.write_text(f"format = 'cecrules.layout/1'\n[activities.columns]\n{columns}\n{in_order}")
        assert main(["layout", "--check", str(file)]) == 0
        told = f"cecrules: {left} left, in the lines that begin with `# ?`\n" if left else ""
        assert capsys.readouterr().err == told

    def test_every_problem_is_shown_with_its_file(self, tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
        file = tmp_path / "a.toml"
        file.write_text(EVERYTHING.replace("century = 1950\n", "").replace('"CAM"', '"CAN"'))
        assert main(["layout", "--check", str(file)]) == 2
        assert capsys.readouterr().err.splitlines() == [
            f"cecrules: {file}: activities.days.century: is required for a year of two digits; 2000 if 13 is 2013",
            f"cecrules: {file}: designations.designations.Manager: must be the code of a designation, got 'CAN'; "
            "did you mean 'CAS' or 'CAM'?",
        ]

    def test_a_file_is_needed(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["layout"]) == main(["layout", "--check", "a.toml", "b.csv"]) == 2
        assert "layout: needs files, or --check and one file" in capsys.readouterr().err


def test_the_whole_is_required_of_a_value_too() -> None:
    with pytest.raises(cec.InvalidValue, match="activities: is required, unless designations is given"):
        Layout()
    with pytest.raises(TypeError):
        ActivityColumns(member="a")  # type: ignore[call-arg]
    with pytest.raises(TypeError):
        DesignationsLayout()  # type: ignore[call-arg]
