"""The command line: text, JSON or a page; exit codes 0, 1, 2; one-line errors and never a traceback."""

from __future__ import annotations

import io
import itertools
import json
import re
import runpy
import shlex
import sys
from collections.abc import Callable
from pathlib import Path

import pytest

import cecrules as cec
from builders import activity, compliance, submission
from cecrules.cli import main
from cecrules.cli.commands import _parser
from cecrules.cli.examples import BEGIN, EXAMPLES
from cecrules.printable import printable

Run = Callable[..., tuple[int, str, str]]


@pytest.fixture
def files(tmp_path: Path) -> dict[str, Path]:
    """Submissions that renew and that do not, a broken one, and an own rulebook."""
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

    @pytest.mark.parametrize(
        ("options", "is_marked"),
        [
            ([], True),
            (["--edition", "naaei-2022"], False),
            (["--edition", "in-force"], True),
            (["--under", "naaei-2022,naaei-pace"], True),
        ],
    )
    def test_a_hint_prefers_what_the_rulebook_lists(
        self, run: Run, files: dict[str, Path], options: list[str], is_marked: bool
    ) -> None:
        form = json.loads(files["good.json"].read_text("utf-8"))
        form["activities"][0]["kind"] = "visto_cours"
        files["bad.json"].write_text(json.dumps(form), "utf-8")
        code, _, err = run("check", files["bad.json"], *options)
        assert (code, "did you mean 'visto_course'" in err, "(other editions only)" in err) == (2, True, is_marked)

    def test_a_renewal_is_explained_and_exits_0(self, run: Run, files: dict[str, Path]) -> None:
        code, out, err = run("check", files["good.json"])
        assert (code, err) == (0, "")
        assert out.startswith("Renewable: CAM for 2014 under naaei-2014.")

    def test_a_shortage_exits_1(self, run: Run, files: dict[str, Path]) -> None:
        code, out, err = run("check", files["short.json"])
        assert (code, err) == (1, "")
        assert out.startswith("Not renewable: CAM for 2014 under naaei-2014.")
        assert "\x1b" not in out

    def test_several_files_are_told_by_name_and_one_shortage_is_enough(self, run: Run, files: dict[str, Path]) -> None:
        code, out, _ = run("check", files["good.json"], files["short.json"])
        assert code == 1
        assert out.splitlines()[0] == "1 of 2 renewable"
        assert [line.split()[0] for line in out.splitlines()[1:3]] == [
            str(files[f"{name}.json"]) for name in ("good", "short")
        ]
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

    def test_a_file_is_named_whatever_its_name(self, run: Run, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.chdir(tmp_path)
        Path("activities").write_text('{"renewal_year": 2014, "designations": ["CAM"]}')
        assert run("check", "activities")[2] == "cecrules: activities: activities: is required\n"
        Path("act").write_text('{"renewal_year": 2014, "designations": ["CAM"]}')
        assert run("check", "act")[2] == "cecrules: act: activities: is required\n"

    def test_a_file_without_an_end_is_refused(self, run: Run) -> None:
        assert run("check", "/dev/zero") == (
            2,
            "",
            "cecrules: /dev/zero: must be one submission of at most 16 MB; check that it is one\n",
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
        assert out.splitlines()[2].endswith("6 of 8 credited, short 2 credits")
        note = "Note: a later edition, naaei-2022, is known for this renewal year"
        for arguments in (["--under", "naaei-2014,naaei-2022"], [files["good.json"]]):
            _, out, _ = run("check", files["later.json"], *arguments)
            assert out.splitlines()[2].strip().startswith(note)

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

    def test_a_file_that_is_not_there_is_named_once(self, run: Run, tmp_path: Path) -> None:
        gone = tmp_path / "gone.toml"
        line = f"cecrules: {gone}: cannot be read: No such file or directory\n"
        assert run("rules", "--check", gone) == run("rules", gone) == (2, "", line)

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
        (["chekc"], "there is no command 'chekc'; did you mean cecrules check? cecrules --help lists the commands"),
        (["a.json"], "there is no command 'a.json'; did you mean cecrules check a.json? cecrules --help"),
        (["nothing-like-it"], "there is no command 'nothing-like-it'; cecrules --help lists the commands"),
        (["check"], "required"),
        (["check", "a", "--format", "pdf"], "invalid choice"),
        (["check", "a", "--edition", "b", "--under", "c"], "not allowed"),
        (["check", "a", "--asof", "b"], "--asof b; did you mean --as-of? cecrules check --help lists what it takes"),
        (["check", "a", "--asof=b"], "did you mean --as-of? cecrules check --help"),
        (["check", "a", "--pdf"], "unrecognized arguments: --pdf; cecrules check --help lists what it takes"),
        (["--pdf"], "unrecognized arguments: --pdf; cecrules --help lists what it takes"),
        (["batch", "a"], "batch: needs two files, of activities and of designations, got 1"),
        (["batch", "a", "b"], "batch: needs --renewal-year and --output; of tables, the year is an option"),
        (["batch", "a", "b", "-o", "c"], "batch: needs --renewal-year; of tables"),
    ],
)
def test_a_command_that_makes_no_sense_exits_2_in_one_line(run: Run, arguments: list[str], words: str) -> None:
    code, out, err = run(*arguments)
    assert (code, out) == (2, "")
    assert words in err
    assert len(err.splitlines()) == 1


