"""Compares the verdicts of two rulebooks on two files of tables, and writes one row for each member who changes."""

from __future__ import annotations

import attrs

from ..errors import ErrorCode
from ..layouts.layout import Layout
from ..rulebook.mixtures import mixtures
from ..rulebook.rulebook import Rulebook
from .outcome import unread, where_seen
from .running import needed, progress
from .stores import Store, store_of
from .tables import formats_of

__all__ = ["Changes", "compare_tables"]


@attrs.frozen(kw_only=True)
class Changes:
    """The outcome of a comparison.

    Attributes:
        before: The id of the first rulebook.
        after: The id of the second rulebook.
        decided: How many members the first rulebook decides.
        undecided: How many members each of the two does not decide, because their requirement is not known.
        bad: How many rows could not be read.
        lost: What turns the verdicts of members who can renew by the first rulebook alone, with how many they are, the
            most common first.
        gained: What turns the verdicts of members who can renew by the second rulebook alone, likewise.
        left_out: The mixtures that contradict themselves, each in words.
        notes: What a reader should know about the files, such as columns that are not read.
        seen: Where the rows that could not be read can be seen.
    """

    before: str
    after: str
    decided: int
    bad: int
    lost: tuple[tuple[str, int], ...]
    gained: tuple[tuple[str, int], ...]
    undecided: tuple[int, int] = (0, 0)
    left_out: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    seen: str = ""

    def in_words(self) -> str:
        """Sums it up in a few lines, the rows that could not be read first."""
        lines = unread(self.bad, self.seen)
        lines.append(f"{self.decided} decided; {self.after} compared with {self.before}:")
        for book, count in zip((self.before, self.after), self.undecided, strict=True):
            lines += [f"  not decided by {book}: {count}"] if count else []
        for word, found in (("no longer renewable", self.lost), ("renewable now", self.gained)):
            lines.append(f"  {word}: {sum(count for _, count in found)}")
            lines += [f"    {because}: {count}" for because, count in found]
        lines += [f"  left out: {mixture}" for mixture in self.left_out]
        return "\n".join([*lines, *(f"  {note}" for note in self.notes)])


def compare_tables(
    activities: str,
    designations: str,
    output: str,
    *,
    renewal_year: int,
    before: Rulebook,
    after: Rulebook,
    problems: str = "",
    engine: str = "polars",
    layout: Layout | None = None,
) -> Changes:
    """Compares the verdicts of two rulebooks on two files of tables.

    Args:
        activities: A file of activities, as for `decide_tables`.
        designations: A file of designations, likewise.
        output: Where to write what `compare_frame` says, likewise.
        renewal_year: The year the renewals are for, by both rulebooks.
        before: The rulebook to start from.
        after: The rulebook to compare with it.
        problems: Where to write what `problems_frame` says by the first rulebook; nowhere if empty.
        engine: As for `decide_tables`.
        layout: As for `decide_tables`.

    Raises:
        CecRulesError: As for `decide_tables`, or the rulebooks differ in more than six groups.
    """
    formats = formats_of((activities, designations), (output, problems), engine, layout)
    unsound = [mixture for mixture in mixtures(before, after) if not mixture.rulebook]
    needed("narwhals", '"cecrules[batch]"')
    from ..frames import compare_frame, evaluate_frame  # noqa: PLC0415 - an extra
    from .columns import blamed, in_order, read_tables, write_problems  # noqa: PLC0415
    from .summing import changes_counted, summed_up  # noqa: PLC0415
    from .wrong import refuse_unreadable  # noqa: PLC0415

    store: Store = store_of(engine)
    with store.whole(output) as part, progress() as told:
        given = read_tables(store, activities, designations, formats, layout)
        if problems:
            told(f"writing {problems}", 0)
            write_problems(store, problems, given, formats[problems], renewal_year=renewal_year, rulebook=before)
        told(f"writing {output}", 0)
        changed = compare_frame(*given.tables, before, after, renewal_year=renewal_year)
        with blamed(store, output, "cannot be written", ErrorCode.UNAVAILABLE):
            refuse_unreadable(store, given.tables, (activities, designations))
            made = store.write(in_order(changed, given), part, formats[output])
        told("summing up", 0)
        by = [evaluate_frame(*given.tables, renewal_year=renewal_year, rulebook=book) for book in (before, after)]
        outcome, other_outcome = (summed_up(store, members, None, given.nameless) for members in by)
        lost, gained = (changes_counted(store, made, renewable=renewable) for renewable in (False, True))
    return Changes(
        before=before.id,
        after=after.id,
        decided=outcome.decided,
        undecided=(outcome.undecided, other_outcome.undecided),
        bad=outcome.bad,
        lost=lost,
        gained=gained,
        left_out=tuple(f"{'+'.join(mixture.groups)}, because {mixture.problems[0]}" for mixture in unsound),
        notes=given.notes,
        seen=where_seen(problems),
    )
