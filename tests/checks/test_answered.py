"""What is read of a response, however it is written: its status, its media type, its headers and its body."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document
from tests.support.small import body, document, operation
from twelvelabs_contract import Headers, Response

JSON = {"content-type": "application/json"}
INTEGER = {"type": "integer"}
TYPE = "header.content-type"


def answering(responses: Any, method: str = "get", **own: Any) -> Contract:
    """Return the contract of one operation."""
    answers = {key: {"description": "", **held} for key, held in responses.items()}
    return Contract(Document(document({"/a": {method: operation(responses=answers, **own)}})))


def wrong(contract: Contract, status: int, content: bytes = b"", headers: Any = None) -> list[tuple[str, str]]:
    """Return where and by which rule a response is wrong."""
    response = Response(status, Headers(headers or {}), content)
    found = [(v.where, v.rule) for v in contract.check_response(response, operation="op")]
    answer = contract.read_response(response, contract.operation("op"))
    assert [(v.where, v.rule) for v in answer.violations] == found
    return found


STATUS = [("status", "status")]
MEDIA = [(TYPE, "media_type")]


@pytest.mark.parametrize(
    ("responses", "status", "content", "headers", "expected"),
    [
        ({"200": {}}, 200, b"", {}, []),
        ({"200": {}}, 204, b"", {}, []),
        ({"200": {}}, 299, b"", {}, []),
        ({"200": {}}, 300, b"", {}, STATUS),
        ({"200": {}}, 199, b"", {}, STATUS),
        ({"200": {}}, 201, b"x", {}, STATUS),
        ({"200": body(INTEGER)}, 201, b"", {}, STATUS),
        ({"404": {}}, 200, b"", {}, STATUS),
        ({"2XX": {}}, 299, b"", {}, []),
        ({"default": {}}, 100, b"", {}, []),
        ({"default": {}}, 599, b"", {}, []),
        ({"default": {}}, 99, b"", {}, STATUS),
        ({"default": {}}, 600, b"", {}, STATUS),
        ({"200": {}}, 200, b"x", {}, [("body", "undeclared")]),
        ({"304": body(INTEGER)}, 304, b"", {}, []),
        ({"304": body(INTEGER)}, 304, b"x", {}, []),
        ({"200": body(INTEGER)}, 200, b"5", JSON, []),
        ({"200": body(INTEGER)}, 200, b"5", {"content-type": "Application/JSON; charset=utf-8"}, []),
        ({"200": body(INTEGER)}, 200, b'"a"', JSON, [("body", "type")]),
        ({"200": body(INTEGER)}, 200, b"", JSON, [("body", "missing")]),
        ({"200": body(INTEGER)}, 200, b"{", JSON, [("body", "encoding")]),
        ({"200": body(INTEGER)}, 200, b"5", {}, MEDIA),
        ({"200": body(INTEGER)}, 200, b'"a"', {}, [*MEDIA, ("body", "type")]),
        ({"200": body(INTEGER)}, 200, b"{}", {"content-type": "a/b"}, [*MEDIA, ("body", "type")]),
        ({"200": body(INTEGER)}, 200, b"[]", {"content-type": "a/b"}, [*MEDIA, ("body", "type")]),
        ({"200": body(INTEGER)}, 200, b'"a"', {"content-type": "a/b"}, MEDIA),
        ({"200": body(INTEGER)}, 200, b"{", {"content-type": "a/b"}, MEDIA),
        ({"200": body(INTEGER)}, 200, b'"a"', {"content-type": "application/problem+json"}, MEDIA),
        (
            {"200": body(INTEGER)},
            200,
            b"[]",
            {"content-type": "application/problem+json"},
            [*MEDIA, ("body", "type")],
        ),
        ({"200": body(INTEGER, "text/csv")}, 200, b"[]", JSON, MEDIA),
        ({"200": body(INTEGER)}, 200, b"", {"content-type": "application/problem+json"}, MEDIA),
        ({"200": body(INTEGER)}, 200, b"5", [("content-type", "application/json"), ("content-type", "a/b")], MEDIA),
        ({"200": body(INTEGER)}, 200, b"5", [("content-type", "a/b"), ("content-type", "application/json")], MEDIA),
        ({"default": body(INTEGER)}, 99, b"5", JSON, STATUS),
        ({"default": body(INTEGER)}, 600, b"5", JSON, STATUS),
        ({"4XX": body(INTEGER)}, 400, b"<html>", {"content-type": "text/html"}, []),
        ({"5XX": body(INTEGER)}, 500, b"<html>", {"content-type": "text/html"}, []),
        ({"default": body(INTEGER)}, 502, b"<html>", {"content-type": "text/html"}, []),
        ({"default": body(INTEGER)}, 502, b'"a"', JSON, [("body", "type")]),
        ({"default": body(INTEGER)}, 200, b"<html>", {"content-type": "text/html"}, MEDIA),
        ({"400": body(INTEGER)}, 400, b"<html>", {"content-type": "text/html"}, MEDIA),
        (
            {"200": body({"minLength": 1}, "text/plain")},
            200,
            b"",
            {"content-type": "text/plain"},
            [("body", "minLength")],
        ),
        ({"200": body({"maxLength": 1}, "text/*")}, 200, b"ab", {"content-type": "text/csv"}, [("body", "maxLength")]),
        ({"200": {"content": {"a/b": {}}}}, 200, b"", {"content-type": "a/b"}, [("body", "missing")]),
        ({"200": {"content": {"a/b": {}}}}, 200, b"x", {"content-type": "a/b"}, []),
    ],
)
def test_statuses_and_bodies(responses: Any, status: int, content: bytes, headers: Any, expected: Any) -> None:
    """Any empty success will do for one that is declared; what an error response has may be anything but wrong JSON."""
    found = wrong(answering(responses), status, content, headers)
    assert found == expected


def test_a_response_to_head_has_no_body() -> None:
    contract = answering({"200": body(INTEGER)}, "head")
    assert wrong(contract, 200, b"", JSON) == wrong(contract, 200, b"x", JSON) == []


def test_what_is_declared_is_named_in_its_order() -> None:
    contract = answering({"404": {}, "200": {}, "default": {}})
    (found,) = contract.check_response(Response(99, Headers({}), b""), operation="op")
    assert (found.message, found.pointer) == (
        "99 is not declared; declared are 404, 200, default",
        "/paths/~1a/get/responses",
    )
    several = {"content": {**body(INTEGER)["content"], **body(INTEGER, "text/csv")["content"]}}
    (found,) = answering({"200": several}).check_response(Response(200, Headers({}), b"5"), operation="op")
    assert found.message == "no content type; declared is application/json or text/csv"


@pytest.mark.parametrize(
    ("headers", "expected"),
    [
        ({}, []),
        ({"content-length": "0"}, []),
        ({"content-length": "2"}, [("header.content-length", "undeclared")]),
        ({"transfer-encoding": "chunked"}, [("header.transfer-encoding", "undeclared")]),
        (
            {"transfer-encoding": "chunked", "content-length": "5"},
            [("header.content-length", "undeclared"), ("header.transfer-encoding", "undeclared")],
        ),
    ],
)
def test_a_204_announces_no_body(headers: Any, expected: Any) -> None:
    assert wrong(answering({"204": {}}), 204, b"", headers) == expected
    assert wrong(answering({"200": {}}), 200, b"", headers) == []
    assert wrong(answering({"204": {}}), 204, b"x", {"content-length": "1"}) == [("body", "undeclared")]


LIST = {"type": "array", "items": INTEGER}
OBJECT = {"type": "object", "properties": {"n": INTEGER}}
COOKIES = {"type": "array", "items": {"type": "string"}, "maxItems": 1}


@pytest.mark.parametrize(
    ("name", "header", "lines", "expected"),
    [
        ("X-N", {"required": True, "schema": INTEGER}, [], [("header.x-n", "missing")]),
        ("X-N", {"schema": INTEGER}, [], []),
        ("X-N", {"schema": INTEGER}, ["5"], []),
        ("X-N", {"schema": INTEGER}, ["a"], [("header.x-n", "type")]),
        ("X-N", {"schema": LIST}, ["1", "2"], []),
        ("X-N", {"schema": LIST}, ["1", "a"], [("header.x-n[1]", "type")]),
        ("X-N", {"schema": INTEGER}, ["1", "2"], [("header.x-n", "type")]),
        ("X-N", {"schema": LIST}, ["a", "1, b", "2"], [("header.x-n[0]", "type"), ("header.x-n[2]", "type")]),
        ("X-N", {"required": True}, ["anything", ""], []),
        ("X-N", {"required": True}, [""], []),
        ("X-N", {"required": True, "schema": {"type": "string"}}, ["", ""], []),
        ("X-N", {"schema": OBJECT}, ["n,1,m,2"], []),
        ("X-N", {"schema": OBJECT}, ["n,1", "m,x"], []),
        ("X-N", {"schema": OBJECT}, ["n,x"], [("header.x-n.n", "type")]),
        ("X-N", {"schema": OBJECT}, ["n,x,m"], [("header.x-n", "encoding")]),
        ("X-N", {"schema": OBJECT}, ["n,1", "n,2"], [("header.x-n", "encoding")]),
        ("X-N", {"explode": True, "schema": OBJECT}, ["n=x"], [("header.x-n.n", "type")]),
        ("X-N", {"explode": True, "schema": OBJECT}, ["n=1", "m"], [("header.x-n", "encoding")]),
        ("X-N", body({"type": "array"}), ["[1", "2]"], []),
        ("X-N", body({"type": "array"}), ["{}"], [("header.x-n", "type")]),
        ("X-N", body({}), ["{"], [("header.x-n", "encoding")]),
        ("X-N", body({}), ['{"n": 1, "n": 2}'], [("header.x-n", "encoding")]),
        ("Set-Cookie", {"schema": {"type": "string", "maxLength": 3}}, ["a=1", "b=2"], []),
        (
            "Set-Cookie",
            {"schema": {"type": "string", "maxLength": 3}},
            ["a=1", "b=23"],
            [("header.set-cookie", "maxLength")],
        ),
        ("Set-Cookie", {"schema": {"maxLength": 3}}, ["a=1", "b=23"], [("header.set-cookie", "maxLength")]),
        ("Set-Cookie", {"schema": COOKIES}, ["a=1"], []),
        ("Set-Cookie", {"schema": COOKIES}, ["a=1", "b=2"], [("header.set-cookie", "maxItems")]),
        (
            "Set-Cookie",
            {"schema": {**COOKIES, "type": ["array", "null"]}},
            ["a", "b"],
            [("header.set-cookie", "maxItems")],
        ),
    ],
)
@pytest.mark.parametrize("declared", [{}, body(INTEGER)])
def test_headers(name: str, header: Any, lines: list[str], expected: Any, declared: Any) -> None:
    """Lines of one name are one list, but for cookies; their case does not count, whatever the body is.

    One that cannot be decoded is reported as that, and not by its schema.
    """
    contract = answering({"200": {"headers": {name: header}, **declared}})
    fields = [(name.upper(), line) for line in lines] + [*JSON.items()]
    assert wrong(contract, 200, b"5" if declared else b"", fields) == expected
