"""The code under test sees the same exchange with a monitor as without; and the monitor sees all of it."""

from __future__ import annotations

import asyncio
import gzip
import io
import json
from collections.abc import AsyncIterator, Generator, Iterator
from typing import Any

import httpx
import pytest

from apicontract.pytest_plugin.monitor import Monitor, Owner
from apicontract.traffic.taps import bodies
from apicontract.wire.messages import Exchange
from tests.support.sending import ASK, END, JSON, KEY, START, URL, Recorder


def test_a_streamed_answer_stays_lazy(monitor: Monitor, seen: list[Exchange]) -> None:
    transport = Recorder(b"[", b"1", b"]", headers=JSON)
    with httpx.Client(transport=transport).stream("GET", f"{URL}/tasks", headers=KEY) as answer:
        chunks = answer.iter_raw()
        for count in range(1, 4):
            next(chunks)
            assert len(transport.read) == count
        assert seen == [], "nothing is judged while the test runs"
        assert monitor.drain() == []
        assert list(chunks) == []
    assert transport.closed == 1
    assert [(exchange.complete, exchange.response and exchange.response.body) for exchange in seen] == [(False, b"[1]")]


def test_an_answer_is_seen_whole_once_it_was_read(monitor: Monitor, seen: list[Exchange]) -> None:
    transport = Recorder(b"[", b"1", b"]", headers=JSON)
    assert httpx.Client(transport=transport).get(f"{URL}/tasks?page=2", headers=KEY).json() == [1]
    assert monitor.drain()
    (exchange,) = seen
    assert exchange.complete
    assert not exchange.real
    assert exchange.unseen == frozenset()
    assert exchange.request.url == f"{URL}/tasks?page=2"
    assert exchange.label == f"GET {URL}/tasks"
    assert exchange.response
    assert exchange.response.body == b"[1]"
    assert transport.closed == 1


async def _asynchronous(transport: Recorder, **options: Any) -> bytes:
    client = httpx.AsyncClient(transport=transport)
    async with client.stream("POST", f"{URL}/search", headers=KEY, **options) as answer:
        return b"".join([chunk async for chunk in answer.aiter_bytes()])


def _synchronous(transport: Recorder, **options: Any) -> bytes:
    with httpx.Client(transport=transport).stream("POST", f"{URL}/search", headers=KEY, **options) as answer:
        return b"".join(answer.iter_bytes())


def _chunks() -> Iterator[bytes]:
    yield from (b"one ", b"two")


async def _async_chunks() -> AsyncIterator[bytes]:
    for chunk in (b"one ", b"two"):
        yield chunk


@pytest.mark.parametrize("way", ["sync", "async"])
@pytest.mark.parametrize("kind", ["generator", "file", "form", "bytes"])
def test_a_body_is_sent_as_it_is_and_seen(monitor: Monitor, seen: list[Exchange], way: str, kind: str) -> None:
    transport = Recorder(b"{}", headers=JSON)
    every: dict[str, dict[str, Any]] = {
        "generator": {"content": _async_chunks() if way == "async" else _chunks()},
        "file": {"files": {"query_media_file": ("a.png", io.BytesIO(b"PNG" * 9), "image/png")}},
        "form": {"files": {"index_id": (None, "a")}},
        "bytes": {"content": b"one two"},
    }
    options = every[kind]
    answer = asyncio.run(_asynchronous(transport, **options)) if way == "async" else _synchronous(transport, **options)
    monitor.drain()
    (exchange,) = seen
    assert answer == b"{}"
    assert transport.sent == [exchange.request.body]
    assert transport.closed == 1
    assert (b"one two" in transport.sent[0]) == (kind in ("generator", "bytes"))
    assert (b"PNG" * 9 in transport.sent[0]) == (kind == "file")


