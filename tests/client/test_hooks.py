"""Response hooks of the caller's httpx client that raise, as by `raise_for_status`."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import httpx
import httpx2
import pytest

from apicontract.client import Answer, NotFoundError, ResponseInvalid, ServerError, StatusError, UnauthorizedError
from tests.client.conftest import KEY, World, sequence
from tests.client.streaming import Wire
from tests.client.tiny_api import AsyncTiny, Event, Note, Tiny

BODY = b'{"code": "c", "message": "m"}'
UNREAD = "the body of the error response cannot be read: a response hook left it unread"


def hooked(world: World, handler: Callable[[Any], Any], *, read: bool = False, **settings: Any) -> Any:
    """Make a client whose httpx client raises for an error status; `read` says whether the hook reads the body."""

    def sync_hook(response: httpx.Response) -> None:
        if read:
            response.read()
        response.raise_for_status()

    async def async_hook(response: httpx.Response) -> None:
        if read:
            await response.aread()
        response.raise_for_status()

    client = world.client(handler, **settings)
    client._http.event_hooks = {"response": [async_hook if world.asynchronous else sync_hook]}
    return client


def retrieve(client: Any) -> Callable[[], Any]:
    return lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"})


def sent(status: int, *, body: bytes = BODY, headers: dict[str, str] | None = None) -> httpx.Response:
    """Make a response whose body comes from a stream, as over a connection."""
    return httpx.Response(status, stream=Wire(body), headers=headers)


def test_refusal_that_a_hook_raises_is_tried_again(world: World) -> None:
    """As without the hook; so is the server's wait."""
    outcomes = sequence(sent(503), sent(429, headers={"retry-after": "7"}), sent(200, body=b'{"_id": "n"}'))
    assert world.do(retrieve(hooked(world, outcomes))).id == "n"
    assert world.waits[1] == 7.0


@pytest.mark.parametrize("read", [False, True])
def test_refusal_that_a_hook_raises_is_the_error_of_its_status(world: World, read: bool) -> None:
    """Without the key; its body is known if the hook has read it."""
    with pytest.raises(NotFoundError) as caught:
        world.do(retrieve(hooked(world, lambda _: sent(404, headers={"x-request-id": "r"}), read=read)))
    assert caught.value.request_id == "r"
    assert caught.value.body == ({"code": "c", "message": "m"} if read else None)
    assert getattr(caught.value, "__notes__", []) == ([] if read else [UNREAD])
    assert caught.value.request.headers["x-api-key"] == "[secure]"
    assert world.requests[0].headers["x-api-key"] == KEY
    assert caught.value.__cause__ is caught.value.__context__ is None


def test_refusal_of_a_stream_that_a_hook_raises_is_the_error_of_its_status(world: World) -> None:
    client = hooked(world, lambda _: sent(401))
    with pytest.raises(UnauthorizedError):
        world.do(lambda: client.stream("tell", Answer[Event], body={"prompt": "p", "stream": True}))


@pytest.mark.parametrize("status", [300, 307, 399])
def test_redirect_that_a_hook_raises_is_the_error_of_its_status(world: World, status: int) -> None:
    """`raise_for_status` raises for it too, as it is no success."""
    client = hooked(world, lambda _: sent(status, headers={"location": "https://other.example/"}))
    with pytest.raises(
        StatusError, match="a redirect, which is not followed" if status == 307 else str(status)
    ) as caught:
        world.do(retrieve(client))
    assert caught.value.status_code == status
    assert caught.value.request.headers["x-api-key"] == "[secure]"
    assert len(world.requests) == 1


def test_last_refusal_that_a_hook_raises_stands(world: World) -> None:
    with pytest.raises(ServerError) as caught:
        world.do(retrieve(hooked(world, lambda _: sent(500))))
    assert caught.value.__notes__ == [UNREAD, "this was attempt 3 of 3"]


