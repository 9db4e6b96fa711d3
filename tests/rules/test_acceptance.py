"""Which kinds of activity are accepted, and on what condition."""

from collections.abc import Sequence

import pytest

import cecrules as cec
from builders import activity, codes, decide
from cecrules.rulebook.index import index_of

IN_NETWORK = {
    "network.conference": "conference_session",
    "network.course": "association_course",
    "network.service": "association_service",
    "network.event": "legislative_event",
    "network.instruction": "association_instruction",
}
OUTSIDE = {
    "outside.college": "college_course",
    "outside.housing-organization": "housing_organization_program",
    "outside.real-estate-board": "real_estate_board_course",
    "outside.service": "housing_service",
    "outside.instruction": "industry_instruction",
    "outside.article": "published_article",
}
UNPAID = ("association_instruction", "industry_instruction", "published_article")


def by_clause(kinds: dict[str, str]) -> Sequence[object]:
    return [pytest.param(kind, clause, id=kind, marks=pytest.mark.clause(clause)) for clause, kind in kinds.items()]


@pytest.mark.parametrize(("kind", "clause"), by_clause(IN_NETWORK))
def test_what_the_network_offers_counts_in_network(kind: str, clause: str) -> None:
    """Clauses `network.*`: everything on the first list."""
    assessment = decide(activity(kind))
    assert (assessment.in_network, assessment.out_of_network) == (1, 0)
    assert index_of(cec.NAAEI_2014).kind_rules[cec.ActivityKind(kind)].clause == clause


@pytest.mark.parametrize(("kind", "clause"), by_clause(OUTSIDE))
def test_what_others_offer_counts_outside(kind: str, clause: str) -> None:
    """Clauses `outside.*`: everything on the second list, by its hours."""
    assessment = decide(activity(kind, hours=2.5))
    assert (assessment.in_network, assessment.out_of_network) == (0, 2.5)
    assert index_of(cec.NAAEI_2014).kind_rules[cec.ActivityKind(kind)].clause == clause


@pytest.mark.parametrize("kind", [kind for kind in cec.ActivityKind if kind not in UNPAID])
def test_pay_matters_only_for_teaching_and_writing(kind: cec.ActivityKind) -> None:
    assert "compensated" not in codes(decide(activity(kind, compensated=True)).decisions[0])


@pytest.mark.parametrize(
    ("kind", "clause"),
    [
        pytest.param(kind, clause, marks=pytest.mark.clause(clause))
        for clause, kind in {**IN_NETWORK, **OUTSIDE}.items()
        if kind in UNPAID
    ],
)
def test_teaching_and_writing_count_only_unpaid(kind: str, clause: str) -> None:
    """Clauses `network.instruction`, `outside.instruction` and `outside.article`."""
    decision = decide(activity(kind, compensated=True)).decisions[0]
    assert codes(decision) == ["compensated"]
    assert decision.findings[0].clause == clause
    assert decision.outcome == "rejected"


@pytest.mark.clause("refused.in-house")
class TestRefusedInHouse:
    """Training a company gives its own staff never counts, whatever it covers."""

    def test_in_house_training_is_refused_even_on_compliance(self) -> None:
        decision = decide(activity("in_house_training", addresses_compliance=True)).decisions[0]
        assert [(finding.code, finding.clause) for finding in decision.findings] == [
            ("kind_not_accepted", "refused.in-house")
        ]


@pytest.mark.clause("refused.unlisted")
class TestRefusedUnlisted:
    """Nothing outside the two lists counts; nor does a kind only other editions know."""

    @pytest.mark.parametrize("kind", ["unlisted", "visto_course", "sponsor_course", "volunteer_grading"])
    def test_what_no_list_names_is_refused(self, kind: str) -> None:
        decision = decide(activity(kind)).decisions[0]
        assert [(finding.code, finding.clause) for finding in decision.findings] == [
            ("kind_not_accepted", "refused.unlisted")
        ]


@pytest.mark.clause("vendor.grace-hill")
class TestVendorGraceHill:
    """Grace Hill courses count, in network, only if bought through the local association's site."""

    def test_bought_through_the_association_it_counts_in_network(self) -> None:
        assert decide(activity("grace_hill_course", bought_through_association=True)).in_network == 1

    def test_bought_elsewhere_it_is_refused(self) -> None:
        decision = decide(activity("grace_hill_course")).decisions[0]
        assert codes(decision) == ["not_bought_through_association"]
        assert decision.findings[0].clause == "vendor.grace-hill"


def test_a_kind_the_sources_leave_open_is_an_error_that_says_so() -> None:
    book = cec.edition("naaei-contact-hours")
    with pytest.raises(cec.NotStated) as caught:
        cec.not_accepted([activity(), activity("college_course")], book)
    error = caught.value
    assert (error.path, error.code) == (("activities", 1, "kind"), "not_stated")
    assert error.problem == "the rulebook's sources do not say how college_course counts"
    assert error.hint == "see clause kinds.unknown"


@pytest.mark.parametrize("flag", [None, False])
def test_a_statement_that_was_not_made_counts_as_false(flag: bool | None) -> None:
    unsaid = {"bought_through_association": flag, "compensated": flag}
    reported = [activity("grace_hill_course", **unsaid), activity("published_article", **unsaid)]
    ((position, finding),) = cec.not_accepted(reported, cec.NAAEI_2014)
    assert (position, finding.code) == (0, "not_bought_through_association")
