"""`check --as-of` and `--worth`, `years` and `plan`."""

from __future__ import annotations

import json
from collections.abc import Callable
from pathlib import Path

import pytest

import cecrules as cec
from builders import activity, compliance, submission
from cecrules.cli import catalogue

Run = Callable[..., tuple[int, str, str]]

CATALOGUE = """title,kind,day,hours,price,addresses_compliance
Fair housing,association_course,2013-12-05,2,$49.00,true
Leadership,association_course,,3,"$1,149",no
Green,college_course,2013-11-02,1.5,0,
"""


@pytest.fixture
def short(tmp_path: Path) -> Path:
    file = tmp_path / "short.json"
    file.write_text(cec.dumps(submission(activity(hours=4))), "utf-8")
    return file


@pytest.fixture
def full(tmp_path: Path) -> Path:
    file = tmp_path / "full.json"
    file.write_text(cec.dumps(submission(compliance(hours=6))), "utf-8")
    return file


@pytest.fixture
def listed(tmp_path: Path) -> Path:
    file = tmp_path / "catalogue.csv"
    file.write_text(CATALOGUE, "utf-8")
    return file


class TestCheck:
    """`check` with answers beside the assessment."""

    def test_text_says_what_is_left_to_do(self, run: Run, short: Path) -> None:
        code, out, err = run("check", short, "--as-of", "2013-12-30", "--hours-a-day", "1.5", "--worth")
        assert (code, err) == (1, "")
        assert "  open: at least 2 h of activities are needed; begin on 2013-12-30 at the latest" in out.splitlines()
        assert "One more entry for CAM" in out

    def test_json_has_the_answers_asked_for_beside_the_assessment(self, run: Run, short: Path, full: Path) -> None:
        made = json.loads(run("check", short, "--as-of", "2013-12-30", "--format", "json")[1])
        assert list(made) == ["assessment", "outlook"]
        assert cec.from_dict(made["outlook"], cec.Outlook).state == "open"
        both = json.loads(run("check", short, full, "--worth", "--format", "json")[1])
        assert [list(one) for one in both] == [["assessment", "worth"]] * 2
        assert "renewable" in json.loads(run("check", short, "--format", "json")[1])

    def test_the_page_shows_them(self, run: Run, short: Path, full: Path) -> None:
        code, page, _ = run("check", short, full, "--as-of", "2013-12-30", "--worth", "--format", "html")
        assert (code, page.count("Outlook for CAM")) == (1, 2)
        assert "Outlook" not in run("check", short, "--format", "html")[1]

    def test_readings_are_beside_it_in_every_form(self, run: Run, full: Path, short: Path) -> None:
        code, out, err = run("check", full, "--readings")
        assert (code, err) == (0, "")
        assert "Other readings of the clauses, for CAM\n  renewable under every reading" in out
        made = json.loads(run("check", full, "--readings", "--format", "json")[1])
        assert list(made) == ["assessment", "readings"]
        assert cec.from_dict(made["readings"], cec.Readings).settled
        assert run("check", full, short, "--readings", "--format", "html")[1].count("Other readings") == 2
        assert run("check", full, "--readings", "--under", "naaei-2014,naaei-2022")[0] == 2

    @pytest.mark.parametrize(
        ("options", "problem"),
        [
            (("--as-of", "May"), "--as-of: must be a date as YYYY-MM-DD, such as 2013-06-21, got 'May'"),
            (
                ("--as-of", "2013-12-01", "--hours-a-day", "30"),
                "--hours-a-day: must be more than 0 and at most 24, got '30'",
            ),
            (("--as-of", "2013-12-01", "--hours-a-day", ""), "--hours-a-day: must be a number such as 1.5, got ''"),
            (("--hours-a-day", ""), "--hours-a-day: must be a number such as 1.5, got ''"),
        ],
    )
    def test_a_bad_value_is_named_with_its_option(
        self, run: Run, short: Path, options: tuple[str, ...], problem: str
    ) -> None:
        assert run("check", short, *options) == (2, "", f"cecrules: {problem}\n")

    def test_hours_belong_to_a_day(self, run: Run, short: Path) -> None:
        code, _, err = run("check", short, "--hours-a-day", "2")
        assert (code, err) == (2, "cecrules: check: takes --hours-a-day with --as-of alone; give --as-of\n")

    def test_side_by_side_there_is_no_room_for_them(self, run: Run, short: Path) -> None:
        code, _, err = run("check", short, "--under", "naaei-2014,naaei-2022", "--worth")
        assert code == 2
        assert "takes no --as-of, --worth or --readings with --under" in err


