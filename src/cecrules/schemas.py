"""Writes the JSON Schemas (2020-12) of submissions, rulebooks, layouts and every answer from their types.

This module adds the constraints that no type expresses, such as the form of a decimal text. Constraints that only the
rules can check, such as whether a cited clause exists, are checked when the document is read.
"""

from __future__ import annotations

import inspect
import re
import types
import typing
from datetime import date
from enum import StrEnum
from fractions import Fraction
from typing import Any

import attrs

from .activities import MOST_MINUTES, Activity, ActivityKind
from .ahead.doubts import Readings
from .ahead.forecasts import Outlook
from .ahead.histories import Year
from .ahead.offerings import MOST_CENTS, Offering, Plan
from .ahead.worths import Worth
from .ahead_forms import DERIVED, FORMATS
from .assessments import Assessment, Outcome
from .converters import nearest
from .credits import MINUTES_AN_HOUR, Credits
from .designations import Designation
from .documents import DocumentKind
from .errors import UnknownName, shown
from .layouts.days import DayForms
from .layouts.layout import ActivitiesLayout, DesignationsLayout, FileForm, Layout
from .layouts.lengths import LengthForms
from .layouts.loading import LAYOUT_FORMAT
from .records.certificates import Certificate
from .records.receipts import Receipt, Replay
from .rulebook.editions import FORMAT
from .rulebook.rulebook import Rulebook
from .settings import Settings
from .structuring import MINUTES_SUFFIX, keys_of
from .submissions import FIRST_YEAR, LAST_YEAR, Submission

__all__ = ["FORMS", "schema"]

FORMS: dict[str, type[Any]] = {
    "submission": Submission,
    "assessment": Assessment,
    "rulebook": Rulebook,
    "layout": Layout,
    "outlook": Outlook,
    "worth": Worth,
    "years": Year,
    "plan": Plan,
    "readings": Readings,
    "receipt": Receipt,
    "replay": Replay,
    "certificate": Certificate,
}

_Schema = dict[str, Any]

