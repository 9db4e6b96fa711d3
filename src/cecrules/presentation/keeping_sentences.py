"""Makes the sentences on receipts and certificates; contains no rule."""

from __future__ import annotations

from ..printable import printable
from ..records.receipts import Change, ChangeSort, Replay

__all__ = ["change_sentence", "replay_lines", "replay_sentence"]


def replay_sentence(replay: Replay) -> str:
    """Says whether a receipt is confirmed, and what differs if it is not."""
    if replay.same:
        return f"confirmed: {replay.rulebook} decides the same today, word for word"
    if replay.confirmed:
        return f"confirmed: {replay.rulebook} decides the same today, in other words"
    sorts = [sort for sort in ChangeSort if any(change.sort is sort for change in replay.changes)]
    return f"not confirmed: {_SORTS[sorts[0]]}"


def change_sentence(change: Change) -> str:
    """Says where a receipt differs, with both values."""
    return f"{change.path} ({change.sort}): {change.kept or 'nothing'} in the receipt, {change.now or 'nothing'} today"


def replay_lines(replay: Replay) -> list[str]:
    """Returns the lines on a replay, one for each thing that differs."""
    return [*map(printable, [replay_sentence(replay), *[f"  {change_sentence(each)}" for each in replay.changes]])]


# Why a receipt is not confirmed, the first reason that applies.
_SORTS = {
    ChangeSort.SUBMISSION: "the submission is not the one that the receipt is for",
    ChangeSort.RULES: "the rulebook decides by other rules",
    ChangeSort.DECISION: "the same submission is decided otherwise by the same rules",
}
