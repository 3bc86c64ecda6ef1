"""A parameter style is one entry of one table."""

from __future__ import annotations

from dataclasses import replace

import pytest

from apicontract.openapi.document import Document
from apicontract.wire import parameters
from apicontract.wire.styles import STYLES, Delimited
from twelvelabs_contract import Contract, Request

SEMICOLONS = Delimited(delimiter=";", pairs=True)
LIST = {"name": "ids", "in": "query", "style": "semicolons", "explode": False, "schema": {"items": {"type": "integer"}}}
PATHS = {"/things": {"get": {"operationId": "get", "parameters": [LIST], "responses": {"200": {}}}}}


def test_a_style_added_from_outside_is_written_read_and_checked(monkeypatch: pytest.MonkeyPatch) -> None:
    """An entry in the table is all that a style needs."""
    monkeypatch.setitem(STYLES, "semicolons", SEMICOLONS)
    contract = Contract(Document({"openapi": "3.1.0", "servers": [{"url": "https://toy.example"}], "paths": PATHS}))
    operation = contract.operation("get")
    query = parameters.encode_query(operation, {"ids": [1, 2]})
    assert query == "ids=1;2"
    assert parameters.decode_query(contract.document, operation, query) == ({"ids": [1, 2]}, [])
    (violation,) = contract.check_request(Request("GET", "https://toy.example/things?ids=1;x"))
    assert (violation.where, violation.rule) == ("query.ids[1]", "type")


def test_an_unknown_style_counts_as_the_default_of_its_location() -> None:
    """A document that names a style of its own is read as if it had named none."""
    contract = Contract(Document({"openapi": "3.1.0", "paths": PATHS}))
    operation = contract.operation("get")
    (parameter,) = operation.parameters
    usual = replace(operation, parameters=(parameter._replace(style="form"),))
    assert parameters.encode_query(operation, {"ids": [1, 2]}) == parameters.encode_query(usual, {"ids": [1, 2]})
