"""Outlooks, worths, years and plans in words, on a page and in JSON."""

from __future__ import annotations

import copy
import pickle
from datetime import date
from typing import Any

import attrs
import jsonschema
import pytest

import cecrules as cec
from builders import activity, compliance, submission
from cecrules.presentation.ahead_sentences import (
    gain_sentence,
    gains_in_words,
    outlook_facts,
    outlook_sentence,
    plan_lines,
    plan_sentence,
    price_in_words,
    time_in_words,
    worth_sentence,
    year_sentence,
)
from cecrules.presentation.readings_sentences import open_sentence, readings_sentence, turn_sentence

PACE = cec.edition("naaei-pace")
STARTS = {"CAM": "2024-01-31", "CAS": "2024-11-30"}
TWO_TERMS = submission(activity(hours=5, earned_on="2025-01-15"), held=["CAM", "CAS"], year=2025, term_starts=STARTS)
UNSURE = submission(
    compliance(2, addresses_compliance=None),
    activity(hours=2, documents=()),
    activity("association_instruction", hours=2, compensated=None, earned_on="2013-12-30", documents=()),
    activity("grace_hill_course", hours=1, bought_through_association=None),
)


BY_FORM = submission(
    activity(hours=5), activity("association_service", title="Board", documents=("signed_reporting_form",))
)


def none_short() -> cec.Shortfall:
    return cec.evaluate(submission(compliance(6))).shortfall


def planned(**values: Any) -> cec.PlannedOffering:
    offering = cec.Offering(title="Ethics", kind="association_course", price=123456, hours=2, **values)
    keep = (cec.DocumentKind.TRANSCRIPT,) if not values else ()
    return cec.PlannedOffering(position=0, offering=offering, earned_on=offering.day or date(2013, 12, 1), keep=keep)


def a_plan(*chosen: cec.PlannedOffering, short: cec.Shortfall | None = None) -> cec.Plan:
    return cec.Plan(
        rulebook="naaei-2014",
        renewal_year=2014,
        designations=(cec.Designation.CAM,),
        price=sum(one.offering.price for one in chosen),
        short=none_short() if short is None else short,
        chosen=chosen,
    )


class TestOutlookInWords:
    """One sentence for each state, and the facts it rests on."""

    @pytest.mark.parametrize(
        ("activities", "as_of", "hours", "words"),
        [
            ([compliance(6)], "2013-12-01", 24, "met: nothing more is needed"),
            (
                [compliance(6, documents=())],
                "2014-02-01",
                24,
                "evidence: one more document or statement completes it, without another activity",
            ),
            (
                [compliance(3, documents=()), activity(hours=3, documents=())],
                "2014-02-01",
                24,
                "evidence: 2 documents or statements complete it, without another activity",
            ),
            (
                [compliance(4)],
                "2013-12-30",
                "1.5",
                "open: at least 2 h of activities are needed; begin on 2013-12-30 at the latest",
            ),
            (
                [compliance(4)],
                "2013-12-31",
                "1.5",
                "closed: at least 2 h of activities are needed, and 1 h 30 min can be used until 2013-12-31",
            ),
            (
                [compliance(4)],
                "2014-01-01",
                24,
                "closed: the last day that counts was 2013-12-31, and more is short (2 credits)",
            ),
        ],
    )
    def test_the_state_is_said(self, activities: list[cec.Activity], as_of: str, hours: Any, words: str) -> None:
        assert outlook_sentence(cec.outlook(submission(*activities), as_of, hours_a_day=hours)) == words

    def test_caps_are_said(self) -> None:
        found = cec.outlook(submission(compliance(4)), "2014-01-01")
        capped = attrs.evolve(found, limit=cec.OutlookLimit.CAPS)
        assert outlook_sentence(capped) == "closed: no more activities can add the credits that are short (2 credits)"

    def test_the_facts_are_said(self) -> None:
        found = cec.outlook(
            submission(compliance(3), activity("association_instruction", hours=3, compensated=None)), "2013-12-31"
        )
        assert outlook_facts(found) == [
            "short as stated: nothing",
            "short with every document and statement: nothing",
            "a missing statement is false to the assessment above, which is the best case for pay",
            "1 day left, to 2013-12-31",
            "these are as few as will do, and others may do as well",
        ]
        two = attrs.evolve(found, plans=(0, 3), needs_are_fewest=False)
        assert outlook_facts(two)[:2] == [
            "activities 1 and 4 are still ahead, and taken as carried out, with a document at hand",
            "short once that is done: nothing",
        ]
        assert outlook_facts(two)[-1] == "none of them can be left out; another set may be smaller"

    def test_the_hours_of_a_day_are_said_where_they_are_fewer_than_all(self) -> None:
        found = cec.outlook(submission(compliance(3)), "2013-12-30", hours_a_day="1.5")
        assert "2 days left, to 2013-12-31; at 1 h 30 min a day, 3 h can be used" in outlook_facts(found)

    def test_what_is_met_by_plans_says_so(self) -> None:
        found = cec.outlook(submission(compliance(6)), "2013-12-31")
        assert outlook_sentence(found) == "met: nothing more is needed"
        ahead = "met: nothing more is needed, once activity 1 is carried out and documented"
        assert outlook_sentence(attrs.evolve(found, plans=(0,))) == ahead

    @pytest.mark.parametrize(("minutes", "words"), [(0, "0 min"), (45, "45 min"), (60, "1 h"), (150, "2 h 30 min")])
    def test_time_is_written_as_people_do(self, minutes: int, words: str) -> None:
        assert time_in_words(minutes) == words


