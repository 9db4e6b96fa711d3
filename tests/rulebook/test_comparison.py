"""Two rulebooks are compared by what they come to."""

import pytest

import cecrules as cec
from cecrules.presentation.comparison_text import difference_sentence

BOOK = cec.NAAEI_2014


def differences(after: cec.Rulebook, before: cec.Rulebook = BOOK) -> dict[str, tuple[tuple[str, ...], tuple[str, ...]]]:
    return {d.where: (d.before, d.after) for d in cec.compare(before, after).differences}


@pytest.mark.parametrize("name", cec.editions())
def test_a_rulebook_differs_in_nothing_from_itself(name: str) -> None:
    comparison = cec.compare(cec.edition(name), cec.edition(name))
    assert comparison.differences == ()
    assert cec.explain_comparison(comparison).endswith("no difference")


def test_a_half_of_six_and_three_of_six_are_the_same() -> None:
    assert "designations.CAM.in_network" not in differences(cec.edition("naaei-2021"))


def test_a_renamed_designation_is_compared_under_the_later_code() -> None:
    found = differences(cec.edition("naaei-2022"))
    assert found["designations.CALP.code"] == (("NALP",), ("CALP",))
    assert found["designations.CALP.credits"] == (("3",), ("5",))
    assert "designations.NALP.credits" not in found


def test_caps_are_told_by_kind_with_those_they_are_shared_with() -> None:
    found = differences(cec.edition("naaei-2021"))
    assert found["kinds.legislative_event.cap"] == ((), ("2", "association_instruction", "association_service"))


@pytest.mark.parametrize(
    ("changes", "where", "sentence"),
    [
        ({"credit": {"minutes": 50}}, "credit.minutes", "minutes a credit: 50, before 60"),
        ({"designations": {"CAM": {"credits": 8}}}, "designations.CAM.credits", "CAM, credits required: 8, before 6"),
        (
            {"designations": {"CAM": {"credits": "7.5"}}},
            "designations.CAM.in_network",
            "CAM, minimum in network: 3.75, before 3",
        ),
        (
            {"in_network": {"share": "1/7"}},
            "designations.CAM.in_network",
            "CAM, minimum in network: 52 min, before 3",
        ),
        ({"compliance": None}, "compliance", "credits on compliance: nothing, before 1, should"),
        (
            {"in_network": {"strength": "should"}},
            "in_network.strength",
            "verb of the in-network share: should, before must",
        ),
        (
            {"in_network": {"of": "reported"}},
            "in_network.of",
            "in-network share of the credits: reported, before required",
        ),
        (
            {"kinds": {"college_course": {"credit_minutes": 50}}},
            "kinds.college_course.credit_minutes",
            "accredited college or university course, minutes a credit: 50, before nothing",
        ),
        (
            {"kinds": {"college_course": {"side": "in_network"}}},
            "kinds.college_course.side",
            "accredited college or university course, counts: in network, before out of network",
        ),
        (
            {"kinds": {"legislative_event": {"each": 2}}},
            "kinds.legislative_event.each",
            "apartment industry legislative event, credits each: 2, before 1",
        ),
        (
            {"caps": {"association_service": {"credits": 2}}},
            "kinds.association_service.cap",
            "service on a board or committee of NAA, NAAEI or a local affiliate, yearly cap: 2, before 3",
        ),
        (
            {"evidence": {"article": {"documents": ["transcript"]}}},
            "kinds.published_article.documents",
            "original article in an industry publication, calls for: a transcript, before the published article",
        ),
        (
            {"kinds": {"published_article": {"evidence": None}}, "evidence": {"article": None}},
            "kinds.published_article.documents",
            "original article in an industry publication, calls for: no document, before the published article",
        ),
        (
            {"window": {"kind": "months_before", "months": 12, "years_before": None}},
            "window.kind",
            "days that count: months back from the renewal date, before a calendar year",
        ),
        (
            {"window": {"kind": "term", "months": 12, "years_before": None, "last_day_inside": False}},
            "window.last_day_inside",
            "last day counts: no, before yes",
        ),
    ],
)
def test_a_difference_is_told_as_data_and_in_words(changes: dict[str, object], where: str, sentence: str) -> None:
    found = {difference.where: difference for difference in cec.compare(BOOK, BOOK.evolve(**changes)).differences}
    assert difference_sentence(found[where]) == sentence


def test_what_is_not_known_is_called_so() -> None:
    found = differences(BOOK, cec.edition("naaei-contact-hours"))
    assert found["designations.CAM.credits"] == (("unknown",), ("6",))
    assert found["designations.CAM.in_network"] == (("unknown",), ("3",))


def test_differences_come_in_the_order_of_a_rulebook() -> None:
    tables = [where.partition(".")[0] for where in differences(cec.edition("naaei-pace"))]
    order = ["credit", "window", "designations", "in_network", "compliance", "kinds"]
    assert tables == sorted(tables, key=order.index)


def test_a_shared_cap_names_the_others() -> None:
    text = cec.explain_comparison(cec.compare(BOOK, cec.edition("naaei-2021")))
    words = (
        "yearly cap: 2 together with volunteer instruction of association courses and service on a board or committee"
    )
    assert words in text


def test_a_comparison_is_a_value_with_a_json_form() -> None:
    comparison = cec.compare(BOOK, cec.edition("naaei-2022"))
    assert cec.from_dict(cec.to_dict(comparison), cec.Comparison) == comparison
