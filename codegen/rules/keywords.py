"""Rules about single schemas: the type, and that every keyword applies to it and can be satisfied."""

from __future__ import annotations

import json
import re
from typing import TYPE_CHECKING

from apicontract.openapi.media_types import JSON
from codegen.view import Node, Tokens, View, listed

if TYPE_CHECKING:
    from collections.abc import Mapping

    from apicontract.openapi.objects import Json

TYPES = ("string", "number", "integer", "boolean", "array", "object", "null")

FORMATS = {
    "binary": ("string",),
    "date": ("string",),
    "date-time": ("string",),
    "double": ("number",),
    "int32": ("integer",),
    "int64": ("integer",),
    "uri": ("string",),
    "uuid": ("string",),
}
"""The supported formats, and the types that each applies to."""

_NUMBERS = ("number", "integer")
_FITTING = {
    **dict.fromkeys(("minLength", "maxLength", "pattern", "contentMediaType", "contentSchema"), ("string",)),
    **dict.fromkeys(("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf"), _NUMBERS),
    **dict.fromkeys(("items", "contains", "minItems", "maxItems", "uniqueItems"), ("array",)),
    **dict.fromkeys(
        ("properties", "required", "additionalProperties", "propertyNames", "minProperties", "maxProperties"),
        ("object",),
    ),
    **dict.fromkeys(("dependentRequired", "x-exclusive"), ("object",)),
}
_ORDERED = (
    ("minimum", "maximum", False),
    ("minimum", "exclusiveMaximum", True),
    ("exclusiveMinimum", "maximum", True),
    ("exclusiveMinimum", "exclusiveMaximum", True),
    ("minLength", "maxLength", False),
    ("minItems", "maxItems", False),
    ("minProperties", "maxProperties", False),
)
_NOT_PORTABLE = re.compile(r"\(\?(?!:)[^)]{1,2}|(?<!\\)(?:\\\\)*\\[1-9dDwWsSbBkpP]")


def check(view: View) -> None:
    """Check every schema by itself."""
    for node in view.nodes("schema"):
        _type(view, node)
        _fitting(view, node)
        _order(view, node)
        _lists(view, node)
        _pattern(view, node)
        _format(view, node)
        _content(view, node)
        _empty(view, node)


def _empty(view: View, node: Node) -> None:
    """Check that a schema is not empty where it must not be."""
    value = node.value
    if node.role == "assertion" and not any(key not in ("$comment", "description", "title") for key in value):
        view.report(node.tokens, "the rule asserts nothing", "write what must hold, or remove it")
    if (
        "object" in types_of(value)
        and node.role != "assertion"
        and not {"properties", "additionalProperties"} & value.keys()
    ):
        fix = "add properties; for a map, additionalProperties"
        view.report(node.tokens, "the object has neither properties nor additionalProperties", fix)
    if ("if" in value) != ("then" in value or "else" in value):
        view.report(node.tokens, "'if' needs 'then' or 'else', and these need 'if'", "complete the rule, or remove it")


def types_of(value: Mapping[str, Json]) -> list[str]:
    """Return the types that a schema names itself."""
    named = value.get("type", [])
    return [named] if isinstance(named, str) else list(named)


def _type(view: View, node: Node) -> None:
    value, at = node.value, (*node.tokens, "type")
    types = types_of(value)
    for name in types:
        if name not in TYPES:
            view.report(at, f"{name!r} is not a type", f"write one of {', '.join(TYPES)}")
    if "type" in value and (not types or len(set(types)) < len(types)):
        view.report(at, "the list of types is empty or names one twice", "name each type once")
    several = [name for name in types if name != "null"]
    if len(several) > 1 and any(name in ("array", "object") for name in several):
        view.report(at, f"the schema is of the types {listed(several)} at once", "write anyOf with a schema for each")
    if node.role != "assertion" and not any(key in value for key in ("type", "anyOf", "oneOf")):
        view.report(node.tokens, "the schema has no type", "add type; for a union anyOf, or oneOf with a discriminator")
    if "array" in types and "items" not in value and node.role != "assertion":
        view.report(node.tokens, "the array has no items", "add items")


