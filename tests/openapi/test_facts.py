"""The facts of a schema: its types and its properties."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.facts import Shape, shape_at
from tests.support import things
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
