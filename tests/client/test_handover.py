"""What a thread makes for a task is closed if and only if the task no longer waits for it."""

from __future__ import annotations

import asyncio
from threading import Event

import pytest

from apicontract.client.handover import _Handover, made_in_thread
from tests.support.patience import PATIENCE


class Thing:
    """It counts how often it is closed."""

    def __init__(self) -> None:
        self.closed = 0
        self.done = Event()

    def close(self) -> None:
        self.closed += 1
        self.done.set()


def test_a_thing_that_is_waited_for_is_open() -> None:
    thing = Thing()
    assert asyncio.run(made_in_thread(lambda: thing)) is thing
    assert thing.closed == 0


def test_a_thing_is_closed_once_whichever_comes_first() -> None:
    """The thread, or the end of waiting."""
    first, last = Thing(), Thing()
    handover = _Handover(lambda: first)
    handover.make()
    assert first.closed == 0
    handover.give_up()
    late = _Handover(lambda: last)
    late.give_up()
    assert last.closed == 0
    late.make()
    assert (first.closed, last.closed) == (1, 1)


def test_an_error_of_the_thread_is_that_of_the_task() -> None:
    def make() -> Thing:
        raise OSError("no such file")

    with pytest.raises(OSError, match="no such file"):
        asyncio.run(made_in_thread(make))


def test_a_thing_that_comes_after_the_task_was_cancelled_is_closed() -> None:
    thing, begun, go = Thing(), Event(), Event()

    def make() -> Thing:
        begun.set()
        assert go.wait(PATIENCE)
        return thing

    async def run() -> None:
        task = asyncio.ensure_future(made_in_thread(make))
        assert await asyncio.to_thread(begun.wait, PATIENCE)
        task.cancel()
        go.set()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(run())
    assert thing.done.wait(PATIENCE)
    assert thing.closed == 1
