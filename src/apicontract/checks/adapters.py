"""Convert requests and responses of HTTP libraries to neutral form, without importing any of the libraries.

Anyone who has an object of a library has imported it, so its classes are looked up in `sys.modules`. To support another
library, write a function that converts its objects, and register it by class in `REQUESTS` or `RESPONSES`.
"""

from __future__ import annotations

import sys
from collections.abc import Callable, Iterable, Mapping
from typing import TYPE_CHECKING, Any, TypeAlias, TypeVar

from apicontract.wire.messages import Headers, Request, Response

if TYPE_CHECKING:
    import urllib.request

    import aiohttp
    import httpx
    import httpx2
    import requests
    import starlette.requests
    import urllib3
    import werkzeug.wrappers
    from aiohttp import web

    AnyRequest: TypeAlias = (
        Request | httpx.Request | httpx2.Request | requests.PreparedRequest | requests.Request | urllib.request.Request
        | starlette.requests.Request | werkzeug.wrappers.Request | web.BaseRequest
    )  # fmt: skip
    AnyFields: TypeAlias = Headers | Mapping[str, str] | Iterable[tuple[str, str]] | Iterable[tuple[bytes, bytes]]
    AnyWebhook: TypeAlias = AnyRequest | tuple[AnyFields, bytes | bytearray | memoryview | str]
    AnyResponse: TypeAlias = (
        Response | httpx.Response | httpx2.Response | requests.Response | urllib3.BaseHTTPResponse
        | aiohttp.ClientResponse
    )  # fmt: skip
else:
    AnyRequest: TypeAlias = Any
    AnyResponse: TypeAlias = Any
    AnyFields: TypeAlias = Any
    AnyWebhook: TypeAlias = Any


_NeutralT = TypeVar("_NeutralT", Request, Response)


class BodyUnreadable(ValueError):
    """A body cannot be read: it was already sent or read, or only a coroutine can read it."""


def request(given: AnyRequest) -> Request:
    """Convert a request to neutral form; an unread body is read, and can still be sent.

    Raises `BodyUnreadable` for a stream that was consumed or closed, and for an asynchronous one that was not read.
    """
    if isinstance(given, Request):
        return given
    return _read(given, REQUESTS, "request")


def webhook(given: AnyWebhook) -> Request:
    """Convert an incoming webhook to neutral form: the request of a framework, or headers and the bytes of the body.

    Raises `BodyUnreadable` as `request` does, and `TypeError` for a body that was parsed, or for headers that are
    neither a mapping nor pairs.
    """
    if not isinstance(given, tuple):
        return request(given)
    fields, body = given
    if not isinstance(body, str | bytes | bytearray | memoryview):
        raise TypeError(f"pass the bytes of the body as received, not {type(body).__name__}: the bytes are signed")
    if isinstance(fields, str | bytes) or not (hasattr(fields, "items") or hasattr(fields, "__iter__")):
        raise TypeError(f"give the headers of the request, not {type(fields).__name__}")
    items: Any = getattr(fields, "items", fields)  # pairs of `Headers`; for a mapping, the method that returns them
    pairs: Iterable[tuple[str | bytes, str | bytes]] = items() if callable(items) else items
    return Request("POST", "", Headers([(_text(name), _text(value)) for name, value in pairs]), _body(body))


def response(given: AnyResponse) -> Response:
    """Convert a response to neutral form; a streamed one that was not read raises the error of its library."""
    if isinstance(given, Response):
        return given
    return _read(given, RESPONSES, "response")


def sent(given: AnyResponse) -> Request | None:
    """Return the request of a response, if the response has it; without the body if that is gone."""
    if isinstance(given, Response):
        return None
    try:
        found: Any = given.request  # type: ignore[union-attr] # some have none
    except (AttributeError, RuntimeError):  # httpx raises it for a response without a request
        found = None
    if found is None:
        info = getattr(given, "request_info", None)  # aiohttp's
        return None if info is None else Request(info.method, str(info.real_url), text_headers(info.headers))
    try:
        return _httpx(found, found.content) if hasattr(found, "content") else request(found)
    except (BodyUnreadable, RuntimeError):  # an upload that was streamed
        return _httpx(found, b"") if hasattr(found, "stream") else prepared(found, b"")


def headers(given: Iterable[tuple[bytes, bytes]]) -> Headers:
    """Convert raw header fields to neutral form."""
    return Headers([(name.decode("latin-1"), value.decode("latin-1")) for name, value in given])


def text_headers(given: Mapping[str, str | bytes]) -> Headers:
    """Convert header fields given as strings, as in requests, urllib3 and aiohttp, to neutral form."""
    return Headers([(_text(name), _text(value)) for name, value in given.items()])


def prepared(given: requests.PreparedRequest, body: bytes) -> Request:
    """Convert a request of requests to neutral form, with a known body."""
    return Request(given.method or "", given.url or "", text_headers(given.headers), body)


