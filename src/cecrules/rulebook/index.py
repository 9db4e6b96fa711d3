"""RulebookIndex, the tables of a rulebook by kind and by designation, with ready-made findings.

It is made once per rulebook. Rules look things up here; the rulebook itself stays a plain record.
"""

from __future__ import annotations

import functools
import math
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from fractions import Fraction
from operator import attrgetter

import attrs

from ..activities import Activity, ActivityKind
from ..designations import Designation
from ..documents import DocumentKind
from ..errors import ErrorCode, InvalidValue
from ..findings import Finding, FindingCode
from .provisions import CapGroup, Evidence, KindRule, ShareOf, Side, Strength, WindowKind
from .rulebook import Rulebook, insist_on_rulebook

__all__ = ["Cap", "Refusal", "Required", "RulebookIndex", "index_of", "insist_on_common"]


@attrs.frozen(kw_only=True)
class Refusal:
    """A reason to refuse the activities of a kind.

    Attributes:
        finding: The finding against each.
        field: The statement that decides; empty if every activity of the kind is refused.
        refused: The value of the statement that is refused.
    """

    finding: Finding
    field: str = ""
    refused: bool = True


@attrs.frozen(kw_only=True)
class Required:
    """What a designation requires, in minutes.

    Attributes:
        designation: The designation, by the rulebook's own code.
        total: The minutes in all.
        in_network: The minutes in network.
        compliance: The minutes on compliance.
    """

    designation: Designation
    total: int
    in_network: int
    compliance: int


@attrs.frozen(kw_only=True)
class Cap:
    """A cap with its limit in minutes."""

    group: CapGroup
    minutes: int


@attrs.frozen(kw_only=True)
class RulebookIndex:
    """The tables of one rulebook, by kind and by designation.

    Attributes:
        rulebook: The rulebook.
        has_terms: Whether each designation has its own term.
        kind_rules: The rule of every kind; a kind without its own rule is treated as unlisted.
        kinds_by_side: The kinds on each side.
        outside_kinds: The kinds that count out of network.
        unlisted_kinds: The kinds without a rule of their own, which are treated as unlisted.
        unknown_kinds: The kinds for which the sources do not say how they count.
        limited_kinds: The kinds whose credits a shared limit can reduce (duplicates, caps, the out-of-network share).
        fixed_minutes: The minutes one entry is worth, for kinds that are not worth their hours.
        credit_minutes: The minutes of an entry that make a credit, for kinds that have a number of their own.
        share_of_reported: The share in network if it is of the credits reported; None otherwise.
        refusals: The reasons to refuse an activity of each kind; kinds that are always accepted are left out.
        evidence_of_kind: The documents each kind calls for; kinds that call for none are left out.
        undocumented: For the same kinds, the alternative documents, and the finding if an activity has none of them.
        identity_of_kind: For kinds whose duplicates count once, the function that returns what duplicates share.
        cap_of_kind: The cap of each capped kind; a kind treated as unlisted is under the cap of unlisted.
        cap_places: The place of the cap of each capped kind among the caps of the rulebook.
        required_of: What every designation requires, by every code of it. Designations whose requirement the sources do
            not state are left out.
        advised: The minutes on compliance that are only advised.
    """

    rulebook: Rulebook
    has_terms: bool
    kind_rules: Mapping[ActivityKind, KindRule]
    kinds_by_side: Mapping[Side, frozenset[ActivityKind]]
    outside_kinds: frozenset[ActivityKind]
    unlisted_kinds: frozenset[ActivityKind]
    unknown_kinds: frozenset[ActivityKind]
    limited_kinds: frozenset[ActivityKind]
    fixed_minutes: Mapping[ActivityKind, int]
    credit_minutes: Mapping[ActivityKind, int]
    share_of_reported: Fraction | None
    refusals: Mapping[ActivityKind, tuple[Refusal, ...]]
    evidence_of_kind: Mapping[ActivityKind, Evidence]
    undocumented: Mapping[ActivityKind, tuple[frozenset[DocumentKind], Finding]]
    identity_of_kind: Mapping[ActivityKind, Callable[[Activity], object]]
    cap_of_kind: Mapping[ActivityKind, Cap]
    cap_places: Mapping[ActivityKind, int]
    required_of: Mapping[Designation, Required]
    advised: int


def insist_on_common(rulebook: Rulebook, hint: str = "decide these one by one, with evaluate") -> None:
    """Refuses a rulebook with a provision that `evaluate` alone decides by, with a hint for the caller's readers.

    Raises:
        InvalidValue: The share in network is of the credits reported, or a kind has its own number of minutes a credit.
    """
    index = index_of(rulebook)
    found = ["in_network.of = reported"] if index.share_of_reported is not None else []
    found += [f"kinds.{kind}.credit_minutes" for kind in index.credit_minutes]
    refuse_provisions(found, rulebook, hint)


