"""The changes of each keyword of a schema: removed, or moved by one step."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import KW_ONLY, dataclass
from typing import Any, TypeAlias

NUMBERS = ("minimum", "maximum", "exclusiveMinimum", "exclusiveMaximum", "multipleOf")
COUNTS = ("minLength", "maxLength", "minItems", "maxItems", "minProperties", "maxProperties")
LISTS = ("anyOf", "oneOf", "allOf")
MAPS = ("properties", "patternProperties", "dependentSchemas")
ONE = ("items", "additionalProperties", "contains", "not", "if", "then", "else", "propertyNames", "contentSchema")
ANNOTATIONS = frozenset({"$comment", "description", "example", "examples", "summary", "title", "externalDocs"})
"""They constrain nothing. (`examples` of a schema illustrate; what must be in them, a row of the table says.)"""


@dataclass(frozen=True, slots=True)
class Step:
    """What stands at a place below a schema after the step; nothing, if it is `gone`."""

    kind: str
    tokens: tuple[str | int, ...]
    value: Any = None
    _: KW_ONLY
    gone: bool = False
    detail: str = ""


Steps: TypeAlias = Iterator[Step]


def subschemas(schema: Mapping[str, Any]) -> Iterator[tuple[tuple[str | int, ...], Any]]:
    """Yield the schemas that stand in a schema, and where."""
    for keyword in LISTS:
        yield from (((keyword, index), below) for index, below in enumerate(schema.get(keyword, ())))
    for keyword in MAPS:
        yield from (((keyword, name), below) for name, below in schema.get(keyword, {}).items())
    yield from (((keyword,), schema[keyword]) for keyword in ONE if keyword in schema)


def steps(keyword: str, value: Any, schema: Mapping[str, Any]) -> Steps:
    """Yield each step of one keyword of a schema, with the name of its kind.

    Raises `LookupError` for a keyword that nothing is known of: its faults would be missing without a word.
    """
    if keyword in ANNOTATIONS:
        return
    if keyword not in ("properties", "deprecated") and value is not False:
        yield Step(f"{keyword} removed", (keyword,), gone=True)
    if keyword in NUMBERS or keyword in COUNTS:
        yield from _numbers(keyword, value)
    elif keyword in LISTS:
        for index in range(len(value)):
            yield Step(f"{keyword} branch removed", (keyword, index), gone=True)
    else:
        yield from _KEYWORDS[keyword](keyword, value, schema)


def _numbers(keyword: str, value: Any) -> Steps:
    whole = keyword in COUNTS or float(value).is_integer()
    for sign, direction in (("+", math.inf), ("-", -math.inf)):
        moved = value + (1 if sign == "+" else -1) if whole else math.nextafter(value, direction)
        if moved >= 0 or keyword not in COUNTS:
            yield Step(f"{keyword} {sign} 1", (keyword,), moved)


def _type(keyword: str, value: Any, schema: Mapping[str, Any]) -> Steps:
    names = value if isinstance(value, list) else [value]
    if len(names) > 1:
        for name in names:
            yield Step("type dropped", (keyword,), [other for other in names if other != name], detail=name)
    if "null" not in names:
        yield Step("null admitted", (keyword,), [*names, "null"])
    other = {"integer": "number", "number": "integer", "string": "number", "boolean": "string"}
    if names[0] in other and other[names[0]] not in names and "enum" not in schema and "const" not in schema:
        yield Step("another type", (keyword,), [other[names[0]], *names[1:]])


def _enum(keyword: str, value: Any, _: Mapping[str, Any]) -> Steps:
    for index in range(len(value)):
        yield Step("enum value removed", (keyword, index), gone=True)
    yield Step("enum value added", (keyword,), [*value, f"{value[-1]}s"])


def _required(keyword: str, value: Any, schema: Mapping[str, Any]) -> Steps:
    for index in range(len(value)):
        yield Step("required entry removed", (keyword, index), gone=True)
    for name in schema.get("properties", {}):
        if name not in value:
            yield Step("required entry added", (keyword,), [*value, name], detail=name)


def _properties(keyword: str, value: Any, schema: Mapping[str, Any]) -> Steps:
    for name in value:
        yield Step("property removed", (keyword, name), gone=True)
    yield Step("property added", (keyword, "invented"), {"type": "string"})
    if "required" not in schema:
        for name in value:
            yield Step("required entry added", ("required",), [name], detail=name)


def _additional(keyword: str, value: Any, _: Mapping[str, Any]) -> Steps:
    if value is not True:
        yield Step("object opened", (keyword,), True)
    if value is not False:
        yield Step("object closed", (keyword,), False)


def _dependent(keyword: str, value: Any, _: Mapping[str, Any]) -> Steps:
    for name, needed in value.items():
        yield Step("dependentRequired of a property removed", (keyword, name), gone=True)
        for index in range(len(needed)):
            yield Step("dependentRequired entry removed", (keyword, name, index), gone=True)


def _discriminator(keyword: str, value: Any, _: Mapping[str, Any]) -> Steps:
    yield Step("discriminator renamed", (keyword, "propertyName"), value["propertyName"] + "s")
    for name in value.get("mapping", {}):
        yield Step("discriminator mapping removed", (keyword, "mapping", name), gone=True)


def _exclusive(keyword: str, value: Any, _: Mapping[str, Any]) -> Steps:
    for index, group in enumerate(value):
        yield Step("x-exclusive group removed", (keyword, index), gone=True)
        yield from (Step("x-exclusive entry removed", (keyword, index, at), gone=True) for at in range(len(group)))


def _default(keyword: str, value: Any, schema: Mapping[str, Any]) -> Steps:
    others = [other for other in schema.get("enum", ()) if other != value]
    if isinstance(value, bool):
        moved: Any = not value
    elif isinstance(value, int | float):
        moved = value + 1
    else:
        moved = others[0] if others else f"{value}s" if isinstance(value, str) else None
    yield Step("default changed", (keyword,), moved)


def _text(keyword: str, value: Any, _: Mapping[str, Any]) -> Steps:
    yield Step(f"{keyword} changed", (keyword,), f"{value}s")


def _pattern(keyword: str, value: Any, _: Mapping[str, Any]) -> Steps:
    for anchor in "^$":
        if anchor in value:
            yield Step("pattern without an anchor", (keyword,), value.replace(anchor, ""), detail=anchor)
    shorter = re.sub(r"\w(?=\W*$)", "", value)
    if shorter != value:
        yield Step("pattern without its last letter", (keyword,), shorter)


def _format(keyword: str, value: Any, _: Mapping[str, Any]) -> Steps:
    yield Step("another format", (keyword,), "date" if value != "date" else "time")


def _turned(keyword: str, value: Any, _: Mapping[str, Any]) -> Steps:
    yield Step(f"{keyword} turned", (keyword,), not value)


def _nothing(keyword: str, value: Any, schema: Mapping[str, Any]) -> Steps:
    """Yield nothing: the keyword is removed as a whole, and what stands in it has steps of its own."""
    yield from ()


_KEYWORDS: Mapping[str, Callable[[str, Any, Mapping[str, Any]], Steps]] = {
    "type": _type,
    "enum": _enum,
    "const": _text,
    "required": _required,
    "properties": _properties,
    "additionalProperties": _additional,
    "dependentRequired": _dependent,
    "discriminator": _discriminator,
    "x-exclusive": _exclusive,
    "default": _default,
    "pattern": _pattern,
    "format": _format,
    "contentMediaType": _text,
    "uniqueItems": _turned,
    "deprecated": _turned,
    **dict.fromkeys((*ONE[:1], *ONE[2:], "$ref"), _nothing),
}
