"""Links: where the values of the next request are in this exchange."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.openapi.document import Document
from apicontract.openapi.links import Exchange, links_of
from tests.support.small import document, operation

EXCHANGE = Exchange({"id": "p"}, {"id": "q", "page": 0}, {"id": "b"}, {"id": "a", "data": [{"id": 5}]})


@pytest.mark.parametrize(
    ("expression", "value"),
    [
        ("$response.body#/id", "a"),
        ("$response.body#/data/0/id", 5),
        ("$response.body#/none", None),
        ("$request.body#/id", "b"),
        ("$request.path.id", "p"),
        ("$request.path.page", None),
        ("$request.query.id", "q"),
        ("$request.query.page", 0),
        ("$request.header.id", None),
        ("$url", None),
        ("id", "id"),
        ("", ""),
    ],
)
def test_an_expression_is_looked_up(expression: str, value: Any) -> None:
    assert EXCHANGE.value(expression) == value


def test_links_lead_to_operations_by_id_or_by_reference() -> None:
    parameters = {"a": "$response.body#/id", "path.b": "$request.path.id", "c": 5, "d": "word"}
    links = {
        "by_id": {"operationId": "op", "parameters": parameters},
        "by_reference": {"operationRef": "#/paths/~1a/get"},
        "elsewhere": {"operationId": "nobody"},
        "shared": {"$ref": "#/components/links/Shared"},
        "wrong": 5,
    }
    raw = document({"/a": {"get": operation(responses={"200": {"description": "", "links": links}, "404": {}})}})
    raw["components"] = {"links": {"Shared": {"operationId": "op"}}}
    found = Document(raw)
    own = found.operations["op"]
    read = {link.name: link for link in links_of(found, own.responses["200"])}
    assert {name: link.operation for name, link in read.items()} == dict.fromkeys(
        ("by_id", "by_reference", "shared"), own
    )
    assert [read["by_id"].value(name, EXCHANGE) for name in "abcde"] == ["a", "p", 5, "word", None]
    assert read["shared"].parameters == {}
    assert list(links_of(found, own.responses["404"])) == []
