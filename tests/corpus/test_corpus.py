"""The measurements of the corpus, on documents of ours: they count right, and find faults."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import Any

import pytest

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document
from tests.corpus import bodies, documents, strategies
from tests.support.orchard import contract_of
from tests.support.small import posting

SCHEMA: Any = {
    "type": "object",
    "required": ["id", "kind"],
    "properties": {
        "id": {"type": "integer", "minimum": 1, "readOnly": True},
        "kind": {"enum": ["a", "b"]},
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 5}, "uniqueItems": True},
        "size": {"oneOf": [{"type": "integer"}, {"type": "number", "multipleOf": 0.5}]},
    },
    "patternProperties": {"^x-": {"type": "string"}},
    "additionalProperties": False,
}


@pytest.mark.parametrize("name", ["orchard", "own"])
def test_mutated_bodies_have_the_verdicts_of_jsonschema(name: str) -> None:
    given = contract_of("orchard").document if name == "orchard" else Document(posting(SCHEMA))
    found = list(bodies.differences(Contract(given, formats=False), 60 if name == "own" else 8))
    assert {theirs for *_, theirs in found} == {True, False}
    assert [text for _, text, ours, theirs in found if ours is not theirs] == []


def test_documents_are_read_compressed_or_not_and_counted(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    text = json.dumps(posting(SCHEMA)).encode()
    (tmp_path / "a.json").write_bytes(text)
    (tmp_path / "b.json.gz").write_bytes(gzip.compress(text))
    (tmp_path / "README.md").write_bytes(b"# no document")
    assert [path.name for path in documents.files(tmp_path)] == ["a.json", "b.json.gz"]
    assert strategies.main([str(tmp_path), "--examples", "2"]) == 0
    assert capsys.readouterr().out.splitlines()[-1] == "all: 2 of 2 drawn, 0 not, 0 wrong"


def test_what_cannot_be_drawn_is_reported_with_the_reason() -> None:
    contract = Contract(Document(posting({"allOf": [{"type": "string"}, {"type": "integer"}]})))
    assert "no value of the body was found" in strategies.drawn(contract, "op").why_not
