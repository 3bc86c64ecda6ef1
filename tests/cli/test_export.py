"""`export`: every schema stands by itself, is valid JSON Schema 2020-12, and gives the contract's verdicts."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from jsonschema import Draft202012Validator

from apicontract.cli.export import INDEX, _file_name, _free, schemas
from apicontract.openapi import media_types
from apicontract.openapi.document import Document
from tests.cli.conftest import Run
from twelvelabs_contract import Contract
from twelvelabs_contract.product import PRODUCT


@pytest.fixture(scope="module")
def files(contract: Contract) -> dict[str, Any]:
    """Return the files of the bundled document."""
    return schemas(contract.document, made_by=PRODUCT.name)[0]


def references(node: object) -> Iterator[str]:
    """Yield every `$ref` of a schema, wherever it stands."""
    if isinstance(node, dict):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"]
        for value in node.values():
            yield from references(value)
    elif isinstance(node, list):
        for item in node:
            yield from references(item)


def variants(value: Any) -> Iterator[Any]:
    """Yield an example, and what it becomes by one change: mostly wrong, sometimes still right."""
    yield value
    yield [value]
    if isinstance(value, dict):
        yield {**value, "some_other_key": 1}
        for key in value:
            yield {k: v for k, v in value.items() if k != key}
            yield {**value, key: {"x": [1.5]}}


def test_every_payload_and_component_has_a_file(contract: Contract, files: dict[str, Any]) -> None:
    bodies = [body for o in contract.operations for body in o.responses.values()]
    payloads = sum(len(body.content) for body in bodies)
    payloads += sum(len(o.request_body.content) for o in contract.operations if o.request_body)
    index = files[INDEX]["schemas"]
    assert [row["file"] for row in index] == [path for path in files if path != INDEX]
    assert len(index) == payloads + len(contract.document.schemas)
    events = [row for row in index if row.get("payload") == "event"]
    assert {row["media_type"] for row in events} == {media_types.NDJSON}
    assert {row["operation"] for row in events} == {o.id for o in contract.operations if o.streaming}


def test_each_is_a_valid_schema_that_needs_no_other_file(files: dict[str, Any]) -> None:
    identifiers = set()
    for path, schema in files.items():
        if path != INDEX:
            Draft202012Validator.check_schema(schema)
            assert schema["$schema"] == "https://json-schema.org/draft/2020-12/schema"
            identifiers.add(schema["$id"])
            needed = {reference.removeprefix("#/$defs/") for reference in references(schema)}
            assert needed == set(schema.get("$defs", {})), path
    assert len(identifiers) == len(files) - 1


def test_nothing_of_openapi_is_left_in_them(files: dict[str, Any]) -> None:
    text = json.dumps({path: schema for path, schema in files.items() if path != INDEX})
    assert "#/components" not in text
    assert not any(f'"{word}":' in text for word in ("discriminator", "x-exclusive", "example"))


def test_the_verdicts_are_the_contract_s(contract: Contract, files: dict[str, Any]) -> None:
    """On every documented example and on what one change makes of it, by a validator that is not ours."""
    counts = {True: 0, False: 0}
    for row in files[INDEX]["schemas"]:
        if row.get("payload") not in ("request", "response"):
            continue
        status = row.get("status")
        body: Any = contract.document.at(row["pointer"].removesuffix("/schema"))
        number = None if status is None else int(status.replace("XX", "99"))
        validator = Draft202012Validator(files[row["file"]], format_checker=Draft202012Validator.FORMAT_CHECKER)
        for example in (body.get("examples") or {}).values():
            found, _ = contract.document.resolve(example, row["pointer"])
            for value in variants(found["value"]):
                reported = contract.check_payload(value, operation=row["operation"], status=number)
                # A schema inside a text is an annotation in JSON Schema (2020-12, Validation, section 8).
                wanted = not [violation for violation in reported if "/contentSchema" not in violation.pointer]
                assert validator.is_valid(value) == wanted, (row["file"], value)
                counts[wanted] += 1
    assert min(counts.values()) > 200


def test_the_event_of_a_stream_has_the_contract_s_verdict(contract: Contract, files: dict[str, Any]) -> None:
    streamed = next(o for o in contract.operations if o.streaming)
    validator = Draft202012Validator(files[f"operations/{streamed.id}/200.event.json"])
    text = next(iter(streamed.responses["200"].content[media_types.NDJSON].examples.values()))
    events = [json.loads(line) for line in text.splitlines()]
    assert events
    assert all(validator.is_valid(event) for event in events)
    assert not validator.is_valid({"event_type": "stream_pause"})


def test_the_files_are_written_as_they_are_made(cli: Run, files: dict[str, Any]) -> None:
    done = cli("export", "out")
    assert (done.status, done.out) == (0, f"wrote {len(files) - 1} schemas and index.json to out\n")
    written = {path.relative_to("out").as_posix(): path for path in Path("out").rglob("*") if path.is_file()}
    assert written.keys() == files.keys()
    assert all(json.loads(path.read_text(encoding="utf-8")) == files[name] for name, path in written.items())


def test_a_directory_that_holds_something_is_not_touched(cli: Run) -> None:
    Path("out").mkdir()
    Path("out/mine.json").write_text("{}", encoding="utf-8")
    done = cli("export", "out")
    assert (done.status, done.out) == (2, "")
    assert done.err == "error: out is not empty; name a new directory, or remove this one first\n"
    assert [path.name for path in Path("out").iterdir()] == ["mine.json"]
    done = cli("export", "out/mine.json")
    assert (done.status, done.err) == (2, "error: out/mine.json is a file; name a new directory\n")


def tiny(component: dict[str, Any], *names: str) -> Document:
    """Return a document with an operation for each name, whose response is the component `A`."""
    content = {"application/json": {"schema": {"$ref": "#/components/schemas/A"}}}
    paths = {
        f"/{i}": {"get": {"operationId": name, "responses": {"200": {"description": "", "content": content}}}}
        for i, name in enumerate(names)
    }
    raw = {"openapi": "3.1.0", "info": {"title": "Höfe & Co.", "version": "2 beta"}, "paths": paths}
    return Document({**raw, "components": {"schemas": {"A": component, "B": {"type": "string"}, "a": {}}}})


def test_no_name_of_a_document_leads_out_of_the_directory_or_onto_another_file() -> None:
    files, _ = schemas(
        tiny({}, "../../up", "/etc/passwd", "tasks.list", "Tasks.List", "..", "é", "e/é", "con\x00"), made_by=""
    )
    assert len(files) == 8 + 3 + 1
    assert len({path.lower() for path in files}) == len(files)
    for path in files:
        assert ".." not in path.split("/")
        assert path.isascii()
        assert not path.startswith("/")


def test_a_reference_to_any_place_of_the_document_is_followed() -> None:
    component = {
        "type": "object",
        "properties": {
            "again": {"$ref": "#/components/schemas/A"},
            "deep": {"$ref": "#/components/schemas/A/properties/other"},
            "other": {"type": "integer"},
            "body": {"$ref": "#/paths/~10/get/responses/200/content/application~1json/schema"},
            "b": {"$ref": "#/components/schemas/B"},
        },
    }
    schema = schemas(tiny(component, "one"), made_by="")[0]["operations/one/200.json"]
    assert schema["$id"] == "urn:contract:h-fe-co:2-beta:operations/one/200"
    validator = Draft202012Validator(schema)
    assert validator.is_valid({"again": {"deep": 1}, "body": {"b": "x"}})
    for wrong in ({"deep": "1"}, {"again": {"other": "1"}}, {"body": {"again": {"b": 1}}}):
        assert not validator.is_valid(wrong)


def test_data_and_names_that_look_like_keywords_stay() -> None:
    names = {"x-name": {"type": "string"}, "example": {"const": {"$ref": "#/x", "x-a": 1}}, "$ref": {"type": "null"}}
    component = {"type": "object", "properties": names, "x-ours": 1, "example": {"a": 1}, "required": ["x-name"]}
    schema = schemas(tiny(component, "one"), made_by="")[0]["components/A.json"]
    assert schema["properties"] == names
    assert "x-ours" not in schema
    assert "example" not in schema


def test_what_is_no_schema_is_named_with_its_place_and_the_rest_is_written(cli: Run) -> None:
    raw = {"openapi": "3.1.0", "paths": {}, "components": {"schemas": {"Pet": {"type": "animal", "minProperties": 1}}}}
    Path("d.json").write_text(json.dumps(raw), encoding="utf-8")
    done = cli("export", "out", "--spec", "d.json")
    assert done.status == 0
    assert "#/components/schemas/Pet/type" in done.err
    assert json.loads(Path("out/components/Pet.json").read_text(encoding="utf-8"))["minProperties"] == 1


EVIL_KEYS = ("../../../victim/package", "/etc/passwd", "..", "200", "2\x0000", "CON", "lpt1.x", "a/b")


def test_no_response_key_of_a_document_leads_out_of_the_directory(cli: Run) -> None:
    """A file beside the directory keeps what it holds, and nothing new is anywhere but in the directory."""
    content = {"application/json": {"schema": {"type": "string"}}}
    responses = {"200": {"description": "", "content": content}}
    paths = {f"/{at}": {"get": {"operationId": key, "responses": responses}} for at, key in enumerate(EVIL_KEYS)}
    Path("d.json").write_text(json.dumps({"openapi": "3.1.0", "paths": paths}), encoding="utf-8")
    Path("victim").mkdir()
    Path("victim/package.json").write_text("mine", encoding="utf-8")
    assert cli("export", "sub/out", "--spec", "d.json").status == 0
    assert Path("victim/package.json").read_text(encoding="utf-8") == "mine"
    assert sorted(path.name for path in Path().iterdir()) == ["d.json", "sub", "victim"]
    assert [path.name for path in Path("sub").iterdir()] == ["out"]
    names = sorted(path.relative_to("sub/out").as_posix() for path in Path("sub/out").rglob("*.json"))
    assert len(names) == len(EVIL_KEYS) + 1
    assert not {Path(name).name.partition(".")[0].upper() for name in names} & {"CON", "LPT1"}


def test_a_failed_run_leaves_nothing(cli: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("d.json").write_text(json.dumps(tiny({}, "one", "two").raw), encoding="utf-8")
    there = sorted(Path().iterdir())
    count = 0

    def full(path: Path, *arguments: Any, **options: Any) -> Any:
        nonlocal count
        count += 1
        if count == 3:
            raise OSError("no space left on device")
        return io.open(path, *arguments, **options)  # noqa: UP020 - what `Path.open` calls

    monkeypatch.setattr(Path, "open", full)
    assert cli("export", "out", "--spec", "d.json").status == 2
    assert sorted(Path().iterdir()) == there


def test_what_cannot_be_written_is_named_and_the_rest_is_written(cli: Run) -> None:
    broken = tiny({"type": "string", "pattern": "("}, "one")
    files, left_out = schemas(broken, made_by="")
    assert sorted(files) == ["components/B.json", "components/a-2.json", "index.json"]
    assert [line.partition(":")[0] for line in left_out] == [
        "#/paths/~10/get/responses/200/content/application~1json/schema",
        "#/components/schemas/A",
    ]
    spec = Path("openapi.json")
    spec.write_text(json.dumps(broken.raw), encoding="utf-8")
    done = cli("export", "out", "--spec", spec)
    assert (done.status, done.out) == (0, "wrote 2 schemas and index.json to out\n")
    assert done.err.count("not written: ") == 2


@pytest.mark.parametrize(
    ("text", "name"),
    [
        ("A.b_c-d", "A.b_c-d"),
        ("a b/../c", "a-b-..-c"),
        ("../a", "a"),
        ("", "unnamed"),
        ("..", "unnamed"),
        ("CON", "_CON"),
        ("con.txt", "_con.txt"),
        ("console", "console"),
        ("é" * 3, "unnamed"),
        ("a" * 101, "a" * 100),
    ],
)
def test_a_name_is_one_of_every_file_system(text: str, name: str) -> None:
    assert _file_name(text) == name


def test_names_that_differ_in_case_alone_are_numbered() -> None:
    taken: set[str] = set()
    assert [_free(path, taken) for path in ("a/B", "a/b", "A/b", "a/b-2")] == [
        "a/B.json",
        "a/b-2.json",
        "A/b-3.json",
        "a/b-2-2.json",
    ]
