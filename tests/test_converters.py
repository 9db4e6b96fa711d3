"""Plain data is read strictly, and what is wrong is named with a hint."""

from collections.abc import Callable, Iterator
from datetime import UTC, date, datetime
from decimal import Decimal
from enum import StrEnum
from fractions import Fraction
from functools import partial

import pytest

from cecrules import ActivityKind, Designation, DocumentKind, InvalidDocument, InvalidValue
from cecrules.converters import (
    nearest,
    optional,
    read_amount,
    read_date,
    read_each,
    read_flag,
    read_member,
    read_members,
    read_name,
    read_number,
    read_text,
    read_whole,
)
from cecrules.errors import Path


@pytest.mark.parametrize("read", [read_text, read_name])
@pytest.mark.parametrize("raw", [None, 1, b"text", "\ud800"])
def test_what_is_no_text_is_refused(read: Callable[[object, Path], str], raw: object) -> None:
    with pytest.raises(InvalidValue, match="^title: must"):
        read(raw, ("title",))


@pytest.mark.parametrize("raw", ["", "  "])
def test_a_blank_name_is_refused(raw: str) -> None:
    with pytest.raises(InvalidValue, match="^title: must not be blank"):
        read_name(raw, ("title",))


def test_a_text_is_read_as_it_stands() -> None:
    assert read_name(" Ética ", ("title",)) == " Ética "
    assert read_text("", ("provider",)) == ""


def test_the_code_of_an_enumeration_is_plain_text() -> None:
    read = read_text(DocumentKind.TRANSCRIPT, ("title",))
    assert (read, type(read)) == ("transcript", str)


def test_a_truth_value_of_numpy_is_a_flag() -> None:
    numpy_like = type("bool_", (), {"__module__": "numpy", "__bool__": lambda _: True})
    assert read_flag(numpy_like(), ()) is True


@pytest.mark.parametrize("raw", [0, 1, "true", None])
def test_only_true_and_false_are_flags(raw: object) -> None:
    with pytest.raises(InvalidValue, match="must be true or false"):
        read_flag(raw, ("compensated",))


