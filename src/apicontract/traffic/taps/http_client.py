"""The tap of http.client, which `urllib.request` and many others use, and of VCR, which replaces it.

*Hooks.* A request consists of several calls: `putrequest`, `putheader` for each field, `endheaders`, perhaps with the
body, `send` for the rest of it, and `getresponse`. `HTTPConnection.request` makes all but the last of them. So a
request is followed from the first of them to the last. VCR's connections have the same methods, and store their
arguments until `getresponse`, which replays a response, or sends the request by a connection of http.client.
"""

from __future__ import annotations

import functools
import sys
from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager
from http.client import HTTPS_PORT, HTTPConnection
from typing import Any
from weakref import WeakKeyDictionary

from apicontract.traffic.taps import bodies
from apicontract.traffic.taps.bodies import Copy
from apicontract.traffic.taps.pending import PendingExchange
from apicontract.traffic.taps.protocol import Done, Follow, Sending, replaced
from apicontract.wire.messages import Headers

LIBRARY = "http.client"


@contextmanager
def tap(follow: Follow) -> Iterator[None]:
    """Follow the exchanges of every connection."""
    with _Connections(follow, HTTPConnection, network=True).hooked():
        yield


@contextmanager
def tap_vcr(follow: Follow) -> Iterator[None]:
    """Follow the exchanges of every connection that VCR replaces."""
    stubs: Any = sys.modules["vcr.stubs"]
    with _Connections(follow, stubs.VCRConnection, network=False).hooked():
        yield