def test_the_version_is_told(run: Run) -> None:
    assert run("--version") == (0, f"cecrules {cec.__version__}\n", "")


class Terminal(io.TextIOWrapper):
    """A terminal, or something that is none."""

    def __init__(self, terminal: bool) -> None:
        super().__init__(io.BytesIO(), "utf-8")
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal

    def text(self) -> str:
        return self.buffer.getvalue().decode()


class TestTerminal:
    """In color on a terminal that wants it, plain elsewhere; the words are the same."""

    def shown(self, monkeypatch: pytest.MonkeyPatch, file: Path, *, terminal: bool = True, **environment: str) -> str:
        monkeypatch.setenv("TERM", "xterm-256color")
        for name in ("NO_COLOR", "FORCE_COLOR"):
            monkeypatch.delenv(name, raising=False)
        for name, value in environment.items():
            monkeypatch.setenv(name, value)
        stream = Terminal(terminal)
        monkeypatch.setattr(sys, "stdout", stream)
        main(["check", str(file)])
        return stream.text()

    def test_a_terminal_is_shown_colors(self, monkeypatch: pytest.MonkeyPatch, files: dict[str, Path]) -> None:
        colored = self.shown(monkeypatch, files["good.json"])
        assert colored.startswith("\x1b[32mRenewable\x1b[0m: CAM")
        plain = self.shown(monkeypatch, files["good.json"], terminal=False)
        assert re.sub(r"\x1b\[\d+m", "", colored) == plain

    def test_colors_may_be_forced_and_forbidden(self, monkeypatch: pytest.MonkeyPatch, files: dict[str, Path]) -> None:
        assert "\x1b[32m" in self.shown(monkeypatch, files["good.json"], terminal=False, FORCE_COLOR="1")
        assert "\x1b" not in self.shown(monkeypatch, files["good.json"], NO_COLOR="1")
        assert "\x1b" not in self.shown(monkeypatch, files["good.json"], NO_COLOR="1", FORCE_COLOR="1")
        assert "\x1b" not in self.shown(monkeypatch, files["good.json"], terminal=False)

    def test_nothing_in_a_file_colors_anything(self, monkeypatch: pytest.MonkeyPatch, files: dict[str, Path]) -> None:
        assert "D\u00eda \ufffd[31m" in self.shown(monkeypatch, files["short.json"], FORCE_COLOR="1")

    def test_letters_that_a_terminal_does_not_have_are_replaced(
        self, monkeypatch: pytest.MonkeyPatch, capfdbinary: pytest.CaptureFixture[bytes], files: dict[str, Path]
    ) -> None:
        stream = io.TextIOWrapper(io.BytesIO(), "ascii")
        monkeypatch.setattr(sys, "stdout", stream)
        assert main(["check", str(files["short.json"])]) == 1
        assert b"D?a ?[31m" in stream.buffer.getvalue()


class TestTables:
    """`check` says which command reads a file of tables."""

    @pytest.mark.parametrize(
        ("name", "content", "advice"),
        [
            ("members.csv", b"member,designation\na,CAM\n", "`cecrules batch` reads tables"),
            ("members.PARQUET", b"PAR1\x00\xff", "`cecrules batch` reads tables"),
            ("members.xlsx", b"PK\x03\x04", "`cecrules batch` reads tables; give it a --layout"),
            ("people.jsonl", b"{}\n{}\n", "`cecrules batch --jsonl` reads submissions, one a line"),
        ],
    )
    def test_a_table_is_for_batch(self, run: Run, tmp_path: Path, name: str, content: bytes, advice: str) -> None:
        (tmp_path / name).write_bytes(content)
        code, out, err = run("check", tmp_path / name)
        assert (code, out) == (2, "")
        assert err.startswith(f"cecrules: {tmp_path / name}: must be one submission in JSON; {advice}")
        assert len(err.splitlines()) == 1

    def test_one_submission_with_problems_is_told_them_whatever_its_name(self, run: Run, tmp_path: Path) -> None:
        (tmp_path / "one.jsonl").write_text('{"renewal_year": 2014, "designations": ["CAM"]}')
        assert "activities: is required" in run("check", tmp_path / "one.jsonl")[2]


