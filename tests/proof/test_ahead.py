"""Laws of the answers ahead of a deadline, by every shipped rulebook and by rulebooks made up at random."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import ALL_DOCUMENTS
from cecrules import testing
from cecrules.rulebook.index import index_of
from cecrules.rules.caps import identity_of
from proof.completions import FLAGS
from proof.test_laws import by_every_rulebook, case

pytestmark = pytest.mark.proof

Books = st.SearchStrategy[cec.Rulebook]

law = settings(max_examples=25)
drawn = given(data=st.data())
SEVERITY = list(cec.OutlookState)


def parts(assessment: cec.Assessment) -> tuple[cec.Assessment, ...]:
    """The assessment itself, or that of each designation where each has a term of its own."""
    return assessment.terms or (assessment,)


def shared(book: cec.Rulebook) -> bool:
    """True where one activity may serve all designations; otherwise each serves one term, by `proof/test_assignment.py`."""
    return book.window.shared


def unsure(of: Callable[..., st.SearchStrategy[cec.Activity]]) -> Callable[..., st.SearchStrategy[cec.Activity]]:
    """Activities in which documents and statements are missing here and there."""

    @st.composite
    def drawn(draw: st.DrawFn, *arguments: object, **values: object) -> cec.Activity:
        did = draw(of(*arguments, **values))
        unsaid = draw(st.sets(st.sampled_from(FLAGS)))
        left = did.documents if draw(st.booleans()) else ()
        return attrs.evolve(did, documents=left, **dict.fromkeys(unsaid))

    return drawn


def a_day(data: st.DataObject, made: cec.Submission, book: cec.Rulebook) -> date:
    windows = [part.window for part in parts(cec.evaluate(made, book))]
    window = data.draw(st.sampled_from(windows), "window")
    near = st.integers(-9, 2).map(lambda days: min(window.last, date(2200, 1, 1)) + timedelta(days=days))
    return data.draw(near | st.dates(window.first, min(window.last, date(2200, 1, 1))), "day")


def answered(made: cec.Submission, day: date, book: cec.Rulebook, hours: int) -> cec.Outlook:
    try:
        return cec.outlook(made, day, book, hours_a_day=hours)
    except cec.InvalidValue as error:
        assume("can be completed in more than" not in str(error))
        raise


def states(found: cec.Outlook) -> list[int]:
    return [SEVERITY.index(each.state) for each in found.terms or (found,)]


class TestOutlook:
    """More is never worse, later is never better, and what is met is renewable."""

    @by_every_rulebook(shared)
    @law
    @drawn
    def test_an_activity_more_never_makes_it_worse(self, books: Books, data: st.DataObject) -> None:
        """One that was carried out: a plan uses up hours, whatever it adds."""
        book, made = case(data, books.filter(shared), unsure(testing.activities))
        assume(made.activities)
        *rest, last = made.activities
        before, day, hours = attrs.evolve(made, activities=rest), a_day(data, made, book), data.draw(st.integers(1, 4))
        assume(last.earned_on <= day)
        pairs = zip(states(answered(before, day, book, hours)), states(answered(made, day, book, hours)), strict=True)
        assert all(more <= fewer for fewer, more in pairs)

    @by_every_rulebook(shared)
    @law
    @drawn
    def test_later_is_never_better_where_nothing_is_planned(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books.filter(shared), unsure(testing.activities))
        day, hours = a_day(data, made, book), data.draw(st.integers(1, 4))
        done = attrs.evolve(made, activities=[one for one in made.activities if one.earned_on <= day])
        later = day + timedelta(days=data.draw(st.integers(0, 40), "later"))
        pairs = zip(states(answered(done, day, book, hours)), states(answered(done, later, book, hours)), strict=True)
        assert all(first <= second for first, second in pairs)

    @by_every_rulebook()
    @law
    @drawn
    def test_what_is_met_with_everything_stated_is_renewable(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        day = max([one.earned_on for one in made.activities], default=date(2000, 1, 1))
        found = answered(made, day, book, 24)
        for each, part in zip(found.terms or (found,), parts(cec.evaluate(made, book)), strict=True):
            assert (each.state is cec.OutlookState.MET) is part.renewable
            assert each.short == part.shortfall

    @by_every_rulebook(shared)
    @law
    @drawn
    def test_its_needs_are_enough_and_none_can_be_left_out(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books.filter(shared), unsure(testing.acceptable_activities))
        day = max([one.earned_on for one in made.activities], default=date(2000, 1, 1))
        found = answered(made, day, book, 24)
        for place, each in enumerate(found.terms or (found,)):
            if each.state in ("evidence", "open"):
                assert self.left(made, each.needs, place, book) == each.short_with_paper
                for need in each.needs:
                    fewer = [other for other in each.needs if other != need]
                    assert self.left(made, fewer, place, book) != each.short_with_paper

    def left(self, made: cec.Submission, needs: object, place: int, book: cec.Rulebook) -> cec.Shortfall:
        """What is short with some needs satisfied, and everything else that is missing turned out badly."""
        activities = list(made.activities)
        for need in needs:
            one = activities[need.activity]
            value = {need.statement.value: need.value} if need.statement else {"documents": ALL_DOCUMENTS}
            activities[need.activity] = attrs.evolve(one, **value)
        worst = [
            attrs.evolve(one, **{flag: flag == "compensated" for flag in FLAGS if getattr(one, flag) is None})
            for one in activities
        ]
        return parts(cec.evaluate(attrs.evolve(made, activities=worst), book))[place].shortfall


class TestWorth:
    """The worth of an entry is what evaluating with it says."""

    @by_every_rulebook(shared)
    @law
    @drawn
    def test_it_equals_evaluating_with_the_entry_added(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books.filter(shared))
        minutes = data.draw(st.integers(1, 300), "minutes")
        found = cec.worth(made, book, minutes=minutes)
        before = parts(cec.evaluate(made, book))
        for place, each in enumerate(found.terms or (found,)):
            gain = data.draw(st.sampled_from(each.gains), "gain")
            entry = cec.Activity(
                title="An entry of a new body",
                provider="of a new provider",
                kind=gain.kind,
                earned_on=before[place].window.first,
                minutes=minutes,
                addresses_compliance=gain.addresses_compliance,
                bought_through_association=True,
                documents=ALL_DOCUMENTS,
            )
            index = index_of(book)
            same = [one for one in made.activities if identity_of(one, index) == identity_of(entry, index)]
            assume(not same or identity_of(entry, index) is None)
            with_it = attrs.evolve(made, activities=[*made.activities, entry])
            after = parts(cec.evaluate(with_it, book))[place]
            for name in ("in_network", "compliance"):
                assert getattr(after, name) == getattr(before[place], name) + getattr(gain, name)
            assert after.credited == before[place].credited + gain.total
            for name in ("total", "in_network", "compliance"):
                off = getattr(gain.taken_off, name)
                assert getattr(after.shortfall, name) + off == getattr(before[place].shortfall, name)

    @by_every_rulebook(shared)
    @law
    @drawn
    def test_json_gives_back_what_it_was_given(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books, unsure(testing.activities))
        day = a_day(data, made, book)
        for value in (
            answered(made, day, book, 24),
            cec.worth(made, book),
            *cec.years(made.activities, ["CAM"], [2014]),
        ):
            assert cec.loads(cec.dumps(value), type(value)) == value
