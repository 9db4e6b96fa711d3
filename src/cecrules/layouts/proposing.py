"""Proposes a layout for files that have never been seen, as TOML with questions (`proposed`).

Only plain readings are taken. A question is a comment with the lines to choose from; until you keep one of them, the
rows it concerns are reported.
"""

from __future__ import annotations

from collections.abc import Sequence

import attrs

from ..activities import FLAGS
from ..errors import ErrorCode, InvalidValue
from ..likeness import folded
from .files import Kept
from .likeness import words_for
from .loading import LAYOUT_FORMAT
from .placing import DAYS, UNITS, VOCABULARIES, Placed, placed
from .questions import (
    ASKS,
    days_section,
    file_section,
    flags_section,
    lengths_section,
    listed,
    quoted,
    words_section,
)
from .sniffing import Found, found_in
from .splitting import dividers_of, parts_of

__all__ = ["Proposal", "proposed"]

_TABLES = {"kind": "kinds", "documents": "documents", "designation": "designations"}
_READ = (*VOCABULARIES, *UNITS, *DAYS, *FLAGS)


@attrs.frozen
class Proposal:
    """A layout proposed for files.

    Attributes:
        text: The layout as TOML.
        questions: How many questions it has.
    """

    text: str
    questions: int


def proposed(paths: Sequence[str]) -> Proposal:
    """Proposes a layout for files of activities, of designations, or of both.

    Args:
        paths: The files. Several of one table have the same headings in the same form.

    Raises:
        InvalidValue: A file cannot be read, or two files of one table differ in their form.
    """
    tables: dict[str, Found] = {}
    for path in paths:
        for found in found_in(path):
            first = tables.setdefault(found.name, found)
            if first is not found:
                tables[found.name] = _together(first, found)
    lines = [f"format = {quoted(LAYOUT_FORMAT)}"]
    for name in sorted(tables):
        lines += _of_table(tables[name])
    return Proposal("\n".join(lines) + "\n", sum(line.lstrip().startswith(ASKS) for line in lines))


def _together(first: Found, other: Found) -> Found:
    if (first.form, first.kept.headings) != (other.form, other.kept.headings):
        problem = f"must have the form and the headings of {first.path}, which has {first.name} too"
        raise InvalidValue(other.path, problem, "propose a layout for each", ErrorCode.CONFLICT)
    return attrs.evolve(first, kept=Kept(first.kept.headings, (*first.kept.rows, *other.kept.rows)))


def _of_table(found: Found) -> list[str]:
    """Returns the lines of one table."""
    name, where = found.name, placed(found)
    blank = frozenset(words_for("cells", "blanks"))
    texts = {column: where.texts[column] for column in _READ if column in where.texts}
    blanks = list(dict.fromkeys(text for each in texts.values() for text in each if folded(text) in blank))
    left = {column: [text for text in each if text not in blanks] for column, each in texts.items()}
    divided = dividers_of(left.get("documents", []))
    words = (part for text in left.get("documents", ()) for part in parts_of(text, divided))
    left["documents"] = list(dict.fromkeys(words))
    sections = [_cells_section(name, divided, blanks), file_section(name, found.form), _columns_section(name, where)]
    sections.append(days_section(name, [text for column in DAYS for text in left.get(column, ())]))
    for column, unit in UNITS.items():
        sections.append(lengths_section(name, left.get(column, ()), unit))
    for column, kind in VOCABULARIES.items():
        sections.append(words_section(f"{name}.{_TABLES[column]}", kind, left.get(column, ())))
    sections.append(flags_section(name, list(dict.fromkeys(text for flag in FLAGS for text in left.get(flag, ())))))
    sections.append(_totals_section(name, where))
    return [line for section in sections if section for line in ("", *section)]


def _cells_section(name: str, divided: Sequence[str], blanks: Sequence[str]) -> list[str]:
    lines = [f"documents_divided_by = {listed(divided)}"] if divided else []
    lines += [f"blanks = {listed(blanks)}"] if blanks else []
    return [f"[{name}]", *lines] if lines else []


def _columns_section(name: str, where: Placed) -> list[str]:
    lines = [f"{column} = {quoted(heading)}" for column, heading in where.headings.items()]
    return [f"[{name}.columns]", *lines, *where.questions]


def _totals_section(name: str, where: Placed) -> list[str]:
    lines = [f"{quoted(heading)} = {listed(words)}" for heading, words in where.totals.items()]
    return [f"[{name}.totals]", *lines] if lines else []
