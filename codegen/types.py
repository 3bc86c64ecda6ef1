"""Python annotations for the types of arguments and responses.

An argument accepts convenient types (a sequence, a mapping, a model or a plain mapping in its place); a response has
the type that the runtime returns (a model, a list, a dict). Built-in containers are written `builtins.list` and
`builtins.dict`, because a method may be called `list`.
"""

from __future__ import annotations

import ast
from typing import TYPE_CHECKING, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable

    from codegen.view import Place, View

SCALARS = {"string": "str", "integer": "int", "number": "float", "boolean": "bool", "null": "None"}
WIDEST = 100
"""The maximum number of members of a union, which is one expression: Python parses expressions to a limited depth."""
PLAIN_MAPPING = "Mapping[str, object]"


class _Side(NamedTuple):
    sequence: str
    mapping: str
    anything: str


_ARGUMENT = _Side("Sequence", "Mapping", "object")
_ANSWER = _Side("builtins.list", "builtins.dict", "Any")


class Types:
    """Annotations for the schemas of one document."""

    def __init__(self, view: View) -> None:
        self._view = view

    def argument(self, node: Place, *, exploded: bool = False) -> str:
        """Return the annotation of an argument; an exploded array of scalars also accepts a single item."""
        parts = self._parts(node, _ARGUMENT, ())
        array = self._view.resolve(node)
        if exploded and types_of(array) - {"null"} == {"array"}:
            item = self._parts(array.below("items"), _ARGUMENT, ())
            if not any(part.startswith(("Sequence", "Mapping")) for part in item):
                parts = [*item, *parts]
        return union(parts)

    def answer(self, node: Place) -> str:
        """Return the annotation of a response."""
        return union(self._parts(node, _ANSWER, ()))

    def nullable(self, node: Place) -> bool:
        """Return whether a schema explicitly admits null."""
        return "None" in self._parts(node, _ARGUMENT, ())

    def _parts(self, node: Place, side: _Side, seen: tuple[tuple[str, ...], ...]) -> list[str]:
        """Return the alternatives of a schema, without duplicates, `None` last."""
        found = list(dict.fromkeys(self._alternatives(node, side, seen)))
        if side.anything in found or not found:
            return [side.anything]
        return [part for part in found if part != "None"] + ["None"] * ("None" in found)

    def _alternatives(self, node: Place, side: _Side, seen: tuple[tuple[str, ...], ...]) -> Iterable[str]:
        if node.has("$ref"):
            target = self._view.resolve(node)
            name = target.tokens[-1] if target.tokens else ""
            if side is _ANSWER:
                return [name]
            if is_model(target):
                return [name, PLAIN_MAPPING]
            return [side.anything] if target.tokens in seen else self._parts(target, side, (*seen, target.tokens))
        if node.has("const") or node.has("enum"):
            return self._literals(node)
        branches = self.branches(node)
        if branches and not types_of(node):
            return [part for branch in branches for part in self._parts(branch, side, seen)]
        named = [part for name in listed_types(node) for part in self._typed(name, node, side, seen)]
        return named or [side.anything]

    def _typed(self, name: str, node: Place, side: _Side, seen: tuple[tuple[str, ...], ...]) -> Iterable[str]:
        """Return the alternatives for one JSON type of a schema."""
        if name == "array":
            return [f"{side.sequence}[{union(self._parts(node.below('items'), side, seen))}]"]
        if name == "object":
            values = self._parts(node.below("additionalProperties"), side, seen)
            return [f"{side.mapping}[str, {union(values)}]"]
        if name == "string" and side is _ARGUMENT:
            if node.text("format") == "binary":
                return ["FileInput"]
            if node.text("contentMediaType") == "application/json":
                held = self._parts(node.below("contentSchema"), side, seen)
                return ["str", *(part for part in held if part != "None")]
        return [SCALARS[name]] if name in SCALARS else []

    def branches(self, node: Place) -> list[Place]:
        """Return the branches of `oneOf` or `anyOf`, unless there are too many for one type."""
        found = [branch for word in ("oneOf", "anyOf") for _, branch in node.entries(word)]
        if len(found) > WIDEST:
            self._view.report(node.tokens, f"a union of {len(found)} schemas is too wide", f"keep at most {WIDEST}")
            return []
        return found

    def _literals(self, node: Place) -> list[str]:
        """Return the values of `const` or `enum` as a `Literal`, with null as `None`."""
        values = self.listed(node)
        named = ", ".join(repr(value) for value in values if value is not None)
        return ([f"Literal[{named}]"] if named else []) + ["None"] * (None in values)

    def listed(self, node: Place) -> list[str | int | None]:
        """Return the values of `const` or `enum`, if a `Literal` can hold them."""
        values = [node.value["const"]] if node.has("const") else node.below("enum").value
        if not isinstance(values, list) or not values or not all(isinstance(v, str | int | None) for v in values):
            found = "a listed value is neither text, nor a whole number, nor true, false or null"
            self._view.report(
                node.below("const" if node.has("const") else "enum").tokens, found, "describe it by its type"
            )
            return []
        return values


def union(parts: Iterable[str]) -> str:
    """Join alternatives."""
    return " | ".join(parts)


def names_in(annotation: str) -> set[str]:
    """Return the names that an annotation uses."""
    return {node.id for node in ast.walk(ast.parse(annotation, mode="eval")) if isinstance(node, ast.Name)}


def types_of(node: Place) -> set[str]:
    """Return the JSON types that a schema names itself."""
    return set(listed_types(node))


def is_model(target: Place) -> bool:
    """Return whether a schema becomes a class: an object with declared properties, or one that admits no others."""
    closed = target.below("additionalProperties").value is False
    return types_of(target) == {"object"} and (target.has("properties") or closed)


def listed_types(node: Place) -> list[str]:
    """Return the JSON types that a schema names itself, in order."""
    value = node.below("type").value
    if isinstance(value, list):
        return [name for name in value if isinstance(name, str)]
    return [value] if isinstance(value, str) else []
