"""The same 12 invalid exchanges are found, and the same 12 valid ones pass, with every client and mock."""

from __future__ import annotations

import json
import traceback
from collections.abc import Iterable, Iterator
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from typing import Any

import httpx
import pytest

from apicontract.pytest_plugin.monitor import Monitor, Owner
from apicontract.traffic import recordings, taps
from apicontract.traffic import watch as watching
from apicontract.traffic.findings import Finding
from apicontract.wire.messages import Exchange
from tests.support.requests import BASE, ID, SEARCH, form, get, model, post
from tests.support.sending import END, START
from tests.traffic.clients import MOCKED, SENDERS, Loopback, Mock
from twelvelabs_contract import Contract, Headers, Request, Response
from twelvelabs_contract.transport import ContractTransport

JSON = Headers({"content-type": "application/json"})
LINES = Headers({"content-type": "application/x-ndjson"})


def _json(payload: object, status: int = 200) -> Response:
    return Response(status, JSON, json.dumps(payload).encode())


PAGE = _json({"data": [], "page_info": {"page": 1}})
INDEX = _json({"_id": ID}, 201)
FOUND = _json({"data": [], "page_info": {"total_results": 0}, "search_pool": {"index_id": ID, "total_count": 0}})
STREAM = Response(200, LINES, START + b'{"event_type": "text_generation", "text": "a\xe2\x80\xa8b"}\n' + END)
ASK = post("/analyze", {"video_id": ID, "prompt": "What?", "stream": True})

GOOD: dict[str, tuple[Request, Response]] = {
    "a page": (get("/tasks?page=1&page_limit=50"), PAGE),
    "a repeated parameter": (get("/tasks?status=ready&status=failed"), PAGE),
    "an escaped parameter": (get("/tasks?filename=a%20%26%20b%C3%A9.mp4"), PAGE),
    "a path parameter": (get(f"/tasks/{ID}"), _json({"_id": ID, "status": "ready"})),
    "an error response": (get(f"/tasks/{ID}"), _json({"code": "resource_not_exists", "message": "no"}, 404)),
    "a JSON body": (post("/indexes", {"index_name": "a", "models": [model()]}), INDEX),
    "a JSON body with other letters": (post("/indexes", {"index_name": "ü", "models": [model()]}), INDEX),
    "a form": (form("/search", *SEARCH), FOUND),
    "a form with a file": (
        form("/search", *SEARCH[:2], ("query_media_type", "image"), ("query_media_file", "PNG", "a.png", "image/png")),
        FOUND,
    ),
    "a stream": (ASK, STREAM),
    "a deletion": (Request("DELETE", f"{BASE}/tasks/{ID}", Headers([("x-api-key", "k")])), Response(204)),
    "an update": (post(f"/indexes/{ID}", {"index_name": "b"}, "PUT"), Response(204)),
}

BAD: dict[str, tuple[Request, Response]] = {
    "a limit": (get("/tasks?page_limit=51"), PAGE),
    "joined values": (get("/tasks?status=ready,failed"), PAGE),
    "no key": (Request("GET", f"{BASE}/tasks"), PAGE),
    "no operation": (get("/task"), PAGE),
    "a JSON body without a field": (post("/indexes", {"models": [model()]}), INDEX),
    "a form with brackets": (form("/search", SEARCH[0], ("search_options[]", "visual"), SEARCH[2]), FOUND),
    "an answer of another type": (get("/tasks"), _json({"data": 5})),
    "an answer that is invalid JSON": (get("/tasks"), Response(200, JSON, b"{'data': []}")),
    "an answer of another media type": (get("/tasks"), Response(200, Headers({"content-type": "text/html"}), b"<p>")),
    "an error response of another type": (get("/tasks"), _json({"code": 5, "message": "no"}, 400)),
    "a stream without an end": (ASK, Response(200, LINES, START)),
    "a stream with an unknown event": (ASK, Response(200, LINES, START + b'{"event_type": "x"}\n' + END)),
}
CASES = {**GOOD, **BAD}


class Watch:
    """A monitor for one exchange after the other."""

    def __init__(self, contract: Contract, *bases: str) -> None:
        self.monitor = Monitor(contract, contract.base_urls(bases), Owner("test", __file__, 1, checked=True))
        self.seen: list[Exchange] = []
        self.real = False
        self.monitor.observers.append(lambda exchange, *_: self.seen.append(exchange))

    def found(self) -> list[tuple[str, str, str]]:
        """Return what is wrong with the one exchange that was seen."""
        found = self.monitor.drain()
        assert len(self.seen) == 1, [exchange.label for exchange in self.seen]
        self.real = self.seen.pop().real
        return sorted((f.violation.operation or "", f.violation.where, f.violation.rule) for f in found)


def _expected(contract: Contract, name: str) -> list[tuple[str, str, str]]:
    found = contract.check_exchange(*CASES[name])
    assert bool(found) == (name in BAD), name
    return sorted((violation.operation or "", violation.where, violation.rule) for violation in found)


@pytest.fixture
def watch(contract: Contract) -> Iterator[Watch]:
    """Watch what this process sends to the API."""
    watch = Watch(contract)
    watch.monitor.start()
    yield watch
    watch.monitor.stop()


@pytest.mark.parametrize(
    ("library", "mock", "answering"), [pytest.param(*case, id=f"{case[0]}-{case[1]}") for case in MOCKED]
)
def test_the_same_is_found_whatever_sends_it_to_a_mock(
    contract: Contract, watch: Watch, library: str, mock: str, answering: Mock, tmp_path: Path
) -> None:
    for name, (request, answer) in CASES.items():
        with answering(request, answer, tmp_path) as transport:
            SENDERS[library](request, transport)
        assert watch.found() == _expected(contract, name), (name, mock)
        assert not watch.real, name


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    """Answer on this machine."""
    server = Loopback()
    yield server
    server.close()


