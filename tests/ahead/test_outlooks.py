"""What is left to do before a deadline: states, needs, time, plans and terms."""

from __future__ import annotations

import itertools
from datetime import date, timedelta
from fractions import Fraction
from typing import Any

import attrs
import pytest

import cecrules as cec
from builders import activity, compliance, refusal, submission
from cecrules.ahead import filling, outlooks
from cecrules.presentation.ahead_sentences import outlook_facts

LAST = date(2013, 12, 31)
COURSES = (compliance(3), activity(hours=3))


def seen(*activities: cec.Activity, as_of: date | str = "2013-12-01", **values: Any) -> cec.Outlook:
    rulebook, hours = values.pop("rulebook", None), values.pop("hours_a_day", 24)
    return cec.outlook(submission(*activities, **values), as_of, rulebook, hours_a_day=hours)


def paper(*activities: cec.Activity, **values: Any) -> list[tuple[int, str]]:
    """The needs of an outlook, in short."""
    return [(need.activity, need.statement or "documents") for need in seen(*activities, **values).needs]


class TestState:
    """The state is the first that holds."""

    def test_enough_credits_that_are_documented_meet_it(self) -> None:
        found = seen(*COURSES)
        assert found.state is cec.OutlookState.MET
        assert (found.minutes_needed, found.last_start, found.limit, found.clause) == (0, None, None, "")

    def test_a_document_that_is_missing_is_evidence_even_after_the_last_day(self) -> None:
        found = seen(compliance(3), activity(hours=3, documents=()), as_of="2014-02-01")
        assert (found.state, found.days_left) == ("evidence", 0)
        assert found.short.total == 3
        assert not found.short_with_paper
        (need,) = found.needs
        assert (need.activity, need.title, need.statement) == (1, "Budgeting basics", None)
        assert cec.DocumentKind.TRANSCRIPT in need.wanted

    def test_time_is_needed_if_paper_is_not_enough(self) -> None:
        found = seen(compliance(2), activity(hours=2, documents=()))
        assert (found.state, found.minutes_needed) == ("open", 120)
        assert (found.short.total, found.short_with_paper.total) == (4, 2)
        assert [need.activity for need in found.needs] == [1]

    @pytest.mark.clause("window.previous-year")
    @pytest.mark.parametrize(("as_of", "state"), [("2013-12-31", "open"), ("2014-01-01", "closed")])
    def test_the_last_day_can_still_be_used(self, as_of: str, state: str) -> None:
        found = seen(compliance(5), as_of=as_of)
        assert (found.state, found.days_left) == (state, int(state == "open"))
        assert found.limit == (None if state == "open" else "window")
        assert found.clause == ("" if state == "open" else "window.previous-year")

    @pytest.mark.clause("unit.hour")
    @pytest.mark.parametrize(("hours", "state"), [("0.5", "closed"), (1, "open")])
    def test_too_few_hours_close_it(self, hours: Any, state: str) -> None:
        found = seen(compliance(5), as_of=LAST, hours_a_day=hours)
        assert (found.state, found.limit) == (state, "hours" if state == "closed" else None)
        assert found.clause == ("unit.hour" if state == "closed" else "")

    def test_caps_close_it_whatever_the_time(self) -> None:
        only_service = {
            rule.kind: {"side": "not_accepted", "evidence": ""}
            for rule in cec.NAAEI_2014.kinds
            if rule.kind != "association_service" and rule.side == "in_network"
        }
        caps = {"association_instruction": None}
        book = cec.NAAEI_2014.evolve(id="service", kinds=only_service, caps=caps, compliance=None)
        assert seen(activity("college_course", hours=3), rulebook=book).minutes_needed == 180
        tight = book.evolve(id="tight", caps={"association_service": {"credits": 2}})
        found = seen(rulebook=tight)
        assert (found.state, found.limit, found.minutes_needed) == ("closed", "caps", None)
        assert found.clause == "network.service"
        outside = book.evolve(id="outside", kinds={"association_service": {"side": "out_of_network"}})
        found = seen(rulebook=outside)
        assert (found.limit, found.clause) == ("caps", "required.one-submission")

    def test_a_statement_that_is_missing_may_turn_out_badly(self) -> None:
        """A missing statement is false to `evaluate`, which is the best case of `compensated`."""
        made = (compliance(3), activity("association_instruction", hours=3, compensated=None))
        assert cec.evaluate(submission(*made)).renewable
        found = seen(*made)
        assert (found.state, found.short.total) == ("evidence", 0)
        (need,) = found.needs
        assert (need.statement, need.value, need.wanted) == (cec.Statement.COMPENSATED, False, ())

    def test_a_statement_that_is_not_asked_for_is_not_needed(self) -> None:
        unsaid = {"compensated": None, "bought_through_association": None, "addresses_compliance": None}
        assert seen(compliance(3), activity(hours=3, **unsaid)).state is cec.OutlookState.MET
        assert paper(compliance(5), activity("grace_hill_course", documents=(), **unsaid)) == [
            (1, "documents"),
            (1, "bought_through_association"),
        ]

    def test_compliance_is_no_question_where_it_is_not_required(self) -> None:
        book = cec.edition("naaei-2022")
        assert (
            paper(activity(hours=8, addresses_compliance=None, earned_on="2022-05-01"), year=2023, rulebook=book) == []
        )

    def test_what_can_never_count_needs_nothing(self) -> None:
        lost = (
            activity("in_house_training", documents=()),
            activity("association_instruction", compensated=True, documents=()),
            activity(documents=(), earned_on="2012-12-31"),
        )
        assert paper(compliance(6, documents=()), *lost) == [(0, "documents")]


