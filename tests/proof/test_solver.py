"""The counting rules as formulas, proved for all amounts by a solver (z3), not only for those that were tried.

Within one cap the credits kept depend on two sums alone: the minutes on compliance and all the others. So do those
kept of the outside of the network. The formulas say so with `least`, which is `min` for numbers and a term for the
solver: what is proved of them and what is compared with `evaluate` is one and the same text.
"""

from __future__ import annotations

import itertools
from collections.abc import Callable, Iterable
from typing import Any, NamedTuple

import pytest
import z3
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from cecrules import testing

pytestmark = pytest.mark.proof


class Group(NamedTuple):
    """The minutes reported under one cap; kinds without a cap are a group whose cap is never reached."""

    compliance: Any
    other: Any
    cap: Any


class Counted(NamedTuple):
    """What counts: in network, outside, and of both together on compliance."""

    in_network: Any
    outside: Any
    compliance: Any

    @property
    def total(self) -> Any:
        return self.in_network + self.outside


Least = Callable[[Any, Any], Any]


def under_cap(group: Group, least: Least) -> tuple[Any, Any]:
    """What a cap leaves: of the minutes on compliance, which come first, and of all."""
    return least(group.compliance, group.cap), least(group.compliance + group.other, group.cap)


def counted(inside: Iterable[Group], outside: Iterable[Group], room: Any, least: Least) -> Counted:
    """What caps and then the room outside leave of everything reported."""
    kept_inside = [under_cap(group, least) for group in inside]
    kept_outside = [under_cap(group, least) for group in outside]
    return Counted(
        in_network=sum(total for _, total in kept_inside),
        outside=least(sum(total for _, total in kept_outside), room),
        compliance=sum(about for about, _ in kept_inside) + least(sum(about for about, _ in kept_outside), room),
    )


def short(found: Any, owed: Any, least: Least) -> Any:
    """What is missing: nothing where enough was found."""
    return owed - least(found, owed)


def smaller(one: Any, other: Any) -> Any:
    return z3.If(one <= other, one, other)


NAMES = itertools.count()


def amounts(count: int) -> list[Any]:
    return [z3.Int(f"amount-{next(NAMES)}") for _ in range(count)]


def groups(count: int) -> list[Group]:
    return [Group(*amounts(3)) for _ in range(count)]


def natural(*values: Any) -> list[Any]:
    """Every amount is at least nothing."""
    flat = [each for value in values for each in (value if isinstance(value, tuple | list) else [value])]
    return natural(*flat) if any(isinstance(each, tuple | list) for each in flat) else [each >= 0 for each in flat]


def prove(claim: Any, *assumed: Any) -> None:
    """Fails with a counter-example where there is one, or where the solver does not know.

    Assumptions that contradict each other would prove anything: that they do not is asked first.
    """
    solver = z3.Solver()
    solver.set("timeout", 30_000)
    solver.add(*assumed)
    assert solver.check() == z3.sat
    solver.add(z3.Not(claim))
    answer = solver.check()
    assert answer == z3.unsat, solver.model() if answer == z3.sat else solver.reason_unknown()


@pytest.mark.parametrize("name", ["naaei-2014", "naaei-2021", "naaei-2022", "random"])
@settings(max_examples=50)
@given(data=st.data())
def test_the_formulas_are_what_evaluate_counts(name: str, data: st.DataObject) -> None:
    window_kinds = [cec.NAAEI_2014.window.kind]
    books = testing.rulebooks(window_kinds=window_kinds) if name == "random" else st.just(cec.edition(name))
    book = data.draw(books, "rulebook")
    made = data.draw(testing.submissions(book, of=testing.acceptable_activities, most_activities=8), "submission")
    assessment = cec.evaluate(made, book)
    cap_of = {kind: cap for cap in book.caps for kind in cap.kinds}
    reported: dict[tuple[cec.Side, str], list[int]] = {}
    caps: dict[str, float] = {"": float("inf")} | {cap.name: cap.credits * book.credit.minutes for cap in book.caps}
    for did, decision in zip(made.activities, assessment.decisions, strict=True):
        if decision.outcome is not cec.Outcome.REJECTED:
            name_of_cap = cap_of[did.kind].name if did.kind in cap_of else ""
            sums = reported.setdefault((decision.side, name_of_cap), [0, 0])
            sums[not did.addresses_compliance] += decision.claimed.minutes
    by_side = {
        side: [Group(*sums, caps[cap]) for (where, cap), sums in reported.items() if where is side]
        for side in (cec.Side.IN_NETWORK, cec.Side.OUT_OF_NETWORK)
    }
    total, in_network, *_ = [check.required.minutes for check in assessment.checks]
    found = counted(*by_side.values(), total - in_network, min)
    assert found == (
        assessment.in_network.minutes,
        assessment.out_of_network.minutes,
        assessment.compliance.minutes,
    )
    assert short(found.total, total, min) == assessment.shortfall.total.minutes


