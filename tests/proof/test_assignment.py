"""If an activity serves only one term, no other assignment of activities to terms is better; each was tried."""

from __future__ import annotations

import functools
import random
from collections.abc import Iterable, Mapping, Sequence
from datetime import date, timedelta
from typing import NamedTuple

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import activity
from cecrules import testing
from cecrules.assignment import assigned
from cecrules.rulebook.provisions import WindowKind
from cecrules.rules.requirement import requirement_of
from proof import oracle

# A minute is half a credit, so that lengths often meet each other and the limits.
APART = cec.edition("naaei-pace").evolve(id="apart", credit={"minutes": 2}, window={"shared": False})
ONE_CREDIT = {"strength": "must", "credits": 1, "clause": "required.cam"}
MEASURED = ("association_course", "association_instruction", "college_course", "industry_instruction")
BOOKS = (
    APART,
    APART.evolve(compliance=ONE_CREDIT),
    APART.evolve(
        compliance=ONE_CREDIT,
        caps={"association_participation": {"credits": 1}, "industry_participation": {"credits": "0.5"}},
    ),
    # Duplicates on both sides, under a cap and under none.
    APART.evolve(
        compliance={**ONE_CREDIT, "credits": 2}, kinds={kind: {"once_per": ["title", "minutes"]} for kind in MEASURED}
    ),
)
KINDS = ("association_course", "conference_session", "association_service", "housing_service", *MEASURED)
HELD = ("CAM", "CALP", "CAPS", "CAS", "CAMT")
DAYS = [date(2024, 1, 1) + timedelta(days=60 * n) for n in range(12)]


def person(rng: random.Random, terms: int, most: int) -> cec.Submission:
    """Someone whose terms begin within eight months of each other."""
    held = rng.sample(HELD, terms)
    starts = {code: rng.choice(DAYS[:5]) for code in held}
    did = [reported(rng, rng.choice(KINDS)) for _ in range(rng.randint(2, most))]
    return cec.Submission(renewal_year=2025, designations=held, term_starts=starts, activities=did)


def reported(rng: random.Random, kind: str) -> cec.Activity:
    return activity(
        kind,
        minutes=None if cec.ActivityKind(kind).is_occasion else rng.randint(1, 10),
        title=rng.choice("ABC"),
        earned_on=rng.choice(DAYS),
        addresses_compliance=rng.random() < 0.3,
    )


class Credited(NamedTuple):
    """What a term is credited, in minutes."""

    total: int
    in_network: int
    compliance: int


# Terms renewed, credits up to what is required, the same on compliance, and the credits of each term.
Measure = tuple[int, int, int, tuple[int, ...]]


@attrs.frozen
class Term:
    """A second opinion on one term, without findings."""

    demand: oracle.Demand
    days: tuple[date, date]
    book: cec.Rulebook

    def accepts(self, did: cec.Activity) -> bool:
        return oracle.worth(did, self.book) > 0 and oracle.is_acceptable(did, *self.days, self.book)

    def minutes(self, activities: Mapping[int, cec.Activity]) -> dict[int, int]:
        """The minutes that count of each acceptable activity, by its number."""
        seen: set[object] = set()
        left = {cap.name: int(cap.credits * self.book.credit.minutes) for cap in self.book.caps}
        left["outside"] = self.demand.total - self.demand.in_network
        kept = dict.fromkeys(activities, 0)
        for number in sorted(activities, key=lambda number: (not activities[number].addresses_compliance, number)):
            did = activities[number]
            rule, same = oracle.rule_of(did.kind, self.book), oracle.entry(did, self.book)
            limits = [cap.name for cap in self.book.caps if rule.kind in cap.kinds]
            limits += ["outside"] if rule.side == "out_of_network" else []
            if same is None or same not in seen:
                seen.add(same)
                kept[number] = min([oracle.worth(did, self.book), *[left[name] for name in limits]])
                left.update({name: left[name] - kept[number] for name in limits})
        return kept

    def credited(self, activities: Mapping[int, cec.Activity]) -> Credited:
        kept = self.minutes(activities)
        inside = [n for n in kept if oracle.rule_of(activities[n].kind, self.book).side == "in_network"]
        about = [n for n in kept if activities[n].addresses_compliance]
        return Credited(sum(kept.values()), sum(kept[n] for n in inside), sum(kept[n] for n in about))


def measured(terms: Sequence[Term], credited: Sequence[Credited]) -> Measure:
    demands = [term.demand for term in terms]
    return (
        sum(all(map(int.__ge__, found, asked)) for found, asked in zip(credited, demands, strict=True)),
        sum(min(found.total, asked.total) for found, asked in zip(credited, demands, strict=True)),
        sum(min(found.compliance, asked.compliance) for found, asked in zip(credited, demands, strict=True)),
        tuple(found.total for found in credited),
    )


def shared_out(choices: Sequence[Sequence[int]], terms: int) -> list[tuple[int, ...]]:
    """Every assignment, as the set of activities (in bits) of each term; earlier terms for earlier activities first."""
    found = [(0,) * terms]
    for number, choice in enumerate(choices):
        found = [
            tuple(some | (1 << number if term == chosen else 0) for term, some in enumerate(before))
            for before in found
            for chosen in choice or [-1]
        ]
    return found


