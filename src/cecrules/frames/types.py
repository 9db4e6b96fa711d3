"""Reads columns of unusual types exactly, and leaves those that cannot be read for the tables to refuse by name.

An engine has types that narwhals does not know. Some of them hold the same values as a usual type in another layout,
such as run-end-encoded or sparse columns, and those are given the usual type here. No value is changed or rounded.
"""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportMissingTypeStubs=false, reportAttributeAccessIssue=false, reportUnnecessaryIsInstance=false
# pyright: reportCallIssue=false, reportUnknownParameterType=false

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import narwhals as nw

__all__ = ["holds_nothing", "in_usual_types", "type_name"]

# The names of the type of a column that can hold nothing but nulls, by engine.
_NOTHING = ("Null", "null", '"NULL"', "NULL", "void")
# The periods that lie within one day, in the words of pandas.
_WITHIN_A_DAY = ("D", "B", "h", "min", "s", "ms", "us", "ns")


def in_usual_types(frame: Any, columns: Iterable[str]) -> Any:
    """Gives some columns the usual type for their values, where there is one.

    Args:
        frame: A narwhals frame, eager or lazy.
        columns: The columns to look at, all of them in the frame.
    """
    engine = frame.implementation
    if engine.is_pyarrow():
        table = frame.to_native()
        for name in columns:
            place = table.schema.get_field_index(name)
            table = table.set_column(place, name, _usual_arrow(table.column(place)))
        return nw.from_native(table)
    if engine.is_pandas():
        table = frame.to_native()
        usual = {name: _usual_pandas(table[name]) for name in columns}
        return nw.from_native(table.assign(**{name: made for name, made in usual.items() if made is not None}))
    texts = nw.List(nw.String)
    schema = frame.collect_schema()
    lists = [name for name in columns if isinstance(schema[name], nw.List) and type_name(frame, name, True) in _NOTHING]
    return frame.with_columns(nw.col(name).cast(texts) for name in lists) if lists else frame


def holds_nothing(frame: Any, column: str) -> bool:
    """Tells whether a column has no value in any row; looks at a lazy frame only if narwhals does not know its type."""
    if isinstance(frame, nw.DataFrame):
        return 0 < len(frame) == frame[column].null_count() or type_name(frame, column) in _NOTHING
    if frame.collect_schema()[column] != nw.Unknown:
        return False
    if type_name(frame, column) in _NOTHING:
        return True
    return not frame.select(nw.col(column).count().alias("values")).collect("pyarrow")["values"][0]


def type_name(frame: Any, column: str, items: bool = False) -> str:
    """Returns the type of a column in the words of its engine, or the type of the items of a list."""
    native, engine = frame.to_native(), frame.implementation
    if engine.is_polars():
        dtype = native.collect_schema()[column]
        return str(getattr(dtype, "inner", dtype) if items else dtype)
    if engine.is_pyarrow():
        return str(native.schema.field(column).type)
    if engine.is_pandas():
        return str(native[column].dtype)
    if engine.is_duckdb():
        name = str(native.types[native.columns.index(column)])
        return name.removesuffix("[]") if items else name
    if engine.is_ibis():
        dtype = native.schema()[column]
        return str(getattr(dtype, "value_type", dtype) if items else dtype)
    dtype = native.schema[column].dataType  # pragma: no cover - Spark: tests/test_frames_spark.py
    return str((dtype.elementType if items else dtype).simpleString())  # pragma: no cover


def _usual_arrow(column: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415 - there wherever a column is one of its own
    import pyarrow.compute as pc  # noqa: PLC0415

    kind = column.type
    try:
        if pa.types.is_run_end_encoded(kind):
            return _usual_arrow(pc.run_end_decode(column))
        if isinstance(kind, pa.BaseExtensionType) and kind.extension_name == "arrow.bool8":
            return pa.chunked_array([chunk.storage for chunk in column.chunks], kind.storage_type).cast(pa.bool_())
        if pa.types.is_list_view(kind) or pa.types.is_large_list_view(kind):
            return _usual_arrow(
                pa.chunked_array([_lists(chunk) for chunk in column.chunks], pa.large_list(kind.value_type))
            )
        if pa.types.is_dictionary(kind) and kind.value_type != _usual_type(kind.value_type):
            return pa.chunked_array([_with_usual_dictionary(chunk) for chunk in column.chunks])
        usual = _usual_type(kind)
        return column if usual == kind else column.cast(usual)
    except pa.ArrowException:  # this version cannot, or a value does not fit
        return column


def _usual_type(kind: Any) -> Any:
    import pyarrow as pa  # noqa: PLC0415

    types = pa.types
    if types.is_string_view(kind):
        return pa.large_string()
    if types.is_decimal(kind):
        return pa.decimal128(38, kind.scale) if kind.bit_width != 128 and kind.scale <= 38 else kind
    if types.is_date64(kind):
        return pa.date32()
    if types.is_list(kind) or types.is_large_list(kind):
        item = pa.string() if types.is_null(kind.value_type) else _usual_type(kind.value_type)
        return pa.large_list(item) if types.is_large_list(kind) else pa.list_(item)
    return kind


def _lists(views: Any) -> Any:
    """Makes lists of views of lists, item by item, because PyArrow 26 casts the last of them to an empty list."""
    import pyarrow as pa  # noqa: PLC0415
    import pyarrow.compute as pc  # noqa: PLC0415

    lengths = pc.fill_null(pc.list_value_length(views).cast(pa.int64()), 0)
    offsets = pa.concat_arrays([pa.array([0], pa.int64()), pc.cumulative_sum(lengths)])
    nothing = pa.concat_arrays([views.is_null(), pa.array([False])])
    return pa.LargeListArray.from_arrays(pc.if_else(nothing, None, offsets), pc.list_flatten(views))


def _with_usual_dictionary(chunk: Any) -> Any:
    usual = chunk.dictionary.cast(_usual_type(chunk.dictionary.type))
    return type(chunk).from_arrays(chunk.indices, usual)


def _usual_pandas(series: Any) -> Any:
    """Returns a series of the usual type, or None if it already is."""
    import pandas as pd  # noqa: PLC0415 - there wherever a column is one of its own

    dtype = series.dtype
    if isinstance(dtype, pd.SparseDtype):
        dense = series.sparse.to_dense()
        made = _usual_pandas(dense)
        return dense if made is None else made
    if isinstance(dtype, pd.PeriodDtype) and dtype.freq.freqstr in _WITHIN_A_DAY:
        return series.dt.to_timestamp()
    if isinstance(dtype, pd.ArrowDtype):
        column = series.array.__arrow_array__()
        made = _usual_arrow(column)
        arrays = pd.arrays.ArrowExtensionArray
        return None if made is column else pd.Series(arrays(made), index=series.index, name=series.name)
    # True, False and nothing in one column are objects.
    boolean = dtype.kind == "O" and pd.api.types.infer_dtype(series, skipna=True) == "boolean"
    return series.astype("boolean") if boolean else None
