"""Decides the compliance credit: so many of the credits counted, from either side (clause `compliance.one`)."""

from __future__ import annotations

import functools
import itertools
from collections.abc import Sequence

from ..activities import Activity
from ..rulebook.editions import default_rulebook
from ..rulebook.provisions import Strength
from ..rulebook.rulebook import Rulebook

__all__ = ["compliance_advised", "compliance_minutes", "compliance_required"]


def compliance_minutes(activities: Sequence[Activity], minutes: Sequence[int]) -> int:
    """Returns the minutes credited from activities that address compliance."""
    return sum(itertools.compress(minutes, [activity.addresses_compliance for activity in activities]))


@functools.lru_cache(maxsize=1024)
def compliance_required(required: int, rulebook: Rulebook | None = None) -> int:
    """Returns the minutes that must or should address compliance: part of the `required` ones, so never more.

        >>> compliance_required(360)
        60

    Args:
        required: The minutes owed in all.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
    """
    book = rulebook or default_rulebook()
    rule = book.compliance
    return 0 if rule is None or rule.strength is Strength.MAY else min(book.minutes(rule.credits), required)


def compliance_advised(required: int, rulebook: Rulebook) -> int:
    """Returns the minutes that are only advised to address compliance, where a rulebook advises any."""
    rule = rulebook.compliance
    return min(rulebook.minutes(rule.credits), required) if rule and rule.strength is Strength.MAY else 0
