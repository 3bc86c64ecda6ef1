"""Files to upload, and clients that send them."""

from __future__ import annotations

import io
import threading
from typing import Any

import httpx

from apicontract.client import Answer
from apicontract.openapi.media_types import parse as parse_media
from apicontract.wire.multipart import Part, parse
from tests.client.conftest import World, answer
from tests.client.tiny_api import Note


class Pipe(io.RawIOBase):
    """A file that cannot go back, as a pipe or a socket."""

    def __init__(self, content: bytes) -> None:
        self._content = io.BytesIO(content)
        self.readers: set[int] = set()

    def readable(self) -> bool:
        return True

    def read(self, size: int | None = -1, /) -> bytes:
        if size:
            self.readers.add(threading.get_ident())
        return self._content.read(size)


class Opening(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """A transport that does not connect at first, and then reads a body piece by piece without keeping it."""

    def __init__(self, failures: int) -> None:
        self.failures = failures
        self.sizes: list[int] = []
        self.length = ""

    def _begin(self, request: httpx.Request) -> None:
        self.length = request.headers.get("content-length", "")
        if self.failures:
            self.failures -= 1
            raise httpx.ConnectError("refused", request=request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self._begin(request)
        assert isinstance(request.stream, httpx.SyncByteStream)
        self.sizes = [len(chunk) for chunk in request.stream]
        return answer({"_id": "n"})

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self._begin(request)
        assert isinstance(request.stream, httpx.AsyncByteStream)
        self.sizes = [len(chunk) async for chunk in request.stream]
        return answer({"_id": "n"})


def upload(world: World, answers: list[httpx.Response] | None = None, validate: bool = True, **body: Any) -> None:
    """Send a form; the last of the answers is repeated."""
    left = list(answers or [])
    client = world.client(lambda _: left.pop(0) if left else answer({"_id": "n"}), validate=validate)
    world.do(lambda: client.call("uploads.create", Answer[Note], body=body))


def parts(world: World, attempt: int = -1) -> list[Part]:
    """Read the parts that were sent."""
    kind, options = parse_media(world.requests[attempt].headers["content-type"])
    assert kind == "multipart/form-data"
    return parse(world.bodies[attempt], options["boundary"])
