"""Runs the tasks of a batch in worker processes, each connected by two pipes.

A worker reads its tasks from a pipe that its parent alone holds open. When the parent ends for any reason, the pipe
ends, and the worker exits at once, even in the middle of a task.
"""

from __future__ import annotations

import os
import pickle
import subprocess
import sys
import threading
import traceback
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from contextlib import suppress
from queue import Empty, SimpleQueue
from typing import Any, BinaryIO, Generic, TypeVar, cast

import attrs

from ..errors import ErrorCode, InvalidValue
from ..process import standard_input, standard_output

__all__ = ["Workers", "main", "serve"]

Task = TypeVar("Task")
Answer = TypeVar("Answer")

# A worker looks for modules where its parent does.
_START = "import sys; sys.path[:] = {path!r}; from {module} import main; main()"
_GONE = (OSError, EOFError, pickle.UnpicklingError)


@attrs.frozen
class _Failure:
    """An error that a task raised, as its traceback."""

    trace: str


class Workers(Generic[Task, Answer]):
    """Up to `count` processes that call one function, each started when a task first needs it.

    Args:
        count: The largest number of processes.
        act: The function, called with each task. It, the tasks and the answers can be pickled.
    """

    def __init__(self, count: int, act: Callable[[Task], Answer]) -> None:
        self._act = act
        self._threads = ThreadPoolExecutor(count)
        self._processes: list[subprocess.Popen[bytes]] = []
        self._idle: SimpleQueue[subprocess.Popen[bytes]] = SimpleQueue()

    def submit(self, task: Task) -> Future[Answer]:
        """Hands a task to the next process that is idle.

        The future raises InvalidValue if a process cannot be started or is ended from outside, and RuntimeError, with
        the traceback, if `act` raises an error.
        """
        return self._threads.submit(self._ask, task)

    def close(self) -> None:
        """Ends all processes, whatever they are doing."""
        for process in tuple(self._processes):
            process.kill()
        self._threads.shutdown(cancel_futures=True)
        for process in self._processes:
            process.kill()  # it may have been started after the first round
            with suppress(OSError), process:  # it never read the rest of its task
                pass

    def _ask(self, task: Task) -> Answer:
        try:
            process = self._next()
            _send(pickle.dumps(task), cast("BinaryIO", process.stdin))
            answer = _received(cast("BinaryIO", process.stdout))
        except _GONE:
            raise InvalidValue(
                "batch", "cannot go on: a process that decides was ended from outside", code=ErrorCode.UNAVAILABLE
            ) from None
        self._idle.put(process)
        if isinstance(answer, _Failure):
            raise RuntimeError(answer.trace)
        return cast("Answer", answer)

    def _next(self) -> subprocess.Popen[bytes]:
        try:
            return self._idle.get_nowait()
        except Empty:  # the other threads hold all processes, so there is room for another
            return self._started()

    def _started(self) -> subprocess.Popen[bytes]:
        flags = ["-I"] if sys.flags.isolated else []
        # Ctrl-C and a hangup reach every process in a terminal's group, so only the parent stays in it.
        group = getattr(subprocess, "CREATE_NEW_PROCESS_GROUP", 0)  # Windows has no sessions
        command = [sys.executable, *flags, "-c", _START.format(path=sys.path, module=__name__)]
        try:
            process = subprocess.Popen(  # nosec B603 # noqa: S603 - this interpreter, and text of this module
                command,
                stdin=subprocess.PIPE,
                stdout=subprocess.PIPE,
                start_new_session=True,
                creationflags=group,
            )
        except OSError as error:
            raise InvalidValue(
                "batch", f"cannot start a process that decides: {error.strerror or error}", code=ErrorCode.UNAVAILABLE
            ) from None
        self._processes.append(process)
        _send(pickle.dumps(self._act), cast("BinaryIO", process.stdin))
        return process


def main() -> None:
    """Serves the parent process until it ends or closes the pipe."""
    serve(standard_input(), standard_output().buffer)
    os._exit(0)  # without waiting for the task under way


def serve(source: BinaryIO, sink: BinaryIO) -> None:
    """Reads a function and its tasks, and writes the answers from another thread; returns when the source ends."""
    tasks: SimpleQueue[tuple[Any] | None] = SimpleQueue()
    with suppress(*_GONE):
        act = _received(source)
        threading.Thread(target=_answer, args=(act, tasks, sink), daemon=True).start()
        while True:
            tasks.put((_received(source),))
    tasks.put(None)


def _answer(act: Callable[[Any], Any], tasks: SimpleQueue[tuple[Any] | None], sink: BinaryIO) -> None:
    try:
        while asked := tasks.get():
            _send(_answered(act, *asked), sink)
    except OSError:  # the parent is gone
        pass
    except BaseException:  # the parent must not wait for an answer that never comes
        traceback.print_exc()
        os._exit(1)


def _answered(act: Callable[[Any], Any], task: Any) -> bytes:
    try:
        return pickle.dumps(act(task))
    except Exception:  # the parent raises it where it waits for the answer
        return pickle.dumps(_Failure(traceback.format_exc()))


def _send(data: bytes, pipe: BinaryIO) -> None:
    pipe.write(data)
    pipe.flush()


def _received(pipe: BinaryIO) -> Any:
    return pickle.load(pipe)  # nosec B301 # noqa: S301 - from a process of our own
