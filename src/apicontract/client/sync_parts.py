"""The synchronous driver of an upload in parts, with one thread for each part in flight."""

from __future__ import annotations

from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from queue import SimpleQueue
from threading import Event
from typing import Any

import httpx

from apicontract.client import hooks, part_requests
from apicontract.client.arguments import Arguments
from apicontract.client.part_requests import Outcome, Sending, SyncPart
from apicontract.client.parts import Ask, Await, Do, Notify, PartUpload, Pause, Send, Step


class _Stopped(Exception):
    """Nobody waits for this part any more."""


class SyncParts:
    """Executes the steps of an upload."""

    def __init__(
        self,
        call: Callable[[str, Arguments], Any],
        http: Callable[[], httpx.Client],
        sleep: Callable[[float], None],
    ) -> None:
        """Take functions that call an operation, that return the HTTP client for the parts, and that wait."""
        self._call = call
        self._http = http
        self._sleep = sleep
        self._stopped = Event()
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()

    def run(self, upload: PartUpload) -> str:
        """Run an upload to its end, and return the identifier of its result.

        Any exception, also an interruption or an error of the progress function, stops the parts in flight.
        """
        steps = upload.steps()
        with ThreadPoolExecutor(upload.parallel, "part") as pool:
            try:
                step = next(steps)
                while True:
                    try:
                        done = self._do(step, upload, pool)
                    except Exception as error:  # noqa: BLE001 - the upload decides what an error means
                        step = steps.throw(error)
                    else:
                        step = steps.send(done)
            except StopIteration as end:
                return str(end.value)
            except BaseException:
                self._stopped.set()
                pool.shutdown(wait=False, cancel_futures=True)
                raise

    def _do(self, step: Step, upload: PartUpload, pool: ThreadPoolExecutor) -> Any:
        match step:
            case Ask(operation, arguments):
                return self._call(operation, arguments)
            case Send(sending):
                pool.submit(self._put, sending)
            case Await():
                return self._outcomes.get()
            case Do(work):
                return work()
            case Pause(seconds):
                self._sleep(seconds)
            case Notify(sent, size):
                if upload.progress is not None:
                    upload.progress(sent, size)
        return None

    def _put(self, sending: Sending) -> None:
        result: httpx.Response | Exception
        try:
            if sending.pause:
                self._sleep(sending.pause)
            self._check()
            request = sending.request(SyncPart(sending.content, self._check))
            try:
                result = self._http().send(request, stream=True, auth=None, follow_redirects=False)
            except httpx.HTTPStatusError as error:
                result = hooks.refused(error, request, part_requests.shown)
            part_requests.read(result)
        except Exception as error:  # noqa: BLE001 - handed on, to the thread that waits for it
            result = error
        self._outcomes.put(Outcome(sending.part, sending.content.checksum, result))

    def _check(self) -> None:
        if self._stopped.is_set():
            raise _Stopped
