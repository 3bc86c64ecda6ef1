"""What serving and forwarding have in common: a request is read within bounds, and an answer is sent within bounds.

Only requests of HTTP are known. The body is held whole, since what it says is checked before it is answered; an answer
is sent in pieces, each within a time. What cannot be read or sent to its end is reported too, never dropped.
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


class Unread(Exception):
    """The body of a request was not read to its end: the status to answer with, if anybody is there, and why."""

    def __init__(self, status: int | None, reason: str) -> None:
        """Keep both."""
        super().__init__(reason)
        self.status = status


@dataclass(frozen=True, slots=True)
class Incoming:
    """A request as it came, with the target as it was written."""

    method: str
    path: str
    query: str
    headers: Headers
    body: bytes
    unread: Unread | None = None
    """Why the body is not the whole one."""

    @property
    def target(self) -> str:
        """Path and query."""
        return f"{self.path}?{self.query}" if self.query else self.path


@dataclass(frozen=True, slots=True)
class Reply:
    """An answer, in pieces."""

    status: int
    headers: Headers
    pieces: AsyncGenerator[bytes, None]
    cut: int | None = None
    """Bytes after which the connection is closed."""


class Endpoint:
    """An ASGI application that hands each request to `handle`."""

    dated = False
    """Whether its answers say when they were made, so that the server must not."""

    def __init__(self, limits: Limits) -> None:
        """Take the bounds."""
        self.limits = limits
        self._held = 0

    async def handle(self, incoming: Incoming) -> Reply | None:
        """Answer a request; `None` where nobody waits for an answer."""
        raise NotImplementedError

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Serve one connection's request, as ASGI has it."""
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
            _log.exception("a fault of this program, please report it: %s %s", incoming.method, incoming.path)
            return Reply(500, Headers({"content-type": "text/plain; charset=utf-8"}), whole(b"a fault of the server"))

    async def _read(self, headers: Headers, receive: Receive, body: bytearray) -> None:
        limits = self.limits
        stated = headers.get("content-length") or ""
        if stated.isascii() and stated.isdecimal() and len(stated) < 20 and int(stated) > limits.body:
            raise Unread(413, f"the body has {int(stated):,} bytes; at most {limits.body:,} are taken")
        while True:
            message = await receive()
            if message["type"] == "http.disconnect":
                raise Unread(None, f"the connection was closed after {len(body):,} bytes of the body")
            chunk = message.get("body", b"")
            if len(body) + len(chunk) > limits.body:
                raise Unread(413, f"the body has more than {limits.body:,} bytes, which is the most that is taken")
            if self._held + len(chunk) > limits.held:
                raise Unread(503, f"the requests under way have {limits.held:,} bytes, which is the most that is held")
            body += chunk
            self._held += len(chunk)
            if not message.get("more_body", False):
                return

    async def _send(self, reply: Reply, send: Send, *, close: bool) -> None:
        """Send an answer; to return before its end closes the connection, which is what ASGI servers do then."""
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
            return  # the client takes no more of it, or there is no more to be had

    async def _within(self, send: Send, message: MutableMapping[str, Any]) -> None:
        await within(self.limits.send, send(message))


async def within(seconds: float, waited_for: Awaitable[T]) -> T:
    """Return what is waited for; `TimeoutError` after so many seconds.

    A timer costs as much as a quarter of an answer, so there is none unless there is something to wait for: the first
    step is taken without one.
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
    """What is left of something whose first step was taken, and what that step waits for."""

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


async def whole(body: bytes) -> AsyncGenerator[bytes, None]:
    """Yield a body in one piece."""
    if body:
        yield body


async def paced(pieces: list[bytes], seconds: float) -> AsyncGenerator[bytes, None]:
    """Yield pieces with a pause between two of them."""
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
