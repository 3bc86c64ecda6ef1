"""The facts of a schema: its types and its properties."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.openapi.facts import Shape, shape_at
from tests.support import small, things
from tests.support.things import THINGS


def test_null_is_admitted_only_in_so_many_words() -> None:
    assert not things.shape(True).nullable
    assert things.shape({"type": ["string", "null"]}).nullable


@pytest.mark.parametrize(
    ("schema", "is_file"),
    [
        ({"type": "string", "format": "binary"}, True),
        ({"type": "string", "contentMediaType": "image/png"}, True),
        ({"anyOf": [{"type": "string"}, {"type": "string", "format": "binary"}]}, True),
        ({"type": "string", "contentMediaType": "image/png", "contentEncoding": "base64"}, False),
        ({"type": "string", "contentMediaType": "text/csv"}, False),
        ({"type": "string", "contentMediaType": "application/json"}, False),
        ({"type": "string"}, False),
    ],
)
def test_bytes_as_they_are_are_a_file_and_no_text_is(schema: Any, is_file: bool) -> None:
    assert things.shape(schema).is_file is is_file


def test_the_first_declaration_of_a_property_counts() -> None:
    """And a closed object has no others, whatever its branches say."""
    twice = shape_at(THINGS.document, THINGS.document.schemas["Twice"], "/components/schemas/Twice")
    assert twice.property("x").types == {"integer"}
    assert twice.additional is None
    assert Shape(THINGS.document, {"properties": {"a/b": {}}}, "/s").property("a/b").pointer == "/s/properties/a~1b"


@pytest.mark.parametrize(
    ("schema", "types"),
    [
        ({}, set()),
        ({"const": None}, {"null"}),
        ({"enum": [1, 1.5, "a", True]}, {"integer", "number", "string", "boolean"}),
        ({"enum": [[], {}]}, {"array", "object"}),
        ({"properties": {}}, {"object"}),
        ({"items": {}}, {"array"}),
        ({"type": ["string", "null"], "anyOf": [{"type": "integer"}]}, {"string", "null"}),
        (
            {"anyOf": [{"type": "integer"}, {"oneOf": [{"const": "a"}]}], "allOf": [{"items": {}}]},
            {"integer", "string", "array"},
        ),
    ],
)
def test_the_types_that_a_schema_names_or_implies(schema: Any, types: set[str]) -> None:
    assert things.shape(schema).types == types


def test_a_property_is_declared_by_its_name_or_any_part_of_it_that_matches() -> None:
    schema = {"properties": {"a_n": {"type": "string"}}, "patternProperties": {"_n": {"type": "integer"}, "(": {}}}
    shape = Shape(THINGS.document, {**schema, "additionalProperties": {"type": "boolean"}}, "/patterns")
    assert [shape.property(name).types for name in ("a_n", "b_n", "c")] == [{"string"}, {"integer"}, {"boolean"}]


@pytest.mark.parametrize(
    ("coding", "holds", "coded"),
    [(None, True, False), ("base64", True, True), ("base64url", True, True), ("base32", False, False)],
)
def test_json_in_a_text_is_read_in_a_coding_that_is_known(coding: str | None, holds: bool, coded: bool) -> None:
    schema = {"contentMediaType": "application/json", **({} if coding is None else {"contentEncoding": coding})}
    shape = Shape(THINGS.document, schema, f"/text/{coding}")
    assert (shape.json_text is not None, shape.in_base64) == (holds, coded)


def shape_of(schema: Any) -> Shape:
    """Return the shape of the only schema of a document."""
    return shape_at(Document(small.document({}, {"S": schema})), schema, "/components/schemas/S")


TAGGED = {
    "oneOf": [
        {"properties": {"kind": {"const": "b"}}},
        {"properties": {"kind": {"enum": ["a", 5, "b"]}}},
        {"properties": {"kind": {"type": "string"}}},
        {"allOf": [{"properties": {"kind": {"const": "c"}}}]},
        {"properties": {"other": {"const": "d"}}},
    ]
}


@pytest.mark.parametrize(
    ("schema", "tag", "kinds"),
    [
        ({**TAGGED, "discriminator": {"propertyName": "kind"}}, "kind", ("b", "a", "c")),
        ({"anyOf": TAGGED["oneOf"], "discriminator": {"propertyName": "kind"}}, "kind", ("b", "a", "c")),
        ({**TAGGED, "discriminator": {"propertyName": "other"}}, "other", ("d",)),
        (TAGGED, "", ()),
        ({"discriminator": {"propertyName": "kind"}}, "kind", ()),
        (True, "", ()),
    ],
)
def test_the_values_of_a_discriminator_are_those_that_its_branches_list(schema: Any, tag: str, kinds: Any) -> None:
    """In their order, each once; of strings only."""
    shape = shape_of(schema)
    assert (shape.discriminator, shape.kinds) == (tag, kinds)


def test_items_and_other_properties_are_those_of_the_first_part_that_says() -> None:
    """A closed part closes the whole; what nothing describes admits anything."""
    integer, string = {"type": "integer"}, {"type": "string"}
    assert shape_of({"allOf": [{}, {"items": integer}, {"items": string}]}).items.types == {"integer"}
    assert shape_of({"type": "array"}).items.types == frozenset()
    closed = {"allOf": [{"additionalProperties": integer}, {"additionalProperties": False}]}
    first = shape_of(closed).additional
    assert first is not None
    assert first.types == {"integer"}
    assert shape_of({"allOf": [{"additionalProperties": False}, {"additionalProperties": integer}]}).additional is None
    assert shape_of({"additionalProperties": False}).property("a").types == frozenset()
    free = shape_of({"type": "object"}).additional
    assert free is not None
    assert free.types == frozenset()


def test_properties_are_those_of_all_parts_the_first_of_each_name() -> None:
    text = {"type": "string", "contentMediaType": "application/json"}
    schema = {
        "properties": {"a": {"type": "integer"}, "l": {"type": ["array", "null"]}},
        "allOf": [{"properties": {"a": text, "b/c": text}}],
        "oneOf": [{"properties": {"d": {"type": "array"}}}],
        "patternProperties": {"^b": {"type": "boolean"}, "n$": {"type": "number"}},
    }
    shape = shape_of(schema)
    assert {name: set(found.types) for name, found in shape.properties.items()} == {
        "a": {"integer"},
        "l": {"array", "null"},
        "b/c": {"string"},
        "d": {"array"},
    }
    assert [*shape.lists] == ["l", "d"]
    assert [*shape.json_texts] == ["a", "b/c"]
    assert shape.properties["b/c"].pointer.endswith("/allOf/0/properties/b~1c")
    assert [set(shape.property(name).types) for name in ("b/c", "b", "xn", "an", "x")] == [
        {"string"}, {"boolean"}, {"number"}, {"number"}, set(),
    ]  # fmt: skip
    assert shape.property("b").pointer.endswith("/patternProperties/^b")
    assert shape_of({"allOf": [{"type": "string"}], "type": ["string", "null"]}).nullable
    assert not shape_of({"type": "string", "anyOf": [{"type": "null"}]}).nullable
    assert [shape_of(held).is_text for held in ({}, {"type": "string"}, {"type": ["string", "null"]})] == [
        True,
        True,
        False,
    ]
