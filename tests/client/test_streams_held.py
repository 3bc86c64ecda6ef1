"""The connection, memory and time that a stream holds, and when it releases them; and its whole text."""

from __future__ import annotations

import asyncio
import gc
import gzip
import threading
import tracemalloc
from collections.abc import AsyncIterator, Callable, Iterator
from typing import Any

import anyio
import httpcore
import httpx
import pytest

from apicontract.client import Answer, ApiError, StreamInvalid, events
from apicontract.openapi.document import DocumentInvalid
from apicontract.wire.framing import EventTooLong
from apicontract.wire.ndjson import Lines
from tests.client.conftest import KEY, World, done, each
from tests.client.streaming import BEGIN, END, Wire, broken, lines, over, text
from tests.client.tiny_api import AsyncTiny, Event, Tiny
from tests.support.misbehaving import Connection, Received, serving
from tests.support.patience import PATIENCE

TELL: dict[str, Any] = {"body": {"prompt": "p", "stream": True}}


def test_text_is_that_of_all_events_that_have_one(world: World) -> None:
    """In order, with whatever it holds; an event without text adds nothing."""
    rows = lines(BEGIN, text("a\u2028"), '{"event_type":"text"}', text(""), text("é\n"), END)
    call = over(world, Wire(rows))
    assert world.do(lambda: _text(call)) == "a\u2028é\n"


async def _text(call: Callable[[], Any]) -> Any:
    return await done((await done(call())).text())


def test_text_begins_where_reading_stopped(world: World) -> None:
    """And after the end there is none."""
    call = over(world, Wire(lines(BEGIN, text("a"), text("b"), text("c"), END)))

    async def work() -> None:
        stream = await done(call())
        async for event in each(stream):
            if getattr(event, "text", None) == "a":
                break
        assert await done(stream.text()) == "bc"
        assert await done(stream.text()) == ""
        assert stream.response.is_closed

    world.run(work())


def test_each_loop_goes_on_where_the_one_before_stopped(world: World) -> None:
    """Leaving a loop is not the end of the stream; a failure is, and every later loop says so."""
    stop = [text("a"), text("b"), text("c")]
    call = over(world, Wire(lines(BEGIN, *stop)))

    async def one(stream: Any) -> Any:
        async for event in each(stream):
            return event
        raise AssertionError("the stream is over")

    async def work() -> None:
        stream = await done(call())
        assert [(await one(stream)).event_type for _ in range(2)] == ["begin", "text"]
        assert [(await one(stream)).text for _ in range(2)] == ["b", "c"]
        with pytest.raises(StreamInvalid, match="without 'end'"):
            await one(stream)
        for _ in range(2):
            with pytest.raises(StreamInvalid, match="nothing more can be read"):
                await one(stream)

    world.run(work())


def test_text_of_a_broken_stream_is_an_error(world: World) -> None:
    """Half a text is never taken for a whole one."""
    wire = Wire(lines(BEGIN, text("a")))
    call = over(world, wire)
    with pytest.raises(StreamInvalid, match="without 'end'"):
        world.do(lambda: _text(call))
    assert wire.closed


def test_text_needs_a_place_in_the_document(world: World) -> None:
    """No key is guessed; the stream can still be read."""
    client = world.client(lambda _: httpx.Response(200, stream=Wire(lines('{"a":1}'))))

    async def work() -> None:
        stream = await done(client.stream("export", Answer[dict[str, Any]]))
        with pytest.raises(DocumentInvalid, match="does not say where events have their text"):
            await done(stream.text())
        assert [event async for event in each(stream)] == [{"a": 1}]

    world.run(work())


@pytest.mark.parametrize("size", [1, 7, 1000])
def test_line_that_is_too_long_is_an_error(world: World, monkeypatch: pytest.MonkeyPatch, size: int) -> None:
    """Wherever the chunks end; the events before it are delivered, and nothing more is read."""
    monkeypatch.setattr(events, "LONGEST_EVENT", 60)
    content = lines(BEGIN, text("a"), text("b" * 50), END)
    chunks = [content[start : start + size] for start in range(0, len(content), size)]
    seen, error = broken(world, *chunks)
    assert (len(seen), error.line) == (2, 3)
    (violation,) = error.violations
    assert (violation.where, violation.rule) == ("event[2]", "limit")
    assert violation.message == "line 3: a line of more than 60 bytes"


