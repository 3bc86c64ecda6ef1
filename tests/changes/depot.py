"""A small document for comparisons: a stream, forms with files, headers and cookies, and responses of any status."""

from __future__ import annotations

from collections.abc import Callable
from copy import deepcopy
from typing import Any

from apicontract.openapi.document import Document

Edit = Callable[[dict[str, Any]], None]


def _event(kind: str, **properties: Any) -> dict[str, Any]:
    named = {"type": {"const": kind}, "n": {"type": "integer", "minimum": 0}, "run": {"type": "string"}, **properties}
    return {"type": "object", "required": ["type", "n", "run", *properties], "properties": named}


def _json(schema: dict[str, Any]) -> dict[str, Any]:
    return {"application/json": {"schema": schema}}


_ERROR = {
    "type": "object",
    "required": ["code"],
    "properties": {"code": {"type": "string", "maxLength": 20}, "hint": {"type": "string"}},
}
_PARCEL = {
    "type": "object",
    "required": ["id"],
    "properties": {"id": {"type": "string"}, "weight": {"type": "number", "exclusiveMinimum": 0, "maximum": 30}},
}
_LABEL = {
    "type": "object",
    "required": ["picture", "address"],
    "additionalProperties": False,
    "properties": {
        "picture": {"type": "string", "format": "binary"},
        "address": {
            "type": "string",
            "contentMediaType": "application/json",
            "contentSchema": {
                "type": "object",
                "required": ["town"],
                "properties": {"town": {"type": "string", "maxLength": 9}, "floor": {"type": "integer"}},
            },
        },
        "copies": {"type": "integer", "minimum": 1, "maximum": 5},
        "marks": {"type": "array", "maxItems": 3, "items": {"enum": ["fragile", "heavy"]}},
        "lines": {"type": "array", "items": {"type": "object", "properties": {"note": {"type": "string"}}}},
    },
}
_FILTER = {
    "type": "object",
    "additionalProperties": False,
    "properties": {
        "tags": {"type": "array", "items": {"type": "string", "maxLength": 4}},
        "most": {"type": "integer", "maximum": 99},
        "paid": {"type": "boolean"},
    },
}
_DEPOT: dict[str, Any] = {
    "openapi": "3.1.0",
    "info": {"title": "Depot", "version": "1"},
    "servers": [{"url": "https://depot.example/v1"}, {"url": "https://depot.example/v2"}],
    "paths": {
        "/parcels/{id}": {
            "get": {
                "operationId": "parcels.get",
                "parameters": [
                    {"name": "id", "in": "path", "required": True, "schema": {"type": "string", "minLength": 3}},
                    {"name": "X-Language", "in": "header", "schema": {"enum": ["de", "en"]}},
                    {"name": "session", "in": "cookie", "schema": {"type": "string", "maxLength": 8}},
                    {"name": "fields", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
                ],
                "responses": {
                    "200": {
                        "description": "A parcel.",
                        "headers": {"X-Left": {"required": True, "schema": {"type": "integer", "maximum": 100}}},
                        "content": _json({"$ref": "#/components/schemas/Parcel"}),
                    },
                    "default": {"description": "Refused.", "content": _json({"$ref": "#/components/schemas/Error"})},
                },
            }
        },
        "/parcels": {
            "post": {
                "operationId": "parcels.send",
                "requestBody": {
                    "required": True,
                    "content": {"multipart/form-data": {"schema": {"$ref": "#/components/schemas/Label"}}},
                },
                "responses": {
                    "201": {"description": "Taken.", "content": _json({"$ref": "#/components/schemas/Parcel"})},
                    "4XX": {"description": "Refused.", "content": _json({"$ref": "#/components/schemas/Error"})},
                },
            }
        },
        "/search": {
            "post": {
                "operationId": "parcels.find",
                "requestBody": {
                    "content": {
                        "application/x-www-form-urlencoded": {"schema": {"$ref": "#/components/schemas/Filter"}}
                    }
                },
                "responses": {
                    "200": {
                        "description": "Parcels.",
                        "content": _json({"type": "array", "items": {"$ref": "#/components/schemas/Parcel"}}),
                    },
                    "204": {"description": "None."},
                },
            }
        },
        "/watch": {
            "get": {
                "operationId": "parcels.watch",
                "x-streaming": {"first": "begin", "last": ["end"], "number": "/n", "same": "/run"},
                "responses": {
                    "200": {
                        "description": "Events.",
                        "content": {"application/x-ndjson": {"schema": {"$ref": "#/components/schemas/Event"}}},
                    }
                },
            }
        },
    },
    "components": {
        "schemas": {
            "Error": _ERROR,
            "Parcel": _PARCEL,
            "Label": _LABEL,
            "Filter": _FILTER,
            "Begin": _event("begin", of={"type": "integer", "maximum": 7}),
            "Move": _event("move", to={"type": "string", "minLength": 2, "maxLength": 6}),
            "End": _event("end", late={"type": "boolean"}),
            "Event": {
                "oneOf": [{"$ref": f"#/components/schemas/{name}"} for name in ("Begin", "Move", "End")],
                "discriminator": {"propertyName": "type"},
            },
        }
    },
}


def depot(*edits: Edit) -> Document:
    """Return the document, edited."""
    raw = deepcopy(_DEPOT)
    for edit in edits:
        edit(raw)
    return Document(raw)
