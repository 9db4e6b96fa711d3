"""The quick reader returns exactly what the careful one does, and leaves to it whatever is unusual."""

from __future__ import annotations

import copy
import json
import random
from collections.abc import Iterator
from datetime import date
from fractions import Fraction
from typing import Any

import pytest

import cecrules as cec
from cecrules.sound import sound_submission
from cecrules.structuring import build

# What stands where a value was; some of it is sound in some places.
ODD: list[Any] = [
    None, True, False, 0, 1, -1, 2, 60, 2014, 2013, 14, 10**30, 0.0, 1.5, 0.1, 0.15, 1 / 3, 0.3333333, -0.5, 1e300,
    float("inf"), float("nan"), 2014.0, "", " ", "\t", "a", "1.5", "0.75", "é", "\ud800", "ok\udfff", "CAM", "CALP",
    "NALP", "cam", "transcript", "member_listing", "college_course", "association_service", "unlisted", "2013-05-01",
    "2013-02-29", "20130501", "2013-W10-1", "2013-5-01", "２013-05-01", "2013-05-01 ", [], {}, [[]], ["CAM"],
    ["CAM", "CAM"], ["transcript"], ["transcript", "transcript"], ["x"], [1], [None], ("CAM",), {"a": 1}, b"CAM",
    date(2013, 5, 1), cec.Designation.CAM, Fraction(3, 2),
]  # fmt: skip
KEYS = ["title", "kind", "earned_on", "hours", "minutes", "provider", "documents", "id", "compensated", "Title", "", 7]


def sound(dice: random.Random) -> dict[str, Any]:
    """A submission that is mostly in order."""

    def activity() -> dict[str, Any]:
        made: dict[str, Any] = {
            "title": dice.choice(["Fair housing", "Vivienda é", "Board"]),
            "kind": dice.choice(list(cec.ActivityKind)).value,
            "earned_on": f"2013-{dice.randint(1, 12):02}-{dice.randint(1, 28):02}",
        }
        for key, values in {
            "hours": [1, 2, 1.5, 0.25, 7.35, 0.05],
            "provider": ["", "Anytown"],
            "addresses_compliance": [True, False, None],
            "compensated": [True, False, None],
            "bought_through_association": [True, False, None],
            "documents": [[], ["transcript"], ["member_listing", "transcript"]],
            "id": [None, "a"],
        }.items():
            if dice.random() < (0.9 if key == "hours" else 0.6):
                made[key] = copy.copy(dice.choice(values))
        if "hours" not in made and dice.random() < 0.8:
            made["minutes"] = dice.randint(1, 600)
        return made

    made: dict[str, Any] = {
        "renewal_year": dice.choice([2014, 2023]),
        "designations": dice.sample([d.value for d in cec.Designation], dice.randint(1, 3)),
        "activities": [activity() for _ in range(dice.randint(0, 4))],
    }
    if dice.random() < 0.5:
        made["holder"] = dice.choice(["a", None, "é"])
    return made


def spoilt(made: dict[str, Any], dice: random.Random) -> Any:
    """The same with one value replaced, taken out, or put in."""
    place: Any = dice.choice([made, *made["activities"]])
    key = dice.choice([*place, *KEYS])
    if dice.random() < 0.2:
        place.pop(key, None)
    else:
        place[key] = copy.deepcopy(dice.choice(ODD))
    return made if dice.random() < 0.99 else dice.choice(ODD)


def documents(count: int, seed: int) -> Iterator[Any]:
    dice = random.Random(seed)
    for _ in range(count):
        made = sound(dice)
        for _ in range(dice.choice([0, 0, 1, 1, 2])):
            made = (
                spoilt(made, dice)
                if isinstance(made, dict)
                and isinstance(made.get("activities"), list)
                and all(isinstance(each, dict) for each in made["activities"])
                else made
            )
        yield made


def agree(document: Any) -> bool:
    """Holds the quick reader to the careful one, and says whether it read the document."""
    quick = sound_submission(document)
    if quick is None:
        return False
    careful = build(cec.Submission, document)
    assert quick == careful
    assert repr(quick) == repr(careful)  # True and 1 are equal, and are not the same
    return True


def test_both_read_the_same() -> None:
    read = sum(map(agree, documents(3_000, seed=1)))
    assert 900 < read < 2_700


@pytest.mark.wide
def test_both_read_the_same_of_a_hundred_thousand_documents() -> None:
    assert sum(map(agree, documents(100_000, seed=2))) > 30_000


def test_what_is_in_order_is_read_in_one_go() -> None:
    dice = random.Random(3)
    for _ in range(500):
        made = sound(dice)
        if len({*made["designations"]}) == len(made["designations"]):
            in_order = all("hours" in each or "minutes" in each for each in made["activities"])
            assert not in_order or sound_submission(json.loads(json.dumps(made))) is not None


def test_a_value_that_only_resembles_a_sound_one_is_left_to_the_careful_reader() -> None:
    class Rows(list[Any]):
        pass

    made = {"renewal_year": 2014, "designations": ["CAM"], "activities": []}
    assert sound_submission(made) is not None
    assert sound_submission(made | {"activities": Rows()}) is None
    assert sound_submission(made | {"renewal_year": True}) is None
    assert sound_submission(made | {"term_starts": {}}) is None
