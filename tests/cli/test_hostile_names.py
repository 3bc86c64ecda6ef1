"""No command prints characters of a document that control a terminal or a CI job."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Run

NAMES = ("a\x1b[31mb", "\u202ea\x9bb", "a\n::error::b", "##[error]a")
COMMANDS = (
    ("operations", "--spec", "new.json"),
    ("show", "a", "--spec", "new.json"),
    ("show", "none", "--spec", "new.json"),
    ("export", "schemas", "--spec", "new.json"),
    ("validate", "-", "--operation", "a", "--spec", "new.json"),
    ("diff", "old.json", "new.json"),
    ("diff", "new.json", "old.json"),
    ("diff", "new.json", "old.json", "--format", "markdown"),
)


def document(name: str, kind: str) -> dict[str, Any]:
    """Return a document that has a name in every place that is named in what commands print."""
    schema = {"type": "object", "required": [name], "properties": {name: {"enum": [name, "b"]}, "n": {"type": kind}}}
    responses = {
        "200": {"description": name, "content": {f"x/{name}": {"schema": schema}}},
        "201": {"description": name, "content": {"application/json": {"schema": {"$ref": "#/components/schemas/S"}}}},
        name: {"description": name},
    }
    parameter = {"name": name, "in": "query", "description": name, "schema": {"type": kind, "title": name}}
    operation = {"operationId": "a", "tags": [name], "parameters": [parameter], "responses": responses}
    named = {"operationId": name, "summary": name, "responses": responses}
    return {
        "openapi": "3.1.0",
        "info": {"title": name, "version": name},
        "paths": {"/a": {"post": operation}, f"/{name}": {"get": named}, f"/{kind}{name}": {"get": {"responses": {}}}},
        "components": {"schemas": {"S": schema, name: schema}},
    }


@pytest.mark.parametrize("name", NAMES)
def test_no_name_steers_a_terminal_or_a_job(cli: Run, name: str) -> None:
    for path, kind in (("old.json", "string"), ("new.json", "integer")):
        Path(path).write_text(json.dumps(document(name, kind)), encoding="utf-8")
    for command in COMMANDS:
        done = cli(*command, stdin=b'{"n": "x"}')
        assert done.status in (0, 1, 2)
        lines = (done.out + done.err).split("\n")
        assert [line for line in lines if not line.isprintable() or line.lstrip().startswith("::")] == []
        assert [line for line in lines if "##[" in line] == []
