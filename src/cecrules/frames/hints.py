"""Gives each problem with a row the hint that `check` gives, from the text that was found."""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false
# pyright: reportUnnecessaryIsInstance=false

from __future__ import annotations

import functools
import re
from collections.abc import Callable
from fractions import Fraction
from typing import Any

import narwhals as nw

from ..activities import ELSEWHERE, FORM, ActivityKind
from ..converters import nearest, preferring, read_date, read_member
from ..designations import Designation
from ..documents import DocumentKind
from ..errors import CecRulesError, Path
from ..likeness import holds_several
from .activities import ProblemCode
from .joining import values_in
from .tables import Frame

__all__ = ["A_ROW_EACH", "HINTS", "hint_of", "hinted"]

# The hint at several designations in one cell.
A_ROW_EACH = "give each designation a row of its own"

_DAY = "write the day as YYYY-MM-DD"
_LENGTH = "give hours or minutes"

# The hints that do not depend on the text found, and those of the other problems where an engine cannot ask Python.
HINTS = {
    ProblemCode.KIND_UNKNOWN: nearest(None, ActivityKind),
    ProblemCode.EARNED_ON_INVALID: _DAY,
    ProblemCode.LENGTH_MISSING: _LENGTH,
    ProblemCode.LENGTH_INVALID: "give minutes as a whole number",
    ProblemCode.LENGTH_TWICE: "give one of them",
    ProblemCode.FLAG_INVALID: "write true or false",
    ProblemCode.DOCUMENT_UNKNOWN: nearest(None, DocumentKind),
    ProblemCode.DESIGNATION_UNKNOWN: nearest(None, Designation),
    ProblemCode.TERM_START_INVALID: _DAY,
    ProblemCode.MEMBER_MISSING: "write whose row it is",
    ProblemCode.DESIGNATION_MISSING: "add the member to designations, or write the name as it stands there",
    ProblemCode.REQUIREMENT_UNKNOWN: "mend the rows of the member in designations",
}


def _read_documents(raw: str, path: Path) -> object:
    return FORM.readers["documents"]([item.strip() for item in raw.split(";")], path)


_READERS: dict[str, Callable[[Any, Path], object]] = {
    **FORM.readers,
    "documents": _read_documents,
    "designation": functools.partial(read_member, Designation),
    "term_start": read_date,
}
_LENGTHS = ("hours", "minutes")
_NUMBER = re.compile(r"[+-]?[0-9]{1,18}(?:[.][0-9]{0,18})?")
_FIXED = (ProblemCode.FLAG_INVALID, ProblemCode.LENGTH_TWICE)


@functools.lru_cache(maxsize=4096)
def hint_of(reason: str, column: str, found: str | None, rarely: frozenset[str] = ELSEWHERE) -> str:
    """Returns what to do about a problem, in the words of `check` where it has any; `rarely` has kinds seldom meant.

    >>> hint_of("length_invalid", "hours", "0.33")
    'give minutes instead, such as minutes=20'
    """
    code = ProblemCode(reason)
    usual = HINTS.get(code, "")
    if found is None or column not in _READERS or code not in HINTS or code in _FIXED:
        return usual
    if column == "designation" and holds_several(Designation, found):
        return A_ROW_EACH
    try:
        _READERS[column](_number_in(found) if column in _LENGTHS else found, ())
    except CecRulesError as error:
        return preferring(rarely, error.problems[0]).hint or usual
    return usual


def _number_in(text: str) -> int | Fraction | str:
    if not _NUMBER.fullmatch(text):
        return text
    number = Fraction(text)
    return number.numerator if number.denominator == 1 else number


def hinted(frame: Frame, rarely: frozenset[str]) -> Frame:
    """Adds the hint of each problem, which depends on the text found where an engine runs in Python."""
    names = ("reason", "column", "found")
    if isinstance(frame, nw.DataFrame):
        hints = [hint_of(*values, rarely) for values in zip(*[values_in(frame[name]) for name in names], strict=True)]
        return frame.with_columns(nw.new_series("hint", hints, nw.String, backend=frame.implementation))
    if frame.implementation.is_polars():
        polars = frame.implementation.to_native_namespace()

        def each(rows: Any) -> Any:  # pragma: no cover - on a thread of Polars, which coverage does not see
            return polars.Series(
                [hint_of(*row, rarely) for row in rows.struct.unnest().iter_rows()], dtype=polars.String
            )

        told = polars.struct(names).map_batches(each, return_dtype=polars.String, is_elementwise=True)
        made: Frame = nw.from_native(frame.to_native().with_columns(told.alias("hint")))
        return made
    hint = nw.lit("")
    for code, usual in HINTS.items():
        hint = nw.when(nw.col("reason") == code.value).then(nw.lit(usual)).otherwise(hint)
    return frame.with_columns(hint=hint)