class TestNeeds:
    """One smallest set of documents and statements."""

    def test_the_fewest_are_taken_though_others_come_first(self) -> None:
        short = [activity(hours=1, documents=()) for _ in range(3)]
        assert paper(compliance(3), *short, activity(hours=3, documents=())) == [(4, "documents")]

    def test_of_sets_of_one_size_the_first_in_order(self) -> None:
        assert paper(compliance(5), *[activity(hours=1, documents=()) for _ in range(3)]) == [(1, "documents")]

    def test_duplicates_and_caps_are_seen_through(self) -> None:
        boards = [activity("association_service", title="Board", documents=()) for _ in range(3)]
        other = activity("association_service", title="Committee", documents=())
        assert paper(compliance(4), *boards, other) == [(1, "documents"), (4, "documents")]

    @pytest.mark.parametrize(("count", "are_fewest"), [(20, True), (21, False)])
    def test_beyond_twenty_candidates_none_can_be_left_out(self, count: int, are_fewest: bool) -> None:
        made = (
            compliance(3),
            *[activity(hours=1, documents=()) for _ in range(count - 1)],
            activity(hours=3, documents=()),
        )
        found = seen(*made)
        assert found.needs_are_fewest is are_fewest
        assert len(found.needs) == (1 if are_fewest else 3)
        told = {need.activity for need in found.needs}
        for left_out in told:
            with_paper = [
                attrs.evolve(one, documents=tuple(cec.DocumentKind)) if place in told - {left_out} else one
                for place, one in enumerate(made)
            ]
            assert not cec.evaluate(submission(*with_paper)).renewable

    def test_the_activities_are_decided_a_few_times_however_many_there_are(
        self, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        """Each of them needs a document and a statement."""
        decided = itertools.count()
        monkeypatch.setattr(outlooks, "figures", lambda *given: (next(decided), cec.figures(*given))[1])
        made = activity("college_course", minutes=1, documents=(), addresses_compliance=None)
        found = seen(*[made] * 400)
        assert len(found.needs) == 180 + 60
        assert {need.activity for need in found.needs} == set(range(180))
        assert not found.needs_are_fewest
        assert next(decided) < 80

    def test_what_cannot_decide_is_no_candidate(self) -> None:
        """Twenty-one candidates would be too many to say that the needs are the fewest."""
        early = [activity(hours=1, documents=(), earned_on="2012-05-01") for _ in range(21)]
        assert seen(compliance(6, documents=()), *early).needs_are_fewest
        unsaid = [activity(minutes=20, addresses_compliance=None, earned_on="2022-05-01") for _ in range(21)]
        course = activity(hours=1, documents=(), earned_on="2022-05-01")
        found = seen(*unsaid, course, year=2023, rulebook=cec.edition("naaei-2022"), as_of="2023-01-05")
        assert [need.activity for need in found.needs] == [21]
        assert found.needs_are_fewest

    def test_one_that_needs_more_is_not_exchanged_for_one_that_needs_less(self) -> None:
        taught = activity("association_instruction", hours=1, documents=(), compensated=None)
        unpaid = attrs.evolve(taught, compensated=False)
        assert paper(compliance(5), taught, unpaid) == [(2, "documents")]


class TestTime:
    """Days left, hours left, and the last day to begin."""

    def test_days_before_the_window_opens_do_not_count(self) -> None:
        assert seen(as_of="2012-06-01").days_left == seen(as_of="2013-01-01").days_left == 365

    def test_it_has_to_begin_in_time(self) -> None:
        found = seen(compliance(2), as_of="2013-12-01", hours_a_day="1.5")
        assert (found.minutes_needed, found.last_start) == (240, date(2013, 12, 29))
        assert seen(compliance(2), as_of=found.last_start, hours_a_day="1.5").state == "open"
        assert seen(compliance(2), as_of=found.last_start + timedelta(days=1), hours_a_day="1.5").state == "closed"

    def test_an_occasion_takes_an_hour_a_credit(self) -> None:
        occasions = {
            kind: {"side": "not_accepted", "evidence": ""} for kind in cec.ActivityKind if not kind.is_occasion
        }
        occasions = {rule.kind: occasions[rule.kind] for rule in cec.NAAEI_2014.kinds if rule.kind in occasions}
        book = cec.NAAEI_2014.evolve(id="occasions", kinds=occasions, caps={"association_instruction": None})
        assert seen(rulebook=book).minutes_needed == 360
        doubled = book.evolve(id="doubled", kinds={"legislative_event": {"each": 4}})
        assert seen(activity("association_service"), rulebook=doubled).minutes_needed == 300

    def test_occasions_are_quicker_where_a_credit_is_longer_than_an_hour(self) -> None:
        book = cec.NAAEI_2014.evolve(id="long", credit={"minutes": 90})
        assert seen(rulebook=book).minutes_needed == 360

    def test_too_many_ways_are_refused(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(filling, "MOST_TRIES", 3)
        book = cec.NAAEI_2014.evolve(id="long", credit={"minutes": 90})
        with pytest.raises(cec.InvalidValue) as caught:
            seen(rulebook=book)
        assert (caught.value.where, caught.value.code) == ("activities", "out_of_range")


class TestPlans:
    """Activities after the day are plans."""

    def test_they_are_taken_as_carried_out_and_documented(self) -> None:
        plan = activity(hours=3, earned_on="2013-12-30", documents=())
        refused = activity("in_house_training", earned_on="2013-12-30")
        found = seen(compliance(3), plan, refused, as_of="2013-12-29")
        assert (found.state, found.plans, found.short.total) == ("met", (1,), 0)
        assert seen(compliance(3), plan, as_of="2013-12-30").state == "evidence"

    def test_they_use_up_the_hours_of_their_day(self) -> None:
        plans = [activity(hours=23, earned_on=LAST), activity("legislative_event", earned_on=LAST, title="Capitol")]
        found = seen(*plans, as_of="2013-12-30")
        assert (found.minutes_left, found.last_start) == (24 * 60, date(2013, 12, 30))
        assert seen(*plans, activity(hours=2, earned_on=LAST), as_of="2013-12-30").minutes_left == 24 * 60

    @pytest.mark.parametrize("length", [{}, {"hours": 8}])
    def test_an_occasion_takes_an_hour_a_credit_whatever_its_length(self, length: dict[str, int]) -> None:
        service = activity("association_service", earned_on=LAST, **length)
        found = seen(compliance(3), service, as_of="2013-12-30", hours_a_day="1.5")
        assert (found.state, found.minutes_left, found.minutes_needed) == ("open", 120, 120)

    def test_a_day_that_plans_fill_is_passed_over(self) -> None:
        plan = activity(hours=2, earned_on="2013-12-30")
        found = seen(compliance(1), plan, as_of="2013-12-01", hours_a_day=2)
        assert (found.minutes_needed, found.last_start) == (180, date(2013, 12, 29))


class TestTerms:
    """Where each designation has a term, each has an outlook."""

    PACE = cec.edition("naaei-pace")
    STARTS = {"CAM": "2024-01-31", "CAS": "2024-11-30"}

    def seen(self, *activities: cec.Activity, as_of: str, book: cec.Rulebook | None = None) -> cec.Outlook:
        made = submission(*activities, held=["CAM", "CAS", "CAMT"], year=2025, term_starts=self.STARTS)
        return cec.outlook(made, as_of, book or self.PACE)

    def test_each_credential_has_its_own(self) -> None:
        found = self.seen(activity(hours=5, earned_on="2025-01-15"), as_of="2025-04-29")
        assert [term.designations for term in found.terms] == [("CAM",), ("CAS",)]
        assert [term.state for term in found.terms] == ["open", "met"]
        assert [term.days_left for term in found.terms] == [2, 306]
        assert found.designations == ("CAM", "CAS", "CAMT")
        assert (found.state, found.minutes_needed, found.window) == ("open", 180, found.terms[0].window)

    def test_the_whole_is_that_of_the_one_furthest_from_renewal(self) -> None:
        found = self.seen(as_of="2025-05-01")
        assert [term.state for term in found.terms] == ["closed", "open"]
        assert found.state == "closed"

    def test_without_any_term_there_is_nothing_to_do(self) -> None:
        found = cec.outlook(submission(held=["CAMT"], year=2025), "2025-01-01", self.PACE)
        assert (found.state, found.terms) == ("met", ())
        assert (found.days_left, found.minutes_left) == (0, 0)
        assert "left" not in " ".join(outlook_facts(found))

    def test_where_terms_take_activities_the_one_that_ends_first_has_the_time_first(self) -> None:
        book = self.PACE.evolve(id="apart", window={"shared": False})
        course = activity(hours=8, earned_on="2025-01-15")
        found = self.seen(course, as_of="2025-04-29", book=book)
        assert [(term.state, term.minutes_needed) for term in found.terms] == [("met", 0), ("open", 300)]
        starts = {"CAM": "2024-01-31", "CAS": "2024-01-31"}
        made = submission(held=["CAM", "CAS"], year=2025, term_starts=starts)
        found = cec.outlook(made, "2025-04-29", book, hours_a_day=5)
        assert [(term.state, term.limit) for term in found.terms] == [("open", None), ("closed", "hours")]
        assert cec.outlook(made, "2025-04-29", book, hours_a_day=7).state == "open"

    APART = PACE.read_as("one-credential-each")

    @pytest.mark.parametrize(("as_of", "starts"), [("2025-04-10", (19, 27)), ("2025-04-19", (19, 27))])
    def test_where_terms_take_activities_all_of_them_fit_after_the_last_day_to_begin(
        self, as_of: str, starts: tuple[int, int]
    ) -> None:
        """Thirteen hours are needed, and thirteen days are left."""
        made = submission(held=["CAM", "CAS"], year=2025, term_starts={"CAM": "2024-01-31", "CAS": "2024-02-01"})
        found = cec.outlook(made, as_of, self.APART, hours_a_day=1)
        assert [term.last_start for term in found.terms] == [date(2025, 4, day) for day in starts]
        late = cec.outlook(made, "2025-04-20", self.APART, hours_a_day=1)
        assert [(term.state, term.minutes_left) for term in late.terms] == [("open", 660), ("closed", 240)]
        later = cec.outlook(made, "2025-04-23", self.APART, hours_a_day=1).terms[1]
        assert (later.limit, later.minutes_needed, later.minutes_left) == ("hours", 300, 60)

    def test_where_terms_take_activities_time_that_another_cannot_use_is_left(self) -> None:
        made = submission(held=["CAM", "CAPS"], year=2025, term_starts={"CAM": "2023-06-30", "CAPS": "2024-10-01"})
        found = cec.outlook(made, "2023-06-30", self.APART, hours_a_day=Fraction(2, 60))
        assert [term.state for term in found.terms] == ["open", "open"]
        assert [term.minutes_left for term in found.terms] == [918, 916]
        assert [term.last_start for term in found.terms] == [date(2024, 2, 4), date(2025, 5, 7)]

    def test_where_terms_take_activities_one_that_opens_later_may_have_the_time_first(self) -> None:
        """Both end on the last of February, and CAS has to begin before CAM can."""
        book = self.APART.evolve(id="short", window={"months": 1, "grace_months": None})
        made = submission(held=["CAM", "CAS"], year=2025, term_starts={"CAM": "2024-01-31", "CAS": "2024-01-29"})
        found = cec.outlook(made, "2024-01-29", book, hours_a_day=Fraction(25, 60))
        assert [term.last_start for term in found.terms] == [date(2024, 1, 31), date(2024, 1, 29)]

    def test_one_that_another_term_takes_is_not_exchanged_for_one_that_it_cannot(self) -> None:
        book = self.PACE.evolve(id="apart", window={"shared": False})
        own = [activity(hours=7, earned_on="2025-05-15"), activity(hours=4, earned_on="2024-02-15")]
        both = activity(hours=1, earned_on="2025-02-01", documents=())
        late = attrs.evolve(both, earned_on="2025-05-16")
        starts = {"CAM": "2024-11-30", "CAS": "2024-01-31"}
        made = submission(*own, both, late, held=["CAM", "CAS"], year=2025, term_starts=starts)
        found = cec.outlook(made, "2026-03-01", book)
        assert [[need.activity for need in term.needs] for term in found.terms] == [[3], [2]]

    def test_where_terms_take_activities_the_first_of_many_are_needed(self) -> None:
        """CAS takes the first five, and CAM needs eight beside them."""
        book = self.PACE.evolve(id="apart", window={"shared": False})
        courses = [activity(hours=1, earned_on="2025-02-01", documents=())] * 22
        starts = {"CAM": "2024-11-30", "CAS": "2024-01-31"}
        made = submission(*courses, held=["CAM", "CAS"], year=2025, term_starts=starts)
        found = cec.outlook(made, "2026-03-01", book)
        assert [[need.activity for need in term.needs] for term in found.terms] == [[*range(13)], [*range(5)]]


class TestArguments:
    """Bad input is one clear error."""

    @pytest.mark.parametrize("hours", [0, 25, -1, "24.5", True])
    def test_the_hours_of_a_day_are_more_than_none_and_at_most_all(self, hours: Any) -> None:
        with pytest.raises(cec.InvalidValue) as caught:
            seen(hours_a_day=hours)
        assert caught.value.where == "hours_a_day"

    @pytest.mark.parametrize("hours", [0, -1, 24.5, "30"])
    def test_one_sentence_says_how_many_hours_a_day_has(self, hours: Any) -> None:
        problem = f"must be more than 0 and at most 24, got {hours!r}"
        assert refusal(lambda: seen(hours_a_day=hours)) == (("hours_a_day",), problem, "", "out_of_range")

    def test_a_part_of_a_minute_is_refused_with_hours_that_would_do(self) -> None:
        problem = "must be a whole number of minutes, got '0.01' hours of 60 minutes"
        told = (("hours_a_day",), problem, "0.05 is 3 minutes", "out_of_range")
        assert refusal(lambda: seen(hours_a_day="0.01")) == told
        assert seen(hours_a_day="0.05").minutes_a_day == 3

    def test_the_day_is_a_day(self) -> None:
        with pytest.raises(cec.InvalidValue, match="as_of: must be a date"):
            seen(as_of="May")

    def test_a_rulebook_that_evaluate_alone_decides_by_is_refused(self) -> None:
        _, problem, hint, code = refusal(lambda: seen(rulebook=cec.NAAEI_2014.read_as("half-of-reported")))
        assert (problem.partition(",")[0], code) == ("must not have in_network.of = reported", "conflict")
        assert hint == "worth says which entry helps most by such rules"

    def test_the_submission_is_one(self) -> None:
        with pytest.raises(cec.InvalidValue, match="submission: must be a Submission, got 3"):
            cec.outlook(3, LAST)  # type: ignore[arg-type]

    def test_the_rulebook_is_one(self) -> None:
        with pytest.raises(cec.InvalidValue, match="rulebook: must be a Rulebook"):
            seen(rulebook="naaei-2014")

    def test_it_cannot_answer_where_evaluate_cannot(self) -> None:
        with pytest.raises(cec.NotStated):
            seen(rulebook=cec.edition("naaei-contact-hours"), held=["CAPS"])


def test_a_rulebook_that_evaluate_alone_decides_by_is_refused() -> None:
    with pytest.raises(cec.InvalidValue, match="must not have in_network.of = reported"):
        cec.outlook(submission(), "2013-12-01", cec.NAAEI_2014.read_as("half-of-reported"))
