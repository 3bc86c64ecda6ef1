"""The chunks of an upload as they are sent, and how far it has come."""

from __future__ import annotations

import inspect
from collections.abc import AsyncIterator, Iterator

import httpx
from anyio import to_thread

from apicontract.client.options import Progress
from apicontract.wire.multipart import Multipart


class SyncUpload(httpx.SyncByteStream):
    """The chunks of a form, each reported when it was taken; each iteration begins anew."""

    def __init__(self, content: Multipart, progress: Progress | None) -> None:
        """Take the form, and what is called with how far it has come."""
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
    """The same as `SyncUpload`; each chunk is taken in a thread, as reading a file blocks."""

    def __init__(self, content: Multipart, progress: Progress | None) -> None:
        """Take the form, and what is called with how far it has come."""
        self._content = content
        self._progress = progress

    async def __aiter__(self) -> AsyncIterator[bytes]:
        chunks, sent = self._content.chunks(), 0
        while (chunk := await to_thread.run_sync(next, chunks, None)) is not None:
            yield chunk
            sent += len(chunk)
            if self._progress is not None:
                await awaited(self._progress(sent, self._content.length))


async def awaited(returned: object) -> None:
    """Await what a function of the caller returned, if it can be."""
    if inspect.isawaitable(returned):
        await returned
