"""Worth, what one more entry of each kind would add, and what it would take off each shortfall."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import attrs

from ..activities import MOST_MINUTES, Activity, ActivityKind
from ..assessments import Assessment, Decision, Figures, Shortfall
from ..converters import read_whole
from ..credits import Credits
from ..designations import Designation
from ..displaying import displayed, renewal_of
from ..evaluation import evaluate, figures
from ..findings import Finding
from ..rulebook.editions import rulebook_given
from ..rulebook.index import index_of
from ..rulebook.provisions import Side
from ..rulebook.rulebook import Rulebook
from ..rules.caps import claimed_minutes
from ..submissions import Submission, submission_given
from .entries import identities, new_entry

__all__ = ["Gain", "Worth", "worth"]


@attrs.frozen(weakref_slot=False, kw_only=True)
class Gain:
    """The difference that one more entry of a kind would make.

    Attributes:
        kind: The kind of the entry.
        side: The side its kind counts on.
        addresses_compliance: Whether the entry addresses compliance.
        total: The credits it would add in all.
        in_network: The credits it would add from the network.
        compliance: The credits on compliance it would add.
        taken_off: The credits it would take off each shortfall.
        why: The reasons why credits that it claims add nothing to the total; empty if all of them do. A limit may
            take them from the entry, or from an activity that it takes the place of.
    """

    kind: ActivityKind
    side: Side
    addresses_compliance: bool
    total: Credits
    in_network: Credits
    compliance: Credits
    taken_off: Shortfall
    why: tuple[Finding, ...] = ()

    @property
    def nearer(self) -> bool:
        """True if it would take something off a shortfall, so that the renewal is nearer."""
        return bool(self.taken_off)


@displayed
@attrs.frozen(weakref_slot=False, kw_only=True)
class Worth:
    """The difference that one more entry of each kind would make to a renewal, the most useful first.

    Attributes:
        rulebook: The id of the rulebook.
        renewal_year: The renewal year.
        designations: The designations held, by the rulebook's own codes.
        minutes: The length of an entry, if its kind is measured in hours.
        short: The credits that are short without it.
        gains: For every kind of the rulebook, the gain of an entry on compliance and of one that is not. They are
            ordered by the credits taken off all shortfalls together, then by the credits added in all, then as in the
            rulebook.
        terms: One worth for each designation, if each has its own term; everything above is then that of the one
            furthest from its renewal. Empty otherwise.
    """

    rulebook: str
    renewal_year: int
    designations: tuple[Designation, ...]
    minutes: int
    short: Shortfall
    gains: tuple[Gain, ...]
    terms: tuple[Worth, ...] = ()

    def __repr__(self) -> str:
        return f"<Worth of one more entry for {renewal_of(self)}>"


def worth(submission: Submission, rulebook: Rulebook | None = None, *, minutes: int = 60) -> Worth:
    """Returns what one more entry of each kind would add, and what it would take off each shortfall.

    The entry comes after all others and is of a new body or event. It is documented, unpaid, bought through the
    association, and earned on a day of the window. Kinds for which the sources do not say how they count are left out.

        >>> import cecrules as cec
        >>> found = cec.worth(cec.Submission(renewal_year=2014, designations=["NALP"], activities=[]))
        >>> best = found.gains[0]
        >>> best.kind.value, best.addresses_compliance, best.taken_off.in_network
        ('conference_session', True, Credits('1'))

    Args:
        submission: Everything a holder reports for one renewal year.
        rulebook: The rules to decide by; `NAAEI_2014` unless given.
        minutes: The length of the entry if its kind is measured in hours, at least 1.

    Raises:
        UnknownName: As `evaluate`.
        NotStated: As `evaluate`.
        InvalidValue: As `evaluate`; also if `minutes` is no length of an activity.
        InvalidDocument: More than one such problem; `problems` lists them all.
    """
    reported, book = submission_given(submission), rulebook_given(rulebook)
    length = read_whole(minutes, ("minutes",), least=1, most=MOST_MINUTES)
    whole = evaluate(reported, book)
    if not whole.terms:
        return _worth(reported, whole, None, length, book)
    terms = tuple(_worth(reported, term, place, length, book) for place, term in enumerate(whole.terms))
    furthest = next(made for made, term in zip(terms, whole.terms, strict=True) if term.shortfall == whole.shortfall)
    return attrs.evolve(furthest, designations=whole.designations, terms=terms)


def _worth(submission: Submission, before: Assessment, term: int | None, minutes: int, book: Rulebook) -> Worth:
    made = list(_gains(submission, before, term, minutes, book))
    ranked = sorted(made, key=_usefulness, reverse=True)  # a sort keeps the order of the rulebook among equals
    return Worth(
        rulebook=book.id,
        renewal_year=submission.renewal_year,
        designations=before.designations,
        minutes=minutes,
        short=before.shortfall,
        gains=tuple(ranked),
    )


def _usefulness(gain: Gain) -> tuple[int, int]:
    off = gain.taken_off
    return off.total.minutes + off.in_network.minutes + off.compliance.minutes, gain.total.minutes


def _gains(
    submission: Submission, before: Assessment, term: int | None, minutes: int, book: Rulebook
) -> Iterator[Gain]:
    index = index_of(book)
    taken = identities(submission.activities, index)
    for rule in book.kinds:
        for about in (True, False):
            if rule.side is not Side.UNKNOWN:
                entry = new_entry(rule.kind, before.window, index, taken, minutes=minutes, addresses_compliance=about)
                yield _gain(entry, submission, before, term, book)


def _gain(entry: Activity, submission: Submission, before: Assessment, term: int | None, book: Rulebook) -> Gain:
    made = attrs.evolve(submission, activities=(*submission.activities, entry))
    after: Figures | Assessment | None = _sums_if_whole(entry, made, before, term, book)
    why: tuple[Finding, ...] = ()
    if after is None:
        whole = evaluate(made, book)
        after = whole if term is None else whole.terms[term]
        why = _why(before.decisions, after.decisions)
    return Gain(
        kind=entry.kind,
        side=index_of(book).kind_rules[entry.kind].side,
        addresses_compliance=bool(entry.addresses_compliance),
        total=_more(before.credited, after.credited),
        in_network=_more(before.in_network, after.in_network),
        compliance=_more(before.compliance, after.compliance),
        taken_off=Shortfall(
            total=_more(after.shortfall.total, before.shortfall.total),
            in_network=_more(after.shortfall.in_network, before.shortfall.in_network),
            compliance=_more(after.shortfall.compliance, before.shortfall.compliance),
        ),
        why=why,
    )


def _sums_if_whole(
    entry: Activity, made: Submission, before: Assessment, term: int | None, book: Rulebook
) -> Figures | None:
    """Returns the sums with an entry if it adds all that it claims, so that no limit takes credits for its sake.

    The sums take much less time than the decisions. Returns None if the entry adds less. Also returns None if terms
    or a share of the credits reported decide, because the sums alone do not tell then.
    """
    if term is not None or index_of(book).share_of_reported is not None:
        return None
    (claimed,) = claimed_minutes((entry,), book)
    sums = figures(made, book)
    return sums if claimed and sums.credited.minutes - before.credited.minutes == claimed else None


def _more(less: Credits, more: Credits) -> Credits:
    """Returns the difference; none if terms take activities from one another and this one loses credits."""
    return more - less if less < more else more - more


def _why(before: Sequence[Decision], after: Sequence[Decision]) -> tuple[Finding, ...]:
    """Returns the findings on the entry, or on the activities that it takes the place of."""
    *others, own = after
    if own.findings:
        return own.findings
    return tuple(
        finding
        for one, other in zip(before, others, strict=True)
        for finding in other.findings
        if finding not in one.findings
    )
