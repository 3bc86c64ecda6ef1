"""Every test here runs twice: with the synchronous and with the asynchronous client."""

from __future__ import annotations

import asyncio
import inspect
from collections.abc import AsyncIterator, Callable, Coroutine
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any, TypeAlias

import httpx
import pytest

from tests.client.tiny_api import AsyncTiny, Tiny

if TYPE_CHECKING:
    from tests.client.sent_parts import Uploads

KEY = "key-0123456789abcdef"

Handler: TypeAlias = Callable[[httpx.Request], httpx.Response]


@dataclass
class World:
    """One of the two clients, and a record of what it did."""

    asynchronous: bool
    requests: list[httpx.Request] = field(default_factory=list)
    bodies: list[bytes] = field(default_factory=list)
    waits: list[float] = field(default_factory=list)

    def client(self, handler: Handler, **settings: Any) -> Any:
        """Return a client whose requests are handled by a function, and whose waits are only recorded."""

        def handle(request: httpx.Request) -> httpx.Response:
            self.bodies.append(request.content)
            self.requests.append(request)
            return handler(request)

        def sync_handle(request: httpx.Request) -> httpx.Response:
            request.read()
            return handle(request)

        async def async_handle(request: httpx.Request) -> httpx.Response:
            await request.aread()
            return handle(request)

        return self.over(httpx.MockTransport(async_handle if self.asynchronous else sync_handle), **settings)

    def over(self, transport: Any, **settings: Any) -> Any:
        """Return a client over a transport."""

        async def async_sleep(seconds: float) -> None:
            self.waits.append(seconds)

        settings = {"api_key": KEY, **settings}
        if self.asynchronous:
            client: Any = AsyncTiny(httpx_client=httpx.AsyncClient(transport=transport), **settings)
            client._sleep = async_sleep
        else:
            client = Tiny(httpx_client=httpx.Client(transport=transport), **settings)
            client._sleep = self.waits.append
        return client

    def run(self, work: Coroutine[Any, Any, Any]) -> Any:
        """Run the coroutine of a test."""
        return asyncio.run(work)

    def do(self, call: Callable[[], Any]) -> Any:
        """Make one call with either client, and return its result."""

        async def work() -> Any:
            return await done(call())

        return self.run(work())

    def all(self, call: Callable[[], Any]) -> list[Any]:
        """Make one call, and return all that its result yields."""
        found: list[Any] = []
        self.gather(call, found)
        return found

    def gather(self, call: Callable[[], Any], found: list[Any]) -> None:
        """Make one call, and return what its result yields, even if it fails midway."""

        async def work() -> None:
            async for one in each(await done(call())):
                found.append(one)  # noqa: PERF401 - an extension would lose what came before a failure

        self.run(work())

    @property
    def urls(self) -> list[str]:
        """The path and query of each request."""
        return [request.url.raw_path.decode() for request in self.requests]


async def done(result: Any) -> Any:
    """Await an awaitable."""
    return await result if inspect.isawaitable(result) else result


async def each(many: Any) -> AsyncIterator[Any]:
    """Iterate over either kind of iterable."""
    if hasattr(many, "__aiter__"):
        async for one in many:
            yield one
    else:
        for one in many:
            yield one


@pytest.fixture(params=["sync", "async"])
def world(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> World:
    """Run a test with both clients, in an environment without settings."""
    monkeypatch.delenv("TINY_KEY", raising=False)
    monkeypatch.delenv("TINY_URL", raising=False)
    return World(request.param == "async")


def answer(body: Any = None, status: int = 200, **headers: str) -> httpx.Response:
    """Return a JSON response, or one without a body."""
    if body is None:
        return httpx.Response(status, headers=headers)
    return httpx.Response(status, json=body, headers=headers)


def sequence(*outcomes: httpx.Response | Exception) -> Callable[[httpx.Request], httpx.Response]:
    """Return a handler that returns the given responses in turn."""
    left = list(outcomes)

    def handle(_: httpx.Request) -> httpx.Response:
        outcome = left.pop(0)
        if isinstance(outcome, Exception):
            raise outcome
        return outcome

    return handle


@pytest.fixture
def uploads(world: World, tmp_path: Path) -> Uploads:
    from tests.client.sent_parts import Uploads

    return Uploads(world, tmp_path)
