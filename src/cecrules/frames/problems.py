"""Reports every problem with the rows of either table, with the text that was found (`problems_frame`)."""

# An eager frame is handled as a lazy one: they share the methods used here.
# pyright: reportUnnecessaryIsInstance=false

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import attrs
import narwhals as nw
from narwhals.typing import IntoFrameT

from ..activities import FLAGS
from ..rulebook.rulebook import Rulebook
from .activities import ProblemCode, activity_problems, read_activities, row_problems, wrong_lengths
from .compiled import Compiled, compiled
from .designations import designation_problems, known_requirements, read_designations
from .hints import hinted
from .tables import ACTIVITIES, DESIGNATIONS, Frame, Table, given_back, opened, together
from .texts import is_flag

__all__ = ["problems_frame"]

# The columns whose text is shown, under these names beside the values read from them.
_FOUND = {
    name: f"found_{name}"
    for name in ("title", "kind", "earned_on", "hours", "minutes", *FLAGS, "documents", "designation", "term_start")
}
_COLUMNS = {
    ProblemCode.MEMBER_MISSING: "member",
    ProblemCode.TITLE_MISSING: "title",
    ProblemCode.KIND_UNKNOWN: "kind",
    ProblemCode.KIND_UNDECIDED: "kind",
    ProblemCode.EARNED_ON_MISSING: "earned_on",
    ProblemCode.EARNED_ON_INVALID: "earned_on",
    ProblemCode.LENGTH_TWICE: "hours",
    ProblemCode.DOCUMENT_UNKNOWN: "documents",
    ProblemCode.ROW_MISSING: "row",
    ProblemCode.ROW_TWICE: "row",
    ProblemCode.DESIGNATION_UNKNOWN: "designation",
    ProblemCode.DESIGNATION_MISSING: "member",
    ProblemCode.REQUIREMENT_UNKNOWN: "designation",
    ProblemCode.TERM_START_MISSING: "term_start",
    ProblemCode.TERM_START_INVALID: "term_start",
    ProblemCode.TERM_START_TWICE: "term_start",
}


@attrs.frozen
class _Problem:
    """A problem that rows may have with one of their columns."""

    code: ProblemCode
    column: str
    holds: nw.Expr


def problems_frame(
    activities: IntoFrameT,
    designations: IntoFrameT,
    *,
    renewal_year: int,
    rulebook: Rulebook | None = None,
    renewal_date: date | None = None,
) -> IntoFrameT:
    """Reports every problem with the rows of two tables: why `evaluate_frame` counts them in `bad_rows`.

    Beside them those of a column `row` in which a number is missing, or is the same in two rows of a member:
    `decide_frame`, which needs the order, leaves them out, and `evaluate_frame`, which does not, counts them.

    Args:
        activities: As for `evaluate_frame`.
        designations: As for `evaluate_frame`.
        renewal_year: The year the renewals are for.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        renewal_date: The day the renewals are due, for rulebooks that count months back from it.

    Returns:
        One row for each problem, in no particular order. It has `table`, `row` (the column of that name or the place
        in the frame, from 0; null where an engine keeps no order), `member`, `column`, `reason` (a code of
        `ProblemCode`), `found` (the text or value in the column, null if there is none) and `hint` (advice, which may
        be empty). Where an engine runs in Python, the hint names the closest known code.

    Raises:
        InvalidValue: As for `evaluate_frame`.
        InvalidDocument: More than one such problem; `problems` lists them all.
        NotStated: The sources of the rulebook do not say which days count.
    """
    rules = compiled(rulebook, renewal_year, renewal_date)
    tables = opened(activities, designations, ordered=True, terms=rules.index.has_terms)
    held = read_designations(_shown(tables.designations), rules, _found_in(tables.designations))
    rows = read_activities(
        _shown(tables.activities), rules, [*_found_in(tables.activities), *wrong_lengths(tables.activities)]
    )
    rows, unordered = row_problems(rows, tables.activities)
    rows, unheld = _with_requirements(rows, held, rules)
    found = [
        *_of_lengths(tables.activities, [*activity_problems(rules, tables.activities), *unordered, *unheld]),
        *_of_flags(tables.activities),
    ]
    wrong = [_Problem(code, _COLUMNS[code], holds) for code, holds in designation_problems(rules)]
    both = [_reported(rows, ACTIVITIES, found), _reported(held, DESIGNATIONS, wrong)]
    made: IntoFrameT = given_back(tables, hinted(together(both), rules.index.unlisted_kinds))
    return made


