"""What does it cost to check recorded traffic: a HAR file of 1,000 exchanges?"""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from benchmarks import inputs
from benchmarks.model import Answer, Effort, Question, Side, Work
from benchmarks.questions.files import by_a_user, reported
from benchmarks.questions.generation import kept
from benchmarks.targets import TARGETS

PROMPT = {"video_id": inputs.ID, "prompt": "Who is on the pitch?", "stream": False}
GENERATED = {"id": inputs.GENERATION, "data": "Two teams.", "usage": {"output_tokens": 3}}


def _entry(method: str, path: str, response: Any, posted: Any = None, status: int = 200) -> dict[str, Any]:
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
            "status": status,
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
    """Make a HAR file: listings, single tasks and prompts in turn; four of them break a rule each if told."""
    kinds = (
        lambda number: _entry("GET", f"/tasks?page={number + 1}&page_limit=10&status=ready", inputs.page(10)),
        lambda number: _entry("GET", f"/tasks/{number:024x}", inputs.task(number)),
        lambda _: _entry("POST", "/analyze", GENERATED, PROMPT),
    )
    entries = [kinds[number % 3](number) for number in range(exchanges)]
    if wrong:
        entries[0] = _entry("GET", "/tasks?page_limit=51", inputs.page(10))
        entries[2] = _entry("POST", "/analyze", GENERATED, {**PROMPT, "temperature": 7})
        entries[exchanges // 2] = _entry("GET", f"/tasks/{inputs.ID}", {**inputs.task(1), "created_at": 3})
        entries[-1] = _entry("GET", f"/tasks/{inputs.ID}", inputs.task(1), status=201)
    return {"log": {"version": "1.2", "creator": {"name": "benchmarks", "version": "1"}, "entries": entries}}


def _work(command: tuple[str, ...], ask: Callable[[Path], Answer], exchanges: int) -> Work:
    directory = TemporaryDirectory(prefix="bench-")
    path, bad = Path(directory.name) / "good.har", Path(directory.name) / "wrong.har"
    path.write_text(json.dumps(recording(exchanges)))
    bad.write_text(json.dumps(recording(exchanges, wrong=True)))
    return kept(directory, Work((*command, str(path)), lambda: ask(bad)))


def _ours(size: int) -> Work:
    command = (sys.executable, "-m", "twelvelabs_contract", "check", "--spec", str(inputs.document_path()))

    def ask(path: Path) -> Answer:
        findings = json.loads(reported((*command, "--format", "json"), path))["findings"]
        return {"wrong messages": len(findings)}

    return _work(command, ask, size)


def _openapi_core(size: int) -> Work:
    command, count = by_a_user("har-openapi-core")
    return _work(command, lambda path: {"wrong messages": count(path)}, size)


QUESTIONS = (
    Question(
        "har",
        "Check a HAR file of 1,000 exchanges",
        (Side("ours", _ours, slow=True), Side("openapi-core", _openapi_core, slow=True)),
        sizes=(1000,),
        targets=TARGETS["har"],
        expected={"wrong messages": 4},
        per=lambda size: (size, "exchanges"),
        effort=Effort(processes=3),
        small=(9,),
        note="Whole commands, their start included: `twelvelabs-contract check`, and for openapi-core a short program. "
        "Before, both find the faults planted in a query, a body, a response and a status.",
    ),
)
