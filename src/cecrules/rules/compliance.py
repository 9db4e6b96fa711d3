"""Adds up the credits that address compliance (clause `compliance.one`)."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from ..activities import Activity

__all__ = ["compliance_minutes"]


def compliance_minutes(activities: Sequence[Activity], minutes: Sequence[int]) -> int:
    """Returns the minutes credited from activities that address compliance, from either side.

    Args:
        activities: The activities, in the order reported.
        minutes: The minutes credited for each.
    """
    return sum(itertools.compress(minutes, [activity.addresses_compliance for activity in activities]))
