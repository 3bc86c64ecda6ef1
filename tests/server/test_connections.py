"""Connections without a complete request are closed, and the others continue."""

from __future__ import annotations

import asyncio
import contextlib
import http.client
import socket
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import SimpleNamespace
from typing import Any, ClassVar, cast

import pytest

from apicontract.server import Application, Limits, connections
from tests.server.conftest import KEY, contract_of, listening
from tests.support.patience import PATIENCE

GOOD = f"GET /v1.3/indexes HTTP/1.1\r\nhost: localhost\r\nx-api-key: {KEY}\r\n\r\n".encode()


@contextmanager
def serving(limits: Limits) -> Iterator[int]:
    """Serve within bounds."""
    with listening(Application(contract_of(), report=lambda _: None, limits=limits)) as port:
        yield port


@contextmanager
def begun(limits: Limits, piece: bytes) -> Iterator[socket.socket]:
    """Yield a connection whose first piece is there before the server takes it, so that no bound is over before."""
    connection = socket.socket()

    def first(port: int) -> None:
        connection.connect(("127.0.0.1", port))
        connection.sendall(piece)

    with connection, listening(Application(contract_of(), report=lambda _: None, limits=limits), first):
        connection.settimeout(PATIENCE)
        yield connection


def received(connection: socket.socket) -> bytes:
    """Return what comes until the connection is closed."""
    connection.settimeout(PATIENCE)
    found = b""
    try:
        while piece := connection.recv(65536):
            found += piece
    except ConnectionResetError:
        pass
    return found


def status(connection: socket.socket) -> int:
    """Read one answer whole, in however many pieces it comes, and return its status."""
    answer = http.client.HTTPResponse(connection)
    answer.begin()
    answer.read()
    return answer.status


@pytest.mark.parametrize("before", [b"", GOOD])
def test_a_request_that_does_not_begin_in_time_is_given_up(before: bytes) -> None:
    """On a new connection, and after a good request on the same one."""
    half = b"GET /v1.3/indexes HTTP/1.1\r\nhost: local"
    with begun(Limits(begin=0.2), before or half) as slow:
        if before:
            assert status(slow) == 200
            slow.sendall(half)
        assert received(slow) == b"", "closed by the server: nothing else ends the reading"


def test_fields_without_an_end_are_given_up() -> None:
    with serving(Limits(fields=1_000)) as port:
        with socket.create_connection(("127.0.0.1", port)) as endless:
            endless.sendall(b"GET / HTTP/1.1\r\n" + b"a: b\r\n" * 1_000)
            assert b" 200 " not in received(endless)
        with socket.create_connection(("127.0.0.1", port)) as good:
            good.sendall(GOOD * 30)
            good.settimeout(PATIENCE)
            answers = b""
            while answers.count(b"HTTP/1.1 200") < 30 and (piece := good.recv(65536)):
                answers += piece
            assert answers.count(b"HTTP/1.1 200") == 30, "many requests in one piece are more than that"


def test_what_is_counted_is_one_request_and_not_a_connection() -> None:
    with serving(Limits(fields=500)) as port, socket.create_connection(("127.0.0.1", port)) as good:
        for _ in range(10):
            for piece in (GOOD[:20], GOOD[20:]):
                good.sendall(piece)
                time.sleep(0.01)  # so that it mostly comes in two pieces; in one it must be answered as well
            assert status(good) == 200


def test_requests_of_a_client_that_reads_no_answer_are_given_up() -> None:
    with serving(Limits(waiting=20)) as port, socket.create_connection(("127.0.0.1", port)) as stuck:
        with contextlib.suppress(OSError):  # it may be closed while we send
            stuck.sendall(GOOD * 5_000)
        assert received(stuck).count(b"HTTP/1.1 200") < 5_000


def test_a_body_may_come_slowly() -> None:
    body = b'{"index_name": "a", "models": []}'
    head = f"POST /v1.3/indexes HTTP/1.1\r\nhost: a\r\nx-api-key: {KEY}\r\ncontent-type: application/json\r\n"
    begin = f"{head}content-length: {len(body)}\r\nconnection: close\r\n\r\n".encode() + body[:5]
    with begun(Limits(begin=0.1), begin) as slow:
        time.sleep(0.3)
        slow.sendall(body[5:])
        assert b" 400 " in received(slow).split(b"\r\n")[0]


