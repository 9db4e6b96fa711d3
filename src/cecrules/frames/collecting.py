"""Collects rows from any engine for Python, and makes a frame of the caller's kind from rows that Python made."""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportUnnecessaryIsInstance=false

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from importlib import import_module
from typing import Any, TypeAlias

import narwhals as nw
from narwhals.dtypes import DType

from .joining import identifier, quoted, values_in
from .tables import Frame, Tables

__all__ = ["frame_of", "rows_in"]

Types: TypeAlias = "Mapping[str, type[DType]]"

_IN_SQL: dict[type[DType], str] = {nw.String: "varchar", nw.Int64: "bigint", nw.Float64: "double", nw.Date: "date"}
_IN_SPARK: dict[type[DType], str] = {**_IN_SQL, nw.String: "string"}
_IN_IBIS: dict[type[DType], str] = {nw.String: "string", nw.Int64: "int64", nw.Float64: "float64", nw.Date: "date"}
# Numbers and days that may be missing; pandas has no place for those in its usual types.
_IN_PANDAS: dict[type[DType], str] = {
    nw.String: "str",
    nw.Int64: "Int64",
    nw.Float64: "float64",
    nw.Date: "date32[day][pyarrow]",
}


def rows_in(frame: Frame, names: Sequence[str]) -> Iterable[tuple[Any, ...]]:
    """Works out some columns of a frame, and returns each row as a tuple of values of Python."""
    chosen = frame.select(*names)
    if isinstance(chosen, nw.DataFrame):
        return zip(*[values_in(chosen[name]) for name in names], strict=True)
    native: Any = chosen.to_native()
    if frame.implementation.is_polars():
        rows: list[tuple[Any, ...]] = native.collect().rows()
    elif frame.implementation.is_duckdb():
        rows = native.fetchall()
    elif frame.implementation.is_ibis():
        rows = list(zip(*[column.to_pylist() for column in native.to_pyarrow().columns], strict=True))
    else:  # pragma: no cover - Spark: tests/test_frames_spark.py
        rows = native.collect()
    return rows


def frame_of(tables: Tables, rows: Sequence[Sequence[Any]], types: Types) -> Any:
    """Returns rows as a frame of the caller's kind, where the tables are.

    Args:
        tables: The tables of the caller.
        rows: The rows; the first value of each is not null.
        types: The type of each column.
    """
    frame = tables.designations.frame
    engine = frame.implementation
    if engine.is_duckdb():
        return _in_duckdb(frame.to_native(), rows, types)
    if engine.is_spark_like():  # pragma: no cover - Spark: tests/test_frames_spark.py
        named = ", ".join(f"{name} {_IN_SPARK[dtype]}" for name, dtype in types.items())
        return frame.to_native().sparkSession.createDataFrame(list(rows), named)
    columns = {name: [row[place] for row in rows] for place, name in enumerate(types)}
    if engine.is_ibis():
        schema = {name: _IN_IBIS[dtype] for name, dtype in types.items()}
        return import_module("ibis").memtable(columns, schema=schema)
    if engine.is_pandas():
        pandas = engine.to_native_namespace()
        return pandas.DataFrame({n: pandas.Series(columns[n], dtype=_IN_PANDAS[types[n]]) for n in types})
    made = nw.from_dict(columns, {name: dtype() for name, dtype in types.items()}, backend=engine).to_native()
    return made.lazy() if engine.is_polars() and not tables.collect else made


def _in_duckdb(native: Any, rows: Sequence[Sequence[Any]], types: Types) -> Any:
    """Returns rows as a relation of the same connection, which only a query of the relation reaches."""
    columns = ", ".join(f"cast({identifier(n)} as {_IN_SQL[dtype]}) as {identifier(n)}" for n, dtype in types.items())
    # A table needs a row. This one is filtered away.
    values = ", ".join(f"({', '.join(map(_literal, row))})" for row in [[None] * len(types), *rows])
    names = ", ".join(map(identifier, types))
    first = identifier(next(iter(types)))
    query = f"select {columns} from (values {values}) as made({names}) where {first} is not null"  # nosec B608 # noqa: S608 - every name and value is quoted
    return native.query("cecrules_given", query)


def _literal(value: Any) -> str:
    if value is None:
        return "null"
    return repr(value) if isinstance(value, int | float) else quoted(str(value))
