"""The vendor's newest SDK reads the new streams: every event that was sent arrives, or there is an error.

It runs in a separate process, because two releases cannot be imported into one. Events that it is known to lose are
strict expected failures, with the name of the defect in the ledger.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import pytest
import twelvelabs_api

from apicontract.client import StreamInvalid
from tests.support.editions import needs_editions
from twelvelabs_contract import Contract

RELEASE = "1.3.6"
SDK = Path(sys.prefix) / f"sdk-{RELEASE}"
"""Where `make setup` installs it."""
pytestmark = needs_editions
CONTRACT = Contract.load()
ANSWER = str(
    CONTRACT.operation("responses.create").responses["200"].content["text/event-stream"].examples["responses_stream_cited"]
)  # fmt: skip
RESULT = '{"task_id": "t%d", "custom_id": null, "status": "queued"}\n'
NEW = 'event: response.new\ndata: {"type": "response.new"}\n\nevent: response.in_progress'

PROGRAM = """
import json, sys
import httpx, twelvelabs

def one(kind, body):
    http = httpx.Client(transport=httpx.MockTransport(
        lambda _: httpx.Response(200, headers={"content-type": kind}, content=body.encode("utf-8", "surrogatepass"))))
    client = twelvelabs.TwelveLabs(api_key="k", httpx_client=http)
    found = []
    try:
        if kind == "text/event-stream":
            message = {"type": "message", "role": "user", "content": "?"}
            stream = client.responses.create_stream(knowledge_store_id="k", input=[message])
        else:
            stream = client.analyze_async.batches.results("b")
        for event in stream:
            found.append(getattr(event, "type", None) or getattr(event, "task_id", None))
    except Exception as error:
        return [found, type(error).__name__]
    return [found, None]

print(json.dumps([one(*case) for case in json.load(sys.stdin)]))
"""
LOST = "S25: an event that is not known is lost in silence"
CUT = "S25: a stream that breaks off looks like one that ended"
WRONG = "S25: what is no event is passed over in silence"
SEPARATOR = "S25: lines are cut at U+2028 too"
MARK = "S25: a byte order mark hides the first event (httpx-sse)"
SSE, LINES = "text/event-stream", "application/jsonl"
CASES: dict[str, tuple[str, str, int, bool, str]] = {
    "an answer": (SSE, ANSWER, 10, False, ""),
    "other ends of lines": (SSE, ANSWER.replace("\n", "\r\n"), 10, False, ""),
    "a comment, an id": (SSE, f": c\n\n{ANSWER}", 10, False, ""),
    "a byte order mark": (SSE, "\ufeff" + ANSWER.partition("\n")[2], 10, False, MARK),
    "an unknown event": (SSE, ANSWER.replace("event: response.in_progress", NEW), 11, False, LOST),
    "an id before a sign of life": (SSE, f"id: 1\n\n{ANSWER}", 10, False, ""),
    "an event of invalid JSON": (SSE, ANSWER.replace('{"type":"response.in', '{"type:"response.in'), 1, True, WRONG),
    "an answer that is cut in an event": (SSE, ANSWER[: len(ANSWER) // 3], 4, True, CUT),
    "an answer without its end": (SSE, ANSWER.partition("event: response.completed")[0], 9, True, CUT),
    "results": (LINES, RESULT % 1 + RESULT % 2, 2, False, ""),
    "a separator in a text": (LINES, RESULT % 1 + (RESULT % 2).replace("queued", "a\u2028b"), 2, False, SEPARATOR),
    "a line that is invalid JSON": (LINES, RESULT % 1 + "oops\n" + RESULT % 2, 1, True, WRONG),
    "a line that is cut": (LINES, RESULT % 1 + (RESULT % 2)[:20], 1, True, CUT),
}  # fmt: skip
"""Media type, body, how many events arrive, whether there is an error, and the defect."""


@pytest.fixture(scope="module")
def outcomes() -> dict[str, Any]:
    """Read every stream with the SDK, once."""
    if not SDK.exists():
        pytest.skip(f"SDK {RELEASE} is not installed beside this environment")
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM],
        input=json.dumps([case[:2] for case in CASES.values()]),
        env={**os.environ, "PYTHONPATH": str(SDK)},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    return dict(zip(CASES, json.loads(done.stdout), strict=True))


def _expected(name: str) -> Any:
    defect = CASES[name][4]
    marks = [pytest.mark.xfail(strict=True, raises=AssertionError, reason=defect)] if defect else []
    return pytest.param(name, marks=marks)


@pytest.mark.parametrize("name", list(map(_expected, CASES)))
def test_every_event_arrives_or_there_is_an_error(name: str, outcomes: dict[str, Any]) -> None:
    """Of the SDK."""
    events, error = outcomes[name]
    assert (len(events), error is not None) == CASES[name][2:4]


@pytest.mark.parametrize("name", CASES)
def test_ours_reads_the_same_streams(name: str) -> None:
    """Without any defect."""
    kind, body, count, broken, _ = CASES[name]
    answer = httpx.Response(200, headers={"content-type": kind}, content=body.encode())
    http = httpx.Client(transport=httpx.MockTransport(lambda _: answer))
    client, found, error = twelvelabs_api.TwelveLabs(api_key="k", httpx_client=http), list[Any](), None
    message = twelvelabs_api.models.ResponseInputItem(type="message", role="user", content="?")
    try:
        if kind == SSE:
            found.extend(client.responses.create_stream(knowledge_store_id="k", input=[message]))
        else:
            found.extend(client.analyze_async.batches.results(batch_id="0" * 24))
    except StreamInvalid as invalid:
        error = invalid
    assert (len(found), error is not None) == (count, broken)
