"""Taps do not change the behaviour of any library, and see redirects, retries, streams and early ends."""

from __future__ import annotations

import asyncio
import gzip
import http.client
import io
import socket
import threading
import urllib.request
import weakref
from collections.abc import AsyncIterable, AsyncIterator, Awaitable, Callable, Coroutine, Iterator
from contextlib import nullcontext, suppress
from functools import partial
from typing import Any
from urllib.parse import urlsplit

import aiohttp
import aioresponses
import httpx
import httpx2
import pytest
import requests
import responses
import urllib3
from aiohttp.abc import AbstractResolver

from apicontract.traffic import taps
from apicontract.traffic.taps import bodies
from apicontract.wire.messages import Exchange, Headers, Response
from tests.support.misbehaving import refusing
from tests.support.patience import PATIENCE
from tests.support.sending import JSON, KEY, URL
from tests.traffic.clients import SENDERS, Loopback
from twelvelabs_contract import Contract, Request

PAGE = Response(200, Headers(JSON), b'{"data": [], "page_info": {"page": 1}}')


class Ear:
    """Hears all exchanges, whoever they are with."""

    def __init__(self) -> None:
        self.seen: list[Exchange] = []
        self.open: list[taps.Pending] = []
        self.libraries: list[str] = []

    def follow(self, library: str, url: str, begin: taps.Begin[Any]) -> Any:
        self.libraries.append(library)
        self.open.append(begin(url, self._heard))
        return self.open[-1]

    def _heard(self, exchange: Exchange | None) -> None:
        self.seen += [exchange] if exchange is not None else []

    def settle(self) -> None:
        for pending in self.open:
            pending.settle()


@pytest.fixture
def ear() -> Iterator[Ear]:
    ear = Ear()
    taps.start(ear)
    yield ear
    taps.stop(ear)


@pytest.fixture(scope="module")
def server() -> Iterator[Loopback]:
    server = Loopback()
    server.answer = PAGE
    yield server
    server.close()


def _bodies(ear: Ear) -> list[bytes]:
    return [exchange.response.body for exchange in ear.seen if exchange.response]


def test_each_hop_of_a_redirect_is_seen_with_its_own_answer(ear: Ear) -> None:
    with responses.RequestsMock() as mock:
        mock.add("POST", f"{URL}/search", status=307, headers={"location": f"{URL}/tasks"}, body=b"moved")
        mock.add("POST", f"{URL}/tasks", status=200, json=[])
        answer = requests.post(f"{URL}/search", data=b"body", headers=KEY, timeout=PATIENCE)
    assert len(answer.history) == 1
    assert sorted((e.label, e.response and e.response.status, e.request.body) for e in ear.seen) == [
        (f"POST {URL}/search", 307, b"body"),
        (f"POST {URL}/tasks", 200, b"body"),
    ]


def test_each_attempt_is_seen(ear: Ear, server: Loopback) -> None:
    with urllib3.PoolManager() as pool, pytest.raises(urllib3.exceptions.MaxRetryError):
        pool.request("GET", "http://127.0.0.1:9/", retries=urllib3.Retry(1, backoff_factor=0))
    assert [exchange.response for exchange in ear.seen] == [None, None]
    assert ear.libraries == ["urllib3", "urllib3"]


@pytest.mark.parametrize("library", [name for name in SENDERS if not name.startswith("http.client")])
def test_a_request_that_nobody_answers_is_seen_with_all_of_it(ear: Ear, library: str) -> None:
    """Of http.client nothing is told until it is closed."""
    with refusing() as url, pytest.raises(Exception):  # noqa: B017, PT011 - each library has an error of its own
        SENDERS[library](Request("POST", f"{url}/search", Headers(KEY), b"one"), None)
    assert [(e.request.headers.get("x-api-key"), e.request.body, e.response) for e in ear.seen] == [
        (KEY["x-api-key"], b"one", None)
    ]


