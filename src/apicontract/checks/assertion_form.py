"""Prepare the schemas of a document for a validator: express what OpenAPI means beyond JSON Schema as JSON Schema.

A read-only property is not sent in requests, and a write-only one not in responses, so there `required` does not apply
to it. A schema with a `discriminator` that others extend by `allOf` stands for all of them: a value with the tag of one
must fit that one. Pointers stay those of the document.
"""

from __future__ import annotations

from collections.abc import Container, Iterator, Mapping, Sequence
from functools import partial
from typing import Any, Literal, TypeAlias

from apicontract.openapi import pointer as pointers
from apicontract.openapi.document import Document, Json
from apicontract.openapi.keywords import BRANCHES
from apicontract.openapi.rebuild import Rebuild

Direction: TypeAlias = Literal["request", "response"]

FAMILIES = "x-families"
"""The key under which schemas with their extensions are placed."""
_UNSENT = {"request": "readOnly", "response": "writeOnly"}
_SCHEMAS = "/components/schemas/"
_IN_PLACE = frozenset((*BRANCHES, "if", "then", "else"))


def differs(document: Document, direction: Direction) -> bool:
    """Return whether the document validates messages of a direction differently from values without one."""
    return _UNSENT[direction] in document.traits


def assertions(
    document: Document, direction: Direction | None, broken: Container[str] = ()
) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """Return the document as a validator needs it, without broken patterns, and the replaced schemas.

    The latter are a mapping from the pointer of a schema to that of the schema which replaces it.
    """
    raw = document.raw
    if broken:
        raw = Rebuild(partial(_without, broken)).document(raw)
    if direction is not None and differs(document, direction):
        raw = Rebuild(_Unsent(raw, _UNSENT[direction]).change).document(raw)
    return _families(raw) if "discriminator" in document.traits else (raw, {})


def _without(broken: Container[str], kind: str, node: Any, path: list[str]) -> Json:  # noqa: ARG001 - what a walk calls
    """Return a schema without invalid patterns."""
    if kind != "schema" or not isinstance(node, dict):
        return node
    if node.get("pattern") in broken:
        node = {key: value for key, value in node.items() if key != "pattern"}
    named = node.get("patternProperties", {})
    if any(name in broken for name in named):
        node = {**node, "patternProperties": {name: value for name, value in named.items() if name not in broken}}
    return node


class _Unsent:
    """Removes names from `required` whose properties are not sent."""

    def __init__(self, raw: Mapping[str, Any], flag: str) -> None:
        self._raw = raw
        self._flag = flag
        self._above: dict[int, tuple[Any, frozenset[str]]] = {}
        """By the identity of a branch: the branch, to keep it alive, and the unsent names of the schema around it."""

    def change(self, kind: str, node: Any, path: list[str]) -> Json:  # noqa: ARG002 - what a walk calls
        """Return a schema without requirements that cannot apply."""
        if kind != "schema" or not isinstance(node, dict):
            return node
        above = self._above.pop(id(node), (None, frozenset()))[1]
        if "required" not in node and not any(keyword in node for keyword in BRANCHES):
            return node
        names = above | self._names(node, ())
        for keyword in BRANCHES:
            for branch in node.get(keyword, ()):
                self._above[id(branch)] = branch, names
        required = [name for name in node.get("required", ()) if name not in names]
        return node if len(required) == len(node.get("required", ())) else {**node, "required": required}

    def _names(self, schema: Any, seen: Sequence[str]) -> frozenset[str]:
        """Return the names of the properties that are not sent, including those of `allOf`."""
        if not isinstance(schema, dict):
            return frozenset()
        found = {name for name, own in (schema.get("properties") or {}).items() if self._is_unsent(own, ())}
        for branch in schema.get("allOf", ()):
            found |= self._names(branch, seen)
        target = schema.get("$ref")
        if isinstance(target, str) and target not in seen:
            found |= self._names(pointers.find(self._raw, target[1:]), (*seen, target))
        return frozenset(found)

    def _is_unsent(self, schema: Any, seen: Sequence[str]) -> bool:
        if not isinstance(schema, dict):
            return False
        if self._flag in schema:
            return schema[self._flag] is True
        target = schema.get("$ref")
        if isinstance(target, str):
            return target not in seen and self._is_unsent(pointers.find(self._raw, target[1:]), (*seen, target))
        return any(self._is_unsent(branch, seen) for branch in schema.get("allOf", ()))