def refuse_provisions(found: Sequence[str], rulebook: Rulebook, hint: str) -> None:
    """Refuses a rulebook for the first of the provisions found, or does nothing if there are none.

    Raises:
        InvalidValue: There is one.
    """
    if found:
        problem = f"must not have {found[0]}, got {rulebook.id}"
        raise InvalidValue(("rulebook",), problem, hint, ErrorCode.CONFLICT)


_lock = threading.Lock()


@functools.lru_cache(maxsize=256)
def index_of(rulebook: Rulebook) -> RulebookIndex:
    """Returns the index of a rulebook; it is made once for all threads, and those used last are kept."""
    with _lock:
        return _made(rulebook)


@functools.lru_cache(maxsize=256)
def _made(rulebook: Rulebook) -> RulebookIndex:
    insist_on_rulebook(rulebook)
    own = {rule.kind: rule for rule in rulebook.kinds}
    rules = {kind: own.get(kind, own[ActivityKind.UNLISTED]) for kind in ActivityKind}
    sides = {side: frozenset(kind for kind in rules if rules[kind].side is side) for side in Side}
    groups = {group.name: group for group in rulebook.evidence}
    evidence = {kind: groups[rule.evidence] for kind, rule in rules.items() if rule.evidence}
    capped = {
        kind: Cap(group=cap, minutes=rulebook.minutes(cap.credits)) for cap in rulebook.caps for kind in cap.kinds
    }
    cap_of_kind = {kind: capped[rule.kind] for kind, rule in rules.items() if rule.kind in capped}
    identity = {kind: attrgetter(*rule.once_per) for kind, rule in rules.items() if rule.once_per}
    required = {each.designation: each for each in _required(rulebook)}
    refusals = {kind: tuple(_refusals(rule, rulebook)) for kind, rule in rules.items()}
    return RulebookIndex(
        rulebook=rulebook,
        has_terms=rulebook.window.kind is WindowKind.TERM,
        kind_rules=rules,
        kinds_by_side=sides,
        outside_kinds=sides[Side.OUT_OF_NETWORK],
        unlisted_kinds=frozenset(ActivityKind).difference(own),
        unknown_kinds=sides[Side.UNKNOWN],
        limited_kinds=sides[Side.OUT_OF_NETWORK].union(identity, cap_of_kind),
        fixed_minutes={kind: rulebook.minutes(rule.each) for kind, rule in rules.items() if rule.each is not None},
        credit_minutes={kind: rule.credit_minutes for kind, rule in rules.items() if rule.credit_minutes is not None},
        share_of_reported=rulebook.in_network.share if rulebook.in_network.of is ShareOf.REPORTED else None,
        refusals={kind: reasons for kind, reasons in refusals.items() if reasons},
        evidence_of_kind=evidence,
        undocumented={
            kind: (frozenset(group.documents), _undocumented(group, rulebook)) for kind, group in evidence.items()
        },
        identity_of_kind=identity,
        cap_of_kind=cap_of_kind,
        cap_places={kind: rulebook.caps.index(cap.group) for kind, cap in cap_of_kind.items()},
        required_of=required
        | {alias.code: required[alias.means] for alias in rulebook.aliases if alias.means in required},
        advised=_on_compliance(rulebook, is_advice=True),
    )


def _refusals(rule: KindRule, rulebook: Rulebook) -> Iterator[Refusal]:
    def finding(code: FindingCode) -> Finding:
        return Finding(code=code, clause=rule.clause, credits=rulebook.credits(0))

    if rule.side is Side.NOT_ACCEPTED:
        yield Refusal(finding=finding(FindingCode.KIND_NOT_ACCEPTED))
    for condition in rule.conditions:
        yield Refusal(finding=finding(condition.code), field=condition.field, refused=condition.refused)


def _undocumented(group: Evidence, rulebook: Rulebook) -> Finding:
    return Finding(
        code=FindingCode.UNDOCUMENTED, clause=group.clause, credits=rulebook.credits(0), wanted=group.documents
    )


def _required(rulebook: Rulebook) -> Iterator[Required]:
    share, compliance = rulebook.in_network.share, _on_compliance(rulebook, is_advice=False)
    for rule in rulebook.designations:
        if rule.credits is not None:
            least = share * rule.credits if share is not None else rule.in_network or Fraction(0)
            total = rulebook.minutes(rule.credits)
            yield Required(
                designation=rule.designation,
                total=total,
                in_network=math.ceil(least * rulebook.credit.minutes),
                compliance=min(compliance, total),
            )


def _on_compliance(rulebook: Rulebook, *, is_advice: bool) -> int:
    """Returns the minutes on compliance that are required, or the minutes that are only advised."""
    rule = rulebook.compliance
    return rulebook.minutes(rule.credits) if rule and (rule.strength is Strength.MAY) is is_advice else 0