class TestYears:
    """`cecrules years`."""

    def test_each_year_is_a_line(self, run: Run, full: Path) -> None:
        code, out, err = run("years", full, "2013-2015")
        assert (code, err) == (0, "")
        assert [line[:4] for line in out.splitlines()] == ["2013", "2014", "2015"]
        assert "Renewable: CAM for 2014" in out

    def test_json_is_a_list_of_rows(self, run: Run, full: Path) -> None:
        rows = json.loads(run("years", full, "2014", "--format", "json")[1])
        assert [cec.from_dict(row, cec.Year).credited for row in rows] == [(0,)]

    def test_the_days_of_the_submission_are_those_of_its_own_year(self, run: Run, tmp_path: Path) -> None:
        file = tmp_path / "terms.json"
        made = submission(activity(hours=8, earned_on="2024-05-01"), year=2025, term_starts={"CAM": "2024-01-31"})
        file.write_text(cec.dumps(made), "utf-8")
        out = run("years", file, "2025-2026")[1].splitlines()
        assert out[0].startswith("2025: Renewable")
        assert out[1].startswith("2026: cannot be decided: term_starts.CAM")
        due = tmp_path / "due.json"
        due.write_text(cec.dumps(submission(compliance(6), renewal_date="2014-03-01")), "utf-8")
        assert run("years", due, "2014")[1].startswith("2014: Renewable")

    @pytest.mark.parametrize("years", ["14", "2015-2014", "2014-", "1066", "2014-2300"])
    def test_anything_but_years_is_refused(self, run: Run, full: Path, years: str) -> None:
        code, _, err = run("years", full, years)
        assert (code, err.startswith("cecrules: YEARS: must be renewal years from 1900 to 2200")) == (2, True)

    def test_a_file_that_is_not_there_is_named(self, run: Run) -> None:
        assert run("years", "nowhere.json", "2014")[::2] == (
            2,
            "cecrules: nowhere.json: cannot be read: No such file or directory\n",
        )


class TestPlan:
    """`cecrules plan`."""

    @pytest.fixture(autouse=True)
    def solver(self) -> None:
        pytest.importorskip("highspy", reason="highspy is not installed: constraints/test.txt")

    def test_the_cheapest_way_is_shown(self, run: Run, short: Path, listed: Path) -> None:
        code, out, err = run("plan", short, listed)
        assert (code, err) == (0, "")
        assert out.splitlines()[:2] == [
            "Renewable: CAM for 2014, with 1 offering for $49.00. No other offerings complete it for less.",
            "  1. Fair housing (2013-12-05, $49.00): course of NAA, NAAEI or a local affiliate",
        ]

    def test_it_is_written_as_json(self, run: Run, short: Path, listed: Path) -> None:
        code, out, _ = run("plan", short, listed, "--as-of", "2013-12-06", "--format", "json")
        found = cec.loads(out, cec.Plan)
        assert (code, found.complete, found.short.compliance) == (1, False, 1)

    def test_another_edition_may_plan(self, run: Run, short: Path, listed: Path) -> None:
        assert (
            json.loads(run("plan", short, listed, "--edition", "in-force", "--format", "json")[1])["rulebook"]
            == "naaei-2014"
        )


