"""httpx transports that check every exchange with the API, for staging, or for any client of yours.

    client = httpx.Client(transport=ContractTransport(httpx.HTTPTransport(), contract=contract))
    SomeSdk(api_key="KEY", httpx_client=client)  # whatever takes an httpx client

They can also wrap transports of httpx2, for a client of httpx2.

Requests and responses are passed on unchanged: a response remains a stream, and errors of the inner transport are not
wrapped. Requests to other hosts than the contract's servers are ignored. At most 64 MiB of a streamed body are kept; a
longer one is not checked, which is logged.

`on_violation` says how violations are reported:

- `"raise"`, the default: raise `ContractViolated`. A request is checked before it is sent, and not sent if it is wrong,
  unless its body is a stream of unknown length or of more than `READ_FIRST` bytes: that is checked when it has been
  sent. A response is checked at its end, so the error is raised by the call, or, for a stream, by reading it. If
  another exception is already being raised, the violation is only logged. A request that matches no operation is
  logged, and never blocked: it can be newer than the document.
- `"log"`: a warning of the logger `apicontract`.
- a function: called with each `Finding`. `findings.append` collects them.
"""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable
from types import TracebackType
from typing import Literal, Self, TypeAlias

import httpx

from apicontract.checks.contract import Contract
from apicontract.checks.exchange import Verdict, judge
from apicontract.openapi.violation import Violation
from apicontract.traffic.findings import Finding, Side
from apicontract.traffic.taps.httpx import ClientExchange, known_body
from apicontract.wire.messages import Exchange

__all__ = ["AsyncContractTransport", "ContractTransport", "ContractViolated", "Finding", "OnViolation"]

OnViolation: TypeAlias = Literal["raise", "log"] | Callable[[Finding], object]
READ_FIRST = 8 * 1024 * 1024
"""The maximum length in bytes of a streamed body that is read into memory and checked before it is sent."""

_log = logging.getLogger("apicontract")


class ContractViolated(Exception):
    """An exchange breaks the contract; `findings` has every violation."""

    def __init__(self, findings: list[Finding]) -> None:
        """Store the findings; the error can be pickled, to be passed between processes."""
        self.findings = findings
        super().__init__(findings)

    def __str__(self) -> str:
        """Return all of them, one on each line."""
        return "\n  ".join([self.findings[0].label, *(f"{f.side}: {f.violation}" for f in self.findings)])


