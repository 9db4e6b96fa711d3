"""Draws how many credits many members are short, and which reasons take the most credits away."""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

import math
from collections import Counter
from typing import Any

from matplotlib.axes import Axes

from ..findings import FindingCode
from ..presentation.picture_words import distance_words, reason_words
from .canvas import bars, headed, label_rows, opened, palette, plain

__all__ = ["draw_distance", "draw_reasons"]

# The most rows for members who are short.
_MOST = 8


def draw_distance(members: Any, *, ax: Axes | None = None) -> Axes:
    """Draws how many members are renewable, and how many are short by how many credits.

    A member who is short in several measures stands with the largest of them, since one credit may serve all.

    Args:
        members: The frame that `evaluate_frame` returns, of any engine.
        ax: The axes to draw on; new ones unless given.

    Returns:
        The axes, with one row a distance, the members who are renewable first. Each member stands in one row, which
        is that of the smallest distance that is enough. The lengths are members.

    Raises:
        InvalidValue: `members` is not a frame that `evaluate_frame` returns, or `ax` is not axes.
        ModuleNotFoundError: narwhals is not installed (extra `frames`).
    """
    from ..frames.grouping import rows_by  # noqa: PLC0415 - it needs narwhals (extra `frames`)

    names = ("renewable", "short_total", "short_in_network", "short_compliance")
    renewable, unknown, short = 0, 0, Counter[int]()
    for line in rows_by("members", members, "evaluate_frame", names):
        distances = [line[name] for name in names[1:]]
        if line["renewable"]:
            renewable += line["rows"]
        # pandas has no null among numbers.
        elif any(distance is None or math.isnan(distance) for distance in distances):
            unknown += line["rows"]
        else:
            short[math.ceil(max(distances))] += line["rows"]
    rows = [("renewable", "inside", renewable)]
    step = math.ceil(max(short, default=0) / _MOST)
    for upto in range(step, max(short, default=0) + step, step or 1):
        found = sum(count for distance, count in short.items() if upto - step < distance <= upto)
        rows.append((distance_words(upto), "outside", found))
    if unknown:
        rows.append(("requirement not known", "soft", unknown))
    total = renewable + unknown + short.total()
    ax = opened(ax, len(rows))
    for place, (_, color, count) in enumerate(rows):
        bars(ax, place, [(color, count)])
        _noted(ax, place, count, f"{count:,} ({count / max(total, 1):.0%})")
    _finished(ax, [label for label, _, _ in rows], [count for _, _, count in rows], "members")
    headed(ax, f"How far {total:,} {'member is' if total == 1 else 'members are'} from renewal, in credits")
    return ax


def draw_reasons(decisions: Any, *, ax: Axes | None = None) -> Axes:
    """Draws which reasons take how many of the credits claimed away, the largest first.

    If several reasons reject an activity, the first takes all of its credits. Two limits that reduce the same activity
    share a row, because the frame has only the sum.

    Args:
        decisions: The frame that `decide_frame` returns, of any engine.
        ax: The axes to draw on; new ones unless given.

    Returns:
        The axes, with one row a reason. The lengths are in credits.

    Raises:
        InvalidValue: `decisions` is not a frame that `decide_frame` returns, or `ax` is not axes.
        ModuleNotFoundError: narwhals is not installed (extra `frames`).
    """
    from ..frames.grouping import rows_by  # noqa: PLC0415 - it needs narwhals (extra `frames`)

    taken, entries = Counter[tuple[FindingCode, ...]](), Counter[tuple[FindingCode, ...]]()
    for line in rows_by("decisions", decisions, "decide_frame", ["findings"], ["claimed", "credited"]):
        codes = tuple(FindingCode(code) for code in line["findings"].split(";") if code)
        # A limit takes nothing from an activity that a reason rejects.
        reasons = codes if all(code.reduces for code in codes) else codes[:1]
        if reasons:
            taken[reasons] += line["claimed"] - line["credited"]
            entries[reasons] += line["rows"]
    # Where several take the same, in the order of the codes.
    rows = sorted(taken, key=lambda codes: (-taken[codes], list(map(list(FindingCode).index, codes))))
    ax = opened(ax, len(rows))
    for place, codes in enumerate(rows):
        bars(ax, place, [("outside" if codes[0].reduces else "inside", taken[codes])])
        amount = f"{taken[codes]:,.1f}".removesuffix(".0")
        word = "entry" if entries[codes] == 1 else "entries"
        _noted(ax, place, taken[codes], f"{amount} ({entries[codes]:,} {word})")
    _finished(ax, [reason_words(codes) for codes in rows], [taken[codes] for codes in rows], "credits taken away")
    headed(ax, "Why credits claimed do not count" if rows else "Every credit claimed counts")
    return ax


def _noted(ax: Axes, row: int, length: float, words: str) -> None:
    plain(ax.annotate(words, (length, row), (4, 0), textcoords="offset points", va="center"))


def _finished(ax: Axes, labels: list[str], lengths: list[float], unit: str) -> None:
    label_rows(ax, labels)
    # The figures stand to the right of the bars.
    ax.set_xlim(0, max(lengths, default=0.0) * 1.7 or 1.0)
    ax.locator_params(axis="x", nbins=4, integer=True)
    ax.tick_params(axis="x", labelcolor=palette()["soft"])
    plain(ax.set_xlabel(unit))
