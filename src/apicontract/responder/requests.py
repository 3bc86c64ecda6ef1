"""A request as the server's side sees it: its operation, its arguments, what is wrong with it."""

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
    """A request, read."""

    operation: Operation | None
    """`None` for a request that belongs to no operation."""
    path: Mapping[str, Json]
    query: Mapping[str, Json]
    header: Mapping[str, Json]
    """What the document declares, and no key."""
    body: Json
    """The instance of the body, `None` without one, or where it cannot be read; a file is its name."""
    streamed: bool | None
    """Whether an event stream is asked for; `None` where nothing in the request says."""
    violations: tuple[Violation, ...]


def receive(contract: Contract, request: Request, route: Match | NoMatch | None = None) -> ReceivedRequest:
    """Read and check a request; `route` is what it was found to be for, where that is known."""
    found = route or contract.route(request)
    if isinstance(found, NoMatch):
        return ReceivedRequest(None, {}, {}, {}, None, None, tuple(contract.unrouted(found, request)))
    read = contract.read_routed(found, request)
    given = read.arguments
    path, query, header, body = given["path"], given["query"], given["header"], given.get("body")
    return ReceivedRequest(read.operation, path, query, header, body, read.streamed, read.violations)