def decisions(book: cec.Rulebook, made: cec.Submission) -> tuple[list[Term], list[cec.Assessment], Measure]:
    """The terms in the order of their last days, what is decided on each, and the measure of it all."""
    parts = sorted(cec.evaluate(made, book).terms, key=lambda part: part.window.last)
    held = [part.designations[0] for part in parts]
    terms = [Term(oracle.demand([code], book), oracle.days(made, code, book), book) for code in held]
    found = [Credited(part.credited.minutes, part.in_network.minutes, part.compliance.minutes) for part in parts]
    return terms, parts, measured(terms, found)


def compare(book: cec.Rulebook, made: cec.Submission, *, with_none: bool = False) -> None:
    """Compares what is decided with every assignment, of which the first among equals is that by the order given."""
    terms, decided, measure = decisions(book, made)
    held = [part.designations[0] for part in decided]
    choices = [[n for n, term in enumerate(terms) if term.accepts(did)] for did in made.activities]

    def chosen(bits: int) -> dict[int, cec.Activity]:
        return {number: did for number, did in enumerate(made.activities) if bits >> number & 1}

    credited = functools.cache(lambda term, bits: terms[term].credited(chosen(bits)))
    tried = shared_out([[*choice, -1] for choice in choices] if with_none else choices, len(terms))
    best, bits = (-1, 0, 0, ()), ()
    for each in tried:
        other = measured(terms, [credited(term, some) for term, some in enumerate(each)])
        if other > best:
            best, bits = other, each
    assert measure == best
    assert sum(part.renewable for part in decided) == best[0]
    best_of_all = {number: term for term, some in enumerate(bits) for number in chosen(some)}
    requirements = [requirement_of([code], book) for code in held]
    assert assigned(made.activities, choices, requirements, book) == best_of_all

    # An activity is credited in one term, rejected for that in the others, and each term counts all that is left.
    serves = {
        n: code for code, part in zip(held, decided, strict=True) for n, d in enumerate(part.decisions) if d.credited
    }
    for code, term, part in zip(held, terms, decided, strict=True):
        for number, decision in enumerate(part.decisions):
            used = [finding.served for finding in decision.findings if finding.code == "served_another_term"]
            assert used == [other for n, other in serves.items() if n == number and other is not code]
        free = {n: did for n, did in enumerate(made.activities) if serves.get(n, code) is code and term.accepts(did)}
        assert [d.credited.minutes for d in part.decisions] == [
            term.minutes(free).get(n, 0) for n in range(len(made.activities))
        ]

    if all(all(terms[term].minutes(chosen(some)).values()) for term, some in enumerate(bits)):
        assert serves == {number: held[term] for number, term in best_of_all.items()}


def apart(book: cec.Rulebook) -> cec.Rulebook:
    return attrs.evolve(book, window=attrs.evolve(book.window, shared=False))


def cases(numbers: Iterable[int], terms: int, most: int) -> None:
    for number in numbers:
        rng = random.Random(number)
        compare(rng.choice(BOOKS), person(rng, terms, most))


@pytest.mark.clause("window.previous-year")
class TestEveryAssignment:
    def test_none_of_a_few_activities_is_better(self) -> None:
        cases(range(200), terms=2, most=6)
        cases(range(200), terms=3, most=5)

    def test_none_that_leaves_activities_to_no_term_is_better(self) -> None:
        for number in range(50):
            rng = random.Random(number)
            compare(rng.choice(BOOKS), person(rng, terms=2, most=5), with_none=True)

    def test_there_may_be_as_many_terms_as_designations(self) -> None:
        cases(range(20), terms=len(HELD), most=4)

    @pytest.mark.proof
    @settings(max_examples=100)
    @given(data=st.data())
    def test_nor_by_any_rulebook(self, data: st.DataObject) -> None:
        books = testing.rulebooks(minutes_a_credit=st.integers(1, 3), window_kinds=[WindowKind.TERM])
        book = data.draw(books.map(apart), "rulebook")
        made = data.draw(testing.submissions(book, most_activities=5), "submission")
        compare(book, made)

    def test_the_order_of_activities_changes_no_measure(self) -> None:
        for number in range(100):
            rng = random.Random(number)
            book, made = rng.choice(BOOKS), person(rng, terms=rng.choice([2, 3]), most=8)
            shuffled = attrs.evolve(made, activities=rng.sample(made.activities, len(made.activities)))
            assert decisions(book, shuffled)[2] == decisions(book, made)[2]

    @pytest.mark.proof
    def test_none_of_up_to_ten_is_better_for_two_terms(self) -> None:
        cases(range(1_000, 7_500), terms=2, most=10)

    @pytest.mark.proof
    def test_none_is_better_for_three_terms(self) -> None:
        cases(range(10_000, 13_400), terms=3, most=7)
        cases(range(20_000, 20_100), terms=3, most=10)
