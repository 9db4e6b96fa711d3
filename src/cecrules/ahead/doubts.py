"""Decides whether a renewal depends on how a clause is read, and on which readings.

Clauses name other readings that their words allow (`also_possible`); those of one clause exclude one another.
"""

from __future__ import annotations

import functools
import itertools
from collections.abc import Iterator
from typing import TypeAlias

import attrs

from ..activities import ActivityKind
from ..assessments import Shortfall
from ..designations import Designation
from ..displaying import displayed, renewal_of
from ..errors import CecRulesError, ErrorCode
from ..evaluation import figures
from ..rulebook.clauses import Alternative, Clause
from ..rulebook.editions import rulebook_given
from ..rulebook.index import index_of
from ..rulebook.rulebook import Rulebook
from ..rules.requirement import requirement_of
from ..submissions import Submission, submission_given

__all__ = ["MOST_COMBINATIONS", "OpenReading", "Reading", "Readings", "Turn", "readings"]

# The most combinations of readings that are tried for one submission, the smallest first.
MOST_COMBINATIONS = 1024


@attrs.frozen(weakref_slot=False, kw_only=True)
class Reading:
    """Another reading that the words of a clause allow.

    Attributes:
        id: The id of the alternative, such as `half-of-reported`.
        clause: The id of its clause.
        says: The reading in words.
    """

    id: str
    clause: str
    says: str


@attrs.frozen(weakref_slot=False, kw_only=True)
class Turn:
    """One set of readings that turns the answer, and from which none can be left out.

    Attributes:
        readings: The readings, of different clauses.
        short: The credits short under all of them.
    """

    readings: tuple[Reading, ...]
    short: Shortfall


@attrs.frozen(weakref_slot=False, kw_only=True)
class OpenReading:
    """One set of readings under which the submission cannot be decided, and from which none can be left out.

    Attributes:
        readings: The readings, of different clauses.
        missing: The fields of the submission that are missing, such as `renewal_date`; empty if the reason is another.
        why: The reason.
    """

    readings: tuple[Reading, ...]
    missing: tuple[str, ...]
    why: str


@displayed
@attrs.frozen(weakref_slot=False, kw_only=True)
class Readings:
    """The answer to whether a renewal depends on how the clauses are read.

    Attributes:
        rulebook: The id of the rulebook.
        renewal_year: The renewal year.
        designations: The designations held, by the rulebook's own codes.
        short: The credits short as the rulebook reads its clauses.
        turns: Every smallest set of readings that turns the answer, those of fewest readings first. None of a set can
            be left out.
        undecided: Every smallest set of readings under which the submission cannot be decided.
        are_all: True if every combination of readings was tried; False if there were too many, and some of the larger
            ones were not.
    """

    rulebook: str
    renewal_year: int
    designations: tuple[Designation, ...]
    short: Shortfall
    turns: tuple[Turn, ...] = ()
    undecided: tuple[OpenReading, ...] = ()
    are_all: bool = True

    def __repr__(self) -> str:
        return f"<Readings for {renewal_of(self)}: sets that turn it {len(self.turns)}>"

    @property
    def renewable(self) -> bool:
        """True if no credits are short as the rulebook reads its clauses."""
        return not self.short

    @property
    def settled(self) -> bool:
        """True if the answer is the same under every reading."""
        return self.are_all and not self.turns and not self.undecided


def readings(submission: Submission, rulebook: Rulebook | None = None) -> Readings:
    """Answers whether a renewal depends on how the clauses are read.

    Every combination of the other readings that the rulebook's clauses allow is tried, the smallest first, unless the
    changes that they make contradict one another. A reading that changes nothing is never named.

        >>> import cecrules as cec
        >>> courses = [
        ...     cec.Activity(kind=kind, title=kind, earned_on="2013-03-12", hours=3, documents=["transcript"])
        ...     for kind in ("association_course", "college_course")
        ... ]
        >>> found = cec.readings(cec.Submission(renewal_year=2014, designations=["CAM"], activities=courses))
        >>> found.renewable, [[reading.id for reading in turn.readings] for turn in found.turns]
        (False, [['compliance-advised'], ['compliance-left-out']])

    Args:
        submission: Everything a holder reports for one renewal year.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.

    Raises:
        UnknownName: As `evaluate`.
        NotStated: As `evaluate`.
        InvalidValue: As `evaluate`; also if a change that a reading makes does not fit the rulebook.
        InvalidDocument: More than one such problem; `problems` lists them all.
    """
    reported, book = submission_given(submission), rulebook_given(rulebook)
    short = figures(reported, book).shortfall
    turns: dict[Chosen, Turn] = {}
    undecided: dict[Chosen, OpenReading] = {}
    decided: dict[Rulebook, Shortfall] = {book: short}
    kinds = frozenset(activity.kind for activity in reported.activities)
    tries, are_all = _tries(book, reported.renewal_year, reported.designations, kinds)
    for chosen, like in tries:
        if any(less <= chosen for less in itertools.chain(turns, undecided)):
            continue
        try:
            other = decided.get(like)
            if other is None:
                other = decided[like] = figures(reported, like).shortfall
        except CecRulesError as error:
            undecided[chosen] = _open(_named(book, chosen), error)
        else:
            if bool(other) is not bool(short):
                turns[chosen] = Turn(readings=_named(book, chosen), short=other)
    return Readings(
        rulebook=book.id,
        renewal_year=reported.renewal_year,
        designations=requirement_of(reported.designations, book).designations,
        short=short,
        turns=tuple(turns.values()),
        undecided=tuple(undecided.values()) + _in_words_alone(book, reported.renewal_year),
        are_all=are_all,
    )


