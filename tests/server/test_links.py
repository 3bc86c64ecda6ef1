"""A law: calls that follow the links of a document agree with a model of its resources; every response conforms.

In process, and over HTTP.
"""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any, ClassVar

import httpx
import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from apicontract.openapi.document import Operation
from apicontract.openapi.links import Exchange
from apicontract.responder import StatefulResponder
from apicontract.responder.resources import Resource
from apicontract.server import Application, Judged
from apicontract.wire.messages import Headers, Request, Response
from tests.server.conftest import contract_of, listening
from tests.support.deep import DEEP
from tests.support.patience import PATIENCE
from twelvelabs_contract import Contract
from twelvelabs_contract.strategies import valid_requests

Key = tuple[str, tuple[str, ...]]
"""The path of a resource, and the values of its parameters."""


class Calls(RuleBasedStateMachine):
    """Creates, follows links, deletes and waits, and knows what must be there."""

    contract: ClassVar[Contract]

    def __init__(self) -> None:
        super().__init__()
        self.responder = StatefulResponder(self.contract, job_seconds=10, clock=lambda: 0.0)
        self.begin()
        self.kinds = self.responder.resources.all
        self.there: dict[Key, Resource] = {}
        self.gone: set[Key] = set()

    def begin(self) -> None:
        """Make ready what answers."""

    def answer(self, request: Request) -> Response:
        """Send a request."""
        return self.responder.respond(request)

    def records(self) -> dict[str, list[dict[str, Any]]]:
        """Ask what is there."""
        return self.responder.records()

    def advance(self, seconds: float) -> None:
        """Move the clock on."""
        self.responder.advance(seconds)

    def call(self, data: st.DataObject, operation: Operation, path: dict[str, Any]) -> tuple[int, Any]:
        """Send a valid request with a path of ours; its answer must conform, and be what the model says."""
        case = data.draw(valid_requests(self.contract, operation.id))
        case = replace(case, arguments={**case.arguments, "path": {**case.arguments["path"], **path}})
        request = case.request()
        received, response = self.responder.receive(request), self.answer(request)
        assert self.contract.check_exchange(request, response) == []
        needed = [kind for kind in self.kinds.values() if kind.holds(operation.path)]
        exists = all(_key(kind, received.path) in self.there for kind in needed)
        assert 200 <= response.status < 300 if exists else response.status == 404
        media_type, _, _ = (response.headers.get("content-type") or "").partition(";")
        answer = json.loads(response.body) if media_type == "application/json" else None
        if exists:
            self.follow(operation, Exchange(received.path, received.query, received.body, answer))
        return response.status, answer

    def follow(self, operation: Operation, exchange: Exchange) -> None:
        """Know what an answer links to."""
        for link in self.responder.resources.links[operation.id]:
            kind = self.kinds.get(link.operation.path)
            values = [link.value(name, exchange) for name in kind.names] if kind else [None]
            if kind is not None and None not in values:
                key = kind.path, tuple(map(str, values))
                if key not in self.gone:
                    self.there[key] = kind

    @rule(data=st.data())
    def create(self, data: st.DataObject) -> None:
        kind = data.draw(st.sampled_from(list(self.kinds.values())))
        above = [key for key in self.there if kind.path.startswith(f"{key[0]}/")]
        path = dict(zip(self.kinds[above[0][0]].names, above[0][1], strict=True)) if above else {}
        before = len(self.there)
        status, _ = self.call(data, kind.create, path)
        assert (len(self.there) > before) == (status < 300)

    @precondition(lambda self: self.there)
    @rule(data=st.data())
    def use(self, data: st.DataObject) -> None:
        (path, key), kind = data.draw(st.sampled_from(list(self.there.items())))
        about = [one for one in self.contract.operations if kind.holds(one.path) and one.path.count("{") == len(key)]
        operation = data.draw(st.sampled_from(about))
        status, answer = self.call(data, operation, dict(zip(kind.names, key, strict=True)))
        if operation is kind.retrieve and status == 200:
            assert answer.get(kind.id_name, key[-1]) == key[-1]
        if operation.method == "DELETE" and operation.path == path and status < 300:
            deleted = [one for one in self.there if kind.holds(one[0]) and one[1][: len(key)] == key]
            for one in deleted:
                del self.there[one]
            self.gone.update(deleted)

    @rule(data=st.data())
    def list(self, data: st.DataObject) -> None:
        kinds = [one for one in self.kinds.values() if one.listing and len(one.names) == 1]
        kind = data.draw(st.sampled_from(kinds))
        assert kind.listing is not None
        self.call(data, kind.listing, {})
        shown = {tuple(one["path"].values()) for one in self.records().get(kind.path, ())}
        assert shown == {key for path, key in self.there if path == kind.path}

    @rule(seconds=st.floats(0, 20))
    def wait(self, seconds: float) -> None:
        self.advance(seconds)


