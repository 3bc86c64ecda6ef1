"""The ASGI application: its responses, streams and limits, and the violations that it reports."""

from __future__ import annotations

import asyncio
import gzip
import json
import threading
from dataclasses import asdict
from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.responder import Responder
from apicontract.server import Application, Limits, cors
from apicontract.server.application import origins
from apicontract.server.asgi import Incoming, Reply, whole, within
from apicontract.wire.messages import Headers, Response
from benchmarks.peers.checkers import ours
from benchmarks.peers.exchanges import exchanges
from benchmarks.peers.requests import REQUESTS, Sent
from tests.server.conftest import HOST, KEY, Served, by_hand, contract_of
from tests.support.patience import PATIENCE
from twelvelabs_contract import Contract

STREAMED = {"video": {"type": "asset_id", "asset_id": "a"}, "prompt": "p", "stream": True}


@pytest.fixture
def served() -> Served:
    return Served(Application, contract_of())


def test_a_good_request_is_answered_as_documented_whatever_the_host(served: Served) -> None:
    answers = [
        served.send("GET", url, params={"page_limit": 5}) for url in ("/v1.3/indexes", "http://[::1]/v1.3/indexes")
    ]
    assert [answer.status_code for answer in answers] == [200, 200]
    assert answers[0].json() == answers[1].json()
    assert answers[0].json()["data"]
    assert [judged.operation for judged in served.judged] == ["indexes.list", "indexes.list"]
    assert served.rules == []


@pytest.mark.parametrize(
    ("method", "target", "sent", "status", "found"),
    [
        ("GET", "/v1.3/indexes?page_limit=51", {}, 400, ("indexes.list", "query.page_limit", "maximum")),
        ("POST", "/v1.3/indexes", {"json": {"index_name": "a"}}, 400, ("indexes.create", "body.models", "missing")),
        ("GET", "/v1.3/indexes", {"headers": {"x-api-key": ""}}, 401, ("indexes.list", "header.x-api-key", "missing")),
        ("GET", "/v1.3/nothing", {}, 404, (None, "path", "undeclared")),
        ("GET", "/indexes", {}, 404, (None, "url", "undeclared")),
        ("PUT", "/v1.3/indexes", {}, 404, (None, "method", "undeclared")),
    ],
)
def test_a_bad_request_gets_the_api_s_own_error_and_is_reported(
    served: Served, method: str, target: str, sent: dict[str, Any], status: int, found: tuple[str | None, str, str]
) -> None:
    answer = served.send(method, target, **sent)
    assert answer.status_code == status
    assert answer.json()["message"]
    assert found in served.rules


def test_an_upload_is_read_as_a_form(served: Served) -> None:
    answer = served.send("POST", "/v1.3/assets", data={"method": "direct"}, files={"file": ("a.mp4", b"\x00\x01")})
    assert answer.status_code == 201
    assert served.rules == []


def test_a_stream_comes_event_by_event_at_the_pace(monkeypatch: pytest.MonkeyPatch) -> None:
    waited: list[float] = []

    async def sleep(seconds: float) -> None:
        waited.append(seconds)

    monkeypatch.setattr("asyncio.sleep", sleep)
    contract = contract_of()
    application = Application(contract, report=lambda _: None, pace=0.25)
    message = {"type": "http.request", "body": json.dumps(STREAMED).encode()}
    sent = by_hand(application, "POST", "/v1.3/analyze", [message], x_api_key=KEY, content_type="application/json")
    assert sent.headers["content-type"] == "application/x-ndjson"
    assert "content-length" not in sent.headers
    assert sent.complete
    assert len(sent.pieces) > 2
    events = [json.loads(piece)["event_type"] for piece in sent.pieces]
    assert (events[0], events[-1]) == ("stream_start", "stream_end")
    assert waited == [0.25] * (len(sent.pieces) - 1)


