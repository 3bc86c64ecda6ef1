"""The commands that show a document."""

from __future__ import annotations

from typing import Annotated

import typer

from apicontract.cli import operands, output_schemas
from apicontract.cli import show as showing
from apicontract.cli.application import Edition, Spec, exits, load
from apicontract.cli.commands.options import Listing
from apicontract.cli.outcomes import CONFORMS, CannotRun
from apicontract.cli.terminal import write_json

commands = typer.Typer()


@commands.command(short_help="List the operations.")
@exits
def operations(listing: Listing = "text", edition: Edition = None, spec: Spec = None) -> int:
    """List the operations and webhooks of the document, those of a resource together."""
    contract = load(spec, edition)
    if listing == "json":
        write_json(showing.operations_json(contract))
    else:
        showing.operations(contract)
    return CONFORMS


@commands.command(short_help="Show one operation.")
@exits
def show(
    operation: Annotated[str, typer.Argument(help="Such as tasks.list, or a webhook.")],
    listing: Listing = "text",
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Show everything about one operation or webhook."""
    contract = load(spec, edition)
    try:
        found = contract.described(operands.spelt(contract, operation))
    except LookupError as error:
        raise CannotRun(f"{error} (`operations` lists all)") from None
    if listing == "json":
        write_json(showing.operation_json(contract, found))
    else:
        showing.operation(contract, found)
    return CONFORMS


def _own(given: str) -> str:
    if given in output_schemas.OWN:
        return given
    raise typer.BadParameter(f"{given!r} is not one of {', '.join(map(repr, output_schemas.OWN))}.")


@commands.command(short_help="List the schemas.")
@exits
def schemas(
    listing: Listing = "text",
    own: Annotated[
        str | None,
        typer.Option(
            "--own", metavar="NAME", parser=_own, help="Print the schema of an output or input of this program."
        ),
    ] = None,
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """List the component schemas of the document, which `validate --schema` takes by name.

    With --own, print a JSON Schema of this program's own: of an output in JSON (findings, operations, operation,
    schemas, diff, upgrade, changes, coverage, exchange), or of files of a document, for editors (spec, spec-paths,
    spec-schemas and others).
    """
    if own is not None:
        write_json(output_schemas.own_schema(own))
        return CONFORMS
    contract = load(spec, edition)
    if listing == "json":
        write_json(showing.schemas_json(contract))
    else:
        showing.schemas(contract)
    return CONFORMS
