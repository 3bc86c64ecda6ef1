"""Floor 3: the synchronous driver: sends what `_call` prepared, and waits when `_retry` says so."""

from __future__ import annotations

import itertools
import time
from contextlib import closing
from typing import Self, TypeVar, Unpack

import httpx

from twelvelabs_contract.client import _interpret
from twelvelabs_contract.client._answer import Answer, adapter
from twelvelabs_contract.client._arguments import Arguments
from twelvelabs_contract.client._call import Prepared, prepare
from twelvelabs_contract.client._events import Events
from twelvelabs_contract.client._pages import Listing, Pager
from twelvelabs_contract.client._settings import DEFAULT_TIMEOUT, BaseClient
from twelvelabs_contract.client._stream import Stream

T = TypeVar("T")
EventT = TypeVar("EventT")
ItemT = TypeVar("ItemT")
PageT = TypeVar("PageT")


class SyncClient(BaseClient):
    """The base of a generated client."""

    def __init__(
        self,
        *,
        api_key: str | None = None,
        base_url: str | None = None,
        timeout: float | httpx.Timeout | None = DEFAULT_TIMEOUT,
        max_retries: int = 2,
        httpx_client: httpx.Client | None = None,
        validate: bool = True,
    ) -> None:
        """Set up a client; key and address come from the environment if not given, as it is now.

        `timeout` is in seconds, `None` for none. `max_retries` are attempts after the first. `httpx_client` stays the
        caller's: it is not closed here. `validate=False` sends arguments that break the contract, if they can be sent.
        """
        super().__init__(httpx.Client, api_key, base_url, timeout, max_retries, httpx_client, validate)
        self._http = httpx_client or httpx.Client(headers={"user-agent": self._settings.api.user_agent})
        self._sleep = time.sleep

    def call(self, operation: str, answer: type[Answer[T]], **arguments: Unpack[Arguments]) -> T:
        """Call an operation and read its answer."""
        reader = adapter(answer)
        with closing(prepare(self._settings, operation, arguments)) as call:
            return _interpret.value(call, reader, self._send(call))

    def call_none(self, operation: str, **arguments: Unpack[Arguments]) -> None:
        """Call an operation that answers with nothing; any success will do (ledger A1)."""
        with closing(prepare(self._settings, operation, arguments)) as call:
            self._send(call)

    def call_bytes(self, operation: str, **arguments: Unpack[Arguments]) -> bytes:
        """Call an operation and return the body of its answer as it is."""
        with closing(prepare(self._settings, operation, arguments)) as call:
            return self._send(call).content

    def stream(self, operation: str, answer: type[Answer[EventT]], **arguments: Unpack[Arguments]) -> Stream[EventT]:
        """Call an operation that answers with events; its status is checked here, its events as they are read."""
        reader = adapter(answer)
        with closing(prepare(self._settings, operation, arguments)) as call:
            response = self._send(call, read=False)
            return Stream(response, Events(call, reader, response))

    def pages(
        self,
        operation: str,
        answer: type[Answer[PageT]],
        item: type[Answer[ItemT]],  # noqa: ARG002 - it gives the items their type
        **arguments: Unpack[Arguments],
    ) -> Pager[ItemT, PageT]:
        """Call an operation that lists, and return its first page as the beginning of all pages."""
        listing = Listing(self._settings.api.contract, operation, arguments)

        def fetch(operation: str, arguments: Arguments) -> PageT:
            return self.call(operation, answer, **arguments)

        return Pager(listing, fetch(operation, arguments), fetch)

    def _send(self, call: Prepared, *, read: bool = True) -> httpx.Response:
        """Send a request, again where `_retry` says so, and return a success; a refusal is raised."""
        for attempt in itertools.count():
            outcome: httpx.Response | httpx.TransportError
            try:
                outcome = self._attempt(call, read=read)
            except httpx.TransportError as error:
                outcome = error
            seconds = call.retry.wait(attempt, outcome, repeatable=call.repeatable)
            if seconds is None:
                break
            self._sleep(seconds)
        return _interpret.settled(call, outcome)

    def _attempt(self, call: Prepared, *, read: bool) -> httpx.Response:
        content = call.content
        request = self._http.build_request(
            call.operation.method,
            call.url,
            headers=call.headers,
            content=content if content is None or isinstance(content, bytes) else content.chunks(),
            timeout=call.timeout,
        )
        request.url = httpx.URL(call.url)  # a given client's default parameters would have replaced ours
        response = self._http.send(request, stream=True, follow_redirects=False)
        response.request = _interpret.masked(call, request)
        if response.is_success and not read:
            return response
        with closing(response):
            try:
                response.read()
            except httpx.DecodingError as error:
                return _interpret.without_body(call, error, response)
        return response

    def close(self) -> None:
        """Close the connections, unless they belong to a given httpx client."""
        if self._owned:
            self._http.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()
