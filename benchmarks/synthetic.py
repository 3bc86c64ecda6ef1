"""Documents of any size, made of the bundled one or of nothing, to see how cost grows with them."""

from __future__ import annotations

import copy
import json
import re
from collections.abc import Iterator
from typing import Any

from benchmarks.inputs import document

_METHODS = frozenset({"get", "put", "post", "delete", "patch"})
_SCHEMA = re.compile(r'"#/components/schemas/([A-Za-z0-9]+)')
_ANY = re.compile(r'"#/components/([A-Za-z]+)/([A-Za-z0-9_.-]+)')


def operations(count: int) -> dict[str, Any]:
    """Make a document with so many operations: the bundled one and copies of it, each with schemas of its own."""
    whole = document()
    left = count - _count(whole["paths"])
    number = 0
    while left > 0:
        number += 1
        copied = _copy(number)
        for path, item in copied["paths"].items():
            if 0 < _count({path: item}) <= left:
                whole["paths"][path] = item
                left -= _count({path: item})
        whole["components"]["schemas"] |= copied["components"]["schemas"]
    _prune(whole)
    return whole


def _copy(number: int) -> dict[str, Any]:
    """Copy the bundled document under other names."""
    text = _SCHEMA.sub(rf'"#/components/schemas/\1Copy{number}', json.dumps(document()))
    copied: dict[str, Any] = json.loads(text)
    schemas = copied["components"]["schemas"]
    copied["components"]["schemas"] = {f"{name}Copy{number}": schema for name, schema in schemas.items()}
    copied["paths"] = {f"/copy{number}{path}": item for path, item in copied["paths"].items()}
    for operation in (operation for item in copied["paths"].values() for operation in operations_of(item)):
        operation["operationId"] = f"copy{number}.{operation['operationId']}"
        for name in [name for name in operation if name.startswith("x-")]:
            extension = operation[name]
            if "method" in extension:
                extension["method"] = f"copy{number}.{extension['method']}"
            if "operation" in extension:  # another operation, which may not be among those that are taken
                del operation[name]
    return copied


def operations_of(item: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """Yield the operations of one path."""
    return (operation for method, operation in item.items() if method in _METHODS)


def _count(paths: dict[str, Any]) -> int:
    return sum(1 for item in paths.values() for _ in operations_of(item))


def _prune(whole: dict[str, Any]) -> None:
    """Remove the components that nothing refers to, as our generator refuses them."""
    while True:
        used = set(_ANY.findall(json.dumps(whole)))
        unused = [
            (section, name)
            for section, held in whole["components"].items()
            for name in held
            if section != "securitySchemes" and (section, name) not in used
        ]
        if not unused:
            return
        for section, name in unused:
            del whole["components"][section][name]


SMALL: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Things", "version": "1"},
    "servers": [{"url": "https://api.twelvelabs.io/v1.3"}],
    "paths": {"/things": {"get": {"operationId": "things.list", "responses": {"204": {"description": "Done."}}}}},
}


def parameters(count: int) -> dict[str, Any]:
    """Make a document of one operation with so many query parameters, `p0` and so on, each from 0 to 9."""
    made = copy.deepcopy(SMALL)
    made["paths"]["/things"]["get"]["parameters"] = [
        {"name": f"p{i}", "in": "query", "schema": {"type": "integer", "minimum": 0, "maximum": 9}}
        for i in range(count)
    ]
    return made


def fields(count: int) -> dict[str, Any]:
    """Make a document of one operation whose form has so many text fields, `p0` and so on, of at most five letters."""
    made = copy.deepcopy(SMALL)
    schema = {
        "type": "object",
        "properties": {f"p{i}": {"type": "string", "maxLength": 5} for i in range(count)},
        "additionalProperties": False,
    }
    operation = made["paths"]["/things"].pop("get")
    operation["requestBody"] = {"content": {"multipart/form-data": {"schema": schema}}}
    made["paths"]["/things"]["post"] = operation
    return made
