"""The commands that write a document for other tools."""

from __future__ import annotations

import sys
from pathlib import Path
from typing import Annotated

import typer

from apicontract.cli import export as exporting
from apicontract.cli.application import Edition, Spec, current, exits, load
from apicontract.cli.outcomes import CONFORMS
from apicontract.cli.terminal import complain, write_json

commands = typer.Typer()


@commands.command(short_help="Write JSON Schemas for other validators.")
@exits
def export(
    directory: Annotated[str, typer.Argument(metavar="DIR", help="A new or empty directory.")],
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Write one self-contained JSON Schema (2020-12) for each payload and each component, for other validators."""
    written, left_out = exporting.export(load(spec, edition), Path(directory), made_by=current.get().name)
    for line in left_out:
        complain(f"not written: {line}")
    sys.stdout.write(f"wrote {written} schemas and index.json to {directory}\n")
    return CONFORMS


@commands.command(short_help="Print the document of a day, as plain OpenAPI.")
@exits
def document(edition: Edition = None, spec: Spec = None) -> int:
    """Print the document as JSON, for other tools: plain OpenAPI, without marks, as the API was on a day."""
    write_json(load(spec, edition).document.raw)
    return CONFORMS
