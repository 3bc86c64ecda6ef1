"""What clients do when something fails: ours and the vendor's SDK 1.0.0, over real sockets.

`python -m tests.client.failures` prints the table. Our clients try three times at most. The vendor's SDK is
called with its defaults, with `max_retries` of 0, and with 3, which is two attempts. A temporary failure affects only
the first attempt, so that a client can recover; the others affect every attempt.
"""

from __future__ import annotations

import asyncio
import inspect
import json
import operator
import ssl
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import ExitStack
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path
from types import SimpleNamespace
from typing import Any, TypeAlias
from unittest.mock import patch

import httpx
import twelvelabs
from twelvelabs_api_2025_08 import AsyncTwelveLabs, TwelveLabs

from tests.support.misbehaving import Connection, Received, Server, Silence, refusing, serving
from tests.support.patience import PATIENCE

KEY = "tlk_made_up_for_failures"
ID = "6298d673f1090f1100476d4c"
SDK: Mapping[str, Mapping[str, Any]] = {"SDK": {}, "SDK, 3": {"request_options": {"max_retries": 3}}}
"""What the vendor's SDK is asked with, by subject; of 3 retries it makes one (ledger S6)."""
SUBJECTS = ("sync", "async", *SDK)
TLS = ssl.create_default_context()
"""Made once: nothing here needs it, and it takes longer than most calls."""
SHORT = 0.2
"""Seconds until a client gives up what is silent on purpose."""
BEGIN = {"event_type": "stream_start", "metadata": {"generation_id": "g"}}
PIECE = {"event_type": "text_generation", "text": "a"}

CALLS: Mapping[str, tuple[str, Mapping[str, Any]]] = {
    "GET": ("tasks.retrieve", {"task_id": ID}),
    "JSON": ("indexes.create", {"index_name": "i", "models": [{"model_name": "m", "model_options": ["visual"]}]}),
    "form": ("search.create", {"index_id": ID, "search_options": ["visual"], "query_text": "a dog"}),
    "file": ("tasks.create", {"index_id": ID}),
    "stream": ("analyze_stream", {"video_id": ID, "prompt": "p"}),
}
GOOD = {"_id": ID, "data": [], "page_info": {}, "search_pool": {}}


@dataclass(frozen=True)
class Row:
    """One client, one failure, one kind of request."""

    failure: str
    request: str
    subject: str
    attempts: int
    identical: bool | None
    """Whether all attempts had the same body and content type; `None` for less than two."""
    outcome: str
    key_elsewhere: bool = False
    """Whether the key went to another host."""


def good(_: Received, connection: Connection) -> None:
    connection.answer(200, GOOD)


def status(code: int, body: Any = None, **headers: str) -> Callable[[Received, Connection], None]:
    """Answer with a status."""
    return lambda _, connection: connection.answer(code, body, **headers)


def reset(_: Received, connection: Connection) -> None:
    """Break off in the middle of the answer."""
    connection.head(content_length="1000", content_type="application/json")
    connection.send(b'{"_id": "')
    connection.reset()


def html(_: Received, connection: Connection) -> None:
    connection.answer(502, b"<html><h1>Bad Gateway</h1></html>", content_type="text/html")


def lines(*events: Any) -> list[bytes]:
    return [json.dumps(event).encode() + b"\n" for event in events]


def truncated(_: Received, connection: Connection) -> None:
    """End a stream in order, but for its last event."""
    connection.head(transfer_encoding="chunked", content_type="application/x-ndjson")
    connection.chunked(lines(BEGIN, PIECE))


SILENCE = Silence()


def slow(_: Received, connection: Connection) -> None:
    """Begin a stream, and then say nothing for longer than the timeout."""
    connection.head(transfer_encoding="chunked", content_type="application/x-ndjson")
    connection.chunked(lines(BEGIN, PIECE), end=False)
    SILENCE.begin(connection)


Behaviour: TypeAlias = Callable[[Received, Connection], None]
ONE_JSON = ("GET", "JSON", "form", "file")
FAILURES: Mapping[str, tuple[Behaviour | None, bool, tuple[str, ...]]] = {
    "connect error": (None, False, ONE_JSON),
    "reset in mid-body": (reset, True, ONE_JSON),
    "429, `Retry-After: 1`": (status(429, {"code": "too_many", "message": "m"}, Retry_After="1"), True, ONE_JSON),
    "429": (status(429, {"code": "too_many", "message": "m"}), True, ONE_JSON),
    "empty 429": (status(429), False, ONE_JSON),
    "500": (status(500, {"code": "c", "message": "m"}), True, ONE_JSON),
    "HTML 502": (html, False, ONE_JSON),
    "truncated stream": (truncated, False, ("stream",)),
    "slow stream": (slow, False, ("stream",)),
    "redirect to another host": (lambda *_: None, False, ONE_JSON),
}
"""By name: what the server does (`None`: there is none), whether that passes, and which requests meet it."""


