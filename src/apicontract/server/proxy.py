"""An ASGI application that forwards to the API, and checks requests and responses.

Bytes are passed on as they arrive, in both directions; a copy is checked, up to a size limit. A response is checked at
its end, and one that never came or broke off is a violation. If violations block, an invalid request is not forwarded,
and a response is held until it is known to be valid. A request whose path is not below the base path of the document is
not forwarded, as the API has no such URL.
"""

from __future__ import annotations

import time
from collections.abc import AsyncGenerator, Callable, Sequence
from dataclasses import dataclass, field
from functools import partial
from urllib.parse import urlsplit

import httpx

from apicontract.checks.contract import Contract
from apicontract.checks.exchange import Verdict, judge
from apicontract.openapi import base_urls
from apicontract.openapi.routing import Match
from apicontract.openapi.violation import Violation
from apicontract.responder import Responder
from apicontract.server.asgi import Endpoint, Incoming, Reply, aside, whole
from apicontract.server.judged import Judged, Report, findings
from apicontract.server.limits import Limits
from apicontract.traffic.recordings.bodies import decoded
from apicontract.traffic.recordings.model import label
from apicontract.wire.messages import Exchange, Headers, Request, Response

SOURCE = "proxy"
"""The source of findings of this server."""
_HOPS = frozenset(
    {
        "connection",
        "host",
        "keep-alive",
        "proxy-authenticate",
        "proxy-authorization",
        "proxy-connection",
        "te",
        "trailer",
        "transfer-encoding",
        "upgrade",
    }
)
"""Hop-by-hop headers (RFC 9110, section 7.6.1), and the host."""
_TEXT = Headers({"content-type": "text/plain; charset=utf-8"})

Record = Callable[[Exchange, float], None]


@dataclass(slots=True)
class _Copy:
    """The beginning of a response, up to a limit."""

    bound: int
    body: bytearray = field(default_factory=bytearray)
    long: bool = False
    """Whether the response is longer than the limit; the body is then incomplete."""
    complete: bool = False
    """Whether the response is complete."""
    broken: str = ""
    """Why the API ended it early; empty if it did not."""

    def add(self, piece: bytes) -> None:
        self.long = self.long or len(self.body) + len(piece) > self.bound
        if not self.long:
            self.body += piece


