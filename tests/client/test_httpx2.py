"""A client of httpx2 in place of one of httpx: requests, responses and errors pass through it."""

from __future__ import annotations

import asyncio
import subprocess
import sys
from pathlib import Path
from typing import Any

import httpx
import httpx2
import pytest
import twelvelabs_api

from apicontract.client import Answer, ApiError, NotFoundError, ResponseInvalid
from tests.client.conftest import KEY, World, done, each
from tests.client.tiny_api import AsyncTiny, Event, Note, Tiny
from tests.support.misbehaving import Connection, Received, Server, Silence, refusing, serving
from tests.support.patience import PATIENCE
from tests.support.storage import ASSET, Storage


@pytest.fixture(params=[False, True], ids=["sync", "async"])
def world(request: pytest.FixtureRequest) -> World:
    return World(asynchronous=request.param)


OPEN: list[Any] = []


def http(world: World, **settings: Any) -> Any:
    OPEN.append(httpx2.AsyncClient(**settings) if world.asynchronous else httpx2.Client(**settings))
    return OPEN[-1]


async def closed(work: Any) -> Any:
    """Await something, and close the clients that were opened for it."""
    try:
        return await work
    finally:
        while OPEN:
            given = OPEN.pop()
            await done(given.aclose() if isinstance(given, httpx2.AsyncClient) else given.close())


def client(world: World, server: Server, given: Any, **settings: Any) -> Any:
    kind = AsyncTiny if world.asynchronous else Tiny
    return kind(api_key=KEY, base_url=f"{server.url}/v7", httpx_client=given, **settings)


def called(world: World, server: Server, given: Any, *, retries: int = 0) -> Any:
    async def work() -> Any:
        made = client(world, server, given, max_retries=retries)
        if world.asynchronous:

            async def sleep(_: float) -> None:
                pass

            made._sleep = sleep
        else:
            made._sleep = lambda _: None
        return await done(made.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))

    return asyncio.run(closed(work()))


def answering(body: Any = None, status: int = 200, **headers: str) -> Any:
    return lambda _, connection: connection.answer(status, body, **headers)


def test_request_and_answer_pass_through(world: World) -> None:
    """With the headers and cookies of the given client, below ours."""
    with serving(answering({"_id": "n"})) as server:
        given = http(world, headers={"x-mine": "1", "x-key": "theirs"}, cookies={"a": "b"})
        assert called(world, server, given).id == "n"
    (received,) = server.requests
    assert (received.method, received.target) == ("GET", "/v7/notes/n")
    assert (received.headers["x-mine"], received.headers["cookie"]) == ("1", "a=b")
    assert received.headers["accept-encoding"] == "gzip, deflate"


def test_its_hooks_and_authentication_are_its_own(world: World) -> None:
    """A hook may read the answer; it is still read here."""
    seen: list[Any] = []

    def hook(response: Any) -> None:
        seen.append((type(response).__module__.partition(".")[0], response.read()))

    async def later(response: Any) -> None:
        seen.append((type(response).__module__.partition(".")[0], await response.aread()))

    with serving(answering({"_id": "n"})) as server:
        hooks: Any = {"response": [later if world.asynchronous else hook]}
        assert called(world, server, http(world, auth=("me", "secret"), event_hooks=hooks)).id == "n"
    assert seen == [("httpx2", b'{"_id": "n"}')]
    assert server.requests[0].headers["authorization"].startswith("Basic ")


def test_compressed_answers_are_decoded_once(world: World) -> None:
    import gzip

    packed = gzip.compress(b'{"_id": "n"}')
    with serving(answering(packed, content_encoding="gzip", content_type="application/json")) as server:
        assert called(world, server, http(world)).id == "n"


def test_refusals_are_errors_of_ours(world: World) -> None:
    behave = answering({"code": "c", "message": "m"}, 404, x_request_id="r")
    said = r"status 404 c: m \(request id r\)"
    with serving(behave) as server, pytest.raises(NotFoundError, match=said) as caught:
        called(world, server, http(world))
    assert isinstance(caught.value.response, httpx.Response)
    assert "[secure]" in str(caught.value.request.headers.raw)