@pytest.mark.parametrize(("name", "ends"), [("text/event-stream", 2), ("application/jsonl", 1)])
def test_every_format_of_the_registry_streams(name: str, ends: int) -> None:
    content = {name: {"schema": {"type": "object"}, "example": "" if ends == 1 else "data: {}\n\ndata: {}\n\n"}}
    if ends == 1:
        content[name]["example"] = "{}\n{}\n"
    response = {"description": "Events.", "content": content}
    raw = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "paths": {"/e": {"get": {"operationId": "e", "responses": {"200": response}}}},
    }
    sent = by_hand(Application(Contract(Document(raw)), report=lambda _: None), "GET", "/e", [{"type": "http.request"}])
    assert sent.status == 200
    assert len(sent.pieces) == 2
    assert all(piece.endswith(b"\n" * ends) for piece in sent.pieces)


@pytest.mark.parametrize("edition", ["2025-08", "2026-04-02"])
def test_any_edition_is_served(edition: str) -> None:
    served = Served(Application, contract_of(edition))
    assert served.send("GET", "/v1.3/tasks").status_code == 200
    assert served.send("POST", "/v1.3/responses", json={}).status_code == 404, "not there before 2026-05"


def test_the_path_says_which_of_several_servers_is_meant() -> None:
    responses = {"200": {"description": "Done.", "content": {"application/json": {"example": {}}}}}
    raw = {
        "openapi": "3.1.0",
        "info": {"title": "t", "version": "1"},
        "servers": [{"url": "https://one.example/v1"}],
        "paths": {
            "/a": {"get": {"operationId": "a", "responses": responses}},
            "/b": {"get": {"operationId": "b", "servers": [{"url": "https://two.example/v2"}], "responses": responses}},
        },
    }
    served = Served(Application, Contract(Document(raw)))
    assert [served.send("GET", path).status_code for path in ("/v1/a", "/v2/b", "/v1/b")] == [200, 200, 404]
    assert [judged.operation for judged in served.judged] == ["a", "b", None]


def test_where_the_document_says_too_little_the_answer_is_a_501_with_what_is_missing() -> None:
    raw = {
        "openapi": "3.1.0",
        "servers": [{"url": "https://one.example/v1"}],
        "paths": {"/a": {"get": {"operationId": "a", "responses": {"404": {"description": ""}}}}},
    }
    served = Served(Application, Contract(Document(raw)))
    answer = served.send("GET", "/v1/a")
    assert (answer.status_code, answer.headers["content-type"]) == (501, "text/plain; charset=utf-8")
    assert answer.text == "a: the document has no success response for this operation; use a raw response"
    assert (served.rules, served.judged[0].status) == ([], 501)


def test_a_request_of_no_server_is_reported_as_one_of_the_first() -> None:
    responses = {"200": {"description": ""}}
    raw = {
        "openapi": "3.1.0",
        "servers": [{"url": "https://one.example/v1"}, {"url": "//two.example/v2"}, {"url": "https://one.example/v3"}],
        "paths": {
            "/a": {"get": {"operationId": "a", "responses": responses}},
            "/b": {"get": {"operationId": "b", "servers": [{"url": "/v4"}], "responses": responses}},
        },
    }
    served = Served(Application, Contract(Document(raw)))
    assert origins(served.contract) == ["https://one.example", "http://two.example", "http://localhost"]
    answers = served.send_all([("GET", path, {}) for path in ("/v2/a", "/v4/b", "/v9/a")])
    assert [(answer.status_code, answer.headers["content-length"]) for answer in answers[:2]] == [(200, "0")] * 2
    assert answers[2].status_code == 404
    assert [judged.label.rpartition(" ")[2] for judged in served.judged] == [
        "http://two.example/v2/a",
        "https://one.example/v4/b",
        "https://one.example/v9/a",
    ]


def test_the_target_is_read_as_it_was_sent(served: Served) -> None:
    """A slash in a value is no step of the path."""
    assert served.send("GET", "/v1.3/indexes/a%2Fb").status_code == 200
    assert served.judged[0].operation == "indexes.retrieve"


