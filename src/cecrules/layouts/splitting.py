"""Finds the dividers between several documents in one cell."""

from __future__ import annotations

import re
from collections.abc import Sequence

from ..documents import DocumentKind
from ..likeness import codes_like
from .cells import DIVIDER
from .likeness import words_for

__all__ = ["dividers_of", "parts_of"]


def dividers_of(texts: Sequence[str]) -> list[str]:
    """Returns the dividers that make words with one plain meaning out of texts that have none as a whole."""
    found: dict[str, None] = {}
    for text in texts:
        inside = [divider for divider in words_for("cells", "dividers") if divider in text]
        for tried in ([[divider] for divider in inside] + [inside]) if not _is_plain(text) else []:
            parts = _split(text, tried)
            if len(parts) > 1 and all(map(_is_plain, parts)):
                found |= dict.fromkeys(tried)
                break
    return list(found)


def parts_of(text: str, dividers: Sequence[str]) -> list[str]:
    """Returns the words of a cell, which are the whole text where its meaning is plain, or its parts."""
    return [text] if _is_plain(text) else _split(text, dividers)


def _split(text: str, dividers: Sequence[str]) -> list[str]:
    pattern = "|".join(map(re.escape, (DIVIDER, *dividers)))
    return [part.strip() for part in re.split(pattern, text) if part.strip()]


def _is_plain(text: str) -> bool:
    return len(codes_like(DocumentKind, text)) == 1
