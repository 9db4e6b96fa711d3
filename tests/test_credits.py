"""Credits are exact to the minute, order, add and print as people write them."""

from collections.abc import Callable
from decimal import Decimal
from fractions import Fraction
from typing import Any

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from builders import refusal
from cecrules import Credits, InvalidValue
from cecrules.credits import credits_of

minutes = st.integers(0, 10**6)


@pytest.mark.clause("unit.hour")
class TestUnitHour:
    """One credit stands for an hour, counted to the minute and never rounded."""

    @pytest.mark.parametrize("value", ["1.5", " 1.5 ", 1.5, Decimal("1.5"), Fraction(3, 2), Credits("1.5")])
    def test_an_amount_is_read_from_any_number(self, value: object) -> None:
        assert Credits(value).minutes == 90

    def test_a_number_of_numpy_is_read_as_its_own(self) -> None:
        assert (Credits(np.float64(1.1)).minutes, Credits(np.int64(2)).minutes) == (66, 120)
        assert type(Credits(minutes=np.int64(90)).minutes) is int

    def test_tenths_of_an_hour_are_exact(self) -> None:
        assert Credits(0.1).minutes == 6
        assert Credits(0.1) + Credits(0.2) == Credits("0.3")

    def test_a_seventh_of_an_hour_is_refused_with_a_hint(self) -> None:
        with pytest.raises(InvalidValue, match=r"whole number of minutes.*give minutes instead, such as minutes=9"):
            Credits(Fraction(1, 7))

    def test_a_credit_of_fifty_minutes_is_half_of_twenty_five(self) -> None:
        assert Credits("0.5", minutes_a_credit=50).minutes == 25
        assert Credits(minutes=25, minutes_a_credit=50) == Credits(minutes=30)


@pytest.mark.parametrize(
    "values",
    [
        {},
        {"value": 1, "minutes": 60},
        {"value": -1},
        {"value": True},
        {"value": "1,5"},
        {"value": float("nan")},
        {"value": "-1"},
        {"value": Fraction(-1, 2)},
        {"value": []},
        {"value": Decimal("1e999999")},
        {"value": 1e-300},
        {"minutes": -1},
        {"minutes": 1.5},
        {"minutes": True},
        {"value": 1, "minutes_a_credit": 0},
    ],
)
def test_anything_else_is_refused(values: dict[str, object]) -> None:
    with pytest.raises(InvalidValue):
        Credits(**values)


