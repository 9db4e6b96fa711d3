"""`cecrules batch` decides many people, from tables or from submissions one a line."""

from __future__ import annotations

import argparse
from contextlib import ExitStack
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Any

from ..errors import ErrorCode, InvalidValue
from ..layouts.loading import load_layout
from ..process import reading, standard_input, tell
from ..rulebook.editions import DEFAULT
from .codes import BAD_INPUT, DONE, NOT_RENEWABLE, RENEWABLE
from .given import IN_FORCE, RULES, day_given, placed, rulebook_named

if TYPE_CHECKING:
    from ..batch import Outcome

__all__ = ["add_to"]

POLARS = "polars"
_DESIGNATIONS = "designations are a table of member and designation, with a row for each"
_NEEDS = "of tables, the year is an option; the submissions of --jsonl name their years themselves"


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
    parser.add_argument("--page", default="", metavar="FILE", help="where to write the outcome as an HTML page")
    parser.add_argument("--renewal-year", type=int, metavar="YEAR", help="the year of the renewals in the tables")
    parser.add_argument(
        "--as-of", metavar="DAY", help="add outlooks on that day, YYYY-MM-DD; of tables, write them alone"
    )
    parser.add_argument("--edition", default=DEFAULT, metavar="RULES", help=RULES)
    parser.add_argument(
        "--compare", metavar="RULES", help="write the members whose verdict changes from --edition to these rules"
    )
    parser.add_argument("--layout", metavar="FILE", help="how the tables are kept; `cecrules layout` proposes it")
    parser.add_argument("--engine", default=POLARS, help=f"{POLARS}, spark, or the URL of a Spark master")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    day = day_given(options.as_of)
    if options.compare and not options.jsonl:
        return _compared(options, day)
    if day is not None and not options.jsonl:
        return _foreseen(options, day)
    outcome = _of_lines(options, day) if options.jsonl else _of_tables(options)
    tell(outcome.in_words())
    if outcome.bad or outcome.undecided:
        return BAD_INPUT
    return RENEWABLE if outcome.renewable == outcome.decided else NOT_RENEWABLE


def _of_lines(options: argparse.Namespace, day: date | None) -> Outcome:
    from ..batch import decide_lines  # noqa: PLC0415 - most commands need none of it

    of_tables = (
        options.tables,
        options.decisions,
        options.problems,
        options.page,
        options.layout,
        options.compare,
        options.renewal_year is not None,
    )
    if any(of_tables) or options.engine != POLARS:
        raise InvalidValue("batch", "needs --jsonl alone, with no file or option of tables", _NEEDS, ErrorCode.CONFLICT)
    book = options.edition if options.edition == IN_FORCE else rulebook_named(options.edition)
    with ExitStack() as files:
        if options.jsonl == "-":
            source = standard_input()
        else:
            with reading(options.jsonl):
                source = files.enter_context(Path(options.jsonl).open("rb"))
        return decide_lines(
            source,
            options.output,
            rulebook=book,
            report=lambda line: tell(f"cecrules: {line}"),
            as_of=day,
        )


def _of_tables(options: argparse.Namespace) -> Outcome:
    from ..batch import decide_tables  # noqa: PLC0415

    return decide_tables(
        **_tables(options),
        rulebook=rulebook_named(options.edition, options.renewal_year),
        decisions=options.decisions,
        page=options.page,
    )


def _compared(options: argparse.Namespace, day: date | None) -> int:
    from ..batch import compare_tables  # noqa: PLC0415

    if options.decisions or options.page:
        raise InvalidValue(
            "batch",
            "takes no --decisions or --page with --compare",
            "a comparison has members alone",
            ErrorCode.CONFLICT,
        )
    if day is not None:
        raise InvalidValue("batch", "takes no --as-of with --compare", "run it twice", ErrorCode.CONFLICT)
    changes = compare_tables(
        **_tables(options),
        before=rulebook_named(options.edition, options.renewal_year),
        after=rulebook_named(options.compare, options.renewal_year),
    )
    tell(changes.in_words())
    return BAD_INPUT if changes.bad or any(changes.undecided) else DONE


def _foreseen(options: argparse.Namespace, day: date) -> int:
    from ..batch import outlook_tables  # noqa: PLC0415

    if options.decisions or options.page:
        raise InvalidValue(
            "batch", "takes no --decisions or --page with --as-of", "an outlook has members alone", ErrorCode.CONFLICT
        )
    outlooks = outlook_tables(
        **_tables(options),
        as_of=day,
        rulebook=rulebook_named(options.edition, options.renewal_year),
    )
    tell(outlooks.in_words())
    return BAD_INPUT if outlooks.bad or outlooks.undecided else DONE


def _tables(options: argparse.Namespace) -> dict[str, Any]:
    """Returns the files of tables that are named, with what tells how to read them."""
    if len(options.tables) != 2:
        problem = f"needs two files, of activities and of designations, got {len(options.tables)}"
        raise InvalidValue(
            "batch", problem, _DESIGNATIONS, ErrorCode.MISSING if len(options.tables) < 2 else ErrorCode.OUT_OF_RANGE
        )
    given = {"--renewal-year": options.renewal_year is not None, "--output": options.output != "-"}
    missing = [option for option, is_given in given.items() if not is_given]
    if missing:
        hint = _NEEDS if options.renewal_year is None else "name the file to write, such as --output members.csv"
        raise InvalidValue("batch", f"needs {' and '.join(missing)}", hint, ErrorCode.MISSING)
    activities, designations = options.tables
    return {
        "activities": activities,
        "designations": designations,
        "output": options.output,
        "renewal_year": options.renewal_year,
        "problems": options.problems,
        "engine": options.engine,
        "layout": placed(options.layout, lambda: load_layout(options.layout)) if options.layout else None,
    }