def _families(raw: Mapping[str, Any]) -> tuple[Mapping[str, Any], Mapping[str, str]]:
    """Add, for each schema that others extend, one that stands for all of them, and point references to it."""
    schemas: Mapping[str, Any] = (raw.get("components") or {}).get("schemas") or {}
    extends = {name: {_name(target) for target in _in_place(schema)} for name, schema in schemas.items()}
    heads: dict[str, Any] = {}
    inside: dict[str, set[str]] = {}
    """For each such schema, the schemas that include it: within those it stands for itself."""
    for name, schema in schemas.items():
        if isinstance(schema, dict) and "discriminator" in schema and not ("oneOf" in schema or "anyOf" in schema):
            tags = _tags(name, schema["discriminator"], extends)
            default = _mapped(schema["discriminator"].get("defaultMapping"), extends)
            if tags:
                heads[name] = _head(name, schema["discriminator"], tags, None if default == name else default)
                inside[name] = _reached(tags, extends) | {name}
    if not heads:
        return raw, {}
    targets = {f"#{_SCHEMAS}{pointers.escape(name)}": name for name in heads}

    def change(kind: str, node: Any, path: list[str]) -> Json:
        name = targets.get(node.get("$ref", "")) if kind == "schema" and isinstance(node, dict) else None
        if name is None:
            return node
        begins = path[:2] == ["components", "schemas"] and path[2] in inside[name]
        if begins and all(step in _IN_PLACE or step.isdigit() for step in path[3:]):
            return node
        return {**node, "$ref": f"#/{FAMILIES}/{pointers.escape(name)}"}

    found = Rebuild(change).document(raw)
    heads_at = {target[1:]: f"/{FAMILIES}/{pointers.escape(name)}" for target, name in targets.items()}
    return {**found, FAMILIES: heads}, heads_at


def _in_place(schema: Any) -> Iterator[str]:
    """Yield the references of a schema that apply to the same value."""
    if isinstance(schema, dict):
        if isinstance(schema.get("$ref"), str):
            yield schema["$ref"]
        for keyword in _IN_PLACE & schema.keys():
            held = schema[keyword]
            for branch in held if isinstance(held, list) else [held]:
                yield from _in_place(branch)


def _name(reference: str) -> str | None:
    """Return the name of the referenced component schema; `None` for a reference to anything else."""
    tokens = pointers.split(reference[1:]) if reference.startswith(f"#{_SCHEMAS}") else ()
    return tokens[2] if len(tokens) == 3 else None


def _tags(head: str, discriminator: Mapping[str, Any], extends: Mapping[str, set[str | None]]) -> dict[str, str]:
    """Return the schemas that extend one, by their tags: those of the mapping, and the names of the others."""
    given = discriminator.get("mapping")
    mapping = given if isinstance(given, dict) else {}
    tags = {str(tag): name for tag, target in mapping.items() if (name := _mapped(target, extends)) not in (None, head)}
    reached = {name for name in extends if name != head and head in _reached({"": name}, extends)}
    return {**{name: name for name in reached - set(tags.values())}, **{t: n for t, n in tags.items() if n is not None}}


def _mapped(target: Any, known: Mapping[str, Any]) -> str | None:
    name = target if target in known else _name(str(target))
    return name if name in known else None


def _reached(tags: Mapping[str, str], extends: Mapping[str, set[str | None]]) -> set[str]:
    found: set[str] = set()
    waiting = list(tags.values())
    while waiting:
        name = waiting.pop()
        if name not in found:
            found.add(name)
            waiting += [other for other in extends.get(name, ()) if other is not None]
    return found


def _head(name: str, discriminator: Mapping[str, Any], tags: Mapping[str, str], default: str | None) -> Json:
    """Return the schema of a whole family; values without a known tag use the default, if there is one."""
    property_name = discriminator["propertyName"]
    cases: list[Json] = [{"$ref": _reference(name)}]
    for tag, target in tags.items():
        tagged = {"properties": {property_name: {"const": tag}}, "required": [property_name]}
        cases.append({"if": tagged, "then": {"$ref": _reference(target)}})
    if default is not None:
        known = {"properties": {property_name: {"enum": [*tags]}}, "required": [property_name]}
        cases.append({"if": known, "else": {"$ref": _reference(default)}})
    return {"allOf": cases}


def _reference(name: str) -> str:
    return f"#{_SCHEMAS}{pointers.escape(name)}"
