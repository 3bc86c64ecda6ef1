"""The mutations of a schema, in their order: where each violates which rule, and its simplest values."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.values.document import values_of
from tests.support.orchard import orchard_with

APPLE = {
    "type": "object",
    "required": ["kind"],
    "properties": {"kind": {"const": "apple"}, "core": {"type": "integer"}},
}
PEAR = {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "pear"}}}
ORCHARD = values_of(orchard_with(Apple=APPLE, Pear=PEAR).document).mutations
MUTATIONS: list[tuple[int, Any, list[tuple[tuple[str | int, ...], str, str, list[Any]]]]] = [
    (
        -1,
        {"type": "integer", "minimum": 3},
        [
            ((), "type", "type integer", [None, "True", 3.0000000000000004, False]),
            ((), "minimum", "minimum 3", [2, 1, 0]),
        ],
    ),
    (-1, {"type": ["integer", "null"]}, [((), "type", "type", ["True", 0.5, False, []])]),
    (-1, {"type": "string"}, [((), "type", "type string", [None, 1, 0.5, False])]),
    (-1, {"enum": ["on", "off"]}, [((), "enum", "enum", [None, "ons", 1, 0.5])]),
    (-1, {"type": "string", "enum": ["a"]}, [((), "enum", "enum", ["as", "A", " a", ""])]),
    (
        -1,
        {"type": "integer", "multipleOf": 5},
        [((), "type", "type integer", [None, "True", False, []]), ((), "multipleOf", "multipleOf 5", [1, 1])],
    ),
    (
        -1,
        {"type": "string", "minLength": 2, "maxLength": 4, "pattern": "^[a-z]+$"},
        [
            ((), "type", "type string", [None, 1, 0.5, False]),
            ((), "minLength", "minLength 2", ["a", "a"]),
            ((), "maxLength", "maxLength 4", ["aaaaa", "aaaaa"]),
            ((), "pattern", "pattern ^[a-z]+$", [" a", "a ", "two ", "naïv"]),
        ],
    ),
    (
        -1,
        {"type": "string", "format": "date"},
        [
            ((), "type", "type string", [None, 1, 0.5, False]),
            ((), "format", "format date", ["today", "2025-02-30", "2025-8-1", ""]),
        ],
    ),
    (
        -1,
        {"type": "array", "items": {"type": "boolean"}, "minItems": 2, "maxItems": 2},
        [
            ((), "type", "type array", [None, "True", 1, 0.5]),
            ((), "minItems", "minItems 2", [[]]),
            ((), "maxItems", "maxItems 2", [[False, True, False]]),
            ((0,), "type", "type boolean", [[None, True], ["True", True], [1, True], [0.5, True]]),
            ((1,), "type", "type boolean", [[False, None], [False, "True"], [False, 1], [False, 0.5]]),
        ],
    ),
    (
        -1,
        {"type": "array", "items": {"type": "array", "items": {"type": "boolean"}}},
        [
            ((), "type", "type array", [None, "True", 1, 0.5]),
            ((0,), "type", "type array", [[None], ["True"], [1], [0.5]]),
            ((0, 0), "type", "type boolean", [[[None]], [["True"]], [[1]], [[0.5]]]),
            ((1,), "type", "type array", [[[False], None], [[False], "True"], [[False], 1], [[False], 0.5]]),
            (
                (1, 1),
                "type",
                "type boolean",
                [[[], [False, None]], [[], [False, "True"]], [[], [False, 1]], [[], [False, 0.5]]],
            ),
        ],
    ),
    (
        -1,
        {"type": "array", "items": {"enum": [1, 2]}, "uniqueItems": True},
        [
            ((), "type", "type array", [None, "True", 1, 0.5]),
            ((), "uniqueItems", "uniqueItems True", [[1, 1]]),
            ((0,), "enum", "enum", [[None], ["a"], [0], [0.5]]),
            ((1,), "enum", "enum", [[1, None], [1, "a"], [1, 0], [1, 0.5]]),
        ],
    ),
    (
        -1,
        {"type": "array", "prefixItems": [{"const": 1}, {"const": 2}, {"const": 3}], "minItems": 2},
        [
            ((), "type", "type array", [None, "True", 1, 0.5]),
            ((), "minItems", "minItems 2", [[]]),
            ((0,), "const", "const 1", [[None, 2], ["a", 2], [0, 2], [0.5, 2]]),
            ((1,), "const", "const 2", [[1, None], [1, "a"], [1, 1], [1, 0.5]]),
            ((2,), "const", "const 3", [[1, 2, None], [1, 2, "a"], [1, 2, 1], [1, 2, 0.5]]),
        ],
    ),
    (
        -1,
        {"type": "object", "required": ["a", "b"], "properties": {"a": {"const": 1}, "b": {"const": 2}}},
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("a",), "missing", "a is missing", [{"b": 2}]),
            (("b",), "missing", "b is missing", [{"a": 1}]),
            (
                ("a",),
                "const",
                "const 1",
                [{"a": None, "b": 2}, {"a": "a", "b": 2}, {"a": 0, "b": 2}, {"a": 0.5, "b": 2}],
            ),
            (
                ("b",),
                "const",
                "const 2",
                [{"a": 1, "b": None}, {"a": 1, "b": "a"}, {"a": 1, "b": 1}, {"a": 1, "b": 0.5}],
            ),
        ],
    ),
    (
        -1,
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "as": {"const": 2}, "b": {"const": 3}},
            "additionalProperties": False,
        },
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("unknown",), "undeclared", "unknown is not declared", [{"unknown": "a"}]),
            (("bs",), "undeclared", "bs is not declared", [{"bs": "a"}]),
            (("a",), "const", "const 1", [{"a": None}, {"a": "a"}, {"a": 0}, {"a": 0.5}]),
            (("as",), "const", "const 2", [{"as": None}, {"as": "a"}, {"as": 1}, {"as": 0.5}]),
            (("b",), "const", "const 3", [{"b": None}, {"b": "a"}, {"b": 1}, {"b": 0.5}]),
        ],
    ),
    (
        -1,
        {"type": "object", "properties": {"unknown": {"const": 1}}, "unevaluatedProperties": False},
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("unknown_",), "undeclared", "unknown_ is not declared", [{"unknown_": "a"}]),
            (("unknowns",), "undeclared", "unknowns is not declared", [{"unknowns": "a"}]),
            (("unknown",), "const", "const 1", [{"unknown": None}, {"unknown": "a"}, {"unknown": 0}, {"unknown": 0.5}]),
        ],
    ),
    (
        -1,
        {"type": "object", "properties": {"key": {"const": 1}}, "additionalProperties": {"const": 2}},
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("key",), "const", "const 1", [{"key": None}, {"key": "a"}, {"key": 0}, {"key": 0.5}]),
            (
                ("another key",),
                "const",
                "const 2",
                [{"another key": None}, {"another key": "a"}, {"another key": 1}, {"another key": 0.5}],
            ),
        ],
    ),
    (
        -1,
        {"type": "object", "additionalProperties": {"const": 2}, "propertyNames": {"pattern": "^[a-z]$"}},
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            ((), "propertyNames", "the name 'unknown'", [{"unknown": 2}]),
            (("a",), "const", "const 2", [{"a": None}, {"a": "a"}, {"a": 1}, {"a": 0.5}]),
        ],
    ),
    (
        -1,
        {
            "type": "object",
            "properties": {"p": {}},
            "required": ["p"],
            "propertyNames": {"enum": ["p", "q"]},
            "additionalProperties": {"const": 2},
        },
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("p",), "missing", "p is missing", [{}]),
            ((), "propertyNames", "the name 'unknown'", [{"p": "a", "unknown": 2}]),
            (
                ("q",),
                "const",
                "const 2",
                [{"p": "a", "q": None}, {"p": "a", "q": "a"}, {"p": "a", "q": 1}, {"p": "a", "q": 0.5}],
            ),
        ],
    ),
    (
        -1,
        {"type": "object", "patternProperties": {"^n": {"const": 1}, "^m": {"const": 2}}},
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("n",), "const", "const 1", [{"n": None}, {"n": "a"}, {"n": 0}, {"n": 0.5}]),
            (("m",), "const", "const 2", [{"m": None}, {"m": "a"}, {"m": 1}, {"m": 0.5}]),
        ],
    ),
    (
        -1,
        {
            "type": "object",
            "properties": {"a": {"const": 1}, "b": {"const": 2}, "c": {"const": 3}},
            "dependentRequired": {"a": ["b", "c"], "b": ["c"]},
        },
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("b",), "dependentRequired", "a without b", [{"a": 1, "c": 3}]),
            (("c",), "dependentRequired", "b without c", [{"b": 2}]),
            (
                ("a",),
                "const",
                "const 1",
                [
                    {"a": None, "b": 2, "c": 3},
                    {"a": "a", "b": 2, "c": 3},
                    {"a": 0, "b": 2, "c": 3},
                    {"a": 0.5, "b": 2, "c": 3},
                ],
            ),
            (
                ("b",),
                "const",
                "const 2",
                [
                    {"a": 1, "b": None, "c": 3},
                    {"a": 1, "b": "a", "c": 3},
                    {"a": 1, "b": 1, "c": 3},
                    {"a": 1, "b": 0.5, "c": 3},
                ],
            ),
            (
                ("c",),
                "const",
                "const 3",
                [
                    {"a": 1, "b": 2, "c": None},
                    {"a": 1, "b": 2, "c": "a"},
                    {"a": 1, "b": 2, "c": 1},
                    {"a": 1, "b": 2, "c": 0.5},
                ],
            ),
        ],
    ),
    (
        -1,
        {
            "type": "object",
            "minProperties": 2,
            "maxProperties": 2,
            "properties": {"a": {}, "b": {}, "c": {}},
            "additionalProperties": False,
        },
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            ((), "minProperties", "minProperties 2", [{}]),
            ((), "maxProperties", "maxProperties 2", [{"a": "a", "b": "a", "c": "a"}]),
            (("unknown",), "undeclared", "unknown is not declared", [{"a": "a", "unknown": "a"}]),
            (("cs",), "undeclared", "cs is not declared", [{"a": "a", "cs": "a"}]),
        ],
    ),
    (
        -1,
        {"anyOf": [{"type": "integer", "minimum": 3}, {"type": "string"}]},
        [((), "anyOf", "anyOf", [None, 0.5, False, []])],
    ),
    (
        -1,
        {"oneOf": [{"type": "integer", "minimum": 3}, {"type": "integer", "maximum": 4}]},
        [((), "oneOf", "oneOf", [None, "True", 0.5, False]), ((), "oneOf", "oneOf", [3, 4])],
    ),
    (
        -1,
        {"anyOf": [{"type": "object", "required": ["a"]}, {"type": "null"}]},
        [
            ((), "anyOf", "anyOf", ["True", 1, 0.5, False]),
            ((), "type", "type object", [[]]),
            (("a",), "missing", "a is missing", [{}]),
        ],
    ),
    (
        -1,
        {"oneOf": [{"type": "array", "items": {"const": 1}}, {"type": "null"}]},
        [
            ((), "oneOf", "oneOf", ["True", 1, 0.5, False]),
            ((), "type", "type array", [{}]),
            ((0,), "const", "const 1", [[None], ["a"], [0], [0.5]]),
            ((1,), "const", "const 1", [[1, None], [1, "a"], [1, 0], [1, 0.5]]),
        ],
    ),
    (
        -1,
        {"anyOf": [{"type": "object", "required": ["a"]}, {"type": ["null", "string"]}]},
        [((), "anyOf", "anyOf", [1, 0.5, False, []])],
    ),
    (
        -1,
        {
            "oneOf": [{"$ref": "#/components/schemas/Apple"}, {"$ref": "#/components/schemas/Pear"}],
            "discriminator": {"propertyName": "kind"},
        },
        [
            (("kind",), "missing", "kind is missing", [{}]),
            (("kind",), "oneOf", "an unknown kind", [{"kind": "apples"}]),
            ((), "oneOf", "no object", [None, "a", 1, 0.5]),
            (
                ("core",),
                "type",
                "type integer",
                [
                    {"kind": "apple", "core": None},
                    {"kind": "apple", "core": "True"},
                    {"kind": "apple", "core": 0.5},
                    {"kind": "apple", "core": False},
                ],
            ),
        ],
    ),
    (
        -1,
        {"allOf": [{"minimum": 3}, {"maximum": 5}], "type": "integer"},
        [
            ((), "type", "type integer", [None, "True", 3.0000000000000004, False]),
            ((), "minimum", "minimum 3", [2, 1]),
            ((), "maximum", "maximum 5", [6]),
        ],
    ),
    (
        -1,
        {"$ref": "#/components/schemas/Apple", "required": ["core"]},
        [
            (("core",), "missing", "core is missing", [{"kind": "apple"}]),
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("kind",), "missing", "kind is missing", [{"core": 1}]),
            (
                ("kind",),
                "const",
                "const apple",
                [
                    {"kind": None, "core": 1},
                    {"kind": "apples", "core": 1},
                    {"kind": 1, "core": 1},
                    {"kind": 0.5, "core": 1},
                ],
            ),
            (
                ("core",),
                "type",
                "type integer",
                [
                    {"kind": "apple", "core": None},
                    {"kind": "apple", "core": "True"},
                    {"kind": "apple", "core": 0.5},
                    {"kind": "apple", "core": False},
                ],
            ),
        ],
    ),
    (
        -1,
        {
            "type": "object",
            "properties": {"a": {"type": "boolean"}},
            "required": ["a"],
            "if": {"properties": {"a": {"const": True}}},
            "then": {"required": ["b"]},
            "else": {"required": ["c"]},
        },
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("a",), "missing", "a is missing", [{"b": "a"}]),
            (
                ("a",),
                "type",
                "type boolean",
                [{"a": None, "c": "a"}, {"a": "True", "c": "a"}, {"a": 1, "c": "a"}, {"a": 0.5, "c": "a"}],
            ),
            (("b",), "missing", "b is missing", [{"a": True}]),
            (("c",), "missing", "c is missing", [{"a": False}]),
        ],
    ),
    (
        -1,
        {"type": "integer", "not": {"enum": [1, 2]}},
        [((), "type", "type integer", [None, "True", 0.5, False]), ((), "not", "not", [1, 2])],
    ),
    (
        0,
        {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {
                "type": "object",
                "required": ["x"],
                "properties": {"x": {"enum": [1, 2]}},
                "additionalProperties": False,
            },
        },
        [
            ((), "type", "type string", [None, 1, 0.5, False]),
            ((), "encoding", "no JSON", ["{'a': 1}", "{", "{}}", "NaN"]),
            ((), "type", "type object", ["null", '"True"', "1", "0.5"]),
            (("x",), "missing", "x is missing", ["{}"]),
            (("unknown",), "undeclared", "unknown is not declared", ['{"x": 1, "unknown": "a"}']),
            (("xs",), "undeclared", "xs is not declared", ['{"x": 1, "xs": "a"}']),
            (("x",), "enum", "enum", ['{"x": null}', '{"x": "a"}', '{"x": 0}', '{"x": 0.5}']),
        ],
    ),
    (
        1,
        {
            "type": "object",
            "properties": {
                "j": {
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": {
                        "type": "object",
                        "required": ["x"],
                        "properties": {"x": {"enum": [1, 2]}},
                        "additionalProperties": False,
                    },
                }
            },
        },
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("j",), "type", "type string", [{"j": None}, {"j": 1}, {"j": 0.5}, {"j": False}]),
            (("j",), "encoding", "no JSON", [{"j": "{'a': 1}"}, {"j": "{"}, {"j": "{}}"}, {"j": "NaN"}]),
            (("j",), "type", "type object", [{"j": "null"}, {"j": '"True"'}, {"j": "1"}, {"j": "0.5"}]),
            (("j", "x"), "missing", "x is missing", [{"j": "{}"}]),
            (("j", "unknown"), "undeclared", "unknown is not declared", [{"j": '{"x": 1, "unknown": "a"}'}]),
            (("j", "xs"), "undeclared", "xs is not declared", [{"j": '{"x": 1, "xs": "a"}'}]),
            (
                ("j", "x"),
                "enum",
                "enum",
                [{"j": '{"x": null}'}, {"j": '{"x": "a"}'}, {"j": '{"x": 0}'}, {"j": '{"x": 0.5}'}],
            ),
        ],
    ),
    (
        -1,
        {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {
                "type": "object",
                "required": ["x"],
                "properties": {"x": {"enum": [1, 2]}},
                "additionalProperties": False,
            },
        },
        [((), "type", "type string", [None, 1, 0.5, False])],
    ),
    (
        2,
        {
            "type": "object",
            "properties": {
                "o": {
                    "type": "object",
                    "properties": {
                        "j": {
                            "type": "string",
                            "contentMediaType": "application/json",
                            "contentSchema": {
                                "type": "object",
                                "required": ["x"],
                                "properties": {"x": {"enum": [1, 2]}},
                                "additionalProperties": False,
                            },
                        }
                    },
                }
            },
        },
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("o",), "type", "type object", [{"o": None}, {"o": "True"}, {"o": 1}, {"o": 0.5}]),
            (
                ("o", "j"),
                "type",
                "type string",
                [{"o": {"j": None}}, {"o": {"j": 1}}, {"o": {"j": 0.5}}, {"o": {"j": False}}],
            ),
            (
                ("o", "j"),
                "encoding",
                "no JSON",
                [{"o": {"j": "{'a': 1}"}}, {"o": {"j": "{"}}, {"o": {"j": "{}}"}}, {"o": {"j": "NaN"}}],
            ),
            (
                ("o", "j"),
                "type",
                "type object",
                [{"o": {"j": "null"}}, {"o": {"j": '"True"'}}, {"o": {"j": "1"}}, {"o": {"j": "0.5"}}],
            ),
            (("o", "j", "x"), "missing", "x is missing", [{"o": {"j": "{}"}}]),
            (
                ("o", "j", "unknown"),
                "undeclared",
                "unknown is not declared",
                [{"o": {"j": '{"x": 1, "unknown": "a"}'}}],
            ),
            (("o", "j", "xs"), "undeclared", "xs is not declared", [{"o": {"j": '{"x": 1, "xs": "a"}'}}]),
            (
                ("o", "j", "x"),
                "enum",
                "enum",
                [
                    {"o": {"j": '{"x": null}'}},
                    {"o": {"j": '{"x": "a"}'}},
                    {"o": {"j": '{"x": 0}'}},
                    {"o": {"j": '{"x": 0.5}'}},
                ],
            ),
        ],
    ),
    (
        1,
        {
            "type": "object",
            "additionalProperties": {
                "type": "string",
                "contentMediaType": "application/json",
                "contentSchema": {
                    "type": "object",
                    "required": ["x"],
                    "properties": {"x": {"enum": [1, 2]}},
                    "additionalProperties": False,
                },
            },
        },
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("key",), "type", "type string", [{"key": None}, {"key": 1}, {"key": 0.5}, {"key": False}]),
        ],
    ),
    (
        -1,
        {"type": "object", "properties": {"as": {}, "a": {}}, "additionalProperties": False},
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            (("unknown",), "undeclared", "unknown is not declared", [{"unknown": "a"}]),
            (("ass",), "undeclared", "ass is not declared", [{"ass": "a"}]),
        ],
    ),
    (
        -1,
        {"type": "object", "propertyNames": {"maxLength": 7}},
        [
            ((), "type", "type object", [None, "True", 1, 0.5]),
            ((), "propertyNames", "the name 'xxxxxxxxxxxxxxxxxxxx'", [{"x" * 300: "a"}]),
        ],
    ),
    (-1, {"anyOf": [{"type": "object", "required": ["a"]}]}, [((), "anyOf", "anyOf", [None, "True", 1, 0.5])]),
    (
        -1,
        {
            "oneOf": [{"$ref": "#/components/schemas/Apple"}, {"type": "null"}],
            "discriminator": {"propertyName": "kind"},
        },
        [
            (("kind",), "missing", "kind is missing", [{}]),
            ((), "oneOf", "no object", ["True", 1, 0.5, []]),
            (
                ("core",),
                "type",
                "type integer",
                [
                    {"kind": "apple", "core": None},
                    {"kind": "apple", "core": "True"},
                    {"kind": "apple", "core": 0.5},
                    {"kind": "apple", "core": False},
                ],
            ),
        ],
    ),
    (
        -1,
        {
            "oneOf": [
                {
                    "type": "object",
                    "required": ["kind"],
                    "properties": {"kind": {"enum": ["a", "as"]}, "at": {"properties": {"kind": {"const": 1}}}},
                },
                {
                    "anyOf": [
                        {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "A"}}},
                        {"type": "object", "required": ["kind"], "properties": {"kind": {"const": " a"}}},
                    ]
                },
            ],
            "discriminator": {"propertyName": "kind"},
        },
        [
            (("kind",), "missing", "kind is missing", [{}]),
            (("kind",), "oneOf", "an unknown kind", [{"kind": ""}]),
            ((), "oneOf", "no object", [None, "a", 1, 0.5]),
            (
                ("at", "kind"),
                "const",
                "const 1",
                [
                    {"kind": "a", "at": {"kind": None}},
                    {"kind": "a", "at": {"kind": "a"}},
                    {"kind": "a", "at": {"kind": 0}},
                    {"kind": "a", "at": {"kind": 0.5}},
                ],
            ),
        ],
    ),
]
"""The depth at which the checker reads JSON, a schema, and its mutations: place, rule, description, four values."""


@pytest.mark.parametrize(("depth", "schema", "found"), MUTATIONS, ids=[str(schema)[:80] for _, schema, _ in MUTATIONS])
def test_the_mutations_of_a_schema_are_these(depth: int, schema: Any, found: list[Any]) -> None:
    """In this order, with these values; 1, 1.0 and true are told apart."""
    made = [(one.path, one.rule, one.about, ORCHARD.values(one, 4)) for one in ORCHARD.of(schema, depth)]
    assert repr(made) == repr(found)
