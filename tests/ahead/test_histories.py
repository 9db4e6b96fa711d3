"""Which renewal each activity counts for, by the edition in force each year."""

from __future__ import annotations

from typing import Any

import pytest

import cecrules as cec
from builders import activity, compliance


class TestYears:
    """One row a renewal year."""

    COURSES = (
        activity(hours=4, earned_on="2019-05-01"),
        activity("association_instruction", hours=3, earned_on="2020-05-01"),
        activity(hours=4, earned_on="2020-05-02", documents=()),
        compliance(4, earned_on="2022-05-01"),
    )

    def test_each_is_decided_by_the_edition_in_force(self) -> None:
        found = cec.years(self.COURSES, ["CAM"], [2020, 2021, 2023])
        assert [row.assessment.rulebook for row in found] == ["naaei-2014", "naaei-2021", "naaei-2022"]
        assert [row.credited for row in found] == [(0,), (1,), (3,)]
        assert [row.assessment.credited for row in found] == [4, 2, 4]
        assert [row.reasons for row in found] == [(), (), ()]

    @pytest.mark.clause("refused.old")
    def test_nothing_is_carried_over(self) -> None:
        found = cec.years([compliance(12, earned_on="2015-05-01")], ["CAM"], [2016, 2017])
        assert [row.credited for row in found] == [(0,), ()]
        assert found[1].assessment.credited == 0

    def test_a_year_that_cannot_be_decided_is_a_row_with_the_reason(self) -> None:
        found = cec.years(self.COURSES, ["CAM", "CALP"], [2013, 2014, 2025])
        assert [row.assessment is None for row in found] == [True, False, True]
        assert [row.codes for row in found] == [("unknown_name",), (), ("missing", "missing")]
        assert found[0].reasons[0].startswith("renewal_year: no edition is known to govern 2013")
        assert [reason.partition(":")[0] for reason in found[2].reasons] == ["term_starts.CAM", "term_starts.CALP"]

    def test_a_term_belongs_to_a_year(self) -> None:
        course = activity(hours=8, earned_on="2024-05-01")
        starts = {2025: {"CAM": "2024-01-31"}, 2026: {"CAM": "2025-01-31"}}
        found = cec.years([course], ["CAM"], (2025, 2026), term_starts=starts)
        assert [row.credited for row in found] == [(0,), ()]
        assert found[0].assessment.renewable

    def test_without_a_term_no_year_is_that_of_an_activity(self) -> None:
        """A designation that requires no credits needs no term, but then every year would credit the same course."""
        course = activity(hours=8, earned_on="2024-05-01")
        found = cec.years([course], ["CAMT"], (2025, 2026), term_starts={2026: {"CAMT": "2024-01-31"}})
        assert [(row.credited, row.codes) for row in found] == [((), ("missing",)), ((0,), ())]
        problem = "is required by naaei-pace, to know for which renewal year an activity counts"
        assert found[0].reasons == (f"term_starts.CAMT: {problem}; see clause window.previous-year",)
        (row,) = cec.years([], ["CAMT"], [2025])
        assert row.assessment
        assert row.assessment.renewable

    def test_so_does_the_day_a_renewal_is_due(self) -> None:
        (row,) = cec.years([], ["CAM"], [2014], renewal_dates={2014: "2013-12-31"})
        assert row.reasons == ("renewal_date: must be a day of the renewal year 2014, got 2013-12-31",)
        assert cec.years([], ["CAM"], [2014], renewal_dates={2014: "2014-01-01"})[0].assessment


class TestArguments:
    """An argument that is wrong by itself is an error, whatever the year."""

    @pytest.mark.parametrize(
        ("values", "where"),
        [
            ({"years": "2014"}, "years"),
            ({"years": [2014, 14]}, "years[1]"),
            ({"activities": [3]}, "activities[0]"),
            ({"designations": []}, "designations"),
            ({"term_starts": 3}, "term_starts"),
            ({"term_starts": {"CAM": "2024-01-31"}}, "term_starts.CAM"),
            ({"term_starts": {2014: "2024-01-31"}}, "term_starts.2014"),
            ({"renewal_dates": {2014: "May"}}, "renewal_dates.2014"),
        ],
    )
    def test_it_is_named(self, values: dict[str, Any], where: str) -> None:
        given = {"activities": [], "designations": ["CAM"], "years": [2014], **values}
        with pytest.raises(cec.InvalidValue) as caught:
            cec.years(given.pop("activities"), given.pop("designations"), given.pop("years"), **given)
        assert caught.value.where == where

    def test_all_of_them_are_reported(self) -> None:
        with pytest.raises(cec.InvalidDocument) as caught:
            cec.years([3], [], "x")  # type: ignore[list-item]
        assert [problem.where for problem in caught.value.problems] == ["years", "designations", "activities[0]"]
