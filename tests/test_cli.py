"""The command line: text, JSON or a page; exit codes 0, 1, 2; one-line errors and never a traceback."""

from __future__ import annotations

import errno
import io
import json
import os
import runpy
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import cecrules as cec
from builders import activity, compliance, submission
from cecrules.cli import main

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def run(capsysbinary: pytest.CaptureFixture[bytes]) -> Run:
    """Runs the command line and returns its exit code and what it wrote."""

    def run(*arguments: object) -> tuple[int, str, str]:
        try:
            code = main([str(argument) for argument in arguments])
        except SystemExit as stopped:
            code = stopped.code
        out, err = capsysbinary.readouterr()
        return code, out.decode(), err.decode()

    return run


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Submissions that renew and that do not, a broken one, and a rulebook of one's own."""
    made = {
        "good.json": cec.dumps(submission(compliance(hours=6))),
        "short.json": cec.dumps(submission(activity(title="Día \x1b[31m", hours=2))),
        "later.json": cec.dumps(submission(compliance(hours=8, earned_on="2022-05-01"), year=2023)),
        "bad.json": '{"renewal_year": "x", "designations": ["CAM"], "activities": [{}]}',
        "own.toml": 'format = "cecrules.rulebook/1"\nid = "own"\nextends = "naaei-2014"\ndesignations.CAM.credits = 8\n',
        "bad.toml": 'format = "cecrules.rulebook/1"\nid = "own"\nextends = "naaei-2014"\ncaps.a.credits = -1\nwindow.kind = "x"\n',
    }
    for name, text in made.items():
        (tmp_path / name).write_text(text, "utf-8")
    return {name: tmp_path / name for name in made}


class TestCheck:
    """`cecrules check`."""

    def test_a_renewal_is_explained_and_exits_0(self, run: Run, files: dict[str, Path]) -> None:
        code, out, err = run("check", files["good.json"])
        assert (code, err) == (0, "")
        assert out.startswith("Renewable: CAM for 2014.")

    def test_a_shortage_exits_1(self, run: Run, files: dict[str, Path]) -> None:
        code, out, err = run("check", files["short.json"])
        assert (code, err) == (1, "")
        assert out.startswith("Not renewable: CAM for 2014.")
        assert "\x1b" not in out

    def test_several_files_are_told_by_name_and_one_shortage_is_enough(self, run: Run, files: dict[str, Path]) -> None:
        code, out, _ = run("check", files["good.json"], files["short.json"])
        assert code == 1
        assert f"{files['good.json']}\nRenewable" in out
        assert f"{files['short.json']}\nNot renewable" in out

    def test_json_is_one_assessment_or_a_list_of_them(self, run: Run, files: dict[str, Path]) -> None:
        one = json.loads(run("check", files["good.json"], "--format", "json")[1])
        two = json.loads(run("check", files["good.json"], files["short.json"], "--format", "json")[1])
        assert one["renewable"] is True
        assert [each["renewable"] for each in two] == [True, False]
        assert cec.from_dict(two[1], cec.Assessment).decisions[0].title == "Día \x1b[31m"

    def test_html_is_a_page(self, run: Run, files: dict[str, Path]) -> None:
        code, out, _ = run("check", files["good.json"], "--format", "html")
        assert code == 0
        assert out.startswith("<!DOCTYPE html>")

    def test_a_dash_reads_standard_input(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        text = cec.dumps(submission(compliance(hours=6))).encode()
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(text)))
        assert run("check", "-")[0] == 0

    def test_bad_input_exits_2_with_a_line_a_problem(self, run: Run, files: dict[str, Path]) -> None:
        code, out, err = run("check", files["good.json"], files["bad.json"])
        assert (code, out) == (2, "")
        assert len(err.splitlines()) == 4
        assert all(line.startswith(f"cecrules: {files['bad.json']}: ") for line in err.splitlines())

    def test_a_file_that_is_not_there_is_named(self, run: Run, tmp_path: Path) -> None:
        assert run("check", tmp_path / "none.json") == (
            2,
            "",
            f"cecrules: {tmp_path / 'none.json'}: cannot be read: No such file or directory\n",
        )

    def test_the_edition_in_force_is_found_by_the_renewal_year(self, run: Run, files: dict[str, Path]) -> None:
        code, out, _ = run("check", files["later.json"], "--edition", "in-force")
        assert code == 0
        assert "(naaei-2022)" in out
        assert "(naaei-2014)" in run("check", files["later.json"])[1]

    def test_a_rulebook_of_ones_own_decides(self, run: Run, files: dict[str, Path]) -> None:
        code, out, _ = run("check", files["good.json"], "--edition", files["own.toml"])
        assert code == 1
        assert "(own)" in out

    def test_several_editions_stand_side_by_side(self, run: Run, files: dict[str, Path]) -> None:
        code, out, _ = run("check", files["good.json"], "--under", "naaei-2014,naaei-2022")
        assert code == 1
        assert out.splitlines()[0] == "CAM for 2014"
        assert out.splitlines()[1].split()[0] == "naaei-2014"
        assert out.splitlines()[2].endswith("6 of 8 counted, still missing 2 more credits")

    @pytest.mark.parametrize(
        ("rules", "words"),
        [
            ("naaei-1066", "there is no edition"),
            ("bad.toml", "caps.a.credits: must be at least 0"),
            ("naaei-pace", "term_starts.CAM: is required"),
        ],
    )
    def test_rules_that_cannot_decide_exit_2(self, run: Run, files: dict[str, Path], rules: str, words: str) -> None:
        code, out, err = run("check", files["good.json"], "--edition", files.get(rules, rules))
        assert (code, out) == (2, "")
        assert words in err


