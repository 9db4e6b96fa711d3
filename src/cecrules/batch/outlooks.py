"""Answers for two files of tables whether each renewal can still be completed, one row a member."""

from __future__ import annotations

from datetime import date
from typing import Any

import attrs

from ..ahead.forecasts import OutlookState
from ..converters import read_date
from ..errors import ErrorCode
from ..layouts.layout import Layout
from ..rulebook.rulebook import Rulebook
from .outcome import unread, where_seen
from .running import needed, progress
from .stores import Store, store_of
from .tables import formats_of

__all__ = ["Outlooks", "outlook_tables"]


@attrs.frozen(kw_only=True)
class Outlooks:
    """The outcome of a run that made outlooks.

    Attributes:
        as_of: The day of the outlooks.
        states: How many outlooks have each state, the best state first. With terms, a member has one a designation.
        bad: How many rows could not be read.
        undecided: How many members have no outlook, because their requirement is not known.
        notes: What a reader should know about the files, such as columns that are not read.
        seen: Where the rows that could not be read can be seen.
    """

    as_of: date
    states: tuple[tuple[OutlookState, int], ...]
    bad: int
    undecided: int = 0
    notes: tuple[str, ...] = ()
    seen: str = ""

    def in_words(self) -> str:
        """Sums it up in a few lines, the rows that could not be read first."""
        lines = unread(self.bad, self.seen)
        left = f"; members not decided: {self.undecided}" if self.undecided else ""
        lines.append(f"outlooks on {self.as_of}: {sum(count for _, count in self.states)}{left}")
        lines += [f"  {state}: {count}" for state, count in self.states]
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])


def outlook_tables(
    activities: str,
    designations: str,
    output: str,
    *,
    as_of: date | str,
    renewal_year: int,
    rulebook: Rulebook,
    problems: str = "",
    engine: str = "polars",
    layout: Layout | None = None,
) -> Outlooks:
    """Answers for two files of tables whether each renewal can still be completed.

    Args:
        activities: A file of activities, as for `decide_tables`.
        designations: A file of designations, likewise.
        output: Where to write what `outlook_frame` says, likewise.
        as_of: The day of the outlooks.
        renewal_year: The year the renewals are for.
        rulebook: The rules to decide by.
        problems: Where to write what `problems_frame` says; nowhere if empty.
        engine: As for `decide_tables`.
        layout: As for `decide_tables`.

    Raises:
        CecRulesError: As for `decide_tables`, or `as_of` is not a day.
    """
    day = read_date(as_of, ("as_of",))
    formats = formats_of((activities, designations), (output, problems), engine, layout)
    needed("narwhals", '"cecrules[batch]"')
    from ..frames import outlook_frame  # noqa: PLC0415 - an extra
    from .columns import blamed, in_order, read_tables, write_problems  # noqa: PLC0415
    from .summing import states_counted  # noqa: PLC0415
    from .wrong import refuse_unreadable  # noqa: PLC0415

    store: Store = store_of(engine)
    rules: dict[str, Any] = {"renewal_year": renewal_year, "rulebook": rulebook}
    with store.whole(output) as part, progress() as told:
        given = read_tables(store, activities, designations, formats, layout)
        if problems:
            told(f"writing {problems}", 0)
            write_problems(store, problems, given, formats[problems], **rules)
        told(f"writing {output}", 0)
        with blamed(store, output, "cannot be written", ErrorCode.UNAVAILABLE):
            refuse_unreadable(store, given.tables, (activities, designations))
            made = store.write(in_order(outlook_frame(*given.tables, day, **rules), given), part, formats[output])
        told("summing up", 0)
        states, bad = states_counted(store, made)
    return Outlooks(
        as_of=day,
        states=tuple((state, states[state]) for state in OutlookState if states[state]),
        bad=bad + given.nameless,
        undecided=states[None],
        notes=given.notes,
        seen=where_seen(problems),
    )