class TestCatalogue:
    """Catalogues as people keep them."""

    def read(self, tmp_path: Path, text: str | bytes) -> list[cec.Offering]:
        file = tmp_path / "catalogue.csv"
        file.write_bytes(text if isinstance(text, bytes) else text.encode())
        return catalogue.catalogue_in(str(file))

    @pytest.mark.parametrize(
        ("price", "cents"),
        [
            *[("49", 4900), ("$49.00", 4900), ("$ 49.05", 4905), ('"1,149"', 114900), ("0", 0), (" $7 ", 700)],
            *[("49.5", 4950), ("$49.5", 4950), (".99", 99), ("$.5", 50), ('"$1,149.5"', 114950)],
        ],
    )
    def test_prices_are_read_as_people_write_them(self, tmp_path: Path, price: str, cents: int) -> None:
        (one,) = self.read(tmp_path, f"title,kind,price\nCapitol,legislative_event,{price}\n")
        assert one.price == cents

    @pytest.mark.parametrize("price", ["", "free", "-1", "49.", ".", "49.001", "1,14", "49 EUR", "$"])
    def test_other_prices_are_refused(self, tmp_path: Path, price: str) -> None:
        with pytest.raises(cec.CecRulesError) as caught:
            self.read(tmp_path, f'title,kind,price\nCapitol,legislative_event,"{price}"\n')
        assert caught.value.where == "line 2: price"

    def test_empty_cells_are_defaults_and_statements_not_made(self, tmp_path: Path) -> None:
        heads = "title,kind,price,day,minutes,provider,compensated,addresses_compliance,bought_through_association"
        one, other = self.read(
            tmp_path,
            f"\ufeff{heads}\nA,college_course,0,,90,,,,\nB,college_course,0,2013-12-01,60,IREM,No,YES,true\n",
        )
        assert (one.day, one.minutes, one.provider) == (None, 90, "")
        assert (one.compensated, one.addresses_compliance, one.bought_through_association) == (None, None, None)
        assert (other.compensated, other.addresses_compliance, other.bought_through_association) == (False, True, True)

    @pytest.mark.parametrize("blank", [",,", " , ,", "", " "])
    def test_a_row_of_empty_cells_is_left_out(self, tmp_path: Path, blank: str) -> None:
        (one,) = self.read(tmp_path, f"title,kind,price\n{blank}\nCapitol,legislative_event,1\n{blank}\n")
        assert one.title == "Capitol"
        with pytest.raises(cec.InvalidValue, match=r"line 3: must have a cell for each column"):
            self.read(tmp_path, f"title,kind,price\n{blank}\n,,,\n")

    @pytest.mark.parametrize(
        ("text", "where"),
        [
            ("title,kind,price,colour\n", ["line 1"]),
            ("title,title,kind,price\n", ["line 1", "line 1"]),
            ("", ["line 1", "line 1", "line 1"]),
            ("title,kind,price\nA,college_course\n", ["line 2"]),
            ("title,kind,price\nA,legislative_event,1,2\n", ["line 2"]),
            (
                "title,kind,price\n,course,1\nA,legislative_event,x\n",
                ["line 2: title", "line 2: kind", "line 3: price"],
            ),
            (
                "title,kind,price,minutes\nA,college_course,1,x\nA,college_course,1,\n",
                ["line 2: minutes", "line 3: hours"],
            ),
            ("title,kind,price,compensated\nA,legislative_event,1,maybe\n", ["line 2: compensated"]),
            ('title,kind,price\n"A,legislative_event,1\n', ["line 2"]),
            ('title,kind,price\n"A\nB",legislative_event,1\n\n"C"D,legislative_event,1\nE,x,1\n', ["line 5"]),
            ('"title"s,kind,price\n', ["line 1"]),
            (
                'title,kind,price\n"A\nB",legislative_event,x\nC,legislative_event,x\n',
                ["line 2: price", "line 4: price"],
            ),
            (f"title,kind,price,minutes\nA,college_course,1,{'9' * 5000}\n", ["line 2: minutes"]),
            (f"title,kind,price\nA,legislative_event,{'9' * 5000}\n", ["line 2: price"]),
            (f'title,kind,price\nA,legislative_event,"1{",000" * 2000}"\n', ["line 2: price"]),
            (b"title,kind,price\n\xff,legislative_event,1\n", [""]),
        ],
    )
    def test_every_problem_is_named_with_its_line(self, tmp_path: Path, text: str | bytes, where: list[str]) -> None:
        with pytest.raises(cec.CecRulesError) as caught:
            self.read(tmp_path, text)
        assert [problem.where for problem in caught.value.problems] == where

    def test_a_file_without_end_is_refused(self, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(catalogue, "_MOST_BYTES", 20)
        with pytest.raises(cec.InvalidValue, match="must be a catalogue of at most"):
            self.read(tmp_path, CATALOGUE)


class TestBatch:
    """`cecrules batch --jsonl --as-of`."""

    def test_each_line_has_its_outlook(self, run: Run, tmp_path: Path) -> None:
        lines = tmp_path / "lines.jsonl"
        made = [submission(activity(hours=4)), submission(compliance(hours=6))]
        lines.write_text("\n".join(map(cec.dumps, made)), "utf-8")
        code, out, _ = run("batch", "--jsonl", lines, "--as-of", "2013-12-30")
        rows = [json.loads(line) for line in out.splitlines()]
        assert (code, [list(row) for row in rows]) == (1, [["line", "holder", "assessment", "outlook"]] * 2)
        assert [cec.from_dict(row["outlook"], cec.Outlook) for row in rows] == [
            cec.outlook(one, "2013-12-30") for one in made
        ]
        assert "outlook" not in json.loads(run("batch", "--jsonl", lines)[1].splitlines()[0])


class TestDay:
    """The day of an answer, on every command that takes one; that of an unset variable is empty."""

    @pytest.mark.parametrize("day", ["May", ""])
    @pytest.mark.parametrize("command", ["check", "plan", "batch", "tables", "compare"])
    def test_a_bad_day_is_refused_before_anything_is_read(
        self, run: Run, tmp_path: Path, command: str, day: str
    ) -> None:
        none = tmp_path / "none"
        given = {
            "check": ("check", none),
            "plan": ("plan", none, none),
            "batch": ("batch", "--jsonl", none),
            "tables": ("batch", none, none, "-o", none, "--renewal-year", 2014),
            "compare": ("batch", none, none, "-o", none, "--renewal-year", 2014, "--compare", "naaei-2022"),
        }
        problem = f"--as-of: must be a date as YYYY-MM-DD, such as 2013-06-21, got {day!r}"
        assert run(*given[command], "--as-of", day) == (2, "", f"cecrules: {problem}\n")
