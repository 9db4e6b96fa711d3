"""A rulebook can be read in words."""

import pytest

import cecrules as cec


@pytest.mark.parametrize("name", cec.editions())
def test_every_edition_is_told_with_every_clause(name: str) -> None:
    book = cec.edition(name)
    text = cec.explain_rulebook(book)
    assert text.startswith(f"{book.title} ({book.id})")
    assert all(f"  {clause.id}: " in text for clause in book.clauses)


def test_the_default_is_the_edition_of_2014() -> None:
    text = cec.explain_rulebook()
    assert "in the calendar year before the renewal year (window.previous-year)" in text
    assert "CALP             another code of NALP" in text
    assert "1 credit should address compliance (compliance.one)" in text


@pytest.mark.parametrize(
    ("window", "words"),
    [
        ({"kind": "months_before", "months": 12, "years_before": None}, "in the 12 months up to the renewal date"),
        ({"kind": "term", "months": 12, "years_before": None}, "in the 12 months from the day each credential"),
        (
            {"kind": "term", "months": 12, "grace_months": 3, "years_before": None},
            "in the 12 months plus 3 months of grace from the day",
        ),
        ({"kind": "unknown", "years_before": None}, "the sources do not say when"),
    ],
)
def test_every_window_has_words(window: dict[str, object], words: str) -> None:
    assert words in " ".join(cec.explain_rulebook(cec.NAAEI_2014.evolve(window=window)).split())


def test_one_clause_is_told_with_its_reading_and_who_attests_it() -> None:
    assert cec.explain_clause("refused.old").splitlines() == [
        "refused.old (naaei-2014)",
        "  section          Not Accepted",
        "  says             Credits from more than a year before the renewal year are not accepted; the 2014",
        "                   renewal takes only credits of 2013.",
        "  reading          The window already says this.",
        "  restates         window.previous-year",
        "  seen at          National Apartment Association: Continuing Education Credits (CECs)",
        "  attested by      NAA itself",
    ]


def test_each_other_reading_of_a_clause_is_told_with_its_id() -> None:
    text = " ".join(cec.explain_clause("compliance.one").split())
    assert "also possible The credit on compliance is advice only. [compliance-advised]" in text
    assert "[compliance-left-out]" in text


def test_what_a_reading_changes_is_told() -> None:
    text = " ".join(cec.explain_rulebook(cec.NAAEI_2014.read_as("half-of-reported")).split())
    assert "the share in network is of the credits reported, each activity whole (network.half)" in text
    slow = cec.NAAEI_2014.evolve(id="slow", kinds={"college_course": {"credit_minutes": 90}})
    assert "accredited college or university course; 90 minutes a credit" in " ".join(
        cec.explain_rulebook(slow).split()
    )


def test_a_share_that_is_no_whole_minutes_is_told_as_it_is_required() -> None:
    book = cec.NAAEI_2014.evolve(in_network={"share": "1/7"})
    assert cec.requirement_of([cec.Designation.NALP], book).in_network == cec.Credits(minutes=26)
    assert "3 credits, at least 26 min in network" in cec.explain_rulebook(book)


def test_a_clause_that_is_not_there_is_an_error() -> None:
    with pytest.raises(cec.UnknownName):
        cec.explain_clause("network.most")
