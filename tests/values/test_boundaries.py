"""The values on the bounds of a schema, in their order: numbers, strings, arrays, objects, and rules between them."""

from __future__ import annotations

from collections.abc import Mapping
from itertools import combinations
from typing import Any

import pytest

from apicontract.values.document import values_of
from apicontract.values.uploads import Upload
from tests.support.orchard import orchard_with

NAMES = ("a", "b", "c", "d")
PAIR = {"type": "object", "properties": {"a": {"const": 1}, "b": {"const": 2}}, "additionalProperties": False}
CHAIN = {
    "type": "object",
    "properties": {"next": {"$ref": "#/components/schemas/Chain"}},
    "additionalProperties": False,
}
BOUNDARIES = values_of(orchard_with(Pair=PAIR, Chain=CHAIN).document).boundaries

BOUNDS: list[tuple[Any, list[tuple[tuple[str | int, ...], str, Any]]]] = [
    ({"type": "integer", "minimum": 3, "maximum": 7}, [((), "minimum", 3), ((), "maximum", 7)]),
    ({"type": "integer", "exclusiveMinimum": 2.5, "exclusiveMaximum": 9}, [((), "minimum", 3), ((), "maximum", 8)]),
    (
        {"type": "integer", "examples": [5, True, 2.5, 7], "default": 0},
        [((), "a number", 5), ((), "a number", 7), ((), "a number", 0)],
    ),
    (
        {"type": "number", "minimum": 1, "exclusiveMaximum": 2},
        [
            ((), "minimum", 1),
            ((), "next to the minimum", 1.0000000000000002),
            ((), "near the minimum", 1.5),
            ((), "next to the maximum", 1.9999999999999998),
        ],
    ),
    (
        {"type": "number", "maximum": -1},
        [((), "maximum", -1), ((), "next to the maximum", -1.0000000000000002), ((), "near the maximum", -1.5)],
    ),
    ({"type": "number", "minimum": 0.5, "maximum": 0.5}, [((), "minimum", 0.5)]),
    (
        {"type": "integer", "multipleOf": 3, "minimum": 4, "maximum": 13},
        [((), "a multiple", 6), ((), "a multiple", 12)],
    ),
    (
        {"type": "number", "multipleOf": 0.5, "minimum": 0.25, "maximum": 1.25},
        [((), "a multiple", 1.0), ((), "minimum", 1), ((), "a multiple", 0.5)],
    ),
    ({"type": "integer", "not": {"multipleOf": 4}, "minimum": 4}, [((), "no multiple", 6.0), ((), "no multiple", 5)]),
    ({"type": ["null", "boolean"]}, [((), "false", False), ((), "true", True), ((), "null", None)]),
    (
        {"enum": [1, "a", None, True, [2]]},
        [
            ((), "the value 1", 1),
            ((), 'the value "a"', "a"),
            ((), "the value null", None),
            ((), "the value true", True),
            ((), "the value [2]", [2]),
        ],
    ),
    (
        {"type": ["string", "boolean"], "enum": [1, "a", None, True, 1.0]},
        [((), 'the value "a"', "a"), ((), "the value true", True)],
    ),
    (
        {"enum": ["b", "a", 1, True], "not": {"enum": ["a", 1]}},
        [((), 'the value "b"', "b"), ((), "the value true", True)],
    ),
    ({"allOf": [{"enum": [3, 2, 1]}, {"enum": [1.0, 3, True]}]}, [((), "the value 1.0", 1.0), ((), "the value 3", 3)]),
    ({"type": "string", "minLength": 2, "maxLength": 3}, [((), "a text", "aa"), ((), "longest", "aaa")]),
    ({"type": "string", "minLength": 0, "maxLength": 0}, [((), "a text", "")]),
    ({"type": "string", "format": "date"}, [((), "a text", "2025-08-01"), ((), "a text", "2024-02-29")]),
    (
        {"type": "string", "format": "uri", "maxLength": 30},
        [((), "a text", "https://example.com/a.mp4"), ((), "longest", "https://example.com/a.mp444444")],
    ),
    ({"type": "string", "pattern": "^[0-9]{2,3}$", "examples": ["123", "x"]}, [((), "a text", "123")]),
    (
        {"type": "string", "not": {"pattern": "^[0-9]{2,3}$"}},
        [((), "a text", " 00"), ((), "a text", "00 "), ((), "a text", "0"), ((), "a text", "a"), ((), "shortest", "")],
    ),
    (
        {"type": "string", "not": {"const": "Ready"}, "minLength": 1},
        [
            ((), "a text", "Readys"),
            ((), "a text", "READY"),
            ((), "a text", " Ready"),
            ((), "a text", "Read"),
            ((), "shortest", "R"),
        ],
    ),
    (
        {"type": "string", "not": {"enum": ["on", "off"]}, "examples": ["auto"]},
        [
            ((), "a text", "auto"),
            ((), "a text", "ons"),
            ((), "a text", "ON"),
            ((), "a text", " on"),
            ((), "shortest", ""),
        ],
    ),
    (
        {"type": "string", "examples": ["x", 5, "on"], "default": "y", "minLength": 1},
        [((), "a text", "x"), ((), "a text", "on"), ((), "a text", "y")],
    ),
    (
        {"type": "string", "contentMediaType": "application/json", "contentSchema": {"enum": ["é", 2]}},
        [((), 'JSON text: the value "é"', '"é"'), ((), "JSON text: the value 2", "2")],
    ),
    (
        {
            "type": "string",
            "contentMediaType": "application/json",
            "contentEncoding": "base64",
            "contentSchema": {"const": "é"},
        },
        [((), 'JSON text: the value "é"', "IsOpIg==")],
    ),
    (
        {"type": "array", "items": {"enum": ["a", "b"]}, "minItems": 1, "maxItems": 3},
        [((), "fewest items", ["a"]), ((), "most items", ["a", "b", "a"]), ((0,), 'the value "b"', ["b"])],
    ),
    (
        {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True},
        [
            ((), "fewest items", []),
            ((), "most items", ["a", "b"]),
            ((0,), 'the value "a"', ["a"]),
            ((0,), 'the value "b"', ["b"]),
        ],
    ),
    (
        {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": True, "maxItems": 1},
        [((), "fewest items", []), ((), "most items", ["a"]), ((0,), 'the value "b"', ["b"])],
    ),
    (
        {"type": "array", "items": {"enum": [1, "1"]}, "uniqueItems": True, "maxItems": 9},
        [
            ((), "fewest items", []),
            ((), "most items", [1, "1"]),
            ((0,), "the value 1", [1]),
            ((0,), 'the value "1"', ["1"]),
        ],
    ),
    (
        {"type": "array", "items": {"type": "boolean"}, "minItems": 3},
        [
            ((), "fewest items", [False, True, False]),
            ((0,), "false", [False, False, True]),
            ((0,), "true", [True, False, True]),
        ],
    ),
    (
        {"type": "array", "items": {"type": "integer", "minimum": 5}, "minItems": 6, "uniqueItems": True},
        [((), "fewest items", [5, 6, 7, 8, 9, 10])],
    ),
    (
        {
            "type": "array",
            "items": {"type": "string", "pattern": "^a[0-9]+$"},
            "minItems": 5,
            "maxItems": 5,
            "uniqueItems": True,
        },
        [((), "fewest items", ["a0", "a1", "a2", "a3", "a4"])],
    ),
    (
        {"type": "array", "prefixItems": [{"const": 1}, {"const": 2}], "items": {"const": 3}, "minItems": 1},
        [((), "fewest items", [1])],
    ),
    (
        {
            "type": "array",
            "prefixItems": [{"const": 1}, {"const": 2}],
            "items": {"const": 3},
            "minItems": 4,
            "maxItems": 5,
        },
        [((), "fewest items", [1, 2, 3, 3]), ((), "most items", [1, 2, 3, 3, 3])],
    ),
    (
        {"type": "array", "prefixItems": [{"const": 1}, {"const": 2}], "items": False},
        [((), "fewest items", []), ((), "most items", [1, 2])],
    ),
    (
        {"type": "array", "prefixItems": [{"const": 1}, {"const": 2}], "items": False, "maxItems": 1},
        [((), "fewest items", []), ((), "most items", [1])],
    ),
    (
        {
            "allOf": [
                {"type": "array", "prefixItems": [{"minimum": 3}], "items": {"type": "integer"}},
                {"prefixItems": [{"maximum": 3}, {"const": 8}], "minItems": 3},
            ]
        },
        [((), "fewest items", ["a", 8, 1])],
    ),
    (
        {"type": "array", "items": {"enum": [7, 8]}, "contains": {"const": 8}, "maxItems": 2},
        [((), "fewest items", [8]), ((), "most items", [8, 7]), ((0,), "the value 7", [7, 8])],
    ),
    (
        {"type": "array", "items": {"enum": [1, 2, 5]}, "contains": {"const": 5}, "minContains": 2, "maxItems": 3},
        [
            ((), "fewest items", [5, 5]),
            ((), "most items", [5, 5, 1]),
            ((0,), "the value 1", [1, 5, 5]),
            ((0,), "the value 2", [2, 5, 5]),
        ],
    ),
    (
        {
            "type": "array",
            "items": {"enum": [4, 5, 6]},
            "contains": {"minimum": 5},
            "minContains": 2,
            "uniqueItems": True,
        },
        [
            ((), "fewest items", [5, 6]),
            ((), "most items", [5, 6, 4]),
            ((0,), "the value 4", [4, 5, 6]),
            ((0,), "the value 6", [6, 5]),
        ],
    ),
    (
        {"type": "array", "items": {"enum": [4, 5]}, "contains": {"const": 5}, "minContains": 0},
        [((), "fewest items", []), ((0,), "the value 4", [4]), ((0,), "the value 5", [5])],
    ),
    (
        {
            "allOf": [
                {"type": "array", "items": {"enum": [4, 5, 6]}, "contains": {"const": 5}},
                {"contains": {"const": 6}},
            ]
        },
        [((), "fewest items", [5, 6]), ((0,), "the value 4", [4, 5, 6]), ((0,), "the value 6", [6, 5])],
    ),
    (
        {
            "type": "array",
            "prefixItems": [{}, {"enum": [4, 5]}],
            "items": {"const": 6},
            "contains": {"const": 5},
            "maxItems": 2,
        },
        [((), "fewest items", [5]), ((), "most items", [5, 4])],
    ),
    (
        {"type": "array", "items": {"enum": [1, 2]}, "not": {"uniqueItems": True}},
        [((), "fewest items", [1, 1]), ((0,), "the value 2", [2, 2])],
    ),
    ({"type": "array", "maxItems": 0}, [((), "fewest items", [])]),
    (
        {
            "type": "object",
            "properties": {"a": {"enum": [1, 2]}, "b": {"type": "boolean"}},
            "required": ["b"],
            "additionalProperties": False,
        },
        [
            ((), "only what is required", {"b": False}),
            ((), "all that can be given", {"a": 1, "b": False}),
            (("a",), "the value 2", {"a": 2, "b": False}),
            (("b",), "true", {"b": True}),
        ],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "additionalProperties": False,
            "maxProperties": 2,
        },
        [
            ((), "only what is required", {}),
            ((), "all that can be given", {"a": 1, "b": 2}),
            (("a",), "the value 1", {"a": 1}),
            (("b",), "the value 2", {"b": 2}),
            (("c",), "the value 3", {"c": 3}),
        ],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "additionalProperties": False,
            "minProperties": 2,
            "maxProperties": 2,
        },
        [((), "only what is required", {"a": 1, "b": 2}), (("c",), "the value 3", {"a": 1, "c": 3})],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "additionalProperties": False,
            "required": ["c"],
            "maxProperties": 2,
        },
        [
            ((), "only what is required", {"c": 3}),
            ((), "all that can be given", {"a": 1, "c": 3}),
            (("b",), "the value 2", {"b": 2, "c": 3}),
        ],
    ),
    (
        {"type": "object", "additionalProperties": {"enum": ["x", "y"]}},
        [
            ((), "only what is required", {}),
            (("key",), 'the value "x"', {"key": "x"}),
            (("key",), 'the value "y"', {"key": "y"}),
        ],
    ),
    (
        {"type": "object", "additionalProperties": {"const": 0}, "minProperties": 4},
        [((), "only what is required", {"key": 0, "another key": 0, "key0": 0, "key1": 0})],
    ),
    (
        {"type": "object", "required": ["key"], "additionalProperties": {"const": 0}, "minProperties": 3},
        [((), "only what is required", {"key": 0, "another key": 0, "key0": 0})],
    ),
    (
        {
            "type": "object",
            "additionalProperties": {"const": 0},
            "propertyNames": {"enum": ["p", "q", "r"]},
            "minProperties": 2,
        },
        [((), "only what is required", {"p": 0, "q": 0})],
    ),
    (
        {
            "type": "object",
            "properties": {"p": {"const": 1}, "s": {"const": 2}},
            "additionalProperties": {"const": 0},
            "propertyNames": {"enum": ["p", "q", "r"]},
        },
        [((), "only what is required", {}), ((), "all that can be given", {"p": 1}), (("q",), "the value 0", {"q": 0})],
    ),
    (
        {
            "type": "object",
            "additionalProperties": {"const": 0},
            "propertyNames": {"pattern": "^x-"},
            "minProperties": 3,
        },
        [((), "only what is required", {"x-": 0, "x-0": 0, "x-1": 0})],
    ),
    (
        {"type": "object", "patternProperties": {"^x-": {"const": 1}}, "additionalProperties": False},
        [((), "only what is required", {}), ((), "all that can be given", {"x-": 1})],
    ),
    (
        {
            "type": "object",
            "properties": {"key": {"const": 1}},
            "patternProperties": {"^a": {"const": 3}},
            "additionalProperties": {"const": "z"},
        },
        [
            ((), "only what is required", {}),
            ((), "all that can be given", {"key": 1, "a": 3}),
            (("key",), "the value 1", {"key": 1}),
            (("a",), "the value 3", {"a": 3}),
            (("unknown",), 'the value "z"', {"unknown": "z"}),
        ],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}},
            "additionalProperties": False,
            "dependentRequired": {"a": ["b"]},
        },
        [
            ((), "only what is required", {}),
            ((), "all that can be given", {"b": 2}),
            ((), "only what is required", {"a": 1, "b": 2}),
        ],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}},
            "additionalProperties": False,
            "dependentSchemas": {"a": {"required": ["b"]}},
        },
        [
            ((), "only what is required", {}),
            ((), "all that can be given", {"b": 2}),
            ((), "only what is required", {"a": 1, "b": 2}),
        ],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "additionalProperties": False,
            "x-exclusive": [["a", "b", "c"]],
        },
        [
            ((), "only what is required", {}),
            ((), "all that can be given", {"a": 1}),
            ((), "all that can be given", {"b": 2}),
            ((), "all that can be given", {"c": 3}),
        ],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}, "d": {"const": 4}},
            "additionalProperties": False,
            "x-exclusive": [["a", "b"], ["c", "d"]],
            "required": ["a", "d"],
        },
        [((), "only what is required", {"a": 1, "d": 4})],
    ),
    (
        {
            "allOf": [
                {"type": "object", "properties": {"a": {"const": 1}, "b": {"const": 2}}, "additionalProperties": False},
                {"type": "object", "properties": {"b": {"type": "integer"}, "c": {}}},
            ]
        },
        [
            ((), "only what is required", {}),
            ((), "all that can be given", {"a": 1, "b": 2}),
            (("a",), "the value 1", {"a": 1}),
            (("b",), "the value 2", {"b": 2}),
        ],
    ),
    (
        {"oneOf": [{"type": "integer", "maximum": 5}, {"type": "integer", "minimum": 3}]},
        [((), "maximum", 2), ((), "a number", 1), ((), "a number", 0), ((), "minimum", 6)],
    ),
    ({"anyOf": [{"const": 1}, {"type": "null"}]}, [((), "the value 1", 1), ((), "null", None)]),
    (
        {"if": {"minimum": 5}, "then": {"multipleOf": 2, "maximum": 12}, "else": {"minimum": 3}, "type": "integer"},
        [((), "minimum", 3), ((), "maximum", 4), ((), "a multiple", 6), ((), "a multiple", 12)],
    ),
    ({"if": {"minimum": 5}, "then": False, "type": "integer", "minimum": 4}, [((), "minimum", 4)]),
    (
        {"$ref": "#/components/schemas/Pair", "required": ["a"]},
        [((), "only what is required", {"a": 1}), ((), "all that can be given", {"a": 1, "b": 2})],
    ),
    (
        {"$ref": "#/components/schemas/Chain"},
        [
            ((), "only what is required", {}),
            ((), "all that can be given", {"next": {}}),
            (("next",), "all that can be given", {"next": {"next": {}}}),
        ],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "additionalProperties": False,
            "dependentRequired": {"a": ["b", "c"]},
        },
        [
            ((), "only what is required", {}),
            ((), "all that can be given", {"b": 2, "c": 3}),
            ((), "only what is required", {"a": 1, "b": 2, "c": 3}),
            (("b",), "the value 2", {"b": 2}),
            (("c",), "the value 3", {"c": 3}),
        ],
    ),
    ({"type": "array", "prefixItems": [{"const": 1}, False]}, [((), "fewest items", [])]),
    (
        {"type": "array", "prefixItems": [{}, {}], "contains": {"const": 5}, "minContains": 2, "maxItems": 2},
        [((), "fewest items", [5, 5])],
    ),
    (
        {"type": "array", "prefixItems": [{"const": 1}, {}], "contains": {"const": 5}, "maxItems": 2},
        [((), "fewest items", [1, 5])],
    ),
    (
        {"type": "array", "prefixItems": [{"const": 1}], "items": {"enum": [1, 2]}, "contains": {"const": 1}},
        [((), "fewest items", [1])],
    ),
    (
        {
            "type": "array",
            "prefixItems": [{"enum": [1, 2]}, {"enum": [1, 2]}],
            "items": False,
            "uniqueItems": True,
            "minItems": 2,
        },
        [((), "fewest items", [1, 2])],
    ),
    (
        {
            "allOf": [
                {"type": "array", "items": {"enum": [1, 2]}, "minItems": 1},
                {"items": {"minimum": 2}, "maxItems": 2},
            ]
        },
        [((), "fewest items", [2]), ((), "most items", [2, 2])],
    ),
    (
        {
            "allOf": [
                {"type": "object", "additionalProperties": {"enum": [1, 2]}},
                {"additionalProperties": {"minimum": 2}},
            ]
        },
        [((), "only what is required", {}), (("key",), "the value 2", {"key": 2})],
    ),
    (
        {
            "allOf": [
                {"type": "object", "properties": {"a": {"enum": [1, 2]}}, "required": ["a"]},
                {"patternProperties": {"^a": {"minimum": 2}}, "additionalProperties": False},
            ]
        },
        [((), "only what is required", {"a": 2})],
    ),
    (
        {
            "allOf": [
                {"type": "object", "additionalProperties": {"const": 1}},
                {"properties": {"a": {"enum": [1, 2]}}, "required": ["a"], "additionalProperties": False},
            ]
        },
        [((), "only what is required", {"a": 1})],
    ),
    (
        {"type": "object", "properties": {"a": {"const": 1}}, "unevaluatedProperties": {"const": 2}},
        [
            ((), "only what is required", {}),
            ((), "all that can be given", {"a": 1}),
            (("key",), "the value 2", {"key": 2}),
        ],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}},
            "additionalProperties": False,
            "propertyNames": {"const": "b"},
        },
        [((), "only what is required", {}), ((), "all that can be given", {"b": 2})],
    ),
    ({"type": "string", "minLength": 11, "maxLength": 11, "pattern": "本"}, [((), "a text", "naïve 日本語 🎬")]),
    ({"type": "string", "format": "date", "minLength": 11}, []),
    ({"type": "string", "format": "uri-reference", "pattern": "^/"}, [((), "a text", "/a"), ((), "a text", "/")]),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "additionalProperties": False,
        },
        [
            ((), "only what is required", {}),
            ((), "all that can be given", {"a": 1, "b": 2, "c": 3}),
            (("a",), "the value 1", {"a": 1}),
            (("b",), "the value 2", {"b": 2}),
            (("c",), "the value 3", {"c": 3}),
            (("a",), "absent", {"b": 2, "c": 3}),
            (("b",), "absent", {"a": 1, "c": 3}),
            (("c",), "absent", {"a": 1, "b": 2}),
        ],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "additionalProperties": False,
            "minProperties": 2,
        },
        [
            ((), "only what is required", {"a": 1, "b": 2}),
            ((), "all that can be given", {"a": 1, "b": 2, "c": 3}),
            (("c",), "the value 3", {"a": 1, "c": 3}),
            (("a",), "absent", {"b": 2, "c": 3}),
        ],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}},
            "additionalProperties": False,
            "required": ["b"],
            "maxProperties": 1,
        },
        [((), "only what is required", {"b": 2})],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"type": "boolean"}, "b": {"type": "boolean"}},
            "additionalProperties": False,
        },
        [
            ((), "only what is required", {}),
            ((), "all that can be given", {"a": False, "b": False}),
            (("a",), "false", {"a": False}),
            (("a",), "true", {"a": True}),
            (("b",), "false", {"b": False}),
            (("b",), "true", {"b": True}),
        ],
    ),
    (
        {"type": "object", "properties": {"a": {"const": 1}}, "required": ["a"], "additionalProperties": {"const": 2}},
        [((), "only what is required", {"a": 1}), (("key",), "the value 2", {"a": 1, "key": 2})],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"enum": [1, 2]}},
            "patternProperties": {"^a": {"minimum": 2}},
            "additionalProperties": False,
        },
        [((), "only what is required", {}), ((), "all that can be given", {"a": 2})],
    ),
    (
        {"type": "object", "additionalProperties": {"const": 1}, "unevaluatedProperties": False},
        [((), "only what is required", {}), (("key",), "the value 1", {"key": 1})],
    ),
    (
        {"type": "array", "items": {"enum": ["a", "b"]}, "uniqueItems": False, "minItems": 3, "maxItems": 3},
        [
            ((), "fewest items", ["a", "b", "a"]),
            ((0,), 'the value "a"', ["a", "a", "b"]),
            ((0,), 'the value "b"', ["b", "a", "b"]),
        ],
    ),
    (
        {
            "allOf": [{"items": {"type": "integer"}}, {"prefixItems": [{}], "minItems": 2, "maxItems": 2}],
            "type": "array",
        },
        [((), "fewest items", [1, 1])],
    ),
    (
        {
            "allOf": [{"prefixItems": [{"const": 1}], "items": {"type": "boolean"}}, {"prefixItems": [{}, {}]}],
            "type": "array",
            "minItems": 2,
            "maxItems": 2,
        },
        [((), "fewest items", [1, False])],
    ),
    (
        {
            "allOf": [{"contains": {"const": 5}, "minContains": 2}, {"contains": {"const": 5}}],
            "type": "array",
            "items": {"const": 5},
        },
        [((), "fewest items", [5, 5])],
    ),
    (
        {"type": "array", "items": {"enum": [1, 2]}, "minItems": 2, "maxItems": 2, "not": {"items": {"const": 1}}},
        [((), "fewest items", [2, 1]), ((0,), "the value 1", [1, 2])],
    ),
    (
        {"kinds": ("string",), "upload": True},
        [
            ((), "a file", Upload("a.mp4", b"a", "video/mp4")),
            ((), "a file", Upload('header\r\nContent-Type: text/html\r\n\r\n".mp4', b"")),
            ((), "a file", Upload("large.mp4", b"x" * 1048576, "video/mp4")),
        ],
    ),
]
"""A schema, and its boundaries: the place, the name and the whole value of each."""


