"""Events of jobs that end are sent as the document declares, signed, retried, and reported."""

from __future__ import annotations

import asyncio
import json
from copy import deepcopy
from inspect import signature
from typing import Any

import httpx
import pytest

from apicontract.openapi.document import Document
from apicontract.responder import StatefulResponder
from apicontract.server import Application, Judged, Webhooks
from tests.server.conftest import HOST, KEY, contract_of
from tests.support.patience import PATIENCE
from tests.support.webhooks import NOW
from twelvelabs_contract import Contract, Request
from twelvelabs_contract.mock import TwelveLabsMock

SECRET = "whsec_made_up"
ANALYSIS = {"video": {"type": "asset_id", "asset_id": "a"}, "prompt": "p", "custom_id": "mine"}
TASK = ("POST", "/v1.3/analyze/tasks", {"json": ANALYSIS})
VIDEO = ("POST", "/v1.3/tasks", {"data": {"index_id": "6a"}, "files": {"video_file": ("a.mp4", b"\x00")}})


class Receiver(httpx.AsyncBaseTransport):
    """Takes what is sent to a webhook, and answers with given statuses, the last one for ever."""

    def __init__(self, *statuses: int | type[Exception]) -> None:
        self.statuses = list(statuses) or [204]
        self.requests: list[httpx.Request] = []

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        self.requests.append(request)
        answer = self.statuses.pop(0) if len(self.statuses) > 1 else self.statuses[0]
        if isinstance(answer, type):
            raise answer("no")
        return httpx.Response(answer)

    @property
    def payloads(self) -> list[Any]:
        return [json.loads(request.content) for request in self.requests]


def sent(
    receiver: Receiver,
    *requests: tuple[str, str, dict[str, Any]],
    edition: str | None = None,
    contract: Contract | None = None,
    **given: float,
) -> tuple[list[Any], list[Judged]]:
    """Send requests to a server with a memory, and return the answers, and what was reported once all is quiet."""
    given = given or {"wait": 0.0}
    contract, judged = contract or contract_of(edition), list[Judged]()
    state = StatefulResponder(contract, job_seconds=10, clock=lambda: 0.0)

    async def run() -> list[Any]:
        webhooks = Webhooks(
            state, "http://hook.test/in?token=t", report=judged.append, secret=SECRET, transport=receiver, **given
        )
        application = Application(contract, report=judged.append, responder=state, webhooks=webhooks)
        answers, job = list[Any](), ""
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url=HOST, headers={"x-api-key": KEY}) as client:
            for method, path, body in requests:
                filled = {key: _filled(value, job) for key, value in body.items()}
                answer = await client.request(method, path.replace("{id}", job), **filled)
                answers.append(answer.json() if answer.content else answer.status_code)
                job = job or answers[0].get("task_id") or answers[0]["_id"]
            while webhooks._sending:
                await asyncio.sleep(0)
        return answers

    return asyncio.run(run()), judged


def _filled(value: Any, job: str) -> Any:
    """Put the id of the job where a body names it."""
    return {**value, "job": value["job"].replace("{id}", job)} if isinstance(value, dict) and "job" in value else value


def clock(seconds: float) -> tuple[str, str, dict[str, Any]]:
    return "POST", "/_contract/clock", {"json": {"advance": seconds}}


def test_a_job_that_ends_sends_its_signed_event_once() -> None:
    receiver = Receiver()
    answers, judged = sent(receiver, TASK, clock(5), clock(5), clock(5), ("GET", "/v1.3/analyze/tasks/{id}", {}))
    (request,), (payload,) = receiver.requests, receiver.payloads
    fields = httpx.Headers(request.headers)
    assert contract_of().check_webhook((fields, request.content), secret=SECRET) == []
    assert payload["type"] == "analyze.task.ready"
    assert (payload["data"]["id"], payload["data"]["custom_id"]) == (answers[0]["task_id"], "mine")
    assert payload["data"]["status"] == answers[-1]["status"] == "ready"
    assert payload["data"]["created_at"] == answers[-1]["created_at"], "the event says what the API answers"
    (found,) = [one for one in judged if one.operation == "webhooks.analyze_task_ready"]
    assert (found.label, found.status, found.findings) == (
        "webhook exchange 1: POST http://hook.test/in",
        204,
        (),
    )
    assert SECRET not in repr(judged)


