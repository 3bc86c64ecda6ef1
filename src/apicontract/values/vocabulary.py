"""What of a document values are made for, and for which keywords a value is only tried.

What asserts nothing is ignored: annotations, `x-` extensions, keywords and formats that nobody knows. A keyword that
asserts something and has no value of its kind is not there any more: `openapi.schema_form` has taken it out.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from typing import Final

from apicontract.openapi.document import Document, DocumentInvalid, Json, Operation
from apicontract.openapi.keywords import subschemas

LOCATIONS: Final = ("path", "query", "header", "cookie")
"""Where parameters are that values are made for."""
TRIED: Final = frozenset(
    {"maxContains", "minContains", "patternProperties", "unevaluatedItems", "unevaluatedProperties"}
)
"""Keywords for which values are not made, or not of all kinds: whether a value satisfies them is tried.

So are lists of values that hold arrays or objects.
"""


class NotUnderstood(DocumentInvalid):
    """Nothing can be generated: from which part of an operation, at which pointer, and why."""


def check_operation(document: Document, operation: Operation) -> None:
    """Refuse parameters and request bodies that cannot be generated; `NotUnderstood` says where."""
    for parameter in operation.parameters:
        if parameter.location not in LOCATIONS and parameter.required:
            raise NotUnderstood(f"a parameter `in: {parameter.location}` is not generated", parameter.pointer)
        if parameter.style == "json" and parameter.location == "header" and parameter.required:
            raise NotUnderstood("a header that holds JSON is not generated", parameter.pointer)
        schema = True if parameter.schema is None else parameter.schema
        check_schema(document, schema, parameter.schema_pointer)
    for content in operation.request_body.content.values() if operation.request_body else ():
        check_schema(document, True if content.schema is None else content.schema, content.schema_pointer)


def check_schema(document: Document, schema: Json, pointer: str) -> None:
    """Refuse a schema with a reference that leads nowhere, itself or in any schema that it leads to."""
    for _ in _reached(document, schema, pointer):
        pass


def is_tried(document: Document, schema: Json, pointer: str) -> bool:
    """Whether values of a schema are to be tried, as it leads to a keyword that they are not made for."""
    return any(
        not TRIED.isdisjoint(node) or any(isinstance(value, Mapping | list) for value in _listed(node))
        for node in _reached(document, schema, pointer)
    )


def _listed(node: Mapping[str, Json]) -> list[Json]:
    return [*node.get("enum", ()), *([node["const"]] if "const" in node else ())]


def _reached(document: Document, schema: Json, pointer: str) -> Iterator[Mapping[str, Json]]:
    """Yield a schema and every schema that it leads to, each once."""
    waiting, seen = [(schema, pointer)], set()
    while waiting:
        node, at = waiting.pop()
        if at in seen or isinstance(node, bool):
            continue
        seen.add(at)
        if not isinstance(node, Mapping):
            raise NotUnderstood(f"a schema is needed, not {type(node).__name__}", at)
        yield node
        waiting.extend(subschemas(node, at))
        if "$ref" in node:
            document.resolve(node, at)  # refuses a reference that leads back to itself, or out of the document
            waiting.append((document.at(node["$ref"][1:]), node["$ref"][1:]))
