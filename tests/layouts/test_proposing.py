"""A layout is proposed for a file that was never seen: only what is plain is taken, and the rest is asked."""

from __future__ import annotations

import re
from pathlib import Path
from typing import Any

import pytest

import cecrules as cec
from cecrules.cli import main
from cecrules.frames import Encoding, Layout, LengthForm, read_layout
from cecrules.layouts.proposing import Proposal, proposed

KEPT = Path(__file__).parents[1] / "kept"
LIKE_NONE = "# ? {} is like no code; write one of those above, or add the word to `blanks` if it is none of them:"
HEAD = "member,title,kind,earned_on,hours,documents,compensated,provider"


def of(folder: Path, content: str, name: str = "a.csv", codec: str = "utf-8") -> Proposal:
    path = folder / name
    path.write_bytes(content.encode(codec))
    return proposed([str(path)])


def kept(name: str) -> Proposal:
    return proposed([str(KEPT / f"{name}.csv")])


def activities(proposal: Proposal) -> Any:
    layout = read_layout(proposal.text)
    assert layout.activities is not None
    return layout.activities


def column(folder: Path, name: str, texts: list[str]) -> Proposal:
    """A proposal for a table of these texts in one column."""
    cells = ["m", "t", "college_course", "2013-04-16", "1", "transcript", "true", "p"]
    place = HEAD.split(",").index(name)
    rows = ["\t".join([*cells[:place], text, *cells[place + 1 :]]) for text in texts]
    return of(folder, "\n".join([HEAD.replace(",", "\t"), *rows]))


def chosen(proposal: Proposal, *lines: str) -> Layout:
    """The layout after a person kept some lines."""
    text = proposal.text
    for line in lines:
        assert f"# {line}" in text
        text = text.replace(f"# {line}", line)
    return read_layout(text)


def asks(proposal: Proposal) -> list[str]:
    return [line.strip() for line in proposal.text.splitlines() if line.strip().startswith("# ? ")]


class TestLedger:
    FILES = tuple(str(KEPT / name) for name in ("ledger.csv", "ledger-designations.csv"))
    KEEP = ('"Board / committee" = "association_service"', "serials = 1900")

    def test_one_layout_for_both_files_needs_at_most_four_lines_of_a_person(self) -> None:
        proposal = proposed(self.FILES)
        layout = chosen(proposal, *self.KEEP)
        assert len(self.KEEP) <= 4
        assert layout.activities is not None
        assert layout.designations is not None
        assert layout.activities.days.formats == ("M/D/YYYY", "M/D/YY", "YYYY-MM-DD")
        assert (layout.activities.days.century, layout.activities.lengths.decimal) == (2000, ",")
        assert layout.designations.columns.designation == "Credential"

    def test_what_was_not_placed_is_asked(self) -> None:
        proposal = proposed(self.FILES)
        assert proposal.questions == len(asks(proposal)) == 7
        assert asks(proposal) == [
            "# ? Keep one line if a spreadsheet wrote 41521 for a day:",
            "# ? No format reads soon; their rows are reported.",
            "# ? No form reads two; their rows are reported.",
            "# ? Board / committee may have several meanings; keep one line:",
            "# ? Webinar may have several meanings; keep one line:",
            LIKE_NONE.format("Postcard"),
            "# ? perhaps is neither yes nor no; keep one line:",
        ]

    def test_the_order_of_the_files_does_not_matter(self) -> None:
        assert proposed(self.FILES) == proposed(self.FILES[::-1])

    def test_the_command_writes_it(self, capsys: pytest.CaptureFixture[str]) -> None:
        assert main(["layout", *self.FILES]) == 0
        told = capsys.readouterr()
        assert told.out == proposed(self.FILES).text
        assert told.err == "cecrules: 7 questions are left, in the lines that begin with `# ?`\n"

    @pytest.mark.parametrize(("name", "err"), [("days", "1 question is left"), ("units", "")])
    def test_the_command_tells_how_many_questions_are_left(
        self, name: str, err: str, capsys: pytest.CaptureFixture[str]
    ) -> None:
        assert main(["layout", str(KEPT / f"{name}.csv")]) == 0
        assert capsys.readouterr().err.startswith(f"cecrules: {err}" if err else "")


@pytest.mark.parametrize(
    ("name", "questions"),
    [
        *(("flags", 0), ("days", 1), ("serials", 1), ("times", 0), ("semicolons", 0), ("words", 0), ("headings", 0)),
        *(("units", 0), ("thirds", 1), ("unnamed", 0), ("mend", 1), ("empty-rows", 0), ("blank", 0)),
    ],
)
def test_every_file_that_can_be_read_has_a_proposal(name: str, questions: int) -> None:
    proposal = kept(name)
    assert proposal.questions == questions
    assert proposal.text.startswith('format = "cecrules.layout/1"\n')


