"""Floor 3: an open response as an iterable of events.

The connection goes back when the last byte was read, when something goes wrong, and on `close`. Leaving a loop early
does not close: use `with` where that can happen.

A stream is its own iterator. Once every event was delivered it yields nothing more, as any iterator; after a failure,
or after it was closed before that, each further reading raises `StreamInvalid`.
"""

from __future__ import annotations

from collections.abc import AsyncGenerator, AsyncIterator, Generator, Iterator
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
        self._reading = self._read()

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

    def _read(self) -> Generator[EventT, None, None]:
        try:
            for chunk in self.response.iter_bytes():
                yield from self._events.feed(chunk)
            yield from self._events.close()
        except httpx.DecodingError as error:
            raise self._events.undecodable(error) from error
        finally:
            self.response.close()

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

    def __init__(self, response: httpx.Response, events: Events[EventT]) -> None:
        """Take a response whose status was checked and whose body was not read."""
        super().__init__(response, events)
        self._reading = self._read()

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

    async def _read(self) -> AsyncGenerator[EventT, None]:
        try:
            async for chunk in self.response.aiter_bytes():
                for event in self._events.feed(chunk):
                    yield event
            for event in self._events.close():
                yield event
        except httpx.DecodingError as error:
            raise self._events.undecodable(error) from error
        finally:
            await self.response.aclose()

    async def close(self) -> None:
        """Give the connection back; reading on is an error, unless every event was delivered."""
        await self.response.aclose()
        with suppress(RuntimeError):  # another task is waiting for the next event, and will find the response closed
            await self._reading.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
