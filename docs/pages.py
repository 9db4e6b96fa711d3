"""Writes the pages that follow from the code and the rulebooks, on every code, every edition and its changes."""

import itertools
import re
from collections.abc import Iterable, Iterator
from enum import StrEnum
from pathlib import Path
from typing import Any

from sphinx.pycode import ModuleAnalyzer
from sphinx.util import logging

import cecrules as cec
from cecrules.frames import ProblemCode

_logger = logging.getLogger(__name__)

Row = tuple[str, ...]


def write(app: Any) -> None:
    """Writes every page into `generated/`."""
    folder = Path(app.srcdir, "generated")
    folder.mkdir(exist_ok=True)
    shelf = sorted(map(cec.edition, cec.editions()), key=_age)
    for book in shelf:
        _write(folder / f"{book.id}.md", _edition_page(book))
    _write(folder / "changes.md", _changes_page(shelf))
    _write(folder / "codes.md", _codes_page())
    _write(folder / "kinds.md", _kinds_page(cec.NAAEI_2014))


def _codes_page() -> Iterator[str]:
    """Every code an answer can hold, with what it means."""
    yield "# Codes"
    yield "Programs should read these codes and not the sentences beside them. A code keeps its name and its meaning."
    yield "## Findings"
    yield "Why credits of an activity do not count ({py:class}`~cecrules.FindingCode`)."
    effects = [(code, "reduces its credits" if code.reduces else "rejects the activity") for code in cec.FindingCode]
    yield _table(("Code", "Meaning", "Effect"), ((_code(code), meaning(code), effect) for code, effect in effects))
    for title, kind, says in (
        ("Outcomes", cec.Outcome, "What the findings come to for an activity"),
        ("Checks", cec.CheckRule, "The conditions of a renewal, as `rule` of a check"),
        ("Strengths", cec.Strength, "The source's own verb, as `strength` of a check"),
        ("Sides", cec.Side, "Where an activity counts, as `side` of a decision"),
        ("Notices", cec.NoticeCode, "What an assessment points out beside its figures"),
        ("Errors", cec.ErrorCode, "The sort of a problem, as `code` of an error; see [Errors](../errors.md)"),
    ):
        yield from (f"## {title}", f"{says} ({{py:class}}`~cecrules.{kind.__name__}`).")
        yield _vocabulary(kind)
    yield "## Problems in data frames"
    yield "Why a row cannot be decided, as `reason` of a row ({py:class}`~cecrules.frames.ProblemCode`)."
    yield _vocabulary(ProblemCode)


def _kinds_page(book: cec.Rulebook) -> Iterator[str]:
    """Every code that a submission can hold, with what the rulebook says of it."""
    rules = {rule.kind: rule for rule in book.kinds}
    rule_of = {kind: rules.get(kind, rules[cec.ActivityKind.UNLISTED]) for kind in cec.ActivityKind}
    groups = {group.name: group.documents for group in book.evidence}
    yield "# Designations, kinds and documents"
    yield f"The codes of a submission, and what [{book.id}]({book.id}.md) says of each. Other editions differ."
    yield "## Designations"
    required = {rule.designation: rule for rule in book.designations}
    rows = [(code, required.get(book.own_code(code))) for code in cec.Designation]
    yield _table(
        ("Code", "Name", "Credits required", "Clause"),
        (
            (
                _code(code),
                meaning(code)
                if book.own_code(code) is code
                else f"{meaning(code)}; here a code of {book.own_code(code)}",
                "not in this edition" if rule is None or rule.credits is None else str(rule.credits),
                "" if rule is None else _linked(rule.clause, rule.clause, book),
            )
            for code, rule in rows
        ),
    )
    yield "## Kinds of activity"
    yield "A kind that this edition does not list is treated as `unlisted`."
    yield _table(
        ("Code", "Meaning", "Counts", "Worth"),
        (
            (
                _code(kind),
                meaning(kind),
                _linked(", only ".join(map(_words, [rule.side, *rule.conditions])), rule.clause, book),
                ", ".join([_worth(rule), *[f"at most {cap.credits} a year" for cap in book.caps if kind in cap.kinds]]),
            )
            for kind, rule in rule_of.items()
        ),
    )
    yield "## Documents"
    yield "Any one document that goes with a kind is enough for it."
    yield _table(
        ("Code", "Meaning", "Goes with"),
        (
            (
                _code(document),
                meaning(document),
                ", ".join(_code(kind) for kind, rule in rule_of.items() if document in groups.get(rule.evidence, ())),
            )
            for document in cec.DocumentKind
        ),
    )


