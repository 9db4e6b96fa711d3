"""README and documentation say what is so: every block of Python in them runs."""

import doctest
import re
import tomllib
from pathlib import Path

import pytest

import cecrules as cec

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
PAGES = sorted((ROOT / "docs").glob("*.md"))


def blocks(text: str, language: str = "") -> list[str]:
    found = re.findall(r"^```(\w*)\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
    return [block for name, block in found if name == language]


def section(title: str) -> str:
    return re.split(r"^## ", README.partition(f"\n## {title}\n")[2], flags=re.MULTILINE)[0]


@pytest.mark.parametrize("title", ["Run it", "Test it"])
def test_the_readme_has_one_command_of_one_line_to_run_and_one_to_test(title: str) -> None:
    (command,) = blocks(section(title))
    assert len(command.splitlines()) == 1
    assert command.startswith("python3 -m venv .venv && .venv/bin/pip install ")


def test_the_readmes_ten_lines_print_what_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    (lines,) = blocks(section("Ten lines"), "python")
    (shown,) = blocks(section("Ten lines"))
    exec(lines, {})  # noqa: S102
    assert capsys.readouterr().out == shown


def test_the_readme_lists_every_clause_and_where_it_is_decided() -> None:
    rows = re.findall(r"^\| `([a-z]+\.[a-z-]+)` \| (.*?) \| (.*) \|$", README, re.MULTILINE)
    assert [row[:2] for row in rows] == [(clause.id, clause.says) for clause in cec.NAAEI_2014.clauses]
    for name, _, place in rows:
        clause = cec.NAAEI_2014.clause(name)
        if clause.undecided:
            assert place.startswith("not decided: ")
        elif clause.restates:
            assert place == f"as `{clause.restates}`"
        else:
            assert all((ROOT / "src/cecrules" / file).is_file() for file in re.findall(r"`(.*?)`", place))


def test_the_readme_lists_every_edition_with_known_figures() -> None:
    for name in cec.editions():
        assert f"`{name}`" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_session_in_a_page_runs_as_shown(page: Path) -> None:
    text = "\n".join(blocks(page.read_text("utf-8"), "python"))
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    said: list[str] = []
    assert doctest.DocTestRunner().run(test, out=said.append).failed == 0, "".join(said)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_every_rulebook_in_a_page_is_in_order(page: Path) -> None:
    for text in blocks(page.read_text("utf-8"), "toml"):
        if "format" in tomllib.loads(text):
            assert cec.read_rulebook(text)
