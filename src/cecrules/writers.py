"""Writes values in the JSON form, field by field.

Every amount is written in credits and in minutes. Keys that follow from the fields are written beside them for
readers.
"""

from __future__ import annotations

import functools
import json
from collections.abc import Iterable
from enum import StrEnum
from typing import Any

from .activities import Activity, ActivityKind
from .assessments import (
    Assessment,
    Check,
    CheckRule,
    Decision,
    Figures,
    Limit,
    LimitRule,
    Notice,
    Outcome,
    Screening,
    Shortfall,
)
from .credits import MINUTES_AN_HOUR, Credits
from .documents import DocumentKind
from .findings import Finding, FindingCode
from .presentation.sentences import check_sentence, finding_sentence, notice_sentence
from .rulebook.provisions import Side, Strength
from .rules.requirement import Requirement
from .rules.window import Window
from .structuring import UNIT, Derived
from .submissions import Submission
from .unstructuring import number, plain
from .writer_making import CODE, DAY, FLAG, GIVEN, TEXT, Form, Key, Writers, amount

__all__ = ["ASSESSMENT_FORMAT", "DERIVED", "written", "written_text"]

ASSESSMENT_FORMAT = "cecrules.assessment/1"

# `minutes_a_credit` is written beside amounts if a credit is not an hour, and is read before them.
DERIVED = Derived(
    {
        Assessment: {
            "format": lambda _: ASSESSMENT_FORMAT,
            UNIT: None,
            "renewable": lambda assessment: assessment.renewable,
        },
        Check: {"met": lambda check: check.met, "message": None, UNIT: None},
        Decision: {"outcome": lambda decision: decision.outcome.value, UNIT: None},
        Figures: {"renewable": lambda figures: figures.renewable, UNIT: None},
        Finding: {"message": None, UNIT: None},
        Limit: {
            "left": lambda limit: number(limit.left),
            "left_minutes": lambda limit: limit.left.minutes,
            UNIT: None,
        },
        Notice: {"message": None, UNIT: None},
        Requirement: {UNIT: None},
        Screening: {"counts": lambda screening: screening.counts, UNIT: None},
        Shortfall: {UNIT: None},
    }
)


# The code of every member, since reading the value of an enumeration costs more than looking it up.
_CODE: dict[StrEnum, str] = {
    member: member.value
    for vocabulary in (ActivityKind, DocumentKind, Side, Outcome, CheckRule, LimitRule, Strength, FindingCode)
    for member in vocabulary
}


def written(value: object) -> Any:
    """Returns the JSON form of a value of this library."""
    write = _WRITERS.plain.get(type(value))
    return write(value) if write else plain(value)


def written_text(value: object) -> str | None:
    """Returns the JSON text of a value, as `json` would write its form; None for a class that only `json` writes."""
    write = _WRITERS.text.get(type(value))
    return write(value) if write else None


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
        # Hours if they have an exact short decimal, otherwise minutes.
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
        "documents": [*_codes(activity.documents)],
    }


# There are few sets of documents, and none of them holds a text from input.
@functools.lru_cache(maxsize=4096)
def _codes(documents: frozenset[DocumentKind]) -> tuple[str, ...]:
    return tuple(sorted([_CODE[document] for document in documents]))


@functools.lru_cache(maxsize=4096)
def _codes_text(documents: frozenset[DocumentKind]) -> str:
    return _listed(_codes(documents))


def _listed(codes: Iterable[str]) -> str:
    return ", ".join([f'"{code}"' for code in codes])


def _notice(notice: Notice) -> dict[str, Any]:
    made: dict[str, Any] = plain(notice)
    here, there = notice.here, notice.there
    if here and there and here.total.minutes_a_credit != there.total.minutes_a_credit:
        made["there"][UNIT] = there.total.minutes_a_credit
    made["message"] = notice_sentence(notice)
    return made


