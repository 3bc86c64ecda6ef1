"""Wait for a long job: poll its status until it has ended. This module decides; the drivers call and sleep.

Theory of operation
-------------------
`x-waiting` says where a response has the status, and which statuses end the job. With any other status the job
continues, also with an unknown one, because the lists of the API are open; a `timeout` is only needed for a job that
never ends. A response without a status is an error, because waiting could go on for ever. If a job has several parts,
each with a status of its own, it has ended once all of them have. The first wait is the caller's `sleep_interval`. Each
later one is a quarter longer, up to six times the first: a short job is noticed soon, and a long one does not cost a
thousand requests. The last wait ends with the `timeout`, and is followed by a last request, so that a job that ended in
time is never reported as late. A request in flight at that time is not cancelled, and is not repeated.

A failed request is retried like any other, and then its error is raised, or after the timeout a `JobTimeout` with that
error as its cause: the job continues, and the same call resumes waiting.

Several jobs are polled in one loop: each has its own waits, and only one request is sent at a time. The failure of one
does not end the others; `JobsFailed` has all results at the end.
"""

from __future__ import annotations

import heapq
from collections.abc import Callable, Hashable, Sequence
from typing import Any, Generic, NamedTuple, TypedDict, TypeVar

from apicontract.client.arguments import Arguments
from apicontract.client.errors import ApiError, JobFailed, JobsFailed, JobTimeout, RequestInvalid, ResponseInvalid
from apicontract.client.fields import pick
from apicontract.client.narrowing import is_list
from apicontract.client.options import is_duration
from apicontract.client.request import prepare
from apicontract.client.settings import Settings
from apicontract.openapi import pointer as pointers
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.document import Waiting as Declared
from apicontract.openapi.violation import Violation, where, without
from apicontract.wire.faults import Fault

T = TypeVar("T")

GROWTH = 1.25
MOST = 6.0
"""The longest wait, as a multiple of the first."""


class Waiting(TypedDict):
    """The arguments of every method that waits."""

    sleep_interval: float
    timeout: float | None
    callback: Callable[[Any], object] | None


class Job(Generic[T]):
    """A job to wait for."""

    def __init__(self, settings: Settings, operation_id: str, given: Waiting, clock: Callable[[], float]) -> None:
        """Start the clock, which counts seconds; raise `RequestInvalid` for invalid arguments.

        Raises `DocumentInvalid` for an operation without `x-waiting`.
        """
        operation = settings.api.contract.operation(operation_id)
        self._keys = settings.keys
        if operation.waiting is None:
            raise DocumentInvalid("no `x-waiting` here", operation.pointer)
        self._operation = operation
        self._pointer = f"{operation.pointer}/x-waiting"
        self._declared: Declared = operation.waiting
        self._refuse(given)
        self.callback = given["callback"]
        self._clock = clock
        self._interval = self._next = given["sleep_interval"]
        self._timeout = given["timeout"]
        self.deadline = None if self._timeout is None else clock() + self._timeout
        """The time of the timeout; `None` for no limit."""
        self._last: tuple[Any, Any] = (None, None)

    def _refuse(self, given: Waiting) -> None:
        pointer = self._pointer
        faults = [
            Fault(name, "type", "a number of seconds above 0 is needed", pointer, value)
            for name, value in (("sleep_interval", given["sleep_interval"]), ("timeout", given["timeout"]))
            if not (is_duration(value) or (name == "timeout" and value is None))
        ]
        if given["callback"] is not None and not callable(given["callback"]):
            faults.append(Fault("callback", "type", "a function is needed", pointer))
        if faults:
            found = [without(fault.violation(self._operation.id), self._keys) for fault in faults]
            raise RequestInvalid(self._operation.id, found)

    def wait(self, answer: T) -> float | None:
        """Return the seconds until the next request; `None` if the job is done.

        Raises `JobFailed`, and `JobTimeout` if the response came after the timeout.
        """
        declared = self._declared
        states = [(self._status(item), item) for item in self._items(answer)]
        ends = (None, *declared.done, *declared.failed)
        failed = next(((status, one) for status, one in states if status in declared.failed), None)
        going = next((status for status, _ in states if status not in ends), None)
        status = going if going is not None else failed[0] if failed else next((one for one, _ in states), None)
        self._last = None if status is None else self._keys.text(status), answer
        if going is None and failed is None:
            return None
        if going is None and failed is not None:
            reason = pick(failed[1], declared.reason) if declared.reason else None
            text = self._keys.text(reason) if isinstance(reason, str) else None
            raise JobFailed(self._operation.id, self._last[0], answer, text)
        self.check()
        seconds = self._next
        self._next = min(self._next * GROWTH, self._interval * MOST)
        return seconds if self.deadline is None else min(seconds, max(0.0, self.deadline - self._clock()))

    def _items(self, answer: T) -> Sequence[Any]:
        """Return the values that have a status: the response, or each item of its list."""
        if self._declared.each is None:
            return [answer]
        listed = pick(answer, self._declared.each)
        if not is_list(listed):
            raise self._without(self._declared.each)
        return listed

    def _status(self, item: Any) -> str | None:
        """Return the status; `None` for a value that never gets one. A missing status is an error."""
        declared = self._declared
        status = pick(item, declared.status)
        if isinstance(status, str) and status:
            return status
        if declared.refused is not None and pick(item, declared.refused) is not None:
            return None
        raise self._without(f"{declared.each or ''}{declared.status}")

    def _without(self, pointer: str) -> ResponseInvalid:
        operation = self._operation.id
        message = "there is no status, so it is unknown whether the job has ended"
        at = f"{self._operation.pointer}/x-waiting"
        place = where("body", pointers.split(pointer))
        return ResponseInvalid(operation, [Violation(operation, place, "missing", message, at)])

    def check(self, cause: Exception | None = None) -> None:
        """Raise `JobTimeout` with the last response, if the timeout is over."""
        if self.deadline is not None and self._clock() >= self.deadline:
            raise JobTimeout(self._operation.id, *self._last, self._timeout) from cause


