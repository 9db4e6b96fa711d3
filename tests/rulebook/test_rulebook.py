"""A rulebook looks things up, varies into what-ifs, and refuses to contradict itself."""

import pickle
from collections.abc import Callable
from datetime import date
from typing import Any

import attrs
import pytest

import cecrules as cec
from builders import refusal
from cecrules.rulebook.contradictions import citations
from cecrules.rulebook.index import insist_on_common
from cecrules.rulebook.provisions import Governs
from cecrules.structuring import build
from cecrules.unstructuring import plain

BOOK = cec.NAAEI_2014
EDITIONS = [cec.edition(name) for name in cec.editions()]


class TestLookingUp:
    """What a rulebook says, by name."""

    def test_a_clause_by_its_id(self) -> None:
        assert BOOK.clause("network.half").section.startswith("At least half")

    def test_what_rests_on_a_clause(self) -> None:
        assert BOOK.cited_by("network.service") == ("kinds.association_service", "caps.association_service")
        assert BOOK.cited_by("page.help") == ()

    def test_how_well_a_clause_is_attested(self) -> None:
        confidence = {clause.id: book.confidence(clause.id) for book in EDITIONS for clause in book.clauses}
        assert BOOK.confidence("network.half") is cec.Confidence.AUTHORITY
        assert set(confidence.values()) == set(cec.Confidence)

    @pytest.mark.parametrize(
        ("edition", "clause", "confidence"),
        [
            ("naaei-2021", "unit.hour", cec.Confidence.AUTHORITY),
            ("naaei-2021", "required.camt", cec.Confidence.SEVERAL),
            ("naaei-2021", "network.visto", cec.Confidence.SEVERAL),
            ("naaei-pace", "refused.old", cec.Confidence.ONE),
        ],
    )
    def test_one_affiliate_is_less_than_several_and_they_are_less_than_naa(
        self, edition: str, clause: str, confidence: cec.Confidence
    ) -> None:
        assert cec.edition(edition).confidence(clause) is confidence

    def test_a_clause_without_sources_of_its_own_was_seen_at_the_first(self) -> None:
        book = cec.edition("naaei-2021")
        assert book.sources_of("unit.hour") == book.sources[:1]

    def test_the_years_it_governs_in_words(self) -> None:
        assert BOOK.governs.in_words() == "from 2014 to 2020"
        assert Governs(first=2021, last=2021).in_words() == "of 2021"
        assert Governs().in_words() == "of years the sources do not give"
        assert Governs(last=2013).in_words() == "to 2013"

    @pytest.mark.parametrize(
        ("governs", "years"),
        [(Governs(), set()), (Governs(first=2, last=3), {2, 3}), (Governs(first=3), {3, 4}), (Governs(last=2), {1, 2})],
    )
    def test_the_years_it_governs(self, governs: Governs, years: set[int]) -> None:
        assert {year for year in range(1, 5) if year in governs} == years

    def test_it_shows_its_name_and_travels_between_processes(self) -> None:
        assert repr(BOOK) == "<Rulebook naaei-2014>"
        assert pickle.loads(pickle.dumps(BOOK)) == BOOK
        assert hash(pickle.loads(pickle.dumps(BOOK))) == hash(BOOK)

    @pytest.mark.parametrize("book", EDITIONS, ids=lambda book: book.id)
    def test_its_plain_form_builds_it_again(self, book: cec.Rulebook) -> None:
        assert build(cec.Rulebook, plain(book)) == book


