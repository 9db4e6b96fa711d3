"""`cecrules schema` writes the JSON Schema of a form."""

from __future__ import annotations

import argparse
from typing import Any

from ..converters import in_words
from ..schemas import FORMS, schema
from .codes import DONE
from .showing import write_json

__all__ = ["add_to"]


def add_to(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("schema", help="write a JSON Schema", description="Writes the JSON Schema of a form.")
    forms = parser.add_mutually_exclusive_group()
    first, *_ = FORMS
    for name in FORMS:
        unless = " (unless another is given)" if name == first else ""
        says = "of one row of years" if name == "years" else f"of {in_words(name)}{unless}"
        forms.add_argument(f"--{name}", dest="form", action="store_const", const=name, help=says)
    parser.set_defaults(run=_run, form=first)


def _run(options: argparse.Namespace) -> int:
    write_json(schema(options.form))
    return DONE
