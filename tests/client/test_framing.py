"""The framing of a request: its URL, the length of its body, and the request that hooks and transports see."""

from __future__ import annotations

from typing import Any

import httpx
import pytest

from apicontract.client import Answer
from apicontract.client.request import _framing
from tests.client.conftest import World, answer
from tests.client.tiny_api import Note

FRAMING = ("host", "content-length", "transfer-encoding")


@pytest.mark.parametrize(
    ("operation", "arguments"),
    [("notes.list", {}), ("notes.create", {"body": {"title": "é"}}), ("notes.create", {})],
)
def test_framing_is_that_of_httpx(world: World, operation: str, arguments: dict[str, Any]) -> None:
    """A body that is expected, and is not there, has a length as well."""
    client = world.client(lambda _: answer({"_id": "n"}), validate=False)
    world.do(lambda: client.call(operation, Answer[Note], **arguments))
    sent = world.requests[0]
    expected = httpx.Request(sent.method, sent.url, content=world.bodies[0] or None).headers
    assert [sent.headers.get(name) for name in FRAMING] == [expected.get(name) for name in FRAMING]


@pytest.mark.parametrize("method", ["GET", "HEAD", "OPTIONS", "POST", "PUT", "PATCH", "DELETE"])
def test_body_that_is_missing_is_framed_as_by_httpx_for_each_method(method: str) -> None:
    expected = httpx.Request(method, "https://any.test").headers
    assert dict(_framing(method, None)) == {name: expected[name] for name in FRAMING[1:] if name in expected}


def test_host_of_a_given_client_stays(world: World) -> None:
    """It is said once."""
    client = world.client(lambda _: answer({"_id": "n"}))
    client._http.headers["Host"] = "other.example"
    world.do(lambda: client.call("notes.create", Answer[Note], body={"title": "t"}))
    assert world.requests[0].headers.get_list("host") == ["other.example"]


@pytest.mark.parametrize("header", ["content-length", "Transfer-Encoding"])
@pytest.mark.parametrize("body", [{"title": "t"}, None])
def test_length_is_never_that_of_a_given_client(world: World, header: str, body: Any) -> None:
    """Two lengths in one request are read as two different requests (RFC 9112, section 6.3)."""
    client = world.client(lambda _: answer({"_id": "n"}), validate=False)
    client._http.headers[header] = "9"
    world.do(lambda: client.call("notes.create", Answer[Note], body=body))
    assert world.requests[0].headers.get("content-length") == str(len(world.bodies[0]))
    assert "transfer-encoding" not in world.requests[0].headers


def test_content_can_be_seen_by_hooks(world: World) -> None:
    """As that of any request of httpx."""
    seen: list[bytes] = []

    def see(request: httpx.Request) -> None:
        seen.append(request.content)

    async def see_later(request: httpx.Request) -> None:
        see(request)

    client = world.client(lambda _: answer({"_id": "n"}))
    client._http.event_hooks = {"request": [see_later if world.asynchronous else see]}
    world.do(lambda: client.call("notes.create", Answer[Note], body={"title": "t"}))
    assert seen == [b'{"title":"t"}']
