"""Hypothesis strategies for any operation of any contract, derived from its document.

    from hypothesis import given
    from apicontract.checks.contract import Contract
    from apicontract.strategies import invalid_requests

    contract = Contract.load()

    @given(invalid_requests(contract, "tasks.list"))
    def test_what_is_wrong_is_found(case):
        (violation,) = contract.check_request(case.request())
        assert (violation.where, violation.rule) == (case.tag.where, case.tag.rule)

Values shrink to readable ones: simple words and small numbers, no optional argument, the first alternative. Keywords
that do not validate are ignored. If nothing can be drawn, because a schema contradicts itself, `NotUnderstood` has the
location. Strategies are computed once for each contract.
"""

from apicontract.lazy import missing_extra

try:
    import hypothesis  # noqa: F401 - to say what is missing
except ModuleNotFoundError as error:
    message = missing_extra("apicontract.strategies", "hypothesis", "strategies")
    raise ModuleNotFoundError(message, name="hypothesis") from error

from apicontract.strategies.broken_streams import broken_event_streams
from apicontract.strategies.chunkings import chunkings
from apicontract.strategies.request_case import Broken, RequestCase
from apicontract.strategies.requests import (
    boundary_cases,
    boundary_requests,
    invalid_cases,
    invalid_requests,
    valid_requests,
)
from apicontract.strategies.responses import payloads, responses
from apicontract.strategies.streams import EventStream, event_streams
from apicontract.strategies.twists import Twist
from apicontract.strategies.uploads import uploads
from apicontract.strategies.webhooks import ForgedWebhook, forged_webhooks, webhooks
from apicontract.values.uploads import Upload
from apicontract.values.vocabulary import NotUnderstood

__all__ = [
    "Broken",
    "EventStream",
    "ForgedWebhook",
    "NotUnderstood",
    "RequestCase",
    "Twist",
    "Upload",
    "boundary_cases",
    "boundary_requests",
    "broken_event_streams",
    "chunkings",
    "event_streams",
    "forged_webhooks",
    "invalid_cases",
    "invalid_requests",
    "payloads",
    "responses",
    "uploads",
    "valid_requests",
    "webhooks",
]
