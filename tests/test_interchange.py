"""JSON in and out: what is written reads back, and nothing but a clear error comes of anything else."""

import json
from collections.abc import Callable, Iterator
from typing import Any

import attrs
import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, compliance, decide, submission

PLAIN = {
    "renewal_year": 2014,
    "designations": ["CAM"],
    "activities": [{"title": "Fair housing", "kind": "association_course", "earned_on": "2013-03-12", "hours": 2}],
}


def with_activity(**values: Any) -> dict[str, Any]:
    return PLAIN | {"activities": [PLAIN["activities"][0] | values]}


def amounts(form: Any) -> Iterator[tuple[str, Any, Any]]:
    """Every amount in a form: its key, its credits, and its minutes."""
    for key, value in form.items() if isinstance(form, dict) else enumerate(form):
        if f"{key}_minutes" in form:
            yield key, value, form[f"{key}_minutes"]
        if isinstance(value, dict | list):
            yield from amounts(value)


class TestSubmission:
    """The JSON form of a submission, as in the documentation."""

    def test_what_may_be_left_out_has_its_default(self) -> None:
        (made,) = cec.from_dict(PLAIN).activities
        assert (made.provider, made.addresses_compliance, made.documents, made.id) == ("", False, frozenset(), None)

    def test_everything_a_submission_can_say_reads_back(self) -> None:
        made = submission(
            activity(id="a-1", minutes=100, provider="Anytown Apartment Association"),
            activity("legislative_event", hours=None, title="Día en el Capitolio"),
            activity("association_service", hours="0.25"),
            holder="a CAM holder",
            first_renewal_of=["CAM"],
            renewal_date="2014-01-01",
            term_starts={"CAM": "2013-01-31"},
        )
        assert cec.loads(cec.dumps(made)) == made
        assert cec.loads(cec.dumps(made, indent=2).encode()) == made
        assert cec.from_dict(cec.to_dict(made)) == made

    def test_hours_are_written_where_they_have_a_short_decimal_and_minutes_elsewhere(self) -> None:
        forms = [cec.to_dict(activity(minutes=length)) for length in (90, 15, 100)]
        assert [(form.get("hours"), form.get("minutes")) for form in forms] == [(1.5, None), (0.25, None), (None, 100)]

    def test_every_problem_is_reported_with_its_path(self) -> None:
        wrong = with_activity(hours=-1, kind="webinar", colour="red") | {"designations": ["CMA"], "renewal_yaer": 2014}
        del wrong["renewal_year"]
        with pytest.raises(cec.InvalidDocument) as caught:
            cec.from_dict(wrong)
        assert {problem.where for problem in caught.value.problems} == {
            "renewal_year",
            "renewal_yaer",
            "designations[0]",
            "activities[0].colour",
            "activities[0].hours",
            "activities[0].kind",
        }

    @pytest.mark.parametrize("flag", ["addresses_compliance", "compensated", "bought_through_association"])
    @pytest.mark.parametrize("value", [True, False, None])
    def test_a_statement_is_true_or_false_or_not_made(self, flag: str, value: bool | None) -> None:
        made = submission(activity(**{flag: value}))
        (form,) = cec.to_dict(made)["activities"]
        assert form[flag] is value
        assert cec.loads(cec.dumps(made)) == made

    def test_problems_come_in_the_order_of_the_document_with_what_is_missing_last(self) -> None:
        wrong = {"holder": 3, "activities": [{"hours": -1, "kind": "webinar"}], "colour": "red"}
        with pytest.raises(cec.InvalidDocument) as caught:
            cec.from_dict(wrong)
        assert [(problem.where, problem.code) for problem in caught.value.problems] == [
            ("holder", "wrong_type"),
            ("activities[0].hours", "out_of_range"),
            ("activities[0].kind", "unknown_code"),
            ("activities[0].title", "missing"),
            ("activities[0].earned_on", "missing"),
            ("colour", "unknown_key"),
            ("renewal_year", "missing"),
            ("designations", "missing"),
        ]

    def test_hours_and_minutes_exclude_each_other(self) -> None:
        with pytest.raises(cec.InvalidValue, match=r"activities\[0\]\.hours: must not stand beside minutes"):
            cec.from_dict(with_activity(minutes=120))


