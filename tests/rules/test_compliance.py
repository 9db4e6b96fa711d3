"""The compliance credit."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, compliance, decide


@pytest.mark.clause("compliance.one")
class TestComplianceOne:
    """One credit should address compliance; its lack makes the submission not renewable, and is called a should."""

    def test_a_submission_short_of_nothing_else_is_told_so(self) -> None:
        assessment = decide(activity(hours=6))
        assert not assessment.renewable
        assert assessment.shortfall == cec.Shortfall(
            total=cec.Credits(0), in_network=cec.Credits(0), compliance=cec.Credits(1)
        )
        assert assessment.checks[2].strength == "should"
        assert "Short only of the compliance credit, which the page says should be reported." in cec.explain(assessment)

    @given(st.lists(st.integers(1, 70), max_size=4))
    def test_several_programs_may_make_it_up_together(self, minutes: list[int]) -> None:
        assessment = decide(*[compliance(minutes=length) for length in minutes], activity(hours=6))
        assert assessment.compliance.minutes == sum(minutes)
        assert assessment.renewable == (sum(minutes) >= 60)

    def test_it_is_part_of_the_total_from_either_side(self) -> None:
        outside = activity("college_course", addresses_compliance=True)
        assert decide(activity(hours=5), outside).renewable

    def test_one_serves_all_designations(self) -> None:
        assert decide(compliance(), activity(hours=5), held=["CAM", "NALP", "CAS"]).renewable

    def test_only_credits_that_count_address_it(self) -> None:
        refused = activity("in_house_training", addresses_compliance=True)
        assert decide(activity(hours=6), refused).compliance == 0


class TestOtherRulebooks:
    """A rulebook may make it an advice, or leave it out."""

    ADVISED = cec.NAAEI_2014.evolve(compliance={"strength": "may"})

    def test_an_advice_is_a_notice_and_no_check(self) -> None:
        assessment = decide(activity(hours=6), rulebook=self.ADVISED)
        assert assessment.renewable
        assert len(assessment.checks) == 2
        assert [(notice.code, notice.clause) for notice in assessment.notices] == [
            ("compliance_advised", "compliance.one")
        ]

    def test_an_advice_followed_is_not_given_again(self) -> None:
        assert decide(compliance(hours=6), rulebook=self.ADVISED).notices == ()

    def test_left_out_it_is_neither(self) -> None:
        assessment = decide(activity(hours=6), rulebook=cec.NAAEI_2014.evolve(compliance=None))
        assert assessment.renewable
        assert (len(assessment.checks), assessment.notices) == (2, ())

    def test_it_is_never_more_than_is_required(self) -> None:
        book = cec.NAAEI_2014.evolve(designations={"CAS": {"credits": "0.5"}})
        assert decide(held=["CAS"], rulebook=book).shortfall.compliance == 0.5

    def test_the_minutes_on_compliance_are_those_credited(self) -> None:
        assert cec.compliance_minutes([compliance(), activity()], [40, 60]) == 40
