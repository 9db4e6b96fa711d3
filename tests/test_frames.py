"""Data frames: the same answers as `evaluate`, in every engine, in any order of the rows."""

from __future__ import annotations

import calendar
import pickle
import random
from datetime import date, timedelta
from typing import Any, ClassVar

import duckdb
import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
import cecrules.testing as made_up
from builders import activity, codes, submission
from cecrules.frames import decide_frame, evaluate_frame, problems_frame
from tables import (
    BY_WINDOW,
    EDUCATION,
    ENGINES,
    EVERYTHING,
    PACE,
    activity_rows,
    activity_table,
    assessed,
    decisions,
    drawn_book,
    held_rows,
    held_table,
    numbered,
    rows_of,
    rows_of_submissions,
)


def decided(activities: Any, held: Any, engine: str = "polars", **options: Any) -> list[dict[str, Any]]:
    """What `evaluate_frame` says of two lists of rows, by member."""
    native = ENGINES[engine]
    made = evaluate_frame(native(activity_table(activities)), native(held_table(held)), **options)
    return sorted(rows_of(made), key=lambda line: line["member"])


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("window", BY_WINDOW)
class TestEvaluateFrame:
    @pytest.mark.wide
    @settings(max_examples=10)
    @given(data=st.data())
    def test_it_says_of_every_member_what_evaluate_says_whatever_the_order_of_the_rows(
        self, engine: str, window: str, data: st.DataObject
    ) -> None:
        book, year = drawn_book(data, window)
        activities, held = data.draw(activity_rows(year)), data.draw(held_rows(book, year))
        expected = assessed(activities, held, book, year)
        random.Random(0).shuffle(activities)
        random.Random(0).shuffle(held)
        assert decided(activities, held, engine, renewal_year=year, rulebook=book) == expected


@pytest.mark.parametrize("engine", ENGINES)
@pytest.mark.parametrize("window", BY_WINDOW)
class TestDecideFrame:
    @pytest.mark.wide
    @settings(max_examples=6)
    @given(data=st.data())
    def test_it_says_of_every_activity_what_evaluate_says_and_the_rest_is_reported(
        self, engine: str, window: str, data: st.DataObject
    ) -> None:
        book, year = drawn_book(data, window)
        activities, held = numbered(data.draw(activity_rows(year))), numbered(data.draw(held_rows(book, year)))
        expected = decisions(activities, held, book, year)
        random.Random(0).shuffle(activities)
        random.Random(0).shuffle(held)
        both = ENGINES[engine](activity_table(activities)), ENGINES[engine](held_table(held))
        made = rows_of(decide_frame(*both, renewal_year=year, rulebook=book))
        assert sorted(made, key=lambda line: line["row"]) == expected
        problems = rows_of(problems_frame(*both, renewal_year=year, rulebook=book))
        reported = {line["row"] for line in problems if line["table"] == "activities"}
        assert reported | {line["row"] for line in made} == set(range(len(activities)))
        assert len(made) + len(reported) == len(activities)
        totals = rows_of(evaluate_frame(*both, renewal_year=year, rulebook=book))
        bad = {(line["table"], line["row"]) for line in problems if line["member"] is not None}
        assert sum(line["bad_rows"] for line in totals) == len(bad)


SOUND = {"member": "a", "title": "Fair housing", "kind": "association_course", "earned_on": date(2013, 5, 1)}
HELD = [{"member": "a", "designation": "CAM"}]


def problems(activities: Any, held: Any, **options: Any) -> list[str]:
    made = problems_frame(activity_table(activities), held_table(held), renewal_year=2014, **options)
    return sorted(line["reason"] for line in rows_of(made))


@pytest.mark.parametrize("engine", ENGINES)
def test_letters_that_only_look_alike_make_two_boards_as_they_do_for_evaluate(engine: str) -> None:
    titles = ["Comit\u00e9", "Comite\u0301", "COMIT\u00c9 ", "Comit\u00e9\u200b"]
    service = {"kind": "association_service", "documents": "member_listing", "minutes": None}
    rows = [{**SOUND, **service, "title": title} for title in titles]
    alone = cec.evaluate(submission(*[activity("association_service", title=title) for title in titles]))
    expected = [",".join(codes(decision)) for decision in alone.decisions]
    both = ENGINES[engine](activity_table(numbered(rows))), ENGINES[engine](held_table(HELD))
    decided = rows_of(decide_frame(*both, renewal_year=2014))
    assert [line["findings"] for line in sorted(decided, key=lambda line: line["row"])] == expected
    assert expected == ["", "", "same_body_again", ""]


