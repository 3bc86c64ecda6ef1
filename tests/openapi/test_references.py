"""References, and data that looks like one."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.rebuild import Rebuild, Reference

LOOKS_LIKE_ONE = {"$ref": "#/nowhere"}


def references(schema: Any) -> list[Reference]:
    """Return the references of a document that holds a schema."""
    walk = Rebuild()
    walk.document({"components": {"schemas": {"a/b": schema}}})
    return list(walk.references.values())


def test_a_reference_is_found_with_its_kind_and_the_pointer_of_what_holds_it() -> None:
    held = {"allOf": [{"$ref": "#/x"}], "properties": {"$ref": {"items": {"$ref": "#/y"}}}}
    assert references(held) == [
        Reference("#/x", "schema", "/components/schemas/a~1b/allOf/0"),
        Reference("#/y", "schema", "/components/schemas/a~1b/properties/$ref/items"),
    ]


@pytest.mark.parametrize("key", ["const", "default", "enum", "example", "examples", "discriminator", "x-any"])
def test_a_reference_in_data_is_none(key: str) -> None:
    """A value may have a member `$ref`, and a discriminator a value of that name."""
    assert references({key: LOOKS_LIKE_ONE}) == []


def test_what_a_reference_leads_to_is_read_as_what_it_stands_for() -> None:
    """Wherever it is: documents keep schemas in places that OpenAPI does not know."""

    def change(kind: str, node: Any, path: list[str]) -> Any:
        return {**node, "seen": path[:]} if kind == "schema" and "type" in node else node

    raw: Any = {"components": {"schemas": {"A": {"$ref": "#/definitions/B"}}}, "definitions": {"B": {"type": "string"}}}
    found: Any = Rebuild(change).document(raw)
    assert found["definitions"]["B"]["seen"] == ["definitions", "B"]
    assert "seen" not in raw["definitions"]["B"]
