"""Refuses a file in which no text of a column can be read, since it is written in another way than it was taken for."""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

import narwhals as nw

from ..activities import FLAGS
from ..designations import Designation
from ..errors import ErrorCode, Problems, shown
from ..frames.activities import unknown_document
from ..frames.expressions import KINDS, is_blank, one_where
from ..frames.tables import Table, opened
from ..frames.texts import is_day, is_flag, is_number
from .stores import Store
from .strict import LAYOUT_HINT

__all__ = ["refuse_unreadable"]

# Fewer texts may all be wrong in a file that is right.
FEWEST = 20
_SHOWN = 3


def refuse_unreadable(store: Store, tables: Sequence[Any], paths: Sequence[str]) -> None:
    """Refuses columns with at least 20 texts if none of them can be read.

    Raises:
        InvalidValue: There is one, with the texts of three of its rows.
        InvalidDocument: More than one such column; `problems` lists them all.
    """
    both = opened(*tables)
    problems = Problems()
    for table, path in zip((both.activities, both.designations), paths, strict=True):
        for column in _unreadable(store, table):
            few = table.frame.filter(~is_blank(table.words(column))).select(column).head(_SHOWN)
            texts = ", ".join(map(shown, store.texts(few.to_native())))
            problem = f"must hold texts that can be read, and none of them can, such as {texts}"
            problems.add(f"{path}: {column}", problem, LAYOUT_HINT, code=ErrorCode.MALFORMED)
    problems.settle()


def _unreadable(store: Store, table: Table) -> list[str]:
    readable = {name: is_day(nw.col(name)) for name in ("earned_on", "term_start")}
    readable |= {name: is_number(nw.col(name), name) for name in ("hours", "minutes")}
    readable |= {name: is_flag(nw.col(name)) for name in FLAGS}
    readable |= {"kind": nw.col("kind").is_in([kind.value for kind in KINDS]), "documents": ~unknown_document(table)}
    readable["designation"] = nw.col("designation").is_in([code.value for code in Designation])
    columns = {name: holds for name, holds in readable.items() if table.is_text(name)}
    filled = {name: ~is_blank(table.words(name)) for name in columns}
    counted = [one_where(filled[name]).sum().alias(f"filled_{name}") for name in columns]
    counted += [one_where(filled[name] & holds.fill_null(False)).sum().alias(name) for name, holds in columns.items()]
    found = store.only_row(table.frame.select(*counted).to_native())
    return [name for name in columns if (found[f"filled_{name}"] or 0) >= FEWEST and not found[name]]
