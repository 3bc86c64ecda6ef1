"""A request is decoded to the instance of its schemas, together with its violations."""

from __future__ import annotations

import json
from typing import Any

import pytest

from tests.support.things import THING, THINGS
from twelvelabs_contract import Contract, Headers, Request
from twelvelabs_contract.strategies import boundary_cases, invalid_cases


def test_the_arguments_are_the_instances() -> None:
    url = f"{THING.replace('/1', '/7')}?number=5&words=a&words=b&map[x]=1"
    reading = THINGS.read(Request("GET", url, Headers({"x-key": "secret key", "word": "w"})))
    assert reading is not None
    assert reading.operation.id == "get"
    assert reading.arguments["path"] == {"thing": "a", "part": 7}
    assert reading.arguments["query"]["number"] == 5
    assert reading.arguments["query"]["words"] == ["a", "b"]
    assert reading.arguments["header"] == {"word": "w"}
    assert "body" not in reading.arguments


def test_a_request_to_no_operation_has_no_reading(contract: Contract) -> None:
    assert contract.read(Request("GET", "https://elsewhere.example/tasks")) is None


@pytest.mark.parametrize(
    ("body", "media_type", "expected"),
    [
        (b'{"a": 1}', "application/json", {"a": 1}),
        (b'{"a": ', "application/json", None),
        (b'{"a": 1}', "text/plain", None),
        (b"", "application/json", None),
    ],
)
def test_a_body_is_there_if_it_can_be_read(contract: Contract, body: bytes, media_type: str, expected: Any) -> None:
    request = Request("POST", f"{contract.servers[0]}/analyze", Headers({"content-type": media_type}), body)
    reading = contract.read(request)
    assert reading is not None
    assert reading.arguments.get("body") == expected


def test_a_reading_tells_the_same_violations_and_the_arguments_again_are_as_good(contract: Contract) -> None:
    for operation in contract.operations:
        for case in (*boundary_cases(contract, operation.id)[:8], *invalid_cases(contract, operation.id)[:8]):
            request = case.request()
            reading = contract.read(request)
            assert reading is not None
            assert list(reading.violations) == contract.check_request(request)
            if case.tag is None:
                assert contract.check_arguments(operation, reading.arguments) == []
                assert json.dumps(reading.arguments.get("body")) == json.dumps(case.instances.get("body"))
