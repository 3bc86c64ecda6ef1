"""Check an observed exchange: find its operation once, and parse its request and its response once each."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from apicontract.checks.contract import Contract, Reading
from apicontract.checks.response import Answer
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.routing import Match, NoMatch
from apicontract.openapi.violation import Violation
from apicontract.wire.messages import Exchange, Request, Response

DOCUMENT = "document"
"""The rule of a violation that reports that the document is unusable for an exchange."""
TRUNCATED, UNANSWERED = "truncated", "unanswered"
"""The rules for a response that ends early, and for one that never came."""


@dataclass(slots=True)
class Verdict:
    """The violations of an exchange, and the values that were decoded."""

    seen: Response | None
    """The response that was checked: up to its last complete line, if it was not read to its end."""
    route: Match | NoMatch
    """The operation of the request, or why it has none."""
    request: list[Violation] = field(default_factory=list)
    response: list[Violation] = field(default_factory=list)
    reading: Reading | None = None
    """The decoded request; `None` if it matches no operation. Its violations are in `request`."""
    answer: Answer | None = None
    """The decoded response; `None` if there is none. Its violations are in `response`."""
    unusable: DocumentInvalid | None = None
    """The error of the document, if it could not be used; it is among the violations too."""
    unknown: str = ""
    """Method and path of a request that matches no operation, such as `POST /assets`; the document may be too old."""


def judge(contract: Contract, exchange: Exchange, earlier: Verdict | None = None) -> Verdict:
    """Find the violations of the request and of the response; unknown parts are not checked.

    `earlier` is the verdict on the same exchange before its response came, so that the request is not checked again. An
    unusable document is reported as a violation, so that it does not disturb the sender.
    """
    if earlier is None or (isinstance(earlier.route, Match) and earlier.route.others):  # the response may decide which
        seen = _seen(exchange)
        verdict = Verdict(seen, contract.route(exchange.request, seen))
        _check_request(contract, exchange, verdict)
    else:
        verdict = replace(earlier, seen=_seen(exchange))
    broken = [broken_off(verdict.route, exchange.response, exchange.broken)] if exchange.broken else []
    if isinstance(verdict.route, NoMatch):
        verdict.response = broken
        return verdict
    try:
        verdict.response = [*_response(contract, verdict.route, exchange, verdict), *broken]
    except DocumentInvalid as error:
        verdict.response = [_unusable(error), *broken]
        verdict.unusable = error
    return verdict


def broken_off(route: Match | NoMatch, response: Response | None, why: str) -> Violation:
    """Return the violation of a server that never responded, or ended its response early."""
    operation = route.operation if isinstance(route, Match) else None
    of = (operation.id, operation.pointer) if operation else (None, "")
    if response is None:
        return Violation(of[0], "status", UNANSWERED, f"the API did not respond: {why}", of[1])
    return Violation(of[0], "body", TRUNCATED, f"the API ended its response early: {why}", of[1])


def _check_request(contract: Contract, exchange: Exchange, verdict: Verdict) -> None:
    if isinstance(verdict.route, NoMatch):
        verdict.request = contract.unrouted(verdict.route, exchange.request)
        verdict.unknown = unknown_name(contract, exchange.request, verdict.route, verdict.request[0])
        return
    try:
        verdict.request = _request(contract, verdict.route, exchange, verdict)
    except DocumentInvalid as error:
        verdict.request = [_unusable(error)]
        verdict.unusable = error


def unknown_name(contract: Contract, request: Request, route: NoMatch, violation: Violation) -> str:
    """Return method and path of a request that no edition has; the empty string if its URL is not the API's."""
    if not route.path or violation.operation is not None:
        return ""
    return contract.without_keys(f"{request.method} {route.path.replace(' ', '_')}", request)


def _unusable(error: DocumentInvalid) -> Violation:
    return Violation(None, DOCUMENT, DOCUMENT, str(error), "")


def _seen(exchange: Exchange) -> Response | None:
    return exchange.response if exchange.response is None or exchange.complete else arrived(exchange.response)


def arrived(response: Response) -> Response:
    """Return the complete lines of an incomplete response; `needs_the_end` says which violations are then unknown."""
    return replace(response, body=response.body[: response.body.rfind(b"\n") + 1])


def _request(contract: Contract, match: Match, exchange: Exchange, verdict: Verdict) -> list[Violation]:
    verdict.reading = contract.read_routed(match, exchange.request)
    found = list(verdict.reading.violations)
    if "request" in exchange.unseen:
        return [violation for violation in found if (violation.where, violation.rule) != ("body", "missing")]
    return found


def _response(contract: Contract, match: Match, exchange: Exchange, verdict: Verdict) -> list[Violation]:
    if verdict.seen is None:
        return []
    request, reading = exchange.request, verdict.reading
    streamed = contract.streamed(match.operation, request) if reading is None else reading.streamed
    verdict.answer = contract.read_response(verdict.seen, match.operation, streamed=streamed, request=request)
    found = list(verdict.answer.violations)
    if not exchange.complete or "response" in exchange.unseen:
        return [violation for violation in found if not needs_the_end(violation)]
    return found


def needs_the_end(violation: Violation) -> bool:
    """Return whether a violation of an incomplete response depends on what is missing."""
    return violation.rule == TRUNCATED or (violation.where == "body" and violation.rule in ("encoding", "missing"))
