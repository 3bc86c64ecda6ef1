"""Uploads in parts: cancellation, interruptions, and asynchronous progress functions."""

from __future__ import annotations

import asyncio
import inspect
import json
import threading
import time
from collections.abc import Callable
from contextlib import nullcontext
from pathlib import Path
from types import SimpleNamespace
from typing import Any, cast

import httpx
import pytest

from apicontract.client.async_parts import AsyncParts
from apicontract.client.part_files import LocalFile, Part
from apicontract.client.part_requests import Sending
from apicontract.client.parts import Await, Notify, Pause, Send
from apicontract.client.sync_parts import SyncParts
from tests.client.conftest import World, done
from tests.client.sent_parts import FILM, Uploads
from tests.support.patience import PATIENCE


def test_asynchronous_progress_is_awaited(tmp_path: Path) -> None:
    uploads = Uploads(World(asynchronous=True), tmp_path)
    seen: list[int] = []

    async def progress(sent: int, _: int | None) -> None:
        seen.append(sent)

    uploads.send(progress=progress)
    assert seen[-1] == 61


def test_cancelled_upload_can_be_taken_up(tmp_path: Path) -> None:
    """A task is cancelled while parts are under way."""
    import anyio

    uploads = Uploads(World(asynchronous=True), tmp_path)

    async def work() -> None:
        with anyio.CancelScope() as scope:

            async def progress(sent: int, _: int | None) -> None:
                if sent >= 16:
                    scope.cancel()
                    await anyio.sleep(0)

            await done(uploads.client().multipart_upload.upload_file(uploads.path, progress=progress, parallel=1))
        assert scope.cancelled_caught

    uploads.world.run(work())
    assert len(json.loads(uploads.state.read_text())["arrived"]) >= 2
    uploads.send()
    assert uploads.storage.whole() == FILM
    assert set(uploads.session.reported.values()) == {1}


@pytest.mark.parametrize("error", [KeyboardInterrupt, KeyError])
def test_interrupted_upload_does_not_wait_for_answers(tmp_path: Path, error: type[BaseException]) -> None:
    """Nor does the end of the program: the threads that wait are daemons."""
    uploads = Uploads(World(asynchronous=False), tmp_path)
    waiting, may = threading.Event(), threading.Event()
    answered: list[bool] = []

    def before(request: httpx.Request) -> None:
        if request.method == "PUT" and request.url.path.endswith("/1"):
            waiting.set()
            answered.append(may.wait(PATIENCE))

    def progress(sent: int, _: int | None) -> None:
        if sent:
            assert waiting.wait(PATIENCE)
            raise error

    uploads.before = before
    with pytest.raises(error):
        uploads.send(parallel=2, progress=progress)
    left = [thread for thread in threading.enumerate() if thread.name.startswith("part")]
    assert answered == []
    assert all(thread.daemon for thread in left)
    may.set()
    for thread in left:
        thread.join(PATIENCE)
    assert answered == [True]


def test_interrupted_upload_wakes_the_parts_that_pause() -> None:
    """By `time.sleep`, a wait of an hour would be one of an hour; a clock that the caller has replaced is used.

    Nothing is sent after the wait.
    """
    seen: list[float] = []
    sent: list[Any] = []

    def steps() -> Any:
        content: Any = SimpleNamespace(checksum=0, close=lambda: None)
        yield Send(Sending(Part(1, 0, 1), content, httpx.URL(), {}, httpx.Timeout(1), 3600.0))
        if seen:
            yield Await()
        raise KeyboardInterrupt

    def no_call(*given: Any) -> Any:
        sent.append(given)
        raise AssertionError("nothing is sent")

    def run(sleep: Callable[[float], None]) -> None:
        upload: Any = SimpleNamespace(steps=steps, parallel=1, progress=None)
        with pytest.raises(KeyboardInterrupt):
            SyncParts(no_call, no_call, sleep).run(upload)

    interrupted = threading.Thread(target=run, args=[time.sleep], daemon=True)
    interrupted.start()
    interrupted.join(PATIENCE)
    assert not interrupted.is_alive()
    for thread in threading.enumerate():
        if thread.name.startswith("part"):
            thread.join(PATIENCE)
            assert not thread.is_alive()
    assert sent == []
    seen.append(0.0)
    run(seen.append)
    assert seen == [0.0, 3600.0]


@pytest.mark.parametrize("end", [KeyError, asyncio.CancelledError, None])
@pytest.mark.parametrize("where", ["pause", "answer"])
def test_asynchronous_upload_that_ends_stops_its_parts(end: type[BaseException] | None, where: str) -> None:
    """One that pauses and one that waits for its answer, neither of which would end by itself; its file is closed."""
    begun, ended = asyncio.Event(), list[str]()

    def steps() -> Any:
        content: Any = SimpleNamespace(checksum=0, close=lambda: ended.append("closed"))
        pause = 3600.0 if where == "pause" else 0.0
        yield Send(Sending(Part(1, 0, 1), content, httpx.URL("https://a.example/1"), {}, httpx.Timeout(1), pause))
        yield Pause(1)
        if end is not None:
            raise end
        return "found"

    async def forever() -> None:
        begun.set()
        try:
            await asyncio.Event().wait()
        finally:
            ended.append("stopped")

    async def sleep(seconds: float) -> None:
        await (begun.wait() if seconds == 1 else forever())

    async def send(*_: Any, **__: Any) -> None:
        await forever()

    async def run() -> str:
        upload: Any = SimpleNamespace(steps=steps, parallel=1, progress=None)
        http: Any = SimpleNamespace(send=send)
        parts = AsyncParts(cast("Any", None), lambda: http, sleep)
        return await asyncio.wait_for(parts.run(upload), PATIENCE)

    with nullcontext() if end is None else pytest.raises(end):
        assert asyncio.run(run()) == "found"
    assert ended == ["stopped", "closed"]