def _worth(rule: cec.KindRule) -> str:
    if rule.side is cec.Side.NOT_ACCEPTED:
        return "nothing"
    return "its hours" if rule.each is None else f"{rule.each} credit{'' if rule.each == 1 else 's'} each"


def meaning(member: StrEnum) -> str:
    """Returns what a member of a vocabulary means, by its label or the comment at it; a member needs one of them."""
    for name in ("label", "full_name"):
        if hasattr(member, name):
            return str(getattr(member, name))
    kind = type(member)
    comments = ModuleAnalyzer.for_module(kind.__module__).find_attr_docs()
    said = " ".join(comments.get((kind.__name__, member.name), ())).strip()
    if not said:
        _logger.warning("%s.%s says nowhere what it means: give it a comment with #:", kind.__name__, member.name)
    return said


def _vocabulary(kind: type[StrEnum]) -> str:
    return _table(("Code", "Meaning"), ((_code(member), meaning(member)) for member in kind))


def _table(heads: Row, rows: Iterable[Row]) -> str:
    return "\n".join(f"| {' | '.join(cells)} |" for cells in (heads, ["---"] * len(heads), *rows))


def _code(member: StrEnum) -> str:
    return f"`{member.value}`"


def _words(member: StrEnum) -> str:
    return member.value.replace("_", " ")


def _linked(text: str, clause: str, book: cec.Rulebook) -> str:
    """Returns a text that leads to a clause; the anchor of a heading has no points."""
    return f"[{text}]({book.id}.md#{clause.replace('.', '')})"


def _age(book: cec.Rulebook) -> tuple[bool, int]:
    """Orders rulebooks by the years they govern; the undated ones are the latest known."""
    first, last = book.governs.first, book.governs.last
    return first is None and last is None, first or 0


def _changes_page(shelf: list[cec.Rulebook]) -> Iterator[str]:
    yield "# What each edition changed"
    for before, after in itertools.pairwise(shelf):
        lines = cec.explain_comparison(cec.compare(before, after)).splitlines()
        yield f"## {lines[0]}"
        yield "\n".join(f"- {line.strip()}" for line in lines[1:])


def _edition_page(book: cec.Rulebook) -> Iterator[str]:
    yield f"# {book.id}"
    yield f"{book.title}. Governs renewals {book.governs.in_words()}."
    if book.governs.note:
        yield book.governs.note
    yield "## In short"
    yield f"```text\n{cec.explain_rulebook(book).partition(chr(10) * 2 + 'Clauses')[0]}\n```"
    yield "## Clauses"
    for clause in book.clauses:
        yield f"### {clause.id}"
        yield clause.says
        rows = {
            "Stands under": clause.section,
            "Read as": clause.reading,
            "Because": clause.because,
            "Also possible": clause.also_possible,
            "Contradicted by": clause.contradicted,
            "Not decided": clause.undecided,
            "Restates": clause.restates,
            "Rests on it": ", ".join(f"`{key}`" for key in book.cited_by(clause.id)),
            "Seen at": "; ".join(source.page for source in book.sources_of(clause.id)),
            "Attested by": book.confidence(clause.id).label,
        }
        yield "\n".join(f"- {name}: {text}" for name, text in rows.items() if text)


def _write(page: Path, parts: Iterable[str] | Any) -> None:
    text = re.sub(r"\n{3,}", "\n\n", "\n\n".join(parts)) + "\n"
    if not page.exists() or page.read_text("utf-8") != text:
        page.write_text(text, "utf-8")
