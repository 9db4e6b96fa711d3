"""The words of an office that stand for codes, for yes and no, and for totals."""

from __future__ import annotations

from enum import StrEnum
from typing import Any

import attrs

from ..activities import ActivityKind
from ..designations import Designation
from ..documents import DocumentKind
from ..errors import ErrorCode, Problems, shown
from ..likeness import folded

__all__ = ["DesignationWord", "DocumentWord", "FlagWord", "KindWord", "TotalRows", "agree_on_words"]


@attrs.frozen(kw_only=True)
class KindWord:
    """A word that stands for a kind of activity.

    Attributes:
        word: The word, as it stands in a cell.
        means: The kind.
    """

    word: str
    means: ActivityKind


@attrs.frozen(kw_only=True)
class DocumentWord:
    """A word that stands for a kind of document.

    Attributes:
        word: The word, as it stands in a cell or between two dividers.
        means: The kind of document.
    """

    word: str
    means: DocumentKind


@attrs.frozen(kw_only=True)
class DesignationWord:
    """A word that stands for a designation.

    Attributes:
        word: The word, as it stands in a cell.
        means: The designation.
    """

    word: str
    means: Designation


@attrs.frozen(kw_only=True)
class FlagWord:
    """A word that stands for yes or no.

    Attributes:
        word: The word, as it stands in a cell.
        means: True for yes, and false for no.
    """

    word: str
    means: bool


@attrs.frozen(kw_only=True)
class TotalRows:
    """The rows that are no entries, such as totals; they are left out.

    Attributes:
        heading: The heading of the column that tells.
        words: The words in that column that make a row a total. A `*` at the end stands for any rest.
    """

    heading: str
    words: tuple[str, ...]

    def __attrs_post_init__(self) -> None:
        problems = Problems()
        for index, word in enumerate(self.words):
            if not word.strip("* ") or "*" in word[:-1]:
                problem = f"must be a word, with a * at its end if anything may follow, got {shown(word)}"
                problems.add((index,), problem, code=ErrorCode.MALFORMED)
        problems.settle()


def agree_on_words(
    name: str, pairs: tuple[Any, ...], blanks: tuple[str, ...], kind: type[StrEnum] | None, problems: Problems
) -> None:
    """Refuses a blank word, a word with two meanings, and a code that is to mean something else."""
    meanings: dict[str, Any] = {folded(code): code for code in kind} if kind else {"true": True, "false": False}
    meanings |= {folded(word): None for word in blanks}
    for pair in pairs:
        key = folded(pair.word)
        if not key:
            problems.add((name, pair.word), "must be a word that is not blank", code=ErrorCode.OUT_OF_RANGE)
        elif meanings.setdefault(key, pair.means) != pair.means:
            problem = f"must have one meaning, got {shown(pair.means)} beside {shown(meanings[key])}"
            problems.add((name, pair.word), problem, code=ErrorCode.CONFLICT)