def _text(value: str | bytes) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _read(given: object, table: Mapping[tuple[str, str], Callable[[Any], _NeutralT]], kind: str) -> _NeutralT:
    for (module, name), read in table.items():
        found = getattr(sys.modules.get(module), name, None)
        if found is not None and isinstance(given, found):
            return read(given)
    known = ", ".join(f"{module}.{name}" for module, name in table)
    raise TypeError(f"a {kind} is needed ({known}, or a {kind.title()} of this package), not {type(given).__name__}")


# Requests


def _httpx_request(given: httpx.Request) -> Request:
    try:
        return _httpx(given, given.read())
    except (RuntimeError, ValueError, AssertionError) as error:  # httpx raises several errors for this
        advice = "check it before it is sent, and `await request.aread()` first if it is asynchronous"
        raise BodyUnreadable(f"the request's body cannot be read ({error or 'asynchronous'}); {advice}") from error


def _httpx(given: httpx.Request, body: bytes) -> Request:
    return Request(given.method, str(given.url), headers(given.headers.raw), body)


def _prepared_request(given: requests.PreparedRequest) -> Request:
    return prepared(given, _body(given.body))


def _unprepared_request(given: requests.Request) -> Request:
    return _prepared_request(given.prepare())


def _urllib_request(given: urllib.request.Request) -> Request:
    fields = {**given.headers, **given.unredirected_hdrs}
    return Request(given.get_method(), given.full_url, Headers(fields), _body(given.data))


def _starlette_request(given: starlette.requests.Request) -> Request:
    body = getattr(given, "_body", None)  # cached by `await body()`
    path = given.scope.get("raw_path")  # as it was sent; `path` is decoded
    url = given.url.replace(path=path.decode("latin-1")) if path else given.url
    return _received(given.method, str(url), headers(given.headers.raw), body, "await request.body()")


def _aiohttp_request(given: web.BaseRequest) -> Request:
    body = getattr(given, "_read_bytes", None)  # cached by `await read()`
    return _received(given.method, str(given.url), headers(given.raw_headers), body, "await request.read()")


def _received(method: str, url: str, fields: Headers, body: bytes | None, advice: str) -> Request:
    if body is None:
        raise BodyUnreadable(f"the request's body was not read; `{advice}` first")
    return Request(method, url, fields, body)


def _werkzeug_request(given: werkzeug.wrappers.Request) -> Request:
    return Request(given.method, given.url, text_headers(dict(given.headers)), given.get_data(cache=True))


def _body(given: object) -> bytes:
    """Read a body; a file is read from its current position, which is then restored.

    Raises `BodyUnreadable` for a body that cannot be read twice.
    """
    if given is None:
        return b""
    if isinstance(given, str):
        return given.encode()
    if isinstance(given, bytes | bytearray | memoryview):
        return bytes(given)
    file: Any = given
    if not hasattr(file, "read") or not hasattr(file, "seek"):
        raise BodyUnreadable(f"the request's body cannot be read twice ({type(given).__name__}); check its bytes")
    at = file.tell()
    try:
        return _body(file.read())
    finally:
        file.seek(at)


# Responses


def _httpx_response(given: httpx.Response) -> Response:
    return Response(given.status_code, headers(given.headers.raw), given.content)


def _requests_response(given: requests.Response) -> Response:
    fields = given.raw.headers if hasattr(given.raw, "headers") else given.headers
    return Response(given.status_code, text_headers(fields), given.content)


def _urllib3_response(given: urllib3.BaseHTTPResponse) -> Response:
    return Response(given.status, text_headers(given.headers), given.data)


def _aiohttp_response(given: aiohttp.ClientResponse) -> Response:
    body = getattr(given, "_body", None)  # cached by `await read()`; anything else would have to wait
    if body is None:
        raise BodyUnreadable("the response's body was not read; `await response.read()` first")
    return Response(given.status, headers(given.raw_headers), body)


REQUESTS: dict[tuple[str, str], Callable[[Any], Request]] = {
    ("httpx", "Request"): _httpx_request,
    ("httpx2", "Request"): _httpx_request,
    ("requests", "PreparedRequest"): _prepared_request,
    ("requests", "Request"): _unprepared_request,
    ("urllib.request", "Request"): _urllib_request,
    ("starlette.requests", "Request"): _starlette_request,
    ("werkzeug.wrappers", "Request"): _werkzeug_request,
    ("aiohttp.web_request", "BaseRequest"): _aiohttp_request,
}
"""The functions that convert requests, by module and class."""

RESPONSES: dict[tuple[str, str], Callable[[Any], Response]] = {
    ("httpx", "Response"): _httpx_response,
    ("httpx2", "Response"): _httpx_response,
    ("requests", "Response"): _requests_response,
    ("urllib3", "BaseHTTPResponse"): _urllib3_response,
    ("aiohttp", "ClientResponse"): _aiohttp_response,
}
"""The functions that convert responses, by module and class."""
