"""Follow `$ref` within one document."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apicontract.openapi import pointer as pointers
from apicontract.openapi.keywords import DATA
from apicontract.openapi.operation import Json
from apicontract.openapi.problems import DocumentInvalid

_DATA = DATA | {"example", "value", "mapping"}
"""Keys of an OpenAPI document whose values are data, so that a `$ref` in them is no reference."""


def at(root: Json, pointer: str) -> Json:
    """Return the value at a pointer of a document; a pointer that leads nowhere is a `DocumentInvalid`."""
    try:
        return pointers.at(root, pointer)
    except LookupError:
        raise DocumentInvalid("nothing stands here; check the $ref that leads to it", pointer) from None


def follow(root: Json, node: Json, pointer: str) -> tuple[Json, str]:
    """Follow `$ref` from a node to the node it means; return that one and its pointer."""
    seen: list[str] = []
    while isinstance(node, Mapping) and "$ref" in node:
        reference = node["$ref"]
        if not isinstance(reference, str) or not reference.startswith("#"):
            raise DocumentInvalid(
                f"$ref {reference!r} leaves the document; bundle it into one file first (`python -m codegen` does)",
                pointer,
            )
        if reference in seen:
            raise DocumentInvalid(f"$ref {reference!r} leads back to itself", pointer)
        seen.append(reference)
        node, pointer = at(root, reference[1:]), reference[1:]
    return node, pointer


def references(node: Json, pointer: str = "") -> Iterator[tuple[str, str]]:
    """Yield each `$ref` below a node, and the pointer of the node that holds it; those in data are none."""
    if isinstance(node, Mapping):
        if isinstance(node.get("$ref"), str):
            yield node["$ref"], pointer
        for key, value in node.items():
            if key not in _DATA:
                yield from references(value, f"{pointer}/{pointers.escape(str(key))}")
    elif isinstance(node, list):
        for position, value in enumerate(node):
            yield from references(value, f"{pointer}/{position}")
