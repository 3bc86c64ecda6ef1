"""What is read of a request, however it is written: its media type, its coding, its keys and its parameters."""

from __future__ import annotations

import gzip
from typing import Any

import pytest

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document
from tests.support.small import HOST, body, document, operation, parameter
from twelvelabs_contract import Headers, Request

SCHEMES = {
    "h": {"type": "apiKey", "in": "header", "name": "X-H"},
    "i": {"type": "apiKey", "in": "header", "name": "X-I"},
    "q": {"type": "apiKey", "in": "query", "name": "key"},
}
Said = list[tuple[str, str, str]]
"""Where, rule, and how the message begins."""


def posting(**own: Any) -> Contract:
    """Return the contract of one operation."""
    raw = document({"/a": {"post": operation(**own)}})
    return Contract(Document({**raw, "components": {"securitySchemes": SCHEMES}}))


def wrong(contract: Contract, headers: dict[str, str], content: bytes = b"", url: str = "/a") -> Said:
    """Return where, by which rule and in which words a request is wrong."""
    request = Request("POST", f"{HOST}{url}", Headers(headers), content)
    found = [(v.where, v.rule, v.message) for v in contract.check_request(request)]
    reading = contract.read(request)
    assert reading is not None
    assert [(v.where, v.rule, v.message) for v in reading.violations] == found
    return found


def check(found: Said, expected: Said) -> None:
    """Compare violations; a message may go on."""
    assert [(where, rule) for where, rule, _ in found] == [(where, rule) for where, rule, _ in expected]
    assert all(given[2].startswith(wanted[2]) for given, wanted in zip(found, expected, strict=True)), found


FORM = {"type": "object", "required": ["a"], "properties": {"a": {"type": "integer"}}}
TEXT = body({"type": "string", "minLength": 1}, "text/plain")["content"]
EITHER = {"content": {**body({"type": "object"})["content"], **TEXT}}
JOINED = {"properties": {"l": {"type": "array", "items": {"type": "integer"}, "maxItems": 1}}}
TYPE = "header.content-type"
IN, UNDECLARED = "the request body is in", "which the document does not mention"
UNREAD = "br2 is not decoded here, so it was not checked"
URLENCODED = "application/x-www-form-urlencoded"


@pytest.mark.parametrize(
    ("declared", "media", "content", "expected"),
    [
        (EITHER, "text/plain", b"", [("body", "minLength", "")]),
        (EITHER, "application/json", b"", []),
        ({**EITHER, "required": True}, "application/json", b"", [("body", "missing", "the request body is missing")]),
        (EITHER, "text/plain", b"x", []),
        (EITHER, "", b"x", [(TYPE, "media_type", "no content type; send application/json or text/plain")]),
        (EITHER, "APPLICATION/JSON; charset=UTF-8", b"{}", []),
        (EITHER, "application/json;charset=utf-8", b"[]", [("body", "type", "")]),
        (
            body(FORM),
            "text/csv",
            b"{}",
            [(TYPE, "media_type", "text/csv; send application/json"), ("body.a", "missing", "")],
        ),
        (body(FORM), "text/csv", b"[]", [(TYPE, "media_type", ""), ("body", "type", "")]),
        (body(FORM), "text/csv", b"{", [(TYPE, "media_type", "")]),
        (body(FORM), URLENCODED, b"a=x", [(TYPE, "media_type", "")]),
        (body(FORM, "multipart/form-data"), URLENCODED, b"a=x", [(TYPE, "media_type", ""), ("form.a", "type", "")]),
        (body(JOINED, URLENCODED), URLENCODED, b"l=1,2", [("form.l", "encoding", "several items in one value")]),
        (body(JOINED, URLENCODED), URLENCODED, b"l=1&l=2", [("form.l", "maxItems", "")]),
        (None, "application/json", b"x", [("body", "undeclared", "this operation is declared without a body")]),
        (None, "application/json", b"", []),
    ],
)
def test_bodies(declared: Any, media: str, content: bytes, expected: Said) -> None:
    """What is sent with a media type that is not declared is checked where it can be what is."""
    contract = posting(**({} if declared is None else {"requestBody": declared}))
    check(wrong(contract, {"content-type": media} if media else {}, content), expected)


