"""Parts of the work in several processes: results in the order of the parts, and no part lost with its process.

Theory of operation
-------------------
Processes are started anew (`forkserver`, else `spawn`), as a fork of a program that has threads can hang. Each is given
what does the work once, and then parts, of which only a few are under way at a time; so no more than their results is
held, however many there are. Ctrl-C is the business of the process that started them.

A process that dies, as one does that the system kills for want of memory, takes the pool with it. Then each part that
was under way is done once more, alone, in a new pool: the part that was to blame is told by the process dying again.
"""

from __future__ import annotations

import multiprocessing
import os
import signal
from collections import deque
from collections.abc import Callable, Generator, Iterable
from concurrent.futures import Future, ProcessPoolExecutor
from concurrent.futures.process import BrokenProcessPool
from typing import Any, Generic, TypeVar

_T = TypeVar("_T")
_R = TypeVar("_R")

_AHEAD = 3
"""How many parts are under way, or done and waiting for their turn, for each process."""


LOST = "the process that did it died twice, perhaps for want of memory; try --jobs 1"
"""Why there is no result."""


class Died(Exception):
    """The process that did a part died, and so did the next one, which had nothing else to do."""


class Here:
    """A part that is done by who asks for it, as it can be done nowhere else."""


def cores() -> int:
    """Return how many processes this machine has room for."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(work: Callable[[Any], _R], parts: Iterable[_T | Here], jobs: int) -> Generator[tuple[_T | Here, Any]]:
    """Do each part in one of several processes, and yield it with its result; with `Died` where there is none.

    `work` is sent to each process once. A part that is `Here` comes with `None`, in its turn.
    """
    pool: _Pool[_R] = _Pool(work, jobs)
    waiting: deque[tuple[_T | Here, Future[_R] | None]] = deque()
    left = iter(parts)
    try:
        while True:
            while len(waiting) < jobs * _AHEAD:
                try:
                    part = next(left)
                except StopIteration:
                    break
                waiting.append((part, None if isinstance(part, Here) else pool.submit(part)))
            if not waiting:
                return
            part, future = waiting[0]
            if future is None:
                waiting.popleft()
                yield part, None
                continue
            try:
                result: _R | Died = future.result()
            except BrokenProcessPool:
                waiting = deque((part, pool.again(part, future)) for part, future in waiting)
                continue
            except Died as error:
                result = error
            waiting.popleft()
            yield part, result
    finally:
        pool.close()


class _Pool(Generic[_R]):
    """Processes, and new ones when they are gone."""

    def __init__(self, work: Callable[[Any], _R], jobs: int) -> None:
        self._work, self._jobs = work, jobs
        methods = multiprocessing.get_all_start_methods()
        self._context: Any = multiprocessing.get_context("forkserver" if "forkserver" in methods else "spawn")
        if "forkserver" in methods:
            self._context.set_forkserver_preload(
                [getattr(work, "func", work).__module__]
            )  # so that each is there at once
        self._processes: ProcessPoolExecutor | None = None

    def submit(self, part: Any) -> Future[_R]:
        """Begin a part."""
        if self._processes is None:
            self._processes = ProcessPoolExecutor(self._jobs, self._context, _begin, (self._work,))
        try:
            return self._processes.submit(_do, part)
        except BrokenProcessPool as error:
            return _failed(error)

    def again(self, part: Any, future: Future[_R] | None) -> Future[_R] | None:
        """Return what becomes of a part that was under way when a process died: done once more, and alone."""
        if future is None or (future.done() and not isinstance(future.exception(), BrokenProcessPool)):
            return future
        self.close()
        alone = self.submit(part)
        if isinstance(alone.exception(), BrokenProcessPool):
            self.close()
            return _failed(Died())
        return alone

    def close(self) -> None:
        """End the processes; what is under way is finished, and nothing else is begun."""
        if self._processes is not None:
            self._processes.shutdown(cancel_futures=True)
            self._processes = None


def _failed(error: Exception) -> Future[Any]:
    future: Future[Any] = Future()
    future.set_exception(error)
    return future


_work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 - what a process was started for
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    _work = work


def _do(part: Any) -> Any:
    return _work(part)