@pytest.mark.parametrize("name", ["quotes", "trailing"])
def test_a_file_with_a_broken_line_is_refused_with_it(name: str) -> None:
    with pytest.raises(cec.InvalidValue, match=rf"{name}\.csv: line 2: must"):
        kept(name)


class TestAnswers:
    """Whoever answers the questions about the columns has a layout that reads their cells."""

    CONTENT = (
        "Name,What,Sort,When,How Long\n"
        "a,Budgeting,College,3/13/2013,1:30\n"
        "b,Fair housing,Grace Hill,4/3/2013,90 min\n"
        "c,Fair housing,Grace Hill,4/3/2013,\n"
    )
    QUESTIONS = ('title = "What"', 'kind = "Sort"', 'earned_on = "When"')

    def test_the_cells_of_a_required_column_without_a_heading_like_it_are_tried(self, tmp_path: Path) -> None:
        proposal = of(tmp_path, self.CONTENT)
        table = chosen(proposal, *self.QUESTIONS).activities
        assert table is not None
        assert table.days.formats == ("M/D/YYYY",)
        assert [(word.word, word.means) for word in table.kinds] == [
            ("College", "college_course"),
            ("Grace Hill", "grace_hill_course"),
        ]

    def test_a_length_in_hours_or_in_minutes_has_one_section(self, tmp_path: Path) -> None:
        proposal = of(tmp_path, self.CONTENT.replace("How Long", "Length").replace("1:30", "2"))
        assert proposal.text.count("[activities.lengths]") == 1
        for length in ("hours", "minutes"):
            table = chosen(proposal, *self.QUESTIONS, f'{length} = "Length"').activities
            assert table is not None
            assert table.lengths.forms == (LengthForm.NUMBER, LengthForm.UNITS)

    def test_cells_that_cannot_be_read_as_the_column_say_nothing_of_it(self, tmp_path: Path) -> None:
        proposal = of(tmp_path, "Name,What,Sort,When\na,Budgeting,X,soon\n")
        assert "[activities.days]" not in proposal.text
        assert "[activities.kinds]" not in proposal.text


class TestDays:
    def test_where_two_formats_read_every_day_neither_is_taken_and_both_are_listed(self) -> None:
        proposal = kept("days")
        assert '    # "M/D/YYYY",  # 4/3/2013 is 2013-04-03\n' in proposal.text
        assert '    # "D/M/YYYY",  # 4/3/2013 is 2013-03-04\n' in proposal.text
        with pytest.raises(cec.InvalidValue, match=r"days\.formats: must have a format"):
            read_layout(proposal.text)
        layout = chosen(proposal, '"D/M/YYYY",')
        assert layout.activities is not None
        assert layout.activities.days.formats == ("D/M/YYYY",)

    def test_one_day_that_only_one_format_reads_tells(self, tmp_path: Path) -> None:
        assert activities(column(tmp_path, "earned_on", ["4/3/2013", "13/3/2013"])).days.formats == ("D/M/YYYY",)

    def test_where_no_format_reads_every_day_all_are_listed(self, tmp_path: Path) -> None:
        proposal = column(tmp_path, "earned_on", ["3/13/2013", "13/3/2013"])
        assert asks(proposal) == ["# ? Keep one format for 3/13/2013, 13/3/2013:"]
        assert '# "M/D/YYYY"' in proposal.text
        assert '# "D/M/YYYY"' in proposal.text

    @pytest.mark.parametrize(
        ("texts", "formats"),
        [
            (["2013-3-4", "2013-12-31"], ("YYYY-M-D",)),
            (["20130304"], ("YYYYMMDD",)),
            (["4 Mar 2013", "Dec 31, 2013"], ("D MMM YYYY", "MMM D, YYYY")),
            (["31.12.2013", "2013-12-31"], ("D.M.YYYY", "YYYY-MM-DD")),
        ],
    )
    def test_formats_are_found_by_trying_them(self, tmp_path: Path, texts: list[str], formats: tuple[str, ...]) -> None:
        assert activities(column(tmp_path, "earned_on", texts)).days.formats == formats

    def test_a_century_is_asked_unless_other_days_tell(self, tmp_path: Path) -> None:
        assert activities(column(tmp_path, "earned_on", ["11/30/13", "11/30/1999"])).days.century == 1900
        for texts in (["11/30/13"], ["11/30/13", "11/30/1999", "11/30/2001"]):
            proposal = column(tmp_path, "earned_on", texts)
            assert asks(proposal) == ["# ? In which century is a year of two digits? Keep one line:"]
            layout = chosen(proposal, "century = 2000")
            assert layout.activities is not None
            assert layout.activities.days.century == 2000

    def test_serials_are_asked_with_the_day_that_each_would_be(self) -> None:
        proposal = kept("serials")
        assert "# serials = 1900  # 41380 is 2013-04-16\n# serials = 1904  # 41380 is 2017-04-17\n" in proposal.text

    def test_times_of_day_are_found(self, tmp_path: Path) -> None:
        assert activities(kept("times")).days.times
        assert "times = true" in column(tmp_path, "earned_on", ["41380.5"]).text

    def test_a_long_list_is_shortened(self, tmp_path: Path) -> None:
        texts = [f"word {'x' * 80} {number}" for number in range(8)]
        (line,) = asks(column(tmp_path, "earned_on", ["2013-04-16", *texts]))
        assert line.endswith(" and 2 more; their rows are reported.")
        assert len(line) < 450