SILENCE = Silence()


@pytest.mark.parametrize("how", ["reset", "silent", "none"])
def test_broken_connections_are_errors_of_httpx(world: World, how: str) -> None:
    """Of the same name; that of httpx2 is the cause. They are tried again, as every other."""

    def behave(_: Received, connection: Connection) -> None:
        if how == "reset":
            connection.head(content_length="1000")
            connection.reset()
        else:
            SILENCE.begin(connection)

    wanted = {"reset": httpx.ReadError, "silent": httpx.ReadTimeout, "none": httpx.ConnectError}[how]
    wait: list[Any] = [SILENCE.async_hook if world.asynchronous else SILENCE.hook] if how == "silent" else []
    timeout = httpx2.Timeout(PATIENCE, read=0.2 if how == "silent" else PATIENCE)
    with serving(behave) as server, refusing() as nobody:
        url = nobody if how == "none" else server.url
        with pytest.raises(wanted) as caught:
            called(world, Server(url), http(world, timeout=timeout, event_hooks={"request": wait}), retries=1)
    assert type(caught.value.__cause__).__module__.startswith("httpx2")
    assert any("attempt 2 of 2" in note for note in caught.value.__notes__)
    assert len(server.requests) == (0 if how == "none" else 2)


def test_streams_come_as_they_are_sent(world: World) -> None:
    def behave(_: Received, connection: Connection) -> None:
        connection.head(transfer_encoding="chunked", content_type="application/x-ndjson")
        connection.chunked([b'{"event_type": "begin"}\n', b'{"event_type": "text", "text": "a"}\n'], end=False)
        connection.reset()

    async def work(server: Server) -> Any:
        stream = await done(
            client(world, server, http(world)).stream("tell", Answer[Event], body={"prompt": "p", "stream": True})
        )
        seen: list[str] = []
        try:
            async for event in each(stream):
                seen.append(event.event_type)  # noqa: PERF401 - an extension would lose what came before a failure
        except httpx.ReadError as error:
            seen.append(type(error.__cause__).__module__.partition(".")[0])
        return seen

    with serving(behave) as server:
        assert asyncio.run(closed(work(server))) == ["begin", "text", "httpx2"]


def test_files_are_sent_piece_by_piece_and_in_parts(world: World, tmp_path: Path) -> None:
    """A form with a file, and parts that have nothing of the given client, not even its authentication."""
    storage = Storage()
    path = tmp_path / "film.mp4"
    path.write_bytes(bytes(range(61)))

    def behave(received: Received, connection: Connection) -> None:
        if received.headers.get("content-type", "").startswith("multipart/"):
            connection.answer(201, {"_id": received.headers.get("transfer-encoding", "whole")})
            return
        status, body, headers = storage.answer(received.method, received.target, received.headers, received.body)
        connection.answer(status, body, **headers)

    async def work(server: Server) -> tuple[str, str]:
        given = http(world, auth=("me", "secret"), cookies={"a": "b"}, headers={"x-mine": "1"})
        kind = twelvelabs_api.AsyncTwelveLabs if world.asynchronous else twelvelabs_api.TwelveLabs
        made: Any = kind(api_key=KEY, base_url=f"{server.url}/v1.3", httpx_client=given)
        whole = await done(made.assets.create(method="direct", file=path))
        parts = await done(made.multipart_upload.upload_file(path))
        return whole.id, parts.id

    with serving(behave) as server:
        storage.url = server.url
        assert asyncio.run(closed(work(server))) == ("whole", f"{ASSET}0")
    assert storage.whole() == path.read_bytes()
    assert storage.keys == []
    assert {frozenset(sent) for sent in storage.sent} == {
        frozenset({"host", "content-type", "content-length", "x-upload"})
    }


def test_redirects_are_not_followed(world: World) -> None:
    behave = answering(None, 307, location="http://localhost:1/")
    with serving(behave) as server, pytest.raises(ApiError, match="a redirect, which is not followed"):
        called(world, server, http(world, follow_redirects=True))


