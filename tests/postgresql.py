"""A PostgreSQL server of the tests' own: its data in a folder, its door a socket in the same folder, no port."""

from __future__ import annotations

import contextlib
import os
import pwd
import shutil
import subprocess
import tempfile
from collections.abc import Iterator
from glob import glob
from pathlib import Path
from typing import Any

# Debian keeps these two away from the path.
_PATH = os.pathsep.join([os.environ.get("PATH", ""), *sorted(glob("/usr/lib/postgresql/*/bin"), reverse=True)])
USER = "postgres"


def missing() -> str:
    """What a server needs and is not there; empty where nothing is."""
    for program in ("initdb", "pg_ctl"):
        if shutil.which(program, path=_PATH) is None:
            return f"PostgreSQL is not installed: there is no {program}"
    if os.geteuid() == 0:
        try:
            pwd.getpwnam(USER)
        except KeyError:
            return f"initdb refuses root, and there is no user {USER}"
    return ""


def _run(*command: str, folder: Path) -> None:
    program = shutil.which(command[0], path=_PATH)
    options: dict[str, Any] = {"user": USER, "group": USER, "extra_groups": []} if os.geteuid() == 0 else {}
    # A server that goes on would keep a pipe open.
    with (folder / "log").open("ab") as log:
        done = subprocess.run(
            [program, *command[1:]],
            cwd=folder,
            stdin=subprocess.DEVNULL,
            stdout=log,
            stderr=log,
            check=False,
            **options,
        )
    assert done.returncode == 0, (folder / "log").read_text("utf-8", "replace")


@contextlib.contextmanager
def server(locale: str = "C.UTF-8") -> Iterator[str]:
    """The folder of the socket of a server that is up until the end of the block."""
    # Not pytest's own folder: another user has to get in, and the name of a socket must be short.
    folder = Path(tempfile.mkdtemp(prefix="pg"))
    try:
        if os.geteuid() == 0:
            shutil.chown(folder, USER, USER)
        data = str(folder / "data")
        _run(
            "initdb",
            "-D",
            data,
            "-U",
            USER,
            "-A",
            "trust",
            "-E",
            "UTF8",
            f"--locale={locale}",
            "--no-sync",
            folder=folder,
        )
        options = f"-k {folder} -c listen_addresses='' -c fsync=off -c jit=off"
        _run("pg_ctl", "-D", data, "-w", "-o", options, "start", folder=folder)
        try:
            yield str(folder)
        finally:
            _run("pg_ctl", "-D", data, "-w", "-m", "immediate", "stop", folder=folder)
    finally:
        shutil.rmtree(folder)
