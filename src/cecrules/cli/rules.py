"""`cecrules rules` shows, checks or compares rulebooks."""

from __future__ import annotations

import argparse
from typing import Any

from ..interchange import to_dict
from ..presentation.comparison_text import explain_comparison
from ..presentation.rulebook_text import explain_clause, explain_rulebook
from ..printable import printable
from ..rulebook.comparison import compare
from ..rulebook.editions import DEFAULT, load_rulebook
from ..unstructuring import plain
from .codes import DONE
from .given import placed, rulebook_named
from .showing import show_either

__all__ = ["add_to"]


def add_to(commands: Any) -> None:
    """Adds the command to a parser's commands."""
    parser = commands.add_parser("rules", help="show a rulebook", description="Shows, checks or compares rulebooks.")
    what = parser.add_mutually_exclusive_group()
    what.add_argument(
        "rules",
        nargs="?",
        default=DEFAULT,
        metavar="RULES",
        help=f"an edition or a TOML file; {DEFAULT} unless given",
    )
    what.add_argument("--compare", nargs=2, metavar="RULES", help="say what the second says differently")
    what.add_argument("--check", metavar="FILE", help="report every problem in a rulebook file")
    parser.add_argument("--clause", metavar="ID", help="show one clause")
    parser.add_argument("--format", choices=("text", "json"), default="text", help="text unless given")
    parser.set_defaults(run=_run)


def _run(options: argparse.Namespace) -> int:
    if options.compare:
        comparison = compare(*map(rulebook_named, options.compare))
        show_either(options.format, lambda: to_dict(comparison), lambda: explain_comparison(comparison))
        return DONE
    file = options.check
    book = placed(file, lambda: load_rulebook(file)) if file else rulebook_named(options.rules)
    if options.clause:
        clause = book.clause(options.clause)
        show_either(options.format, lambda: to_dict(clause), lambda: explain_clause(clause.id, book))
    elif file:
        in_order = printable(f"{file}: in order, {book.title} ({book.id})")
        show_either(options.format, lambda: {"id": book.id}, lambda: in_order)
    else:
        show_either(options.format, lambda: plain(book), lambda: explain_rulebook(book))
    return DONE
