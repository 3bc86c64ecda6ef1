"""Compare the facts of a dated reference with a plain OpenAPI document of that day, both ways.

A reference states more in prose than in facts, and a document more than a reference, so only facts that both can state
are compared. Each `Difference` has the method, the place, the kind, and the fact of either side; `None` for a side that
states none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

Facts = Mapping[str, Any]
Json = dict[str, Any]

METHODS = ("get", "put", "post", "patch", "delete")
TYPES = {"str": "string", "int": "integer", "float": "number", "bool": "boolean", "File": "string"}


@dataclass(frozen=True, slots=True)
class Difference:
    """One thing that the reference and the document say differently.

    Kinds: `method`, `parameter` (there or not), `required`, `type`, `default`, `minimum`, `maximum`, `values`, `ends`
    (an end is announced), `rate_limited`, `pages`.
    """

    method: str
    name: str
    kind: str
    reference: Any
    document: Any

    def __str__(self) -> str:
        """Say all of it on one line."""
        place = f"{self.method}.{self.name}" if self.name else self.method
        return f"{place}: {self.kind}: the reference has {self.reference!r}, the document {self.document!r}"


@dataclass(slots=True)
class Declared:
    """A parameter or property as a document declares it, references followed and alternatives put together."""

    required: bool
    deprecated: bool = False
    types: set[str] = field(default_factory=set)
    items: set[str] = field(default_factory=set)
    values: set[str] = field(default_factory=set)
    bounds: Json = field(default_factory=dict)


@dataclass(slots=True)
class Operation:
    """An operation of a document, as a client's method has it."""

    flags: dict[str, bool]
    parameters: dict[str, Declared]


def compare(facts: Facts, document: Json) -> list[Difference]:
    """Return every difference between the facts of a reference and a document, in the order of the methods."""
    operations = dict(_operations(document))
    stated: Mapping[str, Facts] = facts["methods"]
    found: list[Difference] = []
    for name in sorted({*stated, *operations}):
        if name not in operations:
            found.append(Difference(name, "", "method", True, None))
        elif name not in stated:
            found.append(Difference(name, "", "method", None, True))
        else:
            found += _method(name, stated[name], operations[name])
    return found


def _method(name: str, stated: Facts, operation: Operation) -> Iterator[Difference]:
    for flag, value in operation.flags.items():
        if bool(stated.get(flag)) != value:
            yield Difference(name, "", flag, bool(stated.get(flag)), value)
    parameters = {_plain(key): value for key, value in stated["parameters"].items()}
    for key in sorted({*parameters, *operation.parameters}):
        if key not in operation.parameters:
            yield Difference(name, key, "parameter", parameters[key]["type"], None)
        elif key not in parameters:
            if not _is_flag(key):
                yield Difference(name, key, "parameter", None, True)
        else:
            yield from _parameter(name, key, parameters[key], operation.parameters[key])


def _parameter(method: str, name: str, stated: Facts, declared: Declared) -> Iterator[Difference]:
    if stated["required"] != declared.required:
        yield Difference(method, name, "required", stated["required"], declared.required)
    if bool(stated.get("ends")) != declared.deprecated:
        yield Difference(method, name, "ends", bool(stated.get("ends")), declared.deprecated)
    wanted, items = _types(stated["type"])
    if (wanted and wanted not in declared.types) or (items and items not in declared.items):
        yield Difference(method, name, "type", stated["type"], _said(declared))
    literal = re.findall(r'"([^"]*)"', stated["type"]) if stated["type"].startswith("Literal") else None
    values = stated.get("values", literal)
    named = not items and wanted in ("", "array")
    if (values is not None or (declared.values and not named)) and set(values or ()) != declared.values:
        yield Difference(method, name, "values", values, sorted(declared.values) or None)
    stated = {**_loosest(stated.get("by", {})), **stated}
    for bound in ("default", "minimum", "maximum"):
        # A type with a name has its bounds where its name is explained, and that is not in a reference.
        if bound in stated or (bound in declared.bounds and not named):
            if not _same(stated.get(bound), declared.bounds.get(bound)):
                yield Difference(method, name, bound, stated.get(bound), declared.bounds.get(bound))


def _loosest(by: Facts) -> Json:
    """Return the bounds that hold for every model, where a table has some for each."""
    if not by:
        return {}
    rows = by.values()
    defaults = {row["default"] for row in rows}
    loosest = {"minimum": min(row["minimum"] for row in rows), "maximum": max(row["maximum"] for row in rows)}
    return loosest | ({"default": defaults.pop()} if len(defaults) == 1 else {})