def test_a_generator_that_no_transport_asked_for_is_not_consumed(monitor: Monitor, seen: list[Exchange]) -> None:
    """Nor is anything said of the body, as it was not seen; a form, which can be read twice, is read."""

    class Deaf(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            return httpx.Response(200, json={})

    body = _chunks()
    client = httpx.Client(transport=Deaf(), headers=KEY)
    client.post(f"{URL}/search", content=body, headers={"content-type": "multipart/form-data; boundary=a"})
    assert list(body) == [b"one ", b"two"]
    client.post(f"{URL}/search", files={"search_options[]": (None, "visual")})
    found = {finding.violation.where for finding in monitor.drain() if finding.side == "request"}
    assert [exchange.unseen for exchange in seen] == [{"request"}, frozenset()]
    assert len(monitor.unseen) == 1
    assert found == {"form.index_id", "form.search_options", "form"}


def test_a_body_above_the_limit_is_not_kept_and_not_judged(
    monitor: Monitor, seen: list[Exchange], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "LIMIT", 10)
    transport = Recorder(b"0123456789", b"0", headers=JSON)
    assert len(_synchronous(transport, content=iter([b"0123456789", b"0"]))) == 11
    found = [(finding.side, finding.violation.where) for finding in monitor.drain()]
    assert seen[0].unseen == {"request", "response"}
    assert (seen[0].request.body, seen[0].response and seen[0].response.body) == (b"", b"")
    assert found == []
    assert len(monitor.unseen) == 2
    assert len(transport.sent[0]) == 11


def test_a_stream_closed_early_is_judged_for_what_was_read(monitor: Monitor, seen: list[Exchange]) -> None:
    transport = Recorder(START, b'{"event_type": "nonsense"}\n{"even', b"t_type", END)
    with httpx.Client(transport=transport).stream("POST", f"{URL}/analyze", headers=KEY, json=ASK) as answer:
        chunks = answer.iter_raw()
        next(chunks), next(chunks)
    assert len(transport.read) == 2
    assert transport.closed == 1
    found = {(i.violation.where, i.violation.rule) for i in monitor.drain() if i.side == "response"}
    assert found == {("event[1].event_type", "oneOf")}
    assert not seen[0].complete


def test_a_stream_that_breaks_is_the_networks_fault(monitor: Monitor) -> None:
    transport = Recorder(START, b"!")
    with pytest.raises(httpx.ReadError, match="the network broke"):
        httpx.Client(transport=transport).post(f"{URL}/analyze", headers=KEY, json=ASK)
    assert [i for i in monitor.drain() if i.side == "response"] == []
    assert transport.closed == 1


def test_a_stream_that_ends_too_soon_is_reported(monitor: Monitor) -> None:
    httpx.Client(transport=Recorder(START)).post(f"{URL}/analyze", headers=KEY, json=ASK)
    assert [i.violation.rule for i in monitor.drain() if i.side == "response"] == ["truncated"]


def test_content_codings_are_undone_for_the_checks_alone(monitor: Monitor, seen: list[Exchange]) -> None:
    body = json.dumps({"data": [], "page_info": {"page": 1}}).encode()
    packed = gzip.compress(body)
    transport = Recorder(packed[:9], packed[9:], headers=JSON | {"content-encoding": "gzip"})
    with httpx.Client(transport=transport).stream("GET", f"{URL}/tasks", headers=KEY) as answer:
        assert b"".join(answer.iter_raw()) == packed
    assert monitor.drain() == []
    assert seen[0].response
    assert seen[0].response.body == body


def test_a_body_that_cannot_be_unpacked_is_httpxs_to_tell(monitor: Monitor, seen: list[Exchange]) -> None:
    transport = Recorder(b"no gzip", headers=JSON | {"content-encoding": "gzip"})
    with pytest.raises(httpx.DecodingError):
        httpx.Client(transport=transport).get(f"{URL}/tasks", headers=KEY)
    assert monitor.drain() == []
    assert [exchange.unseen for exchange in seen] in ([{"response"}], [frozenset()])


def test_every_attempt_of_redirects_and_authentication_is_seen_as_it_went_out(
    monitor: Monitor, seen: list[Exchange]
) -> None:
    class Auth(httpx.Auth):
        def auth_flow(self, request: httpx.Request) -> Generator[httpx.Request, httpx.Response, None]:
            request.headers["x-api-key"] = "old"
            answer = yield request
            assert answer.status_code == 401
            request.headers["x-api-key"] = "new"
            yield request

    def handle(request: httpx.Request) -> httpx.Response:
        if request.headers["x-api-key"] == "old":
            return httpx.Response(401, json={"code": "api_key_invalid", "message": "no"})
        if request.url.path == "/v1.3/tasks":
            return httpx.Response(307, headers={"location": "/v1.3/search"})
        return httpx.Response(200, json={"body": request.read().decode()})

    def hook(request: httpx.Request) -> None:
        request.headers["x-hook"] = "seen"

    client = httpx.Client(
        transport=httpx.MockTransport(handle), auth=Auth(), follow_redirects=True, event_hooks={"request": [hook]}
    )
    answer = client.post(f"{URL}/tasks", files={"index_id": (None, "a")})
    assert len(answer.history) == 2
    monitor.drain()
    assert [(e.request.headers.get("x-api-key"), e.label, e.response and e.response.status) for e in seen] == [
        ("old", f"POST {URL}/tasks", 401),
        ("new", f"POST {URL}/tasks", 307),
        ("new", f"POST {URL}/search", 200),
    ]
    assert {e.request.headers.get("x-hook") for e in seen} == {"seen"}
    assert {e.request.body for e in seen} == {answer.json()["body"].encode()}


def test_a_request_gets_its_own_stream_back(monitor: Monitor, seen: list[Exchange]) -> None:
    """A redirect that sends it again, and whoever made it, find it as it was."""
    transport = Recorder(b"{}", status=307, headers={"location": "/v1.3/tasks"})
    client = httpx.Client(transport=transport, follow_redirects=True, max_redirects=2)
    request = client.build_request("POST", f"{URL}/search", files={"a": (None, "b")})
    stream = request.stream
    with pytest.raises(httpx.TooManyRedirects):
        client.send(request)
    assert request.stream is stream
    monitor.drain()
    assert {exchange.request.body for exchange in seen} == set(transport.sent)
    assert len(seen) == len(transport.sent) == 3


def test_a_transport_that_tries_again_is_seen_with_its_last_try(monitor: Monitor, seen: list[Exchange]) -> None:
    class Stubborn(Recorder):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            super().handle_request(request)
            return super().handle_request(request)

    transport = Stubborn(b"{}", headers=JSON)
    httpx.Client(transport=transport).post(f"{URL}/search", files={"a": (None, "b")})
    monitor.drain()
    assert [exchange.request.body for exchange in seen] == transport.sent[1:]


def test_an_answer_is_judged_by_what_the_request_asked_for(monitor: Monitor) -> None:
    client = httpx.Client(transport=Recorder(START, END, headers=JSON), headers=KEY)
    client.post(f"{URL}/analyze", json=ASK)
    assert monitor.drain() == []
    client.post(f"{URL}/analyze", json={**ASK, "stream": False})
    assert [(i.side, i.violation.where, i.violation.rule) for i in monitor.drain()] == [
        ("response", "body", "encoding")
    ]


def test_what_is_not_to_be_judged_is_observed_all_the_same(monitor: Monitor, seen: list[Exchange]) -> None:
    monitor.owner = Owner("test", __file__, 1, checked=False)
    client = httpx.Client(transport=Recorder(b"{}"))
    client.get(f"{URL}/nowhere")
    assert monitor.drain() == []
    assert len(seen) == 1
    monitor.observers.clear()
    client.get(f"{URL}/nowhere")
    assert monitor.drain() == []


def test_a_transports_error_passes_and_its_request_is_seen(monitor: Monitor, seen: list[Exchange]) -> None:
    error = httpx.ConnectTimeout("slow")

    def handle(request: httpx.Request) -> httpx.Response:
        raise error

    with pytest.raises(httpx.ConnectTimeout) as caught:
        httpx.Client(transport=httpx.MockTransport(handle)).get(f"{URL}/tasks?page=x", headers=KEY)
    assert caught.value is error
    assert caught.value.request.url.path == "/v1.3/tasks"
    assert [finding.violation.where for finding in monitor.drain()] == ["query.page"]
    assert seen[0].response is None


def test_a_client_of_ones_own_is_watched_too(monitor: Monitor, seen: list[Exchange]) -> None:
    class Mine(httpx.Client):
        def send(self, request: httpx.Request, **options: Any) -> httpx.Response:
            request.headers["x-mine"] = "yes"
            return super().send(request, **options)

    Mine(transport=Recorder(b"{}", headers=JSON)).get(f"{URL}/tasks", headers=KEY)
    monitor.drain()
    assert [exchange.request.headers.get("x-mine") for exchange in seen] == ["yes"]


def test_one_answer_for_many_requests_is_seen_each_time(monitor: Monitor, seen: list[Exchange]) -> None:
    answer = httpx.Response(200, json={"data": [], "page_info": {"page": 1}})
    client = httpx.Client(transport=httpx.MockTransport(lambda _: answer), headers=KEY)
    assert {client.get(f"{URL}/tasks").text for _ in range(3)} == {answer.text}
    assert monitor.drain() == []
    assert len(seen) == 3
