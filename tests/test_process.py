"""The process a command runs in: signals end it, streams may be closed, and the environment says whether to color."""

from __future__ import annotations

import ast
import io
import os
import signal
import sys
import threading
import types
from pathlib import Path

import pytest

import cecrules as cec
from cecrules import process

SOURCE = Path(cec.__file__).parent
STOPS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]


@pytest.fixture
def ends(monkeypatch: pytest.MonkeyPatch) -> list[int]:
    """The exit codes with which the process would have ended."""
    codes: list[int] = []
    monkeypatch.setattr(os, "_exit", codes.append)
    return codes


class TestSignals:
    """`stoppable` and `undone`; with real processes in `test_stopping.py`."""

    @pytest.mark.parametrize("number", STOPS)
    def test_each_signal_ends_the_process_after_what_is_under_way_is_undone(self, ends: list[int], number: int) -> None:
        before = signal.getsignal(number)
        undone: list[str] = []
        with process.stoppable():
            with process.undone(lambda: undone.append("earlier")):
                pass
            with process.undone(lambda: undone.append("now")):
                os.kill(os.getpid(), number)
                while not ends:
                    pass
        assert (ends, undone) == ([130], ["now"])
        assert signal.getsignal(number) is before

    def test_what_cannot_be_undone_does_not_keep_the_rest_from_being(self, ends: list[int]) -> None:
        undone: list[str] = []
        with process.stoppable(), process.undone(lambda: 1 / 0), process.undone(lambda: undone.append("second")):
            os.kill(os.getpid(), signal.SIGTERM)
            while not ends:
                pass
        assert undone == ["second"]

    def test_what_takes_too_long_to_undo_is_left(self, ends: list[int], monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(process, "_PATIENCE", 0)
        go_on = threading.Event()
        with process.stoppable(), process.undone(go_on.wait):
            os.kill(os.getpid(), signal.SIGTERM)
            while not ends:
                pass
            go_on.set()
        assert ends == [130, 130]

    def test_a_signal_that_was_ignored_stays_ignored(self, ends: list[int]) -> None:
        before = signal.signal(signal.SIGHUP, signal.SIG_IGN)
        try:
            with process.stoppable():
                os.kill(os.getpid(), signal.SIGHUP)
                assert signal.getsignal(signal.SIGHUP) is signal.SIG_IGN
        finally:
            signal.signal(signal.SIGHUP, before)
        assert ends == []

    def test_a_signal_of_another_kind_ends_nothing(self, ends: list[int]) -> None:
        before = signal.signal(signal.SIGUSR1, lambda *_: None)
        try:
            with process.stoppable():
                os.kill(os.getpid(), signal.SIGUSR1)
        finally:
            signal.signal(signal.SIGUSR1, before)
        assert ends == []

    @pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
    def test_an_engine_that_answers_ctrl_c_itself_is_asked_to(self, ends: list[int], number: int) -> None:
        asked: list[int] = []
        with process.stoppable():
            signal.signal(signal.SIGINT, lambda number, _: asked.append(number))
            os.kill(os.getpid(), number)
            while not asked:
                pass
        assert (asked, ends) == ([signal.SIGINT], [])

    def test_a_thread_that_is_not_the_main_one_takes_no_signals(self) -> None:
        before = signal.getsignal(signal.SIGTERM)
        seen: list[object] = []

        def work() -> None:
            with process.stoppable():
                seen.append(signal.getsignal(signal.SIGTERM))

        thread = threading.Thread(target=work)
        thread.start()
        thread.join()
        assert seen == [before]


class TestStreams:
    @pytest.mark.parametrize(
        ("name", "use", "words"),
        [
            ("stdin", process.standard_input, "standard input: cannot be read: it is closed"),
            ("stdout", process.standard_output, "standard output: cannot be written: it is closed"),
        ],
    )
    def test_a_closed_stream_is_named(
        self, monkeypatch: pytest.MonkeyPatch, name: str, use: object, words: str
    ) -> None:
        monkeypatch.setattr(sys, name, None)
        with pytest.raises(cec.InvalidValue) as raised:
            use()
        assert str(raised.value) == words

    def test_nobody_is_told_where_standard_error_is_closed(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stderr", None)
        process.tell("words")
        assert not process.errors_are_seen()

    def test_every_line_that_is_told_is_safe_to_show(self, capsys: pytest.CaptureFixture[str]) -> None:
        process.tell("a\x1b[31m\nb\r\u200f")
        assert capsys.readouterr().err == "a\ufffd[31m\nb\ufffd\ufffd\n"

    def test_what_cannot_be_written_is_named_and_a_reader_that_has_gone_is_not(self) -> None:
        with (
            pytest.raises(cec.InvalidValue, match="^x: cannot be written: No space left on device$"),
            process.writing("x"),
        ):
            raise OSError(28, "No space left on device")
        with pytest.raises(cec.InvalidValue, match="^x: cannot be written: odd$"), process.writing("x"):
            raise OSError("odd")
        with pytest.raises(BrokenPipeError), process.writing("x"):
            raise BrokenPipeError
        with pytest.raises(cec.InvalidValue, match="^x: cannot be read: Is a directory$"), process.reading("x"):
            raise IsADirectoryError(21, "Is a directory")

    def test_streams_without_files_are_let_go_of_too(self, monkeypatch: pytest.MonkeyPatch) -> None:
        monkeypatch.setattr(sys, "stdout", io.StringIO())
        monkeypatch.setattr(sys, "stderr", None)
        process.abandon()

    def test_what_cannot_be_written_is_not_tried_again_at_exit(
        self, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
    ) -> None:
        with (tmp_path / "file").open("w") as stream:
            monkeypatch.setattr(sys, "stdout", stream)
            stream.write("lost")
            with pytest.raises(cec.InvalidValue), process.output():
                raise OSError(28, "No space left on device")
        assert (tmp_path / "file").read_text() == ""

    def test_the_places_of_closed_streams_are_held(self, monkeypatch: pytest.MonkeyPatch) -> None:
        opened: list[object] = []

        def closed(number: int) -> None:
            if number == 1:
                raise OSError

        system = types.SimpleNamespace(
            fstat=closed, open=lambda *given: opened.append(given), devnull=os.devnull, O_RDWR=os.O_RDWR
        )
        monkeypatch.setattr(process, "os", system)
        process.hold_places()
        assert opened == [(os.devnull, os.O_RDWR)]


class Stream(io.StringIO):
    def __init__(self, terminal: bool) -> None:
        super().__init__()
        self.terminal = terminal

    def isatty(self) -> bool:
        return self.terminal


@pytest.mark.parametrize(
    ("terminal", "environment", "colored"),
    [
        (True, {}, True),
        (False, {}, False),
        (False, {"FORCE_COLOR": "1"}, True),
        (False, {"FORCE_COLOR": ""}, False),
        (True, {"NO_COLOR": "1"}, False),
        (True, {"NO_COLOR": ""}, True),
        (True, {"NO_COLOR": "1", "FORCE_COLOR": "1"}, False),
        (True, {"TERM": "dumb"}, False),
        (True, {"TERM": "dumb", "FORCE_COLOR": "1"}, True),
    ],
)
def test_colors_are_for_terminals_unless_the_environment_says_otherwise(
    terminal: bool, environment: dict[str, str], colored: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("NO_COLOR", "FORCE_COLOR", "TERM"):
        monkeypatch.delenv(name, raising=False)
    for name, value in environment.items():
        monkeypatch.setenv(name, value)
    assert process.wants_color(Stream(terminal)) is colored


THEIRS = {"stdin", "stdout", "stderr", "environ", "getenv", "argv", "isatty", "signal", "print", "input"}
# The verifier and the program that names the kit are programs of their own, which no module loads.
ALLOWED = {
    "process.py": THEIRS,
    "workers.py": {"stdin", "stdout"},
    "verifier.py": {"argv", "stdout"},
    "__main__.py": {"stdout"},
}


def test_nothing_else_reads_streams_signals_or_the_environment() -> None:
    """A program that embeds the library keeps them to itself."""
    for file in SOURCE.rglob("*.py"):
        names = {
            node.attr if isinstance(node, ast.Attribute) else node.id
            for node in ast.walk(ast.parse(file.read_text("utf-8")))
            if isinstance(node, ast.Attribute | ast.Name)
        }
        assert names & THEIRS <= ALLOWED.get(file.name, set()), file
