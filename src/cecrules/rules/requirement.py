"""Decides what the designations held ask for together.

Clauses `required.*` and `required.multiple` (the largest requirement serves all), `network.half` (its share in
network).
"""

from __future__ import annotations

import math
from collections.abc import Iterable

import attrs

from ..credits import Credits
from ..designations import Designation
from ..editions import default_rulebook
from ..errors import InvalidValue
from ..reading import read_members
from ..rulebook import Rulebook

__all__ = ["Owed", "owed", "required_credits"]


def required_credits(designations: Iterable[Designation | str], rulebook: Rulebook | None = None) -> Credits:
    """Returns the credits owed by whoever holds all of the designations: the largest requirement among them.

        >>> required_credits(["CAM", "NALP"])
        Credits('6')

    Raises:
        InvalidValue: There is none, or one is no designation.
        UnknownName: The rulebook does not speak of one of them.
    """
    book = default_rulebook() if rulebook is None else rulebook
    held = read_members(Designation, designations, "designations")
    if not held:
        raise InvalidValue("designations", "must name at least one designation, got none")
    return book.credits(owed(held, book).required)


@attrs.frozen(kw_only=True)
class Owed:
    """What is owed, in minutes: in all and from the network; `set_by` are the designations that owe the most."""

    required: int
    in_network: int
    set_by: tuple[Designation, ...]


def owed(designations: Iterable[Designation], rulebook: Rulebook) -> Owed:
    """Returns the largest requirement over the designations held, with its in-network share.

    Raises:
        UnknownName: The rulebook does not speak of one of the designations.
    """
    held = [rulebook.requirement(designation) for designation in designations]
    most = max(requirement.credits for requirement in held)
    largest = [requirement for requirement in held if requirement.credits == most]
    required = rulebook.minutes(most)
    share = rulebook.in_network.share
    if share is None:
        in_network = max(rulebook.minutes(requirement.in_network or most) for requirement in largest)
    else:
        in_network = math.ceil(share * required)
    return Owed(
        required=required, in_network=in_network, set_by=tuple(requirement.designation for requirement in largest)
    )
