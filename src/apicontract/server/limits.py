"""Limits of one process, so that no client can exhaust it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Limits on sizes, times and connections."""

    body: int = 64 << 20
    """The maximum size in bytes of the body of one request; a larger one gets a 413."""
    held: int = 512 << 20
    """The maximum size in bytes of all request bodies in progress; a further request gets a 503."""
    fields: int = 64 << 10
    """The maximum size in bytes of the request line and headers; then the connection is closed."""
    begin: float = 20.0
    """Seconds in which the request line and headers must arrive, from the first byte or the start of the connection."""
    waiting: int = 100
    """The maximum number of pipelined requests of one connection; then it is closed."""
    receive: float = 300.0
    """Seconds in which the body of a request must arrive, else it gets a 408."""
    send: float = 60.0
    """Seconds in which a client must read some of its response; then the connection is closed."""
    connections: int = 1_000
    """The maximum number of connections; a request on a further one gets a 503."""
    idle: int = 15
    """Seconds that an idle connection is kept between two requests."""
    stop: int = 5
    """Seconds for responses in progress when the server is stopped."""
