"""Follow `$ref` within one document."""

from __future__ import annotations

from collections.abc import Mapping
from urllib.parse import unquote

from apicontract.openapi import pointer as pointers
from apicontract.openapi.operation import Json
from apicontract.openapi.problems import DocumentInvalid


def at(root: Json, pointer: str) -> Json:
    """Return the value at a pointer of a document; raise `DocumentInvalid` if there is none."""
    try:
        return pointers.at(root, pointer)
    except LookupError:
        raise DocumentInvalid("there is nothing here; check the $ref that leads to it", pointer) from None


def target_of(reference: str) -> str:
    """Return the pointer of a reference within its own document."""
    return unquote(reference[1:]) if "%" in reference else reference[1:]


def follow(root: Json, node: Json, pointer: str) -> tuple[Json, str]:
    """Follow `$ref` from a node to its target; return the target and its pointer.

    Raises `DocumentInvalid` for a reference that leads nowhere or back to itself.
    """
    if type(node) is dict and "$ref" not in node:  # most nodes
        return node, pointer
    seen: list[str] = []
    while isinstance(node, Mapping) and "$ref" in node:
        reference = node["$ref"]
        if not isinstance(reference, str) or not reference.startswith("#"):
            raise DocumentInvalid(
                f"$ref {reference!r} leads nowhere: files in the folder of the document are read, no others, and"
                " nothing over the network; put a copy there",
                pointer,
            )
        if reference in seen:
            raise DocumentInvalid(f"$ref {reference!r} leads back to itself", pointer)
        seen.append(reference)
        pointer = target_of(reference)
        node = at(root, pointer)
    return node, pointer
