"""Decides how many credits the designations held require together.

Clauses `required.*` and `required.multiple` (the largest requirement applies), `network.half` (the share in network),
`compliance.one` (the credits on compliance).
"""

from __future__ import annotations

import functools
from collections.abc import Iterable

import attrs

from ..converters import read_members
from ..credits import Credits
from ..designations import Designation
from ..errors import ErrorCode, InvalidValue
from ..rulebook.index import index_of
from ..rulebook.rulebook import Rulebook

__all__ = ["Requirement", "compliance_advised", "required_credits", "requirement_of"]


@attrs.frozen(kw_only=True)
class Requirement:
    """The credits required to renew all designations held.

    Attributes:
        designations: The designations, by the rulebook's own codes.
        total: The credits required in all.
        in_network: The minimum from the network.
        compliance: The part that must or should address compliance.
        set_by: The designations with the largest requirement; empty if nothing is required.
    """

    designations: tuple[Designation, ...]
    total: Credits
    in_network: Credits
    compliance: Credits
    set_by: tuple[Designation, ...] = ()


def requirement_of(designations: Iterable[Designation], rulebook: Rulebook) -> Requirement:
    """Returns the largest requirement among designations, with its share in network and on compliance.

    The largest requirement also has the largest minimum in network; a rulebook that says otherwise is refused.

    Args:
        designations: The designations held, at least one, by any of their codes.
        rulebook: The rules to decide by.

    Raises:
        UnknownName: The rulebook does not have one of the designations.
        NotStated: The sources of the rulebook do not say how much one of them requires.
    """
    return _largest(tuple(designations), rulebook)


# It holds designations and rulebooks, and no other values from input.
@functools.lru_cache(maxsize=4096)
def _largest(designations: tuple[Designation, ...], rulebook: Rulebook) -> Requirement:
    required_of = index_of(rulebook).required_of
    largest: dict[Designation, int] = {}
    most = least = compliance = 0
    for designation in designations:
        if designation not in required_of:
            rulebook.rule_of(designation)  # raises the error for it
        each = required_of[designation]
        largest[each.designation] = each.total
        most, least = max(most, each.total), max(least, each.in_network)
        compliance = max(compliance, each.compliance)
    held = tuple(largest)
    set_by = tuple(own for own in held if largest[own] == most)
    amount = rulebook.credits
    return Requirement(
        designations=held,
        total=amount(most),
        in_network=amount(least),
        compliance=amount(compliance),
        set_by=set_by if most else (),
    )


def compliance_advised(requirement: Requirement, rulebook: Rulebook) -> Credits:
    """Returns the credits that a rulebook only advises to be on compliance; 0 if it advises none.

    Args:
        requirement: The requirement they are a part of.
        rulebook: The rules to decide by.
    """
    return rulebook.credits(min(index_of(rulebook).advised, requirement.total.minutes))


def required_credits(designations: Iterable[Designation | str], rulebook: Rulebook) -> Credits:
    """Returns the credits required to renew all of the designations, the largest requirement among them.

        >>> import cecrules as cec
        >>> required_credits(["CAM", "NALP"], cec.NAAEI_2014)
        Credits('6')

    Args:
        designations: The designations held, at least one.
        rulebook: The rules to decide by.

    Raises:
        InvalidValue: No designation was given, or one of them is not a designation.
        UnknownName: The rulebook has no such designation.
        NotStated: The sources of the rulebook do not say how much one of them requires.
    """
    held = read_members(Designation, designations, ("designations",))
    if not held:
        problem = "must name at least one designation, got none"
        raise InvalidValue(("designations",), problem, code=ErrorCode.OUT_OF_RANGE)
    return requirement_of(held, rulebook).total
