"""Decides which kinds are accepted, and on what condition.

Clauses `network.*` and `outside.*` (what is listed), `refused.in-house`, `refused.unlisted`, `vendor.grace-hill`.
"""

from __future__ import annotations

import functools
from collections.abc import Iterator, Sequence

from ..activities import Activity, ActivityKind
from ..errors import UnknownName
from ..findings import Finding, FindingCode
from ..rulebook.editions import default_rulebook
from ..rulebook.provisions import Condition, KindRule, Side
from ..rulebook.rulebook import Rulebook

__all__ = ["CONDITIONS", "not_accepted"]

# What an activity must not say of itself for a condition to be satisfied (a field with the value refused), and what
# is found where it does.
CONDITIONS = {
    Condition.BOUGHT_THROUGH_ASSOCIATION: (
        "bought_through_association",
        False,
        FindingCode.NOT_BOUGHT_THROUGH_ASSOCIATION,
    ),
    Condition.UNCOMPENSATED: ("compensated", True, FindingCode.COMPENSATED),
}

# A field of an activity, or "" for none, with the value that is refused, and what is found then.
_Refusal = tuple[str, bool, Finding]


def not_accepted(activities: Sequence[Activity], rulebook: Rulebook | None = None) -> list[tuple[int, Finding]]:
    """Returns a finding for every reason why the kind of an activity does not count, by its position.

    Args:
        activities: What was done, in the order reported.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.

    Raises:
        UnknownName: The sources of the rulebook do not say how an activity's kind counts.
    """
    book = rulebook or default_rulebook()
    if book.unknown_kinds:
        _insist_on_known(activities, book)
    refusals = _refusals(book)
    findings: list[tuple[int, Finding]] = []
    for index, activity in enumerate(activities):
        if activity.kind in refusals:
            for field, refused, finding in refusals[activity.kind]:
                if not field or getattr(activity, field) is refused:
                    findings.append((index, finding))
    return findings


def _insist_on_known(activities: Sequence[Activity], rulebook: Rulebook) -> None:
    for index, activity in enumerate(activities):
        if activity.kind in rulebook.unknown_kinds:
            rule = rulebook.kind_rules[activity.kind]
            raise UnknownName(
                f"activities[{index}].kind",
                f"the rulebook's sources do not say how {rule.kind} counts",
                f"see clause {rule.clause}",
            )


@functools.lru_cache(maxsize=1024)
def _refusals(rulebook: Rulebook) -> dict[ActivityKind, tuple[_Refusal, ...]]:
    """Returns what each kind that is not simply accepted is refused for."""
    refusals = {kind: tuple(_refusals_of(rule, rulebook)) for kind, rule in rulebook.kind_rules.items()}
    return {kind: reasons for kind, reasons in refusals.items() if reasons}


def _refusals_of(rule: KindRule, rulebook: Rulebook) -> Iterator[_Refusal]:
    def finding(code: FindingCode) -> Finding:
        return Finding(code=code, clause=rule.clause, credits=rulebook.credits(0))

    if rule.side is Side.NOT_ACCEPTED:
        yield "", True, finding(FindingCode.KIND_NOT_ACCEPTED)
    for condition in rule.conditions:
        field, refused, code = CONDITIONS[condition]
        yield field, refused, finding(code)
