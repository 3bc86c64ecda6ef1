"""An open response as an iterable of events.

The connection is released when the last byte was read, after an error, on `close`, and at the end of `with`. A stream
that is abandoned before its end is closed when Python frees it, which CPython does at once. If closing may have to
await, or if Python frees it within httpx, whose locks this thread may hold, it is closed before the next call of its
client instead. The generator that reads has no reference to the stream: in a reference cycle only the garbage collector
could free them.

A stream can be read by `next` and by loops, each continuing where the previous one stopped. After the last event it is
exhausted, like any iterator; after a failure, or if it was closed early, each further read raises `StreamInvalid`. Only
one thread or task may read it at a time. If another one calls `close`, a waiting reader continues to wait until its
read timeout.
"""

from __future__ import annotations

import inspect
import weakref
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterable, Iterator
from contextlib import suppress
from itertools import chain
from typing import TYPE_CHECKING, Any, Generic, Self, TypeAlias, TypeVar

import httpx

from apicontract.client.decoding import check_coding, pieces
from apicontract.client.errors import StreamInvalid
from apicontract.client.settings import Abandoned

if TYPE_CHECKING:
    from apicontract.client.events import Events

EventT = TypeVar("EventT")

_Iteration: TypeAlias = Generator[Any, None, None] | None


class _Open(Generic[EventT]):
    """The parts that both streams share."""

    def __init__(self, response: httpx.Response, events: Events[EventT]) -> None:
        """Take a response whose status was checked and whose body was not read."""
        self.response = response
        self._events = events

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.response.status_code}{' closed' if self.response.is_closed else ''}>"


class Stream(_Open[EventT]):
    """The events of a response as they arrive; they can be read once."""

    def __init__(self, response: httpx.Response, events: Events[EventT], abandoned: Abandoned) -> None:
        """Take a response whose status was checked and whose body was not read.

        If the stream is freed while it is still open, and cannot be closed there, it is added to `abandoned`.
        """
        super().__init__(response, events)
        self._groups = _read(response, events)
        self._reading = chain.from_iterable(self._groups)
        weakref.finalize(self, _forget, response, self._groups, abandoned).atexit = False

    @property
    def data(self) -> Iterator[EventT]:
        """The events, as the stream itself yields them."""
        return iter(self)

    def __iter__(self) -> Iterator[EventT]:
        # Faster than a call of `__next__` for each event, which is only used after the last one.
        return chain(self._reading, iter(self.__next__, None))

    def __next__(self) -> EventT:
        for event in self._reading:
            return event
        raise self._events.unfinished() or StopIteration

    def text(self) -> str:
        """Read all remaining events, and return their text (`x-streaming.text`) as one string."""
        texts = self._events.texts()
        return "".join(texts(event) for event in self)

    def close(self) -> None:
        """Release the connection; reading on is an error, unless every event was delivered."""
        _close(self.response, self._groups)
        self._events.stop()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncStream(_Open[EventT]):
    """The events of a response as they arrive; they can be read once."""

    def __init__(self, response: httpx.Response, events: Events[EventT], abandoned: Abandoned) -> None:
        """Take a response whose status was checked and whose body was not read.

        If the stream is freed while it is still open, it is added to `abandoned`.
        """
        super().__init__(response, events)
        self._reading = _read_async(response, events)
        weakref.finalize(self, _abandon, response, None, abandoned).atexit = False

    @property
    def data(self) -> AsyncIterator[EventT]:
        """The events, as the stream itself yields them."""
        return self

    def __aiter__(self) -> Self:
        return self

    async def __anext__(self) -> EventT:
        async for event in self._reading:
            return event
        raise self._events.unfinished() or StopAsyncIteration

    async def text(self) -> str:
        """Read all remaining events, and return their text (`x-streaming.text`) as one string."""
        texts = self._events.texts()
        return "".join([texts(event) async for event in self])

    async def close(self) -> None:
        """Release the connection; reading on is an error, unless every event was delivered."""
        await self.response.aclose()
        with suppress(RuntimeError):  # another task is waiting for the next event, and will find the response closed
            await self._reading.aclose()

    aclose = close

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _read(response: httpx.Response, events: Events[EventT]) -> Generator[Iterable[EventT], None, None]:
    try:
        check_coding(response)
        for chunk in response.iter_bytes():
            for piece in pieces(chunk):
                yield from events.feed(piece)
        yield from events.close()
    except httpx.DecodingError as error:
        raise events.undecodable(error) from error
    except StreamInvalid as error:
        chunk = piece = b""  # the data can repeat the key, and tracebacks show variables
        raise error.with_traceback(None) from error.__cause__
    finally:
        response.close()


async def _read_async(response: httpx.Response, events: Events[EventT]) -> AsyncGenerator[EventT, None]:
    try:
        check_coding(response)
        async for chunk in response.aiter_bytes():
            for piece in pieces(chunk):
                for group in events.feed(piece):
                    for event in group:
                        yield event
        for group in events.close():
            for event in group:
                yield event
    except httpx.DecodingError as error:
        raise events.undecodable(error) from error
    except StreamInvalid as error:
        chunk = piece = b""  # the data can repeat the key, and tracebacks show variables
        raise error.with_traceback(None) from error.__cause__
    finally:
        await response.aclose()


def give_back(abandoned: Abandoned) -> None:
    """Close the abandoned streams; errors are ignored, because nobody uses these connections any more."""
    with suppress(IndexError):  # another thread may take the last one
        while abandoned:
            response, reading = abandoned.popleft()
            with suppress(httpx.TransportError):
                _close(response, reading)


async def give_back_async(abandoned: Abandoned) -> None:
    """Close the abandoned streams; one that is being closed already is not closed twice."""
    while abandoned:
        # Its event loop may be gone, and with it the connection; nobody uses either any more, so errors are ignored.
        with suppress(RuntimeError, httpx.TransportError):
            await abandoned.popleft()[0].aclose()


def _close(response: httpx.Response, reading: _Iteration) -> None:
    response.close()
    if reading is not None:
        with suppress(ValueError):  # another thread is waiting for the next event, and will find the response closed
            reading.close()


def _forget(response: httpx.Response, reading: _Iteration, abandoned: Abandoned) -> None:
    if _within_httpx():
        _abandon(response, reading, abandoned)
    else:
        with suppress(httpx.TransportError):
            _close(response, reading)


def _abandon(response: httpx.Response, reading: _Iteration, abandoned: Abandoned) -> None:
    if not response.is_closed:
        abandoned.append((response, reading))


def _within_httpx() -> bool:
    """Return whether this thread is executing httpx code: the garbage collector can run anywhere."""
    frame = inspect.currentframe()
    while frame is not None:
        if frame.f_globals.get("__name__", "").partition(".")[0] in ("httpx", "httpcore"):
            return True
        frame = frame.f_back
    return False
