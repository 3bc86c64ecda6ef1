"""Events of webhooks, signed here independently, and a document of another API that sends some."""

from __future__ import annotations

import hashlib
import hmac
import json
from typing import Any

from apicontract.checks.contract import Contract
from apicontract.openapi.document import Document
from twelvelabs_contract import Headers, Request

SECRET = "whsec_5f0d2c9be7714a3aa2d1"
NOW = 1_790_841_600
"""Seconds since 1970, in October 2026."""


def signature(body: bytes, at: int | str = NOW, secret: str = SECRET) -> str:
    """Return the digits that sign a body, as the vendor's page says: the time, a dot, the body."""
    return hmac.new(secret.encode(), f"{at}.".encode() + body, hashlib.sha256).hexdigest()


def sent(body: Any, header: str | None = None, **fields: str) -> Request:
    """Return an event as it arrives; signed now, unless a header is given."""
    content = body if isinstance(body, bytes) else json.dumps(body).encode()
    header = f"t={NOW},v1={signature(content)}" if header is None else header
    return Request(
        "POST",
        "https://receiver.example/hooks?from=outside",
        Headers({"content-type": "application/json", "tl-signature": header, **fields}),
        content,
    )


def body(schema: dict[str, Any], media_type: str = "application/json") -> dict[str, Any]:
    """Return the body of a webhook."""
    return {"requestBody": {"required": True, "content": {media_type: {"schema": schema}}}, "responses": {}}


def parcel(kind: str, **more: Any) -> dict[str, Any]:
    """Return the schema of an event that says what it is in a property."""
    known = {"event": {"const": kind}, "id": {"type": "integer", "readOnly": True}}
    return {"type": "object", "required": ["event", "id"], "properties": {**known, **more}}


def other(webhooks: dict[str, Any], scheme: dict[str, Any] | None = None, **more: Any) -> Contract:
    """Return the contract of another API: its operations need a key, its webhooks are signed by a scheme, if any."""
    schemes: dict[str, Any] = {"Key": {"type": "apiKey", "in": "header", "name": "x-key"}}
    if scheme is not None:
        schemes["Signed"] = {"type": "apiKey", "in": "header", "name": "X-Hub-Signature-256", "x-signature": scheme}
    raw: dict[str, Any] = {
        "openapi": "3.1.0",
        "info": {"title": "Parcels", "version": "1"},
        "servers": [{"url": "https://parcels.example"}],
        "security": [{"Key": []}],
        "paths": {"/parcels": {"get": {"operationId": "list", "responses": {"200": {"description": "All."}}}}},
        "webhooks": webhooks,
        "components": {"securitySchemes": schemes},
    }
    return Contract(Document({**raw, **more}))


HUB = {"algorithm": "hmac-sha256", "signature": "sha256", "signed": "{body}"}
"""A signature of the body alone, without a time."""
