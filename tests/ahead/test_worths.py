"""What one more entry would add, and what it would take off each shortfall."""

from __future__ import annotations

import itertools
from typing import Any

import attrs
import pytest

import cecrules as cec
from builders import activity, compliance, submission
from cecrules.ahead import worths

PACE = cec.edition("naaei-pace")


def gain(found: cec.Worth, kind: str, on_compliance: bool) -> cec.Gain:
    return next(one for one in found.gains if (one.kind, one.addresses_compliance) == (kind, on_compliance))


def shorter(one: cec.Gain) -> tuple[cec.Credits, ...]:
    return one.taken_off.total, one.taken_off.in_network, one.taken_off.compliance


class TestGains:
    """Each kind of the rulebook, on compliance and not."""

    def test_every_kind_is_there_once_on_compliance_and_once_not(self) -> None:
        pairs = [(one.kind, one.addresses_compliance) for one in cec.worth(submission()).gains]
        assert sorted(pairs) == sorted((rule.kind, about) for rule in cec.NAAEI_2014.kinds for about in (False, True))

    def test_the_most_useful_come_first(self) -> None:
        found = cec.worth(submission())
        off = [sum(amount.minutes for amount in shorter(one)) for one in found.gains]
        assert off == sorted(off, reverse=True)
        assert (off[0], off[-1]) == (180, 0)

    @pytest.mark.clause("compliance.one")
    def test_a_credit_more_may_bring_the_renewal_no_nearer(self) -> None:
        found = cec.worth(submission(activity(hours=6)))
        one = gain(found, "college_course", False)
        assert (one.total, one.nearer, one.why) == (1, False, ())
        assert shorter(gain(found, "college_course", True)) == (0, 0, 1)

    @pytest.mark.clause("network.half")
    def test_outside_the_network_it_takes_nothing_off_the_half(self) -> None:
        found = cec.worth(submission(), minutes=90)
        assert shorter(gain(found, "college_course", False)) == (1.5, 0, 0)
        assert shorter(gain(found, "association_course", False)) == (1.5, 1.5, 0)

    @pytest.mark.parametrize(
        ("kind", "code"), [("in_house_training", "kind_not_accepted"), ("college_course", "over_half")]
    )
    def test_no_credits_have_a_reason(self, kind: str, code: str) -> None:
        one = gain(cec.worth(submission(activity("college_course", hours=3))), kind, False)
        assert (one.total, one.nearer) == (0, False)
        assert [finding.code for finding in one.why] == [code]

    def test_a_part_that_is_lost_has_a_reason(self) -> None:
        one = gain(
            cec.worth(submission(activity("association_instruction", hours=2.5))), "association_instruction", False
        )
        assert (one.total, one.why[0].credits) == (0.5, 0.5)

    def test_so_has_the_place_that_it_takes(self) -> None:
        """Under a cap that is full, an entry on compliance replaces another."""
        one = gain(cec.worth(submission(activity("association_instruction", hours=3))), "association_instruction", True)
        assert (one.total, one.compliance) == (0, 1)
        assert [finding.code for finding in one.why] == ["over_cap"]

    def test_decisions_are_made_only_where_a_limit_takes_credits(self, monkeypatch: pytest.MonkeyPatch) -> None:
        """Once for the submission, and once for each of the two kinds that are refused, on compliance or not."""
        decided = itertools.count()
        monkeypatch.setattr(worths, "evaluate", lambda *given: (next(decided), cec.evaluate(*given))[1])
        refused = {one.kind for one in cec.worth(submission()).gains if not one.total}
        assert refused == {"in_house_training", "unlisted"}
        assert next(decided) == 1 + 2 * len(refused)

    def test_a_share_of_what_is_reported_is_decided_each_time(self) -> None:
        book = cec.NAAEI_2014.evolve(id="reported", in_network={"of": "reported"})
        one = gain(cec.worth(submission(activity("college_course", hours=3)), book), "association_course", True)
        assert one.taken_off.in_network == 1

    def test_a_worth_that_is_fixed_does_not_depend_on_the_minutes(self) -> None:
        assert gain(cec.worth(submission(), minutes=600), "legislative_event", False).total == 1

    def test_a_kind_of_unknown_worth_is_left_out(self) -> None:
        book = cec.NAAEI_2014.evolve(id="unknown", kinds={"college_course": {"side": "unknown", "evidence": ""}})
        assert "college_course" not in [one.kind for one in cec.worth(submission(), book).gains]

    def test_the_entry_is_of_a_new_body(self) -> None:
        """Though everything of the next entry stands in the submission already."""
        title = "One more service on a board or committee of NAA, NAAEI or a local affiliate (1)"
        made = activity("association_service", title=title, provider="Provider 1", earned_on="2013-12-31")
        assert gain(cec.worth(submission(made)), "association_service", False).total == 1


class TestTerms:
    """A worth for each credential that has a term."""

    STARTS = {"CAM": "2024-01-31", "CAS": "2024-11-30"}

    def test_each_has_its_own(self) -> None:
        done = activity(hours=5, earned_on="2025-05-15")
        made = submission(done, held=["CAM", "CAS", "CAMT"], year=2025, term_starts=self.STARTS)
        found = cec.worth(made, PACE)
        assert [term.designations for term in found.terms] == [("CAM",), ("CAS",)]
        assert [term.short.total for term in found.terms] == [8, 0]
        assert (found.short.total, found.designations) == (8, ("CAM", "CAS", "CAMT"))
        assert gain(found.terms[0], "association_course", False).taken_off.total == 1
        assert not gain(found.terms[1], "association_course", False).nearer

    def test_an_activity_may_serve_one_term_only(self) -> None:
        book = PACE.evolve(id="apart", window={"shared": False})
        starts = {"CAM": "2024-01-31", "CAS": "2024-01-31"}
        made = submission(activity(hours=4, earned_on="2024-05-01"), held=["CAM", "CAS"], year=2025, term_starts=starts)
        found = cec.worth(made, book)
        one = [gain(term, "association_course", False).total for term in found.terms]
        assert sorted(one) in ([0, 1], [0, 5])


class TestArguments:
    """Bad input is one clear error."""

    @pytest.mark.parametrize("minutes", [0, -60, 1.5, True, None, 10**6])
    def test_the_minutes_are_a_length(self, minutes: Any) -> None:
        with pytest.raises(cec.InvalidValue) as caught:
            cec.worth(submission(), minutes=minutes)
        assert caught.value.where == "minutes"

    def test_the_submission_is_one(self) -> None:
        with pytest.raises(cec.InvalidValue, match="submission: must be a Submission"):
            cec.worth(None)  # type: ignore[arg-type]


def test_it_equals_evaluating_with_the_entry_added() -> None:
    made = submission(compliance(2), activity("college_course", hours=2.5))
    before = cec.evaluate(made)
    for one in cec.worth(made, minutes=45).gains:
        entry = activity(
            one.kind,
            minutes=45,
            title="Something new",
            addresses_compliance=one.addresses_compliance,
            bought_through_association=True,
        )
        after = cec.evaluate(attrs.evolve(made, activities=[*made.activities, entry]))
        assert after.credited == before.credited + one.total
        assert after.in_network == before.in_network + one.in_network
        assert after.compliance == before.compliance + one.compliance
        assert after.shortfall.total == before.shortfall.total - one.taken_off.total
        assert after.shortfall.in_network == before.shortfall.in_network - one.taken_off.in_network
        assert after.shortfall.compliance == before.shortfall.compliance - one.taken_off.compliance