@pytest.mark.parametrize(
    ("request_", "end", "kind"),
    [
        (VIDEO, ("POST", "/_contract/clock", {"json": {"advance": 10}}), "index.task.ready"),
        (VIDEO, ("POST", "/_contract/end", {"json": {"job": "{id}", "status": "failed"}}), "index.task.failed"),
        (TASK, ("POST", "/_contract/end", {"json": {"job": "{id}", "status": "failed"}}), "analyze.task.failed"),
        (TASK, ("POST", "/v1.3/analyze/tasks/{id}/cancel", {}), "analyze.task.canceled"),
    ],
)
def test_each_end_has_its_event(
    request_: tuple[str, str, dict[str, Any]], end: tuple[str, str, dict[str, Any]], kind: str
) -> None:
    receiver = Receiver()
    answers, _ = sent(receiver, request_, end, clock(100))
    (payload,) = receiver.payloads
    job = answers[0].get("_id") or answers[0]["task_id"]
    assert (payload["type"], payload["data"]["id"]) == (kind, job)
    assert payload["data"]["status"] == kind.rpartition(".")[2]


@pytest.mark.parametrize("end", ["/v1.3/analyze/tasks/{id}", "/_contract/reset"])
def test_what_is_gone_before_it_ends_sends_nothing(end: str) -> None:
    receiver = Receiver()
    sent(receiver, TASK, ("POST" if "_contract" in end else "DELETE", end, {}), clock(100))
    assert receiver.requests == []


def test_an_edition_sends_the_events_that_it_has() -> None:
    receiver = Receiver()
    task = ("POST", TASK[1], {"json": {key: value for key, value in ANALYSIS.items() if key != "custom_id"}})
    failed, canceled = (
        ("POST", "/_contract/end", {"json": {"job": "{id}", "status": status}}) for status in ("failed", "canceled")
    )
    sent(receiver, task, failed, edition="2026-04-02")
    (request,) = receiver.requests
    event = httpx.Headers(request.headers), request.content
    assert contract_of("2026-04-02").check_webhook(event, secret=SECRET, event="analyze.task.failed") == []
    answers, _ = sent(receiver, task, canceled, edition="2026-04-02")
    assert "'canceled' ends no job; known are ready, failed" in answers[1]["message"], "which is there since 2026-10-01"


@pytest.mark.parametrize(
    ("statuses", "attempts", "reported"),
    [
        ([500, 204], 2, ["the receiver responded with 500; declared are 2XX", ""]),
        ([httpx.ConnectError, 200], 2, ["the event was not received: ConnectError", ""]),
        ([404], 3, ["the receiver responded with 404; declared are 2XX"] * 3),
    ],
)
def test_an_event_that_is_not_received_is_sent_again_with_the_same_id(
    statuses: list[Any], attempts: int, reported: list[str]
) -> None:
    receiver = Receiver(*statuses)
    _, judged = sent(receiver, TASK, clock(10))
    assert len(receiver.requests) == attempts
    assert len({payload["id"] for payload in receiver.payloads}) == 1
    found = [one.findings for one in judged if one.label.startswith("webhook")]
    assert [one[0].violation.message if one else "" for one in found] == reported
    assert {one[0].violation.rule for one in found if one} <= {"undelivered"}


def test_the_third_attempt_waits_four_times_as_long_as_the_second(monkeypatch: pytest.MonkeyPatch) -> None:
    waited, sleep = list[float](), asyncio.sleep

    async def noted(seconds: float) -> None:
        waited.extend([seconds] if seconds else [])
        await sleep(0)

    monkeypatch.setattr(asyncio, "sleep", noted)
    sent(Receiver(500), TASK, clock(10), wait=0.5)
    assert waited == [0.5, 2.0]
    assert signature(Webhooks).parameters["wait"].default == 1.0


@pytest.mark.parametrize(("status", "said"), [(204, ""), (200, "the receiver responded with 200; declared are 204")])
def test_an_event_is_received_if_the_status_is_a_declared_one(status: int, said: str) -> None:
    raw = deepcopy(dict(contract_of().document.raw))
    raw["paths"] = {path: item for path, item in raw["paths"].items() if path.startswith("/analyze/tasks")}
    for webhook in raw["webhooks"].values():
        webhook["post"]["responses"] = {"204": {"description": ""}}
    receiver = Receiver(status)
    _, judged = sent(receiver, TASK, clock(10), contract=Contract(Document(raw)))
    found = [one.findings for one in judged if one.label.startswith("webhook")]
    assert [one[0].violation.message for one in found if one] == ([said] * 3 if said else [])
    assert len(receiver.requests) == (3 if said else 1)


