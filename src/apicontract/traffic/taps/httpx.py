"""The tap of httpx: what its clients send and what comes back, without touching either.

Theory of operation
-------------------
*Where.* `httpx.Client._send_single_request` is the one place that each request passes just before a transport takes it:
after authentication, event hooks, cookies and redirects, once for every attempt, whatever made it (the vendor's SDK, a
subclass of the client, `httpx.get`). What answers is below it: a `MockTransport`, any other transport, respx (which
replaces the connection pool or the choice of the transport), pytest-httpx (which replaces `HTTPTransport`), VCR, or a
network. `Client.send` would not see what authentication and redirects make of a request; transports are as many classes
as people write. The name is httpx's own, so its presence is checked before it is wrapped, with a clear error.

*How.* A tap must not change what either side sees, so it reads nothing by itself:

- A body that is in memory already (JSON, a form without files, a mocked answer) is looked at where it is.
- A body that is a stream (an upload, a generator, a coroutine, an answer from the network) is replaced by a tee of the
  same kind, synchronous, asynchronous or both, which hands on each chunk as it is asked for, and remembers it. Chunks
  are kept by reference, and never more of them than `LIMIT` bytes; a longer body is *unseen*, and is not checked.
- When the transport returns, the request gets its own stream back, for a redirect or a retry to send again. If the
  transport never looked at the stream and it can be iterated twice (httpx's multipart stream, the one kind that is
  both synchronous and asynchronous), it is read now: many hand-written test transports ignore what they receive.
- An answer is complete when its stream came to an end. If the caller closes it before, or the network breaks, then
  `complete` is false, and only what was read until then can be checked: its end is not missing, it was not waited for.

httpx counts an exchange as network traffic by an extension that its own transports set (`network_stream`); without it,
a mock answered.
"""

from __future__ import annotations

import contextlib
import functools
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator

import httpx

from apicontract.checks import adapters
from apicontract.traffic.taps.bodies import Copy, decoded
from apicontract.traffic.taps.protocol import Done, Follow, replaced
from apicontract.wire.messages import Exchange, Request, Response

PLACE = "_send_single_request"
"""What is wrapped of `httpx.Client` and `httpx.AsyncClient`."""


@contextlib.contextmanager
def tap(follow: Follow) -> Iterator[None]:
    """Follow the exchanges of every client."""
    needs = {"needs": "httpx 0.28", "version": httpx.__version__}
    with (
        replaced(httpx.Client, PLACE, functools.partial(_wrapped, follow), **needs),
        replaced(httpx.AsyncClient, PLACE, functools.partial(_async_wrapped, follow), **needs),
    ):
        yield


def _wrapped(follow: Follow, original: Callable[..., httpx.Response]) -> Callable[..., httpx.Response]:
    @functools.wraps(original)
    def send(client: httpx.Client, request: httpx.Request) -> httpx.Response:
        __tracebackhide__ = True
        pending = follow(str(request.url), functools.partial(PendingExchange, request))
        if pending is None:
            return original(client, request)
        try:
            response = original(client, request)
        except BaseException:
            pending.failed()
            raise
        pending.answered(response)
        return response

    return send