def test_a_seed_chooses_the_same_answers_again() -> None:
    contract = contract_of()

    def answers(seed: int) -> list[bytes]:
        served = Served(lambda c, report: Application(c, report=report, responder=Responder(c, seed=seed)), contract)
        return [answer.content for answer in served.send_all([("GET", f"/v1.3/tasks/{n}", {}) for n in range(8)])]

    first, same, other = answers(0), answers(7), answers(7)
    assert len(set(first)) == 1, "seed 0 is the first example"
    assert same == other
    assert len(set(same)) > 1


def test_no_key_is_in_what_is_reported(served: Served) -> None:
    served.send("POST", f"/v1.3/indexes?key={KEY}", json={"index_name": KEY, KEY: 1})
    served.send("GET", f"/v1.3/{KEY}")
    shown = repr(served.judged)
    assert len(served.rules) > 2
    assert KEY not in shown


@pytest.mark.parametrize(
    ("limits", "headers", "body", "status"),
    [
        (Limits(body=10), {"content_length": "11"}, [b""], 413),
        (Limits(body=10), {}, [b"123456", b"78901"], 413),
        (Limits(held=10), {}, [b"123456", b"78901"], 503),
        (Limits(receive=0.01), {}, None, 408),
    ],
)
def test_a_body_beyond_the_bounds_is_refused_and_reported(
    limits: Limits, headers: dict[str, str], body: list[bytes] | None, status: int
) -> None:
    judged: list[Any] = []
    application = Application(contract_of(), report=judged.append, limits=limits)
    messages = [{"type": "http.request", "body": piece, "more_body": True} for piece in body or ()]
    sent = by_hand(application, "POST", "/v1.3/indexes", messages, x_api_key=KEY, **headers)
    assert (sent.status, sent.headers["connection"], sent.complete) == (status, "close", True)
    said = json.loads(sent.pieces[0])
    assert ("not the API, has a limit of 10 bytes" in said.get("message", said.get("error", {}).get("message"))) == (
        status != 408
    )
    assert [(found.violation.where, found.violation.rule) for found in judged[0].findings] == [("body", "limit")]
    assert application._held == 0


@pytest.mark.parametrize(
    ("body", "aside"),
    [(b"{}", False), (gzip.compress(b"{}"), True), (b" " * (2 << 20), True)],
    ids=["small", "compressed", "large"],
)
def test_a_body_that_may_take_long_is_checked_beside_the_other_requests(
    served: Served, monkeypatch: pytest.MonkeyPatch, body: bytes, aside: bool
) -> None:
    seen: list[bool] = []
    real = Responder.receive

    def receive(self: Responder, *given: Any) -> Any:
        seen.append(threading.current_thread() is not threading.main_thread())
        return real(self, *given)

    monkeypatch.setattr(Responder, "receive", receive)
    coding = {"content-encoding": "gzip"} if body[:1] == b"\x1f" else {}
    answer = served.send("POST", "/v1.3/indexes", content=body, headers={"content-type": "application/json", **coding})
    assert (answer.status_code, seen) == (400, [aside])


@pytest.mark.parametrize("limits", [Limits(body=10), Limits(held=10)])
@pytest.mark.parametrize("headers", [{}, {"content_length": "10"}])
def test_a_body_on_the_bound_is_read(limits: Limits, headers: dict[str, str]) -> None:
    judged: list[Any] = []
    application = Application(contract_of(), report=judged.append, limits=limits)
    messages = [
        {"type": "http.request", "body": piece, "more_body": more}
        for piece, more in ((b'{"a":', True), (b"1234}", False))
    ]
    headers = {"x_api_key": KEY, "content_type": "application/json", **headers}
    assert by_hand(application, "POST", "/v1.3/indexes", messages, **headers).status == 400
    assert {found.violation.rule for found in judged[0].findings} == {"missing", "undeclared"}


