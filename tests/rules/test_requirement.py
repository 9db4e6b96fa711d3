"""What the designations held ask for together."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, compliance, decide
from cecrules.rules.requirement import Requirement, compliance_advised

HELD = ["CAM", "NALP", "CAPS", "CAS", "AIME"]
REQUIRED = {"CAM": 6, "NALP": 3, "CAPS": 6, "CAS": 3, "AIME": 3}


@pytest.mark.parametrize(
    ("code", "required"),
    [
        pytest.param(code, required, marks=pytest.mark.clause(f"required.{code.lower()}"))
        for code, required in REQUIRED.items()
    ],
)
def test_each_designation_requires_its_own(code: str, required: int) -> None:
    """Clauses `required.cam` to `required.aime`."""
    assert cec.required_credits([code], cec.NAAEI_2014) == required
    assert cec.NAAEI_2014.rule_of(cec.Designation(code)).clause == f"required.{code.lower()}"
    enough = [compliance(hours=required)]
    assert decide(*enough, held=[code]).renewable
    assert not decide(compliance(minutes=required * 60 - 1), held=[code]).renewable


@pytest.mark.clause("required.who")
class TestRequiredWho:
    """CAM, NALP, CAPS, CAS and the AIME membership require credits, and no others."""

    def test_these_five_and_no_others(self) -> None:
        assert [requirement.designation for requirement in cec.NAAEI_2014.designations] == HELD

    def test_another_is_refused_by_name(self) -> None:
        with pytest.raises(cec.UnknownName, match="naaei-2014 does not have 'CAMT'; known: CAM, NALP"):
            cec.required_credits(["CAM", "CAMT"], cec.NAAEI_2014)


@pytest.mark.clause("required.multiple")
class TestRequiredMultiple:
    """The same credits renew all designations; CAM and NALP together require six."""

    def test_the_pages_own_example(self) -> None:
        assert cec.required_credits(["CAM", "NALP"], cec.NAAEI_2014) == 6

    @given(st.lists(st.sampled_from(HELD), min_size=1))
    def test_the_largest_requirement_serves_all(self, held: list[str]) -> None:
        assessment = decide(held=held)
        assert assessment.required == cec.required_credits(held, cec.NAAEI_2014) == max(REQUIRED[code] for code in held)
        assert {REQUIRED[code] for code in assessment.checks[0].set_by} == {assessment.required}

    def test_a_renamed_designation_is_shown_by_the_editions_own_code(self) -> None:
        assert decide(held=["CALP", "NALP"]).designations == (cec.Designation.NALP,)
        assert cec.NAAEI_2014.aliases[0].clause == "required.nalp"


@pytest.mark.clause("required.one-submission")
class TestRequiredOneSubmission:
    """All the credits go in as one submission: the total is of one, and a shortage names the clause."""

    def test_a_part_is_short_by_the_rest(self) -> None:
        whole, part = decide(compliance(hours=6)), decide(compliance(hours=2))
        assert whole.renewable
        assert part.shortfall.total == 4
        assert (part.checks[0].clause, part.checks[0].strength) == ("required.one-submission", "must")
        assert "in one submission" in cec.explain(part)


@pytest.mark.clause("required.invoice")
class TestRequiredInvoice:
    """The invoice has the last word, and the reader is told so."""

    def test_every_explanation_points_to_the_invoice(self) -> None:
        assert cec.explain(decide()).endswith(
            "compare the credits required with the renewal invoice, which has the last word"
        )

    def test_a_first_renewal_changes_no_figure_but_adds_a_notice(self) -> None:
        plain, first = decide(activity()), decide(activity(), first_renewal_of=["CAM"])
        assert first.required == plain.required
        assert [(notice.code, notice.clause) for notice in first.notices] == [("first_renewal", "required.invoice")]


def test_nobody_holds_nothing() -> None:
    with pytest.raises(cec.InvalidValue) as caught:
        cec.required_credits([], cec.NAAEI_2014)
    error = caught.value
    assert (error.where, error.problem) == ("designations", "must name at least one designation, got none")
    assert error.code is cec.ErrorCode.OUT_OF_RANGE


def test_what_requires_nothing_is_set_by_no_designation() -> None:
    nothing = cec.Credits(0)
    asked = Requirement(designations=("CAMT",), total=nothing, in_network=nothing, compliance=nothing)
    assert asked.set_by == ()


def test_what_is_no_designation_is_told_by_its_place() -> None:
    with pytest.raises(cec.InvalidValue) as caught:
        cec.required_credits(["CAM", "CPM"], cec.NAAEI_2014)
    assert caught.value.where == "designations[1]"


def test_what_a_source_does_not_say_is_an_error_that_says_so() -> None:
    book = cec.edition("naaei-contact-hours")
    assert cec.required_credits(["CAPS"], book) == 6
    with pytest.raises(
        cec.NotStated, match="the sources of naaei-contact-hours do not say what CAM requires"
    ) as caught:
        cec.required_credits(["CAM"], book)
    assert (caught.value.path, caught.value.code) == (("designations",), "not_stated")
    assert caught.value.hint == "see clause required.unknown"


def test_who_is_not_spoken_of_is_told_who_is() -> None:
    with pytest.raises(cec.UnknownName) as caught:
        cec.required_credits(["CAMT"], cec.NAAEI_2014)
    assert (caught.value.where, caught.value.hint) == ("designations", "known: CAM, NALP, CAPS, CAS, AIME")


def test_an_explicit_minimum_is_that_of_the_largest_requirement() -> None:
    assessment = decide(held=["CAM", "CALP"], rulebook=cec.edition("naaei-2022"))
    assert [check.required for check in assessment.checks] == [8, 5]


def test_who_needs_nothing_is_renewable_with_nothing() -> None:
    assessment = decide(held=["CAMT"], rulebook=cec.edition("naaei-2022"))
    assert assessment.renewable
    assert assessment.checks[0].set_by == ()


FIGURES = {
    "naaei-2014": {"CAM": (6, 3), "NALP": (3, 1.5), "CAPS": (6, 3), "CAS": (3, 1.5), "AIME": (3, 1.5)},
    "naaei-2021": {"CAM": (6, 3), "CALP": (3, 2), "CAPS": (6, 3), "CAS": (3, 2), "AIME": (3, 2), "CAMT": (0, 0)},
    "naaei-2022": {"CAM": (8, 5), "CALP": (5, 3), "CAPS": (8, 5), "CAS": (5, 3), "AIME": (5, 3), "CAMT": (0, 0)},
    "naaei-pace": {"CAM": (8, 5), "CALP": (5, 3), "CAPS": (8, 5), "CAS": (5, 3), "AIME": (5, 3), "CAMT": (0, 0)},
}


@pytest.mark.parametrize("edition", FIGURES)
def test_every_edition_has_its_figures_under_a_clause_of_their_own(edition: str) -> None:
    book = cec.edition(edition)
    asked = {code: cec.requirement_of((cec.Designation(code),), book) for code in FIGURES[edition]}
    assert {code: (one.total, one.in_network) for code, one in asked.items()} == FIGURES[edition]
    assert [r.clause for r in book.designations] == [f"required.{r.designation.lower()}" for r in book.designations]
    assert [alias.clause for alias in book.aliases] == [f"required.{alias.means.lower()}" for alias in book.aliases]


class TestRequirementOf:
    """The requirement as a value, in credits of the rulebook."""

    def test_it_says_what_is_required_in_all_and_of_it(self) -> None:
        held = (cec.Designation.NALP, cec.Designation.CAM, cec.Designation.CALP)
        asked = cec.requirement_of(held, cec.NAAEI_2014)
        assert asked.designations == (cec.Designation.NALP, cec.Designation.CAM)
        assert (asked.total, asked.in_network, asked.compliance) == (6, 3, 1)
        assert asked.set_by == (cec.Designation.CAM,)

    def test_all_with_the_largest_requirement_set_it(self) -> None:
        held = (cec.Designation.NALP, cec.Designation.CAPS, cec.Designation.CAM)
        assert cec.requirement_of(held, cec.NAAEI_2014).set_by == (cec.Designation.CAPS, cec.Designation.CAM)

    def test_amounts_are_of_the_rulebooks_own_credits(self) -> None:
        asked = cec.requirement_of((cec.Designation.CAM,), cec.NAAEI_2014.evolve(credit={"minutes": 50}))
        assert {asked.total.minutes_a_credit, asked.in_network.minutes_a_credit, asked.compliance.minutes_a_credit} == {
            50
        }
        assert asked.total.minutes == 300

    def test_compliance_is_never_more_than_the_total(self) -> None:
        book = cec.NAAEI_2014.evolve(designations={"CAS": {"credits": "0.5"}})
        assert cec.requirement_of((cec.Designation.CAS,), book).compliance == 0.5

    def test_what_is_only_advised_is_not_required(self) -> None:
        advised = cec.NAAEI_2014.evolve(compliance={"strength": "may"})
        asked = cec.requirement_of((cec.Designation.CAM,), advised)
        assert (asked.compliance, compliance_advised(asked, advised)) == (0, 1)

    @pytest.mark.parametrize("book", [cec.NAAEI_2014, cec.edition("naaei-2022")])
    def test_where_it_is_required_or_not_asked_for_nothing_is_advised(self, book: cec.Rulebook) -> None:
        assert compliance_advised(cec.requirement_of((cec.Designation.CAM,), book), book) == 0

    def test_where_nothing_is_required_nothing_sets_it(self) -> None:
        asked = cec.requirement_of((cec.Designation.CAMT,), cec.edition("naaei-2022"))
        assert (asked.total, asked.set_by) == (0, ())
