"""The receivers, tested with events that the mock signs, and with forgeries."""

from __future__ import annotations

import asyncio
from collections.abc import Callable

import asgi_receiver
import httpx
import pytest
import wsgi_receiver

from twelvelabs_contract.mock import TwelveLabsMock

SECRET = "whsec_of_this_test"
MOCK = TwelveLabsMock()
Send = Callable[[httpx.Request], httpx.Response]


@pytest.fixture(params=["asgi", "wsgi"])
def send(request: pytest.FixtureRequest, monkeypatch: pytest.MonkeyPatch) -> Send:
    """Send an event to a receiver."""
    monkeypatch.setenv("TWELVELABS_WEBHOOK_SECRET", SECRET)
    if request.param == "wsgi":
        return httpx.Client(transport=httpx.WSGITransport(app=wsgi_receiver.app)).send

    async def sent(event: httpx.Request) -> httpx.Response:
        async with httpx.AsyncClient(transport=httpx.ASGITransport(app=asgi_receiver.app)) as client:
            return await client.send(event)

    return lambda event: asyncio.run(sent(event))


@pytest.mark.parametrize("name", ["index.task.ready", "analyze.task.failed"])
def test_an_event_is_taken_and_so_is_its_second_delivery(send: Send, name: str) -> None:
    for _ in range(2):
        assert send(MOCK.webhook(name, secret=SECRET)).status_code == 204


@pytest.mark.parametrize(
    ("forgery", "status", "reason"),
    [
        ("unsigned", 400, "the signature is missing"),
        ("stale", 400, "300 s are tolerated"),
        ("wrong_key", 400, "the secret is wrong"),
        ("changed_body", 400, "the secret is wrong, or header or body were"),
        ("unknown_type", 202, "not known here"),
    ],
)
def test_a_forgery_is_not(send: Send, forgery: str, status: int, reason: str) -> None:
    answer = send(MOCK.webhook("analyze.task.ready", secret=SECRET, forgery=forgery))
    assert (answer.status_code, reason in answer.text) == (status, True)
    assert SECRET not in answer.text
