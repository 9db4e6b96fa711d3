"""Makes any text safe to show on a terminal, on a page and in an error.

A character that acts instead of being seen is replaced by U+FFFD: controls and escapes, line and paragraph separators,
marks that turn the direction of a line, tags and other invisible formats, and halves of a surrogate pair. Letters,
marks and symbols of every script stay. So do the two joiners that Persian, Indic scripts and emoji need, and the Arabic
and Kaithi signs that Unicode calls formats although they are drawn.
"""

from __future__ import annotations

import re

__all__ = ["printable"]

_ACTING = re.compile(
    "["
    "\x00-\x1f\x7f-\x9f"  # controls
    "\u2028\u2029"  # separators of lines and paragraphs
    "\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069"  # directions
    "\xad\u070f\u180e\u200b\u2060-\u2065\u206a-\u206f\ufeff\ufff9-\ufffb"  # invisible formats
    "\U00013430-\U0001343f\U0001bca0-\U0001bca3\U0001d173-\U0001d17a"  # formats of hieroglyphs, shorthand and music
    "\U000e0000-\U000e007f"  # tags
    "\ud800-\udfff\ufffe\uffff"  # no characters at all
    "]"
)


def printable(text: str) -> str:
    """Returns a text on one line, with every character replaced that would act on a terminal or a page.

    >>> printable("a \\x1b[31mred\\x1b[0m title")
    'a �[31mred�[0m title'
    """
    return _ACTING.sub("\ufffd", text)