@pytest.mark.parametrize(
    ("values", "where", "problem"),
    [
        ({}, "", "expected either a number of credits or minutes=, exactly one of them"),
        ({"value": 1, "minutes": 60}, "", "expected either a number of credits or minutes=, exactly one of them"),
        ({"value": -1}, "", "must be at least 0, got -1"),
        ({"value": "1/7"}, "", "must be a number such as 1.5, got '1/7'"),
        ({"value": Fraction(1, 7)}, "", "must be a whole number of minutes, got Fraction(1, 7) credits of 60 minutes"),
        ({"minutes": -1}, "minutes", "must be at least 0, got -1"),
        ({"value": 1, "minutes_a_credit": 0}, "minutes_a_credit", "must be at least 1, got 0"),
    ],
)
def test_what_is_refused_is_told_by_its_argument(values: dict[str, object], where: str, problem: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Credits(**values)
    assert (caught.value.where, caught.value.problem) == (where, problem)


@given(minutes, minutes)
def test_credits_add_subtract_and_order_like_their_minutes(a: int, b: int) -> None:
    one, other = Credits(minutes=a), Credits(minutes=b)
    assert (one + other).minutes == a + b
    assert (one + other) - other == one
    assert (one < other) == (a < b)
    assert (one == other) == (a == b)
    assert (one >= other) == (a >= b)


@given(minutes, st.integers(1, 120))
def test_credits_equal_and_hash_like_the_number_they_stand_for(count: int, unit: int) -> None:
    amount = Credits(minutes=count, minutes_a_credit=unit)
    assert amount == amount.number
    assert hash(amount) == hash(amount.number)
    assert eval(repr(amount), {"Credits": Credits}) == amount  # noqa: S307
    assert float(amount) == count / unit
    assert bool(amount) == (count > 0)


def test_no_more_is_not_less() -> None:
    assert not Credits(2) < 1
    assert not Credits(2) < Decimal(2)


def test_credits_compare_with_numbers_of_any_kind() -> None:
    half = Credits("1.5")
    assert half == 1.5
    assert half == Decimal("1.5")
    assert half < 2 <= Credits(2)
    assert half < Decimal(2)
    assert half < Decimal("Infinity")
    assert half < Decimal("1e999999999999")
    assert half < float("inf")
    assert half != "1.5"


@pytest.mark.parametrize("stranger", ["2", None, float("nan")])
def test_credits_do_not_order_with_what_is_no_number(stranger: object) -> None:
    with pytest.raises(TypeError):
        assert Credits(1) < stranger


@pytest.mark.parametrize(
    ("calculate", "told"),
    [
        (
            Credits,
            ((), "expected either a number of credits or minutes=, exactly one of them", "", "conflict"),
        ),
        (
            lambda: Credits(1) - "1.5",
            ((), "expected at most 1 to be taken away, got 1.5", "credits are never negative", "out_of_range"),
        ),
        (
            lambda: Credits(1) + Credits(1, minutes_a_credit=50),
            (
                (),
                "expected credits of 60 minutes, got credits of 50",
                "amounts with different minutes per credit cannot be combined",
                "conflict",
            ),
        ),
        (
            lambda: Credits(1, minutes_a_credit=50) - Credits(1),
            (
                (),
                "expected credits of 50 minutes, got credits of 60",
                "amounts with different minutes per credit cannot be combined",
                "conflict",
            ),
        ),
        (
            lambda: Credits(minutes=-1),
            (("minutes",), "must be at least 0, got -1", "", "out_of_range"),
        ),
        (
            lambda: Credits(1, minutes_a_credit=0),
            (("minutes_a_credit",), "must be at least 1, got 0", "", "out_of_range"),
        ),
        (lambda: Credits(-1), ((), "must be at least 0, got -1", "", "out_of_range")),
    ],
    ids=["nothing", "more than there is", "added", "taken away", "minutes", "unit", "number"],
)
def test_what_cannot_be_an_amount_says_where_and_why(
    calculate: Callable[[], Credits], told: tuple[object, ...]
) -> None:
    assert refusal(calculate) == told


def test_amounts_of_the_same_scheme_do_however_long_its_credits() -> None:
    one, other = (Credits(1, minutes_a_credit=int("1000")) for _ in range(2))
    assert (one + other).minutes == 2000


@pytest.mark.parametrize(
    ("count", "unit", "text"),
    [
        (360, 60, "6"),
        (90, 60, "1.5"),
        (15, 60, "0.25"),
        (100, 60, "1 h 40 min"),
        (1, 60, "1 min"),
        (0, 60, "0"),
        (600, 60, "10"),
        (75, 50, "1.5"),
    ],
)
def test_credits_print_as_people_write_them(count: int, unit: int, text: str) -> None:
    assert str(Credits(minutes=count, minutes_a_credit=unit)) == text


@pytest.mark.parametrize(
    ("amount", "text"),
    [
        (Credits("1.5"), "Credits('1.5')"),
        (Credits(minutes=100), "Credits(minutes=100)"),
        (Credits(2, minutes_a_credit=50), "Credits('2', minutes_a_credit=50)"),
    ],
)
def test_credits_show_how_they_are_made(amount: Credits, text: str) -> None:
    assert repr(amount) == text


def test_a_number_is_of_the_scheme_it_is_added_to() -> None:
    assert repr(Credits(1, minutes_a_credit=50) + 1) == "Credits('2', minutes_a_credit=50)"
    assert repr(Credits(3, minutes_a_credit=50) - 1) == "Credits('2', minutes_a_credit=50)"


def test_numbers_add_from_either_side() -> None:
    assert 1 + Credits("0.5") == sum([Credits(1), Credits("0.5")], Credits(0))


def test_shared_amounts_are_equal_to_made_ones() -> None:
    assert credits_of(90, 60) == Credits("1.5")


@pytest.mark.parametrize("number", [int, float, Decimal, Fraction])
def test_an_amount_equals_its_own_number_alone(number: Callable[[int], object]) -> None:
    assert [Credits(2) == number(other) for other in (1, 2, 3)] == [False, True, False]
    assert [Credits(2) == Credits(other) for other in (1, 2, 3)] == [False, True, False]


def test_an_amount_is_formatted_as_its_text() -> None:
    assert (f"{Credits('1.5'):>5}", f"{Credits('1.5')}") == ("  1.5", "1.5")


@pytest.mark.parametrize("most", [{"minutes": 2**53}, {"value": 10**5000}, {"value": "150119987579016.6"}])
def test_more_minutes_than_json_has_exactly_are_refused(most: dict[str, Any]) -> None:
    assert Credits(minutes=2**53 - 1).minutes == 2**53 - 1
    found = refusal(lambda: Credits(**most))
    assert str(found[1]).startswith("must be at most 9007199254740991 minutes, got")
    assert found[3] == "out_of_range"
