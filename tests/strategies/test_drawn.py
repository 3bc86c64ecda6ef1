"""Of a schema with few values, each is drawn, and no other.

Values that are drawn by trial, and how those of wide schemas are spread, are in `test_complete`.
"""

from __future__ import annotations

import json
from typing import Any

import pytest
from hypothesis import Phase, given, seed, settings

from apicontract.strategies.contract_strategies import strategies_of
from tests.strategies.documents import few
from tests.support.orchard import orchard_with

CHAIN = {
    "type": "object",
    "properties": {"next": {"$ref": "#/components/schemas/Chain"}},
    "additionalProperties": False,
}
INSTANCES = strategies_of(orchard_with(Chain=CHAIN)).instances
ROUNDS = 40

VALUES: list[tuple[Any, list[Any]]] = [
    ({"type": ["boolean", "null"]}, [None, True, False]),
    ({"enum": [1, True, "1", None, [1], {"a": 1}]}, [1, "1", [1], None, True, {"a": 1}]),
    ({"enum": [1, 2, 3], "not": {"const": 2.0}}, [1, 3]),
    ({"type": "integer", "minimum": 1, "maximum": 3}, [1, 2, 3]),
    ({"type": "integer", "exclusiveMinimum": 0.5, "exclusiveMaximum": 3}, [1, 2]),
    ({"type": "integer", "multipleOf": 3, "minimum": 4, "maximum": 13}, [6, 9, 12]),
    ({"type": "integer", "multipleOf": 3, "minimum": 4, "maximum": 13, "not": {"const": 9}}, [6, 12]),
    ({"type": "integer", "not": {"multipleOf": 2}, "minimum": 1, "maximum": 6}, [1, 3, 5]),
    ({"type": "integer", "minimum": 1, "maximum": 4, "not": {"enum": [2, "a"]}}, [1, 3, 4]),
    ({"type": "integer", "allOf": [{"multipleOf": 2}, {"multipleOf": 3}], "minimum": 1, "maximum": 13}, [6, 12]),
    ({"type": "number", "multipleOf": 0.5, "minimum": 0.25, "maximum": 1.25}, [1, 0.5, 1.0]),
    ({"type": "number", "minimum": 0.5, "maximum": 0.5}, [0.5]),
    ({"type": "string", "pattern": "^[ab]{1,2}$"}, ["a", "b", "aa", "ab", "ba", "bb"]),
    ({"type": "string", "maxLength": 0}, [""]),
    ({"type": "string", "contentMediaType": "application/json", "contentSchema": {"enum": ["é", 1]}}, ["1", '"é"']),
    (
        {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"enum": ["long", 1]},
            "maxLength": 3,
        },
        ["1"],
    ),
    (
        {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {"enum": ["long", 1]},
            "pattern": "^1",
        },
        ["1"],
    ),
    (
        {
            "type": "string",
            "contentMediaType": "application/json",
            "contentEncoding": "base64",
            "contentSchema": {"enum": ["é", 1]},
        },
        ["MQ==", "IsOpIg=="],
    ),
    (
        {"type": "array", "items": {"enum": ["a", "b"]}, "maxItems": 2},
        [[], ["a"], ["b"], ["a", "a"], ["a", "b"], ["b", "a"], ["b", "b"]],
    ),
    (
        {"type": "array", "items": {"enum": ["a", "b", "c"]}, "uniqueItems": True, "minItems": 2, "maxItems": 2},
        [["a", "b"], ["a", "c"], ["b", "a"], ["b", "c"], ["c", "a"], ["c", "b"]],
    ),
    (
        {"type": "array", "items": {"enum": [1, "1", True]}, "uniqueItems": True, "maxItems": 1},
        [[], [1], ["1"], [True]],
    ),
    (
        {"type": "array", "items": {"const": "a"}, "minItems": 1},
        [["a"], ["a", "a"], ["a", "a", "a"], ["a", "a", "a", "a"], ["a", "a", "a", "a", "a"]],
    ),
    (
        {"type": "array", "items": {"type": "boolean"}, "minItems": 1, "maxItems": 2},
        [[True], [False], [True, True], [False, True], [True, False], [False, False]],
    ),
    (
        {"type": "array", "items": {"type": "boolean"}, "uniqueItems": True},
        [[], [True], [False], [False, True], [True, False]],
    ),
    ({"type": "array", "items": {"type": "boolean"}, "maxItems": 0}, [[]]),
    (
        {"type": "array", "prefixItems": [{"const": 1}, {"const": 2}], "items": {"const": 3}, "maxItems": 4},
        [[], [1], [1, 2], [1, 2, 3], [1, 2, 3, 3]],
    ),
    (
        {
            "type": "array",
            "prefixItems": [{"const": 1}, {"const": 2}],
            "items": {"const": 3},
            "minItems": 2,
            "maxItems": 3,
        },
        [[1, 2], [1, 2, 3]],
    ),
    ({"type": "array", "prefixItems": [{"const": 1}, {"const": 2}], "items": False}, [[], [1], [1, 2]]),
    ({"type": "array", "prefixItems": [{"const": 1}, False]}, [[], [1]]),
    (
        {"type": "array", "prefixItems": [{"enum": [1, 2]}, {"enum": [1, 2]}], "items": False, "uniqueItems": True},
        [[], [1], [2], [1, 2], [2, 1]],
    ),
    ({"type": "array", "items": {"enum": [1, 2]}, "contains": {"const": 2}, "maxItems": 2}, [[2], [2, 1], [2, 2]]),
    (
        {"type": "array", "items": {"enum": [1, 2]}, "contains": {"const": 2}, "minContains": 2, "maxItems": 3},
        [[2, 2], [2, 2, 1], [2, 2, 2]],
    ),
    (
        {
            "type": "array",
            "prefixItems": [{"enum": [1, 2]}],
            "items": {"const": 3},
            "contains": {"const": 3},
            "maxItems": 3,
        },
        [[1, 3], [2, 3], [1, 3, 3], [2, 3, 3]],
    ),
    ({"type": "array", "items": {"enum": [1, 2]}, "not": {"uniqueItems": True}, "maxItems": 2}, [[1, 1], [2, 2]]),
    (
        {"type": "array", "items": {"enum": [1, 2]}, "not": {"uniqueItems": True}, "minItems": 3, "maxItems": 3},
        [[1, 1, 1], [1, 2, 1], [2, 1, 2], [2, 2, 2]],
    ),
    (
        {
            "type": "array",
            "items": {"enum": [1, 2]},
            "not": {"uniqueItems": True},
            "contains": {"const": 2},
            "maxItems": 2,
        },
        [[2, 2]],
    ),
    (
        {"type": "object", "properties": {"a": {"const": 1}, "b": {"const": 2}}, "additionalProperties": False},
        [{}, {"a": 1}, {"b": 2}, {"a": 1, "b": 2}],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}, "d": {"const": 4}},
            "additionalProperties": False,
        },
        [
            {},
            {"a": 1},
            {"b": 2},
            {"c": 3},
            {"d": 4},
            {"a": 1, "b": 2},
            {"a": 1, "c": 3},
            {"a": 1, "d": 4},
            {"b": 2, "c": 3},
            {"b": 2, "d": 4},
            {"c": 3, "d": 4},
            {"a": 1, "b": 2, "c": 3},
            {"a": 1, "b": 2, "d": 4},
            {"a": 1, "c": 3, "d": 4},
            {"b": 2, "c": 3, "d": 4},
            {"a": 1, "b": 2, "c": 3, "d": 4},
        ],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "additionalProperties": False,
            "required": ["b"],
        },
        [{"b": 2}, {"a": 1, "b": 2}, {"b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3}],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "additionalProperties": False,
            "minProperties": 1,
            "maxProperties": 2,
        },
        [{"a": 1}, {"b": 2}, {"c": 3}, {"a": 1, "b": 2}, {"a": 1, "c": 3}, {"b": 2, "c": 3}],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "additionalProperties": False,
            "required": ["c"],
            "maxProperties": 2,
        },
        [{"c": 3}, {"a": 1, "c": 3}, {"b": 2, "c": 3}],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "additionalProperties": False,
            "required": ["c"],
            "minProperties": 2,
        },
        [{"a": 1, "c": 3}, {"b": 2, "c": 3}, {"a": 1, "b": 2, "c": 3}],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}},
            "additionalProperties": False,
            "dependentRequired": {"a": ["b"]},
        },
        [{}, {"b": 2}, {"a": 1, "b": 2}],
    ),
    (
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}},
            "additionalProperties": False,
            "x-exclusive": [["a", "b"]],
        },
        [{}, {"a": 1}, {"b": 2}],
    ),
    ({"type": "object", "properties": {"a": False, "b": {"const": 1}}, "additionalProperties": False}, [{}, {"b": 1}]),
    (
        {"type": "object", "additionalProperties": {"const": 0}, "propertyNames": {"enum": ["p", "q"]}},
        [{}, {"p": 0}, {"q": 0}, {"p": 0, "q": 0}],
    ),
    (
        {
            "type": "object",
            "additionalProperties": {"const": 0},
            "propertyNames": {"enum": ["p", "q", "r"]},
            "minProperties": 2,
        },
        [{"p": 0, "q": 0}, {"p": 0, "r": 0}, {"q": 0, "r": 0}, {"p": 0, "q": 0, "r": 0}],
    ),
    (
        {
            "type": "object",
            "additionalProperties": {"const": 0},
            "propertyNames": {"enum": ["p", "q", "r"]},
            "maxProperties": 1,
        },
        [{}, {"p": 0}, {"q": 0}, {"r": 0}],
    ),
    (
        {
            "type": "object",
            "properties": {"p": {"const": 1}},
            "required": ["p"],
            "additionalProperties": {"const": 0},
            "propertyNames": {"enum": ["p", "q", "r"]},
            "maxProperties": 2,
        },
        [{"p": 1}, {"p": 1, "q": 0}, {"p": 1, "r": 0}],
    ),
    (
        {"type": "object", "patternProperties": {"^x[0-9]$": {"const": 1}}, "additionalProperties": False},
        [{}, {"x0": 1}],
    ),
    (
        {"oneOf": [{"type": "integer", "minimum": 1, "maximum": 3}, {"type": "integer", "minimum": 3, "maximum": 4}]},
        [1, 2, 4],
    ),
    (
        {
            "anyOf": [
                {"const": 1},
                {"type": "object", "properties": {"a": {"const": 1}}, "additionalProperties": False},
                {"type": "null"},
            ]
        },
        [1, {}, None, {"a": 1}],
    ),
    (
        {
            "anyOf": [
                {"type": "object", "properties": {"a": {"const": 1}}, "additionalProperties": False, "required": ["a"]},
                {"type": "object", "properties": {"b": {"const": 1}}, "additionalProperties": False, "required": ["b"]},
            ]
        },
        [{"a": 1}, {"b": 1}],
    ),
    (
        {"$ref": "#/components/schemas/Chain"},
        [{}, {"next": {}}, {"next": {"next": {}}}, {"next": {"next": {"next": {}}}}],
    ),
]
"""A schema, and all its values that are drawn: an array has what it must contain behind its first items."""


@pytest.mark.parametrize(("schema", "values"), VALUES, ids=[str(schema)[:80] for schema, _ in VALUES])
def test_each_value_is_drawn_and_no_other(schema: Any, values: list[Any]) -> None:
    """1, 1.0 and true are told apart; luck decides nothing, as draws go on until all have come up."""
    wanted = {json.dumps(value, sort_keys=True) for value in values}
    found: set[str] = set()

    @settings(few, max_examples=60, phases=[Phase.generate], derandomize=False)
    @given(INSTANCES.of(schema))
    def draw(value: Any) -> None:
        found.add(json.dumps(value, sort_keys=True))

    for number in range(ROUNDS):
        if found != wanted:
            seed(number)(draw)()
    assert found == wanted
