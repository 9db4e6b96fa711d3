"""Layout, two tables as an office keeps them, described so that each cell is read in one way or not at all."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from ..activities import ActivityKind
from ..designations import Designation
from ..documents import DocumentKind
from ..errors import ErrorCode, Problems, shown
from .days import DayForms
from .lengths import LengthForms
from .words import DesignationWord, DocumentWord, FlagWord, KindWord, TotalRows, agree_on_words

__all__ = [
    "ActivitiesLayout",
    "ActivityColumns",
    "DesignationColumns",
    "DesignationsLayout",
    "Encoding",
    "FileForm",
    "Layout",
]


class Encoding(StrEnum):
    """The encoding of a file of text."""

    UTF_8 = "utf-8"  #: UTF-8, with or without a byte order mark.
    WINDOWS_1252 = "windows-1252"  #: Windows-1252, the encoding of Western European Windows.
    UTF_16 = "utf-16"  #: UTF-16; in little-endian order, unless a byte order mark says otherwise.


def _pairs(key: str, value: str) -> Any:
    """Returns a field that is written as a table of names and values."""
    return attrs.field(default=(), metadata={"keyed_by": key, "value": value})


@attrs.frozen(kw_only=True)
class FileForm:
    """The form of a file. None of it matters to a data frame.

    Attributes:
        heading_row: The number of the row with the headings, from 1; all rows above it are left out.
        sheet: The name of the sheet of a workbook; the first sheet if None.
        encoding: The encoding of a file of text.
        separator: The character between two cells of a file of text.
    """

    heading_row: int = 1
    sheet: str | None = None
    encoding: Encoding = Encoding.UTF_8
    separator: str = ","

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        if self.heading_row < 1:
            problems.add(("heading_row",), f"must be at least 1, got {self.heading_row}", code=ErrorCode.OUT_OF_RANGE)
        if len(self.separator) != 1 or self.separator in '"\r\n\0 ' or self.separator.isalnum():
            problem = f"must be one character such as a comma, a semicolon or a tab, got {shown(self.separator)}"
            problems.add(("separator",), problem, r'"\t" is a tab', code=ErrorCode.OUT_OF_RANGE)
        problems.settle()


# A table that says nothing of these is kept as this library's own files are.
USUAL_FILE, USUAL_DAYS, USUAL_LENGTHS = FileForm(), DayForms(), LengthForms()


@attrs.frozen(kw_only=True)
class ActivityColumns:
    """The headings of the columns of activities.

    Attributes:
        member: The heading of the members.
        title: Of the titles.
        kind: Of the kinds.
        earned_on: Of the days.
        hours: Of the lengths, if a number alone is a number of hours.
        minutes: Of the lengths, if a number alone is a number of minutes.
        provider: Of the organizations.
        addresses_compliance: Of the statement whether an activity addresses compliance.
        compensated: Of the statement whether the member was paid.
        bought_through_association: Of the statement whether a course was bought through the association's site.
        documents: Of the documents.
        row: Of the numbers by which the rows of a member are put in order.
    """

    member: str
    title: str
    kind: str
    earned_on: str
    hours: str | None = None
    minutes: str | None = None
    provider: str | None = None
    addresses_compliance: str | None = None
    compensated: str | None = None
    bought_through_association: str | None = None
    documents: str | None = None
    row: str | None = None

    def __attrs_post_init__(self) -> None:
        problems = _headings(self)
        if self.hours is not None and self.minutes is not None:
            problem = "must not stand beside hours: a layout reads the length from one column"
            problems.add(("minutes",), problem, "keep the column that has the whole length", code=ErrorCode.CONFLICT)
        problems.settle()


@attrs.frozen(kw_only=True)
class DesignationColumns:
    """The headings of the columns of designations.

    Attributes:
        member: The heading of the members.
        designation: Of the designations.
        term_start: Of the days on which terms began.
    """

    member: str
    designation: str
    term_start: str | None = None

    def __attrs_post_init__(self) -> None:
        _headings(self).settle()


def _headings(columns: Any) -> Problems:
    """Returns the problems with headings: one is blank, or is named for two columns."""
    problems = Problems()
    named: dict[str, str] = {}
    for column, heading in attrs.asdict(columns).items():
        if heading is None:
            continue
        if not heading.strip():
            problems.add((column,), f"must be a heading, got {shown(heading)}", code=ErrorCode.OUT_OF_RANGE)
        elif (other := named.setdefault(heading, column)) != column:
            problem = f"must be a heading of its own, got that of {other}, {shown(heading)}"
            problems.add((column,), problem, code=ErrorCode.CONFLICT)
    return problems


@attrs.frozen(kw_only=True)
class ActivitiesLayout:
    """A table of activities as an office keeps it.

    Attributes:
        columns: Which heading is which column.
        file: The form of the file.
        days: The ways in which days are written.
        lengths: The ways in which lengths are written.
        kinds: The words for kinds, beside their codes.
        documents: The words for kinds of documents, beside their codes.
        flags: The words for yes and no, beside `true` and `false`.
        documents_divided_by: The texts between two documents in a cell, beside `;`.
        blanks: The words that mean that nothing is there, such as `n/a`.
        totals: The rows that are totals.
    """

    columns: ActivityColumns
    file: FileForm = USUAL_FILE
    days: DayForms = USUAL_DAYS
    lengths: LengthForms = USUAL_LENGTHS
    kinds: tuple[KindWord, ...] = _pairs("word", "means")
    documents: tuple[DocumentWord, ...] = _pairs("word", "means")
    flags: tuple[FlagWord, ...] = _pairs("word", "means")
    documents_divided_by: tuple[str, ...] = ()
    blanks: tuple[str, ...] = ()
    totals: tuple[TotalRows, ...] = _pairs("heading", "words")

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        for name, kind in (("kinds", ActivityKind), ("documents", DocumentKind), ("flags", None)):
            agree_on_words(name, getattr(self, name), self.blanks, kind, problems)
        for index, divider in enumerate(self.documents_divided_by):
            if not divider.strip():
                problem = f"must have a character that is no space, got {shown(divider)}"
                problems.add(("documents_divided_by", index), problem, code=ErrorCode.OUT_OF_RANGE)
        problems.settle()


@attrs.frozen(kw_only=True)
class DesignationsLayout:
    """A table of designations as an office keeps it.

    Attributes:
        columns: Which heading is which column.
        file: The form of the file.
        days: The ways in which days are written.
        designations: The words for designations, beside their codes.
        blanks: The words that mean that nothing is there, such as `n/a`.
        totals: The rows that are totals.
    """

    columns: DesignationColumns
    file: FileForm = USUAL_FILE
    days: DayForms = USUAL_DAYS
    designations: tuple[DesignationWord, ...] = _pairs("word", "means")
    blanks: tuple[str, ...] = ()
    totals: tuple[TotalRows, ...] = _pairs("heading", "words")

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        agree_on_words("designations", self.designations, self.blanks, Designation, problems)
        problems.settle()


@attrs.frozen(kw_only=True)
class Layout:
    """How an office keeps its two tables, in files or in data frames.

    Attributes:
        activities: The table of activities; None if the layout has none.
        designations: The table of designations; None if the layout has none.
    """

    activities: ActivitiesLayout | None = None
    designations: DesignationsLayout | None = None

    def __attrs_post_init__(self) -> None:
        if self.activities is None and self.designations is None:
            problems = Problems()
            problems.add(("activities",), "is required, unless designations is given", code=ErrorCode.MISSING)
            problems.settle()