class Proxy(Endpoint):
    """Forwards requests, and reports each exchange."""

    dated = True

    def __init__(
        self,
        contract: Contract,
        to: str,
        *,
        report: Report,
        limits: Limits | None = None,
        block: bool = False,
        record: Record | None = None,
        transport: httpx.AsyncBaseTransport | None = None,
    ) -> None:
        """Take the contract, and the base URL of the API; raise `ValueError` for an invalid one.

        `record` receives each exchange once it has ended, and its start in seconds since 1970. `transport` sends the
        requests, by default over the network.
        """
        super().__init__(limits or Limits())
        base_urls.split(to)
        self.contract = contract
        self._to = to.rstrip("/")
        self._base = urlsplit(contract.servers[0])
        self._report = report
        self._block = block
        self._record = record or (lambda *_: None)
        self._transport = transport
        self._responder = Responder(contract)
        self._client: httpx.AsyncClient | None = None
        self._count = 0

    async def handle(self, incoming: Incoming) -> Reply | None:
        """Forward a request, and check both sides; `None` if the client is gone."""
        self._count += 1
        started = time.time()
        origin = f"{self._base.scheme or 'http'}://{self._base.netloc or 'localhost'}"
        request = Request(incoming.method, f"{origin}{incoming.target}", incoming.headers, incoming.body)
        name = self.contract.without_keys(label(self._count, request.method, request.url), request)
        if incoming.unread is not None:
            return self._unread(incoming, name)
        if self._block:
            received = await aside(request.headers, request.body, partial(self._responder.receive, request))
            error = self._responder.error_for(received, received.violations)
            if error is not None:
                await self._done(Exchange(request, None, True, True, frozenset(), name), started)
                return Reply(error.status, error.headers, whole(error.body))
        base = self._base.path
        if not f"{incoming.path}/".startswith(f"{base}/"):
            await self._done(Exchange(request, None, True, True, frozenset(), name), started)
            said = f"not forwarded: the API is below {base}, so the base URL of a client ends in it"
            return Reply(404, _TEXT, whole(said.encode()))
        try:
            return await self._forward(request, f"{self._to}{incoming.target.removeprefix(base)}", name, started)
        except httpx.HTTPError as error:
            broken = self._why(error, request)
            await self._done(Exchange(request, None, False, True, frozenset(), name, broken), started)
            said = f"the API did not respond: {broken}"
            return Reply(504 if isinstance(error, httpx.TimeoutException) else 502, _TEXT, whole(said.encode()))

    def _why(self, error: httpx.HTTPError, request: Request) -> str:
        name, said = type(error).__name__, str(error)
        return self.contract.without_keys(f"{name}: {said}" if said else name, request)

    async def _forward(self, request: Request, url: str, name: str, started: float) -> Reply:
        fields = [(key, value) for key, value in request.headers.items if key not in _HOPS]
        if self._client is None:
            self._client = httpx.AsyncClient(
                transport=self._transport, timeout=self.limits.receive, follow_redirects=False, trust_env=False
            )
            self._client.headers.clear()  # the body is sent as received
        sent = self._client.build_request(request.method, url, headers=fields, content=request.body)
        answer = await self._client.send(sent, stream=True)
        headers = Headers([(key, value) for key, value in answer.headers.multi_items() if key not in _HOPS])
        exchange = Exchange(request, None, False, True, frozenset(), name)
        if not self._block:
            return Reply(answer.status_code, headers, self._copied(answer, exchange, started))
        kept = _Copy(self.limits.body)
        try:
            async for piece in answer.aiter_raw():
                kept.add(piece)
            kept.complete = True
        except httpx.HTTPError as error:
            kept.broken = self._why(error, request)
        await answer.aclose()
        verdict = await self._ended(answer, kept, exchange, started)
        if verdict.response or kept.long:
            why = "; ".join(map(str, verdict.response)) or f"it has more than {self.limits.body:,} bytes"
            return Reply(502, _TEXT, whole(f"the response is blocked: {why}".encode()))
        return Reply(answer.status_code, headers, whole(bytes(kept.body)))

    async def _copied(self, answer: httpx.Response, exchange: Exchange, started: float) -> AsyncGenerator[bytes, None]:
        """Yield the chunks of a response, and check it at the end, whoever ends it."""
        kept = _Copy(self.limits.body)
        try:
            async for piece in answer.aiter_raw():
                kept.add(piece)
                yield piece
            kept.complete = True
        except httpx.HTTPError as error:
            kept.broken = self._why(error, exchange.request)
            raise ConnectionError(kept.broken) from error  # the connection to the client is closed too
        finally:
            await answer.aclose()
            await self._ended(answer, kept, exchange, started)

    async def _ended(self, answer: httpx.Response, kept: _Copy, exchange: Exchange, started: float) -> Verdict:
        """Check a response by its stored beginning."""
        coded, whole = Headers(answer.headers.multi_items()), kept.complete and not kept.long
        headers, body, problems = await aside(coded, kept.body, lambda: decoded(coded, bytes(kept.body), whole=whole))
        unknown = [problem.why for problem in problems]
        if kept.long:
            unknown.append(f"it has more than {self.limits.body:,} bytes")
        unseen = frozenset({"response"} if unknown else ())
        if not kept.complete and not kept.broken:
            unknown.append("the client closed the connection before its end")
        response = Response(answer.status_code, headers, body)
        seen = exchange._replace(response=response, complete=kept.complete, unseen=unseen, broken=kept.broken)
        return await self._done(seen, started, tuple(f"response body: {why}" for why in unknown))

    async def _done(self, exchange: Exchange, started: float, unknown: tuple[str, ...] = ()) -> Verdict:
        """Check, report and record an exchange that has ended."""
        largest = max(exchange.request.body, exchange.response.body if exchange.response else b"", key=len)
        verdict = await aside(exchange.request.headers, largest, lambda: judge(self.contract, exchange))
        found = (
            *findings(SOURCE, exchange.label, "request", verdict.request, verdict.unknown),
            *findings(SOURCE, exchange.label, "response", verdict.response),
        )
        operation = verdict.route.operation.id if isinstance(verdict.route, Match) else None
        status = exchange.response.status if exchange.response else None
        self._report(Judged(SOURCE, exchange.label, operation, status, found, unknown))
        self._record(exchange, started)
        return verdict

    def _unread(self, incoming: Incoming, name: str) -> Reply | None:
        why = incoming.unread
        violations: Sequence[Violation] = [
            Violation(None, "body", "limit" if why and why.status else "truncated", str(why), "")
        ]
        status = why.status if why else None
        self._report(Judged(SOURCE, name, None, status, findings(SOURCE, name, "request", violations)))
        return None if status is None else Reply(status, _TEXT, whole(str(why).encode()))
