"""The chunks of an upload as they are sent, and its progress."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Iterator

import anyio
import httpx

from apicontract.client.options import Progress
from apicontract.wire.multipart import Multipart


class SyncUpload(httpx.SyncByteStream):
    """The chunks of a form, which report the progress as they are consumed; each iteration starts again."""

    def __init__(self, content: Multipart, progress: Progress | None) -> None:
        """Take the form, and the progress function."""
        self._content = content
        self._progress = progress

    def __iter__(self) -> Iterator[bytes]:
        sent = 0
        for chunk in self._content.chunks():
            yield chunk
            sent += len(chunk)
            if self._progress is not None:
                self._progress(sent, self._content.length)


class AsyncUpload(httpx.AsyncByteStream):
    """The same as `SyncUpload`; each chunk is read in a thread, because reading a file blocks."""

    def __init__(self, content: Multipart, progress: Progress | None) -> None:
        """Take the form, and the progress function."""
        self._content = content
        self._progress = progress

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks, sent = self._content.chunks(), 0
        while (chunk := await anyio.to_thread.run_sync(next, chunks, None)) is not None:
            yield chunk
            sent += len(chunk)
            if self._progress is not None:
                await awaited(self._progress(sent, self._content.length))


async def awaited(returned: object) -> None:
    """Await the result of a function of the caller, if it is awaitable."""
    if inspect.isawaitable(returned):
        await returned
