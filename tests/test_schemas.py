"""The JSON Schemas say what the readers take."""

import json
import tomllib
from collections.abc import Iterator
from importlib import resources
from typing import Any

import jsonschema
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, compliance, decide
from cecrules import testing
from cecrules.schemas import FORMS
from cecrules.unstructuring import plain
from schema_documents import allowed

CHECK = {form: jsonschema.Draft202012Validator(cec.schema(form)) for form in FORMS}
WHOLE = {
    "renewal_year": 2014,
    "designations": ["CAM"],
    "holder": None,
    "first_renewal_of": ["CAM"],
    "renewal_date": "2014-01-01",
    "term_starts": {"CAM": "2013-01-31"},
    "activities": [
        {
            "id": None,
            "title": "A",
            "kind": "association_course",
            "earned_on": "2013-03-12",
            "hours": "1.5",
            "documents": ["transcript"],
        },
        {"title": "B", "kind": "legislative_event", "earned_on": "2013-03-12"},
    ],
}


@pytest.mark.parametrize("form", FORMS)
def test_each_is_a_schema_of_2020_12(form: str) -> None:
    jsonschema.Draft202012Validator.check_schema(cec.schema(form))
    assert cec.schema(form)["$schema"] == "https://json-schema.org/draft/2020-12/schema"


def test_there_is_none_of_anything_else() -> None:
    with pytest.raises(cec.UnknownName, match="there is no schema of 'submision'; did you mean 'submission'"):
        cec.schema("submision")


def test_a_submission_that_says_everything_fits_and_is_read() -> None:
    CHECK["submission"].validate(WHOLE)
    assert cec.from_dict(WHOLE)


def test_what_may_be_left_unsaid_may_be_null() -> None:
    unsaid = dict.fromkeys(("minutes", "addresses_compliance", "compensated", "bought_through_association"))
    made = replaced(("activities", 0), WHOLE["activities"][0] | unsaid)
    made["activities"][1] |= {"hours": None} | unsaid
    CHECK["submission"].validate(made | {"renewal_date": None})
    assert cec.from_dict(made | {"renewal_date": None}).activities[0].compensated is None


def test_a_submission_may_name_its_schema() -> None:
    made = {"$schema": "urn:cecrules:submission:1", **WHOLE}
    CHECK["submission"].validate(made)
    assert cec.from_dict(made) == cec.from_dict(WHOLE)


def replaced(path: tuple[Any, ...], value: Any) -> dict[str, Any]:
    made = json.loads(json.dumps(WHOLE))
    holder: Any = made
    for step in path[:-1]:
        holder = holder[step]
    holder[path[-1]] = value
    return made


@pytest.mark.parametrize(
    ("path", "value"),
    [
        (("renewal_year",), "2014"),
        (("renewal_year",), 14),
        (("renewal_year",), 2201),
        (("designations",), []),
        (("designations",), ["CMA"]),
        (("colour",), "red"),
        (("term_starts",), {"CMA": "2013-01-31"}),
        (("term_starts",), {"CAM": "31 January"}),
        (("activities", 0, "title"), " "),
        (("activities", 0, "kind"), "webinar"),
        (("activities", 0, "hours"), -1),
        (("activities", 0, "hours"), "1,5"),
        (("activities", 0, "hours"), ".5"),
        (("activities", 0, "hours"), "0.0"),
        (("activities", 0, "hours"), None),
        (("activities", 0, "hours"), 100_000),
        (("activities", 0, "minutes"), 60),
        (("activities", 0, "earned_on"), "2013/03/12"),
        (("activities", 0, "compensated"), "no"),
        (("activities", 0, "documents"), ["diploma"]),
        (("activities", 1, "kind"), "college_course"),
        (("activities", 1), {}),
    ],
)
def test_what_does_not_fit_is_not_read_either(path: tuple[Any, ...], value: Any) -> None:
    wrong = replaced(path, value)
    assert not CHECK["submission"].is_valid(wrong)
    with pytest.raises(cec.CecRulesError):
        cec.from_dict(wrong)


@given(
    st.fixed_dictionaries(
        {
            "title": st.sampled_from(["A", ""]),
            "kind": st.sampled_from([*cec.ActivityKind, "webinar"]),
            "earned_on": st.sampled_from(["2013-01-01", "soon"]),
        },
        optional={
            "hours": st.sampled_from([1, 0.5, "2", " 0.25 ", None, 0, -1, "x", "0", ".5", "5."]),
            "minutes": st.sampled_from([1, 60, 60.0, None, 0, 1.5]),
            "documents": st.lists(st.sampled_from(["transcript", "x"]), max_size=2),
            "compensated": st.sampled_from([True, None, 0]),
            "id": st.sampled_from(["a", None, 3]),
            "stray": st.none(),
        },
    )
)
def test_the_schema_and_the_reader_agree_on_activities(form: dict[str, Any]) -> None:
    made = {"renewal_year": 2014, "designations": ["CAM"], "activities": [json.loads(json.dumps(form))]}
    try:
        cec.from_dict(made)
    except cec.CecRulesError:
        assert not CHECK["submission"].is_valid(made)
    else:
        CHECK["submission"].validate(made)


EXAMPLES = 200


# No schema says which days are in the calendar or in the renewal year, that a designation is among others, how much a
# text of hours says, or which hours are whole minutes (a sixtieth has no exact float).
UNSAID = (
    "must be a day of the calendar",
    "must be a day of the renewal year",
    "must be among the designations held",
    "must be a whole number of minutes",
    "must have at most 18 digits on either side of the point",
    "must be at most 527040 minutes, a leap year",
)


