"""Most events of a long stream are distinguished from the first and the last by their class; no fault is missed."""

from __future__ import annotations

import json
from typing import Annotated, Any, Literal

import httpx
import pytest
from pydantic import Field, RootModel

from apicontract.client import Answer, OpenModel, StreamInvalid
from tests.client.conftest import World
from tests.client.tiny_api import Begin, End, Event


class About(OpenModel):
    """What all events share."""

    id: str | None = None


class Shared(OpenModel):
    """An event in between that declares it."""

    event_type: Literal["text"]
    about: About | None = None


class Closing(OpenModel):
    """One class for two kinds of events, one of them the last."""

    event_type: Literal["text", "end"]


class Opening(OpenModel):
    """One class for two kinds of events, one of them the first."""

    event_type: Literal["begin", "text"]


class Loose(OpenModel):
    """One class for all events, which knows no kinds."""

    event_type: str


class Bare(OpenModel):
    """A class that does not declare what tells events apart."""


class Renamed(OpenModel):
    """The kind under another name."""

    kind: Annotated[Literal["begin", "text", "end"], Field(alias="event_type")]


Rooted = RootModel[dict[str, Any]]
KINDS: dict[str, Any] = {
    "a class for each": Event,
    "a class that shares": Annotated[Begin | Shared | End, Field(discriminator="event_type")],
    "a class that may end": Annotated[Begin | Closing, Field(discriminator="event_type")],
    "a class that may begin": Annotated[Opening | End, Field(discriminator="event_type")],
    "a class without kinds": Loose,
    "a class without a tag": Bare,
    "a class with another name": Renamed,
    "a root": Rooted,
    "no class": dict[str, Any],
}


def event(kind: str, about: str | None = None) -> dict[str, Any]:
    """Make an event, with what all events share or without."""
    return {"event_type": kind} | ({} if about is None else {"about": {"id": about}})


BEGIN, TEXT, END = event("begin", "a"), event("text"), event("end", "a")
WRONG: dict[str, tuple[list[dict[str, Any]], int, str]] = {
    "a second beginning": ([BEGIN, *[TEXT] * 5, BEGIN, TEXT, END], 6, "a second 'begin'"),
    "an event after the end": ([BEGIN, *[TEXT] * 5, END, TEXT], 7, "comes after 'end'"),
    "a second end": ([BEGIN, *[TEXT] * 5, END, END], 7, "comes after 'end'"),
    "no beginning": ([TEXT, *[TEXT] * 5, END], 0, "begins with 'text'"),
    "no end": ([BEGIN, *[TEXT] * 5], 6, "ends after line 6 without 'end'"),
    "another stream's event": ([BEGIN, *[event("text", "a")] * 5, event("text", "b"), END], 6, 'differs from "a"'),
    "another stream's end": ([BEGIN, *[TEXT] * 5, event("end", "b")], 6, 'differs from "a"'),
}


def read(world: World, kind: Any, events: list[dict[str, Any]], seen: list[Any]) -> None:
    """Read a stream of events, in chunks that end inside of lines."""
    content = b"".join(json.dumps(event).encode() + b"\n" for event in events)
    pieces = [content[start : start + 40] for start in range(0, len(content), 40)]

    class Body(httpx.SyncByteStream, httpx.AsyncByteStream):
        def __iter__(self) -> Any:
            yield from pieces

        async def __aiter__(self) -> Any:
            for piece in pieces:
                yield piece

    client = world.client(lambda _: httpx.Response(200, stream=Body()))
    world.gather(lambda: client.stream("tell", Answer[kind], body={"prompt": "p", "stream": True}), seen)


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize("end", [END, event("end")], ids=["with what is shared", "without"])
def test_a_right_stream_is_read(world: World, kind: Any, end: dict[str, Any]) -> None:
    seen: list[Any] = []
    read(world, kind, [BEGIN, *[TEXT, event("text", "a")] * 5, end], seen)
    assert len(seen) == 12
    assert type(seen[1]) is type(seen[2])


@pytest.mark.parametrize("kind", KINDS.values(), ids=KINDS)
@pytest.mark.parametrize(("events", "count", "message"), WRONG.values(), ids=WRONG)
def test_law_what_is_wrong_is_reported_whatever_events_are_read_as(
    world: World, kind: Any, events: list[dict[str, Any]], count: int, message: str
) -> None:
    seen: list[Any] = []
    with pytest.raises(StreamInvalid, match=message) as caught:
        read(world, kind, events, seen)
    assert len(seen) == count
    assert caught.value.line == min(count + 1, len(events))
    assert [violation.where.partition(".")[0] for violation in caught.value.violations] == [f"event[{count}]"]
