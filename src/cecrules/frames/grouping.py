"""Groups a frame of answers by some of its columns, for pictures; the engine does the work."""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from ..errors import ErrorCode, Problems
from .tables import frame_opened

__all__ = ["rows_by"]


def rows_by(name: str, raw: Any, source: str, keys: Sequence[str], sums: Sequence[str] = ()) -> list[dict[str, Any]]:
    """Returns each combination of some columns with how many rows have it (`rows`) and their sums.

    Args:
        name: The name of the argument, for errors.
        raw: The frame, of any engine.
        source: The function that returns such a frame, for errors.
        keys: The columns to group by.
        sums: The columns to add up.

    Raises:
        InvalidValue: It is no frame, or a column is missing.
        InvalidDocument: More than one such problem; `problems` lists them all.
    """
    problems = Problems()
    frame = frame_opened(name, raw, problems)
    problems.settle()
    found = frame.collect_schema().names()
    for column in (*keys, *sums):
        if column not in found:
            problems.add((name, column), "is a required column", f"{source} returns it", code=ErrorCode.MISSING)
    problems.settle()
    lines = frame.lazy().with_columns(rows=nw.lit(1)).group_by(*keys).agg(nw.col("rows", *sums).sum())
    # An engine may add 64 bits up to decimals.
    lines = lines.with_columns(nw.col("rows").cast(nw.Int64))
    made: list[dict[str, Any]] = lines.collect().rows(named=True)
    return made
