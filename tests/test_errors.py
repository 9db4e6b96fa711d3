"""Every error says where, what was found and what was expected."""

import pickle

import pytest

import cecrules as cec
from cecrules.errors import Problems, shown


@pytest.mark.parametrize(
    ("value", "words"),
    [("CAM", "'CAM'"), (10**5000, "a value of type int")],
    ids=["text", "too long to print"],
)
def test_a_value_is_shown_whatever_it_is(value: object, words: str) -> None:
    assert shown(value) == words


def test_a_long_value_is_cut_short() -> None:
    assert len(shown("x" * 10_000)) < 100


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (cec.InvalidValue("hours", "must be more than 0", "leave it out"), "hours: must be more than 0; leave it out"),
        (cec.InvalidValue("", "must be JSON"), "must be JSON"),
    ],
)
def test_an_error_reads_where_what_and_what_to_do(error: cec.CecRulesError, words: str) -> None:
    assert str(error) == words
    assert error.problems == (error,)


def test_all_errors_for_wrong_values_are_value_errors() -> None:
    for kind in (cec.InvalidValue, cec.UnknownName, cec.InvalidDocument):
        assert issubclass(kind, ValueError)
        assert issubclass(kind, cec.CecRulesError)


def test_a_document_with_several_problems_tells_one_a_line() -> None:
    problems = Problems()
    problems.add("hours", "is wrong")
    problems.add("[2]", "is wrong too")
    with pytest.raises(cec.InvalidDocument) as caught:
        problems.settle("activities")
    assert str(caught.value) == "activities.hours: is wrong\nactivities[2]: is wrong too"
    assert caught.value.where == "activities.hours"
    assert len(caught.value.problems) == 2


def test_a_single_problem_keeps_its_own_type() -> None:
    problems = Problems()
    assert problems.attempt(cec.edition, "naaei-1066") is None
    with pytest.raises(cec.UnknownName):
        problems.settle()


def test_no_problem_raises_nothing() -> None:
    Problems().settle()


@pytest.mark.parametrize(
    "error",
    [cec.InvalidValue("a", "b", "c"), cec.InvalidDocument(cec.InvalidValue("a", "b"), cec.UnknownName("c", "d"))],
)
def test_errors_travel_between_processes(error: cec.CecRulesError) -> None:
    assert str(pickle.loads(pickle.dumps(error))) == str(error)
