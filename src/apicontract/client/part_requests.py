"""The request that sends one part of a file to a presigned URL, and its outcome.

It is sent by the caller's httpx client, for its proxies, certificates and connections, but without its default headers,
cookies and authentication, and never with the key. A presigned URL gives access to the file like a key, so no error
shows its query.
"""

from __future__ import annotations

from collections.abc import AsyncIterator, Callable, Iterator, Mapping
from contextlib import suppress
from typing import Any, NamedTuple

import httpx
from anyio import to_thread

from apicontract.client import decoding
from apicontract.client.errors import StatusError, status_error
from apicontract.client.options import BARE, FRAMING, is_header_value
from apicontract.client.part_files import Part, PartContent
from apicontract.openapi.media_types import BYTES


class Sending(NamedTuple):
    """A part on its way."""

    part: Part
    content: PartContent
    address: httpx.URL
    headers: Mapping[str, str]
    """The headers that the service requires."""
    timeout: httpx.Timeout
    pause: float
    """Seconds to wait before sending."""

    def request(self, stream: httpx.SyncByteStream | httpx.AsyncByteStream) -> httpx.Request:
        """Return the request."""
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
    """The outcome of sending a part."""

    part: Part
    checksum: int
    result: httpx.Response | Exception


def usable_headers(found: Mapping[str, Any]) -> dict[str, str]:
    """Return the headers that can be sent, of those that a part requires."""
    return {name: value for name, value in found.items() if is_header_value(name) and is_header_value(value)}


def proof(response: httpx.Response) -> str:
    """Return the `ETag` of a response without its quotes; empty if there is none."""
    tag: str = response.headers.get("etag", "").strip()
    return tag.removeprefix("W/").strip('"')


def is_refusal(response: httpx.Response) -> bool:
    """Return whether a response rejects the request, as for an expired URL."""
    return 300 <= response.status_code < 500 and response.status_code not in (408, 429)


def failure(operation: str, result: httpx.Response | httpx.TransportError) -> httpx.TransportError | StatusError:
    """Return the error for an outcome, without the query of the URL."""
    if isinstance(result, httpx.TransportError):
        with suppress(RuntimeError):  # a hook can raise one without a request
            result.request = shown(result.request)
        return result
    response = httpx.Response(
        result.status_code,
        headers=[(n, v) for n, v in result.headers.multi_items() if n not in ("content-encoding", "location")],
        content=result.content,
        request=shown(result.request),
    )
    return status_error(operation, response, response.text or None)


def shown(request: httpx.Request) -> httpx.Request:
    """Return a request without its headers, its body and the query of its URL, for errors."""
    return httpx.Request(request.method, request.url.copy_with(query=None))


class SyncPart(httpx.SyncByteStream):
    """The chunks of a part; `check` may raise between them, to end a request that nobody waits for."""

    def __init__(self, content: PartContent, check: Callable[[], None]) -> None:
        """Take the content, which can be read once."""
        self._content = content
        self._check = check

    def __iter__(self) -> Iterator[bytes]:
        while (piece := self._content.next()) is not None:
            self._check()
            yield piece


class AsyncPart(httpx.AsyncByteStream):
    """The same; each chunk is read in a thread, because reading a file blocks."""

    def __init__(self, content: PartContent) -> None:
        """Take the content, which can be read once."""
        self._content = content

    async def __aiter__(self) -> AsyncIterator[bytes]:
        while (piece := await to_thread.run_sync(self._content.next)) is not None:
            yield piece


def read(response: httpx.Response) -> None:
    """Read the body of a response; one that cannot be decoded is ignored, and one of a rejection that broke off."""
    try:
        decoding.read(response)
    except (httpx.DecodingError, httpx.TransportError) as error:
        _ignore(error, response)
    finally:
        response.close()


async def aread(response: httpx.Response) -> None:
    """Read the body of an asynchronous response, as `read` does."""
    try:
        await decoding.aread(response)
    except (httpx.DecodingError, httpx.TransportError) as error:
        _ignore(error, response)
    finally:
        await response.aclose()


def _ignore(error: Exception, response: httpx.Response) -> None:
    if response.is_success and isinstance(error, httpx.TransportError):
        raise error
    decoding.put(response, b"")
