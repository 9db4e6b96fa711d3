"""The order in which credits are kept is the best there is: every other choice was tried."""

from __future__ import annotations

import itertools

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, submission
from cecrules import testing
from proof import oracle

pytestmark = pytest.mark.proof

# A credit of few minutes makes a world in which every minute of every activity can be tried. With two of them, a
# minute is half a credit: as fine as any figure of the shipped rulebooks.
DATED = {"naaei-contact-hours": {"window": {"kind": "calendar_year", "years_before": 1}}}
SHIPPED = {name: cec.edition(name).evolve(credit={"minutes": 2}, **DATED.get(name, {})) for name in cec.editions()}
BOOKS = {name: st.just(book) for name, book in SHIPPED.items()} | {
    # Where terms do not share, who is served first is a choice of its own that no cap or half makes.
    "random": testing.rulebooks(minutes_a_credit=st.integers(1, 3)).filter(lambda book: book.window.shared)
}
BOOK = SHIPPED["naaei-2014"]
A_YEAR = (cec.renewal_window(2014, BOOK).first, cec.renewal_window(2014, BOOK).last)


def shortened(made: cec.Submission) -> cec.Submission:
    """The same submission with activities of a few minutes."""
    return attrs.evolve(
        made, activities=[attrs.evolve(did, minutes=did.minutes and did.minutes % 8 + 1) for did in made.activities]
    )


@pytest.mark.clause("network.half")
@pytest.mark.clause("outside.half")
@pytest.mark.clause("compliance.one")
@pytest.mark.parametrize("books", [pytest.param(books, id=name) for name, books in BOOKS.items()])
@pytest.mark.parametrize("of", [testing.activities, testing.acceptable_activities])
@settings(max_examples=50)
@given(data=st.data())
def test_no_other_choice_of_minutes_gives_more_credits_or_more_of_them_on_compliance(
    books: st.SearchStrategy[cec.Rulebook], of: object, data: st.DataObject
) -> None:
    book = data.draw(books, "rulebook")
    made = data.draw(testing.submissions(book, most_activities=4, of=of).map(shortened), "submission")
    assessment = cec.evaluate(made, book)
    for part in assessment.terms or (assessment,):
        held = part.designations if assessment.terms else made.designations
        owed = oracle.demand(held, book)
        found = oracle.ways(made.activities, *oracle.days(made, held[0], book), book)
        assert part.required.minutes == owed.total
        assert (part.credited.minutes, part.compliance.minutes) == oracle.best(found, owed)
        kept = part.in_network.minutes, part.out_of_network.minutes, part.compliance.minutes
        assert kept in {(way.in_network, way.outside, way.compliance) for way in oracle.allowed(found, owed)}
        assert part.renewable is oracle.renews(found, owed)


class TestTheOracle:
    """The second opinion is right where anyone can see it."""

    def found(self, *did: cec.Activity, book: cec.Rulebook = BOOK) -> frozenset[oracle.Use]:
        return oracle.ways(did, *A_YEAR, book)

    def test_what_is_owed_is_the_most_with_its_half(self) -> None:
        assert oracle.demand(["CAM", "NALP"], cec.NAAEI_2014) == (360, 180, 60)
        assert oracle.demand(["NALP"], cec.NAAEI_2014) == (180, 90, 60)
        assert oracle.demand(["NALP"], cec.edition("naaei-2022")) == (300, 180, 0)

    def test_half_of_what_is_required_may_come_from_outside(self) -> None:
        found = self.found(activity(minutes=8), activity("college_course", minutes=12))
        assert oracle.best(found, oracle.demand(["CAM"], BOOK)) == (14, 0)

    def test_three_credits_of_four_bodies_count_and_the_same_one_once(self) -> None:
        bodies = [activity("association_service", title=title) for title in ("A", "B", "b ", "C", "D")]
        assert oracle.best(self.found(*bodies), oracle.demand(["CAM"], BOOK)) == (6, 0)
        assert oracle.best(self.found(*bodies[1:3]), oracle.demand(["CAM"], BOOK)) == (2, 0)

    def test_of_two_under_one_cap_the_one_on_compliance_is_kept(self) -> None:
        taught = [activity("association_instruction", minutes=5, addresses_compliance=about) for about in (False, True)]
        assert oracle.best(self.found(*taught), oracle.demand(["CAM"], BOOK)) == (6, 5)

    def test_nothing_reported_renews_nothing(self) -> None:
        assert oracle.best(oracle.NOTHING, oracle.demand(["CAS"], BOOK)) == (0, 0)
        assert not oracle.renews(oracle.NOTHING, oracle.demand(["CAS"], BOOK))

    def test_a_day_outside_or_a_missing_document_counts_for_nothing(self) -> None:
        assert self.found(activity(earned_on="2014-01-01"), activity(documents=())) == oracle.NOTHING

    @pytest.mark.parametrize(
        ("start", "months", "end"), [("2024-11-30", 15, "2026-02-28"), ("2024-01-31", -2, "2023-11-30")]
    )
    def test_months_end_where_the_calendar_does(self, start: str, months: int, end: str) -> None:
        assert str(oracle.months_on(oracle.date.fromisoformat(start), months)) == end

    def test_it_forgets_no_way_by_merging_equal_ones(self) -> None:
        """The same as writing down every number of minutes of each activity, without a thought."""
        did = [
            activity("association_instruction", minutes=5),
            activity("association_instruction", minutes=3, addresses_compliance=True),
            activity("college_course", minutes=4),
        ]
        plain = {
            (first + second, outside, second)
            for first, second, outside in itertools.product(range(6), range(4), range(5))
            if first + second <= 6
        }
        assert {(way.in_network, way.outside, way.compliance) for way in self.found(*did)} == plain


def test_it_agrees_on_the_clock_with_the_rules_it_does_not_share() -> None:
    made = submission(activity(minutes=7), held=["NALP"])
    assert oracle.days(made, cec.Designation.NALP, BOOK) == A_YEAR
