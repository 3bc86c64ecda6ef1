"""What one process takes at most, so that no client can exhaust it."""

from __future__ import annotations

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Limits:
    """Bounds on sizes, times and connections."""

    body: int = 64 << 20
    """Bytes of the body of one request; a longer one is answered with 413."""
    held: int = 512 << 20
    """Bytes of the bodies of all requests under way; a request beyond them is answered with 503."""
    fields: int = 64 << 10
    """Bytes of the first line and the fields of a request; then the connection is closed."""
    begin: float = 20.0
    """Seconds in which they must have come, from the first byte, or from the beginning of the connection."""
    waiting: int = 100
    """Requests of one connection that were sent before the answers to earlier ones; then it is closed."""
    receive: float = 300.0
    """Seconds in which the body of a request must have come, else it is answered with 408."""
    send: float = 60.0
    """Seconds that a client may take none of its answer; then the connection is closed."""
    connections: int = 1_000
    """Connections at one time; a request on another one is answered with 503."""
    idle: int = 15
    """Seconds that a connection is kept between two requests."""
    stop: int = 5
    """Seconds that answers under way have when the server is stopped."""
