"""An API, besides the bundled one, that uses every feature that the strategies support."""

from __future__ import annotations

from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import yaml

from apicontract.openapi.document import Document
from tests.support.editions import contract_2025_08
from twelvelabs_contract import Contract

ORCHARD = Path(__file__).parent / "orchard.yaml"


@cache
def contract_of(name: str) -> Contract:
    """Return a contract by the name of its document."""
    return contract_2025_08() if name == "bundled" else Contract.load(ORCHARD)


@cache
def _orchard() -> dict[str, Any]:
    found: dict[str, Any] = yaml.safe_load(ORCHARD.read_text())
    return found


def orchard_with(**schemas: Any) -> Contract:
    """Return the other API with more named schemas, each of them the body of `POST /<name>`."""
    raw = deepcopy(_orchard())
    raw["components"]["schemas"].update(schemas)
    for name in schemas:
        content = {"application/json": {"schema": {"$ref": f"#/components/schemas/{name}"}}}
        raw["paths"][f"/{name}"] = {
            "post": {
                "operationId": name,
                "requestBody": {"required": True, "content": content},
                "responses": {"200": {"description": "Done.", "content": content}},
            }
        }
    return Contract(Document(raw))
