"""Runs a command, and turns errors into lines for people and an exit code."""

from __future__ import annotations

import argparse
import re
import traceback
from collections.abc import Iterable, Sequence
from typing import Any, NoReturn

from ..errors import CecRulesError, ErrorCode, InvalidValue, shown
from ..process import abandon, hold_places, tell
from ..version import __version__
from . import batch, certify, check, completion, layout, plan, rules, schema, verify, years
from .codes import BAD_INPUT, DONE, READER_GONE
from .examples import BEGIN, EXAMPLES, listed_below
from .showing import show

__all__ = ["run"]


def run(arguments: Sequence[str] | None = None) -> int:
    """Runs a command and returns its exit code; raises no error, since Python would exit with 1, not renewable."""
    hold_places()
    try:
        try:
            return _act(arguments)
        except CecRulesError as error:
            for line in str(error).split("\n"):
                tell(f"cecrules: {line}")
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
        options, unknown = parser.parse_known_args(arguments)
    except SystemExit:  # --help has shown it
        return DONE
    if unknown:
        taken: _Parser = options.parser if options.run else parser
        taken.refuse(unknown)
    if options.version:
        show(f"cecrules {__version__}")
        return DONE
    if not options.run:
        tell(parser.format_help().rstrip())
        return BAD_INPUT
    code: int = options.run(options)
    return code


_CODES = "Exit codes: 0 done or renewable, 1 not renewable, 2 bad input, 130 interrupted, 141 reader gone."


_NO_COMMAND = re.compile(r"argument COMMAND: invalid choice: '(.*?)' \(")
# An option this much like another is a slip.
_ALIKE = 0.7


class _Parser(argparse.ArgumentParser):
    """A parser that writes as everything else here does."""

    def format_help(self) -> str:
        self.color = False  # newer versions of Python put colors of their own into it
        return super().format_help()

    def print_help(self, file: Any = None) -> None:  # noqa: ARG002 - always to standard output
        show(self.format_help().rstrip())

    def error(self, message: str) -> NoReturn:
        if found := _NO_COMMAND.match(message):
            name = found[1]
            likely = f"check {name}" if name.endswith(".json") else _closest(name, EXAMPLES)
            meant = f"did you mean cecrules {likely}? " if likely else ""
            raise InvalidValue(
                "",
                f"there is no command {shown(name)}",
                f"{meant}cecrules --help lists the commands",
                ErrorCode.UNKNOWN_NAME,
            )
        raise InvalidValue("", message, f"{self.prog} --help lists what it takes", ErrorCode.MALFORMED)

    def refuse(self, unknown: Sequence[str]) -> NoReturn:
        """Refuses arguments that the command does not take, with the option that is most like the first."""
        likely = _closest(unknown[0].partition("=")[0], self._option_string_actions, _ALIKE)
        meant = f"did you mean {likely}? " if likely else ""
        problem = f"unrecognized arguments: {' '.join(unknown)}"
        raise InvalidValue("", problem, f"{meant}{self.prog} --help lists what it takes", ErrorCode.UNKNOWN_NAME)


def _closest(name: str, known: Iterable[str], alike: float = 0.6) -> str:
    """Returns the known name that is most like another, if one is like it enough."""
    import difflib  # noqa: PLC0415 - only a mistake needs it

    return "".join(difflib.get_close_matches(name, list(known), n=1, cutoff=alike))


def _parser() -> _Parser:
    parser = _Parser(
        prog="cecrules",
        description="Decides whether an NAA designation can be renewed, and why.",
        epilog=listed_below("To begin", BEGIN, ["", _CODES]),
        formatter_class=argparse.RawDescriptionHelpFormatter,
    )
    parser.add_argument("--version", action="store_true", help="show the version and exit")
    parser.set_defaults(run=None)
    commands = parser.add_subparsers(metavar="COMMAND")
    for command in (check, plan, years, certify, verify, rules, batch, layout, schema):
        command.add_to(commands)
    completion.add_to(commands, parser)
    for name, each in commands.choices.items():
        each.epilog = listed_below("Examples", EXAMPLES[name])
        each.formatter_class = argparse.RawDescriptionHelpFormatter
        each.set_defaults(parser=each)
    return parser