@pytest.mark.parametrize("about", ["a success", "another request", "another success", "nothing"])
def test_other_error_that_a_hook_raises_passes_through(world: World, about: str) -> None:
    """Whether the operation took effect is not known from it, so it is neither repeated nor renamed."""
    asked = httpx.Request("GET", "https://other.example/?a=b", headers={"x-api-key": "the other's"})
    other = httpx.Response(200 if about == "another success" else 503, request=None if about == "nothing" else asked)

    def sync_hook(response: httpx.Response) -> None:
        found = response if about == "a success" else other
        raise httpx.HTTPStatusError("mine", request=response.request, response=found)

    async def async_hook(response: httpx.Response) -> None:
        sync_hook(response)

    client = world.client(lambda _: sent(200))
    client._http.event_hooks = {"response": [async_hook if world.asynchronous else sync_hook]}
    with pytest.raises(httpx.HTTPStatusError, match="mine") as caught:
        world.do(retrieve(client))
    assert len(world.requests) == 1
    if about == "a success":
        for request in (caught.value.request, caught.value.response.request):
            assert request.headers["x-api-key"] == "[secure]"
    if "another" in about:
        assert caught.value.response.request is asked
        assert asked.headers["x-api-key"] == "the other's"


def test_body_that_a_hook_has_consumed_is_missing(world: World) -> None:
    """It is gone, so nothing can be parsed."""

    def sync_hook(response: httpx.Response) -> None:
        list(response.iter_raw())

    async def async_hook(response: httpx.Response) -> None:
        assert [piece async for piece in response.aiter_raw()]

    client = world.client(lambda _: sent(200, body=b'{"_id": "n"}'))
    client._http.event_hooks = {"response": [async_hook if world.asynchronous else sync_hook]}
    with pytest.raises(ResponseInvalid, match="body: a response hook left it unread") as caught:
        world.do(retrieve(client))
    assert [violation.rule for violation in caught.value.violations] == ["missing"]


@pytest.mark.parametrize("read", [False, True])
def test_hook_of_an_httpx2_client_may_raise_as_well(world: World, read: bool) -> None:
    left = [503, 404]

    class Body(httpx2.SyncByteStream, httpx2.AsyncByteStream):
        def __iter__(self) -> Any:
            yield BODY

        async def __aiter__(self) -> Any:
            yield BODY

    def handle(_: httpx2.Request) -> httpx2.Response:
        return httpx2.Response(left.pop(0), stream=Body())

    def sync_hook(response: httpx2.Response) -> None:
        if read:
            response.read()
        response.raise_for_status()

    async def async_hook(response: httpx2.Response) -> None:
        if read:
            await response.aread()
        response.raise_for_status()

    waits: list[float] = []

    async def sleep(seconds: float) -> None:
        waits.append(seconds)

    async def work() -> None:
        hooks: Any = {"response": [async_hook if world.asynchronous else sync_hook]}
        transport = httpx2.MockTransport(handle)
        client: Any
        if world.asynchronous:
            async with httpx2.AsyncClient(transport=transport, event_hooks=hooks) as http:
                client = AsyncTiny(api_key=KEY, httpx_client=http)
                client._sleep = sleep
                await retrieve(client)()
        else:
            with httpx2.Client(transport=transport, event_hooks=hooks) as given:
                client = Tiny(api_key=KEY, httpx_client=given)
                client._sleep = waits.append
                retrieve(client)()

    with pytest.raises(NotFoundError) as caught:
        world.run(work())
    assert caught.value.body == ({"code": "c", "message": "m"} if read else None)
    assert caught.value.request.headers["x-api-key"] == "[secure]"
    assert len(waits) == 1


def test_error_about_another_request_of_an_httpx2_client_passes_through(world: World) -> None:
    other = httpx2.Response(503, request=httpx2.Request("GET", "https://other.example"))

    def sync_hook(_: httpx2.Response) -> None:
        other.raise_for_status()

    async def async_hook(_: httpx2.Response) -> None:
        other.raise_for_status()

    async def work() -> None:
        hooks: Any = {"response": [async_hook if world.asynchronous else sync_hook]}
        transport = httpx2.MockTransport(lambda _: httpx2.Response(200, json={"_id": "n"}))
        if world.asynchronous:
            async with httpx2.AsyncClient(transport=transport, event_hooks=hooks) as http:
                await retrieve(AsyncTiny(api_key=KEY, httpx_client=http))()
        else:
            with httpx2.Client(transport=transport, event_hooks=hooks) as given:
                retrieve(Tiny(api_key=KEY, httpx_client=given))()

    with pytest.raises(httpx2.HTTPStatusError):
        world.run(work())
