"""Decides every member of two files of tables on Polars or Spark, one row a member and, on request, one an activity."""

from __future__ import annotations

import os
from collections.abc import Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import attrs

from ..errors import ErrorCode, InvalidValue, shown
from ..layouts.files import TEXTS, WORKBOOKS
from ..layouts.layout import Layout
from ..rulebook.rulebook import Rulebook
from .outcome import Outcome, where_seen
from .running import needed, progress
from .stores import store_of

__all__ = ["decide_tables", "formats_of"]

_PLAIN = (".csv", ".parquet", ".jsonl")
_LAID_OUT = (*TEXTS, *WORKBOOKS, ".parquet")


def decide_tables(
    activities: str,
    designations: str,
    output: str,
    *,
    renewal_year: int,
    rulebook: Rulebook,
    decisions: str = "",
    problems: str = "",
    engine: str = "polars",
    layout: Layout | None = None,
    page: str = "",
) -> Outcome:
    """Decides every member of two files of tables, and writes one row a member.

    Args:
        activities: A file of activities, CSV, Parquet or JSON Lines by its ending (`.csv`, `.parquet`, `.jsonl`).
        designations: A file of designations, likewise.
        output: Where to write what `evaluate_frame` says, likewise.
        renewal_year: The year the renewals are for.
        rulebook: The rules to decide by.
        decisions: Where to write what `decide_frame` says; nowhere if empty.
        problems: Where to write what `problems_frame` says; nowhere if empty.
        engine: `polars`, `spark`, or the URL of a Spark master. Spark writes folders of part files.
        layout: How the two tables are kept, if they are not in the columns and codes of this library. A table with a
            layout may also be `.tsv`, `.txt` or `.xlsx`, and not JSON Lines. Needs Polars.
        page: Where to write the outcome as an HTML page (`.html`); nowhere if empty.

    Raises:
        CecRulesError: A file cannot be read or written, its columns are not what they must be, or no text of a column
            can be read; the problems are written all the same.
    """
    formats = formats_of((activities, designations), (output, decisions, problems), engine, layout)
    if page and not page.endswith(".html"):
        raise InvalidValue(page, "must end in .html", code=ErrorCode.MALFORMED)
    needed("narwhals", '"cecrules[batch]"')
    from ..frames import decide_frame, evaluate_frame, notices_frame  # noqa: PLC0415 - an extra
    from .columns import blamed, in_order, read_tables, write_problems  # noqa: PLC0415
    from .page import write_page  # noqa: PLC0415
    from .standing import slips_counted, standing_notices  # noqa: PLC0415
    from .summing import summed_up  # noqa: PLC0415
    from .wrong import refuse_unreadable  # noqa: PLC0415

    store = store_of(engine)
    rules: dict[str, Any] = {"renewal_year": renewal_year, "rulebook": rulebook}
    made: dict[str, Any] = {}
    with ExitStack() as files, progress() as told:
        parts = {path: files.enter_context(store.whole(path)) for path in filter(None, (output, decisions))}
        given = read_tables(store, activities, designations, formats, layout)

        def write(path: str, plan: Any, part: str) -> None:
            told(f"writing {path}", 0)
            with blamed(store, path, "cannot be written", ErrorCode.UNAVAILABLE):
                made[path] = store.write(plan, part, formats[path])

        if problems:
            told(f"writing {problems}", 0)
            write_problems(store, problems, given, formats[problems], **rules)
        evaluated = evaluate_frame(*given.tables, **rules)
        with blamed(store, output, "cannot be written", ErrorCode.UNAVAILABLE):
            refuse_unreadable(store, given.tables, (activities, designations))
        write(output, in_order(evaluated, given), parts[output])
        if decisions:
            write(decisions, store.sorted(decide_frame(*given.tables, **rules), "row"), parts[decisions])
        told("summing up", 0)
        outcome = summed_up(store, made[output], made.get(decisions), given.nameless)
        slips = slips_counted(store, notices_frame(*given.tables, **rules))
        notices = (*standing_notices(store, given.tables[1], renewal_year, rulebook), *slips)
        outcome = attrs.evolve(
            outcome,
            notices=notices,
            notes=given.notes,
            seen=where_seen(problems),
        )
        if page:
            write_page(page, made[output], outcome, rulebook, (activities, designations), renewal_year)
    return outcome


def formats_of(read: tuple[str, str], written: Sequence[str], engine: str, layout: Layout | None) -> dict[str, str]:
    """Returns the format of each file by its ending, without the dot.

    Args:
        read: The files of activities and of designations.
        written: The files to write; those without a name are not written.
        engine: The engine, as for `decide_tables`.
        layout: The layout of the two tables, if they have one.

    Raises:
        InvalidValue: A name has an unknown ending, is not that of one file or stands twice, or the engine reads no
            layout.
    """
    named = tuple(filter(None, written))
    formats = {path: _format(path, is_read=False) for path in named}
    for name, path in zip(("activities", "designations"), read, strict=True):
        formats[path] = _format(path, laid_out=getattr(layout, name, None) is not None)
    if layout is not None and engine != "polars":
        raise InvalidValue(
            "engine", f"must be polars where there is a layout, got {shown(engine)}", code=ErrorCode.CONFLICT
        )
    _told_apart(read, named)
    return formats


def _format(path: str, *, laid_out: bool = False, is_read: bool = True) -> str:
    ending = Path(path).suffix
    if laid_out and ending.lower() not in _LAID_OUT:
        raise InvalidValue(
            path, f"must end in one of {', '.join(_LAID_OUT)}, since it has a layout", code=ErrorCode.MALFORMED
        )
    if not laid_out and ending not in _PLAIN:
        reads = is_read and ending.lower() in _LAID_OUT
        hint = "a layout reads it: `cecrules layout` proposes one" if reads else ""
        raise InvalidValue(path, "must end in .csv, .parquet or .jsonl", hint, ErrorCode.MALFORMED)
    return ending.removeprefix(".")


def _told_apart(read: Sequence[str], written: Sequence[str]) -> None:
    for path in (*read, *written):
        if not path.isascii() and path != path.encode(errors="replace").decode():
            raise InvalidValue(path, "must be a name in UTF-8: engines take no other", code=ErrorCode.MALFORMED)
        if set(path) & set("*?[{"):
            raise InvalidValue(path, "must be the name of one file, without * ? [ or {", code=ErrorCode.MALFORMED)
    taken = {os.path.realpath(path) for path in read}
    for path in written:
        if os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
            raise InvalidValue(
                path, "must be a file, since the output is read again to be summed up", code=ErrorCode.UNREADABLE
            )
        if os.path.realpath(path) in taken:
            raise InvalidValue(
                path, "is named twice, and an output must have a name of its own", code=ErrorCode.CONFLICT
            )
        taken.add(os.path.realpath(path))
