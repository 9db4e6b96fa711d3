"""Sums up the output, with the members decided, those who can renew, and how often each reason occurred."""

# What comes from an engine has no types of its own.
# pyright: reportUnknownMemberType=false, reportUnknownVariableType=false, reportUnknownArgumentType=false

from __future__ import annotations

from collections import Counter
from typing import Any

import narwhals as nw

from ..findings import FindingCode
from ..frames.expressions import one_where
from .outcome import SHORT, Outcome, most_common
from .stores import Store

__all__ = ["changes_counted", "states_counted", "summed_up"]


def summed_up(store: Store, members: Any, decisions: Any, nameless: int) -> Outcome:
    """Returns the outcome of the tables that were written; `decisions` may be None."""
    known = ~nw.col("required").is_null()
    counts = store.only_row(
        nw.from_native(members)
        .select(
            one_where(known).sum().alias("decided"),
            one_where(~known).sum().alias("undecided"),
            one_where(nw.col("renewable")).sum().alias("renewable"),
            nw.col("bad_rows").sum(),
            *[one_where(nw.col(f"short_{name}") > 0).sum().alias(name) for name in SHORT],
        )
        .to_native()
    )
    reasons = Counter({words: counts[name] or 0 for name, words in SHORT.items()})
    if decisions is not None:
        met = {code: nw.col("findings").str.contains(f"(^|;){code}(;|$)") for code in FindingCode}
        codes = [one_where(holds).sum().alias(code) for code, holds in met.items()]
        found = store.only_row(nw.from_native(decisions).select(*codes).to_native())
        reasons.update({code.replace("_", " "): found[code] or 0 for code in FindingCode})
    return Outcome(
        decided=counts["decided"] or 0,
        renewable=counts["renewable"] or 0,
        bad=(counts["bad_rows"] or 0) + nameless,
        reasons=most_common(reasons),
        undecided=counts["undecided"] or 0,
    )


def changes_counted(store: Store, changes: Any, *, renewable: bool) -> tuple[tuple[str, int], ...]:
    """Returns what turns the verdicts of the members who are renewable by the second rulebook, or of the others."""
    turned = nw.from_native(changes).filter(nw.col("after") if renewable else ~nw.col("after"))
    return most_common(Counter(store.texts(turned.select("because").to_native())))


def states_counted(store: Store, outlooks: Any) -> tuple[Counter[str | None], int]:
    """Returns how many outlooks have each state, None for a member without one, and how many rows were bad."""
    frame = nw.from_native(outlooks)
    states = store.texts(frame.select(nw.col("state").fill_null("")).to_native())
    by_state: Counter[str | None] = Counter(state or None for state in states)
    # With terms, a member has several rows.
    members = frame.select("member", "bad_rows").unique()
    return by_state, store.only_row(members.select(nw.col("bad_rows").sum()).to_native())["bad_rows"] or 0
