"""What the sides are given: the bundled document, and traffic of the API made from it, the same in every run."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from functools import cache
from importlib import resources
from itertools import cycle
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import httpx

BASE = "https://api.twelvelabs.io/v1.3"
KEY = "tlk_made_up_for_benchmarks"
ID = "68b1f0c2a94e1d73f05c2e11"
SPEC = Path(__file__).parents[1] / "spec"
SAID = [{"type": "message", "role": "user", "content": "What is lifted?"}]
"""What is asked for an answer that streams."""
GENERATION = "66a4f0b81c9d35e27f60ad1b"
MANY = 500
"""Messages that differ from each other where one message again and again would keep caches warm."""


@cache
def document_path() -> Path:
    """Return where the bundled document is, as one JSON file."""
    return Path(str(resources.files("twelvelabs_api_2025_08") / "openapi.json"))


def document() -> dict[str, Any]:
    """Return the bundled document, a new copy each time."""
    found: dict[str, Any] = json.loads(document_path().read_text())
    return found


def task(number: int) -> dict[str, Any]:
    """Make an indexing task with all that the API tells of one."""
    return {
        "_id": f"{number:024x}",
        "video_id": f"{number + 2**40:024x}",
        "created_at": "2025-09-03T20:04:02Z",
        "updated_at": "2025-09-03T20:06:41Z",
        "status": ("ready", "indexing", "failed", "queued")[number % 4],
        "index_id": ID,
        "system_metadata": {"filename": f"clip {number}.mp4", "duration": 912.4, "width": 3840, "height": 2160},
    }


def page(items: int, number: int = 1, pages: int = 1) -> dict[str, Any]:
    """Make one page of a listing of tasks."""
    info = {"limit_per_page": items, "page": number, "total_page": pages, "total_results": items * pages}
    return {"data": [task((number - 1) * items + i) for i in range(items)], "page_info": info}


def embedding(vectors: int, floats: int = 1024) -> dict[str, Any]:
    """Make the answer to an embedding task: clips of six seconds with a vector each."""
    values = [((i * 7919) % 200_003 - 100_001) / 3_000_017 for i in range(vectors * floats)]
    return {
        "_id": ID,
        "model_name": "Marengo-retrieval-2.7",
        "status": "ready",
        "created_at": "2025-09-04T11:12:30Z",
        "video_embedding": {
            "metadata": {"input_filename": "harbour.mp4", "video_clip_length": 6.0, "duration": 6.0 * vectors},
            "segments": [
                {
                    "float": values[i * floats : (i + 1) * floats],
                    "start_offset_sec": 6.0 * i,
                    "end_offset_sec": 6.0 * (i + 1),
                    "embedding_option": "visual-text",
                    "embedding_scope": "clip",
                }
                for i in range(vectors)
            ],
        },
    }


def dumped(value: Any) -> bytes:
    """Write JSON as servers do: compact, UTF-8."""
    return json.dumps(value, ensure_ascii=False, separators=(",", ":")).encode()


def stream(events: int, size: int) -> bytes:
    """Write an event stream with so many pieces of text between its first and its last event; size in bytes.

    Each piece has a text of its own, as far as its size allows, as what was read before may be remembered.
    """
    rest = "word " * (size // 5 + 1)
    kept = {"generation_id": GENERATION}
    first = dumped({"event_type": "stream_start", "metadata": kept})
    middle = [
        dumped({"event_type": "text_generation", "text": f"{number:x} {rest}"[:size]}) for number in range(events)
    ]
    last = dumped({"event_type": "stream_end", "metadata": {**kept, "usage": {"output_tokens": events}}})
    return b"\n".join([first, *middle, last, b""])


def sse(events: int, size: int) -> bytes:
    """Write server-sent events with so many pieces of text, as the agent sends them; size in bytes."""
    rest = "word " * (size // 5 + 1)
    named = [
        {"type": "response.created", "sequence_number": 0},
        *(
            {"type": "response.output_text.delta", "sequence_number": number, "delta": f"{number:x} {rest}"[:size]}
            for number in range(1, events + 1)
        ),
        {"type": "response.completed", "sequence_number": events + 1},
    ]
    written = [f"event: {event['type']}\ndata: ".encode() + dumped(event) for event in named]
    return b"\n\n".join([*written, b"data: [DONE]", b""])


def results(number: int, size: int) -> bytes:
    """Write so many results of a batch, one on each line; size in bytes of the text of each."""
    rest = "word " * (size // 5 + 1)
    lines = [
        dumped(
            {
                "task_id": f"{position:024x}",
                "custom_id": None,
                "status": "ready",
                "data": {
                    "generation_id": GENERATION,
                    "data": f"{position:x} {rest}"[:size],
                    "finish_reason": "stop",
                    "usage": {"output_tokens": position},
                },
            }
        )
        for position in range(number)
    ]
    return b"\n".join([*lines, b""])


def cut(body: bytes, size: int) -> list[bytes]:
    """Cut a body into chunks."""
    return [body[start : start + size] for start in range(0, len(body), size)]


class Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    """A body that arrives in chunks; it can be read again."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        """Take the chunks."""
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)


def answering(*bodies: bytes) -> Callable[[httpx.Request], httpx.Response]:
    """Make a handler for a mock transport that answers requests with bodies, one after the other, and again."""
    headers = {"content-type": "application/json", "x-api-version": "1.3"}
    body = cycle(bodies)
    return lambda _: httpx.Response(200, headers=headers, content=next(body))


def streaming(pieces: Sequence[bytes], kind: str = "application/x-ndjson") -> Callable[[httpx.Request], httpx.Response]:
    """Make a handler for a mock transport that answers every request with a stream."""
    headers = {"content-type": kind}
    return lambda _: httpx.Response(200, headers=headers, stream=Chunks(pieces))


def listing(pages: int, items: int) -> Callable[[httpx.Request], httpx.Response]:
    """Make a handler for a mock transport that serves the pages of a listing, and empty ones after the last."""
    bodies = {str(number): dumped(page(items, number, pages)) for number in range(1, pages + 1)}
    beyond = dumped({**page(0, pages + 1, pages), "data": []})
    headers = {"content-type": "application/json"}

    def handle(request: httpx.Request) -> httpx.Response:
        number = parse_qs(urlsplit(str(request.url)).query).get("page", ["1"])[0]
        return httpx.Response(200, headers=headers, content=bodies.get(number, beyond))

    return handle
