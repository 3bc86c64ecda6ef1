"""What does it cost to check a response: a page of ten tasks, and 2 MB of embeddings?"""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from functools import cache, partial
from typing import Any

from benchmarks import checkers, clients, inputs
from benchmarks.checkers import Check, Message
from benchmarks.model import Answer, Effort, Question, Side, Work
from benchmarks.questions.requests import turning
from benchmarks.targets import TARGETS


@dataclass(frozen=True, slots=True)
class Bodies:
    """What is checked: good bodies, which are timed in turn, one that does not conform, and invalid JSON."""

    good: list[bytes]
    wrong: bytes
    cut_off: bytes


PAGE, EMBEDDING = "TasksListResponse", "EmbedTasksRetrieveResponse"


def broken(good: list[Any], place: list[str | int], value: Any) -> Bodies:
    """Make bodies of values that conform, and break the first one at a place."""
    bodies = [inputs.dumped(one) for one in good]
    wrong = json.loads(bodies[0])
    inside = wrong
    for step in place[:-1]:
        inside = inside[step]
    inside[place[-1]] = value
    return Bodies(bodies, inputs.dumped(wrong), bodies[0][: len(bodies[0]) // 2])


def page(items: int) -> Bodies:
    """Make one page of tasks."""
    return broken([inputs.page(items)], ["data", items - 1, "_id"], 7)


@cache
def pages(items: int) -> Bodies:
    """Make many pages of tasks."""
    return broken([inputs.page(items, number + 1, inputs.MANY) for number in range(inputs.MANY)], ["data", 0, "_id"], 7)


def _embedding(vectors: int) -> Bodies:
    return broken([inputs.embedding(vectors)], ["video_embedding", "segments", vectors - 1, "float", 1023], "0.5")


def _work(make: Callable[[bytes], Check], bodies: Bodies, *, parsing: bool = False) -> Work:
    good, wrong, cut_off = [make(body) for body in bodies.good], make(bodies.wrong), make(bodies.cut_off)

    def answer() -> Answer:
        reported = {"good": all(check() for check in good[::50]), "cut off": cut_off()}
        return reported if parsing else {**reported, "wrong": wrong()}

    return Work(turning(good) if len(good) > 1 else good[0], answer)


def _ours(bodies: Callable[[int], Bodies], path: str, size: int) -> Work:
    return _work(partial(checkers.response_check, checkers.contract(), Message("GET", path)), bodies(size))


def _openapi_core(bodies: Callable[[int], Bodies], path: str, size: int) -> Work:
    return _work(partial(checkers.openapi_core_response, checkers.openapi_core(), Message("GET", path)), bodies(size))


def _engine(
    engine: Callable[[str], Callable[[bytes], Check]], bodies: Callable[[int], Bodies], name: str, size: int
) -> Work:
    return _work(engine(name), bodies(size))


def _parse_fast(bodies: Callable[[int], Bodies], size: int) -> Work:
    from pydantic_core import from_json

    return _work(checkers.parse(from_json), bodies(size), parsing=True)


def _parse_standard(bodies: Callable[[int], Bodies], size: int) -> Work:
    return _work(checkers.parse(json.loads), bodies(size), parsing=True)


def checking(bodies: Callable[[int], Bodies], path: str, name: str) -> tuple[Side, ...]:
    """Make the sides that check the bodies of answers to a GET, against a schema by name."""
    return (
        Side("ours", partial(_ours, bodies, path)),
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
        checking(pages, "/tasks", PAGE),
        sizes=(10,),
        targets=TARGETS["page"],
        expected=CHECKED,
        note="500 pages in turn. Ours and openapi-core also find the operation, by the request; the others are given "
        "its schema.",
    ),
    Question(
        "embedding",
        "Check a response: 100 embeddings of 1,024 floats, 2 MB",
        tuple(
            replace(side, slow=side.name == "jsonschema")
            for side in checking(_embedding, f"/embed/tasks/{inputs.ID}", EMBEDDING)
            if side.name != "openapi-core"  # it would take several seconds
        ),
        sizes=(100,),
        targets=TARGETS["embedding"],
        expected=CHECKED,
        small=(2,),
    ),
    Question(
        "embedding-client",
        "Receive 100 embeddings of 1,024 floats with a client, 2 MB",
        (
            Side("ours", _client_ours),
            Side("raw httpx, from_json", partial(_client_raw, _from_json)),
            Side("SDK", _client_sdk),
        ),
        sizes=(100,),
        targets=TARGETS["embedding-client"],
        effort=Effort(processes=5, values=3),
        small=(2,),
        note="The target of the check of this response, asked of the whole client, which makes models of it.",
    ),
)
