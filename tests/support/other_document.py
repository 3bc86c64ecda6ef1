"""A document with features of OpenAPI 3.1 that the bundled one does not use, for the checks."""

from __future__ import annotations

from typing import Any

from apicontract.openapi.document import Document
from twelvelabs_contract import Contract, Request

BASE = "https://other.example"


PROPERTIES: dict[str, Any] = {
    "n": {"type": ["integer", "null"]},
    "tags": {"type": "array", "items": {"type": "integer"}},
    "kind": {"enum": ["a", 1, None]},
    "about": {"type": "object", "properties": {"x": {"type": "integer"}}},
    "icon": {"type": "string", "contentMediaType": "image/png"},
    "photo": {"type": "string", "format": "binary"},
}


FORM = {"schema": {"type": "object", "properties": PROPERTIES}, "encoding": {"photo": {"contentType": "image/*"}}}


OTHER = Contract(
    Document(
        {
            "openapi": "3.1.0",
            "servers": [{"url": "https://other.example/"}],
            "paths": {
                "/lists/{ids}/{point}": {
                    "get": {
                        "operationId": "lists",
                        "parameters": [
                            {"name": "ids", "in": "path", "required": True, "schema": {"items": {"type": "integer"}}},
                            {
                                "name": "point",
                                "in": "path",
                                "required": True,
                                "explode": True,
                                "schema": {"properties": {"x": {"type": "integer"}}},
                            },
                            {"name": "X-Point", "in": "header", "schema": {"type": "object"}},
                            {"name": "csv", "in": "query", "explode": False, "schema": {"type": "array"}},
                            {
                                "name": "deep",
                                "in": "query",
                                "style": "deepObject",
                                "schema": {"type": "object", "additionalProperties": {"type": "integer"}},
                            },
                            {"name": "at", "in": "query", "schema": {"type": ["integer", "null"]}},
                        ],
                        "responses": {
                            "200": {
                                "headers": {
                                    "X-Count": {"required": True, "schema": {"type": "integer"}},
                                    "X-Note": {"schema": {"enum": ["a"]}},
                                },
                                "content": {"text/csv": {}},
                            }
                        },
                    }
                },
                "/forms": {
                    "post": {
                        "operationId": "forms",
                        "requestBody": {
                            "content": {"multipart/form-data": FORM, "application/x-www-form-urlencoded": FORM}
                        },
                        "responses": {},
                    }
                },
                "/raw": {"put": {"operationId": "raw", "requestBody": {"content": {"image/*": {}}}, "responses": {}}},
            },
        }
    )
)


def reported(request: Request) -> list[tuple[str, str]]:
    """Return place and rule of each violation, sorted."""
    return sorted((violation.where, violation.rule) for violation in OTHER.check_request(request))
