"""A law: every response of the server conforms, to valid and invalid requests, with and without state, on each day."""

from __future__ import annotations

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from apicontract.openapi.routing import Match
from apicontract.responder import Responder, StatefulResponder
from apicontract.server import Application
from apicontract.wire.messages import Headers, Request, Response
from tests.server.conftest import by_hand, contract_of
from tests.support.deep import DEEP
from twelvelabs_contract import Contract
from twelvelabs_contract.strategies import NotUnderstood, invalid_requests, valid_requests

_EDITIONS = Contract.load().editions
DAYS = _EDITIONS.days if _EDITIONS else ()


def answered(application: Application, request: Request) -> Response:
    """Send a request to an application below its base path, whatever the host."""
    target = "/" + request.url.split("/", 3)[3]
    headers = {name.replace("-", "_"): value for name, value in request.headers.items}
    sent = by_hand(application, request.method, target, [{"type": "http.request", "body": request.body}], **headers)
    assert sent.complete
    return Response(sent.status or 0, Headers(sent.headers), b"".join(sent.pieces))


@pytest.mark.parametrize("day", [None, *(DAYS if DEEP else DAYS[:1])])
def test_every_answer_of_the_server_conforms(day: str | None) -> None:
    contract = contract_of(day)
    few = settings(
        max_examples=60 if DEEP else 8,
        derandomize=not DEEP,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )

    @few
    @given(st.data(), st.integers(0, 3), st.booleans())
    def holds(data: st.DataObject, seed: int, stateful: bool) -> None:
        responder = StatefulResponder(contract, seed=seed) if stateful else Responder(contract, seed=seed)
        application = Application(contract, report=lambda _: None, responder=responder)
        for kind in (valid_requests, invalid_requests):
            operation = data.draw(st.sampled_from(contract.operations))
            try:
                request = data.draw(kind(contract, operation.id)).request()
            except NotUnderstood:  # nothing of this operation can be wrong
                continue
            answer = answered(application, request)
            route = contract.route(request)
            if isinstance(route, Match):
                assert contract.check_response(answer, request=request) == []
                assert (answer.status < 400) <= (contract.check_request(request) == [])
            else:
                assert answer.status == 404

    holds()
