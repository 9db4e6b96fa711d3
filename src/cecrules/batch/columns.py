"""Reads the columns of two files alike on every engine, and sums up the output.

Every column of text is read in one way, so that the rules see the same values wherever they run.
"""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import os
from collections.abc import Generator, Mapping, Sequence
from contextlib import contextmanager
from typing import Any, TypeAlias

import attrs
import narwhals as nw

from ..documents import DocumentKind
from ..errors import ErrorCode, InvalidValue, shown
from ..frames.activities import ProblemCode
from ..frames.expressions import any_of, names_nobody, one_where
from ..frames.hints import A_ROW_EACH
from ..frames.problems import problems_frame
from ..frames.tables import ACTIVITIES, DESIGNATIONS, known_columns
from ..layouts.cells import TableLayout
from ..layouts.layout import Layout
from ..rulebook.rulebook import Rulebook
from .laid_out import laid_out
from .stores import LINE, Store
from .strict import Lines, checked

__all__ = ["Frame", "Given", "blamed", "in_order", "read_tables", "write_problems"]

Frame: TypeAlias = "nw.LazyFrame[Any]"

WHOLE = r"^[+-]?[0-9]{1,18}\z"
_CODE = "|".join(f'"{kind}"' for kind in DocumentKind)
# A list of JSON whose items are codes as they stand; any other list stays a text that is no code.
_LIST_OF_CODES = rf"^\[(?:(?:{_CODE})(?:, *(?:{_CODE}))*)?\]\z"
_MOST_NOTED = 10
# By the reason of a problem, the section of a layout that reads the cell, and what to do there.
_FORM, _WORD = "add its form to", "add the word to"
_SECTIONS = {
    ProblemCode.EARNED_ON_INVALID: ("days", _FORM),
    ProblemCode.TERM_START_INVALID: ("days", _FORM),
    ProblemCode.LENGTH_INVALID: ("lengths", _FORM),
    ProblemCode.FLAG_INVALID: ("flags", _WORD),
    ProblemCode.KIND_UNKNOWN: ("kinds", _WORD),
    ProblemCode.DOCUMENT_UNKNOWN: ("documents", _WORD),
    ProblemCode.DESIGNATION_UNKNOWN: ("designations", _WORD),
}


@attrs.frozen
class Given:
    """What two files hold.

    Attributes:
        tables: Activities and designations, as the engine's own tables.
        nameless: How many rows name no member.
        notes: What a reader should know about the files, such as columns that are not read.
        layout: How the tables are kept, if they are not in the columns of this library.
    """

    tables: tuple[Any, Any]
    nameless: int
    notes: tuple[str, ...]
    layout: Layout | None = None


@contextmanager
def blamed(store: Store, where: str, problem: str, code: ErrorCode) -> Generator[None, None, None]:
    """Says in one line, and in an engine's own words, what it stumbles over."""
    try:
        yield
    except store.errors as error:
        raise InvalidValue(where, f"{problem}: {store.why(error)}", code=code) from None


def write_problems(
    store: Store, path: str, given: Given, ending: str, *, renewal_year: int, rulebook: Rulebook
) -> None:
    """Writes every problem with a row of two tables.

    Args:
        store: The engine.
        path: Where to write them.
        given: The tables.
        ending: The format of the file.
        renewal_year: The year of the renewals.
        rulebook: The rules that the rows are for.
    """
    found = problems_frame(*given.tables, renewal_year=renewal_year, rulebook=rulebook)
    if given.layout:
        found = _in_words_of_layout(found, given.layout)
    with store.whole(path) as part, blamed(store, path, "cannot be written", ErrorCode.UNAVAILABLE):
        store.write(store.sorted(found, "table", "row"), part, ending)


def _in_words_of_layout(found: Any, layout: Layout) -> Any:
    """Names the section of a layout that reads a cell, in the hints at problems with a table that was read by one."""
    frame: Frame = nw.from_native(found)
    reason, hint = nw.col("reason"), nw.col("hint")
    for name, of_table in ((ACTIVITIES, layout.activities), (DESIGNATIONS, layout.designations)):
        at = (nw.col("table") == name) & (nw.col("hint") != A_ROW_EACH)
        for code, (section, advice) in _SECTIONS.items() if of_table else ():
            told = nw.lit(f"{advice} [{name}.{section}] of the layout, or mend the cell")
            hint = nw.when(at & (reason == code.value)).then(told).otherwise(hint)
    columns = layout.activities.columns if layout.activities else None
    if columns and not (columns.hours or columns.minutes):
        told = nw.lit("name the column of lengths in [activities.columns] of the layout")
        hint = nw.when(reason == ProblemCode.LENGTH_MISSING.value).then(told).otherwise(hint)
    return frame.with_columns(hint=hint).to_native()


def read_tables(
    store: Store, activities: str, designations: str, formats: Mapping[str, str], layout: Layout | None = None
) -> Given:
    """Returns both tables, each of them by the layout if that has one for it.

    Raises:
        InvalidValue: A file cannot be read.
    """
    tables: list[Frame] = []
    nameless = 0
    notes: list[str] = []
    for name, path in ((ACTIVITIES, activities), (DESIGNATIONS, designations)):
        with blamed(store, path, "cannot be read", ErrorCode.UNREADABLE):
            table, missing, noted = _read(store, path, formats[path], name, getattr(layout, name, None))
        tables.append(table)
        nameless += missing
        notes += noted
    kinds = [table.collect_schema().get("member") for table in tables]
    if nw.String in kinds and any(kind is not None and kind.is_integer() for kind in kinds):
        tables = [table.with_columns(nw.col("member").cast(nw.String)) for table in tables]
    return Given((tables[0].to_native(), tables[1].to_native()), nameless, tuple(notes), layout)