# The ends of months of a leap year and of the years beside it.
MONTH_ENDS = [
    date(year, month, day)
    for year in (2023, 2024, 2025)
    for month in range(1, 13)
    for day in (1, 28, 29, 30, 31)
    if day <= calendar.monthrange(year, month)[1]
]
STARTS = st.sampled_from(MONTH_ENDS) | st.dates(date(1700, 1, 1), date(2200, 1, 1))


@pytest.mark.parametrize("engine", ENGINES)
class TestTerms:
    """A rulebook in which each designation has a term of its own."""

    @pytest.mark.wide
    @settings(max_examples=5)
    @given(
        months=st.integers(1, 24), grace=st.integers(0, 6), inside=st.booleans(), starts=st.lists(STARTS, min_size=20)
    )
    def test_the_days_that_count_are_those_of_renewal_window(
        self, engine: str, months: int, grace: int, inside: bool, starts: list[date]
    ) -> None:
        rule = {"months": months, "grace_months": grace, "last_day_inside": inside}
        book = PACE.evolve(id="of-other-terms", window=rule)
        activities, held, expected = [], [], []
        for member, start in enumerate(starts):
            window = cec.renewal_window(2024, book, term_start=start)
            held.append({"member": str(member), "designation": "CAM", "term_start": start})
            for end, step in ((window.first, -1), (window.first, 0), (window.last, 0), (window.last, 1)):
                day = end + timedelta(days=step)
                activities.append(
                    {**SOUND, "member": str(member), "earned_on": day, "minutes": 60, "documents": EDUCATION}
                )
                expected.append(f"earned_{'before' if step < 0 else 'after'}_window" if step else "")
        both = ENGINES[engine](activity_table(numbered(activities))), ENGINES[engine](held_table(held))
        decided = rows_of(decide_frame(*both, renewal_year=2024, rulebook=book))
        assert [line["findings"] for line in sorted(decided, key=lambda line: line["row"])] == expected

    @pytest.mark.wide
    @settings(max_examples=3)
    @given(made=st.lists(made_up.submissions(PACE, renewal_years=st.just(2024)), min_size=10, max_size=20))
    def test_members_made_up_for_the_rulebook_are_decided_as_evaluate_decides_them(
        self, engine: str, made: list[cec.Submission]
    ) -> None:
        activities, held = map(numbered, rows_of_submissions(made, PACE))
        both = ENGINES[engine](activity_table(activities)), ENGINES[engine](held_table(held))
        options: dict[str, Any] = {"renewal_year": 2024, "rulebook": PACE}
        totals = sorted(rows_of(evaluate_frame(*both, **options)), key=lambda line: line["member"])
        assert totals == assessed(activities, held, PACE, 2024)
        lines = sorted(rows_of(decide_frame(*both, **options)), key=lambda line: line["row"])
        assert lines == decisions(activities, held, PACE, 2024)

    def test_the_first_in_the_rulebook_is_told_of_where_several_are_as_far(self, engine: str) -> None:
        book = PACE.evolve(id="fewer", compliance=None, designations={"CAS": {"credits": 4}})
        rows = [{**SOUND, "earned_on": date(2023, 5, 1), "minutes": 600, "documents": EDUCATION}]
        held = [{"member": "a", "designation": c, "term_start": date(2023, 1, 1)} for c in ("NALP", "CAS", "CAM")]
        (line,) = decided(rows, held, engine, renewal_year=2024, rulebook=book)
        assert (line["renewable"], line["required"]) == (True, 8.0)
        (line,) = decided(rows, held[:2], engine, renewal_year=2024, rulebook=book)
        assert (line["renewable"], line["required"]) == (True, 4.0)


