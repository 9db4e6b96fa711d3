"""Offering, something that can still be booked at a price, and Plan, the offerings chosen from a catalogue."""

from __future__ import annotations

from datetime import date
from functools import partial

import attrs

from .. import activities
from ..activities import ActivityKind
from ..assessments import Shortfall
from ..converters import optional, read_date, read_whole
from ..credits import Amount
from ..designations import Designation
from ..displaying import displayed, renewal_of
from ..documents import DocumentKind
from ..forms import Form

__all__ = ["Offering", "Plan", "PlannedOffering"]

# More cents than this are a typing mistake, and could not be added exactly in the numbers of a solver.
MOST_CENTS = 100_000_000


@attrs.frozen(weakref_slot=False, kw_only=True, init=False)
class Offering:
    """Something that can be booked for credit, such as a course in a catalogue.

        >>> Offering(title="Fair housing", kind="association_course", price=4900, day="2013-10-08", hours=2).minutes
        120

    It brings a document that its kind calls for.

    Attributes:
        title: The title; not blank.
        kind: The kind of activity that it is.
        price: The price in whole cents, from 0 to a million dollars.
        day: The day on which its credits are earned; None if it is on demand, on any day.
        minutes: The length in minutes without meals and breaks, above 0; None only for an occasion. Given as `hours` or
            `minutes`.
        provider: The organization that offers it; may be empty.
        addresses_compliance: Whether the program addresses compliance. None for this and the next two means not
            stated, which counts as false.
        compensated: Whether the holder is paid for it.
        bought_through_association: Whether a vendor's course is bought through the local association's site.
        id: The caller's own id for it.

    Raises:
        InvalidValue: One of the values is wrong.
        InvalidDocument: More than one value is wrong; `problems` lists them all.
    """

    title: str
    kind: ActivityKind
    price: int
    day: date | None = None
    minutes: int | None = attrs.field(default=None, metadata={"also": ("hours",)})
    provider: str = ""
    addresses_compliance: bool | None = False
    compensated: bool | None = False
    bought_through_association: bool | None = False
    id: str | None = None

    def __init__(
        self,
        *,
        title: str,
        kind: ActivityKind | str,
        price: int,
        day: date | str | None = None,
        hours: Amount | None = None,
        minutes: int | None = None,
        provider: str = "",
        addresses_compliance: bool | None = False,
        compensated: bool | None = False,
        bought_through_association: bool | None = False,
        id: str | None = None,
    ) -> None:
        given = {
            "title": title,
            "kind": kind,
            "price": price,
            "day": day,
            "hours": hours,
            "minutes": minutes,
            "provider": provider,
            "addresses_compliance": addresses_compliance,
            "compensated": compensated,
            "bought_through_association": bought_through_association,
            "id": id,
        }
        self.__attrs_init__(**FORM.read(given))  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]


_OF_ACTIVITIES = {key: read for key, read in activities.FORM.readers.items() if key not in ("earned_on", "documents")}

FORM = Form(
    readers=_OF_ACTIVITIES | {"price": partial(read_whole, least=0, most=MOST_CENTS), "day": optional(read_date)},
    required=("title", "kind", "price"),
    agree=activities.FORM.agree,
)


@attrs.frozen(weakref_slot=False, kw_only=True)
class PlannedOffering:
    """One offering of a plan.

    Attributes:
        position: Its position in the catalogue, from 0.
        offering: The offering.
        earned_on: The day on which its credits are earned; for an offering on demand, the first day on which they can
            be and that no other offering needs.
        keep: The documents its kind calls for; any one of them has to be kept.
    """

    position: int
    offering: Offering
    earned_on: date
    keep: tuple[DocumentKind, ...] = ()


@displayed
@attrs.frozen(weakref_slot=False, kw_only=True)
class Plan:
    """The cheapest offerings that complete a renewal.

    Attributes:
        rulebook: The id of the rulebook.
        renewal_year: The renewal year.
        designations: The designations held, by the rulebook's own codes.
        price: The price of all offerings chosen, in whole cents.
        short: The credits that no offering of the catalogue can fill; none if the plan completes the renewal.
        chosen: The offerings chosen, the earliest first; empty if none are needed, or if they cannot complete the
            renewal.
        as_of: The day before which offerings were ignored; None if none were.
    """

    rulebook: str
    renewal_year: int
    designations: tuple[Designation, ...]
    price: int
    short: Shortfall
    chosen: tuple[PlannedOffering, ...] = ()
    as_of: date | None = None

    def __repr__(self) -> str:
        return f"<Plan for {renewal_of(self)}: offerings chosen {len(self.chosen)}, cents {self.price}>"

    @property
    def complete(self) -> bool:
        """True if the submission is renewable with the offerings chosen."""
        return not self.short
