"""References, and data that looks like one."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from apicontract.openapi.keywords import subschemas
from apicontract.openapi.problems import DocumentInvalid
from apicontract.openapi.rebuild import Rebuild, Reference
from apicontract.openapi.references import follow, target_of

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


IN_LISTS = ("allOf", "anyOf", "oneOf", "prefixItems")
BY_NAME = ("properties", "patternProperties", "dependentSchemas", "$defs", "definitions")
ALONE = (
    *("additionalProperties", "contains", "contentSchema", "else", "if", "items", "not", "propertyNames", "then"),
    *("unevaluatedItems", "unevaluatedProperties"),
)
NOWHERE = ("const", "default", "enum", "example", "examples", "discriminator", "xml", "externalDocs", "x-any")


def test_every_schema_within_a_schema_is_found_with_its_pointer() -> None:
    """By each keyword that holds schemas, and by no other."""
    inner = {"$ref": "#/x"}
    schema = {
        **{key: [True, inner] for key in IN_LISTS},
        **{key: {"a/b": inner, "~": False} for key in BY_NAME},
        **dict.fromkeys((*ALONE, *NOWHERE), inner),
    }
    found = {pointer: held for held, pointer in subschemas(schema, "/s")}
    assert found == {
        **{f"/s/{key}/0": True for key in IN_LISTS},
        **{f"/s/{key}/1": inner for key in IN_LISTS},
        **{f"/s/{key}/a~1b": inner for key in BY_NAME},
        **{f"/s/{key}/~0": False for key in BY_NAME},
        **{f"/s/{key}": inner for key in ALONE},
    }
    places = [references({key: schema[key]}) for key in schema]
    assert [bool(found) for found in places] == [key not in NOWHERE for key in schema]
    assert list(subschemas({"anyOf": None, "properties": None}, "/s")) == []


@pytest.mark.parametrize(
    ("reference", "target"),
    [
        ("#/a/b", "/a/b"),
        ("#", ""),
        ("#/a%20b", "/a b"),
        ("#/%7Bid%7D", "/{id}"),
        ("#/%C3%BC", "/ü"),
        ("#/a~1b", "/a~1b"),
        ("#/a+b", "/a+b"),
    ],
)
def test_a_reference_is_a_fragment_of_the_document(reference: str, target: str) -> None:
    assert target_of(reference) == target


def test_a_reference_is_followed_to_its_end() -> None:
    root = {"a": {"$ref": "#/b%20c"}, "b c": {"$ref": "#/d/0"}, "d": [5], "e": {"$ref": "#/f"}, "f": {"$ref": "#/e"}}
    assert follow(root, root["a"], "/a") == (5, "/d/0")
    assert follow(root, 5, "/a") == (5, "/a")
    assert follow(root, {"x": 1}, "/a") == ({"x": 1}, "/a")
    assert follow(root, MappingProxyType({"$ref": "#/d"}), "/a") == ([5], "/d")


@pytest.mark.parametrize(
    ("node", "at", "said"),
    [
        ({"$ref": "#/e"}, "/f", "$ref '#/e' leads back to itself"),
        ({"$ref": "#/self"}, "/self", "$ref '#/self' leads back to itself"),
        ({"$ref": "#/into"}, "/e", "$ref '#/f' leads back to itself"),
        ({"$ref": "#/none"}, "/none", "there is nothing here; check the $ref that leads to it"),
        (
            {"$ref": "a.json#/a"},
            "/start",
            "$ref 'a.json#/a' leads nowhere: files in the folder of the document are read",
        ),
        ({"$ref": 5}, "/start", "$ref 5 leads nowhere"),
    ],
)
def test_a_reference_that_leads_nowhere_is_reported_where_it_is(node: Any, at: str, said: str) -> None:
    """The last one of a chain; one that leads back is reported where it comes round."""
    root = {"e": {"$ref": "#/f"}, "f": {"$ref": "#/e"}, "self": {"$ref": "#/self"}, "into": {"$ref": "#/f"}}
    with pytest.raises(DocumentInvalid) as caught:
        follow(root, node, "/start")
    assert (caught.value.pointer, str(caught.value).startswith(f"#{at}: {said}")) == (at, True)