@pytest.mark.parametrize("engine", ENGINES)
class TestOrder:
    """Where a limit takes one of several entries, what addresses compliance is kept first, then what comes first."""

    BOARD: ClassVar[dict[str, Any]] = {**SOUND, "kind": "association_service", "documents": EVERYTHING}

    def decided(self, engine: str, rows: list[dict[str, Any]], rulebook: cec.Rulebook | None = None) -> list[Any]:
        both = ENGINES[engine](activity_table(rows)), ENGINES[engine](held_table(HELD))
        made = rows_of(decide_frame(*both, renewal_year=2014, rulebook=rulebook))
        return sorted((line["row"], line["credited"], line["findings"]) for line in made)

    def test_rows_may_be_numbered_with_any_whole_numbers(self, engine: str) -> None:
        rows = [{**self.BOARD, "row": 2**62, "addresses_compliance": True}, {**self.BOARD, "row": -(2**62)}]
        assert self.decided(engine, rows) == [(-(2**62), 0.0, "same_body_again"), (2**62, 1.0, "")]
        taught = [{**row, "kind": "association_instruction", "minutes": 120} for row in rows]
        assert self.decided(engine, taught) == [(-(2**62), 1.0, "over_cap"), (2**62, 2.0, "")]

    def test_a_number_that_is_missing_or_stands_twice_is_reported(self, engine: str) -> None:
        numbers = [1, 1, 5] if engine == "pandas" else [1, 1, 5, None]
        rows = [{**self.BOARD, "row": number} for number in numbers] + [{**self.BOARD, "member": "b", "row": 1}]
        assert self.decided(engine, rows[:-1]) == [(5, 1.0, "")]
        both = ENGINES[engine](activity_table(rows)), ENGINES[engine](held_table([*HELD, {**HELD[0], "member": "b"}]))
        found = sorted(line["reason"] for line in rows_of(problems_frame(*both, renewal_year=2014)))
        assert found == ["row_missing"] * (len(rows) - 4) + ["row_twice"] * 2

    @pytest.mark.parametrize("each", [None, 1])
    @pytest.mark.parametrize("fields", [["title", "minutes"], ["minutes"]])
    def test_entries_may_be_told_apart_by_their_minutes(self, engine: str, each: int | None, fields: list[str]) -> None:
        others = {kind: {"once_per": None} for kind in ("association_service", "legislative_event")}
        rule = {"once_per": fields, "each": each}
        book = cec.NAAEI_2014.evolve(id="minutes", kinds={**others, "association_course": rule})
        row = {**SOUND, "documents": EDUCATION, "title": "Budgeting"}
        rows = [{**row, "minutes": minutes, "row": place} for place, minutes in enumerate((60, 90, 60))]
        expected = [decision["credited"] for decision in decisions(rows, HELD, book, 2014)]
        assert [credited for _, credited, _ in self.decided(engine, rows, book)] == expected
        both = ENGINES[engine](activity_table(rows)), ENGINES[engine](held_table(HELD))
        (line,) = rows_of(evaluate_frame(*both, renewal_year=2014, rulebook=book))
        assert line["credited"] == sum(expected) > max(expected)


