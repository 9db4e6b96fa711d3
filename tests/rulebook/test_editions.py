"""The editions are found by id and by year, and every problem in a file is reported."""

from pathlib import Path

import pytest

import cecrules as cec
from cecrules.rulebook.index import index_of

MINIMAL = 'format = "cecrules.rulebook/1"\nid = "anytown"\nextends = "naaei-2014"\n'
OTHERWISE = '[[clauses."unit.hour".also_possible]]\nid = "slow"\n'


def test_the_editions_are_known_by_name() -> None:
    assert cec.editions() == ("naaei-2014", "naaei-2021", "naaei-2022", "naaei-contact-hours", "naaei-pace")
    assert [cec.edition(name).id for name in cec.editions()] == list(cec.editions())
    assert cec.edition("naaei-2014") is cec.NAAEI_2014


def test_an_unknown_edition_is_met_with_a_hint() -> None:
    with pytest.raises(
        cec.UnknownName,
        match=r"there is no edition '2014'; known: naaei-2014 \(renewals from 2014 to 2020\), naaei-2021",
    ):
        cec.edition("2014")
    with pytest.raises(cec.UnknownName, match=r"there is no edition 'NAAEI-2014'; did you mean 'naaei-2014'\?"):
        cec.edition("NAAEI-2014")
    # A name that is near says nothing of the years: 2020 is governed by another one than 2021.
    with pytest.raises(
        cec.UnknownName, match=r"there is no edition 'naaei-2020'; known: naaei-2014 \(renewals from 2014"
    ):
        cec.edition("naaei-2020")


@pytest.mark.parametrize("year", [14, 1899, 2201])
def test_a_year_that_no_renewal_has_is_refused(year: int) -> None:
    with pytest.raises(cec.InvalidValue, match=r"renewal_year: must be .*1900"):
        cec.edition_for(year)


@pytest.mark.parametrize(
    ("year", "id"),
    [
        (2012, "naaei-contact-hours"),
        (2014, "naaei-2014"),
        (2020, "naaei-2014"),
        (2021, "naaei-2021"),
        (2022, "naaei-2022"),
        (2023, "naaei-2022"),
        (2024, "naaei-pace"),
        (2026, "naaei-pace"),
    ],
)
def test_a_renewal_year_has_the_edition_in_force(year: int, id: str) -> None:
    assert cec.edition_for(year).id == id


def test_years_no_edition_is_known_to_govern_are_an_error_that_lists_what_is() -> None:
    with pytest.raises(
        cec.UnknownName, match=r"no edition is known to govern 2013; known: naaei-2014 \(from 2014 to 2020\)"
    ):
        cec.edition_for(2013)


def test_no_two_editions_govern_the_same_year() -> None:
    for year in range(1990, 2040):
        assert sum(year in cec.edition(name).governs for name in cec.editions()) <= 1