def _screening(screening: Screening) -> dict[str, Any]:
    made: dict[str, Any] = plain(screening)
    return made | {"decision": written(screening.decision), "counts": screening.counts}


def _figures(figures: Figures) -> dict[str, Any]:
    made: dict[str, Any] = plain(figures)
    return made | {"renewable": figures.renewable}


_WRITERS = Writers(
    number=number,
    code=_CODE,
    set_of_codes=_codes,
    text_of_set=_codes_text,
    text_of_codes=_listed,
    text_of=json.JSONEncoder(ensure_ascii=False, check_circular=False).encode,
    notice=_notice,
    check_sentence=check_sentence,
    finding_sentence=finding_sentence,
    assessment_format=ASSESSMENT_FORMAT,
)
_SET = Form("[*set_of_codes({0})]", "text_of_set({0})", "[%s]")
_CODES = Form("[code[each] for each in {0}]", "text_of_codes([code[each] for each in {0}])", "[%s]")
_NAMES = Form("[*map(str, {0})]", "text_of_codes({0})", "[%s]")
_NOTICES = Form("[notice(each) for each in {0}]", "text_of([notice(each) for each in {0}])")

_WRITERS.add(Window, Key("first", DAY), Key("last", DAY))
_WRITERS.add(Shortfall, *amount("total"), *amount("in_network"), *amount("compliance"))
_WRITERS.add(
    Check,
    Key("rule", CODE),
    Key("met", FLAG),
    *amount("required"),
    *amount("found"),
    Key("strength", CODE),
    Key("clause", TEXT),
    Key("message", TEXT, "check_sentence(it)"),
    Key("set_by", _NAMES, where="it.set_by"),
)
_WRITERS.add(
    Finding,
    Key("code", CODE),
    Key("clause", TEXT),
    *amount("credits"),
    Key("earned_on", DAY, where="it.earned_on is not None"),
    Key("counts_for", where="it.counts_for is not None"),
    Key("wanted", _CODES, where="it.wanted"),
    *amount("limit", where="it.limit is not None"),
    Key("kept", where="it.kept is not None"),
    Key("served", TEXT, "str(it.served)", where="it.served is not None"),
    Key("beside", _CODES, where="it.beside"),
    Key("message", TEXT, "finding_sentence(it)"),
)
_WRITERS.add(
    Decision,
    Key("id", GIVEN),
    Key("title", TEXT),
    Key("kind", CODE),
    Key("provider", GIVEN),
    Key("earned_on", DAY),
    Key("documents", _SET),
    Key("side", CODE),
    Key("outcome", CODE),
    *amount("claimed"),
    *amount("credited"),
    Key("findings", _WRITERS.many(Finding)),
)
_WRITERS.add(
    Limit,
    Key("rule", CODE),
    Key("name", TEXT),
    Key("clause", TEXT),
    *amount("limit"),
    *amount("credited"),
    *amount("left"),
    Key("binds", FLAG),
)
_WRITERS.add(
    Assessment,
    Key("format", TEXT, "assessment_format"),
    Key("version", TEXT),
    Key("holder", GIVEN),
    Key("rulebook", TEXT),
    Key("edition", TEXT),
    Key("renewal_year"),
    Key("designations", _NAMES),
    Key("window", _WRITERS.one(Window)),
    Key("renewable", FLAG),
    *amount("required"),
    *amount("credited"),
    *amount("in_network"),
    *amount("out_of_network"),
    *amount("compliance"),
    Key("shortfall", _WRITERS.one(Shortfall)),
    Key("checks", _WRITERS.many(Check)),
    Key("decisions", _WRITERS.many(Decision)),
    Key("notices", _NOTICES),
    Key("binding", _WRITERS.many(Limit)),
    Key("terms", _WRITERS.many(Assessment), where="it.terms"),
)
_WRITERS.plain |= {
    Activity: _activity,
    Figures: _figures,
    Notice: _notice,
    Screening: _screening,
    Submission: _submission,
}
