"""Compiles a rulebook to expressions on the rows of a table, for the worth of a row and the reasons to reject it.

Every number comes from the rulebook, every requirement from `rules.requirement`.
"""

from __future__ import annotations

from datetime import date

import attrs
import narwhals as nw

from ..activities import ActivityKind
from ..designations import Designation
from ..errors import ErrorCode, InvalidValue, NotStated, UnknownName
from ..findings import FindingCode
from ..rulebook.editions import rulebook_given
from ..rulebook.index import RulebookIndex, index_of, insist_on_common
from ..rulebook.provisions import Condition, KindRule, SameField, Side
from ..rulebook.rulebook import Rulebook
from ..rules.requirement import Requirement, requirement_of
from ..rules.window import Window, renewal_window
from .expressions import day, is_kind, serial_of, whole

__all__ = [
    "UNKNOWN",
    "Bucket",
    "Compiled",
    "compiled",
]

UNKNOWN = -1
# Stands for every day where the day does not matter.
ANY_DAY = date(2000, 1, 1)


@attrs.frozen
class Bucket:
    """Kinds whose minutes are added up together: those of one cap, or the uncapped ones of one side."""

    name: str
    side: Side
    kinds: frozenset[ActivityKind]
    cap: int | None


@attrs.frozen
class Compiled:
    """A rulebook made ready for tables.

    Attributes:
        book: The rulebook.
        window: The days whose credits count; None where each designation has a term of its own.
        buckets: The kinds whose minutes are added up together.
        requirements: The different requirements, the least first.
        place: The place in `requirements` of every designation the rulebook has a requirement for, by either code.
        order: The place of each of these among the designations of the rulebook.
        kinds: The kinds that rows can be of: all, unless a table holds no others, and no text that is none.
    """

    book: Rulebook
    window: Window | None
    buckets: tuple[Bucket, ...]
    requirements: tuple[Requirement, ...]
    place: dict[Designation, int]
    order: dict[Designation, int]
    kinds: frozenset[ActivityKind] = frozenset(ActivityKind)

    @property
    def index(self) -> RulebookIndex:
        """The tables of the rulebook by kind."""
        return index_of(self.book)

    @property
    def keys(self) -> tuple[str, ...]:
        """The columns that tell cases apart, which are members, or their designations with terms of their own."""
        return ("member",) if self.window else ("member", "held")

    def outside(self) -> tuple[nw.Expr, nw.Expr]:
        """Returns whether a row was earned before the days that count, and after them."""
        earned_on = nw.col("earned_on")
        if self.window:
            return earned_on < day(self.window.first), earned_on > day(self.window.last)
        # The end of a term may be a day that its month lacks: the whole month then comes before it.
        late = earned_on if self.book.window.last_day_inside else earned_on.dt.offset_by("1d")
        return serial_of(earned_on) < nw.col("term_first"), serial_of(late) > nw.col("term_last")

    def rejections(self) -> list[tuple[FindingCode, nw.Expr]]:
        """Returns every reason that rejects a row by itself, in the order `evaluate` finds them."""
        rules = self.index.kind_rules
        before, after = self.outside()
        found = [
            (FindingCode.EARNED_BEFORE_WINDOW, before),
            (FindingCode.EARNED_AFTER_WINDOW, after),
        ]
        refused_kinds = self.kinds & self.index.kinds_by_side[Side.NOT_ACCEPTED]
        if refused_kinds:
            found.append((FindingCode.KIND_NOT_ACCEPTED, is_kind(refused_kinds)))
        for condition in Condition:
            bound = [kind for kind in self.kinds if condition in rules[kind].conditions]
            if bound:
                stated = nw.col(condition.field)
                found.append((condition.code, is_kind(bound) & (stated if condition.refused else ~stated)))
        return [*found, (FindingCode.UNDOCUMENTED, ~nw.col("documented"))]

    def claimed(self) -> nw.Expr:
        """Returns the minutes a row would count for alone: a fixed amount for its kind, or its own length."""
        minutes = nw.col("minutes")
        for amount in sorted(set(self.index.fixed_minutes.values())):
            fixed = frozenset(kind for kind, each in self.index.fixed_minutes.items() if each == amount)
            if fixed >= self.kinds:
                return whole(amount)
            minutes = nw.when(is_kind(fixed)).then(whole(amount)).otherwise(minutes)
        return minutes

    @property
    def single_kinds(self) -> dict[ActivityKind, KindRule]:
        """The rules of the kinds whose duplicates count once."""
        return {kind: rule for kind, rule in self.index.kind_rules.items() if rule.once_per}

    def amount_required(self, field: str) -> nw.Expr:
        """Returns one of the amounts of the requirement whose place is in the column `requirement`, in minutes."""
        last, amount = 0, whole(0)
        for place, requirement in enumerate(self.requirements):
            minutes = getattr(requirement, field).minutes
            if minutes != last:
                last, amount = minutes, nw.when(nw.col("requirement") >= place).then(whole(minutes)).otherwise(amount)
        return amount

    def identity(self) -> dict[SameField, nw.Expr]:
        """Returns what tells entries of a row's kind apart, by field: a constant where a kind has no use for it."""
        constants = {SameField.EARNED_ON: day(ANY_DAY), SameField.MINUTES: whole(0)}
        kinds = {field: self._told_apart_by(field) for field in SameField}
        return {
            field: nw.col(field)
            if asking >= set(self.single_kinds)
            else nw.when(is_kind(asking)).then(nw.col(field)).otherwise(constants.get(field, nw.lit("")))
            for field, asking in kinds.items()
            if asking
        }

    def _told_apart_by(self, field: SameField) -> set[ActivityKind]:
        return {kind for kind, rule in self.single_kinds.items() if field in rule.once_per}


