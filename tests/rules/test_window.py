"""Which days count for a renewal."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, codes, decide, refusal, submission
from cecrules.rules.window import term_windows

BACK = cec.NAAEI_2014.evolve(window={"kind": "months_before", "months": 12, "years_before": None})
PACE = cec.edition("naaei-pace")


@pytest.mark.clause("window.previous-year")
class TestWindowPreviousYear:
    """Credits for a renewal are earned from 1 January to 31 December of the year before it."""

    @pytest.mark.parametrize(
        ("day", "found"),
        [
            ("2012-12-31", ["earned_before_window"]),
            ("2013-01-01", []),
            ("2013-12-31", []),
            ("2014-01-01", ["earned_after_window"]),
        ],
    )
    def test_both_ends_are_inside_and_the_days_beyond_are_not(self, day: str, found: list[str]) -> None:
        assert codes(decide(activity(earned_on=day)).decisions[0]) == found

    def test_a_later_day_names_the_renewal_it_counts_for(self) -> None:
        finding = decide(activity(earned_on="2014-02-03")).decisions[0].findings[0]
        assert (finding.counts_for, finding.earned_on) == (2015, date(2014, 2, 3))

    @given(st.dates(date(1890, 1, 1), date(2210, 12, 31)), st.integers(1900, 2200))
    def test_exactly_the_days_of_the_previous_year_count(self, day: date, year: int) -> None:
        window = cec.renewal_window(year, cec.NAAEI_2014)
        assert (window.first <= day <= window.last) == (day.year == year - 1)
        found = cec.outside_window([activity(earned_on=day)], window, cec.NAAEI_2014)
        assert all(finding.credits == 0 for _, finding in found)
        assert bool(found) == (day.year != year - 1)
        assert all(finding.counts_for == day.year + 1 for _, finding in found)


@pytest.mark.clause("refused.old")
class TestRefusedOld:
    """Credits of 2012 are not accepted for 2014, and say so under the clause of the window."""

    def test_a_year_too_early_is_refused(self) -> None:
        assessment = decide(activity(earned_on="2012-06-30", hours=6))
        assert assessment.credited == 0
        assert assessment.decisions[0].findings[0].clause == "window.previous-year"
        assert cec.NAAEI_2014.clause("refused.old").restates == "window.previous-year"


class TestMonthsBefore:
    """So many months back from the day the renewal is due, and that day with them unless the rulebook says not."""

    @pytest.mark.parametrize(
        ("due", "first"),
        [
            ("2014-01-01", "2013-01-01"),
            ("2016-02-29", "2015-02-28"),
            ("2017-02-28", "2016-02-28"),
            ("2014-12-31", "2013-12-31"),
        ],
    )
    def test_months_are_those_of_the_calendar(self, due: str, first: str) -> None:
        window = cec.renewal_window(int(due[:4]), BACK, renewal_date=date.fromisoformat(due))
        assert (str(window.first), str(window.last)) == (first, due)

    def test_the_last_day_may_be_outside(self) -> None:
        book = BACK.evolve(window={"last_day_inside": False})
        assert cec.renewal_window(2014, book, renewal_date=date(2014, 1, 1)).last == date(2013, 12, 31)

    def test_the_date_is_the_submissions_own(self) -> None:
        made = submission(activity(earned_on="2013-06-30"), renewal_date="2014-06-30")
        assert cec.evaluate(made, BACK).credited == 1

    def test_a_missing_date_is_an_error_that_says_why(self) -> None:
        with pytest.raises(
            cec.InvalidValue, match="renewal_date: is required by naaei-2014, whose window runs back from it"
        ) as caught:
            cec.evaluate(submission(), BACK)
        assert caught.value.hint == "see clause window.previous-year"

    def test_a_day_outside_names_no_renewal_year(self) -> None:
        made = submission(activity(earned_on="2010-06-30"), renewal_date="2014-06-30")
        assert cec.evaluate(made, BACK).decisions[0].findings[0].counts_for is None


class TestTerm:
    """So many months from the day a credential was obtained or last renewed."""

    @pytest.mark.parametrize(
        ("start", "last"),
        [
            ("2024-11-30", "2026-02-28"),
            ("2022-11-30", "2024-02-29"),
            ("2024-02-29", "2025-05-29"),
            ("2025-01-31", "2026-04-30"),
            ("2025-03-15", "2026-06-15"),
        ],
    )
    def test_fifteen_months_end_within_the_month(self, start: str, last: str) -> None:
        window = cec.renewal_window(2025, PACE, term_start=date.fromisoformat(start))
        assert cec.renewal_window(2025, PACE, term_start=start) == window
        assert (str(window.first), str(window.last)) == (start, last)

    def test_the_last_day_may_be_outside(self) -> None:
        book = PACE.evolve(window={"last_day_inside": False})
        assert cec.renewal_window(2025, book, term_start=date(2024, 11, 30)).last == date(2026, 2, 27)

    def test_grace_comes_on_top_of_the_term(self) -> None:
        book = PACE.evolve(window={"months": 12, "grace_months": 12})
        assert cec.renewal_window(2025, book, term_start=date(2024, 11, 30)).last == date(2026, 11, 30)

    def test_every_missing_start_is_reported(self) -> None:
        with pytest.raises(cec.InvalidDocument) as caught:
            term_windows(submission(held=["CAM", "CALP"]), (cec.Designation.CAM, cec.Designation.CALP), PACE)
        assert [problem.where for problem in caught.value.problems] == ["term_starts.CAM", "term_starts.CALP"]
        told = {(problem.problem, problem.hint) for problem in caught.value.problems}
        assert told == {
            ("is required by naaei-pace, whose window runs from it", "see clause window.previous-year"),
        }

    def test_a_start_is_understood_under_either_code(self) -> None:
        windows = term_windows(
            submission(held=["NALP"], term_starts={"NALP": "2024-11-30"}), (cec.Designation.CALP,), PACE
        )
        assert windows[cec.Designation.CALP].last == date(2026, 2, 28)

    def test_two_codes_of_one_designation_have_one_start(self) -> None:
        held = ["NALP", "CALP"]
        same = submission(held=held, term_starts=dict.fromkeys(held, "2024-11-30"))
        assert cec.evaluate(same, PACE).designations == (cec.Designation.CALP,)
        for first, other in (("2024-11-30", "2024-12-01"), ("2024-12-01", "2024-11-30")):
            with pytest.raises(cec.InvalidValue) as caught:
                cec.evaluate(submission(held=held, term_starts={"NALP": first, "CALP": other}), PACE)
            assert str(caught.value) == f"term_starts.CALP: must be {first}, as under its other code, got {other}"

    def test_one_that_needs_no_term_hides_no_other(self) -> None:
        held = cec.Designation.CAMT, cec.Designation.CAPS
        windows = term_windows(submission(held=held, term_starts={"CAPS": "2024-11-30"}), held, PACE)
        assert list(windows) == [cec.Designation.CAPS]


@pytest.mark.parametrize(
    ("year", "code"),
    [
        ("2014", "wrong_type"),
        (True, "wrong_type"),
        (2014.5, "wrong_type"),
        (14, "out_of_range"),
        (1899, "out_of_range"),
        (2201, "out_of_range"),
    ],
)
def test_a_renewal_year_is_a_year_from_1900_to_2200(year: object, code: str) -> None:
    with pytest.raises(cec.InvalidValue) as caught:
        cec.renewal_window(year, cec.NAAEI_2014)
    assert (caught.value.path, caught.value.code) == (("renewal_year",), code)


def test_the_earliest_calendar_year_there_is_is_inside_the_calendar() -> None:
    book = cec.NAAEI_2014.evolve(window={"years_before": 1200})
    assert cec.renewal_window(1900, book).first == date(700, 1, 1)


@pytest.mark.parametrize("year", [1900, 2014, 2014.0, 2200])
def test_a_whole_number_from_1900_to_2200_is_one(year: float) -> None:
    assert cec.renewal_window(year, cec.NAAEI_2014).first == date(int(year) - 1, 1, 1)


def test_a_window_is_asked_for_by_name_too() -> None:
    by_name = cec.renewal_window(renewal_year=2014, rulebook=cec.NAAEI_2014)
    assert by_name == cec.renewal_window(2014, cec.NAAEI_2014)


def test_an_unknown_window_is_an_error_that_says_so() -> None:
    book = cec.edition("naaei-contact-hours")
    with pytest.raises(cec.NotStated, match="the sources of naaei-contact-hours do not say which days count") as caught:
        cec.renewal_window(2010, book)
    assert (caught.value.path, caught.value.code) == (("renewal_year",), "not_stated")
    assert caught.value.hint == f"see clause {book.window.clause}, or state a window in a rulebook of your own"


def test_a_term_is_needed_wherever_credits_are_required_even_if_none_has_to_be_in_network() -> None:
    book = PACE.evolve(id="anywhere", designations={rule.designation: {"in_network": 0} for rule in PACE.designations})
    with pytest.raises(cec.InvalidValue, match=r"term_starts\.CAM"):
        cec.evaluate(submission(activity()), book)


@pytest.mark.parametrize(
    ("book", "dates", "told"),
    [
        (
            BACK,
            {},
            (
                ("renewal_date",),
                f"is required by {BACK.id}, whose window runs back from it",
                "see clause window.previous-year",
                "missing",
            ),
        ),
        (
            PACE,
            {},
            (
                ("term_start",),
                "is required by naaei-pace, whose window runs from it",
                "see clause window.previous-year",
                "missing",
            ),
        ),
        (
            BACK,
            {"renewal_date": date(1, 6, 1)},
            (("renewal_date",), "must keep the window within the calendar, got 0001-06-01", "", "out_of_range"),
        ),
        (
            PACE,
            {"term_start": date(9999, 6, 1)},
            (("term_start",), "must keep the window within the calendar, got 9999-06-01", "", "out_of_range"),
        ),
    ],
    ids=["renewal date missing", "start missing", "before the calendar", "past the calendar"],
)
def test_a_window_that_cannot_be_told_says_where_and_why(
    book: cec.Rulebook, dates: dict[str, date], told: tuple[object, ...]
) -> None:
    assert refusal(lambda: cec.renewal_window(2014, book, **dates)) == told


@pytest.mark.parametrize("key", ["renewal_date", "term_start"])
def test_a_day_of_a_window_is_a_date(key: str) -> None:
    with pytest.raises(cec.InvalidValue) as caught:
        cec.renewal_window(2014, cec.NAAEI_2014, **{key: "spring"})
    assert (caught.value.path, caught.value.code) == ((key,), "malformed")


def test_problems_of_terms_say_where_and_why() -> None:
    held = ["CALP", "CAM", "CAPS", "NALP"]
    starts = {"NALP": "2024-11-30", "CALP": "2024-12-01", "CAPS": "9999-01-01"}
    with pytest.raises(cec.InvalidDocument) as caught:
        term_windows(
            submission(held=held, term_starts=starts),
            (cec.Designation.CALP, cec.Designation.CAM, cec.Designation.CAPS),
            PACE,
        )
    assert [(each.path, each.problem, each.hint, each.code) for each in caught.value.problems] == [
        (("term_starts", "CALP"), "must be 2024-11-30, as under its other code, got 2024-12-01", "", "conflict"),
        (
            ("term_starts", "CAM"),
            "is required by naaei-pace, whose window runs from it",
            "see clause window.previous-year",
            "missing",
        ),
        (("term_starts", "CAPS"), "must keep the window within the calendar, got 9999-01-01", "", "out_of_range"),
    ]


@pytest.mark.parametrize("key", ["first", "last"])
def test_a_window_is_made_of_days(key: str) -> None:
    days = {"first": "2013-01-01", "last": date(2013, 12, 31)}
    assert cec.Window(**days) == cec.renewal_window(2014, cec.NAAEI_2014)
    found = refusal(lambda: cec.Window(**{**days, key: "31 December"}))
    assert found[0] == (key,)
    assert found[3] == "malformed"