class TestLengths:
    @pytest.mark.parametrize(
        ("texts", "forms", "decimal", "decimals"),
        [
            (["1", "1.5"], ["number"], ".", None),
            (["1", "1,5", "2.5"], ["number"], ".,", None),
            (["2 hrs.", "1 hr 30 min"], ["units"], ".", None),
            (["1:30", "2", "1h"], ["number", "units", "clock"], ".", None),
            (["0.0625", "0.25"], ["day_fraction"], ".", 4),
            (["0.041666666666666664"], ["day_fraction"], ".", 18),
            (["0,0625", "0,5"], ["day_fraction"], ",", 4),
            (["0.25", "0.5"], ["number"], ".", None),
        ],
    )
    def test_forms_are_found_by_trying_them(
        self, tmp_path: Path, texts: list[str], forms: list[str], decimal: str, decimals: int | None
    ) -> None:
        found = activities(column(tmp_path, "hours", texts)).lengths
        assert (list(found.forms), found.decimal, found.day_decimals) == (forms, decimal, decimals)

    def test_where_a_number_may_be_hours_or_a_fraction_of_a_day_it_is_asked(self, tmp_path: Path) -> None:
        proposal = column(tmp_path, "hours", ["0.2500"])
        assert asks(proposal) == [
            "# ? each of number and day_fraction reads all of these, such as 0.2500; keep these lines if they are right:"
        ]

    def test_a_comma_that_may_stand_between_thousands_is_asked(self, tmp_path: Path) -> None:
        assert "a comma before three digits may stand between thousands" in column(tmp_path, "hours", ["1,500"]).text
        assert activities(column(tmp_path, "hours", ["1,500", "1,5"])).lengths.decimal == ","

    def test_what_no_form_reads_is_told(self, tmp_path: Path) -> None:
        proposal = column(tmp_path, "hours", ["all day"])
        assert asks(proposal) == ["# ? No form reads all day; their rows are reported."]
        assert activities(proposal).lengths.forms == (LengthForm.NUMBER,)


