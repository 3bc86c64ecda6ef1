"""Floor 5: every httpx exchange of the process, seen where it leaves the client, and judged between the tests.

Theory of operation
-------------------
*Where.* `httpx.Client._send_single_request` is the one place that each request passes just before a transport takes it:
after authentication, event hooks, cookies and redirects, once for every attempt, whatever made it (the vendor's SDK, a
subclass of the client, `httpx.get`). What answers is below it: a `MockTransport`, any other transport, respx (which
replaces the connection pool or the choice of the transport), pytest-httpx (which replaces `HTTPTransport`), VCR, or a
network. `Client.send` would not see what authentication and redirects make of a request; transports are as many classes
as people write. The name is httpx's own, so its presence is checked before it is wrapped, with a clear error.

*What for.* The wrapper asks whether the request is below the API's base URL, puts a tap on it (see `_tap`) and lets
it go on. Nothing is judged there: the finished exchange is queued, and judged when a phase of the test is over, in the
main thread, so that the code under test sees neither another timing nor another exception. Only when the queue holds
more than `HELD` bytes it is emptied at once.

*Whose.* pytest runs one test at a time in a process, so an exchange belongs to the test that runs when it is sent, in
whichever thread or task. What it sent is judged by the end of the test at the latest; an answer that comes later is
told with the next test, by the name of its own. A thread that was there before the test can be another test's, so what
it sends is told with its name.

*Nested.* pytester runs pytest inside pytest. Watches are stacked; the innermost alone sees. The last to stop takes the
wrapper off. Somebody who wrapped httpx in between and did not take that off keeps it: ours, below theirs, then does
nothing any more, under a later watch either, which has a wrapper of its own above theirs.
"""

from __future__ import annotations

import functools
import inspect
import threading
from collections import deque
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, TypeAlias

import httpx
import pytest

from apicontract.checks.contract import Contract
from apicontract.checks.exchange import Verdict, judge
from apicontract.openapi.base_urls import Bases
from apicontract.openapi.violation import Violation
from apicontract.pytest_plugin.settings import Known
from apicontract.traffic.findings import Side
from apicontract.traffic.httpx_tap import Tap
from apicontract.wire.messages import Exchange

PLACE = "_send_single_request"
"""What is wrapped of `httpx.Client` and `httpx.AsyncClient`."""
HELD = 32 * 1024 * 1024
"""How many bytes of bodies wait in the queue before they are judged without waiting for the end of the phase."""

Trace: TypeAlias = tuple[tuple[str, int], ...]
"""File and line of each frame from the send outwards, up to the test's own."""


@dataclass(frozen=True, slots=True)
class Sent:
    """Who sent a request."""

    scope: Scope
    trace: Trace = field(repr=False)
    thread: str
    """The name of a thread that ran before the test; empty for the test's own."""


@dataclass(frozen=True, slots=True)
class Scope:
    """What an exchange belongs to: a test, or the collection."""

    nodeid: str
    path: str
    """The test's file, as its code objects name it."""
    line: int
    judged: bool
    known: tuple[Known, ...] = ()
    threads: frozenset[threading.Thread] = frozenset()
    """Those that ran before the test, besides its own."""


@dataclass(frozen=True, slots=True)
class Incident:
    """A violation, and how it came about."""

    violation: Violation
    side: Side
    exchange: Exchange
    sent: Sent


