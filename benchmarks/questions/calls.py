"""What does one call cost over a mock transport: the client's own work, and nothing of a network?"""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

from benchmarks import clients, inputs
from benchmarks.model import Answer, Question, Side, Target, Work

TASK = inputs.task(17)
TASK_ID = TASK["_id"]
TEXT = {"video_id": inputs.ID, "prompt": "Who is on the pitch?", "temperature": 0.4}
GENERATED = {"id": inputs.GENERATION, "data": "Two teams.", "usage": {"output_tokens": 3}}


def _found(run: Callable[[], Any], plain: Callable[[Any], Any]) -> Callable[[], Answer]:
    return lambda: {"value": plain(run())}


def _retrieve_ours(_: int) -> Work:
    client = clients.ours(inputs.answering(inputs.dumped(TASK)))
    return Work(run := lambda: client.tasks.retrieve(task_id=TASK_ID), _found(run, clients.plain))


def _retrieve_ours_async(_: int) -> Work:
    client = clients.ours_async(inputs.answering(inputs.dumped(TASK)))

    async def run() -> Any:
        return await client.tasks.retrieve(task_id=TASK_ID)

    return Work(run, lambda: {"value": clients.plain(asyncio.run(run()))})


def _retrieve_sdk(_: int) -> Work:
    client = clients.sdk(inputs.answering(inputs.dumped(TASK)))
    return Work(run := lambda: client.tasks.retrieve(task_id=TASK_ID), _found(run, clients.plain_sdk))


def _retrieve_raw(_: int) -> Work:
    client = clients.raw(inputs.answering(inputs.dumped(TASK)))
    url = f"{inputs.BASE}/tasks/{TASK_ID}"
    return Work(run := lambda: json.loads(client.get(url).content), _found(run, lambda value: value))


def _retrieve_raw_async(_: int) -> Work:
    import httpx

    transport = httpx.MockTransport(inputs.answering(inputs.dumped(TASK)))
    client = httpx.AsyncClient(transport=transport, headers={"x-api-key": inputs.KEY})
    url = f"{inputs.BASE}/tasks/{TASK_ID}"

    async def run() -> Any:
        return json.loads((await client.get(url)).content)

    return Work(run, lambda: {"value": asyncio.run(run())})


def _analyze_ours(_: int) -> Work:
    client = clients.ours(inputs.answering(inputs.dumped(GENERATED)))

    def run() -> Any:
        return client.analyze(video_id=inputs.ID, prompt="Who is on the pitch?", temperature=0.4)

    return Work(run, _found(run, clients.plain))


def _analyze_sdk(_: int) -> Work:
    client = clients.sdk(inputs.answering(inputs.dumped(GENERATED)))

    def run() -> Any:
        return client.analyze(video_id=inputs.ID, prompt="Who is on the pitch?", temperature=0.4)

    return Work(run, _found(run, clients.plain_sdk))


def _analyze_raw(_: int) -> Work:
    client = clients.raw(inputs.answering(inputs.dumped(GENERATED)))
    url = f"{inputs.BASE}/analyze"
    body = {**TEXT, "stream": False}
    return Work(run := lambda: json.loads(client.post(url, json=body).content), _found(run, lambda value: value))


QUESTIONS = (
    Question(
        "call",
        "One call, GET: retrieve a task",
        (Side("ours", _retrieve_ours), Side("raw httpx", _retrieve_raw), Side("SDK", _retrieve_sdk)),
        targets=(Target("raw httpx", times=1.3),),
        expected={"value": TASK},
        note="Ours checks the arguments and reads the answer into a model; raw httpx reads it with `json`.",
    ),
    Question(
        "call-post",
        "One call, POST of JSON: analyze a video",
        (Side("ours", _analyze_ours), Side("raw httpx", _analyze_raw), Side("SDK", _analyze_sdk)),
        targets=(Target("raw httpx", times=1.3),),
        expected={"value": GENERATED},
    ),
    Question(
        "call-async",
        "One call, GET, asynchronous",
        (
            Side("ours", _retrieve_ours_async, asynchronous=True),
            Side("raw httpx", _retrieve_raw_async, asynchronous=True),
        ),
        targets=(Target("raw httpx", times=1.3),),
        expected={"value": TASK},
    ),
)
