"""What activities claim, what counts once, and the yearly caps."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, codes, compliance, decide


def board(
    title: str = "Board of Directors", provider: str = "Anytown Apartment Association", **values: object
) -> cec.Activity:
    return activity("association_service", title=title, provider=provider, **values)


def event(
    title: str = "Day at the Capitol", provider: str = "Anytown Apartment Association", **values: object
) -> cec.Activity:
    return activity("legislative_event", title=title, provider=provider, **values)


@pytest.mark.clause("network.service")
class TestNetworkService:
    """One credit a board or committee whatever the hours, three in all; the same body counts once."""

    @pytest.mark.parametrize("hours", [None, 0.5, 40])
    def test_a_body_is_worth_one_credit_whatever_its_hours(self, hours: float | None) -> None:
        assert decide(board(hours=hours)).credited == 1

    @given(st.integers(0, 8))
    def test_no_more_than_three_bodies_count(self, bodies: int) -> None:
        assessment = decide(*[board(f"Committee {n}") for n in range(bodies)])
        assert assessment.credited == min(bodies, 3)
        for decision in assessment.decisions[3:]:
            (finding,) = decision.findings
            assert (finding.code, finding.clause, finding.credits, finding.limit) == (
                "over_cap",
                "network.service",
                1,
                3,
            )

    @pytest.mark.parametrize(
        "again", [{"title": " board of  DIRECTORS "}, {"provider": "ANYTOWN apartment association"}]
    )
    def test_the_same_body_counts_once_whatever_its_case_and_spacing(self, again: dict[str, str]) -> None:
        assessment = decide(board(), board(**again))
        assert assessment.credited == 1
        (finding,) = assessment.decisions[1].findings
        assert (finding.code, finding.kept, finding.clause) == ("same_body_again", 0, "network.service")

    @pytest.mark.parametrize(
        "other", [{"title": "Education Committee"}, {"provider": "Othertown Apartment Association"}]
    )
    def test_another_body_counts_beside_it(self, other: dict[str, str]) -> None:
        assert decide(board(), board(**other)).credited == 2

    def test_a_space_within_a_word_makes_no_other_body(self) -> None:
        assert decide(board("Fund raising"), board("Fundraising")).credited == 1

    def test_the_same_body_on_another_day_is_the_same_body(self) -> None:
        assert decide(board(), board(earned_on="2013-09-09")).credited == 1

    def test_of_several_entries_the_one_on_compliance_is_kept(self) -> None:
        assessment = decide(board(), board(addresses_compliance=True))
        assert codes(assessment.decisions[0]) == ["same_body_again"]
        assert (assessment.decisions[0].findings[0].kept, assessment.compliance) == (1, 1)

    def test_an_entry_that_is_rejected_for_itself_does_not_stand_in_the_way(self) -> None:
        assert decide(board(documents=()), board()).credited == 1

    def test_an_entry_that_repeats_takes_no_room_under_the_cap(self) -> None:
        assert decide(board(), board(), board("A"), board("B")).credited == 3


@pytest.mark.clause("network.event")
class TestNetworkEvent:
    """One credit a legislative event, without a cap; the same event counts once."""

    def test_events_have_no_cap(self) -> None:
        assert decide(*[event(earned_on=f"2013-05-{day:02}") for day in range(1, 10)]).credited == 9

    def test_the_same_event_counts_once(self) -> None:
        assessment = decide(event(), event(title="DAY AT THE CAPITOL"))
        assert assessment.credited == 1
        assert codes(assessment.decisions[1]) == ["same_event_again"]

    @pytest.mark.parametrize("other", [{"earned_on": "2013-05-02"}, {"title": "Town hall"}, {"provider": "NAA"}])
    def test_another_day_title_or_provider_is_another_event(self, other: dict[str, str]) -> None:
        assert decide(event(), event(**other)).credited == 2


@pytest.mark.clause("network.instruction")
class TestNetworkInstruction:
    """Unpaid teaching counts by its contact hours, three credits in all, apart from the cap on service."""

    @given(st.lists(st.integers(1, 300), max_size=5))
    def test_no_more_than_three_credits_of_teaching_count(self, minutes: list[int]) -> None:
        assessment = decide(*[activity("association_instruction", minutes=length) for length in minutes])
        assert assessment.credited.minutes == min(sum(minutes), 180)

    def test_what_is_over_the_cap_is_taken_from_the_last(self) -> None:
        assessment = decide(
            activity("association_instruction", hours=2), activity("association_instruction", hours=2.5)
        )
        assert [decision.credited for decision in assessment.decisions] == [2, 1]
        assert assessment.decisions[1].outcome == "reduced"

    def test_to_the_cap_nothing_is_taken_and_a_minute_over_it_is(self) -> None:
        just, over = (decide(activity("association_instruction", minutes=length)) for length in (180, 181))
        assert codes(just.decisions[0]) == []
        (finding,) = over.decisions[0].findings
        assert (finding.code, finding.credits.minutes) == ("over_cap", 1)

    def test_compliance_credits_are_kept_first(self) -> None:
        teaching = [activity("association_instruction", hours=3, addresses_compliance=flag) for flag in (False, True)]
        assessment = decide(*teaching)
        assert (assessment.credited, assessment.compliance) == (3, 3)

    def test_service_and_teaching_have_caps_of_their_own(self) -> None:
        bodies = [board(f"Committee {n}") for n in range(4)]
        assert decide(*bodies, activity("association_instruction", hours=4)).credited == 6


def test_the_rule_alone_finds_duplicates_and_takes_nothing_yet() -> None:
    ((position, finding),) = cec.duplicates([board(), board()], range(2), cec.NAAEI_2014)
    assert (position, finding.kept, finding.credits) == (1, 0, 0)


def test_the_first_in_the_order_is_kept_and_what_is_not_in_it_is_not_looked_at() -> None:
    ((position, finding),) = cec.duplicates([board(), board(), board()], [2, 0], cec.NAAEI_2014)
    assert (position, finding.kept) == (0, 2)


def test_the_rule_alone_takes_what_is_over_a_cap() -> None:
    reported = [activity("association_instruction", hours=2), activity(hours=9), board()]
    reported += [activity("association_instruction", hours=1.5)]
    ((position, finding),) = cec.over_caps(reported, [120, 540, 60, 90], range(4), cec.NAAEI_2014)
    assert (position, finding.code, finding.credits, finding.limit) == (3, "over_cap", 0.5, 3)


def test_a_cap_keeps_the_first_in_the_order() -> None:
    reported = [activity("association_instruction", hours=2), activity("association_instruction", hours=2)]
    ((position, finding),) = cec.over_caps(reported, [120, 120], [1, 0], cec.NAAEI_2014)
    assert (position, finding.credits) == (0, 1)
    assert cec.over_caps(reported, [120, 120], [1], cec.NAAEI_2014) == []


def test_an_occasion_that_is_worth_nothing_claims_nothing() -> None:
    assert decide(activity("volunteer_grading")).decisions[0].claimed == 0


def test_a_shared_cap_holds_for_its_kinds_together() -> None:
    two_events = [event(), event(title="Town hall")]
    taught = activity("association_instruction", hours=3)
    reported = [*two_events, board(), taught]
    assert decide(*reported).credited == 6
    assert decide(*reported, rulebook=cec.edition("naaei-2021"), year=2014).credited == 2


@pytest.mark.clause("unit.hour")
class TestUnitHour:
    """Hours claim as many credits, to the minute."""

    @given(st.integers(1, 10_000))
    def test_what_is_measured_claims_its_minutes(self, minutes: int) -> None:
        assert cec.claimed_minutes([activity(minutes=minutes)], cec.NAAEI_2014) == [minutes]

    def test_another_unit_makes_other_credits_of_the_same_minutes(self) -> None:
        contact_hours = cec.NAAEI_2014.evolve(credit={"minutes": 50})
        assert decide(compliance(minutes=50), rulebook=contact_hours).credited == 1


class TestMinutesACredit:
    """A kind may have its own number of minutes a credit."""

    BOOK = cec.NAAEI_2014.evolve(id="slow", kinds={"association_instruction": {"credit_minutes": 90}})

    @pytest.mark.parametrize(("minutes", "claimed"), [(90, 60), (91, 60), (92, 61), (89, 59), (1, 0)])
    def test_whole_minutes_of_a_credit_are_claimed(self, minutes: int, claimed: int) -> None:
        teaching = activity("association_instruction", minutes=minutes)
        found = decide(teaching, activity(minutes=minutes), rulebook=self.BOOK)
        assert [decision.claimed.minutes for decision in found.decisions] == [claimed, minutes]
        assert cec.screen(teaching, rulebook=self.BOOK).decision.claimed.minutes == claimed

    def test_the_cap_is_in_credits(self) -> None:
        assert decide(activity("association_instruction", hours=9), rulebook=self.BOOK).credited == 3