class TestProblemsFrame:
    @pytest.mark.parametrize(
        ("wrong", "reason"),
        [
            ({"title": " "}, "title_missing"),
            ({"kind": "webinar"}, "kind_unknown"),
            ({"earned_on": None}, "earned_on_missing"),
            ({"minutes": None}, "length_missing"),
            ({"minutes": 0}, "length_invalid"),
            ({"hours": 1.0}, "length_twice"),
            ({"minutes": None, "hours": 1 / 3}, "length_invalid"),
            ({"documents": "a_letter"}, "document_unknown"),
            ({"member": None}, "member_missing"),
            ({"member": "b"}, "designation_missing"),
            ({"kind": None, "minutes": -1}, "kind_unknown;length_invalid"),
        ],
    )
    def test_a_row_that_stands_for_no_activity_is_reported(self, wrong: dict[str, Any], reason: str) -> None:
        assert problems([{**SOUND, "minutes": 60, **wrong}], HELD) == reason.split(";")

    @pytest.mark.parametrize("length", [{"minutes": 60}, {"minutes": 60, "hours": None}, {"hours": 1.1}])
    def test_a_sound_row_is_not(self, length: dict[str, Any]) -> None:
        assert problems([{**SOUND, **length}], HELD) == []

    def test_a_code_that_is_no_designation_or_that_the_rulebook_does_not_know_is_reported(self) -> None:
        held = [*HELD, {"member": "b", "designation": "CPM"}, {"member": "c", "designation": "CAMT"}]
        assert sorted(problems([], held)) == ["designation_unknown", "requirement_unknown"]

    @pytest.mark.parametrize(
        ("starts", "reasons"),
        [
            ({"CAM": date(2023, 6, 1), "NALP": None}, ["term_start_missing"]),
            ({"CAM": date(9998, 9, 30), "NALP": date(9998, 10, 1)}, ["term_start_invalid"]),
            ({"CALP": date(2023, 6, 1), "NALP": date(2023, 6, 2)}, ["term_start_twice"] * 2),
            ({"CALP": date(2023, 6, 1), "NALP": date(2023, 6, 1)}, []),
            ({"CPM": date(2023, 6, 1), "CPA": date(2023, 6, 2)}, ["designation_unknown"] * 2),
            ({"CPM": None}, ["designation_unknown", "term_start_missing"]),
        ],
    )
    def test_a_designation_without_a_term_of_its_own_is_reported(
        self, starts: dict[str, date | None], reasons: list[str]
    ) -> None:
        held = [{"member": "a", "designation": code, "term_start": start} for code, start in starts.items()]
        assert problems([], held, rulebook=PACE) == reasons

    def test_a_kind_of_which_the_sources_say_nothing_is_reported(self) -> None:
        book = cec.NAAEI_2014.evolve(id="silent", kinds={"in_house_training": {"side": "unknown"}})
        row = {**SOUND, "kind": "in_house_training", "minutes": 60}
        assert problems([row], HELD, rulebook=book) == ["kind_undecided"]


