"""What holds for every submission, by every shipped rulebook and by rulebooks made up at random."""

from __future__ import annotations

import pickle
from collections.abc import Callable

import attrs
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, submission
from cecrules import testing
from cecrules.rulebook.provisions import WindowKind
from cecrules.rules.requirement import requirement_of
from cecrules.testing import laws

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


def applied(book: cec.Rulebook) -> laws.Decide:
    """The library as an implementation that answers in JSON."""
    return lambda form: cec.to_dict(cec.evaluate(cec.from_dict(form), book))


STATED = [
    pytest.param(
        each,
        st.just(book) if book else testing.rulebooks().filter(each.holds_for),
        id=f"{each.name}-{name}",
        marks=[pytest.mark.clause(clause) for clause in each.clauses],
    )
    for each in laws.LAWS
    for name, book in {**SHIPPED, "random": None}.items()
    if book is None or each.holds_for(book)
]


@pytest.mark.parametrize(("stated", "books"), STATED)
@law
@drawn
def test_the_library_keeps_every_law(stated: laws.Law, books: Books, data: st.DataObject) -> None:
    book = data.draw(books, "rulebook")
    assert list(laws.tried(stated, applied(book), book, data.draw)) == []


def test_every_law_is_stated_for_the_default_rulebook() -> None:
    assert all(each.holds_for(cec.NAAEI_2014) for each in laws.LAWS)


def case(
    data: st.DataObject, books: Books, of: Callable[..., st.SearchStrategy[cec.Activity]] = testing.activities
) -> Drawn:
    book = data.draw(books, "rulebook")
    return book, data.draw(testing.submissions(book, of=of), "submission")


def yearly(book: cec.Rulebook) -> bool:
    return book.window.kind in YEARLY


@pytest.mark.clause("required.multiple")
class TestWhatIsRequired:
    """The same credits serve all designations: the largest requirement applies."""

    @by_every_rulebook()
    @law
    @drawn
    def test_another_designation_never_lowers_it(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        held = [cec.required_credits(made.designations[:n], book) for n in range(1, len(made.designations) + 1)]
        assert held == sorted(held)

    @pytest.mark.parametrize("name", cec.editions())
    def test_every_edition_leaves_room_outside_for_compliance(self, name: str) -> None:
        """What the law on lesser designations is stated for."""
        book = cec.edition(name)
        for rule in book.designations:
            if rule.credits is not None:
                asked = requirement_of([rule.designation], book)
                assert asked.compliance + asked.in_network <= asked.total

    def test_a_lesser_one_without_room_outside_may_lack_the_compliance_credit(self) -> None:
        """Why the law on lesser designations has its condition: compliance outside counts for the greater one only."""
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
class TestOrder:
    """The rules, each called by itself in the order of `evaluate`, say what it says."""

    @by_every_rulebook(yearly)
    @law
    @drawn
    def test_each_rule_by_itself_says_the_same(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        did, requirement = made.activities, requirement_of(made.designations, book)
        window = cec.renewal_window(made.renewal_year, book, renewal_date=made.renewal_date)
        by_itself = [
            *cec.outside_window(did, window, book),
            *cec.not_accepted(did, book),
            *cec.undocumented(did, book),
        ]
        against = {index for index, _ in by_itself}
        order = sorted(set(range(len(did))) - against, key=lambda index: not did[index].addresses_compliance)
        again = cec.duplicates(did, order, book)
        order = [index for index in order if index not in {duplicate for duplicate, _ in again}]

        minutes = [claimed if index in order else 0 for index, claimed in enumerate(cec.claimed_minutes(did, book))]
        caps = cec.over_caps(did, minutes, order, book)
        for index, finding in caps:
            minutes[index] -= finding.credits.minutes
        room = requirement.total.minutes - requirement.in_network.minutes
        half = cec.over_half(did, minutes, order, room, book)
        for index, finding in half:
            minutes[index] -= finding.credits.minutes

        assessment = cec.evaluate(made, book)
        found = [(index, finding) for index, told in enumerate(assessment.decisions) for finding in told.findings]
        said = {(index, finding.code) for index, finding in (*by_itself, *again, *caps, *half)}
        assert {(index, finding.code) for index, finding in found} == said
        limits = sorted([*caps, *half], key=lambda told: told[0])
        # A rule alone knows no other that has to be undone as well.
        alone = [(index, attrs.evolve(finding, beside=())) for index, finding in found if finding.code.reduces]
        assert alone == limits
        assert assessment.credited.minutes == sum(minutes)
        assert assessment.compliance.minutes == cec.compliance_minutes(did, minutes)


class TestLimits:
    """No limit is exceeded, to the minute."""

    def test_a_kind_treated_as_unlisted_is_under_its_cap(self) -> None:
        """Only where a rulebook accepts what is unlisted, and caps it."""
        book = cec.NAAEI_2014.evolve(
            id="open",
            kinds={"unlisted": {"side": "in_network"}},
            caps={"unlisted": {"credits": 1, "kinds": ["unlisted"], "clause": "refused.unlisted"}},
        )
        assert cec.evaluate(submission(activity("visto_course", hours=2)), book).credited == 1


class TestValues:
    """An assessment is a value like any other."""

    @by_every_rulebook()
    @law
    @drawn
    def test_json_and_pickle_give_back_what_they_were_given(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        assert cec.evaluate(made, book) == cec.evaluate(made, book)
        for value in (made, cec.evaluate(made, book), *made.activities):
            assert cec.loads(cec.dumps(value), type(value)) == value
            assert pickle.loads(pickle.dumps(value)) == value
            assert hash(pickle.loads(pickle.dumps(value))) == hash(value)

    @by_every_rulebook(yearly)
    @law
    @drawn
    def test_it_can_be_told_in_words_and_shown(self, books: Books, data: st.DataObject) -> None:
        book, made = case(data, books)
        assessment = cec.evaluate(made, book)
        assert cec.explain(assessment).startswith("Renewable" if assessment.renewable else "Not renewable")
        assert cec.to_html(assessment).count('class="reasons"') == sum(bool(d.findings) for d in assessment.decisions)

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
