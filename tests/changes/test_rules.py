"""What is said of each rule of a schema that changes: where, in which words, and where each side has it."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.changes import compare
from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document
from tests.support.small import body, document, operation

SCHEMAS: dict[str, Any] = {
    "A": {"type": "object", "required": ["a"], "properties": {"k": {"const": "a"}}},
    "B": {"type": "object", "required": ["b"], "properties": {"k": {"const": "b"}}},
}
AT = "/paths/~1a/post/requestBody/content/application~1json/schema"
IF = 'if was {"required": ["a"]} and then {"required": ["b"]}, is {"required": ["a"]} and then {"required": ["c"]}'
CUT = '{"type": "object", "properties": {"some name": {"type": "integer", "maximum": …'
Said = tuple[str, str, str, str, str, str]
"""Where, rule, message, effect on requests and severity, and the pointers of both sides below the schema."""

CHANGES: dict[str, tuple[Any, Any, list[Said]]] = {
    "a type": (
        {"type": ["string", "integer"]},
        {"type": "string"},
        [
            ("body", "type", "the type integer is no longer admitted", "narrower major", "/type", "/type"),
        ],
    ),
    "number becomes integer": (
        {"type": "number"},
        {"type": "integer"},
        [
            ("body", "type", "the type number is no longer admitted", "narrower major", "/type", "/type"),
        ],
    ),
    "no type": (
        {"type": "string"},
        {},
        [
            ("body", "type", 'type is gone, was "string"', "wider minor", "/type", ""),
        ],
    ),
    "a first type": (
        {},
        {"type": "string"},
        [
            ("body", "type", 'type is new: "string"', "narrower major", "", "/type"),
        ],
    ),
    "values": (
        {"enum": ["a", "b", 1]},
        {"enum": ["b", "ü"]},
        [
            ("body", "enum", 'the value "a" is no longer admitted', "narrower major", "/enum", "/enum"),
            ("body", "enum", "the value 1 is no longer admitted", "narrower major", "/enum", "/enum"),
            ("body", "enum", 'the value "ü" is admitted', "wider minor", "/enum", "/enum"),
        ],
    ),
    "numbers that are equal": (
        {"enum": [1, 2]},
        {"enum": [1.0]},
        [
            ("body", "enum", "the value 2 is no longer admitted", "narrower major", "/enum", "/enum"),
        ],
    ),
    "1 and true": (
        {"enum": [1, True]},
        {"enum": [1]},
        [
            ("body", "enum", "the value true is no longer admitted", "narrower major", "/enum", "/enum"),
        ],
    ),
    "a constant": (
        {"const": "a"},
        {"const": "b"},
        [
            ("body", "enum", 'the value "a" is no longer admitted', "narrower major", "/const", "/const"),
            ("body", "enum", 'the value "b" is admitted', "wider minor", "/const", "/const"),
        ],
    ),
    "a constant becomes a list": (
        {"const": "a"},
        {"enum": ["a", "b"]},
        [
            ("body", "enum", 'the value "b" is admitted', "wider minor", "/const", "/enum"),
        ],
    ),
    "no list": (
        {"enum": ["a"]},
        {"type": "string"},
        [
            ("body", "enum", 'enum is gone, was ["a"]', "wider minor", "/enum", ""),
        ],
    ),
    "a bound is open": (
        {"type": "number", "minimum": 1},
        {"type": "number", "exclusiveMinimum": 1},
        [
            (
                "body",
                "minimum",
                "minimum was 1, is exclusiveMinimum 1",
                "narrower major",
                "/minimum",
                "/exclusiveMinimum",
            ),
        ],
    ),
    "a bound": (
        {"type": "integer", "maximum": 9},
        {"type": "integer", "maximum": 8},
        [
            ("body", "maximum", "maximum was 9, is 8", "narrower major", "/maximum", "/maximum"),
        ],
    ),
    "a first bound": (
        {"type": "integer"},
        {"type": "integer", "exclusiveMaximum": 8},
        [
            ("body", "maximum", "maximum is new: exclusiveMaximum 8", "narrower major", "", "/exclusiveMaximum"),
        ],
    ),
    "multipleOf": (
        {"type": "integer", "multipleOf": 2},
        {"type": "integer", "multipleOf": 4},
        [
            ("body", "multipleOf", "multipleOf was 2, is 4", "narrower major", "/multipleOf", "/multipleOf"),
        ],
    ),
    "minLength": (
        {"type": "string", "minLength": 1},
        {"type": "string", "minLength": 2},
        [
            ("body", "minLength", "minLength was 1, is 2", "narrower major", "/minLength", "/minLength"),
        ],
    ),
    "maxLength gone": (
        {"type": "string", "maxLength": 1},
        {"type": "string"},
        [
            ("body", "maxLength", "maxLength is gone, was 1", "wider minor", "/maxLength", ""),
        ],
    ),
    "pattern": (
        {"type": "string", "pattern": "^a+$"},
        {"type": "string", "pattern": "^b+$"},
        [
            ("body", "pattern", 'pattern was "^a+$", is "^b+$"', "narrower major", "/pattern", "/pattern"),
            ("body", "pattern", 'pattern was "^a+$", is "^b+$"', "wider minor", "/pattern", "/pattern"),
        ],
    ),
    "format": (
        {"type": "string", "format": "date"},
        {"type": "string", "format": "uuid"},
        [
            ("body", "format", 'format was "date", is "uuid"', "narrower major", "/format", "/format"),
            ("body", "format", 'format was "date", is "uuid"', "wider minor", "/format", "/format"),
        ],
    ),
    "minItems": (
        {"type": "array", "items": {"type": "string"}},
        {"type": "array", "items": {"type": "string"}, "minItems": 1},
        [
            ("body", "minItems", "minItems is new: 1", "narrower major", "", "/minItems"),
        ],
    ),
    "distinct items": (
        {"type": "array", "items": {"type": "string"}},
        {"type": "array", "items": {"type": "string"}, "uniqueItems": True},
        [
            ("body", "uniqueItems", "uniqueItems is new: true", "narrower major", "", "/uniqueItems"),
        ],
    ),
    "items": (
        {"type": "array", "items": {"type": "string"}},
        {"type": "array", "items": {"type": "integer"}},
        [
            ("body[]", "type", "the type string is no longer admitted", "narrower major", "/items/type", "/items/type"),
            ("body[]", "type", "the type integer is admitted", "wider minor", "/items/type", "/items/type"),
        ],
    ),
    "contains": (
        {"type": "array", "contains": {"const": 1}},
        {"type": "array", "contains": {"const": 2}},
        [
            (
                "body",
                "contains",
                'contains was {"const": 1}, is {"const": 2}',
                "narrower major",
                "/contains",
                "/contains",
            ),
            ("body", "contains", 'contains was {"const": 1}, is {"const": 2}', "wider minor", "/contains", "/contains"),
        ],
    ),
    "a number of items": (
        {"type": "array", "contains": {"const": 1}},
        {"type": "array", "contains": {"const": 1}, "minContains": 2},
        [
            (
                "body",
                "contains",
                'contains was {"const": 1}, is {"const": 1} and minContains 2',
                "narrower major",
                "/contains",
                "/contains",
            ),
        ],
    ),
    "required": (
        {"type": "object", "required": ["a", "b"]},
        {"type": "object", "required": ["b", "c"]},
        [
            ("body", "required", "'c' is required", "narrower major", "/required", "/required"),
            ("body", "required", "'a' is no longer required", "wider minor", "/required", "/required"),
        ],
    ),
    "names that need others": (
        {"type": "object"},
        {"type": "object", "dependentRequired": {"a": ["b"]}},
        [
            (
                "body",
                "dependentRequired",
                'dependentRequired is new: {"a": ["b"]}',
                "narrower major",
                "",
                "/dependentRequired",
            ),
        ],
    ),
    "schemas of names": (
        {"type": "object"},
        {"type": "object", "dependentSchemas": {"a": {"required": ["b"]}}},
        [
            (
                "body",
                "dependentSchemas",
                'dependentSchemas is new: {"a": {"required": ["b"]}}',
                "narrower undecided",
                "",
                "/dependentSchemas",
            ),
        ],
    ),
    "names of properties": (
        {"type": "object", "propertyNames": {"maxLength": 3}},
        {"type": "object", "propertyNames": {"maxLength": 2}},
        [
            (
                "body",
                "propertyNames",
                'propertyNames was {"maxLength": 3}, is {"maxLength": 2}',
                "narrower major",
                "/propertyNames",
                "/propertyNames",
            ),
        ],
    ),
    "number of properties": (
        {"type": "object"},
        {"type": "object", "minProperties": 1},
        [
            ("body", "minProperties", "minProperties is new: 1", "narrower major", "", "/minProperties"),
        ],
    ),
    "a property of a closed object": (
        {"type": "object", "properties": {"a": {"type": "string"}, "b": {}}, "additionalProperties": False},
        {"type": "object", "properties": {"b": {}}, "additionalProperties": False},
        [
            (
                "body.a",
                "property",
                "'a' is no longer declared",
                "narrower major",
                "/properties/a",
                "/additionalProperties",
            ),
        ],
    ),
    "a property of an open object": (
        {"type": "object", "properties": {"b": {}}},
        {"type": "object", "properties": {"b": {}, "a": {"type": "string"}}},
        [
            ("body.a", "property", "'a' is declared", "narrower minor", "", "/properties/a"),
        ],
    ),
    "an object is closed": (
        {"type": "object", "properties": {"key": {}}},
        {"type": "object", "properties": {"key": {}}, "additionalProperties": False},
        [
            (
                "body.key_",
                "additionalProperties",
                "names that are not declared are no longer admitted",
                "narrower major",
                "",
                "/additionalProperties",
            ),
        ],
    ),
    "other properties": (
        {"type": "object", "additionalProperties": {"type": "string", "maxLength": 3}},
        {"type": "object", "additionalProperties": {"type": "string", "maxLength": 2}},
        [
            (
                "body.key",
                "maxLength",
                "maxLength was 3, is 2",
                "narrower major",
                "/additionalProperties/maxLength",
                "/additionalProperties/maxLength",
            ),
        ],
    ),
    "properties by pattern": (
        {"type": "object", "patternProperties": {"^x": {"type": "string"}}},
        {"type": "object", "patternProperties": {"^x": {"type": "integer"}}},
        [
            (
                "body",
                "patternProperties",
                'patternProperties was {"^x": {"type": "string"}}, is {"^x": {"type": "integer"}}',
                "narrower major",
                "/patternProperties",
                "/patternProperties",
            ),
            (
                "body",
                "patternProperties",
                'patternProperties was {"^x": {"type": "string"}}, is {"^x": {"type": "integer"}}',
                "wider minor",
                "/patternProperties",
                "/patternProperties",
            ),
        ],
    ),
    "not": (
        {"type": "string", "not": {"const": "a"}},
        {"type": "string", "not": {"const": "b"}},
        [
            ("body", "not", 'not was {"const": "a"}, is {"const": "b"}', "narrower major", "/not", "/not"),
            ("body", "not", 'not was {"const": "a"}, is {"const": "b"}', "wider minor", "/not", "/not"),
        ],
    ),
    "if": (
        {"type": "object", "if": {"required": ["a"]}, "then": {"required": ["b"]}},
        {"type": "object", "if": {"required": ["a"]}, "then": {"required": ["c"]}},
        [
            (
                "body",
                "if",
                IF,
                "narrower major",
                "/if",
                "/if",
            ),
            (
                "body",
                "if",
                IF,
                "wider minor",
                "/if",
                "/if",
            ),
        ],
    ),
    "alternatives are gone": (
        {
            "anyOf": [
                {"title": "One", "type": "string"},
                {"type": "integer"},
                {"type": "object", "properties": {"k": {"const": "t"}}, "required": ["k"]},
            ]
        },
        {"anyOf": [{"title": "One", "type": "string"}]},
        [
            ("body", "anyOf", 'the alternative {"type": "integer"} is gone', "narrower major", "/anyOf/1", "/anyOf"),
            ("body", "anyOf", 'the alternative "t" is gone', "narrower major", "/anyOf/2", "/anyOf"),
        ],
    ),
    "an alternative is new": (
        {"oneOf": [{"$ref": "#/components/schemas/A"}]},
        {"oneOf": [{"$ref": "#/components/schemas/A"}, {"$ref": "#/components/schemas/B"}]},
        [
            ("body", "oneOf", "the alternative B is new", "wider minor", "/oneOf", "/oneOf/1"),
            ("body", "schema", "the rules combine differently", "narrower major", "", ""),
        ],
    ),
    "a bound of an alternative": (
        {"anyOf": [{"title": "One", "type": "string", "maxLength": 3}, {"type": "integer"}]},
        {"anyOf": [{"title": "One", "type": "string", "maxLength": 2}, {"type": "integer"}]},
        [
            (
                "body",
                "maxLength",
                "maxLength was 3, is 2",
                "narrower major",
                "/anyOf/0/maxLength",
                "/anyOf/0/maxLength",
            ),
        ],
    ),
    "JSON in a string": (
        {
            "type": "object",
            "properties": {
                "t": {
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": {"type": "object", "properties": {"n": {"type": "integer", "maximum": 3}}},
                }
            },
        },
        {
            "type": "object",
            "properties": {
                "t": {
                    "type": "string",
                    "contentMediaType": "application/json",
                    "contentSchema": {"type": "object", "properties": {"n": {"type": "integer", "maximum": 2}}},
                }
            },
        },
        [
            (
                "body.t.n",
                "maximum",
                "maximum was 3, is 2",
                "narrower major",
                "/properties/t/contentSchema/properties/n/maximum",
                "/properties/t/contentSchema/properties/n/maximum",
            ),
        ],
    ),
    "items of items": (
        {
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": "object", "properties": {"a b": {"type": "string", "maxLength": 3}}},
            },
        },
        {
            "type": "array",
            "items": {
                "type": "array",
                "items": {"type": "object", "properties": {"a b": {"type": "string", "maxLength": 2}}},
            },
        },
        [
            (
                'body[][]["a b"]',
                "maxLength",
                "maxLength was 3, is 2",
                "narrower major",
                "/items/items/properties/a b/maxLength",
                "/items/items/properties/a b/maxLength",
            ),
        ],
    ),
    "unevaluated properties": (
        {"type": "object", "properties": {"a": {}}},
        {"type": "object", "properties": {"a": {}}, "unevaluatedProperties": False},
        [
            (
                "body",
                "unevaluatedProperties",
                "unevaluatedProperties is new: false",
                "narrower major",
                "",
                "/unevaluatedProperties",
            ),
        ],
    ),
    "contentEncoding": (
        {"type": "string"},
        {"type": "string", "contentEncoding": "base64"},
        [
            (
                "body",
                "contentEncoding",
                'contentEncoding is new: "base64"',
                "narrower undecided",
                "",
                "/contentEncoding",
            ),
        ],
    ),
    "null": (
        {"type": ["string", "null"]},
        {"type": "string"},
        [
            ("body", "type", "the type null is no longer admitted", "narrower major", "/type", "/type"),
        ],
    ),
    "two keywords for one bound": (
        {"type": "integer", "minimum": 0, "exclusiveMinimum": 1},
        {"type": "integer", "minimum": 3},
        [
            ("body", "minimum", "minimum was 0 and exclusiveMinimum 1, is 3", "narrower major", "/minimum", "/minimum"),
        ],
    ),
    "allOf": (
        {"allOf": [{"type": "string"}, {"maxLength": 5}]},
        {"allOf": [{"type": "string"}, {"maxLength": 4}, {"minLength": 1}]},
        [
            ("body", "minLength", "minLength is new: 1", "narrower major", "", "/allOf/2/minLength"),
            (
                "body",
                "maxLength",
                "maxLength was 5, is 4",
                "narrower major",
                "/allOf/1/maxLength",
                "/allOf/1/maxLength",
            ),
        ],
    ),
    "a value of another kind": (
        {"enum": ["a", True]},
        {"enum": ["a"]},
        [
            ("body", "enum", "the value true is no longer admitted", "narrower major", "/enum", "/enum"),
        ],
    ),
    "null of a list": (
        {"enum": ["a"]},
        {"enum": ["a", None]},
        [
            ("body", "enum", "the value null is admitted", "wider minor", "/enum", "/enum"),
        ],
    ),
    "1 is 1.0 and not true": (
        {"enum": [1, 2, True]},
        {"enum": [1.0, True, 0]},
        [
            ("body", "enum", "the value 2 is no longer admitted", "narrower major", "/enum", "/enum"),
            ("body", "enum", "the value 0 is admitted", "wider minor", "/enum", "/enum"),
        ],
    ),
    "const and enum": (
        {"enum": ["a", "b"], "const": "a"},
        {"const": "b"},
        [
            ("body", "enum", 'the value "a" is no longer admitted', "narrower major", "/enum", "/const"),
            ("body", "enum", 'the value "b" is admitted', "wider minor", "/enum", "/const"),
        ],
    ),
    "not kind": (
        {"not": {"type": "null"}},
        {"not": {"type": "boolean"}},
        [
            ("body", "not", 'not was {"type": "null"}, is {"type": "boolean"}', "narrower major", "/not", "/not"),
            ("body", "not", 'not was {"type": "null"}, is {"type": "boolean"}', "wider minor", "/not", "/not"),
        ],
    ),
    "rules that contradict each other": (
        {"type": "string", "minLength": 5},
        {"type": "string", "minLength": 5, "maxLength": 3},
        [
            ("body", "maxLength", "maxLength is new: 3", "narrower major", "", "/maxLength"),
        ],
    ),
    "bound with another type": (
        {"type": ["string", "integer"], "maxLength": 5},
        {"type": "integer"},
        [
            ("body", "type", "the type string is no longer admitted", "narrower major", "/type", "/type"),
        ],
    ),
    "integer to number": (
        {"type": "integer", "maximum": 5},
        {"type": "number", "maximum": 5},
        [
            ("body", "type", "the type number is admitted", "wider minor", "/type", "/type"),
        ],
    ),
    "several lists": (
        {"allOf": [{"enum": ["a", "b"]}, {"enum": ["b", "c"]}]},
        {"enum": ["b", "c"]},
        [
            ("body", "enum", 'enum is gone, was ["a", "b"]', "wider minor", "/allOf/0/enum", ""),
        ],
    ),
    "null more": (
        {"type": "string"},
        {"type": ["string", "null"]},
        [
            ("body", "type", "the type null is admitted", "wider minor", "/type", "/type"),
        ],
    ),
    "names": (
        {"type": "object"},
        {"type": "object", "required": ["ü b", "a"]},
        [
            ("body", "required", "'ü b' is required", "narrower major", "", "/required"),
            ("body", "required", "'a' is required", "narrower major", "", "/required"),
        ],
    ),
    "allOf of ref": (
        {"allOf": [{"$ref": "#/components/schemas/A"}, {"minProperties": 2}]},
        {"allOf": [{"$ref": "#/components/schemas/A"}, {"minProperties": 3}]},
        [
            (
                "body",
                "minProperties",
                "minProperties was 2, is 3",
                "narrower major",
                "/allOf/1/minProperties",
                "/allOf/1/minProperties",
            ),
        ],
    ),
    "title of alternative": (
        {"oneOf": [{"type": "string"}, {"title": "T", "type": "integer"}]},
        {"oneOf": [{"type": "string"}]},
        [
            ("body", "oneOf", "the alternative T is gone", "narrower major", "/oneOf/1", "/oneOf"),
        ],
    ),
    "long alternative": (
        {
            "anyOf": [
                {"type": "string"},
                {
                    "type": "object",
                    "description": "not shown",
                    "properties": {
                        "some name": {"type": "integer", "maximum": 12345},
                        "another name": {"type": "string", "maxLength": 123},
                    },
                },
            ]
        },
        {"anyOf": [{"type": "string"}]},
        [
            (
                "body",
                "anyOf",
                f"the alternative {CUT} is gone",
                "narrower major",
                "/anyOf/1",
                "/anyOf",
            ),
        ],
    ),
    "boolean alternative": (
        {"anyOf": [{"type": "string"}, False]},
        {"anyOf": [{"type": "string"}, True]},
        [
            ("body", "anyOf", "the alternative true is new", "wider minor", "/anyOf", "/anyOf/1"),
        ],
    ),
    "alternatives in another order": (
        {"anyOf": [{"title": "A", "type": "string", "maxLength": 3}, {"title": "B", "type": "integer", "maximum": 3}]},
        {"anyOf": [{"title": "B", "type": "integer", "maximum": 2}, {"title": "A", "type": "string", "maxLength": 3}]},
        [
            ("body", "maximum", "maximum was 3, is 2", "narrower major", "/anyOf/1/maximum", "/anyOf/0/maximum"),
        ],
    ),
    "alternative of another name": (
        {
            "oneOf": [
                {
                    "type": "object",
                    "properties": {"k": {"const": 1}, "v": {"type": "string", "maxLength": 3}},
                    "required": ["k"],
                }
            ]
        },
        {
            "oneOf": [
                {
                    "type": "object",
                    "properties": {"k": {"const": 1}, "v": {"type": "string", "maxLength": 2}},
                    "required": ["k"],
                }
            ]
        },
        [
            (
                "body.v",
                "maxLength",
                "maxLength was 3, is 2",
                "narrower major",
                "/oneOf/0/properties/v/maxLength",
                "/oneOf/0/properties/v/maxLength",
            ),
        ],
    ),
    "declared later is open": (
        {"type": "object", "properties": {"a": {"type": "string"}}},
        {"type": "object", "properties": {}},
        [
            ("body.a", "property", "'a' is no longer declared", "wider minor", "/properties/a", ""),
        ],
    ),
    "ref beside": (
        {"$ref": "#/components/schemas/A", "maxProperties": 5},
        {"$ref": "#/components/schemas/A", "maxProperties": 4},
        [
            (
                "body",
                "maxProperties",
                "maxProperties was 5, is 4",
                "narrower major",
                "/maxProperties",
                "/maxProperties",
            ),
        ],
    ),
    "closed opened": (
        {"type": "object", "properties": {"a": {}}, "additionalProperties": False},
        {"type": "object", "properties": {"a": {}}},
        [
            (
                "body.key",
                "additionalProperties",
                "names that are not declared are admitted",
                "wider minor",
                "/additionalProperties",
                "",
            ),
        ],
    ),
    "other properties have a schema": (
        {"type": "object", "properties": {"key": {}}},
        {"type": "object", "properties": {"key": {}}, "additionalProperties": {"type": "string"}},
        [
            (
                "body.key_",
                "additionalProperties",
                "names that are not declared are no longer admitted",
                "narrower major",
                "",
                "/additionalProperties",
            ),
        ],
    ),
    "other properties are gone": (
        {"type": "object", "additionalProperties": {"type": "string"}},
        {"type": "object", "additionalProperties": False},
        [
            (
                "body.key",
                "additionalProperties",
                "names that are not declared are no longer admitted",
                "narrower major",
                "/additionalProperties",
                "/additionalProperties",
            ),
        ],
    ),
}


def taking(schema: Any) -> Document:
    """Return a document whose operation takes a body of a schema."""
    own = operation(requestBody={**body(schema), "required": True})
    return Document(document({"/a": {"post": own}}, SCHEMAS))


@pytest.mark.parametrize("name", CHANGES)
def test_each_rule_that_changes_is_said(name: str) -> None:
    """With a request that is right on one side, and wrong on the other; the other way round, the opposite is found."""
    before, after, expected = CHANGES[name]
    old, new = taking(before), taking(after)
    found = compare(old, new).differences
    assert [
        (
            d.where,
            d.rule,
            d.message,
            f"{d.effect.removeprefix('requests ')} {d.severity}",
            *(d.pointers[side].removeprefix(AT) for side in ("old", "new")),
        )
        for d in found
    ] == expected
    contracts = {"old": Contract(old), "new": Contract(new)}
    for difference in found:
        if difference.witness is not None:
            request = difference.witness.request
            sides = ("old", "new") if difference.effect == "requests narrower" else ("new", "old")
            assert [bool(contracts[side].check_request(request)) for side in sides] == [False, True]
    opposite = {"requests narrower": "requests wider", "requests wider": "requests narrower"}
    back = compare(new, old).differences
    assert sorted((d.where, d.rule, opposite[d.effect]) for d in back) == sorted(
        (d.where, d.rule, d.effect) for d in found
    )
