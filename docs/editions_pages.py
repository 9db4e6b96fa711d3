"""Writes the page of an edition, with its figures and each clause with its readings and its worked cases in tables."""

import json
from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path
from typing import Any

from markdown_tables import code, codes, facts, linked, meaning, table, words

import cecrules as cec

# A clause that most cases rest on shows the first of them.
_MOST_CASES = 4
# The part of an answer by each clause, the answer, and the name of the case.
Case = tuple[dict[str, str], cec.Assessment, str]
_CASES = Path(__file__).parents[1] / "tests" / "cases"


def edition_page(book: cec.Rulebook) -> Iterator[str]:
    yield f"# {book.id}"
    yield f"{book.title}. Governs renewals {book.governs.in_words()}."
    yield book.governs.note
    yield "## In short"
    unit = f"{book.credit.minutes} minutes, without meals and breaks"
    yield facts({"A credit": linked(unit, book.credit.clause, book), "Earned": _window(book)})
    yield from _required(book)
    for side in cec.Side:
        yield from _kinds(book, side)
    if book.evidence:
        yield "### Documents"
        yield "Any one document of a group is enough."
        groups = (
            (code(each.name), ", ".join(map(meaning, each.documents)), linked(each.clause, each.clause, book))
            for each in book.evidence
        )
        yield table(("Group", "Documents", "Clause"), groups)
    yield "### Sources"
    yield table(
        ("Source", "Publisher", "Read on"),
        ((each.page, words(each.publisher), str(each.read_on or "a report of it alone")) for each in book.sources),
    )
    cases = list(_worked(book))
    yield "## Clauses"
    for clause in book.clauses:
        yield from _clause(book, clause, [case for case in cases if clause.id in case[0]])


def _required(book: cec.Rulebook) -> Iterator[str]:
    yield "### Required"
    yield "If a holder has several designations, the largest requirement applies."
    yield table(
        ("Designation", "Name", "Credits", "In network, at least", "Clause"),
        [
            (
                code(rule.designation),
                meaning(rule.designation),
                "not known" if rule.credits is None else number(rule.credits),
                _inside(book, rule),
                linked(rule.clause, rule.clause, book),
            )
            for rule in book.designations
        ]
        + [(code(alias.code), f"another code of {code(alias.means)}", "", "", "") for alias in book.aliases],
    )
    if rule := book.compliance:
        says = f"{number(rule.credits)} of the credits {rule.strength} address compliance"
        yield f"{says} ({linked(rule.clause, rule.clause, book)})."


def _inside(book: cec.Rulebook, rule: cec.DesignationRule) -> str:
    if rule.credits is None:
        return ""
    share = book.in_network.share
    least = rule.in_network if share is None else share * rule.credits
    return "" if least is None else number(least)


def _kinds(book: cec.Rulebook, side: cec.Side) -> Iterator[str]:
    rules = [rule for rule in book.kinds if rule.side is side]
    if rules:
        yield f"### {words(side).capitalize()}"
        yield table(
            ("Kind", "Worth", "Only if", "Duplicates share", "Documents", "Clause"),
            (
                (
                    f"{meaning(rule.kind)} ({code(rule.kind)})",
                    worth(book, rule),
                    " and ".join(map(words, rule.conditions)),
                    ", ".join(map(words, rule.once_per)),
                    rule.evidence and code(rule.evidence),
                    linked(rule.clause, rule.clause, book),
                )
                for rule in rules
            ),
        )


def worth(book: cec.Rulebook, rule: cec.KindRule) -> str:
    """Says how much an entry of a kind is worth, and the cap it is under."""
    if rule.side in (cec.Side.NOT_ACCEPTED, cec.Side.UNKNOWN):
        return ""
    each = "its hours" if rule.each is None else f"{number(rule.each)} each"
    caps = [
        f"at most {number(cap.credits)} a year{_together(cap, rule)}" for cap in book.caps if rule.kind in cap.kinds
    ]
    return ", ".join([each, *caps])


