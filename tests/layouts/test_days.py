"""A day is read in the forms that a layout states, exactly, and no other text is a day."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from cecrules.layouts.days import MONTHS, DayForms, day_in, shape_of

CENTURY = 2000
FORMATS = [
    *("M/D/YYYY", "D.M.YYYY", "YYYY-M-D", "YYYY-MM-DD", "MM/DD/YYYY", "YYYYMMDD", "DDMMYYYY"),
    *("M/D/YY", "D-M-YY", "YY/M/D", "MMDDYY"),
    *("D MMM YYYY", "D-MMM-YYYY", "MMM D, YYYY", "MMM D,YYYY", "MMM D YY", "D MMM, YYYY"),
]


def written(day: date, format: str, *, long: bool = False) -> str:
    """A day in a format, written by another way than it is read."""
    name = MONTHS[day.month - 1].title()
    text = format.replace("MMM", "@")
    for token, value in (
        ("YYYY", f"{day.year:04}"),
        ("YY", f"{day.year % 100:02}"),
        ("MM", f"{day.month:02}"),
        ("M", str(day.month)),
        ("DD", f"{day.day:02}"),
        ("D", str(day.day)),
    ):
        text = text.replace(token, value)
    return text.replace("@", name if long else name[:3])


def read(text: str, *formats: str, **options: Any) -> date | None:
    return day_in(text, DayForms(formats=formats, century=CENTURY, **options))


class TestDayIn:
    @pytest.mark.parametrize("format", FORMATS)
    @given(day=st.dates(date(2000, 1, 1), date(2099, 12, 31)), long=st.booleans())
    def test_a_written_day_reads_back_as_itself(self, format: str, day: date, long: bool) -> None:
        assert read(written(day, format, long=long), format) == day

    @given(day=st.dates(date(1000, 1, 1)), time=st.times())
    def test_a_time_of_day_shifts_no_day(self, day: date, time: Any) -> None:
        for between in "T ":
            assert read(f"{day}{between}{time}", "YYYY-MM-DD", times=True) == day
            assert read(f"{day}{between}{time}", "YYYY-MM-DD") is None

    @pytest.mark.parametrize("zone", ["Z", "+00:00", "-05:00", " EST", " UTC"])
    def test_a_time_with_a_zone_is_no_day(self, zone: str) -> None:
        assert read(f"2013-03-12 23:30:00{zone}", "YYYY-MM-DD", times=True) is None

    @pytest.mark.parametrize(
        "time", ["14:30", "14:30:00", "0:00", "2:30 PM", "12:00am", "11:59:59.999 p.m.", "14:30:00.000000"]
    )
    def test_times_are_written_in_many_ways(self, time: str) -> None:
        assert read(f"3/12/2013 {time}", "M/D/YYYY", times=True) == date(2013, 3, 12)

    @pytest.mark.parametrize("time", ["24:00", "14:60", "13:00 PM", "0:30 AM", "14", "14:30:60", "noon", "14:30 14:30"])
    def test_what_is_no_time_is_no_day_either(self, time: str) -> None:
        assert read(f"3/12/2013 {time}", "M/D/YYYY", times=True) is None

    @pytest.mark.parametrize(
        "text",
        [
            *("13/1/2013", "0/1/2013", "1/0/2013", "1/32/2013", "2/29/2013", "4/31/2013", "1/1/0000"),
            *("1/1/13", "1/1/02013", "001/1/2013", "1-1-2013", "1/1/2013 ", " 1/1/2013", "1/1/2013\n", "1 / 1 / 2013"),
            *("", "1/1", "1/1/2013/1", "٣/٣/2013", "３/３/2013", "1/1/2013 8:00", "-1/1/2013", "Jan/1/2013"),
        ],
    )
    def test_nothing_else_is_a_day(self, text: str) -> None:
        assert read(text, "M/D/YYYY") is None

    @pytest.mark.parametrize(("text", "day"), [("2/29/2012", 29), ("02/28/2012", 28), ("2/1/2012", 1)])
    def test_a_leap_day_is_one(self, text: str, day: int) -> None:
        assert read(text, "M/D/YYYY") == date(2012, 2, day)

    @pytest.mark.parametrize("month", ["Mar", "March", "MARCH", "mar", "Mar."])
    def test_a_month_has_its_name_in_full_or_short(self, month: str) -> None:
        assert read(f"12 {month} 2013", "D MMM YYYY") == date(2013, 3, 12)

    def test_september_has_two_short_names(self) -> None:
        assert read("1 Sept 2013", "D MMM YYYY") == read("1 Sep 2013", "D MMM YYYY") == date(2013, 9, 1)

    @pytest.mark.parametrize("month", ["Ma", "Marc", "Mär", "Brumaire", "3", "Juin"])
    def test_no_other_word_is_a_month(self, month: str) -> None:
        assert read(f"12 {month} 2013", "D MMM YYYY") is None

    @pytest.mark.parametrize(
        ("century", "year"), [(2000, 2013), (1900, 1913), (1950, 2013), (2013, 2013), (2014, 2113), (1914, 2013)]
    )
    def test_a_year_of_two_digits_falls_in_the_hundred_years_stated(self, century: int, year: int) -> None:
        assert day_in("11/30/13", DayForms(formats=("M/D/YY",), century=century)) == date(year, 11, 30)

    def test_several_formats_stand_in_one_column(self) -> None:
        formats = ("M/D/YYYY", "M/D/YY", "YYYY-MM-DD")
        days = [read(text, *formats) for text in ("3/12/2013", "11/30/13", "2013-07-09", "9.7.2013")]
        assert days == [date(2013, 3, 12), date(2013, 11, 30), date(2013, 7, 9), None]


class TestSerials:
    @pytest.mark.parametrize(("first", "zero"), [(1900, date(1899, 12, 30)), (1904, date(1904, 1, 1))])
    @given(serial=st.integers(10_000, 99_999))
    def test_a_serial_is_a_number_of_days(self, first: int, zero: date, serial: int) -> None:
        forms = DayForms(serials=first)
        assert day_in(str(serial), forms) == day_in(f"{serial}.0", forms) == zero + timedelta(serial)

    def test_spreadsheets_agree_on_these(self) -> None:
        assert day_in("41345", DayForms(serials=1900)) == date(2013, 3, 12)
        assert day_in("39883", DayForms(serials=1904)) == date(2013, 3, 12)

    @pytest.mark.parametrize(
        "text", ["2013", "9999", "100000", "041345", "41345.", "41345.5", "41,345", "4.1345e4", "-41345"]
    )
    def test_other_numbers_are_no_days(self, text: str) -> None:
        assert day_in(text, DayForms(serials=1900)) is None

    def test_a_fraction_is_a_time_of_day(self) -> None:
        assert day_in("41345.999", DayForms(serials=1900, times=True)) == date(2013, 3, 12)

    def test_no_number_is_a_day_unless_the_layout_says_so(self) -> None:
        assert day_in("41345", DayForms()) is None


class TestDayForms:
    @pytest.mark.parametrize(
        "format",
        [
            *("", "M/D", "YYYY", "M/D/YYYYY", "M/M/YYYY", "D/M/D/YYYY", "MDYYYY", "M/DYYYY", "DMMMYYYY"),
            *("%m/%d/%Y", "mm/dd/yyyy", "M/D/Y", "M//D/YYYY", "M/D/YYYY ", "M  D YYYY", "YYYY-MM-DD HH:MM"),
        ],
    )
    def test_a_format_has_one_year_one_month_and_one_day(self, format: str) -> None:
        with pytest.raises(cec.InvalidValue, match="must have one year, one month and one day") as caught:
            DayForms(formats=(format,), century=CENTURY)
        assert caught.value.path == ("formats", 0)

    @pytest.mark.parametrize(
        ("one", "other"),
        [
            ("M/D/YYYY", "D/M/YYYY"),
            ("M/D/YY", "YY/M/D"),
            ("MM/DD/YYYY", "M/D/YYYY"),
            ("YYYY-MM-DD", "YYYY-DD-MM"),
            ("DD-MM-YY", "YY-M-D"),
            ("YYYYMMDD", "MMDDYYYY"),
        ],
    )
    def test_two_formats_that_read_one_text_contradict_each_other(self, one: str, other: str) -> None:
        with pytest.raises(cec.InvalidValue, match="must not read the same texts") as caught:
            DayForms(formats=(one, other), century=CENTURY)
        assert (caught.value.path, caught.value.code) == (("formats", 1), cec.ErrorCode.CONFLICT)

    @given(
        day=st.dates(date(2000, 1, 1), date(2099, 12, 31)),
        first=st.sampled_from(FORMATS),
        other=st.sampled_from(FORMATS),
    )
    def test_no_text_fits_two_formats_of_different_shapes(self, day: date, first: str, other: str) -> None:
        if shape_of(first) != shape_of(other):
            assert read(written(day, first), other) is None

    def test_a_year_of_two_digits_needs_a_century(self) -> None:
        with pytest.raises(cec.InvalidValue, match="century: is required for a year of two digits"):
            DayForms(formats=("YYYY-MM-DD", "M/D/YY"))

    @pytest.mark.parametrize(("century", "sound"), [(0, False), (1, True), (9899, True), (9900, False)])
    def test_a_century_is_within_the_calendar(self, century: int, sound: bool) -> None:
        if sound:
            assert DayForms(century=century)
        else:
            with pytest.raises(cec.InvalidValue, match="century: must be from 1 to 9899"):
                DayForms(century=century)

    @pytest.mark.parametrize("year", [0, 1899, 1901, 1970, 41345])
    def test_serials_begin_in_1900_or_1904(self, year: int) -> None:
        with pytest.raises(cec.InvalidValue, match="serials: must be 1900 or 1904"):
            DayForms(serials=year)

    def test_something_must_be_readable(self) -> None:
        with pytest.raises(cec.InvalidValue, match="formats: must have a format, unless serials are given"):
            DayForms(formats=())
        assert DayForms(formats=(), serials=1904)

    def test_every_problem_is_reported(self) -> None:
        with pytest.raises(cec.InvalidDocument) as caught:
            DayForms(formats=("M/D/YY", "today"), serials=1970)
        assert [problem.where for problem in caught.value.problems] == ["formats[1]", "century", "serials"]
