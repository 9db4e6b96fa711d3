"""Whether a renewal depends on how a clause is read, and on which readings."""

from __future__ import annotations

import itertools
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import ALL_DOCUMENTS, activity, compliance, submission
from cecrules import testing
from cecrules.ahead import doubts

BOOK = cec.NAAEI_2014
FORM = ("signed_reporting_form",)


def turned(found: cec.Readings) -> list[list[str]]:
    return [[reading.id for reading in turn.readings] for turn in found.turns]


def by_search(made: cec.Submission, book: cec.Rulebook) -> tuple[set[frozenset[str]], set[frozenset[str]]]:
    """The smallest sets of readings that turn the answer or leave it open, by every combination of every clause."""
    groups = [
        ["", *(each.id for each in clause.also_possible if each.until is None or made.renewal_year <= each.until)]
        for clause in book.clauses
    ]
    turns: list[frozenset[str]] = []
    undecided: list[frozenset[str]] = []
    renewable = cec.evaluate(made, book).renewable
    combinations = [frozenset(filter(None, chosen)) for chosen in itertools.product(*groups)]
    for chosen in sorted(combinations, key=len):
        if any(less <= chosen for less in turns + undecided):
            continue
        try:
            other = cec.evaluate(made, book.read_as(*sorted(chosen))).renewable
        except cec.CecRulesError:
            undecided.append(chosen)
        else:
            if other is not renewable:
                turns.append(chosen)
    return set(turns), set(undecided)


class TestTheAnswer:
    """What it depends on, and what it does not."""

    def test_it_may_be_the_same_under_every_reading(self) -> None:
        found = cec.readings(submission(compliance(6)))
        assert (found.renewable, found.settled, found.turns, found.undecided) == (True, True, (), ())
        found = cec.readings(submission())
        assert (found.renewable, found.settled, found.short.total) == (False, True, 6)

    def test_two_readings_of_one_clause_are_never_together(self) -> None:
        found = cec.readings(submission(activity(hours=6)))
        assert turned(found) == [["compliance-advised"], ["compliance-left-out"]]
        assert not found.settled

    def test_readings_that_turn_it_only_together_are_named_together(self) -> None:
        found = cec.readings(submission(activity(hours=5), activity("housing_service", hours=1, documents=FORM)))
        assert turned(found) == [
            ["compliance-advised", "reporting-form-for-service"],
            ["compliance-left-out", "reporting-form-for-service"],
        ]
        assert [turn.readings[1].clause for turn in found.turns] == ["evidence.service"] * 2
        assert not any(turn.short for turn in found.turns)

    def test_a_reading_of_an_earlier_year_is_not_tried_later(self) -> None:
        book = cec.edition("naaei-2022")
        for year, expected in ((2022, [["more-from-2023"]]), (2023, [])):
            day = f"{year - 1}-05-01"
            made = submission(activity(hours=6, earned_on=day), year=year, renewal_date=f"{year}-01-01")
            found = cec.readings(made, book)
            assert (turned(found), found.settled) == (expected, not expected)

    def test_what_cannot_be_decided_says_what_is_not_given(self) -> None:
        found = cec.readings(
            submission(activity(hours=8, earned_on="2022-05-01"), year=2023), cec.edition("naaei-2022")
        )
        (undecided,) = found.undecided
        assert ([one.id for one in undecided.readings], undecided.missing) == (
            ["twelve-months-back"],
            ("renewal_date",),
        )
        assert "runs back from it" in undecided.why
        assert (found.renewable, found.turns, found.settled) == (True, (), False)

    def test_a_reading_in_words_alone_is_never_taken_for_decided(self) -> None:
        book = BOOK.evolve(clauses={"unit.hour": {"also_possible": [{"id": "fifty", "says": "Fifty minutes."}]}})
        found = cec.readings(submission(compliance(6)), book)
        (undecided,) = found.undecided
        assert (undecided.readings[0].clause, undecided.missing) == ("unit.hour", ())
        assert "in words alone" in undecided.why
        assert not found.settled
        past = {"id": "fifty", "says": "Fifty minutes.", "until": 2013}
        book = BOOK.evolve(clauses={"unit.hour": {"also_possible": [past]}})
        assert cec.readings(submission(compliance(6)), book).settled

    def test_changes_that_contradict_one_another_are_not_put_together(self) -> None:
        capped = {"id": "capped", "says": "A cap.", "change": {"caps": {"college": CAP}}}
        book = BOOK.evolve(clauses={"outside.college": {"also_possible": [capped]}})
        found = cec.readings(submission(compliance(3), activity("college_course", hours=3)), book)
        assert turned(found) == [["capped"]]
        with pytest.raises(cec.CecRulesError, match="reported"):
            book.read_as("capped", "half-of-reported")

    def test_a_change_that_does_not_fit_is_told_where_it_stands(self) -> None:
        wrong = {"id": "wrong", "says": "Wrong.", "change": {"compliance": {"credits": -1}}}
        book = BOOK.evolve(clauses={"unit.hour": {"also_possible": [wrong]}})
        with pytest.raises(cec.CecRulesError) as caught:
            cec.readings(submission(compliance(6)), book)
        assert caught.value.where == "clauses.unit.hour.also_possible[0].change.compliance.credits"

    def test_too_many_combinations_are_said_to_be(self, monkeypatch: pytest.MonkeyPatch) -> None:
        with monkeypatch.context() as few:
            few.setattr(doubts, "MOST_COMBINATIONS", 6)
            doubts._tries.cache_clear()
            found = cec.readings(submission(compliance(6)))
        doubts._tries.cache_clear()
        assert (found.are_all, found.settled) == (False, False)
        assert cec.readings(submission(compliance(6))).are_all

    def test_anything_but_a_submission_is_refused(self) -> None:
        with pytest.raises(cec.InvalidValue, match="must be a Submission"):
            cec.readings("CAM")  # type: ignore[arg-type]


