"""Opens the two tables that hold the members, and refuses at once a table that cannot be read.

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
from importlib.util import find_spec
from typing import Any, TypeAlias

import attrs
import narwhals as nw
from narwhals.dtypes import DType

from ..activities import FLAGS
from ..documents import DocumentKind
from ..errors import ErrorCode, Problems, shown
from .expressions import is_blank, names_nobody
from .names import headings, meant, slips_among
from .texts import day_in, is_day
from .types import holds_nothing, in_usual_types, type_name

__all__ = [
    "ACTIVITIES",
    "DESIGNATIONS",
    "WORDS",
    "Frame",
    "Table",
    "Tables",
    "across",
    "frame_opened",
    "given_back",
    "known_columns",
    "opened",
    "together",
]

# An eager frame is handled as a lazy one: they share the methods used here.
Frame: TypeAlias = "nw.LazyFrame[Any]"

ACTIVITIES, DESIGNATIONS = "activities", "designations"

_ENGINES = {
    nw.Implementation.DUCKDB: "DuckDB",
    nw.Implementation.IBIS: "Ibis",
    nw.Implementation.PANDAS: "pandas",
    nw.Implementation.POLARS: "Polars",
    nw.Implementation.PYARROW: "PyArrow",
    nw.Implementation.PYSPARK: "PySpark",
    nw.Implementation.PYSPARK_CONNECT: "PySpark Connect",
}
_SUPPORTED = f"supported: {', '.join(_ENGINES.values())}"

WORDS = (nw.String, nw.Categorical, nw.Enum)
# Floats up to here have no fraction that they cannot show.
_EXACT = float(1 << 53)
# Whole numbers that may not fit into 64 bits with a sign.
_WIDE = (nw.UInt64, nw.Int128, nw.UInt128)


@attrs.frozen
class _Column:
    """What a column has to hold; one that is optional may be absent."""

    expected: str
    types: tuple[type[DType], ...] = WORDS
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
_DAYS = _Column("dates, times without a time zone, or text as YYYY-MM-DD", (nw.Date, nw.Datetime, *WORDS))
_LENGTHS = _Column("numbers, or text in numbers", integers=True, decimals=True, optional=True)
_COLUMNS = {
    ACTIVITIES: {
        "member": _Column(f"text or {_WHOLE}", integers=True),
        "title": _Column(_TEXT),
        "kind": _Column(_TEXT),
        "earned_on": _DAYS,
        "hours": _LENGTHS,
        "minutes": attrs.evolve(_LENGTHS, expected=f"{_WHOLE}, or text in numbers"),
        "provider": _Column(_TEXT, optional=True),
        **dict.fromkeys(FLAGS, _Column("true or false", (nw.Boolean, *WORDS), optional=True)),
        "documents": _Column("text separated by `;`, or lists of text", (*WORDS, nw.List), optional=True),
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
        empty: The optional columns that are there and hold nothing, in no type of their own; they count as absent.
    """

    name: str
    frame: Frame
    schema: dict[str, DType]
    ordered: bool
    numbered: bool
    empty: frozenset[str] = frozenset()

    def has(self, column: str) -> bool:
        """Tells whether an optional column is there."""
        return column in self.schema

    def words(self, column: str) -> nw.Expr:
        """Returns a column of text, empty where it is absent or null."""
        if column not in self.schema:
            return nw.lit("")
        text = nw.col(column)
        return (text if self.schema[column] == nw.String else text.cast(nw.String)).fill_null("")

    def is_text(self, column: str) -> bool:
        """Tells whether a column is there and is of text."""
        return isinstance(self.schema.get(column), WORDS)

    def day(self, column: str) -> nw.Expr:
        """Returns a column of days, null where there is none."""
        if self.is_text(column):
            return day_in(self.words(column), self.frame.implementation).alias(column)
        return nw.col(column).cast(nw.Date)

    def unread_day(self, column: str) -> nw.Expr:
        """Returns whether a text that is no day stands in a column of days."""
        text = self.words(column)
        return ~(is_day(text) | is_blank(text)) if self.is_text(column) else nw.lit(False)

    def found(self, column: str) -> nw.Expr:
        """Returns the values of a column as text, and null where there is none."""
        dtype, value = self.schema[column], nw.col(column)
        if not dtype.is_float() and not dtype.is_decimal():
            return value.cast(nw.String)
        # Engines disagree whether a whole number has a point.
        number = value.cast(nw.Float64)
        small = nw.when(number.is_between(-_EXACT, _EXACT)).then(number).otherwise(nw.lit(0.5))
        whole = nw.when(small.round() == small).then(small).otherwise(nw.lit(0.0)).cast(nw.Int64).cast(nw.String)
        text = nw.when(small.round() == small).then(whole).otherwise(number.cast(nw.String))
        return nw.when(~value.is_null()).then(text)

    def member(self) -> nw.Expr:
        """Returns the member, as text or in one type of whole numbers; null where it shows nobody."""
        if self.schema["member"].is_integer():
            return nw.col("member").cast(nw.Int64)
        text = nw.col("member").cast(nw.String)
        return nw.when(~names_nobody(text)).then(text)

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
        InvalidDocument: More than one such problem; `problems` lists them all.
    """
    problems = Problems()
    both = [frame_opened(name, raw, problems) for name, raw in ((ACTIVITIES, activities), (DESIGNATIONS, designations))]
    problems.settle()
    acts, held = both
    if acts.implementation is not held.implementation or type(acts) is not type(held):
        problems.add(
            (DESIGNATIONS,),
            f"must be a frame like activities, got {_kind(held)} beside {_kind(acts)}",
            code=ErrorCode.CONFLICT,
        )
    tables = [_checked(name, frame, ordered, problems) for name, frame in ((ACTIVITIES, acts), (DESIGNATIONS, held))]
    if terms and not tables[1].has("term_start"):
        needed = f"is a required column: {_DAYS.expected}"
        problems.add(
            (DESIGNATIONS, "term_start"), needed, "each designation has a term of its own", code=ErrorCode.MISSING
        )
    if not problems.found and _sort(tables[0]) != _sort(tables[1]):
        problems.add(
            (DESIGNATIONS, "member"),
            f"must have the type it has in activities, got {tables[1].schema['member']} beside "
            f"{tables[0].schema['member']}",
            code=ErrorCode.CONFLICT,
        )
    problems.settle()
    collect = isinstance(acts, nw.DataFrame) and acts.implementation.is_polars()
    return Tables(tables[0], tables[1], collect)


def frame_opened(name: str, raw: Any, problems: Problems) -> Any:
    """Opens a frame, or records why it cannot be opened and returns None."""
    try:
        frame = nw.from_native(raw)
    except TypeError:
        kind = type(raw)
        package = kind.__module__.partition(".")[0]
        words = kind.__name__ if package == "builtins" else f"{package}.{kind.__name__}"
        problems.add(
            (name,), f"must be a data frame, got a value of type {words}", _SUPPORTED, code=ErrorCode.WRONG_TYPE
        )
        return None
    except nw.exceptions.DuplicateError as error:
        twice = ", ".join(line.removeprefix("- ") for line in str(error).splitlines()[1:])
        problems.add((name,), f"must have columns of different names, got {twice}", code=ErrorCode.REPEATED_KEY)
        return None
    engine = frame.implementation
    if engine not in _ENGINES:
        problems.add(
            (name,),
            f"must be a frame of a supported engine, got one of {engine.value}",
            _SUPPORTED,
            code=ErrorCode.WRONG_TYPE,
        )
    elif engine.is_pandas() and not find_spec("pyarrow"):
        problem = "must come with PyArrow, which is not installed and which pandas needs for dates"
        problems.add((name,), problem, 'pip install "cecrules[pandas]"', code=ErrorCode.UNAVAILABLE)
    else:
        return _without_index(name, frame, problems) if engine.is_pandas() else frame
    return None


def _without_index(name: str, frame: Any, problems: Problems) -> Any:
    """Leaves out the index of a pandas frame, unless it holds what would be a column; texts alone name columns."""
    native = frame.to_native()
    for heading in native.columns:
        if not isinstance(heading, str):
            problem = f"must have text as the name of each column, got {shown(heading)}"
            problems.add((name,), problem, "name the columns by rename()", code=ErrorCode.WRONG_TYPE)
            return None
    levels = [level for level in native.index.names if isinstance(level, str) and level not in native.columns]
    known = [column for column in _COLUMNS.get(name, ()) if column not in native.columns]
    for level in levels:
        if meant(level, known):
            problem = "must be a column, and is a level of the index"
            problems.add((name, level), problem, "call reset_index()", code=ErrorCode.CONFLICT)
    return nw.maybe_reset_index(frame)


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


def together(parts: Sequence[Frame]) -> Frame:
    """Puts frames of the same columns one below the other."""
    # pandas 2 warns of frames without rows, and takes no type from them.
    filled = [part for part in parts if not isinstance(part, nw.DataFrame) or len(part)]
    return nw.concat(filled or [parts[0]])


def _sort(table: Table) -> str:
    return "whole numbers" if table.schema["member"].is_integer() else _TEXT


def _kind(frame: Frame) -> str:
    return f"{frame.implementation.value} {'data frame' if isinstance(frame, nw.DataFrame) else 'lazy frame'}"


def _checked(name: str, frame: Frame, ordered: bool, problems: Problems) -> Table:
    names = frame.collect_schema().names()
    slips = slips_among(names, _COLUMNS[name])
    for found_name, column in slips.items():
        if _COLUMNS[name][column].optional:
            problems.add(
                (name, found_name),
                f"must be named {column!r}, or be left out if it is something else",
                code=ErrorCode.UNKNOWN_KEY,
            )
    frame = in_usual_types(frame, [column for column in _COLUMNS[name] if column in names])
    schema = dict(frame.collect_schema())
    empty: set[str] = set()
    for column, wanted in _COLUMNS[name].items():
        found = schema.get(column)
        if found is None:
            if not wanted.optional:
                slip = [other for other, known in slips.items() if known == column]
                hint = (
                    f"write {slip[0]!r} as {column!r}"
                    if slip
                    else f"{headings(names)}; a layout reads columns of your own: see `cecrules layout`"
                )
                problems.add((name, column), f"is a required column: {wanted.expected}", hint, code=ErrorCode.MISSING)
        elif not wanted.accepts(found) or _is_view(frame, column):
            if wanted.optional and holds_nothing(frame, column):
                frame = frame.drop(column)
                del schema[column]
                empty.add(column)
            else:
                words = (
                    type_name(frame, column)
                    if isinstance(found, nw.Unknown | nw.Object) or _is_view(frame, column)
                    else str(found)
                )
                problems.add((name, column), f"must be {wanted.expected}, got {words}", code=ErrorCode.WRONG_TYPE)
    if frame.implementation.is_polars():
        frame = frame.lazy()
    has_rows = "row" in schema
    if ordered and not has_rows:
        frame, has_rows = _numbered(frame)
    if not problems.found:
        frame = _texts_for_lists(frame, schema)
    return Table(name, frame, schema, ordered, has_rows, frozenset(empty))


def _is_view(frame: Frame, column: str) -> bool:
    """Tells whether a column has views of texts, which PyArrow before 18 compares with nothing and casts to nothing."""
    return isinstance(frame, nw.DataFrame) and "string_view" in type_name(frame, column)


def known_columns(table: str) -> tuple[str, ...]:
    """Returns the names of the columns that are read from a table."""
    return tuple(_COLUMNS[table])


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
    quoted = pc.coalesce(pc.binary_join_element_wise('"', lists.values, '"', ""), pa.scalar("null"))
    items = pa.ListArray.from_arrays(lists.offsets, pc.if_else(known, lists.values, quoted))
    joined = pc.if_else(lists.is_null(), None, pc.binary_join(items, ";"))
    schema["documents"] = nw.String()
    texts = nw.from_arrow(pa.table({"documents": joined}), backend=frame.implementation)["documents"]
    return frame.with_columns(texts)