class TestReading:
    """A rulebook's file is read whole or not at all."""

    @pytest.mark.parametrize(
        ("text", "where", "words"),
        [
            ("", "format", "must be 'cecrules.rulebook/1'"),
            ("[", "", "must be TOML"),
            ("a = 1\na = 2", "", "must be TOML"),
            ("a = " + "[" * 100_000, "", "must be TOML"),
            ("a = " + "1" * 5000, "", "must be TOML"),
            (MINIMAL.replace('id = "anytown"\n', ""), "id", "is required"),
            (MINIMAL.replace("naaei-2014", "naaei-1066"), "extends", "there is no edition"),
            (MINIMAL.replace('"naaei-2014"', "2014"), "extends", "must be text"),
            (MINIMAL + 'without = "compliance"', "without", "must be a list"),
            (MINIMAL + "without = [3]", "without[0]", "must be text"),
            (MINIMAL + 'without = ["caps.teaching"]', "without[0]", "must name keys of the extended rulebook"),
            (MINIMAL + 'without = ["title.short"]', "without[0]", "must name keys of the extended rulebook"),
            (MINIMAL + "designations.CAM.credits = -8", "designations.CAM.credits", "must be at least 0"),
            (
                MINIMAL + "governs.last = 2021",
                "governs.last",
                "must be before 2021, the first year naaei-2021 governs, got 2021",
            ),
            (
                MINIMAL + 'without = ["designations.CAM.colour"]',
                "without[0]",
                "must name keys of the extended rulebook",
            ),
            (MINIMAL + "clauses = 3", "clauses", "must be a table"),
            (MINIMAL + OTHERWISE, "clauses.unit.hour.also_possible[0].says", "is required"),
            (MINIMAL + OTHERWISE + 'says = " "', "clauses.unit.hour.also_possible[0].says", "must not be blank"),
            (
                MINIMAL + OTHERWISE + 'says = "So."\nchange.credit.minutes = 60',
                "clauses.unit.hour.also_possible[0].change",
                "must change a rule, got what the rulebook says",
            ),
            (
                MINIMAL + OTHERWISE + 'says = "So."\nchange.credit.minutes = 0',
                "clauses.unit.hour.also_possible[0].change.credit.minutes",
                "must be at least 1",
            ),
            (
                MINIMAL + OTHERWISE + 'says = "So."\nwithout = ["caps.x"]',
                "clauses.unit.hour.also_possible[0].without",
                "must name keys",
            ),
            (
                MINIMAL + OTHERWISE + 'says = "So."\nchange.title = "So"',
                "clauses.unit.hour.also_possible[0].change.title",
                "must not be changed by a reading",
            ),
            (
                MINIMAL + OTHERWISE + 'says = "So."\nchange.governs.first = 1979-05-27',
                "clauses.unit.hour.also_possible[0].change.governs.first",
                "must be text, a number, true or false",
            ),
            (
                MINIMAL + OTHERWISE + 'says = "So."\nchange.a.b.c.d.e = 1',
                "clauses.unit.hour.also_possible[0].change.a.b.c.d",
                "must be text, a number, true or false",
            ),
            (
                MINIMAL + OTHERWISE + 'says = "So."\nchange = 3',
                "clauses.unit.hour.also_possible[0].change",
                "must be a table",
            ),
            (
                MINIMAL + OTHERWISE.replace("slow", "credit-per-body") + 'says = "So."',
                "clauses.outside.service.also_possible[0].id",
                "must be a name of its own",
            ),
            (MINIMAL + 'window.kind = "fortnight"', "window.kind", "must be the code of a window kind"),
        ],
        ids=range(27),
    )
    def test_what_is_wrong_is_told_with_its_key(self, text: str, where: str, words: str) -> None:
        with pytest.raises(cec.CecRulesError, match=words) as caught:
            cec.read_rulebook(text)
        assert where in [problem.where for problem in caught.value.problems]

    def test_every_problem_is_told_at_once(self) -> None:
        with pytest.raises(cec.InvalidDocument) as caught:
            cec.read_rulebook('format = "x"\nid = 3\n[caps.a]\ncredits = "many"\n')
        assert {"format", "id", "title", "caps.a.credits"} <= {problem.where for problem in caught.value.problems}

    def test_what_extends_an_edition_states_only_what_differs(self) -> None:
        book = cec.read_rulebook(
            MINIMAL + 'without = ["compliance", "kinds.grace_hill_course"]\ndesignations.CAM.credits = 8\n'
        )
        assert cec.required_credits(["CAM"], book) == 8
        assert book.compliance is None
        assert index_of(book).kind_rules[cec.ActivityKind.GRACE_HILL_COURSE].kind is cec.ActivityKind.UNLISTED
        assert book.sources == cec.NAAEI_2014.sources

    def test_a_reading_may_be_stated_in_words_alone(self) -> None:
        book = cec.read_rulebook(MINIMAL + OTHERWISE + 'says = "An hour is whatever feels long."')
        (alternative,) = book.clause("unit.hour").also_possible
        assert (alternative.id, alternative.is_decided) == ("slow", False)

    def test_every_wrong_name_to_take_out_is_reported(self) -> None:
        with pytest.raises(cec.InvalidDocument) as caught:
            cec.read_rulebook(MINIMAL + 'without = [3, "compliance", "nowhere", 4]')
        assert [problem.where for problem in caught.value.problems] == ["without[0]", "without[3]", "without[2]"]

    def test_a_file_is_read_with_or_without_a_byte_order_mark(self, tmp_path: Path) -> None:
        file = tmp_path / "anytown.toml"
        for mark in (b"", b"\xef\xbb\xbf"):
            file.write_bytes(mark + MINIMAL.encode())
            assert cec.load_rulebook(file).id == cec.load_rulebook(str(file)).id == "anytown"

    def test_a_file_that_cannot_be_read_is_an_error_that_says_why(self, tmp_path: Path) -> None:
        with pytest.raises(cec.InvalidValue, match="cannot be read: No such file"):
            cec.load_rulebook(tmp_path / "none.toml")
        with pytest.raises(cec.InvalidValue, match="cannot be read: embedded null byte"):
            cec.load_rulebook("a\0b")
        (tmp_path / "latin.toml").write_bytes(b'id = "\xe9"')
        with pytest.raises(cec.InvalidValue, match="byte 6: must be UTF-8 text"):
            cec.load_rulebook(tmp_path / "latin.toml")
