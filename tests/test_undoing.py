"""Reasons that can be undone: to undo all of one activity gives back what they say, and one of several nothing.

What is taken away is given back at most, and exactly if no limit then bites. To undo one of several reasons is never said
to give back more than it does: each names the others, which have to be undone beside it.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from fractions import Fraction
from typing import Any

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import ALL_DOCUMENTS, activity, compliance, decide
from cecrules import testing
from cecrules.rulebook.index import index_of
from cecrules.rulebook.provisions import WindowKind

YEARLY = (WindowKind.CALENDAR_YEAR, WindowKind.MONTHS_BEFORE)
BOOKS = testing.rulebooks(window_kinds=YEARLY)
SHIPPED = st.sampled_from([cec.edition(name) for name in ("naaei-2014", "naaei-2021", "naaei-2022")])

Question = tuple[cec.Submission, cec.Rulebook]


def undone(question: Question, place: int, finding: cec.Finding, window: cec.Window) -> Question | None:
    """The same question without one reason against one activity; None if nobody could undo it."""
    made, book = question
    did = made.activities[place]
    code = cec.FindingCode
    if finding.code is code.OVER_CAP:
        return made, with_cap(book, did, finding.credits)
    if finding.code is code.OVER_HALF:
        return made, with_room(book, finding.credits)
    if finding.code is code.KIND_NOT_ACCEPTED:
        return of_an_accepted_kind(question, place)
    changes: dict[cec.FindingCode, dict[str, Any]] = {
        code.EARNED_BEFORE_WINDOW: {"earned_on": window.first},
        code.EARNED_AFTER_WINDOW: {"earned_on": window.last},
        code.UNDOCUMENTED: {"documents": ALL_DOCUMENTS},
        code.COMPENSATED: {"compensated": False},
        code.NOT_BOUGHT_THROUGH_ASSOCIATION: {"bought_through_association": True},
    }
    change = changes.get(finding.code) or another(made, did, book, window)
    return (replaced(made, place, attrs.evolve(did, **change)), book) if change else None


def replaced(made: cec.Submission, place: int, did: cec.Activity) -> cec.Submission:
    return attrs.evolve(made, activities=[*made.activities[:place], did, *made.activities[place + 1 :]])


def another(made: cec.Submission, did: cec.Activity, book: cec.Rulebook, window: cec.Window) -> dict[str, Any]:
    """Makes a duplicate another body or event, by the first of the fields that tell them apart."""
    field = index_of(book).kind_rules[did.kind].once_per[0]
    if field in (cec.SameField.PROVIDER, cec.SameField.TITLE):
        return {field.value: "A body that nobody else has"}
    if field is cec.SameField.MINUTES:
        return {"minutes": 1 + max(each.minutes or 0 for each in made.activities)}
    days = {each.earned_on for each in made.activities}
    free = [day for day in (window.first, window.last) if day not in days]
    return {"earned_on": free[0]} if free else {}


def of_an_accepted_kind(question: Question, place: int) -> Question | None:
    """Gives an activity a kind of its own, which is accepted in network by its hours."""
    made, book = question
    did = made.activities[place]
    used = {each.kind for each in made.activities} | {rule.kind for rule in book.kinds}
    free = [kind for kind in cec.ActivityKind if kind not in used and not kind.is_occasion]
    if not free or did.minutes is None:
        return None
    clause = index_of(book).kind_rules[did.kind].clause
    changed = book.evolve(kinds={free[0]: {"side": "in_network", "clause": clause}})
    return replaced(made, place, attrs.evolve(did, kind=free[0])), changed


def with_cap(book: cec.Rulebook, did: cec.Activity, more: cec.Credits) -> cec.Rulebook:
    """Raises the cap on a kind by an amount."""
    return raised(book, index_of(book).cap_of_kind[did.kind].group, more)


def raised(book: cec.Rulebook, cap: cec.CapGroup, more: cec.Credits) -> cec.Rulebook:
    return book.evolve(caps={cap.name: {"credits": str(cap.credits + Fraction(more.minutes, book.credit.minutes))}})


def with_room(book: cec.Rulebook, more: cec.Credits) -> cec.Rulebook:
    """Requires an amount more in all and no more in network, so that more may come from outside."""
    unit, share = book.credit.minutes, book.in_network.share
    rows = []
    for row in book.designations:
        least = row.in_network if share is None else Fraction(math.ceil(share * row.credits * unit), unit)
        rows.append(attrs.evolve(row, credits=row.credits + Fraction(more.minutes, unit), in_network=least))
    return attrs.evolve(book, designations=tuple(rows), in_network=attrs.evolve(book.in_network, share=None))


def minutes(assessment: cec.Assessment) -> int:
    return assessment.credited.minutes


def gives_back(question: Question, place: int, findings: Iterable[cec.Finding]) -> tuple[int, cec.Assessment] | None:
    """The minutes that undoing some reasons against an activity gives back, and the assessment then."""
    before = cec.evaluate(*question)
    after: Question | None = question
    for finding in findings:
        after = undone(after, place, finding, before.window)
        if after is None:
            return None
    again = cec.evaluate(*after)
    return minutes(again) - minutes(before), again


def no_limit_bites(before: cec.Assessment, after: cec.Assessment, place: int) -> bool:
    """Whether the activity now counts in full, and no other for less than before."""
    pairs = zip(before.decisions, after.decisions, strict=True)
    return not after.decisions[place].findings and all(
        now.credited >= then.credited for index, (then, now) in enumerate(pairs) if index != place
    )


def case(data: st.DataObject) -> Question:
    book = data.draw(BOOKS | SHIPPED, "rulebook")
    of = data.draw(st.sampled_from([testing.activities, testing.acceptable_activities, testing.rejected_activities]))
    return data.draw(testing.submissions(book, of=of), "submission"), book


drawn = given(data=st.data())


class TestUndoingAll:
    """All reasons against one activity, undone together."""

    @pytest.mark.proof
    @settings(max_examples=120)
    @drawn
    def test_it_gives_back_what_they_took_at_most_and_exactly_if_no_limit_then_bites(self, data: st.DataObject) -> None:
        question = case(data)
        before = cec.evaluate(*question)
        for place, decision in enumerate(before.decisions):
            taken = sum(finding.credits.minutes for finding in decision.findings)
            found = gives_back(question, place, decision.findings) if decision.findings else None
            if found:
                assert 0 <= found[0] <= taken
                if no_limit_bites(before, found[1], place):
                    assert found[0] == taken

    @pytest.mark.proof
    @settings(max_examples=120)
    @drawn
    def test_a_share_that_is_raised_by_what_it_took_gives_back_just_that(self, data: st.DataObject) -> None:
        question = case(data)
        for place, decision in enumerate(cec.evaluate(*question).decisions):
            for finding in decision.findings:
                if finding.code is cec.FindingCode.OVER_HALF:
                    found = gives_back(question, place, [finding])
                    assert found is not None
                    assert found[0] == finding.credits.minutes


class TestUndoingOneOfSeveral:
    """A reason beside others, undone alone."""

    @pytest.mark.proof
    @settings(max_examples=120)
    @drawn
    def test_a_reason_that_needs_others_beside_it_gives_back_nothing(self, data: st.DataObject) -> None:
        question = case(data)
        for place, decision in enumerate(cec.evaluate(*question).decisions):
            for finding in decision.findings:
                found = gives_back(question, place, [finding]) if finding.beside else None
                if found:
                    assert found[0] == 0

    @pytest.mark.proof
    @settings(max_examples=120)
    @drawn
    def test_a_reason_that_needs_none_gives_back_what_it_says_if_no_limit_then_bites(self, data: st.DataObject) -> None:
        question = case(data)
        before = cec.evaluate(*question)
        for place, decision in enumerate(before.decisions):
            for finding in decision.findings:
                found = None if finding.beside else gives_back(question, place, [finding])
                if found:
                    assert 0 <= found[0] <= finding.credits.minutes
                    if no_limit_bites(before, found[1], place):
                        assert found[0] == finding.credits.minutes

    @pytest.mark.proof
    @settings(max_examples=100)
    @drawn
    def test_each_names_all_others_that_reject_the_activity(self, data: st.DataObject) -> None:
        question = case(data)
        for decision in cec.evaluate(*question).decisions:
            codes = [finding.code for finding in decision.findings]
            for place, finding in enumerate(decision.findings):
                rest = (*codes[:place], *codes[place + 1 :])
                needed = finding.code is not cec.FindingCode.OVER_HALF
                assert finding.beside == (rest if needed else ())

    def test_a_day_and_a_document_need_each_other(self) -> None:
        (decision,) = decide(activity(hours=6, earned_on="2012-05-01", documents=())).decisions
        early, bare = decision.findings
        assert [(finding.code.value, finding.credits) for finding in decision.findings] == [
            ("earned_before_window", 6),
            ("undocumented", 0),
        ]
        assert (early.beside, bare.beside) == ((bare.code,), (early.code,))
        form = cec.to_dict(decision)["findings"]
        assert [finding["beside"] for finding in form] == [["undocumented"], ["earned_before_window"]]
        assert form[0]["message"] == "earned on 2012-05-01, too early for this renewal (it also needs a document)"
        assert cec.from_dict(cec.to_dict(decision), cec.Decision) == decision

    def test_one_reason_alone_needs_nothing(self) -> None:
        (decision,) = decide(activity(documents=())).decisions
        assert decision.findings[0].beside == ()
        assert "beside" not in cec.to_dict(decision)["findings"][0]

    def test_three_reasons_need_two_each(self) -> None:
        (decision,) = decide(
            activity("association_instruction", earned_on="2014-01-01", compensated=True, documents=())
        ).decisions
        assert [len(finding.beside) for finding in decision.findings] == [2, 2, 2]
        assert cec.to_dict(decision)["findings"][1]["message"].endswith(
            "(it also needs a day in the window and a document)"
        )

    def test_what_a_cap_takes_needs_room_outside_the_network_beside_it(self) -> None:
        book = cec.edition("naaei-2021")
        did = [activity("college_course", hours=2), activity("industry_instruction", hours=3)]
        decision = decide(*did, rulebook=book).decisions[1]
        cap, half = decision.findings
        assert [(finding.code.value, finding.credits, finding.beside) for finding in decision.findings] == [
            ("over_cap", 1, (half.code,)),
            ("over_half", 1, ()),
        ]
        assert cec.to_dict(cap)["message"].endswith("(it also needs room for credits from outside the network)")


class TestBinding:
    """Which limits bind, and how far the others are from it."""

    def test_each_says_how_much_is_left(self) -> None:
        found = decide(
            activity("association_instruction", hours=5),
            activity("association_service", provider="a board"),
            activity("association_service", provider="a committee"),
            activity("college_course", minutes=61),
        ).binding
        assert [(limit.rule.value, limit.name, limit.credited, limit.left, limit.binds) for limit in found] == [
            ("cap", "association_service", 2, 1, False),
            ("cap", "association_instruction", 3, 0, True),
            ("outside", "", cec.Credits(minutes=61), cec.Credits(minutes=119), False),
        ]

    @pytest.mark.parametrize(("minutes", "left"), [(179, 1), (180, 0), (181, 0)])
    def test_a_limit_binds_if_it_is_reached_to_the_minute(self, minutes: int, left: int) -> None:
        *_, outside = decide(activity("college_course", minutes=minutes)).binding
        assert (outside.left.minutes, outside.binds) == (left, left == 0)

    def test_each_term_has_its_own(self) -> None:
        did = activity("college_course", hours=9, earned_on="2025-02-01")
        starts = {"CAM": "2024-11-30", "CALP": "2025-01-31"}
        found = decide(did, held=[*starts], year=2025, term_starts=starts, rulebook=cec.edition("naaei-pace"))
        assert [term.binding[-1].limit for term in found.terms] == [3, 2]
        assert all(term.binding[-1].binds for term in found.terms)

    def test_so_does_one_of_many_minutes(self) -> None:
        book = cec.NAAEI_2014.read_as("half-of-reported").evolve(designations={"CAM": {"credits": 12}})
        found = decide(compliance(hours=6), activity("college_course", hours=6), rulebook=book).binding[-2:]
        assert [(limit.limit, limit.binds) for limit in found] == [(6, True), (6, True)]

    def test_what_is_not_accepted_makes_no_limit_bind(self) -> None:
        done = activity(documents=()), activity(earned_on="2012-05-01"), activity(kind="in_house_training")
        book = cec.NAAEI_2014.read_as("half-of-reported")
        assert not decide(compliance(hours=3), *done, rulebook=book).binding[-1].binds

    @pytest.mark.parametrize(("hours", "kept", "binds"), [("4.5", 0, True), (3, 3, True), (2, 2, False)])
    def test_a_share_of_the_credits_reported_binds_if_it_leaves_an_activity_out(
        self, hours: str, kept: int, binds: bool
    ) -> None:
        book = cec.NAAEI_2014.read_as("half-of-reported")
        found = decide(compliance(hours=3), activity("college_course", hours=hours), rulebook=book)
        *_, outside, reported = found.binding
        assert [(limit.rule.value, limit.name) for limit in (outside, reported)] == [("outside", ""), ("reported", "")]
        assert (reported.clause, reported.limit, reported.credited, reported.binds) == ("network.half", 3, kept, binds)

    @pytest.mark.parametrize(("share", "most"), [("0.75", 60), ("0.25", 540), ("1/3", 360), ("0.7", 77)])
    def test_the_most_outside_follows_from_the_share_of_the_credits_reported(self, share: str, most: int) -> None:
        book = cec.NAAEI_2014.read_as("half-of-reported").evolve(in_network={"share": share})
        reported = decide(compliance(hours=3), rulebook=book).binding[-1]
        assert (reported.limit.minutes, reported.credited) == (most, 0)

    def test_a_share_of_nothing_reported_is_no_limit(self) -> None:
        book = cec.NAAEI_2014.read_as("half-of-reported").evolve(in_network={"share": 0})
        assert [limit.rule.value for limit in decide(rulebook=book).binding] == ["cap", "cap", "outside"]

    def test_an_assessment_that_was_kept_without_them_is_read(self) -> None:
        form = cec.to_dict(decide())
        del form["binding"]
        assert cec.from_dict(form, cec.Assessment) == attrs.evolve(decide(), binding=())

    def test_what_is_left_has_to_follow(self) -> None:
        form = cec.to_dict(decide())
        form["binding"][0]["left_minutes"] = 1
        with pytest.raises(cec.InvalidValue, match=r"binding\[0\]\.left_minutes: must be 180, which follows"):
            cec.from_dict(form, cec.Assessment)

    @pytest.mark.proof
    @settings(max_examples=100)
    @drawn
    def test_it_is_the_sum_of_what_is_credited_under_it(self, data: st.DataObject) -> None:
        made, book = case(data)
        found = cec.evaluate(made, book)
        *caps, outside = found.binding
        for limit, cap in zip(caps, book.caps, strict=True):
            ruled = [index_of(book).kind_rules[decision.kind].kind for decision in found.decisions]
            under = [
                each.credited.minutes for each, kind in zip(found.decisions, ruled, strict=True) if kind in cap.kinds
            ]
            assert (limit.name, limit.credited.minutes) == (cap.name, sum(under))
        total, in_network, *_ = (check.required for check in found.checks)
        assert (outside.credited, outside.limit) == (found.out_of_network, total - in_network)
        assert all(limit.binds is (limit.credited == limit.limit) for limit in found.binding)

    @pytest.mark.proof
    @settings(max_examples=120)
    @drawn
    def test_to_raise_a_limit_that_does_not_bind_gives_nothing(self, data: st.DataObject) -> None:
        made, book = case(data)
        found = cec.evaluate(made, book)
        minute = cec.Credits(minutes=1, minutes_a_credit=book.credit.minutes)
        for limit in found.binding:
            if not limit.binds:
                cap = next((cap for cap in book.caps if cap.name == limit.name), None)
                more = with_room(book, minute) if cap is None else raised(book, cap, minute)
                assert minutes(cec.evaluate(made, more)) == minutes(found)