class Counting(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Counts attempts, also those that reach no server, and begins to read from one that is silent once it is so."""

    def __init__(self, *, silent: bool) -> None:
        self.count = 0
        self.silent = silent
        self._sync, self._async = httpx.HTTPTransport(verify=TLS), httpx.AsyncHTTPTransport(verify=TLS)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.count += 1
        if self.silent:
            SILENCE.hook(request)
        return self._sync.handle_request(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.count += 1
        if self.silent:
            await SILENCE.async_hook(request)
        return await self._async.handle_async_request(request)

    def close(self) -> None:
        self._sync.close()

    async def aclose(self) -> None:
        await self._async.aclose()


def rows(only: str = "") -> Iterator[Row]:
    """Try every failure with every client."""
    with tempfile.TemporaryDirectory() as folder:
        film = Path(folder, "film.mp4")
        film.write_bytes(bytes(range(256)) * 1024)
        for failure, (_, _, requests) in FAILURES.items():
            for request in requests if only in failure else ():
                for subject in SUBJECTS:
                    yield attempt(failure, request, subject, film)


def attempt(failure: str, request: str, subject: str, film: Path) -> Row:
    """Make one call."""
    behave, passes, _ = FAILURES[failure]
    with ExitStack() as stack:
        elsewhere = stack.enter_context(serving(good))
        if failure.startswith("redirect"):
            target = f"{elsewhere.url.replace('127.0.0.1', 'localhost')}/elsewhere"
            behave = status(307, location=target)
        if behave is None:
            server = Server(stack.enter_context(refusing()))
        else:
            server = stack.enter_context(serving(_once(behave) if passes else behave))
        transport = Counting(silent=behave is slow)
        outcome = _call(subject, request, server, transport, film)
        bodies = {(one.digest, one.length, one.headers.get("content-type")) for one in server.requests}
        return Row(
            failure,
            request,
            subject,
            transport.count,
            len(bodies) == 1 if len(server.requests) > 1 else None,
            outcome,
            any(one.headers.get("x-api-key") == KEY for one in elsewhere.requests),
        )


def _once(behave: Behaviour) -> Behaviour:
    """Misbehave with the first request, and be good from then on."""
    seen: list[Received] = []

    def first(received: Received, connection: Connection) -> None:
        seen.append(received)
        (behave if len(seen) == 1 else good)(received, connection)

    return first


def _call(subject: str, request: str, server: Server, transport: Counting, film: Path) -> str:
    """Call a client, and say in words what came of it."""
    method, given = CALLS[request]
    arguments: dict[str, Any] = dict(given)
    read: list[Any] = []
    patience = {"sleep": lambda _: None, "time": time.time}
    timeout = httpx.Timeout(PATIENCE, read=SHORT if transport.silent else PATIENCE)

    def sync() -> None:
        # The SDK makes its own httpx client follow redirects; to count attempts, it is given one that does the same.
        with httpx.Client(transport=transport, timeout=timeout, follow_redirects=subject in SDK) as http:
            client: Any
            if subject in SDK:
                client = twelvelabs.TwelveLabs(api_key=KEY, base_url=server.url, httpx_client=http)
                arguments.update(SDK[subject])
            else:
                client = TwelveLabs(api_key=KEY, base_url=server.url, httpx_client=http)
                client._sleep = patience["sleep"]
            result = operator.attrgetter(method)(client)(**arguments)
            read.extend(result if request == "stream" else ())

    async def asynchronous() -> None:
        async def sleep(_: float) -> None:
            pass

        async with httpx.AsyncClient(transport=transport, timeout=timeout) as http:
            client: Any = AsyncTwelveLabs(api_key=KEY, base_url=server.url, httpx_client=http)
            client._sleep = sleep
            result = operator.attrgetter(method)(client)(**arguments)
            result = await result if inspect.isawaitable(result) else result
            if request == "stream":
                async for event in result:
                    read.append(event)  # noqa: PERF401 - an extension would lose what came before a failure

    with ExitStack() as stack:
        stack.enter_context(patch("twelvelabs.core.http_client.time", SimpleNamespace(**patience)))
        if request == "file":
            # To the vendor's SDK the text of a path would be the content of the file (ledger S14).
            arguments["video_file"] = stack.enter_context(film.open("rb")) if subject in SDK else film
        try:
            asyncio.run(asynchronous()) if subject == "async" else sync()
        except Exception as error:  # noqa: BLE001 - whatever a client raises is its outcome
            found = type(error).__name__
        else:
            found = "no error"
        return f"{len(read)} events, then {found}" if request == "stream" else found.replace("no error", "answer")


def table(found: list[Row]) -> Iterator[str]:
    """Write the rows as Markdown: one line for what all kinds of requests have in common."""
    yield "| failure | requests | ours: attempts, same bytes, outcome | vendor's SDK 1.0.0 | SDK with `max_retries` 3 |"
    yield "| --- | --- | --- | --- | --- |"
    cells: list[tuple[str, ...]] = []
    for (failure, request), group in groupby(found, lambda row: (row.failure, row.request)):
        reported = {row.subject: _told(row) for row in group}
        ours = (
            reported["sync"]
            if reported["sync"] == reported["async"]
            else f"{reported['sync']}; async {reported['async']}"
        )
        cells.append((failure, request, ours, *(reported[subject] for subject in SDK)))
    for (failure, *outcomes), alike in groupby(cells, lambda cell: (cell[0], *cell[2:])):
        yield f"| {failure} | {', '.join(cell[1] for cell in alike)} | {' | '.join(outcomes)} |"


def _told(row: Row) -> str:
    same = {True: ", same", False: ", **not the same**", None: ""}[row.identical]
    return f"{row.attempts}{same}, {row.outcome}{', **with the key**' if row.key_elsewhere else ''}"


if __name__ == "__main__":
    print("\n".join(table(list(rows()))))
