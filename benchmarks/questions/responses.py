"""What does it cost to check a response: a page of ten tasks, and 2 MB of embeddings?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from functools import partial
from typing import Any, TypeAlias

from benchmarks import checkers, clients, inputs
from benchmarks.checkers import Check, Message
from benchmarks.model import Answer, Effort, Question, Side, Target, Work

Bodies: TypeAlias = dict[str, bytes]
"""What is checked: a `good` body, which is timed, and others."""
PAGE, EMBEDDING = "TasksListResponse", "EmbedTasksRetrieveResponse"


def broken(good: Any, place: list[str | int], value: Any) -> Bodies:
    """Make a body that conforms, one that does not, and one that is no JSON."""
    body = inputs.dumped(good)
    wrong = json.loads(body)
    inside = wrong
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    return {"good": body, "wrong": inputs.dumped(wrong), "cut off": body[: len(body) // 2]}


def page(items: int) -> Bodies:
    """Make pages of tasks."""
    return broken(inputs.page(items), ["data", items - 1, "_id"], 7)


def _embedding(vectors: int) -> Bodies:
    return broken(inputs.embedding(vectors), ["video_embedding", "segments", vectors - 1, "float", 1023], "0.5")


def _work(make: Callable[[bytes], Check], bodies: Bodies) -> Work:
    checks = {name: make(body) for name, body in bodies.items()}
    return Work(checks["good"], lambda: {name: check() for name, check in checks.items()})


def _ours(bodies: Callable[[int], Bodies], operation: str, size: int) -> Work:
    return _work(partial(checkers.response_check, checkers.contract(), operation), bodies(size))


def _openapi_core(bodies: Callable[[int], Bodies], path: str, size: int) -> Work:
    return _work(partial(checkers.openapi_core_response, checkers.openapi_core(), Message("GET", path)), bodies(size))


def _engine(engine: Callable[[str, bytes], Check], bodies: Callable[[int], Bodies], name: str, size: int) -> Work:
    return _work(partial(engine, name), bodies(size))


def _parse_fast(bodies: Callable[[int], Bodies], size: int) -> Work:
    from pydantic_core import from_json

    known = {name: body for name, body in bodies(size).items() if name != "wrong"}
    return _work(partial(checkers.parse, from_json), known)


def _parse_standard(bodies: Callable[[int], Bodies], size: int) -> Work:
    known = {name: body for name, body in bodies(size).items() if name != "wrong"}
    return _work(partial(checkers.parse, json.loads), known)


def checking(bodies: Callable[[int], Bodies], operation: str, path: str, name: str) -> tuple[Side, ...]:
    """Make the sides that check a body of an operation, against a schema by name."""
    return (
        Side("ours", partial(_ours, bodies, operation)),
        Side("openapi-core", partial(_openapi_core, bodies, path)),
        Side("jsonschema", partial(_engine, checkers.jsonschema, bodies, name)),
        Side("jsonschema-rs + from_json", partial(_engine, checkers.jsonschema_rs, bodies, name)),
        Side("pydantic_core.from_json", partial(_parse_fast, bodies)),
        Side("json", partial(_parse_standard, bodies)),
    )


def _seen(vectors: Callable[[], Any], plain: Callable[[Any], Any]) -> Callable[[], Answer]:
    def answer() -> Answer:
        segments = plain(vectors())["video_embedding"]["segments"]
        return {"vectors": len(segments), "sum": sum(map(sum, (segment["float"] for segment in segments)))}

    return answer


def _client_ours(size: int) -> Work:
    client = clients.ours(inputs.answering(inputs.dumped(inputs.embedding(size))))
    return Work(run := lambda: client.embed.tasks.retrieve(task_id=inputs.ID), _seen(run, clients.plain))


def _client_sdk(size: int) -> Work:
    client = clients.sdk(inputs.answering(inputs.dumped(inputs.embedding(size))))
    return Work(run := lambda: client.embed.tasks.retrieve(task_id=inputs.ID), _seen(run, clients.plain_sdk))


def _client_raw(load: Callable[[], Callable[[bytes], Any]], size: int) -> Work:
    read = load()
    client = clients.raw(inputs.answering(inputs.dumped(inputs.embedding(size))))
    url = f"{inputs.BASE}/embed/tasks/{inputs.ID}"
    return Work(run := lambda: read(client.get(url).content), _seen(run, lambda value: value))


def _from_json() -> Callable[[bytes], Any]:
    from pydantic_core import from_json

    return from_json


CHECKED = {"good": True, "wrong": False, "cut off": False}

QUESTIONS = (
    Question(
        "page",
        "Check a response: a page of ten tasks",
        checking(page, "tasks.list", "/tasks", PAGE),
        sizes=(10,),
        targets=(Target("openapi-core", times=1 / 50),),
        expected=CHECKED,
    ),
    Question(
        "embedding",
        "Check a response: 100 embeddings of 1,024 floats, 2 MB",
        tuple(
            replace(side, slow=side.name == "jsonschema")
            for side in checking(_embedding, "embed.tasks.retrieve", f"/embed/tasks/{inputs.ID}", EMBEDDING)
            if side.name != "openapi-core"  # it would take several seconds
        ),
        sizes=(100,),
        targets=(Target("pydantic_core.from_json", times=1.5),),
        expected=CHECKED,
        small=(2,),
    ),
    Question(
        "embedding-client",
        "Receive 100 embeddings of 1,024 floats with a client, 2 MB",
        (
            Side("ours", _client_ours),
            Side("raw httpx, from_json", partial(_client_raw, _from_json)),
            Side("raw httpx, json", partial(_client_raw, lambda: json.loads)),
            Side("SDK", _client_sdk),
        ),
        sizes=(100,),
        targets=(Target("raw httpx, from_json", times=1.5),),
        effort=Effort(processes=5, values=3),
        small=(2,),
        note="The target of the check of this response, asked of the whole client, which makes models of it.",
    ),
)