def test_a_request_that_is_closed_before_its_answer_is_seen_with_all_of_it(ear: Ear, server: Loopback) -> None:
    connection = http.client.HTTPConnection(urlsplit(server.url).netloc)
    connection.request("POST", "/v1.3/search", b"one", KEY)
    connection.close()
    assert [(e.request.headers.get("x-api-key"), e.request.body, e.response) for e in ear.seen] == [
        (KEY["x-api-key"], b"one", None)
    ]


async def _posted_by_httpx(url: str, _: Resolver | None = None, *, library: Any = httpx) -> None:
    async with library.AsyncClient(timeout=PATIENCE) as client:
        await client.post(url, headers=KEY, content=b"one")


async def _posted_by_aiohttp(url: str, resolver: Resolver | None = None) -> None:
    connector = aiohttp.TCPConnector(resolver=resolver)
    async with aiohttp.ClientSession(connector=connector) as session:
        await session.post(url, headers=KEY, data=b"one")


class Resolver(AbstractResolver):
    """Looks for the address of a host, and never finds it."""

    def __init__(self, asked: asyncio.Event) -> None:
        self._asked = asked

    async def resolve(self, host: str, port: int = 0, family: socket.AddressFamily = socket.AF_INET) -> Any:
        self._asked.set()
        await asyncio.Event().wait()

    async def close(self) -> None:
        """Do nothing."""


async def _cancelled(call: Coroutine[Any, Any, None], begun: asyncio.Event) -> None:
    task = asyncio.create_task(call)
    await asyncio.wait_for(begun.wait(), PATIENCE)
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        await task


def _is_without_answer(ear: Ear) -> bool:
    return [(e.request.headers.get("x-api-key"), e.request.body, e.response) for e in ear.seen] == [
        (KEY["x-api-key"], b"one", None)
    ]


def test_a_call_that_is_cancelled_before_it_has_a_connection_is_seen_with_all_of_it(ear: Ear) -> None:
    async def send() -> None:
        asked = asyncio.Event()
        await _cancelled(_posted_by_aiohttp("http://any.test/search", Resolver(asked)), asked)

    asyncio.run(send())
    assert _is_without_answer(ear)


