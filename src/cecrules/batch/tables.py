"""Decides every member of two files of tables on Polars or Spark, one row a member and, on request, one an activity."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from contextlib import ExitStack
from pathlib import Path
from typing import Any

import attrs

from ..errors import InvalidValue
from ..notices import edition_notices
from ..presentation.sentences import notice_sentence
from ..rulebook.rulebook import Rulebook
from .outcome import Outcome
from .running import needed, progress
from .stores import store_of

__all__ = ["decide_tables"]


def decide_tables(
    activities: str,
    designations: str,
    output: str,
    *,
    renewal_year: int,
    rulebook: Rulebook,
    decisions: str = "",
    problems: str = "",
    engine: str = "polars",
) -> Outcome:
    """Decides every member of two files of tables, and writes one row a member.

    Args:
        activities: A file of activities, CSV, Parquet or JSON Lines by its ending (`.csv`, `.parquet`, `.jsonl`).
        designations: A file of designations, likewise.
        output: Where to write what `evaluate_frame` says, likewise.
        renewal_year: The year the renewals are for.
        rulebook: The rules to decide by.
        decisions: Where to write what `decide_frame` says; nowhere if empty.
        problems: Where to write what `problems_frame` says; nowhere if empty.
        engine: `polars`, `spark`, or the URL of a Spark master. Spark writes folders of part files.

    Raises:
        CecRulesError: A file cannot be read or written, or its columns are not what they must be.
    """
    named = (activities, designations, *filter(None, (output, decisions, problems)))
    formats = {path: _format(path) for path in named}
    _told_apart(named[:2], named[2:])
    needed("narwhals", '"cecrules[frames]"')
    from ..frames import decide_frame, evaluate_frame, problems_frame  # noqa: PLC0415 - an extra
    from .columns import blamed, read_tables, summed_up  # noqa: PLC0415

    deciders: Sequence[Callable[..., Any]] = (evaluate_frame, decide_frame, problems_frame)
    wanted = {path: decide for path, decide in zip((output, decisions, problems), deciders, strict=True) if path}
    store = store_of(engine)
    with ExitStack() as files, progress() as told:
        parts = {path: files.enter_context(store.whole(path)) for path in wanted}
        both, nameless = read_tables(store, activities, designations, formats)
        plans = {path: decide(*both, renewal_year=renewal_year, rulebook=rulebook) for path, decide in wanted.items()}
        made: dict[str, Any] = {}
        for path, plan in plans.items():
            told(f"writing {path}", 0)
            with blamed(store, path, "cannot be written", activities, designations):
                made[path] = store.write(plan, parts[path], formats[path])
        told("summing up", 0)
        outcome = summed_up(store, made[output], made.get(decisions), nameless)
    standing = [notice_sentence(notice) for notice in edition_notices(renewal_year, rulebook)]
    return attrs.evolve(outcome, notices=tuple((sentence, outcome.decided) for sentence in standing))


def _format(path: str) -> str:
    ending = Path(path).suffix.removeprefix(".")
    if ending not in ("csv", "parquet", "jsonl"):
        raise InvalidValue(path, "must end in .csv, .parquet or .jsonl")
    return ending


def _told_apart(read: Sequence[str], written: Sequence[str]) -> None:
    for path in (*read, *written):
        if not path.isascii() and path != path.encode(errors="replace").decode():
            raise InvalidValue(path, "must be a name in UTF-8: engines take no other")
        if set(path) & set("*?[{"):
            raise InvalidValue(path, "must be the name of one file, without * ? [ or {")
    taken = {os.path.realpath(path) for path in read}
    for path in written:
        if os.path.exists(path) and not (os.path.isfile(path) or os.path.isdir(path)):
            raise InvalidValue(path, "must be a file, since the output is read again to be summed up")
        if os.path.realpath(path) in taken:
            raise InvalidValue(path, "is named twice, and an output must have a name of its own")
        taken.add(os.path.realpath(path))
