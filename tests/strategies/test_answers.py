"""Responses with few bodies and headers: each is drawn, and no other."""

from __future__ import annotations

from itertools import product
from typing import Any

import pytest
from hypothesis import given, settings

from apicontract.openapi.document import Document
from apicontract.strategies import payloads, responses
from apicontract.wire.messages import Response
from tests.strategies.documents import everything, few
from tests.support.small import body, document, operation
from twelvelabs_contract import Contract

FEW = {"enum": ["é", 1]}


def contract_of(**answers: Any) -> Contract:
    """Make the contract of an operation with these responses."""
    found = {key.lstrip("_"): {"description": "", **answer} for key, answer in answers.items()}
    return Contract(Document(document({"/a": {"get": operation(responses=found)}}, {"a/b~c": FEW, "Plain": FEW})))


def sent(response: Response) -> tuple[Any, ...]:
    """Reduce a response to what is sent."""
    return response.status, response.headers.get("content-type"), response.body


@pytest.mark.parametrize(
    ("answer", "media", "bodies"),
    [
        (body(FEW), "application/json", ['"é"', "1"]),
        (body(FEW, "application/problem+json"), "application/problem+json", ['"é"', "1"]),
        (body({"enum": [1, 2]}, "text/plain"), "text/plain", ["1", "2"]),
        (body({"const": "é"}, "text/*"), "text/plain", ["é"]),
        (
            body(FEW, "application/x-ndjson"),
            "application/x-ndjson",
            ["".join(row) for n in range(5) for row in product(('"é"\n', "1\n"), repeat=n)],
        ),
        (
            {"content": {**body({"const": "a"}, "text/plain")["content"], **body(FEW)["content"]}},
            "application/json",
            ['"é"', "1"],
        ),
        ({}, None, [""]),
    ],
)
def test_each_body_of_a_response_is_drawn_and_no_other(answer: Any, media: str | None, bodies: list[str]) -> None:
    contract = contract_of(_200=answer, _404=body({"const": "no"}, "text/plain"), _5XX=body({"const": 5}))
    wanted = {(200, media, text.encode()) for text in bodies}
    assert everything(responses(contract, "op", 200), wanted, sent) == wanted
    other = {(404, "text/plain", b"no")}
    assert everything(responses(contract, "op", 404), other, sent) == other
    for status in (500, 503):
        other = {(status, "application/json", b"5")}
        assert everything(responses(contract, "op", status), other, sent) == other


def test_each_header_is_drawn_and_an_optional_one_is_left_out() -> None:
    listed = {"required": True, "schema": {"type": "array", "items": {"enum": [1, 2]}, "maxItems": 2}}
    headers = {"X-B": listed, "X-A": {"schema": {"enum": ["x", True]}}}
    contract = contract_of(_204={"headers": headers})
    lists = ("1", "2", "1,1", "1,2", "2,1", "2,2")
    wanted = {(("x-b", one), *other) for one in lists for other in ((), (("x-a", "x"),), (("x-a", "true"),))}
    assert everything(responses(contract, "op", 204), wanted, lambda one: tuple(one.headers.items)) == wanted


def test_bytes_are_drawn_of_another_media_type() -> None:
    @settings(few, max_examples=50)
    @given(responses(contract_of(_200=body({"type": "string"}, "application/*")), "op", 200))
    def draw(response: Response) -> None:
        assert sent(response)[:2] == (200, "application/octet-stream")
        assert 0 < len(response.body) <= 100

    draw()


@pytest.mark.parametrize("name", ["a/b~c", "Plain"])
def test_the_values_of_a_named_schema_are_drawn(name: str) -> None:
    contract = contract_of(_200={})
    assert everything(payloads(contract, name), {"é", 1}, lambda value: value) == {"é", 1}


def test_a_named_schema_that_is_tried_conforms() -> None:
    raw = document({}, {"a/b": {"type": "object", "enum": [{"a": 1}, {"b": [2]}]}})
    wanted = {"{'a': 1}", "{'b': [2]}"}
    assert everything(payloads(Contract(Document(raw)), "a/b"), wanted, repr) == wanted


def test_each_operation_and_each_status_has_its_own_responses() -> None:
    answers = {key: {"description": "", **body({"const": f"one {key}"})} for key in ("200", "201")}
    others = {key: {"description": "", **body({"const": f"other {key}"})} for key in ("200", "201")}
    paths = {
        "/a": {"get": operation(responses=answers)},
        "/b": {"get": {**operation(responses=others), "operationId": "other"}},
    }
    contract = Contract(Document(document(paths)))
    for (name, operation_id), status in product((("one", "op"), ("other", "other")), (200, 201)):
        wanted = {(status, "application/json", f'"{name} {status}"'.encode())}
        assert everything(responses(contract, operation_id, status), wanted, sent) == wanted
