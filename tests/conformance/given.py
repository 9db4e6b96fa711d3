"""Builds the submissions of the conformance kit from a rulebook: in order, except where a case says otherwise."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from typing import Any, NamedTuple

import cecrules as cec

Form = dict[str, Any]

# A kind on each side that every edition counts by its hours and puts under no cap.
INSIDE, OUTSIDE = "association_course", "housing_organization_program"
DAY = timedelta(days=1)


class Case(NamedTuple):
    """A case by its name. `part` is the part of the rules that it needs."""

    name: str
    submission: Form
    part: str = "decisions"


class Giver:
    """Builds submissions and activities in order by one rulebook.

    A submission is for the first year that the rulebook governs, and for the last one where no first is known.
    """

    def __init__(self, book: cec.Rulebook) -> None:
        self.book = book
        self.year = book.governs.first or book.governs.last or 2025
        self.known = [rule for rule in book.designations if rule.credits is not None]
        self.groups = {group.name: [str(kind) for kind in group.documents] for group in book.evidence}
        self.rules = {str(rule.kind): rule for rule in book.kinds}
        self.first, self.last = self.days(self.year)

    @property
    def has_terms(self) -> bool:
        return self.book.window.kind is cec.WindowKind.TERM

    def days(self, year: int) -> tuple[date, date]:
        """The first and the last day that count, with the dates that submissions here give."""
        start = date(year - 1, 3, 15)
        due = date(year, 3, 31) if self.book.window.kind is cec.WindowKind.MONTHS_BEFORE else None
        window = cec.renewal_window(year, self.book, renewal_date=due, term_start=start if self.has_terms else None)
        return window.first, window.last

    def submission(self, held: list[str], *activities: Form, year: int | None = None, **values: Any) -> Form:
        of = self.year if year is None else year
        form: Form = {"renewal_year": of, "designations": held, "activities": list(activities)}
        if self.has_terms:
            form["term_starts"] = dict.fromkeys(held, str(self.days(of)[0]))
        if self.book.window.kind is cec.WindowKind.MONTHS_BEFORE:
            form["renewal_date"] = f"{of}-03-31"
        return form | values

    def activity(self, kind: str = INSIDE, minutes: int | None = None, **values: Any) -> Form:
        """An activity of some minutes with one document that its kind calls for."""
        rule = self.rules[kind]
        form: Form = {
            "title": "Budgeting",
            "kind": kind,
            "earned_on": str(self.first + 30 * DAY),
            "provider": "Anytown",
        }
        if minutes is not None:
            form["minutes"] = minutes
        if cec.Condition.BOUGHT_THROUGH_ASSOCIATION in rule.conditions:
            form["bought_through_association"] = True
        if rule.evidence:
            form["documents"] = self.groups[rule.evidence][:1]
        return form | values

    def filled(self, inside: int, outside: int = 0, compliance: int = 0) -> list[Form]:
        """Courses with these minutes on each side, the first of those in network on compliance."""
        parts = [
            self.activity(INSIDE, compliance, title="Fair housing", addresses_compliance=True) if compliance else None,
            self.activity(INSIDE, inside - compliance) if inside > compliance else None,
            self.activity(OUTSIDE, outside, title="Finance") if outside else None,
        ]
        return [part for part in parts if part]

    def asked(self, held: str) -> tuple[int, int, int]:
        """The minutes that a designation requires in all, in network and on compliance."""
        asked = cec.requirement_of([cec.Designation(held)], self.book)
        return asked.total.minutes, asked.in_network.minutes, asked.compliance.minutes

    def kinds(self, *sides: cec.Side) -> Iterator[tuple[str, cec.KindRule]]:
        for kind, rule in self.rules.items():
            if rule.side in sides:
                yield kind, rule