class TestSafeToShow:
    """Nothing in a file of somebody else's acts on the terminal that shows it."""

    TITLE = "\x1b]8;;http://x\x07\u202e\u200f\u061c\U000e0041\ncecrules: in order"

    @pytest.fixture
    def rulebook(self, tmp_path: Path) -> Path:
        file = tmp_path / "odd.toml"
        title, note = (json.dumps(text, ensure_ascii=False) for text in (self.TITLE, "a note \x1b[2J"))
        file.write_text(
            f'format = "cecrules.rulebook/1"\nid = "own"\nextends = "naaei-2014"\ntitle = {title}\n'
            f"governs.note = {note}\n",
            "utf-8",
        )
        return file

    @pytest.mark.parametrize(
        "arguments",
        [["rules", "--check"], ["rules"], ["rules", "--compare", "naaei-2014"], ["check", "good.json", "--edition"]],
    )
    def test_a_rulebook_cannot_act(
        self, run: Run, rulebook: Path, files: dict[str, Path], arguments: list[str]
    ) -> None:
        given = [files.get(argument, argument) for argument in arguments]
        code, out, err = run(*given, rulebook)
        assert code == 0
        assert out + err == "\n".join(map(printable, (out + err).split("\n")))
        assert not any(line.startswith("cecrules: in order") for line in out.splitlines())

    def test_neither_can_the_name_of_a_file_nor_an_argument(self, run: Run, tmp_path: Path) -> None:
        for arguments in (["check", tmp_path / "\x1b[2J\n"], ["check", "x", "--format", "\x1b\n"], ["rules", "\u202e"]):
            code, _, err = run(*arguments)
            assert code == 2
            assert err == "\n".join(map(printable, err.split("\n")))
            assert len(err.splitlines()) == 1


class TestHelp:
    @pytest.mark.parametrize("arguments", [["--help"], ["batch", "--help"], ["check", "-h"]])
    def test_help_is_shown_where_it_is_asked_for(self, run: Run, arguments: list[str]) -> None:
        code, out, err = run(*arguments)
        assert (code, err) == (0, "")
        assert out.startswith("usage: cecrules")

    @pytest.mark.parametrize("command", ["check", "batch"])
    def test_it_names_the_edition_that_decides_and_the_one_in_force(self, run: Run, command: str) -> None:
        out = " ".join(run(command, "--help")[1].split())
        assert "in-force for the renewal year's own; naaei-2014 unless given" in out

    def test_without_a_command_it_is_told_and_nothing_passes_for_a_renewal(self, run: Run) -> None:
        code, out, err = run()
        assert (code, out) == (2, "")
        assert err.startswith("usage: cecrules")


