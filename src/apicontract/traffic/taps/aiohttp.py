"""The tap of aiohttp, and of the mocks aioresponses and VCR.

*Hooks.* `ClientRequest.send` is called for each request on its connection, including redirects and retries, and
`ClientResponse.start` when the headers of its response have arrived. The writer of the body is observed, so its bytes
are those that are sent; a response is read from its own stream, which is replaced by a tee. `BaseConnector.connect`
reports a request for which there is no connection.

aioresponses and VCR replace `ClientSession._request`, above all of this, so no request is built or sent. So their
replacement is hooked, and the request is built here, as aiohttp would. Its body is known if it can be read again,
unlike that of a generator.
"""

from __future__ import annotations

import asyncio
import contextlib
import functools
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager, contextmanager
from typing import Any
from weakref import WeakKeyDictionary

import aiohttp
from aiohttp import BaseConnector, payload
from aiohttp.client_reqrep import ClientRequest, ClientResponse
from aiohttp.streams import AsyncStreamIterator, ChunkTupleAsyncStreamIterator, StreamReader

from apicontract.checks import adapters
from apicontract.traffic.taps.bodies import Copy
from apicontract.traffic.taps.pending import PendingExchange
from apicontract.traffic.taps.protocol import Done, Follow, Sending, replaced

LIBRARY = "aiohttp"
_NEEDS = {"needs": "aiohttp 3.11", "version": aiohttp.__version__}


@contextmanager
def tap(follow: Follow) -> Iterator[None]:
    """Follow the exchanges of every session."""
    sent: WeakKeyDictionary[ClientResponse, _Pending] = WeakKeyDictionary()
    with (
        replaced(ClientRequest, "send", functools.partial(_sending, follow, sent), **_NEEDS),
        replaced(BaseConnector, "connect", functools.partial(_connecting, follow), **_NEEDS),
        replaced(ClientResponse, "start", functools.partial(_starting, sent), **_NEEDS),
    ):
        yield


def tap_aioresponses(follow: Follow) -> AbstractContextManager[None]:
    """Follow the exchanges that aioresponses mocks."""
    owner: Any = sys.modules["aioresponses.core"]

    def wrap(original: Callable[..., Awaitable[ClientResponse]]) -> Callable[..., Awaitable[ClientResponse]]:
        @functools.wraps(original)
        async def answer(mock: Any, session: Any, method: str, url: Any, *args: Any, **named: Any) -> ClientResponse:
            __tracebackhide__ = True
            sender = functools.partial(original, mock, session, method, url, *args)
            return await _mocked(follow, sender, session, method, url, named)

        return answer

    return replaced(owner.aioresponses, "_request_mock", wrap, needs="aioresponses 0.7.8", version="this one")


