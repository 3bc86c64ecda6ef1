"""A request as seen by the server: its operation, its arguments, its violations."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Json, Operation
from apicontract.openapi.routing import Match, NoMatch
from apicontract.openapi.violation import Violation
from apicontract.wire.messages import Request


@dataclass(frozen=True, slots=True)
class ReceivedRequest:
    """A decoded request."""

    operation: Operation | None
    """`None` for a request that matches no operation."""
    path: Mapping[str, Json]
    query: Mapping[str, Json]
    header: Mapping[str, Json]
    """The declared headers, without keys."""
    body: Json
    """The decoded body, `None` if there is none or if it cannot be decoded; the value of a file is its name."""
    streamed: bool | None
    """Whether an event stream is requested; `None` if nothing in the request says."""
    violations: tuple[Violation, ...]


def receive(contract: Contract, request: Request, route: Match | NoMatch | None = None) -> ReceivedRequest:
    """Decode and check a request; `route` is its operation, if that is already known."""
    found = route or contract.route(request)
    if isinstance(found, NoMatch):
        return ReceivedRequest(None, {}, {}, {}, None, None, tuple(contract.unrouted(found, request)))
    read = contract.read_routed(found, request)
    given = read.arguments
    path, query, header, body = given["path"], given["query"], given["header"], given.get("body")
    return ReceivedRequest(read.operation, path, query, header, body, read.streamed, read.violations)
