"""The process that a command runs in, with its streams, its environment and its signals.

Nothing else in the library reads any of them.

A signal ends the process at once, with exit code 130. It raises no error inside the work under way, so no code can
catch it by mistake, and a second signal finds nothing left to interrupt. Code that must not leave something behind says
so with `undone` beforehand.
"""

from __future__ import annotations

import os
import signal
import socket
import sys
import threading
from collections.abc import Callable, Collection, Generator
from contextlib import contextmanager, suppress
from typing import BinaryIO, TextIO, cast

from .errors import ErrorCode, InvalidValue, shown
from .printable import printable

__all__ = [
    "INTERRUPTED",
    "abandon",
    "errors_are_seen",
    "hold_places",
    "output",
    "output_is_seen",
    "reading",
    "standard_input",
    "standard_output",
    "stoppable",
    "tell",
    "undone",
    "wants_color",
    "writing",
]

INTERRUPTED = 130
# A terminal that is closed hangs up; systems without a signal have no name for it.
_STOPS = frozenset(getattr(signal, name) for name in ("SIGINT", "SIGTERM", "SIGHUP") if hasattr(signal, name))
# The seconds that a stopped process may take to undo the work under way.
_PATIENCE = 1.0
_under_way: list[Callable[[], object]] = []


@contextmanager
def undone(action: Callable[[], object]) -> Generator[None, None, None]:
    """Calls `action`, from another thread, if a signal ends the process inside the block."""
    _under_way.append(action)
    try:
        yield
    finally:
        _under_way.remove(action)


@contextmanager
def stoppable() -> Generator[None, None, None]:
    """Lets SIGINT, SIGTERM and SIGHUP end the process inside the block, even while an engine is at work.

    Python's own handlers wait until the engine returns, so a thread listens that the signal itself wakes. A signal that
    was ignored before, as under `nohup`, stays ignored. Outside the main thread this does nothing.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    stops = frozenset(number for number in _STOPS if signal.getsignal(number) is not signal.SIG_IGN)
    told, wake = socket.socketpair()
    wake.setblocking(False)
    before = {number: signal.signal(number, _left_to_the_listener) for number in stops}
    woken = signal.set_wakeup_fd(wake.fileno(), warn_on_full_buffer=False)
    listener = threading.Thread(target=_listen, args=(told, stops), daemon=True)
    listener.start()
    try:
        yield
    finally:
        signal.set_wakeup_fd(woken)
        for number, handler in before.items():
            signal.signal(number, handler)
        wake.close()
        listener.join()
        told.close()


def _left_to_the_listener(_number: int, _frame: object) -> None:
    pass


def _listen(told: socket.socket, stops: Collection[int]) -> None:
    """Ends the process when a signal comes; returns when the other end of the socket is closed."""
    while number := told.recv(1):
        if number[0] not in stops:
            continue
        if signal.getsignal(signal.SIGINT) in (_left_to_the_listener, signal.SIG_IGN):
            _end()
        elif number[0] != signal.SIGINT:
            # An engine with its own handler of SIGINT, such as Spark, stops its jobs first.
            os.kill(os.getpid(), signal.SIGINT)


def _end() -> None:
    limit = threading.Timer(_PATIENCE, os._exit, (INTERRUPTED,))
    limit.daemon = True
    with suppress(RuntimeError):  # the system has no room for another thread
        limit.start()
    for action in tuple(_under_way):
        with suppress(Exception):
            action()
    os._exit(INTERRUPTED)


def hold_places() -> None:
    """Opens the null device in place of each closed standard stream, so that no file takes its number."""
    for number in range(3):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)


def standard_input() -> BinaryIO:
    """Returns standard input as bytes.

    Raises:
        InvalidValue: It is closed.
    """
    if sys.stdin is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise InvalidValue("standard input", "cannot be read: it is closed", code=ErrorCode.UNREADABLE)
    return sys.stdin.buffer


def standard_output() -> TextIO:
    """Returns standard output.

    Raises:
        InvalidValue: It is closed.
    """
    if sys.stdout is None:  # pyright: ignore[reportUnnecessaryComparison]
        raise InvalidValue("standard output", "cannot be written: it is closed", code=ErrorCode.UNAVAILABLE)
    return sys.stdout


@contextmanager
def output() -> Generator[BinaryIO, None, None]:
    """Yields standard output to write bytes to.

    Raises:
        InvalidValue: It is closed or cannot be written.
        BrokenPipeError: Its reader has gone.
    """
    stream = standard_output()
    try:
        yield stream.buffer
        stream.flush()
    except BrokenPipeError:
        raise
    except OSError as error:
        _abandon(stream)
        raise _unwritable("standard output", error) from None


def tell(text: str) -> None:
    """Writes lines for people to standard error, or nowhere if it is closed.

    Raises:
        InvalidValue: It cannot be written.
        BrokenPipeError: Its reader has gone.
    """
    if sys.stderr is not None:  # pyright: ignore[reportUnnecessaryComparison] - it is None where it was closed
        with writing("standard error"):
            sys.stderr.write("".join(f"{printable(line)}\n" for line in text.split("\n")))
            sys.stderr.flush()


@contextmanager
def reading(name: str) -> Generator[None, None, None]:
    """Raises InvalidValue with the name of a file or stream if the system cannot read it inside the block."""
    try:
        yield
    except OSError as error:
        raise InvalidValue(name, f"cannot be read: {error.strerror or error}", code=ErrorCode.UNREADABLE) from None


@contextmanager
def writing(name: str) -> Generator[None, None, None]:
    """Raises InvalidValue with the name of a file or stream if the system cannot write it inside the block.

    A BrokenPipeError stays one, since it is no error of the input.
    """
    try:
        yield
    except BrokenPipeError:
        raise
    except OSError as error:
        folder = os.path.dirname(name)
        if isinstance(error, FileNotFoundError) and folder and not os.path.isdir(folder):
            raise InvalidValue(
                name, f"cannot be written: there is no folder {shown(folder)}", code=ErrorCode.UNAVAILABLE
            ) from None
        raise _unwritable(name, error) from None


def _unwritable(name: str, error: OSError) -> InvalidValue:
    return InvalidValue(name, f"cannot be written: {error.strerror or error}", code=ErrorCode.UNAVAILABLE)


def abandon() -> None:
    """Gives up standard output and standard error, whose buffers Python would try to write again at exit."""
    for stream in (sys.stdout, sys.stderr):
        _abandon(stream)


def _abandon(stream: TextIO | None) -> None:
    with suppress(AttributeError, OSError):  # it is closed, or no file
        number = cast("TextIO", stream).fileno()
        null = os.open(os.devnull, os.O_WRONLY)
        os.dup2(null, number)
        os.close(null)


def wants_color(stream: TextIO) -> bool:
    """Says whether to write colors, which is on a terminal or with FORCE_COLOR, and never with NO_COLOR."""
    if os.environ.get("NO_COLOR"):
        return False
    if os.environ.get("FORCE_COLOR"):
        return True
    # The old console of Windows shows the codes instead of the colors.
    able = os.environ.get("TERM") != "dumb" and (os.name != "nt" or "WT_SESSION" in os.environ)
    return able and stream.isatty()


def errors_are_seen() -> bool:
    """Says whether standard error is a terminal."""
    return _is_terminal(sys.stderr)


def output_is_seen() -> bool:
    """Says whether standard output is a terminal."""
    return _is_terminal(sys.stdout)


def _is_terminal(stream: TextIO | None) -> bool:
    return stream is not None and stream.isatty()
