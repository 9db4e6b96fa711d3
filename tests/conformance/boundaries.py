"""Writes the cases at the boundaries of a rulebook: one on each side of every limit, by its own figures."""

from __future__ import annotations

import itertools
from collections.abc import Iterator
from typing import Any

import cecrules as cec
from conformance.given import DAY, INSIDE, OUTSIDE, Case, Form, Giver

ACCEPTED = (cec.Side.IN_NETWORK, cec.Side.OUT_OF_NETWORK)


def boundaries(book: cec.Rulebook) -> Iterator[Case]:
    """Yields the cases of a rulebook whose window is known."""
    give = Giver(book)
    for part in (
        requirements,
        windows,
        kinds,
        documents,
        conditions,
        caps,
        shares,
        duplicates,
        years,
        slips,
        statements,
    ):
        yield from part(give)


def requirements(give: Giver) -> Iterator[Case]:
    codes = [str(rule.designation) for rule in give.known]
    for held in codes:
        total, inside, compliance = give.asked(held)
        if not total:
            yield Case(f"{held} requires nothing and renews without activities", give.submission([held]))
            continue
        enough, outside = give.filled(inside, total - inside, compliance), total - inside
        yield Case(f"{held} with exactly the credits required in all", give.submission([held], *enough))
        short = give.filled(inside, outside - 1, compliance)
        yield Case(f"{held} a minute short in all", give.submission([held], *short))
        less = give.filled(inside - 1, outside, compliance)
        more = give.filled(inside - 1, outside + 1, compliance)
        yield Case(f"{held} a minute short in network and in all", give.submission([held], *less))
        yield Case(f"{held} a minute short in network, with one more outside", give.submission([held], *more))
        if compliance:
            lacking = give.filled(inside, outside, compliance - 1)
            yield Case(f"{held} a minute short on compliance", give.submission([held], *lacking))
            both = [
                give.activity(INSIDE, total - compliance),
                give.activity(OUTSIDE, compliance, addresses_compliance=True),
            ]
            yield Case(f"{held} with all its compliance credits outside the network", give.submission([held], *both))
        yield Case(f"{held} without activities", give.submission([held]))
    for first, second in itertools.pairwise(codes):
        total, inside, compliance = max(give.asked(first), give.asked(second))
        did = give.filled(inside, total - inside, compliance)
        yield Case(f"{first} and {second} use the same credits", give.submission([first, second], *did))
    yield Case(f"{codes[0]} given twice", give.submission([codes[0], codes[0]]))
    for alias in give.book.aliases:
        yield Case(f"{alias.code} stands for {alias.means}", give.submission([str(alias.code)], *give.filled(60)))


def windows(give: Giver) -> Iterator[Case]:
    held = str(give.known[0].designation)
    days = {
        "the day before the window": give.first - DAY,
        "the first day of the window": give.first,
        "the last day of the window": give.last,
        "the day after the window": give.last + DAY,
    }
    for name, day in days.items():
        did = give.activity(INSIDE, 60, earned_on=str(day))
        yield Case(f"earned on {name}", give.submission([held], did))
    if give.has_terms:
        for start in ("2024-11-30", "2023-11-30", "2024-02-29", "2024-12-31"):
            last = cec.renewal_window(2025, give.book, term_start=start).last
            for name, day in {"last day": last, "day after the last": last + DAY}.items():
                form = give.submission([held], give.activity(INSIDE, 60, earned_on=str(day)), year=2025)
                yield Case(f"the {name} of a term from {start}", form | {"term_starts": {held: start}})
    elif give.book.window.kind is cec.WindowKind.CALENDAR_YEAR:
        leap = next(year for year in range(give.year, give.year + 5) if give.days(year)[0].year % 4 == 0)
        day = f"{give.days(leap)[0].year}-02-29"
        did = give.activity(INSIDE, 60, earned_on=day)
        yield Case("earned on February 29", give.submission([held], did, year=leap))


