"""A response is checked against its operation and its request, a stream event by event."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest

from apicontract.openapi.document import Document
from tests.checks.places import exchanged, places
from tests.checks.wrong_requests import REQUESTS
from tests.support.other_document import OTHER
from tests.support.requests import BASE, ID, KEY, get, model, post
from tests.support.things import THINGS
from twelvelabs_contract import Contract, Headers, Request, Response

STREAM = (
    '{"event_type":"stream_start","metadata":{"generation_id":"g1"}}\n'
    '{"event_type":"text_generation","text":"A \\u2028 b\u2028\u0085é"}\r\n'
    "\n"
    '{"event_type":"stream_end","metadata":{"generation_id":"g1","usage":{"output_tokens":9}}}'
)


START, TEXT, _, END = STREAM.split("\n")


ASKED = {"video_id": "v", "prompt": "p", "stream": True}


STREAMS: dict[str, tuple[str, list[tuple[str, str]]]] = {
    "all events, blank lines, CRLF, separators, no final newline": (STREAM, []),
    "nothing at all": ("", [("event[0]", "truncated")]),
    "no end": (f"{START}\n{TEXT}\n", [("event[2]", "truncated")]),
    "cut in a line": (f"{START}\n{TEXT}\n{END[:40]}", [("event[2]", "encoding"), ("event[3]", "truncated")]),
    "a bad line": (f"{START}\noops\n{END}", [("event[1]", "encoding")]),
    "an unknown event": (
        f'{START}\n{{"event_type":"error"}}\n{END}',
        [("event[1].event_type", "oneOf")],
    ),
    "an event without its type": (f"{START}\n{{}}\n{END}", [("event[1].event_type", "missing")]),
    "a number as text": (
        f'{START}\n{{"event_type":"text_generation","text":5}}\n{END}',
        [("event[1].text", "type")],
    ),
    "no beginning": (f"{TEXT}\n{END}", [("event[0]", "sequence")]),
    "a bad line before the beginning": (f"oops\n{START}\n{END}", [("event[0]", "encoding")]),
    "a key given twice": (
        f'{START}\n{{"event_type":"text_generation","text":"a","text":"b"}}\n{END}',
        [("event[1]", "encoding")],
    ),
    "a second beginning": (f"{START}\n{START}\n{END}", [("event[1]", "sequence")]),
    "an event after the end": (f"{START}\n{END}\n{TEXT}", [("event[2]", "sequence")]),
    "another generation": (f"{START}\n{END.replace('g1', 'g2')}", [("event[1].metadata.generation_id", "sequence")]),
    "one plain answer instead": (
        '{"id":"x","data":"y"}',
        [("event[0].event_type", "missing"), ("event[1]", "truncated")],
    ),
}


@pytest.mark.parametrize("media_type", ["application/x-ndjson", "application/json", "text/event-stream", ""])
@pytest.mark.parametrize("name", STREAMS)
def test_a_stream_is_checked_line_by_line(contract: Contract, name: str, media_type: str) -> None:
    """The request says that a stream comes; no source says under which name (ledger A12)."""
    text, expected = STREAMS[name]
    response = Response(200, Headers({"content-type": media_type} if media_type else {}), text.encode())
    assert places(contract.check_exchange(post("/analyze", ASKED), response)) == expected


JSON = {"content-type": "application/json"}


RESPONSES: dict[str, tuple[Request, Response, list[tuple[str, str]]]] = {
    "a string for an integer": (
        get("/tasks"),
        Response(200, Headers(JSON), b'{"page_info": {"page": "1"}}'),
        [("body.page_info.page", "type")],
    ),
    "a time that is none": (
        get(f"/tasks/{ID}"),
        Response(200, Headers(JSON), b'{"created_at": "yesterday"}'),
        [("body.created_at", "format")],
    ),
    "unknown keys and unknown values": (
        get(f"/tasks/{ID}"),
        Response(200, Headers(JSON), b'{"status": "resting", "new": [1]}'),
        [],
    ),
    "a status that is not declared": (get("/tasks"), Response(202, Headers(JSON), b"{}"), [("status", "status")]),
    "200 where 201 is declared": (
        post("/indexes", {"index_name": "n", "models": [model()]}),
        Response(200, Headers(JSON), b"{}"),
        [("status", "status")],
    ),
    "another empty success than 204": (Request("DELETE", f"{BASE}/tasks/{ID}", Headers([KEY])), Response(200), []),
    "a 204 that announces a body": (
        Request("DELETE", f"{BASE}/tasks/{ID}", Headers([KEY])),
        Response(204, Headers({"content-length": "5"})),
        [("header.content-length", "undeclared")],
    ),
    "a 204 that announces a body in chunks": (
        Request("DELETE", f"{BASE}/tasks/{ID}", Headers([KEY])),
        Response(204, Headers({"transfer-encoding": "chunked", "content-length": "0"})),
        [("header.transfer-encoding", "undeclared")],
    ),
    "a body with 204": (
        Request("DELETE", f"{BASE}/tasks/{ID}", Headers([KEY])),
        Response(204, Headers(JSON), b"{}"),
        [("body", "undeclared")],
    ),
    "no body": (get("/tasks"), Response(200, Headers(JSON)), [("body", "missing")]),
    "broken JSON": (get("/tasks"), Response(200, Headers(JSON), b"{"), [("body", "encoding")]),
    "HTML for JSON": (
        get("/tasks"),
        Response(200, Headers({"content-type": "text/html"}), b"<p>"),
        [("header.content-type", "media_type")],
    ),
    "no content type": (get("/tasks"), Response(200, body=b"{}"), [("header.content-type", "media_type")]),
    "a gateway's own words": (get("/tasks"), Response(502, Headers({"content-type": "text/html"}), b"<p>"), []),
    "an undocumented refusal": (get("/tasks"), Response(418, Headers(JSON), b'{"code": 5}'), [("body.code", "type")]),
    "an empty 429": (post("/gist", {"video_id": "v", "types": ["title"]}), Response(429), []),
    "an empty 429 where none is declared": (get("/tasks"), Response(429), []),
    "either error of a search page": (get("/search/t"), Response(400, Headers(JSON), b'{"error_code": 7}'), []),
    "a stream that nobody asked for": (
        post("/analyze", {**ASKED, "stream": False}),
        Response(200, Headers({"content-type": "application/x-ndjson"}), STREAM.encode()),
        [("header.content-type", "media_type")],
    ),
    "an unknown kind of summary": (
        post("/summarize", {"video_id": "v", "type": "summary"}),
        Response(200, Headers(JSON), b'{"summarize_type": "poem"}'),
        [("body.summarize_type", "oneOf")],
    ),
    "a mistake in one kind of summary": (
        post("/summarize", {"video_id": "v", "type": "chapter"}),
        Response(200, Headers(JSON), b'{"summarize_type": "chapter", "chapters": [{"start": 1.5}]}'),
        [("body.chapters[0].start", "type")],
    ),
}


@pytest.mark.parametrize("name", RESPONSES)
def test_a_response_is_checked_against_what_was_asked(contract: Contract, name: str) -> None:
    request, response, expected = RESPONSES[name]
    assert places(contract.check_exchange(request, response)) == expected


def test_a_response_without_its_request_needs_the_operation(contract: Contract) -> None:
    response = httpx.Response(200, json={"data": 5})
    with pytest.raises(ValueError, match="name its operation"):
        contract.check_response(response)
    assert places(contract.check_response(response, operation="tasks.list")) == [("body.data", "type")]


def test_a_response_by_operation_may_be_a_stream_or_not(contract: Contract) -> None:
    """Where no request tells what was asked for, the first line does."""
    headers = Headers({"content-type": "application/json"})
    assert contract.check_response(Response(200, headers, STREAM.encode()), operation="analyze") == []
    assert contract.check_response(Response(200, headers, b'{"data": "x"}'), operation="analyze") == []
    assert places(contract.check_response(Response(200, headers, f"{START}\n".encode()), operation="analyze")) == [
        ("event[1]", "truncated")
    ]


MEDIA = [("header.content-type", "media_type")]
UNREADABLE = [("event[0]", "encoding"), ("event[1]", "truncated")]


@pytest.mark.parametrize(
    ("media_type", "content", "expected"),
    [
        ("application/x-ndjson", STREAM, []),
        ("application/x-ndjson", '{"data": "x"}', [("event[0].event_type", "missing"), ("event[1]", "truncated")]),
        ("application/x-ndjson", "oops", UNREADABLE),
        ("application/x-ndjson", "", [("event[0]", "truncated")]),
        ("application/json", STREAM, []),
        ("application/json", START, [("event[1]", "truncated")]),
        ("application/json", '{"data": "x"}', []),
        ("application/json", "oops", [("body", "encoding")]),
        ("application/json", "", [("body", "missing")]),
        ("", STREAM, []),
        ("", '{"data": "x"}', MEDIA),
        ("", "oops", [("body", "encoding"), *MEDIA]),
        ("", "", [("body", "missing"), *MEDIA]),
        ("text/html", STREAM, []),
        ("text/html", '{"data": 5}', [("body.data", "type"), *MEDIA]),
        ("text/html", "<p>", MEDIA),
        ("text/event-stream", START, [("event[1]", "truncated")]),
        ("text/event-stream", "oops", MEDIA),
    ],
)
def test_the_first_line_tells_a_stream_if_the_media_type_does_not(
    contract: Contract, media_type: str, content: str, expected: list[tuple[str, str]]
) -> None:
    """Where no request tells what was asked for: any other body is one that is no stream."""
    headers = Headers({"content-type": media_type} if media_type else {})
    response = Response(200, headers, content.encode())
    assert places(contract.check_response(response, operation="analyze")) == expected


@pytest.mark.parametrize(
    ("asked", "declared"),
    [
        ({**ASKED, "stream": False}, "application/json"),
        (None, "application/json or application/x-ndjson"),
    ],
)
@pytest.mark.parametrize("media_type", ["text/html", ""])
def test_a_wrong_media_type_is_told_those_that_could_come(
    contract: Contract, asked: dict[str, Any] | None, declared: str, media_type: str
) -> None:
    """That of a stream only if one may have been asked for."""
    response = Response(200, Headers({"content-type": media_type} if media_type else {}), b'{"data": "x"}')
    if asked is None:
        found = contract.check_response(response, operation="analyze")
    else:
        found = contract.check_exchange(post("/analyze", asked), response)
    assert [one.message for one in found] == [f"{media_type or 'no content type'}; declared is {declared}"]


EVENTS = b'{"event_type":"stream_start"}\n{"event_type":"stream_end"}\n'


def test_both_sides_of_an_exchange_are_checked(contract: Contract) -> None:
    answer = Response(200, Headers(JSON), b'{"data": 5}')
    assert exchanged(contract, get("/tasks?page=0"), answer) == [("query.page", "minimum"), ("body.data", "type")]


def test_only_an_empty_success_is_as_good_as_another(contract: Contract) -> None:
    """Ledger A1: 200 for 204, but neither with a body, nor a refusal."""
    request = Request("DELETE", f"{BASE}/tasks/{ID}", Headers([KEY]))
    assert exchanged(contract, request, Response(200)) == []
    assert exchanged(contract, request, Response(200, Headers(JSON), b"{}")) == [("status", "status")]
    assert exchanged(contract, request, Response(302)) == [("status", "status")]


@pytest.mark.parametrize("status", [200, 201, 202, 203, 204, 205, 206, 226, 299])
def test_any_empty_success_stands_for_the_documented_one(contract: Contract, status: int) -> None:
    request = Request("DELETE", f"{BASE}/tasks/{ID}", Headers([KEY]))
    assert exchanged(contract, request, Response(status)) == []
    if status != 204:
        assert exchanged(contract, request, Response(status, Headers(JSON), b"{}")) == [("status", "status")]
    assert exchanged(contract, get("/tasks"), Response(status)) != []


@pytest.mark.parametrize(
    ("charset", "right"),
    [
        ("utf-8", True),
        ("UTF-8", True),
        ("Utf-8", True),
        ('"UTF-8"', True),
        ("utf8", True),
        ("UTF8", True),
        ("US-ASCII", True),
        ("latin-1", False),
        ("UTF-16", False),
    ],
)
@pytest.mark.parametrize(
    "kind", ["application/json; charset=", "APPLICATION/JSON;Charset=", "application/json ; CHARSET="]
)
def test_names_of_media_types_and_charsets_have_no_case(
    contract: Contract, kind: str, charset: str, right: bool
) -> None:
    asked = post("/generate", {"video_id": "v", "prompt": "p", "stream": False})
    headers = Headers({"content-type": f"{kind}{charset}"})
    answer = Response(200, headers, b'{"id": "i", "data": "text"}')
    found = [] if right else [("header.content-type", "encoding")]
    assert exchanged(contract, asked, answer) == []  # of an answer, what is not UTF-8 is shown by its bytes
    sent = Request(asked.method, asked.url, Headers([KEY, *headers.items]), asked.body)
    assert [(v.where, v.rule) for v in contract.check_request(sent)] == found


def test_a_response_is_json_to_the_letter(contract: Contract) -> None:
    answer = Response(200, Headers(JSON), b'{"page_info": NaN}')
    assert exchanged(contract, get("/tasks"), answer) == [("body", "encoding")]


def test_a_stream_comes_where_the_flag_says_so_or_its_default(contract: Contract) -> None:
    """`generate` streams unless it is told not to (ledger A14)."""
    answer = Response(200, Headers(JSON), EVENTS)
    asked = {"video_id": "v", "prompt": "p"}
    assert exchanged(contract, post("/generate", asked), answer) == []
    assert exchanged(contract, post("/generate", {**asked, "stream": False}), answer) != []
    plain = Response(200, Headers(JSON), b'{"id": "i", "data": "text"}')
    assert exchanged(contract, post("/generate", asked), plain) != []
    assert exchanged(contract, post("/generate", {**asked, "stream": False}), plain) == []


@pytest.mark.parametrize("status", [0, 99, 600, 999])
def test_a_status_has_three_digits_that_mean_something(contract: Contract, status: int) -> None:
    """Not even `default` stands for another (RFC 9110, section 15)."""
    assert exchanged(contract, get("/tasks"), Response(status, Headers(JSON), b"{}")) == [("status", "status")]


def test_a_media_type_has_more_than_one_spelling() -> None:
    answer = Response(200, Headers({"content-type": "application/problem+json"}), json.dumps("5").encode())
    assert [(v.where, v.rule) for v in THINGS.check_response(answer, operation="get")] == [("body", "type")]


def test_a_media_type_is_declared_by_its_name() -> None:
    """A parameter beside it belongs to the text of a header, not to the name; what examples hold is plain data."""
    content = {"Application/JSON; charset=utf-8": {"example": {"$ref": "nowhere.yaml"}, "schema": {"type": "integer"}}}
    operation = {"operationId": "a", "responses": {"200": {"content": content}}}
    contract = Contract(Document({"openapi": "3.1.0", "paths": {"/a": {"get": operation}}}))
    answer = Response(200, Headers(JSON), b"[]")
    assert [(v.where, v.rule) for v in contract.check_response(answer, operation="a")] == [("body", "type")]


def test_lines_without_a_schema_need_only_be_json() -> None:
    responses: dict[str, Any] = {"200": {"content": {"application/x-ndjson": {}}}}
    contract = Contract(
        Document({"openapi": "3.1.0", "paths": {"/a": {"get": {"operationId": "a", "responses": responses}}}})
    )
    lines = Response(200, Headers({"content-type": "application/x-ndjson"}), b"{}\nx\n")
    assert [(v.where, v.rule) for v in contract.check_response(lines, operation="a")] == [("event[1]", "encoding")]


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


def test_a_response_to_no_operation_is_reported(contract: Contract) -> None:
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


ANY = {"responses": {"default": {"content": {"*/*": {"schema": {"type": "object", "required": ["a"]}}}}}}


@pytest.mark.parametrize("status", [200, 302, 500])
def test_a_lone_default_stands_for_every_status(status: int) -> None:
    """Where no success is declared by itself; and a media range does not hide that a body is JSON."""
    contract = Contract(Document({"openapi": "3.1.0", "paths": {"/a": {"get": {"operationId": "a"} | ANY}}}))
    response = Response(status, Headers({"content-type": "application/json"}), b"{}")
    assert [v.where for v in contract.check_response(response, operation="a")] == ["body.a"]
