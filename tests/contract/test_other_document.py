"""What our own document does not use: the checks know the rest of OpenAPI 3.1 too, or say that they do not."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.wire import forms, parameters, scalars
from apicontract.wire.faults import EncodeError
from apicontract.wire.multipart import Multipart
from tests.contract.test_recorded import BOUNDARY, Field
from tests.contract.test_recorded import form as multipart_request
from tests.contract.test_wire import GET, STYLES
from tests.contract.wrong_requests import REQUESTS
from twelvelabs_contract import Contract, DocumentInvalid, Headers, Request, Response

BASE = "https://other.example"
PROPERTIES: dict[str, Any] = {
    "n": {"type": ["integer", "null"]},
    "tags": {"type": "array", "items": {"type": "integer"}},
    "kind": {"enum": ["a", 1, None]},
    "about": {"type": "object", "properties": {"x": {"type": "integer"}}},
    "icon": {"type": "string", "contentMediaType": "image/png"},
    "photo": {"type": "string", "format": "binary"},
}
FORM = {"schema": {"type": "object", "properties": PROPERTIES}, "encoding": {"photo": {"contentType": "image/*"}}}
OTHER = Contract(
    Document(
        {
            "openapi": "3.1.0",
            "servers": [{"url": "https://other.example/"}],
            "paths": {
                "/lists/{ids}/{point}": {
                    "get": {
                        "operationId": "lists",
                        "parameters": [
                            {"name": "ids", "in": "path", "required": True, "schema": {"items": {"type": "integer"}}},
                            {
                                "name": "point",
                                "in": "path",
                                "required": True,
                                "explode": True,
                                "schema": {"properties": {"x": {"type": "integer"}}},
                            },
                            {"name": "X-Point", "in": "header", "schema": {"type": "object"}},
                            {"name": "csv", "in": "query", "explode": False, "schema": {"type": "array"}},
                            {
                                "name": "deep",
                                "in": "query",
                                "style": "deepObject",
                                "schema": {"type": "object", "additionalProperties": {"type": "integer"}},
                            },
                            {"name": "at", "in": "query", "schema": {"type": ["integer", "null"]}},
                        ],
                        "responses": {
                            "200": {
                                "headers": {
                                    "X-Count": {"required": True, "schema": {"type": "integer"}},
                                    "X-Note": {"schema": {"enum": ["a"]}},
                                },
                                "content": {"text/csv": {}},
                            }
                        },
                    }
                },
                "/forms": {
                    "post": {
                        "operationId": "forms",
                        "requestBody": {
                            "content": {"multipart/form-data": FORM, "application/x-www-form-urlencoded": FORM}
                        },
                        "responses": {},
                    }
                },
                "/raw": {"put": {"operationId": "raw", "requestBody": {"content": {"image/*": {}}}, "responses": {}}},
            },
        }
    )
)


def told(request: Request) -> list[tuple[str, str]]:
    return sorted((violation.where, violation.rule) for violation in OTHER.check_request(request))


@pytest.mark.parametrize(
    ("url", "expected"),
    [
        ("/lists/1,2/x=1", []),
        ("/lists/1,b/x=b", [("path.ids[1]", "type"), ("path.point.x", "type")]),
        ("/lists/1/x=1?deep[a]=1&deep[b]=2&at=", []),
        ("/lists/1/x=1?deep[a]=1&deep[a]=2", [("query.deep", "encoding")]),
        ("/lists/1/x=1?deep=1", [("query.deep", "encoding")]),
        ("/lists/1/x=1?deep[a=1", [('query["deep[a"]', "undeclared")]),
        ("/lists/1/x=1?at[]=1", [("query.at", "encoding")]),
        ("/lists/1/x=1?csv=a,b", []),
        ("/lists/1/x=1?csv=", []),
        ("/lists/1/x=1?csv=a&csv=b", [("query.csv", "encoding")]),
        (":443:x/", [("url", "undeclared")]),
    ],
)
def test_parameters_of_every_style_are_read(url: str, expected: list[tuple[str, str]]) -> None:
    assert told(Request("GET", BASE + url, Headers({"X-Point": "x,1"}))) == expected


def test_the_same_metadata_key_twice_is_told() -> None:
    contract = Contract.load()
    url = "https://api.twelvelabs.io/v1.3/indexes/i/videos?genre=a&genre=b"
    (violation,) = contract.check_request(Request("GET", url, Headers({"x-api-key": "k"})))
    assert (violation.where, violation.rule) == ("query.genre", "encoding")


@pytest.mark.parametrize(
    ("body", "expected"),
    [
        (b"n=1&tags=1&tags=2&kind=a&about=%7B%22x%22:1%7D", []),
        (b"n=&kind=1", []),
        (b"n=x&tags=1,2", [("form.n", "type"), ("form.tags", "encoding")]),
        (b"about=x", [("form.about", "encoding")]),
        (b"n=%ff", [("form", "encoding")]),
        ("n=é".encode(), [("form", "encoding")]),
    ],
)
def test_urlencoded_forms_are_read(body: bytes, expected: list[tuple[str, str]]) -> None:
    headers = Headers({"content-type": "application/x-www-form-urlencoded"})
    assert told(Request("POST", f"{BASE}/forms", headers, body)) == expected


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ([("icon", "x", "i.png", "image/png"), ("photo", "x", "p.jpg", "image/jpeg")], []),
        ([("photo", "x", "p.txt", "text/plain")], [("form.photo", "media_type")]),
        ([("n[]", "1")], [("form.n", "encoding")]),
        ([("about", '{"x": "1"}')], [("form.about.x", "type")]),
    ],
)
def test_forms_hold_files_and_objects(fields: list[Field], expected: list[tuple[str, str]]) -> None:
    request = multipart_request("/forms", *fields)
    assert told(Request("POST", f"{BASE}/forms", request.headers, request.body)) == expected


def test_a_field_that_is_no_utf_8_is_told() -> None:
    body = f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="n"\r\n\r\n'.encode() + b"\xff\r\n"
    headers = Headers({"content-type": f"multipart/form-data; boundary={BOUNDARY}"})
    request = Request("POST", f"{BASE}/forms", headers, body + f"--{BOUNDARY}--\r\n".encode())
    assert ("form.n", "encoding") in told(request)


def test_a_body_of_another_kind_is_not_looked_at() -> None:
    assert told(Request("PUT", f"{BASE}/raw", Headers({"content-type": "image/png"}), b"\x89PNG")) == []


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({"x-count": "1", "x-note": "a"}, []),
        ({"x-note": "b"}, [("header.x-count", "missing"), ("header.x-note", "enum")]),
        ({"x-count": "many"}, [("header.x-count", "type")]),
    ],
)
def test_headers_of_a_response_are_checked(headers: dict[str, str], expected: list[tuple[str, str]]) -> None:
    response = Response(200, Headers(headers | {"content-type": "text/csv"}), b"a,b")
    found = OTHER.check_response(response, operation="lists")
    assert sorted((violation.where, violation.rule) for violation in found) == expected


def test_objects_in_paths_and_headers_are_written() -> None:
    operation = OTHER.operation("lists")
    assert parameters.encode_path(operation, {"ids": [1, 2], "point": {"x": 1}}) == "/lists/1,2/x=1"
    assert parameters.encode_headers(operation, {"X-Point": {"x": 1, "y": "a b"}}) == [("X-Point", "x,1,y,a b")]
    with pytest.raises(EncodeError, match="no text form"):
        parameters.encode_path(operation, {"ids": [[]], "point": {}})
    with pytest.raises(EncodeError, match=r"path\.ids: 'ids' is missing"):
        parameters.encode_path(operation, {"point": {"x": 1}})
    with pytest.raises(EncodeError, match="no JSON number"):
        parameters.encode_query(GET, {"flat": {"a": float("nan")}})


def test_a_json_parameter_is_written() -> None:
    parameter = {"name": "q", "in": "query", "content": {"application/json": {"schema": {}}}}
    header = {"name": "X-Q", "in": "header", "content": {"application/json": {"schema": {}}}}
    raw = {"openapi": "3.1.0", "paths": {"/a": {"get": {"operationId": "a", "parameters": [parameter, header]}}}}
    operation = Document(raw).operations["a"]
    assert parameters.encode_query(operation, {"q": {"a b": [1]}}) == "q=%7B%22a%20b%22%3A%20%5B1%5D%7D"
    assert parameters.encode_headers(operation, {"X-Q": [1]}) == [("X-Q", "[1]")]


def test_an_object_in_a_form_is_written_as_json() -> None:
    body = OTHER.operation("forms").request_body
    assert body
    content = body.content["multipart/form-data"]
    (part,) = forms.encode_form(OTHER.document, content, {"about": {"x": 1}})
    assert part.content == b'{"x": 1}'
    with pytest.raises(EncodeError, match=r"form\.n: nan is no JSON number"):
        forms.encode_form(OTHER.document, content, {"n": float("nan")})
    assert scalars.encode(None) == ""
    with pytest.raises(ValueError, match="no multipart boundary"):
        Multipart([], "")


def test_arguments_are_checked_before_they_are_encoded(contract: Contract) -> None:
    """The same rules without the wire: a body where none belongs, none where one does."""

    def found(operation: str, **arguments: Any) -> list[tuple[str, str]]:
        told = contract.check_arguments(contract.operation(operation), arguments)
        return [(violation.where, violation.rule) for violation in told]

    assert found("tasks.list", query={"page_limit": 51}) == [("query.page_limit", "maximum")]
    assert found("tasks.list", body={}) == [("body", "undeclared")]
    assert found("gist") == [("body", "missing")]
    assert found("gist", body={"video_id": "v"}) == [("body.types", "missing")]
    assert found("search.create", body={"index_id": ""}) != []


def test_a_response_to_no_operation_is_told(contract: Contract) -> None:
    import httpx

    response = httpx.Response(200, request=httpx.Request("GET", "https://example.com/"))
    assert [violation.where for violation in contract.check_response(response)] == ["url"]
    assert [v.where for v in contract.check_exchange(REQUESTS["another host"][0], Response(200))] == ["url"]


def test_an_unreadable_request_leaves_open_what_was_asked_for(contract: Contract) -> None:
    """Whether a stream was asked for is not known, so the response itself tells, as far as it can."""
    headers = Headers({"x-api-key": "k", "content-type": "application/json"})
    asked = Request("POST", "https://api.twelvelabs.io/v1.3/analyze", headers, b"not JSON")
    answer = Response(200, Headers({"content-type": "application/json"}), b"neither")
    places = [violation.where for violation in contract.check_exchange(asked, answer)]
    assert places == ["body", "body"]


def test_a_missing_package_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("twelvelabs_contract.contract.PACKAGE", "no_such_package")
    with pytest.raises(DocumentInvalid, match="`make` generates it"):
        Contract.load()


def test_an_operation_shows_itself_in_a_line(contract: Contract) -> None:
    assert repr(contract.operation("tasks.list")) == "<Operation tasks.list: GET /tasks>"
    assert STYLES.schemas == {}


ANY = {"responses": {"default": {"content": {"*/*": {"schema": {"type": "object", "required": ["a"]}}}}}}


@pytest.mark.parametrize("status", [200, 302, 500])
def test_a_lone_default_stands_for_every_status(status: int) -> None:
    """Where no success is declared by itself; and a media range does not hide that a body is JSON."""
    contract = Contract(Document({"openapi": "3.1.0", "paths": {"/a": {"get": {"operationId": "a"} | ANY}}}))
    response = Response(status, Headers({"content-type": "application/json"}), b"{}")
    assert [v.where for v in contract.check_response(response, operation="a")] == ["body.a"]


def test_json_in_another_charset_is_told(contract: Contract) -> None:
    headers = Headers({"x-api-key": "k", "content-type": "application/json; charset=utf-16"})
    request = Request("POST", "https://api.twelvelabs.io/v1.3/gist", headers, "{}".encode("utf-16"))
    assert [(v.where, v.rule) for v in contract.check_request(request)] == [("header.content-type", "encoding")]


def test_no_credential_is_repeated() -> None:
    """A key in the query and a bearer token are as secret as a key in a header."""
    raw: dict[str, Any] = {
        "openapi": "3.1.0",
        "security": [{"key": []}],
        "paths": {"/a": {"get": {"parameters": [{"name": "n", "in": "query", "schema": {"type": "integer"}}]}}},
        "components": {"securitySchemes": {"key": {"type": "apiKey", "in": "query", "name": "key"}}},
    }
    secret = "0123456789abcdef"
    for url, headers in [(f"?key={secret}&n={secret}", {}), (f"?n={secret}", {"Authorization": f"Bearer {secret}"})]:
        told = Contract(Document(raw), base_url=BASE).check_request(Request("GET", f"{BASE}/a{url}", Headers(headers)))
        assert [(v.where, v.excerpt) for v in told] == [("query.n", "[secret]")]
