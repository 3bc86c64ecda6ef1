"""A connection with a timeout and a size limit for the request line and headers; everything else is left to uvicorn.

uvicorn only limits the time between two requests. Without this, a client that sends its headers byte by byte, or never
ends them, or sends requests without reading responses, keeps a connection or fills the memory.
"""

from __future__ import annotations

import asyncio
from typing import Any, cast

from uvicorn.protocols.http.auto import AutoHTTPProtocol

_AT_ONCE = 16 << 10
"""The number of bytes that are passed on between two checks of the limits: at most a few hundred requests."""


class Connection(asyncio.Protocol):
    """Passes everything to uvicorn's protocol, and closes connections without a complete request."""

    def __init__(self, **given: Any) -> None:
        """Take the arguments of uvicorn's protocol; the limits are those of its application."""
        self._limits = given["config"].app.limits
        self._inner = cast("Any", AutoHTTPProtocol)(**given)
        self._transport: asyncio.BaseTransport | None = None
        self._timer: asyncio.TimerHandle | None = None
        self._bytes = 0

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Start to wait for a request."""
        self._transport = transport
        self._inner.connection_made(transport)
        self._wait()

    def data_received(self, data: bytes) -> None:
        """Pass on bytes, and check whether they have completed a request."""
        for at in range(0, len(data), _AT_ONCE):
            self._received(data[at : at + _AT_ONCE])

    def _received(self, data: bytes) -> None:
        if self._transport is None or self._transport.is_closing():
            return
        self._bytes += len(data)
        self._inner.data_received(data)
        if len(getattr(self._inner, "pipeline", ())) > self._limits.waiting:
            self._close()
        elif self._begun():
            self._stop()
        elif self._bytes > self._limits.fields:
            self._close()
        elif self._timer is None:
            self._wait()

    def eof_received(self) -> bool | None:
        """Pass the event on to uvicorn's protocol."""
        kept: bool | None = self._inner.eof_received()
        return kept

    def connection_lost(self, exc: Exception | None) -> None:
        """Pass the event on to uvicorn's protocol, and stop waiting for a request."""
        self._stop()
        self._inner.connection_lost(exc)

    def pause_writing(self) -> None:
        """Pass the event on to uvicorn's protocol."""
        self._inner.pause_writing()

    def resume_writing(self) -> None:
        """Pass the event on to uvicorn's protocol."""
        self._inner.resume_writing()

    def _begun(self) -> bool:
        """Return whether the headers of a request are complete, and its response is not."""
        cycle = self._inner.cycle
        return cycle is not None and not cycle.response_complete

    def _wait(self) -> None:
        self._timer = asyncio.get_running_loop().call_later(self._limits.begin, self._close)

    def _stop(self) -> None:
        self._bytes = 0
        if self._timer is not None:
            self._timer.cancel()
            self._timer = None

    def _close(self) -> None:
        if self._transport is not None:
            self._transport.close()
