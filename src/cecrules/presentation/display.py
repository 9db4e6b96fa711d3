"""Shows one value as a part of another page, such as a notebook; contains no rule."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING, Any

from ..activities import Activity
from ..ahead.doubts import Readings
from ..ahead.forecasts import Outlook
from ..ahead.offerings import Plan
from ..ahead.worths import Worth
from ..assessments import Assessment, Decision, Screening, Shortfall
from ..credits import Credits
from ..rulebook.clauses import Clause
from ..rulebook.comparison import Comparison
from ..rulebook.rulebook import Rulebook
from ..submissions import Submission
from .ahead_sentences import plan_lines
from .comparison_text import explain_comparison
from .elements import element, put, put_facts, put_table, style, written
from .parts import put_decision, put_outlook, put_part, put_readings, put_worth
from .report import Report
from .rulebook_text import kind_words, requirement_words, window_words
from .sentences import listed, shortfall_sentence, side_words
from .text import explain

if TYPE_CHECKING:
    from xml.etree.ElementTree import Element

__all__ = ["to_fragment"]

# A notebook has headings of its own above it.
LEVEL = 3


def to_fragment(value: object) -> str:
    """Returns a value as a fragment of HTML, escaped, without scripts and with its own style."""
    fragment = element("div", **{"class": "cecrules fragment"})
    _SHOWN[type(value)](fragment, value)
    put(fragment, "style").text = style()
    return written(fragment)


def _heading(parent: Element, title: str) -> None:
    put(parent, f"h{LEVEL}", title, class_="verdict")


def _is_known(fact: tuple[str, str]) -> bool:
    return bool(fact[1])


def _lines(parent: Element, lines: Sequence[str]) -> None:
    """Puts the first line as a heading, and the others as a list."""
    _heading(parent, lines[0])
    items = put(parent, "ul", class_="plain")
    for line in lines[1:]:
        put(items, "li", line.strip())


def _assessment(parent: Element, value: Assessment) -> None:
    Report(assessment=value, level=LEVEL).put_into(parent)


def _decision(parent: Element, value: Decision) -> None:
    put_decision(parent, value)


def _screening(parent: Element, value: Screening) -> None:
    _lines(parent, explain(value).splitlines())


def _submission(parent: Element, value: Submission) -> None:
    _heading(parent, f"{listed(value.designations, 'and')} for {value.renewal_year}")
    starts = listed([f"{code} from {day}" for code, day in value.term_starts], "and") if value.term_starts else ""
    due = str(value.renewal_date or "")
    facts = [("Holder", value.holder or ""), ("Renewal date", due), ("Terms", starts)]
    put_facts(parent, filter(_is_known, facts))
    names = ("Activity", "Kind", "Earned on", "Length", "Documents", "On compliance")
    put_table(parent, names, map(_activity, value.activities))


def _activity(activity: Activity) -> list[str]:
    name = ", ".join(filter(None, (activity.title, activity.provider)))
    length = "" if activity.minutes is None else f"{Credits(minutes=activity.minutes)} h"
    documents = ", ".join(document.label for document in sorted(activity.documents))
    stated = {True: "yes", False: "no", None: "not stated"}[activity.addresses_compliance]
    return [name, activity.kind.label, str(activity.earned_on), length, documents, stated]


def _rulebook(parent: Element, value: Rulebook) -> None:
    _heading(parent, f"{value.title} ({value.id})")
    unit = f"{value.credit.minutes} minutes, without meals and breaks"
    put_facts(
        parent,
        [("Governs", f"renewals {value.governs.in_words()}"), ("A credit", unit), ("Earned", window_words(value))],
    )
    rows = [(rule.designation, requirement_words(value, rule)) for rule in value.designations]
    put_table(parent, ("Designation", "Requires"), rows)
    kinds = [(rule.kind, side_words(rule.side), kind_words(value, rule.kind)) for rule in value.kinds]
    put_table(parent, ("Kind", "Counts", "How"), kinds)


def _clause(parent: Element, value: Clause) -> None:
    _heading(parent, value.id)
    put(parent, "p", value.says)
    facts = {
        "Stands under": value.section,
        "Read as": value.reading,
        "Because": value.because,
        "Contradicted by": value.contradicted,
        "Not decided": value.undecided,
        "Restates": value.restates,
    }
    put_facts(parent, filter(_is_known, facts.items()))
    if value.also_possible:
        items = put_part(parent, "Other readings", LEVEL + 1)
        for each in value.also_possible:
            put(items, "li", f"{each.id}: {each.says}")


def _shortfall(parent: Element, value: Shortfall) -> None:
    _heading(parent, f"Short: {shortfall_sentence(value)}")


def _comparison(parent: Element, value: Comparison) -> None:
    _lines(parent, explain_comparison(value).splitlines())


def _plan(parent: Element, value: Plan) -> None:
    _lines(parent, plan_lines(value))


def _outlook(parent: Element, value: Outlook) -> None:
    put_outlook(parent, value, LEVEL)


def _worth(parent: Element, value: Worth) -> None:
    put_worth(parent, value, LEVEL)


def _readings(parent: Element, value: Readings) -> None:
    put_readings(parent, value, LEVEL)


_SHOWN: dict[type, Callable[[Element, Any], None]] = {
    Assessment: _assessment,
    Clause: _clause,
    Comparison: _comparison,
    Decision: _decision,
    Outlook: _outlook,
    Plan: _plan,
    Readings: _readings,
    Rulebook: _rulebook,
    Screening: _screening,
    Shortfall: _shortfall,
    Submission: _submission,
    Worth: _worth,
}
