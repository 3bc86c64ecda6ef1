"""A law: calls that follow the links of a document behave as a model of its resources says; every answer conforms."""

from __future__ import annotations

import json
import os
from dataclasses import replace
from typing import Any, ClassVar

import pytest
from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, precondition, rule, run_state_machine_as_test

from apicontract.openapi.document import Operation
from apicontract.openapi.links import Exchange
from apicontract.responder import StatefulResponder
from apicontract.responder.resources import Resource
from tests.server.conftest import contract_of
from twelvelabs_contract import Contract
from twelvelabs_contract.strategies import valid_requests

NIGHTLY = os.environ.get("HYPOTHESIS_PROFILE") == "nightly"
Key = tuple[str, tuple[str, ...]]
"""The path of a resource, and the values of its parameters."""


class Calls(RuleBasedStateMachine):
    """Creates, follows links, deletes and waits, and knows what must be there."""

    contract: ClassVar[Contract]

    def __init__(self) -> None:
        super().__init__()
        self.responder = StatefulResponder(self.contract, job_seconds=10, clock=lambda: 0.0)
        self.kinds = self.responder.resources.all
        self.there: dict[Key, Resource] = {}
        self.gone: set[Key] = set()

    def call(self, data: st.DataObject, operation: Operation, path: dict[str, Any]) -> tuple[int, Any]:
        """Send a valid request with a path of ours; its answer must conform, and be what the model says."""
        case = data.draw(valid_requests(self.contract, operation.id))
        case = replace(case, arguments={**case.arguments, "path": {**case.arguments["path"], **path}})
        request = case.request()
        received = self.responder.receive(request)
        response = self.responder.answer(received)
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
        shown = {tuple(one["path"].values()) for one in self.responder.records().get(kind.path, ())}
        assert shown == {key for path, key in self.there if path == kind.path}

    @rule(seconds=st.floats(0, 20))
    def wait(self, seconds: float) -> None:
        self.responder.advance(seconds)


def _key(kind: Resource, path: Any) -> Key:
    return kind.path, tuple(str(path[name]) for name in kind.names)


@pytest.mark.parametrize("edition", [None, *(["2026-02-12", "2026-05-07"] if NIGHTLY else [])])
def test_calls_that_follow_the_links_behave_as_the_model_says(edition: str | None) -> None:
    few = settings(
        max_examples=100 if NIGHTLY else 2,
        stateful_step_count=40 if NIGHTLY else 5,
        derandomize=not NIGHTLY,
        database=None,
        deadline=None,
        suppress_health_check=list(HealthCheck),
    )
    machine = type("CallsOfEdition", (Calls,), {"contract": contract_of(edition)})
    run_state_machine_as_test(machine, settings=few)
