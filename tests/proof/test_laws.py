"""What holds for every submission, by every shipped rulebook and by rulebooks made up at random."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import attrs
import pytest
from hypothesis import assume, given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import ALL_DOCUMENTS, activity, submission
from cecrules import testing
from cecrules.rulebook.index import index_of
from cecrules.rulebook.provisions import WindowKind

pytestmark = pytest.mark.proof

Books = st.SearchStrategy[cec.Rulebook]
Drawn = tuple[cec.Rulebook, cec.Submission]

# The sources of the contact hours name no window: one is given, so that the rest of it can be tried.
CONTACT_HOURS = cec.edition("naaei-contact-hours").evolve(window={"kind": "calendar_year", "years_before": 1})
SHIPPED = {name: cec.edition(name) for name in cec.editions()} | {CONTACT_HOURS.id: CONTACT_HOURS}
YEARLY = (WindowKind.CALENDAR_YEAR, WindowKind.MONTHS_BEFORE)


def by_every_rulebook(allowed: Callable[[cec.Rulebook], bool] = bool) -> pytest.MarkDecorator:
    """Tries a law by each shipped rulebook it is stated for, and by random ones."""
    books = {name: st.just(book) for name, book in SHIPPED.items() if allowed(book)}
    books["random"] = testing.rulebooks().filter(allowed)
    return pytest.mark.parametrize("books", [pytest.param(each, id=name) for name, each in books.items()])


# Some submissions by each rulebook, and some rulebooks: together thousands for each run.
law = settings(max_examples=25)
drawn = given(data=st.data())


def case(
    data: st.DataObject, books: Books, of: Callable[..., st.SearchStrategy[cec.Activity]] = testing.activities
) -> Drawn:
    book = data.draw(books, "rulebook")
    return book, data.draw(testing.submissions(book, of=of), "submission")


def parts(assessment: cec.Assessment) -> tuple[cec.Assessment, ...]:
    """The assessment itself, or that of each designation where each has a term of its own."""
    return assessment.terms or (assessment,)


def measures(assessment: cec.Assessment) -> list[tuple[cec.Credits, ...]]:
    return [(part.credited, part.in_network, part.compliance) for part in parts(assessment)]


def figures(assessment: cec.Assessment) -> list[object]:
    of_parts = [
        (*measure, part.shortfall) for measure, part in zip(measures(assessment), parts(assessment), strict=True)
    ]
    return [assessment.required, assessment.renewable, *of_parts]


def shared(book: cec.Rulebook) -> bool:
    """True where one activity may serve all designations; otherwise each serves one term, by `proof/test_assignment.py`."""
    return book.window.shared


def yearly(book: cec.Rulebook) -> bool:
    return book.window.kind in YEARLY


@pytest.mark.clause("required.multiple")
class TestWhatIsOwed:
    """The same credits serve all designations: the largest requirement is owed."""

    @by_every_rulebook(yearly)
    @law
    @drawn
    def test_it_is_the_most_that_any_designation_owes(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        alone = [cec.required_credits([held], book) for held in made.designations]
        assert cec.required_credits(made.designations, book) == cec.evaluate(made, book).required == max(alone)

    @by_every_rulebook()
    @law
    @drawn
    def test_another_designation_never_lowers_it(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        held = [cec.required_credits(made.designations[:n], book) for n in range(1, len(made.designations) + 1)]
        assert held == sorted(held)

    @by_every_rulebook(yearly)
    @law
    @drawn
    def test_whoever_renews_one_renews_every_other_that_owes_no_more(self, books: Books, data: st.DataObject) -> None:
        """For compliance, where the lesser one leaves room outside for what it asks: every shipped rulebook does."""
        book, made = case(data, books)
        known = [asked.designation for asked in book.designations if asked.credits is not None]
        lesser = data.draw(st.sampled_from(known), "the lesser")
        greater = cec.evaluate(made, book)
        assume(cec.required_credits([lesser], book) <= greater.required)
        other = cec.evaluate(attrs.evolve(made, designations=[lesser], first_renewal_of=()), book)
        assert other.shortfall.total <= greater.shortfall.total
        assert other.shortfall.in_network <= greater.shortfall.in_network
        total, in_network, *compliance = [check.required for check in other.checks]
        has_room = all(asked + in_network <= total for asked in compliance)
        assert has_room or book.id not in SHIPPED
        if has_room:
            assert other.shortfall.compliance <= greater.shortfall.compliance

    def test_a_lesser_one_without_room_outside_may_lack_the_compliance_credit(self) -> None:
        """Why the law above has its condition: compliance outside counts for the greater one only."""
        tight = cec.NAAEI_2014.evolve(
            id="tight",
            in_network={"share": None},
            designations={
                "CAM": {"in_network": 3},
                "CAPS": {"in_network": 3},
                "NALP": {"in_network": 3},
                "CAS": {"in_network": 3},
                "AIME": {"in_network": 3},
            },
        )
        did = [activity(hours=5), activity("college_course", hours=1, addresses_compliance=True)]
        assert cec.evaluate(submission(*did, held=["CAM"]), tight).renewable
        assert cec.evaluate(submission(*did, held=["NALP"]), tight).shortfall.compliance == 1


@pytest.mark.clause("required.one-submission")
class TestWhatIsReported:
    """What is reported counts as a whole: neither its order nor its parts decide."""

    @by_every_rulebook(shared)
    @law
    @drawn
    def test_its_order_changes_no_figure(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        shuffled = attrs.evolve(made, activities=data.draw(st.permutations(made.activities), "another order"))
        assert figures(cec.evaluate(shuffled, book)) == figures(cec.evaluate(made, book))

    @by_every_rulebook(shared)
    @law
    @drawn
    def test_one_activity_more_never_lowers_a_measure_nor_undoes_a_renewal(
        self, books: Books, data: st.DataObject
    ) -> None:
        book, made = case(data, books)
        more = cec.evaluate(made, book)
        for index in range(len(made.activities)):
            fewer = cec.evaluate(without(made, index), book)
            pairs = zip(measures(fewer), measures(more), strict=True)
            assert all(before <= after for few, many in pairs for before, after in zip(few, many, strict=True))
            assert more.renewable or not fewer.renewable

    @by_every_rulebook(shared)
    @law
    @drawn
    def test_a_rejected_activity_can_be_left_out(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        assessment = cec.evaluate(made, book)
        for index in range(len(made.activities)):
            if all(part.decisions[index].outcome is cec.Outcome.REJECTED for part in parts(assessment)):
                assert figures(cec.evaluate(without(made, index), book)) == figures(assessment)


def without(made: cec.Submission, index: int) -> cec.Submission:
    return attrs.evolve(made, activities=made.activities[:index] + made.activities[index + 1 :])


@pytest.mark.clause("unit.hour")
class TestHours:
    """Credits are counted to the minute: none appears, none disappears."""

    @by_every_rulebook()
    @law
    @drawn
    def test_what_is_claimed_is_credited_or_taken_by_findings(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        for part in parts(cec.evaluate(made, book)):
            for decision in part.decisions:
                taken = sum(finding.credits.minutes for finding in decision.findings)
                assert decision.claimed.minutes == decision.credited.minutes + taken
            assert part.credited.minutes == sum(decision.credited.minutes for decision in part.decisions)
            assert part.credited == part.in_network + part.out_of_network

    @by_every_rulebook(shared)
    @law
    @drawn
    def test_hours_reported_in_two_parts_count_the_same(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        for index, whole in enumerate(made.activities):
            if index_of(book).kind_rules[whole.kind].each is None and (whole.minutes or 0) > 1:
                minutes = data.draw(st.integers(1, whole.minutes - 1), "first part")
                halves = [attrs.evolve(whole, minutes=part) for part in (minutes, whole.minutes - minutes)]
                split = attrs.evolve(
                    made, activities=[*made.activities[:index], *halves, *made.activities[index + 1 :]]
                )
                assert figures(cec.evaluate(split, book)) == figures(cec.evaluate(made, book))


class TestLimits:
    """No limit is exceeded, to the minute."""

    @pytest.mark.clause("network.service")
    @pytest.mark.clause("network.instruction")
    @by_every_rulebook()
    @law
    @drawn
    def test_no_cap_is_exceeded(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books, testing.acceptable_activities)
        for part in parts(cec.evaluate(made, book)):
            for cap in book.caps:
                kept = sum(decision.credited.minutes for decision in part.decisions if decision.kind in cap.kinds)
                assert kept <= cap.credits * book.credit.minutes

    @pytest.mark.clause("outside.half")
    @pytest.mark.clause("network.half")
    @by_every_rulebook()
    @law
    @drawn
    def test_no_more_than_the_rest_comes_from_outside(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books, testing.acceptable_activities)
        for part in parts(cec.evaluate(made, book)):
            total, in_network, *_ = [check.required for check in part.checks]
            assert part.out_of_network + in_network <= total
            if book.in_network.share is not None:
                assert in_network.minutes >= book.in_network.share * total.minutes > in_network.minutes - 1

    @pytest.mark.clause("window.previous-year")
    @by_every_rulebook()
    @law
    @drawn
    def test_nothing_counts_outside_the_window(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        for part in parts(cec.evaluate(made, book)):
            for did, decision in zip(made.activities, part.decisions, strict=True):
                if decision.outcome is not cec.Outcome.REJECTED:
                    assert part.window.first <= did.earned_on <= part.window.last
                    if book.window.kind is WindowKind.CALENDAR_YEAR:
                        assert did.earned_on.year == made.renewal_year - book.window.years_before

    def test_a_kind_treated_as_unlisted_is_under_its_cap(self) -> None:
        """Only where a rulebook accepts what is unlisted, and caps it."""
        book = cec.NAAEI_2014.evolve(
            id="open",
            kinds={"unlisted": {"side": "in_network"}},
            caps={"unlisted": {"credits": 1, "kinds": ["unlisted"], "clause": "refused.unlisted"}},
        )
        assert cec.evaluate(submission(activity("visto_course", hours=2)), book).credited == 1


def has_a_free_course(book: cec.Rulebook) -> bool:
    return yearly(book) and free_course(book) is not None


def free_course(book: cec.Rulebook) -> cec.ActivityKind | None:
    """A kind in network that is counted by its hours and has no cap; None where there is none."""
    capped = {kind for cap in book.caps for kind in cap.kinds}
    rules = index_of(book).kind_rules.items()
    return next(
        (kind for kind, rule in rules if rule.side is cec.Side.IN_NETWORK and rule.each is None and kind not in capped),
        None,
    )


@pytest.mark.clause("compliance.one")
class TestShortfall:
    """What is said to be missing is exactly what is missing, in each measure."""

    @by_every_rulebook(has_a_free_course)
    @law
    @drawn
    def test_what_it_asks_for_is_enough_and_a_minute_less_is_not(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        short = cec.evaluate(made, book).shortfall
        missing = [amount.minutes for amount in (short.total, short.in_network, short.compliance)]
        assert short.in_network <= short.total
        for minutes in {max(missing), max(missing) - 1, data.draw(st.integers(1, max(*missing, 1)))}:
            if minutes > 0:
                after = cec.evaluate(self.with_course(made, book, minutes), book)
                left = (after.shortfall.total, after.shortfall.in_network, after.shortfall.compliance)
                assert [amount.minutes for amount in left] == [max(amount - minutes, 0) for amount in missing]
                assert after.renewable is (minutes >= max(missing))

    def with_course(self, made: cec.Submission, book: cec.Rulebook, minutes: int) -> cec.Submission:
        """The submission with a course in network on compliance, which serves every measure."""
        course = cec.Activity(
            title="What was missing",
            kind=free_course(book),
            earned_on=cec.renewal_window(made.renewal_year, book, renewal_date=made.renewal_date).first,
            minutes=minutes,
            addresses_compliance=True,
            bought_through_association=True,
            documents=ALL_DOCUMENTS,
        )
        return attrs.evolve(made, activities=[*made.activities, course])


class TestValues:
    """An assessment is a function of the submission and the rulebook, and a value like any other."""

    @by_every_rulebook()
    @law
    @drawn
    def test_the_same_question_has_the_same_answer(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        once, twice = cec.evaluate(made, book), cec.evaluate(made, book)
        assert once == twice
        assert hash(once) == hash(twice)

    @by_every_rulebook()
    @law
    @drawn
    def test_json_and_pickle_give_back_what_they_were_given(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        for value in (made, cec.evaluate(made, book), *made.activities):
            assert cec.loads(cec.dumps(value), type(value)) == value
            assert pickle.loads(pickle.dumps(value)) == value
            assert hash(pickle.loads(pickle.dumps(value))) == hash(value)

    @law
    @given(testing.rulebooks())
    def test_so_do_they_a_rulebook(self, book: cec.Rulebook) -> None:
        assert cec.loads(cec.dumps(book), cec.Rulebook) == book
        assert pickle.loads(pickle.dumps(book)) == book


class TestRefusal:
    """A rulebook in which the maximum rule would not hold is refused."""

    @pytest.mark.clause("required.multiple")
    @pytest.mark.parametrize(("cam", "caps"), [(3, 2), (2, 3)])
    def test_two_that_owe_the_same_ask_for_as_much_in_network(self, cam: int, caps: int) -> None:
        with pytest.raises(cec.CecRulesError):
            cec.edition("naaei-2021").evolve(designations={"CAM": {"in_network": cam}, "CAPS": {"in_network": caps}})
