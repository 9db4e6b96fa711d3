"""Activities are screened, counted and judged, with every reason."""

import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, codes, compliance, decide, refusal, submission
from cecrules import testing

PACE = cec.edition("naaei-pace")


def test_an_activity_shows_every_reason_against_it() -> None:
    assessment = decide(
        activity("industry_instruction", hours=2, earned_on="2012-01-01", compensated=True, documents=()),
        activity("grace_hill_course", earned_on="2014-01-01", documents=()),
    )
    assert [codes(decision) for decision in assessment.decisions] == [
        ["earned_before_window", "compensated", "undocumented"],
        ["earned_after_window", "not_bought_through_association", "undocumented"],
    ]
    assert [finding.credits for finding in assessment.decisions[0].findings] == [2, 0, 0]


def test_what_is_claimed_is_credited_or_taken_by_findings() -> None:
    assessment = decide(activity(hours=2, documents=()), activity("college_course", hours=5), compliance())
    for decision in assessment.decisions:
        assert decision.claimed == decision.credited + sum((f.credits for f in decision.findings), cec.Credits(0))


def test_nothing_reported_is_short_of_everything() -> None:
    short = decide().shortfall
    assert (short.total, short.in_network, short.compliance) == (6, 3, 1)


def test_decisions_follow_the_order_given_and_keep_the_callers_names() -> None:
    assessment = decide(activity(id="b", title="B"), compliance(id="a", title="A"))
    assert [(decision.id, decision.title) for decision in assessment.decisions] == [("b", "B"), ("a", "A")]


def test_the_default_rulebook_is_that_of_2014_for_any_year() -> None:
    assessment = decide(activity(earned_on="2024-01-01"), year=2025)
    assert (assessment.rulebook, assessment.credited) == ("naaei-2014", 1)


class TestScreen:
    """One activity alone: would it count, for what, and what does it call for."""

    def test_what_counts_says_for_how_much_within_which_cap(self) -> None:
        screening = cec.screen(activity("association_instruction", hours=5), 2014)
        assert screening.counts
        assert (screening.decision.claimed, screening.decision.credited, screening.limit) == (5, 3, 3)
        assert (screening.clause, codes(screening.decision)) == ("network.instruction", ["over_cap"])
        assert {document.value for document in screening.documents} == {"course_promotion", "instruction_letter"}

    def test_what_does_not_count_says_why_and_takes_all(self) -> None:
        screening = cec.screen(activity("in_house_training", hours=2, earned_on="2012-01-01"), renewal_year=2014)
        assert not screening.counts
        assert (screening.decision.claimed, screening.decision.credited) == (2, 0)
        assert (screening.documents, screening.limit) == ((), None)

    def test_the_half_outside_is_taken_to_have_room(self) -> None:
        assert cec.screen(activity("college_course", hours=40), 2014).decision.credited == 40

    def test_the_year_is_the_first_its_rulebook_governs_unless_given(self) -> None:
        assert cec.screen(activity()).renewal_year == 2014
        assert cec.screen(activity(earned_on="2021-12-31"), rulebook=cec.edition("naaei-2022")).counts

    def test_a_window_may_be_given_where_the_year_alone_does_not_tell(self) -> None:
        window = cec.renewal_window(2025, PACE, term_start=date(2024, 1, 31))
        assert cec.screen(activity(earned_on="2025-04-30"), 2025, PACE, window=window).counts
        with pytest.raises(cec.InvalidValue, match="term_start: is required by naaei-pace"):
            cec.screen(activity(), 2025, PACE)