@pytest.mark.parametrize("library", SENDERS)
def test_the_same_is_found_whatever_sends_it_over_a_socket(contract: Contract, server: Loopback, library: str) -> None:
    watch = Watch(contract, server.url)
    watch.monitor.start()
    try:
        for name, (request, answer) in CASES.items():
            server.answer = answer
            SENDERS[library](replace(request, url=request.url.replace(BASE, server.url)), None)
            assert watch.found() == _expected(contract, name), name
            assert watch.real, name
    finally:
        watch.monitor.stop()


def test_every_library_is_left_as_it_was(contract: Contract) -> None:
    """Hooks are the functions of `TAPS` alone, and all of them are taken off."""
    before = _hooked()
    watch = Watch(contract)
    watch.monitor.start()
    during = _hooked()
    watch.monitor.stop()
    assert _hooked() == before
    for place, original in before.items():
        hook: Any = during[place]
        assert (hook.__wrapped__, hook.__name__) == (original, getattr(original, "__name__", ""))
    assert set(taps.TAPS) >= {"aiohttp", "http.client", "httpx", "httpx2", "requests", "urllib3"}


HOOKED = ("putrequest", "putheader", "endheaders", "send", "getresponse", "close")
"""Methods of the connections of http.client."""


def _hooked() -> dict[str, object]:
    import http.client

    import aiohttp
    import aioresponses.core
    import httpx
    import httpx2
    import requests
    import requests_mock
    import urllib3

    stubs, aiohttp_stubs = import_module("vcr.stubs"), import_module("vcr.stubs.aiohttp_stubs")

    owners: dict[str, tuple[object, str]] = {
        "httpx": (httpx.Client, "_send_single_request"),
        "httpx-async": (httpx.AsyncClient, "_send_single_request"),
        "httpx2": (httpx2.Client, "_send_single_request"),
        "httpx2-async": (httpx2.AsyncClient, "_send_single_request"),
        "requests": (requests.Session, "send"),
        "requests.adapters": (requests.adapters.HTTPAdapter, "send"),
        "requests-mock": (requests_mock.adapter.Adapter, "send"),
        "urllib3": (urllib3.HTTPConnectionPool, "_make_request"),
        "aiohttp": (aiohttp.ClientRequest, "send"),
        "aiohttp.connections": (aiohttp.BaseConnector, "connect"),
        "aiohttp.answers": (aiohttp.ClientResponse, "start"),
        "aioresponses": (aioresponses.core.aioresponses, "_request_mock"),
        "vcr.aiohttp": (aiohttp_stubs, "vcr_request"),
        **{name: (http.client.HTTPConnection, name) for name in HOOKED},
        **{f"vcr.{name}": (stubs.VCRConnection, name) for name in ("request", *HOOKED)},
    }
    return {place: vars(owner)[name] for place, (owner, name) in owners.items()}


@pytest.mark.parametrize("library", SENDERS)
def test_no_frame_of_a_tap_is_shown_where_nothing_can_be_reached(watch: Watch, library: str) -> None:
    """What hides itself is left out by pytest."""
    with pytest.raises(Exception, match=r".") as caught:
        SENDERS[library](Request("GET", "http://127.0.0.1:9/v1.3/tasks"), None)
    assert _shown(caught.value) == []


@pytest.mark.parametrize(
    ("library", "answering"),
    [pytest.param(library, mock, id=f"{library}-{name}") for library, name, mock in MOCKED if name != "MockTransport"],
)
def test_no_frame_of_a_tap_is_shown_where_a_mock_has_no_answer(
    watch: Watch, library: str, answering: Mock, tmp_path: Path
) -> None:
    with pytest.raises(Exception, match=r".") as caught, answering(get("/tasks"), PAGE, tmp_path) as transport:
        SENDERS[library](post("/gist", {}), transport)
    assert _shown(caught.value) == []


def _shown(error: BaseException | None) -> list[str]:
    """Return the frames of taps that a traceback shows, with those of the errors that caused this one."""
    found: list[str] = []
    while error is not None:
        for frame, _ in traceback.walk_tb(error.__traceback__):
            place = Path(frame.f_code.co_filename)
            if place.parent.name == "taps" and not frame.f_locals.get("__tracebackhide__"):
                found.append(f"{place.name}:{frame.f_code.co_name}")
        error = error.__cause__ or error.__context__
    return found


@pytest.mark.parametrize("name", CASES)
def test_every_way_of_checking_has_the_same_verdict(contract: Contract, name: str) -> None:
    """The plugin's monitor is held to `check_exchange` above; here are the others."""
    request, answer = CASES[name]
    expected = _expected(contract, name)

    def said(findings: Iterable[Finding]) -> list[tuple[str, str, str]]:
        return sorted((f.violation.operation or "", f.violation.where, f.violation.rule) for f in findings)

    def handle(_: httpx.Request) -> httpx.Response:
        return httpx.Response(answer.status, headers=dict(answer.headers.items), content=answer.body)

    guarded: list[Finding] = []
    with watching.watch(contract) as watched:
        SENDERS["httpx"](
            request, ContractTransport(httpx.MockTransport(handle), contract=contract, on_violation=guarded.append)
        )
    recorded = recordings.Recorded(1, request, answer, None, "an exchange")
    assert said(watched) == expected
    assert said(guarded) == expected
    assert said(recordings.check(contract, recorded).findings) == expected
