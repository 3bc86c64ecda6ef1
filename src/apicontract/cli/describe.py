"""Describe a schema in words, for a table: a type, its bounds, and the rules between fields."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from typing import Any

from apicontract.openapi.document import Document, Json
from apicontract.openapi.facts import shape_at
from apicontract.openapi.keywords import UNIONS
from apicontract.openapi.media_types import JSON
from apicontract.openapi.pointer import unescape
from apicontract.openapi.violation import printable

_LONGEST = 160
_DEEPEST = 8
_LEVELS = 5
"""The maximum depth of objects that are shown."""
_LABELS = {"minLength": "character", "maxLength": "character", "minItems": "item", "maxItems": "item"}
_LABELS |= {"minProperties": "key", "maxProperties": "key"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field of a body."""

    name: str
    schema: Json
    pointer: str
    required: bool


def describe(document: Document, schema: Json, pointer: str, depth: int = 0) -> str:
    """Describe the values that a schema admits: `integer, 1 to 50, default 10`.

    A recursive schema ends in an ellipsis.
    """
    if depth > _DEEPEST:
        return "…"
    node, at = document.resolve(schema, pointer)
    if not isinstance(node, Mapping):
        return "anything" if node is not False else "nothing"
    facts = [_kind(document, node, at, depth + 1), *_bounds(node)]
    if isinstance(schema, Mapping) and "default" in schema and "default" not in node:
        facts.append(f"default {_value(schema['default'])}")
    return ", ".join(filter(None, facts))


def description(document: Document, node: Json, pointer: str) -> str:
    """Return the description beside a reference, else that of its target."""
    given = node.get("description") if isinstance(node, Mapping) else None
    if given is None:
        found, _ = document.resolve(node, pointer)
        given = found.get("description") if isinstance(found, Mapping) else None
    return str(given or "")


def name(schema: Json) -> str:
    """Return the name of the component that a schema refers to; empty if it does not refer to one."""
    reference = schema.get("$ref") if isinstance(schema, Mapping) else None
    return printable(unescape(str(reference).rpartition("/")[2])) if reference else ""


def properties(document: Document, schema: Json, pointer: str) -> dict[str, tuple[Json, str]]:
    """Return the declared fields of an object and of its branches, with their schemas as written."""
    return {str(name): shape.given for name, shape in shape_at(document, schema, pointer).properties.items()}


def fields(document: Document, schema: Json, pointer: str, above: tuple[str, ...] = ()) -> Iterator[Field]:
    """Yield the fields of a body; fields of nested objects follow their parent: `models[].model_name`."""
    node, at = document.resolve(schema, pointer)
    above = (*above, at)
    needed = set(node.get("required") or ()) if isinstance(node, Mapping) else set()
    for field, (own, place) in properties(document, schema, pointer).items():
        yield Field(field, own, place, field in needed)
        inner, inside = document.resolve(own, place)
        suffix = "."
        if isinstance(inner, Mapping) and isinstance(inner.get("items"), Mapping):
            inner, inside, suffix = inner["items"], f"{inside}/items", "[]."
        _, target = document.resolve(inner, inside)
        if target not in above and len(above) < _LEVELS:
            for below in fields(document, inner, inside, above):
                yield replace(below, name=f"{field}{suffix}{below.name}")


def rules(document: Document, schema: Json, pointer: str) -> Iterator[str]:
    """Yield the rules between the fields of an object, as sentences without a full stop."""
    node, at = document.resolve(schema, pointer)
    if not isinstance(node, Mapping):
        return
    for keyword in UNIONS:
        branches = node.get(keyword)
        if isinstance(branches, list) and all(_only_required(branch) for branch in branches):
            many = "at least one of" if keyword == "anyOf" else "exactly one of"
            yield f"{many} {', '.join(' with '.join(branch['required']) for branch in branches)}"
    for given, needed in (node.get("dependentRequired") or {}).items():
        yield f"{given} needs {' and '.join(needed)}"
    if "if" in node:
        condition = _condition(document, node["if"], f"{at}/if")
        if "then" in node:
            yield f"if {condition}: {_condition(document, node['then'], f'{at}/then')}"
        if "else" in node:
            yield f"unless {condition}: {_condition(document, node['else'], f'{at}/else')}"
    if "not" in node:
        yield f"not: {_condition(document, node['not'], f'{at}/not')}"
    for group in node.get("x-exclusive") or ():
        yield f"at most one of {', '.join(map(str, group))} (the client rejects more, the API does not)"
    for position, branch in enumerate(node.get("allOf") or ()):
        yield from rules(document, branch, f"{at}/allOf/{position}")


