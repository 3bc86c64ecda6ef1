"""Floor 3: an open response as an iterable of events.

The connection goes back when the last byte was read, when something goes wrong, and on `close`. `with` closes at its
end. A stream that is left early and that nobody holds any more is closed when Python frees it, which CPython does at
once; one that may have to await for that is closed before the next call of its client. What reads is a generator that
does not know the stream: or the two would hold each other, and only the garbage collector could free them.

A stream is its own iterator. Once every event was delivered it yields nothing more, as any iterator; after a failure,
or after it was closed before that, each further reading raises `StreamInvalid`.
"""

from __future__ import annotations

import weakref
from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator, MutableSequence
from contextlib import suppress
from typing import Generic, Self, TypeVar

import httpx

from twelvelabs_contract.client._events import Events

EventT = TypeVar("EventT")


class _Open(Generic[EventT]):
    """What both streams have."""

    def __init__(self, response: httpx.Response, events: Events[EventT]) -> None:
        """Take a response whose status was checked and whose body was not read."""
        self.response = response
        self._events = events

    def __repr__(self) -> str:
        return f"<{type(self).__name__} {self.response.status_code}{' closed' if self.response.is_closed else ''}>"


class Stream(_Open[EventT]):
    """The events of a response as they arrive; they can be read once."""

    def __init__(self, response: httpx.Response, events: Events[EventT]) -> None:
        """Take a response whose status was checked and whose body was not read."""
        super().__init__(response, events)
        self._reading = _read(response, events)
        weakref.finalize(self, response.close).atexit = False

    @property
    def data(self) -> Iterator[EventT]:
        """The events, as the stream itself yields them."""
        return self

    def __iter__(self) -> Self:
        return self

    def __next__(self) -> EventT:
        for event in self._reading:
            return event
        raise self._events.unfinished() or StopIteration

    def text(self) -> str:
        """Read all events that are left, and return their text (`x-streaming.text`) in one piece."""
        texts = self._events.texts()
        return "".join(texts(event) for event in self)

    def close(self) -> None:
        """Give the connection back; reading on is an error, unless every event was delivered."""
        self.response.close()
        with suppress(ValueError):  # another thread is waiting for the next event, and will find the response closed
            self._reading.close()

    def __enter__(self) -> Self:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()


class AsyncStream(_Open[EventT]):
    """The events of a response as they arrive; they can be read once."""

    def __init__(
        self, response: httpx.Response, events: Events[EventT], abandoned: MutableSequence[httpx.Response]
    ) -> None:
        """Take a response whose status was checked and whose body was not read.

        If it is still open when nobody holds the stream any more, it is put to the `abandoned` ones.
        """
        super().__init__(response, events)
        self._reading = _read_async(response, events)
        weakref.finalize(self, _abandon, response, abandoned).atexit = False

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
        """Read all events that are left, and return their text (`x-streaming.text`) in one piece."""
        texts = self._events.texts()
        return "".join([texts(event) async for event in self])

    async def close(self) -> None:
        """Give the connection back; reading on is an error, unless every event was delivered."""
        await self.response.aclose()
        with suppress(RuntimeError):  # another task is waiting for the next event, and will find the response closed
            await self._reading.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()


def _read(response: httpx.Response, events: Events[EventT]) -> Generator[EventT, None, None]:
    try:
        for chunk in response.iter_bytes():
            yield from events.feed(chunk)
        yield from events.close()
    except httpx.DecodingError as error:
        raise events.undecodable(error) from error
    finally:
        response.close()


async def _read_async(response: httpx.Response, events: Events[EventT]) -> AsyncGenerator[EventT, None]:
    try:
        async for chunk in response.aiter_bytes():
            for event in events.feed(chunk):
                yield event
        for event in events.close():
            yield event
    except httpx.DecodingError as error:
        raise events.undecodable(error) from error
    finally:
        await response.aclose()


def _abandon(response: httpx.Response, abandoned: MutableSequence[httpx.Response]) -> None:
    if not response.is_closed:
        abandoned.append(response)
