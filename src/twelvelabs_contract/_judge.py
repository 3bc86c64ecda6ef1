"""Floor 4: an exchange that went by, judged: what its request breaks, and what its answer breaks."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace

from twelvelabs_contract._contract import Contract
from twelvelabs_contract._document import DocumentInvalid
from twelvelabs_contract._tap import Exchange
from twelvelabs_contract._violation import Violation

Verdict = tuple[list[Violation], list[Violation]]

DOCUMENT = "document"
"""The rule of what is told where the document turns out to be unusable for an exchange."""


def judge(contract: Contract, exchange: Exchange) -> Verdict:
    """Return the violations of the request, and those of the answer; nothing is said of what was not seen.

    A document that turns out to be unusable is told as one: whoever sends is not to suffer for it.
    """
    return _usable(_request, contract, exchange), _usable(_answer, contract, exchange)


def _usable(
    check: Callable[[Contract, Exchange], list[Violation]], contract: Contract, exchange: Exchange
) -> list[Violation]:
    try:
        return check(contract, exchange)
    except DocumentInvalid as error:
        return [Violation(None, DOCUMENT, DOCUMENT, str(error), "")]


def _request(contract: Contract, exchange: Exchange) -> list[Violation]:
    found = contract.check_request(exchange.request)
    if "request" in exchange.unseen:
        return [violation for violation in found if (violation.where, violation.rule) != ("body", "missing")]
    return found


def _answer(contract: Contract, exchange: Exchange) -> list[Violation]:
    operation = contract.find(exchange.request)
    if exchange.response is None or operation is None:
        return []
    response = exchange.response
    if not exchange.complete:  # whole lines are all that can be told of an answer that nobody read to its end
        response = replace(response, body=response.body[: response.body.rfind(b"\n") + 1])
    found = contract.check_response(response, operation=operation.id, request=exchange.request)
    if not exchange.complete or "response" in exchange.unseen:
        return [violation for violation in found if not _needs_the_end(violation)]
    return found


def _needs_the_end(violation: Violation) -> bool:
    return violation.rule == "truncated" or (violation.where == "body" and violation.rule in ("encoding", "missing"))
