"""The command that checks payloads."""

from __future__ import annotations

from typing import Annotated

import typer

from apicontract.cli import operands
from apicontract.cli import validate as validating
from apicontract.cli.application import Edition, Spec, current, exits, load
from apicontract.cli.baseline import BaselineOptions
from apicontract.cli.commands.options import (
    BaselineFile,
    Dask,
    Findings,
    FinishedFolder,
    Format,
    Jobs,
    NoFormats,
    PruneBaseline,
    UpdateBaseline,
)
from apicontract.cli.jobs import Spread
from apicontract.cli.outcomes import CannotRun
from apicontract.cli.reporting import Reporting
from apicontract.traffic import payloads

commands = typer.Typer()


def _status(given: str) -> int:
    if len(given) == 3 and given.isascii() and given.isdecimal() and "100" <= given <= "599":
        return int(given)
    raise typer.BadParameter(f"a status is a number from 100 to 599, not {given!r}")


@commands.command(short_help="Check JSON payloads in files.")
@exits
def validate(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Files of payloads; - is standard input.")],
    operation: Annotated[
        str | None, typer.Option(metavar="ID", help="Check bodies of this operation or webhook.")
    ] = None,
    status: Annotated[
        int | None,
        typer.Option(metavar="N", parser=_status, help="With --operation: its response bodies of this status."),
    ] = None,
    schema: Annotated[str | None, typer.Option(metavar="NAME", help="Check against this component schema.")] = None,
    lines: Annotated[
        bool, typer.Option("--lines", help="One payload a line, as in files that end in .ndjson or .jsonl.")
    ] = False,
    column: Annotated[
        str | None, typer.Option(metavar="NAME", help="The column of Parquet files with the payloads.")
    ] = None,
    jobs: Jobs = None,
    dask: Dask = None,
    finished: FinishedFolder = None,
    findings: Findings = None,
    baseline: BaselineFile = None,
    update_baseline: UpdateBaseline = False,
    prune_baseline: PruneBaseline = False,
    form: Format = "text",
    no_formats: NoFormats = False,
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Check JSON payloads: each file is one JSON document, or with --lines, .ndjson or .jsonl one payload a line.

    A payload may have up to 128 MiB; a file of lines has no limit. A duplicate key is a violation, except in
    responses (--status), where the last one counts, as JSON readers have it.
    """
    if operation is not None and schema is not None:
        raise CannotRun("--operation and --schema were both given; give one of them")
    if operation is None and schema is None:
        raise CannotRun("give --operation ID, with or without --status N, or --schema NAME")
    if status is not None and operation is None:
        raise CannotRun("--status belongs to --operation; a schema has none")
    contract = load(spec, edition, formats=not no_formats)
    operation = operation and operands.spelt(contract, operation)
    try:
        checker = payloads.PayloadChecker(contract, operation=operation, status=status, schema=schema)
    except LookupError as error:
        raise CannotRun(operands.instead(contract, str(error), operation)) from None
    known = BaselineOptions(baseline, update_baseline, prune_baseline)
    reading, spread = validating.Columns(lines, column), Spread(jobs, dask, finished)
    outcomes = validating.validate(checker, files, reading, spread)
    return Reporting(contract, current.get(), form, "payload", findings).all(known.applied(outcomes))
