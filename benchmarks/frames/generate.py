"""Writes made-up members and what they report, as Parquet: `python -m benchmarks.frames.generate FOLDER MEMBERS`.

Eight activities a member, in the order they came in over the year; nobody in them is anybody.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np
import polars as pl

ACTIVITIES_A_MEMBER = 8
KINDS = {
    "association_course": 0.34,
    "conference_session": 0.15,
    "association_service": 0.11,
    "legislative_event": 0.08,
    "association_instruction": 0.06,
    "college_course": 0.05,
    "housing_organization_program": 0.05,
    "real_estate_board_course": 0.04,
    "housing_service": 0.02,
    "industry_instruction": 0.02,
    "published_article": 0.01,
    "grace_hill_course": 0.04,
    "in_house_training": 0.02,
    "unlisted": 0.01,
}
DOCUMENTS = {
    "association_service": ["member_listing", "appointment_letter"],
    "housing_service": ["member_listing", "appointment_letter"],
    "association_instruction": ["course_promotion", "instruction_letter"],
    "industry_instruction": ["instruction_letter"],
    "published_article": ["published_article"],
}
EDUCATION = ["certificate_of_completion", "transcript", "payment_receipt", "certificate_of_completion;payment_receipt"]
BODIES = ["Board of Directors", "board of directors", "Education Committee", "Events Committee"]
HELD = ["CAM", "NALP", "CAPS", "CAS", "AIME"]


def activities(members: int, seed: int = 2014) -> pl.DataFrame:
    """Returns eight activities a member; one in three hundred rows is a bad one."""
    rng = np.random.default_rng(seed)
    rows = members * ACTIVITIES_A_MEMBER
    kind = rng.choice(list(KINDS), rows, p=np.array(list(KINDS.values())) / sum(KINDS.values()))
    course = np.char.add("Course ", rng.integers(1, 400, rows).astype(str))
    event = np.char.add("Day at the Capitol ", rng.integers(1, 3, rows).astype(str))
    title = np.select(
        [np.isin(kind, ["association_service", "housing_service"]), kind == "legislative_event"],
        [rng.choice(BODIES, rows), event],
        course,
    )
    documents = rng.choice(EDUCATION, rows, p=[0.7, 0.1, 0.1, 0.1])
    for name, fitting in DOCUMENTS.items():
        documents = np.where(kind == name, rng.choice(fitting, rows), documents)
    documents = np.where(rng.random(rows) < 0.04, "", documents)
    minutes = rng.choice([30, 45, 60, 90, 120, 180], rows)
    day = np.datetime64("2013-01-01") + rng.integers(0, 365, rows)
    day = np.where(rng.random(rows) < 0.03, day - np.timedelta64(365, "D"), day)
    bad = rng.random(rows)
    return pl.DataFrame(
        {
            "member": np.repeat(np.arange(1, members + 1), ACTIVITIES_A_MEMBER),
            "title": title,
            "kind": np.where(bad < 0.001, "webinar", kind),
            "earned_on": day,
            "minutes": np.where((bad > 0.001) & (bad < 0.002), 0, minutes),
            "provider": rng.choice(["Anytown Apartment Association", "Capitol City AA", "Somewhere College"], rows),
            "addresses_compliance": rng.random(rows) < 0.15,
            "compensated": rng.random(rows) < 0.05,
            "bought_through_association": rng.random(rows) < 0.6,
            "documents": np.where((bad > 0.002) & (bad < 0.003), "a_letter", documents),
        },
        schema_overrides={"earned_on": pl.Date},
    )


def designations(members: int, seed: int = 2014) -> pl.DataFrame:
    """Returns one designation a member, and a second one for a quarter of them."""
    rng = np.random.default_rng(seed + 1)
    first = pl.DataFrame({"member": np.arange(1, members + 1), "designation": rng.choice(HELD, members)})
    second = pl.DataFrame({"member": np.arange(1, members + 1), "designation": rng.choice(HELD, members)})
    return pl.concat([first, second.filter(pl.Series(rng.random(members) < 0.25))])


def main(folder: str, members: int) -> None:
    """Writes `activities.parquet` and `designations.parquet`."""
    Path(folder).mkdir(parents=True, exist_ok=True)
    activities(members).write_parquet(Path(folder) / "activities.parquet")
    designations(members).write_parquet(Path(folder) / "designations.parquet")


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
