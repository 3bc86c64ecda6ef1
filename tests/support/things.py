"""A document with features that the bundled one does not use, for the tests of `wire`."""

from __future__ import annotations

from typing import Any

from apicontract.openapi.document import Document
from apicontract.openapi.facts import Shape
from tests.support.requests import Field, form
from twelvelabs_contract import Contract, Headers, Request

WORDS = {"type": "array", "items": {"type": "string"}}
PROPERTIES: dict[str, Any] = {
    "word": {"type": "string"},
    "words": WORDS,
    "about": {"type": "object"},
    "scan": {"type": "string", "format": "binary"},
    "a/b": {"type": "integer"},
}
FORM = {"schema": {"type": "object", "properties": PROPERTIES}, "encoding": {"scan": {"contentType": "image/*, a/b"}}}
QUERY: dict[str, Any] = {
    "word": {"type": "string"},
    "words": WORDS,
    "csv": WORDS,
    "number": {"type": "integer"},
    "kind": {"const": 5},
    "map": {"type": "object", "additionalProperties": {"anyOf": [{"type": "string"}, {"type": "number"}]}},
}
THINGS = Contract(
    Document(
        {
            "openapi": "3.1.0",
            "servers": [{"url": "https://things.example/v1.0/"}],
            "security": [{"key": []}],
            "paths": {
                "/things.json/{thing}/parts/{part}": {
                    "parameters": [{"name": "word", "in": "header", "schema": {"enum": ["w"]}}],
                    "get": {
                        "operationId": "get",
                        "parameters": [
                            {"name": "thing", "in": "path", "required": True, "schema": {"type": "string"}},
                            {"name": "part", "in": "path", "required": True, "schema": {"type": "integer"}},
                            *(
                                {"name": name, "in": "query", "explode": name != "csv", "schema": schema}
                                for name, schema in QUERY.items()
                            ),
                        ],
                        "responses": {
                            "200": {"content": {"Application/Problem+JSON": {"schema": {"type": "integer"}}}},
                            "2XX": {"content": {"text/*": {}}},
                        },
                    },
                },
                "/forms": {
                    "post": {
                        "operationId": "form",
                        "security": [],
                        "requestBody": {"$ref": "#/components/requestBodies/Form"},
                        "responses": {},
                    }
                },
            },
            "components": {
                "requestBodies": {
                    "Form": {"content": {"multipart/form-data": FORM, "application/x-www-form-urlencoded": FORM}}
                },
                "schemas": {
                    "Twice": {
                        "properties": {"x": {"type": "integer"}},
                        "allOf": [{"properties": {"x": {"type": "string"}, "y": {"type": "string"}}}],
                        "additionalProperties": False,
                    }
                },
                "securitySchemes": {"key": {"type": "apiKey", "in": "header", "name": "x-key"}},
            },
        }
    )
)
GET = THINGS.operation("get")
THING = "https://things.example/v1.0/things.json/a/parts/1"


def shape(schema: Any) -> Shape:
    """Read the facts of a schema."""
    return Shape(THINGS.document, schema, "")


def reported(request: Request) -> list[tuple[str, str]]:
    """Return place and rule of each violation."""
    return [(violation.where, violation.rule) for violation in THINGS.check_request(request)]


def get_thing(url: str = THING, **headers: str) -> list[tuple[str, str]]:
    """Check a GET request."""
    return reported(Request("GET", url, Headers({"x-key": "k", **headers})))


def send_form(*fields: Field) -> list[tuple[str, str]]:
    """Check a multipart request."""
    request = form("/forms", *fields)
    return reported(Request("POST", "https://things.example/v1.0/forms", request.headers, request.body))