class TestTerms:
    """In PACE each credential is decided by its own dates, side by side."""

    STARTS = {"CAM": "2024-01-31", "CALP": "2024-11-30"}

    def decided(self, *activities: cec.Activity, book: cec.Rulebook = PACE) -> cec.Assessment:
        return decide(*activities, rulebook=book, year=2025, held=["CAM", "CALP"], term_starts=self.STARTS)

    def test_each_designation_has_its_own_window_and_figures(self) -> None:
        assessment = self.decided(activity(hours=3, earned_on="2024-06-01"), activity(hours=5, earned_on="2025-01-31"))
        assert [(str(t.window.last), t.required, t.credited) for t in assessment.terms] == [
            ("2025-04-30", 8, 8),
            ("2026-02-28", 5, 5),
        ]
        assert assessment.renewable
        assert assessment.designations == (cec.Designation.CAM, cec.Designation.CALP)

    def test_the_one_furthest_from_renewal_is_on_top(self) -> None:
        assessment = self.decided(activity(hours=8, earned_on="2024-06-01"))
        assert assessment.terms[0].renewable
        assert not assessment.renewable
        assert (assessment.required, assessment.shortfall.total) == (5, 5)

    def test_where_terms_do_not_share_an_activity_serves_one_of_them(self) -> None:
        apart = PACE.evolve(window={"shared": False})
        assessment = self.decided(activity(hours=8, earned_on="2025-01-31"), book=apart)
        cam, calp = assessment.terms
        assert (cam.credited, calp.credited) == (8, 0)
        (finding,) = calp.decisions[0].findings
        assert (finding.code, finding.served, finding.credits) == ("served_another_term", cec.Designation.CAM, 8)
        assert finding.clause == apart.window.clause

    def test_what_served_another_term_takes_nothing_twice(self) -> None:
        apart = PACE.evolve(window={"shared": False})
        early = self.decided(activity(hours=8, earned_on="2024-06-01"), book=apart).terms[1].decisions[0]
        assert codes(early) == ["earned_before_window", "served_another_term"]
        assert [finding.credits for finding in early.findings] == [8, 0]

    def test_what_served_one_term_serves_none_of_those_after_it(self) -> None:
        apart = PACE.evolve(window={"shared": False})
        starts = {"CAM": "2024-01-31", "CALP": "2024-03-31", "CAPS": "2024-05-31"}
        made = activity(hours=8, earned_on="2024-06-30"), activity(hours=5, earned_on="2025-06-30")
        assessment = decide(*made, rulebook=apart, year=2025, held=list(starts), term_starts=starts)
        assert [term.credited for term in assessment.terms] == [8, 5, 0]

    def test_what_one_term_did_not_use_serves_the_next(self) -> None:
        apart = PACE.evolve(window={"shared": False})
        late = activity(hours=5, earned_on="2026-02-28")
        assert [term.credited for term in self.decided(late, book=apart).terms] == [0, 5]

    @pytest.mark.parametrize("starts", [{"CAM": "2024-01-31"}, {"CAM": "2024-01-31", "CAMT": "2020-01-01"}])
    def test_what_owes_nothing_needs_no_term(self, starts: dict[str, str]) -> None:
        reported = activity(hours=8, earned_on="2024-06-01")
        assessment = decide(reported, rulebook=PACE, year=2025, held=["CAM", "CAMT"], term_starts=starts)
        assert (assessment.renewable, assessment.required, len(assessment.terms)) == (True, 8, len(starts))
        assert assessment.designations == (cec.Designation.CAM, cec.Designation.CAMT)

    def test_who_holds_nothing_that_owes_any_renews_on_every_day(self) -> None:
        assessment = decide(activity(), rulebook=PACE, year=2025, held=["CAMT"])
        assert (assessment.renewable, assessment.required, assessment.credited) == (True, 0, 1)
        assert (assessment.terms, assessment.window.first, assessment.window.last) == ((), date.min, date.max)


