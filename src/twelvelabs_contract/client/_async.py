"""Floor 3: the asynchronous driver, for asyncio and trio; otherwise the same as `_sync`."""

from __future__ import annotations

import itertools
from collections.abc import AsyncIterator, Iterator
from contextlib import closing
from typing import Self, TypeVar, Unpack

import httpx
from anyio import sleep, to_thread

from twelvelabs_contract.client import _interpret
from twelvelabs_contract.client._answer import Answer, adapter
from twelvelabs_contract.client._arguments import Arguments
from twelvelabs_contract.client._call import Prepared, may_open_files, prepare
from twelvelabs_contract.client._events import Events
from twelvelabs_contract.client._pages import AsyncPager, Listing
from twelvelabs_contract.client._settings import DEFAULT_TIMEOUT, BaseClient
from twelvelabs_contract.client._stream import AsyncStream

T = TypeVar("T")
EventT = TypeVar("EventT")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


class AsyncClient(BaseClient):
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
    ) -> None:
        """Set up a client; key and address come from the environment if not given, as it is now.

        `timeout` is in seconds, `None` for none. `max_retries` are attempts after the first. `httpx_client` stays the
        caller's: it is not closed here. `validate=False` sends arguments that break the contract, if they can be sent.
        """
        super().__init__(httpx.AsyncClient, api_key, base_url, timeout, max_retries, httpx_client, validate)
        self._http = httpx_client or httpx.AsyncClient(headers={"user-agent": self._settings.api.user_agent})
        self._sleep = sleep

    async def call(self, operation: str, answer: type[Answer[T]], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and read its answer."""
        reader = adapter(answer)
        with closing(await self._prepare(operation, arguments)) as call:
            return _interpret.value(call, reader, await self._send(call))

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
            return AsyncStream(response, Events(call, reader, response))

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

    async def _prepare(self, operation: str, arguments: Arguments) -> Prepared:
        """Prepare a call, in a thread where that may open files."""
        if may_open_files(self._settings, operation):
            return await to_thread.run_sync(prepare, self._settings, operation, arguments)
        return prepare(self._settings, operation, arguments)

    async def _send(self, call: Prepared, *, read: bool = True) -> httpx.Response:
        """Send a request, again where `_retry` says so, and return a success; a refusal is raised."""
        for attempt in itertools.count():
            outcome: httpx.Response | httpx.TransportError
            try:
                outcome = await self._attempt(call, read=read)
            except httpx.TransportError as error:
                outcome = error
            seconds = call.retry.wait(attempt, outcome, repeatable=call.repeatable)
            if seconds is None:
                break
            await self._sleep(seconds)
        return _interpret.settled(call, outcome)

    async def _attempt(self, call: Prepared, *, read: bool) -> httpx.Response:
        content = call.content
        request = self._http.build_request(
            call.operation.method,
            call.url,
            headers=call.headers,
            content=content if content is None or isinstance(content, bytes) else _threaded(content.chunks()),
            timeout=call.timeout,
        )
        request.url = httpx.URL(call.url)  # a given client's default parameters would have replaced ours
        response = await self._http.send(request, stream=True, follow_redirects=False)
        response.request = _interpret.masked(call, request)
        if response.is_success and not read:
            return response
        try:
            await response.aread()
        except httpx.DecodingError as error:
            return _interpret.without_body(call, error, response)
        finally:
            await response.aclose()
        return response

    async def close(self) -> None:
        """Close the connections, unless they belong to a given httpx client."""
        if self._owned:
            await self._http.aclose()

    aclose = close

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


async def _threaded(chunks: Iterator[bytes]) -> AsyncIterator[bytes]:
    """Take each chunk in a thread, as reading a file blocks."""
    while (chunk := await to_thread.run_sync(next, chunks, None)) is not None:
        yield chunk
