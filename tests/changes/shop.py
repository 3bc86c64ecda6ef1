"""A small document for comparisons: bounds, rules between the fields of a request, and open responses."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from apicontract.openapi.document import Document

_LINE = {
    "type": "object",
    "required": ["article"],
    "additionalProperties": False,
    "properties": {
        "article": {"type": "string", "minLength": 1, "maxLength": 20},
        "count": {"type": "integer", "minimum": 1, "maximum": 99},
    },
}
_ORDER = {
    "type": "object",
    "required": ["lines"],
    "additionalProperties": False,
    "properties": {
        "lines": {"type": "array", "minItems": 1, "maxItems": 3, "items": {"$ref": "#/components/schemas/Line"}},
        "kind": {"enum": ["pickup", "delivery"]},
        "address": {"type": ["string", "null"], "maxLength": 40},
        "express": {"const": True},
    },
    "if": {"required": ["kind"], "properties": {"kind": {"const": "delivery"}}},
    "then": {"required": ["address"]},
}
_PLACED = {
    "type": "object",
    "required": ["id", "status"],
    "properties": {
        "id": {"type": "string", "pattern": "^o[0-9]+$"},
        "status": {"enum": ["open", "done"]},
        "total": {"type": "number", "exclusiveMinimum": 0},
    },
}
_SHOP: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Shop", "version": "1"},
    "servers": [{"url": "https://shop.example/v1"}],
    "paths": {
        "/orders": {
            "get": {
                "operationId": "orders.list",
                "parameters": [
                    {"name": "page_limit", "in": "query", "schema": {"type": "integer", "minimum": 1, "maximum": 50}},
                    {"name": "sort", "in": "query", "schema": {"enum": ["asc", "desc"]}},
                ],
                "responses": {
                    "200": {
                        "description": "Orders.",
                        "content": {
                            "application/json": {
                                "schema": {"type": "array", "items": {"$ref": "#/components/schemas/Placed"}}
                            }
                        },
                    },
                    "404": {"description": "None."},
                },
            },
            "post": {
                "operationId": "orders.create",
                "requestBody": {
                    "required": True,
                    "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Order"}}},
                },
                "responses": {
                    "201": {
                        "description": "Placed.",
                        "content": {"application/json": {"schema": {"$ref": "#/components/schemas/Placed"}}},
                    }
                },
            },
        }
    },
    "components": {"schemas": {"Line": _LINE, "Order": _ORDER, "Placed": _PLACED}},
}

Edit = Callable[[dict[str, Any]], None]


def shop(*edits: Edit) -> Document:
    """Return the document, edited."""
    raw = deepcopy(_SHOP)
    for edit in edits:
        edit(raw)
    return Document(raw)


def schema(name: str, **changed: Any) -> Edit:
    """Set keywords of a schema; `None` takes one away. A name may lead to a property: `Order.kind`."""

    def edit(raw: dict[str, Any]) -> None:
        owner, *path = name.split(".")
        found = raw["components"]["schemas"][owner]
        for step in path:
            found = found["properties"][step]
        for keyword, value in changed.items():
            key = keyword.rstrip("_")
            if value is None:
                found.pop(key, None)
            else:
                found[key] = value

    return edit


def operation(method: str) -> Callable[[dict[str, Any]], dict[str, Any]]:
    """Return what finds an operation."""
    return lambda raw: raw["paths"]["/orders"][method]
