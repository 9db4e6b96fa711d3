"""Decides what the designations held ask for together.

Clauses `required.*` and `required.multiple` (the largest requirement serves all), `network.half` (its share in
network).
"""

from __future__ import annotations

import functools
import math
from collections.abc import Iterable
from fractions import Fraction

import attrs

from ..converters import read_members
from ..credits import Credits
from ..designations import Designation
from ..errors import InvalidValue
from ..rulebook.editions import rulebook_given
from ..rulebook.rulebook import Rulebook

__all__ = ["Owed", "owed", "required_credits"]


def required_credits(designations: Iterable[Designation | str], rulebook: Rulebook | None = None) -> Credits:
    """Returns the credits owed by whoever holds all of the designations: the largest requirement among them.

        >>> required_credits(["CAM", "NALP"])
        Credits('6')

    Raises:
        InvalidValue: There is none, or one is no designation.
        UnknownName: The rulebook does not speak of one of them, or does not say what it owes.
    """
    book = rulebook_given(rulebook)
    held = read_members(Designation, designations, "designations")
    if not held:
        raise InvalidValue("designations", "must name at least one designation, got none")
    return book.credits(owed(held, book).required)


@attrs.frozen(kw_only=True)
class Owed:
    """What is owed, in minutes.

    Attributes:
        required: In all.
        in_network: The least of it from the network.
        designations: Those held, by the rulebook's own codes.
        set_by: Those of them that owe the most; empty where nothing is owed.
    """

    required: int
    in_network: int
    designations: tuple[Designation, ...]
    set_by: tuple[Designation, ...]


@functools.lru_cache(maxsize=1024)
def owed(designations: tuple[Designation, ...], rulebook: Rulebook) -> Owed:
    """Returns the largest requirement over the designations held, with the share of it owed in network.

    The largest requirement has the largest minimum in network too; a rulebook in which it had not is refused.

    Raises:
        UnknownName: The rulebook does not speak of one of the designations, or does not say what it owes.
    """
    asked = {r.designation: r for r in [rulebook.requirement(designation) for designation in designations]}
    nothing = Fraction(0)
    most = max(requirement.credits or nothing for requirement in asked.values())
    largest = [requirement for requirement in asked.values() if requirement.credits == most]
    share = rulebook.in_network.share
    least = share * most if share is not None else max(requirement.in_network or nothing for requirement in largest)
    return Owed(
        required=rulebook.minutes(most),
        in_network=math.ceil(least * rulebook.credit.minutes),
        designations=tuple(asked),
        set_by=tuple(requirement.designation for requirement in largest) if most else (),
    )
