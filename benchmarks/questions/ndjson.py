"""What does an event of a stream cost, by the size of events and of the chunks that they arrive in?"""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from benchmarks import clients, inputs
from benchmarks.model import Answer, Effort, Growth, Question, Side, Target, Work

CHUNK = 16_384
WORD = 10
"""Bytes of text in a short event."""
ABOUT = 2_000_000
"""Bytes of a stream in the questions by size, as far as the number of events allows."""


def _input(events: int, size: int, chunk: int) -> list[bytes]:
    return inputs.cut(inputs.stream(events, size), chunk)


def _told(read: Callable[[], list[Any]]) -> Callable[[], Answer]:
    """Tell what arrived: how many events, of which kinds, and the whole text."""

    def answer() -> Answer:
        events = read()
        kinds = [event.event_type for event in events]
        text = "".join(event.text for event in events if event.event_type == "text_generation")
        return {"first": kinds[0], "last": kinds[-1], "events": len(kinds), "text": text}

    return answer


def _ours(pieces: list[bytes]) -> Work:
    client = clients.ours(inputs.streaming(pieces))

    def run() -> list[Any]:
        with client.analyze_stream(video_id=inputs.ID, prompt="Tell all.") as stream:
            return list(stream)

    return Work(run, _told(run))


def _sdk(pieces: list[bytes]) -> Work:
    client = clients.sdk(inputs.streaming(pieces))

    def run() -> list[Any]:
        return list(client.analyze_stream(video_id=inputs.ID, prompt="Tell all."))

    return Work(run, _told(run))


def _pydantic(pieces: list[bytes]) -> Work:
    from benchmarks.events import PYDANTIC

    body, read = b"".join(pieces), PYDANTIC.validate_json

    def run() -> list[Any]:
        return [read(line) for line in body.split(b"\n") if line]

    return Work(run, _told(run))


def _msgspec(pieces: list[bytes]) -> Work:
    from benchmarks.events import MSGSPEC

    body, read = b"".join(pieces), MSGSPEC.decode

    def run() -> list[Any]:
        return [read(line) for line in body.split(b"\n") if line]

    def answer() -> Answer:
        events = run()
        kinds = [event.__struct_config__.tag for event in events]
        text = "".join(getattr(event, "text", "") for event in events)
        return {"first": kinds[0], "last": kinds[-1], "events": len(kinds), "text": text}

    return Work(run, answer)


MAKERS = {"ours": _ours, "SDK": _sdk, "pydantic per line": _pydantic, "msgspec per line": _msgspec}


def _sides(make: Callable[[int], list[bytes]], slow: str = "") -> tuple[Side, ...]:
    def setup(maker: Callable[[list[bytes]], Work], size: int) -> Work:
        return maker(make(size))

    return tuple(Side(name, partial(setup, maker), slow=name == slow) for name, maker in MAKERS.items())


def short_events(slow: str = "") -> tuple[Side, ...]:
    """Make the sides that read a number of short events."""
    return _sides(lambda events: _input(events, WORD, CHUNK), slow)


def _events_of(size: int) -> int:
    return max(30, min(2000, ABOUT // size))


QUESTIONS = (
    Question(
        "ndjson",
        "Stream of 20,000 short events",
        short_events(slow="SDK"),
        sizes=(20_000,),
        targets=(Target("SDK", times=1 / 100), Target("pydantic per line", times=1 / 0.8)),
        per=lambda size: (size, "events"),
        effort=Effort(processes=5, values=5),
        small=(50,),
        note="Ours and the SDK read from a mock transport, in chunks of 16 KiB, and check the order of events (ours). "
        "Bare pydantic and msgspec have the whole body in memory, know three closed models, and check nothing else.",
    ),
    Question(
        "ndjson-event",
        "Stream, by size of event",
        _sides(lambda size: _input(_events_of(size), size, CHUNK)),
        sizes=(16, 256, 4096, 65_536),
        per=lambda size: (_events_of(size) * size / 1e6, "MB"),
        growth=Growth("bytes of text in an event", of="rate"),
        effort=Effort(processes=3, values=3, min_time=0.02),
        small=(65_536,),
        note="2,000 events, fewer from 1,000 bytes on, so that a stream stays at 2 MB.",
    ),
    Question(
        "ndjson-chunk",
        "Stream of 2,000 events of 100 bytes, by size of chunk",
        _sides(lambda size: _input(2000, 100, size)),
        sizes=(64, 1024, 16_384, 262_144),
        per=lambda _: (2000, "events"),
        growth=Growth("bytes of a chunk", of="rate"),
        effort=Effort(processes=3, values=3, min_time=0.02),
        small=(64,),
        note="Bare pydantic and msgspec know no chunks; they are the level that is to be reached.",
    ),
)
