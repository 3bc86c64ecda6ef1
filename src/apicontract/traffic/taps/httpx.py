"""The tap of httpx and of httpx2, which observes requests and responses without affecting either.

Theory of operation
-------------------
*Hook.* `httpx.Client._send_single_request` is called for each request just before it is passed to a transport: after
authentication, event hooks, cookies and redirects, once for every attempt, whoever made it (the vendor's SDK, a
subclass of the client, `httpx.get`). The transport is below it: a `MockTransport`, any other transport, respx (which
replaces the connection pool or the choice of the transport), pytest-httpx (which replaces `HTTPTransport`), VCR, or a
network. `Client.send` would not see the requests that authentication and redirects create, and there are too many
classes of transports. The name is private to httpx, so its presence is checked before it is wrapped, with a clear
error.

*Method.* A tap must not change what either side sees, so it reads nothing on its own:

- A body that is already in memory (JSON, a form without files, a mocked response) is read directly.
- A body that is a stream (an upload, a generator, a coroutine, a response from the network) is replaced by a tee of the
  same kind, synchronous, asynchronous or both, which passes on each chunk when it is requested, and keeps it. Chunks
  are kept by reference, up to `LIMIT` bytes; a longer body is *unknown*, and is not checked.
- When the transport returns, the request gets its own stream back, for a redirect or a retry to send again. If the
  transport responded without reading the stream, as many hand-written ones do, and the stream is httpx's multipart
  stream of files that can seek, it is read now, and each file is put back to its position.
- A response is complete when its stream has ended. If the caller closes it before, or the network breaks, then
  `complete` is false, and only the part that was read is checked; its missing end is not a violation.

httpx2 has the same class names, so the code works with the module of each object; only the streams have classes for
each library, because a client checks the kind of a stream.

An exchange used the network if the response has the extension that httpx's own transports set (`network_stream`);
without it, a mock responded.
"""

from __future__ import annotations

import contextlib
import functools
import sys
from collections.abc import AsyncIterator, Awaitable, Callable, Iterator
from contextlib import AbstractContextManager
from typing import TYPE_CHECKING, Any

from apicontract.checks import adapters
from apicontract.traffic.taps.bodies import Copy
from apicontract.traffic.taps.pending import PendingExchange
from apicontract.traffic.taps.protocol import Done, Follow, Sending, replaced

if TYPE_CHECKING:
    import httpx

_LIBRARIES = ("httpx", "httpx2")
PLACE = "_send_single_request"
"""The methods of `httpx.Client` and `httpx.AsyncClient` that are wrapped."""


def tap(follow: Follow) -> AbstractContextManager[None]:
    """Follow the exchanges of every client of httpx."""
    if sys.modules["httpx"] is sys.modules.get("httpx2"):  # `httpx2.alias_httpx` was called
        return contextlib.nullcontext()
    return _tapped(sys.modules["httpx"], follow, "httpx 0.28")


def tap_httpx2(follow: Follow) -> AbstractContextManager[None]:
    """Follow the exchanges of every client of httpx2."""
    return _tapped(sys.modules["httpx2"], follow, "httpx2 2")


