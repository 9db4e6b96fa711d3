"""Draws what changed from one rulebook to another, amounts as lines and everything else in words."""

# pyright: reportUnknownMemberType=false

from __future__ import annotations

from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..errors import insist
from ..presentation.picture_words import change_label, change_words
from ..rulebook.comparison import Comparison, Difference
from .canvas import headed, key, label_rows, opened, palette, plain

__all__ = ["draw_changes"]

_AMOUNTS = ("credits", "in_network", "cap", "each")


def draw_changes(comparison: Comparison, *, ax: Axes | None = None) -> Axes:
    """Draws the differences between two rulebooks, one a row, in the order of a rulebook.

    An amount in credits is drawn from an empty circle, which is before, to a full one. Everything else is in words.

        >>> import cecrules as cec
        >>> from cecrules.plots import draw_changes
        >>> ax = draw_changes(cec.compare(cec.edition("naaei-2014"), cec.edition("naaei-2022")))
        >>> ax.get_yticklabels()[0].get_text()
        'CAM, credits required'

    Args:
        comparison: The comparison, as `compare` returns it.
        ax: The axes to draw on; new ones unless given.

    Returns:
        The axes, with one row a difference. The lengths are in credits.

    Raises:
        InvalidValue: `comparison` is not a comparison, or `ax` is not axes.
    """
    insist(comparison, Comparison, ("comparison",), "of type Comparison")
    rows = comparison.differences
    ax = opened(ax, len(rows))
    amounts = [_amounts(row) for row in rows]
    longest = max((amount for pair in amounts for amount in pair or ()), default=1.0)
    for place, (row, pair) in enumerate(zip(rows, amounts, strict=True)):
        if pair:
            _drawn(ax, place, *pair)
        at = (max(pair) if pair else 0.0, place)
        plain(ax.annotate(change_words(row), at, (8 if pair else 0, 0), textcoords="offset points", va="center"))
    label_rows(ax, [change_label(row) for row in rows])
    ax.set_xlim(-0.05 * longest, longest * 1.6)
    plain(ax.set_xlabel("credits"))
    headed(ax, f"{comparison.after} compared with {comparison.before}")
    if any(amounts):
        key(ax, [_mark(comparison.before, "none"), _mark(comparison.after, palette()["inside"])])
    return ax


def _amounts(row: Difference) -> tuple[float, float] | None:
    """Returns both amounts in credits, or None if the difference is not one between two amounts."""
    if row.where != "compliance" and row.where.rpartition(".")[2] not in _AMOUNTS:
        return None
    try:
        return float(row.before[0]), float(row.after[0])
    except (IndexError, ValueError):  # one of them has none, or it is not known
        return None


def _drawn(ax: Axes, row: int, before: float, after: float) -> None:
    color = palette()["inside"]
    ax.plot([before, after], [row, row], color=color, linewidth=2, zorder=1)
    for at, name, face in ((before, "before", palette()["paper"]), (after, "after", color)):
        ax.plot(at, row, marker="o", markersize=7, color=color, markerfacecolor=face, gid=name)


def _mark(label: str, face: str) -> Line2D:
    color = palette()["inside"]
    return Line2D([], [], marker="o", linestyle="none", color=color, markerfacecolor=face, label=label)
