"""The vendor's SDK 1.0.0 against the document: what it sends conforms, and it reads our response examples."""

from __future__ import annotations

import json
from typing import Any

import httpx
import pytest
from twelvelabs import TwelveLabs
from twelvelabs.base_client import BaseClient

from apicontract.openapi.facts import shape_at
from tests.support.editions import contract_2025_08
from tests.support.vendor import CALLS, ID, KEY, Call, record, success
from twelvelabs_contract import Contract

by_method = pytest.mark.parametrize("call", CALLS, ids=lambda call: call.method)


def test_there_are_29_methods_over_28_operations(contract: Contract) -> None:
    assert len(CALLS) == 29
    assert {call.operation_id for call in CALLS} == {operation.id for operation in contract.operations}
    assert len(contract.operations) == 28


@by_method
def test_every_documented_parameter_is_given_and_no_other(contract: Contract, call: Call) -> None:
    """Both ways: the calls miss nothing that the document declares, and the document misses nothing they give."""
    operation = contract.operation(call.operation_id)
    declared = {parameter.name for parameter in operation.parameters}
    if operation.request_body:
        (content,) = operation.request_body.content.values()
        declared |= shape_at(contract.document, content.schema, content.schema_pointer).properties.keys()
    if operation.streaming and operation.streaming.method:
        declared -= {operation.streaming.flag}
    assert call.arguments.keys() == declared


@by_method
def test_the_request_conforms(contract: Contract, call: Call) -> None:
    recording = record(contract, call)
    assert [contract.check_request(request) for request in recording.requests] == [[]]


def _examples(contract: Contract) -> list[Any]:
    """Pair every call with every example of its success."""
    cases: list[Any] = []
    for call in CALLS:
        wanted = "application/x-ndjson" if call.event_stream else "application/json"
        operation = contract.operation(call.operation_id)
        for key, response in operation.responses.items():
            if key.startswith("2"):
                examples = response.content[wanted].examples if wanted in response.content else {"no content": None}
                cases.extend(pytest.param(call, name, id=f"{call.method}-{name}") for name in examples)
    return cases


@pytest.mark.parametrize(("call", "name"), _examples(contract_2025_08()))
def test_the_answer_is_read_without_loss(contract: Contract, call: Call, name: str) -> None:
    """Each response example conforms, and the SDK's parsed answer holds exactly what the example says."""
    operation = contract.operation(call.operation_id)
    answer = success(operation, event_stream=call.event_stream, example=name)
    recording = record(contract, call, answer)
    assert contract.check_exchange(recording.requests[0], answer) == []
    if not answer.content:
        assert recording.result is None
    elif call.event_stream:
        events = [json.loads(line) for line in answer.text.split("\n") if line]
        assert [_dumped(event) for event in recording.result] == _read(events)
    elif hasattr(recording.result, "get_next"):
        assert [_dumped(item) for item in recording.result.items or ()] == _read(answer.json()["data"])
    else:
        assert _dumped(recording.result) == _read(answer.json())


RENAMED = {"_id": "id", "float": "float_"}


def _read(value: Any) -> Any:
    """Write a payload as the SDK's attributes have it (ledger S18), null left out: to the SDK it is absent."""
    if isinstance(value, dict):
        return {RENAMED.get(key, key): _read(item) for key, item in value.items() if item is not None}
    return [_read(item) for item in value] if isinstance(value, list) else value


def _dumped(model: Any) -> Any:
    """Bring an SDK model back to JSON; it prints a time as `+00:00` or with `Z`, which are the same time."""
    return _read(json.loads(model.json().replace("+00:00", "Z")))


class TestDepartures:
    """What the SDK sends that the document does not have, by the number of its entry in the ledger."""

    @pytest.fixture
    def sent(self) -> list[httpx.Request]:
        return []

    @pytest.fixture
    def http(self, sent: list[httpx.Request]) -> httpx.Client:
        def handle(request: httpx.Request) -> httpx.Response:
            request.read()
            sent.append(request)
            return httpx.Response(200, json={"data": []})

        return httpx.Client(transport=httpx.MockTransport(handle))

    def _told(self, contract: Contract, sent: list[httpx.Request]) -> list[tuple[str, str]]:
        return [(v.where, v.rule) for request in sent for v in contract.check_request(request)]

    def test_s1_none_becomes_an_empty_part(
        self, contract: Contract, http: httpx.Client, sent: list[httpx.Request]
    ) -> None:
        TwelveLabs(api_key=KEY, httpx_client=http).tasks.create(
            index_id=ID, video_url="https://example.com/v.mp4", enable_video_stream=None
        )
        assert self._told(contract, sent) == [("form.enable_video_stream", "type")]

    def test_s2_the_base_client_brackets_the_metadata_filter(
        self, contract: Contract, http: httpx.Client, sent: list[httpx.Request]
    ) -> None:
        BaseClient(api_key=KEY, httpx_client=http).indexes.videos.list(ID, width=640.0, user_metadata={"a": "b"})
        assert self._told(contract, sent) == [("query.user_metadata", "encoding")]

    def test_s3_an_update_without_metadata_has_no_body(
        self, contract: Contract, http: httpx.Client, sent: list[httpx.Request]
    ) -> None:
        TwelveLabs(api_key=KEY, httpx_client=http).indexes.videos.update(ID, ID)
        assert self._told(contract, sent) == [("body", "missing")]

    def test_s4_an_empty_id_calls_the_collection(
        self, contract: Contract, http: httpx.Client, sent: list[httpx.Request]
    ) -> None:
        TwelveLabs(api_key=KEY, httpx_client=http).indexes.retrieve("")
        assert self._told(contract, sent) == [("path.index_id", "minLength")]