class TestRules:
    """`cecrules rules`."""

    def test_a_rulebook_is_shown_in_words_or_as_data(self, run: Run) -> None:
        assert "  network.half: " in run("rules")[1]
        assert json.loads(run("rules", "naaei-2021", "--format", "json")[1])["id"] == "naaei-2021"

    def test_one_clause_is_shown(self, run: Run) -> None:
        assert run("rules", "--clause", "network.half")[1].startswith("network.half (naaei-2014)")
        assert json.loads(run("rules", "--clause", "network.half", "--format", "json")[1])["id"] == "network.half"
        assert run("rules", "--clause", "network.none")[0] == 2

    def test_two_are_compared(self, run: Run) -> None:
        assert "CAM, credits required: 8, before 6" in run("rules", "--compare", "naaei-2014", "naaei-2022")[1]
        form = json.loads(run("rules", "--compare", "naaei-2014", "naaei-2022", "--format", "json")[1])
        assert form["differences"][0] == {"where": "designations.CAM.credits", "before": ["6"], "after": ["8"]}

    def test_a_file_is_checked(self, run: Run, files: dict[str, Path]) -> None:
        code, out, _ = run("rules", "--check", files["own.toml"])
        assert (code, out.partition(": ")[2][:8]) == (0, "in order")
        code, out, err = run("rules", "--check", files["bad.toml"])
        assert (code, out) == (2, "")
        assert {line.split(": ")[2] for line in err.splitlines()} >= {"caps.a.credits", "window.kind"}


@pytest.mark.parametrize("form", ["submission", "assessment", "rulebook"])
def test_a_schema_is_written(run: Run, form: str) -> None:
    assert json.loads(run("schema", f"--{form}")[1]) == cec.schema(form)


def test_the_schema_is_that_of_a_submission_unless_told(run: Run) -> None:
    assert json.loads(run("schema")[1]) == cec.schema()


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        ([], "required"),
        (["chekc"], "invalid choice"),
        (["check"], "required"),
        (["check", "a", "--format", "pdf"], "invalid choice"),
        (["check", "a", "--edition", "b", "--under", "c"], "not allowed"),
    ],
)
def test_a_command_that_makes_no_sense_exits_2_in_one_line(run: Run, arguments: list[str], words: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 1


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, f"cecrules {cec.__version__}\n", "")


class Terminal(io.StringIO):
    """A terminal, or something that is none."""

    encoding = "utf-8"

    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


class TestTerminal:
    """In colour on a terminal that wants it, plain elsewhere; the words are the same."""

    def shown(self, monkeypatch: pytest.MonkeyPatch, file: Path, *, terminal: bool = True, **environment: str) -> str:
        monkeypatch.setenv("TERM", "xterm-256color")
        monkeypatch.delenv("NO_COLOR", raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        monkeypatch.setattr(sys, "stdout", Terminal(terminal))
        main(["check", str(file)])
        return sys.stdout.getvalue()

    def test_a_terminal_is_shown_colours(self, monkeypatch: pytest.MonkeyPatch, files: dict[str, Path]) -> None:
        assert "\x1b[32mRenewable" in self.shown(monkeypatch, files["good.json"])

    def test_no_colour_is_shown_where_none_is_wanted(
        self, monkeypatch: pytest.MonkeyPatch, files: dict[str, Path]
    ) -> None:
        assert "\x1b" not in self.shown(monkeypatch, files["good.json"], NO_COLOR="1")
        assert "\x1b" not in self.shown(monkeypatch, files["good.json"], terminal=False)

    def test_without_rich_it_is_plain(self, monkeypatch: pytest.MonkeyPatch, files: dict[str, Path]) -> None:
        for module in [name for name in sys.modules if name.split(".")[0] == "rich"]:
            monkeypatch.delitem(sys.modules, module)
        monkeypatch.setitem(sys.modules, "rich", None)
        assert self.shown(monkeypatch, files["good.json"]) == self.shown(
            monkeypatch, files["good.json"], terminal=False
        )


def test_an_interrupt_exits_130(monkeypatch: pytest.MonkeyPatch) -> None:
    def interrupted(*_: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("cecrules.cli.explain_rulebook", interrupted)
    assert main(["rules"]) == 130


def test_a_reader_that_has_gone_is_no_traceback(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Gone(io.StringIO):
        def flush(self) -> None:
            raise BrokenPipeError

        def fileno(self) -> int:
            return spare

    spare = os.open(tmp_path / "spare", os.O_CREAT | os.O_WRONLY)
    monkeypatch.setattr(sys, "stdout", Gone())
    assert main(["rules"]) == 2
    os.close(spare)


def test_a_full_disk_is_bad_input_in_one_line(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    class Full(io.StringIO):
        def flush(self) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        def fileno(self) -> int:
            return spare

    spare = os.open(tmp_path / "spare", os.O_CREAT | os.O_WRONLY)
    told = io.StringIO()
    monkeypatch.setattr(sys, "stdout", Full())
    monkeypatch.setattr(sys, "stderr", told)
    assert main(["rules"]) == 2
    assert told.getvalue() == "cecrules: cannot be written: No space left on device\n"
    os.close(spare)


def test_python_m_is_the_same_command(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "argv", ["cecrules", "check", str(files["short.json"])])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_module("cecrules", run_name="__main__")
    assert stopped.value.code == 1
    assert capsysbinary.readouterr().out.startswith(b"Not renewable")
