"""Rules about object schemas: named, described, closed in requests and open in responses."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from apicontract.openapi.pointer import split
from codegen.rules.keywords import types_of
from codegen.view import IN_PLACE, Node, Place, Tokens, View, listed

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from apicontract.openapi.objects import Json

_CAMEL_CASE = re.compile(r"[A-Z][A-Za-z0-9]*")
_SNAKE_CASE = re.compile(r"[a-z][a-z0-9_]*")
_ANSWERED = {"request_body": "response", "response": "request_body"}
"""What each body is to the client for a webhook: the API sends the request, and the client responds."""
_OBJECT_KEYWORDS = ("properties", "required", "additionalProperties", "propertyNames", "minProperties", "maxProperties")


def check(view: View) -> None:
    """Check the names of components, and every object schema."""
    _names(view)
    _endless(view)
    for node in view.nodes("schema"):
        _named(view, node)
        _described(view, node)
        _known_names(view, node)
    _closed(view)
    _open(view)


def endless(view: View) -> list[str]:
    """Return the schemas for which validation would not terminate: each refers to itself in place."""
    steps = {name: list(dict.fromkeys(_in_place(schema))) for name, schema in view.schemas().items()}
    return [name for name in steps if name in _reach(steps, steps[name])]


def _names(view: View) -> None:
    for section, components in view.document.get("components", {}).items():
        pattern = _SNAKE_CASE if section == "examples" else _CAMEL_CASE
        case = "snake_case" if section == "examples" else "CamelCase"
        for name in components:
            if not pattern.fullmatch(name):
                view.report(("components", section, name), f"the name {name!r} is not in {case}", "rename it")
    for kind in ("parameter", "header", "media_type"):
        for node in view.nodes(kind):
            for name in node.value.get("examples", {}):
                if not _SNAKE_CASE.fullmatch(name):
                    view.report(
                        (*node.tokens, "examples", name), f"the name {name!r} is not in snake_case", "rename it"
                    )


def _endless(view: View) -> None:
    for name in endless(view):
        message = f"the schema {name!r} refers to itself, without a property or item between"
        view.report(("components", "schemas", name), message, "break the cycle")
    finite = _finite(view)
    for name in view.schemas():
        if name not in finite and name not in endless(view):
            message = f"every value of the schema {name!r} contains another one, without end"
            view.report(("components", "schemas", name), message, "make one of the properties between them optional")


def _finite(view: View) -> set[str]:
    """Return the named schemas that a finite value can satisfy; a schema may contain itself in an optional place."""
    found: set[str] = set()
    while new := {name for name, held in view.schemas().items() if name not in found and _ends(held, found)}:
        found |= new
    return found


def _ends(schema: Mapping[str, Json], finite: set[str]) -> bool:
    """Return whether a finite value can satisfy a schema, if it can satisfy these named ones."""
    if "$ref" in schema:
        return split(schema["$ref"])[-1] in finite
    if any(key in schema and not any(_ends(branch, finite) for branch in schema[key]) for key in ("anyOf", "oneOf")):
        return False
    if not all(_ends(branch, finite) for branch in schema.get("allOf", [])):
        return False
    required = [held for name, held in schema.get("properties", {}).items() if name in schema.get("required", [])]
    items = [schema["items"]] if "items" in schema and schema.get("minItems", 0) > 0 else []
    needed = {"object": required, "array": items}
    types = types_of(schema)
    return not types or any(all(_ends(held, finite) for held in needed.get(name, [])) for name in types)


def _in_place(schema: Mapping[str, Json]) -> Iterable[str]:
    """Yield the named schemas that apply to the same instance as a schema."""
    if "$ref" in schema:
        yield split(schema["$ref"])[-1]
    for key in IN_PLACE:
        held = schema.get(key, [])
        for branch in held if isinstance(held, list) else [held]:
            yield from _in_place(branch)


def _reach(steps: Mapping[str, list[str]], start: Iterable[str]) -> dict[str, None]:
    """Return everything that is reachable from a start, itself included, in a fixed order."""
    found: dict[str, None] = {}
    waiting = list(start)
    while waiting:
        name = waiting.pop()
        if name not in found:
            found[name] = None
            waiting += steps.get(name, [])
    return found


def _named(view: View, node: Node) -> None:
    if node.role == "assertion":
        return
    types = types_of(node.value)
    used = [key for key in _OBJECT_KEYWORDS if key in node.value]
    if node.role == "value" and ("object" in types or (used and not types)):
        view.report(node.tokens, "the object has no name", "move it to a schema file as a definition, and refer to it")
    if "allOf" in node.value and not types:
        message = "allOf is in a schema without a type"
        view.report((*node.tokens, "allOf"), message, "repeat the properties: allOf is for rules between them")


def _described(view: View, node: Node) -> None:
    """Check that named schemas and properties have a description; a reference may leave it to its target."""
    if "description" in node.value:
        return
    if node.role == "named":
        view.report(node.tokens, f"the schema {node.tokens[-1]!r} has no description", "add one")
    elif node.role == "value" and node.key == "properties":
        view.report(node.tokens, f"the property {node.tokens[-1]!r} has no description", "add one")


def _known_names(view: View, node: Node) -> None:
    """Check that the names in required and dependentRequired are properties."""
    owner = node.owner
    if owner is None or "properties" not in owner.value:
        return
    known = owner.value["properties"]
    named: list[tuple[Tokens, str]] = []
    for position, name in enumerate(node.value.get("required", [])):
        named.append(((*node.tokens, "required", str(position)), name))
    for first, others in node.value.get("dependentRequired", {}).items():
        named.append(((*node.tokens, "dependentRequired", first), first))
        named += [((*node.tokens, "dependentRequired", first, str(n)), name) for n, name in enumerate(others)]
    if node is not owner:
        named += [((*node.tokens, "properties", name), name) for name in node.value.get("properties", {})]
    for tokens, name in named:
        if name not in known:
            view.report(tokens, f"{name!r} is not a property of this object", "declare it, or correct the name")


def exclusive(view: View, place: Place, groups: Place) -> None:
    """Check groups of properties of which only one may be given."""
    for number, group in enumerate(groups.value):
        at = (*groups.tokens, str(number))
        if len(set(group)) < 2 or len(set(group)) < len(group):
            view.report(at, f"the group {listed(group)} names no two different properties", "name two or more")
        for position, name in enumerate(group):
            if name not in place.value.get("properties", {}):
                view.report((*at, str(position)), f"{name!r} is not a property of this object", "correct the name")
            elif name in place.value.get("required", []):
                view.report((*at, str(position)), f"{name!r} is required, so no other can take its place", "remove it")


def _closed(view: View) -> None:
    for name in _used(view, ("parameter", "request_body")):
        schema, at = view.schemas()[name], ("components", "schemas", name)
        if "object" in types_of(schema) and "additionalProperties" not in schema:
            fix = "add 'additionalProperties: false', for a map the schema of its values"
            view.report(at, f"the object {name!r} of a request is not closed", fix)


def _open(view: View) -> None:
    for name in _used(view, ("response", "header")):
        schema, at = view.schemas()[name], ("components", "schemas", name)
        if schema.get("additionalProperties") is False:
            view.report(
                (*at, "additionalProperties"), f"the object {name!r} of a response is closed", "remove the keyword"
            )
    requests = _used(view, ("parameter", "request_body"))
    for name in view.schemas():
        if name not in requests and "x-exclusive" in view.schemas()[name]:
            where = ("components", "schemas", name, "x-exclusive")
            view.report(where, f"x-exclusive is in {name!r}, which is not part of a request", "remove it")


def _used(view: View, kinds: tuple[str, ...]) -> dict[str, None]:
    """Return the named schemas that objects of some kinds consist of."""
    steps: dict[str, list[str]] = {}
    start: list[str] = []
    for node in view.references:
        if node.kind != "schema":
            continue
        target = split(node.value["$ref"])[-1]
        top, above = _ancestors(node)
        if top is not None:
            steps.setdefault(top, []).append(target)
        elif any((_ANSWERED.get(kind, kind) if "webhook" in above else kind) in kinds for kind in above):
            start.append(target)
    return {name: None for name in _reach(steps, start) if name in view.schemas()}


def _ancestors(node: Node) -> tuple[str | None, list[str]]:
    """Return the component schema around a node, if there is one, and the kinds of its ancestors."""
    kinds: list[str] = []
    at: Node | None = node
    while at is not None:
        if at.role == "named":
            return at.tokens[-1], kinds
        kinds.append(at.kind)
        at = at.parent
    return None, kinds