@pytest.mark.parametrize(
    ("coding", "content", "expected", "remark"),
    [
        ("gzip", gzip.compress(b"{}", mtime=0), [("body.a", "missing", "")], f"{IN} gzip, {UNDECLARED}"),
        ("GZIP", gzip.compress(b'{"a": 1}', mtime=0), [], f"{IN} gzip, {UNDECLARED}"),
        ("br2", b"{}", [], f"{IN} br2, {UNDECLARED}; {UNREAD}"),
        ("gzip, br2", b"{}", [], f"{IN} gzip, br2, {UNDECLARED}; {UNREAD}"),
        (
            "gzip",
            b"{}",
            [("header.content-encoding", "encoding", "the body is in a content coding ")],
            f"{IN} gzip, {UNDECLARED}",
        ),
        ("gzip", b"", [], ""),
    ],
)
def test_codings(coding: str, content: bytes, expected: Said, remark: str) -> None:
    """One that is not declared is a remark, if there is a body."""
    header = parameter("header", "Content-Encoding", True)
    for more in ({}, {"parameters": [header]}):
        contract = posting(requestBody=body(FORM), **more)
        fields = {"content-type": "application/json", "content-encoding": coding}
        check(wrong(contract, fields, content), expected)
        reading = contract.read(Request("POST", f"{HOST}/a", Headers(fields), content))
        assert reading is not None
        assert reading.notices == ((remark,) if remark and not more else ())


@pytest.mark.parametrize(
    ("security", "headers", "missing"),
    [
        ([{"h": [], "i": []}, {"h": []}], {}, "X-H"),
        ([{"h": [], "i": []}, {"h": []}], {"x-h": "1"}, None),
        ([{"h": [], "i": []}, {"i": []}], {"x-i": "1"}, None),
        ([{"h": [], "i": []}, {"h": []}], {"x-i": "1"}, "X-H"),
        ([{"h": [], "i": []}], {"x-h": "1"}, "X-I"),
        ([{"h": [], "i": []}], {"x-h": "1", "x-i": " "}, "X-I"),
        ([{"h": [], "i": []}], {"x-h": "1", "x-i": "2"}, None),
        ([{"h": []}, {"i": []}], {"x-i": "2"}, None),
        ([{"h": []}, {}], {}, None),
        ([{"q": []}], {}, None),
    ],
)
def test_keys(security: Any, headers: dict[str, str], missing: str | None) -> None:
    """Those of one alternative must be given; the first that is missing of the first alternative is named."""
    found = wrong(posting(security=security), headers)
    check(found, [] if missing is None else [(f"header.{missing}", "missing", "the API key is missing")])


LIST = {"type": "array", "items": {"type": "integer"}}
EITHER_WAY = {"type": ["array", "string"], "items": {"type": "string"}, "maxItems": 0}


@pytest.mark.parametrize(
    ("url", "expected", "query"),
    [
        ("/a?n=1&l=1&l=2", [], {"n": 1, "l": [1, 2]}),
        ("/a?l=1,2", [("query.l", "encoding", "several items in one value; repeat 'l' for each")], {"l": [1, 2]}),
        ("/a?l=%5B1,2%5D", [("query.l", "encoding", "")], {"l": [1, 2]}),
        ("/a?l=1,x", [("query.l[0]", "type", "")], {"l": ["1,x"]}),
        ("/a?l=1,2&l=3", [("query.l[0]", "type", "")], {"l": ["1,2", 3]}),
        ("/a?s=x", [], {"s": "x"}),
        ("/a?e=", [], {"e": ""}),
        ("/a?n=", [("query.n", "type", "")], {"n": ""}),
        ("/a?e=x", [("query.e", "type", "")], {"e": "x"}),
        ("/a?e=&n=", [("query.n", "type", "")], {"e": "", "n": ""}),
        ("/a?key=secret&n=2", [], {"n": 2}),
        ("/a?x=2", [("query.x", "undeclared", "'x' is not declared")], {"x": "2"}),
    ],
)
def test_queries(url: str, expected: Said, query: Any) -> None:
    """A list that is joined is taken apart and reported; a key is no parameter; an empty value may be allowed."""
    parameters = [
        parameter("query", "n", {"type": "integer"}),
        parameter("query", "e", {"type": "integer"}, allowEmptyValue=True),
        parameter("query", "l", LIST),
        parameter("query", "s", EITHER_WAY),
    ]
    contract = posting(parameters=parameters, security=[{"q": []}])
    check(wrong(contract, {}, url=url), expected)
    reading = contract.read(Request("POST", f"{HOST}{url}"))
    assert reading is not None
    assert reading.arguments["query"] == query


