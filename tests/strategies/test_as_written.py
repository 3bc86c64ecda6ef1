"""Schemas as people write them: keywords that assert nothing are ignored, and a `type` is not needed."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apicontract.openapi.document import Document
from apicontract.strategies import (
    invalid_cases,
    invalid_requests,
    payloads,
    responses,
    valid_requests,
)
from apicontract.values.vocabulary import NotUnderstood
from tests.support.small import body, document, operation, posting
from twelvelabs_contract import Contract

SCHEMAS: dict[str, Any] = {
    "annotations": {
        "type": "string",
        "readOnly": True,
        "xml": {"name": "a"},
        "example": "a",
        "externalDocs": {"url": "https://a.example"},
        "x-order": 1,
    },
    "an unknown format": {"type": "string", "format": "colour"},
    "content that is invalid JSON": {"type": "string", "contentMediaType": "text/html"},
    "content that is encoded": {"type": "string", "contentMediaType": "application/json", "contentEncoding": "base64"},
    "a discriminator of nothing": {"type": "object", "discriminator": {"propertyName": "a"}},
    "items by position": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "minItems": 2},
    "many items": {"type": "array", "items": {"type": "integer"}, "maxItems": 65536},
    "members without a type": {"required": ["a"], "properties": {"a": {"type": "string"}}},
    "a closed object without a type": {"properties": {"a": {}}, "additionalProperties": False},
    "items without a type": {"items": {"type": "integer"}},
    "keywords that nobody knows": {"type": "integer", "colour": "red", "then": {"minimum": 3}},
    "a pattern of another engine": {"type": "string", "pattern": "^\\p{Lu}[0-9]$"},
    "a pattern that is none": {"type": "string", "pattern": "("},
    "properties by pattern": {
        "type": "object",
        "patternProperties": {"^x-": {"type": "integer"}, "_id$": {"type": "string"}},
        "additionalProperties": False,
        "minProperties": 1,
    },
    "a map by pattern": {"type": "object", "patternProperties": {"^[a-z]{2}$": {"type": "integer"}}},
    "closed by what was not evaluated": {
        "type": "object",
        "allOf": [{"properties": {"a": {"type": "integer"}}, "required": ["a"]}],
        "anyOf": [{"properties": {"b": {"type": "string"}}}, {"properties": {"c": {"type": "boolean"}}}],
        "unevaluatedProperties": False,
    },
    "the rest by type": {
        "type": "object",
        "properties": {"a": {"type": "string"}},
        "unevaluatedProperties": {"type": "integer"},
    },
    "schemas that depend": {
        "type": "object",
        "properties": {"card": {"type": "integer"}, "cvc": {"type": "integer"}},
        "dependentSchemas": {"card": {"required": ["cvc"]}},
    },
    "items counted": {"type": "array", "items": {"type": "integer"}, "contains": {"const": 5}, "minContains": 2},
    "listed objects": {"enum": [{"a": 1}, [1, 2], "x"]},
    "a constant object": {"const": {"a": [1]}},
    "JSON in base64": {
        "type": "object",
        "required": ["s"],
        "properties": {
            "s": {
                "type": "string",
                "contentEncoding": "base64",
                "contentMediaType": "application/json",
                "contentSchema": {"type": "object", "required": ["a"]},
            }
        },
    },
    "branches that hardly differ": {
        "oneOf": [
            {"type": "object", "properties": {"kind": {"enum": [f"k{n}"]}, f"p{n}": {"type": "integer"}}}
            for n in range(12)
        ]
    },
    "a branch that is never alone": {
        "oneOf": [{"type": "integer", "minimum": 5}, {"type": "integer", "minimum": 3}, {"type": "integer"}]
    },
    "branches without a type": {
        "oneOf": [{"properties": {"kind": {"const": n}}, "required": ["kind"]} for n in ("a", "b")]
    },
    "a very long string": {"type": "string", "minLength": 100_000, "maxLength": 152_133},
}


def contract_of(schema: Any, **more: Any) -> Contract:
    """Make the contract of an operation that takes a schema."""
    own = operation(requestBody={"required": True, **body(schema)}, **more)
    return Contract(Document(document({"/a": {"post": own}})))


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_drawn_is_valid_or_invalid_as_it_says(name: str) -> None:
    contract = contract_of(SCHEMAS[name])

    @settings(max_examples=12)
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        assert contract.check_request(data.draw(valid_requests(contract, "op")).request()) == []
        assert contract.check_request(data.draw(invalid_requests(contract, "op")).request()) != []

    draw()


OBJECT = {"type": "object", "properties": {"r": {"type": "integer"}, "g": {"type": "string"}}, "required": ["r"]}
INTEGERS = {"type": "array", "items": {"type": "integer"}}
WORDS = {"type": "array", "items": {"type": "string"}}
NESTED = {"type": "object", "properties": {"n": OBJECT, "s": {"type": "string"}}}
PARAMETERS: dict[str, Any] = {
    f"{location} {style} {explode} {name}": {
        "name": "p",
        "in": location,
        "required": True,
        "style": style,
        "explode": explode,
        "schema": schema,
    }
    for location, styles in {
        "path": ("simple", "label", "matrix"),
        "query": ("form", "spaceDelimited", "pipeDelimited", "deepObject"),
        "header": ("simple",),
        "cookie": ("form",),
    }.items()
    for style in styles
    for explode in (True, False)
    for name, schema in {"object": OBJECT, "words": WORDS, "integers": INTEGERS, "nested": NESTED}.items()
    if style != "deepObject" or (schema["type"] == "object" and explode)
}


@pytest.mark.parametrize("name", PARAMETERS)
def test_parameters_of_every_style_are_drawn(name: str) -> None:
    path = "/a/{p}" if name.startswith("path") else "/a"
    contract = Contract(Document(document({path: {"get": operation(parameters=[PARAMETERS[name]])}})))

    @settings(max_examples=4)
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        assert contract.check_request(data.draw(valid_requests(contract, "op")).request()) == []
        assert contract.check_request(data.draw(invalid_requests(contract, "op")).request()) != []

    draw()


@pytest.mark.parametrize("media", ["image/*", "text/csv", "application/xml", "multipart/form-data"])
def test_bodies_of_any_media_type_are_drawn(media: str) -> None:
    schema = {"type": "object", "properties": {"a": OBJECT, "f": {"type": "string", "format": "binary"}}}
    own = operation(requestBody={"required": True, **body(schema if "form" in media else {"type": "string"}, media)})
    contract = Contract(Document(document({"/a": {"post": own}})))

    @settings(max_examples=4)
    @given(valid_requests(contract, "op"))
    def draw(case: Any) -> None:
        assert contract.check_request(case.request()) == []

    draw()


@pytest.mark.parametrize("name", ["properties by pattern", "listed objects", "closed by what was not evaluated"])
def test_answers_and_payloads_that_are_tried_fit(name: str) -> None:
    header = {"X-O": {"required": True, "schema": OBJECT}}
    answer = {"200": {"description": "", "headers": header, **body({"$ref": "#/components/schemas/S"})}}
    contract = Contract(Document(document({"/a": {"get": operation(responses=answer)}}, {"S": SCHEMAS[name]})))

    @settings(max_examples=15)
    @given(responses(contract, "op", 200), payloads(contract, "S"))
    def draw(response: Any, payload: Any) -> None:
        assert contract.check_response(response, operation="op") == []
        assert contract.check_payload(payload, schema="S") == []

    draw()


@pytest.mark.parametrize("formats", [True, False])
def test_formats_that_are_switched_off_are_not_broken(formats: bool) -> None:
    contract = Contract(Document(posting({"type": "string", "format": "date"})), formats=formats)
    assert ("format" in {case.tag.rule for case in invalid_cases(contract, "op") if case.tag}) is formats
    row = {"type": "object", "properties": {"a": {"type": "string", "format": "date"}, "b": {"type": "integer"}}}
    contract = Contract(Document(posting(row)), formats=formats)
    tags = {(case.tag.where, case.tag.rule) for case in invalid_cases(contract, "op") if case.tag}
    assert ("body.b", "type") in tags
    assert (("body.a", "format") in tags) is formats


def test_a_request_goes_to_the_server_of_its_operation() -> None:
    contract = contract_of({}, servers=[{"url": "https://upload.test/v2"}])

    @settings(max_examples=5)
    @given(valid_requests(contract, "op"))
    def draw(case: Any) -> None:
        assert case.request().url == "https://upload.test/v2/a"

    draw()


TEXTS: dict[str, Any] = {
    "short": {"type": "string", "maxLength": 3},
    "a digit": {"type": "integer", "minimum": 0, "maximum": 9},
    "one of two": {"enum": ["on", "off"]},
    "either": {"type": ["integer", "boolean"]},
    "a list": {"type": "array", "items": {"type": "integer"}},
    "raw": {"type": "string", "format": "binary"},
}


@pytest.mark.parametrize("schema", TEXTS.values(), ids=TEXTS)
def test_text_bodies_are_drawn_by_their_schema(schema: Any) -> None:
    """A scalar as text; what is another thing as text is any text."""
    text = body(schema, "text/plain")
    own = operation(requestBody={"required": True, **text}, responses={"200": {"description": "", **text}})
    contract = Contract(Document(document({"/a": {"post": own}})))

    @settings(max_examples=20)
    @given(st.data())
    def conform(data: st.DataObject) -> None:
        assert contract.check_request(data.draw(valid_requests(contract, "op")).request()) == []
        assert contract.check_response(data.draw(responses(contract, "op", 200)), operation="op") == []

    conform()
    for case in invalid_cases(contract, "op"):
        assert case.tag is not None
        found = contract.check_request(case.request())
        assert (case.tag.where, case.tag.rule) in {(one.where, one.rule) for one in found}


def test_an_operation_that_nothing_breaks_is_reported() -> None:
    own = operation(requestBody={"content": {"*/*": {}}})
    contract = Contract(Document(document({"/a": {"post": own}})))
    assert invalid_cases(contract, "op") == ()
    with pytest.raises(NotUnderstood, match=r"^#/paths/~1a/post: no request breaks a rule"):
        invalid_requests(contract, "op")