class TestText:
    """`explain` with what is beside an assessment."""

    def test_it_says_what_is_needed_and_what_helps(self) -> None:
        text = cec.explain(cec.evaluate(UNSURE), outlook=cec.outlook(UNSURE, "2013-12-01"), worth=cec.worth(UNSURE))
        for line in (
            "Outlook for CAM on 2013-12-01",
            "    activity 1, Fair housing update: state that it addresses compliance, if it does",
            "    activity 3, Budgeting basics: state that it was unpaid, if it was",
            "  activity 3 is still ahead, and taken as carried out, with a document at hand",
            "One more entry for CAM, of 1 h if its kind is measured in hours",
        ):
            assert line in text.splitlines()
        bought = submission(compliance(5), UNSURE.activities[3])
        text = cec.explain(cec.evaluate(bought), outlook=cec.outlook(bought, "2014-12-01"))
        assert "state that it was bought through the local association's site, if it was" in text

    def test_the_clause_of_a_limit_is_named(self) -> None:
        made = submission()
        text = cec.explain(cec.evaluate(made), outlook=cec.outlook(made, "2014-01-01"))
        assert "(window.previous-year)" in text

    def test_each_term_has_its_part(self) -> None:
        assessment = cec.evaluate(TWO_TERMS, PACE)
        outlook, worth = cec.outlook(TWO_TERMS, "2025-04-29", PACE), cec.worth(TWO_TERMS, PACE)
        text = cec.explain(assessment, outlook=outlook, worth=worth)
        page = cec.to_html(assessment, outlook=outlook, worth=worth)
        for words in ("Outlook for CAM on", "Outlook for CAS on", "One more entry for CAM", "One more entry for CAS"):
            assert words in text
            assert words in page

    def test_an_assessment_alone_is_explained_as_before(self) -> None:
        assert "Outlook" not in cec.explain(cec.evaluate(UNSURE))

    def test_gains_that_are_alike_share_a_sentence(self) -> None:
        found = cec.worth(submission(activity(hours=3), activity("college_course", hours=3)))
        sentences = gains_in_words(found)
        assert [sentence.partition(":")[0] for sentence in sentences] == [
            "takes off 1 on compliance",
            "takes off 1 on compliance (over the 3 credits that may come from outside the network)",
            "adds 1 credit, and takes nothing off",
            "adds nothing (over the 3 credits that may come from outside the network)",
            "adds nothing (this kind of activity is not accepted)",
        ]
        assert "NAA conference session, on compliance;" in sentences[0]
        assert sentences[-1].endswith("corporate in-house training; anything the source does not list")

    def test_every_measure_that_is_nearer_is_said(self) -> None:
        assert (
            gain_sentence(cec.worth(submission()).gains[0])
            == "takes off 1 of the total, 1 in network and 1 on compliance"
        )

    def test_the_most_useful_entry_is_said(self) -> None:
        assert worth_sentence(cec.worth(submission())) == (
            "the most useful entry is of the kind NAA conference session, on compliance, which takes off 1 of the total, "
            "1 in network and 1 on compliance"
        )
        assert worth_sentence(cec.worth(submission(compliance(6)))) == "no entry brings the renewal nearer"


class TestPage:
    """`to_html` with what is beside an assessment."""

    def test_it_shows_what_is_needed_and_what_helps(self) -> None:
        page = cec.to_html(cec.evaluate(UNSURE), outlook=cec.outlook(UNSURE, "2013-12-01"), worth=cec.worth(UNSURE))
        assert "Outlook for CAM on 2013-12-01" in page
        assert "state that it was unpaid, if it was" in page
        assert "One more entry for CAM" in page

    def test_several_have_one_each(self) -> None:
        made = [submission(compliance(6)), submission()]
        outlooks = [cec.outlook(one, "2013-12-01") for one in made]
        page = cec.to_html(*map(cec.evaluate, made), outlook=outlooks)
        assert page.count("Outlook for CAM on 2013-12-01") == 2


