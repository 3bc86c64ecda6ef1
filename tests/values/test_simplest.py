"""The simplest values of a schema, one for each way to satisfy it, and schemas that nothing satisfies."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.values.boundaries import NOTHING
from apicontract.values.document import values_of
from apicontract.values.uploads import Upload
from tests.support.orchard import orchard_with

PAIR = {"type": "object", "properties": {"a": {"const": 1}, "b": {"const": 2}}, "additionalProperties": False}
VALUES = values_of(orchard_with(Pair=PAIR).document)
ALTERNATIVES, BOUNDARIES = VALUES.alternatives, VALUES.boundaries

SIMPLEST: list[tuple[Any, list[Any]]] = [
    (True, ["a", 1, 0.5, False, [], {}, None]),
    ({"type": "integer"}, [1]),
    ({"type": "integer", "minimum": 9}, [9]),
    ({"type": "number", "maximum": -3}, [-3, -3.0000000000000004]),
    ({"type": "number", "exclusiveMinimum": 0, "exclusiveMaximum": 1}, [0.5]),
    ({"type": "number", "multipleOf": 0.25, "exclusiveMinimum": 0.5}, [1, 1.5]),
    ({"type": ["boolean", "null"]}, [False, None]),
    ({"enum": [3, "a", {"b": 1}]}, [3, "a", {"b": 1}]),
    ({"type": "string", "minLength": 3}, ["aaa"]),
    ({"type": "string", "minLength": 11}, ["aaaaaaaaaaa"]),
    ({"type": "string", "maxLength": 3, "examples": ["abcd", "xyz"], "default": "d"}, ["xyz"]),
    ({"type": "integer", "default": 7, "maximum": 8}, [7]),
    ({"type": "integer", "default": False}, [1]),
    ({"type": ["string", "integer"], "not": {"type": "string"}}, [1]),
    ({"type": ["integer", "string"], "examples": [12, "x"]}, ["x", 12]),
    ({"type": "string", "format": "date-time"}, ["2025-08-01T12:30:00Z"]),
    ({"type": "string", "format": "email"}, ["a@example.com"]),
    ({"type": "string", "format": "ipv6"}, ["2001:db8::1"]),
    ({"type": "string", "format": "unheard of", "minLength": 1}, ["a"]),
    ({"type": "string", "contentMediaType": "application/json"}, ['"a"']),
    (
        {
            "type": "string",
            "contentMediaType": "application/json",
            "contentEncoding": "base64",
            "contentSchema": {"type": "integer", "minimum": 5},
        },
        ["NQ=="],
    ),
    ({"type": "string", "contentMediaType": "text/plain", "contentEncoding": "base64"}, ["a"]),
    ({"kinds": ("string",), "upload": True}, [Upload("a.mp4", b"a", "video/mp4")]),
    ({"kinds": ("fraction",)}, [0.5]),
    ({"type": "array", "items": {"type": "integer"}, "minItems": 3}, [[1, 0, 1]]),
    ({"oneOf": [{"type": "integer"}, {"type": "number", "minimum": 4}]}, [1, 4.000000000000001]),
    ({"not": {"type": ["string", "integer"]}}, [0.5, False, [], {}, None]),
    ({"not": {"not": {"const": 4}}}, [4]),
    (
        {"not": {"$ref": "#/components/schemas/Pair"}},
        ["True", 1, 0.5, False, [], None, {"a": "a"}, {"b": "a"}, {"unknown": "a"}],
    ),
    ({"not": {"enum": ["a", 1]}, "type": ["string", "integer"]}, ["as", 0]),
    (
        {
            "not": {"required": ["a", "b"]},
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}},
            "minProperties": 1,
        },
        [{"b": 2}, {"a": 1}],
    ),
    ({"not": {"dependentRequired": {"a": ["b", "c"]}}}, [{"a": "a"}, {"a": "a"}]),
    ({"not": {"oneOf": [{"const": 1}, {"const": 2}, {"enum": [2, 3]}]}, "enum": [1, 2, 3]}, [2]),
    ({"not": {"anyOf": [{"const": 1}, {"const": 2}]}, "enum": [1, 2, 3]}, [3]),
    ({"not": {"allOf": [{"minimum": 2}, {"maximum": 3}, {"multipleOf": 3}]}, "enum": [1, 2, 3, 4]}, [1, 4, 1, 2, 4]),
    ({"not": {"if": {"minimum": 3}, "then": {"maximum": 4}, "else": {"maximum": 1}}, "enum": [1, 2, 3, 4, 5]}, [5, 2]),
    ({"not": {"if": {"minimum": 3}, "then": {"maximum": 4}}, "enum": [1, 2, 3, 4, 5]}, [5]),
    ({"not": {"items": {"type": "integer"}}, "type": "array"}, [["True"]]),
    ({"not": {"contains": {"const": 1}}, "type": "array", "items": {"enum": [1, 2]}, "minItems": 2}, [[2, 2]]),
    ({"not": {"properties": {"a": {"const": 1}, "b": {"const": 2}}}, "type": "object"}, [{"a": "a"}, {"b": "a"}]),
    ({"not": {"additionalProperties": {"const": 1}, "properties": {"a": {}}}, "type": "object"}, [{"unknown": "a"}]),
    ({"not": {"additionalProperties": False, "patternProperties": {"^u": {}}}, "type": "object"}, []),
    ({"not": {"propertyNames": {"maxLength": 7}}}, [{"x" * 300: "a"}]),
    ({"not": {"propertyNames": {"minLength": 1}}}, [{"": "a"}]),
    ({"not": {"propertyNames": {"enum": ["a", "unknown"]}}}, [{"": "a"}]),
    ({"not": {"propertyNames": {"maxLength": 299}}}, [{"x" * 300: "a"}]),
    ({"not": {"patternProperties": {"^x[0-9]+": {"const": 1}}}}, [{"x0": "a"}, {"x00": "a"}]),
    ({"not": {"minLength": 2}}, ["a"]),
    ({"not": {"maxItems": 1}}, [["a", ""]]),
    ({"not": {"uniqueItems": True}}, [["a", "a"]]),
    ({"not": {"maximum": -1}}, [1, 0.5]),
    ({"not": {"type": "number"}}, ["True", False, [], {}, None]),
    ({"not": {"multipleOf": 2}, "type": "integer"}, [1]),
    ({"not": {"format": "uuid"}}, ["word"]),
    ({"oneOf": [{"const": 1}, {"const": 1}, {"const": 2}]}, [2]),
    (
        {
            "oneOf": [
                {"properties": {"k": {"const": 1}}, "required": ["k"]},
                {"properties": {"k": {"const": 2}}, "required": ["k"]},
            ]
        },
        [{"k": 1}, {"k": 2}],
    ),
    (
        {
            "oneOf": [
                {"properties": {"k": {"const": 1}}, "type": "object"},
                {"properties": {"k": {"const": 2}}, "type": "object"},
            ]
        },
        [{"k": 1}, {"k": 2}],
    ),
    (
        {
            "oneOf": [
                {"properties": {"k": {"const": 1}}, "type": ["object", "null"], "required": ["k"]},
                {"properties": {"k": {"const": 2}}, "type": ["object", "null"], "required": ["k"]},
            ]
        },
        [{"k": 1}, {"k": 2}],
    ),
    (
        {
            "oneOf": [
                {"properties": {"k": {"const": 1}}, "type": "object", "required": ["k"]},
                {"properties": {"k": {"const": "1"}}, "type": "object", "required": ["k"]},
            ]
        },
        [{"k": 1}, {"k": "1"}],
    ),
    (
        {
            "oneOf": [
                {"properties": {"k": {"const": 1}}, "type": "object", "required": ["k"]},
                {"properties": {"k": {"const": True}}, "type": "object", "required": ["k"]},
            ]
        },
        [{"k": 1}, {"k": True}],
    ),
    ({"enum": [1, True, "a", None, 0.5, 2.0], "type": "number"}, [1, 0.5, 2.0]),
    ({"enum": [1, True, "a", None, 0.5, 2.0], "type": "integer"}, [1, 2.0]),
    ({"enum": ["abc", "é日本", "🎬🎬"], "maxLength": 2}, ["🎬🎬"]),
    ({"enum": ["a,b", "b"], "pattern": "^b"}, ["b"]),
    ({"enum": [1, 2, 3], "not": {"const": 2.0}}, [1, 3]),
    ({"enum": [0, False, None, ""], "not": {"enum": [0, ""]}}, [False, None]),
    ({"type": "array", "items": {"type": "integer"}, "not": {"maxItems": 1}, "maxItems": 2}, [[1, 0]]),
    ({"type": "string", "maxLength": 4, "not": {"maxLength": 3}}, ["aaaa"]),
    ({"anyOf": [{"type": "string", "minLength": 5}, {"type": "string", "pattern": "^é"}], "maxLength": 1}, ["é"]),
    ({"allOf": [{"anyOf": [{"const": 1}, {"const": 2}]}, {"anyOf": [{"const": 2}, {"const": 3}]}]}, [2]),
    ({"if": {"const": 1}, "then": {"const": 2}, "enum": [1, 3]}, [3]),
    ({"if": {"type": "integer"}, "else": {"const": "b"}, "enum": [1, "a", "b"]}, ["b", 1]),
    (
        {
            "dependentSchemas": {"a": {"properties": {"b": {"const": 7}}, "required": ["b"]}},
            "type": "object",
            "required": ["a"],
        },
        [{"b": 7, "a": "a"}],
    ),
    (
        {
            "allOf": [{"properties": {"b": {"const": 7}}}, {"properties": {"b": {"const": 8}}, "required": ["b"]}],
            "type": "object",
        },
        [],
    ),
    (
        {"allOf": [{"required": ["b"]}, {"properties": {"a": {"const": 1}}}], "type": "object", "maxProperties": 2},
        [{"b": "a"}],
    ),
    ({"enum": [1, 2, 3], "allOf": [{"not": {"const": 1}}, {"not": {"const": 2}}]}, [3]),
    ({"enum": ["é", "éé"], "minLength": 2}, ["éé"]),
    ({"enum": ["🎬", "🎬🎬"], "minLength": 2}, ["🎬🎬"]),
    ({"enum": ["ab", "🎬🎬", "abc"], "maxLength": 2}, ["ab", "🎬🎬"]),
    (
        {
            "type": "string",
            "allOf": [{"not": {"format": "date"}}, {"not": {"format": "uuid"}}],
            "examples": ["2025-08-01", "x"],
        },
        ["x"],
    ),
    (
        {
            "allOf": [
                {"properties": {"a": {"type": "string"}}},
                {"properties": {"a": {"type": "integer"}}, "required": ["a"]},
            ]
        },
        ["a", 1, 0.5, False, [], None],
    ),
    ({"not": {"minimum": -5}, "type": "integer"}, [-6]),
    ({"not": {"exclusiveMaximum": -5}, "type": "integer"}, [1]),
    ({"type": "string", "pattern": "^[a-z]+$", "minLength": 30}, ["aaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"]),
    ({"type": "array", "items": {"enum": [1, 2]}, "minItems": 3, "not": {"items": {"const": 1}}}, [[2, 1, 2]]),
    ({"type": "string", "format": "uri", "examples": ["b", "https://b.example"]}, ["https://b.example"]),
]
"""A schema, and the simplest value for each way to satisfy it."""


@pytest.mark.parametrize(("schema", "found"), SIMPLEST, ids=[str(schema)[:80] for schema, _ in SIMPLEST])
def test_the_simplest_values_of_a_schema_are_these(schema: Any, found: list[Any]) -> None:
    assert repr([*BOUNDARIES.each(schema)]) == repr(found)
    assert repr(BOUNDARIES.simplest(schema)) == repr(found[0] if found else NOTHING)


@pytest.mark.parametrize(
    "schema",
    [
        False,
        {"enum": []},
        {"type": "integer", "minimum": 2, "exclusiveMaximum": 2},
        {"type": "string", "minLength": 3, "maxLength": 2},
        {"type": "array", "items": {"enum": [1, 2]}, "uniqueItems": True, "minItems": 3},
        {"type": "array", "items": {"type": "integer"}, "contains": {"type": "string"}},
        {"type": "array", "items": {"const": 5}, "contains": {"const": 5}, "minContains": 3, "maxItems": 2},
        {"type": "array", "items": False, "minItems": 1},
        {"type": "array", "prefixItems": [True], "items": False, "minItems": 2},
        {"type": "object", "properties": {"a": False}, "required": ["a"]},
        {"type": "object", "properties": {"a": {}}, "additionalProperties": False, "minProperties": 2},
        {"type": "object", "required": ["a", "b"], "maxProperties": 1},
        {"type": "object", "propertyNames": {"maxLength": 1}, "required": ["ab"]},
        {"type": "string", "contentMediaType": "application/json", "contentSchema": False},
        {"type": "array", "prefixItems": [False], "minItems": 1},
        {"type": "array", "prefixItems": [{"const": 1}, {"const": 2}], "contains": {"const": 5}, "maxItems": 2},
        {"type": "array", "contains": {"const": 5}, "maxItems": 0},
        {"enum": [1], "not": {"const": 1.0}},
        {"type": "integer", "minimum": 1.1, "maximum": 1.9},
        {"type": "string", "enum": ["abc"], "maxLength": 2},
        {"type": "string", "format": "date", "enum": ["today"]},
        {
            "allOf": [{"properties": {"a": {"type": "string"}}}, {"properties": {"a": {"type": "integer"}}}],
            "required": ["a"],
            "type": "object",
        },
        {"type": "object", "required": ["a"], "additionalProperties": False},
        {"type": "object", "required": ["b"], "patternProperties": {"^a": {}}, "additionalProperties": False},
        {"$ref": "#/components/schemas/Pair", "required": ["c"]},
        {"type": "object", "minProperties": 2, "maxProperties": 1},
        {"type": "array", "prefixItems": [True], "items": False, "not": {"uniqueItems": True}},
        {"enum": ["🎬"], "minLength": 2},
        {"enum": ["é"], "minLength": 2},
        {"type": "object", "properties": {"a": {"type": "array", "items": False, "minItems": 1}}, "required": ["a"]},
    ],
    ids=str,
)
def test_a_schema_without_values_has_no_boundary(schema: Any) -> None:
    assert not ALTERNATIVES.possible(schema)
    assert BOUNDARIES.of(schema) == ()
    assert BOUNDARIES.simplest(schema) is NOTHING
