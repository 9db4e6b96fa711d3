"""Values are built from plain data by their types, and every wrong key is reported with its path."""

from fractions import Fraction
from typing import Any

import pytest

import cecrules as cec
from cecrules.forms import RepeatedKeys
from cecrules.rulebook.provisions import CapGroup, CreditUnit
from cecrules.structuring import build, keys_of
from cecrules.unstructuring import number, plain
from cecrules.writers import DERIVED


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
        (book(caps={"service": {"name": "other"}}), "caps.service.name", "is not a known key"),
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
    made = build(CapGroup, {"name": "c", "credits": written, "kinds": ["college_course"], "clause": "c"})
    assert made.credits == amount
    assert build(CapGroup, plain(made)) == made


@pytest.mark.parametrize("written", ["5/0", "5/", "-5/3", "five"])
def test_what_is_no_number_is_refused(written: str) -> None:
    with pytest.raises(cec.InvalidValue, match="credits: must be a number"):
        build(CapGroup, {"name": "c", "credits": written, "kinds": ["college_course"], "clause": "c"})


def test_the_keys_of_a_class_are_those_it_takes() -> None:
    keys, required = keys_of(cec.Activity)
    assert {"hours", "minutes"} <= set(keys)
    assert required == ("title", "kind", "earned_on")


def test_credits_are_written_whole_where_they_are() -> None:
    assert number(cec.Credits(2)) == 2
    assert isinstance(number(cec.Credits(2)), int)
    assert number(cec.Credits(minutes=100)) == 100 / 60


def test_the_keys_of_amounts_are_two() -> None:
    keys, required = keys_of(cec.Shortfall)
    both = ("total", "total_minutes", "in_network", "in_network_minutes", "compliance", "compliance_minutes")
    assert (tuple(keys), required) == (both, both)


SHORT = {
    "total": 1.5,
    "total_minutes": 90,
    "in_network": 0,
    "in_network_minutes": 0,
    "compliance": 1,
    "compliance_minutes": 60,
}


class TestAmounts:
    """An amount is given in credits and in minutes, and the two are the same."""

    @pytest.mark.parametrize("minutes", [0, 1, 59, 60, 100])
    @pytest.mark.parametrize("unit", [1, 50, 60, 90])
    def test_both_forms_are_written_and_read_back(self, minutes: int, unit: int) -> None:
        amount = cec.Credits(minutes=minutes, minutes_a_credit=unit)
        made = cec.Shortfall(total=amount, in_network=amount, compliance=amount)
        form = plain(made)
        assert form["total_minutes"] == minutes
        again = build(cec.Shortfall, form | {"minutes_a_credit": unit}, derived=DERIVED)
        assert again == made
        assert (again.total.minutes, again.total.minutes_a_credit) == (minutes, unit)

    @pytest.mark.parametrize("written", ["1.5", 1.5, Fraction(3, 2)])
    def test_credits_are_read_as_exactly_as_anywhere(self, written: object) -> None:
        assert build(cec.Shortfall, SHORT | {"total": written}).total.minutes == 90

    @pytest.mark.parametrize(
        ("changed", "path", "code"),
        [
            ({"total": 1.4}, ("total_minutes",), "conflict"),
            ({"total_minutes": 91}, ("total_minutes",), "conflict"),
            ({"total": 0.001, "total_minutes": 0}, ("total_minutes",), "conflict"),
            ({"total": None}, ("total",), "missing"),
            ({"total_minutes": None}, ("total_minutes",), "missing"),
            ({"total": -1}, ("total",), "out_of_range"),
            ({"total": "x"}, ("total",), "malformed"),
            ({"total_minutes": -1}, ("total_minutes",), "out_of_range"),
            ({"total_minutes": 1.5}, ("total_minutes",), "wrong_type"),
        ],
    )
    def test_what_does_not_agree_is_refused_once(
        self, changed: dict[str, object], path: tuple[str, ...], code: str
    ) -> None:
        with pytest.raises(cec.InvalidValue) as caught:
            build(cec.Shortfall, SHORT | changed)
        assert (caught.value.path, caught.value.code) == (path, code)

    @pytest.mark.parametrize("key", ["total", "total_minutes"])
    def test_either_form_left_out_is_missing(self, key: str) -> None:
        with pytest.raises(cec.InvalidValue, match="is required") as caught:
            build(cec.Shortfall, {name: value for name, value in SHORT.items() if name != key})
        assert (caught.value.path, caught.value.code) == ((key,), "missing")

    @pytest.mark.parametrize("limit", [{}, {"limit": None}, {"limit": None, "limit_minutes": None}])
    def test_an_amount_that_may_be_none_is_none_without_either(self, limit: dict[str, object]) -> None:
        form = {"code": "undocumented", "clause": "c", "credits": 0, "credits_minutes": 0}
        assert build(cec.Finding, form | limit).limit is None
        with pytest.raises(cec.InvalidValue, match="limit_minutes: is required beside the other form"):
            build(cec.Finding, form | {"limit": 3})

    def test_an_amount_that_is_required_is_missing_where_both_forms_are(self) -> None:
        neither = {name: value for name, value in SHORT.items() if not name.startswith("total")}
        with pytest.raises(cec.InvalidDocument) as caught:
            build(cec.Shortfall, neither)
        assert [(problem.path, problem.code) for problem in caught.value.problems] == [
            (("total",), "missing"),
            (("total_minutes",), "missing"),
        ]


