"""The synchronous driver: sends prepared requests, and waits as `retry` says."""

from __future__ import annotations

import time
from collections.abc import Sequence
from contextlib import closing
from functools import partial
from typing import TYPE_CHECKING, Any, Self, TypeVar, Unpack

import httpx

from apicontract.client import decoding, hooks
from apicontract.client import response as responses
from apicontract.client.answer import Answer, adapter, event_adapter
from apicontract.client.arguments import Arguments
from apicontract.client.errors import ResponseInvalid, StatusError
from apicontract.client.pages import Listing, Pager
from apicontract.client.progress import SyncUpload
from apicontract.client.request import PreparedRequest, prepare
from apicontract.client.settings import BaseClient
from apicontract.client.stream import Stream, give_back

if TYPE_CHECKING:
    from httpx2 import Client as OtherClient

    from apicontract.client.parts import Large, Uploading
    from apicontract.client.waiting import Waiting
else:
    OtherClient = object  # httpx2 may not be installed

T = TypeVar("T")
EventT = TypeVar("EventT")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


class SyncClient(BaseClient[httpx.Client, OtherClient]):
    """The base class of a generated synchronous client."""

    _http_class = httpx.Client
    _sleep = staticmethod(time.sleep)

    @staticmethod
    def _over(given: object) -> httpx.Client | None:
        from apicontract.client.httpx2_clients import client_over  # noqa: PLC0415 - few clients are of httpx2

        return client_over(given)

    def call(self, operation: str, answer: type[Answer[T]], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and parse its response."""
        reader = adapter(answer)
        with closing(prepare(self._settings, operation, arguments)) as call:
            return responses.read(call, reader, self._send(call))

    def call_none(self, operation: str, **arguments: Unpack[Arguments]) -> None:
        """Call an operation without a response body; any success is accepted (ledger A1)."""
        with closing(prepare(self._settings, operation, arguments)) as call:
            self._send(call)

    def call_bytes(self, operation: str, **arguments: Unpack[Arguments]) -> bytes:
        """Call an operation and return the bytes of its response body."""
        with closing(prepare(self._settings, operation, arguments)) as call:
            return self._send(call).content

    def stream(self, operation: str, answer: type[Answer[EventT]], **arguments: Unpack[Arguments]) -> Stream[EventT]:
        """Call an operation that returns a stream; its status is checked here, its events as they are read."""
        from apicontract.client.events import Events  # noqa: PLC0415 - few calls read a stream

        reader = event_adapter(answer)
        with closing(prepare(self._settings, operation, arguments)) as call:
            response = self._send(call, read=False)
            return Stream(response, Events(call, reader, response), self._abandoned)

    def pages(
        self,
        operation: str,
        answer: type[Answer[PageT]],
        item: type[Answer[ItemT]],  # noqa: ARG002 - it gives the items their type
        **arguments: Unpack[Arguments],
    ) -> Pager[ItemT, PageT]:
        """Call an operation that lists, and return its first page as a pager over all pages."""
        listing = Listing(self._settings, operation, arguments)

        def fetch(operation: str, arguments: Arguments) -> PageT:
            return self.call(operation, answer, **arguments)

        return Pager(listing, fetch(operation, arguments), fetch)

    def wait(self, operation: str, answer: type[Answer[T]], *, waiting: Waiting, **arguments: Unpack[Arguments]) -> T:
        """Call an operation until its response says that a job has ended; return that response.

        Raises `JobError` if the job failed, or did not end before the timeout.
        """
        from apicontract.client.waiting import Job  # noqa: PLC0415 - few calls wait

        job: Job[T] = Job(self._settings, operation, waiting, self._clock)
        arguments["deadline"] = job.deadline
        while True:
            try:
                answered = self.call(operation, answer, **arguments)
            except (StatusError, httpx.TransportError) as error:
                job.check(error)
                raise
            if job.callback is not None:
                job.callback(answered)
            pause = job.wait(answered)
            if pause is None:
                return answered
            self._sleep(pause)

    def wait_for_all(
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
                self._sleep(question.pause)
            try:
                answered = self.call(operation, answer, **question.arguments)
            except (StatusError, ResponseInvalid, httpx.TransportError) as error:
                many.failed(error)
                continue
            if many.callback is not None:
                many.callback(answered)
            many.answered(answered)
        return many.result()

    def call_large(self, operation: str, answer: type[Answer[T]], *, large: Large, **arguments: Unpack[Arguments]) -> T:
        """Call an operation.

        If the file is too large for it and the caller agreed, upload the file in parts instead.
        """
        from apicontract.client.parts import instead  # noqa: PLC0415 - few clients send a file in parts

        other = instead(self._settings, operation, arguments, large)
        if other is None:
            return self.call(operation, answer, **arguments)
        return self.upload(other.operation, answer, uploading=other.uploading, **other.arguments)

    def upload(
        self, operation: str, answer: type[Answer[T]], *, uploading: Uploading, **arguments: Unpack[Arguments]
    ) -> T:
        """Upload a file in parts, and return the response of the operation that describes the result."""
        from apicontract.client.parts import PartUpload  # noqa: PLC0415 - few clients send a file in parts
        from apicontract.client.sync_parts import SyncParts  # noqa: PLC0415 - few clients send a file in parts

        def call(operation: str, arguments: Arguments) -> Any:
            return self.call(operation, Answer[Any], **arguments)

        upload = PartUpload(self._settings, operation, arguments, uploading)
        found = SyncParts(call, self._usable, self._sleep).run(upload)
        answered = self.call(upload.retrieve, answer, **upload.result(found))
        upload.finish()
        return answered

    def _send(self, call: PreparedRequest, *, read: bool = True) -> httpx.Response:
        """Send a request, repeatedly if `retry` says so, and return a success; raise the error for anything else."""
        self._usable()
        if self._abandoned:
            give_back(self._abandoned)
        attempt = 0
        while True:
            outcome: httpx.Response | httpx.TransportError
            try:
                outcome = self._attempt(call, read=read)
            except httpx.TransportError as error:
                outcome = error
            else:
                if outcome.is_success:
                    return outcome
            seconds = call.retry.wait(attempt, outcome, repeatable=call.repeatable)
            if seconds is None or call.is_late(self._clock() + seconds):
                raise responses.failure(call, outcome, attempt + 1)
            self._sleep(seconds)
            attempt += 1

    def _attempt(self, call: PreparedRequest, *, read: bool) -> httpx.Response:
        http, content = self._usable(), call.content
        stream = httpx.ByteStream(content) if isinstance(content, bytes) else SyncUpload(content, call.progress)
        request = call.request(http, stream)
        try:
            response = http.send(request, stream=True, follow_redirects=False)
        except httpx.HTTPStatusError as error:
            response = hooks.refused(error, request, partial(responses.masked, call))
        success = response.is_success
        if not read or not success:  # the request of a success is never shown
            responses.mask(call, response)
        if success and not read:
            return response
        try:
            try:
                decoding.read(response)
            finally:
                response.close()
        except (httpx.DecodingError, httpx.TransportError) as error:
            return responses.without_body(call, error, response)
        return response

    def close(self) -> None:
        """Close the connections, unless they belong to an httpx client that the caller passed in."""
        self._leave_to_parent()
        give_back(self._abandoned)
        if self._ours:
            self._http.close()

    def __enter__(self) -> Self:
        self._usable()
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