def test_what_requests_in_progress_hold_is_counted_until_each_ends() -> None:
    application = Application(contract_of(), report=lambda _: None, limits=Limits(held=10))

    async def run() -> list[int]:
        statuses, released = list[int](), asyncio.Event()

        async def send(message: Any) -> None:
            statuses.extend([message["status"]] if "status" in message else [])

        async def request(body: bytes, *, waits: bool = False) -> None:
            begun = False

            async def receive() -> Any:
                nonlocal begun
                if waits and begun:
                    await released.wait()
                    return {"type": "http.request"}
                begun = True
                return {"type": "http.request", "body": body, "more_body": waits}

            scope = {"type": "http", "method": "POST", "path": "/v1.3/indexes", "headers": []}
            await application(scope, receive, send)

        first = asyncio.create_task(request(b"123456", waits=True))
        while not application._held:
            await asyncio.sleep(0)
        for body in (b"1234", b"12345", b"1234"):
            await request(body)
        released.set()
        await first
        await request(b"1234567890")
        return statuses

    assert asyncio.run(run()) == [401, 503, 401, 401, 401]
    assert application._held == 0


def test_a_field_that_no_header_can_hold_is_sent_with_question_marks(served: Served) -> None:
    async def answer(incoming: Incoming) -> Reply | None:
        return Reply(200, Headers({"x-a": "é☃"}), whole(b""))

    served.endpoint.handle = answer  # type: ignore[method-assign]
    sent = by_hand(served.endpoint, "GET", "/", [{"type": "http.request"}])
    assert sent.headers == {"x-a": "é?"}


def test_a_client_that_is_gone_ends_nothing_else(served: Served) -> None:
    async def gone(_: Any) -> None:
        raise ConnectionResetError("gone")

    async def receive() -> Any:
        return {"type": "http.request"}

    scope = {"type": "http", "method": "GET", "path": "/v1.3/indexes", "query_string": b"", "headers": []}
    asyncio.run(served.endpoint(scope, receive, gone))
    assert served.send("GET", "/v1.3/indexes").status_code == 200


def test_the_limits_are_those_that_are_documented() -> None:
    sizes = {"body": 64 << 20, "held": 512 << 20, "fields": 64 << 10, "waiting": 100, "connections": 1_000}
    seconds = {"begin": 20.0, "receive": 300.0, "send": 60.0, "idle": 15, "stop": 5}
    assert asdict(Limits()) == sizes | seconds


def test_an_upload_that_is_cut_is_reported(served: Served) -> None:
    begun: dict[str, Any] = {"type": "http.request", "body": b"{", "more_body": True}
    messages = [begun, {"type": "http.disconnect"}]
    sent = by_hand(served.endpoint, "POST", "/v1.3/indexes", messages, x_api_key=KEY)
    assert sent.status is None
    assert served.rules == [("indexes.create", "body", "truncated")]


def test_a_reader_that_takes_nothing_is_left(served: Served) -> None:
    async def stuck(message: Any) -> None:
        if message["type"] == "http.response.body":
            await asyncio.Event().wait()

    async def receive() -> Any:
        return {"type": "http.request"}

    application = Application(served.contract, report=served.judged.append, limits=Limits(send=0.01))
    scope = {"type": "http", "method": "GET", "path": "/v1.3/indexes", "query_string": b"", "headers": []}
    asyncio.run(asyncio.wait_for(application(scope, receive, stuck), PATIENCE))
    assert len(served.judged) == 1


def test_a_fault_of_ours_is_a_500_and_the_next_request_is_answered(
    served: Served, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    real = served.endpoint.handle

    async def once(incoming: Incoming) -> Reply | None:
        monkeypatch.setattr(served.endpoint, "handle", real)
        raise KeyError(incoming.method)

    monkeypatch.setattr(served.endpoint, "handle", once)
    answers = served.send_all([("GET", "/v1.3/indexes", {})] * 2)
    assert [answer.status_code for answer in answers] == [500, 200]
    assert "please report it: GET /v1.3/indexes" in caplog.text


def test_lifespan_and_websockets_are_no_requests(served: Served) -> None:
    sent: list[Any] = []
    messages = [{"type": "lifespan.startup"}, {"type": "lifespan.shutdown"}]

    async def receive() -> Any:
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message["type"])

    asyncio.run(served.endpoint({"type": "lifespan"}, receive, send))
    asyncio.run(served.endpoint({"type": "websocket"}, receive, send))
    assert sent == ["lifespan.startup.complete", "lifespan.shutdown.complete"]


