"""The synchronous driver of an upload in parts, with one thread for each part in flight.

An upload that fails or is interrupted ends at once, whatever its parts are doing: one that pauses is woken, one that
is being sent ends after its chunk, and one that waits for its response is abandoned. The threads are daemons, which
those of `concurrent.futures` cannot be, so that the program can end while they wait.
"""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import closing
from queue import SimpleQueue
from threading import Event, Thread
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
        # Nothing wakes a thread from `time.sleep`.
        self._pause: Callable[[float], object] = self._stopped.wait if sleep is time.sleep else sleep
        self._threads: list[Thread] = []
        self._due: SimpleQueue[Sending | None] = SimpleQueue()
        self._outcomes: SimpleQueue[Outcome] = SimpleQueue()

    def run(self, upload: PartUpload) -> str:
        """Run an upload to its end, and return the identifier of its result.

        Any exception, also an interruption or an error of the progress function, stops the parts in flight.
        """
        try:
            with closing(upload.steps()) as steps:
                step = next(steps)
                while True:
                    try:
                        done = self._do(step, upload)
                    except Exception as error:  # noqa: BLE001 - the upload decides what an error means
                        step = steps.throw(error)
                    else:
                        step = steps.send(done)
        except StopIteration as end:
            self._stop()
            for thread in self._threads:
                thread.join()
            return str(end.value)
        except BaseException:
            self._stop()
            raise

    def _do(self, step: Step, upload: PartUpload) -> Any:
        match step:
            case Ask(operation, arguments):
                return self._call(operation, arguments)
            case Send(sending):
                self._due.put(sending)
                if len(self._threads) < upload.parallel:
                    thread = Thread(target=self._work, name="part", daemon=True)
                    thread.start()
                    self._threads.append(thread)
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

    def _stop(self) -> None:
        """End the threads, which leave the parts that they have not begun."""
        self._stopped.set()
        for _ in self._threads:
            self._due.put(None)

    def _work(self) -> None:
        """Send parts, until there are no more."""
        while (sending := self._due.get()) is not None:
            self._put(sending)

    def _put(self, sending: Sending) -> None:
        result: httpx.Response | Exception
        try:
            self._check()
            if sending.pause:
                self._pause(sending.pause)
            self._check()
            request = sending.request(SyncPart(sending.content, self._check))
            try:
                result = self._http().send(request, stream=True, auth=None, follow_redirects=False)
            except httpx.HTTPStatusError as error:
                result = hooks.refused(error, request, part_requests.shown)
            part_requests.read(result)
        except Exception as error:  # noqa: BLE001 - handed on, to the thread that waits for it
            result = error
        finally:
            sending.content.close()
        self._outcomes.put(Outcome(sending.part, sending.content.checksum, result))

    def _check(self) -> None:
        if self._stopped.is_set():
            raise _Stopped
