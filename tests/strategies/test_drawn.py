"""Of a schema with few values, each is drawn, and no other.

Values that are drawn by trial, and how those of wide schemas are spread, are in `test_complete`.
"""

from __future__ import annotations

import json
import re
from functools import partial
from typing import Any

import jsonschema_rs
import pytest
from hypothesis import find, given, settings

from apicontract.checks.assertions import asserts
from apicontract.strategies.contract_strategies import strategies_of
from apicontract.strategies.formats import STRATEGIES
from apicontract.values.formats import FORMATS as KNOWN
from tests.strategies.documents import everything, few, searching
from tests.support.orchard import orchard_with

CHAIN = {
    "type": "object",
    "properties": {"next": {"$ref": "#/components/schemas/Chain"}},
    "additionalProperties": False,
}
INSTANCES = strategies_of(orchard_with(Chain=CHAIN)).instances

MANY = 2**53
"""From here on, not every integer is a float."""

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
    ({"type": "number", "exclusiveMinimum": MANY + 1, "maximum": MANY + 2}, [MANY + 2, float(MANY + 2)]),
    ({"type": "number", "minimum": -MANY - 2, "exclusiveMaximum": -MANY - 1}, [-MANY - 2, float(-MANY - 2)]),
    ({"type": "number", "minimum": MANY, "exclusiveMaximum": MANY + 1}, [MANY, float(MANY)]),
    ({"type": "number", "exclusiveMinimum": MANY, "exclusiveMaximum": MANY + 2}, [MANY + 1]),
    ({"type": "number", "minimum": 10**400, "maximum": 10**400}, [10**400]),
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
    ({"type": "array", "items": {"enum": [1, 2, 3]}, "contains": {"minimum": 2}, "maxItems": 1}, [[2], [3]]),
]
"""A schema, and all its values that are drawn: an array has what it must contain behind its first items."""


@pytest.mark.parametrize(("schema", "values"), VALUES, ids=[str(schema)[:80] for schema, _ in VALUES])
def test_each_value_is_drawn_and_no_other(schema: Any, values: list[Any]) -> None:
    """1, 1.0 and true are told apart."""
    wanted = {_text(value) for value in values}
    assert everything(INSTANCES.of(schema), wanted, _text) == wanted


def _text(value: Any) -> str:
    return json.dumps(value, sort_keys=True)


FORMATS: list[tuple[str, str, str]] = [
    ("date-time", r"[0-9]{4}-[01][0-9]-[0-3][0-9]T[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z", "1970-01-01T00:00:00Z"),
    ("date", r"[0-9]{4}-[01][0-9]-[0-3][0-9]", "1970-01-01"),
    ("time", r"[0-2][0-9]:[0-5][0-9]:[0-5][0-9]Z", "00:00:00Z"),
    ("duration", r"PT[0-9]{1,5}S", "PT0S"),
    ("uri", r"https://example\.com/[!-~]*", "https://example.com/"),
    ("uri-reference", r"/[!-~]*", "/"),
    ("uuid", r"[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}", ""),
    ("email", r"a@example\.com|first\.last\+tag@mail\.example\.org", "a@example.com"),
    ("hostname", r"example\.com|a|xn--nxasmq6b\.example", "example.com"),
    ("ipv4", r"[0-9]{1,3}(\.[0-9]{1,3}){3}", "0.0.0.0"),  # noqa: S104 - a text
    ("ipv6", r"[0-9a-f:]{2,39}", "::"),
]


@pytest.mark.parametrize(("name", "pattern", "simplest"), FORMATS)
def test_a_format_is_drawn_in_its_form(name: str, pattern: str, simplest: str) -> None:
    """The engine accepts each, and a table of forms, too; times are of any year from 1970 on."""
    found: list[str] = []

    @settings(few, max_examples=30)
    @given(STRATEGIES[name]())
    def draw(text: str) -> None:
        found.append(text)
        assert asserts("format", name, text)
        assert re.fullmatch(pattern, text)

    draw()
    assert simplest in ("", find(STRATEGIES[name](), lambda _: True, settings=searching))
    if name in ("date-time", "date"):
        assert {int(text[:4]) > 2100 for text in found} == {True, False}
        assert find(STRATEGIES[name](), lambda text: text > "9998", settings=searching) >= "9998-"
    assert STRATEGIES.keys() == {row[0] for row in FORMATS} == KNOWN.keys()


@pytest.mark.parametrize(
    ("schema", "wanted"),
    [
        ({"type": "integer", "maximum": -(2**60)}, [-(2**60)]),
        ({"type": "integer", "minimum": 2**60}, [2**60]),
        ({"type": "integer"}, []),
        ({"type": "number", "exclusiveMinimum": 0, "maximum": 1}, [1.0]),
        ({"type": "number", "minimum": 2**53 + 1, "maximum": 2**53 + 4}, [float(2**53 + 2), float(2**53 + 4)]),
        ({"type": "number", "exclusiveMinimum": 2**53, "exclusiveMaximum": 2**53 + 3}, [float(2**53 + 2)]),
        ({"type": "number", "not": {"multipleOf": 1}, "minimum": 0, "maximum": 2}, [0.5]),
        ({"kinds": ("fraction",), "minimum": 0, "maximum": 2}, [0.5]),
        ({"type": "string", "minLength": 3}, ["aaa"]),
        ({"type": "string", "minLength": 1001, "maxLength": 1001}, []),
        ({"type": "string", "minLength": 2, "pattern": "^[a-c]+$"}, ["aa"]),
        ({"type": "string", "maxLength": 1}, ["", "a"]),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 1001}, []),
        ({"type": "array", "items": {"type": "integer"}, "minItems": 2, "uniqueItems": True}, []),
        ({"type": "array", "items": {"enum": [*range(30)]}, "maxItems": 3}, [[]]),
        ({"type": "object", "additionalProperties": {"const": 0}, "minProperties": 4}, []),
        ({"type": "object", "properties": {"a": {"const": 1}}, "minProperties": 2, "maxProperties": 2}, []),
        ({"type": "object", "patternProperties": {"^k": {"const": 1}}, "additionalProperties": {"const": 0}}, [{}]),
        ({"type": "object", "additionalProperties": {"const": 0}, "propertyNames": {"pattern": "^x"}}, [{}]),
        (True, [None, True, ""]),
    ],
    ids=str,
)
def test_what_is_drawn_of_many_values_fits(schema: Any, wanted: list[Any]) -> None:
    """Another engine accepts each, and these are among them."""
    own = {key: value for key, value in schema.items() if key != "kinds"} if isinstance(schema, dict) else schema
    engine = jsonschema_rs.validator_for(own)

    @settings(few, max_examples=20)
    @given(INSTANCES.of(schema))
    def draw(value: Any) -> None:
        assert engine.is_valid(value)
        assert own == schema or value != int(value)

    draw()
    for value in wanted:
        same = partial(_same, value)
        assert find(INSTANCES.of(schema), same, settings=searching) == value


def _same(one: Any, other: Any) -> bool:
    return type(one) is type(other) and bool(one == other)


def test_each_value_is_made_anew() -> None:
    """Whoever changes one changes no other."""

    @settings(few, max_examples=20)
    @given(INSTANCES.of({"enum": [{"a": [1]}]}), INSTANCES.of({"$ref": "#/components/schemas/Chain"}))
    def draw(listed: Any, chain: Any) -> None:
        assert listed == {"a": [1]}
        listed["a"].append(2)
        while "next" in chain:
            assert chain.keys() == {"next"}
            chain = chain["next"]
        assert chain == {}
        chain["changed"] = True

    draw()