class TestAssessment:
    """The JSON form of an assessment, as in the documentation."""

    def test_it_has_the_keys_tools_rely_on(self) -> None:
        form = cec.to_dict(decide(activity(documents=()), holder="a CAM holder"))
        assert form["format"] == "cecrules.assessment/1"
        assert form["version"] == cec.__version__
        assert form["renewable"] is False
        assert form["holder"] == "a CAM holder"
        assert (form["required"], form["required_minutes"]) == (6, 360)
        assert form["shortfall"] == {
            "total": 6,
            "total_minutes": 360,
            "in_network": 3,
            "in_network_minutes": 180,
            "compliance": 1,
            "compliance_minutes": 60,
        }
        assert [check["rule"] for check in form["checks"]] == ["total", "in_network", "compliance"]
        (decision,) = form["decisions"]
        assert {name: decision[name] for name in ("id", "title", "kind", "provider", "earned_on", "documents")} == {
            "id": None,
            "title": "Budgeting basics",
            "kind": "association_course",
            "provider": "",
            "earned_on": "2013-05-01",
            "documents": [],
        }
        assert (decision["claimed"], decision["claimed_minutes"], decision["credited_minutes"]) == (1, 60, 0)
        assert decision["outcome"] == "rejected"
        assert decision["findings"][0]["code"] == "undocumented"
        assert decision["findings"][0]["message"]
        assert form["notices"] == []

    @pytest.mark.parametrize(
        "assessment",
        [
            decide(activity(minutes=100), activity("college_course", minutes=331), compliance(minutes=1)),
            decide(activity(documents=()), activity(earned_on="2012-01-01"), first_renewal_of=["CAM"], year=2022),
            decide(compliance(minutes=70), rulebook=cec.NAAEI_2014.evolve(credit={"minutes": 50})),
            decide(year=2025, rulebook=cec.edition("naaei-pace"), term_starts={"CAM": "2024-11-30"}),
            decide(activity(minutes=100, provider="Anytown", id="a"), holder="a CAM holder"),
        ],
        ids=["odd minutes", "findings and notices", "fifty minutes a credit", "terms", "holder"],
    )
    def test_it_reads_back(self, assessment: cec.Assessment) -> None:
        assert cec.loads(cec.dumps(assessment), cec.Assessment) == assessment

    def test_what_contradicts_the_rest_is_refused(self) -> None:
        form = cec.to_dict(decide()) | {"renewable": True}
        with pytest.raises(cec.InvalidValue, match="renewable: must be False, which follows from the rest, got True"):
            cec.from_dict(form, cec.Assessment)

    def test_every_amount_is_written_in_credits_and_in_minutes(self) -> None:
        form = cec.to_dict(decide(activity("association_instruction", minutes=301)))
        found = list(amounts(form))
        assert {key for key, _, _ in found} >= {"required", "claimed", "credits", "limit", "found", "total"}
        assert all(minutes == number * 60 or number == minutes / 60 for _, number, minutes in found)

    @pytest.mark.parametrize(
        ("change", "path", "code"),
        [
            (lambda form: form.update(credited_minutes=59), ("credited_minutes",), "conflict"),
            (lambda form: form.update(credited=1.5), ("credited_minutes",), "conflict"),
            (lambda form: form.pop("credited_minutes"), ("credited_minutes",), "missing"),
            (lambda form: form.pop("credited"), ("credited",), "missing"),
            (lambda form: form["shortfall"].pop("total_minutes"), ("shortfall", "total_minutes"), "missing"),
            (
                lambda form: form["decisions"][0].update(claimed_minutes=61),
                ("decisions", 0, "claimed_minutes"),
                "conflict",
            ),
            (lambda form: form["checks"][2].update(met=True), ("checks", 2, "met"), "conflict"),
            (lambda form: form.update(minutes_a_credit=50), ("required_minutes",), "conflict"),
            (lambda form: form.update(minutes_a_credit=0), ("minutes_a_credit",), "out_of_range"),
            (lambda form: form.update(colour="red"), ("colour",), "unknown_key"),
        ],
    )
    def test_what_does_not_agree_is_refused_with_its_path_and_code(
        self, change: Callable[[dict[str, Any]], object], path: tuple[str | int, ...], code: str
    ) -> None:
        form = cec.to_dict(decide(activity()))
        change(form)
        with pytest.raises(cec.CecRulesError) as caught:
            cec.from_dict(form, cec.Assessment)
        assert (path, code) in [(problem.path, problem.code) for problem in caught.value.problems]

    def test_an_outcome_that_does_not_follow_is_told_by_its_code(self) -> None:
        form = cec.to_dict(decide(activity()))
        form["decisions"][0]["outcome"] = "rejected"
        with pytest.raises(cec.InvalidValue, match=r"decisions\[0\]\.outcome: must be 'accepted', which follows"):
            cec.from_dict(form, cec.Assessment)

    def test_each_requirement_of_a_notice_is_in_credits_of_its_own_rulebook(self) -> None:
        fifty = cec.NAAEI_2014.evolve(id="fifty", credit={"minutes": 50}, governs={"last": 2013, "first": None})
        fifty = fifty.evolve(governs={"followed_by": "naaei-2014"})
        assessment = decide(rulebook=fifty)
        form = cec.to_dict(assessment)
        (notice,) = form["notices"]
        assert form["minutes_a_credit"] == 50
        assert (notice["here"]["total_minutes"], "minutes_a_credit" in notice["here"]) == (300, False)
        assert (notice["there"]["total_minutes"], notice["there"]["minutes_a_credit"]) == (360, 60)
        for value in (assessment, assessment.notices[0]):
            again = cec.loads(cec.dumps(value), type(value))
            assert again == value
            assert repr(again) == repr(value)  # six credits are equal whatever their length

    def test_another_form_is_refused(self) -> None:
        with pytest.raises(cec.InvalidValue, match="format: must be 'cecrules.assessment/1'"):
            cec.from_dict(cec.to_dict(decide()) | {"format": "cecrules.assessment/2"}, cec.Assessment)

    def test_messages_are_for_readers_only(self) -> None:
        form = cec.to_dict(decide())
        form["checks"][0]["message"] = "in the reader's own words"
        assert cec.from_dict(form, cec.Assessment) == decide()

    def test_figures_read_back(self) -> None:
        figures = cec.figures(submission(activity(minutes=100)))
        assert cec.to_dict(figures)["renewable"] is False
        assert cec.loads(cec.dumps(figures), cec.Figures) == figures

    def test_a_requirement_reads_back(self) -> None:
        asked = cec.requirement_of((cec.Designation.CAM,), cec.NAAEI_2014.evolve(credit={"minutes": 50}))
        assert cec.to_dict(asked)["minutes_a_credit"] == 50
        assert cec.loads(cec.dumps(asked), cec.Requirement) == asked

    def test_an_offering_is_read_as_it_is_constructed(self) -> None:
        given = {"title": "Fair housing", "kind": "association_course", "price": 4900, "hours": 2}
        assert cec.from_dict(given, cec.Offering) == cec.Offering(**given)
        with pytest.raises(cec.InvalidDocument) as by_mapping:
            cec.from_dict({**given, "hours": None, "minutes": -1, "title": " "}, cec.Offering)
        with pytest.raises(cec.InvalidDocument) as by_constructor:
            cec.Offering(**{**given, "hours": None, "minutes": -1, "title": " "})
        assert str(by_mapping.value) == str(by_constructor.value)
        assert len(by_mapping.value.problems) == 2

    def test_amounts_have_a_form_of_their_own(self) -> None:
        assert cec.to_dict(cec.Credits(minutes=100)) == {"minutes": 100}
        assert cec.from_dict({"minutes": 100}, cec.Credits) == cec.Credits(minutes=100)


