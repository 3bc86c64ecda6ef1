"""References, and data that looks like one."""

from __future__ import annotations

from types import MappingProxyType
from typing import Any

import pytest

from apicontract.openapi.keywords import subschemas
from apicontract.openapi.pointer import split
from apicontract.openapi.problems import DocumentInvalid
from apicontract.openapi.rebuild import Rebuild, Reference, kind_at, put
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


GET = "/paths/~1a/get"
BODY = f"{GET}/requestBody"
MEDIA = f"{BODY}/content/a~1b"
PLACES = {
    "/paths/~1a": "path_item",
    "/webhooks/w": "path_item",
    "/servers/0": "server",
    **{f"/paths/~1a/{method}": "operation" for method in ("get", "put", "post", "delete", "options", "head", "patch")},
    **{f"/paths/~1a/{method}": "operation" for method in ("trace", "query", "additionalOperations/COPY")},
    "/paths/~1a/parameters/0": "parameter",
    f"{GET}/parameters/0": "parameter",
    f"{GET}/parameters/0/schema": "schema",
    f"{GET}/parameters/0/content/a~1b": "media_type",
    f"{GET}/parameters/0/examples/e": "example",
    BODY: "request_body",
    MEDIA: "media_type",
    f"{MEDIA}/schema": "schema",
    f"{MEDIA}/itemSchema": "schema",
    f"{MEDIA}/examples/e": "example",
    f"{MEDIA}/encoding/f": "encoding",
    f"{MEDIA}/encoding/f/headers/H": "header",
    f"{MEDIA}/encoding/f/encoding/g": "encoding",
    f"{MEDIA}/encoding/f/prefixEncoding/0": "encoding",
    f"{MEDIA}/encoding/f/itemEncoding": "encoding",
    f"{MEDIA}/prefixEncoding/0": "encoding",
    f"{MEDIA}/itemEncoding": "encoding",
    f"{GET}/responses/200": "response",
    f"{GET}/responses/200/content/a~1b/schema": "schema",
    f"{GET}/responses/200/headers/H": "header",
    f"{GET}/responses/200/headers/H/schema": "schema",
    f"{GET}/responses/200/links/L": "link",
    f"{GET}/callbacks/c": "callback",
    f"{GET}/callbacks/c/{{$url}}": "path_item",
    f"{GET}/callbacks/c/{{$url}}/post/requestBody": "request_body",
    "/components/schemas/x-S": "schema",
    "/components/schemas/S/properties/x-p": "schema",
    "/components/schemas/S/properties/x-p/items": "schema",
    "/components/schemas/S/patternProperties/x-": "schema",
    "/components/schemas/S/$defs/x-d": "schema",
    "/components/schemas/S/definitions/x-d": "schema",
    "/components/schemas/S/dependentSchemas/x-q": "schema",
    "/components/schemas/S/prefixItems/0": "schema",
    "/components/responses/R": "response",
    "/components/parameters/P": "parameter",
    "/components/examples/E": "example",
    "/components/requestBodies/B": "request_body",
    "/components/headers/H": "header",
    "/components/links/L": "link",
    "/components/callbacks/C": "callback",
    "/components/pathItems/I": "path_item",
    "/components/mediaTypes/M": "media_type",
    "/components/securitySchemes/K": "security_scheme",
}
DATA = (
    *("/paths/x-a", "/paths/~1a/x-a", "/paths/~1a/get/responses/x-a", "/components/responses/x-a", "/components/x-a/b"),
    *("/info", "/tags/0", "/paths/~1a/get/externalDocs", "/components/examples/E/value", "/paths/~1a/get/responses"),
)


def holding(place: str, held: Any) -> Any:
    """Return a document that holds a value at a place alone."""
    for token in reversed(split(place)):
        held = [held] if token == "0" else {token: held}
    return held


@pytest.mark.parametrize("place", [*PLACES, *DATA])
def test_every_object_of_openapi_may_be_a_reference_and_nothing_else(place: str) -> None:
    """Of the kind that belongs there; an extension is data, and so is what has no references."""
    walk = Rebuild()
    raw = holding(place, {"$ref": "#/x"})
    assert walk.document(raw) is raw
    kind = PLACES.get(place)
    assert list(walk.references.values()) == ([] if kind is None else [Reference("#/x", kind, place)])
    if not place.startswith(("/paths/x-", "/components/responses/x-", "/paths/~1a/get/responses/x-")):
        assert kind_at(split(place)) == kind


def test_a_target_is_noted_once_for_each_kind_that_is_meant() -> None:
    shared = {"$ref": "#/x"}
    walk = Rebuild()
    walk.document({"components": {"schemas": {"A": shared, "B": shared}, "headers": {"H": shared}}})
    assert list(walk.references.values()) == [
        Reference("#/x", "schema", "/components/schemas/A"),
        Reference("#/x", "header", "/components/headers/H"),
    ]


def test_what_changes_is_copied_with_all_around_it_and_nothing_else_is() -> None:
    def change(kind: str, node: Any, path: list[str]) -> Any:
        return {**node, "title": kind} if path[-1:] == ["1"] else node

    raw: Any = {"components": {"schemas": {"A": {"anyOf": [{}, {"type": "null"}]}, "B": {"anyOf": [{}]}}}}
    found = Rebuild(change).document(raw)
    assert found == {
        "components": {"schemas": {"A": {"anyOf": [{}, {"type": "null", "title": "schema"}]}, "B": {"anyOf": [{}]}}}
    }
    assert found["components"]["schemas"]["B"] is raw["components"]["schemas"]["B"]
    assert raw["components"]["schemas"]["A"]["anyOf"][1] == {"type": "null"}
    assert put({"a": [1, {"b": 2}]}, ("a", "1", "b"), 3) == {"a": [1, {"b": 3}]}
    assert put(5, (), 6) == 6
