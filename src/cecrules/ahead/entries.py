"""Makes entries for activities that a holder might still carry out, each of a new body or event and in order."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import timedelta
from typing import Any

from ..activities import Activity, ActivityKind
from ..documents import DocumentKind
from ..rulebook.index import RulebookIndex
from ..rules.caps import identity_of
from ..rules.window import Window

__all__ = ["identities", "new_entries", "new_entry"]


def identities(activities: Collection[Activity], index: RulebookIndex) -> set[object]:
    """Returns the values that the activities share only with their duplicates."""
    return {identity_of(activity, index) for activity in activities}


def new_entry(
    kind: ActivityKind,
    window: Window,
    index: RulebookIndex,
    taken: Collection[object],
    *,
    minutes: int,
    addresses_compliance: bool = True,
) -> Activity:
    """Returns one more entry, as the first of `new_entries`."""
    entries = new_entries(kind, window, index, taken, minutes=minutes, addresses_compliance=addresses_compliance)
    return next(entries)


def new_entries(
    kind: ActivityKind,
    window: Window,
    index: RulebookIndex,
    taken: Collection[object],
    *,
    minutes: int,
    addresses_compliance: bool = True,
) -> Iterator[Activity]:
    """Yields entries without end that are documented, unpaid, and bought through the association.

    Args:
        kind: Their kind.
        window: The days to choose from; the last ones are used first.
        index: The index of the rulebook.
        taken: What duplicates share (`identities`) among the activities that are there already.
        minutes: Their length; a kind with a fixed worth is not worth its length, and may get a longer one.
        addresses_compliance: Whether they address compliance.
    """
    days = (window.last - window.first).days + 1
    sound: dict[str, Any] = {
        "kind": kind,
        "addresses_compliance": addresses_compliance,
        "bought_through_association": True,
        "documents": tuple(DocumentKind),
    }
    number = 0
    while True:
        number += 1
        # Duplicates may share a day or a length alone, so that every entry has its own.
        length = minutes + number - 1 if kind in index.fixed_minutes else minutes
        entry = Activity(
            title=f"One more {kind.label} ({number})",
            provider=f"Provider {number}",
            earned_on=window.last - timedelta(days=(number - 1) % days),
            minutes=length,
            **sound,
        )
        if identity_of(entry, index) not in taken or kind not in index.identity_of_kind:
            yield entry
