"""Floor 4: an exchange that went by, judged: what its request breaks, and what its answer breaks."""

from __future__ import annotations

from dataclasses import dataclass, field, replace

from apicontract.checks.contract import Contract, Reading
from apicontract.openapi.document import DocumentInvalid
from apicontract.openapi.violation import Violation
from apicontract.wire.messages import Exchange, Response

DOCUMENT = "document"
"""The rule of what is told where the document turns out to be unusable for an exchange."""


@dataclass(slots=True)
class Verdict:
    """What is wrong with an exchange, and what was learned on the way."""

    seen: Response | None
    """The answer as far as it was judged: to its last whole line, if nobody read it to its end."""
    request: list[Violation] = field(default_factory=list)
    answer: list[Violation] = field(default_factory=list)
    reading: Reading | None = None
    """The request decoded; `None` if it belongs to no operation. What is wrong with it is in `request`."""
    unusable: DocumentInvalid | None = None
    """What is wrong with the document, where it could not be used; it is among the violations too."""


def judge(contract: Contract, exchange: Exchange) -> Verdict:
    """Find the violations of the request, and those of the answer; nothing is said of what was not seen.

    A document that turns out to be unusable is told as one: whoever sends is not to suffer for it.
    """
    verdict = Verdict(_seen(exchange))
    try:
        verdict.request = _request(contract, exchange, verdict)
    except DocumentInvalid as error:
        verdict.request = [_told(error)]
        verdict.unusable = error
    try:
        verdict.answer = _answer(contract, exchange, verdict)
    except DocumentInvalid as error:
        verdict.answer = [_told(error)]
        verdict.unusable = error
    return verdict


def _told(error: DocumentInvalid) -> Violation:
    return Violation(None, DOCUMENT, DOCUMENT, str(error), "")


def _seen(exchange: Exchange) -> Response | None:
    response = exchange.response
    if response is None or exchange.complete:
        return response
    return replace(response, body=response.body[: response.body.rfind(b"\n") + 1])


def _request(contract: Contract, exchange: Exchange, verdict: Verdict) -> list[Violation]:
    verdict.reading = contract.read(exchange.request)
    if verdict.reading is None:
        return contract.check_request(exchange.request)
    found = list(verdict.reading.violations)
    if "request" in exchange.unseen:
        return [violation for violation in found if (violation.where, violation.rule) != ("body", "missing")]
    return found


def _answer(contract: Contract, exchange: Exchange, verdict: Verdict) -> list[Violation]:
    operation = contract.find(exchange.request)
    if verdict.seen is None or operation is None:
        return []
    found = contract.check_response(verdict.seen, operation=operation.id, request=exchange.request)
    if not exchange.complete or "response" in exchange.unseen:
        return [violation for violation in found if not _needs_the_end(violation)]
    return found


def _needs_the_end(violation: Violation) -> bool:
    return violation.rule == "truncated" or (violation.where == "body" and violation.rule in ("encoding", "missing"))
