"""Requests and responses in neutral form, independent of any HTTP library and recording format."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple, TypeAlias

from apicontract.openapi.secrets import secrets


@dataclass(frozen=True, slots=True, init=False)
class Headers:
    """Header fields in order; names are case-insensitive."""

    items: tuple[tuple[str, str], ...]

    def __init__(self, fields: Mapping[str, str] | Iterable[tuple[str, str]] = ()) -> None:
        """Take a mapping, or pairs in which a name may be repeated."""
        pairs = fields.items() if isinstance(fields, Mapping) else fields
        object.__setattr__(self, "items", tuple((name.lower(), value) for name, value in pairs))

    def get(self, name: str) -> str | None:
        """Return the value of a field, or `None`; repeated fields are joined by commas (RFC 9110, section 5.3)."""
        wanted = name.lower()
        found = [value for key, value in self.items if key == wanted]
        return None if not found else found[0] if len(found) == 1 else ", ".join(found)

    def lines(self, name: str) -> list[str]:
        """Return the value of each field with a name."""
        wanted = name.lower()
        return [value for key, value in self.items if key == wanted]

    def __repr__(self) -> str:
        """Show names only: a value can be a key."""
        return f"Headers({', '.join(name for name, _ in self.items)})"


_NO_HEADERS = Headers()
Fields: TypeAlias = Headers | Mapping[str, str] | Iterable[tuple[str, str]]
_NO_SECRETS = frozenset({"accept", "accept-encoding", "connection", "content-type", "host", "user-agent"})


@dataclass(frozen=True, slots=True, init=False)
class Request:
    """A request as it went over the wire."""

    method: str
    url: str
    headers: Headers = _NO_HEADERS
    body: bytes = b""
    """Also accepts `None` for an empty body, and a string, which is encoded as UTF-8."""

    def __init__(self, method: str, url: str, headers: Fields = _NO_HEADERS, body: bytes | str | None = b"") -> None:
        """Take the parts of a request; headers can also be a mapping, or pairs of names and values."""
        _set(self, method=method, url=url, headers=_headers(headers), body=_bytes(body))

    def __repr__(self) -> str:
        """Hide everything that may contain a key: query, body, user information, and the values of headers."""
        start, _, rest = re.split("[?#]", self.url, maxsplit=1)[0].partition("//")
        held = secrets(*(value.rpartition(" ")[2] for name, value in self.headers.items if name not in _NO_SECRETS))
        url = f"{start}//{rest.rpartition('@')[2]}" if rest else start
        return held.text(f"Request({self.method!r}, {url!r}, {self.headers!r}, {len(self.body)} bytes)")


@dataclass(frozen=True, slots=True, init=False)
class Response:
    """A response as it came over the wire, with content codings (gzip) decoded."""

    status: int
    headers: Headers = _NO_HEADERS
    body: bytes = b""
    """Accepts the same values as for a request."""

    def __init__(self, status: int, headers: Fields = _NO_HEADERS, body: bytes | str | None = b"") -> None:
        """Take the parts of a response; headers as those of a request."""
        _set(self, status=status, headers=_headers(headers), body=_bytes(body))

    def __repr__(self) -> str:
        return f"Response({self.status}, {self.headers!r}, {len(self.body)} bytes)"


class Exchange(NamedTuple):
    """A request and the response to it, both in neutral form."""

    request: Request
    """Its URL is below a server of the document, also if it was sent to another base URL that stands for it."""
    response: Response | None
    """`None` if there was no response."""
    complete: bool
    """Whether the response is complete; if not, its body is what was read before it was closed."""
    real: bool
    """Whether the response came over a network, and not from a mock."""
    unseen: frozenset[str]
    """Those of `request` and `response` whose body is unknown: too large, not decodable, or never sent completely."""
    label: str
    """Method and URL as they were sent, without query and credentials."""
    broken: str = ""
    """Why the server never responded, or ended its response early; empty if it did not, or if that is unknown."""


def _headers(fields: Fields) -> Headers:
    return fields if isinstance(fields, Headers) else Headers(fields)


def _bytes(body: object) -> bytes:
    if body is None:
        return b""
    if isinstance(body, str):
        return body.encode()
    if not isinstance(body, bytes):
        raise TypeError(f"a body is bytes or a string, not {type(body).__name__}; encode it as it is sent")
    return body


def _set(message: Request | Response, **parts: object) -> None:
    for name, value in parts.items():
        object.__setattr__(message, name, value)
