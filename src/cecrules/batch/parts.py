"""Output files that appear under their names whole or not at all."""

from __future__ import annotations

import hashlib
import os
import secrets
import shutil
import stat
import sys
from collections.abc import Generator
from contextlib import contextmanager, suppress
from functools import partial
from pathlib import Path

from ..errors import ErrorCode, InvalidValue
from ..process import undone, writing

__all__ = ["part_of", "whole"]

if sys.platform == "win32":  # pragma: no cover - an open file cannot be removed there, so it needs no lock

    def _lock(_file: int) -> None:
        pass

else:
    import fcntl

    def _lock(file: int) -> None:
        """Locks a file until it is closed; raises OSError where somebody else has."""
        fcntl.flock(file, fcntl.LOCK_EX | fcntl.LOCK_NB)


def part_of(path: str) -> str:
    """Returns a name for the unfinished output, in the same folder as `path` and short even if its name is long."""
    path = path.rstrip("/")
    name = os.path.basename(path)
    return f"{path.removesuffix(name)}{_start(name)}{secrets.token_hex(4)}.part"


def _start(name: str) -> str:
    return f"cecrules-{hashlib.blake2b(os.fsencode(name), digest_size=8).hexdigest()}-"


@contextmanager
def whole(path: str) -> Generator[str, None, None]:
    """Yields the name of a part beside `path`, and renames it to `path` if the block succeeds.

    First removes the parts that killed runs to the same path left there.

    Raises:
        InvalidValue: It cannot be written there, which most often shows before any work is done.
    """
    with writing(path):
        try:
            # This follows links, such as /dev/stdout, which may lead to a pipe without a name.
            mode: int | None = os.stat(path).st_mode
        except FileNotFoundError:
            mode = None
        if mode is not None and stat.S_ISDIR(mode):
            raise InvalidValue(path, "is a folder, and must be a file to write", code=ErrorCode.UNAVAILABLE)
        if mode is not None and not stat.S_ISREG(mode):  # a device or a pipe keeps its name
            yield path
            return
        target = Path(os.path.realpath(path))
        _clear(target)
        part = Path(part_of(str(target)))
        with undone(partial(part.unlink, missing_ok=True)):
            try:
                with open(part, "xb") as held:
                    with suppress(OSError):  # without locks, no later run clears the part of a killed one
                        _lock(held.fileno())
                    if mode is not None:
                        shutil.copymode(target, part)  # the same people may read the new file
                    yield str(part)
                    if sys.platform != "win32":
                        part.replace(target)
                if sys.platform == "win32":  # pragma: no cover - an open file cannot be moved there
                    part.replace(target)
            finally:
                with suppress(OSError):
                    part.unlink(missing_ok=True)


def _clear(target: Path) -> None:
    """Removes the parts of killed runs to the same path; a run that is at work holds a lock on its part."""
    for part in target.parent.glob(f"{_start(target.name)}*.part"):
        with suppress(OSError), open(part, "rb") as file:
            _lock(file.fileno())
            part.unlink()
