"""Values are built from plain data by their types, and every wrong key is reported with its path."""

from fractions import Fraction
from typing import Any

import pytest

import cecrules as cec
from cecrules.rulebook.provisions import CapGroup, CreditUnit
from cecrules.structuring import RepeatedKeys, build, keys_of
from cecrules.unstructuring import fields, number, plain


def book(**changes: Any) -> dict[str, Any]:
    return plain(cec.NAAEI_2014) | changes


def repeated(table: dict[str, Any], *keys: str) -> RepeatedKeys:
    made = RepeatedKeys(table)
    made.repeated = keys
    return made


@pytest.mark.parametrize(
    ("raw", "where", "words"),
    [
        ([], "", "must be an object"),
        (book(caps=[]), "caps", "must be a table"),
        (book(caps={"service": 3}), "caps.service", "must be a table"),
        (book(caps={"service": {"name": "other"}}), "caps.service.name", "the name of the table is it"),
        (book(compliance="one"), "compliance", "must be an object"),
        (book(title=3), "title", "must be text"),
        (book(colour=3), "colour", "is not a known key"),
        (book(credit={"minutes": 60}), "credit.clause", "is required"),
        (book(caps=repeated(plain(cec.NAAEI_2014)["caps"], "service")), "caps.service", "must be given once"),
    ],
)
def test_what_does_not_fit_is_told_with_its_path(raw: Any, where: str, words: str) -> None:
    with pytest.raises(cec.CecRulesError, match=words) as caught:
        build(cec.Rulebook, raw)
    assert where in [problem.where for problem in caught.value.problems]


@pytest.mark.parametrize(
    ("written", "amount"), [("5/3", Fraction(5, 3)), (1.5, Fraction(3, 2)), ("1.5", Fraction(3, 2)), (2, 2)]
)
def test_a_number_of_credits_is_read_exactly(written: object, amount: Fraction) -> None:
    made = build(CapGroup, {"name": "c", "credits": written, "kinds": [], "clause": "c"})
    assert made.credits == amount
    assert build(CapGroup, plain(made)) == made


@pytest.mark.parametrize("written", ["5/0", "5/", "-5/3", "five"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(cec.InvalidValue, match="credits: must be a number"):
        build(CapGroup, {"name": "c", "credits": written, "kinds": [], "clause": "c"})


def test_the_keys_of_a_class_are_those_it_takes() -> None:
    keys, required = keys_of(cec.Activity)
    assert {"hours", "minutes"} <= set(keys)
    assert required == ("title", "kind", "earned_on")


def test_credits_are_written_whole_where_they_are() -> None:
    assert number(cec.Credits(2)) == 2
    assert isinstance(number(cec.Credits(2)), int)
    assert number(cec.Credits(minutes=100)) == 100 / 60


def test_a_third_of_a_credit_reads_back() -> None:
    shortfall = cec.Shortfall(
        total=cec.Credits(minutes=100), in_network=cec.Credits(minutes=1), compliance=cec.Credits(0)
    )
    assert build(cec.Shortfall, fields(shortfall)) == shortfall
    with pytest.raises(cec.InvalidValue, match="total: must be credits of whole minutes"):
        build(cec.Shortfall, {"total": 0.001, "in_network": 0, "compliance": 0})


def test_fields_at_their_default_are_left_out() -> None:
    assert fields(CreditUnit(minutes=60, clause="unit.hour")) == {"minutes": 60, "clause": "unit.hour"}
    assert "because" not in fields(cec.NAAEI_2014.clause("required.cam"))
