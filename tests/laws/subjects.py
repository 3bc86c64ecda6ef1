"""The interface of a client under test, and the subjects: our two clients of each edition, and the vendor's SDK.

A subject is given the operation to call, its arguments, and a handler of requests; it returns the result and the
requests. Requests go to a respx router, so nothing connects. Everything is JSON on both sides: models are dumped, and a
file is a tuple of name, content and media type.
"""

from __future__ import annotations

import inspect
import json
import operator
import re
import time
from collections.abc import AsyncIterator, Callable, Coroutine, Iterable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass, field
from datetime import datetime
from importlib.metadata import version
from types import ModuleType, SimpleNamespace
from typing import Any, Literal, TypeAlias
from unittest.mock import patch

import httpx
import respx
import twelvelabs
import twelvelabs_api
import twelvelabs_api_2025_08
from anyio.from_thread import BlockingPortal, start_blocking_portal
from pydantic import BaseModel

from codegen import names
from twelvelabs_contract import Operation

KEY = "tlk_made_up_for_the_laws"

Handler: TypeAlias = Callable[[httpx.Request], httpx.Response]
Arguments: TypeAlias = Mapping[str, Any]
"""The arguments of a call by location (`path`, `query`, `header`, `body`), keyed by wire name."""
How: TypeAlias = Literal["answer", "items", "pages"]
"""What to read: the whole response, the items of a listing or events of a stream, or the pages of a listing."""


@dataclass
class Outcome:
    """The result of one call, and its requests."""

    value: Any = None
    """The whole response as JSON; `None` if there is none, and if items or pages were read."""
    items: list[Any] = field(default_factory=list)
    """The items, events or pages as JSON, in order, including those before an error."""
    error: Exception | None = None
    requests: list[httpx.Request] = field(default_factory=list)
    """Their bodies are read."""
    waits: list[float] = field(default_factory=list)
    """The seconds between attempts, which are not slept."""


class Chunks(httpx.SyncByteStream, httpx.AsyncByteStream):
    """The body of a response, which arrives in the given chunks."""

    def __init__(self, pieces: Sequence[bytes]) -> None:
        """Take the pieces."""
        self._pieces = pieces

    def __iter__(self) -> Iterator[bytes]:
        return iter(self._pieces)

    async def __aiter__(self) -> AsyncIterator[bytes]:
        for piece in self._pieces:
            yield piece


class Wire(httpx.BaseTransport, httpx.AsyncBaseTransport):
    """Passes each request to the current handler, through respx, and records it."""

    def __init__(self) -> None:
        """Start without a handler."""
        self.handler: Handler | None = None
        self.requests: list[httpx.Request] = []
        self.asynchronous: bool | None = None
        """Whether the last request was synchronous or asynchronous."""
        self.drain: Callable[[bytes], object] | None = None
        """Receives the chunks of bodies, which are then not stored."""
        self._router = respx.MockRouter(assert_all_called=False)
        self._router.route().mock(side_effect=self._answer)

    def _take(self, request: httpx.Request) -> None:
        """Record a request; without a host it is not one that is sent, and refused as by the transports of httpx."""
        if not request.url.host:
            raise httpx.UnsupportedProtocol("the URL has no scheme and no host", request=request)
        self.requests.append(request)

    def _answer(self, request: httpx.Request) -> httpx.Response:
        if self.handler is None:
            raise RuntimeError(f"a request outside of any call: {request!r}")
        return self.handler(request)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request of a synchronous client."""
        self.asynchronous = False
        self._take(request)
        if self.drain is None:
            request.read()
        elif isinstance(request.stream, Iterable):
            for chunk in request.stream:
                self.drain(chunk)
        return self._router.handler(request)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Respond to a request of an asynchronous client."""
        self.asynchronous = True
        self._take(request)
        if self.drain is None:
            await request.aread()
        elif isinstance(request.stream, httpx.AsyncByteStream):
            async for chunk in request.stream:
                self.drain(chunk)
        return await self._router.async_handler(request)

    def forget(self) -> None:
        """Discard the recorded requests."""
        self.handler, self.drain, self.requests = None, None, []
        self._router.reset()