def kinds(give: Giver) -> Iterator[Case]:
    held = str(give.known[0].designation)
    for kind, rule in give.kinds(*ACCEPTED):
        did = give.activity(kind, None if rule.each is not None else 61)
        yield Case(f"{kind} counts", give.submission([held], did))
        if rule.each is not None:
            yield Case(f"{kind} of four hours is worth one entry", give.submission([held], did | {"minutes": 240}))
    for kind, _ in give.kinds(cec.Side.NOT_ACCEPTED):
        yield Case(f"{kind} is not accepted", give.submission([held], give.activity(kind, 60)))
    for kind, _ in give.kinds(cec.Side.UNKNOWN):
        form = give.submission([held], give.activity(kind, None if cec.ActivityKind(kind).is_occasion else 60))
        yield Case(f"the sources do not say how {kind} counts", form, "errors")
    for kind in cec.ActivityKind:
        unlisted = give.rules["unlisted"].side
        if kind not in give.rules and unlisted is not cec.Side.UNKNOWN:
            form = give.activity("unlisted", None if kind.is_occasion else 60) | {"kind": str(kind)}
            yield Case(f"{kind} is treated as unlisted", give.submission([held], form))


def documents(give: Giver) -> Iterator[Case]:
    held = str(give.known[0].designation)
    for kind, rule in give.kinds(*ACCEPTED):
        if not rule.evidence:
            continue
        listed, did = give.groups[rule.evidence], give.activity(kind, None if rule.each is not None else 60)
        for document in listed:
            yield Case(f"{kind} with {document}", give.submission([held], did | {"documents": [document]}))
        others = [str(each) for each in cec.DocumentKind if each not in listed]
        yield Case(f"{kind} with no document it calls for", give.submission([held], did | {"documents": others}))
        yield Case(f"{kind} with every document", give.submission([held], did | {"documents": [*listed, *others]}))


def conditions(give: Giver) -> Iterator[Case]:
    held = str(give.known[0].designation)
    for kind, rule in give.kinds(*ACCEPTED):
        for condition in rule.conditions:
            for value in (True, False, None):
                did = give.activity(kind, None if rule.each is not None else 60) | {condition.field: value}
                yield Case(f"{kind} with {condition.field} {value}".lower(), give.submission([held], did))
            wrong = {condition.field: condition.refused, "earned_on": str(give.first - DAY), "documents": []}
            did = give.activity(kind, None if rule.each is not None else 60) | wrong
            yield Case(f"{kind} with several reasons against it", give.submission([held], did))


def caps(give: Giver) -> Iterator[Case]:
    held = max(give.known, key=lambda rule: rule.credits or 0).designation.value
    for cap in give.book.caps:
        most = give.book.minutes(cap.credits)
        for kind in map(str, cap.kinds):
            rule = give.rules[kind]
            if rule.each is not None:
                entries = most // give.book.minutes(rule.each)
                for count, name in ((entries, "exactly at"), (entries + 1, "one entry over")):
                    did = [give.activity(kind, title=f"Body {number}") for number in range(count)]
                    yield Case(f"{kind} {name} the cap {cap.name}", give.submission([held], *did))
            else:
                for minutes, name in ((most, "exactly at"), (most + 1, "a minute over")):
                    did = [give.activity(kind, minutes)]
                    yield Case(f"{kind} {name} the cap {cap.name}", give.submission([held], *did))
                first = give.activity(kind, most - 1, title="First")
                about = give.activity(kind, 2, title="Law", addresses_compliance=True)
                yield Case(f"of {kind} over its cap compliance is kept first", give.submission([held], first, about))
        mixed = [give.activity(kind, _length(give, kind), title=f"Under {kind}") for kind in map(str, cap.kinds)]
        if len(mixed) > 1:
            yield Case(f"all kinds under the cap {cap.name} share it", give.submission([held], *mixed))


def _length(give: Giver, kind: str) -> int | None:
    return None if give.rules[kind].each is not None else give.book.credit.minutes


def shares(give: Giver) -> Iterator[Case]:
    held = max(give.known, key=lambda rule: rule.credits or 0).designation.value
    total, inside, compliance = give.asked(held)
    room = total - inside
    for minutes, name in ((room - 1, "a minute under"), (room, "exactly at"), (room + 1, "a minute over")):
        did = give.filled(inside, minutes, compliance)
        yield Case(f"outside credits {name} the out-of-network share", give.submission([held], *did))
    first, about = give.activity(OUTSIDE, room), give.activity(OUTSIDE, 61, title="Law", addresses_compliance=True)
    yield Case("of credits over the share compliance is kept first", give.submission([held], first, about))
    yield Case(
        "of credits over the share the first reported are kept",
        give.submission([held], about, about | {"title": "Law II"}),
    )
    for cap in give.book.caps:
        for kind in map(str, cap.kinds):
            rule, most = give.rules[kind], give.book.minutes(cap.credits)
            if rule.side is cec.Side.OUT_OF_NETWORK and rule.each is None:
                did = [give.activity(OUTSIDE, room - 30), give.activity(kind, most + 60)]
                yield Case(f"{kind} over its cap and over the share", give.submission([held], *did))