@pytest.mark.parametrize("beyond", [0, 1])
@pytest.mark.parametrize("what", ["fields", "waiting"])
def test_a_connection_on_a_limit_is_kept_and_one_beyond_it_is_closed(
    what: str, beyond: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    class Inner:
        """Stands for uvicorn's protocol before the end of the first request."""

        cycle = None
        pipeline = [None] * (3 + beyond) if what == "waiting" else []

        def __init__(self, **_: object) -> None: ...

        def connection_made(self, _: object) -> None: ...

        def data_received(self, _: object) -> None: ...

    closed: list[bool] = []
    transport = SimpleNamespace(is_closing=lambda: False, close=lambda: closed.append(True))
    monkeypatch.setattr(connections, "AutoHTTPProtocol", Inner)

    async def run() -> None:
        limits = Limits(fields=20_000, waiting=3)
        connection = connections.Connection(config=SimpleNamespace(app=SimpleNamespace(limits=limits)))
        connection.connection_made(cast("Any", transport))
        connection.data_received(b"a" * (20_000 + beyond if what == "fields" else 1))

    asyncio.run(run())
    assert closed == [True] * beyond


class Uvicorn:
    """Stands for uvicorn's protocol; the test says where it is."""

    made: ClassVar[list[Uvicorn]] = []

    def __init__(self, **_: object) -> None:
        self.made.append(self)
        self.cycle: SimpleNamespace | None = None
        self.pipeline: list[None] = []
        self.received = 0
        self.lost = False

    def connection_made(self, _: object) -> None: ...

    def data_received(self, data: bytes) -> None:
        self.received += len(data)

    def connection_lost(self, _: object) -> None:
        self.lost = True


@pytest.mark.parametrize(
    ("steps", "timers", "closed"),
    [
        ([], [True], 0),
        ([1, 1, 98], [True], 0),
        ([1, 1, 99], [True], 1),
        (["begun", 1], [False], 0),
        (["begun", 1, 5_000, 5_000], [False], 0),
        (["begun", 100, "answered"], [False], 0),
        (["begun", 100, "answered", 1], [False, True], 0),
        (["begun", 100, "answered", 50, 50], [False, True], 0),
        (["begun", 100, "answered", 50, 51], [False, True], 1),
        (["begun", 5_000, 5_000, "answered", 50, 50], [False, True], 0),
        (["begun", 100, "answered", 50, "begun", 50, "answered", 100], [False, False, True], 0),
        (["lost"], [False], 0),
        ([10, "lost"], [False], 0),
        (["begun", 100, "lost"], [False], 0),
        (["begun", 100, "answered", 50, "lost"], [False, False], 0),
    ],
)
def test_the_limits_are_those_of_a_request_that_has_not_begun(
    steps: list[Any], timers: list[bool], closed: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Bytes of a body, or of an earlier request, do not count; the time is counted from the first byte, and once.

    A step is a number of bytes, or what became of the request; of each timer, it is known whether it still runs.
    """
    ended: list[bool] = []
    transport = SimpleNamespace(is_closing=lambda: False, close=lambda: ended.append(True))
    monkeypatch.setattr(connections, "AutoHTTPProtocol", Uvicorn)
    handles: list[asyncio.TimerHandle] = []

    async def run() -> None:
        loop = asyncio.get_running_loop()
        call_later = loop.call_later

        def counted(delay: float, *given: Any) -> asyncio.TimerHandle:
            assert delay == 60
            handles.append(call_later(delay, *given))
            return handles[-1]

        monkeypatch.setattr(loop, "call_later", counted)
        limits = Limits(fields=100, begin=60)
        connection = connections.Connection(config=SimpleNamespace(app=SimpleNamespace(limits=limits)))
        inner = Uvicorn.made.pop()
        connection.connection_made(cast("Any", transport))
        for step in steps:
            if isinstance(step, int):
                connection.data_received(b"a" * step)
            elif step == "lost":
                connection.connection_lost(None)
            else:
                inner.cycle = SimpleNamespace(response_complete=step == "answered")
        assert inner.received == sum(step for step in steps if isinstance(step, int))
        assert inner.lost is ("lost" in steps)

    asyncio.run(run())
    assert [not handle.cancelled() for handle in handles] == timers
    assert len(ended) == closed


def test_nothing_is_passed_on_once_a_connection_is_closing(monkeypatch: pytest.MonkeyPatch) -> None:
    """Also of bytes that came at once: no request after the one that ended it is answered."""
    closing: list[bool] = []
    transport = SimpleNamespace(is_closing=lambda: bool(closing), close=lambda: closing.append(True))
    monkeypatch.setattr(connections, "AutoHTTPProtocol", Uvicorn)

    async def run() -> Uvicorn:
        limits = Limits(fields=20_000)
        connection = connections.Connection(config=SimpleNamespace(app=SimpleNamespace(limits=limits)))
        connection.connection_made(cast("Any", transport))
        connection.data_received(b"a" * 100_000)
        connection.data_received(b"a")
        return Uvicorn.made.pop()

    inner = asyncio.run(run())
    assert len(closing) == 1
    assert inner.received < 100_000
