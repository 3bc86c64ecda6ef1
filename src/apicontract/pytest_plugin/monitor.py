"""Monitor the exchanges of the process with the API, and check them between tests.

Theory of operation
-------------------
*When.* The taps of the HTTP libraries (`apicontract.traffic.taps`) call the monitor for each request that is about to
be sent; one to the API is followed. Nothing is checked at that time: the finished exchange is queued, and checked at
the end of a phase of the test, in the main thread, so that the code under test sees neither different timing nor a
different exception. Only if the queue holds more than `HELD` bytes is it emptied at once.

*Owner.* pytest runs one test at a time in a process, so an exchange belongs to the test that runs when it is sent, in
whichever thread or task. Its request is checked at the end of the test at the latest; a response that arrives later is
reported with the next test, under the name of its own. A thread that was started before the test may belong to another
test, so its exchanges are reported with its name.

*Nesting.* pytester runs pytest within pytest. Only the innermost monitor sees exchanges.
"""

from __future__ import annotations

import inspect
import threading
from collections import Counter, deque
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TypeAlias

import pytest

from apicontract.checks.contract import Contract
from apicontract.checks.exchange import Verdict, judge
from apicontract.openapi.base_urls import BaseUrls
from apicontract.openapi.violation import Violation
from apicontract.pytest_plugin.baseline import RunBaseline
from apicontract.traffic.findings import Side
from apicontract.traffic.ignores import IgnoreEntry
from apicontract.traffic.purpose import is_meant, purposes
from apicontract.traffic.summary import Seen
from apicontract.traffic.taps import Begin, Pending, TapUnusable, start, stop
from apicontract.traffic.taps.protocol import PendingT
from apicontract.traffic.watch import host
from apicontract.wire.messages import Exchange

RELEASE = "x-fern-sdk-version"
"""The header in which generated SDKs send their version."""
HELD = 32 * 1024 * 1024
"""The maximum number of bytes of queued bodies before they are checked without waiting for the end of the phase."""

Trace: TypeAlias = tuple[tuple[str, int], ...]
"""File and line of each frame from the send outwards, up to the test's own."""


@dataclass(frozen=True, slots=True)
class Sender:
    """The sender of a request."""

    owner: Owner
    trace: Trace = field(repr=False)
    thread: str
    """The name of a thread that was started before the test; empty for the test's own."""
    meant: tuple[IgnoreEntry, ...] = ()
    """The intentional violations of the request."""


@dataclass(frozen=True, slots=True)
class Owner:
    """The owner of an exchange: a test, or the collection."""

    nodeid: str
    path: str
    """The test's file, as its code objects name it."""
    line: int
    checked: bool
    ignored: tuple[IgnoreEntry, ...] = ()
    threads: frozenset[threading.Thread] = frozenset()
    """The threads that were started before the test, besides its own."""


@dataclass(frozen=True, slots=True)
class ExchangeFinding:
    """A violation, and the owner of its exchange."""

    violation: Violation
    side: Side
    exchange: Exchange
    sender: Sender
    name: str = ""
    """The name of a request that matches no operation, such as `POST /assets`."""


