"""Draws the credits of an assessment beside those required, with the limits that several activities share."""

# pyright: reportUnknownMemberType=false

from __future__ import annotations

from collections.abc import Iterator

import attrs
from matplotlib.axes import Axes
from matplotlib.lines import Line2D

from ..assessments import Assessment, CheckRule, LimitRule
from ..credits import Credits
from ..errors import insist
from ..presentation.picture_words import ROWS, cap_words, most_words, required_words
from ..presentation.sentences import verdict_parts
from .canvas import bars, headed, key, label_rows, opened, palette, plain

__all__ = ["draw_credits"]


@attrs.frozen
class _Row:
    """One row of the picture: its label, its bars by color, and where a line is drawn."""

    label: str
    parts: tuple[tuple[str, Credits], ...]
    required: Credits | None = None
    most: Credits | None = None

    def longest(self) -> float:
        """Returns how far the row reaches, in credits."""
        marks = [float(mark) for mark in (self.required, self.most) if mark is not None]
        return max(sum(float(amount) for _, amount in self.parts), *marks, 0.0)


def draw_credits(assessment: Assessment, *, ax: Axes | None = None) -> Axes:
    """Draws the credits in total, by side, on compliance and under each cap.

    A solid line marks the credits required, and a dashed line the most that count, such as half of them from outside
    the network. All amounts are those of the assessment. Where each designation has a term of its own, the picture is
    that of the one furthest from its renewal; `assessment.terms` has the others.

        >>> import cecrules as cec
        >>> from cecrules.plots import draw_credits
        >>> submission = cec.Submission(renewal_year=2014, designations=["CAM"], activities=[])
        >>> ax = draw_credits(cec.evaluate(submission))
        >>> [label.get_text() for label in ax.get_yticklabels()][0]
        'in total\\n0 of 6 required'

    Args:
        assessment: The assessment.
        ax: The axes to draw on; new ones unless given.

    Returns:
        The axes, with one row a measure. The lengths are in credits.

    Raises:
        InvalidValue: `assessment` is not an assessment, or `ax` is not axes.
    """
    insist(assessment, Assessment, ("assessment",), "of type Assessment")
    rows = list(_rows(assessment))
    ax = opened(ax, len(rows))
    lines: dict[str, Line2D] = {}
    for place, row in enumerate(rows):
        bars(ax, place, [(name, float(amount)) for name, amount in row.parts])
        for name, style, amount in (("required", "-", row.required), ("at most", "--", row.most)):
            if amount is not None:
                at, ends = [float(amount)] * 2, [place - 0.42, place + 0.42]
                lines[name] = ax.plot(at, ends, color=palette()["ink"], linestyle=style, linewidth=2, label=name)[0]
    label_rows(ax, [row.label for row in rows])
    longest = max(row.longest() for row in rows)
    ax.set_xlim(0, max(longest, 1.0) * 1.05)
    plain(ax.set_xlabel("credits"))
    state, held, _ = verdict_parts(assessment)
    headed(ax, state, held)
    key(ax, list(lines.values()))
    return ax


def _rows(assessment: Assessment) -> Iterator[_Row]:
    inside, outside = ("inside", assessment.in_network), ("outside", assessment.out_of_network)
    required = {check.rule: check for check in assessment.checks}
    total = assessment.required
    yield _Row(required_words(ROWS["total"], assessment.credited, total), (inside, outside), required=total)
    least = required.get(CheckRule.IN_NETWORK)
    words = required_words(ROWS["inside"], assessment.in_network, least.required if least else None)
    yield _Row(words, (inside,), required=least.required if least else None)
    most = [limit.limit for limit in assessment.binding if limit.rule is not LimitRule.CAP]
    limit = min(most) if most else None
    yield _Row(most_words(ROWS["outside"], assessment.out_of_network, limit), (outside,), most=limit)
    if check := required.get(CheckRule.COMPLIANCE):
        words = required_words(ROWS["compliance"], check.found, check.required)
        yield _Row(words, (("compliance", check.found),), required=check.required)
    for cap in assessment.binding:
        if cap.rule is LimitRule.CAP and cap.credited:
            words = most_words(cap_words(cap.name), cap.credited, cap.limit)
            yield _Row(words, (("soft", cap.credited),), most=cap.limit)
