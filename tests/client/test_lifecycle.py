"""Opening and closing of clients, and clients that are shared by threads, tasks, event loops and processes."""

from __future__ import annotations

import asyncio
import json
import os
import subprocess
import sys
import threading
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from functools import partial
from typing import Any

import httpx
import pytest

from apicontract.client import Answer, ApiError, BadRequestError
from tests.client.conftest import KEY, World, answer, done
from tests.client.streaming import BEGIN, END, Wire, lines, text
from tests.client.tiny_api import AsyncTiny, Event, Note, Tiny
from tests.support.deep import DEEP
from tests.support.misbehaving import Connection, Received, serving
from tests.support.patience import PATIENCE

TASKS, THREADS = (1000, 50) if DEEP else (150, 50)
"""The pool of httpx takes time with the square of the calls that wait for it; `make test-deep` has that time."""


PATIENT = httpx.Timeout(60, pool=None)


def made(world: World, url: str, **settings: Any) -> Any:
    """Make a client of its own connections."""
    return (AsyncTiny if world.asynchronous else Tiny)(api_key=KEY, base_url=url, **settings)


def retrieve(client: Any, name: str = "n") -> Any:
    """Ask for something that the answer names."""
    return client.call("notes.retrieve", Answer[Note], path={"note_id": name})


def same(received: Received, connection: Connection) -> None:
    """Answer with the name that was asked for, or with a stream of it."""
    if received.method == "POST":
        name = json.loads(received.body)["prompt"]
        connection.head(transfer_encoding="chunked")
        connection.chunked([lines(BEGIN), lines(*[text(name)] * 5), lines(END)])
    else:
        connection.answer(200, {"_id": received.target.rpartition("/")[2]})


@pytest.mark.parametrize("given", [False, True])
def test_closed_client_says_so(world: World, given: bool) -> None:
    """Before anything is prepared to be sent, in whichever way it was closed, and also to whoever opens it again."""
    client = world.client(lambda _: answer({"_id": "n"})) if given else made(world, "https://tiny.example")

    async def work() -> None:
        await done((client._http.aclose if world.asynchronous else client._http.close)() if given else client.close())
        for call in (
            lambda: retrieve(client),
            lambda: client.stream("tell", Answer[Event], body={"prompt": "p", "stream": True}),
            client.__aenter__ if world.asynchronous else client.__enter__,
        ):
            with pytest.raises(ApiError, match="the client is closed; nothing was sent"):
                await done(call())
        await done(client.close())

    world.run(work())
    assert world.requests == []


def test_leaving_the_block_closes(world: World) -> None:
    """Own connections; those of a given httpx client stay open."""

    async def work() -> None:
        own, given = made(world, "https://tiny.example"), world.client(lambda _: answer())
        for client in (own, given):
            if world.asynchronous:
                async with client as entered:
                    assert entered is client
            else:
                with client as entered:
                    assert entered is client
        assert (own._http.is_closed, given._http.is_closed) == (True, False)

    world.run(work())


def test_threads_may_share_a_client() -> None:
    """50 of them: each gets its own answers, none is lost, and no connection is left in use."""
    with serving(same) as server, Tiny(api_key=KEY, base_url=server.url, max_retries=0) as client:
        barrier = threading.Barrier(THREADS)
        repeated: list[httpx.TransportError] = []

        def once(call: Callable[[], Any]) -> Any:
            """Call; again only if another thread closed the connection, for which httpcore 1.0.9 can take an answer."""
            while True:
                try:
                    return call()
                except (httpx.ReadError, httpx.WriteError) as error:
                    if "Bad file descriptor" not in str(error):  # closed here, and not by the server
                        raise
                    repeated.append(error)

        def told(name: str) -> str:
            return client.stream("tell", Answer[Event], body={"prompt": name, "stream": True}).text()

        def work(number: int) -> list[bool]:
            barrier.wait()
            right = []
            for turn in range(4):
                name = f"{number}-{turn}"
                right.append(once(partial(retrieve, client, name)).id == name)
                right.append(once(partial(told, name)) == name * 5)
            return right

        with ThreadPoolExecutor(THREADS) as pool:
            right = [one for many in pool.map(work, range(THREADS)) for one in many]
        assert right == [True] * (THREADS * 8)
        assert THREADS * 8 <= len(server.requests) <= THREADS * 8 + len(repeated)
        assert _idle(client)
    assert server.open == set()


def test_tasks_may_share_a_client() -> None:
    """A thousand at a time, calls and streams mixed: each gets its own answer, none is lost, no connection is left."""

    async def work(url: str) -> None:
        async with AsyncTiny(api_key=KEY, base_url=url, max_retries=0, timeout=PATIENT) as client:

            async def one(number: int) -> bool:
                if number % 2:
                    return bool((await retrieve(client, str(number))).id == str(number))
                stream = await client.stream("tell", Answer[Event], body={"prompt": str(number), "stream": True})
                return await stream.text() == str(number) * 5

            assert await asyncio.gather(*map(one, range(TASKS))) == [True] * TASKS
            assert _idle(client)

    with serving(same) as server:
        asyncio.run(work(server.url))
        assert len(server.requests) == TASKS
    assert server.open == set()


