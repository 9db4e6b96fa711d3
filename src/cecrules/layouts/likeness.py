"""Finds the column that a heading is most like, by the words in `likeness.toml`.

Nothing is decided by likeness: it only proposes, and you confirm.
"""

from __future__ import annotations

import difflib
import functools
import pkgutil
from collections.abc import Mapping, Sequence
from typing import Any

from ..likeness import LIKENESS, tokens_of
from ..toml_text import table_in

__all__ = ["columns_like", "words_for"]

_PACKAGE = __name__.rpartition(".")[0]
# Nothing is as like as the same.
_LESS = 0.99


@functools.cache
def _data() -> Mapping[str, Any]:
    return table_in((pkgutil.get_data(_PACKAGE, "likeness.toml") or b"").decode())


def words_for(table: str, key: str) -> Sequence[str]:
    """Returns the words that offices use, such as those for yes: `words_for("flags", "yes")`."""
    words: Sequence[str] = _data()[table][key]
    return words


def columns_like(table: str, headings: Sequence[str]) -> dict[str, list[str]]:
    """Returns the headings that each column of a table may have, if any is like it: the most alike, or several.

    Args:
        table: `activities` or `designations`.
        headings: The headings found.
    """
    columns: Mapping[str, Sequence[str]] = _data()[table]
    scores = {
        (column, heading): score
        for column in columns
        for heading in dict.fromkeys(headings)
        if (score := _alike(table, column, heading)) >= LIKENESS
    }
    found: dict[str, list[str]] = {}
    for column in columns:
        best = max((score for (each, _), score in scores.items() if each == column), default=0)
        likely = [heading for (each, heading), score in scores.items() if each == column and score == best]
        # A heading belongs to the column that it is most like.
        own = [heading for heading in likely if best == _most(scores, heading)]
        if own:
            found[column] = own
    return found


def _most(scores: Mapping[tuple[str, str], float], heading: str) -> float:
    return max(score for (_, each), score in scores.items() if each == heading)


@functools.lru_cache(maxsize=4096)
def _alike(table: str, column: str, heading: str) -> float:
    """Returns how much a heading is like the words for a column, from 0 to 1."""
    plain = " ".join(tokens_of(heading))
    known = {" ".join(tokens_of(word)) for word in _data()[table][column]}
    if not plain or plain in known:
        return float(plain in known)
    matcher = difflib.SequenceMatcher(b=plain)
    best = 0.0
    for word in known:
        matcher.set_seq1(word)
        if matcher.quick_ratio() >= LIKENESS:
            best = max(best, matcher.ratio())
    return best * _LESS
