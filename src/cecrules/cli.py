"""The command line: checks submissions, shows and compares rulebooks, writes the JSON Schemas, runs batches.

Exit codes: 0 renewable, 1 not renewable, 2 bad input.
"""

from __future__ import annotations

import argparse
import functools
import json
import os
import sys
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import BinaryIO, NoReturn, TypeVar

from .assessments import Assessment
from .errors import CecRulesError, InvalidDocument, InvalidValue, Problems
from .evaluation import evaluate
from .interchange import loads, to_dict
from .presentation.comparison_text import explain_comparison
from .presentation.html import to_html
from .presentation.rulebook_text import explain_clause, explain_rulebook
from .presentation.sentences import term_sentence
from .presentation.text import explain
from .printable import printable
from .rulebook.comparison import compare
from .rulebook.editions import DEFAULT, edition, edition_for, load_rulebook
from .rulebook.rulebook import Rulebook
from .schemas import FORMS, schema
from .submissions import Submission
from .unstructuring import plain
from .version import __version__

__all__ = ["main"]

T = TypeVar("T")

RENEWABLE, NOT_RENEWABLE, BAD_INPUT, INTERRUPTED = 0, 1, 2, 130
IN_FORCE = "in-force"
POLARS = "polars"


def main(arguments: Sequence[str] | None = None) -> int:
    """Runs the command line and returns its exit code."""
    try:
        options = _parser().parse_args(arguments)
        code: int = options.run(options)
        sys.stdout.flush()
    except CecRulesError as error:
        for problem in error.problems:
            sys.stderr.write(printable(f"cecrules: {problem}") + "\n")
        return BAD_INPUT
    except OSError as error:
        # Whoever reads has gone, or the disk is full; what is left in the buffer must not be flushed at exit.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        if not isinstance(error, BrokenPipeError):
            sys.stderr.write(f"cecrules: cannot be written: {error.strerror}\n")
        return BAD_INPUT
    except KeyboardInterrupt:
        return INTERRUPTED
    return code


class _Parser(argparse.ArgumentParser):
    def error(self, message: str) -> NoReturn:
        self.exit(BAD_INPUT, f"cecrules: {printable(message)}\n")


def _parser() -> argparse.ArgumentParser:
    parser = _Parser(prog="cecrules", description="Decides whether an NAA designation can be renewed, and why.")
    parser.add_argument("--version", action="version", version=f"cecrules {__version__}")
    commands = parser.add_subparsers(required=True, metavar="COMMAND")

    check = commands.add_parser("check", help="decide submissions", description="Decides submissions in JSON.")
    check.add_argument("files", nargs="+", metavar="FILE", help="a submission in JSON, or - for standard input")
    check.add_argument("--format", choices=("text", "json", "html"), default="text", help="text unless given")
    rules = check.add_mutually_exclusive_group()
    rules.add_argument(
        "--edition",
        default=DEFAULT,
        metavar="RULES",
        help=f"an edition, a TOML file, or {IN_FORCE} for the renewal year's own; {DEFAULT} unless given",
    )
    rules.add_argument("--under", metavar="RULES,RULES", help="decide by each of several editions, side by side")
    check.set_defaults(run=_check)

    show = commands.add_parser("rules", help="show a rulebook", description="Shows, checks or compares rulebooks.")
    what = show.add_mutually_exclusive_group()
    what.add_argument("rules", nargs="?", default=DEFAULT, metavar="RULES", help="an edition or a TOML file")
    what.add_argument("--compare", nargs=2, metavar="RULES", help="say what the second says differently")
    what.add_argument("--check", metavar="FILE", help="report every problem in a rulebook file")
    show.add_argument("--clause", metavar="ID", help="show one clause")
    show.add_argument("--format", choices=("text", "json"), default="text", help="text unless given")
    show.set_defaults(run=_rules)

    batch = commands.add_parser(
        "batch", help="decide many people", description="Decides tables, or --jsonl submissions."
    )
    batch.add_argument("tables", nargs="*", metavar="FILE", help="activities and designations (.csv .parquet .jsonl)")
    batch.add_argument("--jsonl", metavar="FILE", help="submissions, one a line, or - for standard input")
    batch.add_argument("--output", "-o", default="-", metavar="FILE", help="where to write, one row a member")
    batch.add_argument("--decisions", default="", metavar="FILE", help="where to write one row an activity")
    batch.add_argument("--problems", default="", metavar="FILE", help="where to write the rows that cannot be decided")
    batch.add_argument("--renewal-year", type=int, metavar="YEAR", help="the year of the renewals in the tables")
    batch.add_argument("--edition", default=DEFAULT, metavar="RULES", help="an edition or a TOML file")
    batch.add_argument("--engine", default=POLARS, help="polars, spark, or the URL of a Spark master")
    batch.set_defaults(run=_batch)

    form = commands.add_parser("schema", help="write a JSON Schema", description="Writes the JSON Schema of a form.")
    forms = form.add_mutually_exclusive_group()
    for name in FORMS:
        forms.add_argument(f"--{name}", dest="form", action="store_const", const=name)
    form.set_defaults(run=_schema, form=next(iter(FORMS)))
    return parser


