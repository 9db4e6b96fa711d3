"""What the package says of itself agrees with what is tested."""

from __future__ import annotations

import re
import runpy
import shutil
import subprocess
import tomllib
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
SETTINGS = tomllib.loads((ROOT / "pyproject.toml").read_text("utf-8"))
PROJECT = SETTINGS["project"]


def declared() -> dict[str, str]:
    """Every dependency of the package and its extras, each with its lowest version."""
    lines = [*PROJECT["dependencies"], *(line for extra in PROJECT["optional-dependencies"].values() for line in extra)]
    others = [line for line in lines if not line.startswith("cecrules[")]
    found = [re.fullmatch(r"([\w-]+)(?:\[[\w,]+\])?>=([\d.]+)", line) for line in others]
    assert all(found), "every dependency has a lowest version, and nothing else"
    return {match[1]: match[2] for match in found if match}


def listed(which: str) -> dict[str, str]:
    """The distributions of a list that the package declares, each with what the list says of its version."""
    lines = (ROOT / "constraints" / f"{which}.txt").read_text("utf-8").splitlines()
    found = [re.fullmatch(r"([\w-]+)(?:\[.*\])?(.*)", line) for line in lines if line and not line.startswith("#")]
    return {match[1]: match[2] for match in found if match and match[1] in declared()}


def test_the_oldest_versions_tested_are_those_that_are_declared() -> None:
    lowest = declared()
    assert listed("oldest").keys() == lowest.keys()
    for name, version in listed("oldest").items():
        assert re.fullmatch(rf"=={re.escape(lowest[name])}(\.0)*", version), name


def test_the_newest_versions_are_tested_without_a_bound() -> None:
    assert listed("newest") == dict.fromkeys(declared(), "")


def test_no_extra_declares_a_lowest_version_of_its_own() -> None:
    lines = [line for extra in PROJECT["optional-dependencies"].values() for line in extra]
    assert len({line.partition(">=")[2] for line in lines if line.startswith("pyarrow>=")}) == 1


def test_every_python_declared_is_from_the_lowest_one_on() -> None:
    prefix = "Programming Language :: Python :: 3."
    minors = [int(line.removeprefix(prefix)) for line in PROJECT["classifiers"] if line.startswith(prefix)]
    assert minors == list(range(11, 11 + len(minors)))
    assert PROJECT["requires-python"] == f">=3.{minors[0]}"


def test_the_addresses_of_the_project_stand_in_one_place() -> None:
    start = re.match(r"https://[^/]+/", PROJECT["urls"]["Homepage"])
    assert start
    assert all(address.startswith(start[0]) for address in PROJECT["urls"].values())
    texts = [*ROOT.glob("*.md"), *ROOT.glob("*.cff"), ROOT / "hatch_build.py", ROOT / "noxfile.py"]
    assert [file.name for file in texts if PROJECT["urls"]["Homepage"] in file.read_text("utf-8")] == []


def test_the_sdist_has_what_the_project_keeps_and_nothing_that_lies_beside_it() -> None:
    included = SETTINGS["tool"]["hatch"]["build"]["targets"]["sdist"]["only-include"]
    # Where the installed package is tested, its sources are away.
    assert [name for name in included if name != "src" and not (ROOT / name).exists()] == []
    if (ROOT / ".git").exists() and (git := shutil.which("git")):
        run = subprocess.run([git, "ls-files"], cwd=ROOT, capture_output=True, text=True, check=True)
        assert sorted(included) == sorted({file.partition("/")[0] for file in run.stdout.splitlines()})


class TestReadme:
    """`hatch_build.py`, which makes the README of the package."""

    @pytest.mark.parametrize(
        ("text", "made"),
        [
            ("[a](docs/a.md)", "[a](T/docs/a.md)"),
            ("[a](./docs/a.md#b)", "[a](T/docs/a.md#b)"),
            ('![a](a.png "title")', '![a](T/a.png "title")'),
            ("[a](https://example.org/a)", "[a](https://example.org/a)"),
            ("[a](mailto:a@example.org)", "[a](mailto:a@example.org)"),
            ("[a](#run-it)", "[a](#run-it)"),
            ("(docs/a.md) and [a] (b)", "(docs/a.md) and [a] (b)"),
        ],
    )
    def test_a_relative_link_leads_to_the_source(self, text: str, made: str) -> None:
        pytest.importorskip("hatchling", reason="hatchling is not installed: constraints/test.txt")
        assert runpy.run_path(str(ROOT / "hatch_build.py"))["absolute"](text, "T") == made
