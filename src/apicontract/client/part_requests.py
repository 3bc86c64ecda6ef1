"""The request that carries one part of a file to a presigned address, and what came of it.

It goes through the httpx client of the caller, for its proxies, certificates and connections, but has nothing else of
it: no default headers, no cookies, no authentication, and never the key. An address is as good as a key for the file it
is for, so no error shows its query.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import httpx
from anyio import to_thread

from apicontract.client import decoding
from apicontract.client.errors import StatusError, status_error
from apicontract.client.options import FRAMING, is_header_value
from apicontract.client.part_files import Part, PartContent
from apicontract.openapi.media_types import BYTES

BARE = "apicontract.bare"
"""The extension of a request that has nothing of the client that sends it."""


class Sending(NamedTuple):
    """A part on its way."""

    part: Part
    content: PartContent
    address: httpx.URL
    headers: Mapping[str, str]
    """Those that the service asks for."""
    timeout: httpx.Timeout
    pause: float
    """Seconds to wait before."""

    def request(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> httpx.Request:
        """Write the request."""
        asked = {name.lower(): value for name, value in self.headers.items()}
        kept = {name: value for name, value in asked.items() if name not in FRAMING - {"content-type"}}
        headers = [
            (b"host", self.address.netloc),
            *((name.encode(), value.encode()) for name, value in {"content-type": BYTES, **kept}.items()),
            (b"content-length", str(self.part.length).encode()),
        ]
        extensions = {"timeout": self.timeout.as_dict(), BARE: True}
        return httpx.Request("PUT", self.address, headers=headers, stream=stream, extensions=extensions)


class Outcome(NamedTuple):
    """What came of a part."""

    part: Part
    checksum: int
    result: httpx.Response | Exception


def usable_headers(found: Mapping[str, Any]) -> dict[str, str]:
    """Return the headers that can be sent, of those that a service asks for."""
    return {name: value for name, value in found.items() if is_header_value(name) and is_header_value(value)}


def proof(response: httpx.Response) -> str:
    """Return the `ETag` of an answer without its quotes; empty if there is none."""
    tag: str = response.headers.get("etag", "").strip()
    return tag.removeprefix("W/").strip('"')


def is_refusal(response: httpx.Response) -> bool:
    """Whether an answer says that the request is wrong, as an address is that has expired."""
    return 300 <= response.status_code < 500 and response.status_code not in (408, 429)


def failure(operation: str, result: httpx.Response | httpx.TransportError) -> httpx.TransportError | StatusError:
    """Return the error that an outcome means, without the query of the address."""
    if isinstance(result, httpx.TransportError):
        with suppress(RuntimeError):  # a hook can raise one that knows no request
            result.request = _shown(result.request)
        return result
    response = httpx.Response(
        result.status_code,
        headers=[(n, v) for n, v in result.headers.multi_items() if n not in ("content-encoding", "location")],
        content=result.content,
        request=_shown(result.request),
    )
    return status_error(operation, response, response.text or None)


def _shown(request: httpx.Request) -> httpx.Request:
    return httpx.Request(request.method, request.url.copy_with(query=None))


class SyncPart(httpx.SyncByteStream):
    """The pieces of a part; `check` may raise between them, to end a request that nobody waits for."""

    def __init__(self, content: PartContent, check: Callable[[], None]) -> None:
        """Take the content, which is read once."""
        self._content = content
        self._check = check

    def __iter__(self) -> Iterator[bytes]:
        while (piece := self._content.next()) is not None:
            self._check()
            yield piece


class AsyncPart(httpx.AsyncByteStream):
    """The same, each piece read in a thread, as reading a file blocks."""

    def __init__(self, content: PartContent) -> None:
        """Take the content, which is read once."""
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (piece := await to_thread.run_sync(self._content.next)) is not None:
            yield piece


def read(response: httpx.Response) -> None:
    """Read what a host answers beside its status; a body that cannot be decoded says nothing."""
    try:
        decoding.read(response)
    except httpx.DecodingError:
        decoding.put(response, b"")
    finally:
        response.close()


async def aread(response: httpx.Response) -> None:
    """Do the same where reading is awaited."""
    try:
        await decoding.aread(response)
    except httpx.DecodingError:
        decoding.put(response, b"")
    finally:
        await response.aclose()
