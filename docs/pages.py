"""Writes the pages that follow from the code and the rulebooks, on every code, every edition and its changes."""

import itertools
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

from editions_pages import edition_page, worth
from markdown_tables import code, codes, linked, meaning, table, vocabulary, words, write
from messages_page import messages_page

import cecrules as cec
from cecrules.frames import ProblemCode

_EVERY = "every kind"


def write_all(app: Any) -> None:
    """Writes every page into `reference/rules/`."""
    folder = Path(app.srcdir, "reference/rules")
    folder.mkdir(exist_ok=True)
    books = sorted(map(cec.edition, cec.editions()), key=_age)
    for book in books:
        write(folder / f"{book.id}.md", edition_page(book))
    write(folder / "changes.md", _changes_page(books))
    write(folder / "codes.md", _codes_page(books))
    write(folder / "messages.md", messages_page())
    write(folder / "kinds.md", _kinds_page(cec.NAAEI_2014))


def _codes_page(books: list[cec.Rulebook]) -> Iterator[str]:
    """Every code an answer can hold, with its meaning."""
    yield "# Codes"
    yield "Programs should read these codes and not the sentences beside them. A code keeps its name and its meaning."
    yield "## Findings"
    yield "Why credits of an activity do not count ({py:class}`~cecrules.FindingCode`)."
    yield "The kinds are those that can have the finding in any edition."
    yield table(
        ("Code", "Meaning", "Effect", "Goes with"),
        (
            (
                code(each),
                meaning(each),
                "reduces its credits" if each.reduces else "rejects the activity",
                _named(kind for kind in cec.ActivityKind if any(_can_have(kind, each, book) for book in books)),
            )
            for each in cec.FindingCode
        ),
    )
    for title, kind, says in (
        ("Outcomes", cec.Outcome, "What the findings come to for an activity"),
        ("Checks", cec.CheckRule, "The conditions of a renewal, as `rule` of a check"),
        ("Strengths", cec.Strength, "The source's own verb, as `strength` of a check"),
        ("Sides", cec.Side, "Where an activity counts, as `side` of a decision"),
        ("Limits", cec.LimitRule, "The limits that several activities share, as `rule` of a limit in `binding`"),
        ("Notices", cec.NoticeCode, "What an assessment points out beside its figures, for activities of any kind"),
        ("Outlooks", cec.OutlookState, "Whether a renewal can still be completed, as `state` of an outlook"),
        ("Limits of outlooks", cec.OutlookLimit, "The limit that closes an outlook, as `limit`"),
        ("Changes of receipts", cec.ChangeSort, "What differs when a receipt is replayed, as `sort` of a change"),
    ):
        yield from (f"## {title}", f"{says} ({{py:class}}`~cecrules.{kind.__name__}`).", vocabulary(kind))
    yield "## Statements"
    yield "The statements that may be missing, as `statement` of a need ({py:class}`~cecrules.Statement`)."
    yield table(
        ("Code", "Meaning", "Goes with"),
        ((code(each), meaning(each), _stated(each, books)) for each in cec.Statement),
    )
    yield "## Documents"
    yield "The documents of an activity ({py:class}`~cecrules.DocumentKind`), with the kinds of any edition."
    yield table(
        ("Code", "Meaning", "Goes with"),
        (
            (
                code(each),
                meaning(each),
                _named(kind for kind in cec.ActivityKind if any(each in _documents(kind, book) for book in books)),
            )
            for each in cec.DocumentKind
        ),
    )
    yield "## Errors"
    yield "The sort of a problem, as `code` of an error; see [Errors](../errors.md) ({py:class}`~cecrules.ErrorCode`)."
    yield vocabulary(cec.ErrorCode)
    yield "## Problems in data frames"
    yield "Why a row cannot be decided, as `reason` of a row ({py:class}`~cecrules.frames.ProblemCode`)."
    yield vocabulary(ProblemCode)