class TestTables:
    def decide(self, activities: Any, held: Any = None) -> Any:
        return evaluate_frame(activities, held_table(HELD) if held is None else held, renewal_year=2014)

    def test_every_missing_column_and_wrong_type_is_named_at_once(self) -> None:
        table = activity_table([{**SOUND, "minutes": 60}]).drop("title").with_columns(earned_on=pl.lit(41345))
        with pytest.raises(cec.InvalidDocument) as caught:
            self.decide(table)
        assert [p.where for p in caught.value.problems] == ["activities.title", "activities.earned_on"]

    def test_what_is_no_data_frame_is_refused(self) -> None:
        with pytest.raises(cec.InvalidValue, match="activities: must be a data frame, got a value of type list"):
            self.decide([])

    def test_two_kinds_of_frame_are_refused(self) -> None:
        with pytest.raises(cec.InvalidValue, match="must be a frame like activities, got polars lazy frame"):
            self.decide(activity_table([SOUND]), held_table(HELD).lazy())

    def test_members_by_number_on_one_side_and_by_name_on_the_other_are_refused(self) -> None:
        with pytest.raises(cec.InvalidValue, match=r"designations\.member: must have the type it has in activities"):
            self.decide(activity_table([SOUND]).with_columns(member=pl.lit(1)))

    def test_times_with_a_zone_are_refused_and_times_without_are_read_by_their_day(self) -> None:
        table = activity_table([{**SOUND, "minutes": 60, "documents": EDUCATION}])
        timed = table.cast({"earned_on": pl.Datetime})
        assert self.decide(timed)["credited"].to_list() == [1.0]
        with pytest.raises(cec.InvalidValue, match="without a time zone"):
            self.decide(timed.with_columns(pl.col("earned_on").dt.replace_time_zone("UTC")))

    @pytest.mark.parametrize("kind", [pl.Categorical, pl.String])
    def test_members_may_be_numbers_and_words_may_be_categories(self, kind: Any) -> None:
        table = activity_table([{**SOUND, "minutes": 60, "documents": EDUCATION}]).cast({"kind": kind})
        held = held_table(HELD).with_columns(member=pl.lit(7, pl.Int32))
        made = self.decide(table.with_columns(member=pl.lit(7)), held)
        assert made.row(0, named=True)["credited"] == 1.0

    @pytest.mark.parametrize("engine", ["polars", "polars-lazy", "duckdb", "pandas-arrow", "pyarrow"])
    def test_an_item_of_a_list_of_documents_is_a_code_as_it_stands(self, engine: str) -> None:
        lists = [[" transcript "], ["transcript;exam_results"], ["transcript", None], [""], [EDUCATION]]
        table = activity_table([{**SOUND, "minutes": 60}] * 5).with_columns(documents=pl.Series(lists))
        native = ENGINES[engine]
        (line,) = rows_of(self.decide(native(table), native(held_table(HELD))))
        assert (line["credited"], line["bad_rows"]) == (1.0, 4)

    @pytest.mark.parametrize("engine", ["polars", "polars-lazy", "duckdb", "pandas-arrow", "pyarrow"])
    def test_documents_may_be_lists(self, engine: str) -> None:
        table = activity_table([{**SOUND, "minutes": 60}] * 4)
        table = table.with_columns(
            documents=pl.Series([[EDUCATION, EDUCATION, "transcript"], [], None, [EDUCATION, "a_letter"]])
        )
        native = ENGINES[engine]
        (line,) = rows_of(self.decide(native(table), native(held_table(HELD))))
        assert (line["credited"], line["bad_rows"]) == (1.0, 1)

    @pytest.mark.parametrize("engine", ENGINES)
    def test_an_optional_column_that_holds_nothing_is_as_good_as_absent(self, engine: str) -> None:
        if engine == "duckdb" and duckdb.__version__ < "2":
            pytest.skip("a column of nothing holds whole numbers before DuckDB 2")
        table = activity_table([{**SOUND, "minutes": 60, "documents": EDUCATION}])
        native = ENGINES[engine]
        both = native(table.with_columns(hours=None, provider=None, row=None)), native(held_table(HELD))
        (line,) = rows_of(self.decide(*both))
        assert (line["credited"], line["bad_rows"]) == (1.0, 0)

    @pytest.mark.parametrize("column", ["member", "minutes", "row"])
    def test_whole_numbers_that_may_not_fit_are_refused(self, column: str) -> None:
        table = activity_table([SOUND]).with_columns(pl.lit(2**64 - 1, pl.UInt64).alias(column))
        with pytest.raises(
            cec.InvalidValue, match=rf"activities\.{column}: must be .* 64 bits with a sign.*, got UInt64"
        ):
            self.decide(table)

    def test_a_whole_number_of_hours_is_read_as_such(self) -> None:
        table = activity_table([{**SOUND, "hours": 2.0, "documents": EDUCATION}]).cast({"hours": pl.Int32})
        assert self.decide(table)["credited"].to_list() == [2.0]

    def test_the_order_of_rows_has_to_be_given_where_an_engine_keeps_none(self) -> None:
        native = ENGINES["duckdb"]
        both = native(activity_table([SOUND])), native(held_table(HELD))
        with pytest.raises(cec.InvalidValue, match=r"activities\.row: is a required column"):
            decide_frame(*both, renewal_year=2014)
        assert [line["row"] for line in rows_of(problems_frame(*both, renewal_year=2014))] == [None]

    def test_the_order_of_rows_is_that_of_the_frame_where_it_keeps_one(self) -> None:
        board = {**SOUND, "kind": "association_service", "documents": "member_listing"}
        for engine in ("polars", "polars-lazy", "pandas", "pyarrow"):
            native = ENGINES[engine]
            made = decide_frame(native(activity_table([board] * 2)), native(held_table(HELD)), renewal_year=2014)
            lines = sorted(rows_of(made), key=lambda line: line["row"])
            assert [line["findings"] for line in lines] == ["", "same_body_again"]


@pytest.mark.parametrize("engine", ENGINES)
class TestRulebooks:
    """Which object a rulebook is does not matter, nor a table of it that nothing uses."""

    TAUGHT: ClassVar[dict[str, Any]] = {**SOUND, "kind": "association_instruction", "minutes": 240}

    def told(self, engine: str, book: cec.Rulebook) -> tuple[float, bool]:
        rows = [{**self.TAUGHT, "documents": "course_promotion"}, {**self.TAUGHT, "documents": EDUCATION}]
        (line,) = decided(rows, HELD, engine, renewal_year=2014, rulebook=book)
        return line["credited"], line["renewable"]

    def test_an_equal_rulebook_decides_the_same(self, engine: str) -> None:
        assert self.told(engine, cec.NAAEI_2014) == (3.0, False)
        assert self.told(engine, pickle.loads(pickle.dumps(cec.NAAEI_2014))) == (3.0, False)

    def test_a_group_of_documents_that_no_kind_calls_for_changes_nothing(self, engine: str) -> None:
        unused = {"unused": {"documents": ["transcript"], "clause": "evidence.education"}}
        assert self.told(engine, cec.NAAEI_2014.evolve(evidence=unused)) == (3.0, False)


