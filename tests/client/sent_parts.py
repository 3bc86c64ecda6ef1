"""A client and a service that accepts files in parts, for the tests of such uploads."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

import httpx
import pytest
from twelvelabs_api import AsyncTwelveLabs, TwelveLabs

from tests.client.conftest import KEY, World
from tests.support.storage import SESSION, Session, Storage

Before = Callable[[httpx.Request], httpx.Response | None]
FILM = bytes(range(61))
"""Eight parts."""


class Uploads:
    """A client before a service, and a file to send."""

    def __init__(self, world: World, folder: Path) -> None:
        self.world = world
        self.storage = Storage()
        self.path = folder / "film.mp4"
        self.path.write_bytes(FILM)
        self.before: Before = lambda _: None
        """What answers, or fails, in place of the service."""
        self.messages: list[tuple[int, int | None]] = []
        self.hooks: Any = {}
        """The event hooks of the httpx client."""

    @property
    def state(self) -> Path:
        return self.path.with_name("film.mp4.upload")

    def answer(self, request: httpx.Request) -> httpx.Response:
        self.world.requests.append(request)
        if (found := self.before(request)) is not None:
            return found
        target = request.url.raw_path.decode()
        status, body, headers = self.storage.answer(request.method, target, dict(request.headers), request.content)
        content: Any = {"content": body} if isinstance(body, bytes) else {"json": body}
        return httpx.Response(status, headers=headers, **content)

    def client(self, **settings: Any) -> Any:
        async def later(request: httpx.Request) -> httpx.Response:
            await request.aread()
            return self.answer(request)

        def now(request: httpx.Request) -> httpx.Response:
            request.read()
            return self.answer(request)

        client: Any
        headers = {"cookie": "mine=1", "x-default": "1"}
        if self.world.asynchronous:
            http = httpx.AsyncClient(transport=httpx.MockTransport(later), headers=headers, auth=("me", "secret"))
            client = AsyncTwelveLabs(api_key=KEY, httpx_client=http, **settings)

            async def sleep(seconds: float) -> None:
                self.world.waits.append(seconds)

            client._sleep = sleep
            http.event_hooks = self.hooks
        else:
            over = httpx.Client(transport=httpx.MockTransport(now), headers=headers, auth=("me", "secret"))
            client = TwelveLabs(api_key=KEY, httpx_client=over, **settings)
            client._sleep = self.world.waits.append
            over.event_hooks = self.hooks
        return client

    def send(self, path: Any = None, **given: Any) -> Any:
        """Send the file."""
        client = self.client()
        arguments = {"progress": lambda *seen: self.messages.append(seen), **given}
        path = self.path if path is None else path
        return self.world.do(lambda: client.multipart_upload.upload_file(path, **arguments))

    @property
    def session(self) -> Session:
        return self.storage.sessions[f"{SESSION}0"]

    @property
    def puts(self) -> list[str]:
        return [request.url.path.rpartition("/")[2] for request in self.world.requests if request.method == "PUT"]


def failing(uploads: Uploads, number: str, *answers: Any) -> None:
    """Answer the first attempts at a part with these, and leave the others to the storage."""
    left = list(answers)

    def before(request: httpx.Request) -> httpx.Response | None:
        if request.method != "PUT" or request.url.path.rpartition("/")[2] != number or not left:
            return None
        found = left.pop(0)
        if isinstance(found, Exception):
            raise found
        answered: httpx.Response = found
        return answered

    uploads.before = before


def broken_off(uploads: Uploads, after: int) -> None:
    """Break an upload off once some parts have arrived."""

    def progress(sent: int, _: int | None) -> None:
        if sent >= after * 8:
            raise KeyError("enough")

    with pytest.raises(KeyError, match="enough"):
        uploads.send(progress=progress, parallel=1)
    assert uploads.state.exists()
