"""The cheapest offerings that complete a renewal."""

from __future__ import annotations

import random
import sys
from datetime import date
from typing import Any

import pytest

import catalogues
import cecrules as cec
from builders import activity, compliance, submission
from cecrules.ahead import model, planning

pytest.importorskip("highspy", reason="highspy is not installed: constraints/test.txt")

PACE = cec.edition("naaei-pace")


def course(price: int, hours: Any = 1, kind: str = "association_course", **values: Any) -> cec.Offering:
    length = {} if cec.ActivityKind(kind).is_occasion else {"hours": hours}
    return cec.Offering(**{"title": "Budgeting", "kind": kind, "price": price, "day": "2013-10-08", **length, **values})


def fair_housing(price: int, hours: Any = 1, **values: Any) -> cec.Offering:
    return course(price, hours, addresses_compliance=True, **values)


def chosen(made: cec.Submission, *offerings: cec.Offering, **values: Any) -> list[int]:
    return [planned.position for planned in cec.plan(made, offerings, **values).chosen]


ALMOST = submission(compliance(2), activity(hours=3))


class TestPlan:
    """The cheapest set, then the fewest, the earliest and the first."""

    def test_it_is_the_cheapest(self) -> None:
        found = cec.plan(submission(compliance(4)), [course(9900, 2), course(4900), course(4900), course(4800)])
        assert ([planned.position for planned in found.chosen], found.price, found.complete) == ([1, 3], 9700, True)
        assert found.chosen[0].keep[0] == "certificate_of_completion"
        assert found.chosen[0].offering.price == 4900

    def test_of_the_same_price_it_has_the_fewest(self) -> None:
        assert chosen(submission(compliance(4)), course(0), course(0), course(0, 2)) == [2]

    def test_then_the_earliest_days(self) -> None:
        later, sooner = "2013-10-09", "2013-10-08"
        assert chosen(ALMOST, course(0, day=None), course(0, day=later), course(0, day=sooner)) == [2]
        assert chosen(ALMOST, course(0, day=None), course(0, 2, day=later)) == [1]

    def test_then_the_order_given(self) -> None:
        assert chosen(ALMOST, course(5), course(5, 2), course(5)) == [0]

    def test_what_is_renewable_needs_nothing(self) -> None:
        found = cec.plan(submission(compliance(6)), [course(0)])
        assert (found.chosen, found.price, found.complete) == ((), 0, True)

    @pytest.mark.clause("compliance.one")
    def test_what_no_offering_can_fill_is_said(self) -> None:
        found = cec.plan(submission(activity(hours=4)), [course(0), course(0, 3, "college_course")])
        assert (found.chosen, found.complete) == ((), False)
        assert (found.short.total, found.short.compliance) == (0, 1)
        assert cec.plan(submission(activity(hours=4)), []).short.total == 2

    @pytest.mark.clause("network.half")
    def test_the_limits_hold(self) -> None:
        outside = [course(100, 2, "college_course") for _ in range(4)]
        assert chosen(submission(compliance(3)), *outside, course(9900, 3)) == [0, 1]
        assert chosen(submission(compliance(1)), *outside, course(9900, 3)) == [0, 4]

    @pytest.mark.clause("network.service")
    def test_duplicates_count_once(self) -> None:
        boards = [course(0, kind="association_service", title="Board") for _ in range(3)]
        other = course(5000, kind="association_service", title="Committee")
        assert chosen(submission(compliance(4)), *boards, other) == [0, 3]
        done = activity("association_service", title="Board")
        assert not cec.plan(submission(compliance(4), done), boards).complete

    def test_a_duplicate_of_what_was_done_takes_no_place(self) -> None:
        done = activity("association_service", title="Board")
        board, committee = [
            course(price, kind="association_service", title=title) for price, title in ((0, "Board"), (5, "A"))
        ]
        assert chosen(submission(compliance(4), done), board, committee) == [1]

    def test_nor_does_it_bring_the_compliance_credit_twice(self) -> None:
        book = cec.NAAEI_2014.evolve(id="two", compliance={"credits": 2})
        done = activity("association_service", title="Board", addresses_compliance=True)
        again = course(0, kind="association_service", title="Board", addresses_compliance=True)
        made = submission(activity(hours=5), done)
        assert not cec.plan(made, [again], book).complete
        assert chosen(made, again, fair_housing(9900), rulebook=book) == [1]

    def test_a_duplicate_may_bring_the_compliance_credit(self) -> None:
        done = activity("association_service", title="Board")
        about = course(0, kind="association_service", title="Board", addresses_compliance=True)
        assert chosen(submission(activity(hours=5), done), about) == [0]

    def test_what_is_rejected_is_never_chosen(self) -> None:
        never = [
            course(0, 6, kind="in_house_training"),
            course(0, kind="association_instruction", compensated=True),
            course(0, kind="grace_hill_course"),
            course(0, day="2012-12-31"),
            course(0, day="2014-01-01"),
        ]
        assert chosen(ALMOST, *never, course(9900)) == [5]

    def test_a_kind_of_unknown_worth_is_never_chosen(self) -> None:
        book = cec.NAAEI_2014.evolve(id="unknown", kinds={"college_course": {"side": "unknown", "evidence": ""}})
        assert chosen(ALMOST, course(0, kind="college_course"), course(1), rulebook=book) == [1]

    def test_offerings_before_the_day_are_ignored(self) -> None:
        found = cec.plan(ALMOST, [course(0), course(9900, day="2013-10-09")], as_of="2013-10-09")
        assert ([planned.position for planned in found.chosen], found.as_of) == ([1], date(2013, 10, 9))
        assert not cec.plan(ALMOST, [course(0, day=None)], as_of="2014-01-01").complete

    def test_on_demand_it_is_on_the_first_day_that_counts(self) -> None:
        assert cec.plan(ALMOST, [course(0, day=None)]).chosen[0].earned_on == date(2013, 1, 1)
        assert cec.plan(ALMOST, [course(0, day=None)], as_of="2013-10-09").chosen[0].earned_on == date(2013, 10, 9)

    @pytest.mark.clause("network.event")
    def test_an_event_on_demand_is_on_a_day_on_which_it_is_no_duplicate(self) -> None:
        event = course(0, kind="legislative_event", day=None)
        done = activity("legislative_event", earned_on="2013-12-30", title="Budgeting")
        found = cec.plan(submission(compliance(4), done), [event], as_of="2013-12-30")
        assert found.chosen[0].earned_on == date(2013, 12, 31)

    @pytest.mark.clause("network.event")
    def test_events_on_demand_that_are_alike_have_a_day_each(self) -> None:
        events = [course(0, kind="legislative_event", day=None, addresses_compliance=True) for _ in range(3)]
        found = cec.plan(submission(held=["NALP"]), events, as_of="2013-12-29")
        assert [planned.earned_on.day for planned in found.chosen] == [29, 30, 31]
        assert cec.plan(submission(held=["NALP"]), events, as_of="2013-12-30").short.total == 1

    @pytest.mark.clause("network.event")
    def test_where_days_are_fewer_than_events_any_of_them_can_be_chosen(self) -> None:
        dear, cheap, about = [
            course(price, kind="legislative_event", day=None, addresses_compliance=about)
            for price, about in ((50, False), (0, False), (90, True))
        ]
        found = cec.plan(submission(activity(hours=4)), [dear, cheap, about], as_of="2013-12-30")
        assert [(planned.position, planned.earned_on.day) for planned in found.chosen] == [(1, 31), (2, 30)]
        assert chosen(submission(activity(hours=4)), dear, about, cheap, as_of="2013-12-30") == [1, 2]
        assert chosen(submission(compliance(5)), dear, cheap, as_of="2013-12-31") == [1]

    def test_an_event_that_claims_nothing_needs_no_day(self) -> None:
        book = cec.NAAEI_2014.evolve(id="nothing", kinds={"legislative_event": {"each": 0}})
        events = [course(0, kind="legislative_event", day=None) for _ in range(2)]
        assert not cec.plan(ALMOST, events, book, as_of="2013-12-31").complete


