"""A document in several files, and references that are not followed."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

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
