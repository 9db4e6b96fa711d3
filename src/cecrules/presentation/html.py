"""Shows assessments as one self-contained page, each with its verdict, bar, checks, and activities with reasons.

It contains no rule. `sentences` makes every sentence, and every figure is the assessment's own.
"""

from __future__ import annotations

from importlib import resources
from typing import TYPE_CHECKING

from ..assessments import Assessment, Decision, Outcome
from ..errors import ErrorCode, InvalidValue, shown
from ..printable import printable
from .sentences import (
    STANDING,
    check_sentence,
    finding_sentence,
    listed,
    notice_sentence,
    remedy,
    side_words,
    standing_sentences,
    term_sentence,
    verdict,
    verdict_parts,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["to_fragment", "to_html"]


def to_html(*assessments: Assessment) -> str:
    """Returns one or more assessments as an HTML page that needs no scripts and no network.

    Raises:
        InvalidValue: No assessment was given, or an argument is not an assessment.
    """
    if not assessments:
        raise InvalidValue(("assessments",), "must be at least one assessment, got none", code=ErrorCode.MISSING)
    for position, value in enumerate(assessments):
        if not isinstance(value, Assessment):  # pyright: ignore[reportUnnecessaryIsInstance]
            problem = f"must be an Assessment, got {shown(value)}"
            raise InvalidValue(("assessments", position), problem, code=ErrorCode.WRONG_TYPE)
    from xml.etree.ElementTree import Element  # noqa: PLC0415 - importing the package need not load it

    page = Element("html", lang="en")
    head = _put(page, "head")
    _put(head, "meta", charset="utf-8")
    _put(head, "meta", name="viewport", content="width=device-width, initial-scale=1")
    _put(head, "title", verdict(assessments[0]) if len(assessments) == 1 else "Renewals")
    _put(head, "style").text = f"html {{ color-scheme: light dark; }} body {{ margin: 0; }}\n{_style()}"
    body = _put(page, "body")
    body.extend(_article(assessment, "section") for assessment in assessments)
    return f"<!DOCTYPE html>\n{_written(page)}\n"


def to_fragment(assessment: Assessment) -> str:
    """Returns an assessment as a fragment of HTML for another page, such as a notebook."""
    article = _article(assessment, "div")
    _put(article, "style").text = _style()
    return _written(article)


def _article(assessment: Assessment, tag: str) -> Element:
    from xml.etree.ElementTree import Element  # noqa: PLC0415

    article = Element(tag, {"class": "cecrules"})
    _head(article, assessment)
    _bar(article, assessment)
    if assessment.terms:
        items = _section(article, "Terms", "ul")
        for term in assessment.terms:
            _marked(_put(items, "li"), term.renewable, term_sentence(term))
    items = _section(article, "Checks", "ul")
    for check in assessment.checks:
        line = _marked(_put(items, "li"), check.met, check_sentence(check))
        _put(line, "code", check.clause)
    if assessment.decisions:
        items = _section(article, "Activities", "ol")
        for decision in assessment.decisions:
            _activity(_put(items, "li"), decision)
    notices = [notice for notice in assessment.notices if notice.code not in STANDING]
    if notices:
        items = _section(article, "Notices", "ul")
        for notice in notices:
            line = _put(items, "li", class_="line")
            _put(line, "span", notice_sentence(notice))
            _put(line, "code", notice.clause)
    footer = f"Decided by {assessment.edition} ({assessment.rulebook}), cecrules {assessment.version}."
    _put(article, "p", f"{footer} Compare the credits required with the renewal invoice.", class_="soft")
    return article


def _head(article: Element, assessment: Assessment) -> None:
    state, held, figures = verdict_parts(assessment)
    heading = _put(article, "h1", class_="yes" if assessment.renewable else "no")
    _put(heading, "span", state, class_="state")
    _put(heading, "span", held)
    for sentence in standing_sentences(assessment):
        _put(article, "p", f"Note: {sentence}.")
    _put(article, "p", figures)
    if assessment.holder is not None:
        _put(article, "p", f"Holder: {assessment.holder}")
    _put(article, "p", f"Earned from {assessment.window.first} to {assessment.window.last}.", class_="soft")


def _bar(article: Element, assessment: Assessment) -> None:
    """Draws the credits of each side against those required."""
    whole = max(assessment.required.minutes, assessment.credited.minutes, 1)
    parts = (
        ("inside", assessment.in_network, "in network"),
        ("outside", assessment.out_of_network, "out of network"),
    )
    label = ", ".join(f"{amount} {words}" for _, amount, words in parts) + f", {assessment.required} required"
    bar = _put(article, "div", class_="bar", role="img", **{"aria-label": label})
    key = _put(article, "ul", class_="key")
    for name, amount, words in parts:
        _put(bar, "span", class_=name, style=f"width: {amount.minutes / whole:.4%}")
        _put(_put(key, "li"), "span", class_=f"swatch {name}").tail = f"{amount} {words}"
    # A line at the very end would fall under the border.
    _put(bar, "span", class_="required", style=f"left: calc({assessment.required.minutes / whole:.4%} - 3px)")
    _put(_put(key, "li"), "span", class_="swatch required").tail = f"{assessment.required} required"


def _activity(item: Element, decision: Decision) -> None:
    line = _put(item, "div", class_="line")
    name = _put(line, "span")
    _put(name, "strong", decision.title)
    tone = {Outcome.ACCEPTED: "good", Outcome.REJECTED: "bad"}.get(decision.outcome, "")
    _put(name, "span", f" {decision.outcome}", class_=tone)
    _put(line, "span", f"{decision.credited} of {decision.claimed}")
    _put(item, "div", f"{decision.kind.label}, {side_words(decision.side)}", class_="soft")
    documents = [document.label for document in sorted(decision.documents)]
    earned = [decision.provider, str(decision.earned_on), listed(documents, "and") if documents else "no documents"]
    _put(item, "div", ", ".join(filter(None, earned)), class_="soft")
    if decision.findings:
        reasons = _put(item, "ul", class_="reasons")
        for finding in decision.findings:
            cure = remedy(finding)
            reason = _put(reasons, "li", finding_sentence(finding) + (f"; {cure} " if cure else " "))
            _put(reason, "code", finding.clause)


def _section(article: Element, title: str, tag: str) -> Element:
    _put(article, "h2", title)
    return _put(article, tag, class_="plain")


def _marked(item: Element, met: bool, sentence: str) -> Element:
    item.set("class", "line")
    words = _put(item, "span")
    _put(words, "strong", "met " if met else "not met ", class_="good" if met else "bad").tail = printable(sentence)
    return item


def _put(parent: Element, tag: str, text: str = "", class_: str = "", **attributes: str) -> Element:
    """Puts a new element into another one and returns it."""
    from xml.etree.ElementTree import SubElement  # noqa: PLC0415

    element = SubElement(parent, tag, {"class": class_} if class_ else {}, **attributes)
    element.text = printable(text)
    return element


def _written(element: Element) -> str:
    from xml.etree.ElementTree import tostring  # noqa: PLC0415

    return tostring(element, encoding="unicode", method="html")


def _style() -> str:
    return resources.files("cecrules.presentation").joinpath("report.css").read_text("utf-8")
