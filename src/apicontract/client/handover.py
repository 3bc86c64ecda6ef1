"""Hand an object that must be closed from a thread to the task that waits for it.

A task of asyncio can be cancelled while a thread works for it. The thread goes on to its end, and nobody is there to
take what it made. Then it is closed here: by the thread, or by the task if the thread had finished already.
"""

from __future__ import annotations

from collections.abc import Callable
from threading import Lock
from typing import Generic, Protocol, TypeVar

import anyio


class _Closable(Protocol):
    def close(self) -> None: ...


T = TypeVar("T", bound=_Closable)


class _Handover(Generic[T]):
    """An object that a thread makes for a task, which may give up waiting for it."""

    def __init__(self, make: Callable[[], T]) -> None:
        self._make = make
        self._lock = Lock()
        self._made: T | None = None
        self._given_up = False

    def make(self) -> T:
        """Make the object, in the thread."""
        made = self._make()
        with self._lock:
            self._made = made
            given_up = self._given_up
        if given_up:
            made.close()
        return made

    def give_up(self) -> None:
        """Close the object, now or as soon as it is made."""
        with self._lock:
            self._given_up = True
            made = self._made
        if made is not None:
            made.close()


async def made_in_thread(make: Callable[[], T]) -> T:
    """Make an object in a thread; if the task is cancelled meanwhile, the object is closed."""
    handover = _Handover(make)
    try:
        return await anyio.to_thread.run_sync(handover.make)
    except BaseException:
        handover.give_up()
        raise
