"""Read the whole body of a response, with a limit on its decoded size.

A few compressed bytes could expand until the memory is full. So the size is counted after decoding, chunk by chunk: at
most 64 kB from the network are decoded at once, and with the accepted codings no chunk becomes more than a thousand
times as large. Several stacked codings, and other kinds of coding, can be worse, so they are rejected.
"""

from __future__ import annotations

from collections.abc import Iterable

import httpx

from apicontract.client.hooks import BodyUnread

LARGEST_BODY = 512 * 1024 * 1024
"""The maximum size of a response body in bytes, decoded; several times the vectors of the longest video. Streams have
no such limit."""


CODINGS = "gzip, deflate"
"""The accepted codings, one at a time, as sent in `Accept-Encoding`."""

PIECE = 64 * 1024
"""The number of bytes of a stream that are cut into lines at once."""


class CodingRefused(httpx.DecodingError):
    """A content coding that could fill the memory."""

    def __init__(self) -> None:
        """Set the message."""
        super().__init__(f"only one of {CODINGS} is accepted")


def check_coding(response: httpx.Response) -> None:
    """Raise `CodingRefused` for codings that httpx would decode without a limit; it leaves unknown ones undecoded."""
    if "content-encoding" in response.headers:
        named = [coding.strip().lower() for coding in response.headers["content-encoding"].split(",")]
        decoded = [coding for coding in named if coding in ("gzip", "deflate", "br", "zstd")]
        if len(decoded) > 1 or {"br", "zstd"} & {*decoded}:
            raise CodingRefused


def pieces(chunk: bytes) -> Iterable[bytes]:
    """Split decoded data into pieces, so that a huge number of empty lines cannot fill the memory."""
    if len(chunk) <= PIECE:
        return (chunk,)
    return (chunk[start : start + PIECE] for start in range(0, len(chunk), PIECE))


class TooLarge(httpx.DecodingError):
    """A body is larger than `LARGEST_BODY`."""

    def __init__(self) -> None:
        """Set the message."""
        super().__init__(f"the body has more than {LARGEST_BODY:,} bytes")


def put(response: httpx.Response, content: bytes) -> None:
    """Store a body in a response, as `Response.read` does.

    httpx has no public way to set a body that was read by other means. It is pinned below its next minor version, and
    every test that reads a response would notice a change.
    """
    response._content = content  # pyright: ignore[reportPrivateUsage] - see above


def read(response: httpx.Response) -> None:
    """Read a body as `Response.read` does; raise `TooLarge`, `CodingRefused`, `BodyUnread`, or its errors."""
    check_coding(response)
    body: list[bytes] = []
    size = 0
    try:
        for piece in response.iter_bytes():
            body.append(piece)
            size = _bounded(size + len(piece))
    except httpx.StreamError:
        raise BodyUnread from None
    put(response, b"".join(body))


async def aread(response: httpx.Response) -> None:
    """Read the body of an asynchronous response, as `read` does."""
    check_coding(response)
    body: list[bytes] = []
    size = 0
    try:
        async for piece in response.aiter_bytes():
            body.append(piece)
            size = _bounded(size + len(piece))
    except httpx.StreamError:
        raise BodyUnread from None
    put(response, b"".join(body))


def _bounded(size: int) -> int:
    if size > LARGEST_BODY:
        raise TooLarge
    return size