class Monitor:
    """Observes the exchanges of the process while it is active."""

    def __init__(self, contract: Contract, bases: BaseUrls, owner: Owner | None) -> None:
        """Take the contract, the base URLs, and the owner of exchanges outside of every test."""
        self.contract = contract
        self.observers: list[Callable[[Exchange, Verdict, Owner], None]] = []
        """Called once for each finished exchange with the API, usually in the main thread, never concurrently."""
        self.senders: list[Callable[[Exchange, Sender], None]] = []
        """Called like the observers, with the sender."""
        self.outside = owner
        self.owner = owner
        self.unseen: list[str] = []
        """Bodies that were not checked, because they were not seen completely."""
        self.used: set[IgnoreEntry] = set()
        """The ignore entries that matched."""
        self.seen = Seen()
        """The number of exchanges and findings."""
        self.unknown = "fail"
        """How to treat a request that matches no operation; warnings are in `unknown_seen`."""
        self.unknown_seen: list[str] = []
        self.baseline: RunBaseline | None = None
        self.releases: set[str] = set()
        """The versions of generated SDKs in requests."""
        self._bases = bases
        self._open: dict[Pending, Sender] = {}
        self._early: dict[Pending, Verdict] = {}
        """The verdicts on requests whose response had not arrived when a test was over."""
        self._queue: deque[tuple[Exchange, Sender, Verdict | None]] = deque()
        self._held = 0
        self._found: list[ExchangeFinding] = []
        self._lock = threading.RLock()

    def start(self) -> None:
        """Start to observe; raise `pytest.UsageError` for an unsupported version of a library."""
        try:
            start(self)
        except TapUnusable as error:
            raise pytest.UsageError(f"--contract {error}") from error

    def stop(self) -> None:
        """Stop observing; the last monitor restores the libraries."""
        stop(self)

    def drain(self) -> list[ExchangeFinding]:
        """Check exchanges that have finished or whose response was not read, and requests without a response yet.

        Returns the findings, each once.
        """
        for pending in list(self._open):
            pending.settle()
        self._work()
        with self._lock:
            for pending, sender in [item for item in list(self._open.items()) if item[0] not in self._early]:
                exchange = pending.so_far()
                if "request" not in exchange.unseen:
                    self._early[pending] = verdict = judge(self.contract, exchange)
                    self._report(exchange, verdict, sender, ("request",))
            found, self._found = self._found, []
        return found

    def follow(self, library: str, url: str, begin: Begin[PendingT]) -> PendingT | None:
        """Follow an exchange with the API, if this test or an observer wants it checked; `None` for any other."""
        if self.owner is None or not (self.owner.checked or self.observers):
            return None
        found = self._bases.find(url)
        if found is None:
            self.seen.others[host(url)] += 1
            return None
        if self.owner.checked:
            self.seen.followed[library] += 1
        thread = threading.current_thread()
        sender = Sender(
            self.owner, _trace(self.owner.path), thread.name if thread in self.owner.threads else "", purposes()
        )
        pending = begin(found, lambda exchange: self._finished(pending, exchange, sender, library))
        self._open[pending] = sender
        return pending

    def _finished(self, pending: Pending, exchange: Exchange | None, sender: Sender, library: str) -> None:
        with self._lock:
            self._open.pop(pending, None)
            earlier = self._early.pop(pending, None)
            if exchange is None:
                self.seen.followed -= Counter({library: sender.owner.checked})
                return
        self._queue.append((exchange, sender, earlier))
        self._held += len(exchange.request.body) + len(exchange.response.body if exchange.response else b"")
        if self._held > HELD:
            self._work()

    def _work(self) -> None:
        with self._lock:
            while self._queue:
                exchange, sender, earlier = self._queue.popleft()
                verdict = judge(self.contract, exchange, earlier)
                if (release := exchange.request.headers.get(RELEASE)) is not None:
                    self.releases.add(release)
                for observer in self.observers:
                    observer(exchange, verdict, sender.owner)
                for see in self.senders:
                    see(exchange, sender)
                self._report(exchange, verdict, sender, ("request", "response") if earlier is None else ("response",))
            self._held = 0

    def _report(self, exchange: Exchange, verdict: Verdict, sender: Sender, sides: tuple[Side, ...]) -> None:
        if not sender.owner.checked:
            return
        exchange = exchange._replace(label=self.contract.without_keys(exchange.label, exchange.request))
        where = sender.owner.nodeid or "no test"
        self.unseen += [f"the {side} of {exchange.label}, sent by {where}" for side in sorted(exchange.unseen)]
        found: dict[Side, list[Violation]] = {"request": verdict.request, "response": verdict.response}
        name = verdict.unknown
        for side in sides:
            for violation in found[side]:
                entries = [entry for entry in sender.owner.ignored if entry.matches(violation, name, side)]
                self.used.update(entries)
                if side == "request" and is_meant(sender.meant, violation, name):
                    continue
                if entries:
                    self.seen.known += 1
                    continue
                if name and self.unknown != "fail":
                    self.unknown_seen += [f"{name}: {violation.message}"] if self.unknown == "warn" else []
                elif self.baseline is not None and self.baseline.lets_pass(sender.owner.nodeid, violation, name):
                    self.seen.known += 1
                else:
                    self.seen.findings += 1
                    self._found.append(ExchangeFinding(violation, side, exchange, sender, name))


def _trace(path: str) -> Trace:
    """Walk outwards from the sending frame to the first frame of a file, or to the end."""
    found = []
    frame = inspect.currentframe()
    while frame is not None:
        found.append((frame.f_code.co_filename, frame.f_lineno))
        if frame.f_code.co_filename == path:
            break
        frame = frame.f_back
    return tuple(found)
