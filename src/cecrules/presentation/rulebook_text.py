"""Explains a rulebook as text, with its requirements, kinds, caps, documents, sources and clauses."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from ..activities import ActivityKind
from ..printable import printable
from ..rulebook.editions import rulebook_given
from ..rulebook.index import index_of
from ..rulebook.provisions import DesignationRule, ShareOf, Side, WindowKind
from ..rulebook.rulebook import Rulebook
from .sentences import amount_in_words, condition_words, field_words, listed, side_words

__all__ = ["explain_clause", "explain_rulebook", "kind_words", "requirement_words", "window_words"]

_WIDTH = 100


def explain_rulebook(rulebook: Rulebook | None = None) -> str:
    """Explains what a rulebook requires, accepts and limits, with the clause for each.

    Args:
        rulebook: The rulebook; `NAAEI_2014` unless given.
    """
    book = rulebook_given(rulebook)
    return "\n".join(map(printable, _lines(book)))


def explain_clause(id: str, rulebook: Rulebook | None = None) -> str:
    """Explains what one clause says and how it is read.

    Args:
        id: The id of the clause, such as `network.half`.
        rulebook: The rulebook that has it; `NAAEI_2014` unless given.

    Raises:
        UnknownName: The rulebook has no such clause.
    """
    book = rulebook_given(rulebook)
    clause = book.clause(id)
    rows = [
        ("section", clause.section),
        ("says", clause.says),
        ("reading", clause.reading),
        ("because", clause.because),
        *(("also possible", f"{each.says} [{each.id}]") for each in clause.also_possible),
        ("undecided", clause.undecided),
        ("restates", clause.restates),
        ("contradicted by", clause.contradicted),
        ("seen at", "; ".join(source.page for source in book.sources_of(id))),
        ("attested by", book.confidence(id).label),
    ]
    return "\n".join(map(printable, [f"{clause.id} ({book.id})", *_rows(rows)]))


def _lines(book: Rulebook) -> Iterator[str]:
    yield f"{book.title} ({book.id})"
    yield ""
    yield from _rows(
        [
            ("governs", f"renewals {book.governs.in_words()}"),
            ("", book.governs.note),
            ("credit", f"{book.credit.minutes} minutes, without meals and breaks ({book.credit.clause})"),
            ("earned", f"{window_words(book)} ({book.window.clause})"),
        ]
    )
    yield ""
    yield "Required (several designations: the largest applies)"
    yield from _rows([(r.designation.value, requirement_words(book, r)) for r in book.designations])
    yield from _rows([(alias.code.value, f"another code of {alias.means}") for alias in book.aliases])
    if book.in_network.of is ShareOf.REPORTED:
        sentence = f"the share in network is of the credits reported, each activity whole ({book.in_network.clause})"
        yield from _rows([("", sentence)])
    if book.compliance:
        rule = book.compliance
        sentence = f"{_amount(book, rule.credits)} {rule.strength} address compliance ({rule.clause})"
        yield from _rows([("", sentence)])
    for side in (Side.IN_NETWORK, Side.OUT_OF_NETWORK, Side.NOT_ACCEPTED, Side.UNKNOWN):
        kinds = [kind for kind in ActivityKind if kind in index_of(book).kinds_by_side[side]]
        if kinds:
            yield ""
            yield side_words(side).capitalize()
            for kind in kinds:
                yield from _wrapped(f"{kind}: {kind_words(book, kind)}")
    if book.evidence:
        yield ""
        yield "Evidence (any one document of a group)"
    for group in book.evidence:
        yield from _wrapped(f"{group.name}: {listed([d.label for d in group.documents], 'or')} ({group.clause})")
    yield ""
    yield "Sources"
    for source in book.sources:
        read = f", read on {source.read_on}" if source.read_on else ""
        yield from _wrapped(f"{source.name}: {source.page} ({source.publisher}{read})")
    yield ""
    yield "Clauses"
    for clause in book.clauses:
        yield from _wrapped(f"{clause.id}: {clause.says}")
        yield from _wrapped(f"{clause.undecided or clause.reading} [attested by {book.confidence(clause.id).label}]", 6)


def window_words(book: Rulebook) -> str:
    """Says which days count."""
    rule = book.window
    if rule.kind is WindowKind.CALENDAR_YEAR:
        before = "before" if rule.years_before == 1 else f"{rule.years_before} years before"
        return f"in the calendar year {before} the renewal year"
    if rule.kind is WindowKind.MONTHS_BEFORE:
        return f"in the {rule.months} months up to the renewal date"
    if rule.kind is WindowKind.TERM:
        grace = f" plus {rule.grace_months} months of grace" if rule.grace_months else ""
        return f"in the {rule.months} months{grace} from the day each credential was obtained or last renewed"
    return "the sources do not say when"


def requirement_words(book: Rulebook, requirement: DesignationRule) -> str:
    """Says how much a designation requires, with the clause."""
    if requirement.credits is None:
        return f"the sources do not say ({requirement.clause})"
    required = index_of(book).required_of[requirement.designation]
    inside = f", at least {book.credits(required.in_network)} in network" if required.in_network else ""
    return f"{amount_in_words(book.credits(required.total))}{inside} ({requirement.clause})"


def kind_words(book: Rulebook, kind: ActivityKind) -> str:
    """Says how a kind of activity counts, with the clause."""
    rule = index_of(book).kind_rules[kind]
    parts = [kind.label]
    if rule.each is not None:
        parts.append(f"{_amount(book, rule.each)} each")
    if rule.credit_minutes is not None:
        parts.append(f"{rule.credit_minutes} minutes a credit")
    if rule.once_per:
        parts.append(f"duplicates (same {listed([*map(field_words, rule.once_per)], 'and')}) count once")
    if rule.conditions:
        parts.append(f"only {listed([*map(condition_words, rule.conditions)], 'and')}")
    if cap := index_of(book).cap_of_kind.get(kind):
        others = sorted(set(cap.group.kinds) - {kind})
        together = f" together with {listed(others, 'and')}" if others else ""
        parts.append(f"yearly cap of {_amount(book, cap.group.credits)}{together}")
    if kind in index_of(book).evidence_of_kind:
        parts.append(f"evidence: {rule.evidence}")
    return f"{'; '.join(parts)} ({rule.clause})"


def _amount(book: Rulebook, number: object) -> str:
    return amount_in_words(book.credits(book.minutes(number)))  # type: ignore[arg-type]


def _rows(rows: list[tuple[str, str]]) -> Iterator[str]:
    for name, text in rows:
        if text:
            yield from textwrap.wrap(text, _WIDTH, initial_indent=f"  {name:<17}", subsequent_indent=" " * 19)


def _wrapped(text: str, indent: int = 2) -> list[str]:
    return textwrap.wrap(text, _WIDTH, initial_indent=" " * indent, subsequent_indent=" " * (indent + 2))