ASKED = {"origin": "http://localhost:3000", "access-control-request-method": "DELETE"}


@pytest.mark.parametrize(
    ("headers", "allowed", "status", "answered"),
    [
        (ASKED, [], 204, {"methods": "DELETE", "origin": "http://localhost:3000", "headers": None}),
        (ASKED | {"access-control-request-headers": "x-api-key"}, [], 204, {"headers": "x-api-key"}),
        (ASKED | {"origin": "http://app.localhost"}, [], 204, {"origin": "http://app.localhost"}),
        (ASKED | {"origin": "http://[::1]:3000"}, [], 204, {"origin": "http://[::1]:3000"}),
        (ASKED | {"access-control-request-private-network": "true"}, [], 204, {"private-network": "true"}),
        (ASKED | {"access-control-request-private-network": "false"}, [], 204, {"private-network": None}),
        (ASKED | {"origin": "https://127.0.0.1"}, [], 204, {"origin": "https://127.0.0.1"}),
        (ASKED | {"origin": "https://app.test"}, [], 403, {"origin": None, "methods": None}),
        (ASKED | {"origin": "http://localhost.test"}, [], 403, {"origin": None}),
        (ASKED | {"origin": "http://notlocalhost"}, [], 403, {"origin": None}),
        (ASKED | {"origin": "http://[::1"}, [], 403, {"origin": None}),
        (ASKED | {"origin": "null"}, [], 403, {"origin": None}),
        (ASKED | {"origin": "https://app.test"}, ["https://app.test"], 204, {"origin": "https://app.test"}),
        (ASKED | {"origin": "null"}, ["*"], 204, {"origin": "null"}),
        (ASKED | {"origin": "null"}, ["null"], 204, {"origin": "null"}),
    ],
)
def test_a_browser_asks_before_a_request(
    headers: dict[str, str], allowed: list[str], status: int, answered: dict[str, str | None]
) -> None:
    served = Served(lambda contract, report: Application(contract, report=report, origins_allowed=allowed))
    answer = served.send("OPTIONS", "/v1.3/indexes/a", headers=headers)
    assert answer.status_code == status
    assert {name: answer.headers.get(f"access-control-allow-{name}") for name in answered} == answered
    assert served.judged == [], "it is no request to the API"
    assert answer.headers.get("access-control-max-age") == ("600" if status == 204 else None)


@pytest.mark.parametrize(
    ("given", "sent"),
    [
        ("https://app.test", "https://app.test"),
        ("http://app.test:8080", "http://app.test:8080"),
        ("http://[::1]:8080", "http://[::1]:8080"),
        ("*", "*"),
        ("https://APP.test", "https://app.test"),
        ("null", "null"),
        ("app.test", None),
        ("https://app.test/", None),
        ("https://app.test?a", None),
        ("https://u@app.test", None),
        ("https://app.test:http", None),
        ("https://[::1", None),
        ("", None),
    ],
)
def test_an_origin_is_given_as_browsers_send_it(given: str, sent: str | None) -> None:
    if sent is None:
        with pytest.raises(ValueError, match=r"^an origin is scheme and host, such as "):
            cors.origins([given])
    else:
        assert cors.origins([given]) == {sent}