class TestBeside:
    """Whatever is shown beside an assessment is for the same renewal."""

    @pytest.mark.parametrize("show", [cec.explain, cec.to_html])
    @pytest.mark.parametrize(
        ("name", "value", "code"),
        [
            ("outlook", cec.worth(submission()), "wrong_type"),
            ("worth", "6", "wrong_type"),
            ("outlook", cec.outlook(submission(held=["NALP"]), "2013-12-01"), "conflict"),
            ("outlook", cec.outlook(submission(year=2015), "2013-12-01"), "conflict"),
            ("worth", cec.worth(submission(year=2023), cec.edition("naaei-2022")), "conflict"),
            ("worth", [cec.worth(submission())] * 2, "conflict"),
            ("readings", cec.worth(submission()), "wrong_type"),
            ("readings", cec.readings(submission(held=["NALP"])), "conflict"),
        ],
    )
    def test_anything_else_is_refused(self, show: Any, name: str, value: Any, code: str) -> None:
        with pytest.raises(cec.InvalidValue) as caught:
            show(cec.evaluate(submission()), **{name: value})
        assert (caught.value.where, caught.value.code) == (name, code)

    def test_a_screening_has_nothing_beside_it(self) -> None:
        with pytest.raises(cec.InvalidValue, match="outlook: must be one for each assessment, got 1 for 0"):
            cec.explain(cec.screen(activity()), outlook=cec.outlook(submission(), "2013-12-01"))


class TestReadingsInWords:
    """Whether the answer depends on how a clause is read, and on which readings."""

    @pytest.mark.parametrize(
        ("found", "words"),
        [
            (cec.readings(submission(compliance(6))), "renewable under every reading"),
            (cec.readings(submission()), "not renewable under any reading"),
            (
                cec.readings(submission(compliance(3), activity("college_course", hours=4.5))),
                "renewable as naaei-2014 reads its clauses, and not renewable if they are read in one other way",
            ),
            (
                cec.readings(BY_FORM),
                "not renewable as naaei-2014 reads its clauses, and renewable if they are read in any of 2 other ways",
            ),
            (
                cec.readings(
                    submission(activity(hours=8, earned_on="2022-05-01"), year=2023), cec.edition("naaei-2022")
                ),
                "renewable under every reading that can be decided",
            ),
            (
                attrs.evolve(cec.readings(submission()), are_all=False),
                "not renewable under every combination of readings that was tried",
            ),
        ],
    )
    def test_the_answer_is_said(self, found: cec.Readings, words: str) -> None:
        assert readings_sentence(found) == words

    def test_each_set_is_said_with_the_words_of_its_readings(self) -> None:
        found = cec.readings(BY_FORM)
        text = cec.explain(cec.evaluate(BY_FORM), readings=found).splitlines()
        at = text.index("Other readings of the clauses, for CAM")
        assert text[at + 2 : at + 4] == [
            "  renewable with compliance-advised and reporting-form-for-service",
            "    compliance-advised (compliance.one): The credit on compliance is advice only.",
        ]
        page = cec.to_html(cec.evaluate(BY_FORM), readings=found)
        assert (
            "<li>renewable with compliance-left-out and reporting-form-for-service<ul><li>compliance-left-out" in page
        )

    def test_the_credits_short_are_said(self) -> None:
        (turn,) = cec.readings(submission(compliance(3), activity("college_course", hours=4.5))).turns
        assert turn_sentence(turn) == "not renewable (3 credits) with half-of-reported"

    def test_readings_that_are_not_decided_say_why(self) -> None:
        made = submission(activity(hours=8, earned_on="2022-05-01"), year=2023)
        (open_reading,) = cec.readings(made, cec.edition("naaei-2022")).undecided
        assert open_sentence(open_reading) == (
            "not decided with twelve-months-back: the submission does not give renewal_date"
        )
        assert open_sentence(attrs.evolve(open_reading, missing=(), why="in words")).endswith("back: in words")


class TestYearsInWords:
    """One sentence a year."""

    def test_each_year_is_said(self) -> None:
        made = [compliance(6), activity(hours=1), activity(earned_on="2014-05-01")]
        unknown, first, second, third = [year_sentence(year) for year in cec.years(made, ["CAM"], range(2013, 2017))]
        assert unknown.startswith("2013: cannot be decided: renewal_year: no edition is known to govern 2013")
        assert first.endswith("7 credited, 6 required. Credited: activities 1 and 2.")
        assert second.endswith("Credited: activity 3.")
        assert third.endswith("No activity is credited.")


