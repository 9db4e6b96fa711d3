"""README and documentation say what is so: every block of Python in them runs."""

import doctest
import importlib
import re
import tomllib
import typing
from collections.abc import Iterator
from pathlib import Path
from types import FunctionType
from typing import Any

import pytest

import cecrules as cec
from cecrules import conformance, frames, plots, testing
from cecrules.testing import laws
from written import written_pages

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text("utf-8")
SOURCES = Path(cec.__file__).parent
PAGES = written_pages()


def blocks(text: str, language: str = "") -> list[str]:
    found = re.findall(r"^```(\S*)[^\n]*\n(.*?)^```$", text, re.MULTILINE | re.DOTALL)
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


def test_the_front_page_prints_what_it_shows(capsys: pytest.CaptureFixture[str]) -> None:
    text = (ROOT / "docs" / "index.md").read_text("utf-8")
    (lines,) = blocks(text, "python")
    *_, shown = blocks(text, "text")
    exec(lines, {})  # noqa: S102
    assert capsys.readouterr().out == shown


def test_the_picture_on_the_front_page_is_of_todays_report(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.syspath_prepend(str(ROOT / "docs"))
    picture = importlib.import_module("report_picture")
    assert picture.PICTURE.exists()
    assert picture.told(picture.page()) == picture.KEPT.read_text("utf-8").strip(), "python docs/report_picture.py"


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
            assert all((SOURCES / file).is_file() for file in re.findall(r"`(.*?)`", place))


def test_the_readme_lists_every_edition_with_known_figures() -> None:
    for name in cec.editions():
        assert f"`{name}`" in README


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT / "docs").with_suffix("").as_posix())
def test_every_session_in_a_page_runs_as_shown(page: Path) -> None:
    text = "\n".join(blocks(page.read_text("utf-8"), "python"))
    test = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    said: list[str] = []
    assert doctest.DocTestRunner().run(test, out=said.append).failed == 0, "".join(said)


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.relative_to(ROOT / "docs").with_suffix("").as_posix())
def test_every_rulebook_and_layout_in_a_page_is_in_order(page: Path) -> None:
    for text in blocks(page.read_text("utf-8"), "toml"):
        form = tomllib.loads(text).get("format")
        if form:
            assert {"cecrules.layout/1": frames.read_layout}.get(form, cec.read_rulebook)(text)


def test_the_page_of_columns_has_every_column_that_is_written() -> None:
    pl = pytest.importorskip("polars")
    activities = pl.DataFrame(
        {"member": [1], "title": ["Ethics"], "kind": ["college_course"], "earned_on": ["2013-03-12"], "hours": [1]}
    )
    designations = pl.DataFrame({"member": [1], "designation": ["CAM"]})
    both, year = (activities, designations), {"renewal_year": 2014}
    made = {
        "evaluate_frame": frames.evaluate_frame(*both, **year),
        "decide_frame": frames.decide_frame(*both, **year),
        "problems_frame": frames.problems_frame(*both, **year),
        "notices_frame": frames.notices_frame(*both, **year),
        "compare_frame": frames.compare_frame(*both, cec.NAAEI_2014, cec.edition("naaei-2021"), **year),
        "outlook_frame": frames.outlook_frame(*both, "2013-12-01", **year),
    }
    parts = re.split(r"^## ", (ROOT / "docs/reference/columns.md").read_text("utf-8"), flags=re.MULTILINE)
    for name, frame in made.items():
        (part,) = [each for each in parts if each.startswith(f"Written: `{name}`")]
        rows = re.findall(r"^\| (`[^|]*) \|", part, re.MULTILINE)
        assert re.findall(r"`(\w+)`", " ".join(rows)) == frame.columns


def test_every_public_name_stands_once_among_the_pages_of_the_api() -> None:
    listed: list[str] = []
    for page in sorted((ROOT / "docs/reference/api").glob("*.md")):
        text = page.read_text("utf-8")
        (module,) = set(re.findall(r"^\.\. currentmodule:: (\S+)$", text, re.MULTILINE))
        listed += [f"{module}.{name}" for name in re.findall(r"^\.\. auto\w+:: (\w+)$", text, re.MULTILINE)]
    modules = (cec, conformance, frames, laws, plots, testing)
    public = [f"{module.__name__}.{name}" for module in modules for name in module.__all__]
    assert sorted([*listed, "cecrules.__version__"]) == sorted(public)


def test_every_type_of_a_public_attribute_is_public() -> None:
    found = {kind for name in cec.__all__ for kind in own_types(getattr(cec, name))}
    assert {kind.__name__ for kind in found} <= set(cec.__all__)
    assert {cec.Requirement, cec.Window, cec.FindingCode, cec.KindRule, cec.ErrorCode} <= found


def own_types(public: object) -> Iterator[type]:
    """The classes of this package that the fields, the properties and the signatures of a public name speak of."""
    if isinstance(public, type):
        yield from classes(typing.get_type_hints(public))
        for member in vars(public).values():
            function = member.fget if isinstance(member, property) else member
            if isinstance(function, FunctionType) and not function.__name__.startswith("_"):
                yield from own_types(function)
    elif isinstance(public, FunctionType):
        yield from classes(typing.get_type_hints(public))


def classes(hints: dict[str, Any]) -> Iterator[type]:
    left = list(hints.values())
    while left:
        hint = left.pop()
        left += typing.get_args(hint)
        if isinstance(hint, type) and hint.__module__.startswith("cecrules"):
            yield hint
