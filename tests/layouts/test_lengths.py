"""A length is read in the forms that a layout states, as whole minutes exactly, and is never rounded otherwise."""

from __future__ import annotations

from fractions import Fraction
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from cecrules.activities import MOST_MINUTES
from cecrules.credits import MINUTES_A_DAY
from cecrules.layouts.lengths import LengthForm, LengthForms, minutes_in

NUMBER, UNITS, CLOCK, DAY = LengthForm
HOURS, MINUTES = 60, 1


def read(text: str, *forms: LengthForm, unit: int = HOURS, **options: Any) -> int | None:
    return minutes_in(text, LengthForms(forms=forms, **options), unit)


lengths = st.integers(1, MOST_MINUTES)


class TestNumber:
    @given(hundredths=st.integers(1, MOST_MINUTES // 60 * 100), sign=st.sampled_from(".,"))
    def test_hours_are_read_exactly_or_not_at_all(self, hundredths: int, sign: str) -> None:
        exact = Fraction(hundredths * 60, 100)
        text = f"{hundredths // 100}{sign}{hundredths % 100:02}"
        expected = exact.numerator if exact.denominator == 1 else None
        assert read(text, NUMBER, decimal=sign) == expected
        assert read(text, NUMBER, decimal=".,") == expected

    @given(minutes=lengths)
    def test_minutes_are_read_as_they_are(self, minutes: int) -> None:
        assert read(str(minutes), NUMBER, unit=MINUTES) == read(f"{minutes}.0", NUMBER, unit=MINUTES) == minutes

    @pytest.mark.parametrize(("text", "minutes"), [("3,5", 210), (",25", 15), ("6", 360), ("0,05", 3)])
    def test_a_comma_may_be_the_decimal_sign(self, text: str, minutes: int) -> None:
        assert read(text, NUMBER, decimal=",") == minutes

    @pytest.mark.parametrize(
        "text",
        [
            *("0.33", "0.99", "0.0333", "1.01", "0", "0.0", "-1", "+1", "1e1", "1.", "1,5", "1 5", "1.5.5", "1'5", "½"),
            *("nan", "inf", "٣", "３", "", " 1", "1 ", "1\n", "8784.05", "9" * 30, "0x10", "1_0", "1/2", "1,500.5"),
        ],
    )
    def test_nothing_else_is_a_length(self, text: str) -> None:
        assert read(text, NUMBER) is None

    def test_the_longest_is_a_leap_year(self) -> None:
        assert read("8784", NUMBER) == MOST_MINUTES
        assert read("8785", NUMBER) is None
        assert read("527040", NUMBER, unit=MINUTES) == MOST_MINUTES
        assert read("527041", NUMBER, unit=MINUTES) is None


class TestUnits:
    @given(minutes=lengths, unit=st.sampled_from([HOURS, MINUTES]))
    def test_hours_and_minutes_read_back_exactly(self, minutes: int, unit: int) -> None:
        hours, rest = divmod(minutes, 60)
        for text in (
            f"{hours} hr {rest} min",
            f"{hours}h{rest:02}",
            f"{hours}h {rest}m",
            f"{hours} hours and {rest} minutes",
        ):
            assert read(text, UNITS, unit=unit) == minutes
        assert read(f"{minutes} min", UNITS, unit=unit) == minutes

    @pytest.mark.parametrize(
        ("text", "minutes"),
        [
            *(("1.5 hrs", 90), ("2 hrs", 120), ("2 hrs.", 120), ("2HRS", 120), ("0.25 hour", 15), (".5 h", 30)),
            *(("90 min", 90), ("90 mins.", 90), ("90.0 minutes", 90), ("1 hr", 60), ("1 hr. 30 min.", 90)),
            *(("1 hour, 5 minutes", 65), ("1h5m", 65), ("1h 05min", 65), ("1hr30", 90), ("0 h 45 min", 45)),
        ],
    )
    def test_units_are_written_in_many_ways(self, text: str, minutes: int) -> None:
        assert read(text, UNITS) == read(text, UNITS, unit=MINUTES) == minutes

    @pytest.mark.parametrize(
        "text",
        [
            *("1.5", "2", "hrs", "1 hr 90 min", "1.5 hr 30 min", "1h5", "1 h 30", "1h300", "30 min 1 hr", "1 hr hr"),
            *(
                "0.33 hrs",
                "1.5 min",
                "0 min",
                "-1 hr",
                "2 days",
                "1 hr and 30",
                "1:30 hrs",
                "2 hrs total",
                "about 2 hrs",
            ),
        ],
    )
    def test_nothing_else_is_a_length(self, text: str) -> None:
        assert read(text, UNITS) is None

    def test_the_words_are_those_of_the_layout(self) -> None:
        words = {"hour_words": ("Std",), "minute_words": ("Minuten",), "decimal": ","}
        assert [read(text, UNITS, **words) for text in ("1,5 Std.", "30 Minuten", "1 std 30 minuten", "1 hr")] == [
            90,
            30,
            90,
            None,
        ]
        assert read("1 hr", UNITS, hour_words=()) is None
        assert read("5 min", UNITS, hour_words=()) == 5
        assert read("1h30", UNITS, minute_words=()) == 90


class TestClock:
    @given(minutes=lengths)
    def test_a_clock_reads_back_exactly(self, minutes: int) -> None:
        hours, rest = divmod(minutes, 60)
        for text in (f"{hours}:{rest:02}", f"{hours:02}:{rest:02}:00", f"{hours}:{rest:02}:00.000"):
            assert read(text, CLOCK) == read(text, CLOCK, unit=MINUTES) == minutes

    @pytest.mark.parametrize(
        "text", ["1:60", "1:5", ":30", "1:", "1:30:30", "1:30:00.5", "1.30", "-1:30", "0:00", "1:30 pm", "11111:00"]
    )
    def test_nothing_else_is_a_length(self, text: str) -> None:
        assert read(text, CLOCK) is None


class TestDayFraction:
    @given(minutes=st.integers(1, MINUTES_A_DAY))
    def test_what_a_spreadsheet_keeps_reads_back_exactly(self, minutes: int) -> None:
        exact = Fraction(minutes, MINUTES_A_DAY)
        for decimals in (4, 6, 9, 15, 18):
            day, rest = divmod(round(exact * 10**decimals), 10**decimals)
            text = f"{day}.{rest:0{decimals}}"
            assert read(text, DAY) == minutes
            assert read(text.rstrip("0").rstrip("."), DAY, day_decimals=decimals) == minutes
        assert read(f"{minutes / MINUTES_A_DAY:.17f}", DAY) == minutes

    @pytest.mark.parametrize(
        ("text", "minutes"),
        [
            ("0.0625", 90),
            ("0.041666666666666664", 60),
            ("0.041666667", 60),
            ("0.0417", 60),
            ("1.0000", 1440),
            ("0.0007", 1),
        ],
    )
    def test_a_fraction_is_read_where_one_minute_alone_rounds_to_it(self, text: str, minutes: int) -> None:
        assert read(text, DAY) == minutes

    @pytest.mark.parametrize(
        "text", ["0.06", "0.063", "0.5", "1", "0.25", "0.0624", "0.04", "0.0001", "0.00000", "-0.0625", "6.25%"]
    )
    def test_and_no_other(self, text: str) -> None:
        assert read(text, DAY) is None

    def test_zeros_may_be_left_out_of_the_decimals_stated(self) -> None:
        assert read("0.25", DAY, day_decimals=4) == 360
        assert read("0.5", DAY, day_decimals=9) == 720
        assert read("0.06251", DAY, day_decimals=4) is None

    def test_a_comma_may_be_the_decimal_sign(self) -> None:
        assert read("0,0625", DAY, decimal=",") == 90


class TestLengthForms:
    def test_a_number_is_not_two_lengths(self) -> None:
        with pytest.raises(cec.InvalidValue, match="forms: must not have number and day_fraction together"):
            LengthForms(forms=(DAY, NUMBER))

    def test_something_must_be_readable(self) -> None:
        with pytest.raises(cec.InvalidValue, match="forms: must have at least one form"):
            LengthForms(forms=())

    @pytest.mark.parametrize("sign", ["", ";", "..", ".,.", "'"])
    def test_the_decimal_sign_is_a_point_or_a_comma(self, sign: str) -> None:
        with pytest.raises(cec.InvalidValue, match="decimal: must be a point, a comma, or both"):
            LengthForms(decimal=sign)

    @pytest.mark.parametrize(("decimals", "sound"), [(0, False), (1, True), (18, True), (19, False)])
    def test_a_fraction_has_1_to_18_decimals(self, decimals: int, sound: bool) -> None:
        if sound:
            assert LengthForms(day_decimals=decimals)
        else:
            with pytest.raises(cec.InvalidValue, match="day_decimals: must be from 1 to 18"):
                LengthForms(day_decimals=decimals)

    def test_a_word_stands_for_one_unit(self) -> None:
        with pytest.raises(cec.InvalidDocument) as caught:
            LengthForms(hour_words=("h", "hr."), minute_words=("m", "H"))
        assert [problem.where for problem in caught.value.problems] == ["hour_words[1]", "minute_words[1]"]

    def test_all_forms_but_one_stand_together(self) -> None:
        forms = (NUMBER, UNITS, CLOCK)
        texts = ["2 hrs", "3,5", "4:30", "6", "1 hr 30 min", "1"]
        assert [read(text, *forms, decimal=",") for text in texts] == [120, 210, 270, 360, 90, 60]