CAP = {"credits": 1, "kinds": ["college_course"], "clause": "outside.college"}


def service(title: str, hours: Any = 1, **values: Any) -> cec.Activity:
    return activity("housing_service", hours=hours, title=title, **values)


def dated(day: str, *activities: cec.Activity) -> list[cec.Activity]:
    return [cec.Activity(**{**cec.to_dict(each), "earned_on": day}) for each in activities]


def in_pace(*activities: cec.Activity, **values: Any) -> cec.Submission:
    given = {"year": 2025, "term_starts": {"CAM": "2024-11-30"}, **values}
    return submission(*activities, **given)


PERIOD = {"window": {"kind": "calendar_year", "years_before": 1}}
CONTACT = cec.edition("naaei-contact-hours").evolve(
    **PERIOD, designations={"CAM": {"credits": 6}, "CAS": {"credits": 3}}
)
# For every alternative, the edition, a submission whose answer it alone turns, and the clause.
CASES = {
    "compliance-advised": ("naaei-2014", submission(activity(hours=6))),
    "compliance-left-out": ("naaei-2014", submission(activity(hours=6))),
    "half-of-reported": ("naaei-2014", submission(compliance(3), activity("college_course", hours=4.5))),
    "credit-per-body": ("naaei-2014", submission(compliance(4), service("Code board", 0.5), service("Zoning", 0.5))),
    "credit-per-article": ("naaei-2014", submission(compliance(5), activity("published_article", minutes=50))),
    "reporting-form-for-service": (
        "naaei-2014",
        submission(compliance(5), activity("association_service", documents=FORM)),
    ),
    "half-of-required": (
        "naaei-2021",
        submission(
            *dated("2020-05-01", activity(hours=1.5), activity("college_course", hours=1.5)), held=["CAS"], year=2021
        ),
    ),
    "twelve-months-back": (
        "naaei-2022",
        submission(activity(hours=8, earned_on="2022-03-31"), year=2022, renewal_date="2022-04-01"),
    ),
    "more-from-2023": (
        "naaei-2022",
        submission(activity(hours=6, earned_on="2021-05-01"), year=2022, renewal_date="2022-01-01"),
    ),
    "last-day-outside": ("naaei-pace", in_pace(activity(hours=8, earned_on="2026-02-28"))),
    "one-credential-each": (
        "naaei-pace",
        in_pace(
            activity(hours=8, earned_on="2025-03-03"),
            held=["CAM", "CAS"],
            term_starts={"CAM": "2024-11-30", "CAS": "2024-11-30"},
        ),
    ),
    "industry-not-capped": ("naaei-pace", in_pace(*dated("2025-03-03", activity(hours=5), service("Code board", 3)))),
}