@pytest.mark.parametrize(("schema", "found"), BOUNDS, ids=[str(schema)[:80] for schema, _ in BOUNDS])
def test_the_boundaries_of_a_schema_are_these(schema: Any, found: list[tuple[tuple[str | int, ...], str, Any]]) -> None:
    """In this order; 1, 1.0 and true are told apart."""
    boundaries = BOUNDARIES.of(schema)
    assert repr([(boundary.path, boundary.about, boundary.value) for boundary in boundaries]) == repr(found)


@pytest.mark.parametrize("fewest", range(len(NAMES) + 1))
@pytest.mark.parametrize("required", [(), ("b",), ("a", "d")])
def test_each_property_that_may_be_absent_is_once_all_that_is_absent(required: tuple[str, ...], fewest: int) -> None:
    row: Mapping[str, Any] = {
        "type": "object",
        "properties": {name: {"const": name} for name in NAMES},
        "required": list(required),
        "additionalProperties": False,
        "minProperties": fewest,
    }
    found = {tuple(boundary.value) for boundary in values_of(orchard_with(Row=row).document).boundaries.of(row)}
    assert all(len(names) >= fewest and {*names} >= {*required} for names in found)
    assert NAMES in found
    if fewest < len(NAMES):
        assert {names for names in combinations(NAMES, len(NAMES) - 1) if {*names} >= {*required}} <= found
