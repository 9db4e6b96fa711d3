"""Runs a command, and turns errors into lines for people and an exit code."""

from __future__ import annotations

import argparse
import traceback
from collections.abc import Sequence
from typing import Any, NoReturn

from ..errors import CecRulesError, InvalidValue
from ..process import abandon, hold_places, tell
from ..version import __version__
from . import batch, check, rules, schema
from .codes import BAD_INPUT, DONE, READER_GONE
from .showing import show

__all__ = ["run"]


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; raises no error, since Python would exit with 1, not renewable."""
    hold_places()
    try:
        try:
            return _act(arguments)
        except CecRulesError as error:
            for problem in error.problems:
                tell(f"cecrules: {problem}")
        except MemoryError:
            tell("cecrules: there is not enough memory")
        except BrokenPipeError:
            raise
        except Exception:  # a defect of this library, which must not look like a decision
            tell(traceback.format_exc().rstrip())
            tell("cecrules: stopped by a defect of cecrules, shown above")
    except BrokenPipeError:
        abandon()
        return READER_GONE
    except CecRulesError:  # nobody can be told
        abandon()
    return BAD_INPUT


def _act(arguments: Sequence[str] | None) -> int:
    parser = _parser()
    try:
        options = parser.parse_args(arguments)
    except SystemExit:  # --help has shown it
        return DONE
    if options.version:
        show(f"cecrules {__version__}")
        return DONE
    if not options.run:
        tell(parser.format_help().rstrip())
        return BAD_INPUT
    code: int = options.run(options)
    return code


class _Parser(argparse.ArgumentParser):
    """A parser that writes as everything else here does."""

    def print_help(self, file: Any = None) -> None:  # noqa: ARG002 - always to standard output
        show(self.format_help().rstrip())

    def error(self, message: str) -> NoReturn:
        raise InvalidValue("", message, f"{self.prog} --help lists what it takes")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(
        prog="cecrules",
        description="Decides whether an NAA designation can be renewed, and why.",
        epilog="Exit codes: 0 done or renewable, 1 not renewable, 2 bad input, 130 interrupted, 141 reader gone.",
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(metavar="COMMAND")
    for command in (check, rules, batch, schema):
        command.add_to(commands)
    return parser