class Subject:
    """A client under test."""

    asynchronous = False

    def __init__(self, name: str, client: Callable[..., Any]) -> None:
        """Take the client's class; it is instantiated on first use, over this subject's own wire."""
        self.name = name
        self._class = client
        self._client: Any = None
        self._patient: Any = None
        self._waits: list[float] = []
        self._portal: BlockingPortal | None = None
        self._open = ExitStack()
        self.wire = Wire()

    def __repr__(self) -> str:
        return self.name

    def call(
        self,
        operation: Operation,
        arguments: Arguments,
        handler: Handler,
        *,
        how: How = "answer",
        most: int | None = None,
        drain: Callable[[bytes], object] | None = None,
        options: Mapping[str, Any] | None = None,
    ) -> Outcome:
        """Call an operation; at most `most` items, events or pages are read. An exception is stored in the outcome.

        `drain` takes the pieces of the body that is sent, which are then kept nowhere. Only with `options`, which are
        those of this call and may be none, is anything sent again; nothing sleeps.
        """
        outcome = Outcome(waits=self._waits)
        self.wire.handler, self.wire.drain = handler, drain
        try:
            self._run(self._work(operation, arguments, how, most, options, outcome))
        except Exception as error:  # noqa: BLE001 - a law asks of any exception whether it is the right one
            outcome.error = error
        finally:
            outcome.requests, self._waits = self.wire.requests, []
            self.wire.forget()
        if outcome.requests and self.wire.asynchronous is not self.asynchronous:
            raise RuntimeError(f"the subject {self.name} sends as the other kind of client does")
        return outcome

    async def _work(
        self,
        operation: Operation,
        arguments: Arguments,
        how: How,
        most: int | None,
        options: Mapping[str, Any] | None,
        outcome: Outcome,
    ) -> None:
        path, given = self.method(operation, arguments, how)
        client = self.client if options is None else self.patient
        found = operator.attrgetter(path)(client)(**given, **({"request_options": options} if options else {}))
        result = await found if inspect.isawaitable(found) else found
        if how == "answer" and not _is_stream(result):
            outcome.value = self.answer(result)
            return
        many = result.iter_pages() if how == "pages" else result
        async for one in _each(many):
            found = [self.dumped(item) for item in one.items or ()] if how == "pages" else self.dumped(one)
            outcome.items.append(found)
            if len(outcome.items) == most:
                return

    @property
    def client(self) -> Any:
        """The client, which is created once: that takes longer than a call."""
        if self._client is None:
            self._client = self._made(self.settings)
        return self._client

    @property
    def patient(self) -> Any:
        """The client as it is without settings, which may send again; its waits are written down."""
        if self._patient is None:
            self._patient = self._made({})
            self.awake(self._patient)
        return self._patient

    def _made(self, settings: Mapping[str, Any]) -> Any:
        kind = httpx.AsyncClient if self.asynchronous else httpx.Client
        return self._class(api_key=KEY, httpx_client=kind(transport=self.wire), **settings)

    def awake(self, client: Any) -> None:
        """Let a client write down its waits in place of sleeping."""
        raise NotImplementedError

    def waited(self, seconds: float) -> None:
        """Write down a wait."""
        self._waits.append(seconds)

    @property
    def settings(self) -> dict[str, Any]:
        """Additional settings of the client."""
        return {}

    def method(self, operation: Operation, arguments: Arguments, how: How) -> tuple[str, dict[str, Any]]:
        """Return the dotted path of the method that makes a call, and its keyword arguments."""
        given: dict[str, Any] = {}
        for location in ("path", "query", "header"):
            given |= arguments.get(location, {})
        body = arguments.get("body", {})
        given |= body if isinstance(body, Mapping) else {"body": body}
        path, pagination, streaming = operation.id, operation.pagination, operation.streaming
        if pagination and pagination.method and how != "answer":
            path = pagination.method
        if streaming and streaming.method and streaming.flag and given.pop(streaming.flag):
            path = streaming.method
        return path, {self.argument(name): value for name, value in given.items()}

    def argument(self, wire: str) -> str:
        """Return the name of an argument."""
        return wire

    def answer(self, result: Any) -> Any:
        """Return a whole response as JSON; for a listing, the response with the first page."""
        return self.dumped(result)

    def dumped(self, value: Any) -> Any:
        """Return models as the JSON that they were parsed from."""
        raise NotImplementedError

    def error_name(self, error: Exception | None) -> str:
        """Return the name that our clients have for an error."""
        return type(error).__name__

    def _run(self, work: Coroutine[Any, Any, None]) -> None:
        if self.asynchronous:
            # One event loop for all calls: a new one for each call would start threads of its own.
            if self._portal is None:
                self._portal = self._open.enter_context(start_blocking_portal())
            self._portal.call(lambda: work)
            return
        try:
            work.send(None)  # it never waits
        except StopIteration:
            return
        finally:
            work.close()

    def close(self) -> None:
        """Close the event loop."""
        self._open.close()
        self._portal = None


