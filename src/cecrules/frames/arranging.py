"""Arranges a table as an office keeps it into the library's own columns (`arrange`).

The distinct texts of a column are collected, each is read once by `layouts.cells`, and the readings are joined back.
"""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportUnnecessaryIsInstance=false
# pyright: reportCallIssue=false

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from typing import Any

import attrs
import narwhals as nw
from narwhals.dtypes import DType
from narwhals.typing import IntoFrameT

from ..activities import FLAGS
from ..converters import nearest
from ..errors import ErrorCode, Problems, insist, shown
from ..layouts.cells import Reading, TableLayout, is_total, readings_of, text_of
from ..layouts.layout import ActivitiesLayout, DesignationsLayout
from ..layouts.lengths import LengthForm
from .joining import distinct, joined_back, plainly_named
from .tables import ACTIVITIES, DESIGNATIONS, WORDS, Frame, frame_opened
from .types import in_usual_types

__all__ = ["arrange", "arranged"]

DAYS = ("earned_on", "term_start")
LENGTHS = ("hours", "minutes")
ROW = "row"
_NUMBERED = "cecrules_row"
# Types whose values no file of text has; they are left for the tables to refuse by the name of the column.
_NO_TEXTS = (nw.List, nw.Array, nw.Struct, nw.Binary)


def arrange(frame: IntoFrameT, table: TableLayout) -> IntoFrameT:
    """Arranges a table as an office keeps it into the columns that `evaluate_frame` reads.

    Each cell is read in the ways that the layout states, or not at all: a day is never shifted, a length never rounded,
    a word never guessed. A cell that is not read keeps its text, and `problems_frame` reports its row with it.

    Args:
        frame: A table of activities or of designations, as a frame of any engine.
        table: The layout of that table: `layout.activities` or `layout.designations`.

    Returns:
        A frame of the same kind, in the same order, without the rows that are totals. Its columns are those of the
        layout, of text: days as YYYY-MM-DD, `minutes`, codes, `true` and `false`. Columns of dates, of true and false,
        of lists, and of lengths in numbers stay as they are. It has `row`, the place of the row in the frame from 0, if
        the layout has totals and the frame keeps an order; a column `row` of whole numbers stays.

    Raises:
        InvalidValue: `table` or `frame` is not what it must be, or the frame lacks a heading of the layout.
        InvalidDocument: More than one heading is missing; `problems` lists them all.
    """
    of_layout = ActivitiesLayout | DesignationsLayout
    insist(table, of_layout, ("table",), "a part of a layout", "layout.activities or layout.designations")
    name = ACTIVITIES if isinstance(table, ActivitiesLayout) else DESIGNATIONS
    problems = Problems()
    given = frame_opened(name, frame, problems)
    problems.settle()
    made: Any = arranged(given.lazy() if given.implementation.is_polars() else given, table, name)
    if isinstance(given, nw.DataFrame):
        made = nw.maybe_reset_index(made.collect() if isinstance(made, nw.LazyFrame) else made)
    native: IntoFrameT = made.to_native()
    return native


def arranged(frame: Frame, table: TableLayout, name: str, lines: str = "") -> Frame:
    """Arranges a table that is opened; `lines` is a column of numbers of rows, which stays."""
    found = frame.collect_schema().names()
    headings = _headings(table, found, name)
    wanted = (*headings.values(), *(rows.heading for rows in table.totals))
    frame, plain = plainly_named(in_usual_types(frame, dict.fromkeys(wanted)))
    schema = dict(frame.collect_schema())
    headings = {column: plain[heading] for column, heading in headings.items()}
    if ROW in schema and ROW not in headings and schema[ROW].is_integer():
        headings[ROW] = ROW
    if lines and ROW not in headings:
        headings[ROW] = lines
    if table.totals and ROW not in headings and (isinstance(frame, nw.DataFrame) or frame.implementation.is_polars()):
        frame = frame.with_row_index(_NUMBERED) if isinstance(frame, nw.DataFrame) else _numbered(frame)
        headings[ROW] = _NUMBERED
    for rows in table.totals:
        heading = plain[rows.heading]
        if isinstance(schema[heading], WORDS):
            totals = [text for text in distinct(frame, heading) if is_total(text_of(text), rows)]
            if totals:
                left_out = nw.col(heading).cast(nw.String).is_in(totals)
                frame = frame.filter(~left_out.fill_null(False))
    plans = [_plan(column, heading, schema.get(heading, nw.Int64()), table) for column, heading in headings.items()]
    frame = joined_back(frame, {plan.helper: (plan.heading, plan.read) for plan in plans if plan.read})
    return frame.select(*[plan.expression for plan in plans], *filter(None, [lines]))


def _headings(table: TableLayout, found: Sequence[str], name: str) -> dict[str, str]:
    """Returns the heading of each column that the layout has."""
    headings: dict[str, str] = {column: heading for column, heading in attrs.asdict(table.columns).items() if heading}
    wanted = [(("columns", column), heading) for column, heading in headings.items()]
    wanted += [(("totals", rows.heading), rows.heading) for rows in table.totals]
    problems = Problems()
    for path, heading in wanted:
        if heading not in found:
            problem = f"must be a heading of the table, got {shown(heading)}"
            problems.add((name, *path), problem, partial(nearest, heading, found), code=ErrorCode.MISSING)
    problems.settle()
    return headings


def _numbered(frame: Frame) -> Frame:
    numbered: Frame = nw.from_native(frame.to_native().with_row_index(_NUMBERED))
    return numbered


@attrs.frozen
class _Plan:
    """How one column is made: from a reading of each distinct text under a heading, or by an expression alone."""

    expression: nw.Expr
    helper: str = ""
    heading: str = ""
    read: Callable[[object], str | None] | None = None


def _plan(column: str, heading: str, dtype: DType, table: TableLayout) -> _Plan:
    typed = (
        (column in DAYS and isinstance(dtype, nw.Date | nw.Datetime))
        or (column in FLAGS and isinstance(dtype, nw.Boolean))
        or (column == "documents" and isinstance(dtype, nw.List))
        or (column in LENGTHS and _is_number(dtype) and _has_numbers(table))
    )
    if column == ROW:
        return _Plan(nw.col(heading).cast(nw.Int64).alias(column))
    if typed or isinstance(dtype, _NO_TEXTS):
        return _Plan(nw.col(heading).alias(column))
    reading = readings_of(table).get(column)
    if reading is None and isinstance(dtype, WORDS):
        text = nw.col(heading).cast(nw.String).str.strip_chars()
        return _Plan(nw.when(text != "").then(text).alias(column))
    if reading is None and dtype.is_integer():
        return _Plan(nw.col(heading).cast(nw.String).alias(column))
    helper = f"cecrules_{column}"
    name = "minutes" if column in LENGTHS else column
    return _Plan(nw.col(helper).alias(name), helper, heading, partial(_read, reading))


def _read(reading: Reading | None, value: object) -> str | None:
    text = text_of(value)
    return (reading(text) if reading and text else text) or None


def _is_number(dtype: DType) -> bool:
    return dtype.is_integer() or dtype.is_float() or dtype.is_decimal()


def _has_numbers(table: TableLayout) -> bool:
    return isinstance(table, ActivitiesLayout) and LengthForm.NUMBER in table.lengths.forms
