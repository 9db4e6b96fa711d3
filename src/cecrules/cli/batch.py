"""`cecrules batch` decides many people, from tables or from submissions one a line."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import InvalidValue
from ..process import reading, standard_input, tell
from ..rulebook.editions import DEFAULT
from .codes import BAD_INPUT, NOT_RENEWABLE, RENEWABLE
from .given import IN_FORCE, RULES, rulebook_named

if TYPE_CHECKING:
    from ..batch import Outcome

__all__ = ["add_to"]

POLARS = "polars"
_NEEDS = "tables need --renewal-year; the submissions of --jsonl name their years themselves"


def add_to(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser(
        "batch", help="decide many people", description="Decides tables, or --jsonl submissions."
    )
    parser.add_argument("tables", nargs="*", metavar="FILE", help="activities and designations (.csv .parquet .jsonl)")
    parser.add_argument("--jsonl", metavar="FILE", help="submissions, one a line, or - for standard input")
    parser.add_argument("--output", "-o", default="-", metavar="FILE", help="where to write, one row a member")
    parser.add_argument("--decisions", default="", metavar="FILE", help="where to write one row an activity")
    parser.add_argument("--problems", default="", metavar="FILE", help="where to write the rows that cannot be decided")
    parser.add_argument("--renewal-year", type=int, metavar="YEAR", help="the year of the renewals in the tables")
    parser.add_argument("--edition", default=DEFAULT, metavar="RULES", help=RULES)
    parser.add_argument("--engine", default=POLARS, help=f"{POLARS}, spark, or the URL of a Spark master")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    outcome = _of_lines(options) if options.jsonl else _of_tables(options)
    tell(outcome.in_words())
    if outcome.bad:
        return BAD_INPUT
    return RENEWABLE if outcome.renewable == outcome.decided else NOT_RENEWABLE


def _of_lines(options: argparse.Namespace) -> Outcome:
    from ..batch import decide_lines  # noqa: PLC0415 - most commands need none of it

    of_tables = (options.tables, options.decisions, options.problems, options.renewal_year is not None)
    if any(of_tables) or options.engine != POLARS:
        raise InvalidValue("batch", "needs --jsonl alone, with no file or option of tables", _NEEDS)
    book = options.edition if options.edition == IN_FORCE else rulebook_named(options.edition)
    with ExitStack() as files:
        if options.jsonl == "-":
            source = standard_input()
        else:
            with reading(options.jsonl):
                source = files.enter_context(Path(options.jsonl).open("rb"))
        return decide_lines(source, options.output, rulebook=book, report=lambda line: tell(f"cecrules: {line}"))


def _of_tables(options: argparse.Namespace) -> Outcome:
    from ..batch import decide_tables  # noqa: PLC0415

    if len(options.tables) != 2 or options.renewal_year is None or options.output == "-":
        raise InvalidValue("batch", "needs activities, designations, --renewal-year and --output", _NEEDS)
    activities, designations = options.tables
    return decide_tables(
        activities,
        designations,
        options.output,
        renewal_year=options.renewal_year,
        rulebook=rulebook_named(options.edition, options.renewal_year),
        decisions=options.decisions,
        problems=options.problems,
        engine=options.engine,
    )
