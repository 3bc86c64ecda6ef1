"""The streams of the newest edition: responses of the agent, and results of batches."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Callable
from typing import Any

import httpx
import pytest
import twelvelabs_api
from twelvelabs_api import models

from apicontract.client import StreamInvalid
from apicontract.responder import Responder
from apicontract.wire.messages import Request
from tests.client.conftest import done, each
from tests.client.streaming import Wire
from tests.support.editions import needs_editions
from twelvelabs_contract import Contract, Headers

pytestmark = needs_editions
CONTRACT = Contract.load()
QUESTION: dict[str, Any] = {
    "knowledge_store_id": "ks_1",
    "input": [{"type": "message", "role": "user", "content": "What is lifted?"}],
}
CREATE, RESULTS = CONTRACT.operation("responses.create"), CONTRACT.operation("analyze_async.batches.results")
ANSWERS = CREATE.responses["200"].content["text/event-stream"].examples
BATCH = str(next(iter(RESULTS.responses["200"].content["application/jsonl"].examples.values())))
BATCH_ID = "0123456789abcdef01234567"


def client(world: str, body: bytes | Wire, kind: str) -> Any:
    """Make a client that is answered with a body."""
    wire = Wire(body) if isinstance(body, bytes) else body
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=wire, headers={"content-type": kind}))
    if world == "sync":
        return twelvelabs_api.TwelveLabs(api_key="k", httpx_client=httpx.Client(transport=transport))
    return twelvelabs_api.AsyncTwelveLabs(api_key="k", httpx_client=httpx.AsyncClient(transport=transport))


def asked(world: str, body: bytes | Wire) -> Callable[[], Any]:
    """Ask the agent."""
    return lambda: client(world, body, "text/event-stream").responses.create_stream(**QUESTION)


async def _all(call: Callable[[], Any], found: list[Any]) -> None:
    async for event in each(await done(call())):
        found.append(event)  # noqa: PERF401 - an extension would lose what came before a failure


async def _text(call: Callable[[], Any]) -> Any:
    return await done((await done(call())).text())


worlds = pytest.mark.parametrize("world", ["sync", "async"])


@worlds
@pytest.mark.parametrize("name", ANSWERS)
def test_an_answer_of_the_agent_is_read_as_typed_events(world: str, name: str) -> None:
    """Each example of the document, with its text in one piece."""
    body, found = ANSWERS[name].encode(), list[Any]()
    asyncio.run(_all(asked(world, body), found))
    sent = [json.loads(line[6:]) for line in body.decode().split("\n") if line.startswith("data: {")]
    assert [event.model_dump(mode="json", by_alias=True, exclude_unset=True) for event in found] == sent
    assert isinstance(found[0], models.ResponseStreamCreatedEvent)
    assert isinstance(found[-1], models.ResponseStreamCompletedEvent | models.ResponseStreamFailedEvent)
    text = "".join(event["delta"] for event in sent if event["type"] == "response.output_text.delta")
    assert asyncio.run(_text(asked(world, body))) == text
    assert bool(text) == (name != "responses_stream_failed")


@worlds
def test_an_event_of_a_type_that_is_not_known_does_not_end_the_answer(world: str) -> None:
    """Ledger A112: such will come. It is delivered, and is distinct from those that are known."""
    body = ANSWERS["responses_stream_failed"].replace(
        "event: response.failed",
        'event: response.new\ndata: {"type":"response.new","delta":"x"}\n\nevent: response.failed',
    )
    found = list[Any]()
    asyncio.run(_all(asked(world, body.encode()), found))
    assert [type(event) for event in found] == [
        models.ResponseStreamCreatedEvent,
        models.UnknownEvent,
        models.ResponseStreamFailedEvent,
    ]
    assert found[1].model_extra == {"type": "response.new", "delta": "x"}
    assert asyncio.run(_text(asked(world, body.encode()))) == ""


@worlds
def test_an_answer_that_breaks_off_is_an_error_after_all_that_came(world: str) -> None:
    """Wherever: the vendor's SDK takes it for a short answer (ledger S25)."""
    body = ANSWERS["responses_stream_cited"].encode()
    whole = body.count(b"data: {")
    for cut in (len(body) // 3, len(body) - 16, len(body) - 2):
        found = list[Any]()
        with pytest.raises(StreamInvalid) as caught:
            asyncio.run(_all(asked(world, body[:cut]), found))
        assert len(found) == body[:cut].count(b"}\n\n")
        assert [violation.rule for violation in caught.value.violations] == ["truncated"]
        assert len(found) < whole or cut > len(body) // 2


@worlds
def test_the_results_of_a_batch_come_one_by_one(world: str) -> None:
    """Each is there before the next has come, and a line that is no result is an error after those before it."""
    lines = [line.encode() + b"\n" for line in BATCH.splitlines()]
    wire, seen = Wire(*lines, b'{"task_id": 5}\n'), list[int]()
    original = wire.chunks
    wire.chunks = _counted(original, seen)

    read = list[tuple[Any, int]]()

    async def work() -> None:
        batches = client(world, wire, "application/jsonl").analyze_async.batches
        async for result in each(await done(batches.results(batch_id=BATCH_ID))):
            read.append((type(result), len(seen)))

    with pytest.raises(StreamInvalid, match=r"event\[[0-9]+\]\.task_id") as caught:
        asyncio.run(work())
    assert read == [(models.AnalyzeBatchResultItem, count) for count in range(1, len(lines) + 1)]
    assert caught.value.line == len(lines) + 1


def _counted(chunks: Any, seen: list[int]) -> Any:
    for chunk in chunks:
        seen.append(len(chunk))
        yield chunk


def test_the_mock_answers_with_both_kinds_of_stream() -> None:
    """As their documents have it: the first example, which conforms."""
    responder, base = Responder(CONTRACT), CONTRACT.servers[0]
    body = json.dumps({**QUESTION, "stream": True}).encode()
    for operation, request in (
        (CREATE, Request("POST", f"{base}/responses", _headers(), body)),
        (RESULTS, Request("GET", f"{base}/analyze/batches/{BATCH_ID}/results", _headers())),
    ):
        response = responder.respond(request)
        assert response.status == 200, response.body
        assert CONTRACT.check_response(response, operation=operation.id) == []
        assert response.body.count(b"\n") > 1


def _headers() -> Headers:
    return Headers({"x-api-key": "k", "content-type": "application/json"})
