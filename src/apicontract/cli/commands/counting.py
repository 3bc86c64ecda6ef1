"""The command that merges coverage."""

from __future__ import annotations

from typing import Annotated

import typer

from apicontract.cli import coverage as counting
from apicontract.cli.application import Edition, Spec, exits, load
from apicontract.cli.commands.options import FailUnder, Only, Reports

commands = typer.Typer()


@commands.command(short_help="Merge the coverage of several runs.")
@exits
def coverage(
    files: Annotated[list[str], typer.Argument(metavar="FILE…", help="Reports in JSON, of pytest or of check.")],
    report: Reports = None,
    fail_under: FailUnder = None,
    only: Only = None,
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Merge the coverage of several runs, each written as JSON, and show what is missing."""
    contract = load(spec, edition)
    return counting.merged(contract, files, counting.Counter(contract, report or (), fail_under, only))
