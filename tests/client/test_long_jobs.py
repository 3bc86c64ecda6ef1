"""Every method of long uploads and long jobs, sync and async, over respx and over real sockets."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import httpx
import pytest
import respx
from twelvelabs_api import AsyncTwelveLabs, TwelveLabs

from tests.client.conftest import KEY
from tests.support.misbehaving import Connection, Received, serving
from tests.support.storage import ASSET, Answered, Storage
from tests.typing import long_jobs

DONE = {"batches": "completed"}
"""How a job ends, by a step of its path; `ready` elsewhere."""

TIME = "2026-11-29T08:15:42Z"
COUNTS = [f"{kind}_items" for kind in ("total", "queued", "processing", "ready", "failed", "canceled")]
IDENTIFIERS = ("_id", "batch_id", "task_id")
KNOWN: dict[str, Any] = dict.fromkeys(IDENTIFIERS, long_jobs.FIRST) | dict.fromkeys(COUNTS, 0)
KNOWN |= {
    "custom_id": None,
    "created_at": TIME,
    "expires_at": TIME,
    "analysis_mode": "general",
    "model_name": "m",
    "data": None,
}
"""What some answers have to have."""


class Service:
    """The service: uploads, and jobs that are over with the second answer."""

    def __init__(self) -> None:
        self.storage = Storage()
        self.asked: dict[str, int] = {}

    def answer(self, method: str, target: str, headers: Any, body: bytes) -> Answered:
        path = target.partition("?")[0].removeprefix("/v1.3")
        if method == "PUT" or "/multipart-uploads" in path or path == "/assets":
            return self.storage.answer(method, target, headers, body)
        if path.startswith(f"/assets/{ASSET}"):
            return Answered(200, {"_id": path.rpartition("/")[2], "status": "processing"})
        self.asked[path] = self.asked.get(path, 0) + 1
        done = next((status for step, status in DONE.items() if step in path), "ready")
        status = done if self.asked[path] % 2 == 0 else "processing"
        return Answered(200, {**KNOWN, "status": status, "items": [{"status": status}]})


@pytest.fixture(params=["respx", "sockets"])
def service(request: pytest.FixtureRequest) -> Iterator[tuple[Service, str]]:
    """Yield the service and its address."""
    service = Service()
    if request.param == "respx":

        def answered(sent: httpx.Request) -> httpx.Response:
            target = sent.url.raw_path.decode()
            status, body, headers = service.answer(sent.method, target, dict(sent.headers), sent.content)
            return httpx.Response(status, headers=headers, **({"content": body} if body == b"" else {"json": body}))

        with respx.mock() as router:
            router.route().mock(side_effect=answered)
            yield service, "https://api.twelvelabs.io/v1.3"
        return

    def behave(received: Received, connection: Connection) -> None:
        status, body, headers = service.answer(received.method, received.target, received.headers, received.body)
        connection.answer(status, body, **headers)

    with serving(behave) as server:
        service.storage.url = server.url.replace("127.0.0.1", "localhost")
        yield service, f"{server.url}/v1.3"


def run(address: str, now: Callable[[Any], Any], later: Callable[[Any], Any], *, asynchronous: bool) -> Any:
    """Run one of the two programs."""

    async def work() -> Any:
        async with AsyncTwelveLabs(api_key=KEY, base_url=address) as client:
            return await later(client)

    if asynchronous:
        return asyncio.run(work())
    with TwelveLabs(api_key=KEY, base_url=address) as client:
        return now(client)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_files_are_sent_in_parts(
    service: tuple[Service, str], asynchronous: bool, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    served, address = service
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(range(61)))
    told: list[int] = []
    operation = TwelveLabs(api_key=KEY)._settings.api.contract.operation("assets.create")
    assert operation.large is not None
    monkeypatch.setitem(operation.extensions, "x-large", operation.large._replace(most=60))
    given = path, lambda sent, _: told.append(sent)
    found = run(
        address,
        lambda client: long_jobs.send(client, *given),
        lambda client: long_jobs.send_later(client, *given),
        asynchronous=asynchronous,
    )
    assert found == [f"{ASSET}{number}" for number in range(3)]
    assert [served.storage.whole(name) for name in served.storage.sessions] == [path.read_bytes()] * 3
    assert told[-1] == 61
    assert served.storage.keys == []
    assert [one.name for one in tmp_path.iterdir()] == ["film.mp4"]


@pytest.mark.parametrize("asynchronous", [False, True])
def test_each_kind_of_job_is_waited_for(service: tuple[Service, str], asynchronous: bool) -> None:
    _, address = service
    found = run(address, long_jobs.wait, long_jobs.wait_later, asynchronous=asynchronous)
    assert found == ["ready", "ready", "ready", "completed", "ready", "ready"]


@pytest.mark.parametrize("asynchronous", [False, True])
def test_several_jobs_of_each_kind_are_waited_for(service: tuple[Service, str], asynchronous: bool) -> None:
    served, address = service
    found = run(address, long_jobs.wait_for_all, long_jobs.wait_for_all_later, asynchronous=asynchronous)
    assert found == long_jobs.BOTH * 6
    assert set(served.asked.values()) == {2}
    assert len(served.asked) == 12
