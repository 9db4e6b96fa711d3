"""Compares two rulebooks: what is owed, what counts, how much, when and on what evidence; as data and in words.

What is compared is what a rulebook comes to, not how its file is written: a half of six and three of six are the
same, and a cap is told by each kind under it.
"""

from __future__ import annotations

from collections.abc import Iterator
from fractions import Fraction

import attrs

from ..activities import ActivityKind
from ..documents import DocumentKind
from ..presentation.sentences import listed
from .provisions import Requirement, Side, WindowKind
from .rulebook import Rulebook

__all__ = ["Comparison", "Difference", "compare", "difference_sentence", "explain_comparison"]

# What is compared, by its key: each value as it stands in a rulebook's file, several where it is a list.
Facts = dict[str, tuple[str, ...]]


@attrs.frozen(kw_only=True)
class Difference:
    """One thing that two rulebooks say differently.

    Attributes:
        where: What it is, such as `designations.CAM.credits` or `kinds.legislative_event.cap`.
        before: What the first rulebook says; empty where it says nothing.
        after: What the second one says; empty where it says nothing.
    """

    where: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@attrs.frozen(kw_only=True)
class Comparison:
    """Everything that two rulebooks say differently.

    Attributes:
        before: The id of the first.
        after: The id of the second.
        differences: What differs, in the order of a rulebook.
    """

    before: str
    after: str
    differences: tuple[Difference, ...]


def compare(before: Rulebook, after: Rulebook) -> Comparison:
    """Compares two rulebooks: credit, window, requirements, shares, compliance, kinds, caps and documents.

        >>> from cecrules import edition
        >>> compare(edition("naaei-2014"), edition("naaei-2022")).differences[0]
        Difference(where='designations.CAM.credits', before=('6',), after=('8',))

    Designations that have only been renamed are compared under the second rulebook's code.

    Args:
        before: The rulebook to start from.
        after: The one to compare with it.
    """
    old, new = dict(_facts(before, after)), dict(_facts(after, after))
    new |= {where: (where.split(".")[1],) for where in old if where.endswith(".code")}
    differences = [
        Difference(where=where, before=old.get(where, ()), after=new.get(where, ()))
        for where in _in_order([*new, *old])
        if old.get(where, ()) != new.get(where, ())
    ]
    return Comparison(before=before.id, after=after.id, differences=tuple(differences))


def explain_comparison(comparison: Comparison) -> str:
    """Says in words what differs, one difference a line."""
    lines = [f"{comparison.after} beside {comparison.before}"]
    lines += [f"  {difference_sentence(difference)}" for difference in comparison.differences]
    return "\n".join(lines if comparison.differences else [*lines, "  no difference"])


def difference_sentence(difference: Difference) -> str:
    """Says in words what one difference is, such as `CAM, credits owed: 8, before 6`."""
    after, before = _in_words(difference.where, difference.after), _in_words(difference.where, difference.before)
    return f"{_subject(difference.where)}: {after}, before {before}"


def _facts(book: Rulebook, named_by: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields everything a rulebook comes to, designations under the codes of `named_by`; a code of its own beside."""
    yield "credit.minutes", (str(book.credit.minutes),)
    window = attrs.asdict(book.window)
    del window["clause"]
    for name, value in window.items():
        if value or isinstance(value, bool):
            yield f"window.{name}", (str(value).lower(),)
    for requirement in book.designations:
        code = named_by.own_code(requirement.designation)
        yield from _requirement(f"designations.{code}", requirement, book)
    yield "in_network.strength", (book.in_network.strength.value,)
    if book.compliance:
        yield "compliance", (_written(book.compliance.credits), book.compliance.strength.value)
    for kind in ActivityKind:
        yield from _kind(kind, book)


def _requirement(where: str, requirement: Requirement, book: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not where.endswith(f".{requirement.designation}"):
        yield f"{where}.code", (requirement.designation.value,)
    yield f"{where}.credits", (_written(requirement.credits),)
    share = book.in_network.share
    if requirement.credits is None or share is None:
        yield f"{where}.in_network", (_written(requirement.in_network),)
    else:
        yield f"{where}.in_network", (_written(share * requirement.credits),)


def _kind(kind: ActivityKind, book: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    where, rule = f"kinds.{kind}", book.kind_rules[kind]
    yield f"{where}.side", (rule.side.value,)
    if rule.side in (Side.NOT_ACCEPTED, Side.UNKNOWN):
        return
    if rule.each is not None:
        yield f"{where}.each", (_written(rule.each),)
    yield f"{where}.once_per", rule.once_per
    yield f"{where}.conditions", rule.conditions
    if rule.evidence:
        yield f"{where}.documents", tuple(sorted(book.evidence_of_kind[kind].documents))
    if cap := book.cap_of_kind.get(kind):
        yield f"{where}.cap", (_written(cap.credits), *sorted(set(cap.kinds) - {kind}))


def _written(amount: Fraction | None) -> str:
    if amount is None:
        return "unknown"
    return str(amount.numerator) if amount.denominator == 1 else str(float(amount))


_PARTS = ("credit", "window", "designations", "in_network", "compliance", "kinds")


def _in_order(keys: list[str]) -> list[str]:
    """Returns each key once, those of one part and of one name together."""
    first: dict[str, int] = {}
    for key in keys:
        first.setdefault(_name(key), len(first))
    return sorted(dict.fromkeys(keys), key=lambda key: (_PARTS.index(key.partition(".")[0]), first[_name(key)]))


def _name(key: str) -> str:
    return ".".join(key.split(".")[:2])


_NAMES = {
    "credit.minutes": "minutes a credit",
    "window.kind": "days that count",
    "window.years_before": "years before the renewal year",
    "window.months": "months of the window",
    "window.grace_months": "months of grace",
    "window.last_day_inside": "last day counts",
    "window.shared": "one activity for several terms",
    "in_network.strength": "verb of the in-network share",
    "compliance": "credits on compliance",
    "code": "called",
    "credits": "credits owed",
    "in_network": "of them in network",
    "side": "counts",
    "each": "credits each",
    "once_per": "counts once for the same",
    "conditions": "on condition",
    "documents": "any one of",
    "cap": "at most a year",
}

_KINDS = {kind.value: kind.label for kind in ActivityKind}
_DOCUMENTS = {document.value: document.label for document in DocumentKind}
_VALUES = {
    **_KINDS,
    "true": "yes",
    "false": "no",
    WindowKind.CALENDAR_YEAR: "a calendar year",
    WindowKind.MONTHS_BEFORE: "so many months back from the renewal date",
    WindowKind.TERM: "a term of its own for each credential",
    Side.OUT_OF_NETWORK: "out of network",
}


def _subject(where: str) -> str:
    if where in _NAMES:
        return _NAMES[where]
    table, name, field = where.split(".")
    subject = _KINDS[name] if table == "kinds" else name
    return f"{subject}, {_NAMES[field]}"


def _in_words(where: str, values: tuple[str, ...]) -> str:
    field = where.rpartition(".")[2]
    if field == "documents":
        return listed([_DOCUMENTS[value] for value in values], "or") if values else "no document"
    words = [_VALUES.get(value, value.replace("_", " ")) for value in values]
    if field == "cap" and words[1:]:
        return f"{words[0]} together with {listed(words[1:], 'and')}"
    return ", ".join(words) or "nothing"
