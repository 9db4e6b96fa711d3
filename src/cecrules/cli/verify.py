"""`cecrules verify` decides a submission again and compares the answer with a receipt that was kept."""

from __future__ import annotations

import argparse
from functools import partial
from typing import Any

from ..interchange import to_dict
from ..keeping.receipts import replay
from ..presentation.keeping_sentences import replay_lines
from ..records.receipts import Receipt
from .codes import BAD_INPUT, DONE
from .given import named, placed, rulebook_named, submission_in, value_in
from .showing import show_either

__all__ = ["add_to"]


def add_to(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser(
        "verify",
        help="check a receipt against its submission",
        description="Decides a submission again and compares the answer with a receipt. Exit code 2: it differs.",
    )
    parser.add_argument("receipt", metavar="RECEIPT", help="a receipt, as `cecrules check --receipt` writes it")
    parser.add_argument("file", metavar="SUBMISSION", help="the submission in JSON, or - for standard input")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text unless given")
    parser.add_argument(
        "--edition", metavar="RULES", help="an edition or a TOML file; the edition that the receipt names unless given"
    )
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    name = named(options.file)
    kept = placed(options.receipt, partial(value_in, options.receipt, Receipt))
    made = placed(name, partial(submission_in, options.file))
    book = rulebook_named(options.edition, made.renewal_year) if options.edition else None
    found = replay(kept, made, book)
    show_either(options.format, lambda: to_dict(found), lambda: "\n".join(replay_lines(found)))
    return DONE if found.confirmed else BAD_INPUT
