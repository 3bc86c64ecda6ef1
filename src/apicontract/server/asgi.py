"""The common parts of serving and forwarding: requests are read, and responses are sent, within limits.

Only HTTP requests are supported. A body is read completely, because it is checked before the response; a response is
sent in chunks, each with a timeout. Requests that cannot be read and responses that cannot be sent completely are
reported too.
"""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, Awaitable, Callable, Generator, MutableMapping
from contextlib import aclosing
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeAlias, TypeVar

from apicontract.server.limits import Limits
from apicontract.wire.messages import Headers

Scope: TypeAlias = MutableMapping[str, Any]
Receive: TypeAlias = Callable[[], Awaitable[MutableMapping[str, Any]]]
Send: TypeAlias = Callable[[MutableMapping[str, Any]], Awaitable[None]]

T = TypeVar("T")

_log = logging.getLogger(__name__)
_LARGE = 1 << 20
"""The size in bytes above which a body is decoded and checked in a thread; a compressed one always is."""


class Unread(Exception):
    """The body of a request was not read completely: the status of the response, if any can be sent, and why."""

    def __init__(self, status: int | None, reason: str) -> None:
        """Store the status and the reason."""
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request as received, with its raw target."""

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes
    unread: Unread | None = None
    """Why the body is incomplete."""

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Reply:
    """A response in chunks."""

    status: int
    headers: Headers
    pieces: AsyncGenerator[bytes, None]
    cut: int | None = None
    """The number of bytes after which the connection is closed."""


class Endpoint:
    """An ASGI application that passes each request to `handle`."""

    dated = False
    """Whether its responses have a `Date`, so that the server must not add one."""

    def __init__(self, limits: Limits) -> None:
        """Take the limits."""
        self.limits = limits
        self._held = 0

    async def handle(self, incoming: Incoming) -> Reply | None:
        """Respond to a request; `None` if the client is gone."""
        raise NotImplementedError

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one request, by ASGI."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await _lifespan(receive, send)
            return
        headers = Headers((name.decode("latin-1"), value.decode("latin-1")) for name, value in scope["headers"])
        raw = scope.get("raw_path") or scope["path"].encode()
        target = raw.decode("latin-1"), scope.get("query_string", b"").decode("latin-1")
        body, unread = bytearray(), None
        try:
            try:
                await within(self.limits.receive, self._read(headers, receive, body))
            except TimeoutError:
                unread = Unread(408, f"the body did not come within {self.limits.receive:g} seconds")
            except Unread as error:
                unread = error
            incoming = Incoming(scope["method"], *target, headers, bytes(body), unread)
            reply = await self._handled(incoming)
            if reply is not None:
                await self._send(reply, send, close=unread is not None)
        finally:
            self._held -= len(body)

    async def _handled(self, incoming: Incoming) -> Reply | None:
        try:
            return await self.handle(incoming)
        except Exception:  # noqa: BLE001 - reported with its traceback; the other requests go on
            _log.exception("a bug in this program, please report it: %s %s", incoming.method, incoming.path)
            return Reply(500, Headers({"content-type": "text/plain; charset=utf-8"}), whole(b"a fault of the server"))

    async def _read(self, headers: Headers, receive: Receive, body: bytearray) -> None:
        limits = self.limits
        stated = headers.get("content-length") or ""
        if stated.isascii() and stated.isdecimal() and len(stated) < 20 and int(stated) > limits.body:
            raise Unread(413, f"the body has {int(stated):,} bytes; {_own(limits.body)}")
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Unread(None, f"the connection was closed after {len(body):,} bytes of the body")
            chunk = message.get("body", b"")
            if len(body) + len(chunk) > limits.body:
                raise Unread(413, f"the body is too large; {_own(limits.body)}")
            if self._held + len(chunk) > limits.held:
                raise Unread(503, f"the requests in progress are too large; {_own(limits.held)}")
            body += chunk
            self._held += len(chunk)
            if not message.get("more_body", False):
                return

    async def _send(self, reply: Reply, send: Send, *, close: bool) -> None:
        """Send a response; returning before its end closes the connection, as ASGI servers do."""
        fields = [(name.encode("latin-1"), value.encode("latin-1", "replace")) for name, value in reply.headers.items]
        if close:
            fields.append((b"connection", b"close"))
        left = reply.cut
        try:
            await self._within(send, {"type": "http.response.start", "status": reply.status, "headers": fields})
            async with aclosing(reply.pieces) as pieces:
                async for piece in pieces:
                    part = piece if left is None else piece[:left]
                    await self._within(send, {"type": "http.response.body", "body": part, "more_body": True})
                    if left is not None:
                        left -= len(part)
                        if left == 0:
                            return
            await self._within(send, {"type": "http.response.body", "body": b""})
        except (TimeoutError, OSError):
            return  # the client has stopped reading, or there is no more to send

    async def _within(self, send: Send, message: MutableMapping[str, Any]) -> None:
        await within(self.limits.send, send(message))


def _own(limit: int) -> str:
    return f"this server, not the API, has a limit of {limit:,} bytes"


async def within(seconds: float, waited_for: Awaitable[T]) -> T:
    """Await something; raise `TimeoutError` after a number of seconds.

    A timer costs as much as a quarter of a response, so none is started unless waiting is necessary: the first step is
    taken without one.
    """
    steps = waited_for.__await__()
    try:
        future = next(steps)
    except StopIteration as done:
        result: T = done.value
        return result
    async with asyncio.timeout(seconds):
        return await _Rest(steps, future)


class _Rest(Awaitable[T]):
    """The rest of an awaitable whose first step was taken, and what that step waits for."""

    def __init__(self, steps: Generator[Any, Any, T], future: Any) -> None:
        self._steps = steps
        self._future = future

    def __await__(self) -> Generator[Any, Any, T]:
        future = self._future
        while True:
            step: Callable[[], Any]
            try:
                step = partial(self._steps.send, (yield future))
            except BaseException as error:  # noqa: BLE001 - a timeout or a cancellation, which is for what waits
                step = partial(self._steps.throw, error)
            try:
                future = step()
            except StopIteration as done:
                result: T = done.value
                return result


async def aside(headers: Headers, body: bytes | bytearray, work: Callable[[], T]) -> T:
    """Call `work` on a message and return its result; in a thread if that may take long, so that others are served."""
    if len(body) > _LARGE or (body and headers.get("content-encoding")):
        return await asyncio.to_thread(work)
    return work()


async def whole(body: bytes) -> AsyncGenerator[bytes, None]:
    """Yield a body as one chunk."""
    if body:
        yield body


async def paced(pieces: list[bytes], seconds: float) -> AsyncGenerator[bytes, None]:
    """Yield chunks with a pause between them."""
    for index, piece in enumerate(pieces):
        if index and seconds:
            await asyncio.sleep(seconds)
        yield piece


async def _lifespan(receive: Receive, send: Send) -> None:
    while True:
        message = await receive()
        await send({"type": f"{message['type']}.complete"})
        if message["type"] == "lifespan.shutdown":
            return
