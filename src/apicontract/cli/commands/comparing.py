"""The commands that compare documents, days, recordings and other sources."""

from __future__ import annotations

import sys
from collections.abc import Iterable
from typing import Annotated

import typer

from apicontract.changes.drift import unknown as unknown_drift
from apicontract.cli import changes as logging
from apicontract.cli import check as checking
from apicontract.cli import diff as diffing
from apicontract.cli import drift as drifting
from apicontract.cli import upgrade as upgrading
from apicontract.cli.application import Edition, Spec, current, exits, load, one_of
from apicontract.cli.outcomes import CONFORMS, VIOLATIONS
from apicontract.cli.terminal import folded, note, terminal_width
from apicontract.openapi.violation import printable

commands = typer.Typer()


@commands.command(short_help="Compare two editions, or any two documents.")
@exits
def diff(
    old: Annotated[str, typer.Argument(metavar="OLD", help="An edition, or an OpenAPI file.")],
    new: Annotated[str, typer.Argument(metavar="NEW", help="As OLD.")],
    only: Annotated[
        list[str] | None, typer.Option("--operation", metavar="ID", help="Compare this operation; may be repeated.")
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=f"<{'|'.join(diffing.WRITERS)}>",
            parser=one_of(*diffing.WRITERS),
            help="The format of standard output.",
        ),
    ] = "text",
    fail_on: Annotated[
        str | None,
        typer.Option(
            metavar=f"<{'|'.join(diffing.FAILS)}>",
            parser=one_of(*diffing.FAILS),
            help="Exit with 1 if there is such a difference.",
        ),
    ] = None,
) -> int:
    """Compare two documents: what differs, what it breaks, and the smallest exchange that is valid on one side only.

    Each difference has a direction and a severity: requests that are now rejected, and undeclared responses, break a
    client (major). Facts that are neither proved to be equal nor shown to differ are undecided.
    """
    sides = [diffing.load(given, current.get().load) for given in (old, new)]
    found = diffing.differences(sides[0], sides[1], only or [])
    _write(diffing.WRITERS[form](found), form)
    failed = fail_on is not None and any(found.of(severity) for severity in diffing.FAILS[fail_on])
    return VIOLATIONS if failed else CONFORMS


@commands.command(short_help="Show what breaks in recorded traffic at a later edition.")
@exits
def upgrade(
    files: Annotated[
        list[str], typer.Argument(metavar="RECORDING…", help="HAR files and VCR cassettes; - is standard input.")
    ],
    to: Annotated[str, typer.Option(metavar="DAY", help="The edition to move to.")],
    edition: Annotated[
        str | None, typer.Option(metavar="DAY", help="The edition that it was recorded at.", show_default="oldest")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="The base URL of the recorded API, if not that of the document.")
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=f"<{'|'.join(upgrading.WRITERS)}>",
            parser=one_of(*upgrading.WRITERS),
            help="The output format.",
        ),
    ] = "text",
    spec: Spec = None,
) -> int:
    """Show what breaks in recorded traffic up to a later edition: where, on which day, why, and what to use instead.

    At the end: what it uses that is deprecated, and the oldest and newest edition at which everything is valid.
    """
    base_url = checking.base_url(base_url)
    found = upgrading.run(lambda day: load(spec, day, base_url), files, edition, to)
    _write(upgrading.WRITERS[form](found), form)
    return VIOLATIONS if found["breaks"] else CONFORMS


@commands.command(short_help="Show what changed in the API, by day.")
@exits
def changes(
    since: Annotated[
        str | None, typer.Option(metavar="DAY", help="From this day, month or edition on.", show_default="all")
    ] = None,
    form: Annotated[
        str,
        typer.Option(
            "--format",
            metavar=f"<{'|'.join(logging.WRITERS)}>",
            parser=one_of(*logging.WRITERS),
            help="The output format.",
        ),
    ] = "text",
    spec: Spec = None,
) -> int:
    """Show what changed in the API, by day and in words, with the entry of the ledger that names the source."""
    days = logging.log(load(spec, None), since)
    if not days:
        note(f"nothing is known to have changed since {since}")
    _write(logging.WRITERS[form](days), form)
    return CONFORMS


@commands.command(short_help="Compare the document with other sources.")
@exits
def drift(
    against: Annotated[
        list[str], typer.Option(metavar="FILE", help="An OpenAPI document, a HAR or a VCR cassette; may be repeated.")
    ],
    known: Annotated[
        str | None, typer.Option(metavar="FILE", help="Known drift: lines of `METHOD /path WHERE RULE  # why`.")
    ] = None,
    base_url: Annotated[
        str | None, typer.Option(metavar="URL", help="The base URL of the recorded API, if not that of the document.")
    ] = None,
    edition: Edition = None,
    spec: Spec = None,
) -> int:
    """Show the differences between this document and another OpenAPI document or recorded traffic.

    It compares operations, parameters, fields, values, bounds and statuses, and reports undeclared fields in responses.
    """
    contract = load(spec, edition, checking.base_url(base_url))
    left, unused = unknown_drift(drifting.found(contract, against), drifting.known(known))
    lines = [str(item) for item in left]
    lines += [f"known, and not found any more: {entry.pattern}" for entry in unused]
    _write([*lines, f"{len(left)} not known"], "text")
    return VIOLATIONS if left else CONFORMS


def _write(lines: Iterable[str], form: str) -> None:
    """Write the lines of a format, with control characters escaped; text is wrapped to the width of a terminal."""
    width = terminal_width(sys.stdout) if form == "text" else None
    for line in folded(lines if form == "json" else map(printable, lines), width):
        sys.stdout.write(f"{line}\n")