class TestEditions:
    def test_an_edition_whose_window_is_unknown_is_refused(self) -> None:
        with pytest.raises(cec.NotStated, match="do not say which days count"):
            decided([], HELD, renewal_year=2012, rulebook=cec.edition("naaei-contact-hours"))

    def test_an_edition_in_which_each_designation_has_a_term_needs_its_start(self) -> None:
        for decide in (evaluate_frame, decide_frame, problems_frame):
            with pytest.raises(cec.InvalidDocument) as caught:
                decide(activity_table([]).drop("title"), held_table(HELD), renewal_year=2024, rulebook=PACE)
            assert [p.where for p in caught.value.problems] == ["activities.title", "designations.term_start"]

    @pytest.mark.parametrize("edition", ["naaei-2014", "naaei-pace"])
    def test_the_start_of_a_term_has_to_be_a_date_wherever_it_is_given(self, edition: str) -> None:
        held = held_table(HELD).with_columns(term_start=pl.lit(45078))
        with pytest.raises(cec.InvalidValue, match=r"designations\.term_start: must be dates"):
            evaluate_frame(activity_table([]), held, renewal_year=2024, rulebook=cec.edition(edition))

    def test_terms_that_take_activities_from_one_another_are_refused(self) -> None:
        book = PACE.evolve(id="pace-strict", window={"shared": False})
        with pytest.raises(cec.InvalidValue, match="must let one activity serve several terms, got pace-strict"):
            decided([], HELD, renewal_year=2024, rulebook=book)

    @pytest.mark.parametrize(
        ("changes", "words"),
        [
            ({"in_network": {"of": "reported"}}, "must not have in_network.of = reported, got odd"),
            (
                {"kinds": {"college_course": {"credit_minutes": 50}}},
                "must not have kinds.college_course.credit_minutes",
            ),
        ],
    )
    def test_what_evaluate_alone_decides_by_is_refused_by_name(self, changes: dict[str, object], words: str) -> None:
        with pytest.raises(cec.InvalidValue, match=words) as caught:
            decided([], HELD, renewal_year=2024, rulebook=cec.NAAEI_2014.evolve(id="odd", **changes))
        assert (caught.value.where, caught.value.code) == ("rulebook", "conflict")

    def test_a_year_that_is_none_is_refused_with_terms_too(self) -> None:
        with pytest.raises(cec.InvalidValue, match="renewal_year: must be from"):
            decided([], HELD, renewal_year=0, rulebook=PACE)

    @pytest.mark.parametrize("engine", ["polars-lazy", "duckdb"])
    def test_what_is_lazy_stays_lazy(self, engine: str) -> None:
        native = ENGINES[engine]
        both = native(activity_table([])), native(held_table([]))
        for decide in (evaluate_frame, decide_frame, problems_frame):
            assert type(decide(*both, renewal_year=2024, rulebook=PACE)) is type(both[0])

    def test_a_rulebook_may_count_everything_as_often_as_it_is_reported(self) -> None:
        book, year = BY_WINDOW["one window"]["repeatable"]
        row = {**SOUND, "kind": "association_service", "documents": EVERYTHING}
        (line,) = decided([row] * 2, HELD, renewal_year=year, rulebook=book)
        made = decide_frame(activity_table([row] * 2), held_table(HELD), renewal_year=year, rulebook=book)
        assert (line["credited"], made["credited"].to_list()) == (2.0, [1.0, 1.0])

    def test_a_renewal_date_is_a_day_of_the_renewal_year(self) -> None:
        with pytest.raises(cec.InvalidValue, match="renewal_date: must be a day of the renewal year 2014, got 2015"):
            decided([], HELD, renewal_year=2014, renewal_date=date(2015, 1, 1))

    def test_months_are_counted_back_from_the_renewal_date(self) -> None:
        book = cec.edition("naaei-2022").evolve(
            id="months", window={"kind": "months_before", "months": 12, "years_before": None}
        )
        row = {**SOUND, "minutes": 60, "documents": EDUCATION, "earned_on": date(2022, 4, 1)}
        options = {"renewal_year": 2023, "rulebook": book}
        (line,) = decided([row], HELD, renewal_date=date(2023, 3, 31), **options)
        assert line["credited"] == 1.0
        (line,) = decided([row], HELD, renewal_date=date(2023, 4, 2), **options)
        assert line["credited"] == 0.0


