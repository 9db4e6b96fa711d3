"""Shows assessments as one self-contained page; contains no rule."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from typing import TYPE_CHECKING, Any

from ..ahead.doubts import Readings
from ..ahead.forecasts import Outlook
from ..ahead.worths import Worth
from ..assessments import Assessment
from ..errors import ErrorCode, InvalidValue, insist, shown
from .beside import shown_beside
from .elements import page, put, written
from .report import Report
from .sentences import under_verdict, verdict, verdict_parts

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["to_html"]


def to_html(
    *assessments: Assessment,
    source: str | Sequence[str] = "",
    printed_on: date | None = None,
    clause_pages: str = "",
    outlook: Outlook | Sequence[Outlook] | None = None,
    worth: Worth | Sequence[Worth] | None = None,
    readings: Readings | Sequence[Readings] | None = None,
) -> str:
    """Returns one or more assessments as an HTML page that needs no scripts and no network.

    Args:
        assessments: The assessments, at least one. In print, each begins a page.
        source: The name of the file the assessments came from, or a list with one for each.
        printed_on: The day to print on the page; the library reads no clock.
        clause_pages: The address under which the reference of the rules is served, such as
            `https://docs.example/reference/rules`; each clause id then leads to its clause.
        outlook: An outlook to show beside the assessment; for several assessments, a list with one for each.
        worth: The worth of one more entry to show beside the assessment, likewise.
        readings: The dependence on how the clauses are read to show beside the assessment, likewise.

    Raises:
        InvalidValue: No assessment was given, an argument is of the wrong type, or an answer beside it is not for the
            same renewal.
    """
    if not assessments:
        raise InvalidValue(("assessments",), "must be at least one assessment, got none", code=ErrorCode.MISSING)
    for position, value in enumerate(assessments):
        insist(value, Assessment, ("assessments", position), "an Assessment")
    insist(printed_on, date | None, ("printed_on",), "a date")
    insist(clause_pages, str, ("clause_pages",), "text")
    title = verdict(assessments[0]) if len(assessments) == 1 else "Renewals"
    whole, main = page(title)
    level = 1
    if len(assessments) > 1:
        put(main, "h1", title)
        _summary(main, assessments)
        level = 2
    parts = zip(
        assessments,
        _sources(source, len(assessments)),
        shown_beside(outlook, Outlook, "outlook", assessments),
        shown_beside(worth, Worth, "worth", assessments),
        shown_beside(readings, Readings, "readings", assessments),
        strict=True,
    )
    for number, (assessment, name, ahead, more, others) in enumerate(parts, 1):
        report = Report(
            assessment=assessment,
            source=name,
            printed_on=printed_on,
            outlook=ahead,
            worth=more,
            readings=others,
            level=level,
            clause_pages=clause_pages,
        )
        report.put_into(put(main, "section", id=f"renewal-{number}"))
    return written(whole)


def _summary(main: Element, assessments: Sequence[Assessment]) -> None:
    """Lists the verdicts of several assessments, each with the way to it."""
    items = put(main, "ul", class_="plain summary")
    for number, assessment in enumerate(assessments, 1):
        state, held, figures = verdict_parts(assessment)
        item = put(items, "li")
        line = put(item, "div", class_="line")
        link = put(put(line, "span"), "a", f"{assessment.holder}: {held}" if assessment.holder else held)
        link.set("href", f"#renewal-{number}")
        put(line, "span", f"{state}. {figures}", class_="good" if assessment.renewable else "bad")
        for sentence in under_verdict(assessment):
            put(item, "div", f"Note: {sentence}.", class_="soft")


def _sources(source: Any, count: int) -> list[str]:
    """Returns the name of the file of each assessment, from one name for all or a list of them."""
    if isinstance(source, str):
        return [source] * count
    problem = f"must be a text, or one for each assessment, got {shown(source)}"
    names: list[Any] = [*source] if isinstance(source, list | tuple) else []
    if len(names) != count or not all(isinstance(name, str) for name in names):
        raise InvalidValue(("source",), problem, code=ErrorCode.WRONG_TYPE)
    return names