def test_bound_of_a_line_is_not_one_of_a_stream(world: World, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every line may be as long as the bound, and there may be as many as one likes, with or without newline."""
    monkeypatch.setattr(events, "LONGEST_EVENT", len(text("a" * 20)))
    content = lines(BEGIN, *[text("a" * 20)] * 10, END)
    for cut in (1, 5, 10_000):
        wire = Wire(*(content[start : start + cut] for start in range(0, len(content), cut)))
        assert len(world.all(over(world, wire))) == 12


@pytest.mark.parametrize("ending", [b"", b"\n"])
def test_line_of_just_the_bound_is_none_too_many(ending: bytes) -> None:
    """Counted in bytes, without the newline."""
    assert [*(own := Lines(3)).feed(b"abc" + ending), *own.close()] == [(1, b"abc", None)]
    with pytest.raises(EventTooLong, match="more than 3 bytes"):
        list(Lines(3).feed(b"abcd" + ending))


def test_endless_line_takes_no_more_than_its_bound() -> None:
    """It is refused as soon as it is too long, not when it ends."""
    own = Lines(10_000)
    for _ in range(10):
        assert list(own.feed(b"x" * 1000)) == []
    with pytest.raises(EventTooLong) as caught:
        list(own.feed(b"x"))
    assert caught.value.number == 1


def test_held_iterator_never_looks_complete() -> None:
    """Neither that of a loop that failed nor one that was made before; a complete one just ends."""
    world = World(asynchronous=False)
    for content, complete in ((lines(BEGIN, text("a")), False), (lines(BEGIN, END), True)):
        stream = over(world, Wire(content))()
        for held in (iter(stream), stream.data, iter(stream)):
            for _ in range(2):
                if complete:
                    list(held)
                else:
                    with pytest.raises(StreamInvalid):
                        list(held)


def test_empty_lines_are_cut_piece_by_piece(world: World) -> None:
    """What comes out of a decoder at once may be long: memory for a list of all its lines is not taken."""
    packed = gzip.compress(lines(BEGIN) + b"\n" * 1_000_000 + lines(END))
    call = over(world, Wire(packed), **{"content-encoding": "gzip"})
    tracemalloc.start()
    try:
        assert [event.event_type for event in world.all(call)] == ["begin", "end"]
        assert tracemalloc.get_traced_memory()[1] < 5_000_000
    finally:
        tracemalloc.stop()


class Locked(httpx.SyncByteStream):
    """A body whose connection is given back under a lock that is not reentrant, as those of pools are."""

    def __init__(self, lock: threading.Lock) -> None:
        self._lock = lock
        self.closed = False

    def __iter__(self) -> Iterator[bytes]:
        yield lines(BEGIN)

    def close(self) -> None:
        assert self._lock.acquire(timeout=1), "a dead lock"
        self.closed = True
        self._lock.release()


def test_garbage_collection_within_httpx_does_not_lock_up() -> None:
    """A stream of a cycle is freed wherever the collector comes by; it is closed with the next call then."""
    lock = threading.Lock()
    bodies = [Locked(lock), Locked(lock)]

    class Pool(httpx.BaseTransport):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            with lock:
                gc.collect()
            return httpx.Response(200, stream=bodies[len(asked)])

    asked: list[Any] = []
    client = Tiny(api_key=KEY, httpx_client=httpx.Client(transport=Pool()))
    gc.disable()
    try:
        cycle: list[Any] = [client.stream("tell", Answer[Event], **TELL)]
        next(cycle[0])
        cycle.append(cycle)
        asked.append(cycle[0].response)
        del cycle
        other = client.stream("tell", Answer[Event], **TELL)
        assert not bodies[0].closed
        other.close()
        assert bodies[1].closed
        client.close()
        assert bodies[0].closed
    finally:
        gc.enable()


@pytest.mark.parametrize("begun", [False, True])
def test_forgotten_stream_gives_its_connection_back(world: World, begun: bool) -> None:
    """Once nobody holds it: at once, or with the next call where giving back means waiting."""
    wire = Wire(lines(BEGIN), lines(text("a"), END))
    client = world.client(lambda _: httpx.Response(200, stream=wire))
    after = world.client(lambda _: httpx.Response(200, json={"_id": "n"}))
    after._abandoned = getattr(client, "_abandoned", None)

    async def work() -> None:
        stream = await done(client.stream("tell", Answer[Event], **TELL))
        if begun:
            assert (await anext(stream) if world.asynchronous else next(stream)).event_type == "begin"
        del stream
        if world.asynchronous:
            await asyncio.sleep(0)
            await after.call("notes.retrieve", Answer[dict[str, Any]], path={"note_id": "n"})
        assert wire.closed
        assert not wire.exhausted

    gc.disable()  # what is freed here is freed because nobody holds it, not because the collector came by
    try:
        world.run(work())
    finally:
        gc.enable()


class Unclosable(Wire):
    """A body whose connection cannot be closed in order: it is gone, or, if asynchronous, its event loop is."""

    def close(self) -> None:
        super().close()
        raise httpx.CloseError("it is gone")

    async def aclose(self) -> None:
        super().close()
        raise RuntimeError("Event loop is closed") if self.chunks else httpx.CloseError("it is gone")


def test_forgotten_stream_that_cannot_be_closed_fails_no_other_call(world: World) -> None:
    """Nor keeps other streams from being closed: all are, with the next call or with the client."""
    client = world.client(lambda _: httpx.Response(200, json={"_id": "n"}))

    def forget() -> list[Unclosable]:
        wires = [Unclosable(b"a"), Unclosable(), Unclosable(b"a")]
        client._abandoned.extend((httpx.Response(200, stream=wire), None) for wire in wires)
        return wires

    wires = forget()
    assert world.do(lambda: client.call("notes.retrieve", Answer[dict[str, Any]], path={"note_id": "n"}))["_id"] == "n"
    assert [wire.closed for wire in wires] == [True] * 3
    wires = forget()
    world.do(client.close)
    assert [wire.closed for wire in wires] == [True] * 3


def test_stream_may_be_closed_while_another_reads(world: World) -> None:
    """Closing is no error; the reader goes on waiting, and an end that comes too early is told as such."""
    begun, may = threading.Event(), threading.Event()

    class Waiting(Wire):
        def __iter__(self) -> Iterator[bytes]:
            yield lines(BEGIN)
            begun.set()
            assert may.wait(PATIENCE)
            yield lines(text("a"))

        async def __aiter__(self) -> AsyncIterator[bytes]:
            yield lines(BEGIN)
            begun.set()
            while not may.is_set():
                await asyncio.sleep(0)
            yield lines(text("a"))

    wire = Waiting()
    failed: list[Any] = []

    def read(stream: Any) -> None:
        try:
            list(stream)
        except StreamInvalid as error:
            failed.append(error)

    def now() -> None:
        stream = over(world, wire)()
        reader = threading.Thread(target=read, args=[stream], daemon=True)
        reader.start()
        assert begun.wait(PATIENCE)
        stream.close()
        may.set()
        reader.join(PATIENCE)

    async def later() -> None:
        stream = await over(world, wire)()

        async def read() -> None:
            async for _ in stream:
                pass

        reader = asyncio.create_task(read())
        while not begun.is_set():
            await asyncio.sleep(0)
        await stream.close()
        may.set()
        (found,) = await asyncio.gather(reader, return_exceptions=True)
        failed.append(found)

    world.run(later()) if world.asynchronous else now()
    assert wire.closed
    assert [type(error) for error in failed] == [StreamInvalid]


@pytest.mark.parametrize("owned", [False, True])
def test_forgotten_streams_of_a_parent_process_are_left_to_it(
    world: World, owned: bool, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Another thread may have held a lock of their pool at the fork, and nobody releases it in the child."""
    kept: list[Any] = []
    monkeypatch.setattr("apicontract.client.settings._OF_PARENTS", kept)
    first, second = Wire(b""), Wire(b"")
    client = world.client(lambda _: httpx.Response(200, json={"_id": "n"}))
    http = client._http
    client._owned = owned
    client._open = lambda: http
    client._process = -1
    client._abandoned.append((httpx.Response(200, stream=first), None))

    async def work() -> None:
        call = client.call("notes.retrieve", Answer[dict[str, Any]], path={"note_id": "n"})
        assert (await done(call))["_id"] == "n"

    if owned:
        world.run(work())
    else:
        with pytest.raises(ApiError, match="this process was forked"):
            world.do(lambda: client.call("notes.retrieve", Answer[dict[str, Any]], path={"note_id": "n"}))
    client._process = -1
    client._abandoned.append((httpx.Response(200, stream=second), None))
    world.do(client.close)
    assert (first.closed, second.closed, len(kept)) == (False, False, 2)


def test_closing_a_client_closes_its_forgotten_streams() -> None:
    """A given httpx client stays open."""
    wire = Wire(lines(BEGIN, END))
    transport = httpx.MockTransport(lambda _: httpx.Response(200, stream=wire))

    async def work() -> None:
        async with httpx.AsyncClient(transport=transport) as http:
            client = AsyncTiny(api_key=KEY, httpx_client=http)
            await client.stream("tell", Answer[Event], **TELL)
            assert not wire.closed
            await client.close()
            assert wire.closed
            assert not http.is_closed

    asyncio.run(work())


def stream_for_ever(_: Received, connection: Connection) -> None:
    """Send the beginning of a stream, then nothing until the client goes."""
    connection.head(transfer_encoding="chunked")
    connection.chunked([lines(BEGIN, text("a"))], end=False)
    assert connection.gone()
    connection.close()


class Fading(httpcore.MockStream):
    """A connection that brings some pieces and then nothing more, and notes how long each reading may take."""

    def __init__(self, *pieces: bytes) -> None:
        super().__init__(list(pieces))
        self.waits: list[float | None] = []

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        self.waits.append(timeout)
        if not self._buffer:
            raise httpcore.ReadTimeout("nothing came")
        return super().read(max_bytes, timeout)


class Network(httpcore.NetworkBackend):
    """A network of one connection."""

    def __init__(self, stream: Fading) -> None:
        self._stream = stream

    def connect_tcp(self, *_: Any, **__: Any) -> httpcore.NetworkStream:
        return self._stream


class AsyncNetwork(httpcore.AsyncNetworkBackend):
    """The same for the asynchronous client."""

    def __init__(self, stream: Fading) -> None:
        self._stream = stream

    async def connect_tcp(self, *_: Any, **__: Any) -> httpcore.AsyncNetworkStream:
        stream = self._stream

        class Later(httpcore.AsyncMockStream):
            async def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
                return stream.read(max_bytes, timeout)

        return Later([])


def test_silence_between_events_ends_in_a_timeout(world: World) -> None:
    """The read timeout of the call counts from piece to piece, not for the whole stream."""
    rows = [b"%x\r\n%s\r\n" % (len(row), row) for row in map(lines, (BEGIN, text("a"), text("b")))]
    network = Fading(b"HTTP/1.1 200 OK\r\ntransfer-encoding: chunked\r\n\r\n", *rows)
    transport: Any = httpx.AsyncHTTPTransport() if world.asynchronous else httpx.HTTPTransport()
    transport._pool._network_backend = (AsyncNetwork if world.asynchronous else Network)(network)
    seen: list[Any] = []

    async def work() -> None:
        client = world.over(transport, max_retries=0)
        stream = await done(client.stream("tell", Answer[Event], **TELL, options={"timeout_in_seconds": 7}))
        try:
            async for event in each(stream):
                seen.append(event)  # noqa: PERF401 - an extension would lose what came before a failure
        finally:
            assert stream.response.is_closed
            await done(client._http.aclose() if world.asynchronous else client._http.close())

    with pytest.raises(httpx.ReadTimeout):
        world.run(work())
    assert len(seen) == 3
    assert network.waits == [7] * 5


@pytest.mark.parametrize("backend", ["asyncio", "anyio"])
def test_cancelled_reader_gives_the_connection_back(backend: str) -> None:
    """While it waits for the next event; the client can be used again."""
    with serving(stream_for_ever) as server:

        async def read(stream: Any, seen: list[Any]) -> None:
            async for event in stream:
                seen.append(event)  # noqa: PERF401 - an extension would lose what came before the end

        async def work() -> None:
            async with AsyncTiny(api_key=KEY, base_url=server.url, timeout=PATIENCE) as client:
                for _ in range(2):
                    seen: list[Any] = []
                    stream = await client.stream("tell", Answer[Event], **TELL)
                    if backend == "asyncio":
                        task = asyncio.create_task(read(stream, seen))
                        while len(seen) < 2:
                            await asyncio.sleep(0.001)
                        task.cancel()
                        with pytest.raises(asyncio.CancelledError):
                            await task
                    else:
                        async with anyio.create_task_group() as group:
                            group.start_soon(read, stream, seen)
                            while len(seen) < 2:
                                await anyio.sleep(0.001)
                            group.cancel_scope.cancel()
                        assert group.cancel_scope.cancelled_caught
                    assert len(seen) == 2
                    assert stream.response.is_closed
                    with pytest.raises(StreamInvalid):
                        await read(stream, seen)
                pool = client._http._transport._pool  # type: ignore[attr-defined] # only its pool knows what it holds
                assert pool.connections == []

        asyncio.run(work())
    assert server.open == set()


def test_cancelled_call_gives_the_connection_back() -> None:
    """Also before there is a stream: while the server has not answered."""
    asked = threading.Event()

    def behave(_: Received, connection: Connection) -> None:
        asked.set()
        assert connection.gone()
        connection.close()

    with serving(behave) as server:

        async def work() -> None:
            async with AsyncTiny(api_key=KEY, base_url=server.url, timeout=PATIENCE) as client:
                call = asyncio.create_task(client.stream("tell", Answer[Event], **TELL))
                while not asked.is_set():
                    await asyncio.sleep(0.001)
                call.cancel()
                with pytest.raises(asyncio.CancelledError):
                    await call
                assert client._http._transport._pool.connections == []  # type: ignore[attr-defined] # as above

        asyncio.run(work())
    assert server.open == set()
