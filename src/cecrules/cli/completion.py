"""`cecrules completion` writes the script by which a shell completes commands and options."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from .codes import DONE
from .showing import write

__all__ = ["add_to"]

SHELLS = ("bash", "zsh", "tcsh")


def add_to(commands: Any, whole: argparse.ArgumentParser) -> None:
    """Adds the command, which completes what the whole parser takes, to a parser's commands."""
    parser = commands.add_parser(
        "completion", help="complete commands in a shell", description="Writes a script for a shell (extra cli)."
    )
    parser.add_argument("shell", choices=SHELLS, help="the shell")
    parser.set_defaults(run=partial(_run, whole))


def _run(whole: argparse.ArgumentParser, options: argparse.Namespace) -> int:
    from ..batch.running import needed  # noqa: PLC0415 - most commands need none of it

    shtab = needed("shtab", '"cecrules[cli]"', of="completion")
    write(shtab.complete(whole, options.shell))
    return DONE
