"""Check the examples of the vendor's own OpenAPI documents against the document of their day.

An example of a response is one that the vendor states, or the combined examples of its properties; those of parameters,
and of the properties of a request, are checked one by one. The vendor's documents (`vendor-DAY.yaml` or `.json`,
possibly compressed) stay out of this repository.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.references.compare import METHODS
from tests.references.extract import read
from tests.support.editions import contract_of
from twelvelabs_contract import Contract, Operation

Json = Any
ABSENT = object()


@dataclass(frozen=True, slots=True)
class Example:
    """An example, where it belongs, and what our document of the day says of it; `None` if it has no such place."""

    operation: str
    place: str
    value: Json
    violations: tuple[str, ...] | None


def documents(folder: Path) -> Iterator[tuple[str, Json]]:
    """Yield the vendor's documents in a directory, with their days."""
    for path in sorted(folder.glob("vendor-*")):
        if "as-published" not in path.name:
            yield path.name.removeprefix("vendor-")[:10], yaml.safe_load(read(path))


def check(day: str, vendor: Json) -> Iterator[Example]:
    """Yield every example of a document of the vendor, checked."""
    contract = contract_of(day)
    ours = {(operation.method.upper(), _shape(operation.path)): operation for operation in contract.operations}
    for path, item in vendor["paths"].items():
        for method in METHODS:
            operation = ours.get((method.upper(), _shape(path))) if method in item else None
            if operation:
                yield from _operation(vendor, contract, operation, item[method])


def _operation(vendor: Json, contract: Contract, operation: Operation, node: Json) -> Iterator[Example]:
    yield from _arguments(vendor, contract, operation, node)
    body = _resolved(vendor, node.get("requestBody", {}))
    for media_type, media in body.get("content", {}).items():
        if media_type == "application/json":
            for name, value in _written(vendor, media):
                found = contract.check_payload(value, operation=operation.id)
                yield Example(operation.id, f"request {name}", value, tuple(map(str, found)))
    for status, given in node.get("responses", {}).items():
        response = _resolved(vendor, given)
        for media_type, media in response.get("content", {}).items():
            if media_type == "application/json" and status.isdecimal():
                yield from _response(vendor, contract, operation, int(status), media)


def _arguments(vendor: Json, contract: Contract, operation: Operation, node: Json) -> Iterator[Example]:
    """Yield the example of each parameter, and of each property of a body, on its own: what it lacks does not count."""
    for given in node.get("parameters", ()):
        parameter = _resolved(vendor, given)
        value = parameter.get("example", _made(vendor, parameter.get("schema", {}), 0))
        if value is not ABSENT and parameter["in"] in ("path", "query"):
            yield _argument(contract, operation, parameter["in"], parameter["name"], value)
    body = _resolved(vendor, node.get("requestBody", {}))
    for media in body.get("content", {}).values():
        for name, schema in _properties(vendor, media.get("schema", {})):
            value = _made(vendor, schema, 0)
            if value is not ABSENT:
                yield _argument(contract, operation, "body", name, value)


def _argument(contract: Contract, operation: Operation, place: str, name: str, value: Json) -> Example:
    declared = {parameter.name for parameter in operation.parameters if parameter.location == place}
    if place == "path" and name not in declared:
        (name, *_) = [*declared, name]
    found = contract.check_arguments(operation, {place: {name: value}})
    spot = re.compile(rf"(?:path|query|form|body)\.{re.escape(name)}(?![\w-])")
    return Example(operation.id, f"{place}.{name}", value, tuple(str(one) for one in found if spot.match(one.where)))


def _properties(vendor: Json, schema: Json) -> Iterator[tuple[str, Json]]:
    node = _resolved(vendor, schema)
    for part in (node, *(_resolved(vendor, part) for part in node.get("allOf", ()))):
        yield from part.get("properties", {}).items()


def _response(vendor: Json, contract: Contract, operation: Operation, status: int, media: Json) -> Iterator[Example]:
    made = _made(vendor, media.get("schema", {}), 0)
    examples = [*_written(vendor, media), *([] if made is ABSENT else [("of its properties", made)])]
    for name, value in examples:
        try:
            found = contract.check_payload(value, operation=operation.id, status=status)
        except LookupError:
            yield Example(operation.id, f"{status} {name}", value, None)
        else:
            yield Example(operation.id, f"{status} {name}", value, tuple(map(str, found)))


def _written(vendor: Json, media: Json) -> Iterator[tuple[str, Json]]:
    if "example" in media:
        yield "example", media["example"]
    for name, example in media.get("examples", {}).items():
        yield name, _resolved(vendor, example).get("value")


def _made(vendor: Json, schema: Json, depth: int) -> Json:
    """Return what the examples of a schema and its parts make together; `ABSENT` where there is none."""
    node = _resolved(vendor, schema)
    if depth > DEPTH:
        return ABSENT
    if "example" in node:
        return node["example"]
    parts = [node, *(_resolved(vendor, part) for part in node.get("allOf", ()))]
    properties = {key: value for part in parts for key, value in part.get("properties", {}).items()}
    if properties:
        made = {key: _made(vendor, value, depth + 1) for key, value in properties.items()}
        return {key: value for key, value in made.items() if value is not ABSENT} or ABSENT
    if "items" in node:
        item = _made(vendor, node["items"], depth + 1)
        return ABSENT if item is ABSENT else [item]
    return ABSENT


DEPTH = 12
"""Schemas that contain themselves are followed so far."""


def _shape(path: str) -> str:
    """Return a path without the names of its parameters, which the vendor changes, and without the version."""
    return re.sub(r"\{[^}]*\}", "{}", re.sub(r"^/v1\.3", "", path))


def _resolved(document: Json, node: Json) -> Json:
    while isinstance(node, dict) and "$ref" in node:
        target = document
        for token in node["$ref"].removeprefix("#/").split("/"):
            target = target[token.replace("~1", "/").replace("~0", "~")]
        node = target
    return node
