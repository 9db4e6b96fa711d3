"""Makes people at random, the same ones each time: plausible holders with some of everything the rules speak of."""

from __future__ import annotations

import random
from typing import Any

import cecrules as cec

KINDS = [kind.value for kind in cec.ActivityKind]
DOCUMENTS = [document.value for document in cec.DocumentKind]
HELD = [["CAM"], ["NALP"], ["CAM", "NALP"], ["CAPS", "CAM"], ["CAS"], ["AIME"]]


def person(dice: random.Random, activities: int = 8) -> dict[str, Any]:
    """Returns one submission for 2014 in its JSON form; most activities are in order."""
    return {
        "renewal_year": 2014,
        "designations": dice.choice(HELD),
        "activities": [_activity(dice, number) for number in range(activities)],
    }


def people(count: int, seed: int = 2014, activities: int = 8) -> list[dict[str, Any]]:
    """Returns so many submissions in their JSON form."""
    dice = random.Random(seed)
    return [person(dice, activities) for _ in range(count)]


def _activity(dice: random.Random, number: int) -> dict[str, Any]:
    month, day = dice.randint(1, 12), dice.randint(1, 28)
    year = dice.choices([2013, 2012, 2014], [18, 1, 1])[0]
    return {
        "title": dice.choice(["Board of Directors", "Education Committee", "Day at the Capitol", f"Course {number}"]),
        "kind": dice.choice(KINDS),
        "earned_on": f"{year}-{month:02}-{day:02}",
        "minutes": dice.choice([30, 45, 60, 60, 90, 120, 150, 240]),
        "provider": "Anytown Apartment Association",
        "addresses_compliance": dice.random() < 0.25,
        "compensated": dice.random() < 0.1,
        "bought_through_association": dice.random() < 0.7,
        "documents": dice.sample(DOCUMENTS, dice.choice([1, 4, 8])),
    }
