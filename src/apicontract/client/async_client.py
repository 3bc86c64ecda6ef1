"""The asynchronous driver, for asyncio; it mirrors `sync_client`."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack

import anyio
import httpx

from apicontract.client import decoding, hooks
from apicontract.client import response as responses
from apicontract.client.answer import Answer, adapter, event_adapter
from apicontract.client.arguments import Arguments
from apicontract.client.errors import ResponseInvalid, StatusError
from apicontract.client.pages import AsyncPager, Listing
from apicontract.client.progress import AsyncUpload, awaited
from apicontract.client.request import PreparedRequest, may_open_files, prepare
from apicontract.client.settings import BaseClient
from apicontract.client.stream import AsyncStream, give_back_async

if TYPE_CHECKING:
    from httpx2 import AsyncClient as OtherClient

    from apicontract.client.parts import Large, Uploading
    from apicontract.client.waiting import Waiting
else:
    OtherClient = object  # httpx2 may not be installed

T = TypeVar("T")
EventT = TypeVar("EventT")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


class AsyncClient(BaseClient[httpx.AsyncClient, OtherClient]):
    """The base class of a generated asynchronous client."""

    _http_class = httpx.AsyncClient

    @staticmethod
    def _over(given: object) -> httpx.AsyncClient | None:
        from apicontract.client.httpx2_clients import async_client_over  # noqa: PLC0415 - few clients are of httpx2

        return async_client_over(given)

    @staticmethod
    async def _sleep(seconds: float) -> None:
        await anyio.sleep(seconds)

    async def call(self, operation: str, answer: type[Answer[T]], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and parse its response."""
        reader = adapter(answer)
        with closing(await self._prepare(operation, arguments)) as call:
            return responses.read(call, reader, await self._send(call))

    async def call_none(self, operation: str, **arguments: Unpack[Arguments]) -> None:
        """Call an operation without a response body; any success is accepted (ledger A1)."""
        with closing(await self._prepare(operation, arguments)) as call:
            await self._send(call)

    async def call_bytes(self, operation: str, **arguments: Unpack[Arguments]) -> bytes:
        """Call an operation and return the bytes of its response body."""
        with closing(await self._prepare(operation, arguments)) as call:
            return (await self._send(call)).content

    async def stream(
        self, operation: str, answer: type[Answer[EventT]], **arguments: Unpack[Arguments]
    ) -> AsyncStream[EventT]:
        """Call an operation that returns a stream; its status is checked here, its events as they are read."""
        from apicontract.client.events import Events  # noqa: PLC0415 - few calls read a stream

        reader = event_adapter(answer)
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
        """Call an operation that lists, and return its first page as a pager over all pages."""
        listing = Listing(self._settings, operation, arguments)

        async def fetch(operation: str, arguments: Arguments) -> PageT:
            return await self.call(operation, answer, **arguments)

        return AsyncPager(listing, await fetch(operation, arguments), fetch)

    async def wait(
        self, operation: str, answer: type[Answer[T]], *, waiting: Waiting, **arguments: Unpack[Arguments]
    ) -> T:
        """Call an operation until its response says that a job has ended; return that response.

        Raises `JobError` if the job failed, or did not end before the timeout.
        """
        from apicontract.client.waiting import Job  # noqa: PLC0415 - few calls wait

        job: Job[T] = Job(self._settings, operation, waiting, self._clock)
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

    async def wait_for_all(
        self,
        operation: str,
        answer: type[Answer[T]],
        *,
        jobs: Sequence[str],
        waiting: Waiting,
        **arguments: Unpack[Arguments],
    ) -> dict[str, T]:
        """Wait for several jobs in one loop; return the last response for each, or raise `JobsFailed` at the end."""
        from apicontract.client.waiting import Jobs  # noqa: PLC0415 - few calls wait

        many: Jobs[T] = Jobs(self._settings, operation, jobs, arguments, waiting, self._clock)
        while (question := many.next()) is not None:
            if question.pause:
                await self._sleep(question.pause)
            try:
                answered = await self.call(operation, answer, **question.arguments)
            except (StatusError, ResponseInvalid, httpx.TransportError) as error:
                many.failed(error)
                continue
            if many.callback is not None:
                await awaited(many.callback(answered))
            many.answered(answered)
        return many.result()

    async def call_large(
        self, operation: str, answer: type[Answer[T]], *, large: Large, **arguments: Unpack[Arguments]
    ) -> T:
        """Call an operation.

        If the file is too large for it and the caller agreed, upload the file in parts instead.
        """
        from apicontract.client.parts import instead  # noqa: PLC0415 - few clients send a file in parts

        # In a thread, because the file is inspected.
        other = await anyio.to_thread.run_sync(instead, self._settings, operation, arguments, large)
        if other is None:
            return await self.call(operation, answer, **arguments)
        return await self.upload(other.operation, answer, uploading=other.uploading, **other.arguments)

    async def upload(
        self, operation: str, answer: type[Answer[T]], *, uploading: Uploading, **arguments: Unpack[Arguments]
    ) -> T:
        """Upload a file in parts, and return the response of the operation that describes the result."""
        from apicontract.client.async_parts import AsyncParts  # noqa: PLC0415 - few clients send a file in parts
        from apicontract.client.parts import PartUpload  # noqa: PLC0415 - few clients send a file in parts

        async def call(operation: str, arguments: Arguments) -> Any:
            return await self.call(operation, Answer[Any], **arguments)

        upload = PartUpload(self._settings, operation, arguments, uploading)
        found = await AsyncParts(call, self._usable, self._sleep).run(upload)
        answered = await self.call(upload.retrieve, answer, **upload.result(found))
        await anyio.to_thread.run_sync(upload.finish)
        return answered

    async def _prepare(self, operation: str, arguments: Arguments) -> PreparedRequest:
        """Prepare a call, in a thread if that may open files."""
        if may_open_files(self._settings, operation):
            from apicontract.client.handover import made_in_thread  # noqa: PLC0415 - few calls send a file

            return await made_in_thread(partial(prepare, self._settings, operation, arguments))
        return prepare(self._settings, operation, arguments)

    async def _send(self, call: PreparedRequest, *, read: bool = True) -> httpx.Response:
        """Send a request, repeatedly if `retry` says so, and return a success; raise the error for anything else."""
        self._usable()
        if self._abandoned:
            await give_back_async(self._abandoned)
        attempt = 0
        while True:
            outcome: httpx.Response | httpx.TransportError
            try:
                outcome = await self._attempt(call, read=read)
            except httpx.TransportError as error:
                outcome = error
            else:
                if outcome.is_success:
                    return outcome
            seconds = call.retry.wait(attempt, outcome, repeatable=call.repeatable)
            if seconds is None or call.is_late(self._clock() + seconds):
                raise responses.failure(call, outcome, attempt + 1)
            await self._sleep(seconds)
            attempt += 1

    async def _attempt(self, call: PreparedRequest, *, read: bool) -> httpx.Response:
        http, content = self._usable(), call.content
        stream = httpx.ByteStream(content) if isinstance(content, bytes) else AsyncUpload(content, call.progress)
        request = call.request(http, stream)
        try:
            response = await http.send(request, stream=True, follow_redirects=False)
        except httpx.HTTPStatusError as error:
            response = hooks.refused(error, request, partial(responses.masked, call))
        success = response.is_success
        if not read or not success:  # the request of a success is never shown
            responses.mask(call, response)
        if success and not read:
            return response
        try:
            try:
                await decoding.aread(response)
            finally:
                await response.aclose()
        except (httpx.DecodingError, httpx.TransportError) as error:
            return responses.without_body(call, error, response)
        return response

    async def close(self) -> None:
        """Close the connections, unless they belong to an httpx client that the caller passed in."""
        self._leave_to_parent()
        await give_back_async(self._abandoned)
        if self._ours:
            await self._http.aclose()

    aclose = close

    async def __aenter__(self) -> Self:
        self._usable()
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
