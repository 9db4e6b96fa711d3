"""Decides the compliance credit: so many of the credits counted, from either side (clause `compliance.one`)."""

from __future__ import annotations

from collections.abc import Sequence

from ..activities import Activity
from ..rulebook import Rulebook

__all__ = ["compliance_minutes", "compliance_required"]


def compliance_minutes(activities: Sequence[Activity], minutes: Sequence[int]) -> int:
    """Returns the minutes credited from activities that address compliance."""
    return sum(
        [counted for activity, counted in zip(activities, minutes, strict=True) if activity.addresses_compliance]
    )


def compliance_required(required: int, rulebook: Rulebook) -> int:
    """Returns the minutes that should address compliance: part of the total, so never more than it."""
    rule = rulebook.compliance
    return 0 if rule is None else min(rulebook.minutes(rule.credits), required)