class TestEvolve:
    """What-ifs in the form of a rulebook's file."""

    def test_tables_are_merged_and_the_rest_is_kept(self) -> None:
        book = BOOK.evolve(designations={"CAM": {"credits": 8}})
        assert cec.required_credits(["CAM"], book) == 8
        assert cec.required_credits(["CAPS"], book) == 6
        assert cec.required_credits(["CAM"], BOOK) == 6

    def test_none_takes_out_with_the_clauses_only_it_cited(self) -> None:
        book = BOOK.evolve(compliance=None, kinds={"grace_hill_course": None})
        gone = {clause.id for clause in BOOK.clauses} - {clause.id for clause in book.clauses}
        assert gone == {"compliance.one", "vendor.grace-hill"}

    def test_a_clause_that_says_why_nothing_rests_on_it_any_more_stays(self) -> None:
        book = cec.NAAEI_2014.evolve(compliance=None, clauses={"compliance.one": {"undecided": "a what-if"}})
        assert book.cited_by("compliance.one") == ()
        assert book.clause("compliance.one").undecided == "a what-if"

    def test_a_clause_that_restates_what_has_gone_goes_too(self) -> None:
        book = BOOK.evolve(
            window={"clause": "window.own"}, clauses={"window.own": {"section": "s", "says": "x", "reading": "y"}}
        )
        assert "refused.old" not in {clause.id for clause in book.clauses}

    def test_every_problem_in_what_comes_out_is_reported(self) -> None:
        with pytest.raises(cec.InvalidDocument) as caught:
            BOOK.evolve(caps={"association_service": {"credits": -1}}, window={"kind": "fortnight"}, flavour="mint")
        assert {problem.where for problem in caught.value.problems} == {
            "caps.association_service.credits",
            "window.kind",
            "flavour",
        }


HOURS = cec.edition("naaei-contact-hours")
IN_WORDS = BOOK.evolve(clauses={"unit.hour": {"also_possible": [{"id": "fifty", "says": "Fifty minutes."}]}})
NO_CREDIT = {"id": "none", "says": "x", "change": {"credit": {"minutes": 0}}}
NO_CREDITS = BOOK.evolve(clauses={"unit.hour": {"also_possible": [NO_CREDIT]}})
ONE_BY_ONE = "decide these one by one, with evaluate"


@pytest.mark.parametrize(
    ("ask", "told"),
    [
        (
            lambda: BOOK.clause("network.halve"),
            (
                (),
                "naaei-2014 has no clause 'network.halve'",
                "did you mean 'network.half' or 'network.event' or 'network.course'?",
                "unknown_name",
            ),
        ),
        (
            lambda: BOOK.rule_of(cec.Designation.CAMT),
            (
                ("designations",),
                "naaei-2014 does not have 'CAMT'",
                "known: CAM, NALP, CAPS, CAS, AIME",
                "unknown_name",
            ),
        ),
        (
            lambda: HOURS.rule_of(cec.Designation.CAM),
            (
                ("designations",),
                "the sources of naaei-contact-hours do not say what CAM requires",
                "see clause required.unknown",
                "not_stated",
            ),
        ),
        (
            lambda: BOOK.read_as("half-of-report"),
            (
                (),
                "naaei-2014 has no alternative reading 'half-of-report'",
                "did you mean 'half-of-reported'?",
                "unknown_name",
            ),
        ),
        (
            lambda: BOOK.read_as("compliance-advised", "compliance-left-out"),
            (
                ("clauses", "compliance.one", "also_possible", 1),
                "must be the only reading of compliance.one, got another one too",
                "",
                "conflict",
            ),
        ),
        (
            lambda: IN_WORDS.read_as("fifty"),
            (
                ("clauses", "unit.hour", "also_possible", 0),
                "is stated in words alone, and no change can express it",
                "Fifty minutes.",
                "not_stated",
            ),
        ),
        (
            lambda: NO_CREDITS.read_as("none"),
            (
                ("clauses", "unit.hour", "also_possible", 0, "change", "credit", "minutes"),
                "must be at least 1, got 0",
                "",
                "out_of_range",
            ),
        ),
        (
            lambda: NO_CREDITS.read_as("none", "half-of-reported"),
            (("credit", "minutes"), "must be at least 1, got 0", "", "out_of_range"),
        ),
        (
            lambda: BOOK.evolve(governs={"followed_by": BOOK.id}),
            (("governs", "followed_by"), "must be another rulebook, got 'naaei-2014'", "", "conflict"),
        ),
        (
            lambda: insist_on_common(BOOK.read_as("half-of-reported")),
            (
                ("rulebook",),
                "must not have in_network.of = reported, got naaei-2014+half-of-reported",
                ONE_BY_ONE,
                "conflict",
            ),
        ),
        (
            lambda: insist_on_common(BOOK.evolve(kinds={"college_course": {"credit_minutes": 50}})),
            (
                ("rulebook",),
                "must not have kinds.college_course.credit_minutes, got naaei-2014",
                ONE_BY_ONE,
                "conflict",
            ),
        ),
    ],
    ids=[
        "clause",
        "designation",
        "requirement",
        "reading",
        "two readings",
        "in words",
        "under its reading",
        "under several",
        "followed by itself",
        "share of reported",
        "minutes a credit",
    ],
)
def test_what_a_rulebook_cannot_tell_it_says_where_and_why(ask: Callable[[], object], told: tuple[object, ...]) -> None:
    assert refusal(ask, cec.CecRulesError) == told