@contextlib.contextmanager
def tap_httpcore2(follow: Follow) -> Iterator[None]:
    """Report the requests that httpx2 sends to a network.

    VCR and other mocks replace its transports, which are above.
    """
    module = sys.modules["httpcore2"]

    def wrap(original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def handle_request(pool: Any, request: Any) -> Any:
            __tracebackhide__ = True
            follow.leave("httpx2", *_line(request))
            return original(pool, request)

        return handle_request

    def async_wrap(original: Callable[..., Awaitable[Any]]) -> Callable[..., Awaitable[Any]]:
        @functools.wraps(original)
        async def handle_async_request(pool: Any, request: Any) -> Any:
            __tracebackhide__ = True
            follow.leave("httpx2", *_line(request))
            return await original(pool, request)

        return handle_async_request

    needs = {"needs": "httpcore2 2", "version": module.__version__}
    with (
        replaced(module.ConnectionPool, "handle_request", wrap, **needs),
        replaced(module.AsyncConnectionPool, "handle_async_request", async_wrap, **needs),
    ):
        yield


def _line(request: Any) -> tuple[str, str]:
    """Return method and URL of a request of httpcore2."""
    url = request.url
    port = "" if url.port is None else f":{url.port}"
    return request.method.decode(
        "latin-1"
    ), f"{(url.scheme + b'://' + url.host).decode('latin-1')}{port}{url.target.decode('latin-1')}"


@contextlib.contextmanager
def _tapped(module: Any, follow: Follow, needs: str) -> Iterator[None]:
    wrap = functools.partial(_wrapped, follow, module.__name__)
    async_wrap = functools.partial(_async_wrapped, follow, module.__name__)
    with (
        replaced(module.Client, PLACE, wrap, needs=needs, version=module.__version__),
        replaced(module.AsyncClient, PLACE, async_wrap, needs=needs, version=module.__version__),
    ):
        yield


def _wrapped(follow: Follow, library: str, original: Callable[..., httpx.Response]) -> Callable[..., httpx.Response]:
    @functools.wraps(original)
    def send(client: httpx.Client, request: httpx.Request) -> httpx.Response:
        __tracebackhide__ = True
        sending = Sending(library, request.method, str(request.url))
        begin = functools.partial(ClientExchange, request)
        return follow.call(sending, begin, functools.partial(original, client, request))

    return send


def _async_wrapped(
    follow: Follow, library: str, original: Callable[..., Awaitable[httpx.Response]]
) -> Callable[..., Awaitable[httpx.Response]]:
    @functools.wraps(original)
    async def send(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
        __tracebackhide__ = True
        sending = Sending(library, request.method, str(request.url))
        begin = functools.partial(ClientExchange, request)
        return await follow.acall(sending, begin, functools.partial(original, client, request))

    return send


class ClientExchange(PendingExchange):
    """Follows one exchange of a client."""

    def __init__(self, request: httpx.Request, url: str, done: Done) -> None:
        """Replace the request's stream by a tee if its body is not in memory; `url` is that of the contract."""
        self._request = request
        self._sent = Copy()
        self._stream: httpx.SyncByteStream | httpx.AsyncByteStream | None = None
        body: bytes | Copy | None = known_body(request)
        if body is None and (_is_sync(request.stream) or _is_async(request.stream)):
            body, self._stream = self._sent, request.stream
            request.stream = self._tee = _tee(request.stream, self._sent)
        sending = Sending("httpx", request.method, str(request.url))
        super().__init__(sending, url, done, adapters.headers(request.headers.raw), body)

    def failed(self) -> None:
        """Note that the transport raised an exception, so there is no response."""
        self._restore()
        super().failed()

    def answered(self, response: httpx.Response, *, network: bool = False) -> None:
        """Take the response: read its body if that is in memory, or replace its stream by a tee."""
        self._restore()
        self._read_unread()
        network = network or "network_stream" in response.extensions
        content, headers = _known(response), adapters.headers(response.headers.raw)
        if content is None:
            response.stream = _tee(response.stream, self.streamed(response.status_code, headers, network=network))
        else:
            self.whole(response.status_code, headers, content, network=network)

    def _restore(self) -> None:
        """Give the request its own stream back; a body that was read into memory is taken from there, complete."""
        if self._stream is not None and self._request.stream is self._tee:
            self._request.stream = self._stream
        known = known_body(self._request)
        self.body = self.body if known is None else known

    def _read_unread(self) -> None:
        """Read a body that the transport did not read, if its files can be put back to where they are."""
        if self._stream is None or self._sent.begun or known_body(self._request) is not None:
            return
        with contextlib.suppress(Exception):  # such as a closed file; the body stays unknown
            files = _files(self._stream)
            if files is None:
                return
            positions = [(file, file.tell()) for file in files]
            try:
                for _ in _tee(self._stream, self._sent):
                    if self._sent.chunks is None:
                        break
            finally:
                for file, position in positions:
                    file.seek(position)


def known_body(request: httpx.Request) -> bytes | None:
    """Return the body of a request if it is in memory."""
    return _known(request)


def _known(message: httpx.Request | httpx.Response) -> bytes | None:
    """Return a body if it is in memory; the libraries raise different errors if it is not."""
    try:
        return message.content
    except RuntimeError:
        return None


class _SyncTee:
    """Passes on the chunks of a synchronous stream."""

    def __init__(self, inner: Any, copy: Copy) -> None:
        self._inner, self._copy = inner, copy

    def __iter__(self) -> Iterator[bytes]:
        self._copy.begin()
        for chunk in self._inner:
            self._copy.add(chunk)
            yield chunk
        self._copy.end(complete=True)

    def close(self) -> None:
        """Close the stream, which counts as incomplete if it had not ended."""
        try:
            self._inner.close()
        finally:
            self._copy.end(complete=False)


class _AsyncTee:
    """Passes on the chunks of an asynchronous stream."""

    def __init__(self, inner: Any, copy: Copy) -> None:
        self._inner, self._copy = inner, copy

    async def __aiter__(self) -> AsyncIterator[bytes]:
        self._copy.begin()
        async for chunk in self._inner:
            self._copy.add(chunk)
            yield chunk
        self._copy.end(complete=True)

    async def aclose(self) -> None:
        """Close the stream, which counts as incomplete if it had not ended."""
        try:
            await self._inner.aclose()
        finally:
            self._copy.end(complete=False)


def _tee(stream: Any, copy: Copy) -> Any:
    """Return a tee of the same kind as the stream, because the library checks the kind."""
    kinds = (_SyncTee,) * _is_sync(stream) + (_AsyncTee,) * _is_async(stream)
    return _tee_class(_library(stream), kinds)(stream, copy)


@functools.cache
def _tee_class(library: str, kinds: tuple[type, ...]) -> type:
    module = sys.modules[library]
    bases: dict[Any, type] = {_SyncTee: module.SyncByteStream, _AsyncTee: module.AsyncByteStream}
    return type("Tee", (*kinds, *(bases[kind] for kind in kinds)), {})


def _library(stream: object) -> str:
    """Return the name of the library of a stream."""
    return next(
        name for name in _LIBRARIES if _is(stream, name, "SyncByteStream") or _is(stream, name, "AsyncByteStream")
    )


def _is_sync(stream: object) -> bool:
    return any(_is(stream, name, "SyncByteStream") for name in _LIBRARIES)


def _is_async(stream: object) -> bool:
    return any(_is(stream, name, "AsyncByteStream") for name in _LIBRARIES)


def _is(stream: object, library: str, name: str) -> bool:
    module = sys.modules.get(library)
    return module is not None and isinstance(stream, getattr(module, name))


def _files(stream: object) -> list[Any] | None:
    """Return the files of a multipart stream of httpx; `None` for another stream, and if one of them cannot seek."""
    fields = getattr(stream, "fields", None)
    if fields is None or not (_is_sync(stream) and _is_async(stream)):
        return None
    contents = [getattr(field, "file", b"") for field in fields]
    files = [content for content in contents if not isinstance(content, str | bytes)]
    return files if all(file.seekable() for file in files) else None
