"""Exact forms of JSON, in which amounts are whole minutes, and the parts of them that decide.

The form for people has every amount in credits and in minutes. The exact form has the minutes alone, and so no number
that two languages could write in two ways.
"""

from __future__ import annotations

import math
from collections.abc import Mapping
from fractions import Fraction
from typing import Any, TypeAlias, cast

from .structuring import MINUTES_SUFFIX

__all__ = ["WORDS", "deciding", "exact", "exact_rulebook", "is_note", "rules_of"]

_Form: TypeAlias = "Mapping[str, Any]"

# The keys of an assessment that only name or explain; all others are decided.
WORDS = frozenset(["edition", "message", "rulebook", "version"])
# The code of the notice whose subject is a note of the rulebook.
_NOTE = "edition_undated"
# The keys of a rulebook that name it, and say where it comes from and how it is read.
_NAMES = frozenset(["id", "title", "sources", "clauses"])


def exact(value: object) -> Any:
    """Returns a form without the amounts that have the same amount in minutes beside them."""
    if isinstance(value, Mapping):
        form = cast("_Form", value)
        return {key: exact(inner) for key, inner in form.items() if key + MINUTES_SUFFIX not in form}
    return [*map(exact, cast("list[object]", value))] if isinstance(value, list) else value


def deciding(form: object) -> Any:
    """Returns the exact form of an assessment without its words, which are the keys in `WORDS` and notes."""
    if isinstance(form, Mapping):
        table = cast("_Form", form)
        words = WORDS | {"subject"} if is_note(table) else WORDS
        return {key: deciding(inner) for key, inner in table.items() if key not in words}
    return [*map(deciding, cast("list[object]", form))] if isinstance(form, list) else form


def is_note(form: _Form) -> bool:
    """Returns whether a form is a notice whose subject is a note of the rulebook."""
    return form.get("code") == _NOTE


def exact_rulebook(value: object) -> Any:
    """Returns the form of a rulebook in which a number that is not whole is a text, such as `3/2`."""
    if isinstance(value, Mapping):
        return {key: exact_rulebook(inner) for key, inner in cast("_Form", value).items()}
    if isinstance(value, list):
        return [*map(exact_rulebook, cast("list[object]", value))]
    if not isinstance(value, float):
        return value
    return str(Fraction(repr(value))) if math.isfinite(value) else repr(value)


def rules_of(form: _Form) -> dict[str, Any]:
    """Returns the parts of an exact rulebook that decide, with the ids of the clauses that they cite.

    The names of the rulebook, its sources, its clauses and its note are left out.
    """
    rules = {key: inner for key, inner in form.items() if key not in _NAMES}
    if "governs" in rules:
        rules["governs"] = {key: inner for key, inner in rules["governs"].items() if key != "note"}
    return rules