def test_sixteen_events_are_under_way_at_once_each_for_ten_seconds() -> None:
    waiting, most, released = list[httpx.Request](), 0, asyncio.Event()

    class Slow(httpx.AsyncBaseTransport):
        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            nonlocal most
            waiting.append(request)
            most = max(most, len(waiting))
            await released.wait()
            waiting.remove(request)
            return httpx.Response(204)

    async def run() -> None:
        webhooks = Webhooks(state, "http://hook.test", report=judged.append, secret=SECRET, transport=Slow())
        webhooks.look()
        while len(waiting) < 16:
            await asyncio.sleep(0)
        for _ in range(100):
            await asyncio.sleep(0)
        assert {tuple(request.extensions["timeout"].values()) for request in waiting} == {(10.0,) * 4}
        released.set()
        while webhooks._sending:
            await asyncio.sleep(0)

    state, judged = StatefulResponder(contract_of(), job_seconds=10, clock=lambda: 0.0), list[Judged]()
    fields = {"x-api-key": KEY, "content-type": "application/json"}
    task = Request("POST", f"https://api.twelvelabs.io{TASK[1]}", fields, json.dumps(ANALYSIS))
    for _ in range(18):
        assert state.respond(task).status < 300
    state.advance(10)
    asyncio.run(run())
    assert (most, len(judged)) == (16, 18)


def test_it_looks_again_when_the_next_job_ends_and_only_once() -> None:
    state = StatefulResponder(contract_of(), job_seconds=30, clock=lambda: 0.0)

    async def run() -> None:
        loop = asyncio.get_running_loop()
        webhooks = Webhooks(state, "http://hook.test", report=lambda _: None, secret=SECRET, transport=Receiver())
        webhooks.look()
        assert webhooks._timer is None, "there is no job"
        state.respond(task)
        timers = list[asyncio.TimerHandle]()
        for seconds in (0, 25, 4.995):
            state.advance(seconds)
            earliest = loop.time()
            webhooks.look()
            assert webhooks._timer is not None
            timers.append(webhooks._timer)
            left = max(30 - state._ahead, 0.01)
            assert earliest + left <= webhooks._timer.when() <= loop.time() + left
        assert [timer.cancelled() for timer in timers] == [True, True, False]
        timers[-1].cancel()

    fields = {"x-api-key": KEY, "content-type": "application/json"}
    task = Request("POST", f"https://api.twelvelabs.io{TASK[1]}", fields, json.dumps(ANALYSIS))
    asyncio.run(run())


def test_an_end_that_there_is_not_is_said() -> None:
    bodies = [{"job": "none", "status": "failed"}, {"job": "{id}", "status": "done"}, {"job": "a"}]
    answers, _ = sent(Receiver(), TASK, *(("POST", "/_contract/end", {"json": body}) for body in bodies))
    begin = 'send {"job": id, "status": its final status}: '
    assert answers[1]["message"] == f"{begin}no job 'none'"
    assert answers[2]["message"] == f"{begin}'done' ends no job; known are ready, failed, canceled"
    assert answers[3]["message"] == f"{begin}status"
    answers, _ = sent(Receiver(), TASK, *(("POST", "/_contract/end", {"content": text}) for text in ("[]", "{")))
    assert all(answer["message"].startswith(begin) for answer in answers[1:])
    number = ("POST", "/_contract/end", {"content": '{"job": 5, "status": "ready"}'})
    assert sent(Receiver(), TASK, number)[0][1]["message"] == f"{begin}no job '5'"


def test_a_job_that_ends_by_itself_is_noticed_without_a_request() -> None:
    receiver, judged = Receiver(), list[Judged]()

    async def run() -> None:
        state = StatefulResponder(contract_of(), job_seconds=0.05)
        webhooks = Webhooks(state, "http://hook.test", report=judged.append, secret=SECRET, transport=receiver)
        application = Application(contract_of(), report=judged.append, responder=state, webhooks=webhooks)
        transport = httpx.ASGITransport(application)
        async with httpx.AsyncClient(transport=transport, base_url=HOST, headers={"x-api-key": KEY}) as client:
            await client.post(TASK[1], json=ANALYSIS)
        async with asyncio.timeout(PATIENCE):
            while len(judged) < 2:
                await asyncio.sleep(0.01)

    asyncio.run(run())
    assert [payload["type"] for payload in receiver.payloads] == ["analyze.task.ready"]