class TestEachReading:
    """Each alternative of the published editions, by someone whose answer it turns alone."""

    @pytest.mark.parametrize("name", CASES)
    def test_it_turns_an_answer(self, name: str) -> None:
        edition, made = CASES[name]
        book = cec.edition(edition)
        assert [name] in turned(cec.readings(made, book))
        assert cec.evaluate(made, book.read_as(name)).renewable is not cec.evaluate(made, book).renewable

    def test_a_year_of_service_may_earn_one_credit(self) -> None:
        boards = [activity("association_service", title=title) for title in ("Board", "Education", "Legislative")]
        found = cec.readings(submission(*boards, held=["CAS"]), CONTACT)
        assert turned(found) == [["credit-per-year-of-service"]]
        assert found.turns[0].short.total == 2

    @pytest.mark.parametrize(("minutes", "depends"), [(149, False), (150, True), (179, True), (180, False)])
    def test_instruction_may_be_by_hours_of_sixty_minutes(self, minutes: int, depends: bool) -> None:
        found = cec.readings(submission(activity("association_instruction", minutes=minutes), held=["CAS"]), CONTACT)
        assert turned(found) == ([["instruction-by-sixty-minutes"]] if depends else [])

    def test_every_alternative_of_every_edition_has_a_case(self) -> None:
        names = {each.id for edition in cec.editions() for _, each in cec.edition(edition).alternatives}
        assert names == {*CASES, "credit-per-year-of-service", "instruction-by-sixty-minutes"}

    @pytest.mark.parametrize(
        ("name", "kind"), [("credit-per-body", "housing_service"), ("credit-per-article", "published_article")]
    )
    def test_one_credit_each_is_for_each_provider_and_title(self, name: str, kind: str) -> None:
        found = {each.where: each.after for each in cec.compare(BOOK, BOOK.read_as(name)).differences}
        assert found == {f"kinds.{kind}.each": ("1",), f"kinds.{kind}.once_per": ("provider", "title")}

    def test_a_form_documents_service_beside_the_other_documents(self) -> None:
        documents = ("appointment_letter", "member_listing", *FORM)
        found = {
            each.where: each.after for each in cec.compare(BOOK, BOOK.read_as("reporting-form-for-service")).differences
        }
        assert found == {f"kinds.{kind}.documents": documents for kind in ("association_service", "housing_service")}

    def test_the_day_before_the_renewal_date_is_the_last_of_twelve_months(self) -> None:
        book = cec.edition("naaei-2022").read_as("twelve-months-back")
        window = cec.renewal_window(2022, book, renewal_date="2022-01-01")
        assert window == cec.renewal_window(2022, cec.edition("naaei-2022"))

    def test_numbers_of_2021_hold_for_all_designations(self) -> None:
        before, read = cec.edition("naaei-2021"), cec.edition("naaei-2022").read_as("more-from-2023")
        assert [attr(each) for each in before.designations] == [attr(each) for each in read.designations]

    def test_half_of_the_required_follows_the_numbers_of_another_reading(self) -> None:
        read = cec.edition("naaei-2022").read_as("half-of-required", "more-from-2023")
        found = cec.evaluate(submission(year=2022), read)
        assert [check.required for check in found.checks] == [6, 3]


def attr(rule: cec.DesignationRule) -> tuple[object, ...]:
    return rule.designation, rule.credits, rule.in_network


ACTIVITIES = st.lists(
    st.builds(
        activity,
        st.sampled_from(
            ["association_course", "college_course", "housing_service", "published_article", "association_service"]
        ),
        minutes=st.sampled_from([30, 60, 90, 180, 270]),
        addresses_compliance=st.booleans(),
        documents=st.sampled_from([ALL_DOCUMENTS, FORM]),
        title=st.sampled_from(["One", "Two"]),
    ),
    max_size=6,
)


@pytest.mark.wide
class TestEverySearch:
    """Held to a search over every combination of every clause."""

    @settings(max_examples=40, deadline=None)
    @given(ACTIVITIES, st.sampled_from([("CAM",), ("NALP",), ("CAM", "CAS")]))
    def test_by_the_page_of_2014(self, done: list[cec.Activity], held: tuple[str, ...]) -> None:
        self.held_to_it(submission(*done, held=held), BOOK)

    @pytest.mark.parametrize("name", ["naaei-2021", "naaei-2022", "naaei-pace"])
    @settings(max_examples=8, deadline=None)
    @given(data=st.data())
    def test_by_later_editions(self, name: str, data: st.DataObject) -> None:
        book = cec.edition(name)
        self.held_to_it(data.draw(testing.submissions(book, most_activities=5)), book)

    def held_to_it(self, made: cec.Submission, book: cec.Rulebook) -> None:
        found = cec.readings(made, book)
        turns, undecided = by_search(made, book)
        assert {frozenset(one) for one in turned(found)} == turns
        assert {frozenset(reading.id for reading in one.readings) for one in found.undecided} == undecided
        assert found.short == cec.evaluate(made, book).shortfall
        for turn in found.turns:
            read = book.read_as(*(reading.id for reading in turn.readings))
            assert turn.short == cec.evaluate(made, read).shortfall