@pytest.mark.parametrize(
    "post",
    [
        pytest.param(_posted_by_aiohttp, id="aiohttp"),
        pytest.param(_posted_by_httpx, id="httpx"),
        pytest.param(partial(_posted_by_httpx, library=httpx2), id="httpx2"),
    ],
)
def test_a_call_that_is_cancelled_before_its_answer_is_seen_with_all_of_it(
    ear: Ear, post: Callable[[str], Coroutine[Any, Any, None]]
) -> None:
    async def send() -> None:
        asked = asyncio.Event()

        async def silent(reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
            await reader.readuntil(b"\r\n\r\none")
            asked.set()
            await reader.read()
            writer.close()

        async with await asyncio.start_server(silent, "127.0.0.1", 0) as server:
            port = server.sockets[0].getsockname()[1]
            await _cancelled(post(f"http://127.0.0.1:{port}/search"), asked)

    asyncio.run(send())
    assert _is_without_answer(ear)


def test_an_answer_that_nothing_else_holds_is_read(ear: Ear, server: Loopback) -> None:
    assert urllib.request.urlopen(f"{server.url}/tasks").read() == PAGE.body  # noqa: S310 - to this machine
    assert _bodies(ear) == [PAGE.body]
    assert ear.seen[0].complete


def test_lines_of_an_answer(ear: Ear, server: Loopback) -> None:
    with urllib.request.urlopen(f"{server.url}/tasks") as answer:  # noqa: S310 - to this machine
        assert list(answer) == [PAGE.body]
    assert _bodies(ear) == [PAGE.body]


def test_what_was_read_before_an_early_end(ear: Ear, server: Loopback) -> None:
    with requests.get(f"{server.url}/tasks", stream=True, timeout=PATIENCE) as answer:
        assert next(answer.iter_content(4)) == PAGE.body[:4]
    assert [(exchange.complete, exchange.response and exchange.response.body) for exchange in ear.seen] == [
        (False, PAGE.body[:4])
    ]


def test_what_nobody_read_is_settled(ear: Ear, server: Loopback) -> None:
    with urllib3.PoolManager() as pool:
        answer = pool.request("GET", f"{server.url}/tasks", preload_content=False)
        ear.settle()
        assert [exchange.complete for exchange in ear.seen] == [False]
        assert answer.data == PAGE.body
        assert len(ear.seen) == 1


def _pieces(read: Callable[[], bytes]) -> bytes:
    return b"".join(iter(read, b""))


def _into(answer: Any) -> bytes:
    room = bytearray(len(PAGE.body))
    return bytes(room[: answer.readinto(room)])


WAYS_OF_FILES: dict[str, Callable[[Any], bytes]] = {
    "read": lambda answer: answer.read(),
    "read, in pieces": lambda answer: _pieces(lambda: answer.read(7)),
    "read1": lambda answer: _pieces(lambda: answer.read1(7)),
    "readinto": _into,
    "readline": lambda answer: _pieces(answer.readline),
    "readlines": lambda answer: b"".join(answer.readlines()),
    "iteration": b"".join,
}


@pytest.mark.parametrize("way", WAYS_OF_FILES)
@pytest.mark.parametrize("library", ["http.client", "urllib3"])
def test_an_answer_is_seen_however_it_is_read(ear: Ear, server: Loopback, library: str, way: str) -> None:
    if library == "urllib3":
        with urllib3.PoolManager() as pool:
            assert WAYS_OF_FILES[way](pool.request("GET", server.url, preload_content=False)) == PAGE.body
    else:
        with urllib.request.urlopen(server.url) as answer:  # noqa: S310 - to this machine
            assert WAYS_OF_FILES[way](answer) == PAGE.body
    ear.settle()
    assert _bodies(ear) == [PAGE.body]


async def _collected(answer: AsyncIterable[Any]) -> bytes:
    return b"".join([piece[0] if isinstance(piece, tuple) else piece async for piece in answer])


async def _piece_by_piece(read: Callable[[], Awaitable[Any]]) -> bytes:
    found = bytearray()
    while piece := await read():
        data = piece[0] if isinstance(piece, tuple) else piece
        if not data:
            break
        found += data
    return bytes(found)


async def _when_there(answer: aiohttp.StreamReader) -> bytes:
    first = await answer.readexactly(1)
    while not answer.is_eof():
        await asyncio.sleep(0)
    return first + answer.read_nowait()


WAYS_OF_AIOHTTP: dict[str, Callable[[aiohttp.StreamReader], Awaitable[bytes]]] = {
    "read": lambda answer: answer.read(),
    "read, in pieces": lambda answer: _piece_by_piece(lambda: answer.read(7)),
    "readany": lambda answer: _piece_by_piece(answer.readany),
    "readline": lambda answer: _piece_by_piece(answer.readline),
    "readuntil": lambda answer: _piece_by_piece(lambda: answer.readuntil(b",")),
    "readexactly": lambda answer: answer.readexactly(len(PAGE.body)),
    "readchunk": lambda answer: _piece_by_piece(answer.readchunk),
    "read_nowait": _when_there,
    "iteration": _collected,
    "iter_chunked": lambda answer: _collected(answer.iter_chunked(7)),
    "iter_any": lambda answer: _collected(answer.iter_any()),
    "iter_chunks": lambda answer: _collected(answer.iter_chunks()),
}


@pytest.mark.parametrize("way", WAYS_OF_AIOHTTP)
def test_an_answer_of_aiohttp_is_seen_however_it_is_read(ear: Ear, server: Loopback, way: str) -> None:
    async def send() -> None:
        async with aiohttp.ClientSession() as session, session.get(server.url) as answer:
            assert isinstance(answer.content, aiohttp.StreamReader)
            assert await WAYS_OF_AIOHTTP[way](answer.content) == PAGE.body

    asyncio.run(send())
    ear.settle()
    assert _bodies(ear) == [PAGE.body]


def _chunks() -> Iterator[bytes]:
    yield from (b"one ", b"two")


@pytest.mark.parametrize("body", ["one two", b"one two", bytearray(b"one two"), memoryview(b"one two")])
def test_a_body_in_memory_is_seen_and_sent_as_it_is(body: Any) -> None:
    sent, known = bodies.seen(body)
    assert sent is body
    assert known == b"one two"


async def _async_chunks() -> AsyncIterator[bytes]:
    for chunk in (b"one ", b"two"):
        yield chunk


def _by_aiohttp(url: str, data: Any) -> None:
    async def send() -> None:
        async with aiohttp.ClientSession() as session, session.post(url, data=data) as answer:
            await answer.read()

    asyncio.run(send())


@pytest.mark.parametrize("library", ["requests", "urllib3", "aiohttp", "http.client"])
@pytest.mark.parametrize("kind", ["generator", "file"])
def test_a_body_that_is_a_stream_is_sent_and_seen(ear: Ear, server: Loopback, library: str, kind: str) -> None:
    url = f"{server.url}/search"
    data: Any = io.BytesIO(b"one two") if kind == "file" else _async_chunks() if library == "aiohttp" else _chunks()
    if library == "requests":
        requests.post(url, data=data, timeout=PATIENCE)
    elif library == "urllib3":
        with urllib3.PoolManager() as pool:
            pool.request("POST", url, body=data)
    elif library == "aiohttp":
        _by_aiohttp(url, data)
    else:
        urllib.request.urlopen(urllib.request.Request(url, data=data, method="POST")).close()  # noqa: S310 - as above
    ear.settle()
    assert [(exchange.request.body, exchange.unseen) for exchange in ear.seen] == [(b"one two", frozenset())]


def test_a_stream_that_aiohttp_could_not_send_is_not_read(ear: Ear) -> None:
    """It can be read only once, by whoever sends it later."""
    data = _async_chunks()
    with refusing() as url, pytest.raises(aiohttp.ClientConnectionError):
        _by_aiohttp(url, data)
    assert [(exchange.request.body, exchange.unseen) for exchange in ear.seen] == [(b"", frozenset({"request"}))]

    async def rest() -> list[bytes]:
        return [chunk async for chunk in data]

    assert asyncio.run(rest()) == [b"one ", b"two"]


@pytest.mark.parametrize("decodes", [True, False])
def test_an_answer_of_aiohttp_is_seen_decoded_whoever_decodes_it(ear: Ear, decodes: bool) -> None:
    server, packed = Loopback(), gzip.compress(PAGE.body)

    async def send() -> bytes:
        async with aiohttp.ClientSession(auto_decompress=decodes) as session, session.get(server.url) as answer:
            return await answer.read()

    try:
        server.answer = Response(200, Headers({**JSON, "content-encoding": "gzip"}), packed)
        assert asyncio.run(send()) == (PAGE.body if decodes else packed)
    finally:
        server.close()
    assert _bodies(ear) == [PAGE.body]


@pytest.mark.parametrize(
    ("framed", "known"),
    [
        (b"3\r\none\r\n4\r\n two\r\n0\r\n\r\n", b"one two"),
        (b"3\r\none\r\n0\r\nx-sum: 1\r\n\r\n", b"one"),
        (b"3;x=1\r\none\r\n0;y\r\n\r\n", b"one"),
        (b"0\r\n\r\n", b""),
        (b"one", None),  # no chunks
    ],
)
def test_a_body_that_its_sender_cut_into_chunks_is_seen_without_them(
    ear: Ear, framed: bytes, known: bytes | None
) -> None:
    connection = http.client.HTTPConnection("any.test")
    connection.sock = io.BytesIO()  # it only takes what is sent
    connection.sock.sendall = connection.sock.write  # type: ignore[attr-defined]
    connection.putrequest("POST", "/search")
    connection.putheader("transfer-encoding", "chunked")
    connection.endheaders()
    connection.send(framed)
    connection.close()
    assert [(exchange.request.body, exchange.unseen) for exchange in ear.seen] == [
        (known or b"", {"request"} if known is None else frozenset())
    ]


@pytest.mark.parametrize("library", ["requests-streamed", "urllib3-streamed", "aiohttp-streamed", "http.client"])
def test_a_body_above_the_limit_is_not_kept(
    ear: Ear, server: Loopback, library: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(bodies, "LIMIT", 10)
    SENDERS[library](Request("GET", f"{server.url}/tasks"), None)
    assert [exchange.unseen for exchange in ear.seen] == [{"response"}]


def test_an_answer_of_requests_that_allows_no_attributes_is_not_known(ear: Ear) -> None:
    """Such as one that a test made by itself; it is handed on as it is."""

    class Raw:
        __slots__ = ()
        headers: Any = JSON

        def read(self, *_: object) -> bytes:
            return b""

    class Adapter(requests.adapters.BaseAdapter):
        def send(self, request: Any, *_: Any, **__: Any) -> requests.Response:
            made = requests.Response()
            made.status_code, made.raw, made.request = 200, Raw(), request
            return made

        def close(self) -> None:
            pass

    with requests.Session() as session:
        session.mount("https://", Adapter())
        assert isinstance(session.get(f"{URL}/tasks", stream=True).raw, Raw)
    assert [(exchange.complete, exchange.unseen) for exchange in ear.seen] == [(False, frozenset({"response"}))]


def test_threads_do_not_see_each_others_requests_as_their_own(ear: Ear, server: Loopback) -> None:
    """The same URL at the same time, by two libraries in two threads, is two exchanges; each is seen once."""
    request = Request("GET", f"{server.url}/tasks")
    threads = [
        threading.Thread(target=SENDERS[library], args=(request, None))
        for library in ("requests", "urllib3", "http.client", "httpx") * 3
    ]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert _bodies(ear) == [PAGE.body] * 12
    assert {library: ear.libraries.count(library) for library in set(ear.libraries)} == dict.fromkeys(
        ("requests", "urllib3", "http.client", "httpx"), 3
    )


def test_tasks_do_not_see_each_others_requests_as_their_own(ear: Ear, server: Loopback) -> None:
    async def fetch(session: aiohttp.ClientSession) -> None:
        async with session.get(f"{server.url}/tasks") as answer:
            assert await answer.read() == PAGE.body

    async def send() -> None:
        async with aiohttp.ClientSession() as session:
            await asyncio.gather(*(fetch(session) for _ in range(5)))

    asyncio.run(send())
    assert _bodies(ear) == [PAGE.body] * 5


def test_a_response_that_was_read_is_as_it_was(ear: Ear, server: Loopback) -> None:
    """Its methods are its own again, and nothing holds it."""
    with urllib3.PoolManager() as pool:
        answer = pool.request("GET", f"{server.url}/tasks", preload_content=False)
        assert "read" in vars(answer)
        assert answer.read() == PAGE.body
        assert not {"read", "stream", "close"} & set(vars(answer))
        answer.release_conn()
    held = weakref.ref(answer)
    del answer
    assert held() is None


def test_a_watch_beside_the_taps_of_another_version(contract: Contract, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delattr(urllib3.HTTPConnectionPool, "_make_request")
    with pytest.raises(taps.TapUnusable, match="needs urllib3 2"):
        taps.start(Ear())
    assert requests.Session.send.__module__ == "requests.sessions"


@pytest.mark.parametrize(
    ("connection", "tunnel", "target", "label"),
    [
        (("http", "a.test", None), None, "/b?c#d", "http://a.test/b"),
        (("http", "a.test", 8080), None, "/b", "http://a.test:8080/b"),
        (("http", "a.test", 443), None, "/b", "http://a.test:443/b"),
        (("https", "a.test", 443), None, "/b", "https://a.test/b"),
        (("https", "a.test", 80), None, "/b", "https://a.test:80/b"),
        (("http", "::1", 8080), None, "/b", "http://[::1]:8080/b"),
        (("http", "proxy.test", 3128), None, "http://u:p@a.test/b", "http://a.test/b"),
        (("http", "proxy.test", 3128), None, "https://a.test:8443/b", "https://a.test:8443/b"),
        (("https", "proxy.test", 3128), ("a.test", 443), "/b", "https://a.test/b"),
        (("https", "proxy.test", 3128), ("a.test", 8443), "/b", "https://a.test:8443/b"),
    ],
)
def test_the_url_of_a_connection_is_that_of_its_end(
    ear: Ear, connection: tuple[str, str, int | None], tunnel: tuple[str, int] | None, target: str, label: str
) -> None:
    """Beyond a proxy and a tunnel, and without the port that its scheme has anyway."""
    kind, host, port = connection
    made = (http.client.HTTPSConnection if kind == "https" else http.client.HTTPConnection)(host, port)
    if tunnel is not None:
        made.set_tunnel(*tunnel)
    made.putrequest("GET", target)
    made.close()
    assert [exchange.label for exchange in ear.seen] == [f"GET {label}"]


def test_a_connection_that_is_used_again_ends_what_had_no_answer(ear: Ear) -> None:
    """Header values are joined, and are Latin-1 if they are bytes."""
    connection = http.client.HTTPConnection("any.test")
    for path in ("/one", "/two"):
        connection.putrequest("GET", path, skip_host=True, skip_accept_encoding=True)
        connection.putheader("X-Own", "a", 5, b"\xe9")
        connection._HTTPConnection__state = "Idle"  # type: ignore[attr-defined]  # as after an error
    connection.close()
    assert [exchange.label for exchange in ear.seen] == ["GET http://any.test/one", "GET http://any.test/two"]
    assert [exchange.response for exchange in ear.seen] == [None, None]
    assert ear.seen[1].request.headers.items == (("x-own", "a, 5, é"),)


@pytest.mark.parametrize("library", ["urllib3", "http.client"])
def test_a_body_that_breaks_off_is_not_known(ear: Ear, server: Loopback, library: str) -> None:
    def broken() -> Iterator[bytes]:
        yield b"one"
        raise ZeroDivisionError

    url = f"{server.url}/search"
    with suppress(ZeroDivisionError):
        if library == "urllib3":
            with urllib3.PoolManager(retries=False) as pool:
                pool.request("POST", url, body=broken(), headers={"content-length": "9"})
        else:
            connection = http.client.HTTPConnection(urlsplit(url).netloc)
            try:
                connection.request("POST", "/v1.3/search", broken(), {"content-length": "9"})
            finally:
                connection.close()
    assert [(one.request.body, one.unseen, one.response) for one in ear.seen] == [(b"", frozenset({"request"}), None)]


@pytest.mark.parametrize("answers", [True, False])
def test_a_request_of_requests_has_its_own_body_again(ear: Ear, server: Loopback, answers: bool) -> None:
    """For a redirect or a retry to send."""
    data = io.BytesIO(b"one two")
    with refusing() as nowhere, requests.Session() as session:
        url = f"{server.url}/search" if answers else nowhere
        prepared = session.prepare_request(requests.Request("POST", url, data=data))
        with nullcontext() if answers else pytest.raises(requests.ConnectionError):
            session.send(prepared)
    assert prepared.body is data
    assert [exchange.request.body for exchange in ear.seen] == [b"one two"]


def test_a_request_to_a_mock_of_aiohttp_is_what_the_session_would_send(ear: Ear) -> None:
    """Its query, its cookies, a body that is empty JSON, and its own credentials before those of the session."""

    async def send() -> None:
        session_auth, own = aiohttp.BasicAuth("s", "t"), aiohttp.BasicAuth("u", "p")
        given: dict[str, Any]
        with aioresponses.aioresponses() as mock:
            mock.post("http://any.test/a?x=1", payload={}, repeat=True)
            async with aiohttp.ClientSession(auth=session_auth, headers={"X-Session": "1"}) as session:
                given = {"params": {"x": "1"}, "json": {}, "cookies": {"c": "d"}, "auth": own}
                await (await session.post("http://any.test/a", **given)).read()
                await (await session.post("http://any.test/a?x=1", data=b"")).read()

    asyncio.run(send())
    first, second = (exchange.request for exchange in ear.seen)
    assert first.url == second.url == "http://any.test/a?x=1"
    assert (first.body, first.headers.get("content-type")) == (b"{}", "application/json")
    assert (first.headers.get("cookie"), first.headers.get("x-session")) == ("c=d", "1")
    assert first.headers.get("authorization") == aiohttp.BasicAuth("u", "p").encode()
    assert (second.body, second.headers.get("authorization")) == (b"", aiohttp.BasicAuth("s", "t").encode())
