"""One mistake is one violation: its place, its rule, and a pointer that leads to the rule in the document."""

from __future__ import annotations

from collections.abc import AsyncIterator
from typing import Any

import httpx
import pytest

from tests.contract.test_recorded import BASE, get
from tests.contract.wrong_requests import ID, KEY, REQUESTS, model, post
from twelvelabs_contract import Contract, Headers, Request, Response, Violation


def places(violations: list[Violation]) -> list[tuple[str, str]]:
    """Reduce violations to place and rule, in a fixed order."""
    return sorted((violation.where, violation.rule) for violation in violations)


@pytest.mark.parametrize("name", REQUESTS)
def test_one_mistake_is_one_violation(contract: Contract, name: str) -> None:
    request, expected = REQUESTS[name]
    assert places(contract.check_request(request)) == expected


@pytest.mark.parametrize("name", REQUESTS)
def test_the_pointer_leads_to_the_rule(contract: Contract, name: str) -> None:
    """What a violation points at stands in the document, and its text says place, rule and pointer."""
    for violation in contract.check_request(REQUESTS[name][0]):
        contract.document.at(violation.pointer)
        assert violation.where in str(violation)
        if violation.rule not in ("missing", "undeclared", "encoding", "media_type"):
            assert violation.pointer.split("/")[-1] == violation.rule
        if violation.rule == "missing" and violation.where.startswith(("body", "form")):
            assert violation.pointer.split("/")[-1] in ("required", "requestBody")
        assert f"[{violation.rule}, #{violation.pointer}]" in str(violation)


# httpx resolves the one and refuses the other before anybody can check it.
NEUTRAL_ONLY = {"a step up the path", "a line break in the URL"}


@pytest.mark.parametrize("name", [name for name in REQUESTS if name not in NEUTRAL_ONLY])
def test_httpx_and_the_neutral_form_get_the_same_verdict(contract: Contract, name: str) -> None:
    request, expected = REQUESTS[name]
    sent = httpx.Request(request.method, request.url, headers=list(request.headers.items), content=request.body)
    assert places(contract.check_request(sent)) == expected


SECRET = "tlk_0123456789abcdef"
LEAKS = [
    Request("GET", f"https://user:{SECRET}@evil.example/v1.3/tasks?api_key={SECRET}", Headers({"x-api-key": SECRET})),
    Request("GET", f"{BASE}/nothing/{SECRET}", Headers({"x-api-key": SECRET})),
    Request("GET", f"{BASE}/tasks?sort_by={SECRET}&{SECRET}=1", Headers({"x-api-key": SECRET})),
    post("/summarize", {"video_id": "v", "type": SECRET, SECRET: 1}),
    Request("POST", f"{BASE}/search", Headers({"x-api-key": SECRET, "content-type": f"x/{SECRET}"}), b"x"),
]


@pytest.mark.parametrize("request_", LEAKS, ids=lambda request: request.url[:40].replace(SECRET, "KEY"))
def test_the_key_is_never_in_a_violation(contract: Contract, request_: Request) -> None:
    """A key that went into URL, query, body or another header by mistake is not repeated to the logs."""
    headers = Headers([*(item for item in request_.headers.items if item != KEY), ("x-api-key", SECRET)])
    request = Request(request_.method, request_.url, headers, request_.body)
    told = contract.check_exchange(request, Response(200, headers, SECRET.encode()))
    assert told
    assert SECRET[:8] not in "".join(map(str, told)) + repr(headers)


def test_a_violation_is_one_short_line(contract: Contract) -> None:
    """Whatever a stranger sends: line breaks and escapes are written out, and length is cut."""
    long = "x\x1b[31m\n" * 2000
    requests = [
        get("/tasks?" + "".join(f"%{ord(c):02x}" for c in long) + "=1"),
        get(f"/{'x' * 5000}"),
        Request("POST", f"{BASE}/search", Headers([KEY, ("content-type", long)]), b"x"),
    ]
    for violation in (v for request in requests for v in contract.check_request(request)):
        assert str(violation).isprintable()
        assert len(str(violation)) < 1000


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


def test_an_httpx_response_knows_its_request(contract: Contract) -> None:
    request = httpx.Request("GET", f"{BASE}/tasks", headers={"x-api-key": "k"})
    response = httpx.Response(200, json={"data": 5}, request=request)
    assert places(contract.check_response(response)) == [("body.data", "type")]


def test_a_response_without_its_request_needs_the_operation(contract: Contract) -> None:
    response = httpx.Response(200, json={"data": 5})
    with pytest.raises(ValueError, match="name its operation"):
        contract.check_response(response)
    assert places(contract.check_response(response, operation="tasks.list")) == [("body.data", "type")]


