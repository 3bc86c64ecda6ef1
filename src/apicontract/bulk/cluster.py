"""A Dask cluster that shares the work; a part whose worker died is done by another one."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import CancelledError
from typing import Any

from distributed import Client, LocalCluster
from distributed.comm.core import CommClosedError
from distributed.scheduler import KilledWorker


class WorkersDied(Exception):
    """Every worker that was given a part died."""


class ClusterGone(Exception):
    """The scheduler could not be reached, or the connection to it was lost."""


class Cluster:
    """The workers of a remote scheduler, or of one on this machine."""

    def __init__(self, work: Callable[[Any], Any], address: str, workers: int) -> None:
        """Connect to a scheduler; `address` is its address, or `local` to start `workers` workers on this machine."""
        self._work = work
        self._own: Any = None
        make: tuple[Any, Any] = (LocalCluster, Client)  # which have no types
        try:
            if address == "local":
                self._own = make[0](n_workers=workers, threads_per_worker=1, dashboard_address=None)
            self._client: Any = make[1](self._own or address, set_as_default=False)
        except (OSError, TimeoutError, ValueError) as error:
            raise ClusterGone(f"no scheduler answers at {address}: {error}") from None

    @property
    def threads(self) -> int:
        """The number of parts that can be processed at once."""
        return max(1, sum(map(int, self._client.nthreads().values())))

    def submit(self, part: Any) -> Task:
        """Submit a part."""
        return Task(self._client.submit(self._work, part, pure=False))

    def close(self) -> None:
        """Cancel the parts in progress and disconnect; a local cluster is stopped."""
        self._client.close()
        if self._own is not None:
            self._own.close()


class Task:
    """A submitted part."""

    def __init__(self, future: Any) -> None:
        """Take the future of Dask."""
        self._future = future

    def result(self) -> Any:
        """Wait for the result; raise `WorkersDied` or `ClusterGone` if there is none."""
        try:
            return self._future.result()
        except KilledWorker as error:
            raise WorkersDied(str(error)) from None
        except (CancelledError, CommClosedError, TimeoutError) as error:
            raise ClusterGone(f"the scheduler is gone ({type(error).__name__})") from None
