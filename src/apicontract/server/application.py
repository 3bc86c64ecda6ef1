"""An ASGI application that responds like the API of a document, and reports the violations of requests.

Clients can use any host name of the server, with the base path of the document: a request is treated as one to the
document's own host. Responses come from `responder`.
"""

from __future__ import annotations

import asyncio
from collections.abc import Collection, Sequence
from functools import partial
from urllib.parse import urlsplit

from apicontract.checks.contract import Contract
from apicontract.checks.exchange import unknown_name
from apicontract.openapi import media_types
from apicontract.openapi.document import MediaType, Operation
from apicontract.openapi.routing import Match, NoMatch
from apicontract.openapi.violation import Violation
from apicontract.responder import NoAnswer, ReceivedRequest, Responder, StatefulResponder
from apicontract.server import control, cors
from apicontract.server.asgi import Endpoint, Incoming, Reply, Unread, aside, paced, whole
from apicontract.server.faults import FAULT_HEADER, Fault, FaultInvalid, Script
from apicontract.server.judged import SERVE, Judged, Report, findings
from apicontract.server.limits import Limits
from apicontract.server.webhooks import Webhooks
from apicontract.traffic.recordings.model import label
from apicontract.wire import media
from apicontract.wire.messages import Headers, Request, Response

_UNDECLARED = 501


class Application(Endpoint):
    """Responds to requests to an API, and reports each exchange."""

    def __init__(
        self,
        contract: Contract,
        *,
        report: Report,
        limits: Limits | None = None,
        script: Script | None = None,
        pace: float = 0.0,
        responder: Responder | None = None,
        webhooks: Webhooks | None = None,
        origins_allowed: Collection[str] = (),
    ) -> None:
        """Take the contract, and a function that receives each exchange.

        `pace` is the number of seconds between two events of a stream, `script` the intentional faults, `webhooks` the
        sender of the events of jobs, `origins_allowed` the origins of web pages that may call it, besides those of this
        machine. Raises `ValueError` for an invalid origin.
        """
        super().__init__(limits or Limits())
        self.contract = contract
        self._report = report
        self._responder = responder or Responder(contract)
        self._script = script or Script(contract)
        self._pace = pace
        self._webhooks = webhooks
        self._origins_allowed = cors.origins(origins_allowed)
        self._count = 0
        self._origins = origins(contract)

    async def handle(self, incoming: Incoming) -> Reply | None:
        """Respond to a request, and send the events of the jobs that have ended; `None` if the client is gone."""
        if (asked := cors.preflight(incoming, self._origins_allowed)) is not None:
            return asked
        try:
            reply = await self._answered(incoming)
        finally:
            if self._webhooks is not None:
                self._webhooks.look()
        origin = incoming.headers.get("origin")
        if reply is None or origin is None or not cors.may_call(origin, self._origins_allowed):
            return reply
        return cors.readable(reply, origin)

    async def _answered(self, incoming: Incoming) -> Reply | None:
        if isinstance(self._responder, StatefulResponder) and incoming.path.startswith(control.PREFIX):
            return self._reply(control.answer(self._responder, incoming), None, Fault())
        self._count += 1
        request, route = self._addressed(incoming)
        operation = route.operation if isinstance(route, Match) else None
        if incoming.unread is not None:
            return self._unread(incoming.unread, request, route, operation)
        try:
            fault = self._fault(incoming, operation)
        except FaultInvalid as error:
            return self._reply(Response(400, _TEXT, str(error).encode()), None, Fault())
        received = await aside(incoming.headers, incoming.body, partial(self._responder.receive, request, route))
        response = self._response(received, fault)
        self._judged(request, route, response.status, received.violations)
        if fault.delay:
            await asyncio.sleep(fault.delay)
        return self._reply(response, operation, fault)

    def _addressed(self, incoming: Incoming) -> tuple[Request, Match | NoMatch]:
        """Return a request with its URL on the document's own host, and its operation.

        Raises `LookupError` for a document without a server.
        """
        first: tuple[Request, Match | NoMatch] | None = None
        for origin in self._origins:
            request = Request(incoming.method, f"{origin}{incoming.target}", incoming.headers, incoming.body)
            found = request, self.contract.route(request)
            if isinstance(found[1], Match):
                return found
            first = first or found
        if first is None:
            raise LookupError("the document has no server")
        return first

    def _fault(self, incoming: Incoming, operation: Operation | None) -> Fault:
        asked = incoming.headers.get(FAULT_HEADER)
        scripted = None if operation is None else self._script.next(operation.id)
        return scripted or Fault() if asked is None else Fault.of_header(asked)

    def _response(self, received: ReceivedRequest, fault: Fault) -> Response:
        if fault.status is not None:
            return self._responder.error_with(fault.status, "a requested fault", received.operation)
        try:
            return self._responder.answer(received)
        except NoAnswer as error:  # the document says too little, which is not the sender's fault
            return Response(_UNDECLARED, _TEXT, str(error).encode())

    def _unread(
        self, why: Unread, request: Request, route: Match | NoMatch, operation: Operation | None
    ) -> Reply | None:
        """Respond to and report a request whose body was not read completely; `None` if the client is gone."""
        rule = "truncated" if why.status is None else "limit"
        found = Violation(operation.id if operation else None, "body", rule, str(why), "")
        self._judged(request, route, why.status, [found])
        if why.status is None:
            return None
        return self._reply(self._responder.error_with(why.status, str(why), operation), operation, Fault())

    def _judged(
        self, request: Request, route: Match | NoMatch, status: int | None, violations: Sequence[Violation]
    ) -> None:
        named = self.contract.without_keys(label(self._count, request.method, request.url), request)
        if isinstance(route, Match):
            operation, unknown = route.operation.id, ""
        else:
            operation, unknown = None, unknown_name(self.contract, request, route, violations[0])
        found = findings(SERVE, named, "request", violations, unknown)
        self._report(Judged(SERVE, named, operation, status, found))

    def _reply(self, response: Response, operation: Operation | None, fault: Fault) -> Reply:
        stream = None if operation is None else self._stream(operation, response)
        body = fault.spoilt(response.body)
        if stream is None:
            fields = [*response.headers.items]
            if response.status != 204:
                fields.append(("content-length", str(len(body))))
            return Reply(response.status, Headers(fields), whole(body), fault.cut)
        pieces = media.framing_of(self.contract.document, stream).pieces(body)
        return Reply(response.status, response.headers, paced(pieces, self._pace), fault.cut)

    def _stream(self, operation: Operation, response: Response) -> MediaType | None:
        """Return the stream of a response; `None` if it is not one."""
        declared = operation.response(response.status)
        kind, options = media_types.parse(response.headers.get("content-type") or "")
        found = media_types.find(declared.content, kind, options) if declared else None
        return found if found is not None and media.codec(found.name).stream else None


_TEXT = Headers({"content-type": "text/plain; charset=utf-8"})


def origins(contract: Contract) -> list[str]:
    """Return scheme and host of each server of a document, the first one first."""
    own = (server.url for operation in contract.operations for server in operation.servers)
    found = (urlsplit(url) for url in (*contract.servers, *own))
    return list(dict.fromkeys(f"{url.scheme or 'http'}://{url.netloc or 'localhost'}" for url in found))