class ContractTransport(httpx.BaseTransport):
    """Checks the exchanges of another transport."""

    def __init__(self, inner: httpx.BaseTransport, *, contract: Contract, on_violation: OnViolation = "raise") -> None:
        """Wrap `inner`, and check its exchanges against `contract`.

        Raises `TypeError` for another kind of transport, and `ValueError` for an invalid `on_violation`.
        """
        if not _is_transport(inner, "BaseTransport"):
            raise TypeError(
                f"an httpx.BaseTransport is needed, not {inner!r}; AsyncContractTransport is for asynchronous ones"
            )
        self._inner = inner
        self._guard = _Guard(contract, on_violation)

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and check it and its response."""
        if self._guard.reads_first(request):
            request.read()
        pending = self._guard.follow(request)
        if pending is None:
            return self._inner.handle_request(request)
        try:
            response = self._inner.handle_request(request)
        except BaseException:
            pending.failed()
            raise
        pending.answered(response)
        return response

    def close(self) -> None:
        """Close the inner transport."""
        self._inner.close()

    def __enter__(self) -> Self:
        self._inner.__enter__()
        return self

    def __exit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        self._inner.__exit__(exc_type, exc_value, traceback)


class AsyncContractTransport(httpx.AsyncBaseTransport):
    """Checks the exchanges of another asynchronous transport."""

    def __init__(
        self, inner: httpx.AsyncBaseTransport, *, contract: Contract, on_violation: OnViolation = "raise"
    ) -> None:
        """Wrap `inner`, as `ContractTransport` does."""
        if not _is_transport(inner, "AsyncBaseTransport"):
            raise TypeError(
                f"an httpx.AsyncBaseTransport is needed, not {inner!r}; ContractTransport is for synchronous ones"
            )
        self._inner = inner
        self._guard = _Guard(contract, on_violation)

    async def handle_async_request(self, request: httpx.Request) -> httpx.Response:
        """Send a request, and check it and its response."""
        if self._guard.reads_first(request):
            await request.aread()
        pending = self._guard.follow(request)
        if pending is None:
            return await self._inner.handle_async_request(request)
        try:
            response = await self._inner.handle_async_request(request)
        except BaseException:
            pending.failed()
            raise
        pending.answered(response)
        return response

    async def aclose(self) -> None:
        """Close the inner transport."""
        await self._inner.aclose()

    async def __aenter__(self) -> Self:
        await self._inner.__aenter__()
        return self

    async def __aexit__(
        self,
        exc_type: type[BaseException] | None = None,
        exc_value: BaseException | None = None,
        traceback: TracebackType | None = None,
    ) -> None:
        await self._inner.__aexit__(exc_type, exc_value, traceback)


class _Guard:
    """The parts that both transports share."""

    def __init__(self, contract: Contract, on_violation: OnViolation) -> None:
        if on_violation not in ("raise", "log") and not callable(on_violation):
            raise ValueError(f"on_violation is 'raise', 'log' or a function that takes a Finding, not {on_violation!r}")
        self._contract = contract
        self._bases = self._contract.base_urls()
        self._on_violation = on_violation

    def reads_first(self, request: httpx.Request) -> bool:
        """Return whether a streamed body is short enough to be read before it is sent."""
        length = request.headers.get("content-length", "")
        return (
            known_body(request) is None
            and length.isdecimal()
            and int(length) <= READ_FIRST
            and self._bases.find(str(request.url)) is not None
        )

    def follow(self, request: httpx.Request) -> ClientExchange | None:
        """Check a request whose body is in memory, and follow the exchange; `None` if it does not belong to the API."""
        url = self._bases.find(str(request.url))
        if url is None:
            return None
        outer = sys.exc_info()[1]
        earlier: Verdict | None = None
        pending = ClientExchange(request, url, lambda exchange: self._finished(exchange, outer, earlier))
        if known_body(request) is not None:
            exchange = self._shown(pending.so_far())
            earlier = judge(self._contract, exchange)
            self._report(_findings(earlier.request, "request", exchange), raises=not earlier.unknown)
        return pending

    def _finished(self, exchange: Exchange | None, outer: BaseException | None, earlier: Verdict | None) -> None:
        """Check the rest of an exchange; `outer` is the exception that was being handled when the request was sent."""
        if exchange is None:
            return
        exchange = self._shown(exchange)
        for side in sorted(exchange.unseen):
            _log.warning("%s: the body of the %s was not seen completely, and is not checked", exchange.label, side)
        verdict = judge(self._contract, exchange, earlier)
        findings = [] if earlier else _findings(verdict.request, "request", exchange)
        findings += _findings(verdict.response, "response", exchange)
        passes = exchange.response is None or sys.exc_info()[1] not in (None, outer)
        self._report(findings, raises=not (passes or verdict.unknown))

    def _shown(self, exchange: Exchange) -> Exchange:
        """Return an exchange whose label shows none of its keys."""
        return exchange._replace(label=self._contract.without_keys(exchange.label, exchange.request))

    def _report(self, findings: list[Finding], *, raises: bool) -> None:
        if callable(self._on_violation):
            for finding in findings:
                self._on_violation(finding)
        elif findings and self._on_violation == "raise" and raises:
            raise ContractViolated(findings)
        else:
            for finding in findings:
                _log.warning("%s: %s: %s", finding.label, finding.side, finding.violation)


def _is_transport(inner: object, name: str) -> bool:
    """Return whether this is a transport of httpx or of httpx2."""
    modules = (httpx, sys.modules.get("httpx2"))
    return any(isinstance(inner, getattr(module, name)) for module in modules if module is not None)


def _findings(violations: list[Violation], side: Side, exchange: Exchange) -> list[Finding]:
    return [Finding(violation, "<transport>", None, exchange.label, side) for violation in violations]
