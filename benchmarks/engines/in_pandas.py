"""The rules of 2014 as an analyst writes them in pandas: everybody at once."""

from __future__ import annotations

from typing import Any

import pandas as pd
from facts import OTHERS_INSIDE, OUTSIDE, OWED, SHOWN_BY, UNPAID, Figures

# Two frames: what people hold, and what they did.
Tables = tuple[pd.DataFrame, pd.DataFrame]


def prepare(people: list[dict[str, Any]]) -> Tables:
    """Returns the people as two frames; the documents joined by semicolons, as a column of a file holds them."""
    held = [{"member": m, "code": code} for m, person in enumerate(people) for code in person["held"]]
    done = [
        {**a, "member": m, "documents": ";".join(a["documents"]), "wanted": person["year"]}
        for m, person in enumerate(people)
        for a in person["activities"]
    ]
    return pd.DataFrame(held), pd.DataFrame(done)


def decide(tables: Tables) -> list[Figures]:
    """Decides every person."""
    held, done = tables
    required = held["code"].map(OWED).groupby(held["member"]).max()

    shown = pd.Series(False, index=done.index)
    for kinds, documents in SHOWN_BY:
        pattern = rf"\b(?:{'|'.join(documents)})\b"
        of_kind = done["kind"].isin(kinds)
        shown |= of_kind & done["documents"].where(of_kind, "").str.contains(pattern, regex=True)
    accepted = done[
        (done["year"] == done["wanted"])
        & ((done["kind"] != "grace_hill_course") | done["bought"])
        & ~(done["compensated"] & done["kind"].isin(UNPAID))
        & shown
    ]
    inside, outside = _counted(accepted, required)
    compliance = sum(_counted(accepted[accepted["compliance"]], required))
    credited = inside + outside
    renewable = (credited >= required) & (2 * inside >= required) & (compliance >= 60)
    return list(zip(renewable, required, credited, inside, compliance, strict=True))


def _counted(done: pd.DataFrame, required: pd.Series) -> tuple[pd.Series, pd.Series]:
    def minutes(kinds: Any) -> pd.Series:
        return _each(done[done["kind"].isin(kinds)].groupby("member")["minutes"].sum())

    def different(kind: str) -> pd.Series:
        return _each(done[done["kind"] == kind].groupby("member")["same"].nunique())

    def _each(found: pd.Series) -> pd.Series:
        return found.reindex(required.index, fill_value=0)

    service = (60 * different("association_service")).clip(upper=180)
    taught = minutes(["association_instruction"]).clip(upper=180)
    inside = service + 60 * different("legislative_event") + taught + minutes(OTHERS_INSIDE)
    return inside, minutes(OUTSIDE).clip(upper=required // 2)
