"""Floor 3: httpx requests and responses in neutral form; httpx is never imported here, only recognised."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, TypeAlias

from twelvelabs_contract._wire.message import Headers, Request, Response

if TYPE_CHECKING:
    import httpx

AnyRequest: TypeAlias = "Request | httpx.Request"
AnyResponse: TypeAlias = "Response | httpx.Response"


def request(given: AnyRequest) -> Request:
    """Bring a request to neutral form; a body that was not read yet is read, and stays readable for the sender."""
    if isinstance(given, Request):
        return given
    if (httpx := sys.modules.get("httpx")) and isinstance(given, httpx.Request):
        return Request(given.method, str(given.url), _headers(given.headers), given.read())
    raise TypeError(f"a request is needed (httpx.Request or twelvelabs_contract.Request), not {type(given).__name__}")


def response(given: AnyResponse) -> Response:
    """Bring a response to neutral form; `httpx.ResponseNotRead` for a streamed one that its owner did not read."""
    if isinstance(given, Response):
        return given
    if (httpx := sys.modules.get("httpx")) and isinstance(given, httpx.Response):
        return Response(given.status_code, _headers(given.headers), given.content)
    raise TypeError(
        f"a response is needed (httpx.Response or twelvelabs_contract.Response), not {type(given).__name__}"
    )


def sent(given: AnyResponse) -> Request | None:
    """Return the request that an httpx response answers, if it knows it."""
    if isinstance(given, Response):
        return None
    try:
        return request(given.request)
    except RuntimeError:  # httpx's word for a response that was made by hand
        return None


def _headers(headers: httpx.Headers) -> Headers:
    return Headers([(name.decode("latin-1"), value.decode("latin-1")) for name, value in headers.raw])
