"""How does the cost grow: with operations, parameters, parts of a form, items of a page, events of a stream?"""

from __future__ import annotations

import json
import sys
from dataclasses import replace
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING, Any

import httpx

from benchmarks import checkers, clients, inputs, synthetic
from benchmarks.checkers import Message
from benchmarks.model import Answer, Effort, Growth, Question, Side, Work
from benchmarks.questions import ndjson, responses
from benchmarks.questions.generation import kept, shell
from benchmarks.questions.requests import listing

if TYPE_CHECKING:
    from collections.abc import Callable

    from twelvelabs_contract import Contract

EFFORT = Effort(processes=3, values=3, min_time=0.02)


def _written(document: dict[str, Any], name: str = "openapi.json") -> tuple[TemporaryDirectory[str], Path]:
    directory = TemporaryDirectory(prefix="bench-")
    path = Path(directory.name) / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(json.dumps(document))
    return directory, path


def _load(size: int) -> Work:
    from twelvelabs_contract import Contract

    directory, path = _written(synthetic.operations(size))

    def run() -> Contract:
        return Contract.load(path)

    return kept(directory, Work(run, lambda: {"operations": len(run().operations)}))


def _first_check(size: int) -> Work:
    from twelvelabs_contract import Contract

    directory, path = _written(synthetic.operations(size))
    request = checkers.neutral(listing(2))

    def run() -> Contract:
        contract = Contract.load(path)
        if contract.check_request(request):
            raise ValueError("a request that conforms was refused")
        return contract

    return kept(directory, Work(run, lambda: {"operations": len(run().operations)}))


def _codegen(size: int) -> Work:
    directory, path = _written(synthetic.operations(size), "spec/openapi.yaml")  # JSON is YAML
    out = path.parents[1] / "out"
    code = f"exec '{sys.executable}' -m codegen --spec '{path.parent}' --out '{out}' --package grown_api"
    command = shell(f"rm -rf '{out}'", code)

    def answer() -> Answer:
        import subprocess

        subprocess.run(command, check=True, capture_output=True)
        written = json.loads((out / "grown_api" / "openapi.json").read_text())
        return {"operations": sum(len(item.keys() - {"parameters"}) for item in written["paths"].values())}

    return kept(directory, Work(command, answer))


def _query(size: int, value: int = 3) -> Message:
    return Message("GET", "/things", "&".join(f"p{i}={value if i == size - 1 else i % 10}" for i in range(size)))


def _form(size: int, last: str = "three") -> Message:
    fields = {f"p{i}": (None, last if i == size - 1 else "text") for i in range(size)}
    request = httpx.Request("POST", f"{inputs.BASE}/things", files=fields)
    return Message("POST", "/things", body=request.read(), content_type=request.headers["content-type"])


def _checked(make: Callable[[int], Message], document: Callable[[int], dict[str, Any]], wrong: Any, size: int) -> Work:
    from twelvelabs_contract import Contract

    directory, path = _written(document(size))
    contract = Contract.load(path)
    good, bad = (checkers.request_check(contract, message) for message in (make(size), wrong(size)))
    return kept(directory, Work(good, lambda: {"good": good(), "wrong": bad()}))


def _checked_by_openapi_core(
    make: Callable[[int], Message], document: Callable[[int], dict[str, Any]], wrong: Any, size: int
) -> Work:
    app = checkers.openapi_core(document(size))
    good, bad = (checkers.openapi_core_request(app, message) for message in (make(size), wrong(size)))
    return Work(good, lambda: {"good": good(), "wrong": bad()})


def _request_sides(
    make: Callable[[int], Message], document: Callable[[int], dict[str, Any]], wrong: Callable[[int], Message]
) -> tuple[Side, ...]:
    return (
        Side("ours", partial(_checked, make, document, wrong)),
        Side("openapi-core", partial(_checked_by_openapi_core, make, document, wrong), sizes=(10, 100)),
    )


def _items(connect: Callable[[Any], Any], number: int) -> Work:
    client = connect(inputs.listing(number // 50, 50))

    def run() -> None:
        for _ in client.tasks.list(page_limit=50):
            pass

    def answer() -> Answer:
        return {"ids": [item.id for item in client.tasks.list(page_limit=50)]}

    return Work(run, answer)


def _operations(
    name: str,
    title: str,
    setup: Callable[[int], Work],
    *,
    slow: bool = False,
    small: tuple[int, ...] | None = None,
    note: str = "",
) -> Question:
    return Question(
        name,
        title,
        (Side("ours", setup, slow=slow),),
        sizes=(28, 75, 150, 300),
        judged=(28,) if slow else None,
        growth=Growth("operations"),
        effort=replace(EFFORT, processes=2) if slow else EFFORT,
        small=small,
        note=f"Copies of the bundled document's operations, each copy with schemas of its own.{note}",
    )


QUESTIONS = (
    _operations(
        "scale-load",
        "Load a contract, by number of operations",
        _load,
        note=" Each operation takes as many function calls, whatever the number of operations (a test counts them): "
        "what grows besides is the price of memory.",
    ),
    _operations("scale-first", "Load a contract and check a first request, by number of operations", _first_check),
    _operations(
        "scale-codegen",
        "Generate code, by number of operations",
        _codegen,
        slow=True,
        small=(),  # the same command as of `codegen`
    ),
    Question(
        "scale-parameters",
        "Check a request, by number of query parameters",
        _request_sides(_query, synthetic.parameters, partial(_query, value=10)),
        sizes=(10, 30, 100, 300),
        expected={"good": True, "wrong": False},
        growth=Growth("query parameters"),
        effort=EFFORT,
    ),
    Question(
        "scale-parts",
        "Check a request, by number of parts of a form",
        _request_sides(_form, synthetic.fields, partial(_form, last="too long")),
        sizes=(10, 30, 100, 300),
        expected={"good": True, "wrong": False},
        growth=Growth("parts"),
        effort=EFFORT,
    ),
    Question(
        "scale-page",
        "Check a response, by number of items on its page",
        tuple(
            side
            for side in responses.checking(responses.page, "/tasks", responses.PAGE)
            if side.name in ("ours", "jsonschema-rs + from_json")
        ),
        sizes=(10, 100, 1000, 10_000),
        expected=responses.CHECKED,
        growth=Growth("items"),
        effort=EFFORT,
        note="A page becomes Python values as a whole, whose memory is dearer for many: for the peer as well.",
    ),
    Question(
        "scale-items",
        "List items with a client, pages of fifty, by number of items",
        (Side("ours", partial(_items, clients.ours)), Side("SDK", partial(_items, clients.sdk), sizes=(100, 500))),
        sizes=(100, 500, 2000, 5000),
        growth=Growth("items"),
        effort=EFFORT,
        note="Items are consumed one by one and not kept: memory for what is kept grows dearer with its amount.",
    ),
    Question(
        "scale-events",
        "Read a stream with a client, by number of events",
        ndjson.short_events("ours", ndjson.PEER),
        sizes=(100, 1000, 10_000, 100_000),
        growth=Growth("events"),
        effort=EFFORT,
    ),
)
