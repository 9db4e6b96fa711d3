"""What a long run needs around it: a file that is whole or not there, a bar for whoever watches, a way to stop it."""

from __future__ import annotations

import os
import shutil
import signal
import socket
import sys
import threading
from collections.abc import Callable, Generator
from contextlib import contextmanager, suppress
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path
from typing import Any

from ..errors import InvalidValue

__all__ = ["needed", "part_of", "progress", "stoppable", "whole"]


def needed(module: str, install: str) -> Any:
    """Returns a module that only some batches need.

    Raises:
        InvalidValue: It is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        raise InvalidValue("batch", f"needs {name}, which is not installed", f"pip install {install}") from None


def part_of(path: str) -> str:
    """Returns the name to write under until all of `path` is there."""
    return f"{path}.{os.getpid()}.part"


@contextmanager
def whole(path: str) -> Generator[str, None, None]:
    """Yields a name to write under beside `path`, and moves it there once all is well.

    Raises:
        InvalidValue: It cannot be written there, which is mostly found before any work is done.
    """
    target = Path(os.path.realpath(path))
    if target.is_dir():
        raise InvalidValue(path, "is a folder, and must be a file to write")
    if target.exists() and not target.is_file():  # a device or a pipe keeps its name
        yield path
        return
    part = Path(part_of(str(target)))
    try:
        part.touch()
        if target.exists():
            shutil.copymode(target, part)  # who may read it, may read what takes its place
        yield str(part)
        part.replace(target)
    except OSError as error:
        raise InvalidValue(path, f"cannot be written: {error.strerror or error}") from None
    finally:
        with suppress(OSError):
            part.unlink(missing_ok=True)


@contextmanager
def progress(total: int | None = None, *, quiet: bool = False) -> Generator[Callable[[str, int], None], None, None]:
    """Yields what tells a person at a terminal where the work stands: in words, and how much more of `total` is done.

    Shows a bar where `total` is known, otherwise a wheel with the time that has passed: no engine says how far it
    has come. Stays silent where nobody watches, or the extra `cli` is not there.
    """
    if quiet or not sys.stderr.isatty() or not find_spec("rich"):
        yield lambda _words, _more: None
        return
    from rich import progress as rich  # noqa: PLC0415 - an extra
    from rich.console import Console  # noqa: PLC0415

    known = [rich.BarColumn(), rich.TaskProgressColumn(), rich.TimeRemainingColumn()]
    columns = [*(known if total else [rich.SpinnerColumn()]), rich.TimeElapsedColumn()]
    words = rich.TextColumn("{task.description}", markup=False)
    with rich.Progress(*columns, words, console=Console(stderr=True), transient=True) as bar:
        task = bar.add_task("reading", total=total)
        yield lambda words, more: bar.update(task, description=words, advance=more)


@contextmanager
def stoppable() -> Generator[None, None, None]:
    """Makes SIGTERM and SIGHUP stop what is under way as Ctrl-C does, inside an engine too: it heeds SIGINT alone.

    Python's own handlers wait until the engine returns; what is woken by the signal itself does not.
    """
    if threading.current_thread() is not threading.main_thread():
        yield
        return
    # A terminal that is closed hangs up.
    ended_by = [getattr(signal, name) for name in ("SIGTERM", "SIGHUP") if hasattr(signal, name)]
    told, wake = socket.socketpair()
    wake.setblocking(False)

    def pass_on() -> None:
        while number := told.recv(1):
            if number[0] in ended_by:
                os.kill(os.getpid(), signal.SIGINT)

    listener = threading.Thread(target=pass_on, daemon=True)
    before = {
        signal.SIGINT: signal.signal(signal.SIGINT, signal.default_int_handler),
        **{number: signal.signal(number, lambda _number, _frame: None) for number in ended_by},
    }
    woken = signal.set_wakeup_fd(wake.fileno())
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
