"""Requests and responses of httpx are checked as those in neutral form."""

from __future__ import annotations

from collections.abc import AsyncIterator

import httpx
import pytest

from tests.checks.places import places
from tests.checks.wrong_requests import REQUESTS
from tests.support.requests import BASE, get
from tests.support.things import THING, THINGS
from twelvelabs_contract import Contract

# httpx resolves the one and refuses the other before anybody can check it.
NEUTRAL_ONLY = {"a step up the path", "a line break in the URL"}


@pytest.mark.parametrize("name", [name for name in REQUESTS if name not in NEUTRAL_ONLY])
def test_httpx_and_the_neutral_form_get_the_same_verdict(contract: Contract, name: str) -> None:
    request, expected = REQUESTS[name]
    sent = httpx.Request(request.method, request.url, headers=list(request.headers.items), content=request.body)
    assert places(contract.check_request(sent)) == expected


def test_an_httpx_response_knows_its_request(contract: Contract) -> None:
    request = httpx.Request("GET", f"{BASE}/tasks", headers={"x-api-key": "k"})
    response = httpx.Response(200, json={"data": 5}, request=request)
    assert places(contract.check_response(response)) == [("body.data", "type")]


def test_something_else_than_a_request_is_refused(contract: Contract) -> None:
    with pytest.raises(TypeError, match="a request is needed"):
        contract.check_request("GET /tasks")  # type: ignore[arg-type] # the mistake under test
    with pytest.raises(TypeError, match="a response is needed"):
        contract.check_exchange(get("/tasks"), 200)  # type: ignore[arg-type] # the mistake under test


def test_a_body_that_only_a_coroutine_can_read_is_told(contract: Contract) -> None:
    async def chunks() -> AsyncIterator[bytes]:
        yield b"{}"

    request = httpx.Request("POST", f"{BASE}/gist", content=chunks())
    with pytest.raises(ValueError, match=r"await request\.aread\(\)"):
        contract.check_request(request)


def test_a_response_is_checked_though_its_request_was_streamed_away(contract: Contract) -> None:
    """An upload that was sent piece by piece is gone; its URL still tells the operation."""
    request = httpx.Request("POST", f"{BASE}/tasks", content=iter([b"x"]))
    for _ in request.stream:  # type: ignore[union-attr] # as a transport does
        pass
    assert places(contract.check_response(httpx.Response(200, json={"_id": 5}, request=request))) == [
        ("body._id", "type")
    ]


def test_httpx_headers_are_read_as_they_are() -> None:
    """Byte by byte, whatever they hold: dropping what is not ASCII would make a valid value of a wrong one."""
    request = httpx.Request("GET", THING, headers=[(b"x-key", b"k"), (b"word", "wé".encode("latin-1"))])
    assert [(v.where, v.excerpt) for v in THINGS.check_request(request)] == [("header.word", '"wé"')]
