"""Small documents of one or a few operations, loaded from a file as by a user, and the violations of messages."""

from __future__ import annotations

import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

from twelvelabs_contract import Contract, Headers, Request, Response

HOST = "https://api.example.com"
JSON = {"content-type": "application/json"}
OK = {"200": {"description": "ok"}}


def document(paths: Mapping[str, Any], schemas: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Make a document."""
    found = {"openapi": "3.1.0", "info": {"title": "t", "version": "1"}, "servers": [{"url": HOST}], "paths": paths}
    return {**found, **({"components": {"schemas": schemas}} if schemas else {}), **more}


def operation(**more: Any) -> dict[str, Any]:
    """Make an operation named `op`."""
    return {"operationId": "op", "responses": OK, **more}


def parameter(location: str, name: str, schema: Any, **more: Any) -> dict[str, Any]:
    """Make a parameter."""
    return {"name": name, "in": location, "schema": schema, "required": location == "path", **more}


def body(schema: Any, media: str = "application/json", **more: Any) -> dict[str, Any]:
    """Make the content of a body."""
    return {"content": {media: {"schema": schema, **more}}}


def posting(schema: Any, schemas: Mapping[str, Any] | None = None, **more: Any) -> dict[str, Any]:
    """Make a document whose one operation takes and answers a schema."""
    answers = {"200": {"description": "ok", **body(schema)}}
    return document({"/a": {"post": operation(requestBody=body(schema), responses=answers)}}, schemas, **more)


def load(raw: Any, folder: Path) -> Contract:
    """Load a document from a file."""
    path = folder / "openapi.json"
    path.write_text(json.dumps(raw), encoding="utf-8")
    return Contract.load(path)


def asked(
    contract: Contract,
    url: str = "/a",
    content: bytes = b"",
    headers: Mapping[str, str] | Sequence[tuple[str, str]] = (),
    method: str = "",
) -> list[tuple[str, str]]:
    """Return where and by which rule a request is wrong."""
    url = url if "//" in url else f"{HOST}{url}"
    request = Request(
        method or ("POST" if content else "GET"), url, Headers(headers or (JSON if content else ())), content
    )
    return [(violation.where, violation.rule) for violation in contract.check_request(request)]


def answered(
    contract: Contract,
    content: bytes = b"",
    status: int = 200,
    headers: Mapping[str, str] | Sequence[tuple[str, str]] | None = None,
) -> list[tuple[str, str]]:
    """Return where and by which rule a response of `op` is wrong."""
    response = Response(status, Headers(JSON if headers is None else headers), content)
    return [(violation.where, violation.rule) for violation in contract.check_response(response, operation="op")]