def _fitting(view: View, node: Node) -> None:
    types = types_of(node.value)
    if node.role == "assertion" and not types:
        return
    for key, wanted in _FITTING.items():
        if key in node.value and not any(name in types for name in wanted):
            found = f"is {' or '.join(types)}" if types else "is not given"
            message = f"{key!r} is for the type {' or '.join(wanted)}, and the type {found}"
            view.report((*node.tokens, key), message, "remove it, or correct the type")


def _order(view: View, node: Node) -> None:
    value = node.value
    for low, high, strictly in _ORDERED:
        if low in value and high in value and (value[low] > value[high] or (strictly and value[low] == value[high])):
            message = f"{low!r} is {value[low]} and {high!r} is {value[high]}: nothing is between them"
            view.report((*node.tokens, low), message, "correct one of them")
    if value.get("multipleOf", 1) <= 0:
        view.report((*node.tokens, "multipleOf"), "'multipleOf' is not above 0", "correct it")


def _lists(view: View, node: Node) -> None:
    """Check that a list of choices is not empty, and that no list has duplicates."""
    for key in ("enum", "anyOf", "oneOf", "allOf", "required", "examples"):
        items = node.value.get(key)
        if items is None:
            continue
        if not items and key != "required":
            view.report((*node.tokens, key), f"{key!r} is empty", "add what it should list, or remove it")
        _unique(view, (*node.tokens, key), key, items)
    for name, names in node.value.get("dependentRequired", {}).items():
        _unique(view, (*node.tokens, "dependentRequired", name), "dependentRequired", names)


def _unique(view: View, tokens: Tokens, key: str, items: list[Json]) -> None:
    seen: dict[str, None] = {}
    for position, item in enumerate(items):
        text = json.dumps(item, sort_keys=True)
        if text in seen:
            view.report((*tokens, str(position)), f"{key!r} lists {text} twice", "remove one of them")
        seen[text] = None


def _pattern(view: View, node: Node) -> None:
    """Check that every engine that reads a pattern (Rust, Python, JavaScript) interprets it alike."""
    pattern = node.value.get("pattern")
    if pattern is None:
        return
    at = (*node.tokens, "pattern")
    try:
        re.compile(pattern)
    except re.error as error:
        view.report(at, f"the pattern {pattern!r} is not a regular expression: {error}", "correct it")
        return
    if found := _NOT_PORTABLE.search(pattern):
        fix = "use character classes, groups and repetition only"
        view.report(at, f"the pattern uses {found[0]!r}, which engines read differently or not at all", fix)


def _format(view: View, node: Node) -> None:
    format_, types = node.value.get("format"), types_of(node.value)
    at = (*node.tokens, "format")
    if format_ is None:
        if [name for name in types if name != "null"] == ["number"] and node.role != "assertion":
            view.report(node.tokens, "the number has no format", "add 'format: double'")
    elif format_ not in FORMATS:
        view.report(at, f"the format {format_!r} is not understood", f"write one of {', '.join(FORMATS)}, or remove it")
    elif types and not any(name in types for name in FORMATS[format_]):
        message = f"the format {format_!r} is for the type {' or '.join(FORMATS[format_])}"
        view.report(at, message, "correct the type or the format")


def _content(view: View, node: Node) -> None:
    media_type = node.value.get("contentMediaType")
    if media_type not in (None, JSON):
        at = (*node.tokens, "contentMediaType")
        view.report(at, f"text of the media type {media_type!r} is not understood", f"write {JSON}, or remove it")
    elif (media_type is None) != ("contentSchema" not in node.value):
        view.report(node.tokens, "contentMediaType and contentSchema need each other", "write both, or none")
