"""Collects the distinct values of a column, and joins what Python makes of them back to every row.

Frames in memory and Polars replace the values, which keeps the rows in their order. A database joins a table of the
readings, which is made where the rows are.
"""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportUnnecessaryIsInstance=false

from __future__ import annotations

from collections.abc import Callable, Mapping
from importlib import import_module
from typing import Any, TypeAlias

import narwhals as nw

from ..layouts.cells import text_of
from .tables import WORDS, Frame

__all__ = ["distinct", "identifier", "joined_back", "plainly_named", "quoted", "values_in"]

Read: TypeAlias = Callable[[object], str | None]


def plainly_named(frame: Frame) -> tuple[Frame, dict[str, str]]:
    """Gives columns names without a point, where Spark and DuckDB before 2.0 split a name; returns them by heading."""
    names = frame.collect_schema().names()
    plain = {name: f"cecrules_{place}" if "." in name else name for place, name in enumerate(names)}
    named: Frame
    if frame.implementation.is_duckdb():
        columns = ", ".join(f"{identifier(name)} as {identifier(other)}" for name, other in plain.items())
        named = nw.from_native(frame.to_native().project(columns))
    elif frame.implementation.is_spark_like():  # pragma: no cover - Spark: tests/test_frames_spark.py
        named = nw.from_native(frame.to_native().toDF(*plain.values()))
    else:
        return frame, dict(zip(names, names, strict=True))
    return named, plain


def values_in(column: nw.Series[Any]) -> list[Any]:
    """Returns the values of a column, with None for what pandas has in its place."""
    both = zip(column.to_list(), column.is_null().to_list(), strict=True)
    return [None if null else value for value, null in both]


def distinct(frame: Frame, heading: str) -> list[Any]:
    """Returns the distinct values of a column that are not null; a database gives each as text."""
    if isinstance(frame, nw.DataFrame):
        values = list(dict.fromkeys(_values(frame, heading)))
    elif frame.implementation.is_polars():
        values = _keyed(frame, heading).collect()["found"].to_list()
    elif frame.implementation.is_duckdb():
        values = [value for (value,) in _keyed(frame, heading).to_native().fetchall()]
    elif frame.implementation.is_ibis():
        values = _keyed(frame, heading).to_native().to_pyarrow()["found"].to_pylist()
    else:  # pragma: no cover - Spark: tests/test_frames_spark.py
        values = [value for (value,) in _keyed(frame, heading).to_native().collect()]
    return [value for value in values if value is not None]


def joined_back(frame: Frame, wanted: Mapping[str, tuple[str, Read]]) -> Frame:
    """Adds columns of text, each of them made from the column under a heading by a reading of each distinct value."""
    for name, (heading, read) in wanted.items():
        readings = {value: read(value) for value in distinct(frame, heading)}
        if isinstance(frame, nw.DataFrame):
            frame = _in_memory(frame, name, heading, readings)
        elif frame.implementation.is_polars():
            frame = _in_polars(frame, name, heading, readings)
        else:
            frame = _in_a_database(frame, name, heading, readings)
    return frame


def _keyed(frame: Frame, heading: str) -> Frame:
    return frame.select(_key(frame, heading).alias("found")).unique()


def _key(frame: Frame, heading: str) -> nw.Expr:
    """Returns a column as it is looked up: as text, but on Polars, which compares values of every type."""
    is_text = not frame.implementation.is_polars() or isinstance(frame.collect_schema()[heading], WORDS)
    return nw.col(heading).cast(nw.String) if is_text else nw.col(heading)


def _values(frame: Any, heading: str) -> list[Any]:
    """Returns the values of a column; those of several types in one column, as pandas has them, by their texts."""
    values = values_in(frame[heading])
    if isinstance(frame[heading].dtype, nw.Object):
        return [None if value is None else text_of(value) for value in values]
    return values


def _in_memory(frame: Any, name: str, heading: str, readings: Mapping[Any, str | None]) -> Any:
    values = [readings.get(value) for value in _values(frame, heading)]
    made = nw.new_series(name, values, nw.String(), backend=frame.implementation)
    return frame.with_columns(made)


def _in_polars(frame: Frame, name: str, heading: str, readings: Mapping[Any, str | None]) -> Frame:
    pl = frame.implementation.to_native_namespace()
    key = pl.col(heading)
    key = key.cast(pl.String) if isinstance(frame.collect_schema()[heading], WORDS) else key
    read = key.replace_strict(list(readings), list(readings.values()), default=None, return_dtype=pl.String)
    made: Frame = nw.from_native(frame.to_native().with_columns(read.alias(name)))
    return made


def _in_a_database(frame: Frame, name: str, heading: str, readings: Mapping[Any, str | None]) -> Frame:
    if not readings:
        return frame.with_columns(nw.lit(None, nw.String).alias(name))
    key = f"{name}_found"
    read: Frame = nw.from_native(_table(frame, key, name, readings))
    keyed = frame.with_columns(_key(frame, heading).alias(key))
    return keyed.join(read, on=key, how="left")


def _table(frame: Frame, key: str, name: str, readings: Mapping[Any, str | None]) -> Any:
    """Returns a table of the readings, made where the frame is."""
    native = frame.to_native()
    if frame.implementation.is_duckdb():
        return _table_in_duckdb(native, key, name, readings)
    if frame.implementation.is_ibis():
        columns = {key: list(readings), name: list(readings.values())}
        return import_module("ibis").memtable(columns, schema=dict.fromkeys(columns, "string"))
    # Spark: tests/test_frames_spark.py
    return native.sparkSession.createDataFrame(  # pragma: no cover
        list(readings.items()), f"{key} string, {name} string"
    )


def _table_in_duckdb(relation: Any, key: str, name: str, readings: Mapping[Any, str | None]) -> Any:
    """Returns the readings as a relation of the same connection, which only a query of the relation reaches."""
    rows = ", ".join(f"({quoted(value)}, {quoted(read)})" for value, read in readings.items())
    return relation.query("cecrules_given", f'select * from (values {rows}) as readings("{key}", "{name}")')  # nosec B608 # noqa: S608 - every name and value is quoted


def identifier(name: str) -> str:
    """Returns the name of a column as SQL has it."""
    return '"' + name.replace('"', '""') + '"'


def quoted(text: str | None) -> str:
    """Returns a text, or null, as DuckDB has it in a query."""
    if text is None:
        return "null::varchar"
    # DuckDB before 2.0 ends a query at this character.
    return " || chr(0) || ".join("'" + part.replace("'", "''") + "'" for part in text.split("\0"))
