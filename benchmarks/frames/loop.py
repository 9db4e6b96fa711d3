"""The limit: one compiled loop over sorted columns of narrow integers that somebody else has made ready.

Kinds, documents, bodies and requirements are numbers already, and the rows lie member by member; nothing is parsed,
folded or grouped. It decides less than the data frames do and shows how far they are from the machine.
"""

from __future__ import annotations

from typing import Any

import numba
import numpy as np
import polars as pl

from .by_hand import COURSES, OUTSIDE, SINGLE, UNPAID, polars_query


def ready(activities: pl.LazyFrame, designations: pl.LazyFrame) -> tuple[Any, ...]:
    """Returns the columns of the loop; this is not timed."""
    kind = pl.col("kind")
    group = (
        pl.when(kind.is_in(COURSES))
        .then(0)
        .when(kind == "association_instruction")
        .then(1)
        .when(kind.is_in(OUTSIDE))
        .then(2)
        .when(kind == "legislative_event")
        .then(3)
        .when(kind == "association_service")
        .then(4)
        .otherwise(-1)
    )
    rows = activities.select(
        "member",
        group=group.cast(pl.Int8),
        minutes=pl.when(kind.is_in(SINGLE)).then(60).otherwise("minutes").cast(pl.Int32),
        day=pl.col("earned_on").cast(pl.Int32),
        compliance="addresses_compliance",
        fine=~(kind.is_in(UNPAID) & pl.col("compensated")) & pl.col("documents").str.len_bytes().gt(0),
        body=pl.concat_str("provider", "title").rank("dense").cast(pl.Int32),
    )
    table = rows.sort("member", maintain_order=True).collect()
    owed = polars_query(activities, designations).select("member", "required").sort("member").collect()
    starts = table["member"].search_sorted(owed["member"]).to_numpy()
    columns = [table[name].to_numpy() for name in ("group", "minutes", "day", "compliance", "fine", "body")]
    required = (owed["required"].fill_null(0) * 60).cast(pl.Int32).to_numpy()
    return (*columns, np.append(starts, table.height), required)


@numba.njit(cache=False)
def decide(
    group: Any, minutes: Any, day: Any, compliance: Any, fine: Any, body: Any, starts: Any, required: Any
) -> Any:
    """Returns credited and compliance minutes a member."""
    made = np.zeros((required.size, 2), np.int32)
    for member in range(required.size):
        sums = np.zeros((5, 2), np.int32)
        for i in range(starts[member], starts[member + 1]):
            if group[i] < 0 or not fine[i] or day[i] < 15706 or day[i] > 16070:
                continue
            again = False
            if group[i] >= 3:
                for j in range(starts[member], i):
                    same_day = group[i] == 4 or day[i] == day[j]
                    again = again or (group[i] == group[j] and fine[j] and body[i] == body[j] and same_day)
            if not again:
                sums[group[i], 0] += minutes[i]
                if compliance[i]:
                    sums[group[i], 1] += minutes[i]
        for k in range(2):
            inside = sums[0, k] + sums[3, k] + min(sums[1, k], 180) + min(sums[4, k], 180)
            made[member, k] = inside + min(sums[2, k], required[member] // 2)
    return made
