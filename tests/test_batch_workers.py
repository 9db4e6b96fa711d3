"""Processes that do tasks: every answer reaches the task it is for, faults are told, and no process stays behind."""

from __future__ import annotations

import io
import os
import pickle
import signal
import sys
import threading
import types
from collections.abc import Iterator

import pytest

import cecrules as cec
from cecrules.batch import workers
from cecrules.batch.workers import Workers

PID = "__import__('os').getpid()"


@pytest.fixture
def pool() -> Iterator[Workers[str, object]]:
    """Two processes that work out texts of Python."""
    pool: Workers[str, object] = Workers(2, eval)
    yield pool
    pool.close()


class TestWorkers:
    def test_each_task_has_its_answer(self, pool: Workers[str, object]) -> None:
        futures = [pool.submit(f"{number} * 2") for number in range(20)]
        assert [future.result() for future in futures] == [number * 2 for number in range(20)]

    def test_another_process_answers_in_a_session_of_its_own(self, pool: Workers[str, object]) -> None:
        assert pool.submit(PID).result() == pool.submit("__import__('os').getsid(0)").result() != os.getpid()

    def test_a_process_is_started_only_for_a_task_and_no_more_than_so_many(self, pool: Workers[str, object]) -> None:
        assert pool._processes == []
        for _ in range(5):
            pool.submit("1").result()
        assert len(pool._processes) in (1, 2)

    def test_what_a_task_raises_is_raised_with_its_trace_and_the_process_goes_on(
        self, pool: Workers[str, object]
    ) -> None:
        with pytest.raises(RuntimeError, match="(?s)Traceback.*ZeroDivisionError"):
            pool.submit("1 / 0").result()
        with pytest.raises(RuntimeError, match="(?s)Traceback.*pickle"):
            pool.submit("lambda: 0").result()
        assert pool.submit("1").result() == 1

    def test_a_process_that_is_ended_from_outside_is_told_in_one_line(self, pool: Workers[str, object]) -> None:
        with pytest.raises(
            cec.InvalidValue, match="^batch: cannot go on: a process that decides was ended from outside$"
        ):
            pool.submit("__import__('os').kill(__import__('os').getpid(), 9)").result()

    def test_a_process_that_cannot_be_started_is_told_in_one_line(
        self, pool: Workers[str, object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "executable", "/no/python")
        with pytest.raises(cec.InvalidValue, match="^batch: cannot start a process that decides: No such file"):
            pool.submit("1").result()

    def test_a_process_looks_for_modules_where_this_one_does_and_is_as_isolated(
        self, pool: Workers[str, object], monkeypatch: pytest.MonkeyPatch
    ) -> None:
        monkeypatch.setattr(sys, "flags", types.SimpleNamespace(isolated=1))
        assert pool.submit("__import__('sys').path").result() == sys.path
        assert pool.submit("__import__('sys').flags.isolated").result() == 1

    def test_closing_ends_what_is_under_way(self, pool: Workers[str, object]) -> None:
        under_way = pool.submit("__import__('time').sleep(600)")
        pid = pool.submit(PID).result()
        pool.close()
        assert isinstance(under_way.exception(), cec.InvalidValue)
        assert [process.returncode for process in pool._processes] == [-signal.SIGKILL] * 2
        with pytest.raises(ProcessLookupError):
            os.kill(pid, 0)


class TestServe:
    """The other end, here in threads."""

    def served(self, *sent: object) -> list[object]:
        sink = io.BytesIO()
        before = set(threading.enumerate())
        workers.serve(io.BytesIO(b"".join(map(pickle.dumps, sent))), sink)
        for thread in set(threading.enumerate()) - before:
            thread.join()
        answers = io.BytesIO(sink.getvalue())
        found = []
        while answers.tell() < len(answers.getvalue()):
            found.append(pickle.load(answers))
        return found

    def test_tasks_are_answered_until_the_source_ends(self) -> None:
        assert self.served(eval, "1 + 1", "2 + 2") == [2, 4]

    def test_what_is_raised_is_answered_with_its_trace(self) -> None:
        (answer,) = self.served(eval, "1 / 0")
        assert "ZeroDivisionError" in answer.trace

    def test_a_source_that_ends_at_once_asks_nothing(self) -> None:
        assert self.served() == []

    def test_a_sink_without_a_reader_is_nothing_to_complain_about(self) -> None:
        reader, writer = os.pipe()
        os.close(reader)
        before = set(threading.enumerate())
        with open(writer, "wb", buffering=0) as sink:
            workers.serve(io.BytesIO(pickle.dumps(eval) + pickle.dumps("1")), sink)
            for thread in set(threading.enumerate()) - before:
                thread.join()

    def test_nobody_waits_for_an_answer_that_never_comes(
        self, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
    ) -> None:
        codes: list[int] = []
        monkeypatch.setattr(os, "_exit", codes.append)
        assert self.served(sys.exit, "a word") == []
        assert codes == [1]
        assert "SystemExit: a word" in capsys.readouterr().err

    def test_the_process_ends_when_its_parent_does(self, monkeypatch: pytest.MonkeyPatch) -> None:
        codes: list[int] = []
        monkeypatch.setattr(os, "_exit", codes.append)
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO()))
        monkeypatch.setattr(sys, "stdout", io.TextIOWrapper(io.BytesIO()))
        workers.main()
        assert codes == [0]
