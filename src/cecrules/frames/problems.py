"""Reports the rows that cannot be decided, of either table, each with every reason (`problems_frame`)."""

from __future__ import annotations

from datetime import date

import narwhals as nw
from narwhals.typing import IntoFrameT

from ..rulebook.rulebook import Rulebook
from .activities import ProblemCode, activity_problems, read_activities, row_problems
from .compiled import compiled
from .designations import designation_problems, known_requirements, read_designations
from .expressions import codes_of
from .tables import ACTIVITIES, DESIGNATIONS, Frame, given_back, opened

__all__ = ["problems_frame"]


def problems_frame(
    activities: IntoFrameT,
    designations: IntoFrameT,
    *,
    renewal_year: int,
    rulebook: Rulebook | None = None,
    renewal_date: date | None = None,
) -> IntoFrameT:
    """Reports every row of two tables that cannot be decided: what `evaluate_frame` counts in `bad_rows`.

    Beside them those of a column `row` in which a number is missing, or is the same in two rows of a member:
    `decide_frame`, which needs the order, leaves them out, and `evaluate_frame`, which does not, counts them.

    Args:
        activities: As for `evaluate_frame`.
        designations: As for `evaluate_frame`.
        renewal_year: The year the renewals are for.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        renewal_date: The day the renewals are due, for rulebooks that count months back from it.

    Returns:
        One row for each row that cannot be decided, in no particular order. It has `table`, `row` (the column of that
        name or the place in the frame, from 0; null where an engine keeps no order), `member`, `reason` (codes of
        `ProblemCode` separated by `;`).

    Raises:
        InvalidValue: As for `evaluate_frame`.
        InvalidDocument: Several problems are found; every one is reported.
        NotStated: The sources of the rulebook do not say which days count.
    """
    rules = compiled(rulebook, renewal_year, renewal_date)
    tables = opened(activities, designations, ordered=True, terms=rules.index.has_terms)
    held = read_designations(tables.designations, rules)
    rows, unordered = row_problems(read_activities(tables.activities, rules), tables.activities)
    known = known_requirements(held, rules).with_columns(known=nw.lit(True)).select("member", "known")
    rows = rows.join(known, on="member", how="left").with_columns(nw.col("known").fill_null(False).cast(nw.Boolean))
    unknown = ~nw.col("member").is_null() & ~nw.col("known")
    found = [*activity_problems(rules), *unordered, (ProblemCode.REQUIREMENT_UNKNOWN, unknown)]
    both = [_reported(rows, ACTIVITIES, found), _reported(held, DESIGNATIONS, designation_problems(rules))]
    made: IntoFrameT = given_back(tables, nw.concat(both))
    return made


def _reported(rows: Frame, table: str, found: list[tuple[ProblemCode, nw.Expr]]) -> Frame:
    reported = rows.select(nw.lit(table).alias("table"), "row", "member", codes_of(found).alias("reason"))
    return reported.filter(nw.col("reason") != "")
