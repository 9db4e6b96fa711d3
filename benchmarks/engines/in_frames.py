"""The library's own way to decide everybody at once, `evaluate_frame`, on Polars."""

from __future__ import annotations

from typing import Any

import polars as pl
from facts import Figures

from cecrules.frames import evaluate_frame

AMOUNTS = ("required", "credited", "in_network", "compliance")
# Two frames: what people did, and what they hold.
Tables = tuple[pl.DataFrame, pl.DataFrame]


def prepare(people: list[dict[str, Any]]) -> Tables:
    """Returns people in their JSON form as two frames; the documents joined by semicolons, as in a file."""
    done = [
        {**activity, "documents": ";".join(activity["documents"]), "member": member}
        for member, person in enumerate(people)
        for activity in person["activities"]
    ]
    held = [
        {"member": member, "designation": code}
        for member, person in enumerate(people)
        for code in person["designations"]
    ]
    activities = pl.DataFrame(done, infer_schema_length=None).with_columns(pl.col("earned_on").str.to_date())
    return activities, pl.DataFrame(held)


def decide(tables: Tables) -> list[Figures]:
    """Decides every person."""
    activities, designations = tables
    found = evaluate_frame(activities.lazy(), designations.lazy(), renewal_year=2014).sort("member")
    minutes = [(pl.col(name) * 60).round().cast(int) for name in AMOUNTS]
    return found.select("renewable", *minutes).collect().rows()
