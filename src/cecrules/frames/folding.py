"""Folds text in an engine as `str.casefold` and `str.split` do, so that case and spacing do not matter.

Engines lower letters, and some letters that differ then are the same still (ß and ss). They are rare, so the rows
that hold any of them are set apart and only they are treated letter by letter.
"""

# A frame is eager on some engines, although it is typed as a lazy one.
# pyright: reportUnnecessaryIsInstance=false

from __future__ import annotations

import functools

import narwhals as nw

from ..errors import ErrorCode, InvalidValue
from ..rulebook.provisions import SameField
from .compiled import Compiled
from .expressions import SPACES, any_of
from .tables import Frame

__all__ = ["told_apart"]

# The last letter that casefold treats otherwise than lower stands before this one.
_LAST = 0xFB18
# Letters of several languages; I is one that a Turkish database lowers otherwise.
_CAPITALS = "ÉIΩЖ"
_DOTTED_CAPITAL_I, _CAPITAL_SIGMA = "İ", "Σ"


def told_apart(frame: Frame, rules: Compiled) -> tuple[Frame, list[str]]:
    """Adds columns that are equal in entries of a member and a kind that report the same; returns their names too."""
    identity = rules.identity()
    columns = {f"same_{field}": value for field, value in identity.items()}
    texts = [f"same_{field}" for field in (SameField.PROVIDER, SameField.TITLE) if field in identity]
    others = [name for name in columns if name not in texts]
    frame = frame.with_columns(**columns)
    if not texts:
        return frame, others
    frame = frame.with_columns(nw.col(*texts).str.replace_all(SPACES, ""))
    if isinstance(frame, nw.LazyFrame):
        # Half the steps for one column of all. No text has a space any more, so that one tells where the next begins.
        frame, texts = frame.with_columns(same_text=nw.concat_str(*texts, separator=" ")), ["same_text"]
    return _folded(frame, texts), [*others, *texts]


def _folded(frame: Frame, names: list[str]) -> Frame:
    """Folds the case of some columns; of a single one where the frame is lazy."""
    texts = nw.col(*names)
    if frame.implementation.is_polars():
        return _in_polars(frame.with_columns(texts.str.to_lowercase()), names)
    hard = any_of(nw.col(name).str.contains(f"[{_hard()}]") for name in names)
    if isinstance(frame, nw.LazyFrame):
        if frame.implementation.is_ibis():
            _insist_on_letters(frame)
        # A database takes the long way for these rows alone.
        text = nw.when(hard).then(_letter_by_letter(texts)).otherwise(texts.str.to_lowercase())
        return frame.with_columns(text.alias(*names))
    plain = frame.filter(~hard).with_columns(texts.str.to_lowercase())
    return nw.concat([plain, frame.filter(hard).with_columns(_letter_by_letter(texts))])


def _in_polars(frame: Frame, names: list[str]) -> Frame:
    """Folds the lowered letters of some columns at once: planning a step a letter costs more than small tables take."""
    folds = {letter: fold for fold, letters in _folds().items() for letter in letters}
    native = frame.to_native()
    texts = frame.implementation.to_native_namespace().col(*names)
    made: Frame = nw.from_native(native.with_columns(texts.str.replace_many(list(folds), list(folds.values()))))
    return made


def _insist_on_letters(frame: Frame) -> None:
    """Refuses a database that would take two reports of one event for two, because it lowers ASCII letters alone."""
    database = frame.to_native().get_backend()
    lowered = database.to_pyarrow(frame.implementation.to_native_namespace().literal(_CAPITALS).lower()).as_py()
    if lowered != _CAPITALS.lower():
        raise InvalidValue(
            ("activities",),
            f"must be in a database that lowers the letters of every language, got one that makes {lowered!r} of "
            f"{_CAPITALS!r}",
            "in PostgreSQL this is the database's LC_CTYPE: en_US.UTF-8 does, C and tr_TR do not",
            ErrorCode.WRONG_TYPE,
        )


def _letter_by_letter(text: nw.Expr) -> nw.Expr:
    text = text.str.replace_all(_DOTTED_CAPITAL_I, _DOTTED_CAPITAL_I.casefold(), literal=True).str.to_lowercase()
    for fold, letters in _folds().items():
        text = text.str.replace_all(f"[{letters}]", fold)
    return text


@functools.cache
def _hard() -> str:
    """Returns the letters for which lowering is not enough, or is done differently by different engines."""
    left = {letter for letters in _folds().values() for letter in letters}
    return "".join(letter for letter in map(chr, range(_LAST)) if left.intersection(letter.lower())) + (
        _DOTTED_CAPITAL_I + _CAPITAL_SIGMA
    )


@functools.cache
def _folds() -> dict[str, str]:
    """Returns the lowered letters that have yet to be folded, by what they fold to."""
    folds: dict[str, str] = {}
    for letter in map(chr, range(_LAST)):
        fold = letter.casefold()
        if letter == letter.lower() and fold.lower() == fold != letter:
            folds[fold] = folds.get(fold, "") + letter
    return folds
