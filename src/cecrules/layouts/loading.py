"""Reads layouts from TOML, and reports every problem with its key."""

from __future__ import annotations

import os
from typing import cast

from ..converters import read_text
from ..errors import ErrorCode, Problems
from ..structuring import build
from ..toml_text import table_in, text_in
from .layout import Layout

__all__ = ["LAYOUT_FORMAT", "load_layout", "read_layout"]

LAYOUT_FORMAT = "cecrules.layout/1"


def load_layout(path: str | os.PathLike[str]) -> Layout:
    """Reads a layout from a TOML file.

    Raises:
        CecRulesError: The file cannot be read, is not TOML, or is not a layout; `problems` lists every problem.
    """
    return read_layout(text_in(path))


def read_layout(text: str) -> Layout:
    """Builds a layout from TOML text.

        >>> read_layout('''
        ... format = "cecrules.layout/1"
        ... [designations.columns]
        ... member = "Member ID"
        ... designation = "Credential"
        ... ''').designations.columns.member
        'Member ID'

    Raises:
        CecRulesError: The text is not TOML or is not a layout; `problems` lists every problem, each with its key.
    """
    data = table_in(read_text(text, ("text",)))
    problems = Problems()
    if data.pop("format", None) != LAYOUT_FORMAT:
        problems.add(("format",), f"must be {LAYOUT_FORMAT!r}", "it names the form of the file", code=ErrorCode.MISSING)
    layout = problems.attempt(build, Layout, data)
    problems.settle()
    return cast("Layout", layout)