class TestTerms:
    """One plan for every credential."""

    def test_one_offering_may_serve_several_terms(self) -> None:
        starts = {"CAM": "2024-01-31", "CAS": "2024-11-30"}
        made = submission(held=["CAM", "CAS"], year=2025, term_starts=starts)
        both = course(9900, 8, day="2025-01-15")
        assert chosen(
            made, course(100, 8, day="2024-02-01"), course(9900, 5, day="2025-01-15"), both, rulebook=PACE
        ) == [2]
        assert chosen(made, course(9900, 8, day=None), rulebook=PACE) == [0]

    def test_on_demand_it_is_on_one_day(self) -> None:
        starts = {"CAM": "2024-01-31", "CAS": "2025-05-30"}
        made = submission(held=["CAM", "CAS"], year=2025, term_starts=starts)
        one = course(0, 8, day=None)
        found = cec.plan(made, [one], PACE)
        assert (found.complete, bool(found.short)) == (False, True)
        assert chosen(made, one, one, rulebook=PACE) == [0, 1]

    def test_each_on_demand_is_where_it_leaves_the_least_short(self) -> None:
        starts = {"CAM": "2024-01-31", "CAS": "2025-06-30"}
        made = submission(held=["CAM", "CAS"], year=2025, term_starts=starts)
        for hours in ((7, 5), (5, 7)):
            found = cec.plan(made, [course(0, each, day=None) for each in hours], PACE)
            assert (found.complete, found.short.total, found.short.in_network) == (False, 1, 0)
        one = cec.plan(made, [course(0, 5, day=None)], PACE)
        assert one.short.total == 5

    def test_terms_that_take_activities_from_one_another_are_refused(self) -> None:
        book = PACE.evolve(id="apart", window={"shared": False})
        with pytest.raises(cec.InvalidValue) as caught:
            cec.plan(submission(), [], book)
        assert (caught.value.where, caught.value.code) == ("rulebook", "conflict")

    def test_a_rulebook_that_evaluate_alone_decides_by_is_refused(self) -> None:
        book = cec.NAAEI_2014.read_as("half-of-reported")
        with pytest.raises(cec.InvalidValue, match="must not have in_network.of = reported") as caught:
            cec.plan(submission(), [], book)
        assert caught.value.hint == "worth says which entry helps most by such rules"
        assert cec.worth(submission(), book).gains[0].nearer


