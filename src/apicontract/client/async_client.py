"""Floor 3: the asynchronous driver, for asyncio; otherwise the same as `_sync`."""

from __future__ import annotations

import inspect
import time
from collections import deque
from collections.abc import AsyncIterator
from contextlib import closing, suppress
from typing import Self, TypeVar, Unpack

import httpx
from anyio import sleep, to_thread

from apicontract.client import decoding
from apicontract.client import response as interpret
from apicontract.client.answer import Answer, adapter
from apicontract.client.arguments import Arguments
from apicontract.client.errors import StatusError
from apicontract.client.events import Events
from apicontract.client.options import Progress
from apicontract.client.pages import AsyncPager, Listing
from apicontract.client.request import Prepared, may_open_files, prepare
from apicontract.client.settings import DEFAULT_TIMEOUT, BaseClient, secret
from apicontract.client.stream import Abandoned, AsyncStream
from apicontract.client.waiting import Job, Waiting
from apicontract.wire.multipart import Multipart

T = TypeVar("T")
EventT = TypeVar("EventT")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


class AsyncClient(BaseClient[httpx.AsyncClient]):
    """The base of a generated client."""

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | httpx.Timeout | None = DEFAULT_TIMEOUT,
        max_retries: int = 2,
        httpx_client: httpx.AsyncClient | None = None,
        validate: bool = True,
        allow_http: bool = False,
    ) -> None:
        """Set up a client; key and address come from the environment if not given, as it is now.

        `timeout` is in seconds, `None` for none. `max_retries` are attempts after the first. `httpx_client` stays the
        caller's: it is not closed here. `validate=False` sends arguments that break the contract, if they can be sent.
        `allow_http=True` sends the key in the clear, where `base_url` is no `https://` and not on this machine.
        """
        api_key = secret(api_key)  # so that no traceback shows it
        super().__init__(httpx.AsyncClient, api_key, base_url, timeout, max_retries, httpx_client, validate, allow_http)
        self._sleep = sleep
        self._clock = time.monotonic
        self._abandoned: Abandoned = deque()

    async def call(self, operation: str, answer: type[Answer[T]], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and read its answer."""
        reader = adapter(answer)
        with closing(await self._prepare(operation, arguments)) as call:
            return interpret.value(call, reader, await self._send(call))

    async def call_none(self, operation: str, **arguments: Unpack[Arguments]) -> None:
        """Call an operation that answers with nothing; any success will do (ledger A1)."""
        with closing(await self._prepare(operation, arguments)) as call:
            await self._send(call)

    async def call_bytes(self, operation: str, **arguments: Unpack[Arguments]) -> bytes:
        """Call an operation and return the body of its answer as it is."""
        with closing(await self._prepare(operation, arguments)) as call:
            return (await self._send(call)).content

    async def stream(
        self, operation: str, answer: type[Answer[EventT]], **arguments: Unpack[Arguments]
    ) -> AsyncStream[EventT]:
        """Call an operation that answers with events; its status is checked here, its events as they are read."""
        reader = adapter(answer)
        with closing(await self._prepare(operation, arguments)) as call:
            response = await self._send(call, read=False)
            return AsyncStream(response, Events(call, reader, response), self._abandoned)

    async def pages(
        self,
        operation: str,
        answer: type[Answer[PageT]],
        item: type[Answer[ItemT]],  # noqa: ARG002 - it gives the items their type
        **arguments: Unpack[Arguments],
    ) -> AsyncPager[ItemT, PageT]:
        """Call an operation that lists, and return its first page as the beginning of all pages."""
        listing = Listing(self._settings.api.contract, operation, arguments)

        async def fetch(operation: str, arguments: Arguments) -> PageT:
            return await self.call(operation, answer, **arguments)

        return AsyncPager(listing, await fetch(operation, arguments), fetch)

    async def wait(
        self, operation: str, answer: type[Answer[T]], *, waiting: Waiting, **arguments: Unpack[Arguments]
    ) -> T:
        """Call an operation until its answer says that a job is over; return that answer, or raise `JobError`."""
        job: Job[T] = Job(self._settings.api.contract.operation(operation), waiting, self._clock)
        arguments["deadline"] = job.deadline
        while True:
            try:
                answered = await self.call(operation, answer, **arguments)
            except (StatusError, httpx.TransportError) as error:
                job.check(error)
                raise
            if job.callback is not None:
                await awaited(job.callback(answered))
            pause = job.wait(answered)
            if pause is None:
                return answered
            await self._sleep(pause)

    async def _prepare(self, operation: str, arguments: Arguments) -> Prepared:
        """Prepare a call, in a thread where that may open files."""
        if may_open_files(self._settings, operation):
            return await to_thread.run_sync(prepare, self._settings, operation, arguments)
        return prepare(self._settings, operation, arguments)

    async def _send(self, call: Prepared, *, read: bool = True) -> httpx.Response:
        """Send a request, again where `_retry` says so, and return a success; a refusal is raised."""
        if self._abandoned:
            await self._give_back()
        attempt = 0
        while True:
            outcome: httpx.Response | httpx.TransportError
            try:
                outcome = await self._attempt(call, read=read)
            except httpx.TransportError as error:
                outcome = error
            seconds = call.retry.wait(attempt, outcome, repeatable=call.repeatable)
            if seconds is None or call.is_late(self._clock() + seconds):
                return interpret.settled(call, outcome, attempt + 1)
            await self._sleep(seconds)
            attempt += 1

    async def _give_back(self) -> None:
        """Close the streams that were left early and forgotten."""
        while self._abandoned:
            with suppress(RuntimeError):  # its event loop is gone, and with it the connection
                await self._abandoned.popleft()[0].aclose()

    async def _attempt(self, call: Prepared, *, read: bool) -> httpx.Response:
        http = self._usable()
        content = call.content
        stream = httpx.ByteStream(content) if isinstance(content, bytes) else _Threaded(content, call.progress)
        request = call.request(http, stream)
        response = await http.send(request, stream=True, follow_redirects=False)
        success = response.is_success
        if not read or not success:  # of a success that is read, nobody sees the request
            interpret.mask(call, response)
        if success and not read:
            return response
        try:
            await decoding.aread(response)
        except httpx.DecodingError as error:
            return interpret.without_body(call, error, response)
        finally:
            await response.aclose()
        return response

    async def close(self) -> None:
        """Close the connections, unless they belong to a given httpx client."""
        await self._give_back()
        if self._ours:
            await self._http.aclose()

    aclose = close

    async def __aenter__(self) -> Self:
        self._usable()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


class _Threaded(httpx.AsyncByteStream):
    """The same as `Counted`; each chunk is taken in a thread, as reading a file blocks."""

    def __init__(self, content: Multipart, progress: Progress | None) -> None:
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