def parts(value: object, found: dict[type, list[Any]] | None = None) -> dict[type, list[Any]]:
    """Every value of this library inside a value, and the value itself, by class."""
    found = {} if found is None else found
    if isinstance(value, tuple | list | frozenset):
        for each in value:
            parts(each, found)
    elif attrs.has(type(value)) and value not in found.setdefault(type(value), []):
        found[type(value)].append(value)
        for field in attrs.fields(type(value)):
            parts(getattr(value, field.name), found)
    return found


def answers(book: cec.Rulebook) -> Iterator[object]:
    """A rulebook, and an answer of every function by it, to a submission of every kind."""
    days = cec.Window(first="2013-01-01", last="2013-12-31")
    kinds = [rule.kind for rule in book.kinds if rule.side != "unknown"]
    every = [activity(kind, earned_on=f"2013-05-{day:02}") for day, kind in enumerate(kinds, 1)]
    yield from (cec.screen(each, 2014, book, window=days) for each in every)
    if book.window.kind == "unknown":
        book = book.evolve(window={"kind": "calendar_year", "years_before": 1})
    made = submission(*every, held=["CAPS"], term_starts={"CAPS": days.first} if book.window.kind == "term" else {})
    offering = cec.Offering(title="A day", kind="association_course", day="2013-09-01", hours=2, price=100)
    yield from (book, made, offering, cec.evaluate(made, book), cec.figures(made, book), cec.readings(made, book))
    yield from (cec.outlook(made, "2013-06-01", book), cec.worth(made, book), cec.plan(made, [offering], book))
    yield from (cec.receipt(made, book), cec.replay(cec.receipt(made, book), made, book))
    yield from (cec.compare(cec.NAAEI_2014, book), cec.mixtures(cec.NAAEI_2014, book))
    yield from cec.years(every, ["CAPS"], [2014])