@pytest.mark.wide
@settings(max_examples=EXAMPLES)
@given(allowed(cec.schema()))
def test_whatever_the_schema_allows_is_read_but_for_what_it_cannot_say(made: dict[str, Any]) -> None:
    try:
        cec.from_dict(made)
    except cec.CecRulesError as error:
        assert all(problem.problem.startswith(UNSAID) for problem in error.problems), error


SCALARS = st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=5)
ANYTHING = st.recursive(SCALARS, lambda inner: st.lists(inner) | st.dictionaries(st.text(), inner), max_leaves=3)


@pytest.mark.wide
@settings(max_examples=EXAMPLES)
@given(st.data())
def test_whatever_is_read_the_schema_allows(data: st.DataObject) -> None:
    """One place of a document that fits is changed into anything at all."""
    path = data.draw(st.sampled_from([*steps(WHOLE)]), "the place")
    made = replaced(path, data.draw(ANYTHING, "what stands there"))
    try:
        cec.from_dict(made)
    except cec.CecRulesError:
        return
    CHECK["submission"].validate(made)


@pytest.mark.parametrize(
    "assessment",
    [
        decide(compliance(hours=6)),
        decide(compliance(hours=6, provider="Anytown", id="a-1"), holder="a CAM holder"),
        decide(compliance(minutes=100), rulebook=cec.NAAEI_2014.evolve(compliance={"strength": "may"})),
        decide(activity("association_instruction", hours=5), activity(compensated=None)),
        decide(
            activity(documents=()), activity(earned_on="2014-01-01"), activity("college_course", hours=9), year=2014
        ),
        decide(activity("association_service"), activity("association_service"), first_renewal_of=["CAM"], year=2022),
        decide(year=2025, rulebook=cec.edition("naaei-pace"), term_starts={"CAM": "2024-11-30"}),
        decide(rulebook=cec.NAAEI_2014.evolve(credit={"minutes": 50})),
    ],
    ids=[
        "renewable",
        "holder",
        "two checks",
        "a cap",
        "findings",
        "notices",
        "terms",
        "fifty minutes a credit",
    ],
)
def test_every_assessment_fits_its_schema(assessment: cec.Assessment) -> None:
    CHECK["assessment"].validate(json.loads(cec.dumps(assessment)))


@settings(max_examples=50)
@given(data=st.data())
def test_so_does_that_of_any_submission_by_any_rulebook(data: st.DataObject) -> None:
    book = data.draw(testing.rulebooks())
    assessment = cec.evaluate(data.draw(testing.submissions(book)), book)
    CHECK["assessment"].validate(json.loads(cec.dumps(assessment)))


@given(made=testing.submissions())
def test_every_submission_that_is_written_fits_its_schema(made: cec.Submission) -> None:
    CHECK["submission"].validate(json.loads(cec.dumps(made)))


def steps(form: Any, path: tuple[Any, ...] = ()) -> Iterator[tuple[Any, ...]]:
    """The path of every key in a form."""
    for key, inner in form.items() if isinstance(form, dict) else enumerate(form):
        if isinstance(form, dict):
            yield *path, key
        if isinstance(inner, dict | list):
            yield from steps(inner, (*path, key))


# Written always, though what reads an assessment can do without them.
DISPENSABLE = {"format", "version", "holder", "renewable", "met", "outcome", "message", "notices", "set_by"}
DISPENSABLE |= {"binding", "left", "left_minutes"}


def test_every_key_of_an_assessment_is_wanted_by_the_schema_and_by_the_reader_alike() -> None:
    form = cec.to_dict(decide(activity("association_instruction", hours=5, documents=()), holder="a", year=2022))
    for path in steps(form):
        without = json.loads(json.dumps(form))
        holder: Any = without
        for step in path[:-1]:
            holder = holder[step]
        del holder[path[-1]]
        fits = CHECK["assessment"].is_valid(without)
        try:
            cec.from_dict(without, cec.Assessment)
        except cec.CecRulesError as error:
            # No schema says what follows from what.
            assert not fits or error.code is cec.ErrorCode.CONFLICT, path
        else:
            assert fits or path[-1] in DISPENSABLE, path


@pytest.mark.parametrize("name", ["required", "credited", "in_network", "out_of_network", "compliance"])
def test_an_amount_without_its_minutes_or_its_credits_does_not_fit(name: str) -> None:
    for key in (name, f"{name}_minutes"):
        form = cec.to_dict(decide())
        del form[key]
        assert not CHECK["assessment"].is_valid(form)
        assert not CHECK["assessment"].is_valid(form | {key: -1})


def test_an_assessment_without_its_format_does_not_fit() -> None:
    form = cec.to_dict(decide())
    del form["format"]
    assert not CHECK["assessment"].is_valid(form)


@pytest.mark.parametrize("name", cec.editions())
def test_every_edition_fits_the_schema_of_rulebooks(name: str) -> None:
    text = resources.files("cecrules").joinpath(f"editions/{name}.toml").read_text("utf-8")
    CHECK["rulebook"].validate(json.loads(json.dumps(tomllib.loads(text), default=str)))
    whole = {"format": "cecrules.rulebook/1", **plain(cec.edition(name))}
    CHECK["rulebook"].validate(whole)
    del whole["credit"]
    assert not CHECK["rulebook"].is_valid(whole)


def test_what_a_field_is_stands_beside_it() -> None:
    described = cec.schema()["$defs"]["Activity"]["properties"]
    assert described["earned_on"]["description"] == "The day it was earned; the last day if it took several."
    amounts = cec.schema("assessment")["properties"]
    assert amounts["required_minutes"]["description"] == "The same amount as `required`, in minutes."