class TestPage:
    """`docs/reference/command-line.md`."""

    TEXT = (Path(__file__).parents[1] / "docs" / "reference" / "command-line.md").read_text("utf-8")

    def test_it_has_every_option(self, run: Run) -> None:
        for command in EXAMPLES:
            for option in re.findall(r"--[a-z-]+", run(command, "--help")[1]):
                assert option in self.TEXT, (command, option)

    @pytest.mark.parametrize("command", EXAMPLES)
    def test_the_help_of_every_command_has_examples_that_it_takes(self, run: Run, command: str) -> None:
        help_text = run(command, "--help")[1]
        for line in EXAMPLES[command]:
            assert line in help_text
            words = shlex.split(re.split("[<>]", line)[0])
            assert words[:2] == ["cecrules", command]
            assert _parser().parse_args(words[1:]).run

    @pytest.mark.parametrize("example", [*BEGIN, *itertools.chain.from_iterable(EXAMPLES.values())])
    def test_every_example_runs(
        self, run: Run, example: str, files: dict[str, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
    ) -> None:
        module = {"plan": "highspy", "completion": "shtab"}.get(example.split()[1], "json")
        pytest.importorskip(module, reason=f"{module} is not installed: constraints/test.txt")
        monkeypatch.chdir(tmp_path)
        made = files["good.json"].read_text("utf-8")
        run("check", "good.json", "--receipt", "receipt.json")
        for name in ("submission.json", "first.json", "second.json"):
            Path(name).write_text(made, "utf-8")
        Path("submissions.jsonl").write_text(json.dumps(json.loads(made)) + "\n", "utf-8")
        Path("offerings.csv").write_text("title,kind,day,hours,price\nEthics,association_course,2013-12-05,2,$49\n")
        documents = ";".join(cec.DocumentKind)
        Path("activities.csv").write_text(
            "member,title,kind,earned_on,minutes,addresses_compliance,documents\n"
            f"1,Fair housing,association_course,2013-05-01,360,true,{documents}\n"
        )
        Path("ledger.csv").write_bytes(Path("activities.csv").read_bytes())
        Path("designations.csv").write_text("member,designation\n1,CAM\n")
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(made.encode())))
        code, out, err = run(*shlex.split(re.split("[<>]", example)[0])[1:])
        assert code == 0, (out, err)

    def test_newer_versions_of_python_put_no_colors_of_their_own_into_the_help(self) -> None:
        parser = _parser()
        vars(parser)["color"] = True
        assert "\x1b" not in parser.format_help()
        assert vars(parser)["color"] is False

    def test_cecrules_alone_says_what_to_do_next(self, run: Run) -> None:
        told = run()[2]
        for line in BEGIN:
            assert line in told
            assert _parser().parse_args(shlex.split(line.partition(" > ")[0])[1:]).run

    @pytest.mark.parametrize("shell", ["bash", "zsh", "tcsh"])
    def test_a_shell_completes_commands_and_options(self, run: Run, shell: str) -> None:
        pytest.importorskip("shtab", reason="shtab is not installed: the extra cli")
        code, out, _ = run("completion", shell)
        assert code == 0
        assert "clause-pages" in out

    def test_completion_names_the_extra_that_it_needs(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setitem(sys.modules, "shtab", None)
        code, _, err = run("completion", "bash")
        assert (code, err) == (
            2,
            'cecrules: completion: needs shtab, which is not installed; pip install "cecrules[cli]"\n',
        )

    def test_every_command_in_it_is_one(self) -> None:
        blocks = re.findall(r"^```text\n(.*?)^```$", self.TEXT, re.MULTILINE | re.DOTALL)
        for line in re.findall(
            r"cecrules (?:check|rules|batch|layout|schema) (?![^\n]*\.\.\.)[^|<>\n]+", "\n".join(blocks)
        ):
            words = re.split(r"\s{3,}", line)[0].split()[1:]
            assert _parser().parse_args(words).run


class TestFaults:
    """Exit code 1 means not renewable, and nothing else."""

    def test_an_interrupt_of_an_engines_own_exits_130(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cecrules.cli.rules.explain_rulebook", raising(KeyboardInterrupt()))
        assert run("rules") == (130, "", "")

    def test_a_fault_of_the_library_is_shown_and_exits_2(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cecrules.cli.rules.explain_rulebook", raising(TypeError("odd \x1b[2J")))
        code, out, err = run("rules")
        assert (code, out) == (2, "")
        assert err.startswith("Traceback")
        assert err.splitlines()[-2:] == [
            "TypeError: odd \ufffd[2J",
            "cecrules: stopped by a defect of cecrules, shown above",
        ]

    def test_memory_that_runs_out_is_told_in_one_line(self, run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr("cecrules.cli.rules.explain_rulebook", raising(MemoryError()))
        assert run("rules") == (2, "", "cecrules: there is not enough memory\n")


class Unwritable(io.TextIOWrapper):
    """A stream that cannot be written."""

    def __init__(self, error: OSError) -> None:
        super().__init__(io.BytesIO(), "utf-8")
        self.error = error

    def flush(self) -> None:
        raise self.error

    def close(self) -> None:
        pass


class TestUnwritable:
    """With real streams in `test_stopping.py`."""

    def test_a_reader_that_has_gone_exits_141_in_silence(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdout", Unwritable(BrokenPipeError()))
        assert main(["rules"]) == 141
        assert capsys.readouterr().err == ""

    def test_a_full_disk_is_bad_input_in_one_line(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stdout", Unwritable(OSError(28, "No space left on device")))
        assert main(["rules"]) == 2
        assert capsys.readouterr().err == "cecrules: standard output: cannot be written: No space left on device\n"

    def test_where_nobody_can_be_told_the_code_tells_it(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        monkeypatch.setattr(sys, "stderr", Unwritable(OSError(28, "No space left on device")))
        assert main(["rules", "naaei-1066"]) == 2
        monkeypatch.setattr(sys, "stderr", Unwritable(BrokenPipeError()))
        assert main(["rules", "naaei-1066"]) == 141


def raising(error: BaseException) -> Callable[..., None]:
    def raised(*_: object) -> None:
        raise error

    return raised


def test_python_m_is_the_same_command(
    files: dict[str, Path], monkeypatch: pytest.MonkeyPatch, capsysbinary: pytest.CaptureFixture[bytes]
) -> None:
    monkeypatch.setattr(sys, "argv", ["cecrules", "check", str(files["short.json"])])
    with pytest.raises(SystemExit) as stopped:
        runpy.run_module("cecrules", run_name="__main__")
    assert stopped.value.code == 1
    assert capsysbinary.readouterr().out.startswith(b"Not renewable")
