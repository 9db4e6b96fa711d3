"""`cecrules plan` finds the cheapest offerings of a catalogue that complete a renewal."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from ..ahead.planning import plan
from ..interchange import to_dict
from ..presentation.ahead_sentences import plan_lines
from ..rulebook.editions import DEFAULT
from .catalogue import catalogue_in
from .codes import NOT_RENEWABLE, RENEWABLE
from .given import RULES, day_given, named, placed, rulebook_named, submission_in
from .showing import show_either

__all__ = ["add_to"]


def add_to(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser(
        "plan",
        help="find the cheapest way to finish",
        description="Finds the cheapest offerings of a catalogue that complete a renewal.",
    )
    parser.add_argument("file", metavar="SUBMISSION", help="a submission in JSON, or - for standard input")
    parser.add_argument("catalogue", metavar="CATALOGUE", help="the offerings, one a row (.csv)")
    parser.add_argument("--as-of", metavar="DAY", help="ignore offerings before that day, as YYYY-MM-DD")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text unless given")
    parser.add_argument("--edition", default=DEFAULT, metavar="RULES", help=RULES)
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    day = day_given(options.as_of)
    name = named(options.file)
    made = placed(name, partial(submission_in, options.file))
    offerings = placed(options.catalogue, partial(catalogue_in, options.catalogue))
    book = rulebook_named(options.edition, made.renewal_year)
    found = plan(made, offerings, book, as_of=day)
    show_either(options.format, lambda: to_dict(found), lambda: "\n".join(plan_lines(found)))
    return RENEWABLE if found.complete else NOT_RENEWABLE
