"""A document in several files, and references that are not followed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi.document import parse
from tests.support.small import asked, document, load, operation, posting
from twelvelabs_contract import DocumentInvalid


def write(path: Path, value: Any) -> None:
    """Write a file of JSON, which is YAML too."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(json.dumps(value), encoding="utf-8")


def test_files_beside_and_below_are_read(tmp_path: Path) -> None:
    write(tmp_path / "paths/a.yaml", {"post": operation(requestBody={"$ref": "../bodies.json#/Body"})})
    write(
        tmp_path / "bodies.json",
        {
            "Body": {"content": {"application/json": {"schema": {"$ref": "#/Pet"}}}},
            "Pet": {"properties": {"tag": {"$ref": "openapi.json#/components/schemas/Tag"}}},
        },
    )
    raw = document({"/a": {"$ref": "./paths/a.yaml"}}, {"Tag": {"type": "string"}})
    contract = load(raw, tmp_path)
    assert asked(contract, "/a", b'{"tag": "x"}') == []
    assert asked(contract, "/a", b'{"tag": 5}') == [("body.tag", "type")]


def test_files_that_refer_to_each_other(tmp_path: Path) -> None:
    write(tmp_path / "pet.json", {"properties": {"owner": {"$ref": "owner.json"}, "name": {"type": "string"}}})
    write(tmp_path / "owner.json", {"properties": {"pets": {"items": {"$ref": "pet.json"}}}})
    contract = load(posting({"$ref": "pet.json"}), tmp_path)
    assert asked(contract, "/a", b'{"owner": {"pets": [{"name": 5}]}}') == [("body.owner.pets[0].name", "type")]


@pytest.mark.parametrize(
    "reference",
    [
        "../outside.json",
        "http://x.example/a.json",
        "file:///etc/passwd",
        "none.json",
        "link/secret.json",
        "a%00.json",
        "x" * 300,
        "//[x/a.json",
    ],
)
def test_nothing_else_is_read(reference: str, tmp_path: Path) -> None:
    write(tmp_path / "outside.json", {"type": "string"})
    write(tmp_path / "elsewhere/secret.json", {"type": "string"})
    folder = tmp_path / "folder"
    folder.mkdir()
    (folder / "link").symlink_to(tmp_path / "elsewhere")
    with pytest.raises(DocumentInvalid, match="leads nowhere"):
        load(posting({"$ref": reference}), folder)


def joined(raw: Any, folder: Path) -> Any:
    """Return a document as it is joined with its files."""
    write(folder / "openapi.json", raw)
    return parse((folder / "openapi.json").read_bytes(), folder / "openapi.json")


@pytest.mark.parametrize(
    ("reference", "found"),
    [
        ("a b.json", "#/x-files/a b.json"),
        ("a%20b.json", "#/x-files/a b.json"),
        ("./sub/../a%20b.json#/x%20y", "#/x-files/a b.json/x y"),
        ("a%20b.json#", "#/x-files/a b.json"),
        ("sub/c.json#/in", "#/x-files/sub~1c.json/in"),
        ("#/components/schemas/T", "#/components/schemas/T"),
        ("openapi.json#/components/schemas/T", "#/components/schemas/T"),
        ("a%20b.json#anchor", "a%20b.json#anchor"),
        ("https://x.test/a.json", "https://x.test/a.json"),
        ("//x.test/a.json", "//x.test/a.json"),
        ("none.json", "none.json"),
    ],
)
def test_references_lead_into_the_joined_document(reference: str, found: str, tmp_path: Path) -> None:
    """A file is placed by its path; what is no file of the folder stays as it is written."""
    write(tmp_path / "a b.json", {"type": "string", "x y": {"type": "null"}})
    write(tmp_path / "sub/c.json", {"in": {"$ref": "../a b.json"}, "own": {"$ref": "#/in"}})
    raw = joined(document({}, {"S": {"$ref": reference}, "T": {}, "O": {"$ref": "sub/c.json#/own"}}), tmp_path)
    assert raw["components"]["schemas"]["S"] == {"$ref": found}
    assert raw["x-files"]["sub/c.json"] == {
        "in": {"$ref": "#/x-files/a b.json"},
        "own": {"$ref": "#/x-files/sub~1c.json/in"},
    }
    assert all(type(value) is str for value in (raw["components"]["schemas"]["S"]["$ref"], raw["openapi"]))


def test_the_mapping_of_a_discriminator_may_name_files_and_schemas(tmp_path: Path) -> None:
    write(tmp_path / "cat.json", {"type": "object"})
    mapping = {"c": "cat.json", "d": "#/components/schemas/Dog", "e": "Dog", "f": "none.json"}
    pet = {"oneOf": [{"$ref": "cat.json"}], "discriminator": {"propertyName": "kind", "mapping": mapping}}
    raw = joined(document({}, {"Pet": pet, "Dog": {}}), tmp_path)
    assert raw["components"]["schemas"]["Pet"]["discriminator"]["mapping"] == {**mapping, "c": "#/x-files/cat.json"}
    assert raw["components"]["schemas"]["Pet"]["oneOf"] == [{"$ref": "#/x-files/cat.json"}]


def test_a_document_that_refers_to_no_file_is_not_changed(tmp_path: Path) -> None:
    raw = document({}, {"S": {"$ref": "#/components/schemas/T"}, "T": {"const": {"$ref": "a.json"}}})
    write(tmp_path / "a.json", {"type": "string"})
    assert joined(raw, tmp_path) == raw
