"""The parts of operations as they are read: parameters, bodies, responses, credentials and servers."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from apicontract.openapi.document import Document, load
from apicontract.openapi.operation import Credential, Operation
from apicontract.openapi.problems import DocumentInvalid
from tests.support.small import body, document, operation, parameter

AT = "/paths/~1a/get"
SCHEMES = {
    "h": {"type": "apiKey", "in": "header", "name": "X-H"},
    "i": {"type": "apiKey", "in": "header", "name": "X-I"},
    "q": {"type": "apiKey", "in": "query", "name": "key"},
    "c": {"type": "apiKey", "in": "cookie", "name": "session"},
    "odd": {"type": "apiKey", "in": "body", "name": "b"},
    "bearer": {"type": "http", "scheme": "Bearer"},
    "basic": {"type": "http", "scheme": "BASIC"},
    "digest": {"type": "http", "scheme": "digest"},
    "oauth": {"type": "oauth2"},
    "openid": {"type": "openIdConnect"},
    "tls": {"type": "mutualTLS"},
}


def read(raw: Any) -> tuple[list[Operation], list[str]]:
    """Return the operations and webhooks of a document, and the notices."""
    made = Document(raw)
    return [*made.operations.values(), *made.webhooks.values()], [str(notice) for notice in made.notices]


def get(item: Any = None, path: str = "/a", **own: Any) -> tuple[Operation, list[str]]:
    """Return the only operation of a document, and the notices."""
    (found,), notices = read(document({path: {**(item or {}), "get": operation(**own)}}))
    return found, notices


def test_parameters_of_the_path_come_first_and_those_of_the_operation_replace_them() -> None:
    """By name and place: a name may be in two places."""
    shared = [parameter("query", name, {"type": "string"}) for name in ("a", "b")] + [parameter("header", "a", True)]
    own = [parameter("query", "b", {"type": "integer"}), parameter("query", "c", True)]
    found, notices = get({"parameters": shared}, parameters=own)
    assert [(one.location, one.name, one.pointer) for one in found.parameters] == [
        ("query", "a", "/paths/~1a/parameters/0"),
        ("header", "a", "/paths/~1a/parameters/2"),
        ("query", "b", f"{AT}/parameters/0"),
        ("query", "c", f"{AT}/parameters/1"),
    ]
    assert [one.name for one in found.parameters_in("query")] == ["a", "b", "c"]
    assert notices == []


def test_what_is_declared_twice_or_elsewhere_is_no_parameter() -> None:
    names = [("query", "n"), ("query", "n"), ("header", "n"), ("header", "Accept"), ("header", "CONTENT-TYPE")]
    names += [("header", "authorization"), ("query", "accept"), ("path", "nowhere")]
    found, notices = get(parameters=[parameter(place, name, True) for place, name in names])
    assert [(one.location, one.name) for one in found.parameters] == [
        ("query", "n"),
        ("header", "n"),
        ("query", "accept"),
    ]
    assert notices == [
        f"#{AT}/parameters/1: the query parameter 'n' is declared twice, and the first one counts; remove one of them",
        f"#{AT}/parameters/7: the parameter 'nowhere' is not in the path /a, and is ignored; "
        "write {nowhere} in it, or remove this",
    ]


@pytest.mark.parametrize(
    ("given", "style", "explode"),
    [
        ({"in": "query"}, "form", True),
        ({"in": "cookie"}, "form", True),
        ({"in": "header"}, "simple", False),
        ({"in": "query", "explode": False}, "form", False),
        ({"in": "query", "style": "pipeDelimited"}, "pipeDelimited", False),
        ({"in": "query", "style": "deepObject", "explode": True}, "deepObject", True),
        ({"in": "header", "explode": True}, "simple", True),
        ({"in": "query", "content": {"application/json": {}}}, "json", False),
        ({"in": "query", "content": {"application/a+json; charset=utf-8": {}}}, "json", False),
        ({"in": "query", "content": {"text/plain": {}}}, "text", False),
        ({"in": "querystring", "content": {"application/json": {}}}, "json", False),
    ],
)
def test_the_style_of_a_parameter_depends_on_its_place(given: Any, style: str, explode: bool) -> None:
    found, _ = get(parameters=[{"name": "n", **given}])
    (only,) = found.parameters
    assert (only.style, only.explode, only.location) == (style, explode, given["in"])


def test_a_whole_query_that_is_a_form_is_a_query_parameter() -> None:
    content = body({"type": "object"}, "application/x-www-form-urlencoded")
    found, _ = get(parameters=[{"name": "n", "in": "querystring", **content}])
    (only,) = found.parameters
    assert (only.location, only.style, only.explode, only.schema) == ("query", "form", True, {"type": "object"})
    assert only.schema_pointer.endswith("/content/application~1x-www-form-urlencoded/schema")


@pytest.mark.parametrize(
    ("schema", "checked"),
    [
        ({"type": "string"}, True),
        ({}, True),
        (True, True),
        ({"type": ["integer", "null"]}, True),
        ({"type": "object"}, False),
        ({"type": "array"}, False),
        ({"type": ["string", "array"]}, False),
    ],
)
def test_a_parameter_of_another_media_type_is_text(schema: Any, checked: bool) -> None:
    found, notices = get(parameters=[{"name": "n", "in": "query", **body(schema, "text/csv")}])
    assert found.parameters[0].schema == (schema if checked else True)
    said = f"#{AT}/parameters/0: a parameter in text/csv is not checked against its schema; check it by other means"
    assert notices == ([] if checked else [said])


@pytest.mark.parametrize(
    ("more", "empty"),
    [
        ({"in": "query", "allowEmptyValue": True}, True),
        ({"in": "query", "allowEmptyValue": "true"}, False),
        ({"in": "query"}, False),
        ({"in": "header", "allowEmptyValue": True}, False),
        ({"in": "cookie", "allowEmptyValue": True}, False),
    ],
)
def test_only_a_query_parameter_may_be_empty(more: Any, empty: bool) -> None:
    found, _ = get(parameters=[{"name": "n", **more}])
    assert found.parameters[0].allow_empty is empty


@pytest.mark.parametrize(
    ("security", "headers", "alternatives", "queries"),
    [
        ([{"h": []}], ("X-H",), (("X-H",),), ()),
        ([{"h": [], "i": []}], ("X-H", "X-I"), (("X-H", "X-I"),), ()),
        ([{"h": []}, {"i": []}], ("X-H",), (("X-H",), ("X-I",)), ()),
        ([{"q": []}, {"i": []}], ("X-I",), (), ("key",)),
        ([{}, {"h": []}], ("X-H",), (), ()),
        ([{"h": [], "bearer": []}], (), (), ()),
        ([{"h": [], "q": []}], (), (), ("key",)),
        ([{"odd": []}], (), (), ()),
        ([], (), (), ()),
    ],
)
def test_keys_that_a_request_must_have(security: Any, headers: Any, alternatives: Any, queries: Any) -> None:
    """The headers of the first alternative that has only such; none is needed where another one has others, or none."""
    raw = document({"/a": {"get": operation(security=security)}})
    (found,), notices = read({**raw, "components": {"securitySchemes": SCHEMES}, "security": [{"c": []}]})
    assert (found.key_headers, found.key_alternatives, found.key_queries) == (headers, alternatives, queries)
    assert notices == []


def test_the_places_of_credentials() -> None:
    security: list[Any] = [{name: []} for name in SCHEMES] + [{"none": []}]
    raw = {**document({"/a": {"get": operation()}}), "components": {"securitySchemes": SCHEMES}, "security": security}
    raw["webhooks"] = {"w": {"post": operation(operationId="w")}}
    (found, webhook), notices = read(raw)
    assert found.security == (
        (Credential("h", "header", "X-H"),),
        (Credential("i", "header", "X-I"),),
        (Credential("q", "query", "key"),),
        (Credential("c", "cookie", "session"),),
        (Credential("odd", "other", "b"),),
        (Credential("bearer", "bearer"),),
        (Credential("basic", "basic"),),
        (Credential("digest", "other"),),
        (Credential("oauth", "bearer"),),
        (Credential("openid", "bearer"),),
        (Credential("tls", "other"),),
        (Credential("none", "other"),),
    )
    assert webhook.security == ()
    assert notices == [
        f"#{AT}/security/11/none: no security scheme is called 'none'; declare it under `securitySchemes`"
    ]
    with pytest.raises(DocumentInvalid, match="#/components/securitySchemes/h: an API key needs a `name`"):
        read({**raw, "components": {"securitySchemes": {**SCHEMES, "h": {"type": "apiKey", "in": "header"}}}})


def test_servers_of_an_operation_go_before_those_of_its_path_and_of_the_document() -> None:
    own, shared = [{"url": "https://own.test"}], [{"url": "https://path.test"}, {"url": "https://more.test"}]
    found, _ = get({"servers": shared}, servers=own)
    assert [server.url for server in found.servers] == ["https://own.test"]
    found, _ = get({"servers": shared}, servers=[])
    assert [server.url for server in found.servers] == ["https://path.test", "https://more.test"]
    found, _ = get({"servers": []})
    assert found.servers == ()
    assert Document({**document({}), "servers": []}).servers == ("",)


def test_keys_of_responses_and_what_they_share() -> None:
    """In upper case, but for `default`; what is no status is left out; one response of two operations is one object."""
    shared = {"$ref": "#/components/responses/R"}
    responses = {"200": shared, "4xx": shared, "default": shared, "ok": shared, "x-a": {}, "2XX": {"description": ""}}
    raw = document(
        {"/a": {"get": operation(responses=responses), "put": operation(operationId="b", responses=responses)}}
    )
    raw["components"] = {"responses": {"R": {"description": "", **body({"type": "string"})}}}
    (one, other), _ = read(raw)
    assert [*one.responses] == ["200", "4XX", "default", "2XX"]
    assert {key: found.key for key, found in one.responses.items()} == {key: key for key in one.responses}
    assert one.responses["200"] is other.responses["200"]
    assert one.responses["200"] is not one.responses["4XX"]
    assert [(found := one.response(status)) and found.key for status in (200, 204, 404, 500)] == [
        "200", "2XX", "4XX", "default",
    ]  # fmt: skip


def test_headers_of_responses_are_all_but_the_content_type() -> None:
    headers = {
        "Content-Type": {},
        "CONTENT-type": {},
        "X-A": {"required": True, "schema": {"type": "integer"}},
        "ETag": {},
    }
    found, _ = get(responses={"200": {"description": "", "headers": headers}})
    declared = found.responses["200"].headers
    assert [(one.name, one.location, one.style, one.required) for one in declared] == [
        ("X-A", "header", "simple", True),
        ("ETag", "header", "simple", False),
    ]


def test_media_types_that_differ_in_their_parameters_keep_them() -> None:
    content: dict[str, Any] = {
        "text/html; charset=UTF-8": {},
        'Text/HTML; version="1"': {},
        "application/json;charset=utf-8": {},
    }
    found, _ = get(requestBody={"content": content})
    assert found.request_body is not None
    assert [*found.request_body.content] == ["application/json", "text/html; charset=UTF-8", "text/html; version=1"]
    assert [media.name for media in found.request_body.content.values()] == [*found.request_body.content]


ITEMS = {"type": "array", "items": {"type": "integer"}}


@pytest.mark.parametrize(
    ("version", "media", "held", "schema", "item"),
    [
        ("3.2.0", "application/x-ndjson", {"itemSchema": True, "schema": ITEMS}, True, True),
        ("3.2.0", "application/x-ndjson", {"schema": ITEMS}, {"type": "integer"}, True),
        ("3.1.0", "application/x-ndjson", {"schema": ITEMS}, ITEMS, False),
        ("3.2.0", "application/json", {"schema": ITEMS}, ITEMS, False),
        ("3.2.0", "application/jsonl", {"schema": {"type": "array"}}, {"type": "array"}, False),
        ("3.2.0", "application/jsonl", {"schema": {"items": {}}}, {"items": {}}, False),
        ("3.2.0", "application/x-ndjson", {"schema": {"$ref": "#/components/schemas/L"}}, {"type": "integer"}, True),
        ("3.2.0", "application/x-ndjson", {}, None, False),
    ],
)
def test_the_schema_of_an_item_of_a_stream(version: str, media: str, held: Any, schema: Any, item: bool) -> None:
    answers = {"200": {"description": "", "content": {media: held}}}
    raw = document({"/a": {"get": operation(responses=answers)}}, {"L": ITEMS}, openapi=version)
    (found,), _ = read(raw)
    (only,) = found.responses["200"].content.values()
    assert (only.schema, only.item) == (schema, item)
    if schema == {"type": "integer"}:
        at = "/components/schemas/L/items" if "$ref" in held["schema"] else f"{only.pointer}/schema/items"
        assert only.schema_pointer == at


def test_how_a_stream_goes_is_of_successes_alone() -> None:
    stream = {"description": "", **body(True, "application/x-ndjson")}
    responses = {"200": stream, "2XX": stream, "400": stream, "default": stream}
    (found,), _ = read(document({"/a": {"get": operation(responses=responses, **{"x-streaming": {"end": "E"}})}}))
    streamed = {key: next(iter(one.content.values())).streaming is not None for key, one in found.responses.items()}
    assert streamed == {"200": True, "2XX": True, "400": False, "default": False}


def test_operations_of_one_name_are_named_by_method_and_path() -> None:
    """Webhooks too; each such name is reported once."""
    paths = {
        "/a": {"get": operation(), "put": operation()},
        "/b": {"get": operation(operationId="b")},
        "x-c": {"get": 5},
    }
    raw = {**document(paths), "webhooks": {"w": {"post": operation()}, "x-v": {"post": operation(operationId="v")}}}
    found, notices = read(raw)
    assert [one.id for one in found] == ["GET /a", "PUT /a", "b", "POST w", "v"]
    assert notices == [
        "#/paths/~1a/get/operationId: operationId 'op' is used 3 times; each is known by method and path; "
        "give each an operationId of its own"
    ]


def test_files_are_read_by_their_suffix(tmp_path: Path) -> None:
    for name, text, said in (
        ("a.json", "a: 1", "a.json cannot be read: "),
        ("a.yaml", "a: [", "a.yaml cannot be read: line 2, column 1: "),
        ("b.yaml", "", "b.yaml contains nothing, not an OpenAPI object"),
        ("b.json", "[]", "b.json contains list, not an OpenAPI object"),
        ("c.yml", "5", "c.yml contains int, not an OpenAPI object"),
        ("d.JSON", "a: [", "d.JSON cannot be read: line 2, column 1: "),
    ):
        (tmp_path / name).write_text(text, encoding="utf-8")
        with pytest.raises(DocumentInvalid) as caught:
            load(tmp_path / name)
        assert str(caught.value).startswith(said)
