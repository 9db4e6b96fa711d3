"""Folds text in an engine as `str.casefold` and `str.split` do: what differs by case and spacing alone is the same.

Engines lower letters, and some letters that differ then are the same still (ß and ss). They are rare, so the rows
that hold any letter beyond ASCII are set apart and only they are treated letter by letter.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Sequence

import narwhals as nw

from .tables import Frame

__all__ = ["SPACES", "folded"]

# What str.split takes for space, written out: engines disagree about \s.
SPACES = "[\t-\r\x1c- \x85\xa0\u1680\u2000-\u200a\u2028\u2029\u202f\u205f\u3000]"
_BEYOND_ASCII = "[^\x01-\x7f]"
# The last letter that casefold treats otherwise than lower stands before this one.
_LAST = 0xFB18
_DOTTED_CAPITAL_I = "İ"


def folded(frame: Frame, columns: Sequence[str]) -> Frame:
    """Returns a frame in which two texts of the columns are equal where they differ by case and spacing alone."""
    if not columns:
        return frame
    hard = nw.any_horizontal(*[nw.col(name).str.contains(_BEYOND_ASCII) for name in columns], ignore_nulls=False)
    plain = frame.filter(~hard).with_columns(*[_squeezed(nw.col(name)).str.to_lowercase() for name in columns])
    rest = frame.filter(hard).with_columns(*[_letter_by_letter(nw.col(name)) for name in columns])
    return nw.concat([plain, rest])


def _squeezed(text: nw.Expr) -> nw.Expr:
    return text.str.replace_all(SPACES, "")


def _letter_by_letter(text: nw.Expr) -> nw.Expr:
    text = _squeezed(text).str.replace_all(_DOTTED_CAPITAL_I, _DOTTED_CAPITAL_I.casefold(), literal=True)
    text = text.str.to_lowercase()
    for fold, letters in _folds().items():
        text = text.str.replace_all(f"[{letters}]", fold)
    return text


@functools.cache
def _folds() -> dict[str, str]:
    """Returns the lowered letters that have yet to be folded, by what they fold to."""
    folds: dict[str, str] = {}
    for letter in map(chr, range(_LAST)):
        fold = letter.casefold()
        if letter == letter.lower() and fold.lower() == fold != letter:
            folds[fold] = folds.get(fold, "") + re.escape(letter)
    return folds
