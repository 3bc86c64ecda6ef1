"""Check the exchanges of a process without pytest: in unittest, behave, a notebook or a script.

    with watch(contract) as findings:
        client.tasks.list(page_limit=51)
    assert findings == [], findings

Each exchange is checked once its response was read, or at the end of the block if it was not read to its end. Within a
block, neither an outer block nor the pytest plugin sees the exchanges.
"""

from __future__ import annotations

import sys
import sysconfig
import threading
from collections import Counter
from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from functools import lru_cache
from pathlib import Path
from typing import Literal, TypeAlias

from apicontract.checks.contract import Contract
from apicontract.checks.exchange import judge
from apicontract.openapi.violation import Violation
from apicontract.traffic import purpose
from apicontract.traffic.findings import Finding, Side
from apicontract.traffic.ignores import IgnoreEntry, ignore_entries
from apicontract.traffic.summary import Seen
from apicontract.traffic.taps import Begin, Pending, start, stop
from apicontract.traffic.taps.protocol import PendingT
from apicontract.wire.messages import Exchange

Unknown: TypeAlias = Literal["fail", "warn", "ignore"]
"""How to treat a request that matches no operation: it can be newer than the document."""
_OWN = Path(__file__).parents[1]
_NOT_THE_SENDERS = (str(_OWN), sysconfig.get_path("stdlib"), sysconfig.get_path("purelib"))


class Findings(list[Finding]):
    """The findings, in the order in which the exchanges ended."""

    def __init__(self, title: str) -> None:
        """Start with no findings; `title` is that of the document."""
        super().__init__()
        self.seen = Seen()
        """The number of checked exchanges, by library, and of exchanges with other hosts."""
        self.unknown: list[str] = []
        """Requests that match no operation and are not findings: with `unknown="warn"`."""
        self._title = title

    def __str__(self) -> str:
        """Return all of them, one on each line, and the number of checked exchanges."""
        self.seen.findings = len(self)
        found = [f"{finding.source}:{finding.line}: {finding.label}: {finding.violation}" for finding in self]
        return "\n".join([*found, *self.unknown, self.seen.line(self._title)])


@contextmanager
def watch(
    contract: Contract, *, base_urls: Iterable[str] = (), ignore: Iterable[str] = (), unknown: Unknown = "fail"
) -> Iterator[Findings]:
    """Collect the violations in the exchanges of this process, of any library and thread.

    `base_urls` stand for the servers of the document; `ignore` has entries such as `tasks.list query.page_limit
    maximum`; `unknown` says whether requests that match no operation are findings, are listed in `findings.unknown`, or
    are ignored. Raises `ValueError` or `TypeError` for invalid arguments, and `TapUnusable` for a library whose version
    is not supported.
    """
    if not isinstance(contract, Contract):
        raise TypeError(f"a Contract is needed, not {type(contract).__name__}; an edition is given as edition=")
    watcher = _Watcher(contract, base_urls, ignore_entries(contract, "ignore", ignore), unknown)
    start(watcher)
    try:
        yield watcher.findings
    finally:
        stop(watcher)
        watcher.settle()


class _Watcher:
    def __init__(
        self, contract: Contract, base_urls: Iterable[str], ignored: Iterable[IgnoreEntry], unknown: Unknown
    ) -> None:
        if unknown not in ("fail", "warn", "ignore"):
            raise ValueError(f"unknown is 'fail', 'warn' or 'ignore', not {unknown!r}")
        self.findings = Findings(contract.title)
        self._contract, self._bases = contract, contract.base_urls(base_urls)
        self._ignored, self._fails, self._warns = list(ignored), unknown == "fail", unknown == "warn"
        self._open: set[Pending] = set()
        self._lock = threading.RLock()

    def follow(self, library: str, url: str, begin: Begin[PendingT]) -> PendingT | None:
        """Follow every exchange with the API; return `None` for one with another host, which is counted."""
        found = self._bases.find(url)
        if found is None:
            self.findings.seen.others[host(url)] += 1
            return None
        self.findings.seen.followed[library] += 1
        meant, (file, line) = purpose.purposes(), _sender()

        def done(exchange: Exchange | None) -> None:
            self._open.discard(pending)
            if exchange is None:
                self.findings.seen.followed -= Counter({library: 1})
                return
            self._check(exchange, meant, file, line)

        pending = begin(found, done)
        self._open.add(pending)
        return pending

    def settle(self) -> None:
        """Check the exchanges that were not read to their end."""
        for pending in list(self._open):
            pending.settle()
        for pending in list(self._open):
            self._check(pending.so_far(), purpose.purposes(), "", 0)
        self._open.clear()

    def _check(self, exchange: Exchange, meant: tuple[IgnoreEntry, ...], file: str, line: int) -> None:
        with self._lock:
            verdict = judge(self._contract, exchange)
            label = self._contract.without_keys(exchange.label, exchange.request)
            sides: tuple[tuple[Side, list[Violation]], ...] = (
                ("request", verdict.request),
                ("response", verdict.response),
            )
            for side, violations in sides:
                for violation in violations:
                    if side == "request" and purpose.is_meant(meant, violation, verdict.unknown):
                        continue
                    if verdict.unknown and not self._fails:
                        self.findings.unknown += [f"{verdict.unknown}: {violation.message}"] * self._warns
                        continue
                    if any(entry.matches(violation, verdict.unknown, side) for entry in self._ignored):
                        self.findings.seen.known += 1
                    else:
                        self.findings.append(Finding(violation, file, line, label, side))


def host(url: str) -> str:
    """Return the host of a URL."""
    return url.partition("://")[2].partition("/")[0].rpartition("@")[2]


def _sender() -> tuple[str, int]:
    """Return file and line of the frame that sent the request: the first outside of libraries."""
    frame = sys._getframe(2)
    while frame.f_back is not None and not _is_a_senders(frame.f_code.co_filename):
        frame = frame.f_back
    return frame.f_code.co_filename, frame.f_lineno


@lru_cache(maxsize=1024)
def _is_a_senders(file: str) -> bool:
    return not file.startswith(_NOT_THE_SENDERS) and "site-packages" not in file and not file.startswith("<frozen")