class TestAssessment:
    """An assessment is a plain value: slotted, frozen, whole."""

    def test_it_is_equal_and_hashed_alike_each_time(self) -> None:
        once, twice = decide(activity()), decide(activity())
        assert once == twice
        assert hash(once) == hash(twice)
        assert len({once, twice}) == 1

    def test_it_is_pickled_with_its_reasons(self) -> None:
        assessment = decide(activity(documents=()))
        assert pickle.loads(pickle.dumps(assessment)) == decide(activity(documents=()))

    def test_it_is_frozen(self) -> None:
        with pytest.raises(attrs.exceptions.FrozenInstanceError):
            decide().required = 0

    def test_it_has_no_other_attributes(self) -> None:
        with pytest.raises(AttributeError, match="no attribute 'verdict'"):
            decide().verdict  # noqa: B018

    def test_it_has_slots_and_holds_all_that_was_decided(self) -> None:
        assessment = decide(activity())
        assert not hasattr(assessment, "__dict__")
        for name in cec.Assessment.__slots__:
            assert name == "__weakref__" or hasattr(assessment, name)
        assert attrs.evolve(assessment) == assessment

    def test_it_names_its_holder(self) -> None:
        assert decide(holder="a CAM holder").holder == "a CAM holder"
        assert decide().holder is None

    def test_its_terms_name_the_holder_too(self) -> None:
        starts = {"CAM": "2024-01-31", "CALP": "2024-11-30"}
        assessment = decide(rulebook=PACE, year=2025, held=list(starts), term_starts=starts, holder="a holder")
        assert [part.holder for part in (assessment, *assessment.terms)] == ["a holder"] * 3

    def test_a_decision_repeats_what_was_reported(self) -> None:
        reported = activity(provider="Anytown", earned_on="2013-05-02", documents=["transcript"], id="a-1")
        (decision,) = decide(reported).decisions
        for name in ("id", "title", "kind", "provider", "earned_on", "documents"):
            assert getattr(decision, name) == getattr(reported, name)

    def test_a_shortfall_is_true_where_anything_is_missing(self) -> None:
        assert decide().shortfall
        assert not decide(compliance(hours=6)).shortfall


class TestNotices:
    """What stands beside the figures."""

    def later(
        self, year: int, rulebook: cec.Rulebook = cec.NAAEI_2014, held: tuple[str, ...] = ("CAM",)
    ) -> list[cec.Notice]:
        return [n for n in decide(rulebook=rulebook, year=year, held=held).notices if n.code == "later_edition"]

    @pytest.mark.parametrize("year", [2014, 2020])
    def test_none_while_the_edition_governs(self, year: int) -> None:
        assert self.later(year) == []

    @pytest.mark.parametrize(
        ("year", "id"), [(2021, "naaei-2021"), (2022, "naaei-2022"), (2023, "naaei-2022"), (2030, "naaei-pace")]
    )
    def test_a_superseded_edition_names_the_one_that_followed(self, year: int, id: str) -> None:
        (notice,) = self.later(year)
        assert notice.subject == id

    def test_it_says_what_differs_for_this_person(self) -> None:
        (notice,) = self.later(2022)
        assert (notice.here.total, notice.there.total, notice.there.in_network) == (6, 8, 5)

    def test_it_says_nothing_of_a_designation_the_later_edition_does_not_know(self) -> None:
        contact_hours = cec.edition("naaei-contact-hours").evolve(window={"kind": "calendar_year", "years_before": 1})
        camt = cec.edition("naaei-2021").evolve(
            id="own", governs={"last": 2013, "first": None, "followed_by": "naaei-2014"}
        )
        assert self.later(2013, contact_hours, ("CAPS",))[0].there.total == 6
        (notice,) = self.later(2014, camt, ("CAMT",))
        assert notice.there is None

    def test_an_edition_that_is_not_on_the_shelf_is_named_all_the_same(self) -> None:
        book = cec.NAAEI_2014.evolve(id="anytown-2014", governs={"followed_by": "anytown-2021"})
        (notice,) = self.later(2021, book)
        assert (notice.subject, notice.there) == ("anytown-2021", None)

    def test_editions_that_follow_each_other_in_a_circle_come_to_an_end(self) -> None:
        book = cec.edition("naaei-2022").evolve(governs={"first": 2010, "last": 2012, "followed_by": "naaei-2021"})
        (notice,) = self.later(2030, book)
        assert notice.subject == "naaei-2021"

    def test_an_undated_edition_says_what_is_not_known_of_its_years(self) -> None:
        assessment = decide(rulebook=PACE, year=2026, term_starts={"CAM": "2024-11-30"})
        (notice,) = assessment.notices
        assert (notice.code, notice.subject) == ("edition_undated", f"naaei-pace: {PACE.governs.note}")
        assert f"it is not known when this edition took effect (naaei-pace: {PACE.governs.note})" in cec.explain(
            assessment
        )

    @pytest.mark.parametrize(("year", "subject"), [(2012, "naaei-contact-hours"), (2013, "")])
    def test_a_year_before_all_that_the_edition_governs_names_the_one_that_governs_it(
        self, year: int, subject: str
    ) -> None:
        (notice,) = decide(year=year).notices
        assert (notice.code, notice.subject, notice.clause) == ("earlier_year", subject, "window.previous-year")

    def test_entries_alike_in_every_field_are_pointed_out_and_counted(self) -> None:
        one, other, third = activity(), activity(title="Other"), activity(id="3")
        assessment = decide(one, other, one, other, one, third)
        assert [(notice.code, notice.subject) for notice in assessment.notices] == [
            ("alike_entries", "1, 3, 5"),
            ("alike_entries", "2, 4"),
        ]
        assert assessment.credited == 6
        assert assessment.notices[0].clause == "required.one-submission"

    def test_duplicates_that_have_a_finding_need_no_notice(self) -> None:
        board = activity("association_service")
        assert decide(board, board).notices == ()

    def test_more_hours_than_a_day_has_are_pointed_out(self) -> None:
        day = [activity(hours=20, title="A"), activity(hours=4, title="B")]
        assert decide(*day).notices == ()
        (notice,) = decide(*day, activity(minutes=1, title="C")).notices
        assert (notice.code, notice.subject, notice.clause) == ("long_day", "2013-05-01", "unit.hour")

    def test_days_too_long_come_in_the_order_of_the_calendar_and_others_are_left_alone(self) -> None:
        days = ["2013-06-02", "2013-06-01", "2013-06-03"]
        did = [activity(hours=25, title=day, earned_on=day) for day in days[:2]]
        notices = decide(*did, activity(earned_on=days[2]), activity("association_service")).notices
        assert [notice.subject for notice in notices] == ["2013-06-01", "2013-06-02"]

    def test_what_is_not_known_of_a_later_edition_is_said_beside_it(self) -> None:
        later, undated = decide(year=2024).notices
        assert (later.subject, undated.code) == ("naaei-pace", "edition_undated")
        assert "only `important updates` were announced for 2024" in undated.subject


