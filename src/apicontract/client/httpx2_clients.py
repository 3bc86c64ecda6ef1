"""Accept clients of httpx2 in place of httpx: an httpx transport that passes each request on to them.

httpx2 has the same class names as httpx, but unrelated classes. So a request is passed on as its method, URL, headers
and stream, and the response is returned as its status, headers and raw bytes. An error becomes the httpx error of the
same name, with that of httpx2 as its cause. Nothing here imports httpx2: anyone who passes in a client of it has done
so.
"""

from __future__ import annotations

import sys
from collections.abc import AsyncIterator, Callable, Generator, Iterator
from contextlib import contextmanager
from types import ModuleType
from typing import Any

import httpx

from apicontract.client.options import BARE

LIBRARY = "httpx2"
_KEPT = ("http_version", "reason_phrase")
"""The extensions of a response that are plain data."""


def library_of(given: object, name: str) -> ModuleType | None:
    """Return the library of an object whose class has this name there; `None` for an object of any other library."""
    for kind in type(given).__mro__:
        if kind.__name__ == name and kind.__module__.partition(".")[0] == LIBRARY:
            return sys.modules.get(LIBRARY)
    return None


def client_over(given: Any) -> httpx.Client | None:
    """Return an httpx client that sends through a client of httpx2; `None` for anything else."""
    library = library_of(given, "Client")
    return None if library is None else _Client(given, library)


def async_client_over(given: Any) -> httpx.AsyncClient | None:
    """Return an httpx client that sends through an asynchronous one of httpx2; `None` for anything else."""
    library = library_of(given, "AsyncClient")
    return None if library is None else _AsyncClient(given, library)


class _Current:
    """Exposes the headers and cookies that the client that was passed in has now: it may change them at any time."""

    _given: Any

    @property
    def is_closed(self) -> bool:
        return bool(self._given.is_closed)

    @property
    def headers(self) -> httpx.Headers:
        return httpx.Headers(self._given.headers.raw)

    @headers.setter
    def headers(self, headers: Any) -> None:
        """Ignore the defaults that httpx sets."""

    @property
    def cookies(self) -> httpx.Cookies:
        return httpx.Cookies(self._given.cookies.jar)

    @cookies.setter
    def cookies(self, cookies: Any) -> None:
        """Ignore the defaults that httpx sets."""


class _Client(_Current, httpx.Client):
    """Passes everything on to the client that was passed in."""

    def __init__(self, given: Any, library: ModuleType) -> None:
        self._given = given
        super().__init__(transport=_Transport(given, library), **_settings(given))


class _AsyncClient(_Current, httpx.AsyncClient):
    """Passes everything on to the client that was passed in."""

    def __init__(self, given: Any, library: ModuleType) -> None:
        self._given = given
        super().__init__(transport=_AsyncTransport(given, library), **_settings(given))


def _settings(given: Any) -> dict[str, Any]:
    return {
        "timeout": httpx.Timeout(**given.timeout.as_dict()),
        "trust_env": False,  # the environment's proxies are up to the client that was passed in
    }


