"""Floor 3: an open response as an iterable of events.

The connection goes back when the last byte was read, when something goes wrong, and on `close`. Leaving a loop early
does not close: use `with` where that can happen.
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
        return self._reading

    def __iter__(self) -> Iterator[EventT]:
        return self._reading

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
        """Give the connection back; nothing more can be read."""
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
        return self._reading

    def __aiter__(self) -> AsyncIterator[EventT]:
        return self._reading

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
        """Give the connection back; nothing more can be read."""
        await self.response.aclose()
        with suppress(RuntimeError):  # another task is waiting for the next event, and will find the response closed
            await self._reading.aclose()

    async def __aenter__(self) -> Self:
        return self

    async def __aexit__(self, *_: object) -> None:
        await self.close()
