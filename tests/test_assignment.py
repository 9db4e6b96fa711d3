"""Which term each activity serves; that no assignment is better is shown in `proof/test_assignment.py`."""

from __future__ import annotations

import random
from collections.abc import Callable

import pytest

import cecrules as cec
from builders import activity, codes, decide
from cecrules import assignment

APART = cec.edition("naaei-pace").evolve(id="pace-apart", window={"shared": False})
ON_COMPLIANCE = APART.evolve(compliance={"strength": "must", "credits": 1, "clause": "required.cam"})
# Eight credits, of them five in network, and five credits, of them three in network; that of CAM ends first.
STARTS = {"CAM": "2024-01-31", "CALP": "2024-05-31"}
CAM_FIRST, CALP_FIRST = STARTS, {"CAM": "2024-05-31", "CALP": "2024-01-31"}


def did(hours: float, kind: str = "association_course", on: str = "2024-07-01", **values: object) -> cec.Activity:
    """A course inside both terms, unless told otherwise."""
    return activity(kind, hours, earned_on=on, **values)


def decided(
    *activities: cec.Activity, starts: dict[str, str] = CAM_FIRST, book: cec.Rulebook = APART
) -> tuple[cec.Assessment, ...]:
    return decide(*activities, rulebook=book, year=2025, held=list(starts), term_starts=starts).terms


def used(*activities: cec.Activity, starts: dict[str, str] = CAM_FIRST, book: cec.Rulebook = APART) -> tuple[str, ...]:
    """The designation that each activity is credited for, if any."""
    terms = decided(*activities, starts=starts, book=book)
    return tuple(
        "".join(term.designations[0] for term in terms if term.decisions[number].credited)
        for number in range(len(activities))
    )


@pytest.mark.clause("window.previous-year")
class TestTheBestAssignment:
    """One measure after the other decides; the next one only among equals."""

    @pytest.mark.parametrize("starts", [CAM_FIRST, CALP_FIRST])
    def test_both_renew_where_they_can(self, starts: dict[str, str]) -> None:
        assert used(did(8), did(5), starts=starts) == ("CAM", "CALP")
        assert used(did(5), did(8), starts=starts) == ("CALP", "CAM")

    def test_most_terms_are_renewed_even_by_fewer_credits(self) -> None:
        """For CAM, seven of the eight hours required would be credited; five renew CALP."""
        assert used(did(7)) == ("CALP",)

    def test_a_term_without_its_compliance_credit_is_not_renewed(self) -> None:
        assert used(did(5, addresses_compliance=True), did(5), book=ON_COMPLIANCE) == ("CALP", "CAM")

    def test_then_most_credits_up_to_what_is_required_count(self) -> None:
        """From outside the network CALP, which ends first, has room for two credits of three."""
        assert used(did(3, "college_course"), starts=CALP_FIRST) == ("CAM",)
        assert used(did(2, "college_course"), starts=CALP_FIRST) == ("CALP",)

    def test_then_most_compliance_credits_up_to_what_is_required_do(self) -> None:
        before, inside = did(1, on="2024-03-01", addresses_compliance=True), did(1, addresses_compliance=True)
        assert used(before, inside, book=ON_COMPLIANCE) == ("CAM", "CALP")
        assert used(before, inside) == ("CAM", "CAM")
        assert used(before, did(1), book=ON_COMPLIANCE) == ("CAM", "CAM")

    def test_then_the_term_that_ends_first_has_the_most_credits(self) -> None:
        assert used(did(8), did(3), did(5)) == ("CAM", "CAM", "CALP")
        assert used(did(3), did(5), did(8), starts=CALP_FIRST) == ("CALP", "CALP", "CAM")

    def test_of_terms_that_end_on_one_day_the_first_held_does(self) -> None:
        """Whichever began first: fifteen months from both days end on 28 February 2026."""
        (late, early), one = ("2024-11-30", "2024-11-29"), did(1, on="2025-01-15")
        assert used(one, starts={"CAM": late, "CALP": early}) == ("CAM",)
        assert used(one, starts={"CALP": late, "CAM": early}) == ("CALP",)

    def test_then_the_order_given_decides(self) -> None:
        assert used(did(5), did(5)) == ("CAM", "CALP")
        assert used(did(5), did(5), starts=CALP_FIRST) == ("CALP", "CAM")

    def test_it_does_so_for_three_terms(self) -> None:
        starts = dict.fromkeys(["CAM", "CAPS", "CALP"], "2024-01-01")
        assert used(did(8), did(8), did(5), starts=starts) == ("CAM", "CAPS", "CALP")
        assert used(did(5), did(8), did(8), starts=starts) == ("CALP", "CAM", "CAPS")

    def test_a_way_with_fewer_compliance_credits_is_kept_where_another_activity_has_them(self) -> None:
        """Under the cap of two credits a term, the third hour serves CALP, whose compliance credit is there already."""
        first, second, third, later = (
            did(1, "association_instruction", on=day, addresses_compliance=bool(about))
            for day, about in (("2024-07-01", 0), ("2024-07-01", 0), ("2024-07-01", 1), ("2025-06-01", 1))
        )
        before = did(1, on="2024-03-01", addresses_compliance=True)
        assert used(first, second, third, later, before, book=ON_COMPLIANCE) == ("CAM", "CAM", "CALP", "CALP", "CAM")

    def test_duplicates_may_serve_a_term_each(self) -> None:
        board = [activity("association_service", earned_on="2024-07-01") for _ in range(3)]
        assert used(*board) == ("CAM", "CALP", "")

    def test_duplicates_count_once_in_a_term(self) -> None:
        """Two credits of CAM need another board: the second entry of the first one adds nothing there."""
        first, other = (activity("association_service", title=title, earned_on="2024-07-01") for title in "ab")
        assert used(first, first, other, did(4)) == ("CAM", "CALP", "CAM", "CALP")

    def test_each_cap_is_by_itself(self) -> None:
        two = APART.evolve(
            caps={
                "association_participation": {"kinds": ["legislative_event", "association_service"]},
                "teaching": {"credits": 2, "kinds": ["association_instruction"], "clause": "required.cam"},
            }
        )
        taught = did(2, "association_instruction")
        assert used(taught, did(2, "association_service"), did(4), did(5), book=two) == ("CAM", "CAM", "CALP", "CAM")

    def test_what_a_cap_leaves_over_stands_in_for_what_was_reported_later(self) -> None:
        taught = [did(2, "association_instruction") for _ in range(3)]
        assert used(*taught) == ("CAM", "CALP", "")

    def test_or_for_what_does_not_address_compliance(self) -> None:
        taught = [did(2, "association_instruction", addresses_compliance=about) for about in (False, False, True)]
        assert used(*taught) == ("CAM", "", "CALP")

    def test_what_claims_nothing_serves_none(self) -> None:
        nothing = APART.evolve(kinds={"association_service": {"each": 0}})
        assert used(did(5, "association_service"), did(5), book=nothing) == ("", "CALP")

    def test_an_activity_inside_one_term_serves_that_one(self) -> None:
        assert used(did(5, on="2024-03-01"), did(8, on="2025-06-01"), did(3)) == ("CAM", "CALP", "CAM")


