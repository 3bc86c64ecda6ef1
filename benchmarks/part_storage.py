"""A service that takes files in parts, as a process of its own: it counts bytes, and answers each part after 50 ms.

    python -m benchmarks.part_storage

It writes its port on a line, and ends when its standard input does. `GET /counts` says what came since the last time.
"""

from __future__ import annotations

import asyncio
import hashlib
import json
import sys
from typing import Any

PART = 8 * 1024 * 1024
DELAY = 0.05
"""Seconds from the last byte of a part to its answer."""


class Service:
    """What has come."""

    def __init__(self) -> None:
        self.port = 0
        self.size = 0
        self.parts = 0
        self.bytes = 0
        self.reported = 0
        self.digests: dict[int, list[str]] = {}
        """The SHA-256 of each part, as often as it came; kept only where `hashes` says so."""
        self.hashes = False
        self.most: int | None = None
        """After so many parts no other is read, as by a storage that hangs; what is no part is answered."""

    @property
    def hangs(self) -> bool:
        """Whether it has all the parts that it takes."""
        return self.most is not None and self.parts >= self.most

    def answer(self, method: str, target: str, body: bytes) -> Any:
        """Answer what is no part."""
        if target == "/counts":
            counts = {"parts": self.parts, "bytes": self.bytes, "reported": self.reported}
            self.parts = self.bytes = self.reported = 0
            return counts
        path = target.partition("?")[0].removeprefix("/v1.3")
        given = json.loads(body) if body else {}
        if path == "/assets/multipart-uploads":
            self.size = given["total_size"]
            return {
                "upload_id": "u",
                "asset_id": "a",
                "chunk_size": PART,
                "total_chunks": self.count,
                "upload_urls": self.addresses(1, min(50, self.count)),
                "upload_headers": {"Content-Type": "application/octet-stream"},
            }
        if path.endswith("/presigned-urls"):
            return {"upload_urls": self.addresses(given["start"], given["count"])}
        if path.startswith("/assets/multipart-uploads/"):
            if method == "GET":
                return {"status": "completed" if self.reported >= self.count else "active", "uploaded_chunks": []}
            self.reported += len(given["completed_chunks"])
            done = {"url": "https://media.example.com/a"} if self.reported >= self.count else {}
            return {"asset_id": "a", "total_completed": self.reported, **done}
        return {"_id": "a", "status": "processing"}

    @property
    def count(self) -> int:
        """The number of parts of the file."""
        return -(-self.size // PART)

    def addresses(self, first: int, count: int) -> list[dict[str, Any]]:
        """Make addresses of parts."""
        return [
            {"chunk_index": number, "url": f"http://127.0.0.1:{self.port}/parts/{number}?signature=s"}
            for number in range(first, min(first + count, self.count + 1))
        ]


class Talk(asyncio.BufferedProtocol):
    """One connection; bodies of parts are counted and dropped."""

    def __init__(self, service: Service) -> None:
        self._service = service
        self._buffer = bytearray(1024 * 1024)
        self._head = b""
        self._body: list[bytes] = []
        self._left = -1
        self._first = ("", "")
        self._transport: asyncio.Transport

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        """Keep what is answered to."""
        assert isinstance(transport, asyncio.Transport)  # noqa: S101 - what a stream server is given
        self._transport = transport

    def eof_received(self) -> None:
        """Close as the other side does."""

    def get_buffer(self, sizehint: int) -> bytearray:  # noqa: ARG002 - the buffer is always the same
        """Return where bytes are put."""
        return self._buffer

    def buffer_updated(self, nbytes: int) -> None:
        """Take bytes: of a head, or of a body."""
        data = memoryview(self._buffer)[:nbytes]
        if self._left < 0:
            self._head += bytes(data)
            head, end, rest = self._head.partition(b"\r\n\r\n")
            if not end:
                return
            first, *lines = head.decode("latin-1").split("\r\n")
            method, target, _ = first.split(" ")
            fields = {name.lower(): value.strip() for name, _, value in (line.partition(":") for line in lines)}
            self._first = method, target
            self._head, self._body, self._left = b"", [], int(fields.get("content-length", "0"))
            self._digest = hashlib.sha256()
            data = memoryview(rest)
        if self._service.hangs and self._first[0] == "PUT":
            self._transport.pause_reading()
            return
        self._left -= len(data)
        if self._first[0] != "PUT":
            self._body.append(bytes(data))
        else:
            self._service.bytes += len(data)
            if self._service.hashes:
                self._digest.update(data)
        if self._left == 0:
            self._left = -1
            self._over()

    def _over(self) -> None:
        method, target = self._first
        if method == "PUT":
            self._service.parts += 1
            if self._service.hashes:
                number = int(target.partition("?")[0].rpartition("/")[2])
                self._service.digests.setdefault(number, []).append(self._digest.hexdigest())
            asyncio.get_running_loop().call_later(DELAY, self._send, b"", 'ETag: "e"\r\n')
        else:
            found = self._service.answer(method, target, b"".join(self._body))
            self._send(json.dumps(found).encode(), "Content-Type: application/json\r\n")

    def _send(self, body: bytes, headers: str) -> None:
        self._transport.write(f"HTTP/1.1 200 OK\r\n{headers}Content-Length: {len(body)}\r\n\r\n".encode() + body)


async def main() -> None:
    """Serve until standard input ends."""
    service = Service()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Talk(service), "127.0.0.1", 0)
    service.port = server.sockets[0].getsockname()[1]
    print(service.port, flush=True)
    await loop.run_in_executor(None, sys.stdin.read)


if __name__ == "__main__":
    asyncio.run(main())
