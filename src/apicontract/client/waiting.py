"""Waiting for a long job: ask for its status until it is over. Decides; the drivers ask and wait.

Theory of operation
-------------------
`x-waiting` says where an answer holds the status, and which statuses end the job. Any other status goes on, also one
that nobody knows, as the lists of the API are open; only a job that never ends needs a `timeout`. The first wait is the
caller's `sleep_interval`. Each later one is a quarter longer, up to six times the first: most of a short job is not
slept through, and a long one does not cost a thousand requests. The last wait ends with the `timeout`, and is followed
by a last question, so that a job that was over in time is never reported as late. A question that is under way then is
not cut off, and is not asked again.

A request that fails is tried again as every other, and then its error is raised, with `JobTimeout` around it once time
is up: the job goes on, and the same call takes up waiting again.
"""

from __future__ import annotations

from collections.abc import Callable
from typing import Any, Generic, TypeAlias, TypedDict, TypeVar

from apicontract.client.errors import JobFailed, JobTimeout, RequestInvalid
from apicontract.client.fields import pick
from apicontract.client.options import is_duration
from apicontract.client.settings import Settings
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.document import Waiting as Declared
from apicontract.openapi.violation import without
from apicontract.wire.faults import Fault

T = TypeVar("T")

Callback: TypeAlias = Callable[[T], object]
"""What is called with each answer while a job is waited for; an awaitable that it returns is awaited."""

GROWTH = 1.25
MOST = 6.0
"""The longest wait, in first waits."""


class Waiting(TypedDict):
    """The arguments of every method that waits."""

    sleep_interval: float
    timeout: float | None
    callback: Callable[[Any], object] | None


class Job(Generic[T]):
    """A job that is waited for."""

    def __init__(self, settings: Settings, operation_id: str, given: Waiting, clock: Callable[[], float]) -> None:
        """Start the clock, which counts seconds; `RequestInvalid` for arguments that no wait can be made of."""
        operation = settings.api.contract.operation(operation_id)
        self._keys = settings.keys
        if operation.waiting is None:
            raise DocumentInvalid("no `x-waiting` here", operation.pointer)
        self._operation = operation
        self._declared: Declared = operation.waiting
        self._refuse(given)
        self.callback = given["callback"]
        self._clock = clock
        self._interval = self._next = given["sleep_interval"]
        self._timeout = given["timeout"]
        self.deadline = None if self._timeout is None else clock() + self._timeout
        """When no question is asked any more; `None` for never."""
        self._last: tuple[Any, Any] = (None, None)

    def _refuse(self, given: Waiting) -> None:
        pointer = f"{self._operation.pointer}/x-waiting"
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
        """Return the seconds until the next question; `None` if the job is done.

        Raises `JobFailed`, and `JobTimeout` if the answer came after the timeout.
        """
        declared = self._declared
        status = pick(answer, declared.status)
        self._last = self._keys.text(status) if isinstance(status, str) else status, answer
        if status in declared.done:
            return None
        if status in declared.failed:
            reason = pick(answer, declared.reason) if declared.reason else None
            said = self._keys.text(reason) if isinstance(reason, str) else None
            raise JobFailed(self._operation.id, status, answer, said)
        self.check()
        seconds = self._next
        self._next = min(self._next * GROWTH, self._interval * MOST)
        return seconds if self.deadline is None else min(seconds, max(0.0, self.deadline - self._clock()))

    def check(self, cause: Exception | None = None) -> None:
        """Raise `JobTimeout`, with the last answer that there was, if time is up."""
        if self.deadline is not None and self._clock() >= self.deadline:
            raise JobTimeout(self._operation.id, *self._last, self._timeout) from cause