class TestFindings:
    def test_what_serves_one_term_is_rejected_in_the_other(self) -> None:
        cam, calp = decided(did(8), did(5))
        assert [codes(decision) for decision in cam.decisions] == [[], ["served_another_term"]]
        assert [codes(decision) for decision in calp.decisions] == [["served_another_term"], []]
        (finding,) = cam.decisions[1].findings
        assert (finding.served, finding.credits, finding.clause) == (cec.Designation.CALP, 5, APART.window.clause)
        assert cec.to_dict(finding)["served"] == "CALP"
        assert cec.from_dict(cec.to_dict(finding), cec.Finding) == finding

    def test_what_serves_none_is_rejected_for_its_own_reasons(self) -> None:
        for term in decided(did(8), did(1, documents=())):
            assert codes(term.decisions[1]) == ["undocumented"]
        for term in decided(*[did(2, "association_instruction") for _ in range(3)]):
            assert codes(term.decisions[2]) == ["over_cap"]


class TestTheBound:
    THREE = dict.fromkeys(["CAM", "CAPS", "CALP"], "2024-01-01")
    KINDS = [rule.kind for rule in APART.kinds if rule.side != "not_accepted"]

    def many(self, number: int, step: int, seed: int) -> list[cec.Activity]:
        """Activities of every kind and up to four hours, the shortest of so many minutes."""
        rng = random.Random(seed)
        return [did(0, rng.choice(self.KINDS), minutes=rng.randint(1, 240 // step) * step) for _ in range(number)]

    @pytest.mark.parametrize("step", [15, 30, 60])
    @pytest.mark.parametrize("number", [10, 20, 40])
    def test_people_with_three_terms_of_the_same_days_are_within_it(self, step: int, number: int) -> None:
        for seed in range(5):
            assert len(decided(*self.many(number, step, seed), starts=self.THREE)) == 3

    def submission(self, activities: list[cec.Activity]) -> cec.Submission:
        held = list(self.THREE)
        return cec.Submission(renewal_year=2025, designations=held, term_starts=self.THREE, activities=activities)

    @pytest.mark.parametrize("decide_by", [cec.evaluate, cec.figures])
    def test_beyond_it_a_submission_is_refused(
        self, decide_by: Callable[..., object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(assignment, "MOST_STEPS", 2_000)
        with pytest.raises(cec.InvalidValue) as caught:
            decide_by(self.submission(self.many(40, 1, 0)), APART)
        assert (caught.value.where, caught.value.code) == ("activities", "out_of_range")
        assert str(caught.value) == (
            "activities: must be assigned to 3 terms in at most 2000 steps, got 40 activities that take more; "
            "leave out activities that are not needed"
        )

    def test_so_are_thousands_of_activities_that_several_terms_could_use(self) -> None:
        with pytest.raises(cec.InvalidValue, match="got 1001 activities that take more"):
            cec.evaluate(self.submission([did(1)] * 1_001), APART)
        alone = [did(1)] * 1_001
        assert decided(*alone, starts={"CAM": "2024-01-01"})[0].credited == 1_001

    def test_the_last_step_allowed_is_taken(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """One choice of two ways: 1 step for it, 2 alone, 1 to compare them, 1 for the share outside, 2 to join it."""
        monkeypatch.setattr(assignment, "MOST_STEPS", 7)
        assert used(did(5)) == ("CALP",)
        monkeypatch.setattr(assignment, "MOST_STEPS", 6)
        with pytest.raises(cec.InvalidValue):
            used(did(5))
