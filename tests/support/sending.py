"""Requests of the tests, and a transport that records them, and how far its response was read."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterator

import httpx

URL = "https://api.twelvelabs.io/v1.3"
KEY = {"x-api-key": "tlk_made_up_for_tests"}
JSON = {"content-type": "application/json"}
START = b'{"event_type": "stream_start", "metadata": {"generation_id": "a"}}\n'
END = b'{"event_type": "stream_end", "metadata": {"usage": {"output_tokens": 1}}}\n'
ASK = {"video_id": "a", "prompt": "", "stream": True}


class Recorder(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Answers with an event stream, chunk by chunk; records what it was sent, and how far its answer was read."""

    def __init__(self, *chunks: bytes, status: int = 200, headers: dict[str, str] | None = None) -> None:
        self.chunks, self.status, self.headers = chunks, status, headers or {}
        self.sent: list[bytes] = []
        self.read: list[bytes] = []
        self.closed = 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.SyncByteStream)
        self.sent.append(b"".join(request.stream))
        return httpx.Response(self.status, headers=self.headers, stream=_Stream(self))

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        assert isinstance(request.stream, httpx.AsyncByteStream)
        self.sent.append(b"".join([chunk async for chunk in request.stream]))
        return httpx.Response(self.status, headers=self.headers, stream=_AsyncStream(self))


class _Stream(httpx.SyncByteStream):
    def __init__(self, owner: Recorder) -> None:
        self.owner = owner

    def __iter__(self) -> Iterator[bytes]:
        for chunk in self.owner.chunks:
            if chunk == b"!":
                raise httpx.ReadError("the network broke")
            self.owner.read.append(chunk)
            yield chunk

    def close(self) -> None:
        self.owner.closed += 1


class _AsyncStream(httpx.AsyncByteStream):
    def __init__(self, owner: Recorder) -> None:
        self.owner = owner

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self.owner.chunks:
            await asyncio.sleep(0)
            self.owner.read.append(chunk)
            yield chunk

    async def aclose(self) -> None:
        self.owner.closed += 1
