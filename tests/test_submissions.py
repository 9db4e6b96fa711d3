"""A submission is one person's report for one renewal year."""

import pickle
from datetime import date

import attrs
import pytest

from builders import activity, submission
from cecrules import Designation, InvalidDocument, InvalidValue, Submission


def test_plain_values_become_typed_ones() -> None:
    made = submission(
        held=["CAM", Designation.NALP, "CAM"], renewal_date="2014-01-01", term_starts={"CAM": "2013-01-31"}
    )
    assert made.designations == (Designation.CAM, Designation.NALP)
    assert made.renewal_date == date(2014, 1, 1)
    assert made.term_starts == ((Designation.CAM, date(2013, 1, 31)),)


@pytest.mark.parametrize("year", [1900, 2014.0, 2200])
def test_a_renewal_year_is_a_whole_number_of_either_type(year: float) -> None:
    made = submission(year=year)
    assert (made.renewal_year, type(made.renewal_year)) == (year, int)


def test_the_starts_of_terms_are_a_mapping_or_the_pairs_they_are_held_as() -> None:
    made = submission(held=["CAM", "CAPS"], term_starts={Designation.CAPS: date(2013, 2, 1), "CAM": "2013-01-31"})
    assert made.term_starts == ((Designation.CAPS, date(2013, 2, 1)), (Designation.CAM, date(2013, 1, 31)))
    assert attrs.evolve(made) == made
    assert submission(held=["CAM", "CAPS"], term_starts=made.term_starts) == made


def test_a_submission_is_hashable_and_picklable() -> None:
    made = submission(activity(), holder="a CAM holder", first_renewal_of=["CAM"])
    assert pickle.loads(pickle.dumps(made)) == made
    assert hash(made) == hash(pickle.loads(pickle.dumps(made)))


@pytest.mark.parametrize(
    ("values", "words"),
    [
        ({"held": []}, "designations: must name at least one"),
        ({"held": "CAM"}, "designations: must be a list"),
        ({"held": None}, "designations: must be a list"),
        ({"year": "2014"}, "renewal_year: must be a whole number"),
        ({"year": 14}, "renewal_year: must be from 1900 to 2200, got 14"),
        ({"year": 2201}, "renewal_year: must be from 1900 to 2200"),
        ({"first_renewal_of": ["CAPS"]}, "first_renewal_of: must be among the designations held, got 'CAPS'"),
        ({"term_starts": {"CAPS": "2013-01-01"}}, "term_starts: must be among the designations held"),
        ({"term_starts": {"CAM": "soon"}}, r"term_starts\.CAM: must be a date"),
        ({"term_starts": {"CMA": "2013-01-01"}}, r"term_starts\.CMA: must be the code of a designation"),
        ({"term_starts": 3}, "term_starts: must map designations to dates, got 3"),
        ({"term_starts": [("CAM", "2013-01-01")]}, "term_starts: must map designations to dates"),
        ({"term_starts": (("CAM",),)}, "term_starts: must map designations to dates"),
        ({"term_starts": (3,)}, "term_starts: must map designations to dates"),
        ({"term_starts": (("CAM", "2013-01-01"),) * 2}, r"term_starts\.CAM: must be given once"),
        ({"renewal_date": "2015-01-01"}, "renewal_date: must be a day of the renewal year 2014"),
        ({"holder": 3}, "holder: must be text"),
    ],
)
def test_what_makes_no_sense_is_refused(values: dict[str, object], words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        submission(**values)


@pytest.mark.parametrize(
    ("activities", "words"),
    [("none", "activities: must be a list"), ([activity(), {}], r"activities\[1\]: must be an Activity")],
)
def test_activities_are_activities(activities: object, words: str) -> None:
    with pytest.raises(InvalidValue, match=words):
        Submission(renewal_year=2014, designations=["CAM"], activities=activities)


def test_every_problem_is_reported_at_once() -> None:
    with pytest.raises(InvalidDocument) as caught:
        submission(held=[], year=0, holder=3, first_renewal_of=["XYZ"])
    assert len(caught.value.problems) == 4


def test_problems_come_in_the_order_of_the_fields() -> None:
    with pytest.raises(InvalidDocument) as caught:
        submission(held=["CAM"], year=14, holder=3, first_renewal_of=["CAPS"], renewal_date="soon")
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [
        (("renewal_year",), "out_of_range"),
        (("holder",), "wrong_type"),
        (("first_renewal_of",), "conflict"),
        (("renewal_date",), "malformed"),
    ]
