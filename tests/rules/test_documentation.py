"""The evidence each kind calls for."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, codes, decide

EDUCATION = {"certificate_of_completion", "transcript", "exam_results", "payment_receipt", "signed_reporting_form"}
SERVICE = {"member_listing", "appointment_letter"}
INSTRUCTION = {"course_promotion", "instruction_letter"}
ARTICLE = {"published_article"}
CALLED_FOR = {
    "conference_session": EDUCATION,
    "association_course": EDUCATION,
    "college_course": EDUCATION,
    "housing_organization_program": EDUCATION,
    "real_estate_board_course": EDUCATION,
    "grace_hill_course": EDUCATION,
    "association_service": SERVICE,
    "housing_service": SERVICE,
    "association_instruction": INSTRUCTION,
    "industry_instruction": INSTRUCTION,
    "published_article": ARTICLE,
    "legislative_event": EDUCATION | SERVICE | INSTRUCTION | ARTICLE,
}
CLAUSE = {
    kind: "evidence.education" if wanted is EDUCATION else "evidence.service" for kind, wanted in CALLED_FOR.items()
}


@pytest.mark.parametrize(
    ("kind", "document"),
    [
        pytest.param(kind, document, marks=pytest.mark.clause(CLAUSE[kind]))
        for kind in CALLED_FOR
        for document in cec.DocumentKind
    ],
)
def test_a_kind_is_shown_by_any_document_of_its_group_and_by_no_other(kind: str, document: str) -> None:
    """Clauses `evidence.education` and `evidence.service`."""
    decision = decide(activity(kind, documents=[document], bought_through_association=True)).decisions[0]
    if document in CALLED_FOR[kind]:
        assert codes(decision) == []
    else:
        finding = decision.findings[0]
        assert (finding.code, finding.clause, set(finding.wanted)) == ("undocumented", CLAUSE[kind], CALLED_FOR[kind])


@given(st.sampled_from(sorted(CALLED_FOR)), st.sets(st.sampled_from(cec.DocumentKind)))
def test_more_documents_do_no_harm(kind: str, documents: set[cec.DocumentKind]) -> None:
    found = cec.undocumented([activity(kind, documents=documents)], cec.NAAEI_2014)
    assert bool(found) == documents.isdisjoint(CALLED_FOR[kind])


@pytest.mark.parametrize("kind", ["in_house_training", "unlisted"])
def test_what_is_never_accepted_calls_for_no_document(kind: str) -> None:
    assert cec.undocumented([activity(kind, documents=())], cec.NAAEI_2014) == []
