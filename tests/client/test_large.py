"""Uploads and streams that are larger than the memory they may use: 64 MB, and 1 GB in `make test-deep`."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.client.conftest import KEY
from tests.support.large import MOST, PIECE, SIZE
from tests.support.misbehaving import Connection, Received, serving

# Runs in a process of its own, whose peak is that of the client alone.
PROGRAM = """
import asyncio, json, os, resource, sys
from tests.client.tiny_api import AsyncTiny, Event, Note, Tiny
from apicontract.client import Answer

kind, world, url, path, key = sys.argv[1:]

def peak():  # what getrusage says on Linux may be the peak of the process that started this one
    if not os.path.exists("/proc/self/status"):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))

tell = {"body": {"prompt": "p", "stream": True}}

def sync():
    with Tiny(api_key=key, base_url=url) as client:
        client.call("uploads.create", Answer[Note], body={"file": b"small"})
        before = peak()
        if kind == "upload":
            client.call("uploads.create", Answer[Note], body={"file": path})
            return peak() - before, None
        return [sum(len(getattr(event, "text", "") or "") for event in client.stream("tell", Answer[Event], **tell)),
                peak() - before][::-1]

async def later():
    async with AsyncTiny(api_key=key, base_url=url) as client:
        await client.call("uploads.create", Answer[Note], body={"file": b"small"})
        before = peak()
        if kind == "upload":
            await client.call("uploads.create", Answer[Note], body={"file": path})
            return peak() - before, None
        count = 0
        async for event in await client.stream("tell", Answer[Event], **tell):
            count += len(getattr(event, "text", "") or "")
        return peak() - before, count

print(json.dumps(list(sync() if world == "sync" else asyncio.run(later()))))
"""


def event(kind: str, **more: str) -> bytes:
    """Write one event."""
    return json.dumps({"event_type": kind, **more}).encode() + b"\n"


def behave(received: Received, connection: Connection) -> None:
    """Take whatever is uploaded, and stream as much as is asked for in these tests."""
    if received.target.endswith("/tell"):
        connection.head(transfer_encoding="chunked")
        text = event("text", text="x" * PIECE)
        pieces = (text for _ in range(SIZE // PIECE))
        connection.chunked([event("begin")], end=False)
        connection.chunked(pieces, end=False)
        connection.chunked([event("end")])
    else:
        connection.answer(200, {"_id": "n"})


def run(kind: str, world: str, url: str, path: Path) -> tuple[int, int | None]:
    """Run the program, and return the bytes that it grew by, and the characters that it read."""
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM, kind, world, url, str(path), KEY],
        cwd=Path(__file__).parents[2],
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    growth, read = json.loads(done.stdout)
    return growth, read


@pytest.mark.parametrize("world", ["sync", "async"])
def test_upload_of_any_size_takes_little_memory(world: str, tmp_path: Path) -> None:
    """And arrives as it is, with its length sent beforehand."""
    path = tmp_path / "film.mp4"
    with path.open("wb") as file:
        file.truncate(SIZE)  # holes, so that nothing is written
        file.seek(SIZE // 2)
        file.write(b"in the middle")
    with serving(behave) as server:
        growth, _ = run("upload", world, server.url, path)
        assert growth < MOST
        received = server.requests[-1]
    assert int(received.headers["content-length"]) == received.length
    boundary = received.headers["content-type"].partition("boundary=")[2]
    expected = hashlib.sha256()
    expected.update(
        f'--{boundary}\r\nContent-Disposition: form-data; name="file"; filename="film.mp4"\r\n'
        "Content-Type: video/mp4\r\n\r\n".encode()
    )
    with path.open("rb") as file:
        while piece := file.read(PIECE):
            expected.update(piece)
    expected.update(f"\r\n--{boundary}--\r\n".encode())
    assert received.digest == expected.hexdigest()


@pytest.mark.parametrize("world", ["sync", "async"])
def test_stream_of_any_size_takes_little_memory(world: str, tmp_path: Path) -> None:
    """Every event is delivered."""
    with serving(behave) as server:
        growth, read = run("stream", world, server.url, tmp_path)
    assert read == SIZE
    assert growth < MOST