def _check(options: argparse.Namespace) -> int:
    names = options.under.split(",") if options.under else [options.edition]
    problems = Problems()
    decided = [(file, _decided(file, names, problems)) for file in options.files]
    problems.settle()
    assessments = [assessment for _, each in decided for assessment in each]
    if options.format == "html":
        _write(to_html(*assessments))
    elif options.format == "json":
        forms = [to_dict(assessment) for assessment in assessments]
        _write(json.dumps(forms if len(forms) > 1 else forms[0], indent=2))
    else:
        several = len(options.files) > 1
        tell = _side_by_side if options.under else _explained
        _show("\n\n".join((f"{printable(file)}\n" if several else "") + tell(each) for file, each in decided))
    return RENEWABLE if all(assessment.renewable for assessment in assessments) else NOT_RENEWABLE


def _decided(file: str, names: Sequence[str], problems: Problems) -> list[Assessment]:
    """Decides one file by each of the rulebooks named."""
    submission = problems.attempt(_placed, file, lambda: _submission(file))
    if submission is None:
        return []
    assessments: list[Assessment | None] = []
    for name in names:
        book = problems.attempt(_rulebook, name, submission.renewal_year)
        if book is not None:
            assessments.append(problems.attempt(_placed, file, functools.partial(evaluate, submission, book)))
    return [assessment for assessment in assessments if assessment]


def _placed(file: str, act: Callable[[], T]) -> T:
    """Returns what `act` does; what it refuses is told with the file it is in."""
    try:
        return act()
    except CecRulesError as error:
        raise InvalidDocument(
            *(InvalidValue(f"{file}: {p.where}".removesuffix(": "), p.problem, p.hint) for p in error.problems)
        ) from None


def _submission(file: str) -> Submission:
    try:
        return loads(sys.stdin.buffer.read() if file == "-" else Path(file).read_bytes())
    except OSError as error:
        raise InvalidValue("", f"cannot be read: {error.strerror}") from None


def _rulebook(name: str, renewal_year: int | None = None) -> Rulebook:
    if name == IN_FORCE and renewal_year is not None:
        return edition_for(renewal_year)
    if name.endswith(".toml") or os.sep in name:
        return _placed(name, lambda: load_rulebook(name))
    return edition(name)


def _explained(assessments: Sequence[Assessment]) -> str:
    return "\n\n".join(map(explain, assessments))


def _side_by_side(assessments: Sequence[Assessment]) -> str:
    width = max(len(assessment.rulebook) for assessment in assessments)
    lines = [f"{', '.join(assessments[0].designations)} for {assessments[0].renewal_year}"]
    for assessment in assessments:
        terms = assessment.terms or (assessment,)
        lines += [f"  {assessment.rulebook:<{width}}  {term_sentence(term)}" for term in terms]
    return "\n".join(map(printable, lines))