def test_a_page_of_this_machine_may_read_every_answer_and_no_other_may(served: Served) -> None:
    for target, status in (("/v1.3/indexes", 200), ("/v1.3/indexes?page=a", 400), ("/nothing", 404)):
        answer = served.send("GET", target, headers={"origin": "http://127.0.0.1:5173"})
        assert (answer.status_code, answer.headers["access-control-allow-origin"]) == (status, "http://127.0.0.1:5173")
        assert (answer.headers["access-control-expose-headers"], answer.headers["vary"]) == ("*", "origin")
    assert "access-control-allow-origin" not in served.send("GET", "/v1.3/indexes").headers
    other = served.send("GET", "/v1.3/indexes", headers={"origin": "https://app.test"})
    assert "access-control-allow-origin" not in other.headers


def test_an_options_request_of_no_browser_is_one_of_no_operation(served: Served) -> None:
    assert served.send("OPTIONS", "/v1.3/indexes").status_code == 404
    assert [where for _, where, _ in served.rules] == ["method"]


def test_a_wait_that_ends_in_time_returns_what_it_waited_for_and_others_are_cut_off() -> None:
    seen: list[str] = []

    async def slow(steps: int) -> str:
        try:
            for _ in range(steps):
                await asyncio.sleep(0.001)
        except asyncio.CancelledError:
            seen.append("cut off")
            raise
        return "done"

    async def failing() -> None:
        await asyncio.sleep(0)
        raise KeyError("late")

    async def run() -> None:
        assert [await within(PATIENCE, slow(steps)) for steps in (0, 1, 3)] == ["done"] * 3
        with pytest.raises(KeyError, match="late"):
            await within(PATIENCE, failing())
        with pytest.raises(TimeoutError):
            await within(0.01, slow(10_000))

    asyncio.run(run())
    assert seen == ["cut off"]


@pytest.mark.parametrize("sent", REQUESTS, ids=[sent.name for sent in REQUESTS])
def test_the_requests_of_the_comparison_with_other_servers_are_judged_right(sent: Sent) -> None:
    """The other servers are asked by `make bench ONLY=peers`."""
    made = sent.request(f"{HOST}/v1.3")
    application = Application(contract_of(), report=lambda _: None)
    headers = {name.replace("-", "_"): value for name, value in made.headers.items()}
    answer = by_hand(
        application, made.method, f"/v1.3{sent.target}", [{"body": made.content, "type": "http.request"}], **headers
    )
    assert (answer.status or 0) // 100 == (4 if sent.wrong else 2)


def test_the_exchanges_of_the_comparison_are_judged_right() -> None:
    known = exchanges()
    assert (len(REQUESTS), len(known)) == (20, 29)
    assert {one.name: judged for one, judged in zip(known, ours(known), strict=True) if judged == bool(one.wrong)} == {}


@pytest.mark.parametrize(
    ("schema", "answered"),
    [
        ({"type": "object"}, {}),
        ({"type": "object", "properties": {"detail": {"type": "string"}}}, {"detail": ...}),
        ({"type": "object", "properties": {"message": {"enum": ["no"]}, "title": {"type": "string"}}}, {"title": ...}),
        ({"type": "object", "required": ["code"], "properties": {"code": {"const": 4}}}, {"code": 4}),
    ],
)
def test_an_error_response_without_an_example_is_what_the_document_declares(schema: Any, answered: Any) -> None:
    """What is wrong is said in it where its schema has a place for a sentence."""
    content = {"application/json": {"schema": schema}}
    operation = {
        "operationId": "a",
        "responses": {"200": {"description": ""}, "4XX": {"description": "", "content": content}},
    }
    parameter = {"name": "n", "in": "query", "schema": {"type": "integer"}}
    raw = {"openapi": "3.1.0", "paths": {"/a": {"get": {**operation, "parameters": [parameter]}}}}
    contract = Contract(Document(raw))
    sent = by_hand(Application(contract, report=lambda _: None), "GET", "/a?n=x", [{"type": "http.request"}])
    response = Response(sent.status or 0, Headers(sent.headers), b"".join(sent.pieces))
    assert contract.check_response(response, operation="a") == []
    found = json.loads(response.body)
    assert {name: ... if "query.n" in str(value) else value for name, value in found.items()} == answered