def _kind(document: Document, node: Mapping[str, Json], at: str, depth: int) -> str:
    if "enum" in node:
        return " | ".join(map(_value, node["enum"]))
    if "const" in node:
        return _value(node["const"])
    given = node.get("type")
    types = [given] if isinstance(given, str) else [str(item) for item in given or ()]
    if node.get("format") == "binary":
        return "file"
    if "array" in types and "items" in node:
        items, label = describe(document, node["items"], f"{at}/items", depth), name(node["items"])
        return f"list, each {label if label and items.startswith('object') else items}"
    if node.get("contentMediaType") == JSON:
        return f"JSON text {name(node.get('contentSchema'))}".rstrip()
    if not types:
        return _union(document, node, at, depth)
    return " or ".join(types)


def _union(document: Document, node: Mapping[str, Json], at: str, depth: int) -> str:
    """Describe alternatives; listed values beside any string are known values."""
    for keyword in UNIONS:
        branches = node.get(keyword)
        if isinstance(branches, list):
            known = next((b["enum"] for b in branches if isinstance(b, Mapping) and "enum" in b), None)
            if known and any(b == {"type": "string"} for b in branches):
                return f"string, known are {' | '.join(map(_value, known))}"
            each = [name(b) or describe(document, b, f"{at}/{keyword}/{i}", depth) for i, b in enumerate(branches)]
            return " or ".join(dict.fromkeys(each))
    return "object" if "properties" in node else "anything"


def _bounds(node: Mapping[str, Json]) -> Iterator[str]:
    low, high = node.get("minimum"), node.get("maximum")
    if low is not None and high is not None:
        yield f"{_value(low)} to {_value(high)}"
    elif low is not None or high is not None:
        yield f"at least {_value(low)}" if high is None else f"at most {_value(high)}"
    if "exclusiveMinimum" in node:
        yield f"more than {_value(node['exclusiveMinimum'])}"
    if "exclusiveMaximum" in node:
        yield f"less than {_value(node['exclusiveMaximum'])}"
    for keyword, label in _LABELS.items():
        if keyword in node:
            count = node[keyword]
            most = "at least" if keyword.startswith("min") else "at most"
            yield f"{most} {count} {label}{'' if count == 1 else 's'}"
    if node.get("uniqueItems"):
        yield "no duplicates"
    if "multipleOf" in node:
        yield f"a multiple of {_value(node['multipleOf'])}"
    if "pattern" in node:
        yield f"matching {printable(str(node['pattern']))}"
    if node.get("format") not in (None, "binary", "double", "float"):
        yield printable(str(node["format"]))
    if "default" in node:
        yield f"default {_value(node['default'])}"


def _only_required(branch: Any) -> bool:
    return (
        isinstance(branch, Mapping) and set(branch) <= {"required", "description", "$comment"} and "required" in branch
    )


def _condition(document: Document, schema: Json, pointer: str) -> str:
    """Describe what a schema requires of an object's fields; parts without a wording are written as JSON."""
    node, at = document.resolve(schema, pointer)
    if not isinstance(node, Mapping):
        return _value(node)
    if "description" in node:
        return printable(str(node["description"]))
    said = []
    properties = node.get("properties") or {}
    given = [str(field) for field in node.get("required") or () if field not in properties]
    if given:
        said.append(f"{' and '.join(given)} {'is' if len(given) == 1 else 'are'} given")
    for field, value in properties.items():
        said.append(_field(document, str(field), value, f"{at}/properties/{field}"))
    said += rules(document, {k: v for k, v in node.items() if k in ("anyOf", "oneOf", "dependentRequired", "not")}, at)
    return " and ".join(said) or _value(node)


def _field(document: Document, field: str, schema: Json, pointer: str) -> str:
    if isinstance(schema, Mapping) and isinstance(schema.get("contains"), Mapping):
        inner = schema["contains"].get("description")
        return printable(str(inner)) if inner else f"{field} contains {_value(schema['contains'])}"
    return f"{field} is {describe(document, schema, pointer)}"


def _value(value: Json) -> str:
    if isinstance(value, str) and value and value.replace("-", "_").replace("_", "a").isalnum():
        return value
    text = printable(json.dumps(value, ensure_ascii=False, default=str))
    return text if len(text) <= _LONGEST else f"{text[: _LONGEST - 1]}…"
