"""Helpers for long runs, such as a progress bar."""

from __future__ import annotations

from collections.abc import Callable, Generator
from contextlib import contextmanager
from importlib import import_module
from importlib.util import find_spec
from typing import Any

from ..errors import ErrorCode, InvalidValue
from ..printable import printable
from ..process import errors_are_seen, undone

__all__ = ["needed", "progress"]


def needed(module: str, install: str, of: str = "batch") -> Any:
    """Returns a module that only some commands, or some batches, need.

    Raises:
        InvalidValue: It is not installed.
    """
    try:
        return import_module(module)
    except ImportError:
        name = module.partition(".")[0]
        raise InvalidValue(
            of, f"needs {name}, which is not installed", f"pip install {install}", ErrorCode.UNAVAILABLE
        ) from None


@contextmanager
def progress(total: int | None = None, *, quiet: bool = False) -> Generator[Callable[[str, int], None], None, None]:
    """Yields a function that shows progress at a terminal, given words and how much more of `total` is done.

    Shows a bar if `total` is known, and otherwise a wheel with the time that has passed, since no engine tells how far
    it has come. Shows nothing if standard error is no terminal, or without the extra `cli`.
    """
    if quiet or not errors_are_seen() or not find_spec("rich"):
        yield lambda _words, _more: None
        return
    from rich import progress as rich  # noqa: PLC0415 - an extra
    from rich.console import Console  # noqa: PLC0415

    known = [rich.BarColumn(), rich.TaskProgressColumn(), rich.TimeRemainingColumn()]
    columns = [*(known if total else [rich.SpinnerColumn()]), rich.TimeElapsedColumn()]
    words = rich.TextColumn("{task.description}", markup=False)
    bar = rich.Progress(*columns, words, console=Console(stderr=True), transient=True)
    with undone(bar.stop), bar:  # a bar hides the cursor
        task = bar.add_task("reading", total=total)
        yield lambda words, more: bar.update(task, description=printable(words), advance=more)