def tap_vcr(follow: Follow) -> AbstractContextManager[None]:
    """Follow the exchanges that VCR records and replays."""

    def wrap(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def vcr_request(*args: Any, **named: Any) -> Any:
            request = original(*args, **named)

            @functools.wraps(request)
            async def answer(session: Any, method: str, url: Any, **options: Any) -> ClientResponse:
                __tracebackhide__ = True
                return await _mocked(
                    follow, functools.partial(request, session, method, url), session, method, url, options
                )

            return answer

        return vcr_request

    return replaced(sys.modules["vcr.stubs.aiohttp_stubs"], "vcr_request", wrap, needs="vcrpy 7", version="this one")


def _sending(
    follow: Follow, sent: WeakKeyDictionary[ClientResponse, _Pending], original: Callable[..., Any]
) -> Callable[..., Any]:
    @functools.wraps(original)
    async def send(request: ClientRequest, *args: Any, **named: Any) -> ClientResponse:
        __tracebackhide__ = True
        sending = Sending(LIBRARY, request.method, str(request.url), network=True)
        pending = follow.begin(sending, functools.partial(_Pending, sending, request))
        try:
            response: ClientResponse = await original(request, *args, **named)
        except BaseException:
            if pending is not None:
                pending.failed()
            raise
        if pending is not None:
            sent[response] = pending
        return response

    return send


def _connecting(follow: Follow, original: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
    @functools.wraps(original)
    async def connect(connector: Any, request: ClientRequest, *args: Any, **named: Any) -> Any:
        __tracebackhide__ = True
        follow.leave(LIBRARY, request.method, str(request.url))
        try:
            return await original(connector, request, *args, **named)
        except BaseException:  # a cancelled call, too, is an exchange without a response
            await _unsent(follow, request)
            raise

    return connect


async def _unsent(follow: Follow, request: ClientRequest) -> None:
    """Follow a request for which there is no connection; a body that is not in memory is not read for it."""
    sending = Sending(LIBRARY, request.method, str(request.url), network=True)
    in_memory = isinstance(request.body, bytes | bytearray | payload.BytesPayload)
    headers, body = adapters.text_headers(request.headers), await _known(request) if in_memory else None
    pending = follow.begin(sending, lambda url, done: _Answered(sending, url, done, headers, body))
    if pending is not None:
        pending.failed()


def _starting(sent: WeakKeyDictionary[ClientResponse, _Pending], original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    async def start(response: ClientResponse, *args: Any, **named: Any) -> ClientResponse:
        __tracebackhide__ = True
        pending, session = sent.pop(response, None), response._session
        if pending is not None and session is not None:  # the response forgets it once all of the body is there
            pending.decodes = session.auto_decompress
        try:
            started: ClientResponse = await original(response, *args, **named)
        except BaseException:
            if pending is not None:
                pending.failed()
            raise
        if pending is not None:
            pending.answered(started, network=True)
        return started

    return start


async def _mocked(
    follow: Follow,
    original: Callable[..., Awaitable[ClientResponse]],
    session: Any,
    method: str,
    url: Any,
    options: dict[str, Any],
) -> ClientResponse:
    """Follow an exchange that a mock handles in place of a session."""
    __tracebackhide__ = True
    if not follow.listened:
        return await original(**options)
    request: ClientRequest | None = None
    body: bytes | None = None
    with contextlib.suppress(Exception):  # the session reports requests that cannot be built
        request = _built(session, method, url, options)
        body = await _known(request)
    if request is None:
        return await original(**options)
    sending = Sending(LIBRARY, method, str(request.url), hook="mock")
    headers = adapters.text_headers(request.headers)
    return await follow.acall(
        sending,
        lambda known, done: _Answered(sending, known, done, headers, body),
        functools.partial(original, **options),
    )


def _built(session: Any, method: str, url: Any, options: dict[str, Any]) -> ClientRequest:
    """Build the request that a session would send."""
    data = options.get("data")
    if options.get("json") is not None:
        data = payload.JsonPayload(options["json"], dumps=session.json_serialize)
    return ClientRequest(
        method,
        session._build_url(url),
        params=options.get("params"),
        headers=session._prepare_headers(options.get("headers")),
        data=data,
        cookies=options.get("cookies"),
        auth=options.get("auth") or session.auth,
        loop=asyncio.get_running_loop(),
        session=session,
    )


async def _known(request: ClientRequest) -> bytes | None:
    """Return the body of a request that was not sent; `None` for one that can be read only once."""
    body: Any = request.body
    if isinstance(body, bytes | bytearray):
        return bytes(body)
    return None if isinstance(body, payload.AsyncIterablePayload) else bytes(await body.as_bytes())


class _Answered(PendingExchange):
    """An exchange whose response is one of aiohttp."""

    decodes = True
    """Whether the session decodes the content codings of the body."""

    def answered(self, response: ClientResponse, *, network: bool) -> None:
        """Take the response to this request; after redirects, the last response belongs to another request."""
        own = response.history[0] if response.history else response
        fields = adapters.headers(own.raw_headers)
        body = vars(own).get("_body")
        if isinstance(body, bytes):
            self.whole(own.status, fields, body, network=network)
            return
        copy = self.streamed(own.status, fields, network=network)
        copy.begin()
        copy.decoded = self.decodes and (own._session is None or own._session.auto_decompress)
        reader: Any = _Reader(own.content, copy)
        own.content = reader
        reader.passed(b"")


class _Pending(_Answered):
    """An exchange whose request is sent."""

    def __init__(self, sending: Sending, request: ClientRequest, url: str, done: Done) -> None:
        """Observe the writer of the body."""
        written = Copy()
        body: bytes | Copy = written if request.body else b""
        super().__init__(sending, url, done, adapters.text_headers(request.headers), body)
        original = request.write_bytes

        def write_bytes(writer: Any, *args: Any, **named: Any) -> Any:
            write, write_eof = writer.write, writer.write_eof
            written.begin()

            def follow_write(chunk: Any, *more: Any, **options: Any) -> Any:
                written.add(bytes(chunk))
                return write(chunk, *more, **options)

            def follow_end(chunk: bytes = b"") -> Any:
                written.add(bytes(chunk))
                written.end(complete=True)
                return write_eof(chunk)

            writer.write, writer.write_eof = follow_write, follow_end
            return original(writer, *args, **named)

        request.write_bytes = write_bytes  # type: ignore[method-assign] # of this one request


class _Reader:
    """Replaces the stream of a response, and keeps a copy of the data read."""

    def __init__(self, inner: StreamReader, copy: Copy) -> None:
        self._inner, self._copy = inner, copy

    @property  # type: ignore[misc] # mypy knows no such class; `isinstance` is to find that of the stream
    def __class__(self) -> Any:
        return type(self._inner)

    def __getattr__(self, name: str) -> Any:
        return getattr(self._inner, name)

    def passed(self, data: bytes) -> bytes:
        """Keep a copy of the data read."""
        self._copy.add(data)
        if self._inner.at_eof():
            self._copy.end(complete=True)
        return data

    async def read(self, n: int = -1) -> bytes:
        return self.passed(await self._inner.read(n))

    async def readany(self) -> bytes:
        return self.passed(await self._inner.readany())

    async def readline(self, **options: Any) -> bytes:
        return self.passed(await self._inner.readline(**options))

    async def readuntil(self, *args: Any, **options: Any) -> bytes:
        return self.passed(await self._inner.readuntil(*args, **options))

    async def readexactly(self, n: int) -> bytes:
        return self.passed(await self._inner.readexactly(n))

    async def readchunk(self) -> tuple[bytes, bool]:
        data, ends = await self._inner.readchunk()
        return self.passed(data), ends

    def read_nowait(self, n: int = -1) -> bytes:
        return self.passed(self._inner.read_nowait(n))

    def __aiter__(self) -> AsyncIterator[bytes]:
        return AsyncStreamIterator(self.readline)

    def iter_chunked(self, n: int) -> AsyncIterator[bytes]:
        return AsyncStreamIterator(lambda: self.read(n))

    def iter_any(self) -> AsyncIterator[bytes]:
        return AsyncStreamIterator(self.readany)

    def iter_chunks(self) -> AsyncIterator[tuple[bytes, bool]]:
        stream: Any = self
        return ChunkTupleAsyncStreamIterator(stream)
