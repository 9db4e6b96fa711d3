"""JSON in and out, in the manner of the standard library's `json`.

What is written reads back as the same value. What follows from the rest (`renewable`, `met`, `outcome`) is written
for readers and checked on the way back; messages are written and then ignored.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Mapping
from typing import Any, TypeVar, overload

import attrs

from .activities import Activity
from .assessments import Asked, Assessment, Check, Notice, Screening, Shortfall
from .converters import read_whole
from .credits import MINUTES_AN_HOUR, Credits
from .errors import CecRulesError, InvalidValue, shown
from .findings import Decision, Finding
from .presentation.sentences import check_sentence, finding_sentence, notice_sentence
from .structuring import Derived, RepeatedKeys, build
from .submissions import Submission
from .unstructuring import fields, number, plain

__all__ = ["ASSESSMENT_FORMAT", "DERIVED", "dumps", "from_dict", "loads", "to_dict"]

ASSESSMENT_FORMAT = "cecrules.assessment/1"

T = TypeVar("T")

# `minutes_a_credit` stands beside amounts where a credit is no hour, and is read before them.
DERIVED: Derived = {
    Asked: {"minutes_a_credit": None},
    Assessment: {
        "format": lambda _: ASSESSMENT_FORMAT,
        "minutes_a_credit": None,
        "renewable": lambda assessment: assessment.renewable,
    },
    Check: {"met": lambda check: check.met, "message": None, "minutes_a_credit": None},
    Decision: {"outcome": lambda decision: decision.outcome, "minutes_a_credit": None},
    Finding: {"message": None, "minutes_a_credit": None},
    Notice: {"message": None, "minutes_a_credit": None},
    Screening: {"counts": lambda screening: screening.counts, "minutes_a_credit": None},
    Shortfall: {"minutes_a_credit": None},
}


@overload
def from_dict(mapping: Mapping[str, Any]) -> Submission: ...
@overload
def from_dict(mapping: Mapping[str, Any], into: type[T]) -> T: ...
def from_dict(mapping: Mapping[str, Any], into: type[Any] = Submission) -> Any:
    """Builds a submission, or a value of another class of this library, from its JSON form.

        >>> from_dict({"renewal_year": 2014, "designations": ["CAM"], "activities": []}).renewal_year
        2014

    Args:
        mapping: The JSON form as a mapping.
        into: The class to build; `Submission` unless given.

    Raises:
        InvalidValue: There is one problem, or `into` is no class that has a JSON form.
        InvalidDocument: There are several; every one is reported, each with its path.
    """
    _insist_on_own(into, "into", into)
    if into in (Submission, Credits) or not isinstance(mapping, Mapping):  # pyright: ignore[reportUnnecessaryIsInstance]
        return build(into, mapping)
    unit = read_whole(mapping.get("minutes_a_credit", MINUTES_AN_HOUR), "minutes_a_credit", least=1)
    return build(into, mapping, minutes_a_credit=unit, derived=DERIVED)


@overload
def loads(text: str | bytes) -> Submission: ...
@overload
def loads(text: str | bytes, into: type[T]) -> T: ...
def loads(text: str | bytes, into: type[Any] = Submission) -> Any:
    """Reads a submission, or a value of another class of this library, from JSON text.

    Args:
        text: JSON as text or as UTF-8 bytes, with or without a byte order mark.
        into: The class to build; `Submission` unless given.

    Raises:
        InvalidValue: It is not JSON, or there is one problem in it.
        InvalidDocument: There are several; every one is reported, each with its path.
    """
    return from_dict(_parsed(text), into)


def dumps(value: object, *, indent: int | None = None) -> str:
    """Writes a value of this library as JSON text."""
    return json.dumps(to_dict(value), ensure_ascii=False, indent=indent)


def to_dict(value: object) -> dict[str, Any]:
    """Returns the JSON form of a value of this library, as a mapping of plain values.

    Raises:
        InvalidValue: It is not a value of this library.
    """
    _insist_on_own(type(value), "", value)
    if isinstance(value, Credits):
        return fields(value)
    made: dict[str, Any] = plain(value, _WRITERS)
    unit = _unit(value)
    return made if unit in (None, MINUTES_AN_HOUR) else made | {"minutes_a_credit": unit}


def _insist_on_own(kind: type, where: str, found: object) -> None:
    if not (attrs.has(kind) and kind.__module__.startswith(f"{__package__}.")):
        raise InvalidValue(where, f"must be of this library and have a JSON form, got {shown(found)}")


def _parsed(text: str | bytes) -> Any:
    try:
        if isinstance(text, bytes | bytearray):
            text = text.decode("utf-8-sig")
        elif not isinstance(text, str):  # pyright: ignore[reportUnnecessaryIsInstance]
            raise InvalidValue("", f"must be JSON text or bytes, got {shown(text)}")
        return json.loads(text.removeprefix("\ufeff"), object_pairs_hook=_object)
    except UnicodeDecodeError as error:
        raise InvalidValue(f"byte {error.start}", "must be UTF-8 text", "save the file as UTF-8") from None
    except json.JSONDecodeError as error:
        if not text.strip():
            raise InvalidValue("", "must be JSON, got an empty text") from None
        raise InvalidValue(f"line {error.lineno} column {error.colno}", f"must be JSON: {error.msg}") from None
    except RecursionError:
        raise InvalidValue("", "must be JSON nested no deeper than its form, got far deeper brackets") from None
    except CecRulesError:
        raise
    except ValueError as error:  # an integer with more digits than the interpreter converts
        raise InvalidValue("", f"must be JSON with numbers of a sensible length: {error}") from None


def _unit(value: object) -> int | None:
    """Returns how many minutes make a credit in the amounts of a value; None where it holds none."""
    if isinstance(value, Credits):
        return value.minutes_a_credit
    kind: type = type(value)
    units = (_unit(getattr(value, name)) for name in _parts(kind))
    return next((unit for unit in units if unit is not None), None)


@functools.cache
def _parts(kind: type) -> tuple[str, ...]:
    """Returns the names of the fields of a class, amounts first; none of one that holds no amounts of a rulebook."""
    held = attrs.has(kind) and not issubclass(kind, Submission | Activity)
    fields = attrs.fields(kind) if held else ()
    return tuple(field.name for field in sorted(fields, key=lambda field: str(field.type) != Credits.__name__))


def _object(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    made = dict(pairs)
    if len(made) < len(pairs):
        keys = [key for key, _ in pairs]
        made = RepeatedKeys(made)
        made.repeated = tuple(key for key in made if keys.count(key) > 1)
    return made


def _submission(submission: Submission) -> dict[str, Any]:
    made: dict[str, Any] = {
        "renewal_year": submission.renewal_year,
        "designations": [*map(str, submission.designations)],
    }
    if submission.holder is not None:
        made["holder"] = submission.holder
    if submission.first_renewal_of:
        made["first_renewal_of"] = [*map(str, submission.first_renewal_of)]
    if submission.renewal_date is not None:
        made["renewal_date"] = submission.renewal_date.isoformat()
    if submission.term_starts:
        made["term_starts"] = {str(designation): day.isoformat() for designation, day in submission.term_starts}
    made["activities"] = [_activity(activity) for activity in submission.activities]
    return made


def _activity(activity: Activity) -> dict[str, Any]:
    made: dict[str, Any] = {} if activity.id is None else {"id": activity.id}
    made |= {"title": activity.title, "kind": str(activity.kind), "earned_on": activity.earned_on.isoformat()}
    if activity.minutes is not None:
        length = Credits(minutes=activity.minutes)
        # Hours where they have an exact short decimal, minutes where they do not.
        made |= (
            {"hours": number(length)}
            if activity.minutes * 100 % MINUTES_AN_HOUR == 0
            else {"minutes": activity.minutes}
        )
    return made | {
        "provider": activity.provider,
        "addresses_compliance": activity.addresses_compliance,
        "compensated": activity.compensated,
        "bought_through_association": activity.bought_through_association,
        "documents": sorted(map(str, activity.documents)),
    }


def _assessment(assessment: Assessment) -> dict[str, Any]:
    made: dict[str, Any] = {
        "format": ASSESSMENT_FORMAT,
        "version": assessment.version,
        "rulebook": assessment.rulebook,
        "edition": assessment.edition,
        "renewal_year": assessment.renewal_year,
        "designations": [*map(str, assessment.designations)],
        "window": fields(assessment.window),
        "renewable": assessment.renewable,
        "required": number(assessment.required),
        "credited": number(assessment.credited),
        "in_network": number(assessment.in_network),
        "out_of_network": number(assessment.out_of_network),
        "compliance": number(assessment.compliance),
        "shortfall": fields(assessment.shortfall),
        "checks": [_check(check) for check in assessment.checks],
        "decisions": [_decision(decision) for decision in assessment.decisions],
        "notices": [_notice(notice) for notice in assessment.notices],
    }
    if assessment.terms:
        made["terms"] = [_assessment(term) for term in assessment.terms]
    return made


def _check(check: Check) -> dict[str, Any]:
    made = {
        "rule": str(check.rule),
        "met": check.met,
        "required": number(check.required),
        "found": number(check.found),
        "strength": str(check.strength),
        "clause": check.clause,
        "message": check_sentence(check),
    }
    return made | {"set_by": [*map(str, check.set_by)]} if check.set_by else made


def _decision(decision: Decision) -> dict[str, Any]:
    return {
        "id": decision.id,
        "title": decision.title,
        "kind": str(decision.kind),
        "side": str(decision.side),
        "outcome": str(decision.outcome),
        "claimed": number(decision.claimed),
        "credited": number(decision.credited),
        "findings": [_finding(finding) for finding in decision.findings],
    }


def _finding(finding: Finding) -> dict[str, Any]:
    return fields(finding) | {"message": finding_sentence(finding)}


def _notice(notice: Notice) -> dict[str, Any]:
    return fields(notice) | {"message": notice_sentence(notice)}


def _screening(screening: Screening) -> dict[str, Any]:
    return fields(screening, _WRITERS) | {"counts": screening.counts}


_WRITERS: dict[type, Any] = {
    Submission: _submission,
    Activity: _activity,
    Assessment: _assessment,
    Check: _check,
    Decision: _decision,
    Finding: _finding,
    Notice: _notice,
    Screening: _screening,
}
