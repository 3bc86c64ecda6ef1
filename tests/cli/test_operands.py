"""How an operation is named on the command line, and what a command accepts instead of what is not there."""

from __future__ import annotations

from typing import Any

import pytest

from apicontract.cli.operands import instead, spelt
from apicontract.openapi.document import Document
from twelvelabs_contract import Contract

JSON: dict[str, Any] = {"content": {"application/json": {"schema": {}}}}
RESPONSES: dict[str, Any] = {"200": JSON, "204": {}, "4XX": JSON, "default": JSON}
PATHS = {
    "/pets": {
        "get": {"responses": RESPONSES},
        "post": {"operationId": "PETS.ADD", "requestBody": JSON, "responses": {"201": {}}},
        "put": {"operationId": "pets.put", "responses": {"200": JSON, "5XX": JSON}},
    }
}
CONTRACT = Contract(Document({"openapi": "3.1.0", "paths": PATHS}))


@pytest.mark.parametrize(
    ("given", "found"),
    [
        ("GET /pets", "GET /pets"),
        ("get /pets", "GET /pets"),
        ("Get /pets", "GET /pets"),
        ("get /PETS", "get /PETS"),
        ("get  /pets", "get  /pets"),
        ("pets.add", "pets.add"),
        ("PETS.ADD", "PETS.ADD"),
    ],
)
def test_a_method_has_any_case_and_an_id_has_its_own(given: str, found: str) -> None:
    assert spelt(CONTRACT, given) == found


@pytest.mark.parametrize(
    ("operation", "said"),
    [
        (None, "no (`show` names those of an operation, and `export` writes a file for each)"),
        ("pets", "no (`operations` lists all)"),
        ("GET /pets", "no; it accepts --status 200, or any other --status from 400, or any other --status"),
        ("PETS.ADD", "no; it accepts no --status for its request body"),
        ("pets.put", "no; it accepts --status 200, or any other --status from 500"),
    ],
)
def test_what_can_be_checked_is_said_where_something_cannot(operation: str | None, said: str) -> None:
    assert instead(CONTRACT, "no", operation) == said
