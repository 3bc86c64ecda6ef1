"""The operations of one edition that differ from those of another: removed, or with other rules."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Any

from twelvelabs_contract import Contract, Operation

PROSE = {"$comment", "description", "example", "examples", "externalDocs", "summary", "tags", "title", "x-instead"}
"""Keywords that only describe or illustrate."""
NAMED = ("properties", "headers", "responses", "content", "mapping", "links")
"""Keywords whose keys are names, so that a property may be called `description`."""


def different(earlier: Contract, later: Contract) -> frozenset[str]:
    """Return the ids of the operations of an edition that a later one does not have, or has with other rules."""
    now = {operation.id: operation for operation in later.operations}
    return frozenset(
        operation.id
        for operation in earlier.operations
        if operation.id not in now or _rules(earlier, operation) != _rules(later, now[operation.id])
    )


def _rules(contract: Contract, operation: Operation) -> tuple[str, str, str]:
    node = contract.document.at(operation.pointer)
    return operation.method, operation.path, repr(_plain(contract, node, ()))


def _plain(contract: Contract, node: Any, entered: tuple[str, ...], *, named: bool = False) -> Any:
    """Return a node without descriptions and references; a recursive one keeps its reference."""
    if isinstance(node, list):
        return [_plain(contract, item, entered) for item in node]
    if not isinstance(node, Mapping):
        return node
    reference = None if named else node.get("$ref")
    if isinstance(reference, str) and reference not in entered:
        found = contract.document.at(reference.removeprefix("#"))
        rest = {name: value for name, value in node.items() if name != "$ref"}
        return [_plain(contract, found, (*entered, reference)), _plain(contract, rest, entered)]
    return dict(_members(contract, node, entered, named=named))


def _members(
    contract: Contract, node: Mapping[str, Any], entered: tuple[str, ...], *, named: bool
) -> Iterator[tuple[str, Any]]:
    for name in sorted(node):
        if named or name not in PROSE:
            yield name, _plain(contract, node[name], entered, named=not named and name in NAMED)
