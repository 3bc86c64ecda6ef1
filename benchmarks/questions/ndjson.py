"""What does an event of a stream cost, by the size of events and of the chunks that they arrive in?"""

from __future__ import annotations

from collections.abc import Callable, Iterable
from contextlib import AbstractContextManager, nullcontext
from dataclasses import replace
from functools import partial
from typing import Any

from benchmarks import clients, inputs
from benchmarks.model import CLOSE, Answer, Effort, Growth, Question, Side, Work
from benchmarks.targets import TARGETS

CHUNK = 16_384
WORD = 10
"""Bytes of text in a short event."""
ABOUT = 2_000_000
"""Bytes of a stream in the questions by size, as far as the number of events allows."""


def _input(events: int, size: int, chunk: int) -> list[bytes]:
    return inputs.cut(inputs.stream(events, size), chunk)


def work(read: Callable[[], AbstractContextManager[Iterable[Any]]], plain: Callable[[Any], Any]) -> Work:
    """Consume events as users do, one at a time, and keep none; the answer is all fields of all events."""

    def run() -> None:
        with read() as events:
            for _ in events:
                pass

    def answer() -> Answer:
        with read() as events:
            return {"events": [_known(plain(event)) for event in events]}

    return Work(run, answer)


def _known(value: Any) -> Any:
    """Leave out what is null: msgspec cannot tell it from what is absent."""
    return {k: _known(v) for k, v in value.items() if v is not None} if isinstance(value, dict) else value


def _ours(pieces: list[bytes]) -> Work:
    client = clients.ours(inputs.streaming(pieces))
    return work(lambda: client.analyze_stream(video_id=inputs.ID, prompt="Tell all."), clients.plain)


def _sdk(pieces: list[bytes]) -> Work:
    client = clients.sdk(inputs.streaming(pieces))
    return work(lambda: nullcontext(client.analyze_stream(video_id=inputs.ID, prompt="Tell all.")), clients.plain_sdk)


def _lines(read: Callable[[bytes], Any], body: bytes, plain: Callable[[Any], Any]) -> Work:
    return work(lambda: nullcontext(map(read, filter(None, body.split(b"\n")))), plain)


def _pydantic(pieces: list[bytes]) -> Work:
    from benchmarks.events import PYDANTIC

    return _lines(PYDANTIC.validate_json, b"".join(pieces), clients.plain)


def _pydantic_core(pieces: list[bytes]) -> Work:
    """Ask the validator of the adapter itself, with no call of Python in between."""
    from benchmarks.events import PYDANTIC

    return _lines(PYDANTIC.validator.validate_json, b"".join(pieces), clients.plain)


def _msgspec(pieces: list[bytes]) -> Work:
    import msgspec

    from benchmarks.events import MSGSPEC

    return _lines(MSGSPEC.decode, b"".join(pieces), msgspec.to_builtins)


def _msgspec_lines(pieces: list[bytes]) -> Work:
    import msgspec

    from benchmarks.events import MSGSPEC

    body = b"".join(pieces)
    return work(lambda: nullcontext(MSGSPEC.decode_lines(body)), msgspec.to_builtins)


PEER = "pydantic TypeAdapter per line"
MAKERS = {
    "ours": _ours,
    "SDK": _sdk,
    PEER: _pydantic,
    "pydantic SchemaValidator per line": _pydantic_core,
    "msgspec per line": _msgspec,
    "msgspec decode_lines": _msgspec_lines,
}


def _sides(make: Callable[[int], list[bytes]], *names: str) -> tuple[Side, ...]:
    def setup(maker: Callable[[list[bytes]], Work], size: int) -> Work:
        return maker(make(size))

    return tuple(Side(name, partial(setup, MAKERS[name])) for name in names)


def short_events(*names: str) -> tuple[Side, ...]:
    """Make the sides that read a number of short events."""
    return _sides(lambda events: _input(events, WORD, CHUNK), *names)


def _events_of(size: int) -> int:
    return max(30, min(2000, ABOUT // size))


SCALE = Effort(processes=3, values=3, min_time=0.02)

QUESTIONS = (
    Question(
        "ndjson",
        "Stream of 20,000 short events",
        tuple(
            side if side.name in ("ours", PEER) else replace(side, slow=side.name == "SDK", rounds=5)
            for side in short_events(*MAKERS)
        ),
        sizes=(20_000,),
        targets=TARGETS["ndjson"],
        per=lambda size: (size, "events"),
        effort=CLOSE,
        small=(50,),
        note="Events are consumed one by one and not kept. Ours and the SDK read from a mock transport, in chunks of "
        "16 KiB; ours also checks the order of events. Pydantic and msgspec have the whole body in memory, know three "
        "closed models, and check nothing else. The target is held against the method of pydantic that its manual "
        "names, `TypeAdapter.validate_json`; its core alone is a side of its own.",
    ),
    Question(
        "ndjson-event",
        "Stream, by size of event",
        _sides(lambda size: _input(_events_of(size), size, CHUNK), "ours", "SDK", PEER, "msgspec decode_lines"),
        sizes=(16, 1024, 65_536),
        per=lambda size: (_events_of(size) * size / 1e6, "MB"),
        growth=Growth("bytes of text in an event", of="rate"),
        effort=SCALE,
        small=(65_536,),
        note="2,000 events, fewer from 1,000 bytes on, so that a stream stays at 2 MB.",
    ),
    Question(
        "ndjson-chunk",
        "Stream of 2,000 events of 100 bytes, by size of chunk",
        _sides(lambda size: _input(2000, 100, size), "ours", "SDK"),
        sizes=(64, 4096, 262_144),
        per=lambda _: (2000, "events"),
        growth=Growth("bytes of a chunk", of="rate"),
        effort=SCALE,
        small=(64,),
    ),
)