def test_evaluate_takes_a_submission_of_the_callers_own_making() -> None:
    made = submission(compliance(hours=6), holder="a CAM holder")
    assert cec.evaluate(made).renewable


def test_credits_of_another_length_are_never_mistaken_for_those_of_an_hour() -> None:
    short = cec.NAAEI_2014.evolve(id="short", credit={"minutes": 50})
    (hour,) = decide(activity(minutes=60, documents=())).decisions
    (fifty,) = decide(activity(minutes=50, documents=()), rulebook=short).decisions
    assert hour.claimed == fifty.claimed == 1
    assert [decision.findings[0].credits.minutes for decision in (hour, fifty)] == [60, 50]


NO_SUBMISSION = ("submission",), "must be a Submission, got {}", "from_dict() reads one", "wrong_type"
NO_RULEBOOK = ("rulebook",), "must be a Rulebook, got 'naaei-2021'", "edition() returns one by its id", "wrong_type"


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (lambda: cec.evaluate({}), NO_SUBMISSION),
        (lambda: cec.figures({}), NO_SUBMISSION),
        (lambda: cec.evaluate(submission(), "naaei-2021"), NO_RULEBOOK),
        (lambda: cec.figures(submission(), "naaei-2021"), NO_RULEBOOK),
        (lambda: cec.screen(activity(), 2014, "naaei-2021"), NO_RULEBOOK),
        (lambda: cec.screen({}, 2014), (("activity",), "must be an Activity, got {}", "", "wrong_type")),
        (
            lambda: cec.screen(activity(), 2014, window="May"),
            (("window",), "must be a Window, got 'May'", "renewal_window() returns one", "wrong_type"),
        ),
        (
            lambda: cec.screen(activity(), rulebook=PACE),
            (
                ("renewal_year",),
                "is required, because naaei-pace does not say which year it governs first",
                "",
                "missing",
            ),
        ),
    ],
)
def test_what_cannot_be_decided_is_refused_with_where_and_why(
    ask: Callable[[], object], told: tuple[object, ...]
) -> None:
    assert refusal(ask) == told


