"""A small document whose operations return streams of every format."""

from __future__ import annotations

import json
from functools import cache
from typing import Any

from apicontract.openapi.document import Document
from twelvelabs_contract import Contract

BASE = "https://streams.example"
KEY = "secret-key-0123456789"


def _event(kind: str, tag: str = "kind", **properties: Any) -> dict[str, Any]:
    own = {tag: {"type": "string", "const": kind}, "n": {"type": "integer"}, **properties}
    return {"type": "object", "required": [tag, "n"], "properties": own}


def _union(*branches: dict[str, Any], tag: str = "kind") -> dict[str, Any]:
    return {"oneOf": [*branches], "discriminator": {"propertyName": tag}}


JOB = {"type": "object", "required": ["id"], "properties": {"id": {"type": "string"}}}
NAME = {"type": "string", "minLength": 1, "maxLength": 5}
EVENTS = _union(
    _event("begin", job=JOB),
    _event("piece", text={"type": "string"}),
    _event("alive"),
    _event("end", job=JOB),
    _event("failed"),
)
TYPED = _union(
    {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "add"}, "text": {"type": "string"}}},
    {"type": "object", "required": ["kind"], "properties": {"kind": {"const": "stop"}}},
)
COUNT = {"type": "object", "required": ["n"], "properties": {"n": {"type": "integer", "minimum": 1}}}
COUNTED = {"contentMediaType": "application/json", "contentSchema": COUNT}
FIELDS = {
    "type": "object",
    "required": ["event", "data"],
    "properties": {"event": {"type": "string"}, "data": {"type": "string"}},
    "additionalProperties": False,
    "oneOf": [
        {"properties": {"event": {"const": "text"}}},
        {"properties": {"event": {"const": "count"}, "data": COUNTED}},
    ],
}
STATUS = {"anyOf": [{"enum": ["ready"]}, {"type": "string"}]}
RESULT = {
    "type": "object",
    "required": ["id", "status"],
    "properties": {"id": {"type": "string"}, "status": STATUS, "text": NAME},
}

ALL: dict[str, Any] = {
    "first": "begin",
    "last": ["end", "failed"],
    "end": "[DONE]",
    "event": "both",
    "open": True,
    "keepalive": "alive",
    "number": "/n",
    "same": "/job/id",
    "text": "/text",
}
SSE, JSONL, NDJSON = "text/event-stream", "application/jsonl", "application/x-ndjson"

STREAMS: dict[str, tuple[str, str, Any, dict[str, Any]]] = {
    "sse.all": (SSE, "schema", EVENTS, ALL),
    "sse.closed": (SSE, "schema", EVENTS, {"first": "begin", "last": "end", "number": "/n"}),
    "sse.line": (SSE, "schema", TYPED, {"last": "stop", "event": "line", "text": "/text"}),
    "sse.bare": (SSE, "schema", RESULT, {}),
    "sse.fields": (SSE, "itemSchema", FIELDS, {"end": "[DONE]"}),
    "sse.text": (SSE, "schema", {"type": "string"}, {}),
    "lines.results": (JSONL, "schema", RESULT, {}),
    "lines.items": (JSONL, "itemSchema", RESULT, {}),
    "lines.list": (NDJSON, "schema", {"type": "array", "items": RESULT}, {}),
    "lines.all": (NDJSON, "schema", EVENTS, {k: v for k, v in ALL.items() if k not in ("end", "event")}),
}
"""Operations: media type, keyword, schema, `x-streaming`."""


def _operation(name: str) -> dict[str, Any]:
    media_type, key, schema, streaming = STREAMS[name]
    answer = {"description": "d", "content": {media_type: {key: schema}}}
    extension = {"x-streaming": streaming} if streaming else {}
    return {"operationId": name, **extension, "responses": {"200": answer}}


RAW: dict[str, Any] = {
    "openapi": "3.2.0",
    "info": {"title": "Streams", "version": "1"},
    "servers": [{"url": BASE}],
    "x-client": {"class": "Streams", "api_key_environment": "STREAMS_KEY", "base_url_environment": "STREAMS_URL"},
    "paths": {f"/{name}": {"get": _operation(name)} for name in STREAMS},
}


@cache
def contract() -> Contract:
    """Load it."""
    return Contract(Document(RAW))


def event(kind: str, n: int, **held: Any) -> str:
    """Write an event with its type in both places."""
    return f"event: {kind}\ndata: {json.dumps({'kind': kind, 'n': n, **held})}\n\n"


BEGIN, PIECE, END = event("begin", 1, job={"id": "j"}), event("piece", 4, text="a"), event("end", 7, job={"id": "j"})
DONE = "data: [DONE]\n\n"
ONE = '{"id": "a", "status": "ready"}\n'
