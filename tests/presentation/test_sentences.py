"""Everything decided is told in words that a CAM holder understands, and nothing is decided there."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

import cecrules as cec
from builders import activity, compliance, decide
from cecrules.presentation.sentences import check_sentence, listed, remedy, shortfall_sentence


def lines(value: cec.Assessment | cec.Screening) -> list[str]:
    return cec.explain(value).splitlines()


def test_a_renewable_submission_reads_so_from_the_first_word() -> None:
    text = lines(decide(compliance(hours=2), activity(hours=4), held=["CAM", "NALP"]))
    assert text[0] == "Renewable: CAM and NALP for 2014 under naaei-2014. 6 credited, 6 required."
    assert "  required     6 (CAM has the largest requirement)" in text
    assert "  short        nothing" in text
    assert "  edition      NAAEI continuing education credits, renewals of 2014 (naaei-2014)" in text
    assert "  earned from  2013-01-01 to 2013-12-31" in text


def test_what_is_missing_is_said_in_each_measure() -> None:
    assessment = decide(activity(hours=1.5), activity("college_course", hours=3))
    assert lines(assessment)[0] == (
        "Not renewable: CAM for 2014 under naaei-2014. Short: 1.5 credits, at least 1.5 in network, 1 on compliance."
    )


@pytest.mark.parametrize(
    ("total", "in_network", "on_compliance", "words"),
    [
        (0, 0, 0, "nothing"),
        (60, 0, 0, "1 credit"),
        (100, 10, 0, "1 h 40 min of credit, at least 10 min in network"),
        (0, 0, 60, "1 credit on compliance"),
        (30, 30, 60, "1 credit, at least 0.5 in network, 1 on compliance"),
    ],
)
def test_a_shortfall_reads_as_people_write_it(total: int, in_network: int, on_compliance: int, words: str) -> None:
    short = cec.Shortfall(
        total=cec.Credits(minutes=total),
        in_network=cec.Credits(minutes=in_network),
        compliance=cec.Credits(minutes=on_compliance),
    )
    assert shortfall_sentence(short) == words


@pytest.mark.parametrize(
    ("reported", "sentence"),
    [
        (
            activity(earned_on="2014-02-03"),
            "earned on 2014-02-03, too late for this renewal; that day counts for the 2015 renewal (window.previous-year)",
        ),
        (
            activity(earned_on="2011-02-03"),
            "too early for this renewal; that day counts for the 2012 renewal only (window.previous-year)",
        ),
        (activity("in_house_training"), "this kind of activity is not accepted (refused.in-house)"),
        (
            activity("grace_hill_course"),
            "not said to be bought through the local association's site; it can count if it was bought there (vendor.grace-hill)",
        ),
        (
            activity("published_article", compensated=True),
            "paid work; only unpaid work counts; it can count if unpaid (outside.article)",
        ),
        (
            activity("association_service", documents=()),
            "add a directory or newsletter page that lists the members or a letter that confirms the appointment (evidence.service)",
        ),
    ],
)
def test_a_rejected_activity_says_why_and_what_would_make_it_count(reported: cec.Activity, sentence: str) -> None:
    assert any(line.endswith(sentence) for line in lines(decide(reported)))


def test_activities_that_lack_only_a_document_are_named_under_the_verdict() -> None:
    lacking = activity("association_service", title="Board", documents=())
    one = decide(activity(documents=()), activity("in_house_training"), activity("grace_hill_course", documents=()))
    assert lines(one)[1] == "Note: activity 1 lacks only a document."
    assert lines(decide(activity(documents=()), lacking))[1] == "Note: activities 1 and 2 lack only a document."
    renewable = decide(activity(hours=6, addresses_compliance=True), lacking)
    assert "lacks only" not in cec.explain(renewable)


def test_the_largest_requirement_is_named_where_there_are_several() -> None:
    assert "  required     6 (CAM has the largest requirement)" in lines(decide(held=["CAM", "NALP"]))
    assert "  required     6 (CAM and CAPS have the largest requirement)" in lines(decide(held=["CAM", "CAPS"]))
    assert "  required     6" in lines(decide(held=["CAM"]))


def test_a_duplicate_names_the_activity_that_counts_instead() -> None:
    board = activity("association_service", title="Board")
    assert any(
        "a duplicate: the same body as activity 1, which counts instead" in line for line in lines(decide(board, board))
    )


def test_what_a_limit_took_is_said_with_the_limit() -> None:
    text = lines(decide(activity("association_instruction", hours=5), activity("college_course", hours=4)))
    assert "     -2 over the yearly cap of 3 credits for this kind of activity (network.instruction)" in text
    assert "     -1 over the 3 credits that may come from outside the network (outside.half)" in text


def test_a_day_outside_a_term_names_no_renewal() -> None:
    book = cec.edition("naaei-pace")
    assessment = decide(activity(earned_on="2012-01-01"), rulebook=book, year=2025, term_starts={"CAM": "2024-01-31"})
    assert remedy(assessment.decisions[0].findings[0]) == ""
    assert any(line.endswith("too early for this renewal (window.previous-year)") for line in lines(assessment))


def test_terms_stand_side_by_side() -> None:
    book = cec.edition("naaei-pace")
    starts = {"CAM": "2024-01-31", "CALP": "2024-11-30"}
    held = {"held": ["CAM", "CALP"], "year": 2025, "term_starts": starts}
    text = lines(decide(activity(hours=8, earned_on="2024-06-01"), rulebook=book, **held))
    assert "  CAM: 2024-01-31 to 2025-04-30, 8 of 8 credited, renewable" in text
    assert any(line.startswith("  CALP: 2024-11-30 to 2026-02-28, 0 of 5 credited, short 5 credits") for line in text)
    apart = book.evolve(window={"shared": False})
    text = lines(decide(activity(hours=8, earned_on="2025-01-01"), rulebook=apart, **held))
    assert any("already credited to the renewal of CAM" in line for line in text)


def test_notices_say_what_another_edition_requires_of_this_holder() -> None:
    words = "requires 8 credits with 5 in network, not 6 credits with 3 in network and 1 on compliance"
    assert words in cec.explain(decide(year=2022))
    same = cec.edition("naaei-2022").evolve(id="own", governs={"last": 2022, "followed_by": "naaei-pace"})
    assert "and requires the same credits" in cec.explain(decide(year=2023, rulebook=same))
    gone = cec.NAAEI_2014.evolve(id="own", governs={"followed_by": "elsewhere"})
    assert "Note: a later edition, elsewhere, is known for this renewal year." in lines(
        decide(year=2021, rulebook=gone)
    )
    assert "first renewal of CAM: compare the credits required with the invoice" in cec.explain(
        decide(first_renewal_of=["CAM"])
    )
    advised = cec.NAAEI_2014.evolve(compliance={"strength": "may"})
    assert "no compliance credit is required, but one is advised" in cec.explain(decide(rulebook=advised))


def test_no_designation_sets_a_requirement_of_nothing() -> None:
    assessment = decide(held=["CAMT"], rulebook=cec.edition("naaei-2022"), year=2022)
    assert check_sentence(assessment.checks[0]) == "0 credits must be reported, all in one submission; 0 credited"
    assert "  required     0" in lines(assessment)


def test_nothing_else_is_explained() -> None:
    with pytest.raises(cec.InvalidValue, match="value: must be the result of evaluate or screen, got 'CAM'"):
        cec.explain("CAM")


class TestScreening:
    """One activity alone, in words."""

    def test_what_counts(self) -> None:
        assert lines(cec.screen(activity("association_instruction", hours=2), 2014)) == [
            "Counts: 'Budgeting basics' (volunteer instruction of association courses) for 2014 "
            "under naaei-2014, 2 credits in network, yearly cap of 3 (network.instruction)",
            "  calls for a promotional piece with description, instructor and contact hours or a letter that confirms the instruction",
        ]

    def test_what_counts_in_part(self) -> None:
        text = lines(cec.screen(activity("association_instruction", hours=5), 2014))
        assert text[0].endswith("3 credits in network, yearly cap of 3 (network.instruction)")
        assert text[1] == "  over the yearly cap of 3 credits for this kind of activity (network.instruction)"

    def test_what_would_count_with_all_in_order(self) -> None:
        text = lines(cec.screen(activity("grace_hill_course", hours=2, documents=()), 2014))
        assert text[1:3] == [
            "  with everything in order it would be worth 2 credits in network (vendor.grace-hill)",
            "  not said to be bought through the local association's site (it also needs a document); it can count if it was bought there (vendor.grace-hill)",
        ]

    def test_what_does_not(self) -> None:
        assert lines(cec.screen(activity("in_house_training"), 2014)) == [
            "Does not count as it stands: 'Budgeting basics' (corporate in-house training) for 2014 under naaei-2014",
            "  this kind of activity is not accepted (refused.in-house)",
        ]


@given(st.text(min_size=1).filter(str.strip))
def test_no_title_can_act_on_a_terminal(title: str) -> None:
    try:
        made = activity(title=title)
    except cec.CecRulesError:
        return
    text = cec.explain(decide(made))
    assert text.isprintable() or all(part.isprintable() or ord(part) > 0x9F for part in text.replace("\n", ""))
    assert len(text.splitlines()) == len(lines(decide(activity())))


@pytest.mark.parametrize(("names", "words"), [(["a"], "a"), (["a", "b"], "a and b"), (["a", "b", "c"], "a, b and c")])
def test_names_are_listed_as_people_write_them(names: list[str], words: str) -> None:
    assert listed(names, "and") == words
