"""The examples do what they say."""

import json
import shutil
import subprocess
from pathlib import Path

import pytest

import cecrules as cec
from cecrules import conformance

EXAMPLES = Path(__file__).parents[1] / "examples"
RENEWABLE = {
    "cam-and-nalp",
    "aime-technician",
    "cam-board-member",
    "cam-2023",
    "cam-and-calp-terms",
    "cam-instructor",
}
RULES = {"cam-2023": "naaei-2022", "cam-and-calp-terms": "naaei-pace"}
FILES = sorted(EXAMPLES.glob("*.json"))


def decided(file: Path) -> cec.Assessment:
    return cec.evaluate(cec.loads(file.read_bytes()), cec.edition(RULES.get(file.stem, "naaei-2014")))


def test_the_pages_own_example_owes_six_and_renews() -> None:
    assessment = decided(EXAMPLES / "cam-and-nalp.json")
    assert (assessment.required, assessment.renewable) == (6, True)


@pytest.mark.parametrize("file", FILES, ids=lambda file: file.stem)
def test_an_example_is_decided_as_its_name_says(file: Path) -> None:
    assert decided(file).renewable == (file.stem in RENEWABLE)
    assert json.loads(file.read_text("utf-8"))["holder"]


def test_the_own_rulebook_is_in_order() -> None:
    book = cec.load_rulebook(EXAMPLES / "own-rulebook.toml")
    assert cec.compare(cec.NAAEI_2014, book).differences


def test_the_notebook_runs_from_top_to_bottom(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.chdir(EXAMPLES)
    notebook = json.loads((EXAMPLES / "explore.ipynb").read_text("utf-8"))
    names: dict[str, object] = {}
    for cell in notebook["cells"]:
        if cell["cell_type"] == "code":
            exec("".join(cell["source"]), names)  # noqa: S102
    assert isinstance(names["assessment"], cec.Assessment)


class TestJavaScript:
    """The port in JavaScript passes the conformance kit, and its runner says what it leaves out."""

    def run(self, kit: Path) -> subprocess.CompletedProcess[str]:
        node = shutil.which("node")
        if node is None:
            pytest.skip("Node is not installed")
        command = [node, str(EXAMPLES / "javascript/kit.mjs"), str(kit)]
        return subprocess.run(command, capture_output=True, text=True, check=False, timeout=60)

    def test_the_port_passes_the_kit(self) -> None:
        done = self.run(conformance.folder())
        count = sum(case["part"] == "decisions" for case in conformance.cases())
        assert (
            done.stdout
            == f"decisions {count}, one-term-each left out, other-readings left out, errors left out; missed 0\n"
        )
        assert (done.returncode, done.stderr) == (0, "")

    def test_it_would_say_what_it_misses(self, tmp_path: Path) -> None:
        kit = shutil.copytree(conformance.folder(), tmp_path / "kit")
        file = kit / "cases/naaei-2014.json"
        cases = json.loads(file.read_text("utf-8"))
        cases[0]["expected"]["decisions"][0]["credited_minutes"] += 1
        file.write_text(json.dumps(cases), "utf-8")
        done = self.run(kit)
        assert f"naaei-2014: {cases[0]['name']}: .decisions[0].credited_minutes: expected 121" in done.stdout
        assert done.returncode == 1
