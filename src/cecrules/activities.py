"""Activity, one thing a holder did for credit and reports, and ActivityKind.

A rulebook, not this module, says how many credits a kind is worth, which side it counts on and whether it is accepted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date
from enum import StrEnum
from fractions import Fraction
from functools import partial
from typing import Any

import attrs

from .converters import (
    optional,
    read_amount,
    read_codes,
    read_date,
    read_flag,
    read_member,
    read_name,
    read_text,
    read_whole,
)
from .credits import MINUTES_AN_HOUR, Amount
from .documents import DocumentKind
from .errors import ErrorCode, InvalidValue, Path, Problems, shown
from .forms import Form

__all__ = ["Activity", "ActivityKind"]

# No activity lasts longer than a leap year; a larger number is a typing mistake.
MOST_MINUTES = 366 * 24 * MINUTES_AN_HOUR

# The kinds that only editions other than naaei-2014 list; a mistyped code seldom means one of them. A test compares
# them with the editions.
ELSEWHERE = frozenset(["visto_course", "sponsor_course", "volunteer_grading"])

# The statements an activity makes. Each is true, false, or None if it was not stated.
FLAGS = ("addresses_compliance", "compensated", "bought_through_association")


class ActivityKind(StrEnum):
    """The kinds of activity that the sources list; `label` names each in words."""

    _value_: str
    label: str
    is_occasion: bool

    def __new__(cls, code: str, label: str, is_occasion: bool = False) -> ActivityKind:
        member = str.__new__(cls, code)
        member._value_ = code
        member.label = label
        member.is_occasion = is_occasion
        return member

    CONFERENCE_SESSION = "conference_session", "NAA conference session"
    ASSOCIATION_COURSE = "association_course", "course of NAA, NAAEI or a local affiliate"
    ASSOCIATION_SERVICE = (
        "association_service",
        "service on a board or committee of NAA, NAAEI or a local affiliate",
        True,
    )
    LEGISLATIVE_EVENT = "legislative_event", "apartment industry legislative event", True
    ASSOCIATION_INSTRUCTION = "association_instruction", "volunteer instruction of association courses"
    COLLEGE_COURSE = "college_course", "accredited college or university course"
    HOUSING_ORGANIZATION_PROGRAM = "housing_organization_program", "program of a national housing organization"
    REAL_ESTATE_BOARD_COURSE = "real_estate_board_course", "offering approved by a state real estate board"
    HOUSING_SERVICE = (
        "housing_service",
        "service on another board, committee, commission or task force of the housing industry",
    )
    INDUSTRY_INSTRUCTION = "industry_instruction", "volunteer instruction of industry courses"
    PUBLISHED_ARTICLE = "published_article", "original article in an industry publication"
    GRACE_HILL_COURSE = "grace_hill_course", "Grace Hill online course"
    VISTO_COURSE = "visto_course", "NAAEI-approved online course of Visto"
    SPONSOR_COURSE = "sponsor_course", "NAAEI-approved course of an association sponsor or partner"
    VOLUNTEER_GRADING = "volunteer_grading", "volunteer grading of assignments", True
    IN_HOUSE_TRAINING = "in_house_training", "corporate in-house training"
    UNLISTED = "unlisted", "anything the source does not list"


@attrs.frozen(weakref_slot=False, kw_only=True, init=False)
class Activity:
    """One activity, as reported.

        >>> Activity(title="Budgeting", kind="college_course", earned_on="2013-04-01", hours="1.5").minutes
        90

    Attributes:
        title: The title of the activity; not blank. For service, the board or committee; for an event, the event.
        kind: The kind of activity.
        earned_on: The day it was earned; the last day if it took several.
        minutes: The length in minutes without meals and breaks (clause `unit.hour`), above 0; None only for an
            occasion (`ActivityKind.is_occasion`), which needs no length. Given as `hours` or `minutes`.
        provider: The organization that offered it or whose board it is; may be empty.
        addresses_compliance: Whether the program addresses compliance with federal, state or local laws and
            regulations (clause `compliance.one`). None for this and the next two means not stated, which counts as
            false.
        compensated: Whether the holder was paid for it.
        bought_through_association: Whether a vendor's course was bought through the local association's site.
        documents: The kinds of document at hand.
        id: The caller's own id for it; the rules ignore it.

    Raises:
        InvalidValue: One of the values is wrong.
        InvalidDocument: More than one value is wrong; `problems` lists them all.
    """

    title: str
    kind: ActivityKind
    earned_on: date
    minutes: int | None = attrs.field(default=None, metadata={"also": ("hours",)})
    provider: str = ""
    addresses_compliance: bool | None = False
    compensated: bool | None = False
    bought_through_association: bool | None = False
    documents: frozenset[DocumentKind] = frozenset()
    id: str | None = None

    def __init__(
        self,
        *,
        title: str,
        kind: ActivityKind | str,
        earned_on: date | str,
        hours: Amount | None = None,
        minutes: int | None = None,
        provider: str = "",
        addresses_compliance: bool | None = False,
        compensated: bool | None = False,
        bought_through_association: bool | None = False,
        documents: Iterable[DocumentKind | str] = (),
        id: str | None = None,
    ) -> None:
        given = {
            "title": title,
            "kind": kind,
            "earned_on": earned_on,
            "hours": hours,
            "minutes": minutes,
            "provider": provider,
            "addresses_compliance": addresses_compliance,
            "compensated": compensated,
            "bought_through_association": bought_through_association,
            "documents": documents,
            "id": id,
        }
        self.__attrs_init__(**FORM.read(given))  # pyright: ignore[reportUnknownMemberType, reportAttributeAccessIssue]

    @property
    def hours(self) -> Fraction | None:
        """The exact length in hours; None if it has no length."""
        return None if self.minutes is None else Fraction(self.minutes, MINUTES_AN_HOUR)


def _read_hours(raw: Any, path: Path) -> int | None:
    """Reads a length in hours as minutes."""
    if raw is None:
        return None
    negative = isinstance(raw, int | float | Fraction) and not isinstance(raw, bool) and raw < 0
    return _bounded(-1 if negative else read_amount(raw, path, unit=MINUTES_AN_HOUR, unit_name="hours"), raw, path)


def _read_minutes(raw: Any, path: Path) -> int | None:
    return None if raw is None else _bounded(read_whole(raw, path, least=-MOST_MINUTES), raw, path)


def _bounded(minutes: int, found: object, path: Path) -> int:
    if minutes <= 0:
        raise InvalidValue(
            path,
            f"must be more than 0, got {shown(found)}",
            "leave the activity out if it earned none",
            ErrorCode.OUT_OF_RANGE,
        )
    if minutes > MOST_MINUTES:
        problem = f"must be at most {MOST_MINUTES} minutes, a leap year, got {shown(found)}"
        raise InvalidValue(path, problem, code=ErrorCode.OUT_OF_RANGE)
    return minutes


def _agree_on_length(given: Mapping[str, Any], values: dict[str, Any], problems: Problems, path: Path) -> None:
    """Takes the length from hours or minutes; a measured kind needs one of them, and no kind may have both."""
    hours, minutes = given.get("hours"), given.get("minutes")
    if hours is not None and minutes is not None:
        problems.add(
            (*path, "hours"),
            f"must not stand beside minutes, got {shown(hours)} and {shown(minutes)}",
            "give one of them",
            code=ErrorCode.CONFLICT,
        )
    elif hours is None and minutes is None and values.get("kind") in MEASURED:
        problems.add(
            (*path, "hours"),
            f"is required for {values['kind']}, which is measured in hours",
            "give hours or minutes",
            code=ErrorCode.MISSING,
        )
    from_hours = values.pop("hours", None)
    if from_hours is not None:
        values["minutes"] = from_hours


def _read_documents(raw: object, path: Path) -> frozenset[DocumentKind]:
    return frozenset(read_codes(DocumentKind, raw, path))


MEASURED = frozenset(kind for kind in ActivityKind if not kind.is_occasion)

FORM = Form(
    readers={
        "title": read_name,
        "kind": partial(read_member, ActivityKind, rarely=ELSEWHERE),
        "earned_on": read_date,
        "hours": _read_hours,
        "minutes": _read_minutes,
        "provider": read_text,
        **dict.fromkeys(FLAGS, optional(read_flag)),
        "documents": _read_documents,
        "id": optional(read_text),
    },
    required=("title", "kind", "earned_on"),
    agree=_agree_on_length,
)