def _rules(options: argparse.Namespace) -> int:
    if options.compare:
        comparison = compare(*map(_rulebook, options.compare))
        _tell(options, lambda: to_dict(comparison), lambda: explain_comparison(comparison))
        return RENEWABLE
    file = options.check
    book = _placed(file, lambda: load_rulebook(file)) if file else _rulebook(options.rules)
    if options.clause:
        clause = book.clause(options.clause)
        _tell(options, lambda: to_dict(clause), lambda: explain_clause(clause.id, book))
    elif file:
        _tell(options, lambda: {"id": book.id}, lambda: f"{file}: in order, {book.title} ({book.id})")
    else:
        _tell(options, lambda: plain(book), lambda: explain_rulebook(book))
    return RENEWABLE


def _batch(options: argparse.Namespace) -> int:
    from .batch import decide_lines, decide_tables, stoppable  # noqa: PLC0415 - processes only where asked for

    book = _rulebook(options.edition, options.renewal_year)
    tables = len(options.tables) == 2 and isinstance(options.renewal_year, int) and options.output != "-"
    lines = not (options.tables or options.decisions or options.problems or options.engine != POLARS)
    if not (lines if options.jsonl else tables):
        raise InvalidValue(
            "batch", "needs activities, designations, --renewal-year and --output", "or --jsonl with submissions"
        )
    with stoppable():
        if options.jsonl:
            with sys.stdin.buffer if options.jsonl == "-" else _opened(options.jsonl) as source:
                outcome = decide_lines(
                    source, options.output, rulebook=book, report=lambda line: _note(f"cecrules: {line}")
                )
        else:
            outcome = decide_tables(
                options.tables[0],
                options.tables[1],
                options.output,
                renewal_year=options.renewal_year,
                rulebook=book,
                decisions=options.decisions,
                problems=options.problems,
                engine=options.engine,
            )
    _note(outcome.in_words())
    if outcome.bad:
        return BAD_INPUT
    return RENEWABLE if outcome.renewable == outcome.decided else NOT_RENEWABLE


def _opened(file: str) -> BinaryIO:
    try:
        return Path(file).open("rb")
    except OSError as error:
        raise InvalidValue(file, f"cannot be read: {error.strerror}") from None


def _note(text: str) -> None:
    sys.stderr.write("".join(printable(line) + "\n" for line in text.splitlines()))


def _schema(options: argparse.Namespace) -> int:
    _write(json.dumps(schema(options.form), indent=2))
    return RENEWABLE


def _tell(options: argparse.Namespace, form: Callable[[], object], words: Callable[[], str]) -> None:
    if options.format == "json":
        _write(json.dumps(form(), indent=2))
    else:
        _show(words())


def _write(text: str) -> None:
    """Writes what another program reads: UTF-8 wherever it goes."""
    sys.stdout.flush()
    sys.stdout.buffer.write(text.rstrip("\n").encode() + b"\n")


def _show(text: str) -> None:
    """Writes what a person reads: in colour on a terminal that wants it, plain elsewhere."""
    if sys.stdout.isatty() and not os.environ.get("NO_COLOR"):
        try:
            from rich.console import Console  # noqa: PLC0415 - an extra
            from rich.text import Text  # noqa: PLC0415
        except ImportError:
            pass
        else:
            coloured = Text(text)
            coloured.highlight_regex(r"(?m)^(Renewable|Counts)\b|\[met\]|\baccepted\b", "green")
            coloured.highlight_regex(r"(?m)^Not renewable\b|\[not met\]|\brejected\b", "red")
            coloured.highlight_regex(r"\breduced\b", "yellow")
            coloured.highlight_regex(r"(?m)^[A-Z][a-z ]+$", "bold")
            Console(soft_wrap=True).print(coloured)
            return
    encoding = sys.stdout.encoding or "utf-8"
    sys.stdout.write(text.encode(encoding, "replace").decode(encoding) + "\n")