class Ours(Subject):
    """A generated client, synchronous or asynchronous."""

    def __init__(self, name: str, client: Callable[..., Any], *, asynchronous: bool) -> None:
        """Take the client's class."""
        super().__init__(name, client)
        self.asynchronous = asynchronous

    @property
    def settings(self) -> dict[str, Any]:
        """No retries: a law that counts requests would count them too."""
        return {"max_retries": 0}

    def awake(self, client: Any) -> None:
        """Replace what sleeps in the client."""

        async def waited(seconds: float) -> None:
            self.waited(seconds)

        client._sleep = waited if self.asynchronous else self.waited

    def argument(self, wire: str) -> str:
        """Return the name that the generator gives an argument."""
        return names.identifier(wire, names.ARGUMENT_NAMES) or wire

    def answer(self, result: Any) -> Any:
        """Bring a whole answer to JSON."""
        return self.dumped(getattr(result, "response", result))

    def dumped(self, value: Any) -> Any:
        """Bring models back to the JSON that they were read from."""
        return (
            value.model_dump(mode="json", by_alias=True, exclude_unset=True) if isinstance(value, BaseModel) else value
        )


ERROR_NAMES = {
    "UnprocessableEntityError": "UnprocessableError",
    **dict.fromkeys(("GatewayTimeoutError", "InternalServerError", "ServiceUnavailableError"), "ServerError"),
}
"""The errors that the vendor's SDK names otherwise than our clients."""


class Vendor(Subject):
    """The vendor's SDK. It does not retry unless it is asked to (ledger S6)."""

    def awake(self, client: Any) -> None:
        """Replace the clock of its module: a client has none of its own."""
        self._open.enter_context(
            patch("twelvelabs.core.http_client.time", SimpleNamespace(sleep=self.waited, time=time.time))
        )

    def argument(self, wire: str) -> str:
        """Return the name that its generator gives an argument: a number is a word of its own."""
        return re.sub(r"(?<=[a-z])(?=[0-9])", "_", wire)

    def answer(self, result: Any) -> Any:
        """Bring a whole answer to JSON; of a listing, the SDK shows the items only."""
        if not hasattr(result, "get_next"):
            return self.dumped(result)
        return {} if result.items is None else {"data": [self.dumped(item) for item in result.items]}

    def dumped(self, value: Any) -> Any:
        """Bring models back to the JSON that they were read from."""
        if isinstance(value, BaseModel):
            return json.loads(json.dumps(value.dict(), default=_time))
        return value

    def error_name(self, error: Exception | None) -> str:
        """Return our name for an error of the same status."""
        name = super().error_name(error)
        return ERROR_NAMES.get(name, name)


def _time(value: object) -> str:
    if isinstance(value, datetime):
        return value.isoformat().replace("+00:00", "Z")
    raise TypeError(f"no JSON value: {value!r}")


def _is_stream(result: Any) -> bool:
    return (hasattr(result, "__next__") or hasattr(result, "__anext__") or hasattr(result, "data")) and not isinstance(
        result, BaseModel
    )


async def _each(many: Any) -> AsyncIterator[Any]:
    if hasattr(many, "__aiter__"):
        async for one in many:
            yield one
    else:
        for one in many:
            yield one


def ours(package: ModuleType) -> tuple[Subject, ...]:
    """Return the two clients of a generated package."""
    return (
        Ours("sync", package.TwelveLabs, asynchronous=False),
        Ours("async", package.AsyncTwelveLabs, asynchronous=True),
    )


RELEASE = version("twelvelabs")
"""The release of the vendor's SDK: 1.0.0, or the newest, where its folder comes first on the path."""
VENDOR = Vendor("vendor", twelvelabs.TwelveLabs)
NEWEST, AUGUST = ours(twelvelabs_api), ours(twelvelabs_api_2025_08)
SUBJECTS: tuple[Subject, ...] = (*NEWEST, *AUGUST, VENDOR)
