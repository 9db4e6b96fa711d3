"""`cecrules check` decides submissions, one or more, by one rulebook or by several side by side."""

from __future__ import annotations

import argparse
from collections.abc import Sequence
from functools import partial
from typing import Any

from ..assessments import Assessment
from ..errors import Problems
from ..evaluation import evaluate
from ..interchange import to_dict
from ..presentation.html import to_html
from ..presentation.sentences import term_sentence
from ..presentation.text import explain
from ..printable import printable
from ..rulebook.editions import DEFAULT
from .codes import NOT_RENEWABLE, RENEWABLE
from .given import RULES, placed, rulebook_named, submission_in
from .showing import show, write, write_json

__all__ = ["add_to"]


def add_to(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("check", help="decide submissions", description="Decides submissions in JSON.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a submission in JSON, or - for standard input")
    parser.add_argument("--format", choices=("text", "json", "html"), default="text", help="text unless given")
    rules = parser.add_mutually_exclusive_group()
    rules.add_argument("--edition", default=DEFAULT, metavar="RULES", help=RULES)
    rules.add_argument("--under", metavar="RULES,RULES", help="decide by each of several editions, side by side")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    names = options.under.split(",") if options.under else [options.edition]
    problems = Problems()
    decided = [(file, _decided(file, names, problems)) for file in options.files]
    problems.settle()
    assessments = [assessment for _, each in decided for assessment in each]
    if options.format == "html":
        write(to_html(*assessments))
    elif options.format == "json":
        forms = [to_dict(assessment) for assessment in assessments]
        write_json(forms if len(forms) > 1 else forms[0])
    else:
        several = len(options.files) > 1
        words = _side_by_side if options.under else _explained
        show("\n\n".join((f"{printable(file)}\n" if several else "") + words(each) for file, each in decided))
    return RENEWABLE if all(assessment.renewable for assessment in assessments) else NOT_RENEWABLE


def _decided(file: str, names: Sequence[str], problems: Problems) -> list[Assessment]:
    """Decides one file by each of the rulebooks named."""
    name = "standard input" if file == "-" else file
    submission = problems.attempt(placed, name, partial(submission_in, file))
    if submission is None:
        return []
    assessments: list[Assessment | None] = []
    for rules in names:
        book = problems.attempt(rulebook_named, rules, submission.renewal_year)
        if book is not None:
            assessments.append(problems.attempt(placed, name, partial(evaluate, submission, book)))
    return [assessment for assessment in assessments if assessment]


def _explained(assessments: Sequence[Assessment]) -> str:
    return "\n\n".join(map(explain, assessments))


def _side_by_side(assessments: Sequence[Assessment]) -> str:
    width = max(len(assessment.rulebook) for assessment in assessments)
    lines = [f"{', '.join(assessments[0].designations)} for {assessments[0].renewal_year}"]
    for assessment in assessments:
        terms = assessment.terms or (assessment,)
        lines += [f"  {assessment.rulebook:<{width}}  {term_sentence(term)}" for term in terms]
    return "\n".join(map(printable, lines))
