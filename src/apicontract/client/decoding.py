"""Reading the whole body of an answer, as far as that is sane.

A few bytes of a compressed body can stand for all the memory there is. So what is counted is what comes out of the
decoder, piece by piece: a piece of 64 kB off the wire is the most that is decoded at once, and with the codings that
are asked for no piece becomes more than a thousand times as large. Of codings one upon the other, each can do so, and
those of other kinds do worse: they are refused.
"""

from __future__ import annotations

from collections.abc import Iterator

import httpx

LARGEST_BODY = 512 * 1024 * 1024
"""Bytes of an answer, decoded; several times what the vectors of the longest video take. Streams have no such bound."""


CODINGS = "gzip, deflate"
"""What is asked for (`Accept-Encoding`), and what is accepted, one at a time."""

PIECE = 64 * 1024
"""Bytes of a stream that are cut into lines at once."""


class CodingRefused(httpx.DecodingError):
    """A content coding could take all memory."""

    def __init__(self) -> None:
        """Say what is accepted."""
        super().__init__(f"only one of {CODINGS} is accepted")


def check_coding(response: httpx.Response) -> None:
    """Refuse what httpx would decode without bounds; a coding that it does not know, it leaves as it is."""
    if "content-encoding" in response.headers:
        named = [coding.strip().lower() for coding in response.headers["content-encoding"].split(",")]
        decoded = [coding for coding in named if coding in ("gzip", "deflate", "br", "zstd")]
        if len(decoded) > 1 or {"br", "zstd"} & {*decoded}:
            raise CodingRefused


def pieces(chunk: bytes) -> Iterator[bytes]:
    """Cut what came out of the decoder at once, so that as many empty lines as there is memory do not take it all."""
    for start in range(0, len(chunk), PIECE):
        yield chunk[start : start + PIECE]


class TooLarge(httpx.DecodingError):
    """A body is larger than `LARGEST_BODY`."""

    def __init__(self) -> None:
        """Say how large it may be."""
        super().__init__(f"the body has more than {LARGEST_BODY:,} bytes")


def put(response: httpx.Response, content: bytes) -> None:
    """Put a body where `Response.read` puts it.

    httpx has no public way to hand in what was read by hand. It is pinned below its next minor version, and every test
    that reads an answer would tell.
    """
    response._content = content  # pyright: ignore[reportPrivateUsage] - see above


def read(response: httpx.Response) -> None:
    """Read a body as `Response.read` does; raises `TooLarge`, `CodingRefused`, and what that raises."""
    check_coding(response)
    body: list[bytes] = []
    size = 0
    for piece in response.iter_bytes():
        body.append(piece)
        size = _bounded(size + len(piece))
    put(response, b"".join(body))


async def aread(response: httpx.Response) -> None:
    """Do the same where reading is awaited."""
    check_coding(response)
    body: list[bytes] = []
    size = 0
    async for piece in response.aiter_bytes():
        body.append(piece)
        size = _bounded(size + len(piece))
    put(response, b"".join(body))


def _bounded(size: int) -> int:
    if size > LARGEST_BODY:
        raise TooLarge
    return size
