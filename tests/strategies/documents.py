"""The documents that the strategies are tried on: the bundled one, and another API that uses all they understand."""

from __future__ import annotations

from collections.abc import Iterator
from copy import deepcopy
from functools import cache
from pathlib import Path
from typing import Any

import pytest
import yaml
from hypothesis import HealthCheck, Phase, settings

from apicontract.openapi.document import Document
from twelvelabs_contract import Contract, Violation

ORCHARD = Path(__file__).parent / "orchard.yaml"

few = settings(
    max_examples=15,
    derandomize=True,
    database=None,
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow, HealthCheck.large_base_example, HealthCheck.filter_too_much],
)
"""As many examples as every operation gets; the laws try more."""
searching = settings(few, max_examples=1000, phases=[Phase.generate, Phase.shrink])
"""For `find`: one example is enough, and nobody needs it explained."""


@cache
def contract_of(name: str) -> Contract:
    """Return a contract by the name of its document."""
    return Contract.load() if name == "bundled" else Contract.load(ORCHARD)


def operations() -> Iterator[Any]:
    """Yield a parameter for each operation of each document."""
    for name in ("bundled", "orchard"):
        for operation in contract_of(name).operations:
            yield pytest.param(contract_of(name), operation.id, id=f"{name}-{operation.id}")


every_operation = pytest.mark.parametrize(("contract", "operation"), list(operations()))


def told(violations: list[Violation]) -> list[tuple[str, str]]:
    """Reduce violations to place and rule."""
    return [(violation.where, violation.rule) for violation in violations]


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
