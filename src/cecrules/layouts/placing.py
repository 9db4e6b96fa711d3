"""Finds which heading is which column, and which rows are totals, and asks where that is not plain."""

from __future__ import annotations

from collections.abc import Mapping
from enum import StrEnum

import attrs

from ..activities import ActivityKind
from ..credits import MINUTES_AN_HOUR
from ..designations import Designation
from ..documents import DocumentKind
from ..likeness import codes_like, folded
from .files import Kept, Row
from .layout import ActivityColumns, DesignationColumns
from .likeness import columns_like, words_for
from .questions import asked, quoted
from .sniffing import ACTIVITIES, Found
from .trying import days_tried, lengths_tried

__all__ = ["DAYS", "UNITS", "VOCABULARIES", "Placed", "placed"]

DAYS = ("earned_on", "term_start")
# The minutes in one of what a column of lengths is measured in.
UNITS = {"hours": MINUTES_AN_HOUR, "minutes": 1}
_BOUGHT = "bought_through_association"
VOCABULARIES: Mapping[str, type[StrEnum]] = {
    "kind": ActivityKind,
    "documents": DocumentKind,
    "designation": Designation,
}


@attrs.frozen
class Placed:
    """The columns of a table as far as they are plain.

    Attributes:
        headings: The heading of each column that is plain, in the order of the columns.
        questions: The lines with questions about the others, and with the headings left.
        texts: The distinct texts of each column that are not blank, without those of totals. A column that is asked
            about has those of the headings whose cells can be read as it.
        totals: By heading, the words that make a row a total.
    """

    headings: dict[str, str]
    questions: list[str]
    texts: dict[str, list[str]]
    totals: dict[str, list[str]]


def placed(found: Found) -> Placed:
    """Places the headings of a table."""
    kept = found.kept
    columns = attrs.fields_dict(ActivityColumns if found.name == ACTIVITIES else DesignationColumns)
    named = [heading for heading in kept.headings if heading]
    like = columns_like(found.name, named)
    lengths = like.get("hours", [])
    if lengths == like.get("minutes") and len(lengths) == 1 and not _has_bare(kept, lengths[0]):
        del like["minutes"]  # every length has its unit
    claims = [heading for each in like.values() for heading in each]
    headings: dict[str, str] = {}
    questions: list[str] = []
    open_to: dict[str, list[str]] = {}
    both_lengths = {"hours", "minutes"} <= like.keys()
    for column, field in columns.items():
        likely = like.get(column, [])
        plain = len(likely) == 1 and claims.count(likely[0]) == 1 and named.count(likely[0]) == 1
        if both_lengths and column in UNITS:
            if column == "hours":
                lines = [f"{each} = {quoted(heading)}" for each in UNITS for heading in like[each]]
                questions += asked("a length may be in hours or in minutes; keep one line:", lines)
                open_to[column] = [*dict.fromkeys([*like["hours"], *like["minutes"]])]
        elif plain:
            headings[column] = likely[0]
        elif likely:
            which = "one of these" if len(likely) > 1 else "this"
            questions += _choices(column, likely, f"{column} may be under {which}")
            open_to[column] = likely
        elif field.default is attrs.NOTHING:
            left = [heading for heading in dict.fromkeys(named) if heading not in claims]
            questions += _choices(column, left, f"{column} is required, and no heading is like it")
            open_to[column] = left
    offered = {heading for each in open_to.values() for heading in each}
    other = [heading for heading in dict.fromkeys(named) if heading not in claims and heading not in offered]
    if other:
        questions.append(f"# In no column: {', '.join(map(quoted, other))}")
    telling = headings.get("earned_on" if found.name == ACTIVITIES else "designation")
    totals = _totals(kept, telling)
    rows = [row for row in kept.rows if not _is_total(kept, row, totals)]
    texts = {column: _distinct(kept, rows, heading) for column, heading in headings.items()}
    for column, likely in open_to.items():
        # How its cells are written is proposed too, or an answer to the question alone would leave every row unread.
        of_likely = [_distinct(kept, rows, heading) for heading in likely if named.count(heading) == 1]
        texts[column] = list(dict.fromkeys(text for each in of_likely if _is_read(column, each) for text in each))
    if _BOUGHT not in headings and _BOUGHT not in open_to and _has_kind(texts, ActivityKind.GRACE_HILL_COURSE):
        words = "a Grace Hill course counts only if it was bought through the association; keep one line if it says so:"
        questions += asked(words, [f"{_BOUGHT} = {quoted(heading)}" for heading in other])
    return Placed(headings, questions, texts, totals)


def _has_kind(texts: Mapping[str, list[str]], kind: ActivityKind) -> bool:
    return any(codes_like(ActivityKind, text) == [kind] for text in texts.get("kind", ()))


def _is_read(column: str, texts: list[str]) -> bool:
    """Tells whether at least half of some texts can be read as those of a column are."""
    if column in DAYS:
        unread = len(days_tried(texts).unread)
    elif column in UNITS:
        unread = len(lengths_tried(texts, UNITS[column]).unread)
    elif column in VOCABULARIES:
        unread = sum(not codes_like(VOCABULARIES[column], text) for text in texts)
    else:
        return False
    return 2 * unread <= len(texts)


def _choices(column: str, likely: list[str], why: str) -> list[str]:
    return asked(f"{why}; keep one line:", [f"{column} = {quoted(heading)}" for heading in likely])


def _has_bare(kept: Kept, heading: str) -> bool:
    return lengths_tried(_distinct(kept, kept.rows, heading), UNITS["hours"]).bare


def _distinct(kept: Kept, rows: list[Row] | tuple[Row, ...], heading: str) -> list[str]:
    place = kept.headings.index(heading)
    texts = (_cell(cells, place) for _, cells in rows)
    return list(dict.fromkeys(text for text in texts if text))


def _cell(cells: list[str], place: int) -> str:
    return cells[place].strip() if place < len(cells) else ""


def _totals(kept: Kept, telling: str | None) -> dict[str, list[str]]:
    """Returns the words for totals in rows that lack what every entry has: a day, or a designation."""
    if telling is None:
        return {}
    known = frozenset(words_for("cells", "totals"))
    place = kept.headings.index(telling)
    totals: dict[str, dict[str, None]] = {}
    for _, cells in kept.rows:
        if not _cell(cells, place):
            for heading, text in zip(kept.headings, cells, strict=False):
                if heading and folded(text) in known:
                    totals.setdefault(heading, {})[text.strip()] = None
    # A word that is also in a row that is an entry tells nothing.
    for _, cells in kept.rows:
        if _cell(cells, place):
            for heading, text in zip(kept.headings, cells, strict=False):
                totals.get(heading, {}).pop(text.strip(), None)
    return {heading: list(words) for heading, words in totals.items() if words}


def _is_total(kept: Kept, row: Row, totals: dict[str, list[str]]) -> bool:
    cells = dict(zip(kept.headings, row[1], strict=False))
    return any(cells.get(heading, "").strip() in words for heading, words in totals.items())
