"""Reads sound submissions from their JSON form quickly, and leaves every other one to the careful reader.

Only the careful reader (`structuring`) reports problems. This one returns the same value as the careful reader, or None
if anything is unusual; a property test holds the two equal.
"""

from __future__ import annotations

import re
from datetime import date
from typing import Any, cast

import attrs

from .activities import MEASURED, MOST_MINUTES, Activity, ActivityKind
from .credits import MINUTES_AN_HOUR
from .designations import Designation
from .documents import DocumentKind
from .making import maker
from .submissions import FIRST_YEAR, LAST_YEAR, Submission

__all__ = ["sound_submission"]

_make_activity = maker(Activity)
_make_submission = maker(Submission)

_KINDS = {kind.value: kind for kind in ActivityKind}
_HELD = {designation.value: (designation,) for designation in Designation}
_DOCUMENTS = {document.value: frozenset([document]) for document in DocumentKind}
_NO_DOCUMENTS: frozenset[DocumentKind] = frozenset()

_ACTIVITY_KEYS = frozenset(field.name for field in attrs.fields(Activity)) | {"hours"}
_SUBMISSION_KEYS = frozenset(["renewal_year", "designations", "holder", "activities"])
_DATE_LENGTH = len("YYYY-MM-DD")
_FLAG = (bool, type(None))
_SURROGATE = re.compile("[\ud800-\udfff]").search
# Sixty has the factor three, which no power of ten has, so decimal hours are whole minutes only in steps of three.
_DECIMAL_STEP = 3


def sound_submission(raw: object) -> Submission | None:
    """Returns the submission in a mapping of JSON values, or None if the careful reader has to read it."""
    if type(raw) is not dict:
        return None
    mapping = cast("dict[str, Any]", raw)
    if not _SUBMISSION_KEYS.issuperset(mapping):
        return None
    year, codes, holder, rows = map(mapping.get, ("renewal_year", "designations", "holder", "activities"))
    if type(year) is not int or not FIRST_YEAR <= year <= LAST_YEAR or type(rows) is not list:
        return None
    if holder is not None and not _is_text(holder):
        return None
    held = _held(codes)
    activities = [_activity(row) for row in cast("list[object]", rows)]
    if not held or not all(activities):
        return None
    return _make_submission(year, held, tuple(activities), holder, (), None, ())


def _activity(raw: object) -> Activity | None:  # noqa: PLR0911, PLR0912 - one check per field, and no calls
    if type(raw) is not dict:
        return None
    row = cast("dict[str, Any]", raw)
    if not _ACTIVITY_KEYS.issuperset(row):
        return None
    get = row.get
    try:
        title, code, day = row["title"], row["kind"], row["earned_on"]
    except KeyError:
        return None
    if type(title) is not str or not title.strip() or not (title.isascii() or _is_text(title)):
        return None
    provider, name = get("provider", ""), get("id")
    if type(provider) is not str or not (provider.isascii() or _is_text(provider)):
        return None
    if name is not None and not _is_text(name):
        return None
    compliance, paid = get("addresses_compliance", False), get("compensated", False)
    bought = get("bought_through_association", False)
    if type(compliance) not in _FLAG or type(paid) not in _FLAG or type(bought) not in _FLAG:
        return None
    kind = _KINDS.get(code) if type(code) is str else None
    # Of the forms that `fromisoformat` reads, only YYYY-MM-DD is of this length with a hyphen in this place.
    if kind is None or type(day) is not str or len(day) != _DATE_LENGTH or day[7] != "-":
        return None
    try:
        earned_on = date.fromisoformat(day)
    except ValueError:
        return None
    hours, minutes = get("hours"), get("minutes")
    if hours is not None:
        minutes = _from_hours(hours) if minutes is None else None
        if minutes is None:
            return None
    elif minutes is None:
        if kind in MEASURED:
            return None
    elif type(minutes) is not int or not 0 < minutes <= MOST_MINUTES:
        return None
    documents = _documents(get("documents", []))
    if documents is None:
        return None
    return _make_activity(title, kind, earned_on, minutes, provider, compliance, paid, bought, documents, name)


def _is_text(raw: object) -> bool:
    return type(raw) is str and (raw.isascii() or not _SURROGATE(raw))


def _held(codes: object) -> tuple[Designation, ...] | None:
    if type(codes) is not list:
        return None
    held: tuple[Designation, ...] = ()
    for code in cast("list[object]", codes):
        one = _HELD.get(code) if type(code) is str else None
        if one is None or one[0] in held:
            return None
        held += one
    return held


def _documents(codes: object) -> frozenset[DocumentKind] | None:
    if type(codes) is not list:
        return None
    documents = _NO_DOCUMENTS
    for code in cast("list[object]", codes):
        one = _DOCUMENTS.get(code) if type(code) is str else None
        if one is None:
            return None
        documents = documents | one if documents else one
    return documents


def _from_hours(hours: object) -> int | None:
    """Returns hours in whole minutes, or None if the careful reader has to read them."""
    if type(hours) is float and 0 < hours <= MOST_MINUTES:
        minutes = round(hours * MINUTES_AN_HOUR)
        if minutes % _DECIMAL_STEP or minutes / MINUTES_AN_HOUR != hours:
            return None
    elif type(hours) is int:
        minutes = hours * MINUTES_AN_HOUR
    else:
        return None
    return minutes if 0 < minutes <= MOST_MINUTES else None