def number(amount: Fraction) -> str:
    return str(cec.Credits(amount))


def _together(cap: cec.CapGroup, rule: cec.KindRule) -> str:
    others = [kind for kind in cap.kinds if kind is not rule.kind]
    return f" together with {codes(others)}" if others else ""


def _window(book: cec.Rulebook) -> str:
    rule = book.window
    grace = f" and {rule.grace_months} months of grace" if rule.grace_months else ""
    says = {
        cec.WindowKind.CALENDAR_YEAR: "in the calendar year before the renewal year",
        cec.WindowKind.MONTHS_BEFORE: f"in the {rule.months} months up to the renewal date",
        cec.WindowKind.TERM: f"in the {rule.months} months{grace} from the day each credential was obtained or renewed",
        cec.WindowKind.UNKNOWN: "the sources do not say when",
    }
    return linked(says[rule.kind], rule.clause, book)


def _clause(book: cec.Rulebook, clause: cec.Clause, cases: list[Case]) -> Iterator[str]:
    yield f"### {clause.id}"
    yield clause.says
    yield facts(
        {
            "Stands under": clause.section,
            "Read as": clause.reading,
            "Because": clause.because,
            "Contradicted by": clause.contradicted,
            "Not decided": clause.undecided,
            "Restates": clause.restates and linked(clause.restates, clause.restates, book),
            "Provisions": codes(book.cited_by(clause.id)),
            "Seen at": "; ".join(source.page for source in book.sources_of(clause.id)),
            "Attested by": book.confidence(clause.id).label,
        }
    )
    if clause.also_possible:
        yield table(
            ("Also possible", "Reading", "Differs"),
            ((code(each.id), each.says, _until(each)) for each in clause.also_possible),
        )
    if cases:
        rows = ((name, said[clause.id], _verdict(found)) for said, found, name in cases[:_MOST_CASES])
        yield table(("Worked case", "This clause says", "Renewal"), rows)
        if len(cases) > _MOST_CASES:
            yield f"{len(cases)} worked cases rest on it; these are the first."


def _until(reading: cec.Alternative) -> str:
    if not reading.is_decided:
        return "in words alone"
    return "for every year" if reading.until is None else f"to {reading.until}"


def _worked(book: cec.Rulebook) -> Iterator[Case]:
    """Yields the worked cases of an edition."""
    file = _CASES / f"{book.id.removeprefix('naaei-')}.json"
    cases: list[dict[str, Any]] = json.loads(file.read_text("utf-8")) if file.exists() else []
    for case in cases:
        found = cec.evaluate(cec.from_dict(case["submission"]), book)
        said: dict[str, list[str]] = {}
        for clause, words_of_it in _said(book, found):
            said.setdefault(clause, []).append(words_of_it)
        name = case["name"][0].upper() + case["name"][1:]
        yield {clause: "; ".join(dict.fromkeys(lines)) for clause, lines in said.items()}, found, name


def _said(book: cec.Rulebook, found: cec.Assessment) -> Iterator[tuple[str, str]]:
    """Yields each clause that an answer rests on, with its part of the answer."""
    kinds = {rule.kind: rule.clause for rule in book.kinds}
    for code_held in dict.fromkeys(map(book.own_code, found.designations)):
        rule = book.rule_of(code_held)
        yield rule.clause, f"{code_held}: {number(rule.credits or Fraction(0))} required"
    for check in found.checks:
        met = "met" if check.met else "not met"
        yield check.clause, f"{words(check.rule)}: {check.found} of {check.required}, {met}"
    for decision in found.decisions:
        for finding in decision.findings:
            yield finding.clause, f"{decision.title}: {words(finding.code)}, −{finding.credits}"
        if not decision.findings and decision.kind in kinds:
            yield kinds[decision.kind], f"{decision.title}: {decision.credited} {words(decision.side)}"


def _verdict(found: cec.Assessment) -> str:
    return f"{'' if found.renewable else 'not '}renewable, {found.credited} of {found.required}"