def test_problems_come_in_the_order_of_the_document_and_missing_keys_last() -> None:
    with pytest.raises(cec.InvalidDocument) as caught:
        build(CapGroup, {"flavour": "mint", "kinds": ["webinar"], "credits": -1, "name": 3})
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        (("flavour",), "unknown_key"),
        (("kinds", 0), "unknown_code"),
        (("credits",), "out_of_range"),
        (("name",), "wrong_type"),
        (("clause",), "missing"),
    ]


@pytest.mark.parametrize(
    ("into", "document", "found"),
    [
        (
            cec.Submission,
            {"first_renewal_of": ["NALP"], "renewal_year": 2014, "designations": ["CAM"]},
            [("first_renewal_of", "conflict"), ("activities", "missing")],
        ),
        (
            cec.Submission,
            {"term_starts": {"CAM": "2013-01-01"}, "first_renewal_of": ["CAS"], "holder": 3, "designations": ["NALP"]},
            [
                ("term_starts", "conflict"),
                ("first_renewal_of", "conflict"),
                ("holder", "wrong_type"),
                ("renewal_year", "missing"),
                ("activities", "missing"),
            ],
        ),
        (
            cec.Activity,
            {"colour": 1, "hours": 1, "minutes": 60, "earned_on": "May", "kind": "college_course"},
            [("colour", "unknown_key"), ("hours", "conflict"), ("earned_on", "malformed"), ("title", "missing")],
        ),
        (
            cec.Activity,
            {"hours": None, "earned_on": "May", "kind": "college_course"},
            [("earned_on", "malformed"), ("title", "missing"), ("hours", "missing")],
        ),
        (
            cec.Shortfall,
            {"total": 1, "total_minutes": 61, "in_network": "x", "in_network_minutes": 60},
            [
                ("total_minutes", "conflict"),
                ("in_network", "malformed"),
                ("compliance", "missing"),
                ("compliance_minutes", "missing"),
            ],
        ),
    ],
    ids=["missing", "all sorts", "beside", "a length", "an amount"],
)
def test_a_value_in_conflict_with_another_is_told_in_its_place(
    into: type, document: dict[str, object], found: list[tuple[str, str]]
) -> None:
    with pytest.raises(cec.InvalidDocument) as caught:
        build(into, document)
    assert [(problem.path[0], problem.code.value) for problem in caught.value.problems] == found


def test_values_that_do_not_follow_from_the_rest_are_told_in_the_order_of_the_document() -> None:
    assessment = cec.to_dict(cec.evaluate(cec.Submission(renewal_year=2014, designations=["CAM"], activities=[])))
    document = {"renewable": True} | assessment | {"renewable": True, "format": "another"}
    with pytest.raises(cec.InvalidDocument) as caught:
        build(cec.Assessment, document, derived=DERIVED)
    assert [problem.path for problem in caught.value.problems] == [("renewable",), ("format",)]


def test_what_a_value_refuses_itself_is_told_with_its_path() -> None:
    with pytest.raises(cec.InvalidDocument) as caught:
        build(cec.Rulebook, book(window={"kind": "calendar_year", "clause": "c", "months": 3, "grace_months": 3}))
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        (("window", "years_before"), "out_of_range"),
        (("window", "months"), "conflict"),
        (("window", "grace_months"), "conflict"),
    ]


def test_fields_at_their_default_are_left_out() -> None:
    assert plain(CreditUnit(minutes=60, clause="unit.hour")) == {"minutes": 60, "clause": "unit.hour"}
    assert "because" not in plain(cec.NAAEI_2014.clause("required.cam"))
