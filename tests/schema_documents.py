"""Makes documents that a JSON Schema of this library allows, as Hypothesis strategies."""

from __future__ import annotations

from typing import Any

import jsonschema
from hypothesis import strategies as st

Schema = dict[str, Any]


def allowed(schema: Schema) -> st.SearchStrategy[Any]:
    """Documents that a whole schema allows; what only a validator can see (`allOf`, `not`, `if`) is filtered."""
    return _made(schema, schema.get("$defs", {})).filter(jsonschema.Draft202012Validator(schema).is_valid)


def _made(schema: Schema, defs: Schema) -> st.SearchStrategy[Any]:  # noqa: PLR0911 - one line for each keyword
    if "$ref" in schema:
        return _made(defs[schema["$ref"].rpartition("/")[2]], defs)
    if "const" in schema:
        return st.just(schema["const"])
    if "enum" in schema:
        return st.sampled_from(schema["enum"])
    if "anyOf" in schema:
        return st.one_of([_made(each, defs) for each in schema["anyOf"]])
    if schema["type"] == "object":
        return _object(schema, defs)
    if schema["type"] == "array":
        return st.lists(_made(schema["items"], defs), min_size=schema.get("minItems", 0), max_size=3)
    return _scalar(schema)


def _object(schema: Schema, defs: Schema) -> st.SearchStrategy[Any]:
    if "properties" not in schema:
        return st.dictionaries(
            _made(schema["propertyNames"], defs), _made(schema["additionalProperties"], defs), max_size=2
        )
    keys = {key: _made(each, defs) for key, each in schema["properties"].items()}
    required = {key: keys.pop(key) for key in schema["required"]}
    return st.fixed_dictionaries(required, optional=keys)


def _scalar(schema: Schema) -> st.SearchStrategy[Any]:
    if schema["type"] == "string":
        if schema.get("format") == "date":
            return st.dates().map(str) | st.from_regex(schema["pattern"]).filter(lambda day: day == day.strip())
        return st.from_regex(schema["pattern"]) if "pattern" in schema else st.text(max_size=8)
    least, most = schema.get("minimum", 0), schema.get("maximum")
    whole = st.integers(least, most)
    if schema["type"] == "integer":
        return whole | whole.map(float)
    return {"boolean": st.booleans(), "null": st.none(), "number": whole | st.floats(least, most)}[schema["type"]]