class TestOffering:
    """What a catalogue may hold."""

    def test_it_is_like_an_activity_with_a_price(self) -> None:
        one = course(4900, "1.5", provider="IREM", id="a", compensated=None)
        assert (one.minutes, one.day, one.compensated) == (90, date(2013, 10, 8), None)
        assert hash(one) == hash(course(4900, 1.5, provider="IREM", id="a", compensated=None))

    @pytest.mark.parametrize(
        ("values", "where"),
        [
            ({"price": -1}, "price"),
            ({"price": 49.5}, "price"),
            ({"price": 10**9}, "price"),
            ({"price": "49"}, "price"),
            ({"title": " "}, "title"),
            ({"kind": "course"}, "kind"),
            ({"day": "soon"}, "day"),
            ({"hours": None}, "hours"),
            ({"hours": 0}, "hours"),
        ],
    )
    def test_bad_values_are_refused(self, values: dict[str, Any], where: str) -> None:
        with pytest.raises(cec.InvalidValue) as caught:
            cec.Offering(**{"title": "A", "kind": "college_course", "price": 1, "hours": 1, **values})
        assert caught.value.where == where


class TestArguments:
    """Bad input is one clear error, and so is a missing solver."""

    def test_the_offerings_are_offerings(self) -> None:
        with pytest.raises(cec.InvalidValue, match=r"offerings\[1\]: must be an Offering"):
            cec.plan(ALMOST, [course(0), activity()])  # type: ignore[list-item]

    def test_the_day_is_a_day(self) -> None:
        with pytest.raises(cec.InvalidValue, match="as_of"):
            cec.plan(ALMOST, [], as_of="May")

    def test_the_submission_is_one(self) -> None:
        with pytest.raises(cec.InvalidValue, match="submission: must be a Submission"):
            cec.plan(None, [])  # type: ignore[arg-type]

    def test_without_the_extra_it_says_what_to_install(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "highspy", None)
        for cached in (model._highs, model._quiet):
            monkeypatch.setattr(model, cached.__name__, cached.__wrapped__)
        with pytest.raises(cec.InvalidValue) as caught:
            cec.plan(ALMOST, [course(0)])
        assert caught.value.hint == 'pip install "cecrules[plan]"'

    def test_a_solver_that_gives_up_is_no_answer(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(model.OPTIONS, "mip_max_nodes", 0)
        monkeypatch.setitem(model.OPTIONS, "presolve", "off")
        monkeypatch.setitem(model.OPTIONS, "time_limit", 0.0)
        with pytest.raises(RuntimeError, match="the solver found no answer"):
            cec.plan(submission(), [fair_housing(100 + n, 2) for n in range(6)])

    def test_a_plan_that_does_not_complete_the_renewal_is_a_defect(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(planning, "_best", lambda *_: ())
        with pytest.raises(RuntimeError, match="does not complete"):
            cec.plan(ALMOST, [course(0)])


def test_it_writes_nothing(capfd: pytest.CaptureFixture[str]) -> None:
    assert cec.plan(ALMOST, [course(0)]).complete
    assert capfd.readouterr() == ("", "")


BOOKS = (cec.NAAEI_2014, cec.edition("naaei-2021"), cec.edition("naaei-2022"), PACE)


def compared(seeds: range, sizes: tuple[int, int]) -> int:
    """Compares plans with the best by trying every set; returns how many were complete."""
    complete = 0
    for seed in seeds:
        chance = random.Random(seed)
        book = chance.choice(BOOKS)
        made = catalogues.someone(chance, book)
        offerings = catalogues.catalogue(chance, chance.randint(*sizes))
        as_of = date(2013, 12, chance.choice((1, 2)))
        found = cec.plan(made, offerings, book, as_of=as_of)
        days = catalogues.free_days(made, offerings, as_of)
        best = catalogues.best(made, offerings, book, as_of, days)
        own = catalogues.rank((planned.position, planned.offering) for planned in found.chosen)
        assert (own if found.complete else None) == best, (seed, book)
        complete += found.complete
        for left_out in found.chosen:
            rest = [planned.offering for planned in found.chosen if planned != left_out]
            assert not cec.evaluate(catalogues.carried_out(made, rest, days), book).renewable
    return complete


def test_it_is_the_best_of_all_sets() -> None:
    assert compared(range(150), (1, 7)) > 30


@pytest.mark.long
def test_so_it_is_of_many_catalogues() -> None:
    assert compared(range(1_000, 4_000), (1, 8)) > 500
    assert compared(range(10_000, 10_040), (12, 14)) > 10
