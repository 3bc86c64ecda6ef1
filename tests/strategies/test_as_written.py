"""Schemas as people write them: what asserts nothing is ignored, and what is invalid is so without a type."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from apicontract.openapi.document import Document
from apicontract.strategies import invalid_requests, valid_requests
from tests.support.small import body, document, operation
from twelvelabs_contract import Contract

SCHEMAS: dict[str, Any] = {
    "annotations": {
        "type": "string",
        "readOnly": True,
        "xml": {"name": "a"},
        "example": "a",
        "externalDocs": {"url": "https://a.example"},
        "x-order": 1,
    },
    "an unknown format": {"type": "string", "format": "colour"},
    "content that is no JSON": {"type": "string", "contentMediaType": "text/html"},
    "content that is encoded": {"type": "string", "contentMediaType": "application/json", "contentEncoding": "base64"},
    "a discriminator of nothing": {"type": "object", "discriminator": {"propertyName": "a"}},
    "items by position": {"type": "array", "prefixItems": [{"type": "integer"}, {"type": "string"}], "minItems": 2},
    "many items": {"type": "array", "items": {"type": "integer"}, "maxItems": 65536},
    "members without a type": {"required": ["a"], "properties": {"a": {"type": "string"}}},
    "a closed object without a type": {"properties": {"a": {}}, "additionalProperties": False},
    "items without a type": {"items": {"type": "integer"}},
}


def contract_of(schema: Any, **more: Any) -> Contract:
    """Make the contract of an operation that takes a schema."""
    own = operation(requestBody={"required": True, **body(schema)}, **more)
    return Contract(Document(document({"/a": {"post": own}})))


@pytest.mark.parametrize("name", SCHEMAS)
def test_what_is_drawn_is_valid_or_invalid_as_it_says(name: str) -> None:
    contract = contract_of(SCHEMAS[name])

    @settings(max_examples=40)
    @given(st.data())
    def draw(data: st.DataObject) -> None:
        assert contract.check_request(data.draw(valid_requests(contract, "op")).request()) == []
        assert contract.check_request(data.draw(invalid_requests(contract, "op")).request()) != []

    draw()


def test_a_request_goes_to_the_server_of_its_operation() -> None:
    contract = contract_of({}, servers=[{"url": "https://upload.test/v2"}])

    @settings(max_examples=5)
    @given(valid_requests(contract, "op"))
    def draw(case: Any) -> None:
        assert case.request().url == "https://upload.test/v2/a"

    draw()
