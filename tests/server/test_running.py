"""What `run` makes of an application and its limits: over a socket in another thread, and with the signals."""

from __future__ import annotations

import signal
import socket
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from http.client import HTTPConnection
from queue import SimpleQueue
from typing import Any

import pytest
import uvicorn

from apicontract.server import Limits, run
from apicontract.server.asgi import Endpoint, Incoming, Reply, whole
from apicontract.wire.messages import Headers
from tests.support.patience import PATIENCE


class _Plain(Endpoint):
    """Answers everything with its own fields and nothing else."""

    def __init__(self, limits: Limits, *, dated: bool = False) -> None:
        super().__init__(limits)
        self.dated = dated
        self.types: list[str] = []

    async def __call__(self, scope: Any, receive: Any, send: Any) -> None:
        self.types.append(scope["type"])
        await super().__call__(scope, receive, send)

    async def handle(self, incoming: Incoming) -> Reply:
        return Reply(200, Headers({"content-length": "1"}), whole(b"a"))


@contextmanager
def running(
    endpoint: Endpoint, monkeypatch: pytest.MonkeyPatch, **options: Any
) -> Iterator[tuple[str, uvicorn.Server]]:
    """Yield the address, and what serves there."""
    servers, addresses = SimpleQueue[uvicorn.Server](), SimpleQueue[str]()

    class Kept(uvicorn.Server):
        def __init__(self, config: uvicorn.Config) -> None:
            super().__init__(config)
            servers.put(self)

    monkeypatch.setattr(uvicorn, "Server", Kept)
    thread = threading.Thread(target=lambda: run(endpoint, listening=addresses.put, **options))
    thread.start()
    server = servers.get(timeout=PATIENCE)
    try:
        yield addresses.get(timeout=PATIENCE), server
    finally:
        server.should_exit = True
        thread.join()


def _connected(address: str) -> HTTPConnection:
    return HTTPConnection(address.removeprefix("http://"), timeout=PATIENCE)


def _status(connection: HTTPConnection) -> int:
    connection.request("GET", "/")
    answer = connection.getresponse()
    answer.read()
    return answer.status


@pytest.mark.parametrize("dated", [False, True])
def test_an_answer_has_the_fields_of_the_application_and_a_date_if_it_adds_none(
    dated: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    endpoint = _Plain(Limits(), dated=dated)
    with running(endpoint, monkeypatch) as (address, _):
        connection = _connected(address)
        connection.request("GET", "/", headers={"connection": "upgrade", "upgrade": "websocket"})
        answer = connection.getresponse()
        assert (answer.status, answer.read()) == (200, b"a"), "a websocket is no request of its own"
        names = [name.lower() for name, _ in answer.getheaders()]
        assert names == (["content-length"] if dated else ["date", "content-length"])
        connection.close()
    assert set(endpoint.types) == {"http"}


def test_the_limits_are_those_of_the_application(monkeypatch: pytest.MonkeyPatch) -> None:
    """The connection beyond the limit gets a 503, and the one on it an answer."""
    with running(_Plain(Limits(connections=2, idle=7, stop=3)), monkeypatch) as (address, server):
        connections = [_connected(address) for _ in range(3)]
        assert [_status(connection) for connection in connections] == [200, 200, 503]
        for connection in connections:
            connection.close()
        config = server.config
        assert (config.timeout_keep_alive, config.timeout_graceful_shutdown) == (7, 3)
        assert (config.ws, config.proxy_headers, config.access_log, config.log_config) == ("none", False, False, None)


@pytest.mark.parametrize(
    ("host", "shown"),
    [("127.0.0.1", "http://127.0.0.1:"), ("localhost", "http://127.0.0.1:"), ("::1", "http://[::1]:")],
)
def test_the_address_is_said_as_a_url(host: str, shown: str, monkeypatch: pytest.MonkeyPatch) -> None:
    if ":" in host:
        try:
            socket.create_server((host, 0), family=socket.AF_INET6).close()
        except OSError:
            pytest.skip("this machine has no IPv6")
    monkeypatch.setattr(uvicorn.Server, "run", lambda *_, **__: None)
    said: list[str] = []
    run(_Plain(Limits()), host=host, listening=said.append)
    (address,) = said
    assert address.startswith(shown)
    assert int(address.rpartition(":")[2]) > 0


@pytest.mark.skipif(sys.platform == "win32", reason="signals are of POSIX")
def test_a_signal_ends_it_and_not_the_process_whose_handlers_are_as_before(monkeypatch: pytest.MonkeyPatch) -> None:
    numbers, caught = (signal.SIGINT, signal.SIGTERM), list[int]()

    def own(number: int, _: object) -> None:
        caught.append(number)

    before = {number: signal.signal(number, own) for number in numbers}

    def served(*_: Any, **__: Any) -> None:
        for number in numbers:
            signal.raise_signal(number)  # as uvicorn does once it has stopped
        assert caught == []

    monkeypatch.setattr(uvicorn.Server, "run", served)
    try:
        run(_Plain(Limits()))
        assert [signal.getsignal(number) for number in numbers] == [own, own]
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)
