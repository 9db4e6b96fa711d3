"""Compares two rulebooks as data, in their requirements, kinds, caps, windows and documents.

The comparison is by effect and not by the text of the files. A half of six and three of six are the same, and a cap is
listed with each kind under it.
"""

from __future__ import annotations

from collections.abc import Iterator

import attrs

from ..activities import ActivityKind
from ..displaying import displayed
from ..errors import insist
from .index import index_of
from .provisions import DesignationRule, Side
from .rulebook import Rulebook

__all__ = ["Comparison", "Difference", "compare"]

# The values compared, by key, as a rulebook's file has them; a list has several.
Facts = dict[str, tuple[str, ...]]


@attrs.frozen(kw_only=True)
class Difference:
    """One difference between two rulebooks.

    Attributes:
        where: The key that differs, such as `designations.CAM.credits` or `kinds.legislative_event.cap`.
        before: The values in the first rulebook; empty if it has none.
        after: The values in the second rulebook; empty if it has none.
    """

    where: str
    before: tuple[str, ...]
    after: tuple[str, ...]


@displayed
@attrs.frozen(kw_only=True)
class Comparison:
    """All differences between two rulebooks.

    Attributes:
        before: The id of the first rulebook.
        after: The id of the second rulebook.
        differences: The differences, in the order of a rulebook.
    """

    before: str
    after: str
    differences: tuple[Difference, ...]

    def __repr__(self) -> str:
        return f"<Comparison of {self.before} with {self.after}: differences {len(self.differences)}>"


def compare(before: Rulebook, after: Rulebook) -> Comparison:
    """Compares two rulebooks by credit, window, requirements, shares, compliance, kinds, caps and documents.

        >>> from cecrules import edition
        >>> compare(edition("naaei-2014"), edition("naaei-2022")).differences[0]
        Difference(where='designations.CAM.credits', before=('6',), after=('8',))

    A designation with a new code is compared under the second rulebook's code.

    Args:
        before: The rulebook to start from.
        after: The rulebook to compare with it.

    Raises:
        InvalidValue: One of them is not a rulebook.
    """
    for name, book in (("before", before), ("after", after)):
        insist(book, Rulebook, (name,), "a Rulebook", "edition() returns one by its id")
    old, new = dict(_facts(before, after)), dict(_facts(after, after))
    new |= {where: (where.split(".")[1],) for where in old if where.endswith(".code")}
    differences = [
        Difference(where=where, before=old.get(where, ()), after=new.get(where, ()))
        for where in _in_order([*new, *old])
        if old.get(where, ()) != new.get(where, ())
    ]
    return Comparison(before=before.id, after=after.id, differences=tuple(differences))


def _facts(book: Rulebook, named_by: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Yields the facts of a rulebook, with designations under the codes of `named_by` and any other code beside."""
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
    yield "in_network.of", (book.in_network.of.value,)
    if book.compliance:
        yield "compliance", (_written(book.minutes(book.compliance.credits), book), book.compliance.strength.value)
    for kind in ActivityKind:
        yield from _kind(kind, book)


def _requirement(where: str, requirement: DesignationRule, book: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    if not where.endswith(f".{requirement.designation}"):
        yield f"{where}.code", (requirement.designation.value,)
    required = index_of(book).required_of.get(requirement.designation)
    yield f"{where}.credits", (_written(required.total, book) if required else "unknown",)
    yield f"{where}.in_network", (_written(required.in_network, book) if required else "unknown",)


def _kind(kind: ActivityKind, book: Rulebook) -> Iterator[tuple[str, tuple[str, ...]]]:
    where, rule = f"kinds.{kind}", index_of(book).kind_rules[kind]
    yield f"{where}.side", (rule.side.value,)
    if rule.side in (Side.NOT_ACCEPTED, Side.UNKNOWN):
        return
    if rule.each is not None:
        yield f"{where}.each", (_written(book.minutes(rule.each), book),)
    if rule.credit_minutes is not None:
        yield f"{where}.credit_minutes", (str(rule.credit_minutes),)
    yield f"{where}.once_per", rule.once_per
    yield f"{where}.conditions", rule.conditions
    if rule.evidence:
        yield f"{where}.documents", tuple(sorted(index_of(book).evidence_of_kind[kind].documents))
    if cap := index_of(book).cap_of_kind.get(kind):
        yield f"{where}.cap", (_written(cap.minutes, book), *sorted(set(cap.group.kinds) - {kind}))


def _written(minutes: int, book: Rulebook) -> str:
    return str(book.credits(minutes))


_PARTS = ("credit", "window", "designations", "in_network", "compliance", "kinds")


def _in_order(keys: list[str]) -> list[str]:
    """Returns each key once, and keeps the keys of one part and of one name together."""
    first: dict[str, int] = {}
    for key in keys:
        first.setdefault(_name(key), len(first))
    return sorted(dict.fromkeys(keys), key=lambda key: (_PARTS.index(key.partition(".")[0]), first[_name(key)]))


def _name(key: str) -> str:
    return ".".join(key.split(".")[:2])