@pytest.mark.parametrize("name", cec.editions())
def test_every_value_that_is_written_reads_back(name: str) -> None:
    for kind, values in parts([*answers(cec.edition(name))]).items():
        for value in values:
            assert cec.from_dict(cec.to_dict(value), kind) == value
            assert cec.loads(cec.dumps(value), kind) == value


def test_a_key_given_twice_in_a_free_table_is_refused() -> None:
    text = cec.dumps(cec.NAAEI_2014)
    kept = '"strength": "may"'
    assert text.count(kept) == 1
    with pytest.raises(cec.InvalidValue) as caught:
        cec.loads(text.replace(kept, f'"strength": "must", {kept}'), cec.Rulebook)
    assert caught.value.path[-3:] == ("change", "compliance", "strength")
    assert caught.value.code == "repeated_key"


class TestWhatIsNoDocument:
    """Nothing but a CecRulesError that says where ever comes out."""

    @pytest.mark.parametrize(
        ("text", "words"),
        [
            ("", "must be JSON, got an empty text"),
            (b"\xff\xfe", "byte 0: must be UTF-8 text"),
            ("{", "line 1 column 2: must be JSON"),
            ("[" * 100_000, "nested no deeper"),
            ('{"a":' * 100_000, "nested no deeper"),
            ("[]", "must be an object"),
            ("null", "must be an object"),
            (7, "must be JSON text or bytes, got 7"),
            ("1" * 5000, "numbers of a sensible length"),
            (
                '{"renewal_year": NaN, "designations": ["CAM"], "activities": []}',
                "renewal_year: must be a whole number",
            ),
            (
                '{"renewal_year": 2014, "renewal_year": 2015, "designations": ["CAM"], "activities": []}',
                "renewal_year: must be given once",
            ),
            (
                '{"renewal_year": 2014, "designations": ["CAM"], "activities": [{"title": "A", "title": "B", "kind": "legislative_event", "earned_on": "2013-01-01"}]}',
                r"activities\[0\]\.title: must be given once",
            ),
            (
                '{"renewal_year": 2014, "designations": ["CAM"], "activities": [], "term_starts": {"CAM": "2013-01-01", "CAM": "2013-01-02"}}',
                r"term_starts\.CAM: must be given once",
            ),
        ],
        ids=range(13),
    )
    def test_it_is_refused_by_name(self, text: Any, words: str) -> None:
        with pytest.raises(cec.CecRulesError, match=words):
            cec.loads(text)

    @pytest.mark.parametrize(
        "hours", ["NaN", "Infinity", "-Infinity", "1e400", "1e-400", "true", "null", '"1e3"', "[]"]
    )
    def test_hours_are_a_number(self, hours: str) -> None:
        with pytest.raises(cec.CecRulesError, match="hours"):
            cec.loads(json.dumps(PLAIN).replace('"hours": 2', f'"hours": {hours}'))

    def test_an_assessment_is_no_submission(self) -> None:
        with pytest.raises(cec.InvalidValue) as caught:
            cec.loads(cec.dumps(decide()))
        error = caught.value
        assert (error.path, error.code) == (("format",), "conflict")
        assert str(error) == "format: must be a submission, got an assessment; read it into Assessment"

    @pytest.mark.parametrize(
        ("value", "into", "told"),
        [
            (decide(), cec.Outlook, "format: must be an outlook, got an assessment; read it into Assessment"),
            (submission(), cec.Receipt, "format: must be a receipt, got a submission; read it into Submission"),
            (submission(), cec.Assessment, "format: must be an assessment, got a submission; read it into Submission"),
        ],
    )
    def test_a_form_is_not_taken_for_another_one(self, value: object, into: type, told: str) -> None:
        with pytest.raises(cec.InvalidValue) as caught:
            cec.loads(cec.dumps(value), into)
        assert str(caught.value) == told

    def test_a_value_nested_far_too_deeply_is_refused(self) -> None:
        form = inner = cec.to_dict(decide())
        for _ in range(5_000):
            inner["terms"] = [dict(inner)]
            inner = inner["terms"][0]
        with pytest.raises(cec.InvalidValue, match="must be nested no deeper than its form"):
            cec.from_dict(form, cec.Assessment)

    def test_a_byte_order_mark_does_no_harm(self) -> None:
        assert cec.loads(b"\xef\xbb\xbf" + json.dumps(PLAIN).encode()) == cec.from_dict(PLAIN)

        assert cec.loads("\ufeff" + json.dumps(PLAIN)) == cec.from_dict(PLAIN)

    @pytest.mark.parametrize("value", [{"a": 1}, cec.Designation.CAM, attrs.make_class("Foreign", ["a"])(1)])
    def test_what_is_no_value_of_the_library_has_no_form(self, value: object) -> None:
        with pytest.raises(cec.InvalidValue, match="must be of this library and have a JSON form"):
            cec.to_dict(value)
        with pytest.raises(cec.InvalidValue, match="into: must be of this library and have a JSON form"):
            cec.from_dict({}, type(value))

    @given(st.text() | st.binary())
    def test_any_text_is_refused_or_read(self, text: str | bytes) -> None:
        with pytest.raises(cec.CecRulesError):
            cec.loads(text)

    @given(
        st.recursive(
            st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
            lambda inner: (
                st.lists(inner, max_size=3)
                | st.dictionaries(
                    st.sampled_from([*PLAIN, *PLAIN["activities"][0], "minutes", "holder", "x"]), inner, max_size=6
                )
            ),
        )
    )
    def test_any_json_is_refused_or_read(self, value: Any) -> None:
        try:
            assert cec.loads(json.dumps(value))
        except cec.CecRulesError:
            return