class _Over:
    """The parts that both transports share."""

    def __init__(self, given: Any, library: ModuleType) -> None:
        self._given = given
        self._library = library

    def _request(self, request: httpx.Request, sent: Callable[[ModuleType, Any], object]) -> Any:
        whole = isinstance(request.stream, httpx.ByteStream)
        made = self._library.Request(
            request.method,
            str(request.url),
            headers=request.headers.raw,
            stream=self._library.ByteStream(request.content) if whole else sent(self._library, request.stream),
            extensions={"timeout": request.extensions.get("timeout", {})},
        )
        if whole:
            made.read()  # for transports and hooks that read its content
        return made

    def _options(self, request: httpx.Request) -> dict[str, Any]:
        """Return the options for sending it: no redirects are followed, and no authentication is added."""
        return {"stream": True, "follow_redirects": False, **({"auth": None} if BARE in request.extensions else {})}

    def _response(self, found: Any, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> httpx.Response:
        extensions = {name: found.extensions[name] for name in _KEPT if name in found.extensions}
        if not found.is_stream_consumed:
            return httpx.Response(found.status_code, headers=found.headers.raw, stream=stream, extensions=extensions)
        # A hook of the client has read it.
        headers = [(name, value) for name, value in found.headers.raw if name.lower() != b"content-encoding"]
        return httpx.Response(found.status_code, headers=headers, content=found.content, extensions=extensions)

    def _refused(self, error: Any, made: Any, request: httpx.Request) -> httpx.HTTPStatusError:
        """Return the httpx error for one that a response hook raised; raise one about another request as it is."""
        if error.response.request is not made:
            raise error
        response = self._response(error.response, httpx.ByteStream(b""))
        response.request = request
        return httpx.HTTPStatusError(str(error), request=request, response=response)


def _sent(library: ModuleType, stream: httpx.SyncByteStream) -> object:
    """Return an httpx2 stream of the chunks of an httpx one."""

    class Sent(library.SyncByteStream):  # type: ignore[name-defined, misc]
        def __iter__(self) -> Iterator[bytes]:
            yield from stream

        def close(self) -> None:
            stream.close()

    return Sent()


def _sent_later(library: ModuleType, stream: httpx.AsyncByteStream) -> object:
    """Return an asynchronous httpx2 stream of the chunks of an httpx one."""

    class Sent(library.AsyncByteStream):  # type: ignore[name-defined, misc]
        async def __aiter__(self) -> AsyncIterator[bytes]:
            async for piece in stream:
                yield piece

        async def aclose(self) -> None:
            await stream.aclose()

    return Sent()


@contextmanager
def _errors(library: ModuleType, request: httpx.Request) -> Generator[None, None, None]:
    """Convert errors of httpx2 to the httpx errors of the same name."""
    try:
        yield
    except library.RequestError as error:
        names = (kind.__name__ for kind in type(error).__mro__)
        kind = next(getattr(httpx, name) for name in names if hasattr(httpx, name))
        raise kind(str(error), request=request) from error


class _Transport(_Over, httpx.BaseTransport):
    """Sends through the client that was passed in."""

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        made = self._request(request, _sent)
        with _errors(self._library, request):
            try:
                found = self._given.send(made, **self._options(request))
            except self._library.HTTPStatusError as error:
                refused = self._refused(error, made, request)
                refused.response.close()
                raise refused from error
        return self._response(found, _Raw(found, self._library, request))


class _AsyncTransport(_Over, httpx.AsyncBaseTransport):
    """Sends through the client that was passed in."""

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        made = self._request(request, _sent_later)
        with _errors(self._library, request):
            try:
                found = await self._given.send(made, **self._options(request))
            except self._library.HTTPStatusError as error:
                refused = self._refused(error, made, request)
                await refused.response.aclose()
                raise refused from error
        return self._response(found, _AsyncRaw(found, self._library, request))


class _Raw(httpx.SyncByteStream):
    """The raw bytes of a response."""

    def __init__(self, found: Any, library: ModuleType, request: httpx.Request) -> None:
        self._found = found
        self._library = library
        self._request = request

    def __iter__(self) -> Iterator[bytes]:
        with _errors(self._library, self._request):
            yield from self._found.iter_raw()

    def close(self) -> None:
        with _errors(self._library, self._request):
            self._found.close()


class _AsyncRaw(httpx.AsyncByteStream):
    """The raw bytes of a response."""

    def __init__(self, found: Any, library: ModuleType, request: httpx.Request) -> None:
        self._found = found
        self._library = library
        self._request = request

    async def __aiter__(self) -> AsyncIterator[bytes]:
        with _errors(self._library, self._request):
            async for piece in self._found.aiter_raw():
                yield piece

    async def aclose(self) -> None:
        with _errors(self._library, self._request):
            await self._found.aclose()
