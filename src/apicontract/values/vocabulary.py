"""The keywords that values are made for, those that values are only tried against; any other is refused."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from apicontract.openapi.document import Document, DocumentInvalid, Json, Operation
from apicontract.openapi.keywords import subschemas
from apicontract.openapi.pointer import escape

_NUMBER = (int, float)
_SCHEMA = (Mapping, bool)

KEYWORDS: Mapping[str, type | tuple[type, ...]] = {
    "$comment": str,
    "$ref": str,
    "additionalProperties": _SCHEMA,
    "allOf": list,
    "anyOf": list,
    "const": object,
    "contains": _SCHEMA,
    "contentMediaType": str,
    "contentSchema": _SCHEMA,
    "default": object,
    "dependentRequired": Mapping,
    "deprecated": bool,
    "description": str,
    "discriminator": Mapping,
    "else": _SCHEMA,
    "dependentSchemas": Mapping,
    "enum": list,
    "examples": list,
    "exclusiveMaximum": _NUMBER,
    "exclusiveMinimum": _NUMBER,
    "format": str,
    "if": _SCHEMA,
    "items": _SCHEMA,
    "maxItems": int,
    "maxLength": int,
    "maxProperties": int,
    "maximum": _NUMBER,
    "minItems": int,
    "minLength": int,
    "minProperties": int,
    "minimum": _NUMBER,
    "multipleOf": _NUMBER,
    "not": _SCHEMA,
    "oneOf": list,
    "pattern": str,
    "patternProperties": Mapping,
    "prefixItems": list,
    "properties": Mapping,
    "propertyNames": _SCHEMA,
    "required": list,
    "then": _SCHEMA,
    "title": str,
    "type": (str, list),
    "unevaluatedProperties": _SCHEMA,
    "uniqueItems": bool,
    "x-exclusive": list,
}
"""Every keyword that a schema may have, and the Python type of its value."""

LOCATIONS = ("path", "query", "header", "cookie")
"""Where parameters are that values are made for."""

IGNORED = frozenset(
    {
        "readOnly",
        "writeOnly",
        "xml",
        "externalDocs",
        "example",
        "contentEncoding",
        "$schema",
        "$defs",
        "definitions",
        "$recursiveAnchor",
        "$recursiveRef",
    }
)
"""Keywords that assert nothing, as every `x-` extension and every format that is not asserted does."""

TRIED = frozenset({"maxContains", "minContains", "patternProperties", "unevaluatedItems", "unevaluatedProperties"})
"""Keywords for which values are not made, or not of all kinds: whether a value satisfies them is tried."""

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")


class NotUnderstood(DocumentInvalid):
    """A schema cannot be generated from: which keyword or combination, and at which pointer."""


def check_operation(document: Document, operation: Operation) -> None:
    """Refuse parameters and request bodies that cannot be generated; `NotUnderstood` says where."""
    for parameter in operation.parameters:
        if parameter.location not in LOCATIONS:
            raise NotUnderstood(f"a parameter `in: {parameter.location}` is not generated", parameter.pointer)
        if parameter.style == "json" and parameter.location == "header":
            raise NotUnderstood("a header that holds JSON is not generated", parameter.pointer)
        schema = True if parameter.schema is None else parameter.schema
        check_schema(document, schema, parameter.schema_pointer)
    for content in operation.request_body.content.values() if operation.request_body else ():
        check_schema(document, True if content.schema is None else content.schema, content.schema_pointer)


def check_schema(document: Document, schema: Json, pointer: str) -> None:
    """Refuse a schema that uses what is not understood, itself or in any schema that it leads to."""
    for node, at in _reached(document, schema, pointer):
        _check_keywords(node, at)


def is_tried(document: Document, schema: Json, pointer: str) -> bool:
    """Whether values of a schema are to be tried, as it leads to a keyword that they are not made for."""
    return any(
        not TRIED.isdisjoint(node) or any(isinstance(value, Mapping | list) for value in _listed(node))
        for node, _ in _reached(document, schema, pointer)
    )


def _listed(node: Mapping[str, Json]) -> list[Json]:
    return [*node.get("enum", ()), *([node["const"]] if "const" in node else ())]


def _reached(document: Document, schema: Json, pointer: str) -> Iterator[tuple[Mapping[str, Json], str]]:
    """Yield a schema and every schema that it leads to, each once, with its pointer."""
    waiting, seen = [(schema, pointer)], set()
    while waiting:
        node, at = waiting.pop()
        if at in seen or isinstance(node, bool):
            continue
        seen.add(at)
        if not isinstance(node, Mapping):
            raise NotUnderstood(f"a schema is needed, not {type(node).__name__}", at)
        yield node, at
        waiting.extend(subschemas(node, at))
        if "$ref" in node:
            document.resolve(node, at)  # refuses a reference that leads back to itself, or out of the document
            waiting.append((document.at(node["$ref"][1:]), node["$ref"][1:]))


def _check_keywords(node: Mapping[str, Json], pointer: str) -> None:
    for keyword, value in node.items():
        at = f"{pointer}/{escape(keyword)}"
        if keyword in IGNORED or keyword in TRIED - KEYWORDS.keys():
            continue
        if keyword not in KEYWORDS and keyword.startswith("x-"):
            continue
        if keyword not in KEYWORDS:
            raise NotUnderstood(f"the keyword {keyword!r} is not understood; nothing is generated from it", at)
        expected = KEYWORDS[keyword]
        if not isinstance(value, expected) or (isinstance(value, bool) and expected in (int, _NUMBER)):
            raise NotUnderstood(f"{keyword!r} cannot be a {type(value).__name__}", at)
    if message := _combination(node):
        keyword, _, reason = message.partition(": ")
        raise NotUnderstood(reason, f"{pointer}/{escape(keyword)}")


def _combination(node: Mapping[str, Json]) -> str | None:
    """Say what is wrong with the values of the keywords together, as `keyword: reason`."""
    named = node.get("type", [])
    unknown = sorted(set([named] if isinstance(named, str) else named) - set(TYPES))
    checks = {
        "type": (bool(unknown), f"no JSON type: {', '.join(unknown)}"),
        "enum": (not node.get("enum", [0]), "no value is admitted"),
    }
    return next((f"{keyword}: {reason}" for keyword, (wrong, reason) in checks.items() if wrong), None)
