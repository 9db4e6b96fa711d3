"""Strategies: they make what they promise, for every rulebook, and are found by type."""

import subprocess
import sys
from datetime import date

import pytest
from hypothesis import Phase, find, given, settings
from hypothesis import strategies as st

import cecrules as cec
from cecrules import testing
from cecrules.rulebook.provisions import WindowKind

DATED = cec.edition("naaei-contact-hours").evolve(window={"kind": "calendar_year", "years_before": 1})
BOOKS = {
    **{name: st.just(cec.edition(name)) for name in cec.editions() if name != DATED.id},
    DATED.id: st.just(DATED),
    "random": testing.rulebooks(window_kinds=[WindowKind.CALENDAR_YEAR, WindowKind.MONTHS_BEFORE, WindowKind.TERM]),
}
A_YEAR = cec.Window(first=date(2013, 1, 1), last=date(2013, 12, 31))
# The first example will do: none is made smaller, and none remembered.
FIRST = settings(max_examples=5000, database=None, phases=[Phase.generate])
every_rulebook = pytest.mark.parametrize("books", [pytest.param(books, id=name) for name, books in BOOKS.items()])


@every_rulebook
class TestActivities:
    """Each sort of activity keeps what it says, by every rulebook."""

    @settings(max_examples=25)
    @given(data=st.data())
    def test_an_acceptable_one_counts(self, books: st.SearchStrategy[cec.Rulebook], data: st.DataObject) -> None:
        book = data.draw(books)
        activity = data.draw(testing.acceptable_activities(2014, book, window=A_YEAR))
        assert cec.screen(activity, 2014, book, window=A_YEAR).counts

    @settings(max_examples=25)
    @given(data=st.data())
    def test_a_rejected_one_does_not(self, books: st.SearchStrategy[cec.Rulebook], data: st.DataObject) -> None:
        book = data.draw(books)
        screening = cec.screen(
            data.draw(testing.rejected_activities(2014, book, window=A_YEAR)), 2014, book, window=A_YEAR
        )
        assert not screening.counts
        assert screening.decision.outcome is cec.Outcome.REJECTED

    @settings(max_examples=25)
    @given(data=st.data())
    def test_one_at_the_boundary_is_wrong_only_by_its_day(
        self, books: st.SearchStrategy[cec.Rulebook], data: st.DataObject
    ) -> None:
        book = data.draw(books)
        activity = data.draw(testing.boundary_activities(2014, book, window=A_YEAR))
        found = cec.screen(activity, 2014, book, window=A_YEAR).decision.findings
        assert {finding.code for finding in found} <= {"earned_before_window", "earned_after_window", "over_cap"}
        assert any(abs((activity.earned_on - edge).days) <= 1 for edge in (A_YEAR.first, A_YEAR.last))

    @settings(max_examples=25)
    @given(data=st.data())
    def test_any_is_one_of_them(self, books: st.SearchStrategy[cec.Rulebook], data: st.DataObject) -> None:
        assert isinstance(data.draw(testing.activities(2014, data.draw(books), window=A_YEAR)), cec.Activity)


@pytest.mark.parametrize(
    "code",
    [
        "earned_before_window",
        "earned_after_window",
        "kind_not_accepted",
        "not_bought_through_association",
        "compensated",
        "undocumented",
    ],
)
def test_every_reason_to_reject_occurs(code: str) -> None:
    find(
        testing.rejected_activities(2014),
        lambda activity: code in _codes(cec.screen(activity, 2014).decision),
        settings=FIRST,
    )


@pytest.mark.wide
class TestReach:
    """What is wanted does turn up."""

    @pytest.mark.parametrize("code", ["same_body_again", "same_event_again", "over_cap", "over_half"])
    def test_every_limit_occurs(self, code: str) -> None:
        found = testing.submissions(of=testing.acceptable_activities)
        find(
            found,
            lambda made: any(code in _codes(decision) for decision in cec.evaluate(made).decisions),
            settings=FIRST,
        )

    @pytest.mark.parametrize("minutes", [179, 180, 181])
    def test_a_minute_under_at_and_over_a_cap_occurs(self, minutes: int) -> None:
        find(testing.boundary_activities(2014), lambda activity: activity.minutes == minutes, settings=FIRST)

    @pytest.mark.parametrize("day", ["2012-12-31", "2013-01-01", "2013-12-31", "2014-01-01"])
    def test_the_day_on_either_side_of_each_end_occurs(self, day: str) -> None:
        find(
            testing.boundary_activities(2014),
            lambda activity: activity.earned_on == date.fromisoformat(day),
            settings=FIRST,
        )

    @pytest.mark.parametrize("renewable", [True, False])
    def test_both_verdicts_occur(self, renewable: bool) -> None:
        made = testing.submissions(of=testing.acceptable_activities)
        find(
            made,
            lambda made: cec.evaluate(made).renewable is renewable,
            settings=FIRST,
        )