@pytest.mark.parametrize(
    ("raw", "most", "words"),
    [
        (True, 9, "whole number"),
        (1.5, 9, "whole number"),
        (float("nan"), 9, "whole number"),
        (float("inf"), 9, "whole number"),
        ("1", 9, "whole number"),
        (0, 9, "from 1 to 9"),
        (10, 9, "from 1 to 9"),
        (0, None, "at least 1"),
        (10**18 + 1, None, "from 1 to 1000000000000000000"),
    ],
)
def test_a_whole_number_stays_within_its_bounds(raw: object, most: int | None, words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        read_whole(raw, ("minutes",), least=1, most=most)


@pytest.mark.parametrize(
    ("raw", "number"),
    [
        (2, 2),
        (0.1, Fraction(1, 10)),
        ("0.25", Fraction(1, 4)),
        (Decimal("1e2"), 100),
        (Decimal(0), 0),
        (1e-7, Fraction(1, 10**7)),
    ],
)
def test_a_number_is_read_exactly(raw: object, number: object) -> None:
    assert read_number(raw, ("hours",)) == number


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (float("inf"), "finite"),
        (Decimal("NaN"), "finite"),
        (1e30, "at most 18 digits"),
        (Decimal("0." + "1" * 40), "at most 18 digits"),
        ("1e3", "must be a number such as 1.5"),
        ("½", "must be a number such as 1.5"),
        (False, "must be a number such as 1.5"),
        (None, "must be a number such as 1.5"),
        (-0.5, "at least 0"),
        (10**18 + 1, "at most 18 digits"),
        (Fraction(1, 10**18 + 1), "at most 18 digits"),
    ],
)
def test_what_is_no_number_is_refused(raw: object, words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        read_number(raw, ("hours",))


def test_a_date_is_a_date_or_iso_text() -> None:
    assert read_date("2013-02-28", ("earned_on",)) == read_date(date(2013, 2, 28), ("earned_on",))


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        ("2013-2-28", "YYYY-MM-DD"),
        ("20130228", "YYYY-MM-DD"),
        ("2013-W09-4", "YYYY-MM-DD"),
        ("2013-02-30", "day of the calendar"),
        (20130228, "YYYY-MM-DD"),
        (datetime(2013, 2, 28, tzinfo=UTC), r"give its \.date\(\)"),
    ],
)
def test_no_other_form_of_a_date_is_guessed_at(raw: object, words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        read_date(raw, ("earned_on",))


def test_a_code_or_its_member_is_read() -> None:
    assert read_member(Designation, "CAM", ()) is read_member(Designation, Designation.CAM, ()) is Designation.CAM


@pytest.mark.parametrize(
    ("raw", "hint"), [("association_curse", "did you mean 'association_course'"), (7, "known: conference_session")]
)
def test_an_unknown_code_is_met_with_a_hint(raw: object, hint: str) -> None:
    with pytest.raises(InvalidValue, match=hint):
        read_member(ActivityKind, raw, ("kind",))


class NoDimension:
    """As an array of no dimension: an iterable by its type, which cannot be iterated."""

    ndim = 0

    def __iter__(self) -> Iterator[object]:
        raise TypeError("iteration over a 0-d array")


@pytest.mark.parametrize("raw", ["CAM", b"CAM", {"CAM": 1}, None, 3, NoDimension()])
def test_what_is_no_list_is_refused(raw: object) -> None:
    with pytest.raises(InvalidValue, match="must be a list"):
        read_each(raw, ("designations",))


def test_every_unknown_code_of_a_list_is_reported() -> None:
    with pytest.raises(InvalidDocument) as caught:
        read_members(Designation, ["CAM", "CMA", "NAPL"], ("designations",))
    assert [problem.where for problem in caught.value.problems] == ["designations[1]", "designations[2]"]


def test_a_code_given_twice_stands_once() -> None:
    assert read_members(Designation, ["CAM", "NALP", "CAM"], ()) == (Designation.CAM, Designation.NALP)


def test_letters_that_changed_places_are_the_closest() -> None:
    assert nearest("CMA", ["CAS", "CAM", "CAPS"]) == "did you mean 'CAM'?"
    assert nearest("CAMM", ["CAMT", "CAM", "CAPS"]) == "did you mean 'CAM' or 'CAMT'?"


def test_the_same_but_for_its_case_is_the_only_one_meant() -> None:
    assert nearest("cam", ["CAS", "CAM", "CAMT"]) == "did you mean 'CAM'?"


def test_at_most_three_are_named() -> None:
    assert nearest("course", ["course1", "course2", "course3", "course4"]).count(" or ") == 2


def test_what_is_seldom_meant_is_named_last_and_marked() -> None:
    assert nearest("visto_cours", ["visto_course", "vista_course"], ["visto_course"]) == (
        "did you mean 'vista_course' or 'visto_course' (other editions only)?"
    )
    with pytest.raises(InvalidValue) as caught:
        read_member(ActivityKind, "sponsor_curse", (), rarely=("sponsor_course",))
    assert "'sponsor_course' (other editions only)" in caught.value.hint


@pytest.mark.parametrize(
    ("kind", "raw", "hint"),
    [
        (
            ActivityKind,
            "board_service",
            "did you mean 'association_service' (service on a board or committee of NAA, NAAEI or a local affiliate) or "
            "'housing_service' (service on another board, committee, commission or task force of the housing industry)?",
        ),
        (ActivityKind, "Grace Hill", "did you mean 'grace_hill_course'?"),
        (DocumentKind, "certificate", "did you mean 'certificate_of_completion'?"),
        (Designation, "Certified Apartment Manager", "did you mean 'CAM'?"),
        (ActivityKind, "association_courses", "did you mean 'association_course'?"),
        (Designation, "CAM, NALP", "give each code by itself"),
        (DocumentKind, "transcript and exam_results", "give each code by itself"),
        (DocumentKind, "sign-in sheet", "known: certificate_of_completion, transcript,"),
    ],
)
def test_a_word_of_an_office_hints_at_the_codes_it_may_mean(kind: type[StrEnum], raw: str, hint: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        read_member(kind, raw, ("at",))
    assert caught.value.hint.startswith(hint)


def test_the_codes_of_other_editions_come_last_and_many_codes_without_their_labels() -> None:
    rarely = {"visto_course", "sponsor_course"}
    with pytest.raises(InvalidValue) as caught:
        read_member(ActivityKind, "vendor course", ("at",), rarely=rarely)
    assert "or 'unlisted' (anything the source does not list) or 'visto_course' (other ed" in caught.value.hint
    with pytest.raises(InvalidValue) as caught:
        read_member(ActivityKind, "course", ("at",), rarely=rarely)
    assert caught.value.hint.startswith("did you mean 'association_course' or ")
    assert caught.value.hint.count("(other editions only)") == 2
    assert "(NAA" not in caught.value.hint


def test_nothing_close_names_everything_known() -> None:
    assert nearest("zzz", ["a", "b"]) == "known: a, b"


def test_a_whole_float_is_a_whole_number() -> None:
    number = read_whole(2014.0, ("renewal_year",), least=1)
    assert (number, type(number)) == (2014, int)


def test_none_is_read_where_a_reader_takes_it() -> None:
    read = optional(read_flag)
    assert (read(None, ()), read(True, ())) == (None, True)
    with pytest.raises(InvalidValue, match="^compensated: must be true or false"):
        read("", ("compensated",))


@pytest.mark.parametrize(
    ("read", "raw", "code"),
    [
        (read_text, 3, "wrong_type"),
        (read_text, "\ud800", "malformed"),
        (read_name, " ", "out_of_range"),
        (read_flag, 1, "wrong_type"),
        (read_number, None, "wrong_type"),
        (read_number, "x", "malformed"),
        (read_number, -1, "out_of_range"),
        (read_number, float("nan"), "out_of_range"),
        (read_number, 1e30, "out_of_range"),
        (partial(read_amount, unit=60, unit_name="hours"), 0.01, "out_of_range"),
        (partial(read_whole, least=1), 1.5, "wrong_type"),
        (partial(read_whole, least=1), 0, "out_of_range"),
        (read_date, 3, "wrong_type"),
        (read_date, "soon", "malformed"),
        (read_date, "2013-02-30", "out_of_range"),
        (partial(read_member, Designation), "CMA", "unknown_code"),
        (partial(read_member, Designation), 3, "wrong_type"),
        (read_each, "CAM", "wrong_type"),
    ],
)
def test_every_refusal_has_its_path_and_code(read: Callable[[object, Path], object], raw: object, code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        read(raw, ("activities", 2, "hours"))
    assert (caught.value.path, caught.value.code) == (("activities", 2, "hours"), code)
    assert caught.value.where == "activities[2].hours"
