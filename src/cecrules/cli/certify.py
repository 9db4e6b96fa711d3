"""`cecrules certify` writes a certificate of an answer, or the path of the program that checks certificates."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from ..errors import ErrorCode, InvalidValue
from ..interchange import dumps
from ..keeping.certificates import VERIFIER, certify
from ..rulebook.editions import DEFAULT
from .codes import DONE, NOT_RENEWABLE, RENEWABLE
from .given import RULES, named, placed, rulebook_named, submission_in
from .showing import show, write

__all__ = ["add_to"]


def add_to(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser(
        "certify",
        help="write a certificate that others can check",
        description="Decides a submission and writes a certificate in JSON, which proves the answer.",
    )
    parser.add_argument("file", nargs="?", metavar="FILE", help="a submission in JSON, or - for standard input")
    parser.add_argument("--edition", default=DEFAULT, metavar="RULES", help=RULES)
    parser.add_argument("--verifier", action="store_true", help="show the path of the program that checks certificates")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.verifier == bool(options.file):
        code = ErrorCode.CONFLICT if options.verifier else ErrorCode.MISSING
        raise InvalidValue("certify", "needs a file, or --verifier alone", "give one of them", code)
    if options.verifier:
        show(str(VERIFIER))
        return DONE
    name = named(options.file)
    made = placed(name, partial(submission_in, options.file))
    book = rulebook_named(options.edition, made.renewal_year)
    certificate = placed(name, partial(certify, made, book))
    write(dumps(certificate))
    return RENEWABLE if certificate.renewable else NOT_RENEWABLE