class TestColumns:
    def test_headings_are_found_by_likeness(self, tmp_path: Path) -> None:
        content = (
            "Member ID,Date Completd,Course Name,Type of Activity,CECs,Docs,Paid,Notes\n1,2013-04-16,A,College,1,,,x\n"
        )
        proposal = of(tmp_path, content)
        columns = activities(proposal).columns
        assert (columns.member, columns.earned_on, columns.title) == ("Member ID", "Date Completd", "Course Name")
        assert (columns.kind, columns.hours, columns.compensated) == ("Type of Activity", "CECs", "Paid")
        assert '# In no column: "Docs", "Notes"' in proposal.text

    def test_a_required_column_without_a_heading_is_asked(self, tmp_path: Path) -> None:
        proposal = of(tmp_path, "member,kind,earned_on,Blurb,Zone\na,College,2013-04-16,b,c\n")
        assert asks(proposal) == ["# ? title is required, and no heading is like it; keep one line:"]
        assert activities_of(chosen(proposal, 'title = "Blurb"')).columns.title == "Blurb"

    def test_two_headings_that_are_as_like_are_asked(self, tmp_path: Path) -> None:
        proposal = of(
            tmp_path, "member,title,kind,Course date,Date attended,hours\na,b,College,2013-04-16,2013-04-17,1\n"
        )
        assert asks(proposal) == ["# ? earned_on may be under one of these; keep one line:"]
        assert '# earned_on = "Course date"\n# earned_on = "Date attended"\n' in proposal.text

    def test_a_heading_that_stands_twice_is_asked(self, tmp_path: Path) -> None:
        proposal = of(tmp_path, "member,title,kind,date,date\na,b,College,2013-04-16,2013-04-17\n")
        assert asks(proposal) == ["# ? earned_on may be under this; keep one line:"]

    def test_numbers_under_a_heading_of_no_unit_are_asked(self, tmp_path: Path) -> None:
        proposal = of(tmp_path, "member,title,kind,date,Length\na,b,College,2013-04-16,90\n")
        assert asks(proposal) == ["# ? a length may be in hours or in minutes; keep one line:"]
        assert '# hours = "Length"\n# minutes = "Length"\n' in proposal.text
        units = of(tmp_path, "member,title,kind,date,Length\na,b,College,2013-04-16,90 min\n")
        assert activities(units).columns.hours == "Length"

    def test_hours_and_minutes_in_two_columns_are_asked(self, tmp_path: Path) -> None:
        proposal = of(tmp_path, "member,title,kind,date,Hours,Minutes\na,b,College,2013-04-16,1,30\n")
        assert asks(proposal) == ["# ? a length may be in hours or in minutes; keep one line:"]
        assert '# hours = "Hours"\n# minutes = "Minutes"\n' in proposal.text

    def test_a_grace_hill_course_needs_a_column_on_where_it_was_bought(self, tmp_path: Path) -> None:
        content = "member,title,kind,date,hours,From us?{}\na,b,Grace Hill,2013-04-16,1,Y{}\n"
        asked = (
            "# ? a Grace Hill course counts only if it was bought through the association; keep one line if it says so:"
        )
        assert asks(of(tmp_path, content.format("", ""))) == [asked]
        assert '# bought_through_association = "From us?"\n' in of(tmp_path, content.format("", "")).text
        assert asks(of(tmp_path, content.format(",Through association", ",Y"))) == []

    def test_nothing_known_is_asked_all(self, tmp_path: Path) -> None:
        assert len(asks(of(tmp_path, "x,y\n1,2\n"))) == 4


def activities_of(layout: Layout) -> Any:
    assert layout.activities is not None
    return layout.activities


class TestWords:
    def test_words_are_found_by_likeness(self, tmp_path: Path) -> None:
        words = ["Association Course", "association_course", "ASSOCIATION COURSE", "Conference", "Coledge course"]
        found = activities(column(tmp_path, "kind", words)).kinds
        assert [(word.word, str(word.means)) for word in found] == [
            ("Association Course", "association_course"),
            ("Conference", "conference_session"),
            ("Coledge course", "college_course"),
        ]

    def test_punctuation_is_like_nothing(self, tmp_path: Path) -> None:
        proposal = column(tmp_path, "kind", ["???"])
        assert len(asks(proposal)) == 1
        assert '# "???" = ""\n' in proposal.text

    def test_documents_are_divided_by_what_makes_words_of_them(self, tmp_path: Path) -> None:
        texts = ["Certificate + Receipt", "Transcript/Exam", "Certificate, Receipt & Exam", "A / B"]
        found = column(tmp_path, "documents", texts)
        assert 'documents_divided_by = ["+", "/", ",", "&"]' in found.text
        assert asks(found) == [LIKE_NONE.format(word) for word in ("A", "B")]
        assert found.text.count(f"[activities.documents]\n# Codes: {', '.join(cec.DocumentKind)}\n") == 1

    def test_a_cell_with_several_designations_needs_a_row_for_each(self, tmp_path: Path) -> None:
        found = of(tmp_path, 'member,designation\na,"CAM, nalp"\nb,CAM and CAPS\n')
        several = "holds several codes; give each a row of its own."
        assert asks(found) == [f"# ? CAM, nalp {several}", f"# ? CAM and CAPS {several}"]
        read_layout(found.text)

    def test_designations_have_their_full_names(self, tmp_path: Path) -> None:
        proposal = of(tmp_path, "Name,Certification,Effective Date\na,Certified Apartment Manager,1/31/2013\nb,CAS,\n")
        layout = read_layout(proposal.text)
        assert layout.designations is not None
        assert [str(word.means) for word in layout.designations.designations] == ["CAM"]
        assert layout.designations.columns.term_start == "Effective Date"
        assert layout.designations.days.formats == ("M/D/YYYY",)

    def test_yes_and_no_are_found_and_other_words_asked(self, tmp_path: Path) -> None:
        proposal = column(tmp_path, "compensated", ["Yes", "YES", "N", "true", "?"])
        assert [(word.word, word.means) for word in activities(proposal).flags] == [("Yes", True), ("N", False)]
        assert asks(proposal) == ["# ? ? is neither yes nor no; keep one line:"]

    def test_words_for_nothing_are_found(self, tmp_path: Path) -> None:
        assert activities(column(tmp_path, "documents", ["N/A", "-", "transcript"])).blanks == ("N/A", "-")

    def test_totals_are_rows_without_a_day(self, tmp_path: Path) -> None:
        content = "member,title,kind,earned_on,hours\na,Total,College,2013-04-16,1\nb,A,College,2013-04-16,1\n{}"
        assert activities(of(tmp_path, content.format("TOTAL:,,,,2\n"))).totals[0].words == ("TOTAL:",)
        assert activities(of(tmp_path, content.format(",Total,,,2\n"))).totals == ()

    def test_a_text_from_a_file_cannot_write_the_layout(self, tmp_path: Path) -> None:
        hostile = ['x"\\', "a\x1b[31m", "\x7f", "# ? y", 'a"] = 1 #', "\u202eb"]
        proposal = column(tmp_path, "kind", hostile)
        assert read_layout(proposal.text)
        assert re.search("[\x00-\x09\x0b-\x1f\x7f\u202e]", re.sub('".*?"', "", proposal.text)) is None


