"""Small documents with marks."""

from __future__ import annotations

from typing import Any

from apicontract.openapi.editions import Editions
from apicontract.openapi.mark_problems import problems

FIRST, MARCH, MAY, LAST, NEXT = "2026-01-01", "2026-03-01", "2026-05-01", "2026-07-01", "2026-09-01"
"""The first edition, two days of changes, the newest edition, and a day that is announced."""

EDITIONS: dict[str, Any] = {
    "editions": [
        {"day": FIRST, "name": "2026-01", "package": "things_2026_01", "witness": "the first release"},
        {"day": LAST, "name": "2026-07", "package": "things", "witness": "the newest release"},
    ],
    "releases": {"sdk-1.0": FIRST, "sdk-1.1": MARCH},
    "days": {
        MARCH: {"ledger": "E1"},
        MAY: {"ledger": "E2", "by": True},
        LAST: {"ledger": "E3"},
        NEXT: {"ledger": "E4"},
    },
}


def operation(id_: str = "things.list", marks: Any = None, **fields: Any) -> dict[str, Any]:
    """Return an operation."""
    return {"operationId": id_, "responses": {"204": {"description": "Done."}}, **fields, **(marks or {})}


def document(paths: Any = None, *, editions: Any = EDITIONS, **fields: Any) -> dict[str, Any]:
    """Return a document; every keyword is a section of the components, or a key of the root."""
    sections = ("schemas", "examples", "parameters", "responses", "requestBodies", "headers", "securitySchemes")
    found: dict[str, Any] = {"openapi": "3.1.0", "info": {"title": "Things", "version": "1"}}
    found |= {key: held for key, held in fields.items() if key not in sections}
    found["paths"] = {"/things": {"get": operation()}} if paths is None else paths
    if components := {key: held for key, held in fields.items() if key in sections}:
        found["components"] = components
    return found | ({"x-editions": editions} if editions else {})


def bodied(schema: Any, **schemas: Any) -> dict[str, Any]:
    """Return a document with one operation whose request body has a schema, and named schemas."""
    body = {"content": {"application/json": {"schema": schema}}}
    made = document({"/things": {"post": operation("things.create", requestBody=body)}}, schemas=schemas)
    return made if schemas else {key: held for key, held in made.items() if key != "components"}


def schema_of(document: dict[str, Any]) -> Any:
    """Return the schema of the request body that `bodied` made."""
    return document["paths"]["/things"]["post"]["requestBody"]["content"]["application/json"]["schema"]


AT = "#/paths/~1things/post/requestBody/content/application~1json/schema"
"""Where that schema is."""


def said(document: dict[str, Any]) -> list[str]:
    """Return the problems of the marks of a document as they are said; days that no mark names are left out."""
    return [
        str(problem) for problem in problems(document, Editions.of(document)) if "no mark names" not in str(problem)
    ]
