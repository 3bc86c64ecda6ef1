"""The objects of an OpenAPI document, and the pointers to them."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import openapi_spec_validator
import pytest

from apicontract.openapi.objects import COMPONENTS, METHODS, OPENAPI, PLAIN, children, is_reference
from apicontract.openapi.pointer import fragment, split

MEMBERS = {
    "document": ["paths", "tags", "webhooks"],
    "header": ["examples"],
    "media_type": ["examples"],
    "operation": ["parameters", "requestBody", "responses"],
    "parameter": ["examples"],
    "path_item": sorted(("parameters", *METHODS)),
    "request_body": ["content"],
    "response": ["content", "headers", "links"],
    "schema": ["allOf", "anyOf", "oneOf", "properties"],
    "webhook": sorted(("parameters", *METHODS)),
    "webhook_operation": ["parameters", "requestBody", "responses"],
}


def test_what_comes_and_goes_by_itself() -> None:
    """The members that can be marked; a definition is none."""
    found = {kind: sorted(key for key, field in fields.items() if field.member) for kind, fields in OPENAPI.items()}
    assert {kind: keys for kind, keys in found.items() if keys} == MEMBERS


def test_every_key_is_one_of_openapi() -> None:
    """By the schema that the OpenAPI Initiative publishes, whose names of objects are those of ours."""
    place = Path(openapi_spec_validator.__file__).parent / "resources" / "schemas" / "v3.1" / "schema.json"
    official: Any = json.loads(place.read_text(encoding="utf-8"))
    names = {"external_docs": "external-documentation", "webhook": "path-item", "webhook_operation": "operation"}
    for kind, fields in OPENAPI.items():
        if kind in ("schema", "discriminator"):  # of a vocabulary of its own
            continue
        name = names.get(kind, kind.replace("_", "-"))
        node = official if kind == "document" else official["$defs"][name]
        assert {key for key in fields if not key.startswith("x-")} <= _keys(node), kind


def _keys(node: Any) -> set[str]:
    """Return the names of properties in a schema, with those that depend on others."""
    if isinstance(node, list):
        return set().union(*map(_keys, node))
    if not isinstance(node, dict):
        return set()
    found = set(node["properties"]) if isinstance(node.get("properties"), dict) else set()
    if str(node.get("$ref", "")).endswith("/examples"):
        found |= {"example", "examples"}
    return found.union(*(_keys(inner) for key, inner in node.items() if key != "properties"))


def test_the_table_is_closed() -> None:
    """Every field is a plain form, or holds a kind that is in the table."""
    for fields in OPENAPI.values():
        for field in fields.values():
            assert field.kind in OPENAPI if field.kind else field.form in PLAIN


def test_references() -> None:
    """A `$ref` is a reference where a definition can be meant, and data elsewhere."""
    assert all(is_reference(kind, {"$ref": "#/x"}) for kind in (*COMPONENTS, "path_item", "webhook"))
    assert not any(is_reference(kind, {"$ref": "#/x"}) for kind in ("info", "operation", "discriminator"))
    assert not is_reference("schema", ["$ref"])


def test_children_are_what_the_table_knows_in_the_right_form() -> None:
    """Data, unknown keys and wrong forms are passed over."""
    schema = {"allOf": [{}, 5], "properties": {"a": {}}, "not": True, "default": {}, "items": {}, "anyOf": {}, "x": {}}
    found = [(tokens, kind) for tokens, kind, _ in children("schema", schema)]
    expected = [("allOf", "0"), ("allOf", "1"), ("properties", "a"), ("items",)]
    assert found == [(tokens, "schema") for tokens in expected]


@pytest.mark.parametrize(
    ("tokens", "pointer"), [((), "#"), (("a", "0"), "#/a/0"), (("paths", "/a~b"), "#/paths/~1a~0b"), (("",), "#/")]
)
def test_pointers(tokens: tuple[str, ...], pointer: str) -> None:
    """RFC 6901, sections 3 and 6."""
    assert fragment(tokens) == pointer
    assert split(pointer) == tokens
    assert split(pointer[1:]) == tokens