CITED = {"clause": "outside.college"}
TERM = {"kind": "term", "years_before": None, "months": 12}
NEW_CLAUSE = {"section": "s", "says": "x", "reading": "y"}


class TestContradictions:
    """A rulebook that contradicts itself is refused, with every problem at its key."""

    @pytest.mark.parametrize(
        ("changes", "where", "words"),
        [
            ({"credit": {"minutes": 0}}, "credit.minutes", "must be at least 1"),
            (
                {"credit": {"minutes": 1}, "compliance": {"credits": "0.5"}},
                "compliance.credits",
                "whole number of minutes",
            ),
            ({"designations": {"CAM": {"credits": "1/7"}}}, "designations.CAM.credits", "whole number of minutes"),
            ({"kinds": {"legislative_event": {"each": "1/7"}}}, "kinds.legislative_event.each", "whole number"),
            ({"compliance": {"credits": "1/7"}}, "compliance.credits", "whole number"),
            ({"caps": {"association_service": {"credits": "1/7"}}}, "caps.association_service.credits", "whole number"),
            (
                {"in_network": {"share": None}, "designations": {"CAM": {"in_network": "1/7"}}},
                "designations.CAM.in_network",
                "whole number",
            ),
            ({"in_network": {"share": "1.5"}}, "in_network.share", "must be at most 1"),
            ({"in_network": {"share": None}}, "designations.CAM.in_network", "must be given if"),
            (
                {"designations": {"CAM": {"in_network": 3}}},
                "designations.CAM.in_network",
                "must be given if",
            ),
            ({"kinds": {"unlisted": None}}, "kinds", "must have a rule for unlisted"),
            ({"designations": None, "sources": None}, "sources", "is required"),
            (
                {"aliases": {"CAM": {"means": "CAS", "clause": "required.cam"}}},
                "aliases.CAM",
                "must not be a designation",
            ),
            (
                {"aliases": {"CAMT": {"means": "CALP", "clause": "required.cam"}}},
                "aliases.CAMT.means",
                "must not be an alias itself",
            ),
            (
                {"aliases": {"CALP": {"means": "CAMT"}}},
                "aliases.CALP.means",
                "must be a designation with a requirement",
            ),
            ({"window": {"years_before": 0}}, "window.years_before", "must be from 1 to 1200 for calendar_year"),
            ({"window": {"months": 3}}, "window.months", "must not be given for calendar_year"),
            ({"window": {"last_day_inside": False}}, "window.last_day_inside", "must not be given for calendar_year"),
            ({"window": {"shared": False}}, "window.shared", "must not be given for calendar_year"),
            (
                {"window": {"kind": "term", "years_before": None, "months": 1, "grace_months": 1201}},
                "window.grace_months",
                "from 0 to 1200 for term, got 1201",
            ),
            ({"kinds": {"unlisted": {"evidence": "education"}}}, "kinds.unlisted.evidence", "not accepted"),
            (
                {"kinds": {"college_course": {"evidence": "diplomas"}}},
                "kinds.college_course.evidence",
                "must name a group",
            ),
            (
                {"kinds": {"legislative_event": {"each": None, "once_per": None}}},
                "kinds.legislative_event.each",
                "an occasion has no hours",
            ),
            (
                {"kinds": {"college_course": {"once_per": ["title"]}}},
                "kinds.college_course.once_per",
                "must include minutes, or the kind must have each",
            ),
            ({"caps": {"association_service": {"kinds": []}}}, "caps.association_service.kinds", "at least one kind"),
            (
                {"caps": {"association_service": {"kinds": ["unlisted"]}}},
                "caps.association_service.kinds",
                "must be accepted kinds, got 'unlisted'",
            ),
            (
                {"caps": {"association_service": {"kinds": ["association_instruction"]}}},
                "caps.association_instruction.kinds",
                "must not share",
            ),
            (
                {"caps": {"association_service": {"kinds": ["association_service", "housing_service"]}}},
                "caps.association_service.kinds",
                "on one side",
            ),
            ({"compliance": {"clause": "network.halves"}}, "compliance.clause", "did you mean 'network.half'"),
            (
                {"clauses": {"refused.old": {"restates": "refused.old"}}},
                "clauses.refused.old.restates",
                "id of another clause",
            ),
            ({"clauses": {"refused.old": {"restates": "x"}}}, "clauses.refused.old.restates", "id of another clause"),
            ({"clauses": {"a.stray": NEW_CLAUSE}}, "clauses.a.stray", "must be cited by a rule, or say why"),
            ({"clauses": {"unit.hour": {"undecided": "no"}}}, "clauses.unit.hour", "exactly one of these applies"),
            ({"clauses": {"unit.hour": {"seen_at": ["naa"]}}}, "clauses.unit.hour.seen_at[0]", "did you mean 'naahq'"),
            ({"in_network": {"share": None, "of": "reported"}}, "in_network.of", "each designation has its own number"),
            (
                {"in_network": {"of": "reported"}, "caps": {"x": {"credits": 1, "kinds": ["college_course"]} | CITED}},
                "caps.x.kinds",
                "must not be on kinds out of network",
            ),
            (
                {"in_network": {"of": "reported"}, "window": TERM | {"shared": False}},
                "window.shared",
                "must not be false if in_network.of is reported",
            ),
            (
                {"kinds": {"college_course": {"credit_minutes": 0}}},
                "kinds.college_course.credit_minutes",
                "must be at least 1, got 0",
            ),
            (
                {"kinds": {"legislative_event": {"credit_minutes": 50}}},
                "kinds.legislative_event.credit_minutes",
                "not worth its hours",
            ),
            (
                {"kinds": {"unlisted": {"credit_minutes": 50}}},
                "kinds.unlisted.credit_minutes",
                "not worth its hours",
            ),
            ({"governs": {"followed_by": "naaei-2014"}}, "governs.followed_by", "must be another rulebook"),
            ({"governs": {"last": 2013}}, "governs.last", "must not be before 2014"),
        ],
    )
    def test_each_is_told_where_it_stands(self, changes: dict[str, Any], where: str, words: str) -> None:
        with pytest.raises(cec.CecRulesError, match=words) as caught:
            BOOK.evolve(**changes)
        assert where in [problem.where for problem in caught.value.problems]

    def test_nothing_named_at_all_is_refused(self) -> None:
        bare = plain(BOOK) | {"designations": {}, "sources": {}, "aliases": {}}
        with pytest.raises(cec.InvalidDocument) as caught:
            build(cec.Rulebook, bare)
        assert {"sources", "designations"} <= {problem.where for problem in caught.value.problems}

    def test_a_minimum_above_its_requirement_is_refused(self) -> None:
        with pytest.raises(
            cec.CecRulesError, match=r"designations\.CALP\.in_network: must be at most the 5 required, got 6"
        ):
            cec.edition("naaei-2022").evolve(
                designations={"CALP": {"in_network": 6}, "CAM": {"in_network": 6}, "CAPS": {"in_network": 6}}
            )

    def test_a_minimum_below_that_of_a_smaller_requirement_is_refused(self) -> None:
        with pytest.raises(
            cec.InvalidValue, match="must be at least 5, the minimum of a designation that requires no more, got 2"
        ):
            cec.edition("naaei-2022").evolve(designations={"CAPS": {"in_network": 2}, "CAM": {"in_network": 5}})

    def test_what_stands_twice_is_refused(self) -> None:
        twice = {"caps": (*BOOK.caps, BOOK.caps[0])}
        with pytest.raises(cec.InvalidValue, match=r"caps\.association_service: must be given once, got it 2 times"):
            attrs.evolve(BOOK, **twice)


