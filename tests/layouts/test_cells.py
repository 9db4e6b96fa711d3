"""A cell is read as its layout says; a cell that is not read keeps its text."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta
from decimal import Decimal
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from cecrules.frames import TotalRows, read_layout
from cecrules.layouts.cells import NOT_READ, Reading, is_total, readings_of, text_of

LAYOUT = """
format = "cecrules.layout/1"
[activities]
documents_divided_by = ["+", " and "]
blanks = ["n/a", "-"]
[activities.columns]
member = "Member"
title = "Course"
kind = "Type"
earned_on = "Date"
hours = "Hrs"
[activities.days]
formats = ["YYYY-DD-MM"]
[activities.lengths]
forms = ["units"]
[activities.kinds]
"Local Course" = "association_course"
[activities.documents]
"Certificate" = "certificate_of_completion"
"Receipt + invoice" = "payment_receipt"
[activities.flags]
Y = true
N = false
[designations.columns]
member = "Member"
designation = "Credential"
[designations.designations]
"Manager" = "CAM"
"""


def reading(column: str) -> Reading:
    layout = read_layout(LAYOUT)
    assert layout.activities is not None
    assert layout.designations is not None
    return {**readings_of(layout.designations), **readings_of(layout.activities)}[column]


@pytest.mark.parametrize(
    ("column", "text", "made"),
    [
        ("kind", "Local course", "association_course"),
        ("kind", "  LOCAL   course", "association_course"),
        ("kind", "college_course", "college_course"),
        ("kind", "College_Course", "college_course"),
        ("kind", "Local", "Local"),
        ("kind", "Local courses", "Local courses"),
        ("kind", "N/A", ""),
        ("designation", "manager", "CAM"),
        ("designation", "CAM", "CAM"),
        ("designation", "Managers", "Managers"),
        ("term_start", "2013-03-12", "2013-03-12"),
        ("addresses_compliance", "y", "true"),
        ("compensated", "N", "false"),
        ("bought_through_association", "TRUE", "true"),
        ("compensated", "False", "false"),
        ("compensated", "maybe", "maybe"),
        ("compensated", "-", ""),
        ("documents", "Certificate", "certificate_of_completion"),
        ("documents", "certificate+TRANSCRIPT", "certificate_of_completion;transcript"),
        ("documents", "transcript; Certificate and transcript;", "transcript;certificate_of_completion"),
        ("documents", "Receipt + invoice", "payment_receipt"),
        ("documents", "Certificate + Receipt + invoice", "Certificate + Receipt + invoice"),
        ("documents", "Certificate, transcript", "Certificate, transcript"),
        ("documents", ";", ";"),
        ("documents", "+", "+"),
        ("hours", "1.5 hrs", "90"),
        ("hours", "two", "two"),
        ("earned_on", "2013-12-03", "2013-03-12"),
        ("earned_on", "soon", "soon"),
    ],
)
def test_a_cell_is_read_as_the_layout_says_or_keeps_its_text(column: str, text: str, made: str) -> None:
    assert reading(column)(text) == made


@pytest.mark.parametrize(
    ("column", "text"),
    [
        ("earned_on", "2013-03-13"),  # the 13th month, in this layout
        ("earned_on", "2013-03-13 14:30"),
        ("hours", "6"),  # no unit, which minutes would take for six of them
        ("hours", "1.5"),
        ("hours", "-1e2"),
    ],
)
def test_a_text_that_would_be_read_without_a_layout_says_that_it_is_none(column: str, text: str) -> None:
    assert reading(column)(text) == text + NOT_READ


@given(text=st.text(min_size=1))
def test_no_text_is_read_that_is_no_form_of_the_layout(text: str) -> None:
    """A day has ten characters, and a length has a unit."""
    assert reading("earned_on")(text) in (text, text + NOT_READ) or len(text) == 10 or text in ("-", "n/a")
    assert not reading("hours")(text).isdecimal() or any(unit in text.lower() for unit in "hm")


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Total", True),
        (" TOTAL ", True),
        ("Total:", False),
        ("Total Quality Management", False),
        ("Sum of A-17", True),
        ("Sum of", True),
        ("Summary", False),
        ("", False),
    ],
)
def test_a_total_is_a_word_as_a_whole_unless_the_layout_leaves_its_end_open(text: str, expected: bool) -> None:
    assert is_total(text, TotalRows(heading="a", words=("Total", "Sum of *"))) is expected


@pytest.mark.parametrize(
    ("value", "text"),
    [
        (None, ""),
        (float("nan"), ""),
        (" a ", "a"),
        (True, "true"),
        (False, "false"),
        (6, "6"),
        (6.0, "6"),
        (41345.0, "41345"),
        (0.0625, "0.0625"),
        (0.00001, "0.00001"),
        (1 / 24, "0.041666666666666664"),
        (Decimal("1.50"), "1.50"),
        (Decimal("1E-3"), "0.001"),
        (date(2013, 3, 12), "2013-03-12"),
        (datetime(2013, 3, 12), "2013-03-12"),
        (datetime(2013, 3, 12, 14, 30), "2013-03-12 14:30:00"),
        (datetime(2013, 3, 12, tzinfo=UTC), "2013-03-12 00:00:00+00:00"),
        (time(1, 30), "01:30:00"),
        (timedelta(hours=1, minutes=30), "1:30:00"),
        (timedelta(days=2, minutes=5), "48:05:00"),
        (timedelta(minutes=90, microseconds=5), "1:30:00.000005"),
    ],
)
def test_a_value_has_the_text_that_a_file_would_have(value: Any, text: str) -> None:
    assert text_of(value) == text