def _same(stated: Any, declared: Any) -> bool:
    """Compare bounds; the default of a list may be written as its one item."""
    return stated == declared or (isinstance(declared, list) and [stated] == declared)


def _types(stated: str) -> tuple[str, str]:
    """Return the JSON types of a type of Python, and of its items; an empty string for what only has a name."""
    union = re.fullmatch(r"Union\[(.+), (?:Sequence|List)\[\1\]\]", stated)
    listed = re.fullmatch(r"(?:Sequence|List)\[(.+)\]", stated)
    if union or listed:
        item = (union or listed)[1]  # type: ignore[index]
        return "array", TYPES.get(item, "")
    if stated.startswith("Dict["):
        return "object", ""
    return TYPES.get(stated, ""), ""


def _said(declared: Declared) -> str:
    items = f" of {'|'.join(sorted(declared.items))}" if declared.items else ""
    return "|".join(sorted(declared.types)) + items


def _plain(name: str) -> str:
    """Return a name as it is on the wire: Python's has an underscore before each number."""
    return re.sub(r"_(\d)", r"\1", name)


def _is_flag(name: str) -> bool:
    """Say whether an argument is what a method's name says: the SDK has a method for either value."""
    return name == "stream"


def _operations(document: Json) -> Iterator[tuple[str, Operation]]:
    """Yield each operation by its client method; one that can stream has two."""
    for path, item in document["paths"].items():
        if "parameters" in item:
            raise ValueError(f"{path} has parameters of all its operations, which is not understood")
        for method in METHODS:
            if method in item:
                node = item[method]
                operation = _operation(document, node)
                yield node["operationId"], operation
                stream = node.get("x-streaming", {}).get("method")
                if stream:
                    yield stream, operation


def _operation(document: Json, node: Json) -> Operation:
    parameters: dict[str, Declared] = {}
    for given in node.get("parameters", ()):
        parameter = _resolved(document, given)
        if parameter["in"] in ("path", "query"):
            declared = Declared(parameter.get("required", False), parameter.get("deprecated", False))
            _gather(document, parameter["schema"], declared)
            parameters[parameter["name"]] = declared
    body = _resolved(document, node.get("requestBody", {}))
    for media in body.get("content", {}).values():
        for name, schema, required in _properties(document, media["schema"]):
            declared = parameters.setdefault(name, Declared(required))
            declared.required = declared.required and required
            _gather(document, schema, declared)
    flags = {
        "ends": node.get("deprecated", False),
        "rate_limited": "429" in node["responses"],
        "pages": node.get("x-pagination", {}).get("style") == "page",
    }
    return Operation(flags, parameters)


def _properties(document: Json, schema: Json) -> Iterator[tuple[str, Json, bool]]:
    """Yield the properties of a body: their names, schemas, and whether they are required whatever else is given."""
    node = _resolved(document, schema)
    required = set(node.get("required", ()))
    for name, property_ in node.get("properties", {}).items():
        yield name, property_, name in required
    for part in node.get("allOf", ()):
        if "properties" in _resolved(document, part):
            yield from _properties(document, part)


def _gather(document: Json, schema: Json, declared: Declared) -> None:
    """Add what a schema says, and what each of its alternatives says."""
    node = _resolved(document, schema)
    declared.deprecated |= node.get("deprecated", False)
    types = node.get("type", [])
    declared.types |= {types} if isinstance(types, str) else set(types)
    declared.values |= {value for value in _values(node) if isinstance(value, str)}
    for bound in ("default", "minimum", "maximum"):
        if bound in node:
            declared.bounds.setdefault(bound, node[bound])
    for part in (*node.get("allOf", ()), *node.get("anyOf", ()), *node.get("oneOf", ())):
        _gather(document, part, declared)
    if "items" in node:
        inner = Declared(required=False)
        _gather(document, node["items"], inner)
        declared.items |= inner.types
        declared.values |= inner.values


def _values(node: Json) -> list[Any]:
    return [node["const"]] if "const" in node else list(node.get("enum", ()))


def _resolved(document: Json, node: Json) -> Json:
    """Follow references; keywords beside one count too."""
    while "$ref" in node:
        target: Any = document
        for token in node["$ref"].removeprefix("#/").split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        node = {**target, **{key: value for key, value in node.items() if key != "$ref"}}
    return node