def _can_have(kind: cec.ActivityKind, finding: cec.FindingCode, book: cec.Rulebook) -> bool:
    """Returns whether an activity of a kind can have a finding under a rulebook."""
    rule, found = _rule_of(kind, book), cec.FindingCode
    can_have = {
        found.KIND_NOT_ACCEPTED: rule.side is cec.Side.NOT_ACCEPTED,
        found.UNDOCUMENTED: bool(rule.evidence),
        found.SERVED_ANOTHER_TERM: rule.side in (cec.Side.IN_NETWORK, cec.Side.OUT_OF_NETWORK),
        found.OVER_CAP: any(kind in cap.kinds for cap in book.caps),
        found.OVER_HALF: rule.side is cec.Side.OUT_OF_NETWORK,
        found.SAME_BODY_AGAIN: bool(rule.once_per) and rule.duplicate is found.SAME_BODY_AGAIN,
        found.SAME_EVENT_AGAIN: bool(rule.once_per) and rule.duplicate is found.SAME_EVENT_AGAIN,
        found.NOT_BOUGHT_THROUGH_ASSOCIATION: cec.Condition.BOUGHT_THROUGH_ASSOCIATION in rule.conditions,
        found.COMPENSATED: cec.Condition.UNCOMPENSATED in rule.conditions,
        # Any activity has a day.
        found.EARNED_BEFORE_WINDOW: True,
        found.EARNED_AFTER_WINDOW: True,
    }
    return can_have[finding]


def _rule_of(kind: cec.ActivityKind, book: cec.Rulebook) -> cec.KindRule:
    rules = {rule.kind: rule for rule in book.kinds}
    return rules.get(kind) or rules[cec.ActivityKind.UNLISTED]


def _documents(kind: cec.ActivityKind, book: cec.Rulebook) -> tuple[cec.DocumentKind, ...]:
    groups = {group.name: group.documents for group in book.evidence}
    return groups.get(_rule_of(kind, book).evidence, ())


def _named(kinds: Iterable[cec.ActivityKind]) -> str:
    found = list(kinds)
    return _EVERY if len(found) == len(cec.ActivityKind) else codes(found)


def _stated(statement: cec.Statement, books: list[cec.Rulebook]) -> str:
    kinds = [
        kind
        for kind in cec.ActivityKind
        if any(condition.field == statement for book in books for condition in _rule_of(kind, book).conditions)
    ]
    return _named(kinds) or _EVERY


def _kinds_page(book: cec.Rulebook) -> Iterator[str]:
    """Every code that a submission can hold, with what the rulebook says of it."""
    yield "# Designations, kinds and documents"
    yield f"The codes of a submission, and what [{book.id}]({book.id}.md) says of each. Other editions differ."
    yield "## Designations"
    required = {rule.designation: rule for rule in book.designations}
    rows = [(each, required.get(book.own_code(each))) for each in cec.Designation]
    yield table(
        ("Code", "Name", "Credits required", "Clause"),
        (
            (
                code(each),
                meaning(each)
                if book.own_code(each) is each
                else f"{meaning(each)}; here a code of {book.own_code(each)}",
                "not in this edition" if rule is None or rule.credits is None else str(rule.credits),
                "" if rule is None else linked(rule.clause, rule.clause, book),
            )
            for each, rule in rows
        ),
    )
    yield "## Kinds of activity"
    yield "A kind that this edition does not list is treated as `unlisted`. Any one of its documents is enough."
    yield "[Enter an activity](../../how-to/enter-an-activity.md) says which kind an activity is."
    rules = [(kind, _rule_of(kind, book)) for kind in cec.ActivityKind]
    yield table(
        ("Code", "Meaning", "Counts", "Worth", "Documents"),
        (
            (
                code(kind),
                meaning(kind),
                linked(", only ".join(map(words, [rule.side, *rule.conditions])), rule.clause, book),
                worth(book, rule) or "nothing",
                codes(_documents(kind, book)) if worth(book, rule) else "",
            )
            for kind, rule in rules
        ),
    )
    yield "## Documents"
    yield "Any one document that goes with a kind is enough for it."
    yield table(
        ("Code", "Meaning", "Goes with"),
        (
            (code(each), meaning(each), codes(kind for kind, _ in rules if each in _documents(kind, book)))
            for each in cec.DocumentKind
        ),
    )


def _age(book: cec.Rulebook) -> tuple[bool, int]:
    """Orders rulebooks by the years they govern; the undated ones are the latest known."""
    first, last = book.governs.first, book.governs.last
    return first is None and last is None, first or 0


def _changes_page(books: list[cec.Rulebook]) -> Iterator[str]:
    yield "# What each edition changed"
    for before, after in itertools.pairwise(books):
        lines = cec.explain_comparison(cec.compare(before, after)).splitlines()
        yield f"## {lines[0]}"
        yield "\n".join(f"- {line.strip()}" for line in lines[1:])