class Four:
    """An upload of four parts, two at a time, before a server that answers none before it may; it fails for the third.

    Once all could have been sent, it is noted how many are in flight.
    """

    parallel = 2
    progress = None

    def __init__(self) -> None:
        self.before = {*threading.enumerate()}
        self.inside: list[str] = []
        self.may = threading.Event()
        self.in_flight = 0
        self.outcomes: list[Any] = []

    def steps(self) -> Any:
        content: Any = SimpleNamespace(checksum=7, close=lambda: None)
        for number in (1, 2, 3, 4):
            url = httpx.URL(f"https://parts.example/{number}")
            yield Send(Sending(Part(number, 0, 1), content, url, {}, httpx.Timeout(1), 0.0))
        yield Pause(1)
        self.may.set()
        for _ in range(4):
            self.outcomes += [(yield Await())]
        return "found"

    @property
    def threads(self) -> int:
        return len([one for one in threading.enumerate() if one not in self.before and one.name == "part"])

    def settled(self, _: float) -> None:
        self.in_flight = self.threads

    async def settled_later(self, _: float) -> None:
        for _ in range(50):
            await asyncio.sleep(0)
        self.in_flight = len(self.inside)

    def answer(self, request: httpx.Request) -> httpx.Response:
        if request.url.path == "/3":
            raise httpx.WriteError("it broke")
        return httpx.Response(200)

    def send(self, request: httpx.Request, **_: Any) -> httpx.Response:
        self.inside.append(request.url.path)
        assert self.may.wait(PATIENCE)
        return self.answer(request)

    async def send_later(self, request: httpx.Request, **_: Any) -> httpx.Response:
        self.inside.append(request.url.path)
        while not self.may.is_set():
            await asyncio.sleep(0)
        return self.answer(request)


@pytest.mark.parametrize("asynchronous", [False, True])
def test_only_so_many_parts_are_in_flight(*, asynchronous: bool) -> None:
    """The others wait for them, and are sent then; the error of one is told in its place."""
    four, unused = Four(), cast("Any", None)
    upload: Any = four
    http: Any = SimpleNamespace(send=four.send_later if asynchronous else four.send)
    if asynchronous:
        found = asyncio.run(AsyncParts(unused, lambda: http, four.settled_later).run(upload))
    else:
        found = SyncParts(unused, lambda: http, four.settled).run(upload)
    assert (found, four.in_flight, four.threads) == ("found", 2, 0)
    assert sorted(four.inside) == ["/1", "/2", "/3", "/4"]
    results = {one.part.number: type(one.result).__name__ for one in four.outcomes}
    assert results == {1: "Response", 2: "Response", 3: "WriteError", 4: "Response"}
    assert {one.checksum for one in four.outcomes} == {7}


@pytest.mark.parametrize("error", [KeyboardInterrupt, KeyError, asyncio.CancelledError])
@pytest.mark.parametrize("asynchronous", [False, True])
def test_upload_that_ends_early_is_closed(*, asynchronous: bool, error: type[BaseException]) -> None:
    """Also while its traceback is kept, which holds it: what it has open would be left to the garbage collector."""

    def steps() -> Any:
        yield Notify(1, 2)

    def progress(*_: int) -> None:
        raise error

    def unused(*_: Any) -> Any:
        raise AssertionError("nothing is sent")

    held = steps()
    upload: Any = SimpleNamespace(steps=lambda: held, parallel=1, progress=progress)

    def run() -> None:
        if asynchronous:
            asyncio.run(AsyncParts(unused, unused, unused).run(upload))
        else:
            SyncParts(unused, unused, unused).run(upload)

    with pytest.raises(error):
        run()
    assert inspect.getgeneratorstate(held) == inspect.GEN_CLOSED


def test_part_that_breaks_off_leaves_no_file_open(uploads: Uploads, monkeypatch: pytest.MonkeyPatch) -> None:
    """Nor where the request is kept, as by what records requests."""
    opened: list[Any] = []
    pieces = LocalFile.pieces

    def recorded(file: LocalFile, part: Part) -> Any:
        opened.append(pieces(file, part))
        return opened[-1]

    monkeypatch.setattr(LocalFile, "pieces", recorded)
    kept: list[Any] = []

    class Broken(httpx.BaseTransport, httpx.AsyncBaseTransport):
        """Breaks a part off after its first piece."""

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.method != "PUT":
                request.read()
                return uploads.answer(request)
            kept.append(request.stream)
            next(iter(kept[-1]))
            raise httpx.WriteError("it broke", request=request)

        async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
            if request.method != "PUT":
                await request.aread()
                return uploads.answer(request)
            kept.append(request.stream)
            await anext(aiter(kept[-1]))
            raise httpx.WriteError("it broke", request=request)

    client = uploads.client()
    client._http._transport = Broken()
    with pytest.raises(httpx.WriteError):
        uploads.world.do(lambda: client.multipart_upload.upload_file(uploads.path, retries=0, parallel=1))
    assert inspect.getgeneratorstate(opened[0]) == inspect.GEN_CLOSED
