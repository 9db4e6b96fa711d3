"""Opens axes for a picture, and draws the parts of every picture (title, rows with labels, bars and key)."""

# Matplotlib's own types leave the keywords of texts and patches open.
# pyright: reportUnknownMemberType=false

from __future__ import annotations

import functools
import re
import textwrap
from collections.abc import Mapping, Sequence
from importlib import resources
from typing import Any

from matplotlib.artist import Artist
from matplotlib.axes import Axes
from matplotlib.text import Text
from matplotlib.transforms import ScaledTranslation

from ..errors import insist
from ..printable import printable

__all__ = [
    "HATCHES",
    "OUTSIDE",
    "bars",
    "headed",
    "key",
    "label_rows",
    "opened",
    "palette",
    "plain",
]

# In inches; at the usual 100 dots an inch the picture is 480 wide, and 400 is enough for every text.
_WIDTH, _ROW, _AROUND = 4.8, 0.38, 1.5
_SMALL, _HEADING = 8, 9
_POINTS = 72
# The most letters in a line of a label and of a title.
_LABEL, _TITLE = 23, 34
# The room between the axes and the key, in points: the numbers of the axis and its name.
_BELOW = 32

OUTSIDE = "////"
HATCHES = {"inside": "", "outside": OUTSIDE}


@functools.cache
def palette() -> Mapping[str, str]:
    """Returns the colors of the light report page by their names there, such as `inside` and `ink`."""
    style = resources.files("cecrules.presentation").joinpath("report.css").read_text("utf-8")
    return dict(re.findall(r"--([a-z]+): light-dark\((#[0-9a-f]{6}),", style))


def opened(ax: Axes | None, rows: int) -> Axes:
    """Returns the axes to draw on: the caller's, or new ones with room for some rows."""
    if ax is None:
        from matplotlib import pyplot  # noqa: PLC0415 - a caller with axes may use no window at all

        size = (_WIDTH, _AROUND + _ROW * rows)
        _, ax = pyplot.subplots(figsize=size, layout="constrained")
    insist(ax, Axes, ("ax",), "of type Axes")
    ax.tick_params(labelsize=_SMALL, length=0)
    ax.spines[["top", "right", "left"]].set_visible(False)
    ax.spines["bottom"].set_color(palette()["line"])
    return ax


def plain(text: Text, **look: Any) -> Text:
    """Shows a text as it is: a dollar sign begins no formula."""
    text.set(parse_math=False, **{"color": palette()["ink"], "fontsize": _SMALL, **look})
    return text


def headed(ax: Axes, *lines: str) -> None:
    """Writes a title whose lines are broken to fit."""
    broken = [part for line in lines for part in textwrap.wrap(printable(line), _TITLE)]
    plain(ax.set_title("\n".join(broken), loc="left"), fontsize=_HEADING, fontweight="bold")


def label_rows(ax: Axes, labels: Sequence[str]) -> None:
    """Names the rows, the first at the top."""
    ax.set_yticks(range(len(labels)), labels=[_broken(label) for label in labels])
    for label in ax.get_yticklabels():
        plain(label)
    ax.set_ylim(len(labels) - 0.4, -0.6)


def bars(ax: Axes, row: int, parts: Sequence[tuple[str, float]]) -> None:
    """Draws the bars of one row end to end, each by the name of its color and its length."""
    left = 0.0
    for name, length in parts:
        look: dict[str, Any] = {
            "color": palette()[name],
            "hatch": HATCHES.get(name, ""),
            "edgecolor": palette()["paper"],
        }
        ax.barh(row, length, left=left, height=0.62, linewidth=0, gid=name, **look)
        left += length


def key(ax: Axes, handles: Sequence[Artist]) -> None:
    """Puts a key below the axes."""
    figure: Any = ax.get_figure()
    below = ScaledTranslation(0, -_BELOW / _POINTS, figure.dpi_scale_trans)
    found = ax.legend(
        handles=list(handles),
        loc="upper center",
        bbox_to_anchor=(0.5, 0),
        bbox_transform=ax.transAxes + below,
        ncols=2,
        frameon=False,
        fontsize=_SMALL,
        borderaxespad=0,
        handlelength=1.6,
        columnspacing=1.2,
    )
    for text in found.get_texts():
        plain(text)


def _broken(label: str) -> str:
    """Breaks the lines of a label to fit."""
    return "\n".join(part for line in label.split("\n") for part in textwrap.wrap(printable(line), _LABEL))
