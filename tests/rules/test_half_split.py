"""At least half in network, at most half outside; both halves are of what is required."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, codes, compliance, decide


@pytest.mark.clause("network.half")
class TestNetworkHalf:
    """At least half of the required credits come from the network: 3 of 6, exactly 1.5 of 3."""

    @pytest.mark.parametrize(("held", "least"), [("CAM", 180), ("NALP", 90)])
    def test_half_is_enough_and_a_minute_less_is_not(self, held: str, least: int) -> None:
        rest = activity("college_course", minutes=least, addresses_compliance=True)
        assert decide(activity(minutes=least), rest, held=[held]).renewable
        short = decide(activity(minutes=least - 1), rest, held=[held])
        assert (short.shortfall.in_network.minutes, short.shortfall.total.minutes) == (1, 1)

    def test_it_is_half_of_what_is_required_not_of_what_was_earned(self) -> None:
        assessment = decide(compliance(hours=4), activity("college_course", hours=6))
        assert assessment.renewable
        assert (assessment.in_network, assessment.out_of_network) == (4, 3)

    def test_everything_may_come_from_the_network(self) -> None:
        assert decide(compliance(hours=6)).renewable

    def test_the_check_names_the_clause_and_its_verb(self) -> None:
        check = decide().checks[1]
        assert (check.rule, check.required, check.strength, check.clause) == ("in_network", 3, "must", "network.half")


@pytest.mark.clause("outside.half")
class TestOutsideHalf:
    """No more than half of the required credits come from other sources."""

    @given(st.lists(st.integers(1, 400), max_size=6))
    def test_no_more_than_half_counts_to_the_minute(self, minutes: list[int]) -> None:
        assessment = decide(*[activity("college_course", minutes=length) for length in minutes])
        assert assessment.out_of_network.minutes == min(sum(minutes), 180)
        taken = sum(finding.credits.minutes for decision in assessment.decisions for finding in decision.findings)
        assert sum(minutes) == assessment.out_of_network.minutes + taken

    def test_what_does_not_fit_is_taken_from_the_last(self) -> None:
        assessment = decide(activity("college_course", hours=2), activity("housing_service", hours=3))
        (finding,) = assessment.decisions[1].findings
        assert (finding.code, finding.clause, finding.credits, finding.limit) == ("over_half", "outside.half", 2, 3)

    def test_to_the_half_nothing_is_taken_and_a_minute_over_it_is(self) -> None:
        just, over = (decide(activity("college_course", minutes=length)) for length in (180, 181))
        assert codes(just.decisions[0]) == []
        (finding,) = over.decisions[0].findings
        assert (finding.code, finding.credits.minutes) == ("over_half", 1)

    def test_compliance_credits_are_kept_first(self) -> None:
        assessment = decide(
            activity("college_course", hours=3), activity("college_course", hours=1, addresses_compliance=True)
        )
        assert assessment.compliance == 1
        assert [decision.credited for decision in assessment.decisions] == [2, 1]

    def test_a_cap_and_the_half_may_both_take(self) -> None:
        book = cec.edition("naaei-2022")
        assessment = decide(
            activity("college_course", hours=2), activity("industry_instruction", hours=4), rulebook=book
        )
        assert codes(assessment.decisions[1]) == ["over_cap", "over_half"]
        assert assessment.decisions[1].credited == 1


def test_an_explicit_minimum_need_be_no_half() -> None:
    reported = [activity(hours=4), activity("college_course", hours=4)]
    assessment = decide(*reported, rulebook=cec.edition("naaei-2022"))
    assert (assessment.in_network, assessment.out_of_network, assessment.shortfall.in_network) == (4, 3, 1)


def test_half_of_three_was_later_two_whole_credits() -> None:
    half = [compliance(minutes=90), activity("college_course", minutes=90)]
    assert decide(*half, held=["NALP"]).renewable
    later = decide(*half, held=["NALP"], rulebook=cec.edition("naaei-2021"))
    assert later.shortfall.in_network == 0.5


def test_half_of_an_odd_number_of_minutes_is_not_rounded_down() -> None:
    book = cec.NAAEI_2014.evolve(credit={"minutes": 25}, designations={"CAS": {"credits": 1}})
    assert decide(held=["CAS"], rulebook=book).checks[1].required.minutes == 13


def test_the_rule_alone_takes_what_does_not_fit_into_the_room() -> None:
    reported = [activity("college_course"), activity(), activity("published_article"), activity("college_course")]
    ((position, finding),) = cec.over_half(reported, [60, 500, 60, 90], range(4), 180, cec.NAAEI_2014)
    assert (position, finding.code, finding.credits, finding.limit) == (3, "over_half", 0.5, 3)


def test_the_half_keeps_the_first_in_the_order() -> None:
    reported = [activity("college_course", hours=2), activity("published_article", hours=2)]
    ((position, finding),) = cec.over_half(reported, [120, 120], [1, 0], 180, cec.NAAEI_2014)
    assert (position, finding.credits) == (0, 1)
    assert cec.over_half(reported, [120, 120], [1], 180, cec.NAAEI_2014) == []
