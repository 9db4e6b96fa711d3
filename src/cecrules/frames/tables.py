"""Opens the two tables a whole association is decided by, and refuses at once what cannot be read.

Activities have the columns of the JSON form and `member`; designations are one row each, `member`, `designation`
and, where each has a term of its own, `term_start`. Each column is checked for its type here, so that every later
expression can trust it.
"""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportUnnecessaryIsInstance=false
# pyright: reportCallIssue=false

from __future__ import annotations

from collections.abc import Sequence
from typing import Any, TypeAlias

import attrs
import narwhals as nw
from narwhals.dtypes import DType

from ..activities import FLAGS
from ..documents import DocumentKind
from ..errors import Problems

__all__ = ["ACTIVITIES", "DESIGNATIONS", "Frame", "Table", "Tables", "across", "given_back", "opened"]

# An eager frame is handled as a lazy one: they share the methods used here.
Frame: TypeAlias = "nw.LazyFrame[Any]"

ACTIVITIES, DESIGNATIONS = "activities", "designations"

_WORDS = (nw.String, nw.Categorical, nw.Enum)
# Whole numbers that may not fit into 64 bits with a sign.
_WIDE = (nw.UInt64, nw.Int128, nw.UInt128)


@attrs.frozen
class _Column:
    """What a column has to hold; one that is optional may be absent."""

    expected: str
    types: tuple[type[DType], ...] = _WORDS
    integers: bool = False
    decimals: bool = False
    optional: bool = False

    def accepts(self, dtype: DType) -> bool:
        if isinstance(dtype, nw.Datetime):
            return nw.Datetime in self.types and dtype.time_zone is None
        if isinstance(dtype, nw.List):
            return nw.List in self.types and dtype.inner == nw.String
        return (
            isinstance(dtype, self.types)
            or (self.integers and dtype.is_integer() and not isinstance(dtype, _WIDE))
            or (self.decimals and (dtype.is_float() or dtype.is_decimal()))
        )


_TEXT = "text"
_WHOLE = "whole numbers of 64 bits with a sign"
_DAYS = _Column("dates, or times without a time zone", (nw.Date, nw.Datetime))
_COLUMNS = {
    ACTIVITIES: {
        "member": _Column(f"text or {_WHOLE}", integers=True),
        "title": _Column(_TEXT),
        "kind": _Column(_TEXT),
        "earned_on": _DAYS,
        "hours": _Column("numbers", (), integers=True, decimals=True, optional=True),
        "minutes": _Column(_WHOLE, (), integers=True, decimals=True, optional=True),
        "provider": _Column(_TEXT, optional=True),
        **dict.fromkeys(FLAGS, _Column("true or false", (nw.Boolean,), optional=True)),
        "documents": _Column("text separated by `;`, or lists of text", (*_WORDS, nw.List), optional=True),
        "row": _Column(_WHOLE, (), integers=True, optional=True),
    },
    DESIGNATIONS: {
        "member": _Column(f"text or {_WHOLE}", integers=True),
        "designation": _Column(_TEXT),
        "term_start": attrs.evolve(_DAYS, optional=True),
        "row": _Column(_WHOLE, (), integers=True, optional=True),
    },
}


@attrs.frozen
class Table:
    """One of the two tables, opened.

    Attributes:
        name: Which one.
        frame: Its rows.
        schema: Its columns by type.
        ordered: Whether the numbers of the rows are needed.
        numbered: Whether each row has its number, in the order given, in a column `row`.
    """

    name: str
    frame: Frame
    schema: dict[str, DType]
    ordered: bool
    numbered: bool

    def has(self, column: str) -> bool:
        """Tells whether an optional column is there."""
        return column in self.schema

    def words(self, column: str) -> nw.Expr:
        """Returns a column of text, empty where it is absent or null."""
        if column not in self.schema:
            return nw.lit("")
        text = nw.col(column)
        return (text if self.schema[column] == nw.String else text.cast(nw.String)).fill_null("")

    def member(self) -> nw.Expr:
        """Returns the member, as text or in one type of whole numbers."""
        whole = self.schema["member"].is_integer()
        return nw.col("member").cast(nw.Int64 if whole else nw.String)

    def row(self) -> list[nw.Expr]:
        """Returns the number of the row where it is needed; null where an engine keeps no order and none is given."""
        if not self.ordered:
            return []
        return [nw.col("row").cast(nw.Int64) if self.numbered else nw.lit(None, nw.Int64).alias("row")]


@attrs.frozen
class Tables:
    """Both tables, and whether the caller's were eager although the work is done lazily."""

    activities: Table
    designations: Table
    collect: bool