class Watch:
    """Sees the exchanges of the process while it runs."""

    _stack: ClassVar[list[Watch]] = []
    _originals: ClassVar[dict[type, tuple[Callable[..., Any], Callable[..., Any]]]] = {}

    def __init__(self, contract: Contract, bases: Bases, scope: Scope | None) -> None:
        """Take the contract, what is below the API, and the scope of what is sent outside of every test."""
        self.contract = contract
        self.observers: list[Callable[[Exchange, Verdict, Scope], None]] = []
        """Called once for each finished exchange with the API, in the main thread as a rule, one after the other."""
        self.outside = scope
        self.scope = scope
        self.unseen: list[str] = []
        """The bodies that were not judged, as they were not seen whole."""
        self.used: set[Known] = set()
        """The entries that let something pass."""
        self._bases = bases
        self._open: dict[Tap, Sent] = {}
        self._told: set[Tap] = set()
        """Those of the open ones whose request was judged already."""
        self._queue: deque[tuple[Exchange, Sent, tuple[Side, ...]]] = deque()
        self._held = 0
        self._found: list[Incident] = []
        self._lock = threading.RLock()

    def start(self) -> None:
        """Begin to see."""
        if not self._stack:
            for owner, wrap in ((httpx.Client, _wrapped), (httpx.AsyncClient, _async_wrapped)):
                original = getattr(owner, PLACE, None)
                if original is None:
                    raise pytest.UsageError(f"--contract needs httpx 0.28; {httpx.__version__} has no {PLACE}")
                self._originals[owner] = (original, wrap(original))
            for patched, (_, wrapper) in self._originals.items():
                setattr(patched, PLACE, wrapper)
        self._stack.append(self)

    def stop(self) -> None:
        """End to see; the last watch leaves httpx as it was found."""
        if self in self._stack:
            self._stack.remove(self)
        if not self._stack:
            for patched, (original, wrapper) in self._originals.items():
                if vars(patched).get(PLACE) is wrapper:
                    setattr(patched, PLACE, original)
            self._originals.clear()

    def drain(self) -> list[Incident]:
        """Judge what has finished, what was answered and left alone, and the requests that wait for an answer.

        Return what is wrong, each once.
        """
        for tap in list(self._open):
            tap.settle()
        self._work()
        with self._lock:
            for tap, sent in [(tap, sent) for tap, sent in list(self._open.items()) if tap not in self._told]:
                exchange = tap.sent()
                if "request" not in exchange.unseen:
                    self._told.add(tap)
                    self._tell(exchange, judge(self.contract, exchange), sent, ("request",))
            found, self._found = self._found, []
        return found

    @classmethod
    def tap(cls, request: httpx.Request, wrapper: Callable[..., Any]) -> Tap | None:
        """Put a tap on a request, if somebody watches by this wrapper and it is one to the API."""
        if all(wrapper is not current for _, current in list(cls._originals.values())):  # other threads send too
            return None
        self = cls._stack[-1] if cls._stack else None
        if self is None or self.scope is None or not (self.scope.judged or self.observers):
            return None
        url = self._bases.find(request.url)
        if url is None:
            return None
        thread = threading.current_thread()
        sent = Sent(self.scope, _trace(self.scope.path), thread.name if thread in self.scope.threads else "")
        tap = Tap(request, url, lambda exchange: self._finished(tap, exchange, sent))
        self._open[tap] = sent
        return tap

    def _finished(self, tap: Tap, exchange: Exchange, sent: Sent) -> None:
        with self._lock:
            self._open.pop(tap, None)
            sides: tuple[Side, ...] = ("response",) if tap in self._told else ("request", "response")
            self._told.discard(tap)
        self._queue.append((exchange, sent, sides))
        self._held += len(exchange.request.body) + len(exchange.response.body if exchange.response else b"")
        if self._held > HELD:
            self._work()

    def _work(self) -> None:
        with self._lock:
            while self._queue:
                exchange, sent, sides = self._queue.popleft()
                verdict = judge(self.contract, exchange)
                for observer in self.observers:
                    observer(exchange, verdict, sent.scope)
                self._tell(exchange, verdict, sent, sides)
            self._held = 0

    def _tell(self, exchange: Exchange, verdict: Verdict, sent: Sent, sides: tuple[Side, ...]) -> None:
        if not sent.scope.judged:
            return
        where = sent.scope.nodeid or "no test"
        self.unseen += [f"the {side} of {exchange.label}, sent by {where}" for side in sorted(exchange.unseen)]
        found: dict[Side, list[Violation]] = {"request": verdict.request, "response": verdict.answer}
        for side in sides:
            for violation in found[side]:
                entries = [entry for entry in sent.scope.known if entry.matches(violation)]
                self.used.update(entries)
                if not entries:
                    self._found.append(Incident(violation, side, exchange, sent))


def _trace(path: str) -> Trace:
    """Walk outwards from the send to the first frame of a file, or to the end."""
    found = []
    frame = inspect.currentframe()
    while frame is not None:
        found.append((frame.f_code.co_filename, frame.f_lineno))
        if frame.f_code.co_filename == path:
            break
        frame = frame.f_back
    return tuple(found)


def _wrapped(original: Callable[..., httpx.Response]) -> Callable[..., httpx.Response]:
    @functools.wraps(original)
    def send(client: httpx.Client, request: httpx.Request) -> httpx.Response:
        __tracebackhide__ = True
        tap = Watch.tap(request, send)
        if tap is None:
            return original(client, request)
        try:
            response = original(client, request)
        except BaseException:
            tap.failed()
            raise
        tap.answered(response)
        return response

    return send


def _async_wrapped(original: Callable[..., Awaitable[httpx.Response]]) -> Callable[..., Awaitable[httpx.Response]]:
    @functools.wraps(original)
    async def send(client: httpx.AsyncClient, request: httpx.Request) -> httpx.Response:
        __tracebackhide__ = True
        tap = Watch.tap(request, send)
        if tap is None:
            return await original(client, request)
        try:
            response = await original(client, request)
        except BaseException:
            tap.failed()
            raise
        tap.answered(response)
        return response

    return send
