"""`cecrules layout` proposes a layout for files of tables, or checks one."""

from __future__ import annotations

import argparse
from typing import Any

from ..errors import ErrorCode, InvalidValue
from ..layouts.loading import read_layout
from ..printable import printable
from ..process import tell
from ..toml_text import text_in
from .codes import DONE
from .given import placed
from .showing import show, write

__all__ = ["add_to"]

_NEEDS = "name the files to propose a layout for, or a layout with --check"


def add_to(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser(
        "layout", help="propose a layout for tables", description="Proposes a layout for files, or checks one."
    )
    parser.add_argument("files", nargs="*", metavar="FILE", help="activities and designations (.csv .tsv .txt .xlsx)")
    parser.add_argument("--check", metavar="FILE", help="report every problem in a layout")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    file = options.check
    if bool(file) == bool(options.files):
        code = ErrorCode.CONFLICT if file else ErrorCode.MISSING
        raise InvalidValue("layout", "needs files, or --check and one file", _NEEDS, code)
    if file:
        text = placed(file, lambda: text_in(file))
        layout = placed(file, lambda: read_layout(text))
        tables = [name for name in ("activities", "designations") if getattr(layout, name)]
        show(printable(f"{file}: in order, a layout of {' and '.join(tables)}"))
        from ..layouts.questions import left_open  # noqa: PLC0415 - most commands need none of it

        _tell_questions(left_open(text))
        return DONE
    from ..layouts.proposing import proposed  # noqa: PLC0415 - likewise

    proposal = proposed(options.files)
    write(proposal.text)
    _tell_questions(proposal.questions)
    return DONE


def _tell_questions(count: int) -> None:
    if count:
        are = f"{count} questions are" if count > 1 else "1 question is"
        tell(f"cecrules: {are} left, in the lines that begin with `# ?`")
