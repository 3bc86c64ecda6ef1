"""Event streams of the tiny API, valid and invalid."""

from __future__ import annotations

import json
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import httpx
import pytest

from apicontract.client import Answer, StreamInvalid
from tests.client.conftest import World
from tests.client.tiny_api import Event

BEGIN, END = '{"event_type":"begin"}', '{"event_type":"end"}'


def text(value: str) -> str:
    """Write an event in between, without escaping anything that JSON does not make one escape."""
    return json.dumps({"event_type": "text", "text": value}, ensure_ascii=False)


def about(value: str) -> str:
    """Write an event that holds what all events must share."""
    return json.dumps({"event_type": "text", "about": {"id": value}})


class Wire(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body in given chunks that says whether it was read to its end and whether it was closed."""

    def __init__(self, *chunks: bytes, error: Exception | None = None) -> None:
        self.chunks = chunks
        self.error = error
        self.exhausted = self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield from self.chunks
        if self.error:
            raise self.error
        self.exhausted = True

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for chunk in self:
            yield chunk

    def close(self) -> None:
        self.closed = True

    async def aclose(self) -> None:
        self.closed = True


def over(world: World, wire: Wire, **headers: str) -> Callable[[], Any]:
    """Make a call that is answered with a stream."""
    client = world.client(lambda _: httpx.Response(200, stream=wire, headers=headers))
    return lambda: client.stream("tell", Answer[Event], body={"prompt": "p", "stream": True})


def lines(*rows: str) -> bytes:
    """Put lines together."""
    return "".join(f"{row}\n" for row in rows).encode()


def broken(world: World, *chunks: bytes) -> tuple[list[Any], StreamInvalid]:
    """Read a stream that goes wrong: the events before that, and the error."""
    wire = Wire(*chunks)
    seen: list[Any] = []
    with pytest.raises(StreamInvalid) as caught:
        world.gather(over(world, wire), seen)
    assert wire.closed
    return seen, caught.value