class TestRulesAlone:
    """A rule has no rulebook of its own: it is called with one, or not at all."""

    DID = (activity(), activity("college_course"))
    CALLS = [
        (cec.claimed_minutes, (DID,)),
        (cec.duplicates, (DID, range(2))),
        (cec.not_accepted, (DID,)),
        (cec.outside_window, (DID, cec.renewal_window(2014, cec.NAAEI_2014))),
        (cec.over_caps, (DID, [60, 60], range(2))),
        (cec.over_half, (DID, [60, 60], range(2), 180)),
        (cec.renewal_window, (2014,)),
        (cec.required_credits, (["CAM"],)),
        (cec.requirement_of, ((cec.Designation.CAM,),)),
        (cec.undocumented, (DID,)),
    ]

    @pytest.mark.parametrize(("rule", "given"), CALLS, ids=lambda value: getattr(value, "__name__", ""))
    def test_without_a_rulebook_it_is_a_type_error(
        self, rule: Callable[..., object], given: tuple[object, ...]
    ) -> None:
        with pytest.raises(TypeError, match="missing 1 required positional argument: 'rulebook'"):
            rule(*given)
        rule(*given, cec.NAAEI_2014)


class TestFigures:
    """The sums alone are those of the assessment."""

    SUMS = ("required", "credited", "in_network", "out_of_network", "compliance", "shortfall", "renewable")

    def same(self, made: cec.Submission, book: cec.Rulebook | None) -> None:
        figures, assessment = cec.figures(made, book), cec.evaluate(made, book)
        for name in self.SUMS:
            assert getattr(figures, name) == getattr(assessment, name), name

    @settings(max_examples=50)
    @given(data=st.data())
    def test_they_are_for_any_submission_and_rulebook(self, data: st.DataObject) -> None:
        book = data.draw(testing.rulebooks(), "rulebook")
        self.same(data.draw(testing.submissions(book), "submission"), book)

    @settings(max_examples=25)
    @given(data=st.data())
    def test_they_are_where_each_designation_has_a_term(self, data: st.DataObject) -> None:
        book = data.draw(testing.rulebooks(window_kinds=[cec.WindowKind.TERM]), "rulebook")
        self.same(data.draw(testing.submissions(book), "submission"), book)

    @settings(max_examples=25)
    @given(made=testing.submissions())
    def test_they_are_by_the_page_of_2014_unless_told(self, made: cec.Submission) -> None:
        self.same(made, None)

    def test_they_are_of_the_term_furthest_from_renewal(self) -> None:
        starts = {"CAM": "2024-01-31", "CALP": "2024-11-30", "CAMT": "2024-01-31"}
        made = submission(activity(earned_on="2024-03-01"), held=list(starts), year=2025, term_starts=starts)
        self.same(made, PACE)
        assert cec.figures(made, PACE).required == 8

    def test_they_are_where_no_designation_has_a_term(self) -> None:
        self.same(submission(activity(), held=["CAMT"], year=2025), PACE)

    @pytest.mark.parametrize(
        ("made", "book"),
        [
            ({}, None),
            (submission(), "naaei-2021"),
            (submission(held=["CAMT"]), cec.NAAEI_2014),
            (submission(), cec.edition("naaei-contact-hours")),
            (submission(held=["CAPS"]), cec.edition("naaei-contact-hours")),
            (submission(), PACE),
            (submission(held=["CAM", "CALP"]), PACE),
            (
                submission(activity("college_course"), held=["CAPS"]),
                cec.edition("naaei-contact-hours").evolve(window={"kind": "calendar_year", "years_before": 1}),
            ),
        ],
        ids=range(8),
    )
    def test_they_are_refused_as_the_assessment_is(self, made: Any, book: Any) -> None:
        told = []
        for decides in (cec.figures, cec.evaluate):
            with pytest.raises(cec.CecRulesError) as caught:
                decides(made, book)
            told.append((type(caught.value), str(caught.value), caught.value.path, caught.value.code))
        assert told[0] == told[1]


@pytest.mark.parametrize(
    "flag", ["addresses_compliance", "compensated", "bought_through_association"], ids=lambda flag: flag
)
def test_a_statement_that_was_not_made_counts_as_false(flag: str) -> None:
    for kind in ("association_course", "grace_hill_course", "published_article"):
        unsaid, untrue = (decide(activity(kind, **{flag: value})) for value in (None, False))
        assert unsaid == untrue