class Question(NamedTuple):
    """The next request for one of several jobs."""

    pause: float
    """Seconds to wait before the request."""
    name: str
    arguments: Arguments


class Jobs(Generic[T]):
    """Several jobs to wait for; they differ in one path parameter."""

    def __init__(
        self,
        settings: Settings,
        operation_id: str,
        names: Sequence[str],
        arguments: Arguments,
        given: Waiting,
        clock: Callable[[], float],
    ) -> None:
        """Start the clock of all jobs; raise `RequestInvalid` for invalid arguments."""
        operation = settings.api.contract.operation(operation_id)
        self._operation = operation.id
        self._clock = clock
        self._parameter = [parameter.name for parameter in operation.parameters_in("path")][-1]
        if isinstance(names, str) or not is_list(names) or not all(isinstance(name, Hashable) for name in names):
            message = "a list of identifiers is needed"
            fault = Fault(f"path.{self._parameter}", "type", message, f"{operation.pointer}/x-waiting")
            raise RequestInvalid(operation.id, [fault.violation(operation.id)])
        self._arguments = arguments
        self._check(settings, names)
        self._names = list(dict.fromkeys(names))
        self._jobs: dict[str, Job[T]] = {name: Job(settings, operation_id, given, clock) for name in self._names}
        self._due = [(clock(), number, name) for number, name in enumerate(self._names)]
        self._done: dict[str, T] = {}
        self._failed: dict[str, Exception] = {}
        self.callback = given["callback"]

    def _check(self, settings: Settings, names: Sequence[str]) -> None:
        """Raise `RequestInvalid` for invalid identifiers, before anything is sent whose response would be lost."""
        violations: list[Violation] = []
        for name in names:
            try:
                prepare(settings, self._operation, self._of(name)).close()
            except RequestInvalid as error:
                violations += error.violations
        if violations:
            raise RequestInvalid(self._operation, list(dict.fromkeys(violations)))

    def _of(self, name: str) -> Arguments:
        return {**self._arguments, "path": {**(self._arguments.get("path") or {}), self._parameter: name}}

    def next(self) -> Question | None:
        """Return the next request; `None` once all jobs have ended."""
        if not self._due:
            return None
        time, _, name = self._due[0]
        arguments: Arguments = {**self._of(name), "deadline": self._jobs[name].deadline}
        return Question(max(0.0, time - self._clock()), name, arguments)

    def answered(self, answer: T) -> None:
        """Take the response to the last request."""
        _, number, name = heapq.heappop(self._due)
        try:
            pause = self._jobs[name].wait(answer)
        except ApiError as error:
            self._failed[name] = error
        else:
            if pause is None:
                self._done[name] = answer
            else:
                heapq.heappush(self._due, (self._clock() + pause, number, name))

    def failed(self, error: Exception) -> None:
        """Take the failure of the last request."""
        _, _, name = heapq.heappop(self._due)
        try:
            self._jobs[name].check(error)
        except JobTimeout as late:
            error = late
        self._failed[name] = error

    def result(self) -> dict[str, T]:
        """Return the last response for each job, in the given order; raise `JobsFailed` unless all succeeded."""
        done = {name: self._done[name] for name in self._names if name in self._done}
        if self._failed:
            failed = {name: self._failed[name] for name in self._names if name in self._failed}
            raise JobsFailed(self._operation, done, failed)
        return done
