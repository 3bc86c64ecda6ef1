"""One schema with all that it refers to, and nothing that only a document has."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.cli.standalone import DIALECT, Standalone
from apicontract.openapi.document import Document


def _made(schema: Any, **schemas: Any) -> dict[str, Any]:
    raw = {"openapi": "3.1.0", "paths": {}, "components": {"schemas": schemas}, "own": {"type": "null"}}
    found = Standalone(Document(raw)).schema(schema, "urn:a")
    assert list(found)[:2] == ["$schema", "$id"]
    assert (found.pop("$schema"), found.pop("$id")) == (DIALECT, "urn:a")
    return found


@pytest.mark.parametrize(
    ("schema", "made"),
    [
        (True, {"allOf": [True]}),
        (False, {"allOf": [False]}),
        ({}, {}),
        ({"$id": "a", "$schema": "b", "$anchor": "c", "type": "null"}, {"type": "null"}),
        ({"x-a": 1, "xml": {}, "discriminator": {}, "externalDocs": {}, "example": 1, "title": "t"}, {"title": "t"}),
        (
            {"properties": {"x-a": {"x-b": 1}, "$id": {"type": "null"}}},
            {"properties": {"x-a": {}, "$id": {"type": "null"}}},
        ),
        ({"dependentRequired": {"x-a": ["b"], "example": ["c"]}},) * 2,
        ({"const": {"x-a": 1, "$ref": "#/nowhere"}},) * 2,
        ({"enum": [{"$id": 1}], "default": {"xml": 1}, "examples": [{"x-a": 1}]},) * 2,
        ({"anyOf": [{"x-a": 1}, True]}, {"anyOf": [{}, True]}),
        ({"items": {"not": {"x-a": 1}}}, {"items": {"not": {}}}),
    ],
)
def test_what_does_not_validate_is_left_out_and_data_stays_as_it_is(schema: Any, made: Any) -> None:
    assert _made(schema) == made


def test_what_is_referred_to_is_a_definition_also_of_itself() -> None:
    reference = {"$ref": "#/components/schemas/B"}
    found = _made({"items": reference, "not": reference}, B={"properties": {"b": reference, "c": {"$ref": "#/own"}}})
    assert found == {
        "items": {"$ref": "#/$defs/B"},
        "not": {"$ref": "#/$defs/B"},
        "$defs": {
            "B": {"properties": {"b": {"$ref": "#/$defs/B"}, "c": {"$ref": "#/$defs/own"}}},
            "own": {"type": "null"},
        },
    }


def test_names_of_definitions_differ_and_say_where_they_are_from() -> None:
    schemas = {"A": {"properties": {"b": {"type": "null"}}}, "A b": {"const": 1}, "A_b": {"const": 2}, "A~/": {}}
    pointers = ["A/properties/b", "A b", "A_b", "A~0~1", "A"]
    found = _made({"allOf": [{"$ref": f"#/components/schemas/{pointer}"} for pointer in pointers]}, **schemas)
    names = [one["$ref"].removeprefix("#/$defs/") for one in found["allOf"]]
    assert names == ["components_schemas_A_properties_b", "A_b", "A_b_2", "A_0_1", "A"]
    assert list(found["$defs"]) == sorted(names)
    assert (found["$defs"]["A_b"], found["$defs"]["A_b_2"]) == ({"const": 1}, {"const": 2})
