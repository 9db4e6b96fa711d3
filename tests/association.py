"""A large made-up association, the same each time, for engines on which many small tables take too long."""

from __future__ import annotations

import random
from datetime import date, timedelta
from typing import Any

import cecrules as cec
from tables import TITLES


def random_rows(members: int) -> tuple[list[dict[str, Any]], list[dict[str, Any]]]:
    """Six activities a member, one row in thirty a bad one; and a designation or two."""
    roll = random.Random(2014)
    activities = [
        {
            "member": f"member {roll.randrange(members)}",
            "row": row,
            "title": roll.choice([*TITLES, "Course"]),
            "kind": roll.choice([*(kind.value for kind in cec.ActivityKind), "webinar" if row % 3 else "unlisted"]),
            "earned_on": date(2013, 1, 1) + timedelta(days=roll.randrange(-10, 370)),
            "minutes": roll.choice([15, 30, 60, 90, 120, 0 if row % 9 == 0 else 45]),
            "provider": roll.choice(["Anytown", "any town", None]),
            "addresses_compliance": roll.choice([True, False, None]),
            "compensated": roll.random() < 0.1,
            "bought_through_association": roll.random() < 0.8,
            "documents": roll.choice([";".join(cec.DocumentKind), "transcript", "member_listing; transcript", ""]),
        }
        for row in range(6 * members)
    ]
    codes = [held.value for held in cec.Designation if held is not cec.Designation.CAMT]
    held = [
        {
            "member": f"member {number % members}",
            "row": number,
            "designation": roll.choice(codes),
            "term_start": date(2012, 3, 1) + timedelta(days=roll.randrange(500)) if number % 50 else None,
        }
        for number in range(members + members // 4)
    ]
    return activities, held
