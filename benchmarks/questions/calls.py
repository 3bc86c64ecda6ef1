"""What does one call cost over a mock transport: the client's own work, and nothing of a network?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable, Iterator
from itertools import cycle
from typing import Any

import httpx

from benchmarks import clients, inputs
from benchmarks.model import CLOSE, Answer, Question, Side, Work
from benchmarks.targets import TARGETS

TASKS = [inputs.task(number) for number in range(inputs.MANY)]
PROMPTS = [f"Who is on pitch {number}?" for number in range(inputs.MANY)]
GENERATED = [
    {"id": f"{number:024x}", "data": f"Team {number}.", "usage": {"output_tokens": 3}} for number in range(inputs.MANY)
]
ASKED = 3
"""Calls whose answers are compared."""


def _answers(values: list[dict[str, Any]]) -> Callable[[httpx.Request], httpx.Response]:
    return inputs.answering(*map(inputs.dumped, values))


def _found(run: Callable[[], Any], plain: Callable[[Any], Any] = lambda value: value) -> Callable[[], Answer]:
    return lambda: {"values": [plain(run()) for _ in range(ASKED)]}


def _found_async(run: Callable[[], Any], plain: Callable[[Any], Any] = lambda value: value) -> Callable[[], Answer]:
    async def values() -> list[Any]:
        return [plain(await run()) for _ in range(ASKED)]

    return lambda: {"values": asyncio.run(values())}


def _ids() -> Iterator[str]:
    return cycle([task["_id"] for task in TASKS])


def _retrieve_ours(_: int) -> Work:
    client, ids = clients.ours(_answers(TASKS)), _ids()
    return Work(run := lambda: client.tasks.retrieve(task_id=next(ids)), _found(run, clients.plain))


def _retrieve_ours_async(_: int) -> Work:
    client, ids = clients.ours_async(_answers(TASKS)), _ids()

    async def run() -> Any:
        return await client.tasks.retrieve(task_id=next(ids))

    return Work(run, _found_async(run, clients.plain))


def _retrieve_sdk(_: int) -> Work:
    client, ids = clients.sdk(_answers(TASKS)), _ids()
    return Work(run := lambda: client.tasks.retrieve(task_id=next(ids)), _found(run, clients.plain_sdk))


def _retrieve_raw(_: int) -> Work:
    client, ids = clients.raw(_answers(TASKS)), _ids()
    return Work(run := lambda: json.loads(client.get(f"{inputs.BASE}/tasks/{next(ids)}").content), _found(run))


def _retrieve_raw_async(_: int) -> Work:
    transport, ids = httpx.MockTransport(_answers(TASKS)), _ids()
    client = httpx.AsyncClient(transport=transport, headers={"x-api-key": inputs.KEY})

    async def run() -> Any:
        return json.loads((await client.get(f"{inputs.BASE}/tasks/{next(ids)}")).content)

    return Work(run, _found_async(run))


def _analyze_ours(_: int) -> Work:
    client, prompts = clients.ours(_answers(GENERATED)), cycle(PROMPTS)

    def run() -> Any:
        return client.analyze(video_id=inputs.ID, prompt=next(prompts), temperature=0.4)

    return Work(run, _found(run, clients.plain))


def _analyze_sdk(_: int) -> Work:
    client, prompts = clients.sdk(_answers(GENERATED)), cycle(PROMPTS)

    def run() -> Any:
        return client.analyze(video_id=inputs.ID, prompt=next(prompts), temperature=0.4)

    return Work(run, _found(run, clients.plain_sdk))


def _analyze_raw(_: int) -> Work:
    client, prompts = clients.raw(_answers(GENERATED)), cycle(PROMPTS)
    url = f"{inputs.BASE}/analyze"

    def run() -> Any:
        body = {"video_id": inputs.ID, "prompt": next(prompts), "temperature": 0.4, "stream": False}
        return json.loads(client.post(url, json=body).content)

    return Work(run, _found(run))


QUESTIONS = (
    Question(
        "call",
        "One call, GET: retrieve a task",
        (Side("ours", _retrieve_ours), Side("raw httpx", _retrieve_raw), Side("SDK", _retrieve_sdk, rounds=5)),
        targets=TARGETS["call"],
        expected={"values": TASKS[:ASKED]},
        effort=CLOSE,
        note="Ours checks the arguments and reads the answer into a model; raw httpx reads it with `json`. "
        "500 tasks in turn.",
    ),
    Question(
        "call-post",
        "One call, POST of JSON: analyze a video",
        (Side("ours", _analyze_ours), Side("raw httpx", _analyze_raw), Side("SDK", _analyze_sdk, rounds=5)),
        targets=TARGETS["call-post"],
        expected={"values": GENERATED[:ASKED]},
        effort=CLOSE,
    ),
    Question(
        "call-async",
        "One call, GET, asynchronous",
        (
            Side("ours", _retrieve_ours_async, asynchronous=True),
            Side("raw httpx", _retrieve_raw_async, asynchronous=True),
        ),
        targets=TARGETS["call-async"],
        expected={"values": TASKS[:ASKED]},
        effort=CLOSE,
    ),
)
