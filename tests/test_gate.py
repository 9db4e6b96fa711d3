"""Every check is written once, in `noxfile.py`; the gate, the workflows and the pages run the same and no other."""

from __future__ import annotations

import ast
import re
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
NOXFILE = ast.parse((ROOT / "noxfile.py").read_text("utf-8"))
GATE = {
    *("tests", "run", "proofs", "soak", "examples"),
    *("docs", "browser", "build", "pyodide"),
    *("lint", "imports", "typing", "notebooks", "spark"),
}
BY_HAND = {"oldest", "newest", "bench", "long", "mutants", "sdist", "index"}
BY_HAND |= {"audit", "licenses", "workflows", "release"}
PAGES = [ROOT / "CONTRIBUTING.md", ROOT / "README.md", *sorted((ROOT / "docs").rglob("*.md"))]
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))


def sessions() -> set[str]:
    functions = [node for node in NOXFILE.body if isinstance(node, ast.FunctionDef)]
    return {node.name for node in functions if any("nox.session" in ast.unparse(each) for each in node.decorator_list)}


def commands() -> set[str]:
    """The programs that the sessions run, with as many arguments as stand there."""
    calls = [node for node in ast.walk(NOXFILE) if isinstance(node, ast.Call)]
    ways = {"session.run": 0, "from_venv": 1}
    return {
        " ".join(leading(call.args[ways[ast.unparse(call.func)] :])) for call in calls if ast.unparse(call.func) in ways
    }


def leading(arguments: list[ast.expr]) -> list[str]:
    found: list[str] = []
    for argument in arguments:
        if not (isinstance(argument, ast.Constant) and isinstance(argument.value, str)):
            break
        found.append(argument.value)
    return found


def is_written_the_same(command: str) -> bool:
    """Whether a session runs the command, or it is a session's command with more, or the first words of one."""
    ours = [each for each in commands() if each.split()[:1] == command.split()[:1]]
    return any(f"{command} ".startswith(f"{each} ") or f"{each} ".startswith(f"{command} ") for each in ours)


def test_every_session_is_run_by_the_gate_or_by_hand() -> None:
    assert sessions() == GATE | BY_HAND | {"installed"}


def test_the_gate_runs_sessions_alone() -> None:
    lines = (ROOT / ".ci" / "run").read_text("utf-8").splitlines()
    run = [line.partition(">")[0].split()[1:] for line in lines if line.startswith("nox ")]
    assert {name for names in run for name in names} == GATE
    assert sum(map(len, run)) == len(GATE), "a session is run twice"


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_runs_the_gate_or_sessions_alone(file: Path) -> None:
    text = file.read_text("utf-8")
    for command in re.findall(r"^\s*(?:- )?run: (.*)$", text, re.MULTILINE):
        if command not in (".ci/run", "python -m pip install -r constraints/nox.txt"):
            names = re.fullmatch(r'python -m nox --session ([\w ]+|"\$SESSION")(?: --python "\$PYTHON")?', command)
            assert names, command
            assert names[1] == '"$SESSION"' or set(names[1].split()) <= sessions()
    for listed in re.findall(r"session: \[(.*)\]", text):
        assert set(listed.split(", ")) <= sessions()


@pytest.mark.parametrize("file", WORKFLOWS, ids=lambda file: file.stem)
def test_a_workflow_has_no_right_but_those_a_job_names_and_pins_what_it_uses(file: Path) -> None:
    text = file.read_text("utf-8")
    assert "\npermissions: {}\n" in text
    assert all(re.fullmatch(r"[\w./-]+@[0-9a-f]{40} # v[\d.]+", used) for used in re.findall(r"uses: (.*)", text))


def test_the_pre_commit_hooks_run_what_the_sessions_run() -> None:
    hooks = re.findall(r"entry: ([^,]*)", (ROOT / ".pre-commit-config.yaml").read_text("utf-8"))
    assert hooks
    assert [hook for hook in hooks if not is_written_the_same(hook)] == []


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.stem)
def test_a_page_writes_commands_of_sessions_as_they_are(page: Path) -> None:
    text = page.read_text("utf-8")
    tools = {command.split()[0] for command in commands() if command} - {"python", "bash", "npm", "node", "git", "pip"}
    written = [code.strip() for pair in re.findall(r"^ {4}(.+)$|`([^`\n]+)`", text, re.MULTILINE) for code in pair]
    found = [code for code in written if code.split()[:1] and code.split()[0] in tools and " " in code]
    assert [code for code in found if not is_written_the_same(code) and "--verifytypes" not in code] == []
    for names in re.findall(r"nox -s ((?:[a-z]+ ?)+)", text):
        assert set(names.split()) <= sessions()
