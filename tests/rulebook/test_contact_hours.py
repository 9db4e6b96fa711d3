"""The edition of contact hours says what is known of the years before 2013, and no more."""

from collections.abc import Callable

import pytest

import cecrules as cec
from builders import activity, codes, decide
from cecrules.rulebook.contradictions import citations
from cecrules.rulebook.index import index_of

BOOK = cec.edition("naaei-contact-hours")
# Its sources name no window: one is given, so that what they do name can be tried.
DATED = BOOK.evolve(window={"kind": "calendar_year", "years_before": 1})
KNOWN = {
    "conference_session": ("in_network", "network.program"),
    "association_course": ("in_network", "network.program"),
    "association_service": ("in_network", "network.service"),
    "association_instruction": ("in_network", "network.instruction"),
    "volunteer_grading": ("in_network", "network.grading"),
    "housing_organization_program": ("out_of_network", "outside.program"),
}
UNKNOWN = [kind for kind in cec.ActivityKind if kind not in (*KNOWN, "visto_course", "sponsor_course")]


def decided(*reported: cec.Activity) -> cec.Assessment:
    return decide(*reported, held=["CAPS"], rulebook=DATED)


def test_a_credit_is_a_contact_hour_of_fifty_minutes() -> None:
    assert decided(activity(minutes=300)).credited == 6


def test_caps_requires_six_half_of_them_in_network_as_a_must() -> None:
    assessment = decided()
    assert [(check.required, check.strength) for check in assessment.checks] == [(6, "must"), (3, "must")]


@pytest.mark.parametrize("kind", KNOWN)
def test_what_is_known_counts_on_its_side(kind: str) -> None:
    side, clause = KNOWN[kind]
    decision = decided(activity(kind, minutes=50)).decisions[0]
    assert (decision.side, decision.credited) == (side, 1)
    assert index_of(BOOK).kind_rules[cec.ActivityKind(kind)].clause == clause


@pytest.mark.parametrize("kind", UNKNOWN)
def test_what_is_not_known_is_an_error_that_names_the_clause(kind: cec.ActivityKind) -> None:
    with pytest.raises(cec.NotStated, match=f"do not say how {kind} counts; see clause kinds.unknown"):
        decided(activity(kind))


def test_three_of_service_and_three_of_teaching_count() -> None:
    boards = [activity("association_service", title=f"Board {n}") for n in range(4)]
    assert decided(*boards, activity("association_instruction", minutes=200)).credited == 6
    assert {cap.name: cap.clause for cap in BOOK.caps} == {
        "association_service": "network.service",
        "association_instruction": "network.instruction",
    }


@pytest.mark.parametrize("other", [{"title": "Board B"}, {"provider": "NAA"}])
def test_another_body_counts_beside_it(other: dict[str, str]) -> None:
    board = {"kind": "association_service", "title": "Board A", "provider": "Anytown"}
    assert decided(activity(**board), activity(**board | other)).credited == 2
    assert decided(activity(**board), activity(**board)).credited == 1


def test_teaching_is_unpaid() -> None:
    assert codes(decided(activity("association_instruction", compensated=True)).decisions[0]) == ["compensated"]


@pytest.mark.parametrize("code", ["CAM", "NALP", "CAS", "AIME"])
def test_what_the_others_owed_is_not_known(code: str) -> None:
    with pytest.raises(cec.NotStated, match=f"do not say what {code} requires"):
        cec.required_credits([code], BOOK)


@pytest.mark.parametrize(
    "ask",
    [lambda: decide(held=["CAPS"], rulebook=BOOK), lambda: cec.screen(activity(), 2010, BOOK)],
    ids=["all", "one"],
)
def test_which_days_count_is_not_known(ask: Callable[[], object]) -> None:
    with pytest.raises(cec.NotStated, match="do not say which days count"):
        ask()


def test_every_provision_that_is_not_known_cites_a_clause_that_says_so() -> None:
    open_ends = {".".join(path) for path, clause in citations(BOOK) if clause.endswith(".unknown")}
    assert open_ends == {
        "total.several",
        "total.who",
        "total.invoice",
        *(f"designations.{code}.clause" for code in ("CAM", "NALP", "CAS", "AIME")),
        *(f"kinds.{kind}.clause" for kind in UNKNOWN),
    }
    assert BOOK.governs.followed_by == "naaei-2014"
