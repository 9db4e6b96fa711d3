"""Reads a file by its layout into the library's own columns, for the tables of a batch.

A file of text or a workbook is read whole, row by row in Python: an office's file is small, and each of its rows keeps
the number of its line.
"""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Mapping
from functools import partial
from typing import Any

import attrs
import narwhals as nw

from ..converters import nearest
from ..errors import ErrorCode, Problems, shown
from ..frames.arranging import arranged
from ..layouts.cells import TableLayout, is_total
from ..layouts.files import Kept, kept_in
from .stores import LINE, Store
from .strict import Lines

__all__ = ["LaidOut", "laid_out"]


@attrs.frozen
class LaidOut:
    """A table that was read by its layout.

    Attributes:
        frame: Its rows in the library's own columns, and their lines.
        unread: The headings that the layout does not name.
        spread: How many rows go over several lines.
        totals: How many rows are totals, and left out.
    """

    frame: Any
    unread: tuple[str, ...] = ()
    spread: int = 0
    totals: int = 0


def laid_out(store: Store, path: str, table: TableLayout, name: str) -> LaidOut:
    """Reads a file by its layout.

    Each row has the number of its line, or of the row of its sheet, and the same in the column `row` unless the layout
    says which column that is. Rows without anything in them are left out.

    Args:
        store: The engine; Polars.
        path: A file of text, a workbook, or Parquet.
        table: Its layout.
        name: Which table it is.

    Raises:
        CecRulesError: The file cannot be read by this layout.
    """
    if path.lower().endswith(".parquet"):
        opened: Any = nw.from_native(store.open(path, "parquet", Lines()))
        return LaidOut(arranged(opened, table, name, LINE))
    kept = kept_in(path, table.file)
    wanted = _wanted(table)
    return LaidOut(
        frame=arranged(nw.from_native(_frame(path, kept, table)), table, name, LINE),
        unread=tuple(heading for heading in kept.headings if heading and heading not in wanted),
        spread=sum(any("\n" in cell or "\r" in cell for cell in cells) for _, cells in kept.rows),
        totals=sum(_is_total(dict(zip(kept.headings, cells, strict=False)), table) for _, cells in kept.rows),
    )


def _is_total(row: Mapping[str, str], table: TableLayout) -> bool:
    return any(is_total(row.get(rows.heading, ""), rows) for rows in table.totals)


def _frame(path: str, kept: Kept, table: TableLayout) -> Any:
    """Returns the columns that a layout names, as a lazy frame of Polars."""
    import polars  # noqa: PLC0415 - an extra, which the engine has found

    wanted = _wanted(table)
    problems = Problems()
    for heading in wanted:
        if kept.headings.count(heading) > 1:
            problems.add(
                f"{path}: {heading}",
                "must be the heading of one column, got it several times",
                code=ErrorCode.REPEATED_KEY,
            )
        elif heading not in kept.headings:
            problem = f"must have a heading {shown(heading)} in row {table.file.heading_row}"
            hint = partial(nearest, heading, [each for each in kept.headings if each])
            problems.add(path, problem, hint, code=ErrorCode.MISSING)
    problems.settle()
    columns: dict[str, list[Any]] = {}
    for heading in wanted:
        place = kept.headings.index(heading)
        columns[heading] = [cells[place] if place < len(cells) else None for _, cells in kept.rows]
    columns[LINE] = [line for line, _ in kept.rows]
    return polars.LazyFrame(columns, schema={**dict.fromkeys(wanted, polars.String), LINE: polars.Int64})


def _wanted(table: TableLayout) -> list[str]:
    """Returns the headings that a layout names, each once."""
    headings = [heading for heading in attrs.asdict(table.columns).values() if heading is not None]
    return list(dict.fromkeys([*headings, *(rows.heading for rows in table.totals)]))