def _async_wrapped(
    follow: Follow, original: Callable[..., Awaitable[httpx.Response]]
) -> Callable[..., Awaitable[httpx.Response]]:
    @functools.wraps(original)
    async def send(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
        __tracebackhide__ = True
        pending = follow(str(request.url), functools.partial(PendingExchange, request))
        if pending is None:
            return await original(client, request)
        try:
            response = await original(client, request)
        except BaseException:
            pending.failed()
            raise
        pending.answered(response)
        return response

    return send


class PendingExchange:
    """Follows one exchange, and hands it over once."""

    def __init__(self, request: httpx.Request, url: str, done: Done) -> None:
        """Put a tee on the request's stream if its body is not in memory; `url` is what the contract knows it by."""
        self._request = request
        self._url = url
        self._done = done
        self._response: httpx.Response | None = None
        self._received: Copy | None = None
        self._sent = Copy()
        self._stream: httpx.SyncByteStream | httpx.AsyncByteStream | None = None
        if known_body(request) is None and isinstance(request.stream, httpx.SyncByteStream | httpx.AsyncByteStream):
            self._stream = request.stream
            request.stream = self._tee = _tee(request.stream, self._sent)

    def so_far(self) -> Exchange:
        """Return the exchange as it is before the answer."""
        return self._exchange(None, b"", complete=False)

    def failed(self) -> None:
        """Take it that the transport raised: there is no answer."""
        self._restore()
        self._hand_over(None, b"", complete=False)

    def answered(self, response: httpx.Response) -> None:
        """Take the answer: look at it if its body is in memory, and put a tee on its stream if not."""
        self._restore()
        self._response = response
        try:
            content = response.content
        except httpx.ResponseNotRead:
            self._received = Copy(self._ended)
            response.stream = _tee(response.stream, self._received)
        else:
            self._hand_over(response, content, complete=True)

    def settle(self) -> None:
        """Hand over what is known of an answer that nobody read to its end or closed; wait on if there is none yet."""
        if self._received is not None:
            self._received.end(complete=False)

    def _restore(self) -> None:
        if self._stream is None:
            return
        if self._request.stream is self._tee:
            self._request.stream = self._stream
        if not self._sent.begun and known_body(self._request) is None and _is_dual(self._stream):
            with contextlib.suppress(Exception):  # a closed file, say: nobody but this asked for it; it stays unseen
                for _ in _DualTee(self._stream, self._sent):
                    if self._sent.chunks is None:
                        break

    def _ended(self, copy: Copy, complete: bool) -> None:
        self._hand_over(self._response, copy.body(), complete=complete)

    def _hand_over(self, response: httpx.Response | None, body: bytes | None, *, complete: bool) -> None:
        self._done(self._exchange(response, body, complete=complete))

    def _exchange(self, response: httpx.Response | None, body: bytes | None, *, complete: bool) -> Exchange:
        unseen = set()
        sent = known_body(self._request)
        if sent is None and self._stream is not None:
            sent = self._sent.body() if self._sent.complete else None
        if sent is None:
            unseen.add("request")
        if response is not None and self._received is not None and body is not None:
            body = decoded(response.headers.get("content-encoding"), body)
        if body is None:
            unseen.add("response")
        url, path = self._request.url, self._request.url.raw_path.partition(b"?")[0]
        neutral = Request(self._request.method, self._url, adapters.headers(self._request.headers.raw), sent or b"")
        answer = (
            None
            if response is None
            else Response(response.status_code, adapters.headers(response.headers.raw), body or b"")
        )
        return Exchange(
            neutral,
            answer,
            complete,
            response is not None and "network_stream" in response.extensions,
            frozenset(unseen),
            f"{self._request.method} {url.scheme}://{(url.netloc + path).decode('ascii')}",
        )


def known_body(request: httpx.Request) -> bytes | None:
    """Return the body of a request if it is in memory."""
    try:
        return request.content
    except httpx.RequestNotRead:
        return None


class _SyncTee(httpx.SyncByteStream):
    def __init__(self, inner: httpx.SyncByteStream, copy: Copy) -> None:
        self._inner, self._copy = inner, copy

    def __iter__(self) -> Iterator[bytes]:
        self._copy.begin()
        for chunk in self._inner:
            self._copy.add(chunk)
            yield chunk
        self._copy.end(complete=True)

    def close(self) -> None:
        """Close the stream, whose end was not waited for if it did not come before."""
        try:
            self._inner.close()
        finally:
            self._copy.end(complete=False)


class _AsyncTee(httpx.AsyncByteStream):
    def __init__(self, inner: httpx.AsyncByteStream, copy: Copy) -> None:
        self._async_inner, self._copy = inner, copy

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._copy.begin()
        async for chunk in self._async_inner:
            self._copy.add(chunk)
            yield chunk
        self._copy.end(complete=True)

    async def aclose(self) -> None:
        """Close the stream, whose end was not waited for if it did not come before."""
        try:
            await self._async_inner.aclose()
        finally:
            self._copy.end(complete=False)


class _DualTee(_SyncTee, _AsyncTee):
    def __init__(self, inner: httpx.SyncByteStream | httpx.AsyncByteStream, copy: Copy) -> None:
        if isinstance(inner, httpx.SyncByteStream) and isinstance(inner, httpx.AsyncByteStream):
            _SyncTee.__init__(self, inner, copy)
            _AsyncTee.__init__(self, inner, copy)


def _tee(
    stream: httpx.SyncByteStream | httpx.AsyncByteStream, copy: Copy
) -> httpx.SyncByteStream | httpx.AsyncByteStream:
    """Make a tee of the same kind as the stream, as httpx asks which kind it is."""
    if _is_dual(stream):
        return _DualTee(stream, copy)
    return _SyncTee(stream, copy) if isinstance(stream, httpx.SyncByteStream) else _AsyncTee(stream, copy)


def _is_dual(stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> bool:
    return isinstance(stream, httpx.SyncByteStream) and isinstance(stream, httpx.AsyncByteStream)