class TestTheOrder:
    """Keeping what comes first is the best there is, for any number of activities, caps and minutes."""

    def test_one_activity_after_another_keeps_the_smaller_of_their_sum_and_the_limit(self) -> None:
        """The step from n activities to n + 1: so the formulas hold for any number of them."""
        before, more, limit = amounts(3)
        kept = smaller(before, limit)
        prove(kept + smaller(more, limit - kept) == smaller(before + more, limit), *natural(before, more, limit))

    def test_no_use_of_a_group_beats_its_cap(self) -> None:
        """Added up over the groups of a side, this bounds every use by what the caps leave, however many there are."""
        (group,), (about, other) = groups(1), amounts(2)
        used = [*natural(group, about, other), about <= group.compliance, other <= group.other]
        best_about, best_total = under_cap(group, smaller)
        prove(z3.And(about <= best_about, about + other <= best_total), *used, about + other <= group.cap)

    def test_no_use_of_the_outside_beats_its_room(self) -> None:
        about, total, about_left, total_left, room = amounts(5)
        bounded = [about <= about_left, total <= total_left, about <= total, total <= room]
        prove(z3.And(about <= smaller(about_left, room), total <= smaller(total_left, room)), *bounded)

    def test_what_the_order_keeps_may_be_kept(self) -> None:
        (group,) = groups(1)
        about, total = under_cap(group, smaller)
        within = [about >= 0, about <= group.compliance, total - about >= 0, total - about <= group.other]
        prove(z3.And(*within, total <= group.cap), *natural(group))

    @pytest.mark.clause("network.half")
    @pytest.mark.clause("outside.half")
    @pytest.mark.clause("compliance.one")
    def test_no_use_at_all_gives_more_credits_or_more_on_compliance(self) -> None:
        """Put together, for two caps in network and three outside, whose limits and minutes may be any."""
        inside, outside, (room,) = groups(2), groups(3), amounts(1)
        used = {group: amounts(2) for group in [*inside, *outside]}
        allowed = [
            condition
            for group, (about, other) in used.items()
            for condition in (about <= group.compliance, other <= group.other, about + other <= group.cap)
        ]
        allowed.append(sum(sum(used[group]) for group in outside) <= room)
        best = counted(inside, outside, room, smaller)
        total = sum(about + other for about, other in used.values())
        compliance = sum(about for about, _ in used.values())
        assumed = [*natural(room, *used, *used.values()), *allowed]
        prove(z3.And(total <= best.total, compliance <= best.compliance), *assumed)

    def test_the_other_order_is_refuted(self) -> None:
        """Minutes on compliance kept last: the solver shows minutes that would have been better used."""
        (group,), (about, other) = groups(1), amounts(2)
        used = [*natural(group, about, other), about <= group.compliance, other <= group.other]
        kept_last = under_cap(group, smaller)[1] - smaller(group.other, group.cap)
        with pytest.raises(AssertionError, match="amount-"):
            prove(about <= kept_last, *used, about + other <= group.cap)


class TestMore:
    """More never counts for less."""

    @pytest.mark.parametrize("field", ["compliance", "other"])
    @pytest.mark.parametrize("side", ["inside", "outside"])
    def test_another_activity_lowers_no_measure(self, side: str, field: str) -> None:
        sides, (room, more) = {"inside": groups(2), "outside": groups(2)}, amounts(2)
        changed = sides | {
            side: [sides[side][0]._replace(**{field: getattr(sides[side][0], field) + more}), sides[side][1]]
        }
        before, after = (counted(**which, room=room, least=smaller) for which in (sides, changed))
        no_less = [one <= other for one, other in zip(before, after, strict=True)]
        prove(z3.And(*no_less), *natural(room, more, *sides.values()))

    def test_what_is_missing_is_exactly_what_a_course_on_compliance_has_to_bring(self) -> None:
        inside, outside, (room, minutes, total, least, about) = groups(2), groups(2), amounts(5)
        course = Group(compliance=minutes, other=0, cap=minutes)
        before = counted(inside, outside, room, smaller)
        after = counted([*inside, course], outside, room, smaller)
        for one, other, owed in (
            (before.total, after.total, total),
            (before.in_network, after.in_network, least),
            (before.compliance, after.compliance, about),
        ):
            missing = short(one, owed, smaller)
            prove(
                short(other, owed, smaller) == missing - smaller(minutes, missing),
                *natural(inside, outside, room, minutes, owed),
            )


class Holder(NamedTuple):
    """What is owed for a designation: in all, in network, and on compliance."""

    total: Any
    in_network: Any
    compliance: Any

    def is_sound(self) -> list[Any]:
        return [*natural(tuple(self)), self.in_network <= self.total, self.compliance <= self.total]

    def short_of(self, inside: list[Group], outside: list[Group]) -> list[Any]:
        found = counted(inside, outside, self.total - self.in_network, smaller)
        measures = (found.total, found.in_network, found.compliance)
        return [short(measure, owed, smaller) for measure, owed in zip(measures, self, strict=True)]


