"""Puts the parts of a report into HTML, which are activities with their reasons and the answers beside an assessment.

It contains no rule. `sentences` makes every sentence.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import TYPE_CHECKING, TypeAlias

from ..ahead.doubts import Readings
from ..ahead.forecasts import Outlook, OutlookState
from ..ahead.worths import Worth
from ..assessments import Decision, Outcome
from .ahead_sentences import (
    gains_in_words,
    need_sentence,
    outlook_facts,
    outlook_sentence,
    outlook_title,
    worth_title,
)
from .elements import put
from .readings_sentences import readings_lines, readings_sentence, readings_title
from .sentences import finding_sentence, listed, remedy, side_words

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["put_clause", "put_decision", "put_outlook", "put_part", "put_readings", "put_worth"]

# Puts the id of a clause into an element.
PutClause: TypeAlias = "Callable[[Element, str], None]"

_TONES = {OutlookState.MET: "good", OutlookState.CLOSED: "bad"}


def put_part(parent: Element, title: str, level: int, tag: str = "ul") -> Element:
    """Puts a heading and a list under it, and returns the list."""
    put(parent, f"h{level}", title, class_="part")
    return put(parent, tag, class_="plain")


def put_clause(parent: Element, clause: str) -> None:
    """Puts the id of a clause, or nothing if it is empty."""
    if clause:
        put(parent, "code", clause, class_="clause")


def put_decision(item: Element, decision: Decision, clause: PutClause = put_clause) -> None:
    """Puts an activity with the credits it earned and every reason."""
    line = put(item, "div", class_="line")
    name = put(line, "span")
    put(name, "strong", decision.title)
    tone = {Outcome.ACCEPTED: "good", Outcome.REJECTED: "bad"}.get(decision.outcome, "")
    put(name, "span", f" {decision.outcome}", class_=tone)
    put(line, "span", f"{decision.credited} of {decision.claimed}", class_="amount")
    more = put(item, "div", class_="soft")
    put(more, "span", f"{decision.kind.label}, {side_words(decision.side)}").tail = " "
    documents = [document.label for document in sorted(decision.documents)]
    earned = [decision.provider, str(decision.earned_on), listed(documents, "and") if documents else "no documents"]
    put(more, "span", ", ".join(filter(None, earned)))
    if decision.findings:
        reasons = put(item, "ul", class_="reasons")
        for finding in decision.findings:
            reason = put(reasons, "li", f"{finding_sentence(finding)} ")
            clause(reason, finding.clause)
            if cure := remedy(finding):
                put(reason, "div", f"{cure[0].upper()}{cure[1:]}.")


def put_outlook(parent: Element, outlook: Outlook, level: int, clause: PutClause = put_clause) -> None:
    """Puts an outlook, or that of each designation."""
    for each in outlook.terms or (outlook,):
        items = put_part(parent, outlook_title(each), level)
        line = put(items, "li", class_="line")
        put(put(line, "span"), "strong", outlook_sentence(each), class_=_TONES.get(each.state, ""))
        clause(line, each.clause)
        for sentence in [*outlook_facts(each), *map(need_sentence, each.needs)]:
            put(items, "li", sentence)


def put_worth(parent: Element, worth: Worth, level: int) -> None:
    """Puts what one more entry would add, or that for each designation."""
    for each in worth.terms or (worth,):
        items = put_part(parent, worth_title(each), level)
        for sentence in gains_in_words(each):
            put(items, "li", sentence)


def put_readings(parent: Element, readings: Readings, level: int) -> None:
    """Puts whether the answer depends on how the clauses are read."""
    items = put_part(parent, readings_title(readings), level)
    put(put(items, "li"), "strong", readings_sentence(readings))
    for sentence, words in readings_lines(readings):
        more = put(put(items, "li", sentence), "ul")
        for word in words:
            put(more, "li", word)
