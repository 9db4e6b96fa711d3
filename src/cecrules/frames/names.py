"""Finds the column that a name with a slip in it is meant to be."""

from __future__ import annotations

import difflib
from collections.abc import Collection, Iterable, Sequence

__all__ = ["headings", "meant", "slips_among"]

# Names this alike are one name with a slip in it, but not short ones, which a letter makes another word.
_ALIKE = 0.9
_SHORT = 3
_MOST_HEADINGS = 30
_OWN = "cecrules_"


def meant(found: str, known: Iterable[str]) -> str:
    """Returns the known name that a name differs from by case, spacing or a slip of the pen, or an empty text."""
    plain = "_".join(found.casefold().replace("-", " ").replace("_", " ").split())
    for name in known:
        if plain == name or (len(name) > _SHORT and _is_slip(plain, name)):
            return name
    return ""


def _is_slip(found: str, name: str) -> bool:
    """Tells whether a letter was left out, added, changed or swapped, or a few of a long name."""
    pairs = zip(found, name, strict=False)
    same = next((place for place, (one, other) in enumerate(pairs) if one != other), min(len(found), len(name)))
    one, other = found[same:], name[same:]
    letter = one[1:] == other[1:] or one == other[1:] or one[1:] == other
    swapped = one[:2] == other[1::-1] and one[2:] == other[2:]
    return letter or swapped or difflib.SequenceMatcher(None, found, name).ratio() >= _ALIKE


def slips_among(found: Sequence[str], known: Collection[str]) -> dict[str, str]:
    """Returns the names that are likely slips, each with the name of the absent column that is meant."""
    absent = [name for name in known if name not in found]
    slips = {name: meant(name, absent) for name in found if name not in known}
    return {name: column for name, column in slips.items() if column}


def headings(found: Sequence[str]) -> str:
    """Returns a hint with the names that were found."""
    if own := [name for name in found if name.startswith(_OWN)]:  # a batch numbers the rows
        found = [name for name in found if name not in (*own, "row")]
    more = "" if len(found) <= _MOST_HEADINGS else f" and {len(found) - _MOST_HEADINGS} more"
    return f"found: {', '.join(map(repr, found[:_MOST_HEADINGS]))}{more}" if found else "no columns were found"
