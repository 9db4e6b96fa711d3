"""Draws the days of a window as a calendar, with the day of each activity and the days that an outlook has left."""

# pyright: reportUnknownMemberType=false

from __future__ import annotations

import calendar
from collections.abc import Iterable
from datetime import date
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.patches import Rectangle

from ..ahead.forecasts import Outlook
from ..assessments import Assessment, Decision
from ..errors import insist
from ..presentation.ahead_sentences import outlook_sentence
from ..presentation.beside import shown_beside
from ..presentation.picture_words import ROWS
from ..rulebook.provisions import Side
from ..rules.window import Window
from .canvas import OUTSIDE, headed, key, label_rows, opened, palette, plain

__all__ = ["draw_year"]

Month = tuple[int, int]

_MONTHS = len(calendar.month_name) - 1
_LONGEST = max(calendar.monthrange(date.min.year, month)[1] for month in range(1, _MONTHS + 1))
_WEEK = len(calendar.day_name)


def draw_year(assessment: Assessment, *, outlook: Outlook | None = None, ax: Axes | None = None) -> Axes:
    """Draws a calendar with the days on which activities were earned, each with the credits credited.

    The days that count are shaded. With an outlook, those that are left are hatched, and a line stands before its day.
    Circles are in network, squares out of network, and crosses are activities without any credits.

        >>> import cecrules as cec
        >>> from cecrules.plots import draw_year
        >>> submission = cec.Submission(renewal_year=2014, designations=["CAM"], activities=[])
        >>> ax = draw_year(cec.evaluate(submission), outlook=cec.outlook(submission, "2013-12-20"))
        >>> [label.get_text() for label in ax.get_yticklabels()][:2]
        ['Jan 2013', 'Feb 2013']

    Args:
        assessment: The assessment.
        outlook: The outlook of the same renewal; where it has terms, that of the one furthest from its renewal.
        ax: The axes to draw on; new ones unless given.

    Returns:
        The axes, with one row for each month of the window or with an activity, and days from left to right.

    Raises:
        InvalidValue: `assessment` is not an assessment, `outlook` is not an outlook for the same renewal by the same
            rulebook, or `ax` is not axes.
    """
    insist(assessment, Assessment, ("assessment",), "of type Assessment")
    (ahead,) = shown_beside(outlook, Outlook, "outlook", (assessment,))
    window = assessment.window
    months = _months(window, (decision.earned_on for decision in assessment.decisions))
    ax = opened(ax, max(len(months) * 2 // 3, 1))
    keys: list[Artist] = [_shaded(ax, months, window, "days that count", facecolor=palette()["line"])]
    if ahead and ahead.days_left:
        left = Window(first=max(ahead.as_of, ahead.window.first), last=ahead.window.last)
        words = f"{ahead.days_left} days left"
        look: dict[str, Any] = {"facecolor": "none", "edgecolor": palette()["soft"], "hatch": OUTSIDE, "linewidth": 0}
        keys.append(_shaded(ax, months, left, words, **look))
    keys += _entries(ax, months, assessment.decisions)
    label_rows(ax, [f"{calendar.month_abbr[month]} {number}" for number, month in months])
    ax.set_xlim(0, _LONGEST + 1)
    ax.set_xticks(range(1, _LONGEST + 1, _WEEK))
    held = " and ".join(assessment.designations)
    said = [f"On {ahead.as_of}, {outlook_sentence(ahead)}"] if ahead else []
    headed(ax, f"{held} for {assessment.renewal_year}", *said)
    plain(ax.set_xlabel("day of the month; the figures are credits"))
    key(ax, keys)
    return ax


def _months(window: Window, days: Iterable[date]) -> list[Month]:
    """Returns the months of the window and those of some days."""
    found = {(day.year, day.month) for day in days}
    month = window.first.year, window.first.month
    while month <= (window.last.year, window.last.month):
        found.add(month)
        month = (month[0] + 1, 1) if month[1] == _MONTHS else (month[0], month[1] + 1)
    return sorted(found)


def _shaded(ax: Axes, months: list[Month], days: Window, label: str, **look: Any) -> Rectangle:
    """Shades the days from the first to the last, one rectangle a month, and returns the last of them for the key."""
    shade = Rectangle((0, 0), 0, 0, label=label, **look)
    for row, (number, month) in enumerate(months):
        ends = date(number, month, 1), date(number, month, calendar.monthrange(number, month)[1])
        first, last = max(days.first, ends[0]), min(days.last, ends[1])
        if first <= last:
            width = (last - first).days + 1
            shade = Rectangle((first.day - 0.5, row - 0.4), width, 0.8, label=label, gid=label, **look)
            ax.add_patch(shade)
    return shade


def _entries(ax: Axes, months: list[Month], decisions: Iterable[Decision]) -> list[Artist]:
    """Marks the days of the activities, with the sum of the credits of each day and side."""
    looks = {
        Side.IN_NETWORK: ("o", palette()["inside"], ROWS["inside"]),
        Side.OUT_OF_NETWORK: ("s", palette()["outside"], ROWS["outside"]),
        None: ("x", palette()["bad"], "not credited"),
    }
    amounts: dict[tuple[Side | None, date], float] = {}
    for decision in decisions:
        place = decision.side if decision.credited else None, decision.earned_on
        amounts[place] = amounts.get(place, 0.0) + float(decision.credited)
    made: list[Artist] = []
    for side, (marker, color, label) in looks.items():
        days = [day for found, day in amounts if found is side]
        at = [months.index((day.year, day.month)) for day in days]
        if days:
            look: dict[str, Any] = {"color": color, "marker": marker, "markersize": 6, "label": label, "gid": label}
            made += ax.plot([day.day for day in days], at, linestyle="none", **look)
        for day, row in zip(days, at, strict=True):
            if side:
                text = f"{amounts[side, day]:.2f}".rstrip("0").rstrip(".")
                plain(ax.annotate(text, (day.day, row), (5, 0), textcoords="offset points", va="center"))
    return made