def _codes(decision: cec.Decision) -> list[str]:
    return [finding.code.value for finding in decision.findings]


@every_rulebook
class TestSubmissions:
    """They can be decided."""

    @settings(max_examples=25)
    @given(data=st.data())
    def test_one_is_decided_without_an_error(self, books: st.SearchStrategy[cec.Rulebook], data: st.DataObject) -> None:
        book = data.draw(books)
        made = data.draw(testing.submissions(book))
        assert len(cec.evaluate(made, book).decisions) == len(made.activities) <= 6


@given(testing.submissions(renewal_years=st.just(2016), most_activities=1))
def test_years_and_length_of_a_submission_can_be_told(made: cec.Submission) -> None:
    assert made.renewal_year == 2016
    assert len(made.activities) <= 1


def test_a_window_no_source_tells_is_an_error_when_one_is_drawn() -> None:
    with pytest.raises(cec.NotStated, match="do not say which days count"):
        testing.activities(2010, cec.edition("naaei-contact-hours"))


def test_where_a_rulebook_accepts_nothing_only_rejected_activities_are_made() -> None:
    others = [rule.kind.value for rule in cec.NAAEI_2014.kinds if rule.kind != "unlisted"]
    closed = cec.NAAEI_2014.evolve(id="closed", kinds=dict.fromkeys(others), caps=None, evidence=None)
    assert testing.acceptable_activities(2014, closed).is_empty
    find(testing.activities(2014, closed), lambda did: not cec.screen(did, 2014, closed).counts, settings=FIRST)


class TestRulebooks:
    """They contradict themselves nowhere."""

    @given(testing.rulebooks())
    def test_one_is_consistent(self, book: cec.Rulebook) -> None:
        assert book.evolve() == book

    @given(testing.rulebooks(minutes_a_credit=st.just(2), window_kinds=[WindowKind.TERM]))
    def test_its_unit_and_window_can_be_told(self, book: cec.Rulebook) -> None:
        assert book.credit.minutes == 2
        assert book.window.kind is WindowKind.TERM


class TestCredits:
    """They stay inside their bound, in the unit told."""

    @given(testing.credits(at_most="1.5", minutes_a_credit=50))
    def test_none_is_over_its_bound(self, amount: cec.Credits) -> None:
        assert 0 <= amount <= 1.5
        assert amount.minutes_a_credit == 50

    def test_the_bound_itself_occurs(self) -> None:
        assert find(testing.credits(at_most=2), lambda amount: amount == 2, settings=FIRST) == 2

    def test_a_bound_that_is_no_amount_is_an_error(self) -> None:
        with pytest.raises(cec.InvalidValue):
            testing.credits(at_most=-1)


class TestRegistration:
    """Hypothesis knows the classes by itself, whichever is imported first."""

    @given(st.data(), st.sampled_from([cec.Credits, cec.Activity, cec.Submission, cec.Rulebook]))
    def test_a_value_of_each_class_is_found_by_its_type(self, data: st.DataObject, kind: type) -> None:
        assert isinstance(data.draw(st.from_type(kind)), kind)

    @pytest.mark.parametrize(
        "first", ["import hypothesis, cecrules", "import cecrules, hypothesis", "import cecrules.testing, hypothesis"]
    )
    def test_the_order_of_imports_does_not_matter(self, first: str) -> None:
        script = f"{first}; print(hypothesis.strategies.from_type(cecrules.Submission))"
        done = subprocess.run([sys.executable, "-c", script], capture_output=True, check=True, text=True)
        assert done.stdout.strip() == "made()"
