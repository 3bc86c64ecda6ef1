"""OpenAPI 3.0 to 3.2, and mixtures of them, are read into one form."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi import versions
from apicontract.openapi.document import Document
from tests.support.small import answered, asked, body, document, load, operation, posting
from twelvelabs_contract import Contract, DocumentInvalid, Request

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


@pytest.mark.parametrize(
    ("media", "more", "at"),
    [
        ("multipart/mixed", {"prefixEncoding": [{"contentType": "text/plain"}]}, "prefixEncoding"),
        ("multipart/mixed", {"itemEncoding": {"contentType": "text/plain"}}, "itemEncoding"),
        ("multipart/mixed", {"itemSchema": {"type": "object"}}, "itemSchema"),
        ("application/json", {"itemSchema": {"type": "object"}}, "itemSchema"),
    ],
)
def test_what_of_3_2_is_not_understood_is_reported(media: str, more: Any, at: str, tmp_path: Path) -> None:
    contract = load(document({"/a": {"post": operation(requestBody={"content": {media: more}})}}), tmp_path)
    pointer = f"#/paths/~1a/post/requestBody/content/{media.replace('/', '~1')}/{at}"
    assert [notice.pointer for notice in contract.notices] == [pointer]
    assert asked(contract, "/a", b"[1]", {"content-type": media}) == []


@pytest.mark.parametrize(
    ("media", "query", "wrong"),
    [
        ("application/json", "%7B%22n%22%3A1%7D", []),
        ("application/json", "%7B%22n%22%3A%22x%22%7D", [("querystring.q.n", "type")]),
        ("application/json", "{", [("querystring.q", "encoding")]),
        ("application/json", "", [("querystring.q", "missing")]),
        ("application/x-www-form-urlencoded", "n=1&m=x", []),
        ("application/x-www-form-urlencoded", "n=x", [("query.q.n", "type")]),
    ],
)
def test_a_parameter_that_is_the_whole_query(media: str, query: str, wrong: Any, tmp_path: Path) -> None:
    content = body({"type": "object", "properties": {"n": {"type": "integer"}}}, media)
    own = operation(parameters=[{"name": "q", "in": "querystring", "required": True, **content}])
    contract = load(document({"/a": {"get": own}}, openapi="3.2.0"), tmp_path)
    assert contract.notices == ()
    assert asked(contract, f"/a?{query}") == wrong


@pytest.mark.parametrize(
    "reference", ["https://x.test/api.json#/components/schemas/S", "api.json#/components/schemas/S"]
)
def test_a_document_that_names_itself(reference: str, tmp_path: Path) -> None:
    more = {"openapi": "3.2.0", "$self": "https://x.test/api.json"}
    contract = load(posting({"$ref": reference}, {"S": {"type": "string"}}, **more), tmp_path)
    assert asked(contract, "/a", b"5") == [("body", "type")]


def test_a_security_scheme_by_reference_and_one_that_nobody_declares(tmp_path: Path) -> None:
    raw = document({"/a": {"get": operation(security=[{"#/components/securitySchemes/k": []}])}}, openapi="3.2.0")
    raw["components"] = {"securitySchemes": {"k": {"type": "apiKey", "in": "header", "name": "X-K"}}}
    assert asked(load(raw, tmp_path)) == [("header.X-K", "missing")]
    contract = load(document({"/a": {"get": operation(security=[{"nobody": []}])}}), tmp_path)
    assert [notice.pointer for notice in contract.notices] == ["#/paths/~1a/get/security/0/nobody"]
    assert asked(contract) == []


def test_examples_of_3_2_and_those_elsewhere(tmp_path: Path) -> None:
    examples = {"a": {"dataValue": 1}, "b": {"serializedValue": "[2]"}, "c": {"externalValue": "c.json"}}
    content = {"content": {"application/json": {"examples": examples}, "text/plain": {"examples": examples}}}
    contract = load(document({"/a": {"post": operation(requestBody=content)}}, openapi="3.2.0"), tmp_path)
    declared = contract.operation("op").request_body
    assert declared is not None
    assert declared.content["application/json"].examples == {"a": 1, "b": [2]}
    assert declared.content["text/plain"].examples == {"a": 1, "b": "[2]"}


def test_parameters_that_cannot_be_read_as_they_are_written(tmp_path: Path) -> None:
    integers = {"type": "array", "items": {"type": "integer"}}
    own = [
        {"name": "b", "in": "body", "schema": {}},
        {"name": "s", "in": "header", "style": "form", "schema": integers},
        {"name": "t", "in": "query", "style": "unheard", "schema": {}},
        {"name": "u", "in": "query", "content": {"text/csv": {"schema": integers}}},
    ]
    contract = load(document({"/a": {"get": operation(parameters=own)}}), tmp_path)
    at = "#/paths/~1a/get/parameters"
    assert [n.pointer for n in contract.notices] == [f"{at}/0", f"{at}/1/style", f"{at}/3", f"{at}/2/style"]
    assert asked(contract, "/a?u=1,2", headers={"s": "1,x"}) == [("header.s[1]", "type")]


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


DEFAULT: dict[str, Any] = {
    "Pet": {"type": "object", "discriminator": {"propertyName": "kind", "defaultMapping": "Other"}},
    "Cat": {"required": ["kind", "lives"], "properties": {"kind": {"const": "Cat"}}},
    "Other": {"properties": {"kind": {"not": {"const": "Cat"}}, "x": {"type": "integer"}}},
}


@pytest.mark.parametrize("union", [True, False])
@pytest.mark.parametrize(
    ("content", "wrong"),
    [
        (b'{"x": "s"}', [("body.x", "type")]),
        (b'{"kind": "bird", "x": "s"}', [("body.x", "type")]),
        (b'{"kind": "bird", "x": 1}', []),
        (b'{"kind": "Cat"}', [("body.lives", "missing")]),
    ],
)
def test_a_discriminator_with_a_default(union: bool, content: bytes, wrong: Any, tmp_path: Path) -> None:
    """Of a union, and of those who extend a schema (OpenAPI 3.2)."""
    head = {"$ref": "#/components/schemas/Pet"}
    pet, family = DEFAULT["Pet"], {name: DEFAULT[name] for name in ("Cat", "Other")}
    if union:
        pet = {**pet, "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in family]}
    else:
        family = {name: {"allOf": [head, schema]} for name, schema in family.items()}
    assert asked(load(posting(head, {"Pet": pet, **family}, openapi="3.2.0"), tmp_path), "/a", content) == wrong


def test_a_status_in_lower_case_is_read_and_what_is_none_is_reported(tmp_path: Path) -> None:
    responses = {"4xx": {"description": ""}, "ok": {"description": ""}, "x-note": {"a": 1}}
    contract = load(document({"/a": {"get": operation(responses=responses)}}), tmp_path)
    assert answered(contract, b"", 404, {}) == []
    assert list(contract.operation("op").responses) == ["4XX"]
    assert [str(notice).partition(";")[0] for notice in contract.notices] == [
        "#/paths/~1a/get/responses/4xx: '4xx' is read as '4XX'",
        "#/paths/~1a/get/responses/ok: 'ok' is not a status, and is ignored",
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


PLAIN = {"type": "integer"}
UNREAD: dict[str, tuple[dict[str, Any], str, str]] = {
    "nothing for a path": ({"/b": None}, "#/paths/~1b", "/a"),
    "nothing for an operation": ({"/b": {"get": None}}, "#/paths/~1b/get", "/a"),
    "no slash": ({"b": {"get": operation(operationId="b")}}, "#/paths/b", "/b"),
    "a parameter of no place in the path": (
        {"/b": {"get": operation(operationId="b", parameters=[{"name": "id", "in": "path", "required": True}])}},
        "#/paths/~1b/get/parameters/0",
        "/b",
    ),
    "a parameter twice": (
        {"/b": {"get": operation(operationId="b", parameters=[{"name": "n", "in": "query", "schema": PLAIN}] * 2)}},
        "#/paths/~1b/get/parameters/1",
        "/b?n=1",
    ),
}


@pytest.mark.parametrize("name", UNREAD)
def test_what_cannot_be_meant_is_a_notice_and_the_rest_is_checked(name: str, tmp_path: Path) -> None:
    paths, place, url = UNREAD[name]
    contract = load(document({"/a": {"get": operation()}, **paths}), tmp_path)
    assert [notice.pointer for notice in contract.notices] == [place]
    assert asked(contract, url) == []


def test_a_version_without_quotes_is_read(tmp_path: Path) -> None:
    contract = load(document({"/a": {"get": operation()}}, openapi=3.1), tmp_path)
    assert [notice.pointer for notice in contract.notices] == ["#/openapi"]
    assert asked(contract) == []


def test_what_a_path_names_and_nobody_declares_is_text(tmp_path: Path) -> None:
    contract = load(document({"/a/{id}/{n}": {"get": operation()}}), tmp_path)
    assert [notice.pointer for notice in contract.notices] == ["#/paths/~1a~1{id}~1{n}/get"] * 2
    assert asked(contract, "/a/x/1") == []


def test_a_document_of_3_may_still_say_swagger(tmp_path: Path) -> None:
    assert asked(load(document({"/a": {"get": operation()}}, swagger="2.0"), tmp_path)) == []
    with pytest.raises(DocumentInvalid, match="this is Swagger 2"):
        load({"swagger": "2.0", "paths": {}}, tmp_path)


@pytest.mark.parametrize(("media", "noted"), [("application/xml", True), ("text/xml", True), ("a/xml", False)])
def test_a_schema_of_xml_is_not_applied(media: str, noted: bool, tmp_path: Path) -> None:
    """Which is said of those that have one."""
    for content, notices in (({"schema": {"type": "object"}}, int(noted)), ({}, 0)):
        contract = load(document({"/a": {"post": operation(requestBody={"content": {media: content}})}}), tmp_path)
        assert [notice.message for notice in contract.notices] == [
            "a body in XML is not checked against its schema"
        ] * notices


@pytest.mark.parametrize(
    ("media", "found"),
    [
        ({"x-oai-itemSchema": {"type": "string"}}, {"itemSchema": {"type": "string"}}),
        ({"x-oai-itemSchema": {"type": "string"}, "itemSchema": {"type": "null"}}, {"itemSchema": {"type": "null"}}),
        ({"example": 1}, {"examples": {"example": {"value": 1}}}),
        ({"example": 1, "examples": {"a": {"value": 2}}}, {"examples": {"a": {"value": 2}}}),
    ],
)
def test_what_a_media_type_has_in_the_newer_form_counts_before_the_older(media: Any, found: dict[str, Any]) -> None:
    response = {"description": "", "content": {"application/x-ndjson": media}}
    path = {"get": {"responses": {"200": response}}}
    raw: Any = versions.read({"openapi": "3.1.0", "paths": {"/a": path}}).raw
    read = raw["paths"]["/a"]["get"]["responses"]["200"]["content"]["application/x-ndjson"]
    assert {key: read[key] for key in found} == found


@pytest.mark.parametrize(
    ("keys", "said"),
    [
        (["4xx"], "'4xx' is read as '4XX'"),
        (["4xx", "4XX"], "'4xx' is not a status, and is ignored"),
        (["DEFAULT"], "'DEFAULT' is not a status, and is ignored"),
        (["20"], "'20' is not a status, and is ignored"),
        (["200", "4XX", "default", "x-a"], None),
    ],
)
def test_a_key_that_is_no_status_is_told_from_one_in_another_case(keys: list[str], said: str | None) -> None:
    path = {"get": {"responses": {key: {"description": ""} for key in keys}}}
    notices = versions.read({"openapi": "3.1.0", "paths": {"/a": path}}).notices
    assert [said in str(notice) for notice in notices if said] == ([True] if said else [])
    assert bool(notices) is bool(said)


@pytest.mark.parametrize(
    ("given", "read"), [("true", True), ("True", True), ("false", False), ("x", False), (True, True)]
)
def test_whether_a_parameter_is_required_may_be_a_text(given: Any, read: bool) -> None:
    parameter = {"name": "a", "in": "query", "required": given, "schema": {}}
    raw: Any = versions.read({"openapi": "3.1.0", "paths": {"/a": {"get": {"parameters": [parameter]}}}}).raw
    assert raw["paths"]["/a"]["get"]["parameters"][0]["required"] is read