def _shown(table: Table) -> Table:
    """Gives lists of documents on Polars, which casts none to text, a column of text."""
    frame = table.frame
    if not frame.implementation.is_polars() or not isinstance(table.schema.get("documents"), nw.List):
        return table
    polars = frame.implementation.to_native_namespace()
    joined = polars.col("documents").list.eval(polars.element().fill_null("null")).list.join(";")
    made = nw.from_native(frame.to_native().with_columns(joined.alias("listed")))
    return attrs.evolve(table, frame=made)


def _found_in(table: Table) -> list[nw.Expr]:
    listed = table.frame.implementation.is_polars() and isinstance(table.schema.get("documents"), nw.List)
    shown = {"documents": nw.col("listed")} if listed else {}
    return [shown.get(column, table.found(column)).alias(name) for column, name in _FOUND.items() if table.has(column)]


def _with_requirements(rows: Frame, held: Frame, rules: Compiled) -> tuple[Frame, list[tuple[ProblemCode, nw.Expr]]]:
    """Returns the rows, and the problems of those whose member's requirement is not known."""
    known = known_requirements(held, rules).select("member", known=nw.lit(True))
    members = held.select("member").unique().select("member", held=nw.lit(True))
    for members_of in (known, members):
        rows = rows.join(members_of, on="member", how="left")
    rows = rows.with_columns(nw.col("known", "held").fill_null(False).cast(nw.Boolean))
    unknown = ~nw.col("member").is_null() & ~nw.col("known")
    return rows, [
        (ProblemCode.DESIGNATION_MISSING, unknown & ~nw.col("held")),
        (ProblemCode.REQUIREMENT_UNKNOWN, unknown & nw.col("held")),
    ]


def _of_lengths(table: Table, found: Sequence[tuple[ProblemCode, nw.Expr]]) -> list[_Problem]:
    """Names the column of each problem; a length that is wrong stands in the one of two columns that has it."""
    columns = [name for name in ("hours", "minutes") if table.has(name)] or ["hours"]
    made: list[_Problem] = []
    for code, holds in found:
        if code is ProblemCode.LENGTH_INVALID:
            made += [_Problem(code, name, holds & nw.col(f"bad_{name}")) for name in columns if table.has(name)]
        elif code is ProblemCode.REQUIREMENT_UNKNOWN:
            made.append(_Problem(code, "member", holds))
        elif code is not ProblemCode.FLAG_INVALID:
            made.append(_Problem(code, _COLUMNS.get(code, columns[0]), holds))
    return made


def _of_flags(table: Table) -> list[_Problem]:
    return [
        _Problem(ProblemCode.FLAG_INVALID, name, ~is_flag(nw.col(_FOUND[name]).fill_null("")))
        for name in FLAGS
        if table.is_text(name)
    ]


def _reported(rows: Frame, table: str, problems: Sequence[_Problem]) -> Frame:
    """Returns a row for each problem of each row."""
    names = [f"{one.column} {one.code}" for one in problems]
    which = [
        nw.when(one.holds).then(nw.lit(f";{name}")).otherwise(nw.lit(""))
        for name, one in zip(names, problems, strict=True)
    ]
    rows = rows.with_columns(which=nw.concat_str(*which).str.slice(1)).filter(nw.col("which") != "")
    if _can_split(rows):
        rows = rows.with_columns(which=nw.col("which").str.split(";")).explode("which")
        parts = nw.col("which").str
        rows = rows.with_columns(column=parts.replace_all(" .*", ""), reason=parts.replace_all(".* ", ""))
    else:
        mine = nw.concat_str(nw.lit(";"), "which", nw.lit(";"))
        each = [
            rows.filter(mine.str.contains(f";{name};", literal=True)).with_columns(
                column=nw.lit(one.column), reason=nw.lit(one.code.value)
            )
            for name, one in zip(names, problems, strict=True)
        ]
        rows = together(each)
    return rows.select(nw.lit(table).alias("table"), "row", "member", "column", "reason", _text_found(rows, problems))


def _can_split(frame: Frame) -> bool:
    """Tells whether an engine makes rows of the parts of a text; what others do costs as much for few rows."""
    if frame.implementation.is_ibis():
        operations = frame.implementation.to_native_namespace().expr.operations
        can: bool = frame.to_native().get_backend().has_operation(operations.StringSplit)
        return can
    return isinstance(frame, nw.LazyFrame)


def _text_found(rows: Frame, problems: Sequence[_Problem]) -> nw.Expr:
    found = nw.lit(None, nw.String)
    names = rows.collect_schema().names()
    for column in dict.fromkeys(one.column for one in problems):
        shown = nw.col(column).cast(nw.String) if column in ("member", "row") else nw.col(_FOUND.get(column, ""))
        if _FOUND.get(column, column) in names:
            found = nw.when(nw.col("column") == column).then(shown).otherwise(found)
    return found.alias("found")