def _read(store: Store, path: str, ending: str, name: str, layout: TableLayout | None) -> tuple[Frame, int, list[str]]:
    if os.path.isfile(path) and not os.path.getsize(path):
        raise InvalidValue(path, "cannot be read: it is empty", code=ErrorCode.UNREADABLE)
    known = known_columns(name)
    if layout is not None:
        kept = laid_out(store, path, layout, name)
        left_out = [f"totals of {path} that are left out: {kept.totals}"] if kept.totals else []
        table, missing, noted = _checked(store, path, ending, kept.frame, Lines(spread=kept.spread), known, kept.unread)
        return table, missing, noted + left_out
    lines = checked(path, ending) if os.path.isfile(path) and ending != "parquet" else Lines()
    opened: Frame = nw.from_native(store.open(path, ending, lines))
    unread = [each for each in opened.collect_schema() if each not in (*known, LINE)]
    return _checked(store, path, ending, opened, lines, known, unread)


def _checked(
    store: Store,
    path: str,
    ending: str,
    table: Frame,
    lines: Lines,
    known: Sequence[str],
    unread: Sequence[str],
) -> tuple[Frame, int, list[str]]:
    schema = table.collect_schema()
    texts = [name for name in schema if schema[name] == nw.String and ending != "parquet"]
    # A cell without a text, and a line without a cell, say nothing.
    if texts:
        table = table.with_columns(nw.when(nw.col(name) != "").then(nw.col(name)).alias(name) for name in texts)
    if ending != "parquet":
        said = [~nw.col(name).is_null() for name in schema if name not in (LINE, "row")]
        table = table.filter(any_of(said))
    readings: dict[str, nw.Expr] = {}
    if "row" in texts:
        number = nw.when(nw.col("row").str.contains(WHOLE)).then(nw.col("row"))
        readings["row"] = nw.when(~nw.col("row").is_null()).then(number.cast(nw.Int64).fill_null(-1))
    if ending == "jsonl" and "documents" in texts:
        readings["documents"] = _listed(lines)
    nameless = _nameless(store, path, table, [name for name in texts if name in known])
    if readings:
        table = table.with_columns(**readings)
    return table, nameless, _notes(path, unread, lines)


def _listed(lines: Lines) -> nw.Expr:
    """Returns documents as one text: a list of JSON whose items are all codes, or the text as it stands."""
    text = nw.col("documents")
    codes = text.str.replace_all(r'[\[\]" ]', "").str.replace_all(",", ";", literal=True)
    listed = text.str.contains(_LIST_OF_CODES)
    if lines.odd:
        listed &= ~nw.col(LINE).is_in(lines.odd_lines())
    return nw.when(listed).then(codes).otherwise(text)


def _nameless(store: Store, path: str, table: Frame, texts: Sequence[str]) -> int:
    """Counts the rows without a member, and refuses texts that an engine could not read."""
    odd = [name for name in texts if store.lenient]
    counted: list[nw.Expr] = [
        nw.when(nw.col(n).str.contains("\ufffd", literal=True)).then(nw.col(n)).max().alias(n) for n in odd
    ]
    kind = table.collect_schema().get("member")
    if kind is not None:
        member = nw.col("member")
        nobody = names_nobody(member.fill_null("")) if kind == nw.String else member.is_null()
        counted.append(one_where(nobody).sum().alias("nameless"))
    if not counted:
        return 0
    found = store.only_row(table.select(*counted).to_native())
    for name in odd:
        if found[name] is not None:
            raise InvalidValue(
                f"{path}: {name}", f"must be UTF-8 text, got {shown(found[name])}", code=ErrorCode.UNREADABLE
            )
    return found.get("nameless") or 0


def _notes(path: str, unread: Sequence[str], lines: Lines) -> list[str]:
    notes: list[str] = []
    if unread:
        more = "" if len(unread) <= _MOST_NOTED else f" and {len(unread) - _MOST_NOTED} more"
        notes.append(f"columns of {path} that are not read: {', '.join(map(shown, unread[:_MOST_NOTED]))}{more}")
    if lines.spread:
        notes.append(f"rows of {path} that go over several lines: {lines.spread}")
    return notes


def in_order(members: Any, given: Given) -> Any:
    """Puts members in the order of the designations, then of the activities, where the engine knows the lines."""
    tables: list[Frame] = [nw.from_native(table) for table in given.tables]
    if any(LINE not in table.collect_schema() for table in tables):
        return members  # pragma: no cover - Spark: tests/test_batch_spark.py
    line = nw.col(LINE).cast(nw.Int64)
    places = [table.select("member", at=line + offset) for table, offset in zip(tables, (1 << 50, 0), strict=True)]
    first = nw.concat(places).group_by("member").agg(nw.col("at").min())
    native: Frame = nw.from_native(members)
    placed = native.with_columns(nw.col("member").cast(first.collect_schema()["member"]))
    return placed.join(first, on="member", how="left").sort("at").drop("at").to_native()
