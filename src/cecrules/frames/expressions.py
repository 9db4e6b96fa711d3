"""Writes the numbers, conditions, days and codes that every engine understands alike.

An expression here means the same on all supported engines; what differs between them is avoided here, once.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import date
from enum import StrEnum
from typing import TypeVar

import narwhals as nw

from ..activities import ActivityKind

__all__ = [
    "INVISIBLE",
    "KINDS",
    "MONTH",
    "SPACES",
    "any_of",
    "codes_of",
    "day",
    "is_blank",
    "is_kind",
    "names_nobody",
    "one_where",
    "quotient",
    "serial",
    "serial_of",
    "whole",
]

N = TypeVar("N", int, nw.Expr)

KINDS = tuple(ActivityKind)
# More days than any month has.
MONTH = 32
# What str.split takes for space, written out: engines disagree about \s.
SPACES = "[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
_EACH_SPACE = "".join(filter(str.isspace, map(chr, range(0x3001))))
# Directions, joiners, selectors, fillers and other characters that show nothing, but for the spaces.
INVISIBLE = "".join(
    chr(code)
    for first, last in (
        (0xAD, 0xAD),
        (0x34F, 0x34F),
        (0x61C, 0x61C),
        (0x115F, 0x1160),
        (0x17B4, 0x17B5),
        (0x180B, 0x180F),
        (0x200B, 0x200F),
        (0x202A, 0x202E),
        (0x2060, 0x206F),
        (0x2800, 0x2800),
        (0x3164, 0x3164),
        (0xFE00, 0xFE0F),
        (0xFEFF, 0xFEFF),
        (0xFFA0, 0xFFA0),
    )
    for code in range(first, last + 1)
)


def whole(number: int) -> nw.Expr:
    """Returns a number as an expression of 64 bits."""
    return nw.lit(number, nw.Int64)


def one_where(condition: nw.Expr) -> nw.Expr:
    """Returns 1 where a condition holds and 0 elsewhere, to be added up or compared."""
    return nw.when(condition).then(whole(1)).otherwise(whole(0))


def any_of(conditions: Iterable[nw.Expr]) -> nw.Expr:
    """Returns whether any condition holds; none does where there are none."""
    each = list(conditions)
    return nw.any_horizontal(*each, ignore_nulls=False) if each else nw.lit(False)


def codes_of(found: Iterable[tuple[StrEnum, nw.Expr]]) -> nw.Expr:
    """Returns the codes of whatever is found, separated by `;`."""
    # Not by nulls that are left out: some databases then give null for the whole.
    named = [nw.when(holds).then(nw.lit(f";{code.value}")).otherwise(nw.lit("")) for code, holds in found]
    return nw.concat_str(*named).str.slice(1)


def is_blank(text: nw.Expr) -> nw.Expr:
    """Returns whether texts have nothing but spaces in them; a null is not blank."""
    return _has_nothing_but(_EACH_SPACE, text)


def names_nobody(text: nw.Expr) -> nw.Expr:
    """Returns whether texts have nothing in them that can be seen, so that strangers would share them as a name."""
    return _has_nothing_but(_EACH_SPACE + INVISIBLE, text)


def _has_nothing_but(characters: str, text: nw.Expr) -> nw.Expr:
    # DuckDB trims slowly, and may do it again wherever the column is used: a text that starts otherwise needs none.
    spaced = text.str.slice(0, 1).is_in(["", *characters])
    return nw.when(spaced).then(text.str.strip_chars_start(characters) == "").otherwise(nw.lit(False))


def quotient(number: nw.Expr, divisor: int) -> nw.Expr:
    """Returns a column of whole numbers divided by a number, as the float nearest to the exact result."""
    # Polars multiplies by the reciprocal of a constant, which is another float for one result in ten. A whole number
    # divided by another is a float everywhere but in some databases, and Ibis may forget to say so there.
    return number.cast(nw.Float64) / (number * 0 + divisor)


def is_kind(kinds: Iterable[ActivityKind]) -> nw.Expr:
    """Returns whether the column `kind` holds one of some kinds."""
    codes = sorted(kind.value for kind in kinds)
    return nw.col("kind").is_in(codes) if codes else nw.lit(False)


def day(value: date) -> nw.Expr:
    """Returns a day as an expression."""
    return nw.lit(value, nw.Date)


def serial(year: N, month: N, day: N) -> N:
    """Returns the number of a day where every month takes up as many: adding months is adding numbers."""
    return (year * 12 + month - 1) * MONTH + day


def serial_of(value: nw.Expr) -> nw.Expr:
    """Returns the number of each day of a column."""
    return serial(*[part.cast(nw.Int64) for part in (value.dt.year(), value.dt.month(), value.dt.day())])
