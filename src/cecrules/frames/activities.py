"""Reads the rows of activities, and finds those that cannot be read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from enum import StrEnum

import narwhals as nw

from ..activities import FLAGS, MOST_MINUTES
from ..credits import MINUTES_AN_HOUR
from ..documents import DocumentKind
from .compiled import Compiled
from .expressions import KINDS, SPACES, any_of, is_blank, is_kind, one_where, quotient, whole
from .tables import Frame, Table, across
from .texts import flag_in, is_exact, is_flag, number_in

__all__ = [
    "NOT_STATED",
    "ProblemCode",
    "activity_problems",
    "read_activities",
    "row_problems",
    "set_of_documents",
    "stated",
    "unknown_document",
    "wrong_lengths",
]

# A flag that is not stated, where a statement is a number: 1 for true, 0 for false.
NOT_STATED = -1
_UNITS = {"minutes": 1, "hours": MINUTES_AN_HOUR}


class ProblemCode(StrEnum):
    """Why a row of either table cannot be decided; `evaluate` refuses a submission with such an entry."""

    MEMBER_MISSING = "member_missing"  #: The row names no member.
    TITLE_MISSING = "title_missing"  #: The activity has no title.
    KIND_UNKNOWN = "kind_unknown"  #: The kind is none of the codes of `ActivityKind`.
    KIND_UNDECIDED = "kind_undecided"  #: The sources of the rulebook do not say how the kind counts.
    EARNED_ON_MISSING = "earned_on_missing"  #: The activity has no day.
    EARNED_ON_INVALID = "earned_on_invalid"  #: The day is a text that is no day as YYYY-MM-DD.
    LENGTH_MISSING = "length_missing"  #: A kind that is measured in hours has neither hours nor minutes.
    #: The length is not above 0, not a whole number of minutes, or longer than a year.
    LENGTH_INVALID = "length_invalid"
    LENGTH_TWICE = "length_twice"  #: The row gives both hours and minutes.
    FLAG_INVALID = "flag_invalid"  #: A flag is a text that is neither `true` nor `false`.
    DOCUMENT_UNKNOWN = "document_unknown"  #: A document is none of the codes of `DocumentKind`.
    ROW_MISSING = "row_missing"  #: The column `row` has no number.
    ROW_TWICE = "row_twice"  #: Another row of the member has the same number.
    DESIGNATION_UNKNOWN = "designation_unknown"  #: The designation is unknown, or the rulebook does not have it.
    DESIGNATION_MISSING = "designation_missing"  #: No designation of the member is found.
    REQUIREMENT_UNKNOWN = "requirement_unknown"  #: It is not known what the member has to report.
    TERM_START_MISSING = "term_start_missing"  #: The designation needs the day its term began.
    TERM_START_INVALID = "term_start_invalid"  #: It is no day as YYYY-MM-DD, or the term would leave the calendar.
    TERM_START_TWICE = "term_start_twice"  #: Several rows give different days for one designation.


def read_activities(table: Table, rules: Compiled, others: Iterable[nw.Expr] = ()) -> Frame:
    """Returns what each row says, in columns without nulls but `member` and `earned_on`, beside other columns.

    `minutes` is its length, `documented` whether it has a document its kind calls
    for; the columns `no_*` and `bad_*` tell what of it cannot be read.
    """
    minutes, missing, invalid, twice = _length(table)
    # One after the other: an engine that can, looks for the documents of a row's own group alone.
    documented = nw.lit(True)
    evidence = rules.index.evidence_of_kind
    flags = _flags_of_text(table)
    for group in rules.book.evidence:
        calling = [kind.value for kind in rules.kinds if kind in evidence and evidence[kind] == group]
        if calling:  # PyArrow looks for nothing in no list
            asked = table.words("kind").is_in(calling)
            documented = nw.when(asked).then(_shown(table, group.documents)).otherwise(documented)
    columns = [
        table.member().alias("member"),
        table.day("earned_on"),
        minutes.alias("minutes"),
        missing.alias("no_length"),
        invalid.alias("bad_length"),
        twice.alias("two_lengths"),
        is_blank(table.words("title")).alias("no_title"),
        unknown_document(table).alias("bad_document"),
        *([table.unread_day("earned_on").alias("bad_day")] if table.is_text("earned_on") else []),
        *([any_of(~is_flag(table.words(name)) for name in flags).alias("bad_flag")] if flags else []),
        *[_flag(table, name).alias(name) for name in FLAGS],
        documented.alias("documented"),
        *[table.words(name).alias(name) for name in ("title", "provider", "kind")],
        *table.row(),
        *others,
    ]
    return table.frame.select(*columns)


def activity_problems(rules: Compiled, table: Table) -> list[tuple[ProblemCode, nw.Expr]]:
    """Returns everything that can be wrong with a row of activities by itself."""
    undated = nw.col("earned_on").is_null()
    texts: list[tuple[ProblemCode, nw.Expr]] = []
    if table.is_text("earned_on"):
        undated &= ~nw.col("bad_day")
        texts.append((ProblemCode.EARNED_ON_INVALID, nw.col("bad_day")))
    if _flags_of_text(table):
        texts.append((ProblemCode.FLAG_INVALID, nw.col("bad_flag")))
    measured = is_kind(kind for kind in KINDS if not kind.is_occasion)
    return [
        (ProblemCode.MEMBER_MISSING, nw.col("member").is_null()),
        (ProblemCode.TITLE_MISSING, nw.col("no_title")),
        (ProblemCode.KIND_UNKNOWN, ~is_kind(KINDS)),
        (ProblemCode.KIND_UNDECIDED, is_kind(rules.index.unknown_kinds)),
        (ProblemCode.EARNED_ON_MISSING, undated),
        *texts,
        (ProblemCode.LENGTH_MISSING, measured & nw.col("no_length")),
        (ProblemCode.LENGTH_INVALID, nw.col("bad_length")),
        (ProblemCode.LENGTH_TWICE, nw.col("two_lengths")),
        (ProblemCode.DOCUMENT_UNKNOWN, nw.col("bad_document")),
    ]


def row_problems(rows: Frame, table: Table) -> tuple[Frame, list[tuple[ProblemCode, nw.Expr]]]:
    """Returns the rows, and what can be wrong with the numbers by which the caller puts them in order."""
    if "row" not in table.schema:
        return rows, []
    rows = across(rows.with_columns(one=whole(1)), ["member", "row"], times=nw.col("one").sum())
    missing = nw.col("row").is_null()
    twice = ~(missing | nw.col("member").is_null()) & (nw.col("times") > 1).fill_null(False)
    return rows, [(ProblemCode.ROW_MISSING, missing), (ProblemCode.ROW_TWICE, twice)]


def _flags_of_text(table: Table) -> list[str]:
    return [name for name in FLAGS if table.is_text(name)]


def _flag(table: Table, name: str) -> nw.Expr:
    if table.is_text(name):
        return flag_in(table.words(name))
    return nw.col(name).fill_null(False).cast(nw.Boolean) if table.has(name) else nw.lit(False)


def stated(table: Table, name: str) -> nw.Expr:
    """Returns what a row states about a flag, as a number; a flag whose column is absent is false."""
    if not table.has(name):
        return whole(NOT_STATED if name in table.empty else 0)
    missing = is_blank(table.words(name)) if table.is_text(name) else nw.col(name).is_null()
    return nw.when(missing).then(whole(NOT_STATED)).otherwise(one_where(_flag(table, name)))


def _length(table: Table) -> tuple[nw.Expr, nw.Expr, nw.Expr, nw.Expr]:
    """Returns the length in minutes, and whether it is missing, invalid, or given twice."""
    read = [_read_length(table, name, unit) for name, unit in _UNITS.items()]
    if not table.has("hours") or not table.has("minutes"):
        minutes, given, sound = read[0] if table.has("minutes") else read[1]
        return minutes, ~given, given & ~sound, nw.lit(False)
    (minutes, given, sound), (from_hours, hours_given, hours_sound) = read
    length = nw.when(given).then(minutes).otherwise(from_hours)
    invalid = (given & ~sound) | (hours_given & ~hours_sound)
    return length, ~(given | hours_given), invalid, given & hours_given


def wrong_lengths(table: Table) -> list[nw.Expr]:
    """Returns whether a length is given that is none, for each column of lengths, as `bad_hours` and `bad_minutes`."""
    read = {name: _read_length(table, name, unit) for name, unit in _UNITS.items() if table.has(name)}
    return [(given & ~sound).alias(f"bad_{name}") for name, (_, given, sound) in read.items()]


def _read_length(table: Table, name: str, unit: int) -> tuple[nw.Expr, nw.Expr, nw.Expr]:
    """Returns the minutes in a column (0 where unsound), whether any are given, and whether they are sound."""
    if not table.has(name):
        return whole(0), nw.lit(False), nw.lit(False)
    column = nw.col(name)
    given = ~column.is_null()
    if table.is_text(name):
        given, column = ~is_blank(table.words(name)), number_in(table.words(name), name)
    if table.schema[name].is_integer():
        number = column.cast(nw.Int64)
        sound = ((number > 0) & (number <= MOST_MINUTES // unit)).fill_null(False)
        return nw.when(sound).then(number).otherwise(whole(0)) * unit, given, sound
    number = column.cast(nw.Float64)
    # Not a number is above every bound, or below, as the engine has it; either way it is not between them.
    bounded = ((number > 0) & (number <= MOST_MINUTES // unit)).fill_null(False)
    if table.schema[name].is_decimal():
        bounded &= is_exact(column, name)
    number = nw.when(bounded).then(number).otherwise(nw.lit(0.0))
    minutes = (number * unit).round().cast(nw.Int64)
    # A float is read by its shortest decimal text: it is whole minutes where it is the one nearest to them, and
    # where they have a decimal text at all (a third of an hour has none).
    step = _without_decimal_factors(unit)
    sound = bounded & (minutes > 0) & (quotient(minutes, unit) == number) & (minutes // step * step == minutes)
    return nw.when(sound).then(minutes).otherwise(whole(0)), given, sound


def _without_decimal_factors(number: int) -> int:
    for factor in (2, 5):
        while number % factor == 0:
            number //= factor
    return number


def _shown(table: Table, documents: tuple[DocumentKind, ...]) -> nw.Expr:
    """Returns whether a row has any of some documents; of one that names anything else it says nothing."""
    if not table.has("documents"):
        return nw.lit(False)
    if isinstance(table.schema["documents"], nw.List):
        lists = nw.col("documents")
        return any_of(lists.list.contains(document.value).fill_null(False) for document in documents)
    # No document's code is part of another's, so that it stands for itself wherever it stands.
    return table.words("documents").str.contains(_any(documents))


def unknown_document(table: Table) -> nw.Expr:
    """Returns whether a row names anything that is no document."""
    if not table.has("documents"):
        return nw.lit(False)
    if isinstance(table.schema["documents"], nw.List):
        lists = nw.col("documents")
        named = [one_where(lists.list.contains(kind.value)) for kind in DocumentKind]
        known = nw.sum_horizontal(*named)
        return (lists.list.unique().list.len().cast(nw.Int64) != known).fill_null(False)
    one = f"{SPACES}*(?:{_any(tuple(DocumentKind))})?{SPACES}*"
    return ~table.words("documents").str.contains(f"^{one}(?:;{one})*$")


def set_of_documents(table: Table) -> nw.Expr:
    """Returns the set of documents of a row as a number, in which each kind of document has a bit of its own."""
    found = whole(0)
    if table.has("documents"):
        listed = isinstance(table.schema["documents"], nw.List)
        for place, kind in enumerate(DocumentKind):
            has = (
                nw.col("documents").list.contains(kind.value).fill_null(False)
                if listed
                else table.words("documents").str.contains(kind.value, literal=True)
            )
            found += one_where(has) * (1 << place)
    return found


def _any(documents: tuple[DocumentKind, ...]) -> str:
    return "|".join(re.escape(document) for document in documents)