def test_headers_and_cookies_are_those_of_the_moment(world: World) -> None:
    """As of a client of httpx: what is set later is sent as well, and what is removed is not."""
    seen: list[tuple[Any, ...]] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append(tuple(request.headers.get(name) for name in ("x-first", "x-trace", "cookie")))
        return httpx2.Response(200, json={"_id": "n"})

    async def work() -> None:
        given = http(world, transport=httpx2.MockTransport(handle), headers={"x-first": "1"})
        made = client(world, Server("http://127.0.0.1:1"), given)
        await done(made.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))
        given.headers["x-trace"] = "2"
        given.cookies = {"a": "b"}
        await done(made.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))
        given.headers = {}
        await done(made.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))

    asyncio.run(closed(work()))
    assert seen == [("1", None, None), ("1", "2", "a=b"), (None, None, "a=b")]


def test_error_of_closing_is_an_error_of_httpx(world: World) -> None:
    """As that of reading is."""

    class Body(httpx2.SyncByteStream, httpx2.AsyncByteStream):
        def close(self) -> None:
            raise httpx2.CloseError("it is gone")

        async def aclose(self) -> None:
            raise httpx2.CloseError("it is gone")

    async def work() -> None:
        given = http(world, transport=httpx2.MockTransport(lambda _: httpx2.Response(200, stream=Body())))
        made = client(world, Server("http://127.0.0.1:1"), given)
        stream = await done(made.stream("tell", Answer[Event], body={"prompt": "p", "stream": True}))
        with pytest.raises(httpx.CloseError, match="it is gone") as caught:
            await done(stream.close())
        assert isinstance(caught.value.__cause__, httpx2.CloseError)

    asyncio.run(closed(work()))


def test_timeout_of_the_given_client_is_kept(world: World) -> None:
    made = client(world, Server("http://127.0.0.1:1"), http(world, timeout=httpx2.Timeout(3, connect=1)))
    assert made._settings.timeout == httpx.Timeout(3, connect=1)


def test_closed_client_is_told(world: World) -> None:
    """And closing ours does not close it."""

    async def work() -> None:
        given = http(world)
        made = client(world, Server("http://127.0.0.1:1"), given)
        await done(made.close())
        assert not given.is_closed
        await done(given.aclose() if world.asynchronous else given.close())
        with pytest.raises(ApiError, match="the client is closed; nothing was sent"):
            await done(made.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))

    asyncio.run(closed(work()))


def test_client_of_the_other_world_is_refused(world: World) -> None:
    """As it is of httpx."""
    wrong: Any = httpx2.Client() if world.asynchronous else httpx2.AsyncClient()
    wanted = "AsyncClient" if world.asynchronous else "Client"
    with pytest.raises(ApiError, match=f"httpx_client must be an httpx.{wanted}, and is of class"):
        client(world, Server("http://127.0.0.1:1"), wrong)


def test_answers_that_cannot_be_read_are_told(world: World) -> None:
    behave = answering(b"\x1f\x8b broken", content_encoding="gzip")
    with serving(behave) as server, pytest.raises(ResponseInvalid, match="'gzip' cannot be decoded"):
        called(world, server, http(world))


def test_mock_transports_see_whole_bodies(world: World) -> None:
    seen: list[bytes] = []

    def handle(request: httpx2.Request) -> httpx2.Response:
        seen.append(request.content)
        return httpx2.Response(200, json={})

    async def work() -> None:
        made = client(world, Server("http://127.0.0.1:1"), http(world, transport=httpx2.MockTransport(handle)))
        await done(made.call("notes.create", Answer[Any], body={"title": "t"}))

    asyncio.run(closed(work()))
    assert [b'"title"' in one for one in seen] == [True]


def test_nothing_imports_httpx2_by_itself() -> None:
    code = "import sys; from twelvelabs_api import TwelveLabs; TwelveLabs(api_key='k'); print('httpx2' in sys.modules)"
    told = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert told.stdout == "False\n"