@pytest.mark.parametrize("book", EDITIONS, ids=lambda book: book.id)
def test_every_citation_is_a_clause_of_the_book(book: cec.Rulebook) -> None:
    assert {cited for _, cited in citations(book)} <= {clause.id for clause in book.clauses}


def test_a_source_knows_the_day_it_was_read() -> None:
    assert isinstance(BOOK.sources[0].read_on, date)


@pytest.mark.parametrize("blank", ["", "  "])
def test_no_name_is_blank(blank: str) -> None:
    with pytest.raises(cec.InvalidDocument) as caught:
        BOOK.evolve(id=blank, title=blank)
    assert [problem.where for problem in caught.value.problems] == ["id", "title"]
    assert f"must not be blank, got {blank!r}" in str(caught.value)


class TestReadAs:
    """A rulebook in which clauses are read in another way."""

    def test_it_has_the_change_and_the_words_and_no_alternatives_of_that_clause(self) -> None:
        read = BOOK.read_as("half-of-reported", "compliance-left-out")
        assert read.id == "naaei-2014+half-of-reported+compliance-left-out"
        assert (read.in_network.of, read.compliance) == (cec.ShareOf.REPORTED, None)
        clause = read.clause("network.half")
        assert (clause.also_possible, clause.because) == ((), "")
        assert "each activity is reported whole" in clause.reading
        assert "compliance.one" not in [clause.id for clause in read.clauses]
        assert [each.id for _, each in read.alternatives] == [
            "credit-per-body",
            "credit-per-article",
            "reporting-form-for-service",
        ]

    def test_without_a_name_it_is_the_same(self) -> None:
        assert BOOK.read_as() is BOOK

    def test_every_problem_of_a_change_is_told(self) -> None:
        change = {"credit": {"minutes": 0}, "compliance": {"credits": -1}}
        book = BOOK.evolve(clauses={"unit.hour": {"also_possible": [{"id": "x", "says": "x", "change": change}]}})
        with pytest.raises(cec.InvalidDocument) as caught:
            book.read_as("x")
        assert len(caught.value.problems) == 2

    def test_a_change_is_written_as_it_was_read(self) -> None:
        clause = plain(BOOK)["clauses"]["outside.service"]
        assert clause["also_possible"][0]["change"] == {
            "kinds": {"housing_service": {"each": 1, "once_per": ["provider", "title"]}}
        }
        assert build(cec.Rulebook, plain(BOOK)) == BOOK


@pytest.mark.parametrize(
    ("ask", "path"),
    [
        (lambda: cec.renewal_window(2014, None), ("rulebook",)),
        (lambda: cec.required_credits(["CAM"], None), ("rulebook",)),
        (lambda: cec.NAAEI_2014.rule_of("CAMM"), ("designation",)),
    ],
)
def test_what_is_no_rulebook_or_no_designation_is_refused(ask: Callable[[], object], path: tuple[str, ...]) -> None:
    assert refusal(ask)[0] == path
    assert cec.NAAEI_2014.rule_of("CAM") == cec.NAAEI_2014.rule_of(cec.Designation.CAM)