def test_no_documents_code_is_part_of_anothers() -> None:
    """What the search for documents in a text relies on."""
    codes = [kind.value for kind in cec.DocumentKind]
    assert [(one, other) for one in codes for other in codes if one in other and one != other] == []


@pytest.mark.wide
@pytest.mark.parametrize("edition", ["naaei-2014", "naaei-pace"])
def test_arrow_whose_joins_give_rows_in_any_order_decides_many_rows_like_polars(edition: str) -> None:
    number = pl.int_range(80_000)
    members = number % 9000
    activities = pl.select(
        member=members.cast(pl.String),
        row=number,
        title=_each_of(number, ["Board", "board ", "Straße", "STRASSE"]),
        kind=_each_of(number // 9000, ["association_service", "association_instruction", "college_course"]),
        earned_on=pl.date(2013, 1 + number % 12, 1),
        minutes=30 + number % 200,
        documents=pl.lit(EVERYTHING),
    )
    held = pl.select(
        member=members.cast(pl.String),
        designation=_each_of(number // 9000 + number, ["CAM", "NALP", "CALP", "CAPS", "CAS"]),
        term_start=pl.date(2012, 1 + number % 12, 1),
    )
    options: dict[str, Any] = {"renewal_year": 2014, "rulebook": cec.edition(edition)}
    for decide, order in ((evaluate_frame, "member"), (decide_frame, "row")):
        expected = decide(activities, held, **options).sort(order)
        made = pl.from_arrow(decide(activities.to_arrow(), held.to_arrow(), **options))
        assert made.sort(order).select(expected.columns).equals(expected)


def _each_of(number: pl.Expr, names: list[str]) -> pl.Expr:
    return (number % len(names)).replace_strict(dict(enumerate(names)), return_dtype=pl.String)


def code_table(**columns: Any) -> Any:
    return activity_table([{**SOUND, "minutes": 60}]).with_columns(**columns)


@pytest.mark.parametrize(
    ("activities", "held", "path", "code"),
    [
        ([], HELD, ("activities",), "wrong_type"),
        (code_table().drop("title"), HELD, ("activities", "title"), "missing"),
        (code_table(earned_on=pl.lit(41345)), HELD, ("activities", "earned_on"), "wrong_type"),
        (code_table(Compensated=pl.lit(True)), HELD, ("activities", "Compensated"), "unknown_key"),
        (code_table().lazy(), HELD, ("designations",), "conflict"),
        (code_table(member=pl.lit(1)), HELD, ("designations", "member"), "conflict"),
        (code_table().to_pandas()[["kind", "kind"]], HELD, ("activities",), "repeated_key"),
        (code_table(), [{"member": "a"}], ("designations", "designation"), "missing"),
    ],
    ids=["no frame", "missing", "type", "slip", "another engine", "another member", "twice", "missing in the other"],
)
def test_a_table_that_cannot_be_read_has_the_code_and_the_path_of_its_problem(
    activities: Any, held: Any, path: tuple[str, ...], code: str
) -> None:
    with pytest.raises(cec.CecRulesError) as caught:
        evaluate_frame(activities, pl.DataFrame(held), renewal_year=2014)
    assert [(problem.path, problem.code) for problem in caught.value.problems] == [(path, code)]


def test_a_term_and_an_order_of_rows_that_are_not_there_are_missing() -> None:
    with pytest.raises(cec.InvalidValue) as caught:
        evaluate_frame(code_table(), held_table(HELD), renewal_year=2024, rulebook=PACE)
    assert (caught.value.path, caught.value.code) == (("designations", "term_start"), "missing")
    both = ENGINES["duckdb"](code_table()), ENGINES["duckdb"](held_table(HELD))
    with pytest.raises(cec.InvalidValue) as caught:
        decide_frame(*both, renewal_year=2014)
    assert (caught.value.path, caught.value.code) == (("activities", "row"), "missing")
