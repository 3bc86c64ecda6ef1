"""The table "Style Examples" of OpenAPI 3.1, encoded and decoded literally."""

from __future__ import annotations

from typing import Any
from urllib.parse import unquote

import pytest

from apicontract.openapi.document import Document
from apicontract.wire import parameters

TEXT, LIST, OBJECT = "blue", ["blue", "black", "brown"], {"R": 100, "G": 200, "B": 150}
SCHEMAS: dict[str, Any] = {
    "text": {"type": "string"},
    "list": {"type": "array", "items": {"type": "string"}},
    "object": {"type": "object", "additionalProperties": {"type": "integer"}},
}
VALUES: dict[str, Any] = {"text": TEXT, "list": LIST, "object": OBJECT}
ROWS = [
    ("path", "matrix", False, ";color=blue", ";color=blue,black,brown", ";color=R,100,G,200,B,150"),
    ("path", "matrix", True, ";color=blue", ";color=blue;color=black;color=brown", ";R=100;G=200;B=150"),
    ("path", "label", False, ".blue", ".blue,black,brown", ".R,100,G,200,B,150"),
    ("path", "label", True, ".blue", ".blue.black.brown", ".R=100.G=200.B=150"),
    ("path", "simple", False, "blue", "blue,black,brown", "R,100,G,200,B,150"),
    ("path", "simple", True, "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ("query", "form", False, "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
    ("query", "form", True, "color=blue", "color=blue&color=black&color=brown", "R=100&G=200&B=150"),
    ("query", "spaceDelimited", False, None, "color=blue black brown", "color=R 100 G 200 B 150"),
    ("query", "pipeDelimited", False, None, "color=blue|black|brown", "color=R|100|G|200|B|150"),
    ("query", "deepObject", True, None, None, "color[R]=100&color[G]=200&color[B]=150"),
    ("header", "simple", False, "blue", "blue,black,brown", "R,100,G,200,B,150"),
    ("header", "simple", True, "blue", "blue,black,brown", "R=100,G=200,B=150"),
    ("cookie", "form", False, "color=blue", "color=blue,black,brown", "color=R,100,G,200,B,150"),
]
CELLS = [
    pytest.param(place, style, explode, kind, cell, id=f"{place}-{style}-{explode}-{kind}")
    for place, style, explode, *cells in ROWS
    for kind, cell in zip(SCHEMAS, cells, strict=True)
    if cell is not None
]


@pytest.mark.parametrize(("place", "style", "explode", "kind", "cell"), CELLS)
def test_each_example_is_written_and_read(place: str, style: str, explode: bool, kind: str, cell: str) -> None:
    given = {"name": "color", "in": place, "style": style, "explode": explode, "schema": SCHEMAS[kind]}
    path = "/{color}" if place == "path" else "/a"
    given |= {"required": True} if place == "path" else {}
    raw = {"openapi": "3.1.0", "paths": {path: {"get": {"operationId": "get", "parameters": [given], "responses": {}}}}}
    document = Document(raw)
    operation, values = document.operations["get"], {"color": VALUES[kind]}
    if place == "path":
        written = parameters.encode_path(operation, values).removeprefix("/")
        read, faults = parameters.decode_path(document, operation, {"color": written})
    elif place == "query":
        written = parameters.encode_query(operation, values)
        read, faults = parameters.decode_query(document, operation, written)
    elif place == "header":
        ((_, written),) = parameters.encode_headers(operation, values)
        read, faults = parameters.decode_headers(document, operation.parameters, {"color": written})
    else:
        ((_, written),) = parameters.encode_cookies(operation, values)
        read, faults = parameters.decode_cookies(document, operation, written)
    assert unquote(written) == cell
    assert (read, faults) == (values, [])
