"""Run parts of the work in several processes or on a cluster: results come in the order of the parts, and none is lost.

Theory of operation
-------------------
New processes are forked from this one if it has a single thread, so that the contract and what was compiled from it are
there at once: on two cores that is a tenth of the time for a gigabyte. Forking a program with threads can hang, so
others are started by `forkserver`, else `spawn`. Each receives the work function once, and then parts, of which only a
few are in progress at a time, so that only their results are in memory. Ctrl-C is handled by the process that started
them; if that ends in any other way, they end too.

A process that dies, for example because the system runs out of memory, breaks the pool. Then each part that was in
progress is run once more, alone, in a new pool: if the process dies again, that part is the cause. A cluster does that
by itself. Finished parts can be stored in a folder (`finished`), to resume the run.
"""

from __future__ import annotations

import gc
import os
import signal
import threading
from collections import deque
from collections.abc import Callable, Generator, Iterable, Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeAlias

from apicontract.cli.finished import Finished
from apicontract.cli.outcomes import CannotRun, Judged

if TYPE_CHECKING:
    from concurrent.futures import Future, ProcessPoolExecutor

    from apicontract.bulk.cluster import Cluster

_AHEAD = 3
"""The number of parts for each process that are in progress, or done and waiting for their turn."""
LOST = "the process that checked it died twice, perhaps because memory ran out; try --jobs 1"
"""The reason why a part has no result, for messages."""


class Died(Exception):
    """The process of a part died, and so did the next one, which had nothing else to do."""


class Here:
    """A part that must be run by the calling process."""


class Pool(Protocol):
    """Runs parts elsewhere."""

    ahead: int
    """The number of parts that it takes at a time."""
    broken: tuple[type[Exception], ...]
    """The exceptions that `result` raises for all parts in progress when the process of one has died."""

    def submit(self, part: Any) -> Begun:
        """Start a part."""

    def again(self, waiting: Waiting) -> Waiting:
        """Return new futures for the parts in progress, after `result` of one raised an exception of `broken`."""

    def close(self) -> None:
        """Stop everything."""


class Begun(Protocol):
    """A part that was started."""

    def result(self) -> Any:
        """Wait for its result; raise `Died` if there is none."""


Waiting: TypeAlias = "deque[tuple[Any, Begun | None]]"
"""The parts in order, with the future of each that is not `Here`."""


class Spread(NamedTuple):
    """Where work is run."""

    jobs: int | None = None
    """The number of processes; `None` for one for each core, if there is much to do."""
    dask: str | None = None
    """The cluster: the address of a scheduler, or `local`."""
    finished: str | None = None
    """The folder of finished parts."""

    def is_here(self, much: bool) -> bool:
        """Return whether this process does everything; `much` says whether there is much to do."""
        if self.dask is not None or self.finished is not None:
            return False
        return (self.jobs or (cores() if much else 1)) == 1

    def results(
        self, work: Callable[[Any], Judged], parts: Iterable[Any], identity: object
    ) -> Generator[tuple[Any, Judged | Died | None]]:
        """Run each part, and yield it with its result, in order; a part that is `Here` is yielded with `None`.

        `identity` identifies the work and its input, so that the folder of another run is not used.
        """
        jobs = self.jobs or cores()
        pool = Processes(work, jobs) if self.dask is None else _Cluster(work, self.dask, jobs)
        if self.finished is None:
            return in_order(pool, parts)
        return Finished(self.finished, identity).kept(parts, lambda left: in_order(pool, left), Here)


HERE = Spread()
"""In this process, or if there is much to do, in one process for each core."""


def cores() -> int:
    """Return the number of processes that this machine can run at once."""
    return len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1


def in_order(pool: Pool, parts: Iterable[Any]) -> Generator[tuple[Any, Any]]:
    """Run each part elsewhere, and yield it with its result, or with `Died`; with `None` if it is `Here`."""
    waiting: Waiting = deque()
    left = iter(parts)
    try:
        while True:
            while len(waiting) < pool.ahead and (part := next(left, None)) is not None:
                waiting.append((part, None if isinstance(part, Here) else pool.submit(part)))
            if not waiting:
                return
            part, begun = waiting[0]
            try:
                result = None if begun is None else begun.result()
            except pool.broken:
                waiting = pool.again(waiting)
                continue
            except Died as error:
                result = error
            waiting.popleft()
            yield part, result
    finally:
        pool.close()


