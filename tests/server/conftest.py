"""Call the application in this process, through httpx, or directly where httpx hides details."""

from __future__ import annotations

import asyncio
import signal
import socket
import subprocess
import sys
import threading
from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cache
from typing import Any

import httpx
import uvicorn

from apicontract.server import Judged
from apicontract.server.asgi import Endpoint
from apicontract.server.connections import Connection
from tests.support.patience import PATIENCE
from twelvelabs_contract import Contract

KEY = "tlk_0123456789ABCDEF"
HOST = "http://localhost:8000"


@cache
def contract_of(edition: str | None = None) -> Contract:
    """Return a contract that all tests share."""
    return Contract.load(edition=edition)


@dataclass
class Served:
    """An endpoint, and its reports."""

    make: Callable[..., Endpoint]
    contract: Contract = field(default_factory=contract_of)
    judged: list[Judged] = field(default_factory=list)

    def __post_init__(self) -> None:
        self.endpoint = self.make(self.contract, report=self.judged.append)

    def send(self, method: str, target: str, **sent: Any) -> httpx.Response:
        """Send one request with the key, unless `headers` say otherwise, and read the response."""
        (response,) = self.send_all([(method, target, sent)])
        return response

    def send_all(self, requests: Iterable[tuple[str, str, dict[str, Any]]]) -> list[httpx.Response]:
        """Send requests one after the other."""

        async def sending() -> list[httpx.Response]:
            transport = httpx.ASGITransport(self.endpoint)
            async with httpx.AsyncClient(transport=transport, base_url=HOST, headers={"x-api-key": KEY}) as client:
                return [await client.request(method, target, **sent) for method, target, sent in requests]

        return asyncio.run(sending())

    @property
    def rules(self) -> list[tuple[str | None, str, str]]:
        """Operation, location and rule of all findings."""
        found = [finding.violation for judged in self.judged for finding in judged.findings]
        return [(violation.operation, violation.where, violation.rule) for violation in found]


@dataclass
class Sent:
    """What an endpoint sent to a connection."""

    status: int | None
    headers: dict[str, str]
    pieces: list[bytes]
    complete: bool


def by_hand(endpoint: Endpoint, method: str, path: str, messages: list[dict[str, Any]], **headers: str) -> Sent:
    """Call an endpoint with the messages of a connection, one by one, and nothing after them."""
    sent: list[Any] = []

    async def receive() -> Any:
        if not messages:
            await asyncio.Event().wait()
        return messages.pop(0)

    async def send(message: Any) -> None:
        sent.append(message)

    fields = [(name.replace("_", "-").encode(), value.encode()) for name, value in headers.items()]
    raw, _, query = path.partition("?")
    scope = {"type": "http", "method": method, "path": raw, "raw_path": raw.encode(), "query_string": query.encode()}
    asyncio.run(endpoint({**scope, "headers": fields}, receive, send))
    bodies = sent[1:]
    return Sent(
        sent[0]["status"] if sent else None,
        {name.decode(): value.decode("latin-1") for name, value in sent[0]["headers"]} if sent else {},
        [message["body"] for message in bodies if message["body"]],
        bool(bodies) and not bodies[-1].get("more_body", False),
    )


@contextmanager
def listening(endpoint: Endpoint, first: Callable[[int], object] = id) -> Iterator[int]:
    """Serve on a port of this machine, in another thread; `first` is called with the port before anything is taken."""
    config = uvicorn.Config(endpoint, http=Connection, lifespan="off", log_config=None, timeout_keep_alive=30)
    server = uvicorn.Server(config)
    with socket.create_server(("127.0.0.1", 0)) as listener:
        first(listener.getsockname()[1])
        thread = threading.Thread(target=lambda: asyncio.run(server.serve([listener])))
        thread.start()
        try:
            yield listener.getsockname()[1]
        finally:
            server.should_exit = True
            thread.join()


@contextmanager
def started(*arguments: str) -> Iterator[tuple[subprocess.Popen[str], str]]:
    """Run a command, and yield its process and the address that it prints."""
    command = [sys.executable, "-m", "twelvelabs_contract", *arguments, "--port", "0"]
    with subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as process:
        try:
            assert process.stderr is not None
            first = process.stderr.readline()
            assert " at http://127.0.0.1:" in first, first + process.stderr.read()
            yield process, first.rpartition(" at ")[2].split()[0]
        finally:
            process.kill()


def stopped(process: subprocess.Popen[str]) -> tuple[str, str]:
    """Stop a command as a shell or a supervisor does, and return its output."""
    process.send_signal(signal.SIGTERM)
    return process.communicate(timeout=PATIENCE)
