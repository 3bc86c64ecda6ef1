"""CORS: which web pages may call the server, those of this machine and of allowed origins ("CORS protocol" of Fetch).

Pages of any other site may not, because they could read the contents of a developer's server.
"""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from urllib.parse import urlsplit

from apicontract.openapi.servers import Origin
from apicontract.server.asgi import Incoming, Reply, whole
from apicontract.wire.messages import Headers

ANY = "*"
"""Stands for every origin."""
_LOCAL = frozenset({"localhost", "127.0.0.1", "::1"})
_SECONDS = "600"
"""The time for which a browser may cache the response to a preflight."""


def origins(given: Collection[str]) -> frozenset[str]:
    """Return origins as browsers send them (RFC 6454, section 6.2); raise `ValueError` for an invalid one."""
    found = set()
    for one in given:
        try:
            parts = urlsplit(one)
            own = str(Origin(parts.scheme, parts.netloc)) if parts.scheme else ""
        except ValueError:  # an invalid port, or brackets that are not closed
            own = ""
        if one not in (ANY, "null") and (not own or "@" in one or f"{parts.scheme}://{parts.netloc}" != one):
            raise ValueError(f"an origin is scheme and host, such as https://app.example.com, or *, not {one!r}")
        found.add(own or one)
    return frozenset(found)


def may_call(origin: str, allowed: Collection[str]) -> bool:
    """Return whether a page of an origin may call the server."""
    if ANY in allowed or origin in allowed:
        return True
    try:
        host = urlsplit(origin).hostname or ""
    except ValueError:  # brackets that are not closed
        return False
    return host in _LOCAL or host.endswith(".localhost")


def preflight(incoming: Incoming, allowed: Collection[str]) -> Reply | None:
    """Respond to a preflight request of a browser; `None` for any other request."""
    origin, method = incoming.headers.get("origin"), incoming.headers.get("access-control-request-method")
    if incoming.method != "OPTIONS" or origin is None or method is None:
        return None
    if not may_call(origin, allowed):
        said = f"pages of {origin} may not call this server; allow it with --allow-origin {origin}"
        return Reply(403, Headers({"content-type": "text/plain; charset=utf-8"}), whole(said.encode()))
    fields = {"access-control-allow-methods": method, "access-control-max-age": _SECONDS}
    asked = incoming.headers.get("access-control-request-headers")
    if asked:
        fields["access-control-allow-headers"] = asked
    if incoming.headers.get("access-control-request-private-network") == "true":
        fields["access-control-allow-private-network"] = "true"
    return readable(Reply(204, Headers(fields), whole(b"")), origin)


def readable(reply: Reply, origin: str) -> Reply:
    """Allow pages of an origin to read a response."""
    fields = {"access-control-allow-origin": origin, "access-control-expose-headers": "*", "vary": "origin"}
    return replace(reply, headers=Headers([*reply.headers.items, *fields.items()]))