def test_payloads(contract: Contract) -> None:
    """A payload is checked as a component, as a request body, and as the response body of a status."""
    assert contract.check_payload({"page": 1}, schema="PageInfo") == []
    assert places(contract.check_payload({"page": "1"}, schema="PageInfo")) == [("body.page", "type")]
    assert places(contract.check_payload({}, operation="indexes.update")) == [("body.index_name", "missing")]
    assert places(contract.check_payload({"data": {}}, operation="tasks.list", status=200)) == [("body.data", "type")]
    assert places(contract.check_payload({"code": 1}, operation="tasks.list", status=400)) == [("body.code", "type")]
    assert places(contract.check_payload({"filter": "{"}, operation="search.create"))[1] == ("form.filter", "encoding")


@pytest.mark.parametrize("payload", [b"bytes", object(), {1: 2}, "\ud800", float("nan"), [[[]]] * 3])
def test_what_is_no_json_value_is_a_violation(contract: Contract, payload: Any) -> None:
    assert [v.rule for v in contract.check_payload(payload, schema="PageInfo")] == ["type"]
    assert [v.rule for v in contract.check_payload(payload, operation="tasks.list", status=200)] == ["type"]


def test_the_json_in_a_text_of_a_payload_that_conforms_is_checked(contract: Contract) -> None:
    payload = {"index_id": "i" * 24, "search_options": ["visual"], "query_text": "a dog"}
    assert contract.check_payload(payload | {"filter": "{}"}, operation="search.create") == []
    told = contract.check_payload(payload | {"filter": "{"}, operation="search.create")
    assert places(told) == [("form.filter", "encoding")]


def test_unknown_names_are_told_with_the_nearest(contract: Contract) -> None:
    with pytest.raises(LookupError, match=r"did you mean 'tasks\.list'"):
        contract.operation("task.list")
    with pytest.raises(LookupError, match="did you mean 'PageInfo'"):
        contract.check_payload({}, schema="PagesInfo")
    with pytest.raises(LookupError, match="documents no body for status 204"):
        contract.check_payload({}, operation="tasks.delete", status=204)
    with pytest.raises(TypeError, match="give schema=, or operation="):
        contract.check_payload({})


def test_another_base_url_is_named(contract: Contract) -> None:
    """A local stand-in is checked when it is named, and only then."""
    request = Request("GET", "http://127.0.0.1:8080/tasks", Headers([KEY]))
    assert places(contract.check_request(request)) == [("url", "undeclared")]
    assert Contract.load(base_url="http://127.0.0.1:8080/").check_request(request) == []


@pytest.mark.parametrize("url", ["https://api.twelvelabs.io:443/v1.3/tasks", "HTTPS://API.TwelveLabs.IO/v1.3/tasks"])
def test_a_url_has_more_than_one_spelling(contract: Contract, url: str) -> None:
    assert contract.check_request(Request("GET", url, Headers([KEY]))) == []


def test_a_violation_of_a_large_value_stays_short(contract: Contract) -> None:
    (violation,) = contract.check_payload({"page": "9" * 10_000_000}, schema="PageInfo")
    assert len(str(violation)) < 300


def test_something_else_than_a_request_is_refused(contract: Contract) -> None:
    with pytest.raises(TypeError, match="a request is needed"):
        contract.check_request("GET /tasks")  # type: ignore[arg-type] # the mistake under test
    with pytest.raises(TypeError, match="a response is needed"):
        contract.check_exchange(get("/tasks"), 200)  # type: ignore[arg-type] # the mistake under test


def test_a_body_that_only_a_coroutine_can_read_is_told(contract: Contract) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"{}"

    request = httpx.Request("POST", f"{BASE}/gist", content=chunks())
    with pytest.raises(ValueError, match=r"await request\.aread\(\)"):
        contract.check_request(request)


def test_a_response_is_checked_though_its_request_was_streamed_away(contract: Contract) -> None:
    """An upload that was sent piece by piece is gone; its URL still tells the operation."""
    request = httpx.Request("POST", f"{BASE}/tasks", content=iter([b"x"]))
    for _ in request.stream:  # type: ignore[union-attr] # as a transport does
        pass
    assert places(contract.check_response(httpx.Response(200, json={"_id": 5}, request=request))) == [
        ("body._id", "type")
    ]


def test_a_response_by_operation_may_be_a_stream_or_not(contract: Contract) -> None:
    """Where no request tells what was asked for, the first line does."""
    headers = Headers({"content-type": "application/json"})
    assert contract.check_response(Response(200, headers, STREAM.encode()), operation="analyze") == []
    assert contract.check_response(Response(200, headers, b'{"data": "x"}'), operation="analyze") == []
    assert places(contract.check_response(Response(200, headers, f"{START}\n".encode()), operation="analyze")) == [
        ("event[1]", "truncated")
    ]


@pytest.mark.parametrize("body", ["text", None, bytearray(b"x")])
def test_a_body_is_bytes(body: Any) -> None:
    with pytest.raises(TypeError, match="a body is bytes"):
        Request("GET", BASE, Headers(), body)
    with pytest.raises(TypeError, match="a body is bytes"):
        Response(200, Headers(), body)


def test_a_misspelled_parameter_is_told_with_the_nearest(contract: Contract) -> None:
    (violation,) = contract.check_request(get("/tasks?page_limt=5"))
    assert violation.message == "'page_limt' is not declared; did you mean 'page_limit'?"
