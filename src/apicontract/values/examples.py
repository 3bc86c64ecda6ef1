"""The examples in a document."""

from __future__ import annotations

from collections.abc import Mapping

from apicontract.openapi.document import Document, Json


def examples_at(document: Document, node: Mapping[str, Json], pointer: str) -> tuple[Json, ...]:
    """Return the examples of a node of the document, from `example` and `examples`."""
    if "example" in node:
        return (node["example"],)
    found = node.get("examples")
    if isinstance(found, Mapping):
        resolved = (document.resolve(value, pointer)[0] for value in found.values())
        return tuple(value["value"] for value in resolved if isinstance(value, Mapping) and "value" in value)
    return tuple(found) if isinstance(found, list) else ()
