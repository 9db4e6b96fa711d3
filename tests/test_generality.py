"""Rulebooks of other schemes: what the schema says of them, it says without code."""

from pathlib import Path
from typing import Any

import attrs
import pytest

import cecrules as cec
from builders import activity, codes, decide

FOLDER = Path(__file__).with_name("rulebooks")
HCCP = cec.load_rulebook(FOLDER / "nahb-hccp.toml")
AICP = cec.load_rulebook(FOLDER / "aicp-cm.toml")


def hccp(*reported: cec.Activity) -> cec.Assessment:
    on_subject = [attrs.evolve(each, addresses_compliance=True) for each in reported]
    return decide(*on_subject, held=["CAS"], rulebook=HCCP, renewal_date="2014-03-01")


def aicp(*reported: cec.Activity) -> cec.Assessment:
    return decide(*reported, rulebook=AICP, renewal_date="2014-12-31")


class TestHccp:
    """Four hours a year, all on the subject; material taught again is credited once."""

    def test_four_hours_from_anywhere_renew(self) -> None:
        assert hccp(activity("real_estate_board_course", hours=4)).renewable
        assert not hccp(activity("real_estate_board_course", minutes=239)).renewable

    def test_hours_off_the_subject_do_not(self) -> None:
        off = decide(activity(hours=4), held=["CAS"], rulebook=HCCP, renewal_date="2014-03-01")
        assert (off.shortfall.total, off.shortfall.compliance) == (0, 4)

    def test_the_cycle_ends_with_the_day_the_renewal_is_due(self) -> None:
        days = ["2013-02-28", "2013-03-01", "2014-03-01", "2014-03-02"]
        assert [bool(hccp(activity(hours=4, earned_on=day)).credited) for day in days] == [False, True, True, False]

    def test_material_presented_again_is_credited_once(self) -> None:
        talks = [
            activity("industry_instruction", hours=2, title="Income limits", earned_on=f"2013-{month}-01")
            for month in ("05", "06")
        ]
        assessment = hccp(*talks)
        assert assessment.credited == 2
        assert codes(assessment.decisions[1]) == ["same_body_again"]

    def test_other_material_counts_beside_it(self) -> None:
        talk = activity("industry_instruction", hours=2, title="Income limits")
        assert hccp(talk, attrs.evolve(talk, title="Student rule")).renewable


class TestAicp:
    """Thirty-two credits in two years, at most eight of them reported by oneself."""

    def test_thirty_two_in_two_years_renew(self) -> None:
        law = activity(hours=1, addresses_compliance=True)
        assert aicp(
            law, activity(hours=16, earned_on="2013-01-01"), activity(hours=15, earned_on="2014-12-31")
        ).renewable

    def test_no_more_than_eight_are_reported_by_oneself(self) -> None:
        assert aicp(activity("housing_organization_program", hours=20)).credited == 8


@pytest.mark.parametrize("book", [HCCP, AICP], ids=lambda book: book.id)
@pytest.mark.parametrize("change", [{"once_per": ["title"]}, {"once_per": ["provider", "title"], "each": None}])
def test_entries_of_different_lengths_are_never_the_same(book: cec.Rulebook, change: dict[str, Any]) -> None:
    with pytest.raises(cec.InvalidValue, match="once_per: must include minutes, or the kind must have each"):
        book.evolve(kinds={"association_course": change})