class Processes:
    """Processes of this machine, which are replaced if they die."""

    def __init__(self, work: Callable[[Any], Any], jobs: int) -> None:
        """Take the work, which is sent to each process once; none is started yet."""
        from concurrent.futures import process  # noqa: PLC0415 - most runs need one process, and not what starts others

        self.broken: tuple[type[Exception], ...] = (process.BrokenProcessPool,)
        self._executor = process.ProcessPoolExecutor
        self.ahead = jobs * _AHEAD
        self._work, self._jobs = work, jobs
        self._processes: ProcessPoolExecutor | None = None

    def submit(self, part: Any) -> Future[Any]:
        """Start a part."""
        if self._processes is None:
            self._processes = self._executor(self._jobs, _context(self._work), _begin, (self._work,))
        try:
            with _deaf():
                return self._processes.submit(_do, part)
        except self.broken as error:
            return _failed(error)

    def again(self, waiting: Waiting) -> Waiting:
        """Run each part once more, alone, unless it is finished."""
        self.close()
        return deque((part, begun if begun is None else self._alone(part, begun)) for part, begun in waiting)

    def _alone(self, part: Any, begun: Any) -> Future[Any]:
        future: Future[Any] = begun
        if future.done() and not isinstance(future.exception(), self.broken):
            return future
        alone = self.submit(part)
        if isinstance(alone.exception(), self.broken):
            self.close()
            return _failed(Died())
        return alone

    def close(self) -> None:
        """Stop the processes after the parts in progress, or at once if that wait is interrupted."""
        processes, self._processes = self._processes, None
        if processes is None:
            return
        try:
            processes.shutdown(cancel_futures=True)
        except KeyboardInterrupt:
            import multiprocessing  # noqa: PLC0415 - as above

            for child in multiprocessing.active_children():  # Python would wait for them when it exits
                child.kill()
            raise


class _Cluster:
    """A Dask cluster as a `Pool`."""

    broken: tuple[type[Exception], ...] = ()

    def __init__(self, work: Callable[[Any], Any], address: str, workers: int) -> None:
        try:
            from apicontract.bulk import cluster  # noqa: PLC0415 - takes long to load, and needs an extra
        except ModuleNotFoundError as error:
            raise CannotRun(f"--dask: {error}") from None
        self._module = cluster
        try:
            self._cluster: Cluster = cluster.Cluster(work, address, workers)
        except cluster.ClusterGone as error:
            raise CannotRun(f"--dask: {error}") from None
        self.ahead = self._cluster.threads * _AHEAD

    def submit(self, part: Any) -> _Task:
        return _Task(self._cluster.submit(part), self._module)

    def again(self, waiting: Waiting) -> Waiting:
        return waiting

    def close(self) -> None:
        self._cluster.close()


class _Task(NamedTuple):
    task: Any
    module: Any

    def result(self) -> Any:
        try:
            return self.task.result()
        except self.module.WorkersDied:
            raise Died from None
        except self.module.ClusterGone as error:
            raise CannotRun(
                f"--dask: {error}; with --finished DIR another run resumes from the finished parts"
            ) from None


def _context(work: Callable[[Any], Any]) -> Any:
    """Return how processes are started now: to divide the work, modules may have been loaded that start threads."""
    import multiprocessing  # noqa: PLC0415 - as above

    methods = multiprocessing.get_all_start_methods()
    method = "fork" if _has_one_thread() else "forkserver" if "forkserver" in methods else "spawn"
    context: Any = multiprocessing.get_context(method)
    if method == "forkserver":  # so that a process has its modules loaded when it starts
        context.set_forkserver_preload([getattr(work, "func", work).__module__])
    return context


def _has_one_thread() -> bool:
    """Return whether this process has no thread but this one, compiled code included; `False` if nobody knows."""
    try:
        return len(os.listdir("/proc/self/task")) == 1
    except OSError:
        return False


def _failed(error: Exception) -> Future[Any]:
    from concurrent.futures import Future  # noqa: PLC0415 - as above

    future: Future[Any] = Future()
    future.set_exception(error)
    return future


@contextmanager
def _deaf() -> Iterator[None]:
    """Start processes deaf to Ctrl-C, which would break off those that cannot yet say that they ignore it."""
    if not hasattr(signal, "pthread_sigmask"):
        yield
        return
    before = signal.pthread_sigmask(signal.SIG_BLOCK, {signal.SIGINT})
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


_work: Callable[[Any], Any]


def _begin(work: Callable[[Any], Any]) -> None:
    global _work  # noqa: PLW0603 - what a process was started for
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    threading.Thread(target=_end_with_the_parent, daemon=True).start()
    gc.freeze()  # a collection would copy all the memory that is shared with the process that forked this one
    _work = work


def _end_with_the_parent() -> None:
    """End this process once the one that started it is gone, which nothing else would tell it."""
    import multiprocessing  # noqa: PLC0415 - as above

    parent = multiprocessing.parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)


def _do(part: Any) -> Any:
    return _work(part)