class TestPlanInWords:
    """The price, the offerings and the documents to keep."""

    def test_each_plan_is_said(self) -> None:
        one = a_plan(planned())
        assert plan_lines(one) == [
            "Renewable: CAM for 2014, with 1 offering for $1,234.56. No other offerings complete it for less.",
            "  1. Ethics (on demand, from 2013-12-01, $1,234.56): course of NAA, NAAEI or a local affiliate",
            "     keep a transcript",
        ]
        two = a_plan(planned(), planned(day="2013-12-05", provider="NAA"))
        assert "with 2 offerings for $2,469.12" in plan_sentence(two)
        assert plan_lines(two)[-1].startswith("  2. Ethics (NAA, 2013-12-05, $1,234.56)")
        assert plan_sentence(a_plan()) == "Renewable: CAM for 2014. No offering is needed."
        short = cec.evaluate(submission(activity(hours=6))).shortfall
        assert plan_sentence(a_plan(short=short)) == (
            "Not renewable: CAM for 2014. No offering can fill the rest: 1 credit on compliance."
        )

    @pytest.mark.parametrize(("cents", "words"), [(0, "$0.00"), (4905, "$49.05"), (123400, "$1,234.00")])
    def test_prices_are_written_as_people_do(self, cents: int, words: str) -> None:
        assert price_in_words(cents) == words


VALUES = {
    "outlook": [
        cec.outlook(UNSURE, "2013-12-01", hours_a_day="1.5"),
        cec.outlook(submission(), "2014-01-01"),
        cec.outlook(TWO_TERMS, "2025-04-29", PACE),
        cec.outlook(submission(), "2013-12-01", cec.NAAEI_2014.evolve(id="fifty", credit={"minutes": 50})),
    ],
    "worth": [
        cec.worth(UNSURE, minutes=61),
        cec.worth(TWO_TERMS, PACE),
        cec.worth(submission(), cec.NAAEI_2014.evolve(id="fifty", credit={"minutes": 50})),
    ],
    "readings": [
        cec.readings(submission(compliance(6))),
        cec.readings(BY_FORM),
        cec.readings(submission(activity(hours=8, earned_on="2022-05-01"), year=2023), cec.edition("naaei-2022")),
        cec.readings(submission(activity(hours=6)), cec.NAAEI_2014.evolve(id="fifty", credit={"minutes": 50})),
        cec.readings(TWO_TERMS, PACE),
    ],
    "years": [*cec.years(UNSURE.activities, ["CAM"], [2013, 2014])],
    "plan": [a_plan(), a_plan(planned()), a_plan(planned(day="2013-12-05", addresses_compliance=None, id="a"))],
}
EACH = [(form, value) for form, values in VALUES.items() for value in values]


class TestJson:
    """Each value has its own format and reads back."""

    @pytest.mark.parametrize(("form", "value"), EACH)
    def test_it_reads_back_equal_and_fits_its_schema(self, form: str, value: Any) -> None:
        made = cec.to_dict(value)
        assert made["format"] == f"cecrules.{form}/1"
        assert made["message"]
        jsonschema.Draft202012Validator(cec.schema(form)).validate(made)
        assert cec.loads(cec.dumps(value), type(value)) == value
        assert pickle.loads(pickle.dumps(value)) == value
        assert hash(copy.copy(value)) == hash(value)

    @pytest.mark.parametrize(("form", "value"), EACH)
    def test_another_format_is_refused(self, form: str, value: Any) -> None:
        made = cec.to_dict(value) | {"format": "cecrules.assessment/1"}
        with pytest.raises(cec.CecRulesError):
            cec.from_dict(made, type(value))
        with pytest.raises(jsonschema.ValidationError):
            jsonschema.Draft202012Validator(cec.schema(form)).validate(made)
        with pytest.raises(cec.InvalidValue, match="format: must be a submission, got (an? |readings)"):
            cec.from_dict(cec.to_dict(value))

    def test_what_follows_must_follow(self) -> None:
        for value, key in (
            (VALUES["plan"][0], "complete"),
            (VALUES["worth"][0].gains[0], "nearer"),
            (VALUES["readings"][0], "settled"),
        ):
            with pytest.raises(cec.InvalidValue) as caught:
                cec.from_dict(cec.to_dict(value) | {key: False}, type(value))
            assert caught.value.where == key

    def test_the_values_inside_have_their_sentences(self) -> None:
        made = cec.to_dict(VALUES["outlook"][0])
        assert (
            made["needs"][0]["message"]
            == "activity 1, Fair housing update: state that it addresses compliance, if it does"
        )
        made = cec.to_dict(VALUES["years"][1])
        assert made["assessment"]["format"] == "cecrules.assessment/1"
        assert cec.to_dict(VALUES["outlook"][2])["terms"][0]["format"] == "cecrules.outlook/1"