class _Connections:
    """Follows the connections of one class."""

    def __init__(self, follow: Follow, owner: Any, *, network: bool) -> None:
        self._follow, self._owner, self._network = follow, owner, network
        self._open: WeakKeyDictionary[Any, _Pending] = WeakKeyDictionary()
        """The requests that have started and have no response yet."""

    @contextmanager
    def hooked(self) -> Iterator[None]:
        """Install a hook on every method that is called for a request."""
        hooks: dict[str, Callable[[Any], Any]] = {
            "putrequest": self._putrequest,
            "putheader": self._putheader,
            "endheaders": self._endheaders,
            "send": self._send,
            "getresponse": self._getresponse,
            "close": self._close,
        }
        if not self._network:
            hooks["request"] = self._request
        with ExitStack() as stack:
            for name, wrap in hooks.items():
                stack.enter_context(
                    replaced(self._owner, name, wrap, needs="http.client's methods", version=str(self._owner))
                )
            yield

    def _begin(self, connection: Any, method: str, url: str) -> _Pending | None:
        pending = self._open.pop(connection, None)
        if pending is not None:
            pending.failed()
        hook = "" if self._network else "vcr"
        sending = Sending(LIBRARY, method, _absolute(connection, url), self._network, hook)
        pending = self._follow.begin(sending, functools.partial(_Pending, sending))
        if pending is not None:
            self._open[connection] = pending
        return pending

    def _putrequest(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def putrequest(connection: Any, method: str, url: str, *args: Any, **named: Any) -> Any:
            __tracebackhide__ = True
            if self._network:
                self._follow.leave(LIBRARY, method, _absolute(connection, url))
            self._begin(connection, method, url)
            return original(connection, method, url, *args, **named)

        return putrequest

    def _request(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def request(
            connection: Any, method: str, url: str, body: Any = None, headers: Any = None, *args: Any, **named: Any
        ) -> Any:
            __tracebackhide__ = True
            pending = self._begin(connection, method, url)
            if pending is not None:
                pending.fields += [(str(name), str(value)) for name, value in (headers or {}).items()]
                body = pending.holds(body)
            return original(connection, method, url, body, headers, *args, **named)

        return request

    def _putheader(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def putheader(connection: Any, header: Any, *values: Any) -> Any:
            __tracebackhide__ = True
            pending = self._open.get(connection)
            if pending is not None:
                pending.fields.append((_text(header), ", ".join(map(_text, values))))
            return original(connection, header, *values)

        return putheader

    def _endheaders(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def endheaders(connection: Any, message_body: Any = None, **named: Any) -> Any:
            __tracebackhide__ = True
            pending = self._open.get(connection)
            if pending is None:
                return original(connection, message_body, **named)
            body = pending.holds(message_body)
            pending.framing = True
            try:
                return original(connection, body, **named)
            finally:
                pending.framing = False

        return endheaders

    def _send(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def send(connection: Any, data: Any) -> Any:
            __tracebackhide__ = True
            pending = self._open.get(connection)
            if pending is None or pending.framing:  # the headers, and the body passed to `endheaders`
                return original(connection, data)
            given, seen = bodies.seen(data)
            pending.pieces.append(seen)
            return original(connection, given)

        return send

    def _getresponse(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def getresponse(connection: Any, *args: Any, **named: Any) -> Any:
            __tracebackhide__ = True
            pending = self._open.pop(connection, None)
            if pending is None:
                return original(connection, *args, **named)
            pending.ready()
            return self._follow.answer(
                pending.sending, pending, functools.partial(original, connection, *args, **named)
            )

        return getresponse

    def _close(self, original: Callable[..., Any]) -> Callable[..., Any]:
        @functools.wraps(original)
        def close(connection: Any) -> Any:
            __tracebackhide__ = True
            pending = self._open.pop(connection, None)
            if pending is not None:
                pending.ready()
                pending.failed()
            return original(connection)

        return close


class _Pending(PendingExchange):
    """An exchange whose request is sent in several calls."""

    def __init__(self, sending: Sending, url: str, done: Done) -> None:
        """Take the first call."""
        super().__init__(sending, url, done, Headers(), b"")
        self.sending = sending
        self.fields: list[tuple[str, str]] = []
        self.pieces: list[bytes | Copy | None] = []
        self.framing = False
        """Whether sent data is ignored, because its parts are already known."""

    def holds(self, body: Any) -> Any:
        """Return a replacement for a body."""
        given, seen = bodies.seen(body)
        self.pieces.append(seen)
        return given

    def ready(self) -> None:
        """Note that the request was sent completely."""
        self.headers = Headers(self.fields)
        parts = [piece.body() if isinstance(piece, Copy) and piece.complete else piece for piece in self.pieces]
        known = [part for part in parts if isinstance(part, bytes)]
        whole = b"".join(known) if len(known) == len(parts) else None
        chunked = (self.headers.get("transfer-encoding") or "").lower() == "chunked"
        framed = chunked and len(self.pieces) > 1
        self.body = _unframed(whole) if framed and whole is not None else whole

    def answered(self, response: Any, *, network: bool) -> None:
        """Take the response, which is not read yet."""
        copy = self.streamed(response.status, Headers(response.getheaders()), network=network)
        bodies.tee(response, copy, ended=response.isclosed)


def _absolute(connection: Any, url: str) -> str:
    """Return the URL of a request; a request to a proxy has all of it."""
    if url.startswith(("http://", "https://")):
        return url
    wire = getattr(connection, "real_connection", connection)
    tunnel = getattr(wire, "_tunnel_host", None)
    host, port = (tunnel, getattr(wire, "_tunnel_port", None)) if tunnel else (wire.host, wire.port)
    scheme = "https" if wire.default_port == HTTPS_PORT else "http"
    host = f"[{host.strip('[]')}]" if ":" in host else host
    return f"{scheme}://{host}{'' if port in (None, wire.default_port) else f':{port}'}{url}"


def _text(value: Any) -> str:
    return value.decode("latin-1") if isinstance(value, bytes) else str(value)


def _unframed(body: bytes) -> bytes | None:
    """Decode a body that its sender chunked by itself; `None` if it is not chunked."""
    found = []
    while body:
        size, mark, rest = body.partition(b"\r\n")
        try:
            length = int(size.partition(b";")[0], 16)
        except ValueError:
            return None
        if not mark or length == 0:
            break
        found.append(rest[:length])
        body = rest[length + 2 :]
    return b"".join(found)