def _idle(client: Any) -> bool:
    """Whether no connection of a client is in use."""
    return all(connection.is_idle() for connection in client._http._transport._pool.connections)


def test_another_event_loop_may_use_a_client_whose_connections_are_closed() -> None:
    """As far as httpx allows: a connection belongs to the loop that opened it."""

    def behave(_: Received, connection: Connection) -> None:
        connection.answer(200, {"_id": "n"}, connection="close")
        connection.close()

    with serving(behave) as server:
        client = AsyncTiny(api_key=KEY, base_url=server.url)
        assert [asyncio.run(retrieve(client)).id for _ in range(3)] == ["n", "n", "n"]
        asyncio.run(client.close())


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_fork_gets_connections_of_its_own() -> None:
    """Which it keeps and closes, and leaves alone those of its parent, which goes on as before."""
    with serving(same) as server:
        client = Tiny(api_key=KEY, base_url=server.url, max_retries=0)
        assert retrieve(client, "before").id == "before"

        def inside() -> str:
            with client:
                said = [retrieve(client, name).id for name in ("inside", "again")]
            with pytest.raises(ApiError) as caught:
                retrieve(client, "closed")
            return f"{said} {caught.value}"

        assert _in_a_fork(inside) == "['inside', 'again'] the client is closed; nothing was sent"
        assert retrieve(client, "after").id == "after"
        client.close()
        asked = {request.target.rpartition("/")[2]: request.connection for request in server.requests}
    assert asked == {"before": 0, "inside": 1, "again": 1, "after": 0}


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
def test_fork_cannot_use_a_given_httpx_client() -> None:
    """Its connections are those of the parent, and it is not ours to make another."""
    with httpx.Client(transport=httpx.MockTransport(lambda _: answer({"_id": "n"}))) as http:
        client = Tiny(api_key=KEY, httpx_client=http)
        assert "this process was forked: httpx_client belongs to its parent" in _in_a_fork(lambda: retrieve(client))
        assert retrieve(client).id == "n"


@pytest.mark.skipif(not hasattr(os, "fork"), reason="there is no fork here")
@pytest.mark.filterwarnings("ignore:This process .* is multi-threaded:DeprecationWarning")
@pytest.mark.parametrize("used", [False, True])
def test_fork_closes_only_connections_of_its_own(world: World, used: bool) -> None:
    """Those of its parent are not closed by a fork that closes its client, whether it used it before or not."""
    with serving(same) as server:
        client = made(world, server.url, max_retries=0)
        of_parent = client._http

        async def inside() -> str:
            if used:
                await done(retrieve(client))
            await done(client.close())
            return f"{of_parent.is_closed} {client._http.is_closed}"

        assert _in_a_fork(lambda: asyncio.run(inside())) == f"False {used}"
        assert not of_parent.is_closed
        world.do(client.close)
        assert of_parent.is_closed


def _in_a_fork(work: Any) -> str:
    """Return what a function returns, or the text of its error, in a forked process."""
    reader, writer = os.pipe()
    child = os.fork()
    if child == 0:
        try:
            reported = str(work())
        except BaseException as error:  # noqa: BLE001 - the process ends here, and its parent is reported
            reported = str(error)
        os.write(writer, reported.encode())
        os._exit(0)
    os.close(writer)
    with os.fdopen(reader, "rb") as pipe:
        reported = pipe.read().decode()
    os.waitpid(child, 0)
    return reported


def test_open_streams_do_not_keep_a_program_from_ending() -> None:
    """What is freed when the interpreter goes down asks for nothing any more, and says nothing."""

    def behave(_: Received, connection: Connection) -> None:
        connection.head(transfer_encoding="chunked")
        connection.chunked([lines(BEGIN)], end=False)
        assert connection.gone()
        connection.close()

    with serving(behave) as server:
        for closing in ("", "import weakref, atexit; atexit.register(lambda: client.close())"):
            program = (
                "import twelvelabs_api_2025_08\n"
                f"client = twelvelabs_api_2025_08.TwelveLabs(api_key='k' * 20, base_url={server.url!r})\n"
                f"{closing}\n"
                "stream = client.analyze_stream(video_id='v', prompt='p')\n"
                "held = [stream]; held.append(held)\n"
            )
            command = [sys.executable, "-c", program]
            done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=PATIENCE)
            assert (done.returncode, done.stdout, done.stderr) == (0, "", "")


@pytest.mark.parametrize(("status", "error"), [(200, httpx.ReadError), (400, BadRequestError)])
def test_connection_that_breaks_is_given_back(world: World, status: int, error: type[Exception]) -> None:
    """Half a body is none, and its connection must not be kept."""
    wire = Wire(b'{"_id":', error=httpx.ReadError("broken"))
    client = world.client(lambda _: httpx.Response(status, stream=wire), max_retries=0)
    with pytest.raises(error):
        world.do(lambda: client.call("notes.retrieve", Answer[Note], path={"note_id": "n"}))
    assert wire.closed
