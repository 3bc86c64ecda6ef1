"""The schemas of outputs, and of the files of a document: they accept valid data, and reject any other."""

from __future__ import annotations

import json
from copy import deepcopy
from pathlib import Path
from typing import Any, get_args

import jsonschema_rs
import pytest

from apicontract.cli.main import run
from apicontract.cli.output_schemas import OWN, own_schema
from apicontract.openapi import yaml12
from apicontract.traffic.findings import Side
from tests.cli.conftest import Done, Run, entry, har
from tests.support.history import BASE, HISTORY
from twelvelabs_contract import Contract
from twelvelabs_contract.product import PRODUCT

SPEC = Path(__file__).parents[2] / "spec"
FILES = {
    **dict.fromkeys(sorted(SPEC.glob("paths/*.yaml")), "spec-paths"),
    **dict.fromkeys(sorted(SPEC.glob("schemas/*.yaml")), "spec-schemas"),
    **dict.fromkeys(sorted(SPEC.glob("examples/*.yaml")), "spec-examples"),
    SPEC / "openapi.yaml": "spec",
    SPEC / "common" / "responses.yaml": "spec-responses",
    SPEC / "common" / "parameters.yaml": "spec-parameters",
    SPEC / "common" / "headers.yaml": "spec-headers",
    SPEC / "editions.yaml": "spec-editions",
}


@pytest.fixture
def library(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Return a command line whose bundled document has a history."""
    monkeypatch.chdir(tmp_path)

    def load(path: Path | None = None, **named: Any) -> Contract:
        return Contract.load(path or HISTORY, **named)

    def started(*arguments: str) -> Done:
        return Done(run(PRODUCT._replace(load=load), arguments), *capsys.readouterr())

    return started


def _broken(name: str, value: Any) -> list[str]:
    return [str(error) for error in jsonschema_rs.Draft202012Validator(own_schema(name)).iter_errors(value)]


def _written(library: Run, name: str) -> Any:
    """Run what writes a value of a schema, with something in it."""
    elsewhere = entry("https://other.example/a", {})
    recording = har(entry(f"{BASE}/books?sort=a&page=99&draft=true", {"data": 1}), entry(f"{BASE}/maps", {}), elsewhere)
    Path("broken.har").write_text('{"log": {"entries": [')
    given: dict[str, tuple[str, ...]] = {
        "findings": ("check", "--format", "json", recording, "broken.har"),
        "operations": ("operations", "--format", "json"),
        "operation": ("show", "books.list", "--format", "json"),
        "schemas": ("schemas", "--format", "json"),
        "diff": ("diff", "2026-01", "2026-07", "--format", "json"),
        "upgrade": ("upgrade", "--to", "2026-07", "--format", "json", recording),
        "changes": ("changes", "--format", "json"),
        "coverage": ("check", "--report", "coverage.json", recording),
    }
    done = library(*given[name])
    return json.loads(Path("coverage.json").read_text() if name == "coverage" else done.out)


OUTPUTS = [name for name in OWN if not name.startswith("spec") and name != "exchange"]


@pytest.mark.parametrize("name", OUTPUTS)
def test_what_is_written_is_as_its_schema_says(library: Run, name: str) -> None:
    assert _broken(name, _written(library, name)) == []


@pytest.mark.parametrize("name", OUTPUTS)
def test_a_schema_names_every_key(library: Run, name: str) -> None:
    """A key that is taken out or comes to any object is noticed, but for parts of a document."""
    value = _written(library, name)
    holders = list(_holders(name, value))
    assert holders
    for path in holders:
        more, less = deepcopy(value), deepcopy(value)
        _at(more, path)["colour"] = "red"
        assert _broken(name, more), path
        held = _at(less, path)
        key = next(iter(held))
        if (name, key) not in OPTIONAL:
            del held[key]
            assert _broken(name, less), path


OPTIONAL = {("diff", "old"), ("diff", "new"), ("findings", "title"), ("coverage", "title")}
FREE = {"operation", "components", "headers", "unknown", "findings"}
"""What is a part of the document, or a mapping of names."""


def _holders(name: str, value: Any, path: tuple[Any, ...] = ()) -> list[tuple[Any, ...]]:
    """Return the paths of the objects in a value, the first item of each list."""
    if isinstance(value, list):
        return _holders(name, value[0], (*path, 0)) if value else []
    if not isinstance(value, dict):
        return []
    free = FREE if name in ("operation", "coverage") else FREE - {"findings"}
    inner = [found for key, held in value.items() if key not in free for found in _holders(name, held, (*path, key))]
    return [path, *inner] if value else inner


def _at(value: Any, path: tuple[Any, ...]) -> Any:
    for step in path:
        value = value[step]
    return value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_a_file_of_the_document_is_as_its_schema_says(path: Path) -> None:
    assert _broken(FILES[path], yaml12.load(path.read_bytes())) == []


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("spec-schemas", {"A": {"type": "object", "requred": ["a"]}}),
        ("spec-schemas", {"A": {"properties": {"a": {"minimum": "1"}}}}),
        ("spec-schemas", {"A": {"x-since": "yesterday"}}),
        ("spec-paths", {"/a": {"get": {"operationId": "a"}}}),
        ("spec-paths", {"/a": {"gett": {}}}),
        ("spec-parameters", {"A": {"name": "a", "in": "query", "description": "A."}}),
        ("spec-editions", {"editions": [], "releases": {}, "days": {"2026": {"ledger": "E1"}}}),
        ("spec", {"openapi": "3.1.0"}),
    ],
)
def test_what_the_generator_refuses_is_marked_in_an_editor(name: str, value: Any) -> None:
    assert _broken(name, value)


def test_a_reference_stands_for_an_object() -> None:
    assert _broken("spec-parameters", {"A": {"$ref": "other.yaml#/A", "x-since": "2026-01-01"}}) == []


def test_the_schemas_are_those_of_each_output_and_of_each_kind_of_file() -> None:
    outputs = ["findings", "operations", "operation", "schemas", "diff", "upgrade", "changes", "coverage", "exchange"]
    files = ["paths", "schemas", "responses", "parameters", "examples", "requestBodies", "headers", "editions"]
    assert [*OWN] == [*outputs, "spec", *(f"spec-{name}" for name in files)]


@pytest.mark.parametrize("name", OWN)
def test_every_schema_is_one_by_itself_and_is_printed(library: Run, name: str) -> None:
    done = library("schemas", "--own", name)
    schema = json.loads(done.out)
    assert (done.status, schema) == (0, own_schema(name))
    jsonschema_rs.meta.validate(schema)
    jsonschema_rs.Draft202012Validator(schema)
    assert schema["title"] == OWN[name][0]


def test_a_finding_is_of_one_of_the_sides_that_there_are() -> None:
    sides = own_schema("findings")["properties"]["findings"]["items"]["properties"]["side"]
    assert sides == {"enum": [*get_args(Side)]}


def test_a_name_that_there_is_not_is_reported_with_those_that_there_are(library: Run) -> None:
    done = library("schemas", "--own", "colours")
    assert done.status == 2
    assert "'findings'" in done.err
