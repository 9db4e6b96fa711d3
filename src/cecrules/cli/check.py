"""`cecrules check` decides submissions, by one rulebook or by several side by side, and names the next steps."""

from __future__ import annotations

import argparse
import os
from collections.abc import Sequence
from contextlib import suppress
from datetime import date
from functools import partial
from pathlib import Path
from typing import Any

import attrs

from ..ahead.doubts import Readings, readings
from ..ahead.forecasts import Outlook
from ..ahead.outlooks import outlook, read_hours_a_day
from ..ahead.worths import Worth, worth
from ..assessments import Assessment
from ..converters import preferring
from ..errors import CecRulesError, ErrorCode, InvalidValue, Problems
from ..evaluation import evaluate
from ..interchange import dumps, to_dict
from ..keeping.receipts import receipt
from ..presentation.html import to_html
from ..presentation.sentences import term_sentence, under_verdict, verdict_parts
from ..presentation.text import explain
from ..printable import printable
from ..records.receipts import Receipt
from ..rulebook.editions import DEFAULT
from ..rulebook.index import index_of
from ..rulebook.rulebook import Rulebook
from ..submissions import Submission
from .codes import NOT_RENEWABLE, RENEWABLE
from .given import IN_FORCE, RULES, day_given, named, placed, rulebook_named, submission_in
from .showing import show, write, write_json

__all__ = ["add_to"]

# The hours of a whole day.
DAY = 24


