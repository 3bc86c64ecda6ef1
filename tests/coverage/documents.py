"""Documents for the tests of coverage, and exchanges with them."""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from apicontract.coverage import Cell, Coverage, Origin
from apicontract.openapi.document import Document
from twelvelabs_contract import Contract, Headers, Request, Response

BASE = "https://api.example"
JSON = "application/json"
LIMIT = {"type": "integer", "minimum": 1, "maximum": 50}
HOSTILE = "</script><script>alert(1)</script><img src=x onerror=alert(2)>\"'`&lt;\u2028\x00${style}$style{{x}}"


def document(operation: Mapping[str, Any], path: str = "/things", method: str = "get", **more: Any) -> Contract:
    """Return a contract of one operation, `op`."""
    return Contract(Document(raw(operation, path, method, **more)))


def raw(operation: Mapping[str, Any], path: str = "/things", method: str = "get", **more: Any) -> dict[str, Any]:
    """Return the document of one operation."""
    return {
        "openapi": "3.1.0",
        "info": {"title": "Things", "version": "1"},
        "servers": [{"url": BASE}],
        "paths": {path: {method: {"operationId": "op", "responses": {}, **operation}}},
        **more,
    }


def query(**schemas: Any) -> dict[str, Any]:
    """Return an operation with optional query parameters."""
    return {"parameters": [{"name": name, "in": "query", "schema": schema} for name, schema in schemas.items()]}


def body(schema: Any, content_type: str = JSON, *, required: bool = True) -> dict[str, Any]:
    """Return an operation with a body."""
    return {"requestBody": {"required": required, "content": {content_type: {"schema": schema}}}}


def get(text: str = "", path: str = "/things") -> Request:
    """Return a request without a body; `text` is its query."""
    return Request("GET", f"{BASE}{path}?{text}" if text else f"{BASE}{path}")


def post(value: Any) -> Request:
    """Return a request with a JSON body."""
    return Request("POST", f"{BASE}/things", Headers({"content-type": JSON}), json.dumps(value).encode())


def answer(value: Any, status: int = 200, content_type: str = JSON) -> Response:
    """Return a response; what is bytes is sent as it is."""
    sent = value if isinstance(value, bytes) else json.dumps(value).encode()
    return Response(status, Headers({"content-type": content_type}), sent)


def cases(coverage: Coverage, *, refusal: bool | None = None, kinds: tuple[str, ...] = ()) -> list[str]:
    """List cells as `place: case`, in order."""
    return [shown(cell) for cell, _ in coverage.cells() if _wanted(cell, refusal, kinds)]


def hit(coverage: Coverage) -> set[str]:
    """List the cells that were exercised."""
    return {shown(cell) for cell, found in coverage.cells() if found.count}


def shown(cell: Cell) -> str:
    """Name a cell, a refusal with an exclamation mark."""
    return f"{cell.place}: {cell.case}{' !' if cell.refusal else ''}"


def _wanted(cell: Cell, refusal: bool | None, kinds: tuple[str, ...]) -> bool:
    return refusal in (None, cell.refusal) and (not kinds or cell.kind in kinds)


def counted() -> Coverage:
    """Return the coverage of two requests by two tests."""
    coverage = Coverage(document({**query(limit=LIMIT), "summary": "List things"}))
    coverage.exchange(get("limit=1"), origin=Origin(0, "test_it.py::test_first"))
    coverage.exchange(get("limit=51"), origin=Origin(1, "test_it.py::test_more"))
    return coverage