_DECIMAL = {"type": "string", "pattern": r"^\s*[0-9]+(\.[0-9]+)?(/[1-9][0-9]*)?\s*$"}
_PLAIN: dict[Any, _Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    # In Python, unlike in JavaScript, a dollar sign lets a line end follow; the length does not.
    date: {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$", "maxLength": 10},
    Fraction: {"anyOf": [{"type": "number", "minimum": 0}, _DECIMAL]},
    Credits: {"type": "number", "minimum": 0},
    Settings: {"type": "object"},
}

_HOURS = {"type": "number", "exclusiveMinimum": 0, "maximum": MOST_MINUTES // MINUTES_AN_HOUR}
# Decimal hours are whole minutes in steps of 0.05 alone.
_HOURS_AS_TEXT = {"type": "string", "pattern": r"^\s*(?=.*[1-9])[0-9]{1,18}(\.[0-9]([05]0{0,16})?)?\s*$"}
_MINUTES = {"type": "integer", "minimum": 1, "maximum": MOST_MINUTES}
_NULL = {"type": "null"}


_WORDS = {"type": "array", "items": {"type": "string"}}


def _named(value: _Schema) -> _Schema:
    """Describes a table of names and values."""
    return {"type": "object", "additionalProperties": value}


def _given(key: str) -> _Schema:
    """Describes an object in which a key stands, and is not null."""
    return {"required": [key], "properties": {key: {"not": _NULL}}}


_OWN_KEYS: dict[type, dict[str, _Schema]] = {
    Activity: {
        "title": {"type": "string", "pattern": r"\S"},
        "hours": {"anyOf": [_HOURS, _HOURS_AS_TEXT, _NULL]},
        "minutes": {"anyOf": [_MINUTES, _NULL]},
    },
    Offering: {
        "title": {"type": "string", "pattern": r"\S"},
        "price": {"type": "integer", "minimum": 0, "maximum": MOST_CENTS},
        "hours": {"anyOf": [_HOURS, _HOURS_AS_TEXT, _NULL]},
        "minutes": {"anyOf": [_MINUTES, _NULL]},
    },
    Submission: {
        "$schema": {"type": "string", "description": "The address of this schema, for editors; it is not read."},
        "renewal_year": {"type": "integer", "minimum": FIRST_YEAR, "maximum": LAST_YEAR},
        "designations": {"type": "array", "items": {"$ref": "#/$defs/Designation"}, "minItems": 1},
        "term_starts": {
            "type": "object",
            "propertyNames": {"$ref": "#/$defs/Designation"},
            "additionalProperties": _PLAIN[date],
        },
    },
    Rulebook: {
        "format": {"const": FORMAT},
        "extends": {"type": "string", "description": "The edition from which this file states only the differences."},
        "without": {"type": "array", "items": {"type": "string"}, "description": "Keys of that edition to take out."},
    },
    Layout: {"format": {"const": LAYOUT_FORMAT}},
    FileForm: {
        "heading_row": {"type": "integer", "minimum": 1},
        "separator": {"type": "string", "pattern": r'^[^"\r\n\u0000 0-9A-Za-z]$'},
    },
    DayForms: {
        "formats": {"type": "array", "items": {"type": "string", "pattern": "^[YMD]+(?:[-/. ]|, ?)?[YMD]*"}},
        "century": {"type": "integer", "minimum": 1},
        "serials": {"enum": [1900, 1904]},
    },
    LengthForms: {
        "decimal": {"enum": [".", ",", ".,", ",."]},
        "day_decimals": {"type": "integer", "minimum": 1, "maximum": 18},
    },
    ActivitiesLayout: {
        "kinds": _named({"enum": [kind.value for kind in ActivityKind]}),
        "documents": _named({"enum": [kind.value for kind in DocumentKind]}),
        "flags": _named({"type": "boolean"}),
        "totals": _named(_WORDS),
    },
    DesignationsLayout: {
        "designations": _named({"enum": [each.value for each in Designation]}),
        "totals": _named(_WORDS),
    },
}
_SHA256 = {"type": "string", "pattern": "^[0-9a-f]{64}$", "maxLength": 64}
_OWN_KEYS[Receipt] = {
    **dict.fromkeys([field.name for field in attrs.fields(Receipt) if field.name.endswith("_sha256")], _SHA256),
    "assessment": {},
}
_OWN_RULES: dict[type, _Schema] = {
    Activity: {
        "allOf": [
            {"not": {"allOf": [_given("hours"), _given("minutes")]}},
            {
                "if": {"properties": {"kind": {"enum": [kind.value for kind in ActivityKind if not kind.is_occasion]}}},
                "then": {"anyOf": [_given("hours"), _given("minutes")]},
            },
        ]
    },
}
# Keys that follow from the others, with their form; the ones that are always written are required.
_FOLLOWING: dict[str, _Schema] = {
    "renewable": {"type": "boolean"},
    "met": {"type": "boolean"},
    "nearer": {"type": "boolean"},
    "complete": {"type": "boolean"},
    "settled": {"type": "boolean"},
    "counts": {"type": "boolean"},
    "outcome": {"enum": [outcome.value for outcome in Outcome]},
    "message": {"type": "string"},
    "minutes_a_credit": {"type": "integer", "minimum": 1},
    "left": {"type": "number", "minimum": 0},
    "left_minutes": {"type": "integer", "minimum": 0},
    "same": {"type": "boolean"},
    "confirmed": {"type": "boolean"},
}


def schema(form: str = "submission") -> dict[str, Any]:
    """Returns the JSON Schema of a form: `submission`, `rulebook` or `layout` (both as TOML), or an answer.

    The answers are `assessment`, `outlook`, `worth`, `years` (one renewal year), `plan` and `readings`. The forms for
    keeping are `receipt`, `replay` and `certificate`.

        >>> schema()["required"]
        ['renewal_year', 'designations', 'activities']

    Raises:
        UnknownName: There is no such form.
    """
    if not isinstance(form, str) or form not in FORMS:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise UnknownName(("form",), f"there is no schema of {shown(form)}", nearest(form, FORMS))
    in_json = form in ("submission", "assessment")
    definitions: dict[str, _Schema] = {"Designation": _vocabulary(Designation)} if in_json else {}
    shape = _object(FORMS[form], definitions)
    if form == "rulebook":
        shape = _partial(shape, definitions)
    if form == "receipt":
        shape["properties"]["assessment"] |= _described(Assessment, definitions)
        for definition in definitions.values():
            _keep_exact(definition)
    if form == "layout":
        shape |= {"required": ["format"], "anyOf": [_given("activities"), _given("designations")]}
    return {
        "$schema": "https://json-schema.org/draft/2020-12/schema",
        "$id": f"urn:cecrules:{form}:1",
        "title": form.capitalize(),
        **shape,
        "$defs": dict(sorted(definitions.items())),
    }


def _partial(shape: _Schema, definitions: dict[str, _Schema]) -> _Schema:
    """Lets a rulebook that extends another leave out every key it does not change."""
    required = ["format", *shape.pop("required")]
    for definition in definitions.values():
        definition.pop("required", None)
    whole = {"if": {"not": {"required": ["extends"]}}, "then": {"required": required}}
    return shape | {"required": ["format", "id"], "allOf": [whole]}


def _keep_exact(definition: _Schema) -> None:
    """Takes out the amounts in credits, beside which the same amounts stand in minutes."""
    keys: _Schema = definition.get("properties", {})
    for name in [name for name in keys if name + MINUTES_SUFFIX in keys]:
        del keys[name]
        definition["required"] = [key for key in definition["required"] if key != name]


def _object(cls: type, definitions: dict[str, _Schema]) -> _Schema:
    says = _descriptions(cls)
    says |= {name + MINUTES_SUFFIX: f"The same amount as `{name}`, in minutes." for name in says}
    following = {
        key: {"const": FORMATS[cls]} if key == "format" else _FOLLOWING[key] for key in DERIVED.keys.get(cls, {})
    }
    properties: dict[str, _Schema] = dict(following)
    keys, required = keys_of(cls)
    own = _OWN_KEYS.get(cls, {})
    for key in {**dict.fromkeys(keys), **own}:
        made = dict(own[key]) if key in own else _keyed(*keys[key], definitions)
        properties[key] = {**made, "description": says[key]} if key in says else made
    always = [key for key in following if key != "minutes_a_credit"]
    return {
        "type": "object",
        "description": inspect.cleandoc(cls.__doc__ or "").partition("\n")[0],
        "properties": properties,
        "required": [*always, *required],
        "additionalProperties": False,
        **_OWN_RULES.get(cls, {}),
    }


def _keyed(kind: Any, keyed_by: str, definitions: dict[str, _Schema]) -> _Schema:
    """Describes a key; a tuple that is written as a table has its rows under the values of one of their fields."""
    if not keyed_by:
        return _described(kind, definitions)
    row = typing.get_args(kind)[0]
    name_kind = keys_of(row)[0][keyed_by][0]
    _described(row, definitions)
    rows = definitions[row.__name__]
    rows["properties"].pop(keyed_by, None)
    rows["required"] = [key for key in rows["required"] if key != keyed_by]
    names = _described(name_kind, definitions)
    return {"type": "object", "propertyNames": names, "additionalProperties": {"$ref": f"#/$defs/{row.__name__}"}}


def _described(kind: Any, definitions: dict[str, _Schema]) -> _Schema:
    origin, arguments = typing.get_origin(kind), typing.get_args(kind)
    if origin in (typing.Union, types.UnionType):
        return {"anyOf": [_described(arguments[0], definitions), _NULL]}
    if origin in (tuple, frozenset):
        return {"type": "array", "items": _described(arguments[0], definitions)}
    if kind in _PLAIN:
        return _PLAIN[kind]
    if kind.__name__ not in definitions:
        definitions[kind.__name__] = {}  # an assessment contains assessments
        made = _vocabulary(kind) if issubclass(kind, StrEnum) else _object(kind, definitions)
        definitions[kind.__name__].update(made)
    return {"$ref": f"#/$defs/{kind.__name__}"}


def _vocabulary(kind: type[StrEnum]) -> _Schema:
    return {"enum": [member.value for member in kind]}


def _descriptions(cls: type) -> dict[str, str]:
    """Returns the description of each field of a class, from the `Attributes` section of its docstring."""
    _, _, attributes = inspect.cleandoc(cls.__doc__ or "").partition("Attributes:\n")
    attributes = re.split(r"\n\n", attributes, maxsplit=1)[0]
    found = re.findall(r"^ {4}(\w+): (.*(?:\n {8}.*)*)", attributes, re.MULTILINE)
    names = {field.name for field in attrs.fields(cls)}
    return {name: " ".join(text.split()) for name, text in found if name in names}
