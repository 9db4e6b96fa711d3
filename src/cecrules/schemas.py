"""Writes the JSON Schemas (2020-12) of a submission, an assessment and a rulebook from their types.

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
from .assessments import Assessment, Outcome
from .converters import nearest
from .credits import MINUTES_AN_HOUR, Credits
from .designations import Designation
from .errors import UnknownName, shown
from .rulebook.editions import FORMAT
from .rulebook.rulebook import Rulebook
from .structuring import MINUTES_SUFFIX, keys_of
from .submissions import FIRST_YEAR, LAST_YEAR, Submission
from .writers import ASSESSMENT_FORMAT, DERIVED

__all__ = ["FORMS", "schema"]

FORMS: dict[str, type[Any]] = {"submission": Submission, "assessment": Assessment, "rulebook": Rulebook}

_Schema = dict[str, Any]

_DECIMAL = {"type": "string", "pattern": r"^\s*[0-9]+(\.[0-9]+)?(/[1-9][0-9]*)?\s*$"}
_PLAIN: dict[Any, _Schema] = {
    str: {"type": "string"},
    bool: {"type": "boolean"},
    int: {"type": "integer", "minimum": 0},
    date: {"type": "string", "format": "date", "pattern": r"^[0-9]{4}-[0-9]{2}-[0-9]{2}$"},
    Fraction: {"anyOf": [{"type": "number", "minimum": 0}, _DECIMAL]},
    Credits: {"type": "number", "minimum": 0},
}

_HOURS = {"type": "number", "exclusiveMinimum": 0, "maximum": MOST_MINUTES // MINUTES_AN_HOUR}
_HOURS_AS_TEXT = {"type": "string", "pattern": r"^\s*(?=.*[1-9])[0-9]{1,18}(\.[0-9]{1,18})?\s*$"}
_MINUTES = {"type": "integer", "minimum": 1, "maximum": MOST_MINUTES}
_NULL = {"type": "null"}


def _given(key: str) -> _Schema:
    """Describes an object in which a key stands, and is not null."""
    return {"required": [key], "properties": {key: {"not": _NULL}}}


_OWN_KEYS: dict[type, dict[str, _Schema]] = {
    Activity: {
        "title": {"type": "string", "pattern": r"\S"},
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
    "format": {"const": ASSESSMENT_FORMAT},
    "renewable": {"type": "boolean"},
    "met": {"type": "boolean"},
    "counts": {"type": "boolean"},
    "outcome": {"enum": [outcome.value for outcome in Outcome]},
    "message": {"type": "string"},
    "minutes_a_credit": {"type": "integer", "minimum": 1},
}


def schema(form: str = "submission") -> dict[str, Any]:
    """Returns the JSON Schema of a form: `submission`, `assessment` or `rulebook` (as TOML).

        >>> schema()["required"]
        ['renewal_year', 'designations', 'activities']

    Raises:
        UnknownName: There is no such form.
    """
    if not isinstance(form, str) or form not in FORMS:  # pyright: ignore[reportUnnecessaryIsInstance]
        raise UnknownName(("form",), f"there is no schema of {shown(form)}", nearest(form, FORMS))
    definitions: dict[str, _Schema] = {"Designation": _vocabulary(Designation)} if form != "rulebook" else {}
    shape = _object(FORMS[form], definitions)
    if form == "rulebook":
        shape = _partial(shape, definitions)
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


def _object(cls: type, definitions: dict[str, _Schema]) -> _Schema:
    says = _descriptions(cls)
    says |= {name + MINUTES_SUFFIX: f"The same amount as `{name}`, in minutes." for name in says}
    following = {key: _FOLLOWING[key] for key in DERIVED.keys.get(cls, {})}
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