def add_to(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("check", help="decide submissions", description="Decides submissions in JSON.")
    parser.add_argument("files", nargs="+", metavar="FILE", help="a submission in JSON, or - for standard input")
    parser.add_argument("--format", choices=("text", "json", "html"), default="text", help="text unless given")
    rules = parser.add_mutually_exclusive_group()
    rules.add_argument("--edition", default=DEFAULT, metavar="RULES", help=RULES)
    rules.add_argument("--under", metavar="RULES,RULES", help="decide by each of several editions, side by side")
    parser.add_argument("--as-of", metavar="DAY", help="add an outlook on that day, as YYYY-MM-DD")
    parser.add_argument("--hours-a-day", metavar="HOURS", help="the hours of a day for it; 24 unless given")
    parser.add_argument("--worth", action="store_true", help="say what one more entry of each kind would add")
    parser.add_argument("--readings", action="store_true", help="say whether it depends on how a clause is read")
    parser.add_argument(
        "--clause-pages", default="", metavar="URL", help="for html: where the pages of clauses are served"
    )
    parser.add_argument("--receipt", metavar="FILE", help="also write a receipt, which `cecrules verify` checks later")
    parser.set_defaults(run=_run)


@attrs.frozen
class _Answer:
    """An assessment, the answers beside it and its receipt, as far as they are wanted."""

    assessment: Assessment
    outlook: Outlook | None = None
    worth: Worth | None = None
    readings: Readings | None = None
    receipt: Receipt | None = None


def _run(options: argparse.Namespace) -> int:
    names = options.under.split(",") if options.under else [options.edition]
    day = day_given(options.as_of)
    if options.hours_a_day is not None:
        read_hours_a_day(options.hours_a_day, ("--hours-a-day",))
    if options.under and (day or options.worth or options.readings):
        raise InvalidValue(
            "check", "takes no --as-of, --worth or --readings with --under", "give --edition", ErrorCode.CONFLICT
        )
    if options.hours_a_day is not None and day is None:
        raise InvalidValue("check", "takes --hours-a-day with --as-of alone", "give --as-of", ErrorCode.CONFLICT)
    if options.receipt and (options.under or len(options.files) > 1):
        raise InvalidValue(
            "check", "takes --receipt with one file and one edition", "run it once for each", ErrorCode.CONFLICT
        )
    if options.receipt:
        _insist_on_another(options.receipt, [*options.files, options.edition])
    problems = Problems()
    decided = [(file, _decided(file, names, day, options, problems)) for file in options.files]
    problems.settle()
    answers = [answer for _, each in decided for answer in each]
    if options.receipt:
        _keep(options.receipt, answers[0])
    if options.format == "html":
        write(_page([file for file, each in decided for _ in each], answers, options.clause_pages))
    elif options.format == "json":
        forms = [_form(answer) for answer in answers]
        write_json(forms if len(forms) > 1 else forms[0])
    else:
        several = len(options.files) > 1
        words = _side_by_side if options.under else _explained
        parts = [(f"{printable(file)}\n" if several else "") + words(each) for file, each in decided]
        show("\n\n".join([_summary(decided), *parts] if several and not options.under else parts))
    return RENEWABLE if all(answer.assessment.renewable for answer in answers) else NOT_RENEWABLE


def _decided(
    file: str, names: Sequence[str], day: date | None, options: argparse.Namespace, problems: Problems
) -> list[_Answer]:
    """Decides one file by each of the rulebooks named."""
    name = named(file)
    submission = problems.attempt(placed, name, partial(_read, file, names))
    if submission is None:
        return []
    answers: list[_Answer | None] = []
    for rules in names:
        book = problems.attempt(rulebook_named, rules, submission.renewal_year)
        if book is not None:
            answers.append(problems.attempt(placed, name, partial(_answer, submission, book, day, options)))
    return [answer for answer in answers if answer]


def _read(file: str, names: Sequence[str]) -> Submission:
    """Reads a submission; a hint has the kinds last that the rulebook, if it is known already, does not list."""
    try:
        return submission_in(file)
    except CecRulesError as error:
        if len(names) > 1 or names[0] == IN_FORCE:
            raise
        raise error.each(partial(preferring, index_of(rulebook_named(names[0])).unlisted_kinds)) from None


def _answer(submission: Submission, book: Rulebook, day: date | None, options: argparse.Namespace) -> _Answer:
    return _Answer(
        evaluate(submission, book),
        outlook(submission, day, book, hours_a_day=options.hours_a_day or DAY) if day else None,
        worth(submission, book) if options.worth else None,
        readings(submission, book) if options.readings else None,
        receipt(submission, book) if options.receipt else None,
    )


def _insist_on_another(file: str, read: Sequence[str]) -> None:
    """Refuses to write a receipt to standard output, which has the answer, or over a file that is read."""
    if file == "-":
        hint = "standard output has the answer"
        raise InvalidValue("--receipt", "must be the name of a file, got -", hint, ErrorCode.CONFLICT)
    with suppress(OSError):  # there is no such file yet
        if any(os.path.samefile(file, name) for name in read if os.path.exists(name)):
            raise InvalidValue(file, "is the file that is read, and must be another one", code=ErrorCode.CONFLICT)


def _keep(file: str, answer: _Answer) -> None:
    """Writes a receipt, whole or not at all, in the bytes whose fingerprint is the same everywhere."""
    from ..batch.parts import whole  # noqa: PLC0415 - most checks need none of it

    with whole(file) as part:
        Path(part).write_text(dumps(answer.receipt), "utf-8")


def _form(answer: _Answer) -> object:
    """Returns the JSON form of an assessment, or one with the answers beside it if there are any."""
    beside = {"outlook": answer.outlook, "worth": answer.worth, "readings": answer.readings}
    forms = {name: to_dict(value) for name, value in beside.items() if value is not None}
    made = to_dict(answer.assessment)
    return {"assessment": made, **forms} if forms else made


def _page(files: Sequence[str], answers: Sequence[_Answer], clause_pages: str) -> str:
    outlooks = [answer.outlook for answer in answers if answer.outlook]
    worths = [answer.worth for answer in answers if answer.worth]
    others = [answer.readings for answer in answers if answer.readings]
    return to_html(
        *[answer.assessment for answer in answers],
        source=[*map(named, files)],
        printed_on=date.today(),
        clause_pages=clause_pages,
        outlook=outlooks or None,
        worth=worths or None,
        readings=others or None,
    )


def _summary(decided: Sequence[tuple[str, Sequence[_Answer]]]) -> str:
    """Returns one line for each file, under a line that counts them."""
    found = [(file, answer.assessment) for file, answers in decided for answer in answers]
    width = max(len(printable(file)) for file, _ in found)
    renewable = sum(assessment.renewable for _, assessment in found)
    lines = [f"{renewable} of {len(found)} renewable"]
    for file, assessment in found:
        state, held, figures = verdict_parts(assessment)
        lines.append(f"  {printable(file):<{width}}  {state}: {held}. {figures}")
        lines += [f"  {'':<{width}}  {printable(note)}" for note in _notes(assessment)]
    return "\n".join(lines)


def _explained(answers: Sequence[_Answer]) -> str:
    return "\n\n".join(
        explain(answer.assessment, outlook=answer.outlook, worth=answer.worth, readings=answer.readings)
        for answer in answers
    )


def _side_by_side(answers: Sequence[_Answer]) -> str:
    assessments = [answer.assessment for answer in answers]
    width = max(len(assessment.rulebook) for assessment in assessments)
    lines = [f"{', '.join(assessments[0].designations)} for {assessments[0].renewal_year}"]
    for assessment in assessments:
        terms = assessment.terms or (assessment,)
        lines += [f"  {assessment.rulebook:<{width}}  {term_sentence(term)}" for term in terms]
        lines += [f"  {'':<{width}}  {note}" for note in _notes(assessment)]
    return "\n".join(map(printable, lines))


def _notes(assessment: Assessment) -> list[str]:
    return [f"Note: {sentence}." for sentence in under_verdict(assessment)]
