"""The negation of a schema, as schemas that admit only values which the schema rejects.

Each keyword applies to one kind of value, and values of other kinds satisfy it. So the negation of `minItems: 1` is an
array with no items, and the negation of a schema is the union of the negations of its keywords. Keywords that are not
supported here (`propertyNames`, which `Alternatives` handles) are left out; the union is then smaller, but still
correct.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from itertools import combinations

from apicontract.checks.assertions import asserts
from apicontract.openapi.document import Json
from apicontract.values.constraints import KINDS, Schema, kinds_of_type, names_of
from apicontract.values.formats import FORMATS

_NUMBERS = ("integer", "fraction")
_UNKNOWN = "unknown"


def negations(schema: Schema) -> Iterator[Schema]:
    """Yield the alternatives of the negation of a schema; `$ref` must have been followed."""
    if isinstance(schema, bool):
        yield not schema
        return
    for keyword in schema:
        yield from negations_of_keyword(keyword, schema)


def negations_of_keyword(keyword: str, schema: Mapping[str, Json]) -> Iterator[Schema]:
    """Yield the alternatives of the negation of one keyword."""
    value = schema[keyword]
    if keyword in _SIMPLE:
        yield _SIMPLE[keyword](value)
    elif keyword in _BOUNDS:
        kinds, other, step = _BOUNDS[keyword]
        if value + step >= 0 or kinds == _NUMBERS:
            yield {"kinds": kinds, other: value + step}
    elif keyword in _OBJECTS:
        yield from _OBJECTS[keyword](schema)
    elif keyword in _UNIONS:
        yield from _UNIONS[keyword](schema)


def _type(value: Json) -> Schema:
    # The examples are common mistakes: a capital letter, a word, a decimal comma.
    return {
        "kinds": tuple(a for a in KINDS if a not in kinds_of_type(value)),
        "examples": ["True", "False", "two", "1,5"],
    }


_SIMPLE: Mapping[str, Callable[[Json], Schema]] = {
    "type": _type,
    "const": lambda value: {"never": [value]},
    "enum": lambda value: {"never": value},
    "multipleOf": lambda value: {"kinds": _NUMBERS, "not_multiple": value},
    "pattern": lambda value: {"kinds": ("string",), "not_pattern": value},
    "format": lambda value: {"kinds": ("string",), "not_format": value} if value in FORMATS else False,
    "uniqueItems": lambda value: {"kinds": ("array",), "repeats": True} if value else False,
    "contains": lambda value: {"kinds": ("array",), "items": {"not": value}},
    "items": lambda value: {"kinds": ("array",), "contains": {"not": value}},
    "not": lambda value: value,
}

_BOUNDS: Mapping[str, tuple[tuple[str, ...], str, int]] = {
    "minimum": (_NUMBERS, "exclusiveMaximum", 0),
    "maximum": (_NUMBERS, "exclusiveMinimum", 0),
    "exclusiveMinimum": (_NUMBERS, "maximum", 0),
    "exclusiveMaximum": (_NUMBERS, "minimum", 0),
    "minLength": (("string",), "maxLength", -1),
    "maxLength": (("string",), "minLength", 1),
    "minItems": (("array",), "maxItems", -1),
    "maxItems": (("array",), "minItems", 1),
    "minProperties": (("object",), "maxProperties", -1),
    "maxProperties": (("object",), "minProperties", 1),
}
"""The kinds that a bound applies to, the opposite bound, and the step to it."""


def _without(name: str) -> Schema:
    return {"kinds": ("object",), "properties": {name: False}}


def _with(name: str, schema: Schema) -> Schema:
    return {"kinds": ("object",), "required": [name], "properties": {name: schema}}


def _required(schema: Mapping[str, Json]) -> Iterator[Schema]:
    yield from (_without(name) for name in schema["required"])


def _properties(schema: Mapping[str, Json]) -> Iterator[Schema]:
    yield from (_with(name, {"not": inner}) for name, inner in schema["properties"].items())


def _additional(schema: Mapping[str, Json]) -> Iterator[Schema]:
    name = undeclared_name(schema.get("properties", ()))
    if not any(asserts("pattern", pattern, name) for pattern in schema.get("patternProperties", ())):
        yield _with(name, {"not": schema["additionalProperties"]})


def _patterned(schema: Mapping[str, Json]) -> Iterator[Schema]:
    for pattern, inner in schema["patternProperties"].items():
        yield from (_with(name, {"not": inner}) for name in names_of(pattern))


def undeclared_name(declared: Mapping[str, Json] | tuple[()]) -> str:
    """Return a name that is not declared."""
    name = _UNKNOWN
    while name in declared:
        name += "_"
    return name


def _dependent(schema: Mapping[str, Json]) -> Iterator[Schema]:
    for name, needed in schema["dependentRequired"].items():
        for other in needed:
            yield {"kinds": ("object",), "required": [name], "properties": {other: False}}


_OBJECTS: Mapping[str, Callable[[Mapping[str, Json]], Iterator[Schema]]] = {
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "patternProperties": _patterned,
    "dependentRequired": _dependent,
}


def _any_of(schema: Mapping[str, Json]) -> Iterator[Schema]:
    yield {"allOf": [{"not": branch} for branch in schema["anyOf"]]}


def _all_of(schema: Mapping[str, Json]) -> Iterator[Schema]:
    yield from ({"not": branch} for branch in schema["allOf"])


def _one_of(schema: Mapping[str, Json]) -> Iterator[Schema]:
    yield {"allOf": [{"not": branch} for branch in schema["oneOf"]]}
    yield from ({"allOf": list(pair)} for pair in combinations(schema["oneOf"], 2))


def _if(schema: Mapping[str, Json]) -> Iterator[Schema]:
    if "then" in schema:
        yield {"allOf": [schema["if"], {"not": schema["then"]}]}
    if "else" in schema:
        yield {"allOf": [{"not": schema["if"]}, {"not": schema["else"]}]}


_UNIONS: Mapping[str, Callable[[Mapping[str, Json]], Iterator[Schema]]] = {
    "anyOf": _any_of,
    "allOf": _all_of,
    "oneOf": _one_of,
    "if": _if,
}