# A set of alternatives, by their ids.
Chosen: TypeAlias = "frozenset[str]"


def _named(book: Rulebook, chosen: Chosen) -> tuple[Reading, ...]:
    return tuple(_reading(clause, each) for clause, each in book.alternatives if each.id in chosen)


def _reading(clause: Clause, alternative: Alternative) -> Reading:
    return Reading(id=alternative.id, clause=clause.id, says=alternative.says)


def _open(named: tuple[Reading, ...], error: CecRulesError) -> OpenReading:
    problems = error.problems
    missing = tuple(problem.where for problem in problems if problem.code is ErrorCode.MISSING)
    return OpenReading(readings=named, missing=missing, why="; ".join(str(problem) for problem in problems))


def _in_words_alone(book: Rulebook, renewal_year: int) -> tuple[OpenReading, ...]:
    why = "it is stated in words alone, and no change of the rulebook can express it"
    return tuple(
        OpenReading(readings=(_reading(clause, each),), missing=(), why=why)
        for clause, each in book.alternatives
        if not each.is_decided and _differs(each, renewal_year)
    )


def _differs(alternative: Alternative, renewal_year: int) -> bool:
    return alternative.until is None or renewal_year <= alternative.until


# It holds rulebooks, designations and kinds, and no other values from input.
@functools.lru_cache(maxsize=1024)
def _tries(
    book: Rulebook, renewal_year: int, designations: tuple[Designation, ...], kinds: frozenset[ActivityKind]
) -> tuple[tuple[tuple[Chosen, Rulebook], ...], bool]:
    """Returns the combinations to try, each with a rulebook that decides alike, and whether they are all.

    A combination is left out if it decides everything that these designations and kinds touch as a smaller one in it
    does. Those that decide alike share a rulebook.
    """
    combinations = _combinations(book, renewal_year)
    tried = list(itertools.islice(combinations, MOST_COMBINATIONS))
    seen: dict[Chosen, object] = {frozenset(): _effect(book, designations, kinds)}
    like: dict[object, Rulebook] = {seen[frozenset()]: book}
    made: list[tuple[Chosen, Rulebook]] = []
    for ids in tried:
        chosen, other = frozenset(ids), _read_as(book, ids)
        seen[chosen] = effect = _effect(other, designations, kinds) if other else None
        if other is None:
            continue
        if all(seen[less] != effect for less in _parts(ids)):
            made.append((chosen, like.setdefault(effect, other)))
    return tuple(made), next(combinations, None) is None


def _combinations(book: Rulebook, renewal_year: int) -> Iterator[tuple[str, ...]]:
    """Yields every combination of alternatives of different clauses, the smallest first."""
    by_clause = [
        [each.id for each in clause.also_possible if each.is_decided and _differs(each, renewal_year)]
        for clause in book.clauses
        if clause.also_possible
    ]
    for size in range(1, len(by_clause) + 1):
        for clauses in itertools.combinations(by_clause, size):
            yield from itertools.product(*clauses)


def _parts(ids: tuple[str, ...]) -> Iterator[Chosen]:
    """Yields every smaller set of alternatives in a combination, the empty one too."""
    for size in range(len(ids)):
        yield from map(frozenset, itertools.combinations(ids, size))


@functools.lru_cache(maxsize=4096)
def _read_as(book: Rulebook, ids: tuple[str, ...]) -> Rulebook | None:
    """Returns a rulebook read otherwise, or None if several readings contradict one another."""
    try:
        return book.read_as(*ids)
    except CecRulesError:
        if len(ids) == 1:
            raise
        return None


def _effect(book: Rulebook, designations: tuple[Designation, ...], kinds: frozenset[ActivityKind]) -> object:
    """Returns everything of a rulebook on which the figures of a submission with these kinds can depend."""
    index = index_of(book)
    of_kinds = tuple(_effect_on(book, kind) for kind in sorted(kinds))
    required = tuple(index.required_of.get(held) for held in designations)
    window = attrs.evolve(book.window, clause="")
    return book.credit.minutes, window, index.share_of_reported, required, of_kinds


def _effect_on(book: Rulebook, kind: ActivityKind) -> object:
    index = index_of(book)
    rule, cap = index.kind_rules[kind], index.cap_of_kind.get(kind)
    # A kind with a rule of its own and one treated as unlisted are told apart by nothing that decides.
    own = attrs.evolve(rule, kind=kind, clause="", evidence="")
    evidence = index.evidence_of_kind.get(kind)
    documents = frozenset(evidence.documents) if evidence else None
    return own, documents, (cap.group.name, cap.minutes) if cap else None
