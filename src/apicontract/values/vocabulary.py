"""The keywords that values are made for; any other is refused, with its pointer."""

from __future__ import annotations

import re
from collections.abc import Mapping

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
    "const": (str, int, float, bool, type(None)),
    "contains": _SCHEMA,
    "contentMediaType": str,
    "contentSchema": _SCHEMA,
    "default": object,
    "dependentRequired": Mapping,
    "deprecated": bool,
    "description": str,
    "discriminator": Mapping,
    "else": _SCHEMA,
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
    "prefixItems": list,
    "properties": Mapping,
    "propertyNames": _SCHEMA,
    "required": list,
    "then": _SCHEMA,
    "title": str,
    "type": (str, list),
    "uniqueItems": bool,
    "x-exclusive": list,
}
"""Every keyword that a schema may have, and the Python type of its value."""

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

TYPES = ("array", "boolean", "integer", "null", "number", "object", "string")


class NotUnderstood(DocumentInvalid):
    """A schema cannot be generated from: which keyword or combination, and at which pointer."""


def check_operation(document: Document, operation: Operation) -> None:
    """Refuse parameters and request bodies that cannot be generated; `NotUnderstood` says where."""
    for parameter in operation.parameters:
        if parameter.location == "cookie":
            raise NotUnderstood("cookie parameters are not generated", parameter.pointer)
        if parameter.style == "json" and parameter.location == "header":
            raise NotUnderstood("a header that holds JSON is not generated", parameter.pointer)
        schema = True if parameter.schema is None else parameter.schema
        check_schema(document, schema, parameter.schema_pointer)
    for content in operation.request_body.content.values() if operation.request_body else ():
        check_schema(document, True if content.schema is None else content.schema, content.schema_pointer)


def check_schema(document: Document, schema: Json, pointer: str) -> None:
    """Refuse a schema that uses what is not understood, itself or in any schema that it leads to."""
    waiting, seen = [(schema, pointer)], set()
    while waiting:
        node, at = waiting.pop()
        if at in seen or isinstance(node, bool):
            continue
        seen.add(at)
        if not isinstance(node, Mapping):
            raise NotUnderstood(f"a schema is needed, not {type(node).__name__}", at)
        _check_keywords(node, at)
        waiting.extend(subschemas(node, at))
        if "$ref" in node:
            document.resolve(node, at)  # refuses a reference that leads back to itself, or out of the document
            waiting.append((document.at(node["$ref"][1:]), node["$ref"][1:]))


def _check_keywords(node: Mapping[str, Json], pointer: str) -> None:
    for keyword, value in node.items():
        at = f"{pointer}/{escape(keyword)}"
        if keyword in IGNORED or (keyword not in KEYWORDS and keyword.startswith("x-")):
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
        "then": ("then" in node and "if" not in node, "`then` without `if` says nothing"),
        "else": ("else" in node and "if" not in node, "`else` without `if` says nothing"),
        "contentSchema": (
            "contentSchema" in node and "contentMediaType" not in node,
            "`contentSchema` without `contentMediaType` says nothing",
        ),
        "pattern": (not _compiles(node.get("pattern", "")), "this pattern is no regular expression"),
    }
    if any(isinstance(value, Mapping | list) for value in node.get("enum", ())):
        return "enum: only text, numbers, booleans and null are understood here"
    return next((f"{keyword}: {reason}" for keyword, (wrong, reason) in checks.items() if wrong), None)


def _compiles(pattern: str) -> bool:
    try:
        re.compile(pattern)
    except re.error:
        return False
    return True