class CallsOverHttp(Calls):
    """The same against a server on a port, by its control paths."""

    address: ClassVar[str]
    client: ClassVar[httpx.Client]

    def begin(self) -> None:
        assert self.control("POST", "reset").status_code == 204

    def control(self, method: str, name: str, **sent: Any) -> httpx.Response:
        return self.client.request(method, f"{self.address}/_contract/{name}", **sent)

    def answer(self, request: Request) -> Response:
        url = request.url.replace("https://api.twelvelabs.io", self.address, 1)
        answer = self.client.request(
            request.method, url, headers=list(request.headers.items), content=request.body, follow_redirects=False
        )
        return Response(answer.status_code, Headers(answer.headers.multi_items()), answer.content)

    def records(self) -> dict[str, list[dict[str, Any]]]:
        found: dict[str, list[dict[str, Any]]] = self.control("GET", "state").json()
        return found

    def advance(self, seconds: float) -> None:
        assert self.control("POST", "clock", json={"advance": seconds}).status_code == 204


def _key(kind: Resource, path: Any) -> Key:
    return kind.path, tuple(str(path[name]) for name in kind.names)


def run_machine(machine: type[Calls]) -> None:
    few = settings(
        max_examples=100 if DEEP else 2,
        stateful_step_count=40 if DEEP else 5,
        derandomize=not DEEP,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    run_state_machine_as_test(machine, settings=few)


@pytest.mark.parametrize("edition", [None, *(["2026-02-12", "2026-05-07"] if DEEP else [])])
def test_calls_that_follow_the_links_behave_as_the_model_says(edition: str | None) -> None:
    run_machine(type("CallsOfEdition", (Calls,), {"contract": contract_of(edition)}))


def test_calls_over_http_that_follow_the_links_behave_as_the_model_says() -> None:
    contract, judged = contract_of(), list[Judged]()
    state = StatefulResponder(contract, job_seconds=10, clock=lambda: 0.0)
    with (
        listening(Application(contract, report=judged.append, responder=state)) as port,
        httpx.Client(trust_env=False, timeout=PATIENCE) as client,
    ):
        client.headers.clear()  # what is sent is what was drawn
        held = {"contract": contract, "address": f"http://127.0.0.1:{port}", "client": client}
        run_machine(type("CallsOfServer", (CallsOverHttp,), held))
    assert [finding for one in judged for finding in one.findings] == []


def test_an_expression_of_a_link_leads_into_the_request_or_the_answer() -> None:
    exchange = Exchange({"a": "p"}, {"a": "q"}, {"a": ["b"]}, {"a": {"b": "r"}})
    expressions = {
        "$request.path.a": "p",
        "$request.query.a": "q",
        "$request.body#/a/0": "b",
        "$response.body#/a/b": "r",
        "$request.header.a": None,
        "$url": None,
        "as it is": "as it is",
    }
    assert {expression: exchange.value(expression) for expression in expressions} == expressions
