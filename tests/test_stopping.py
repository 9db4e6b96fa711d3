"""Commands as real processes: stopped by signals, killed, with streams that are closed or whose readers have gone."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from datetime import date
from pathlib import Path
from typing import Any

import polars as pl
import pytest

import cecrules as cec
from builders import compliance, submission
from tables import activity_table, held_table

COMMAND = (sys.executable, "-m", "cecrules")
GOOD = cec.dumps(submission(compliance(hours=6))) + "\n"
SIGNALS = [signal.SIGINT, signal.SIGTERM, signal.SIGHUP]
# What only ends a test that hangs.
LONG = 120
ROW = {"member": "a", "title": "t", "kind": "association_course", "earned_on": date(2013, 5, 1), "minutes": 60}


# Where this is set, Python has nothing left to write at exit.
ENVIRONMENT = {name: value for name, value in os.environ.items() if name != "PYTHONUNBUFFERED"}


@contextmanager
def started(folder: Path, *command: str, **options: Any) -> Iterator[subprocess.Popen[bytes]]:
    """A process in a group of its own; what it writes to standard error can be read to its end."""
    given = {
        "stdin": subprocess.PIPE,
        "stdout": subprocess.DEVNULL,
        "stderr": subprocess.PIPE,
        "env": ENVIRONMENT,
        **options,
    }
    with subprocess.Popen(command, cwd=folder, start_new_session=True, **given) as process:
        try:
            yield process
        finally:
            process.kill()


def left(folder: Path) -> list[str]:
    return sorted(os.listdir(folder))


def told(process: subprocess.Popen[bytes]) -> bytes:
    """What was written to standard error until every process that could write there was gone."""
    found: list[bytes] = []
    reader = threading.Thread(target=lambda: found.append(process.stderr.read()), daemon=True)
    reader.start()
    reader.join(LONG)
    assert found, "a process is left that holds standard error"
    return found[0]


@contextmanager
def at_work(folder: Path) -> Iterator[subprocess.Popen[bytes]]:
    """A batch of lines without end, whose workers have begun to answer."""
    with started(folder, *COMMAND, "batch", "--jsonl", "-", "-o", "out.jsonl") as process:
        feeder = threading.Thread(target=feed, args=(process,))
        feeder.start()
        while not any(file.stat().st_size for file in folder.glob("*.part")):
            assert process.poll() is None, process.stderr.read()
            time.sleep(0.01)
        yield process
        feeder.join(LONG)
        assert not feeder.is_alive()


def feed(process: subprocess.Popen[bytes]) -> None:
    many = GOOD.encode() * 1000
    with suppress(OSError):
        while True:
            process.stdin.write(many)
    with suppress(OSError):
        process.stdin.close()


class TestSignals:
    @pytest.mark.parametrize("count", [1, 5])
    @pytest.mark.parametrize("number", SIGNALS)
    def test_lines_end_at_a_signal_and_leave_what_was_there_and_no_process(
        self, tmp_path: Path, number: int, count: int
    ) -> None:
        (tmp_path / "out.jsonl").write_text("kept")
        with at_work(tmp_path) as process:
            for _ in range(count):
                os.killpg(process.pid, number)  # as a terminal does
            assert process.wait(LONG) == 130
            assert told(process) == b""
        assert left(tmp_path) == ["out.jsonl"]
        assert (tmp_path / "out.jsonl").read_text() == "kept"

    @pytest.mark.parametrize("count", [1, 5])
    @pytest.mark.parametrize("number", SIGNALS)
    def test_so_does_an_engine_in_the_middle_of_its_work(self, tmp_path: Path, number: int, count: int) -> None:
        endless = """if True:
            import itertools, sys
            from cecrules.batch import stores
            from cecrules.cli import main
            write = stores._Polars.write
            stores._Polars.write = lambda *given: [write(*given) for _ in itertools.count()]
            sys.exit(main())
        """
        activity_table([ROW]).select(pl.all().repeat_by(200_000).explode()).write_parquet(tmp_path / "a.parquet")
        held_table([{"member": "a", "designation": "CAM"}]).write_parquet(tmp_path / "d.parquet")
        given = ("batch", "a.parquet", "d.parquet", "--renewal-year", "2014", "-o", "out.csv")
        before = left(tmp_path)
        with started(tmp_path, sys.executable, "-c", endless, *given) as process:
            while left(tmp_path) == before:
                assert process.poll() is None, process.stderr.read()
                time.sleep(0.01)
            for _ in range(count):
                process.send_signal(number)
            assert process.wait(LONG) == 130
            assert told(process) == b""
        assert left(tmp_path) == before

    @pytest.mark.parametrize(
        "module",
        [
            "socket",
            "cecrules.process",
            "cecrules.cli.commands",
            "argparse",
            "attrs",
            "cecrules.rulebook.editions",
            "cecrules.batch.lines",
        ],
    )
    def test_ctrl_c_while_starting_is_silent(self, tmp_path: Path, module: str) -> None:
        """At any module that is loaded after the package itself."""
        interrupted = """if True:
            import os, signal, sys, time
            module = sys.argv.pop(1)
            class Interrupted:
                def find_spec(name, path=None, target=None):
                    if name == module:
                        os.kill(os.getpid(), signal.SIGINT)
                        time.sleep(600)
            from cecrules.cli import main
            sys.meta_path.insert(0, Interrupted)
            sys.modules.pop("socket", None)
            sys.exit(main())
        """
        with started(tmp_path, sys.executable, "-c", interrupted, module, "batch", "--jsonl", "x") as process:
            assert process.wait(LONG) == 130
            assert told(process) == b""

    def test_importing_the_command_loads_next_to_nothing_before_it_answers_signals(self) -> None:
        loaded = (
            "import sys; import cecrules.cli; print(*[name for name in sys.modules if name.startswith('cecrules')])"
        )
        done = subprocess.run([sys.executable, "-c", loaded], capture_output=True, check=True, text=True)
        assert set(done.stdout.split()) == {"cecrules", "cecrules.version", "cecrules.cli"}

    def test_a_hangup_that_is_ignored_stops_nothing(self, tmp_path: Path) -> None:
        ignoring = ("sh", "-c", 'trap "" HUP; exec "$@"', "sh")
        with started(tmp_path, *ignoring, *COMMAND, "batch", "--jsonl", "-", "-o", "out.jsonl") as process:
            while not left(tmp_path):
                assert process.poll() is None, process.stderr.read()
                time.sleep(0.01)
            os.killpg(process.pid, signal.SIGHUP)
            process.stdin.write(GOOD.encode())
            process.stdin.close()
            assert process.wait(LONG) == 0
        assert left(tmp_path) == ["out.jsonl"]


class TestKilled:
    def test_no_process_outlives_its_parent_and_the_next_run_clears_what_is_left(self, tmp_path: Path) -> None:
        with at_work(tmp_path) as process:
            process.kill()
            assert process.wait(LONG) == -signal.SIGKILL
            assert told(process) == b""
        assert len(left(tmp_path)) == 1
        assert run(tmp_path, "batch", "--jsonl", "-", "-o", "out.jsonl", input=GOOD)[0] == 0
        assert left(tmp_path) == ["out.jsonl"]

    def test_a_worker_that_is_killed_ends_the_run_in_one_line(self, tmp_path: Path) -> None:
        killing = """if True:
            import os, signal, subprocess, sys
            from cecrules.batch import workers
            from cecrules.cli import main
            send = workers._send
            def killed(data, pipe):
                send(data, pipe)
                for process in pools[0]._processes:
                    process.kill()
            pools = []
            made = workers.Workers.__init__
            workers.Workers.__init__ = lambda self, *given: (pools.append(self), made(self, *given))[1]
            workers._send = killed
            sys.exit(main())
        """
        code, out, err = run(tmp_path, "batch", "--jsonl", "-", command=(sys.executable, "-c", killing), input=GOOD)
        assert (code, out) == (2, "")
        assert err == "cecrules: batch: cannot go on: a process that decides was ended from outside\n"


def run(
    folder: Path, *arguments: str, command: Sequence[str] = COMMAND, redirected: str = "", input: str = ""
) -> tuple[int, str, str]:
    """Runs a command to its end, through a shell where its streams are to be something else than pipes."""
    shell = ("sh", "-c", f'exec "$@" {redirected}', "sh") if redirected else ()
    done = subprocess.run(
        [*shell, *command, *arguments],
        cwd=folder,
        env=ENVIRONMENT,
        input=input,
        capture_output=True,
        text=True,
        timeout=LONG,
        check=False,
    )
    return done.returncode, done.stdout, done.stderr


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (tmp_path / "good.json").write_text(GOOD)
    (tmp_path / "bad.json").write_text("{}")
    return tmp_path


BATCH = ("batch", "--jsonl", "good.json")


class TestStreams:
    @pytest.mark.parametrize(
        ("arguments", "redirected", "code", "words"),
        [
            (("check", "-"), "<&-", 2, "cecrules: standard input: cannot be read: it is closed\n"),
            (("batch", "--jsonl", "-"), "<&-", 2, "cecrules: standard input: cannot be read: it is closed\n"),
            (("check", "-"), "0>w", 2, "cecrules: standard input: cannot be read: Bad file descriptor\n"),
            (("batch", "--jsonl", "-"), "0>w", 2, "cecrules: standard input: cannot be read: Bad file descriptor\n"),
            (("check", "good.json"), "<&-", 0, ""),
            (("check", "good.json"), ">&-", 2, "cecrules: standard output: cannot be written: it is closed\n"),
            (("rules",), ">&-", 2, "cecrules: standard output: cannot be written: it is closed\n"),
            (("--version",), ">&-", 2, "cecrules: standard output: cannot be written: it is closed\n"),
            (("--help",), ">&-", 2, "cecrules: standard output: cannot be written: it is closed\n"),
            (BATCH, ">&-", 2, "cecrules: standard output: cannot be written: it is closed\n"),
            ((*BATCH, "-o", "out"), ">&-", 0, "1 decided, 1 renewable\n"),
            ((*BATCH, "-o", "out"), "2>&-", 0, ""),
            (("check", "good.json"), "2>&-", 0, ""),
            (("check", "bad.json"), "2>&-", 2, ""),
            (("check", "good.json"), "<&- >&- 2>&-", 2, ""),
            ((*BATCH, "-o", "out"), "<&- >&- 2>&-", 0, ""),
            (
                ("check", "good.json"),
                "</dev/null >/dev/full",
                2,
                "cecrules: standard output: cannot be written: No space left on device\n",
            ),
            (BATCH, ">/dev/full", 2, "cecrules: standard output: cannot be written: No space left on device\n"),
            (("schema",), ">/dev/full", 2, "cecrules: standard output: cannot be written: No space left on device\n"),
            (("check", "bad.json"), "2>/dev/full", 2, ""),
            ((*BATCH, "-o", "out"), "2>/dev/full", 2, ""),
            ((*BATCH, "-o", "/dev/full"), "", 2, "cecrules: /dev/full: cannot be written: No space left on device\n"),
        ],
    )
    def test_a_stream_that_is_closed_or_full_is_bad_input_in_one_line(
        self, folder: Path, arguments: tuple[str, ...], redirected: str, code: int, words: str
    ) -> None:
        found, _, err = run(folder, *arguments, redirected=redirected or "</dev/null")
        assert (found, err) == (code, words)

    @pytest.mark.parametrize(
        "arguments",
        [
            ("check", "good.json"),
            ("rules",),
            ("rules", "--format", "json"),
            ("schema",),
            ("--help",),
            ("--version",),
            BATCH,
        ],
    )
    def test_a_reader_that_has_gone_exits_141_in_silence(self, folder: Path, arguments: tuple[str, ...]) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        with started(folder, *COMMAND, *arguments, stdin=subprocess.DEVNULL, stdout=writer) as process:
            os.close(writer)
            assert process.wait(LONG) == 141
            assert told(process) == b""

    def test_one_of_standard_error_too(self, folder: Path) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        with started(folder, *COMMAND, "check", "bad.json", stdin=subprocess.DEVNULL, stderr=writer) as process:
            os.close(writer)
            assert process.wait(LONG) == 141

    def test_a_reader_that_goes_in_the_middle_of_a_batch_ends_it(self, tmp_path: Path) -> None:
        with started(tmp_path, *COMMAND, "batch", "--jsonl", "-", stdout=subprocess.PIPE) as process:
            feeder = threading.Thread(target=feed, args=(process,))
            feeder.start()
            assert json.loads(process.stdout.readline())["line"] == 1
            process.stdout.close()
            assert process.wait(LONG) == 141
            assert told(process) == b""
            feeder.join(LONG)

    def test_an_output_may_be_a_name_of_standard_output(self, folder: Path) -> None:
        code, out, _ = run(folder, *BATCH, "-o", "/dev/stdout")
        assert (code, json.loads(out)["line"]) == (0, 1)

    def test_a_file_that_is_read_is_not_added_to(self, folder: Path) -> None:
        code, _, err = run(folder, *BATCH, redirected="</dev/null >>good.json")
        assert (code, err) == (2, "cecrules: -: is the file that is read, and must be another one\n")
        assert (folder / "good.json").read_text() == GOOD


class TestNames:
    def test_an_output_may_have_a_name_of_250_letters(self, folder: Path) -> None:
        name = "n" * 244 + ".jsonl"
        assert run(folder, *BATCH, "-o", name)[0] == 0
        assert name in left(folder)

    def test_a_name_that_is_not_utf_8_is_a_name(self, folder: Path) -> None:
        odd = os.fsdecode(b"\xff.json")
        os.rename(folder / "good.json", folder / odd)
        assert run(folder, "check", odd)[0] == 0
        assert run(folder, "batch", "--jsonl", odd, "-o", os.fsdecode(b"\xfe.jsonl"))[0] == 0
        code, _, err = run(folder, "check", os.fsdecode(b"\xfd.json"))
        assert (code, err) == (2, "cecrules: \ufffd.json: cannot be read: No such file or directory\n")

    def test_tables_of_such_a_name_are_refused_and_pass_for_no_decision(self, folder: Path) -> None:
        odd = os.fsdecode(b"\xff.csv")
        (folder / odd).write_text("member,title,kind,earned_on,minutes\n")
        (folder / "d.csv").write_text("member,designation\na,CAM\n")
        code, _, err = run(folder, "batch", odd, "d.csv", "--renewal-year", "2014", "-o", "out.csv")
        assert (code, err) == (2, "cecrules: \ufffd.csv: must be a name in UTF-8: engines take no other\n")
