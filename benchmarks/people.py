"""Makes holders at random, the same ones each time.

`people` are made so that everything occurs; `realistic` ones report what a holder with eight activities would.
"""

from __future__ import annotations

import random
from typing import Any

import cecrules as cec
from cecrules.rulebook.index import index_of

DOCUMENTS = [document.value for document in cec.DocumentKind]
HELD = [["CAM"], ["NALP"], ["CAM", "NALP"], ["CAPS", "CAM"], ["CAS"], ["AIME"]]
# How often each kind is reported, in a hundred or so; courses most of all.
KINDS = {kind.value: 2 for kind in cec.ActivityKind} | {
    "association_course": 40,
    "conference_session": 12,
    "association_service": 10,
    "legislative_event": 6,
    "association_instruction": 6,
    "college_course": 6,
    "housing_organization_program": 6,
}


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
    year = dice.choices([2013, 2012, 2014], [28, 1, 1])[0]
    return {
        "title": dice.choice(
            ["Board of Directors", "Education Committee", "Day at the Capitol", f"Committee {number}"]
        ),
        "kind": dice.choices(list(KINDS), list(KINDS.values()))[0],
        "earned_on": f"{year}-{month:02}-{day:02}",
        "minutes": dice.choice([30, 45, 60, 60, 90, 120, 150, 240]),
        "provider": "Anytown Apartment Association",
        "addresses_compliance": dice.random() < 0.25,
        "compensated": dice.random() < 0.05,
        "bought_through_association": dice.random() < 0.7,
        "documents": dice.sample(DOCUMENTS, dice.choice([4, 8, 10])),
    }


EVIDENCE = {kind: group.documents for kind, group in index_of(cec.NAAEI_2014).evidence_of_kind.items()}
COURSES = [
    "Fair housing update",
    "Budgeting basics",
    "Leasing and the law",
    "Preventive maintenance",
    "Resident retention",
]


def realistic(count: int, seed: int = 2014, activities: int = 8) -> list[dict[str, Any]]:
    """Returns submissions as holders send them: hours such as 1.5, one or two documents, few slips."""
    dice = random.Random(seed)
    return [
        {
            "renewal_year": 2014,
            "designations": dice.choice(HELD),
            "activities": [_realistic_activity(dice, number) for number in range(activities)],
        }
        for _ in range(count)
    ]


def _realistic_activity(dice: random.Random, number: int) -> dict[str, Any]:
    kind = dice.choices(list(KINDS), list(KINDS.values()))[0]
    documents = EVIDENCE.get(cec.ActivityKind(kind), tuple(cec.DocumentKind))
    made: dict[str, Any] = {
        "title": f"{dice.choice(COURSES)} {number}",
        "kind": kind,
        "earned_on": f"2013-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        "provider": "Anytown Apartment Association",
        "addresses_compliance": dice.random() < 0.25,
        "documents": sorted(dice.sample(documents, 1 if len(documents) == 1 else dice.choice([1, 1, 2]))),
    }
    if not cec.ActivityKind(kind).is_occasion:
        made["hours"] = dice.choice([1, 1, 1.5, 1.5, 2, 0.5, 0.75, 3])
    if kind == "grace_hill_course":
        made["bought_through_association"] = True
    return made