class TestFiles:
    ROWS = "Member ID{0}Course{0}Type{0}Date\nA{0}Señales – 1{0}College{0}2013-04-16\n"

    @pytest.mark.parametrize("separator", [",", ";", "\t", "|"])
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
    def test_the_form_of_a_file_is_found(self, tmp_path: Path, separator: str, codec: str, encoding: Encoding) -> None:
        form = activities(of(tmp_path, self.ROWS.format(separator), codec=codec)).file
        assert (form.encoding, form.separator, form.heading_row) == (encoding, separator, 1)

    def test_headings_are_found_below_other_rows(self, tmp_path: Path) -> None:
        above = "Anytown Apartment Association\nAs of January, all members, by date\n\n"
        assert activities(of(tmp_path, above + self.ROWS.format(","))).file.heading_row == 4

    def test_sheets_of_a_workbook_are_found(self, tmp_path: Path) -> None:
        openpyxl = pytest.importorskip("openpyxl", reason="openpyxl is not installed: constraints/test.txt")
        book = openpyxl.Workbook()
        book.active.title = "Notes"
        for name, rows in (
            ("Ledger", [["2013"], ["Member", "Course", "Type", "Date"], ["A", "B", "College", "4/16/2013"]]),
            ("Held", [["Member", "Credential"], ["A", "CAM"]]),
        ):
            sheet = book.create_sheet(name)
            for row in rows:
                sheet.append(row)
        book.save(tmp_path / "a.xlsx")
        layout = read_layout(proposed([str(tmp_path / "a.xlsx")]).text)
        assert layout.activities is not None
        assert layout.designations is not None
        assert (layout.activities.file.sheet, layout.activities.file.heading_row) == ("Ledger", 2)
        assert layout.designations.file.sheet == "Held"
        book = openpyxl.Workbook()
        book.save(tmp_path / "b.xlsx")
        with pytest.raises(cec.InvalidValue, match=r"b\.xlsx: must have rows, got none"):
            proposed([str(tmp_path / "b.xlsx")])

    def test_several_files_of_one_table_are_tried_together(self, tmp_path: Path) -> None:
        paths = [tmp_path / "a.csv", tmp_path / "b.csv"]
        for path, day in zip(paths, ("3/4/2013", "3/14/2013"), strict=True):
            path.write_text(self.ROWS.format(",").replace("2013-04-16", day), "utf-8")
        assert activities(proposed([str(path) for path in paths])).days.formats == ("M/D/YYYY",)
        paths[1].write_text(self.ROWS.format(";"), "utf-8")
        with pytest.raises(cec.InvalidValue, match=r"b\.csv: must have the form and the headings of .*a\.csv"):
            proposed([str(path) for path in paths])

    @pytest.mark.parametrize("name", ["a.parquet", "a.xls", "a"])
    def test_other_files_are_refused(self, tmp_path: Path, name: str) -> None:
        with pytest.raises(cec.InvalidValue, match=r"must end in \.csv, \.tsv, \.txt, \.xlsx, \.xlsm"):
            of(tmp_path, "a", name)
