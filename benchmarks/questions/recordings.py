"""What does it cost to check recorded traffic: a HAR file of 1,000 exchanges?"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import by_hand, inputs
from benchmarks.model import Answer, Effort, Question, Side, Work
from benchmarks.questions.files import asked
from benchmarks.questions.generation import kept

PROMPT = {"video_id": inputs.ID, "prompt": "Who is on the pitch?", "stream": False}
GENERATED = {"id": inputs.GENERATION, "data": "Two teams.", "usage": {"output_tokens": 3}}


def _entry(method: str, path: str, response: Any, posted: Any = None) -> dict[str, Any]:
    headers = [{"name": "x-api-key", "value": inputs.KEY}]
    request: dict[str, Any] = {
        "method": method,
        "url": f"{inputs.BASE}{path}",
        "httpVersion": "HTTP/1.1",
        "cookies": [],
        "headers": headers,
        "queryString": [],
        "headersSize": -1,
        "bodySize": -1,
    }
    if posted is not None:
        headers.append({"name": "content-type", "value": "application/json"})
        request["postData"] = {"mimeType": "application/json", "text": json.dumps(posted)}
    content = json.dumps(response)
    return {
        "startedDateTime": "2025-09-03T20:04:02.000Z",
        "time": 10,
        "request": request,
        "response": {
            "status": 200,
            "statusText": "OK",
            "httpVersion": "HTTP/1.1",
            "cookies": [],
            "headers": [
                {"name": "content-type", "value": "application/json"},
                {"name": "x-api-version", "value": "1.3"},
            ],
            "content": {"size": len(content), "mimeType": "application/json", "text": content},
            "redirectURL": "",
            "headersSize": -1,
            "bodySize": -1,
        },
        "cache": {},
        "timings": {"send": 0, "wait": 10, "receive": 0},
    }


def recording(exchanges: int, *, wrong: bool = False) -> dict[str, Any]:
    """Make a HAR file: listings, single tasks and prompts in turn; the last one asks for too much if told."""
    kinds = (
        lambda number: _entry("GET", f"/tasks?page={number + 1}&page_limit=10&status=ready", inputs.page(10)),
        lambda number: _entry("GET", f"/tasks/{number:024x}", inputs.task(number)),
        lambda _: _entry("POST", "/analyze", GENERATED, PROMPT),
    )
    entries = [kinds[number % 3](number) for number in range(exchanges)]
    if wrong:
        entries[-1] = _entry("GET", "/tasks?page_limit=51", inputs.page(10))
    return {"log": {"version": "1.2", "creator": {"name": "benchmarks", "version": "1"}, "entries": entries}}


def _work(command: tuple[str, ...], ask: Callable[[Path], bool], exchanges: int) -> Work:
    directory = TemporaryDirectory(prefix="bench-")
    path, bad = Path(directory.name) / "good.har", Path(directory.name) / "wrong.har"
    path.write_text(json.dumps(recording(exchanges)))
    bad.write_text(json.dumps(recording(4, wrong=True)))

    def answer() -> Answer:
        return {"good": ask(path), "wrong": ask(bad)}

    return kept(directory, Work((*command, str(path)), answer))


def _ours(size: int) -> Work:
    command = (sys.executable, "-m", "twelvelabs_contract", "check")
    return _work(command, partial(asked, command), size)


def _openapi_core(size: int) -> Work:
    command = (sys.executable, "-m", "benchmarks.by_hand", "har-openapi-core")
    return _work(command, by_hand.har_with_openapi_core, size)


QUESTIONS = (
    Question(
        "har",
        "Check a HAR file of 1,000 exchanges",
        (Side("ours", _ours, slow=True), Side("openapi-core", _openapi_core, slow=True)),
        sizes=(1000,),
        expected={"good": True, "wrong": False},
        per=lambda size: (size, "exchanges"),
        effort=Effort(processes=3),
        small=(9,),
        note="Whole commands, their start included: `twelvelabs-contract check`, and for openapi-core a short program.",
    ),
)
