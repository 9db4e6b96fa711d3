"""Draws the credits that each activity of an example claims, those that limits take away, and those credited."""

from html import escape
from pathlib import Path

import cecrules as cec

_COLORS = {cec.Side.IN_NETWORK: "#1d5fc4", cec.Side.OUT_OF_NETWORK: "#a85c00"}
_UNIT, _LEFT, _ROW, _WIDTH = 46, 16, 56, 410
_BOARDS = ("Board of directors", "Education committee", "Legislative committee", "Membership committee")
EXAMPLE = cec.Submission(
    renewal_year=2014,
    designations=["CAM"],
    activities=[
        cec.Activity(
            title="Fair housing update",
            kind="association_course",
            earned_on="2013-03-12",
            hours=2,
            addresses_compliance=True,
            documents=["certificate_of_completion"],
        ),
        *[
            cec.Activity(
                title=board, kind="association_service", earned_on="2013-12-31", documents=["appointment_letter"]
            )
            for board in _BOARDS
        ],
        cec.Activity(
            title="Real estate finance",
            kind="college_course",
            earned_on="2013-11-30",
            hours=4.5,
            documents=["transcript"],
        ),
        cec.Activity(title="Leasing week", kind="in_house_training", earned_on="2013-05-06", hours=6),
    ],
)


def write_picture(page: Path) -> None:
    """Writes the picture as SVG."""
    page.parent.mkdir(exist_ok=True)
    page.write_text(drawn(cec.evaluate(EXAMPLE)), "utf-8")


def drawn(found: cec.Assessment) -> str:
    """Draws an assessment: a row for each activity, and one for the sum of each side."""
    parts = [part for row, decision in enumerate(found.decisions) for part in _activity(decision, row * _ROW + 20)]
    top = len(found.decisions) * _ROW + 30
    parts += _sum(found, top)
    height = top + 70
    said = f"{found.credited} credits are credited, {found.required} are required."
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {_WIDTH} {height}" role="img" aria-label="{said}" '
        'font-family="system-ui, sans-serif" font-size="14">\n'
        f'<rect width="{_WIDTH}" height="{height}" rx="8" fill="#ffffff" stroke="#c5cad1"/>\n'
        + "\n".join(parts)
        + "\n</svg>\n"
    )


def _activity(decision: cec.Decision, top: int) -> list[str]:
    reason = "; ".join(finding.code.value.replace("_", " ") for finding in decision.findings) or "all of it counts"
    words = f"{decision.title}: {decision.credited} of {decision.claimed}, {reason}"
    return [_text(words, _LEFT, top + 14), *_bar(decision, _LEFT, top + 20)]


def _bar(decision: cec.Decision, left: float, top: float) -> list[str]:
    claimed, credited = _length(decision.claimed), _length(decision.credited)
    place = f'x="{left}" y="{top}" width="{claimed}" height="18"'
    outline = f'<rect {place} fill="none" stroke="#767d87" stroke-dasharray="4 3"/>'
    return [outline, _rectangle(left, top, credited, decision.side)]


def _sum(found: cec.Assessment, top: int) -> list[str]:
    inside, outside = _length(found.in_network), _length(found.out_of_network)
    required = _LEFT + _length(found.required)
    words = f"{found.in_network} in network and {found.out_of_network} out of network; {found.required} required"
    return [
        f'<line x1="{_LEFT}" y1="{top - 8}" x2="{_WIDTH - _LEFT}" y2="{top - 8}" stroke="#c5cad1"/>',
        _text(words, _LEFT, top + 14, weight="600"),
        _rectangle(_LEFT, top + 22, inside, cec.Side.IN_NETWORK),
        _rectangle(_LEFT + inside, top + 22, outside, cec.Side.OUT_OF_NETWORK),
        f'<line x1="{required}" y1="{top + 18}" x2="{required}" y2="{top + 44}" stroke="#16191d" stroke-width="3"/>',
    ]


def _rectangle(left: float, top: float, width: float, side: cec.Side) -> str:
    color = _COLORS.get(side, "#767d87")
    return f'<rect x="{left}" y="{top}" width="{width}" height="18" fill="{color}"/>'


def _text(words: str, left: float, top: float, weight: str = "400") -> str:
    return f'<text x="{left}" y="{top}" fill="#16191d" font-weight="{weight}">{escape(words)}</text>'


def _length(amount: cec.Credits) -> float:
    return amount.minutes / 60 * _UNIT