def test_an_operation_without_parameters_takes_none_in_its_query() -> None:
    check(wrong(posting(), {}, url="/a?x=1"), [("query.x", "undeclared", "'x' is not declared")])


def test_cookies_may_come_in_several_lines() -> None:
    declared = [parameter("cookie", name, {"type": "integer"}) for name in "ab"]
    contract = posting(parameters=declared)
    request = Request("POST", f"{HOST}/a", Headers([("cookie", "a=1"), ("cookie", "b=x; c=2")]))
    assert [(v.where, v.rule) for v in contract.check_request(request)] == [("cookie.b", "type")]


def part(name: str, content: str, *headers: str) -> str:
    """Return one part of a form."""
    return "\r\n".join(["--b", f'Content-Disposition: form-data; name="{name}"', *headers, "", content, ""])


@pytest.mark.parametrize(
    ("parts", "expected"),
    [
        ([part("f", "x", "X-H: 5"), part("n", "1")], []),
        ([part("f", "x"), part("n", "1")], [("form.f.header.x-h", "missing", "the part has no header X-H")]),
        ([part("f", "x", "x-h: y")], [("form.f.header.x-h", "type", "")]),
        (
            [part("n", "1"), part("n", "2"), part("f", "x")],
            [("form.n", "encoding", ""), ("form.f.header.x-h", "missing", "")],
        ),
        ([part("n", "y")], [("form.n", "type", "")]),
    ],
)
def test_headers_of_parts(parts: list[str], expected: Said) -> None:
    """Whatever else is wrong with the form."""
    header = {"X-H": {"required": True, "schema": {"type": "integer"}}}
    schema = {"type": "object", "properties": {"f": {"type": "string"}, "n": {"type": "integer"}}}
    contract = posting(requestBody=body(schema, "multipart/form-data", encoding={"f": {"headers": header}}))
    content = "".join([*parts, "--b--\r\n"]).encode()
    check(wrong(contract, {"content-type": "multipart/form-data; boundary=b"}, content), expected)


@pytest.mark.parametrize(
    ("header", "value", "expected"),
    [
        ({"schema": {"type": "object"}}, "n,1", []),
        ({"schema": {"type": "object"}}, "n,1,m", [("form.f.header.x-h", "encoding", "keys and values alternate")]),
        (
            {"schema": {"type": "object"}, "explode": True},
            "m",
            [("form.f.header.x-h", "encoding", "a member is written as key=value")],
        ),
        (body({}), '{"n": 1}', []),
        (body({}), "{", [("form.f.header.x-h", "encoding", "invalid JSON")]),
        ({"required": True, **body({})}, "{", [("form.f.header.x-h", "encoding", "invalid JSON")]),
    ],
)
def test_a_header_of_a_part_that_cannot_be_decoded_is_reported_as_that(header: Any, value: str, expected: Said) -> None:
    """Beside another that can be, and is checked by its schema."""
    headers = {"X-H": header, "X-N": {"schema": {"type": "integer"}}}
    schema = {"type": "object", "properties": {"f": {"type": "string"}}}
    contract = posting(requestBody=body(schema, "multipart/form-data", encoding={"f": {"headers": headers}}))
    content = part("f", "x", f"X-H: {value}", "X-N: y") + "--b--\r\n"
    found = wrong(contract, {"content-type": "multipart/form-data; boundary=b"}, content.encode())
    check(found, [*expected, ("form.f.header.x-n", "type", "")])