def duplicates(give: Giver) -> Iterator[Case]:
    held = str(give.known[0].designation)
    for kind, rule in give.kinds(*ACCEPTED):
        if not rule.once_per:
            continue
        did = give.activity(kind, _length(give, kind), title="Education Committee")
        again: dict[str, Form] = {
            "in another case and spacing": {"title": " education  COMMITTEE"},
            "on compliance, which is kept": {"addresses_compliance": True},
            "undocumented, which is no duplicate": {"documents": []},
            "with another title": {"title": "Membership Committee"},
            "of another provider": {"provider": "Othertown"},
            "on another day": {"earned_on": str(give.first + 31 * DAY)},
        }
        for name, change in again.items():
            yield Case(f"{kind} reported twice, the second {name}", give.submission([held], did, did | change))
    by_title = [kind for kind, rule in give.kinds(*ACCEPTED) if "title" in rule.once_per][:1]
    for kind, (name, titles) in itertools.product(by_title, LETTERS.items()):
        did = [give.activity(kind, _length(give, kind), title=title) for title in titles]
        yield Case(f"{kind} reported twice, {name}", give.submission([held], *did))


# Titles with letters that Unicode folds to several or to none, and with what is a space and what is not.
LETTERS = {
    "with a sharp s and with two s": ("Straße", "STRASSE"),
    "with a ligature and with its letters": ("\ufb01nance", "FINANCE"),
    "with a final sigma and with another": ("\u039f\u0394\u039f\u03a3", "\u03bf\u03b4\u03bf\u03c2"),
    "with a dotless i and with another, which are two": ("f\u0131nance", "finance"),
    "with a control character that is a space": ("Board\u0085\u001croom", "Boardroom"),
    "with a byte order mark, which is no space": ("Board\ufeffroom", "Boardroom"),
}


def years(give: Giver) -> Iterator[Case]:
    held = str(give.known[0].designation)
    governs = give.book.governs
    named = {"first year governed": governs.first, "last year governed": governs.last}
    if governs.first is not None:
        named["year before the first governed"] = governs.first - 1
    if governs.last is not None:
        named["year after the last governed"] = governs.last + 1
    named["year 2100"] = 2100
    for name, year in named.items():
        if year is not None:
            day = str(give.days(year)[0])
            form = give.submission([held], give.activity(INSIDE, 60, earned_on=day), year=year)
            yield Case(f"a renewal of the {name}", form)


def slips(give: Giver) -> Iterator[Case]:
    held = str(give.known[0].designation)
    for minutes, name in ((1440, "exactly 24 hours"), (1441, "a minute over 24 hours")):
        did = [give.activity(INSIDE, 720), give.activity(INSIDE, minutes - 720, title="Night")]
        yield Case(f"{name} on one day", give.submission([held], *did))
    did = give.activity(INSIDE, 60)
    yield Case("two entries alike", give.submission([held], did, did))
    yield Case("two entries alike but for the provider", give.submission([held], did, did | {"provider": "Othertown"}))


def statements(give: Giver) -> Iterator[Case]:
    """Forms of the same values: hours as number and text, what is not stated, keys that the rules ignore."""
    held = str(give.known[0].designation)
    lengths: list[Any] = [1.7, "1.7", "0.25", 2, "01.50"]
    for hours in lengths:
        did = give.activity(INSIDE, hours=hours)
        yield Case(f"hours given as {hours!r}", give.submission([held], did))
    flags = dict.fromkeys(("addresses_compliance", "compensated", "bought_through_association"))
    yield Case("statements that are not made", give.submission([held], give.activity(INSIDE, 60) | flags))
    named = give.submission([held], give.activity(INSIDE, 60, id="a-1"), holder="A holder", first_renewal_of=[held])
    yield Case("a first renewal, with a holder and an id", named | {"$schema": "submission.json"})
