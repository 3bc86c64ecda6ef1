"""OpenAPI 3.0 to 3.2, and what people write in one of another, are read into one form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi.document import Document
from tests.support.small import answered, asked, body, document, load, operation, posting
from twelvelabs_contract import Contract, Request

OLD: dict[str, Any] = {"openapi": "3.0.3"}


def says(schema: Any, content: bytes, folder: Path, **more: Any) -> list[str]:
    """Return the rules that a body breaks."""
    return [rule for _, rule in asked(load(posting(schema, **more), folder), "/a", content)]


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
@pytest.mark.parametrize(
    "schema",
    [
        {"type": "string", "nullable": True},
        {"type": "string", "enum": ["a"], "nullable": True},
        {"enum": ["a"], "nullable": True},
        {"nullable": True, "allOf": [{"$ref": "#/components/schemas/S"}]},
        {"nullable": True, "$ref": "#/components/schemas/S"},
        {"nullable": True, "oneOf": [{"$ref": "#/components/schemas/S"}]},
    ],
)
def test_nullable_admits_null_and_nothing_else(schema: Any, version: str, tmp_path: Path) -> None:
    contract = load(posting(schema, {"S": {"type": "string"}}, openapi=version), tmp_path)
    assert asked(contract, "/a", b"null") == []
    assert asked(contract, "/a", b'"a"') == []
    assert asked(contract, "/a", b"5") != []


def test_nullable_in_3_1_has_one_notice_and_is_usual_in_3_0(tmp_path: Path) -> None:
    schema = {"properties": {name: {"type": "string", "nullable": True} for name in "abc"}}
    (notice,) = load(posting(schema), tmp_path).notices
    assert "and in 5 more places" in str(notice)
    assert load(posting(schema, **OLD), tmp_path).notices == ()


@pytest.mark.parametrize("old", [True, False])
@pytest.mark.parametrize(
    ("value", "rules"), [(b"1", ["exclusiveMinimum"]), (b"2", []), (b"9", []), (b"10", ["maximum"])]
)
def test_a_bound_that_is_true_is_that_of_3_0(value: bytes, rules: list[str], old: bool, tmp_path: Path) -> None:
    schema = {"minimum": 1, "exclusiveMinimum": True, "maximum": 9, "exclusiveMaximum": False}
    assert says(schema, value, tmp_path, **(OLD if old else {})) == rules


def test_what_stands_beside_a_reference_counts_in_3_1_only(tmp_path: Path) -> None:
    schema = {"$ref": "#/components/schemas/T", "required": ["z"]}
    contract = load(posting(schema, {"T": {"type": "object"}}), tmp_path)
    assert asked(contract, "/a", b"{}") == [("body.z", "missing")]
    assert asked(load(posting(schema, {"T": {"type": "object"}}, **OLD), tmp_path), "/a", b"{}") == []


def test_the_methods_of_3_2(tmp_path: Path) -> None:
    item = {"query": operation(), "additionalOperations": {"COPY": operation(operationId="copy")}}
    contract = load(document({"/a": item}, openapi="3.2.0"), tmp_path)
    assert [(o.id, o.method) for o in contract.operations] == [("op", "QUERY"), ("copy", "COPY")]
    assert asked(contract, "/a", method="COPY") == []


def test_what_of_3_2_is_not_understood_is_reported(tmp_path: Path) -> None:
    parameter = {"name": "q", "in": "querystring", "content": {"application/json": {"schema": {}}}}
    contract = load(document({"/a": {"get": operation(parameters=[parameter])}}, openapi="3.2.0"), tmp_path)
    assert [notice.pointer for notice in contract.notices] == ["#/paths/~1a/get/parameters/0"]
    assert asked(contract, "/a?anything") == []


def test_a_media_type_by_reference(tmp_path: Path) -> None:
    content = {"application/json": {"$ref": "#/components/mediaTypes/T"}}
    raw = document({"/a": {"post": operation(requestBody={"content": content})}}, openapi="3.2.0")
    raw["components"] = {"mediaTypes": {"T": {"schema": {"type": "string"}}}}
    assert asked(load(raw, tmp_path), "/a", b"5") == [("body", "type")]


def test_swagger_is_refused_with_what_to_do() -> None:
    with pytest.raises(ValueError, match="convert it to OpenAPI 3 first"):
        Document({"swagger": "2.0"})


THING = {
    "type": "object",
    "required": ["id", "secret", "name"],
    "properties": {
        "id": {"type": "string", "readOnly": True},
        "secret": {"allOf": [{"$ref": "#/components/schemas/Secret"}]},
        "name": {"type": "string"},
    },
}


@pytest.mark.parametrize("version", ["3.0.3", "3.1.0"])
def test_what_does_not_travel_is_not_required(version: str, tmp_path: Path) -> None:
    secret = {"type": "string", "writeOnly": True}
    contract = load(
        posting({"$ref": "#/components/schemas/T"}, {"T": THING, "Secret": secret}, openapi=version), tmp_path
    )
    assert asked(contract, "/a", b'{"secret": "s", "name": "n"}') == []
    assert asked(contract, "/a", b'{"id": "1", "name": "n"}') == [("body.secret", "missing")]
    assert answered(contract, b'{"id": "1", "name": "n"}') == []
    assert answered(contract, b'{"secret": "s", "name": "n"}') == [("body.id", "missing")]


def test_what_allof_requires_of_a_property_beside_it(tmp_path: Path) -> None:
    schema = {"allOf": [{"$ref": "#/components/schemas/Base"}, {"required": ["id"]}], "required": ["id"]}
    base = {"properties": {"id": {"readOnly": True}}}
    assert asked(load(posting(schema, {"Base": base}), tmp_path), "/a", b"{}") == []


FAMILY: dict[str, Any] = {
    "Pet": {
        "type": "object",
        "required": ["kind"],
        "discriminator": {"propertyName": "kind", "mapping": {"cat": "#/components/schemas/Cat"}},
        "properties": {"kind": {"type": "string"}},
    },
    "Cat": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"required": ["lives"]}]},
    "Dog": {"allOf": [{"$ref": "#/components/schemas/Pet"}, {"required": ["bark"]}]},
}


@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b'{"kind": "cat"}', [("body.lives", "missing")]),
        (b'{"kind": "Dog"}', [("body.bark", "missing")]),
        (b'{"kind": "cat", "lives": 9}', []),
        (b'{"kind": "bird"}', []),
        (b"{}", [("body.kind", "missing")]),
    ],
)
def test_a_discriminator_of_those_who_extend(content: bytes, wrong: list[tuple[str, str]], tmp_path: Path) -> None:
    """By mapping, or by the name of the schema; what nobody names is the base alone."""
    contract = load(posting({"$ref": "#/components/schemas/Pet"}, FAMILY), tmp_path)
    assert asked(contract, "/a", content) == wrong


def test_a_status_in_lower_case_is_read_and_what_is_none_is_reported(tmp_path: Path) -> None:
    responses = {"4xx": {"description": ""}, "ok": {"description": ""}, "x-note": {"a": 1}}
    contract = load(document({"/a": {"get": operation(responses=responses)}}), tmp_path)
    assert answered(contract, b"", 404, {}) == []
    assert list(contract.operation("op").responses) == ["4XX"]
    assert [str(notice).partition(";")[0] for notice in contract.notices] == [
        "#/paths/~1a/get/responses/4xx: '4xx' is read as '4XX'",
        "#/paths/~1a/get/responses/ok: 'ok' is no status, and is not read",
    ]


def test_xml_is_reported_once(tmp_path: Path) -> None:
    answers = {"200": {"description": "", **body({"type": "object"}, "application/xml")}}
    contract = load(
        document({"/a": {"post": operation(requestBody=body({}, "text/xml"), responses=answers)}}), tmp_path
    )
    assert len(contract.notices) == 1
    assert answered(contract, b"<a/>", 200, {"content-type": "application/xml"}) == []


def test_operations_of_one_id_are_known_by_method_and_path(tmp_path: Path) -> None:
    contract = load(document({"/a": {"get": operation()}, "/b": {"get": operation()}}), tmp_path)
    assert [o.id for o in contract.operations] == ["GET /a", "GET /b"]
    assert "operationId 'op' is used 2 times" in str(contract.notices[0])


def test_extensions_are_data(tmp_path: Path) -> None:
    raw = document({"/a": {"get": operation(**{"x-code": [{"source": {"$ref": "./sample.js"}}]}), "x-b": {"get": 1}}})
    raw["paths"]["x-notes"] = "no path"
    assert [o.id for o in load(raw, tmp_path).operations] == ["op"]


def test_a_contract_of_a_document_in_memory_is_read_alike() -> None:
    raw = posting({"type": "string", "nullable": True})
    contract = Contract(Document(raw))
    assert contract.check_request(Request("POST", "https://api.example.com/a", body=b"")) == []
    assert raw["paths"]["/a"]["post"]["requestBody"]["content"]["application/json"]["schema"]["nullable"] is True
