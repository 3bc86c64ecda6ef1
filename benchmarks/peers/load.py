"""Load on a server: sixteen connections that are kept alive, each with the requests in turn.

    python -m benchmarks.peers.load PORT SECONDS

Written by hand, as a client that reads answers as objects would be slower than the servers. Prints a line of JSON.
"""

from __future__ import annotations

import asyncio
import json
import os
import sys
import time
from collections import Counter

from benchmarks.peers.requests import REQUESTS

CONNECTIONS = 16


def written(port: int) -> list[bytes]:
    """Return the right requests as bytes."""
    found = []
    for sent in REQUESTS:
        if not sent.wrong:
            request = sent.request(f"http://127.0.0.1:{port}")
            lines = [f"{name}: {value}" for name, value in request.headers.items()]
            head = f"{request.method} {sent.target} HTTP/1.1"
            found.append("\r\n".join([head, *lines, "", ""]).encode() + request.content)
    return found


async def _answer(reader: asyncio.StreamReader) -> str:
    """Read one answer to its end, and return its status."""
    head = (await reader.readuntil(b"\r\n\r\n")).lower()
    if b"transfer-encoding: chunked" in head:
        while size := int((await reader.readuntil(b"\r\n")).partition(b";")[0], 16):
            await reader.readexactly(size + 2)
        await reader.readuntil(b"\r\n")
    else:
        _, found, rest = head.partition(b"content-length:")
        if found and (size := int(rest.split(b"\r\n", 1)[0])):
            await reader.readexactly(size)
    return head[9:12].decode()


async def _connection(port: int, requests: list[bytes], until: float, statuses: Counter[str]) -> None:
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    position = 0
    while time.perf_counter() < until:
        writer.write(requests[position % len(requests)])
        statuses[await _answer(reader)] += 1
        position += 1
    writer.close()


async def load(port: int, seconds: float) -> tuple[float, Counter[str]]:
    """Send for so many seconds; return how many answers came a second, and how many of each status."""
    requests, statuses, began = written(port), Counter[str](), time.perf_counter()
    connections = (_connection(port, requests, began + seconds, statuses) for _ in range(CONNECTIONS))
    await asyncio.gather(*connections)
    return sum(statuses.values()) / (time.perf_counter() - began), statuses


if __name__ == "__main__":
    if hasattr(os, "sched_setaffinity") and (os.cpu_count() or 1) > 1:
        os.sched_setaffinity(0, {1})
    rate, found = asyncio.run(load(int(sys.argv[1]), float(sys.argv[2])))
    print(json.dumps({"rate": rate, "statuses": found}))
