"""Prove by rewriting, not by trying, that a changed document admits the same messages.

Every rule of `normal` preserves the values that a schema admits. Two schemas with the same normal form admit the same
values, so no message can show a change between them. Different normal forms prove nothing: the rules are few.

- Annotations, and formats that name the width of a number, assert nothing.
- `enum` or `const` beside `type` is the list of those values that have the type.
- A branch of `anyOf` that another branch includes is redundant: an equal one, or listed values of the type that is the
  whole other branch.
- A property that an object requires anyway need not be required again inside of `allOf`, `anyOf`, `if` and the like.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from tests.mutants.document import DocumentFault
from tests.mutants.keywords import ANNOTATIONS, LISTS

NUMBERS = ("float", "double", "int32", "int64")
"""Formats that say how a number is held, not which it is."""
_SAME_INSTANCE = ("if", "then", "else", "not")
_IN_ORDER = frozenset({"enum", "required", "type"})
"""Lists whose order says nothing."""
Node = Mapping[str, Any]


def same(raw: Node, fault: DocumentFault) -> bool:
    """Whether a change of a schema leaves what it admits as it was."""
    at = next((depth for depth in range(len(fault.tokens)) if _is_schema(fault.tokens[:depth])), None)
    if at is None:
        return False
    before, after = raw, fault.applied(raw)
    for token in fault.tokens[:at]:
        before, after = before[token], after[token]  # type: ignore[index]  # lists and mappings alike
    return bool(normal(before, raw) == normal(after, raw))


def _is_schema(tokens: Sequence[str | int]) -> bool:
    """Whether the outermost schema of a place stands at these tokens."""
    return tokens[-1:] == ("schema",) or (len(tokens) == 3 and tokens[:2] == ("components", "schemas"))


def normal(schema: Any, raw: Node, around: Sequence[Node] = ()) -> Any:
    """Return the normal form of a schema.

    `around` are schemas that every instance has to satisfy as well where this one is asked.
    """
    if not isinstance(schema, Mapping):
        return schema
    found = {key: held for key, held in schema.items() if key not in ANNOTATIONS and not key.startswith("x-")}
    if found.get("format") in NUMBERS:
        del found["format"]
    found = _listed(found)
    needed = {name for one in around for name in _resolved(one, raw).get("required", ())}
    if "required" in found:
        found["required"] = sorted(set(found["required"]) - needed)
        if not found["required"]:
            del found["required"]
    here = [*around, schema]
    for keyword in LISTS:
        if keyword in found:
            found[keyword] = [normal(branch, raw, here) for branch in found[keyword]]
    for keyword in _SAME_INSTANCE:
        if keyword in found:
            found[keyword] = normal(found[keyword], raw, here)
    if "anyOf" in found:
        left = [branch for branch in found["anyOf"] if not _is_inside_another(branch, found["anyOf"])]
        found["anyOf"] = [branch for number, branch in enumerate(left) if branch not in left[:number]]
    return {keyword: _inner(keyword, held, raw, around) for keyword, held in found.items()}


def _inner(keyword: str, held: Any, raw: Node, around: Sequence[Node]) -> Any:
    """Return the normal form of what stands under a keyword, for parts of the instance."""
    if keyword == "properties":
        return {name: normal(inner, raw, _below(around, raw, keyword, name)) for name, inner in held.items()}
    if keyword == "items":
        return normal(held, raw, _below(around, raw, keyword))
    if keyword == "additionalProperties":
        return normal(held, raw)
    return sorted(held, key=repr) if keyword in _IN_ORDER and isinstance(held, list) else held


def _listed(found: dict[str, Any]) -> dict[str, Any]:
    """Leave of a list of values those that have the type, and then leave out the type."""
    values = [found["const"]] if "const" in found else found.get("enum")
    if values is None:
        return found
    if "type" in found:
        values = [value for value in values if set(_types(found)) & _types_of(value)]
    rest = {key: held for key, held in found.items() if key not in ("const", "enum", "type")}
    return {**rest, "enum": values}


def _is_inside_another(branch: Any, branches: Sequence[Any]) -> bool:
    """Whether every value that a branch lists is admitted by a branch that says nothing but its type."""
    if not isinstance(branch, Mapping) or "enum" not in branch:
        return False
    plain = [other for other in branches if isinstance(other, Mapping) and other.keys() == {"type"}]
    return any(all(set(_types(other)) & _types_of(value) for value in branch["enum"]) for other in plain)


def _types(schema: Node) -> list[str]:
    held = schema["type"]
    return held if isinstance(held, list) else [held]


def _types_of(value: Any) -> set[str]:
    """Return the names of types that a value has."""
    if isinstance(value, bool):
        return {"boolean"}
    if isinstance(value, int | float):
        return {"number", "integer"} if float(value).is_integer() else {"number"}
    names = {str: "string", list: "array", dict: "object", type(None): "null"}
    return {names[type(value)]}


def _below(around: Sequence[Node], raw: Node, *steps: str) -> list[Node]:
    """Return the schemas that what stands at a place inside an instance has to satisfy as well."""
    found = []
    for one in around:
        node: Any = _resolved(one, raw)
        for step in steps:
            node = node.get(step) if isinstance(node, Mapping) else None
        if isinstance(node, Mapping):
            found.append(node)
    return found


def _resolved(schema: Node, raw: Node) -> Node:
    """Follow a reference inside the document."""
    while "$ref" in schema and isinstance(schema["$ref"], str):
        node: Any = raw
        for token in schema["$ref"].split("/")[1:]:
            node = node[token.replace("~1", "/").replace("~0", "~")]
        schema = node
    return schema
