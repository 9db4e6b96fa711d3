"""An activity is convenient at the door and strict inside."""

import pickle
from datetime import date

import attrs
import pytest

import cecrules as cec
from builders import activity
from cecrules import Activity, ActivityKind, DocumentKind, InvalidDocument, InvalidValue
from cecrules.activities import ELSEWHERE


def test_plain_values_become_typed_ones() -> None:
    made = Activity(
        title="Fair housing update",
        kind="association_course",
        earned_on="2013-03-12",
        hours="1.5",
        documents=["transcript", "transcript"],
    )
    assert made.kind is ActivityKind.ASSOCIATION_COURSE
    assert made.earned_on == date(2013, 3, 12)
    assert (made.minutes, made.hours) == (90, 1.5)
    assert made.documents == {DocumentKind.TRANSCRIPT}


@pytest.mark.parametrize("length", [{"hours": 1.5}, {"hours": "1.5"}, {"minutes": 90}])
def test_a_length_is_given_in_hours_or_minutes(length: dict[str, object]) -> None:
    made = Activity(title="Budgeting", kind="college_course", earned_on="2013-05-01", **length)
    assert made.minutes == 90


def test_an_occasion_needs_no_length() -> None:
    made = activity("legislative_event")
    assert (made.minutes, made.hours) == (None, None)


@pytest.mark.parametrize(
    ("length", "words"),
    [
        ({"hours": 1, "minutes": 60}, "must not stand beside minutes"),
        ({}, "is required for association_course"),
        ({"hours": 0}, "hours: must be more than 0"),
        ({"hours": -2}, "hours: must be more than 0.*leave the activity out"),
        ({"minutes": 0}, "minutes: must be more than 0"),
        ({"minutes": -5}, "minutes: must be more than 0"),
        ({"hours": 9000}, "at most 527040 minutes"),
        ({"hours": True}, "hours: must be a number"),
        ({"hours": "-1"}, "hours: must be a number"),
        ({"hours": 0.01}, "whole number of minutes"),
    ],
)
def test_a_length_that_makes_no_sense_is_refused(length: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        Activity(title="Course", kind="association_course", earned_on="2013-05-01", **length)


def test_every_problem_is_reported_at_once() -> None:
    with pytest.raises(InvalidDocument) as caught:
        Activity(
            title=" ",
            kind="webinar",
            earned_on="soon",
            provider=None,
            addresses_compliance="yes",
            compensated=0,
            bought_through_association="no",
            documents=["diploma"],
            id=7,
        )
    assert [problem.where for problem in caught.value.problems] == [
        "title",
        "kind",
        "earned_on",
        "provider",
        "addresses_compliance",
        "compensated",
        "bought_through_association",
        "documents[0]",
        "id",
    ]


def test_a_missing_length_is_reported_after_what_was_given() -> None:
    with pytest.raises(InvalidDocument) as caught:
        Activity(title=" ", kind="college_course", earned_on="2013-01-01", id=7)
    assert [(problem.where, problem.code) for problem in caught.value.problems] == [
        ("title", "out_of_range"),
        ("id", "wrong_type"),
        ("hours", "missing"),
    ]


@pytest.mark.parametrize(
    ("length", "path", "code"),
    [
        ({"hours": 1, "minutes": 60}, ("hours",), "conflict"),
        ({}, ("hours",), "missing"),
        ({"hours": 0}, ("hours",), "out_of_range"),
        ({"minutes": 527041}, ("minutes",), "out_of_range"),
    ],
)
def test_a_refused_length_has_its_path_and_code(length: dict[str, object], path: tuple[str, ...], code: str) -> None:
    with pytest.raises(InvalidValue) as caught:
        Activity(title="Course", kind="association_course", earned_on="2013-05-01", **length)
    assert (caught.value.path, caught.value.code) == (path, code)


@pytest.mark.parametrize("flag", ["addresses_compliance", "compensated", "bought_through_association"])
def test_a_statement_may_be_left_unmade(flag: str) -> None:
    assert getattr(activity(**{flag: None}), flag) is None
    assert getattr(activity(), flag) is False


def test_an_activity_is_frozen_hashable_and_picklable() -> None:
    made = activity(id="a-1", provider="Anytown Apartment Association")
    with pytest.raises(attrs.exceptions.FrozenInstanceError):
        made.title = "Other"  # type: ignore[misc]
    assert {made: 1}[attrs.evolve(made)] == 1
    assert pickle.loads(pickle.dumps(made)) == made


def test_the_kinds_of_other_editions_are_those_the_page_of_2014_does_not_list() -> None:
    listed = {rule.kind for rule in cec.NAAEI_2014.kinds}
    assert {kind for kind in ActivityKind if kind not in listed} == ELSEWHERE
    with pytest.raises(InvalidValue) as caught:
        Activity(title="A", kind="visto_cours", earned_on="2013-01-01", hours=1)
    assert "'visto_course' (other editions only)" in caught.value.problems[0].hint


def test_every_kind_and_document_is_named_in_words() -> None:
    for member in (*ActivityKind, *DocumentKind):
        assert " " in member.label


def test_a_wrong_document_of_an_iterator_is_refused() -> None:
    with pytest.raises(InvalidValue, match=r"^documents\[0\]: must be the code of a document kind, got 'diploma'"):
        Activity(title="A", kind="college_course", earned_on="2013-01-01", hours=1, documents=iter(["diploma"]))