def compiled(rulebook: Rulebook | None, renewal_year: int, renewal_date: date | None) -> Compiled:
    """Compiles a rulebook, `NAAEI_2014` unless given, for one renewal year.

    Raises:
        InvalidValue: Each term takes activities from the others, the rulebook has a provision that `evaluate` alone
            decides by, or a date that the window needs is missing.
        NotStated: The sources of the rulebook do not say which days count.
    """
    book = rulebook_given(rulebook)
    insist_on_common(book)
    if not book.window.shared:
        raise InvalidValue(
            ("rulebook",),
            f"must let one activity serve several terms, got {book.id}, where each serves one alone",
            "decide these one by one, with evaluate",
            ErrorCode.CONFLICT,
        )
    if renewal_date is not None and renewal_date.year != renewal_year:
        problem = f"must be a day of the renewal year {renewal_year}, got {renewal_date}"
        raise InvalidValue(("renewal_date",), problem, code=ErrorCode.CONFLICT)
    # With terms it only tells whether the renewal year is one.
    window = renewal_window(renewal_year, book, renewal_date=renewal_date, term_start=ANY_DAY)
    required: dict[Designation, Requirement] = {}
    for designation in Designation:
        try:
            one = requirement_of((designation,), book)
        except (UnknownName, NotStated):
            continue
        # Which designation it is of does not matter here.
        required[designation] = attrs.evolve(one, designations=(), set_by=())
    requirements = sorted(set(required.values()), key=lambda one: (one.total, one.in_network, one.compliance))
    place = {designation: requirements.index(required[designation]) for designation in required}
    own = [requirement.designation for requirement in book.designations]
    order = {designation: own.index(book.own_code(designation)) for designation in required}
    return Compiled(
        book, None if index_of(book).has_terms else window, tuple(_buckets(book)), tuple(requirements), place, order
    )


def _buckets(book: Rulebook) -> list[Bucket]:
    index = index_of(book)
    capped = index.cap_of_kind
    buckets = [
        Bucket(
            cap.name,
            index.kind_rules[cap.kinds[0]].side,
            frozenset(kind for kind in capped if capped[kind].group == cap),
            book.minutes(cap.credits),
        )
        for cap in book.caps
    ]
    free = [
        Bucket(f"uncapped_{side}", side, index.kinds_by_side[side] - set(capped), None)
        for side in (Side.IN_NETWORK, Side.OUT_OF_NETWORK)
    ]
    return buckets + free