class TestWhatIsMissing:
    """Shortfalls of one person, and of two who did the same."""

    @pytest.mark.clause("network.half")
    def test_no_more_is_missing_in_network_than_in_all(self) -> None:
        inside, outside, holder = groups(2), groups(2), Holder(*amounts(3))
        total, in_network, _ = holder.short_of(inside, outside)
        prove(in_network <= total, *natural(inside, outside), *holder.is_sound())

    def pair(self) -> tuple[Holder, Holder, list[Any]]:
        greater, lesser = Holder(*amounts(3)), Holder(*amounts(3))
        pairs = zip(lesser, greater, strict=True)
        return greater, lesser, [*greater.is_sound(), *lesser.is_sound(), *[less <= more for less, more in pairs]]

    @pytest.mark.clause("required.multiple")
    def test_whoever_owes_no_more_is_short_of_no_more(self) -> None:
        """The maximum rule: what satisfies the largest requirement satisfies all."""
        inside, outside, (greater, lesser, assumed) = groups(2), groups(2), self.pair()
        shortfalls = zip(lesser.short_of(inside, outside), greater.short_of(inside, outside), strict=True)
        room = lesser.compliance <= lesser.total - lesser.in_network
        total, in_network, compliance = [less <= more for less, more in shortfalls]
        prove(z3.And(total, in_network), *assumed, *natural(inside, outside))
        prove(compliance, *assumed, *natural(inside, outside), room)

    def test_the_compliance_credit_needs_room_outside_for_that(self) -> None:
        """The solver finds a counter-example without it: so the condition is none too many."""
        inside, outside, (greater, lesser, assumed) = groups(1), groups(1), self.pair()
        solver = z3.Solver()
        solver.add(*assumed, *natural(inside, outside))
        solver.add(*[missing == 0 for missing in greater.short_of(inside, outside)])
        solver.add(lesser.short_of(inside, outside)[2] > 0)
        assert solver.check() == z3.sat

    @pytest.mark.parametrize("name", ["naaei-2014", "naaei-2021", "naaei-2022", "naaei-pace"])
    def test_every_shipped_rulebook_has_that_room(self, name: str) -> None:
        book = cec.edition(name)
        for row in book.designations:
            (total, in_network, *asked) = self.owed(row.designation, book)
            assert all(compliance <= total - in_network for compliance in asked)

    def owed(self, designation: cec.Designation, book: cec.Rulebook) -> list[cec.Credits | int]:
        yearly = book.evolve(window={"kind": "calendar_year", "years_before": 1, "months": 0, "grace_months": 0})
        made = cec.Submission(renewal_year=2014, designations=[designation], activities=[])
        return [check.required.minutes for check in cec.evaluate(made, yearly).checks]

    @pytest.mark.clause("network.half")
    def test_a_share_of_more_is_no_less_for_any_share(self) -> None:
        """The least in network, rounded up to the minute, grows with what is owed and never exceeds it."""
        less, more, of_less, of_more = amounts(4)
        share = z3.Real("share")
        up = [of_less >= share * less, of_less < share * less + 1, of_more >= share * more, of_more < share * more + 1]
        prove(
            z3.And(of_less <= of_more, of_more <= more),
            *up,
            less <= more,
            less >= 0,
            share >= 0,
            share <= 1,
        )


class TestHalfOfReported:
    """Half of the credits required, and half of those reported, where fewer minutes of an activity may be reported."""

    @pytest.mark.clause("network.half")
    @pytest.mark.parametrize("share", [(1, 2), (1, 3), (5, 8)])
    def test_the_readings_agree_where_fewer_minutes_may_be_reported(self, share: tuple[int, int]) -> None:
        """Some report with the share of itself in network renews just where the share of the required does."""
        part, whole = share
        inside, outside, total = amounts(3)
        least = smaller(inside, total) * whole >= part * total  # enough in network, to the minute
        room = z3.Int("room")
        rounded = [room * whole <= (whole - part) * total, room * whole > (whole - part) * total - whole]
        by_required = z3.And(least, inside + smaller(outside, room) >= total)
        reported_in, reported_out = amounts(2)
        report = z3.And(
            *natural(reported_in, reported_out),
            reported_in <= inside,
            reported_out <= outside,
            reported_in + reported_out >= total,
            reported_in * whole >= part * (reported_in + reported_out),
        )
        assumed = [*natural(inside, outside, total), *rounded]
        prove(z3.Implies(report, by_required), *assumed)
        kept = {reported_in: inside, reported_out: smaller(outside, room)}
        prove(z3.Implies(by_required, z3.substitute(report, *kept.items())), *assumed)

    @pytest.mark.clause("network.half")
    def test_they_do_not_where_activities_are_reported_whole(self) -> None:
        done = [
            cec.Activity(
                kind=kind,
                title=kind,
                earned_on="2013-05-01",
                minutes=length,
                documents=["transcript"],
                addresses_compliance=True,
            )
            for kind, length in (("association_course", 180), ("college_course", 270))
        ]
        answers = [
            cec.figures(cec.Submission(renewal_year=2014, designations=["CAM"], activities=done), book).renewable
            for book in (cec.NAAEI_2014, cec.NAAEI_2014.read_as("half-of-reported"))
        ]
        assert answers == [True, False]
