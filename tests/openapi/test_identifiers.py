"""References by `$id` and `$anchor`, and percent-encoded fragments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi import versions
from tests.support.small import asked, load, posting

INTEGER = {"type": "integer"}


@pytest.mark.parametrize(
    ("schema", "schemas"),
    [
        ({"$ref": "#thing"}, {"T": {"$anchor": "thing", **INTEGER}}),
        ({"$ref": "#/components/schemas/A%20b"}, {"A b": INTEGER}),
        ({"$ref": "#/components/schemas/%7Bid%7D"}, {"{id}": INTEGER}),
        ({"$ref": "https://x.test/t"}, {"T": {"$id": "https://x.test/t", **INTEGER}}),
        ({"$ref": "#/components/schemas/T"}, {"T": {"$id": "t", "$ref": "#/$defs/n", "$defs": {"n": INTEGER}}}),
        ({"$ref": "#/components/schemas/T"}, {"T": {"$id": "t", "$ref": "u"}, "U": {"$id": "u", **INTEGER}}),
        ({"$ref": "#/components/schemas/T"}, {"T": {"$id": "t", "$ref": "#/components/schemas/U"}, "U": INTEGER}),
        ({"$dynamicRef": "#thing"}, {"T": {"$dynamicAnchor": "thing", **INTEGER}}),
    ],
)
def test_a_reference_leads_to_what_it_names(schema: Any, schemas: Any, tmp_path: Path) -> None:
    contract = load(posting(schema, schemas), tmp_path)
    assert asked(contract, "/a", b"5") == []
    assert asked(contract, "/a", b'"5"') == [("body", "type")]


def test_an_open_place_is_filled_by_who_extends(tmp_path: Path) -> None:
    page = {
        "$id": "https://x.test/page",
        "properties": {"items": {"type": "array", "items": {"$dynamicRef": "#item"}}},
        "$defs": {"item": {"$dynamicAnchor": "item", "not": {}}},
    }
    numbers = {"$id": "https://x.test/n", "$ref": "page", "$defs": {"item": {"$dynamicAnchor": "item", **INTEGER}}}
    contract = load(posting({"$ref": "#/components/schemas/N"}, {"Page": page, "N": numbers}), tmp_path)
    assert asked(contract, "/a", b'{"items": [1]}') == []
    assert asked(contract, "/a", b'{"items": ["a"]}') == [("body.items[0]", "type")]


def test_a_recursive_schema_is_extended_at_every_depth(tmp_path: Path) -> None:
    tree = {
        "$id": "https://x.test/tree",
        "$dynamicAnchor": "node",
        "properties": {"children": {"items": {"$dynamicRef": "#node"}}},
    }
    strict = {"$id": "https://x.test/strict", "$dynamicAnchor": "node", "$ref": "tree", "unevaluatedProperties": False}
    contract = load(posting({"$ref": "#/components/schemas/S"}, {"Tree": tree, "S": strict}), tmp_path)
    assert asked(contract, "/a", b'{"children": [{"children": []}]}') == []
    assert asked(contract, "/a", b'{"children": [{"childen": []}]}') != []


def pointers(schema: Any, schemas: Any, **more: Any) -> tuple[Any, Any]:
    """Return a schema and the named schemas of a document as they are read."""
    found: Any = versions.read({"openapi": "3.2.0", "components": {"schemas": {"S": schema, **schemas}}, **more}).raw
    read = found["components"]["schemas"]
    return read["S"], read


HERE = "#/components/schemas"


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("#/components/schemas/A", f"{HERE}/A"),
        ("#/components/schemas/A%20b", f"{HERE}/A%20b"),
        ("#/components/schemas/A b", f"{HERE}/A%20b"),
        ("#/components/schemas/%7Bid%7D", f"{HERE}/%7Bid%7D"),
        ("#/components/schemas/ü", f"{HERE}/%C3%BC"),
        ("#/components/schemas/%C3%BC", f"{HERE}/%C3%BC"),
        ("#/components/schemas/50%25", f"{HERE}/50%25"),
        ("#/components/schemas/a~1b", f"{HERE}/a~1b"),
        ("#anchored", f"{HERE}/Named"),
        ("#dynamic", f"{HERE}/Dynamic"),
        ("#nowhere", "#nowhere"),
        ("https://x.test/t", f"{HERE}/Id"),
        ("https://x.test/t#", f"{HERE}/Id"),
        ("https://x.test/t#/$defs/n", f"{HERE}/Id/$defs/n"),
        ("https://x.test/t#inner", f"{HERE}/Id/$defs/n"),
        ("https://x.test/deep/er", f"{HERE}/Id/$defs/m"),
        ("https://x.test/t#/components/schemas/A", f"{HERE}/A"),
        ("https://x.test/t#/components/schemas/A%20b", f"{HERE}/A%20b"),
        ("#/components/schemas/p%25q", f"{HERE}/p%2525q"),
        ("https://x.test/t#/none", f"{HERE}/Id/none"),
        ("https://other.test/t", "https://other.test/t"),
        ("other.json#/a", "other.json#/a"),
    ],
)
def test_references_become_plain_pointers(reference: str, found: str) -> None:
    """What leads out of the document, and an anchor that nobody has, stay as they are."""
    schemas = {
        "A": INTEGER,
        "A b": INTEGER,
        "{id}": INTEGER,
        "ü": INTEGER,
        "50%": INTEGER,
        "p%25q": INTEGER,
        "a/b": INTEGER,
        "Named": {"$anchor": "anchored"},
        "Twice": {"$anchor": "anchored"},
        "Dynamic": {"$dynamicAnchor": "dynamic"},
        "Id": {
            "$id": "https://x.test/t#",
            "$defs": {"n": {"$anchor": "inner"}, "m": {"$id": "deep/er"}},
        },
        "Again": {"$id": "https://x.test/t"},
    }
    read, every = pointers({"$ref": reference}, schemas)
    assert read == {"$ref": found}
    assert every["Named"] == every["Dynamic"] == every["Again"] == {}
    assert every["Id"] == {"$defs": {"n": {}, "m": {}}}


@pytest.mark.parametrize(("name", "found"), [("ü", "%C3%BC"), ("a b", "a%20b"), ("A_b-1.2~0", "A_b-1.2~0")])
def test_references_become_plain_pointers_in_a_document_without_identifiers(name: str, found: str) -> None:
    read, _ = pointers({"$ref": f"#/components/schemas/{name}"}, {name.replace("~0", "~"): INTEGER})
    assert read == {"$ref": f"{HERE}/{found}"}


def test_a_reference_is_resolved_by_the_innermost_identifier_around_it() -> None:
    """One whose name begins alike has none; what a resource does not have is looked up in the document."""
    schemas = {
        "A": {
            "$id": "https://x.test/a/",
            "$defs": {
                "b": {"$id": "b/", "$defs": {"c": {"$ref": "c"}, "d": {"$ref": "#here"}, "e": {"$anchor": "here"}}}
            },
            "items": {"$ref": "c"},
            "not": {"$ref": "#top"},
            "anyOf": [{"$ref": "#/$defs/b"}, {"$ref": "#/components/schemas/AA"}],
        },
        "AA": {"$ref": "c"},
        "C": {"$id": "https://x.test/a/c"},
        "D": {"$id": "https://x.test/a/b/c"},
        "Top": {"$anchor": "top"},
    }
    _, every = pointers({}, schemas)
    inner = every["A"]["$defs"]["b"]["$defs"]
    assert inner == {"c": {"$ref": f"{HERE}/D"}, "d": {"$ref": f"{HERE}/A/$defs/b/$defs/e"}, "e": {}}
    assert (every["A"]["items"], every["A"]["not"]) == ({"$ref": f"{HERE}/C"}, {"$ref": f"{HERE}/Top"})
    assert every["A"]["anyOf"] == [{"$ref": f"{HERE}/A/$defs/b"}, {"$ref": f"{HERE}/AA"}]
    assert every["AA"] == {"$ref": "c"}


def test_references_of_other_objects_are_resolved_by_the_address_of_the_document() -> None:
    address = "https://x.test/api.json"
    responses = {
        "200": {"$ref": f"{address}#/components/responses/R"},
        "201": {"$ref": "api.json#/components/responses/R"},
    }
    raw: Any = {
        "openapi": "3.2.0",
        "$self": address,
        "paths": {"/a": {"get": {"responses": responses}}},
        "components": {"responses": {"R": {"description": ""}}, "schemas": {"S": {"$anchor": "a"}}},
    }
    read: Any = versions.read(raw).raw["paths"]["/a"]["get"]["responses"]
    assert read == {"200": {"$ref": "#/components/responses/R"}, "201": {"$ref": "#/components/responses/R"}}


def test_a_dynamic_reference_beside_another_applies_too() -> None:
    both = {"$ref": "#/components/schemas/A", "$dynamicRef": "#d", "allOf": [{"minimum": 1}]}
    read, _ = pointers(both, {"A": INTEGER, "D": {"$dynamicAnchor": "d"}})
    assert read == {"$ref": f"{HERE}/A", "allOf": [{"minimum": 1}, {"$ref": f"{HERE}/D"}]}


def test_who_extends_a_resource_has_a_copy_of_it_beside_its_own_definitions() -> None:
    """For each one of whose anchors it has some; references within the copy stay in it, and others are the same."""
    page = {
        "$id": "https://x.test/page",
        "properties": {
            "items": {"items": {"$dynamicRef": "#item"}},
            "more": {"$ref": "#/$defs/more"},
            "a": {"$ref": "/A"},
        },
        "$defs": {"item": {"$dynamicAnchor": "item"}, "more": {"type": "string"}},
    }
    own = {
        "$id": "https://x.test/n",
        "$ref": "page",
        "$defs": {"x": True, "item": {"$dynamicAnchor": "item", **INTEGER}, "other": {"$dynamicAnchor": "other"}},
    }
    _, every = pointers({}, {"Page": page, "N": own, "A": {"$id": "https://x.test/A"}})
    at = f"{HERE}/N/$defs/https:~1~1x.test~1page"
    assert every["N"]["$ref"] == at
    assert [*every["N"]["$defs"]] == ["x", "item", "other", "https://x.test/page"]
    copy = every["N"]["$defs"]["https://x.test/page"]
    assert copy["properties"]["items"]["items"] == {"allOf": [{"$ref": f"{HERE}/N/$defs/item"}]}
    assert copy["properties"]["more"] == {"$ref": f"{at}/$defs/more"}
    assert copy["properties"]["a"] == {"$ref": f"{HERE}/A"}
    assert every["Page"]["properties"]["items"]["items"] == {"$ref": f"{HERE}/Page/$defs/item"}


def test_a_copy_is_checked_by_its_own_definitions(tmp_path: Path) -> None:
    page = {
        "$id": "https://x.test/page",
        "properties": {
            "items": {"items": {"$dynamicRef": "#item"}},
            "next": {"$ref": "#/$defs/token"},
            "meta": {"$dynamicRef": "#meta"},
        },
        "$defs": {
            "item": {"$dynamicAnchor": "item"},
            "token": {"type": "string"},
            "meta": {"$dynamicAnchor": "meta", "type": "boolean"},
        },
    }
    own = {"$id": "https://x.test/n", "$ref": "page", "$defs": {"item": {"$dynamicAnchor": "item", **INTEGER}}}
    contract = load(posting({"$ref": "#/components/schemas/N"}, {"Page": page, "N": own}), tmp_path)
    assert asked(contract, "/a", b'{"items": [1], "next": "a"}') == []
    assert asked(contract, "/a", b'{"items": [1], "next": 5}') == [("body.next", "type")]
    assert asked(contract, "/a", b'{"items": ["a"]}') == [("body.items[0]", "type")]
    assert asked(contract, "/a", b'{"items": [1], "meta": 5}') == [("body.meta", "type")]