def test_an_address_and_a_secret_are_needed() -> None:
    state = StatefulResponder(contract_of())
    with pytest.raises(ValueError, match="a base URL is needed"):
        Webhooks(state, "hook", report=lambda _: None, secret=SECRET)
    for secret in (None, ""):
        with pytest.raises(ValueError, match="give the secret"):
            Webhooks(state, "http://hook.test", report=lambda _: None, secret=secret)


def test_the_mock_has_the_same_events() -> None:
    with TwelveLabsMock(state=True) as mock, httpx.Client(headers={"x-api-key": KEY}) as client:
        made = client.post("https://api.twelvelabs.io/v1.3/analyze/tasks", json=ANALYSIS).json()["task_id"]
        assert mock.job_events(secret=SECRET) == []
        mock.state.end(made, "failed")
        (event,) = mock.job_events(secret=SECRET)
        assert json.loads(event.content)["data"]["id"] == made
        assert mock.contract.check_webhook(event, secret=SECRET) == []
        assert mock.job_events(secret=SECRET) == []
        client.post("https://api.twelvelabs.io/v1.3/analyze/tasks", json=ANALYSIS)
        mock.state.advance(30)
        (event,) = mock.job_events(secret=SECRET, now=NOW, url="https://me.example/hooks")
        assert str(event.url) == "https://me.example/hooks"
        assert mock.contract.check_webhook(event, secret=SECRET, now=NOW) == []


def test_a_job_within_something_sends_its_own_event() -> None:
    """Not what it is in, whose status ends too."""
    text = {"type": "string"}
    thing = {"type": "object", "properties": {"id": text, "state": text}}

    def path(create: str, retrieve: str, *names: str) -> dict[str, Any]:
        given = [{"name": name, "in": "path", "required": True, "schema": text} for name in names]
        values = {names[-1]: "$response.body#/id", **{name: f"$request.path.{name}" for name in names[:-1]}}
        links = {"it": {"operationId": retrieve, "parameters": values}}
        content = {"application/json": {"schema": thing, "example": {"id": "0123456789abcdef", "state": "new"}}}
        answer = {"description": "", "content": content}
        waiting = {"method": "w", "status": "/state", "done": ["over"], "failed": [], "interval": 1}
        found = {"operationId": retrieve, "parameters": given, "responses": {"200": answer}, "x-waiting": waiting}
        make = {"operationId": create, "parameters": given[:-1], "responses": {"201": {**answer, "links": links}}}
        at = "".join(f"/{name}s/{{{name}}}" for name in names)
        return {at.rpartition("/")[0]: {"post": make}, at: {"get": found}}

    event = {"operation": "job", "status": "over", "id": "/id", "job": "/job/id"}
    said = {"type": "object", "properties": {"id": text, "job": thing}}
    body = {"content": {"application/json": {"schema": said, "example": {"id": "e0123456789abcdef", "job": {}}}}}
    sending = {"operationId": "told", "requestBody": body, "responses": {"2XX": {"description": ""}}, "x-event": event}
    paths = path("add_box", "box", "box") | path("add_job", "job", "box", "job")
    raw = {"openapi": "3.1.0", "paths": paths, "webhooks": {"told": {"post": sending}}}
    state = StatefulResponder(Contract(Document(raw)), job_seconds=10, clock=lambda: 0.0)
    box = json.loads(state.respond(Request("POST", "http://localhost/boxs")).body)["id"]
    job = json.loads(state.respond(Request("POST", f"http://localhost/boxs/{box}/jobs")).body)["id"]
    assert (state.next_end(), state.events()) == (10, [])
    asked = Request("GET", f"http://localhost/boxs/{box}/jobs/{job}")
    assert json.loads(state.respond(asked).body)["state"] == "new", "what it was made with, as none is listed"
    state.advance(10)
    assert json.loads(state.respond(asked).body)["state"] == "over"
    assert [(one.webhook.id, one.payload["job"]) for one in state.events()] == [("told", {"id": job, "state": "over"})]
    assert state.next_end() is None