def opened(activities: Any, designations: Any, *, ordered: bool = False, terms: bool = False) -> Tables:
    """Opens both tables.

    Args:
        activities: A data frame narwhals knows.
        designations: Another of the same kind.
        ordered: Whether the rows are to be numbered, where the frame keeps them in order.
        terms: Whether the column `term_start` is required.

    Raises:
        InvalidValue: A table is no data frame, a column is missing or of the wrong type.
        InvalidDocument: Several are; every one is reported.
    """
    problems = Problems()
    both = []
    for name, raw in ((ACTIVITIES, activities), (DESIGNATIONS, designations)):
        try:
            both.append(nw.from_native(raw))
        except TypeError:
            problems.add((name,), f"must be a data frame, got a value of type {type(raw).__name__}")
    problems.settle()
    acts, held = both
    if acts.implementation is not held.implementation or type(acts) is not type(held):
        problems.add((DESIGNATIONS,), f"must be a frame like activities, got {_kind(held)} beside {_kind(acts)}")
    tables = [_checked(name, frame, ordered, problems) for name, frame in ((ACTIVITIES, acts), (DESIGNATIONS, held))]
    if terms and not tables[1].has("term_start"):
        needed = f"is a required column: {_DAYS.expected}"
        problems.add((DESIGNATIONS, "term_start"), needed, "each designation has a term of its own")
    if not problems.found and _sort(tables[0]) != _sort(tables[1]):
        problems.add(
            (DESIGNATIONS, "member"),
            f"must have the type it has in activities, got {tables[1].schema['member']} beside "
            f"{tables[0].schema['member']}",
        )
    problems.settle()
    collect = isinstance(acts, nw.DataFrame) and acts.implementation.is_polars()
    return Tables(tables[0], tables[1], collect)


def given_back(tables: Tables, frame: Frame) -> Any:
    """Returns a result as the caller's own kind of frame."""
    if tables.collect and isinstance(frame, nw.LazyFrame):
        return frame.collect().to_native()
    return nw.maybe_reset_index(frame).to_native() if isinstance(frame, nw.DataFrame) else frame.to_native()


def across(frame: Frame, keys: Sequence[str], **found: nw.Expr) -> Frame:
    """Adds to every row the values found across all rows that share its keys.

    A key must not be null, or the values found for it must not be used.
    """
    if frame.implementation.is_pyarrow():
        # Its joins give rows in any order, so that the values found have to stay beside their keys.
        each = frame.group_by(*keys).agg(*[value.alias(name) for name, value in found.items()])
        return frame.join(each, on=list(keys), how="left")
    return frame.with_columns(**{name: value.over(*keys) for name, value in found.items()})


def _sort(table: Table) -> str:
    return "whole numbers" if table.schema["member"].is_integer() else _TEXT


def _kind(frame: Frame) -> str:
    return f"{frame.implementation.value} {'data frame' if isinstance(frame, nw.DataFrame) else 'lazy frame'}"


def _checked(name: str, frame: Frame, ordered: bool, problems: Problems) -> Table:
    schema = dict(frame.collect_schema())
    for column, wanted in _COLUMNS[name].items():
        found = schema.get(column)
        if found is None:
            if not wanted.optional:
                problems.add((name, column), f"is a required column: {wanted.expected}")
        elif wanted.optional and _says_nothing(frame, column, found):
            frame = frame.drop(column)
            del schema[column]
        elif not wanted.accepts(found):
            problems.add((name, column), f"must be {wanted.expected}, got {found}")
    if frame.implementation.is_polars():
        frame = frame.lazy()
    has_rows = "row" in schema
    if ordered and not has_rows:
        frame, has_rows = _numbered(frame)
    return Table(name, _texts_for_lists(frame, schema), schema, ordered, has_rows)


def _says_nothing(frame: Frame, column: str, dtype: DType) -> bool:
    """Tells whether a column holds nothing but nulls, which then have no type, or that of text or floats in pandas."""
    if isinstance(dtype, nw.Unknown) or (isinstance(dtype, nw.List) and dtype.inner == nw.Unknown):
        return True
    values = frame[column] if isinstance(frame, nw.DataFrame) else None
    return isinstance(dtype, nw.String | nw.Float64) and values is not None and 0 < values.len() == values.null_count()


def _numbered(frame: Frame) -> tuple[Frame, bool]:
    """Numbers the rows from 0 where the frame keeps them in an order."""
    if isinstance(frame, nw.DataFrame):
        return frame.with_row_index("row"), True
    if frame.implementation.is_polars():
        return nw.from_native(frame.to_native().with_row_index("row")), True
    return frame, False


def _texts_for_lists(frame: Frame, schema: dict[str, DType]) -> Frame:
    """Joins lists of documents to text on the engines that cannot tell a list's distinct items."""
    if not isinstance(frame, nw.DataFrame) or not isinstance(schema.get("documents"), nw.List):
        return frame
    import pyarrow as pa  # noqa: PLC0415 - there wherever a column holds lists of text
    import pyarrow.compute as pc  # noqa: PLC0415

    lists = pa.chunked_array([frame["documents"].to_arrow()]).combine_chunks().cast(pa.list_(pa.string()))
    # An item that is no code must not become one, or two, as a part of a text.
    known = pc.is_in(lists.values, pa.array([kind.value for kind in DocumentKind]))
    items = pa.ListArray.from_arrays(lists.offsets, pc.if_else(known, lists.values, "?"))
    joined = pc.if_else(lists.is_null(), None, pc.binary_join(items, ";"))
    schema["documents"] = nw.String()
    texts = nw.from_arrow(pa.table({"documents": joined}), backend=frame.implementation)["documents"]
    return frame.with_columns(texts)
