"""A request is written from its arguments by one writer, which reports all faults."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.wire.faults import EncodeError
from apicontract.wire.requests import ByHand, write_request

PARAMETERS: list[dict[str, Any]] = [
    {"name": "id", "in": "path", "required": True, "schema": {"type": "string"}},
    {"name": "q", "in": "query", "style": "pipeDelimited", "explode": False, "schema": {"type": "array"}},
    {"name": "X-H", "in": "header", "schema": {"type": "string"}},
]
PUT = {
    "operationId": "put",
    "parameters": PARAMETERS,
    "requestBody": {"content": {"application/json": {"schema": {}}}},
}
DOCUMENT = Document({"openapi": "3.1.0", "paths": {"/t/{id}": {"put": PUT}}})
OPERATION = DOCUMENT.operations["put"]
NO_FORM = {"path": {"id": ".."}, "query": {"q": ["a|b"]}, "header": {"X-H": "a\nb"}, "body": "\ud800"}


def test_every_location_is_written() -> None:
    arguments = {"path": {"id": "a b"}, "query": {"q": ["a", "b"]}, "header": {"X-H": "v"}, "body": {"a": 1}}
    written = write_request(DOCUMENT, OPERATION, arguments)
    assert written.target == "/t/a%20b?q=a|b"
    assert list(written.headers) == [("X-H", "v")]
    assert written.body is not None
    assert (written.body.content_type, written.body.bytes) == ("application/json", b'{"a":1}')


def test_what_is_not_given_is_not_written() -> None:
    written = write_request(DOCUMENT, OPERATION, {"path": {"id": "a"}})
    assert (written.target, list(written.headers), written.body) == ("/t/a", [], None)


def test_the_faults_of_all_locations_are_reported_in_their_order() -> None:
    with pytest.raises(EncodeError) as caught:
        write_request(DOCUMENT, OPERATION, NO_FORM)
    assert [fault.where for fault in caught.value.faults] == ["path.id", "query.q", "header.X-H", "body"]


def test_by_hand_is_written_what_the_encoders_refuse() -> None:
    given = {**NO_FORM, "body": None}
    by_hand = ByHand(path={"id": "%zz"}, query={"q": ["q=a|b", "q=c"]})
    written = write_request(DOCUMENT, OPERATION, given, by_hand=by_hand)
    assert written.target == "/t/%zz?q=a|b&q=c"
    assert list(written.headers) == [("X-H", "a\nb")]
    assert write_request(DOCUMENT, OPERATION, given, by_hand=ByHand()).target == "/t/..?q=%5B%22a%7Cb%22%5D"


@pytest.mark.parametrize(
    ("body", "written"), [(None, b"null"), ({}, b"{}"), ("", b'""'), (False, b"false"), ([], b"[]")]
)
def test_a_body_that_is_given_is_written_whatever_it_is(body: Any, written: bytes) -> None:
    found = write_request(DOCUMENT, OPERATION, {"path": {"id": "a"}, "body": body}).body
    assert found is not None
    assert found.bytes == written


def test_the_media_type_of_a_body_is_the_first_that_is_declared() -> None:
    """JSON if none is; and a query is added to what the template has of one."""
    kinds = {kind: {"schema": {"type": "string"}} for kind in ("text/plain", "text/csv")}
    put = {**PUT, "requestBody": {"content": kinds}}
    paths = {"/t/{id}": {"put": put}, "/q?a=b": {"get": {"operationId": "q", "parameters": PARAMETERS[1:2]}}}
    document = Document({"openapi": "3.1.0", "paths": paths})
    found = write_request(document, document.operations["put"], {"path": {"id": "a"}, "body": "b"})
    assert (found.body and found.body.content_type, found.target) == ("text/plain", "/t/a")
    found = write_request(document, document.operations["q"], {"query": {"q": ["c"]}, "body": "d"})
    assert (found.body and found.body.content_type, found.target) == ("application/json", "/q?a=b&q=c")


def test_every_fault_of_a_request_is_reported_in_the_order_of_its_places() -> None:
    cookie = {"name": "c", "in": "cookie", "explode": False, "schema": {}}
    put = {**PUT, "parameters": [*PARAMETERS, cookie]}
    document = Document({"openapi": "3.1.0", "paths": {"/t/{id}": {"put": put}}})
    with pytest.raises(EncodeError) as caught:
        write_request(document, document.operations["put"], {**NO_FORM, "cookie": {"c": [["a"]]}})
    places = ["path.id", "query.q", "header.X-H", "cookie.c", "body"]
    assert [fault.where for fault in caught.value.faults] == places
    assert [
        message.partition(": ")[0] for message in str(caught.value).split("; ") if message.partition(": ")[0] in places
    ] == places


def test_a_body_that_is_too_deep_is_a_fault() -> None:
    deep: list[Any] = []
    for _ in range(100_000):
        deep = [deep]
    with pytest.raises(EncodeError) as caught:
        write_request(DOCUMENT, OPERATION, {"path": {"id": "a"}, "body": deep})
    assert [(fault.where, fault.rule) for fault in caught.value.faults] == [("body", "encoding")]


def test_cookies_come_after_the_declared_headers() -> None:
    put = {**PUT, "parameters": [*PARAMETERS, {"name": "c", "in": "cookie", "schema": {}}]}
    document = Document({"openapi": "3.1.0", "paths": {"/t/{id}": {"put": put}}})
    arguments = {"path": {"id": "a"}, "header": {"X-H": "v"}, "cookie": {"c": 1}}
    written = write_request(document, document.operations["put"], arguments)
    assert [*written.headers] == [("X-H", "v"), ("Cookie", "c=1")]
