"""Httpx requests and responses in neutral form; httpx is never imported here, only recognised."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeAlias

from apicontract.wire.messages import Headers, Request, Response

if TYPE_CHECKING:
    import httpx

AnyRequest: TypeAlias = "Request | httpx.Request"
AnyResponse: TypeAlias = "Response | httpx.Response"


class BodyUnreadable(ValueError):
    """The body of a request cannot be read: it was sent already, or only a coroutine can read it."""


def request(given: AnyRequest) -> Request:
    """Bring a request to neutral form; a body that was not read yet is read, and stays readable for the sender.

    Raises `BodyUnreadable` for a stream that was consumed or closed, and for an asynchronous one that was not read.
    """
    if isinstance(given, Request):
        return given
    if not _is(given, "Request"):
        raise TypeError(
            f"a request is needed (httpx.Request, or a Request of this package), not {type(given).__name__}"
        )
    try:
        return _neutral(given, given.read())
    except (RuntimeError, ValueError, AssertionError) as error:  # httpx has no one error for this
        advice = "check it before it is sent, and `await request.aread()` first if it is asynchronous"
        raise BodyUnreadable(f"the request's body cannot be read ({error or 'asynchronous'}); {advice}") from error


def response(given: AnyResponse) -> Response:
    """Bring a response to neutral form; `httpx.ResponseNotRead` for a streamed one that its owner did not read."""
    if isinstance(given, Response):
        return given
    if not _is(given, "Response"):
        kind = type(given).__name__
        raise TypeError(f"a response is needed (httpx.Response, or a Response of this package), not {kind}")
    return Response(given.status_code, headers(given.headers), given.content)


def sent(given: AnyResponse) -> Request | None:
    """Return the request that an httpx response answers, if it knows it; without its body if that is gone."""
    if isinstance(given, Response):
        return None
    try:
        found = given.request
    except RuntimeError:  # httpx's word for a response that was made by hand
        return None
    try:
        return _neutral(found, found.content)
    except RuntimeError:  # an upload that was streamed
        return _neutral(found, b"")


def _is(given: object, name: str) -> bool:
    """Whether this is an object of httpx, which is never imported here: who has one has imported it."""
    httpx = sys.modules.get("httpx")
    return httpx is not None and isinstance(given, getattr(httpx, name))


def _neutral(given: httpx.Request, body: bytes) -> Request:
    return Request(given.method, str(given.url), headers(given.headers), body)


def headers(given: httpx.Headers) -> Headers:
    """Bring header fields to neutral form."""
    return Headers([(name.decode("latin-1"), value.decode("latin-1")) for name, value in given.raw])
