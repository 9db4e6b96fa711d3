"""Writes the answers ahead of a deadline and the values for keeping, and names the format of every answer."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from .ahead import offerings
from .ahead.doubts import OpenReading, Readings, Turn
from .ahead.forecasts import Need, Outlook
from .ahead.histories import Year
from .ahead.offerings import Offering, Plan
from .ahead.worths import Gain, Worth
from .assessments import Assessment
from .presentation.ahead_sentences import (
    gain_sentence,
    need_sentence,
    outlook_sentence,
    plan_sentence,
    worth_sentence,
    year_sentence,
)
from .presentation.keeping_sentences import replay_sentence
from .presentation.readings_sentences import open_sentence, readings_sentence, turn_sentence
from .records.certificates import CERTIFICATE_FORMAT, Certificate
from .records.receipts import RECEIPT_FORMAT, Receipt, Replay
from .structuring import UNIT, Derived
from .unstructuring import plain
from .writers import ASSESSMENT_FORMAT
from .writers import DERIVED as DECIDED
from .writers import written as decided

__all__ = ["DERIVED", "FORMATS", "written"]

# The format of each class that is a form of its own.
FORMATS: dict[type, str] = {
    Assessment: ASSESSMENT_FORMAT,
    Outlook: "cecrules.outlook/1",
    Worth: "cecrules.worth/1",
    Year: "cecrules.years/1",
    Plan: "cecrules.plan/1",
    Readings: "cecrules.readings/1",
    Certificate: CERTIFICATE_FORMAT,
    Receipt: RECEIPT_FORMAT,
    Replay: "cecrules.replay/1",
}

# The sentence on each value, and the keys that follow from it.
_MESSAGES: dict[type, Callable[[Any], str]] = {
    Outlook: outlook_sentence,
    Need: need_sentence,
    Worth: worth_sentence,
    Gain: gain_sentence,
    Year: year_sentence,
    Plan: plan_sentence,
    Readings: readings_sentence,
    Turn: turn_sentence,
    OpenReading: open_sentence,
    Replay: replay_sentence,
}
_FOLLOWING: dict[type, dict[str, Callable[[Any], object]]] = {
    Gain: {"nearer": lambda gain: gain.nearer},
    Plan: {"complete": lambda plan: plan.complete},
    Readings: {"renewable": lambda found: found.renewable, "settled": lambda found: found.settled},
    Replay: {"same": lambda found: found.same, "confirmed": lambda found: found.confirmed},
}


def _format(kind: type, _: object) -> str:
    return FORMATS[kind]


def _derived(kind: type) -> dict[str, Callable[[Any], object] | None]:
    keys: dict[str, Callable[[Any], object] | None] = {UNIT: None, "message": None}
    if kind in FORMATS:
        keys["format"] = partial(_format, kind)
    return keys | _FOLLOWING.get(kind, {})


# Receipts and certificates have no sentences of their own.
_BARE: dict[type, dict[str, Callable[[Any], object] | None]] = {
    kind: {"format": partial(_format, kind)} for kind in (Receipt, Certificate)
}
DERIVED = Derived({**DECIDED.keys, **{kind: _derived(kind) for kind in _MESSAGES}, **_BARE}, {Offering: offerings.FORM})


def written(value: object) -> Any:
    """Returns the JSON form of a value of this library."""
    kind: type = type(value)
    if kind in _BARE:
        return _bare(value)
    return _written(value) if kind in _MESSAGES else decided(value)


def _bare(value: object) -> dict[str, Any]:
    made: dict[str, Any] = {"format": FORMATS[type(value)], **plain(value)}
    return made | {"assessment": value.form()} if isinstance(value, Receipt) else made


def _written(value: object) -> dict[str, Any]:
    """Writes the fields as `plain` does, and the values inside as they are written alone."""
    kind: type = type(value)
    made: dict[str, Any] = {"format": FORMATS[kind]} if kind in FORMATS else {}
    made |= plain(value)
    for name in made.keys() & _LISTS.get(kind, ()):
        made[name] = [written(one) for one in getattr(value, name)]
    if isinstance(value, Year) and value.assessment is not None:
        made["assessment"] = written(value.assessment)
    made |= {key: follows(value) for key, follows in _FOLLOWING.get(kind, {}).items()}
    return made | {"message": _MESSAGES[kind](value)}


# The fields that hold values with a form of their own.
_LISTS: dict[type, frozenset[str]] = {
    Outlook: frozenset(["needs", "terms"]),
    Worth: frozenset(["gains", "terms"]),
    Gain: frozenset(["why"]),
    Readings: frozenset(["turns", "undecided"]),
}
