"""Streams of any size use little memory: 64 MB of each format, and 1 GB in `make test-deep`."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.editions import needs_editions
from tests.support.large import MOST, PIECE, SIZE
from tests.support.misbehaving import Connection, Received, serving

pytestmark = needs_editions
TEXT = "x" * PIECE
EVENT = {"type": "response.output_text.delta", "delta": TEXT}
RESULT = {"generation_id": "g", "data": TEXT, "finish_reason": "stop", "usage": {"output_tokens": 1}}
LINE = {"task_id": "t", "custom_id": None, "status": "ready", "data": RESULT}

# Runs in a process of its own, whose peak is that of the client alone.
PROGRAM = """
import asyncio, os, resource, sys
from twelvelabs_api import AsyncTwelveLabs, TwelveLabs

kind, world, url = sys.argv[1:]
ask = {"knowledge_store_id": "ks", "input": [{"type": "message", "role": "user", "content": "?"}]}
batch = {"batch_id": "0" * 24}

def peak():  # what getrusage says on Linux may be the peak of the process that started this one
    if not os.path.exists("/proc/self/status"):
        return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    with open("/proc/self/status") as status:
        return next(int(line.split()[1]) * 1024 for line in status if line.startswith("VmHWM"))

def size(event):
    name = {"events": "delta", "ndjson": "text"}.get(kind)
    return len(event.data.data if name is None else getattr(event, name, None) or "")

def call(client):
    if kind == "ndjson":
        return client.analyze_stream(video={"type": "asset_id", "asset_id": "0" * 24}, prompt="?")
    return client.responses.create_stream(**ask) if kind == "events" else client.analyze_async.batches.results(**batch)

async def later():
    async with AsyncTwelveLabs(api_key="k", base_url=url) as client:
        async with await call(client) as first:
            await anext(first)
        before, found = peak(), 0
        async for event in await call(client):
            found += size(event)
        return before, found

if world == "sync":
    with TwelveLabs(api_key="k", base_url=url) as client:
        with call(client) as first:
            next(first)
        before = peak()
        found = sum(map(size, call(client)))
else:
    before, found = asyncio.run(later())
print(peak() - before, found)
"""


def behave(received: Received, connection: Connection) -> None:
    """Stream as much as is asked for in these tests."""
    connection.head(transfer_encoding="chunked")
    if received.target.endswith("/responses"):
        connection.chunked([_event({"type": "response.created"}, 0)], end=False)
        connection.chunked((_event(EVENT, number + 1) for number in range(SIZE // PIECE)), end=False)
        connection.chunked([_event({"type": "response.completed"}, SIZE), b"data: [DONE]\n\n"])
    elif received.target.endswith("/analyze"):
        text = json.dumps({"event_type": "text_generation", "text": TEXT}).encode() + b"\n"
        connection.chunked([b'{"event_type": "stream_start"}\n'], end=False)
        connection.chunked((text for _ in range(SIZE // PIECE)), end=False)
        connection.chunked([b'{"event_type": "stream_end"}\n'])
    else:
        connection.chunked(json.dumps(LINE).encode() + b"\n" for _ in range(SIZE // PIECE))


def _event(event: dict[str, str], number: int) -> bytes:
    data = json.dumps({**event, "sequence_number": number})
    return f"event: {event['type']}\ndata: {data}\n\n".encode()


@pytest.mark.parametrize(
    ("kind", "world"),
    [("events", "sync"), ("lines", "async"), pytest.param("ndjson", "async", marks=pytest.mark.deep)],
)
def test_a_stream_of_any_size_takes_little_memory(kind: str, world: str) -> None:
    """Every event is delivered."""
    with serving(behave) as server:
        done = subprocess.run(
            [sys.executable, "-c", PROGRAM, kind, world, server.url],
            cwd=Path(__file__).parents[2],
            capture_output=True,
            text=True,
            check=False,
        )
    assert done.returncode == 0, done.stderr
    growth, read = map(int, done.stdout.split())
    assert read == SIZE
    assert growth < MOST
