"""What does an event of the newer streams cost: of server-sent events, and of JSON Lines?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import nullcontext
from functools import partial
from typing import Any

from benchmarks import clients, inputs
from benchmarks.model import CLOSE, Question, Side, Work
from benchmarks.questions.ndjson import CHUNK, WORD, work
from benchmarks.targets import TARGETS

SSE, JSON_LINES = "text/event-stream", "application/jsonl"


def _ours(kind: str, pieces: list[bytes]) -> Work:
    client = clients.newest(inputs.streaming(pieces, kind))
    if kind == SSE:
        return work(lambda: client.responses.create_stream(knowledge_store_id="k", input=inputs.SAID), clients.plain)
    return work(lambda: client.analyze_async.batches.results(batch_id=inputs.ID), clients.plain)


def _httpx_sse(pieces: list[bytes]) -> Work:
    """Read events with httpx-sse, over the same mock transport, and their data with pydantic."""
    import httpx_sse

    from benchmarks.answers import ANSWER

    client = clients.raw(inputs.streaming(pieces, SSE))

    def events() -> Iterator[Any]:
        with client.stream("POST", f"{inputs.BASE}/responses") as response:
            for event in httpx_sse.EventSource(response).iter_sse():
                if event.data != "[DONE]":
                    yield ANSWER.validate_json(event.data)

    return work(lambda: nullcontext(events()), clients.plain)


def _httpx_sse_alone(pieces: list[bytes]) -> Work:
    """Read events with httpx-sse, and their data as JSON."""
    import httpx_sse

    client = clients.raw(inputs.streaming(pieces, SSE))

    def events() -> Iterator[Any]:
        with client.stream("POST", f"{inputs.BASE}/responses") as response:
            for event in httpx_sse.EventSource(response).iter_sse():
                if event.data != "[DONE]":
                    yield event.json()

    return work(lambda: nullcontext(events()), dict)


def _pydantic(pieces: list[bytes]) -> Work:
    from benchmarks.answers import RESULT

    body = b"".join(pieces)
    read = RESULT.validate_json
    return work(lambda: nullcontext(map(read, filter(None, body.split(b"\n")))), clients.plain)


def _side(name: str, make: Callable[[list[bytes]], Work], write: Callable[[int, int], bytes]) -> Side:
    return Side(name, partial(_made, make, write))


def _made(make: Callable[[list[bytes]], Work], write: Callable[[int, int], bytes], events: int) -> Work:
    return make(inputs.cut(write(events, WORD), CHUNK))


PEER, LINES_PEER = "httpx-sse and pydantic", "pydantic TypeAdapter per line"

QUESTIONS = (
    Question(
        "sse",
        "Server-sent events, 20,000 short ones",
        (
            _side("ours", partial(_ours, SSE), inputs.sse),
            _side(PEER, _httpx_sse, inputs.sse),
            _side("httpx-sse and json", _httpx_sse_alone, inputs.sse),
        ),
        sizes=(20_000,),
        targets=TARGETS["sse"],
        per=lambda size: (size, "events"),
        effort=CLOSE,
        small=(50,),
        note="Each side reads from a mock transport, in chunks of 16 KiB. Ours also checks the order of events, that "
        "their numbers grow, and their type on its line; the peers check nothing.",
    ),
    Question(
        "jsonl",
        "JSON Lines, 20,000 short results",
        (
            _side("ours", partial(_ours, JSON_LINES), inputs.results),
            _side(LINES_PEER, _pydantic, inputs.results),
        ),
        sizes=(20_000,),
        targets=TARGETS["jsonl"],
        per=lambda size: (size, "results"),
        effort=CLOSE,
        small=(50,),
        note="Ours reads from a mock transport, in chunks of 16 KiB; pydantic has the whole body in memory.",
    ),
)
