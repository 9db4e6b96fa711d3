"""`cecrules years` says which renewal each activity of a submission counts for, by the edition in force each year."""

from __future__ import annotations

import argparse
import re
from functools import partial
from typing import Any

from ..ahead.histories import years
from ..errors import ErrorCode, InvalidValue
from ..interchange import to_dict
from ..presentation.ahead_sentences import year_sentence
from ..submissions import FIRST_YEAR, LAST_YEAR
from .codes import DONE
from .given import named, placed, submission_in
from .showing import show_either

__all__ = ["add_to"]

_YEARS = re.compile(r"([0-9]{4})(?:-([0-9]{4}))?")


def add_to(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser(
        "years",
        help="say which renewal each activity counts for",
        description="Decides the activities of a submission for several renewal years, each by the edition in force.",
    )
    parser.add_argument("file", metavar="FILE", help="a submission in JSON, or - for standard input")
    parser.add_argument("years", metavar="YEARS", help="renewal years, such as 2014 or 2014-2016")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text unless given")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    wanted = _read_years(options.years)
    name = named(options.file)
    made = placed(name, partial(submission_in, options.file))
    own = made.renewal_year
    found = years(
        made.activities,
        made.designations,
        wanted,
        term_starts={own: dict(made.term_starts)},
        renewal_dates={own: made.renewal_date} if made.renewal_date else None,
    )
    show_either(
        options.format,
        lambda: [to_dict(year) for year in found],
        lambda: "\n".join(map(year_sentence, found)),
    )
    return DONE


def _read_years(text: str) -> range:
    read = _YEARS.fullmatch(text)
    first, last = (int(read[1]), int(read[2] or read[1])) if read else (0, 0)
    if not FIRST_YEAR <= first <= last <= LAST_YEAR:
        problem = f"must be renewal years from {FIRST_YEAR} to {LAST_YEAR}, such as 2014-2016"
        raise InvalidValue("YEARS", problem, code=ErrorCode.OUT_OF_RANGE if read else ErrorCode.MALFORMED)
    return range(first, last + 1)
