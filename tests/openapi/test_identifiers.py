"""References by `$id` and `$anchor`, and percent-encoded fragments."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

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
