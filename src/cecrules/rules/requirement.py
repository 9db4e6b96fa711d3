"""Decides what the designations held require together.

Clauses `required.*` and `required.multiple` (the largest requirement serves all), `network.half` (its share in
network), `compliance.one` (the credits on compliance among them).
"""

from __future__ import annotations

from collections.abc import Iterable

import attrs

from ..converters import read_members
from ..credits import Credits
from ..designations import Designation
from ..errors import ErrorCode, InvalidValue
from ..rulebook.index import index_of
from ..rulebook.provisions import Strength
from ..rulebook.rulebook import Rulebook

__all__ = ["Requirement", "compliance_advised", "required_credits", "requirement_of"]


@attrs.frozen(kw_only=True)
class Requirement:
    """What is required for a renewal of all designations held.

    Attributes:
        designations: The designations, by the rulebook's own codes.
        total: The credits required in all.
        in_network: The least of them from the network.
        compliance: Those of them that must or should address compliance.
        set_by: The designations with the largest requirement; empty where nothing is required.
    """

    designations: tuple[Designation, ...]
    total: Credits
    in_network: Credits
    compliance: Credits
    set_by: tuple[Designation, ...] = ()


def requirement_of(designations: Iterable[Designation], rulebook: Rulebook) -> Requirement:
    """Returns the largest requirement among designations, with the share of it in network and on compliance.

    The largest requirement has the largest minimum in network too; a rulebook in which it had not is refused.

    Args:
        designations: Those held, at least one, by any of their codes.
        rulebook: The rules to decide by.

    Raises:
        UnknownName: The rulebook does not speak of one of the designations.
        NotStated: The sources of the rulebook do not say what one of them requires.
    """
    index = index_of(rulebook)
    required: dict[Designation, tuple[int, int]] = {}
    for designation in designations:
        own = index.own_codes.get(designation, designation)
        required[own] = index.required_minutes.get(own) or _refused(designation, rulebook)
    most = max(total for total, _ in required.values())
    return Requirement(
        designations=tuple(required),
        total=rulebook.credits(most),
        in_network=rulebook.credits(max(least for total, least in required.values() if total == most)),
        compliance=rulebook.credits(0 if _is_advised(rulebook) else _on_compliance(most, rulebook)),
        set_by=tuple(own for own, (total, _) in required.items() if total == most) if most else (),
    )


def _refused(designation: Designation, rulebook: Rulebook) -> tuple[int, int]:
    """Raises what a rulebook answers for a designation of which it does not say what is required."""
    rulebook.rule_of(designation)
    raise AssertionError(designation)  # pragma: no cover - the index has what the rulebook answers


def compliance_advised(requirement: Requirement, rulebook: Rulebook) -> Credits:
    """Returns the credits that are only advised to address compliance, where a rulebook advises any.

    Args:
        requirement: What is required, of which they are a part.
        rulebook: The rules to decide by.
    """
    most = requirement.total.minutes
    return rulebook.credits(_on_compliance(most, rulebook) if _is_advised(rulebook) else 0)


def _on_compliance(most: int, rulebook: Rulebook) -> int:
    rule = rulebook.compliance
    return min(rulebook.minutes(rule.credits), most) if rule else 0


def _is_advised(rulebook: Rulebook) -> bool:
    return rulebook.compliance is not None and rulebook.compliance.strength is Strength.MAY


def required_credits(designations: Iterable[Designation | str], rulebook: Rulebook) -> Credits:
    """Returns the credits required of a holder of all of the designations: the largest requirement among them.

        >>> import cecrules as cec
        >>> required_credits(["CAM", "NALP"], cec.NAAEI_2014)
        Credits('6')

    Args:
        designations: Those held, at least one.
        rulebook: The rules to decide by.

    Raises:
        InvalidValue: There is none, or one is no designation.
        UnknownName: The rulebook does not speak of one of them.
        NotStated: The sources of the rulebook do not say what one of them requires.
    """
    held = read_members(Designation, designations, ("designations",))
    if not held:
        problem = "must name at least one designation, got none"
        raise InvalidValue(("designations",), problem, code=ErrorCode.OUT_OF_RANGE)
    return requirement_of(held, rulebook).total
