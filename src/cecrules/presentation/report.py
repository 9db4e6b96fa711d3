"""Sets out one assessment in HTML, with its verdict, facts, bars, checks and activities, and the answers beside it.

It contains no rule. `sentences` makes every sentence, and every figure is the assessment's own.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from typing import TYPE_CHECKING

import attrs

from ..ahead.doubts import Readings
from ..ahead.forecasts import Outlook
from ..ahead.worths import Worth
from ..assessments import Assessment, Check, CheckRule
from ..credits import Credits
from ..printable import printable
from .elements import put, put_facts
from .parts import put_clause, put_decision, put_outlook, put_part, put_readings, put_worth
from .sentences import (
    STANDING,
    check_sentence,
    notice_sentence,
    required_in_words,
    term_sentence,
    under_verdict,
    verdict_parts,
)

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["Report"]


@attrs.frozen(kw_only=True)
class Report:
    """An assessment, the answers beside it, and the way they are shown.

    Attributes:
        assessment: The assessment.
        source: The name of the file it came from; empty if it is not shown.
        printed_on: The day it is printed on; None if it is not shown.
        outlook: The outlook for the same renewal, or None.
        worth: What one more entry would add, or None.
        readings: Whether it depends on how the clauses are read, or None.
        level: The level of its own heading, from 1.
        clause_pages: The address of the pages of clauses; empty if clauses are not linked.
    """

    assessment: Assessment
    source: str = ""
    printed_on: date | None = None
    outlook: Outlook | None = None
    worth: Worth | None = None
    readings: Readings | None = None
    level: int = 1
    clause_pages: str = ""

    def put_into(self, parent: Element) -> None:
        """Puts the report at the end of an element."""
        assessment, below = self.assessment, self.level + 1
        self._head(parent)
        _bars(parent, assessment)
        if assessment.terms:
            items = put_part(parent, "Terms", below)
            for term in assessment.terms:
                _marked(put(items, "li"), term.renewable, term_sentence(term))
        items = put_part(parent, "Checks", below)
        for check in assessment.checks:
            self._clause(_marked(put(items, "li"), check.met, check_sentence(check)), check.clause)
        if assessment.decisions:
            items = put_part(parent, "Activities", below, "ol")
            for decision in assessment.decisions:
                put_decision(put(items, "li"), decision, self._clause)
        if self.outlook:
            put_outlook(parent, self.outlook, below, self._clause)
        if self.worth:
            put_worth(parent, self.worth, below)
        if self.readings:
            put_readings(parent, self.readings, below)
        notices = [notice for notice in assessment.notices if notice.code not in STANDING]
        if notices:
            items = put_part(parent, "Notices", below)
            for notice in notices:
                line = put(items, "li", class_="line")
                put(line, "span", notice_sentence(notice))
                self._clause(line, notice.clause)
        footer = f"Decided by cecrules {assessment.version}. Compare the credits required with the renewal invoice."
        put(parent, "p", footer, class_="soft")

    def _head(self, parent: Element) -> None:
        state, held, figures = verdict_parts(self.assessment)
        heading = put(parent, f"h{self.level}", class_=f"verdict {'yes' if self.assessment.renewable else 'no'}")
        put(heading, "span", state, class_="state").tail = " "
        put(heading, "span", held)
        put(parent, "p", figures)
        for sentence in under_verdict(self.assessment):
            put(parent, "p", f"Note: {sentence}.")
        put_facts(parent, self._facts())

    def _facts(self) -> Iterator[tuple[str, str]]:
        assessment = self.assessment
        if assessment.holder is not None:
            yield "Holder", assessment.holder
        if self.source:
            yield "File", self.source
        if self.printed_on:
            yield "Printed on", str(self.printed_on)
        yield "Edition", f"{assessment.edition} ({assessment.rulebook})"
        yield "Required", required_in_words(assessment)
        yield "Earned from", f"{assessment.window.first} to {assessment.window.last}"

    def _clause(self, parent: Element, clause: str) -> None:
        """Puts the id of a clause, which leads to its page if there is one."""
        if self.clause_pages and clause:
            page = f"{self.clause_pages.rstrip('/')}/{self.assessment.rulebook}.html#{clause.replace('.', '-')}"
            parent = put(parent, "a", href=page, class_="clause")
        put_clause(parent, clause)


def _bars(parent: Element, assessment: Assessment) -> None:
    """Draws the credits of each side, and those on compliance, against those required."""
    checks = {check.rule: check for check in assessment.checks}
    whole = max(assessment.required.minutes, assessment.credited.minutes, 1)
    sides = [
        ("inside", assessment.in_network, "in network"),
        ("outside", assessment.out_of_network, "out of network"),
    ]
    least = checks[CheckRule.IN_NETWORK].required
    marks = [("least", least, "required in network"), ("required", assessment.required, "required")]
    _bar(parent, whole, sides, marks)
    if CheckRule.COMPLIANCE in checks:
        _bar(parent, whole, *_compliance(assessment, checks[CheckRule.COMPLIANCE]), "bar thin")


_Amounts = list[tuple[str, Credits, str]]


def _compliance(assessment: Assessment, check: Check) -> tuple[_Amounts, _Amounts]:
    words = "on compliance"
    return [("compliance", assessment.compliance, words)], [("least", check.required, f"required {words}")]


def _bar(parent: Element, whole: int, parts: _Amounts, marks: _Amounts, class_: str = "bar") -> None:
    """Draws amounts one after the other, and a line at each mark."""
    label = ", ".join(f"{amount} {words}" for _, amount, words in [*parts, *marks])
    bar = put(parent, "div", class_=class_, role="img", **{"aria-label": label})
    key = put(parent, "ul", class_="key")
    for name, amount, words in parts:
        put(bar, "span", class_=name, style=f"width: {amount.minutes / whole:.4%}")
        put(put(key, "li"), "span", class_=f"swatch {name}").tail = f"{amount} {words}"
    for name, amount, words in marks:
        # A line at the very end would fall under the border.
        put(bar, "span", class_=f"mark {name}", style=f"left: calc({amount.minutes / whole:.4%} - 3px)")
        put(put(key, "li"), "span", class_=f"swatch mark {name}").tail = f"{amount} {words}"


def _marked(item: Element, met: bool, sentence: str) -> Element:
    item.set("class", "line")
    words = put(item, "span")
    put(words, "strong", "met " if met else "not met ", class_="good" if met else "bad").tail = printable(sentence)
    return item
