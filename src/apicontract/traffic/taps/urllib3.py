"""The tap of urllib3: each attempt, on its own connection, is one exchange.

`HTTPConnectionPool._make_request` is called for each attempt, below redirects and retries, and above the connection,
which VCR replaces. The name is private to urllib3, so its presence is checked before it is wrapped.
"""

from __future__ import annotations

import functools
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from importlib import metadata
from typing import Any

import urllib3

from apicontract.checks import adapters
from apicontract.traffic.taps import bodies
from apicontract.traffic.taps.pending import PendingExchange
from apicontract.traffic.taps.protocol import Done, Follow, Sending, replaced
from apicontract.wire.messages import Headers

LIBRARY = "urllib3"
PLACE = "_make_request"
"""The methods of a connection pool that are wrapped."""


@contextmanager
def tap(follow: Follow) -> Iterator[None]:
    """Follow the exchanges of every pool."""
    wrap = functools.partial(_wrapped, follow)
    with replaced(urllib3.HTTPConnectionPool, PLACE, wrap, needs="urllib3 2", version=metadata.version("urllib3")):
        yield


def _wrapped(follow: Follow, original: Callable[..., Any]) -> Callable[..., Any]:
    @functools.wraps(original)
    def make_request(
        pool: Any, conn: Any, method: str, url: str, body: Any = None, headers: Any = None, *args: Any, **named: Any
    ) -> Any:
        __tracebackhide__ = True
        sending = Sending(LIBRARY, method, _absolute(pool, url))
        sent: list[Any] = [body]

        def begin(known: str, done: Done) -> _Pending:
            sent[0], copy = bodies.seen(body)
            return _Pending(sending, known, done, adapters.text_headers(headers or {}), copy)

        def send() -> Any:
            __tracebackhide__ = True
            if getattr(conn, "real_connection", None) is None:  # set on those of VCR
                follow.leave(LIBRARY, method, sending.url)
            return original(pool, conn, method, url, sent[0], headers, *args, **named)

        return follow.call(sending, begin, send)

    return make_request


def _absolute(pool: Any, url: str) -> str:
    """Return the URL of a request; a request to a proxy has all of it."""
    if url.startswith(("http://", "https://")):
        return url
    port = "" if pool.port in (None, {"http": 80, "https": 443}.get(pool.scheme)) else f":{pool.port}"
    host = f"[{pool.host.strip('[]')}]" if ":" in pool.host else pool.host
    return f"{pool.scheme}://{host}{port}{url}"


class _Pending(PendingExchange):
    def answered(self, response: Any, *, network: bool) -> None:
        """Take the response; its body is not read yet, unless it was preloaded."""
        fields = Headers(list(response.headers.items()))
        body = vars(response).get("_body")
        if not isinstance(response, urllib3.BaseHTTPResponse):  # of VCR, which is in memory
            body = bodies.decoded(fields.get("content-encoding"), response.data)
        if isinstance(body, bytes):
            self.whole(response.status, fields, body, network=network)
        else:
            copy = self.streamed(response.status, fields, network=network)
            bodies.tee(response, copy, ended=lambda: response.length_remaining == 0)
