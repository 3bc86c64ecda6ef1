"""Load on the real command: many connections, clients that do not read, aborted uploads, and many invalid requests.

Memory stays within bounds, and no finding is lost.
"""

from __future__ import annotations

import asyncio
import json
import signal
import subprocess
import sys
from collections import Counter
from pathlib import Path

import pytest

from tests.server.conftest import KEY
from tests.support.patience import PATIENCE

CONNECTIONS, FLOOD, CUT, STUCK = 1_000, 20_000, 200, 50
MOST = 200 << 20
"""Bytes of memory that all this may take beside what the server takes anyway."""
FIELDS = f"host: localhost\r\nx-api-key: {KEY}\r\n"
GOOD = f"GET /v1.3/indexes HTTP/1.1\r\n{FIELDS}\r\n".encode()
BAD = f"GET /v1.3/indexes?page_limit=51 HTTP/1.1\r\n{FIELDS}\r\n".encode()
UPLOAD = f"POST /v1.3/indexes HTTP/1.1\r\n{FIELDS}content-type: application/json\r\ncontent-length: 50000000\r\n\r\n"


async def answered(reader: asyncio.StreamReader) -> int:
    """Read an answer to its end, and return its status."""
    head = await reader.readuntil(b"\r\n\r\n")
    _, _, rest = head.lower().partition(b"content-length:")
    await reader.readexactly(int(rest.split(b"\r\n")[0]))
    return int(head[9:12])


async def many(port: int) -> list[int]:
    """Hold as many connections as are taken, ask on each, and then on one more."""
    held = [await asyncio.open_connection("127.0.0.1", port) for _ in range(CONNECTIONS)]
    for _, writer in held:
        writer.write(GOOD)
    statuses = list(await asyncio.gather(*(answered(reader) for reader, _ in held)))
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(GOOD)
    head = await reader.readuntil(b"\r\n")
    statuses.append(int(head.split()[1]))
    for _, one in [*held, (reader, writer)]:
        one.close()
    return statuses


async def cut(port: int) -> None:
    """Begin uploads that nobody ends."""

    async def one() -> None:
        _, writer = await asyncio.open_connection("127.0.0.1", port)
        writer.write(UPLOAD.encode() + b'"' * 100_000)
        await writer.drain()
        writer.close()

    for _ in range(CUT // 20):
        await asyncio.gather(*(one() for _ in range(20)))


async def flood(port: int) -> Counter[int]:
    """Send bad requests over 50 connections."""
    found: Counter[int] = Counter()

    async def one() -> None:
        reader, writer = await asyncio.open_connection("127.0.0.1", port)
        for _ in range(FLOOD // 50):
            writer.write(BAD)
            found[await answered(reader)] += 1
        writer.close()

    await asyncio.gather(*(one() for _ in range(50)))
    return found


async def everything(port: int, process: int) -> tuple[list[int], Counter[int], int]:
    """Do all of it, and return the statuses, and how much memory the server has taken at most."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    writer.write(GOOD)
    await answered(reader)
    idle = descriptors(process) - 1
    writer.close()
    stuck = [await asyncio.open_connection("127.0.0.1", port, limit=1_024) for _ in range(STUCK)]
    for _, writer in stuck:
        writer.write(GOOD * 2_000)  # more answers than the buffers of a connection take, and nobody reads them
    await asyncio.sleep(1)
    flooded, _ = await asyncio.gather(flood(port), cut(port))
    for _, writer in stuck:
        writer.transport.abort()
    async with asyncio.timeout(PATIENCE):
        while descriptors(process) > idle:  # what was closed here is a connection there until it is seen
            await asyncio.sleep(0.05)
    statuses = await many(port)
    return statuses, flooded, peak(process)


def descriptors(process: int) -> int:
    """Return how many files and connections a process has open."""
    return len(list(Path(f"/proc/{process}/fd").iterdir()))


def peak(process: int) -> int:
    """Return the most memory that a process has had."""
    lines = Path(f"/proc/{process}/status").read_text().splitlines()
    return int(next(line for line in lines if line.startswith("VmHWM")).split()[1]) << 10


@pytest.mark.deep
@pytest.mark.skipif(sys.platform != "linux", reason="what a process has taken is read from /proc")
def test_a_crowd_takes_bounded_memory_and_loses_no_finding(tmp_path: Path) -> None:
    said = tmp_path / "said"
    command = [sys.executable, "-m", "twelvelabs_contract", "serve", "--port", "0", "--format", "json"]
    with (
        (tmp_path / "report").open("w+") as report,
        said.open("w") as err,
        subprocess.Popen(command, stdout=report, stderr=err) as server,
    ):
        try:
            port = asyncio.run(_started(said))
            before = peak(server.pid)
            statuses, flooded, most = asyncio.run(everything(port, server.pid))
        finally:
            server.send_signal(signal.SIGTERM)
            server.wait(PATIENCE)
        report.seek(0)
        found = Counter(one["rule"] for one in json.load(report)["findings"])
    assert flooded == {400: FLOOD}
    assert Counter(statuses) == {200: CONNECTIONS, 503: 1}
    assert found == {"maximum": FLOOD, "truncated": CUT}
    assert most - before < MOST, f"{(most - before) >> 20} MB"
    assert "Traceback" not in said.read_text()


async def _started(said: Path) -> int:
    async with asyncio.timeout(PATIENCE):
        while " at http://" not in said.read_text():
            await asyncio.sleep(0.05)
    return int(said.read_text().partition("127.0.0.1:")[2].split("/")[0])
