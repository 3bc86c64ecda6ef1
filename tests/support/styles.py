"""A document with a parameter of every style."""

from __future__ import annotations

import json

from apicontract.openapi.document import Document

STYLES = Document(
    json.loads(
        """
{"openapi": "3.1.0", "paths": {"/things/{id}": {"get": {"operationId": "get", "parameters": [
  {"name": "id", "in": "path", "required": true, "schema": {"type": "string"}},
  {"name": "many", "in": "query", "schema": {"type": "array", "items": {"type": "string"}}},
  {"name": "csv", "in": "query", "explode": false, "schema": {"type": "array", "items": {"type": "string"}}},
  {"name": "pipes", "in": "query", "style": "pipeDelimited", "explode": false,
   "schema": {"type": "array", "items": {"type": "integer"}}},
  {"name": "spaces", "in": "query", "style": "spaceDelimited", "explode": false,
   "schema": {"type": "array", "items": {"type": "string"}}},
  {"name": "deep", "in": "query", "style": "deepObject", "schema": {"type": "object",
   "additionalProperties": {"type": "string"}}},
  {"name": "range", "in": "query", "style": "deepObject", "schema": {"anyOf": [{"type": "number"}, {"type": "object",
   "additionalProperties": {"type": "number"}}]}},
  {"name": "flat", "in": "query", "explode": false, "schema": {"type": "object",
   "additionalProperties": {"type": "number"}}},
  {"name": "open", "in": "query", "schema": {"type": "object",
   "additionalProperties": {"type": ["boolean", "string"]}}},
  {"name": "X-Ids", "in": "header", "schema": {"type": "array", "items": {"type": "integer"}}}
]}}}}
"""
    )
)


GET = STYLES.operations["get"]
